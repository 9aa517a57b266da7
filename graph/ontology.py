"""The ontology's own files: parsed once, asked for the values a column allows and how a relation kind behaves."""

from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pyoxigraph as ox

from goldenthread.graph import places
from goldenthread.graph.namespaces import GT, ONTOLOGY, SKOS


@dataclass(frozen=True, slots=True)
class RelationKind:
    """What the ontology says of a kind of relation: its plain property, whether accountability runs along it, and
    at which end ("source", "target" or "") a route may start that is not a body."""

    iri: str
    plain_property: str
    carries_accountability: bool
    starts_route_at: str


def sources() -> list[Path]:
    """Return the ontology's files except the shapes, in a fixed order."""
    return sorted(file for file in places.ONTOLOGY.glob("*.ttl") if file.name != "shapes.ttl")


@cache
def triples() -> tuple[ox.Triple, ...]:
    """Return every triple of the ontology and its concept schemes."""
    return tuple(quad.triple for file in sources() for quad in ox.parse(file.read_bytes(), format=ox.RdfFormat.TURTLE))


@cache
def _values() -> dict[tuple[str, str], list[ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple]]:
    values = defaultdict(list)
    for triple in triples():
        if isinstance(triple.subject, ox.NamedNode):
            values[triple.subject.value, triple.predicate.value].append(triple.object)
    return dict(values)


def _value(subject: str, predicate: str) -> str:
    found = _values().get((subject, predicate), [])
    return found[0].value if found and isinstance(found[0], ox.NamedNode | ox.Literal) else ""


@cache
def notations(scheme: str) -> frozenset[str]:
    """Return the values allowed for a column of this scheme; empty if there is no such scheme."""
    prefix = f"{ONTOLOGY}/{scheme}/"
    return frozenset(
        value.value
        for (subject, predicate), found in _values().items()
        if predicate == SKOS + "notation" and subject.startswith(prefix)
        for value in found
        if isinstance(value, ox.Literal)
    )


@cache
def relation_kind(notation: str) -> RelationKind:
    """Return what the ontology says of this kind of relation."""
    iri = f"{ONTOLOGY}/relation/{notation}"
    return RelationKind(
        iri,
        _value(iri, GT + "plainProperty"),
        _value(iri, GT + "carriesAccountability") == "true",
        _value(iri, GT + "startsRouteAt"),
    )


def body_class(notation: str) -> str:
    """Return the class of bodies of this kind, such as gt:Subgroup."""
    return _value(f"{ONTOLOGY}/body/{notation}", GT + "bodyClass") or GT + "Body"


def counts_as_missing(absence: str) -> bool:
    """Return whether this kind of absence counts as missing."""
    return _value(f"{ONTOLOGY}/absence/{absence}", GT + "countsAsMissing") == "true"


@cache
def oversees(work: str) -> bool:
    """Return whether work of this kind watches over the work of others."""
    return _value(f"{ONTOLOGY}/kind-of-work/{work}", GT + "oversees") == "true"


@cache
def broader(scheme: str) -> dict[str, list[str]]:
    """Return the broader concepts of each concept of a scheme that has any."""
    prefix = f"{ONTOLOGY}/{scheme}/"
    return {
        subject.removeprefix(prefix): [
            value.value.removeprefix(prefix) for value in found if isinstance(value, ox.NamedNode)
        ]
        for (subject, predicate), found in _values().items()
        if predicate == SKOS + "broader" and subject.startswith(prefix)
    }


@cache
def labels(scheme: str) -> dict[str, str]:
    """Return the preferred label of each concept of a scheme."""
    return {notation: _value(f"{ONTOLOGY}/{scheme}/{notation}", SKOS + "prefLabel") for notation in notations(scheme)}


@cache
def in_order(scheme: str) -> list[str]:
    """Return the notations of a scheme by their rank."""
    return sorted(notations(scheme), key=lambda one: int(_value(f"{ONTOLOGY}/{scheme}/{one}", GT + "rank") or 0))
