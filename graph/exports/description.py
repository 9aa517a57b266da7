"""What an export is: its plans, periods, version, sources, licence and counts; in RDF as VoID, DCAT and DQV.

Nothing here depends on the day or the machine: the same plans give the same description.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyoxigraph as ox

from goldenthread.graph import namespaces as ns
from goldenthread.graph import ontology, places, terms
from goldenthread.graph.exports.coverage import Count
from goldenthread.graph.printing import CAVEAT
from goldenthread.graph.terms import LABEL, Sheet

if TYPE_CHECKING:
    from goldenthread.graph.plans import Plans

VOID = "http://rdfs.org/ns/void#"
DCAT = "http://www.w3.org/ns/dcat#"
DQV = "http://www.w3.org/ns/dqv#"
LDQD = "http://www.w3.org/2016/05/ldqd#"
OWL = "http://www.w3.org/2002/07/owl#"
MEDIA_TYPES = "https://www.iana.org/assignments/media-types/"
PREFIXES = ns.PREFIXES | {"void": VOID, "dcat": DCAT, "dqv": DQV, "ldqd": LDQD, "owl": OWL}
VOCABULARIES = (ns.GT, ns.ORG, ns.SKOS, ns.FOAF, ns.OA, ns.DCT)
LICENCE = {
    "name": "CC-BY-4.0",
    "path": "https://creativecommons.org/licenses/by/4.0/",
    "title": "Creative Commons Attribution 4.0 International",
}
GRAPH = "description"
MARK = ns.INVENTED
WITHOUT_ONTOLOGY = (
    "The ontology is not in here; stored queries read from it what counts as missing, so load it beside the data."
)


@dataclass(frozen=True, slots=True)
class PlanSource:
    """A plan of an export as its sources name it; `earliest` and `latest` are the first and last day it covers."""

    key: str
    title: str
    version: str
    partnership: str
    boards: str
    since: str
    until: str
    earliest: str
    latest: str
    document: str
    synthetic: bool

    @property
    def marked_title(self) -> str:
        """The title; that of an invented plan says so, as it does in the graph."""
        return self.title + MARK if self.synthetic and not self.title.endswith(MARK) else self.title

    def __str__(self) -> str:
        version = f", version {self.version}" if self.version else ""
        return f"{self.key}: {self.marked_title}{version}, period {self.since} to {self.until}, from {self.document}"


@dataclass(frozen=True, slots=True)
class Description:
    """What an export holds: the version of goldenthread that wrote it, its plans, and whether its licence is known."""

    version: str
    plans: tuple[PlanSource, ...]
    licensed: bool
    with_names: bool

    @property
    def name(self) -> str:
        """Short name: the plan's id, or "plans-" and what tells this choice of plans from others."""
        keys = [plan.key for plan in self.plans]
        return keys[0] if len(keys) == 1 else f"plans-{hashlib.sha256(chr(10).join(keys).encode()).hexdigest()[:8]}"

    @property
    def title(self) -> str:
        """One line that says whose plans these are, and whether they are invented."""
        if len(self.plans) == 1:
            return self.plans[0].marked_title
        said = f"{len(self.plans)} plans of {_joined(self._owners())}"
        return f"{self.marked}: {said}" if self.marked else said

    @property
    def marked(self) -> str:
        """What must be said before anything else if plans are invented; "" if none is."""
        if all(plan.synthetic for plan in self.plans):
            return "Invented data"
        return "Partly invented data" if self.synthetic else ""

    @property
    def synthetic(self) -> frozenset[str]:
        """The ids of the plans that are invented."""
        return frozenset(plan.key for plan in self.plans if plan.synthetic)

    @property
    def text(self) -> str:
        """A sentence or three about what it is."""
        names = "Officials are named." if self.with_names else "Officials are shown by post, without names."
        marked = f"{self.marked}. " if self.marked else ""
        return (
            f"{marked}Who answers for what in safeguarding, {CAVEAT}. {names} Written by goldenthread {self.version}."
        )

    @property
    def address(self) -> str:
        """The address of the data set."""
        return f"{ns.THINGS}dataset/{self.name}"

    def _owners(self) -> list[str]:
        return list(dict.fromkeys(plan.partnership for plan in self.plans))


def describe(plans: "Plans", *, version: str, plan: str | None = None) -> Description:
    """Return the description of an export of these plans; ValueError if there is no such plan, or none at all."""
    found = list(plans.table("plans"))
    chosen = [row for row in found if plan in (None, row["plan"])]
    if not chosen:
        known = ", ".join(str(row["plan"]) for row in found) or "none"
        raise ValueError(
            f"there is no plan {plan!r} to export; the plans are {known}" if plan else "there is no plan to export"
        )
    sources = tuple(
        PlanSource(**{name: str(row.get(name) or "") for name in _TEXTS},
                   key=str(row["plan"]), synthetic=row.get("synthetic") is not None)
        for row in chosen
    )  # fmt: skip
    licensed = bool(plans.paths) and all(path == places.DATA for path in plans.paths)
    return Description(version, sources, licensed, plans.with_names)


_TEXTS = ("title", "version", "partnership", "boards", "since", "until", "earliest", "latest", "document")


def _joined(names: list[str]) -> str:
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))


def ontology_version() -> str:
    """Return the address of this version of the ontology."""
    said = (t for t in ontology.triples() if t.predicate.value == OWL + "versionIRI")
    return next(triple.object.value for triple in said if isinstance(triple.object, ox.NamedNode))


def quads(
    description: Description,
    *,
    triples: int | None,
    classes: Mapping[str, int],
    coverage: Iterable[Count],
    files: Mapping[str, bytes] | None = None,
) -> list[ox.Quad]:
    """Return a description in RDF: counts by class, sources with periods, coverage, and the files of a folder."""
    sheet, dataset = Sheet(GRAPH), description.address
    sheet.type(dataset, DCAT + "Dataset", VOID + "Dataset")
    sheet.text(dataset, ns.DCT + "title", description.title)
    sheet.text(dataset, ns.DCT + "description", description.text)
    sheet.text(dataset, DCAT + "version", description.version)
    sheet.add(dataset, ns.DCT + "conformsTo", ontology_version())
    sheet.text(dataset, ns.RDFS + "comment", WITHOUT_ONTOLOGY)
    if description.licensed:
        sheet.add(dataset, ns.DCT + "license", LICENCE["path"])
    for vocabulary in VOCABULARIES:
        sheet.add(dataset, VOID + "vocabulary", vocabulary)
    if triples is not None:
        sheet.add(dataset, VOID + "triples", terms.number(triples))
    _classes(sheet, dataset, classes)
    _sources(sheet, description)
    _coverage(sheet, description, coverage)
    for path, content in sorted((files or {}).items()):
        _distribution(sheet, dataset, path, content)
    return sheet.quads


def _classes(sheet: Sheet, dataset: str, classes: Mapping[str, int]) -> None:
    for one, count in sorted(classes.items()):
        partition = f"{dataset}/class/{one.removeprefix(ns.ONTOLOGY).strip('#').replace('://', '/').replace('#', '/')}"
        sheet.add(dataset, VOID + "classPartition", partition)
        sheet.add(partition, VOID + "class", one)
        sheet.add(partition, VOID + "entities", terms.number(count))


def _sources(sheet: Sheet, description: Description) -> None:
    dataset = description.address
    days = [day for plan in description.plans for day in (plan.earliest, plan.latest) if day]
    if days:
        _period(sheet, dataset, f"{dataset}/period", min(days), max(days))
    for plan in description.plans:
        iri = f"{ns.THINGS}plan/{plan.key}"
        sheet.add(dataset, ns.DCT + "source", iri)
        sheet.text(iri, ns.DCT + "title", plan.marked_title)
        sheet.text(iri, ns.DCT + "identifier", plan.key)
        sheet.add(iri, ns.DCT + "source", f"{ns.THINGS}{plan.key}/text")
        sheet.text(f"{ns.THINGS}{plan.key}/text", ns.DCT + "title", plan.document)
        _period(sheet, iri, f"{iri}/period", plan.earliest, plan.latest)


def _period(sheet: Sheet, subject: str, iri: str, first: str, last: str) -> None:
    sheet.add(subject, ns.DCT + "temporal", iri)
    sheet.type(iri, ns.DCT + "PeriodOfTime")
    for predicate, day in (("startDate", first), ("endDate", last)):
        if day:
            sheet.add(iri, DCAT + predicate, terms.day(day))


def _coverage(sheet: Sheet, description: Description, coverage: Iterable[Count]) -> None:
    """How many entries a plan has and how many of them have a field filled: two measurements, each of its metric."""
    for count in coverage:
        measured = ((f"{count.entries_of}", f"number of {count.entries_of}", count.entries),
                    (f"{count.entries_of}-with-{count.field}", f"number of {count.entries_of} with {count.field}", count.filled))  # fmt: skip
        for name, label, value in measured:
            metric = f"{ns.THINGS}metric/{name}"
            sheet.type(metric, DQV + "Metric")
            sheet.text(metric, LABEL, label)
            sheet.add(metric, DQV + "expectedDataType", ns.XSD + "integer")
            sheet.add(metric, DQV + "inDimension", LDQD + "completeness")
            iri = f"{ns.THINGS}{count.plan}/measurement/{name}"
            sheet.type(iri, DQV + "QualityMeasurement")
            sheet.add(iri, DQV + "isMeasurementOf", metric)
            sheet.add(iri, DQV + "computedOn", f"{ns.THINGS}plan/{count.plan}")
            sheet.add(iri, DQV + "value", terms.number(value))
            sheet.add(iri, ns.DCT + "source", f"{ns.THINGS}{count.plan}/text")
            sheet.add(description.address, DQV + "hasQualityMeasurement", iri)


def _distribution(sheet: Sheet, dataset: str, path: str, content: bytes) -> None:
    iri = f"{dataset}/file/{path}"
    sheet.add(dataset, DCAT + "distribution", iri)
    sheet.type(iri, DCAT + "Distribution")
    sheet.text(iri, ns.DCT + "title", path)
    sheet.add(iri, DCAT + "mediaType", MEDIA_TYPES + "text/csv")
    size = ox.Literal(str(len(content)), datatype=ox.NamedNode(ns.XSD + "nonNegativeInteger"))
    sheet.add(iri, DCAT + "byteSize", size)
