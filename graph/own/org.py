"""RDF in the terms of W3C ORG, FOAF or schema.org: each file is one plan, whose only passage is the whole file.

What things there are is told by their types and, where a file gives none, by the properties they stand in. Each
statement becomes a cited gt:Relation, as in a plan's tables: only org:reportsTo is a reporting line, to be part of
something never is. A property and its inverse give one relation, and a membership takes the place of org:memberOf
between the same two. The things keep their addresses; without names, people get labels by post and number.
"""

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

import pyoxigraph as ox

from goldenthread.graph import namespaces as ns
from goldenthread.graph import ontology, terms
from goldenthread.graph.folding import fold
from goldenthread.graph.namespaces import FOAF, GT, ORG, local
from goldenthread.graph.own import things
from goldenthread.graph.own.nameless import Nameless
from goldenthread.graph.own.reading import Fact
from goldenthread.graph.own.terms import INVENTED, step_classes
from goldenthread.graph.own.things import DATED, SCHEMA, TIME, Bearer, Index, Things
from goldenthread.graph.queries import natural
from goldenthread.graph.tables import BadTables, Problem, unreadable
from goldenthread.graph.terms import LABEL, Sheet

WHOLE_FILE = "the whole file"
UNSTATED = "XXXX"  # EDTF for a year that is not given: the plan may hold on any day
ANY_DAY = ("0001-01-01", "9999-12-31")
PLAIN = {  # property -> kind of relation, and whether the property is said from its target
    ORG + "reportsTo": ("reports-to", False),
    ORG + "subOrganizationOf": ("part-of", False),
    ORG + "hasSubOrganization": ("part-of", True),
    ORG + "unitOf": ("part-of", False),
    ORG + "hasUnit": ("part-of", True),
    SCHEMA + "parentOrganization": ("part-of", False),
    SCHEMA + "subOrganization": ("part-of", True),
    ORG + "memberOf": ("member-of", False),
    ORG + "hasMember": ("member-of", True),
    SCHEMA + "memberOf": ("member-of", False),
    SCHEMA + "member": ("member-of", True),
    FOAF + "member": ("member-of", True),
    ORG + "postIn": ("post-in", False),
    ORG + "hasPost": ("post-in", True),
    ORG + "holds": ("holds", False),
    ORG + "heldBy": ("holds", True),
    ORG + "headOf": ("steers", False),
    ORG + "linkedTo": ("works-with", False),
}
CHAIRS = frozenset(map(fold, ("chair", "chairperson", "chairman", "chairwoman", "independent chair", "convenor", "convener")))  # fmt: skip
DATASETS = (
    "http://www.w3.org/2002/07/owl#Ontology",
    "http://www.w3.org/ns/dcat#Dataset",
    "http://rdfs.org/ns/void#Dataset",
    SCHEMA + "Dataset",
)
READINGS = {  # kinds that are our reading of a property, with the reason
    ORG + "headOf": "the file names a head: whoever heads a body gives it direction; whether in the chair is not said",
}


class Statement(NamedTuple):
    """A relation as the file states it, in the order in which relations are numbered."""

    source: str
    kind: str
    target: str
    since: str = ""
    until: str = ""
    detail: str = ""
    reason: str = ""  # why it is read so, if it is our reading


def stated(facts: Iterable[Fact], path: Path, key: str, *, with_names: bool) -> list[Fact]:
    """Return what a file in ORG's terms states, as one plan with this key; BadTables with every problem."""
    index = Index(facts)
    problems: list[Problem] = []
    found = sorted(set(_statements(index, path.name, problems)), key=lambda one: [natural(part) for part in one])
    things = Things(index, [(one.source, one.kind, one.target) for one in found])
    if problems:
        raise BadTables(problems)
    if not things.kinds:
        message = (
            "nothing here that is read: neither a gt:Plan, nor an org:Organization, org:Post or foaf:Person, nor the "
            "same in schema.org's or FOAF's terms; name the types of what the file describes"
        )
        raise unreadable(path.name, message)
    nameless = None if with_names else things.nameless()
    return _Writer(index, things, path, key, nameless).facts(found)


# what the file states


def _statements(index: Index, file: str, problems: list[Problem]) -> Iterator[Statement]:
    memberships = list(_memberships(index, file, problems))
    yield from memberships
    joined = {pair for one in memberships for pair in ((one.source, one.target), (one.target, one.source))}
    for subject, predicate, value in index.triples():
        if predicate not in PLAIN:
            continue
        kind, turned = PLAIN[predicate]
        if isinstance(value, ox.Literal):
            problems.append(_no_address(file, subject, predicate, value))
            continue
        source, target = (value.value, subject) if turned else (subject, value.value)
        if kind == "works-with":
            source, target = sorted((source, target))
        if kind != "member-of" or (source, target) not in joined:
            yield Statement(source, kind, target, reason=READINGS.get(predicate, ""))


def _memberships(index: Index, file: str, problems: list[Problem]) -> Iterator[Statement]:
    """Give member-of, or chaired-by where the role is the chair's, for every org:Membership."""
    held = index.inverse(ORG + "hasMembership")
    nodes = {
        *index.instances(ORG + "Membership"),
        *index.having(ORG + "member"),
        *index.having(ORG + "organization"),
        *held,
    }
    for node in sorted(nodes, key=natural):
        literals = [(predicate, value) for predicate in (ORG + "member", ORG + "organization")
                    for value in index.values(node, predicate) if isinstance(value, ox.Literal)]  # fmt: skip
        problems.extend(_no_address(file, node, predicate, value) for predicate, value in literals)
        members = {*index.nodes(node, ORG + "member"), *held.get(node, ())}
        bodies = index.nodes(node, ORG + "organization")
        if not (members and bodies) and not literals:
            message = f"the membership {node} lacks its {'organisation' if members else 'member'}; give it"
            problems.append(Problem(file, 0, "", "", message))
        roles = [index.label(role.value) if isinstance(role, ox.NamedNode) else things.clean(role.value)
                 for role in index.values(node, ORG + "role")]  # fmt: skip
        since, until = _period(index, node, file, problems)
        for member in members:
            for body in bodies:
                if chairs := [role for role in roles if fold(role) in CHAIRS]:
                    detail = "" if fold(chairs[0]) == "chair" else chairs[0]
                    yield Statement(body, "chaired-by", member, since, until, detail)
                others = [role for role in roles if fold(role) not in (*CHAIRS, "member")]
                if others or not chairs:
                    yield Statement(member, "member-of", body, since, until, ", ".join(sorted(others)))


def _no_address(file: str, subject: str, predicate: str, value: ox.Literal) -> Problem:
    place = f"{subject} has as {local(predicate)} the text {value.value!r}"
    remedy = 'give the address of the thing instead; in JSON-LD that is {"@id": ...}, or "@type": "@id" in the context'
    return Problem(file, 0, "", "", f"{place}: {remedy}")


def _period(index: Index, node: str, file: str, problems: list[Problem]) -> tuple[str, str]:
    """Return since and until (EDTF, "" if not said) of a membership or data set, however its interval is written."""
    for value in (value for predicate in (ORG + "memberDuring", ns.DCT + "temporal", SCHEMA + "temporalCoverage")
                  for value in index.values(node, predicate)):  # fmt: skip
        if isinstance(value, ox.Literal):
            since, slash, until = value.value.strip().partition("/")
            ends = (since, until if slash else since)
        else:
            ends = _ends(index, value.value)
        break
    else:
        ends = _ends(index, node)
    return tuple(_dated(end, node, file, problems) for end in ends)  # type: ignore[return-value]


def _ends(index: Index, node: str) -> tuple[str, str]:
    first, last = (
        next((date for predicate in predicates for value in index.values(node, predicate) if (date := _instant(index, value))), "")
        for predicates in (
            (TIME + "hasBeginning", SCHEMA + "startDate", things.DCAT + "startDate"),
            (TIME + "hasEnd", SCHEMA + "endDate", things.DCAT + "endDate"),
        )
    )  # fmt: skip
    return first, last


def _instant(index: Index, value: terms.Term) -> str:
    if isinstance(value, ox.Literal):
        return value.value
    return next((date.value for predicate in DATED for date in index.values(value.value, predicate)), "")


def _dated(text: str, node: str, file: str, problems: list[Problem]) -> str:
    try:
        return things.edtf(text)
    except ValueError as error:
        problems.append(Problem(file, 0, "", "", f"{node}: {error}"))
        return ""


# what is written


class _Facts(Sheet):
    """A sheet whose statements are facts of a file."""

    def __init__(self, graph: str) -> None:
        super().__init__(graph)
        self.facts: list[Fact] = []

    def add(self, subject: str, predicate: str, value: str | terms.Term) -> None:
        """State that the subject has this value: a string is an address, anything else a term."""
        term = ox.NamedNode(value) if isinstance(value, str) else value
        self.facts.append(Fact(subject, predicate, term, self.graph.value))


class _Writer:
    """Writes one file's registry, names and plan."""

    def __init__(self, index: Index, things: Things, path: Path, key: str, nameless: Nameless | None) -> None:
        self.index, self.things, self.path, self.key, self.nameless = index, things, path, key, nameless
        self.plan, self.home = f"{ns.THINGS}plan/{key}", f"{ns.THINGS}own/{key}"
        self.document, self.passage = f"{ns.THINGS}{key}/text", ns.passage(key, WHOLE_FILE)
        self.registry, self.names, self.sheet = _Facts("registry"), _Facts("names"), _Facts(key)
        self.collectives: set[str] = set()
        self.problems: list[Problem] = []

    def facts(self, found: list[Statement]) -> list[Fact]:
        """Write the plan, its things and its statements; BadTables if a date of the file is none."""
        self._plan()
        for number, iri in enumerate(self.things.sorted(), 1):
            self._thing(iri, number)
        for number, one in enumerate(found, 1):
            self._relation(one, number)
        for number, event in enumerate(self.things.changes(), 1):
            self._change(event, number)
        if self.problems:
            raise BadTables(self.problems)
        return [*self.registry.facts, *self.names.facts, *self.sheet.facts]

    def _at(self, iri: str) -> str:
        return self.nameless.address(iri) if self.nameless else iri

    def _text(self, text: str) -> str:
        return self.nameless.text(text) if self.nameless else text

    def _plan(self) -> None:
        node = next((node for one in DATASETS for node in sorted(self.index.instances(one))), "")
        title = self._text(self.index.title(node) if node else self.path.stem) or self.path.stem
        since, until = _period(self.index, node, self.path.name, self.problems) if node else ("", "")
        earliest, latest = things.span(since)[0] or ANY_DAY[0], things.span(until)[1] or ANY_DAY[1]
        for iri in (self.home, self.plan):
            target = self.registry if iri == self.home else self.sheet
            target.text(iri, LABEL, title + (INVENTED if iri == self.plan and self.index.is_synthetic() else ""))
            target.text(iri, ns.DCT + "identifier", self.key)
        self.registry.type(self.home, GT + "Partnership")
        if self.index.is_synthetic():
            self.registry.add(self.home, GT + "synthetic", ox.Literal(True))
        sheet = self.sheet
        sheet.type(self.plan, GT + "Plan")
        sheet.add(self.plan, GT + "partnership", self.home)
        sheet.add(self.plan, GT + "text", self.document)
        sheet.add(self.plan, GT + "citation", self.passage)
        for board in sorted(self.things.publishers(node)):
            sheet.add(self.plan, GT + "board", self._at(board))
        sheet.text(self.plan, GT + "folded", *sorted({fold(self.key), fold(title), fold(self.path.name)} - {""}))
        sheet.date(self.plan, GT + "sinceDate", since or UNSTATED)
        sheet.date(self.plan, GT + "untilDate", until or UNSTATED)
        sheet.bounds(self.plan, earliest, latest)
        self._whole_file()

    def _whole_file(self) -> None:
        with open(self.path, "rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        sheet = self.sheet
        sheet.type(self.document, GT + "PlanText")
        sheet.text(self.document, ns.DCT + "title", self.path.name)
        sheet.type(self.passage, GT + "Passage")
        sheet.add(self.passage, ns.OA + "hasSource", self.document)
        sheet.text(self.passage, GT + "lines", WHOLE_FILE)
        sheet.add(self.passage, GT + "firstLine", terms.number(0))
        for iri in (self.document, self.passage):
            sheet.text(iri, GT + "digest", digest)

    def _thing(self, iri: str, number: int) -> None:
        bearer = self.things.bearer(iri)
        address = self._at(iri)
        self.registry.add(address, GT + "partnership", self.home)
        self.registry.type(address, *bearer.classes)
        if bearer.kind == "person":
            self._person(iri, bearer)
            return
        label = self._text(bearer.label)
        self.registry.text(address, LABEL, label)
        self.registry.text(address, ns.DCT + "identifier", self._text(bearer.key))
        self.registry.text(address, GT + "abbreviation", *map(self._text, bearer.abbreviations))
        self._found_by(self.registry, address, {label, bearer.key, *bearer.names, *bearer.abbreviations})
        if bearer.body_kind:
            self.registry.concepts(address, GT + "bodyKind", "body", [bearer.body_kind])
            if GT + "Collective" in bearer.classes:
                self.collectives.add(iri)
            else:
                self.registry.concepts(address, ORG + "classification", "body", [bearer.body_kind])
        mention = self._entry(
            "Mention", number, "" if bearer.is_named else "the file gives no name: this is the end of its address"
        )
        self.sheet.add(mention, GT + "subject", address)
        self.sheet.text(mention, GT + "name", label)
        self.sheet.text(mention, GT + "givenAbbreviation", *map(self._text, bearer.abbreviations[:1]))

    def _person(self, iri: str, bearer: Bearer) -> None:
        address = self._at(iri)
        if self.nameless is None:
            self.registry.text(address, ns.DCT + "identifier", bearer.key)
            self.names.text(address, LABEL, bearer.label)
            self.names.text(address, FOAF + "name", bearer.label)
            self.names.text(address, ns.SKOS + "altLabel", *sorted(bearer.names - {bearer.label}))
            self._found_by(self.names, address, {bearer.label, *bearer.names, bearer.key})
            return
        key = f"p{self.nameless.numbers[iri]}"
        self.registry.text(address, ns.DCT + "identifier", key)
        self.registry.text(address, LABEL, self.nameless.label(iri, self.things.posts_of(iri)))
        self.registry.text(address, GT + "folded", *sorted({*self.nameless.keys(iri), fold(local(address))}))

    def _found_by(self, sheet: _Facts, address: str, names: set[str]) -> None:
        """Things are found by the ends of their addresses too, as `goldenthread find` looks up an address."""
        sheet.text(
            address, GT + "folded", *sorted({fold(self._text(name)) for name in (*names, local(address))} - {""})
        )

    def _entry(self, kind: str, number: int, reason: str) -> str:
        iri = f"{ns.THINGS}{self.key}/{kind.lower()}/{number}"
        self.sheet.type(iri, GT + kind)
        self.sheet.add(iri, GT + "plan", self.plan)
        self.sheet.concepts(iri, GT + "basis", "basis", ["inferred" if reason else "stated"])
        self.sheet.text(iri, GT + "reason", reason)
        self.sheet.add(iri, GT + "citation", self.passage)
        return iri

    def _relation(self, one: Statement, number: int) -> None:
        iri, sheet = self._entry("Relation", number, one.reason), self.sheet
        source, target = self._at(one.source), self._at(one.target)
        behaviour = ontology.relation_kind(one.kind)
        sheet.add(iri, GT + "from", source)
        sheet.add(iri, GT + "to", target)
        sheet.add(iri, GT + "relationKind", behaviour.iri)
        sheet.text(iri, GT + "detail", self._text(one.detail))
        sheet.date(iri, GT + "sinceDate", one.since)
        sheet.date(iri, GT + "untilDate", one.until)
        sheet.bounds(iri, things.span(one.since)[0], things.span(one.until)[1])
        classes = step_classes(one.kind, about=False)
        sheet.type(iri, *classes)
        if classes:
            sheet.add(iri, GT + "stepFrom", source)
            sheet.add(iri, GT + "stepTo", target)
        if not one.reason and not self._is_collective(behaviour.plain_property, one):
            sheet.add(source, behaviour.plain_property, target)

    def _is_collective(self, plain_property: str, one: Statement) -> bool:
        """ORG's properties would make organisations of collectives."""
        return plain_property.startswith(ORG) and not self.collectives.isdisjoint((one.source, one.target))

    def _change(self, event: things.Change, number: int) -> None:
        iri, sheet = self._entry("Change", number, ""), self.sheet
        sheet.text(iri, LABEL, self._text(event.label))
        sheet.concepts(iri, GT + "changeKind", "change", [event.kind])
        date = _dated(event.date, event.iri, self.path.name, self.problems)
        sheet.date(iri, ns.DCT + "date", date)
        sheet.bounds(iri, *things.span(date))
        for predicate, plain, bodies in (("before", "originalOrganization", event.before),
                                         ("after", "resultingOrganization", event.after)):  # fmt: skip
            for body in bodies:
                sheet.add(iri, GT + predicate, self._at(body))
                sheet.add(iri, ORG + plain, self._at(body))
