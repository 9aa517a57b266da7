"""A brief: what one plan says of a body, post or person, or of a whole plan, gathered for two pages.

A brief keeps to one plan, since lines of two plans make no structure that ever stood: the one asked for, else the latest
that gives the subject work or a place. Whatever it says comes from stored queries, with where the plan says so.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import cached_property
from typing import TYPE_CHECKING

from goldenthread.graph.answers import Table, Thing, period, where
from goldenthread.graph.brief import routes, work
from goldenthread.graph.exports.description import MARK, PlanSource, describe
from goldenthread.graph.gaps import Gap, gaps
from goldenthread.graph.names import UnknownName, short
from goldenthread.graph.plans import lines_in_order
from goldenthread.graph.printing import CAVEAT
from goldenthread.graph.tracker import Wanted, tracker
from goldenthread.graph.version import VERSION
from goldenthread.viz.document import Brief, Passage, Said

if TYPE_CHECKING:
    from goldenthread.graph.engines import Rows
    from goldenthread.graph.overlaps.finding import Overlap
    from goldenthread.graph.plans import Plans

Record = Mapping[str, str]
KINDS = ("body", "post", "person", "plan")
LINES = 6  # of a passage that stands in many
PLACING = ("leads", "enables", "owned-by", "part-of", "chaired-by")  # besides reporting, what gives somebody a place


@dataclass
class Known:
    """What briefs of the same plans on the same day share, asked once."""

    plans: "Plans"
    day: str | None = None
    _owners: dict[str, dict[str, list[str]]] = field(default_factory=dict, repr=False)

    @cached_property
    def asked_on(self) -> str:
        """The day for which it is told how actions stand."""
        return self.day or datetime.now(UTC).date().isoformat()

    @cached_property
    def every(self) -> dict[str, Record]:
        """The plans of that day by id, in the order of partnerships and time."""
        return {row["plan"]: row for row in records(self.plans.table("plans", day=self.day))}

    @cached_property
    def tracked(self) -> dict[str, Record]:
        """Every action by its address, with how it stands."""
        rows = self.plans.rows("actions")
        at = {column: rows.columns.index(column) for column in ("plan", "key", "action")}
        addresses = {(str(row[at["plan"]]), str(row[at["key"]])): str(row[at["action"]]) for row in rows.rows}
        table = tracker(self.plans, Wanted(), day=self.day)
        return {addresses[row["plan"], row["action"]]: row for row in records(table)}

    @cached_property
    def gaps(self) -> list[Gap]:
        """Every finding."""
        return gaps(self.plans, day=self.day)

    @cached_property
    def overlaps(self) -> "list[Overlap]":
        """Every pair of rows that are alike."""
        from goldenthread.graph.overlaps.finding import found

        return found(self.plans.engine)

    @cached_property
    def relations(self) -> dict[str, Record]:
        """The kinds of relation by notation, with their words."""
        return {row["notation"]: row for row in records(self.plans.concepts("relation"))}

    @cached_property
    def described(self) -> dict[str, PlanSource]:
        """Every plan as an export describes it, invented ones marked."""
        return {one.key: one for one in describe(self.plans, version=VERSION).plans}

    @cached_property
    def aims(self) -> dict[str, list[str]]:
        """The priorities and aims above each action, the nearest first."""
        above = defaultdict(list)
        for row in records(self.plans.rows("aims-above")):
            above[row["item"]].append(row["aim"])
        return {iri: _upward(iri, above) for iri in self.tracked}

    def owners(self, plan: str, action: str) -> list[str]:
        """Return who owns the nearest priority of an action that has an owner."""
        if plan not in self._owners:
            owned = self._owners.setdefault(plan, {})
            for row in records(self.plans.rows("relations", plan=plan)):
                if row["relation"] == "owned-by":
                    owned.setdefault(row["from"], []).append(row["target"])
        return next((self._owners[plan][aim] for aim in self.aims[action] if aim in self._owners[plan]), [])

    def passage(self, document: str, line: str) -> Passage:
        """Return a passage as a brief names it: its first lines with heading and phrase, then the other lines."""
        first, *others = lines_in_order(line) or [""]
        heading, phrase, _ = self.plans.passages.get((document, first), ("", "", ""))
        place = where("", first).strip(" ,")
        place += f", under “{heading}”" if heading else ""
        place += f", search for “{phrase}”" if phrase else ""
        more = f" and {len(others) - LINES} more" if len(others) > LINES else ""
        return Passage(
            document, place + (f"; also {where('', '; '.join(others[:LINES])).strip()}{more}" if others else "")
        )


@dataclass(frozen=True)
class Subject:
    """What a brief is about: the thing, the plan that is asked, and the boards if it is a plan or a plan's board."""

    thing: Thing
    plan: Record
    bodies: tuple[Thing, ...]
    whole: bool  # every action of the plan is its work
    names: Mapping[str, str]  # of thing and bodies, as a sentence calls them
    asked: str  # in a command

    @property
    def key(self) -> str:
        """The short id of the plan."""
        return self.plan["plan"]

    @property
    def called(self) -> str:
        """What a sentence calls the thing."""
        return self.names[self.thing.iri]


def brief(
    plans: "Plans", name: str, *, plan: str | None = None, day: str | None = None, known: Known | None = None
) -> Brief:
    """Return the brief of the body, post, person or plan of this name; UnknownName, AmbiguousName, or ValueError.

    `known` is what earlier briefs of the same plans and day have asked.
    """
    known = known or Known(plans, day)
    subject = _subject(known, name, plan)
    own = work.work(known, subject)
    about = known.described[subject.key]
    covers = period(subject.plan["since"], subject.plan["until"])
    return Brief(
        title=subject.thing.name + (f" ({subject.called})" if subject.called.isupper() else ""),
        lead=f"Brief for a meeting, from {subject.key} ({covers}), as of {_in_words(known.asked_on)}",
        about=tuple(_about(known, subject, f"{about.marked_title} ({subject.key}), {covers}")),
        chart=routes.chart(known, subject),
        route=routes.route(known, subject),
        actions=work.actions(known, subject, own),
        findings=work.findings(known, subject, own),
        caution=f"{subject.key}{MARK if about.synthetic else ''}, {covers}; {CAVEAT}",
        version=VERSION,
        made=datetime.now(UTC).date().isoformat(),
    )  # fmt: skip


def _subject(known: Known, name: str, plan: str | None) -> Subject:
    thing = _thing(known, name, plan)
    chosen = known.every[_plan(known, thing, plan)]
    key, boards = chosen["plan"], chosen["boards"].split("; ")
    if thing.kind == "plan":
        bodies = tuple(known.plans.one(board, plan=key, kinds=("body",)) for board in filter(None, boards))
        return Subject(
            thing, chosen, bodies, True, {one.iri: _called(known, one, key) for one in (thing, *bodies)}, key
        )
    asked = short(thing) if thing.kind == "person" else thing.name
    return Subject(thing, chosen, (thing,), thing.name in boards, {thing.iri: _called(known, thing, key)}, asked)


def _called(known: Known, thing: Thing, plan: str) -> str:
    """What a sentence calls a thing: by its shortest abbreviation, if it has one."""
    if thing.kind != "body":
        return "this person" if thing.kind == "person" else thing.name
    rows = records(known.plans.table("bodies", body=thing.iri, plan=plan))
    return min("; ".join(row.get("abbreviation", "") for row in rows).split("; "), key=len) or thing.name


def _thing(known: Known, name: str, plan: str | None) -> Thing:
    try:
        return known.plans.one(name, plan=None if name in known.every else plan, kinds=KINDS)
    except UnknownName:
        others = known.plans.find(name)
        if not others:
            raise
        if any(thing.kind in KINDS for thing in others):
            raise ValueError(f"{plan} does not name {others[0].name}; {_named_in(others[0])} does") from None
        raise ValueError(
            f"{others[0].name} ({others[0].kind}): a brief is about a body, post, person or plan, "
            f"and `goldenthread show` tells what is known of it"
        ) from None


def _named_in(thing: Thing) -> str:
    return " or ".join(thing.plans) or "no plan"


def _plan(known: Known, thing: Thing, plan: str | None) -> str:
    """The plan that is asked, else the latest that gives the thing a place or work, else the latest that names it."""
    if thing.kind == "plan":
        if plan not in (None, thing.key):
            raise ValueError(f"{thing.key} and {plan} are two plans; a brief is about one")
        candidates = [thing.key]
    else:
        candidates = [plan] if plan else list(thing.plans)
    there = sorted((key for key in candidates if key in known.every), key=lambda key: known.every[key]["earliest"])
    if not there:
        raise ValueError(
            f"no plan that names {thing.name} covers {known.day}; those that name it: {', '.join(candidates)}"
        )
    if len(there) == 1:
        return there[0]
    placed = {
        row["plan"]
        for row in records(known.plans.rows("relations", thing=thing.iri, day=known.day))
        if row["accountability"] == "standing" or row["relation"] in PLACING
    }
    placed |= {key for key in there if thing.name in known.every[key]["boards"].split("; ")}
    return ([key for key in there if key in placed] or there)[-1]


def _about(known: Known, subject: Subject, plan: str) -> Sequence[Said]:
    said: list[Said] = [(f"{CAVEAT[0].upper()}{CAVEAT[1:]}. {plan}.{_ended(known, subject)}",)]
    if subject.thing.kind == "body":
        said += _what_it_is(known, subject)
    others = [key for key in subject.thing.plans if key != subject.key]
    if others and subject.thing.kind != "plan":
        said.append((f"Other plans name it too: {', '.join(others)}; --plan asks for a brief from one of them.",))
    return said


def _ended(known: Known, subject: Subject) -> str:
    """Say it where the plan's time is over: what it states may no longer hold."""
    if subject.plan["latest"] and subject.plan["latest"] < known.asked_on:
        return f" Its period ended before {_in_words(known.asked_on)}: what it states may no longer hold."
    return ""


def _what_it_is(known: Known, subject: Subject) -> list[Said]:
    rows = records(known.plans.table("bodies", body=subject.thing.iri, plan=subject.key, day=known.day))
    kinds = known.plans.words("body")
    said: list[Said] = []
    for row in rows:
        whole = f" of {row['part_of']}" if row.get("part_of") else ""
        more = [row[column] for column in ("status", "purpose") if row.get(column)]
        reading = " [our reading]" if row["basis"] == "inferred" else ""
        text = "; ".join([f"{kinds.get(row['kind'], row['kind'])}{whole}", *more])
        said.append((text[0].upper() + text[1:] + reading, known.passage(row["document"], row["line"])))
    return said


def _in_words(day: str) -> str:
    one = date.fromisoformat(day)
    return f"{one.day} {one:%B %Y}"


def _upward(item: str, above: Mapping[str, Sequence[str]]) -> list[str]:
    found = dict.fromkeys(above.get(item, ()))
    waiting = list(found)
    for one in waiting:
        fresh = [aim for aim in above.get(one, ()) if aim not in found]
        found |= dict.fromkeys(fresh)
        waiting += fresh
    return list(found)


def records(answer: "Table | Rows") -> list[dict[str, str]]:
    """Return the rows of an answer by column, "" where there is nothing."""
    return [
        {column: "" if value is None else str(value) for column, value in zip(answer.columns, row, strict=True)}
        for row in answer.rows
    ]
