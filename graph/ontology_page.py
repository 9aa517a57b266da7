"""The ontology as one page to read, docs/ontology.md, written from its Turtle files.

Protege shows the same, but a governance officer has none, and a page in the repository can be linked to. Files are
read in a fixed order and terms keep the order of their file, so the page changes only when the ontology does.

    python -m goldenthread.graph.ontology_page      (in the checkout)
"""

from collections.abc import Iterable, Iterator
from pathlib import Path

import pyoxigraph as ox

from goldenthread.graph import namespaces as ns
from goldenthread.graph import ontology
from goldenthread.graph.terms import LABEL, TYPE

OWL = "http://www.w3.org/2002/07/owl#"
PROV = "http://www.w3.org/ns/prov#"
PREF, ALT, DEFINITION, NOTATION, IN_SCHEME, BROADER = (
    ns.SKOS + name for name in ("prefLabel", "altLabel", "definition", "notation", "inScheme", "broader")
)
KINDS_OF_PROPERTY = {OWL + "ObjectProperty", OWL + "DatatypeProperty", OWL + "AnnotationProperty"}
PREFIXES = {**ns.PREFIXES, "prov": PROV, "edtf": ns.EDTF.removesuffix("EDTF")}
Values = dict[tuple[str, str], list[str]]


def page() -> str:
    """Return the page in Markdown."""
    values = _values()
    return "\n".join([*_header(values), *_classes(values), *_properties(values), *_schemes(values)]) + "\n"


def _values() -> Values:
    """Return every value by subject and predicate, in the order of the files; blank nodes are left out."""
    values: Values = {}
    for triple in ontology.triples():
        if isinstance(triple.subject, ox.NamedNode) and isinstance(triple.object, ox.NamedNode | ox.Literal):
            values.setdefault((triple.subject.value, triple.predicate.value), []).append(triple.object.value)
    return values


def _first(values: Values, subject: str, predicate: str) -> str:
    return values.get((subject, predicate), [""])[0]


def _subjects(values: Values, predicate: str, wanted: Iterable[str]) -> list[str]:
    allowed = set(wanted)
    return [subject for (subject, asked), found in values.items() if asked == predicate and allowed & set(found)]


def _short(iri: str) -> str:
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace):
            return f"{prefix}:{iri[len(namespace) :]}"
    return iri


def _terms(values: Values, subject: str, predicate: str) -> str:
    return ", ".join(f"`{_short(value)}`" for value in values.get((subject, predicate), []))


def _table(columns: Iterable[str], rows: Iterable[Iterable[str]]) -> Iterator[str]:
    names = list(columns)
    yield f"| {' | '.join(names)} |"
    yield f"|{'---|' * len(names)}"
    for row in rows:
        yield f"| {' | '.join(cell.replace('|', '/') for cell in row)} |"
    yield ""


def _header(values: Values) -> Iterator[str]:
    def said(predicate: str) -> str:
        return _first(values, ns.ONTOLOGY, predicate)

    creator = _first(values, said(ns.DCT + "creator"), ns.FOAF + "name")
    yield f"# {said(LABEL)}"
    yield ""
    yield "<!-- Written by `python -m goldenthread.graph.ontology_page` from ontology/*.ttl. Change those, not this page. -->"
    yield ""
    yield said(ns.DCT + "description")
    yield ""
    yield from _table(
        ("", ""),
        (
            ("Namespace", f"`{ns.GT}`, prefix `{said('http://purl.org/vocab/vann/preferredNamespacePrefix')}`"),
            ("Version", f"{said(OWL + 'versionInfo')}, `{said(OWL + 'versionIRI')}`"),
            ("Created", f"{said(ns.DCT + 'created')}, {creator}"),
            ("Licence", said(ns.DCT + "license")),
        ),
    )


def _classes(values: Values) -> Iterator[str]:
    yield "## Classes"
    yield ""
    yield from _table(
        ("class", "is a", "meaning"),
        (
            (f"`{_short(term)}`", _terms(values, term, ns.RDFS + "subClassOf"), _first(values, term, DEFINITION))
            for term in _subjects(values, TYPE, {OWL + "Class"})
        ),
    )


def _properties(values: Values) -> Iterator[str]:
    yield "## Properties"
    yield ""
    yield "An empty domain or range is meant: see the note at the top of `ontology/goldenthread.ttl`."
    yield ""
    yield from _table(
        ("property", "from", "to", "refines", "meaning"),
        (
            (
                f"`{_short(term)}`",
                *(_terms(values, term, ns.RDFS + name) for name in ("domain", "range", "subPropertyOf")),
                _first(values, term, DEFINITION),
            )
            for term in _subjects(values, TYPE, KINDS_OF_PROPERTY)
        ),
    )


def _schemes(values: Values) -> Iterator[str]:
    for scheme in _subjects(values, TYPE, {ns.SKOS + "ConceptScheme"}):
        concepts = _subjects(values, IN_SCHEME, {scheme})
        flags = _flags(values, concepts)
        also = any((concept, ALT) in values for concept in concepts)
        yield f"## {_first(values, scheme, LABEL)}"
        yield ""
        yield f"{_first(values, scheme, DEFINITION)} Scheme `{scheme}`."
        yield ""
        yield from _table(
            (
                "value",
                "label",
                "meaning",
                *(["also called"] if also else []),
                *(_short(flag).removeprefix("gt:") for flag in flags),
            ),
            (_concept(values, concept, flags, also=also) for concept in concepts),
        )


def _flags(values: Values, concepts: Iterable[str]) -> list[str]:
    wanted = set(concepts)
    return sorted({predicate for subject, predicate in values if subject in wanted and predicate.startswith(ns.GT)})


def _concept(values: Values, concept: str, flags: Iterable[str], *, also: bool) -> Iterator[str]:
    yield f"`{_first(values, concept, NOTATION)}`"
    broader = _first(values, _first(values, concept, BROADER), PREF)
    yield _first(values, concept, PREF) + (f" (part of: {broader})" if broader else "")
    yield _first(values, concept, DEFINITION)
    if also:
        yield ", ".join(values.get((concept, ALT), []))
    for flag in flags:
        yield ", ".join(_short(value) for value in values.get((concept, flag), []))


def main() -> None:
    """Write docs/ontology.md below the current folder, the checkout."""
    Path("docs/ontology.md").write_text(page(), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
