"""The action tracker: the actions of plans, narrowed, each with how it stands on a day.

A plan says what is to be done by when, seldom what came of it. So a date that has passed reads "date passed, result not
stated": nothing is taken for done, and nothing for undone.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from goldenthread.graph.answers import Table
from goldenthread.graph.engines import Value

if TYPE_CHECKING:
    from goldenthread.graph.plans import Plans

Record = Mapping[str, Value]
COLUMNS = ("plan", "action", "title", "priority", "leads", "groups", "target_text", "standing", "latest", "measures", "rag",
           "progress", "topics", "facets", "basis", "document", "line")  # fmt: skip
PASSED = "date passed, result not stated"
OPEN = "from that date on, no end stated"
ACTORS = ("body", "post", "person")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which actions are wanted; None or False leaves a criterion out. Days are ISO dates."""

    lead: str | None = None
    group: str | None = None
    topic: str | None = None
    priority: str | None = None
    rag: str | None = None
    due_after: str | None = None
    due_before: str | None = None
    carry_forward: bool = False


def tracker(plans: "Plans", wanted: Wanted, *, plan: str | None = None, day: str | None = None) -> Table:
    """Return the actions wanted, each with how it stands on `day` (today if None); ValueError for an unknown topic."""
    asked_on = day or datetime.now(UTC).date().isoformat()
    covering = None if day is None else {str(row["plan"]) for row in plans.table("plans", day=day)}
    absent, kinds = plans.words("absence"), plans.words("target")
    chosen = _chosen(plans, wanted, plan)
    answer = plans.rows("actions", plan=plan)
    rows = []
    for values in answer.rows:
        row = dict(zip(answer.columns, values, strict=True))
        if covering is not None and row["plan"] not in covering:
            continue
        if (chosen is not None and row["action"] not in chosen) or not _fits(row, wanted):
            continue
        row |= {"action": row["key"], "standing": _standing(row, asked_on, absent, kinds)}
        rows.append(tuple(row[column] for column in COLUMNS))
    return Table(COLUMNS, rows, (f"standing on {asked_on}",))


def _chosen(plans: "Plans", wanted: Wanted, plan: str | None) -> set[str] | None:
    """The addresses of the actions that have the lead, group, priority and topic wanted; None if none is wanted."""
    sets = [
        _related(plans, name, relations, kinds, plan)
        for name, relations, kinds in (
            (wanted.lead, ("leads",), ACTORS),
            (wanted.group, ("enables",), ACTORS),
            (wanted.priority, ("serves",), ("priority",)),
        )
        if name is not None
    ]
    if wanted.topic is not None:
        sets.append(_about(plans, wanted.topic, plan))
    return set.intersection(*sets) if sets else None


def _related(
    plans: "Plans", name: str, relations: tuple[str, ...], kinds: tuple[str, ...], plan: str | None
) -> set[str]:
    thing = plans.one(name, plan=plan, kinds=kinds)
    answer = plans.rows("relations", thing=thing.iri, plan=plan)
    at = {column: index for index, column in enumerate(answer.columns)}
    return {str(row[at["from"]]) for row in answer.rows if row[at["relation"]] in relations}


def _about(plans: "Plans", topic: str, plan: str | None) -> set[str]:
    words = plans.words("topic")
    notations = {notation for notation, label in words.items() if topic.casefold() in (notation, label.casefold())}
    if not notations:
        raise ValueError(f"there is no topic {topic!r}; they are {', '.join(sorted(words))}")
    answer = plans.rows("actions", plan=plan)
    at = {column: index for index, column in enumerate(answer.columns)}
    return {
        str(row[at["action"]]) for row in answer.rows if notations & set(str(row[at["topics"]] or "").split("; "))
    }  # fmt: skip


def _fits(row: Record, wanted: Wanted) -> bool:
    due = row["target_kind"] == "due"
    if wanted.due_before is not None and not (due and str(row["latest"]) < wanted.due_before):
        return False
    if wanted.due_after is not None and not (due and str(row["earliest"]) > wanted.due_after):
        return False
    if wanted.rag is not None and str(row["rag"] or "").casefold() != wanted.rag.casefold():
        return False
    return not (wanted.carry_forward and (row["rag"] or row["progress"]))


def _standing(row: Record, day: str, absent: Mapping[str, str], kinds: Mapping[str, str]) -> str:
    if row["rag"] or row["progress"]:
        return "as the row says: " + ", ".join(str(said) for said in (row["rag"], row["progress"]) if said)
    if row["target_kind"] == "due":
        if str(row["latest"]) < day:
            return PASSED
        return "due" if str(row["earliest"]) > day else "due now"
    if row["target_kind"] == "from":
        return OPEN
    if row["target_absence"]:
        return f"no date: {absent.get(str(row['target_absence']), row['target_absence'])}"
    return kinds.get(str(row["target_kind"]), str(row["target_kind"]))
