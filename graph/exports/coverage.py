"""How complete the plans are: for each plan and field, how many entries have it filled, of how many.

A date that only says "TBC" is not filled; one that recurs or waits for something is. Whether an empty field counts as
missing is the ontology's to say: a form that has no such field lacks nothing.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from goldenthread.graph.dates import MISSING
from goldenthread.graph.engines import Value
from goldenthread.graph.exports.csv_files import CsvFile, Field

if TYPE_CHECKING:
    from goldenthread.graph.plans import Plans

Record = Mapping[str, Value]
# field -> the column that holds it, the column that says why it is empty
OF_ACTIONS = {
    "lead": ("leads", "lead_absence"), "group": ("groups", "group_absence"), "date": ("target_kind", "target_absence"),
    "measure": ("measures", "measure_absence"), "topics": ("topics", ""), "work": ("work", ""), "audience": ("audience", ""),
}  # fmt: skip
OF_PRIORITIES = {"outcome": ("outcome", "")}


@dataclass(frozen=True, slots=True)
class Count:
    """How many of a plan's entries have a field filled; `missing` and `in_form` are None where no form asks for it."""

    plan: str
    entries_of: str
    field: str
    filled: int
    entries: int
    missing: int | None
    in_form: bool | None
    document: str


def coverage(plans: "Plans", *, plan: str | None = None) -> list[Count]:
    """Return the coverage of every field of every plan, in the order of the plans."""
    missing = plans.marked("absence", "missing")
    counts = []
    for about in plans.table("plans", plan=plan):
        forms = str(about["form_fields"] or "").split("; ")
        for entries_of, fields in (("actions", OF_ACTIONS), ("priorities", OF_PRIORITIES)):
            records = list(plans.table(entries_of, plan=str(about["plan"])))
            for field, (column, absence) in fields.items():
                counts.append(Count(
                    str(about["plan"]), entries_of, field, sum(_filled(record[column]) for record in records), len(records),
                    _missing(records, absence, missing), field in forms if absence else None, str(about["document"]),
                ))  # fmt: skip
    return counts


def _filled(value: Value) -> bool:
    return value not in (None, "", MISSING)


def _missing(records: Iterable[Record], absence: str, counts: set[str]) -> int | None:
    return sum(record[absence] in counts for record in records) if absence else None


def file(counts: Iterable[Count], synthetic: frozenset[str]) -> CsvFile:
    """Return coverage as a table of an export."""
    return CsvFile("coverage.csv", "how many entries of each plan have a field filled, of how many", FIELDS,
                   list(_rows(counts, synthetic)), key=("plan", "entries_of", "field"))  # fmt: skip


def _rows(counts: Iterable[Count], synthetic: frozenset[str]) -> Iterator[tuple[Value, ...]]:
    for one in counts:
        in_form = {True: "yes", False: "no", None: None}[one.in_form]
        marked = "yes" if one.plan in synthetic else None
        yield (one.plan, one.entries_of, one.field, one.filled, one.entries, one.missing, in_form, one.document, marked)


FIELDS = (
    Field("plan", "string", "the plan's short id"),
    Field("entries_of", "string", "what is counted: actions or priorities"),
    Field("field", "string", "the field"),
    Field("filled", "integer", "how many entries have it"),
    Field("entries", "integer", "of how many"),
    Field("missing", "integer", "how many lack it although the form asks for it: left blank, or a placeholder"),
    Field(
        "in_form", "string", "whether the form of the plan's action tables has the field; empty if no form asks for it"
    ),
    Field("document", "string", "file name of the plan's text"),
    Field("synthetic", "string", "yes if the plan is invented"),
)
