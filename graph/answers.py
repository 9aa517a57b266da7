"""Answers: what the functions return, plain dataclasses that say where each fact stands.

How an answer is printed is said in printing.py; how it shows itself in a notebook, in notebook.py.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from goldenthread.graph.engines import Iri, Rows, Value

if TYPE_CHECKING:
    import pandas


@dataclass(frozen=True)
class Table:
    """Rows under named columns; `notes` say what a reader must know to use them."""

    columns: tuple[str, ...]
    rows: Sequence[tuple[Value, ...]]
    notes: tuple[str, ...] = ()

    @classmethod
    def of(cls, rows: Rows, *notes: str) -> "Table":
        """Return a query's rows as a table, without columns that hold nothing but addresses."""
        shown = [
            index
            for index, column in enumerate(rows.columns)
            if not (rows.rows and all(value is None or isinstance(value, Iri) for value in (row[index] for row in rows.rows))
                    and any(isinstance(row[index], Iri) for row in rows.rows))
        ]  # fmt: skip
        return cls(tuple(rows.columns[i] for i in shown), [tuple(row[i] for i in shown) for row in rows.rows], notes)

    def __iter__(self) -> Iterator[dict[str, Value]]:
        return (dict(zip(self.columns, row, strict=True)) for row in self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    def to_dataframe(self) -> "pandas.DataFrame":
        """Return the table as a pandas DataFrame of text; ImportError if pandas is not installed."""
        import pandas

        return pandas.DataFrame(
            [["" if v is None else v for v in row] for row in self.rows], columns=list(self.columns)
        )

    def _repr_html_(self) -> str:
        from goldenthread.graph.notebook import table_html

        return table_html(self)


@dataclass(frozen=True)
class Thing:
    """Something with a name: `kind` is body, post, person, document, review, plan, priority or action."""

    iri: str
    name: str
    kind: str
    key: str
    plans: tuple[str, ...] = ()


@dataclass(frozen=True)
class Source:
    """Where it says so: document and lines, the heading above, a phrase to search for, and the passage if at hand."""

    plan: str
    document: str
    line: str
    heading: str = ""
    phrase: str = ""
    passage: str = ""

    def __str__(self) -> str:
        return where(self.document, self.line)


def period(since: object, until: object) -> str:
    """Return a plan's period in words; EDTF's XXXX is a year that is not given."""
    return "period not stated" if str(since) == str(until) == "XXXX" else f"{since} to {until}"


def where(document: object, line: object) -> str:
    """Return where it says so in words: "x.txt line 74", "x.txt lines 74-75", or "x.xlsx, this draft"."""
    lines = str(line or "")
    if not lines[:1].isdigit():
        return f"{document}, {lines}" if lines else str(document)
    return f"{document} line{'s' if '-' in lines or ';' in lines else ''} {lines}"


@dataclass(frozen=True)
class Step:
    """One step of a route: `source` stands in `relation` to `target`, as one plan states it or as we read it."""

    source: Thing
    relation: str
    target: Thing
    plan: str
    since: str
    until: str
    basis: str
    reason: str
    detail: str
    sources: tuple[Source, ...]


@dataclass(frozen=True)
class Route:
    """A reporting route in one plan; it ends where the plan is silent, or where it comes back to itself."""

    plan: str
    steps: tuple[Step, ...]
    end: Literal["silent", "circle"]

    @property
    def top(self) -> Thing:
        """The last thing of the route."""
        return self.steps[-1].target


@dataclass(frozen=True)
class Chain:
    """The reporting routes of a thing, plan by plan; `silent` names plans that know it and state no step."""

    thing: Thing
    routes: tuple[Route, ...]
    also: tuple[Step, ...]
    silent: tuple[str, ...]
    periods: dict[str, str] = field(default_factory=dict)
    down: bool = False

    def _repr_html_(self) -> str:
        from goldenthread.graph.notebook import chain_html

        return chain_html(self)


@dataclass(frozen=True)
class Profile:
    """Everything known about a thing: a table for each kind of statement, empty ones left out."""

    thing: Thing
    parts: dict[str, Table]

    def _repr_html_(self) -> str:
        from goldenthread.graph.notebook import profile_html

        return profile_html(self)
