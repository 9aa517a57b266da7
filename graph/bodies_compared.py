"""Two bodies side by side: what each is for, its standing, who sits on it, chairs and supports it, and its topics.

What both have is listed, with where it says so. Nothing is concluded from it: whether two bodies should be one is not
a question that plans can answer.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from goldenthread.graph.answers import Table, Thing, where
from goldenthread.graph.names import short

if TYPE_CHECKING:
    from goldenthread.graph.plans import Plans

Record = Mapping[str, object]
SHOWN = 3  # passages cited for a value
COLUMNS = ("aspect", "body", "value", "plan", "basis", "document", "line", "both")
SAID = {"called": "called", "status": "status", "purpose": "purpose", "meets": "meets"}
# What a relation from or to a body tells of it: (kind, the body's end) to aspect.
TOLD = {
    ("member-of", "to"): "members", ("represented-on", "to"): "members", ("attends", "to"): "attended by",
    ("chaired-by", "from"): "chairs", ("reports-to", "from"): "reports to", ("reports-headlines-to", "from"): "reports to",
    ("supports", "to"): "support", ("member-of", "from"): "sits on", ("represented-on", "from"): "sits on",
    ("part-of", "from"): "part of", ("works-with", "from"): "works with", ("works-with", "to"): "works with",
    ("receives", "from"): "receives", ("monitors", "from"): "monitors", ("scrutinises", "from"): "scrutinises",
}  # fmt: skip
ORDER = ("called", "kind", "status", "purpose", "meets", "part of", "reports to", "chairs", "members", "attended by",
         "support", "sits on", "works with", "receives", "monitors", "scrutinises", "topics", "plan")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Told:
    """One thing told of a body (its address): its aspect and value, and where a plan says so."""

    aspect: str
    body: str
    value: str
    plan: str
    basis: str
    document: str
    line: str


def compare_bodies(plans: "Plans", first: str, second: str, *, plan: str | None = None) -> Table:
    """Return what is told of each of two bodies, `both` marking what is told of either; ValueError if they are one."""
    pair = [plans.one(name, plan=plan, kinds=("body",)) for name in (first, second)]
    if pair[0].iri == pair[1].iri:
        raise ValueError(f"{first!r} and {second!r} are the same body, {pair[0].name}")
    told = [one for thing in pair for one in _told(plans, thing, plan)]
    told.sort(key=lambda one: (ORDER.index(one.aspect), pair[0].iri != one.body, one.value.casefold(), one.plan))
    alike = pair[0].name == pair[1].name
    called = {thing.iri: f"{thing.name} ({short(thing)})" if alike else thing.name for thing in pair}
    sides = {
        (one.aspect, one.value): {o.body for o in told if (o.aspect, o.value) == (one.aspect, one.value)}
        for one in told
    }
    rows = [
        (one.aspect, called[one.body], one.value, one.plan or None, one.basis or None, one.document or None, one.line or None,
         "yes" if len(sides[one.aspect, one.value]) > 1 and one.aspect not in ("called", "plan") else None)
        for one in told
    ]  # fmt: skip
    return Table(COLUMNS, rows, ("what both have says nothing of whether they should be one",))


def _told(plans: "Plans", thing: Thing, plan: str | None) -> Iterator[Told]:
    yield from _mentioned(plans, thing, plan)
    work: set[str] = set()
    answer = plans.rows("relations", thing=thing.iri, plan=plan)
    for values in answer.rows:
        row = dict(zip(answer.columns, values, strict=True))
        end, other = ("from", "target") if row["from"] == thing.iri else ("to", "source")
        if row["relation"] in ("leads", "enables", "owned-by") and end == "to":
            work.add(str(row["from"]))
        if aspect := TOLD.get((str(row["relation"]), end)):
            yield _one(aspect, thing, str(row[other]), row)
    yield from _topics(plans, thing, plan, work)
    own = [row for row in plans.table("plans", plan=plan) if thing.name in str(row["boards"]).split("; ")]
    for row in own:
        yield _one("plan", thing, f"{row['plan']}, {row['title']}", row)
    if not own:
        yield Told("plan", thing.iri, "no plan of its own is loaded", "", "", "", "")


def _mentioned(plans: "Plans", thing: Thing, plan: str | None) -> Iterator[Told]:
    for row in plans.table("mentions", thing=thing.iri, plan=plan):
        for column, aspect in SAID.items():
            if row[column]:
                yield _one(aspect, thing, str(row[column]), row)
    words = plans.words("body")
    for kind in {str(row["kind"]) for row in plans.table("bodies", body=thing.iri, plan=plan)}:
        yield Told("kind", thing.iri, words.get(kind, kind), "", "", "", "")


def _topics(plans: "Plans", thing: Thing, plan: str | None, work: set[str]) -> Iterator[Told]:
    words = plans.words("topic")
    items = plans.rows("items", plan=plan)
    for values in items.rows:
        row = dict(zip(items.columns, values, strict=True))
        owned = row["type"] == "priority" and thing.name in str(row["boards"] or "").split("; ")
        if owned or row["item"] in work:
            tagged = " (tagged from the words)" if row["facets"] == "tagged" else ""
            for topic in filter(None, str(row["topics"] or "").split("; ")):
                yield _one("topics", thing, words.get(topic, topic) + tagged, row)


def _one(aspect: str, thing: Thing, value: str, row: Record) -> Told:
    return Told(aspect, thing.iri, value, str(row["plan"]), str(row.get("basis") or ""), str(row["document"] or ""),
                str(row["line"] or ""))  # fmt: skip


def side_by_side(table: Table) -> str:
    """Return the comparison for people to read: aspect by aspect, what both have first."""
    lines: list[str] = []
    for aspect in dict.fromkeys(str(row["aspect"]) for row in table):
        lines += ["", aspect]
        sides: dict[str, dict[str, list[Record]]] = {}
        for row in table:
            if row["aspect"] == aspect:
                side = "both" if row["both"] else str(row["body"])
                sides.setdefault(side, {}).setdefault(str(row["value"]), []).append(row)
        for side, values in sorted(sides.items(), key=lambda one: one[0] != "both"):
            lines.append(f"  {side}")
            lines += [f"    {value}{_cited(said)}" for value, said in values.items()]
    return "\n".join([*lines[1:], "", *table.notes]) + "\n"


def _cited(said: Sequence[Record]) -> str:
    reading = " [our reading]" if any(row["basis"] == "inferred" for row in said) else ""
    places = list(dict.fromkeys(where(row["document"], row["line"]) for row in said if row["document"]))
    more = f" and {len(places) - SHOWN} more" if len(places) > SHOWN else ""
    return f"{reading}; {', '.join(places[:SHOWN])}{more}" if places else reading
