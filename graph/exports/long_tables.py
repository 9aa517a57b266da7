"""What the stored queries answer, as tables for a spreadsheet, and what several values share a cell, one value a row.

Every stored query is exported that is not technical; a query's header says which of its columns hold several values.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from goldenthread.graph import queries
from goldenthread.graph.columns import TABLES
from goldenthread.graph.engines import Iri, Rows, Value
from goldenthread.graph.exports.csv_files import CsvFile, Field, type_of
from goldenthread.graph.queries import StoredQuery

if TYPE_CHECKING:
    from goldenthread.graph.plans import Plans

# steps of other questions, pictures' lines and look-up keys; `due-before` says nothing without a day
TECHNICAL = {
    "beside", "change-ends", "changes-drawn", "due-before", "kinds", "learnt-from", "names", "periods", "posts-and-work",
    "reports-from", "steps", "steps-on-any-day", "structure", "structure-bodies",
}  # fmt: skip

# query -> what one of its rows is about, and the columns that tell it from others of its plan
LONG: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "plans": ("plan", ("plan",)),
    "bodies": ("body", ("body",)),
    "people": ("person", ("thing",)),
    "priorities": ("priority", ("key",)),
    "actions": ("action", ("key",)),
    "measures": ("measure", ("action_key", "position")),
    "learning": ("learning", ("key",)),
    "duties": ("duty", ("entry",)),
    "events": ("event", ("entry",)),
    "statements": ("statement", ("entry",)),
    "follow-ups": ("follow_up", ("entry",)),
}
PLURALS = {
    "abbreviation": "abbreviations", "chair": "chairs", "earlier_line": "earlier_lines", "kind": "kinds", "line": "lines",
    "organisation": "organisations", "outcome": "outcomes", "owner": "owners", "review": "reviews",
    "reason": "reasons",
}  # fmt: skip
KEY = Field("key", "string", "what tells this row from others of its plan; tables in long/ refer to it")
SYNTHETIC = Field("synthetic", "string", "yes if the plan is invented")

MEANINGS = {
    "plan": "the plan's short id",
    "document": "file name of the plan's text",
    "line": "line or lines of that text that say so",
    "basis": "stated: the text says so; inferred: our reading, with the reason",
    "item": "what it is about: the key of an action or priority, where it has one",
    "name": "its name or title",
    "detail": "what the plan says, or what was found",
    "thing": "address of what it is about",
    "entry": "address of this entry",
    "source": "the one that reports, belongs, is chaired, supports, signs off ...",
    "target": "the other one",
    "relation": "what the relation is",
    "from": "address of the source",
    "to": "address of the target",
    "about_thing": "address of the one piece of work that it concerns",
    "since": "from when",
    "until": "until when",
    "earliest": "first day that the date can mean",
    "latest": "last day that the date can mean",
    "accountability": "standing, or for one piece of work only; empty if it carries none",
    "signed_off": "when the plan was signed off",
    "form_fields": "which fields the form of its action tables has",
    "partnership": "whose plan it is",
    "person": "how the person is shown",
    "post": "the post held",
    "chairs": "the bodies chaired",
    "chair": "the chair named for it",
    "owner": "who owns it",
    "called": "what the plan calls it",
    "part_of": "the body it is part of",
    "action_key": "the action's key",
    "refers_to": "documents, reviews and people that the row names",
    "lead_absence": "why no lead is entered",
    "group_absence": "why no group is entered",
    "measure_absence": "why no measure is entered",
    "target_absence": "why no date is entered",
    "review": "the review or reviews it comes from",
    "earlier": "the earlier plan, or its item",
    "later": "the later plan, or its item",
    "evidence": "plan and lines that show it",
    "missing": "true if it counts as missing",
}


def answers(
    plans: "Plans", *, plan: str | None, synthetic: frozenset[str], names: Iterable[str] | None = None
) -> Iterator[CsvFile]:
    """Give every answer, or those of these names, as a table, then its columns of several values as long tables."""
    for name in exported() if names is None else names:
        query = queries.stored(name)
        rows = _asked(plans, query, plan)
        yield _answer(query, rows, synthetic)
        if name in LONG:
            yield from _long(query, rows, synthetic)


def exported() -> list[str]:
    """Return the names of the stored queries that an export answers."""
    stored = map(queries.stored, queries.names())
    return [
        query.name
        for query in stored
        if query.name not in TECHNICAL and not query.about_ontology and not any(p.required for p in query.parameters)
    ]


def _asked(plans: "Plans", query: StoredQuery, plan: str | None) -> Rows:
    if plan is None:
        return plans.rows(query.name)
    if any(parameter.name == "plan" for parameter in query.parameters):
        return plans.rows(query.name, plan=plan)
    rows = plans.rows(query.name)
    at = [index for index, column in enumerate(rows.columns) if column in ("plan", "earlier", "later")]
    return Rows(rows.columns, [row for row in rows.rows if any(row[index] == plan for index in at)])


def _answer(query: StoredQuery, rows: Rows, synthetic: frozenset[str]) -> CsvFile:
    """The answer with the key that long tables refer to, and invented plans marked in every row."""
    columns = [column for column in rows.columns if column != SYNTHETIC.name]
    at = [rows.columns.index(column) for column in columns]
    keyed = query.name in LONG and KEY.name not in columns
    fields = tuple(_field(query, column, [row[i] for row in rows.rows]) for column, i in zip(columns, at, strict=True))
    cells = [
        (*([_key(query.name, rows.columns, row)] if keyed else []), *(row[i] for i in at),
         _marked(rows.columns, row, synthetic))
        for row in rows.rows
    ]  # fmt: skip
    return CsvFile(f"answers/{query.name}.csv", query.title, (*([KEY] if keyed else []), *fields, SYNTHETIC), cells)


def _field(query: StoredQuery, column: str, values: Sequence[Value]) -> Field:
    several = "; several, joined with “; ”" if column in query.joined else ""
    return Field(column, type_of(column, values), meaning(query.name, column) + several)


def meaning(query: str, column: str) -> str:
    """Return what a column of an answer holds, in the words of the tables where they have such a column."""
    if column in MEANINGS:
        return MEANINGS[column]
    declared = sorted(TABLES, key=lambda table: table.name != query)
    said = (one.meaning for table in declared for one in table.columns if one.name == column)
    return next(said, column.replace("_", " "))


def _key(query: str, columns: Sequence[str], row: Sequence[Value]) -> str:
    """The values that identify a row, joined by dots; an address gives the name at its end."""
    values = (row[columns.index(column)] for column in LONG[query][1])
    return ".".join(value.rsplit("/", 1)[-1] if isinstance(value, Iri) else str(value) for value in values)


def _marked(columns: Sequence[str], row: Sequence[Value], synthetic: frozenset[str]) -> str | None:
    plans = (value for column, value in zip(columns, row, strict=True) if column in ("plan", "earlier", "later"))
    return "yes" if any(value in synthetic for value in plans) else None


def _long(query: StoredQuery, rows: Rows, synthetic: frozenset[str]) -> Iterator[CsvFile]:
    """A table for each column of several values: plan, key, value; the runner has sorted the values."""
    one = LONG[query.name][0]
    plan = rows.columns.index("plan")
    for column in rows.columns:
        if column in query.joined:
            at = rows.columns.index(column)
            cells = [
                (row[plan], _key(query.name, rows.columns, row), value, _marked(rows.columns, row, synthetic))
                for row in rows.rows
                for value in str(row[at] or "").split("; ")
                if value
            ]
            yield CsvFile(
                f"long/{one}_{PLURALS.get(column, column)}.csv", f"{query.title}: {column.replace('_', ' ')}, one a row",
                (Field("plan", "string", MEANINGS["plan"]), Field("key", "string", f"the key of answers/{query.name}.csv"),
                 Field("value", "string", meaning(query.name, column)), SYNTHETIC),
                list(dict.fromkeys(cells)),
            )  # fmt: skip
