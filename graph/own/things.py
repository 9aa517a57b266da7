"""The bodies, posts and people of a file in ORG's terms: what each is, what it is called, how it is found.

A type decides what a thing is; without one, the properties it stands in do: what holds a post or has a given name is a
person, what is part of something is a body. Who is only said to be a member, without a type, is treated as a person,
since a person taken for a body would be printed by name. What kind of body it is we read from its classification, its
type and its name, with the notations of the ontology's own list of kinds.
"""

import re
from calendar import monthrange
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache, cached_property
from typing import NamedTuple

import pyoxigraph as ox

from goldenthread.graph import dates, ontology
from goldenthread.graph import namespaces as ns
from goldenthread.graph.namespaces import FOAF, GT, ORG, local
from goldenthread.graph.own.nameless import GENID, Nameless
from goldenthread.graph.own.reading import Fact
from goldenthread.graph.queries import natural
from goldenthread.graph.terms import LABEL, TYPE, Term

SCHEMA, TIME = "https://schema.org/", "http://www.w3.org/2006/time#"
VCARD, DCAT = "http://www.w3.org/2006/vcard/ns#", "http://www.w3.org/ns/dcat#"
READ = (ns.RDF, ns.RDFS, ns.SKOS, ns.DCT, FOAF, GT, ORG, SCHEMA, TIME, VCARD, DCAT)
LABELS = (
    ns.SKOS + "prefLabel",
    LABEL,
    FOAF + "name",
    SCHEMA + "name",
    VCARD + "fn",
    ns.DCT + "title",
    ORG + "identifier",
)
GIVEN = (FOAF + "givenName", FOAF + "firstName", SCHEMA + "givenName", VCARD + "given-name")
FAMILY = (FOAF + "familyName", FOAF + "lastName", FOAF + "surname", SCHEMA + "familyName", VCARD + "family-name")
OTHER_NAMES = (ns.SKOS + "altLabel", ns.SKOS + "hiddenLabel", ns.DCT + "alternative", SCHEMA + "alternateName",
               FOAF + "nick", GT + "abbreviation")  # fmt: skip
DATED = tuple(TIME + name for name in ("inXSDDate", "inXSDDateTimeStamp", "inXSDDateTime", "inXSDgYearMonth", "inXSDgYear"))  # fmt: skip
ABBREVIATION = re.compile(r"[A-Z][A-Z0-9&/-]{1,7}")
SIMPLE_DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T.*)?)?)?(?:Z|[+-]\d\d:\d\d)?")
BODY_TYPES = frozenset((ORG + "Organization", ORG + "FormalOrganization", ORG + "OrganizationalUnit",
                        ORG + "OrganizationalCollaboration", FOAF + "Organization", FOAF + "Group"))  # fmt: skip
ENDS = {  # what the two ends of a kind of relation are, where no type says so; "" if anything may stand there
    "part-of": ("body", "body"),
    "member-of": ("person", "body"),
    "chaired-by": ("body", "person"),
    "post-in": ("post", "body"),
    "holds": ("person", "post"),
    "steers": ("person", "body"),
    "works-with": ("body", "body"),
    "reports-to": ("", ""),
}
STRONGEST = ("post", "body", "person", "")
WORDS_OF_KINDS = {"sub-group": "subgroup", "sub group": "subgroup"}


def clean(text: str) -> str:
    """Return a text in one line, without what a terminal would obey; a semicolon would separate values."""
    printable = "".join(letter if letter.isprintable() else " " for letter in text)
    return " ".join(printable.split()).replace(";", ",")


class Index:
    """A file's statements by subject and property, as far as they are read; schema.org has two spellings."""

    def __init__(self, facts: Iterable[Fact]) -> None:
        self._by: dict[str, dict[str, dict[Term, None]]] = {}
        for fact in facts:
            predicate = _one_spelling(fact.predicate)
            if predicate.startswith(READ):
                self._by.setdefault(fact.subject, {}).setdefault(predicate, {})[fact.value] = None

    def triples(self) -> Iterator[tuple[str, str, Term]]:
        """Give every statement."""
        for subject, properties in self._by.items():
            for predicate, values in properties.items():
                for value in values:
                    yield subject, predicate, value

    def values(self, subject: str, predicate: str) -> list[Term]:
        """Return the values of a property, in an order that does not depend on the file's."""
        return sorted(self._by.get(subject, {}).get(predicate, ()), key=str)

    def nodes(self, subject: str, predicate: str) -> list[str]:
        """Return the things that are values of a property."""
        return [value.value for value in self.values(subject, predicate) if isinstance(value, ox.NamedNode)]

    def having(self, predicate: str) -> list[str]:
        """Return what has a value of this property."""
        return [subject for subject, properties in self._by.items() if predicate in properties]

    def inverse(self, predicate: str) -> dict[str, list[str]]:
        """Return the subjects of a property by its values."""
        found = defaultdict(list)
        for subject in self.having(predicate):
            for value in self.nodes(subject, predicate):
                found[value].append(subject)
        return found

    def instances(self, one: str) -> list[str]:
        """Return the instances of a class."""
        return [subject for subject in self._by if one in self.types(subject)]

    def types(self, subject: str) -> set[str]:
        """Return the classes of a thing."""
        return {_one_spelling(value.value) for value in self._by.get(subject, {}).get(TYPE, ())}

    def subjects(self) -> Iterable[str]:
        """Return everything that the file says something of."""
        return self._by

    def texts(self, subject: str, *predicates: str) -> list[str]:
        """Return the texts of properties, the English first, then those of no language."""
        found = [
            (_language(value), position, clean(value.value))
            for position, predicate in enumerate(predicates)
            for value in self._by.get(subject, {}).get(predicate, ())
            if isinstance(value, ox.Literal)
        ]
        return list(dict.fromkeys(text for _, _, text in sorted(found) if text))

    def label(self, subject: str) -> str:
        """Return what a thing is called, else the end of its address."""
        return next(iter(self.texts(subject, *LABELS)), "") or _unnamed(subject)

    def title(self, subject: str) -> str:
        """Return the title of a data set, "" if it has none."""
        return next(iter(self.texts(subject, ns.DCT + "title", *LABELS)), "")

    def is_synthetic(self) -> bool:
        """Return whether the file says that its data are invented."""
        return any(value.value in ("true", "1") for subject in self.having(GT + "synthetic")
                   for value in self.values(subject, GT + "synthetic"))  # fmt: skip


def _one_spelling(address: str) -> str:
    return SCHEMA + address.removeprefix("http://schema.org/") if address.startswith("http://schema.org/") else address


def _language(literal: ox.Literal) -> int:
    language = literal.language or ""
    return 0 if language.split("-")[0].casefold() == "en" else 2 if language else 1


def _unnamed(iri: str) -> str:
    return f"not named in the file ({local(iri)})" if GENID in iri else local(iri)


class Bearer(NamedTuple):
    """What a thing is and what it is called."""

    kind: str  # body, post or person
    classes: tuple[str, ...]
    label: str
    key: str
    names: frozenset[str]
    abbreviations: tuple[str, ...]
    body_kind: str
    is_named: bool


class Change(NamedTuple):
    """An org:ChangeEvent."""

    iri: str
    label: str
    kind: str
    date: str
    before: tuple[str, ...]
    after: tuple[str, ...]


class Things:
    """Everything a file describes or relates, by address."""

    def __init__(self, index: Index, related: Iterable[tuple[str, str, str]]) -> None:
        self._index, self._related = index, list(related)
        self._events = _events(index)
        self.kinds = self._kinds()

    def sorted(self) -> list[str]:
        """Return the addresses of all things in an order that does not depend on the file's."""
        return sorted(self.kinds, key=natural)

    def bearer(self, iri: str) -> Bearer:
        """Return what a thing is and what it is called."""
        kind, index = self.kinds[iri], self._index
        names = index.texts(iri, *LABELS)
        others = index.texts(iri, *OTHER_NAMES)
        body_kind = self._body_kind(iri) if kind == "body" else ""
        classes = {"body": ontology.body_class(body_kind), "post": ORG + "Post", "person": FOAF + "Person"}
        key = next(iter(index.texts(iri, ns.DCT + "identifier", ORG + "identifier")), local(iri))
        label = next(iter(names if kind != "person" else self._names(iri)), "") or index.label(iri)
        abbreviations = tuple(name for name in others if ABBREVIATION.fullmatch(name) and name != label)
        known = self._names(iri) if kind == "person" else [*names, *others]
        return Bearer(kind, (classes[kind],), label, key, frozenset(known), abbreviations, body_kind, bool(names))

    def nameless(self) -> Nameless:
        """Return the people of the file with the names to hide, numbered by address."""
        people = [iri for iri in self.sorted() if self.kinds[iri] == "person"]
        return Nameless(
            {iri: set(self._names(iri)) for iri in people}, {iri: str(n) for n, iri in enumerate(people, 1)}
        )

    def posts_of(self, person: str) -> list[str]:
        """Return the names of the posts that a person holds."""
        return self._posts.get(person, [])

    def publishers(self, dataset: str) -> set[str]:
        """Return the bodies that a data set names as its publisher or author: whose plan it is."""
        properties = (ns.DCT + "publisher", ns.DCT + "creator", SCHEMA + "publisher", SCHEMA + "creator")
        named = {iri for predicate in properties for iri in self._index.nodes(dataset, predicate)}
        return {iri for iri in named if self.kinds.get(iri) == "body"}

    def changes(self) -> list[Change]:
        """Return the changes of bodies that the file tells."""
        return self._events

    @cached_property
    def _posts(self) -> dict[str, list[str]]:
        held = defaultdict(list)
        for source, kind, target in self._related:
            if kind == "holds":
                held[source].append(self._index.label(target))
        return held

    def _names(self, iri: str) -> list[str]:
        """Every name of a person, the fullest first where the file gives only the parts."""
        index = self._index
        parts = [f"{given} {family}" for given in index.texts(iri, *GIVEN) for family in index.texts(iri, *FAMILY)]
        whole = index.texts(iri, *LABELS[:-1], *OTHER_NAMES)
        lone = [] if parts or whole else index.texts(iri, *GIVEN, *FAMILY)
        return list(dict.fromkeys([*whole, *parts, *lone]))

    def _kinds(self) -> dict[str, str]:
        evidence: defaultdict[str, set[str]] = defaultdict(set)
        for source, kind, target in self._related:
            for iri, end in zip((source, target), ENDS[kind], strict=True):
                evidence[iri].add(end)
        for event in self._events:
            for iri in (*event.before, *event.after):
                evidence[iri].add("body")
        kinds = {}
        for subject in {*self._index.subjects(), *evidence}:
            if kind := self._typed(subject):
                kinds[subject] = kind
            elif subject in evidence:
                named = self._index.texts(subject, *GIVEN, *FAMILY)
                kinds[subject] = "person" if named else min(evidence[subject], key=STRONGEST.index) or "body"
        return kinds

    def _typed(self, iri: str) -> str:
        types = self._index.types(iri)
        if any(local(one) in ("Person", "Individual") for one in types):
            return "person"
        if ORG + "Post" in types:
            return "post"
        return "body" if any(_is_body(one) for one in types) else ""

    def _body_kind(self, iri: str) -> str:
        """Return the kind of a body: by its classification, its type, its name, in that order."""
        index, types = self._index, self._index.types(iri)
        for value in (*index.values(iri, GT + "bodyKind"), *index.values(iri, ORG + "classification")):
            text = value.value if isinstance(value, ox.Literal) else index.label(value.value)
            own = value.value.removeprefix(ns.concept("body", ""))
            if kind := own if own in ontology.notations("body") else _kind_in(text):
                return kind
        for one in sorted(types):
            if one.startswith(GT) and (
                kind := re.sub(r"(?<=[a-z])(?=[A-Z])", "-", local(one)).casefold()
            ) in ontology.notations("body"):
                return kind
        named = _kind_in(index.label(iri))
        if ORG + "OrganizationalUnit" in types:
            return named if named and ontology.body_class(named) != GT + "Board" else "subgroup"
        return named or ("multi-agency-arrangement" if ORG + "OrganizationalCollaboration" in types else "agency")


def _is_body(one: str) -> bool:
    if one.startswith(GT):
        return one == GT + "Body" or one in {ontology.body_class(kind) for kind in ontology.notations("body")}
    return one in BODY_TYPES or (one.startswith(SCHEMA) and one.endswith("Organization"))


def _kind_in(text: str) -> str:
    """Return the kind of body that a name or classification ends on: "Partnership Forum" is a forum."""
    text = text.casefold()
    for written, kind in WORDS_OF_KINDS.items():
        text = text.replace(written, kind)
    found = _kind_words().findall(text)
    return str(found[-1]).replace(" ", "-") if found else ""


@cache
def _kind_words() -> re.Pattern[str]:
    kinds = sorted(ontology.notations("body") - {"sector", "collective"}, key=len, reverse=True)
    return re.compile(rf"\b({'|'.join(kind.replace('-', '[ -]') for kind in kinds)})s?\b")


def _events(index: Index) -> list[Change]:
    before, after = index.inverse(ORG + "changedBy"), index.inverse(ORG + "resultedFrom")
    nodes = {*index.instances(ORG + "ChangeEvent"), *index.having(ORG + "originalOrganization"),
             *index.having(ORG + "resultingOrganization"), *before, *after}  # fmt: skip
    return [_event(index, node, before.get(node, []), after.get(node, [])) for node in sorted(nodes, key=natural)]


def _event(index: Index, node: str, changed: list[str], resulted: list[str]) -> Change:
    before = tuple(sorted({*changed, *index.nodes(node, ORG + "originalOrganization")}))
    after = tuple(sorted({*resulted, *index.nodes(node, ORG + "resultingOrganization")}))
    kind, word = _change_kind(before, after)
    said = f"{_listed(index, before or after)} {word} {_listed(index, after) if before and after else ''}".strip()
    label = next(iter(index.texts(node, *LABELS)), "") or said
    dated = index.texts(node, ns.DCT + "date", SCHEMA + "startDate", ns.DCT + "issued", *DATED)
    return Change(node, label, kind, dated[0] if dated else "", before, after)


def _change_kind(before: tuple[str, ...], after: tuple[str, ...]) -> tuple[str, str]:
    """Return the kind of a change by how many bodies there were and are, and how it is said."""
    if before and set(before) == set(after):
        return "revised", "changed:"
    match min(len(before), 2), min(len(after), 2):
        case _, 0:
            return "ended", "ended"
        case 0, _:
            return "established", "established"
        case 2, 1:
            return "merged", "merged into"
        case 1, 2:
            return "separated", "separated into"
    return "replaced", "replaced by"


def _listed(index: Index, bodies: Iterable[str]) -> str:
    return ", ".join(index.label(body) for body in bodies)


# dates, mostly too simple for the edtf library, which takes 13 ms a value


def edtf(text: str) -> str:
    """Return the EDTF value of a date, "" for none or an open end; ValueError if it is no date.

    >>> edtf("2021-04-01T00:00:00Z"), edtf("2021-04"), edtf("April 2021"), edtf("..")
    ('2021-04-01', '2021-04', '2021-04', '')
    """
    text = text.strip()
    if text in ("", ".."):
        return ""
    if not (match := SIMPLE_DATE.fullmatch(text)):
        return dates.read_date(text)
    year, month, day = match.groups()
    try:
        date(int(year), int(month or 1), int(day or 1))
    except ValueError as error:
        raise ValueError(f"{text!r} is no day of the calendar; write it as 2017-04-01") from error
    return "-".join(part for part in (year, month, day) if part)


def span(value: str) -> tuple[str, str]:
    """Return the first and last day of an EDTF value, "" for none.

    >>> span("2016"), span("2016-02")
    (('2016-01-01', '2016-12-31'), ('2016-02-01', '2016-02-29'))
    """
    if not value:
        return "", ""
    if not (match := SIMPLE_DATE.fullmatch(value)):
        return dates.bounds(value)
    year, month, day = match.groups()
    if day:
        return value, value
    last = monthrange(int(year), int(month))[1] if month else 31
    return f"{year}-{month or '01'}-01", f"{year}-{month or '12'}-{last:02}"
