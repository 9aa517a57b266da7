"""A plan's rows to triples: every entry with its plan, its basis and the passages that say so.

Each lead, enabling group, owner, holding and post is a `gt:Relation` like any reporting line, so that routes and
pictures follow one shape; the ontology says along which kinds accountability runs and where a route may start.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable

import pyoxigraph as ox

from goldenthread.graph import namespaces as ns
from goldenthread.graph import ontology, terms
from goldenthread.graph.dates import bounds, read_target
from goldenthread.graph.facets.tagged import Tagger
from goldenthread.graph.facts import Plan
from goldenthread.graph.folding import fold
from goldenthread.graph.namespaces import GT
from goldenthread.graph.registry import Addresses
from goldenthread.graph.tables import THIS_DRAFT, Row
from goldenthread.graph.terms import LABEL, Sheet

FACETS = {"topics": ("topic", "topic"), "work": ("work", "kind-of-work"), "audience": ("audience", "audience")}
ABSENCES = {"leads_absence": "leadAbsence", "groups_absence": "groupAbsence", "target_absence": "targetAbsence",
            "measures_absence": "measureAbsence"}  # fmt: skip


class PlanWriter:
    """Writes one plan's graph; `quads()` gives it whole."""

    def __init__(
        self, plan: Plan, partnership: str, registry: Addresses, posts: Iterable[Row], plans: dict[str, "Plan"],
        *, tagger: Tagger, synthetic: bool = False,
    ) -> None:  # fmt: skip
        entries = {row.text("key"): "priority" for row in plan.rows["priorities"]}
        entries |= {row.text("key"): "action" for row in plan.rows["actions"]}
        self.plan, self.key = plan, plan.key
        self.iri = f"{ns.THINGS}plan/{plan.key}"
        self.document = f"{ns.THINGS}{plan.key}/text"
        self.home = ns.THINGS + partnership
        self.at = registry.with_entries(plan.key, entries)
        self.posts = {row.text("key"): row.text("organisation") for row in posts if row.text("organisation")}
        self.plans, self.tagger = plans, tagger
        self.mark = ns.INVENTED if synthetic else ""
        self.sheet = Sheet(plan.key)
        self.headings = sorted((row.whole("line"), row.text("heading")) for row in plan.rows["sections"])
        self.sources = {row.text("lines"): row for row in plan.rows["sources"]}
        self.used: Counter[str] = Counter()
        self.cited: set[str] = set()

    def quads(self) -> list[ox.Quad]:
        """Write every table of the plan."""
        self._plan()
        for table, write in {
            "sections": self._section, "mentions": self._mention, "holdings": self._holding,
            "relations": self._relation, "priorities": self._priority, "actions": self._action,
            "measures": self._measure, "learning": self._learning, "duties": self._duty,
            "events": self._change, "statements": self._remark, "follows": self._follow_up,
        }.items():  # fmt: skip
            for row in self.plan.rows[table]:
                write(row)
        return self.sheet.quads

    def _plan(self) -> None:
        row, sheet = self.plan.row, self.sheet
        sheet.type(self.iri, GT + "Plan")
        sheet.add(self.iri, GT + "partnership", self.home)
        sheet.add(self.iri, GT + "text", self.document)
        for board in row.many("boards"):
            sheet.add(self.iri, GT + "board", self.at[board])
        sheet.text(self.iri, LABEL, row.text("title") + self.mark)
        sheet.text(self.iri, ns.DCT + "identifier", self.key)
        sheet.text(self.iri, GT + "version", row.text("version"))
        sheet.text(self.iri, GT + "peopleCovered", *row.many("people_covered"))
        sheet.text(self.iri, GT + "folded", fold(self.key), fold(row.text("title")))
        sheet.concepts(self.iri, GT + "formField", "field", row.many("fields"))
        for predicate, column in (("sinceDate", "since"), ("untilDate", "until"), ("signedOff", "signed_off"),
                                  ("lastReview", "last_review"), ("reviewDue", "review_due")):  # fmt: skip
            sheet.date(self.iri, GT + predicate, row.text(column))
        sheet.bounds(self.iri, bounds(row.text("since"))[0], bounds(row.text("until"))[1])
        self._cite(self.iri, row)
        sheet.type(self.document, GT + "PlanText")
        sheet.text(self.document, ns.DCT + "title", row.text("document"))
        sheet.text(self.document, GT + "digest", row.text("digest"))

    # what every entry has

    def _entry(self, kind: str, name: str, row: Row, *, basis: str = "", reason: str = "") -> str:
        local = f"{kind.lower()}/{name}"
        self.used[local] += 1
        if self.used[local] > 1:
            local = f"{local}-{self.used[local]}"
        iri = f"{ns.THINGS}{self.key}/{local}"
        self.sheet.type(iri, GT + kind)
        self.sheet.add(iri, GT + "plan", self.iri)
        basis = basis or row.text("basis") or "stated"
        self.sheet.concepts(iri, GT + "basis", "basis", [basis])
        if basis == "inferred":
            self.sheet.text(iri, GT + "reason", reason or row.text("reason"))
        self._cite(iri, row)
        return iri

    def _cite(self, subject: str, row: Row) -> None:
        for lines in row.many("lines"):
            passage = ns.passage(self.key, lines)
            self.sheet.add(subject, GT + "citation", passage)
            if lines not in self.cited:
                self.cited.add(lines)
                self._passage(passage, lines)

    def _passage(self, iri: str, lines: str) -> None:
        sheet = self.sheet
        sheet.type(iri, GT + "Passage")
        sheet.add(iri, ns.OA + "hasSource", self.document)
        sheet.text(iri, GT + "lines", lines)
        if lines == THIS_DRAFT:
            sheet.add(iri, GT + "firstLine", terms.number(0))
            return
        first, _, last = lines.partition("-")
        selector = f"{ns.THINGS}{self.key}/selector/{lines}"
        sheet.add(iri, ns.OA + "hasSelector", selector)
        sheet.type(selector, ns.OA + "FragmentSelector")
        sheet.add(selector, ns.DCT + "conformsTo", ns.TEXT_FRAGMENT)
        sheet.text(selector, ns.RDF + "value", f"line={int(first) - 1},{last or first}")
        sheet.add(iri, GT + "firstLine", terms.number(int(first)))
        before = bisect_right(self.headings, (int(first), "￿"))
        sheet.text(iri, GT + "heading", self.headings[before - 1][1] if before else "")
        if source := self.sources.get(lines):
            sheet.text(iri, GT + "digest", source.text("digest"))
            sheet.text(iri, GT + "phrase", source.text("phrase"))

    def _related(
        self, source: str, kind: str, target: str, row: Row,
        *, basis: str = "", reason: str = "", position: int = 0, about: str = "",
    ) -> str:  # fmt: skip
        behaviour = ontology.relation_kind(kind)
        basis = basis or row.text("basis") or "stated"
        name = "-".join(filter(None, (source, kind, target, about, _first(row))))
        iri = self._entry("Relation", name, row, basis=basis, reason=reason)
        sheet = self.sheet
        sheet.add(iri, GT + "from", self.at[source])
        sheet.add(iri, GT + "to", self.at[target])
        sheet.add(iri, GT + "relationKind", behaviour.iri)
        if about:
            sheet.add(iri, GT + "about", self.at[about])
        if position:
            sheet.add(iri, GT + "position", terms.number(position))
        if behaviour.plain_property and basis == "stated" and self._may_state(behaviour.plain_property, source, target):
            sheet.add(self.at[source], behaviour.plain_property, self.at[target])
        if behaviour.carries_accountability:
            sheet.type(iri, GT + ("WorkReport" if about or kind == "reports-on-work-to" else "ReportingLine"))
        elif behaviour.starts_route_at:
            sheet.type(iri, GT + "RouteStart")
        if behaviour.carries_accountability or behaviour.starts_route_at:
            sheet.add(iri, GT + "stepFrom", self.at[source])
            sheet.add(iri, GT + "stepTo", self.at[target])
        return iri

    def _may_state(self, plain_property: str, *ends: str) -> bool:
        """ORG's properties would make organisations of collectives such as "all partners"."""
        return not (plain_property.startswith(ns.ORG) and any(map(self.at.is_collective, ends)))

    # one method a table

    def _section(self, row: Row) -> None:
        iri = f"{ns.THINGS}{self.key}/heading/{row.whole('line')}"
        sheet = self.sheet
        sheet.type(iri, GT + "Heading")
        sheet.add(iri, GT + "plan", self.iri)
        sheet.text(iri, LABEL, row.text("heading"))
        sheet.text(iri, GT + "section", row.text("section"))
        sheet.add(iri, GT + "line", terms.number(row.whole("line")))
        if row.text("section"):
            sheet.add(iri, GT + "rowsInDocument", terms.number(row.whole("rows")))
            sheet.add(iri, GT + "actionsEntered", terms.number(row.whole("actions")))

    def _mention(self, row: Row) -> None:
        iri = self._entry("Mention", f"{row.text('subject')}-{_first(row)}", row)
        self.sheet.add(iri, GT + "subject", self.at[row.text("subject")])
        for predicate, column in (("name", "name"), ("givenAbbreviation", "abbreviation"), ("status", "status"),
                                  ("purpose", "purpose"), ("meets", "meets")):  # fmt: skip
            self.sheet.text(iri, GT + predicate, row.text(column))
        post = row.text("subject")
        if post in self.posts:
            self._related(post, "post-in", self.posts.pop(post), row)

    def _holding(self, row: Row) -> None:
        for kind, column in (("holds", "post"), ("belongs-to", "organisation")):
            if row.text(column):
                self._dated(self._related(row.text("person"), kind, row.text(column), row), row)

    def _relation(self, row: Row) -> None:
        iri = self._related(row.text("source"), row.text("kind"), row.text("target"), row, about=row.text("about"))
        self.sheet.text(iri, GT + "detail", row.text("detail"))
        self._dated(iri, row)

    def _dated(self, iri: str, row: Row) -> None:
        since, until = row.text("since"), row.text("until")
        self.sheet.date(iri, GT + "sinceDate", since)
        self.sheet.date(iri, GT + "untilDate", until)
        self.sheet.bounds(iri, bounds(since)[0] if since else "", bounds(until)[1] if until else "")

    def _facets(self, iri: str, row: Row) -> None:
        facets = self.tagger.facets(row)
        for column, (predicate, scheme) in FACETS.items():
            self.sheet.concepts(iri, GT + predicate, scheme, facets.values[column])
        if any(facets.values.values()):
            self.sheet.concepts(iri, GT + "facetBasis", "facet", [facets.basis])
        self.sheet.text(iri, GT + "taggedBy", *facets.by)

    def _priority(self, row: Row) -> None:
        key = row.text("key")
        iri = self._entry("Priority", key, row)
        sheet = self.sheet
        sheet.text(iri, ns.DCT + "identifier", key)
        sheet.text(iri, LABEL, row.text("title"))
        sheet.text(iri, GT + "number", row.text("number"))
        sheet.text(iri, GT + "outcome", *row.many("outcome"))
        sheet.text(iri, GT + "folded", *sorted({fold(key), fold(f"{self.key} {key}"), fold(row.text("title"))}))
        sheet.concepts(iri, GT + "priorityKind", "priority", [row.text("kind")])
        if row.text("parent"):
            sheet.add(iri, GT + "partOfPriority", self.at[row.text("parent")])
        for board in row.many("boards") or self.plan.row.many("boards"):
            sheet.add(iri, GT + "board", self.at[board])
        self._facets(iri, row)
        for kind, column in (("owned-by", "owners"), ("chaired-by", "chairs")):
            for position, actor in enumerate(row.many(column), 1):
                self._related(key, kind, actor, row, position=position)
        for position, actor in enumerate(row.many("support"), 1):
            self._related(actor, "supports", key, row, position=position)

    def _action(self, row: Row) -> None:
        key = row.text("key")
        iri = self._entry("Action", key, row)
        sheet = self.sheet
        sheet.text(iri, ns.DCT + "identifier", key)
        sheet.text(iri, LABEL, row.text("title"))
        for column in ("section", "ref", "scope", "rag", "progress"):
            sheet.text(iri, GT + column, row.text(column))
        sheet.add(iri, GT + "row", terms.number(row.whole("row")))
        names = {key, f"{self.key} {key}", row.text("title")}
        if row.text("ref"):
            names |= {row.text("ref"), f"{self.key} {row.text('ref')}"}
        sheet.text(iri, GT + "folded", *sorted(map(fold, names)))
        self._related(key, "serves", row.text("priority"), row)
        for kind, column in (("leads", "leads"), ("enables", "groups")):
            for position, actor in enumerate(row.many(column), 1):
                self._related(key, kind, actor, row, basis=row.text(f"{column}_basis") or row.text("basis"),
                              reason=row.text(f"{column}_reason"), position=position)  # fmt: skip
        self._target(iri, row)
        for column, predicate in ABSENCES.items():
            sheet.concepts(iri, GT + predicate, "absence", [row.text(column)])
        self._point(iri, "repeats", filter(None, [row.text("repeats")]))
        for column in ("documents", "reviews", "people"):
            for thing in row.many(column):
                sheet.add(iri, GT + "refersTo", self.at[thing])
        self._facets(iri, row)

    def _target(self, iri: str, row: Row) -> None:
        target = read_target(row.text("target_text"), edtf=row.text("target_edtf"), kind=row.text("target_kind"))
        self.sheet.text(iri, GT + "targetText", target.text)
        self.sheet.date(iri, GT + "targetEdtf", target.edtf)
        self.sheet.concepts(iri, GT + "targetKind", "target", [target.kind])
        self.sheet.bounds(iri, target.earliest, target.latest)

    def _measure(self, row: Row) -> None:
        action = row.text("action")
        iri = self._entry("Measure", f"{action}.{row.whole('position')}", row)
        self.sheet.add(iri, GT + "measures", self.at[action])
        self.sheet.add(iri, GT + "position", terms.number(row.whole("position")))
        self.sheet.text(iri, LABEL, row.text("measure"))
        self.sheet.text(iri, GT + "record", *row.many("records"))
        self.sheet.text(iri, GT + "dateText", row.text("date_text"))

    def _learning(self, row: Row) -> None:
        iri = self._entry("Learning", row.text("key"), row)
        self.sheet.text(iri, LABEL, row.text("learning"))
        self.sheet.concepts(iri, GT + "stage", "stage", [row.text("stage")])
        self._point(iri, "learntFrom", row.many("reviews"))
        self._point(iri, "takenForwardBy", row.many("actions"))

    def _duty(self, row: Row) -> None:
        iri = self._entry("Duty", _first(row), row)
        self.sheet.text(iri, LABEL, row.text("duty"))
        self.sheet.text(iri, GT + "law", row.text("law"))
        self._point(iri, "dutyOf", row.many("bodies"))

    def _change(self, row: Row) -> None:
        iri = self._entry("Change", _first(row), row)
        self.sheet.text(iri, LABEL, row.text("what"))
        self.sheet.concepts(iri, GT + "changeKind", "change", [row.text("kind")])
        self.sheet.date(iri, ns.DCT + "date", row.text("date"))
        if row.text("date"):
            self.sheet.bounds(iri, *bounds(row.text("date")))
        for column, predicate, organisation in (
            ("before", "before", "originalOrganization"), ("after", "after", "resultingOrganization"),
        ):  # fmt: skip
            self._point(iri, predicate, row.many(column))
            for key in row.many(column):
                if self.at.table(key) == "bodies" and not self.at.is_collective(key):
                    self.sheet.add(iri, ns.ORG + organisation, self.at[key])

    def _remark(self, row: Row) -> None:
        iri = self._entry("Remark", _first(row), row)
        self.sheet.text(iri, LABEL, row.text("statement"))
        self.sheet.concepts(iri, GT + "remarkKind", "statement", [row.text("kind")])
        self._point(iri, "concerns", row.many("subjects"))

    def _follow_up(self, row: Row) -> None:
        iri = self._entry("FollowUp", _first(row), row)
        self.sheet.text(iri, LABEL, row.text("what"))
        self.sheet.concepts(iri, GT + "followKind", "follow", [row.text("kind")])
        self._point(iri, "laterItem", filter(None, [row.text("later")]))
        plan, _, key = row.text("earlier").partition(" ")
        if item := item_of(self.plans, plan, key):
            self.sheet.add(iri, GT + "earlierItem", item)

    def _point(self, iri: str, predicate: str, keys: Iterable[str]) -> None:
        for key in keys:
            self.sheet.add(iri, GT + predicate, self.at[key])


def _first(row: Row) -> str:
    """The first lines of a row, as they stand in the address of what it says."""
    return row.many("lines")[0].replace(" ", "-")


def item_of(plans: dict[str, Plan], plan: str, key: str) -> str:
    """Return the address of an item of another plan, given as plan and key; "" if that plan is not loaded."""
    if plan in plans:
        for table, kind in (("priorities", "priority"), ("actions", "action")):
            if any(row.text("key") == key for row in plans[plan].rows[table]):
                return f"{ns.THINGS}{plan}/{kind}/{key}"
    return ""
