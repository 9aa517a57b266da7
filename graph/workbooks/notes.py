"""What is said of a column to the person who fills it: whether it is needed, what may stand there, an example."""

from collections.abc import Mapping
from functools import cache

from goldenthread.graph import ontology
from goldenthread.graph.columns import Column
from goldenthread.graph.namespaces import ONTOLOGY, SKOS
from goldenthread.graph.tables import THIS_DRAFT, RawTable

SHORT_LIST = 12  # so many values are named in a column's note

# Examples for columns that the invented partnership leaves empty.
EXAMPLES = {
    "partnership.key": "fernshire",
    "plan.key": "fernshire-2026",
    "bodies.key": "training-group",
    "posts.key": "training-officer",
    "people.key": "p1",
    "priorities.key": "1",
    "actions.key": "1.1",
    "reviews.key": "child-willow",
    "documents.key": "threshold-guide",
    "learning.key": "l1",
    "posts.abbreviation": "TO",
    "reviews.abbreviation": "CW",
    "documents.abbreviation": "FTG",
    "follows.what": "the same aim, in other words",
    "name": "Practice Group",
    "key": "training-group", "also": "TQ", "area": "Fernshire", "abbreviation": "TG", "version": "2.1",
    "digest": "left empty", "document": "plan-2026.txt", "note": "the second page is hard to read", "detail": "quarterly",
    "heading": "2. Exploitation", "section": "2", "count_note": "two rows hold one action", "status": "statutory",
    "purpose": "oversees learning from reviews", "meets": "quarterly", "reason": "the table names it under this heading",
    "leads_reason": "the initials are those of the post", "groups_reason": "the heading names the group", "ref": "A7",
    "scope": "C", "target_edtf": "2026-12", "rag": "amber", "progress": "first draft circulated", "date_text": "by June 2027",
    "duty": "publish a yearly report", "law": "the statutory guidance of 2023", "what": "the Quality Group became the "
    "Practice and Learning Group", "statement": "attendance at meetings fell", "earlier": "fernshire-2024 2.3",
    "phrase": "eight words at most",
}  # fmt: skip


@cache
def meanings(scheme: str) -> dict[str, str]:
    """Return the values of a scheme in the ontology's order, each with its definition."""
    said: dict[tuple[str, str], str] = {}
    for triple in ontology.triples():
        subject, predicate = str(getattr(triple.subject, "value", "")), triple.predicate.value
        if subject.startswith(f"{ONTOLOGY}/{scheme}/"):
            said[subject, predicate] = str(getattr(triple.object, "value", ""))
    return {
        value: said.get((subject, SKOS + "definition"), "")
        for (subject, predicate), value in said.items()
        if predicate == SKOS + "notation"
    }


def must(column: Column) -> bool:
    """Return whether a cell of the column must be filled in."""
    return column.required and not column.made


def needed(column: Column) -> str:
    """Return in words whether it must, and what stands there if it is not."""
    if must(column):
        return "must be filled in"
    return f"may stay empty; then: {column.made}" if column.made else "may stay empty"


def values(column: Column) -> str:
    """Return in words what may stand in a cell."""
    several = "several, separated by '; '" if column.many else ""
    match column.type:
        case "concept":
            notations = list(meanings(column.scheme))
            shown = ", ".join(notations) if len(notations) <= SHORT_LIST else f"list {column.scheme} on the sheet Lists"
        case "choice":
            shown = ", ".join(column.allowed)
        case "flag":
            shown = "yes, no"
        case "reference":
            shown = f"a name or key of the sheet {' or '.join(column.refers)}"
        case "key":
            shown = "lower-case letters, digits, dots and hyphens"
        case "whole":
            shown = "a whole number"
        case "date":
            shown = "a day, month or year, day before month: 31/12/2026, September 2026, 2026"
        case "lines":
            shown = f"a line (74), lines (74-75), or {THIS_DRAFT}"
        case _:
            shown = "text"
    return f"{shown}; {several}" if several else shown


def note(column: Column) -> str:
    """Return what a reader sees who points at the heading."""
    return "\n".join((f"{column.meaning[0].upper()}{column.meaning[1:]}.", f"{needed(column).capitalize()}.",
                      f"Values: {values(column)}."))  # fmt: skip


def example(name: str, column: Column, filled: Mapping[str, RawTable]) -> str:
    """Return an entry of the filled tables for a table's column, or one that could be."""
    raw = filled.get(name)
    if raw and column.name in raw.header:
        place = raw.header.index(column.name)
        if entered := next((cells[place] for _, cells in raw.rows if cells[place]), ""):
            return entered
    match column.type:
        case "concept":
            return next(iter(meanings(column.scheme)))
        case "choice":
            return column.allowed[0]
        case "flag":
            return "yes"
        case "whole":
            return "1"
        case "date":
            return "September 2026"
        case "lines":
            return THIS_DRAFT
        case "reference":
            return _named(column.refers[0], filled)
    return EXAMPLES.get(f"{name}.{column.name}") or EXAMPLES[column.name]


def _named(name: str, filled: Mapping[str, RawTable]) -> str:
    raw = filled[name]
    place = raw.header.index("name" if "name" in raw.header else "title")
    return raw.rows[0][1][place]
