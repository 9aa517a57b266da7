"""The rows of a stored query as records of text: every picture is made of nothing else."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from goldenthread.graph.engines import Rows

if TYPE_CHECKING:
    from goldenthread.graph.plans import Plans

Record = dict[str, str]


class NothingToDraw(ValueError):
    """The plans that are asked have nothing of what the picture shows."""


def records(plans: "Plans", query: str, **parameters: str | Iterable[str] | None) -> list[Record]:
    """Return a stored query's rows, addresses too; an empty text where a cell is empty."""
    return of_rows(plans.rows(query, **parameters))


def of_rows(rows: Rows) -> list[Record]:
    """Return rows as records of text.

    >>> of_rows(Rows(("plan", "number"), [("a", 1), ("b", None)]))
    [{'plan': 'a', 'number': '1'}, {'plan': 'b', 'number': ''}]
    """
    return [
        {column: "" if value is None else str(value) for column, value in zip(rows.columns, row, strict=True)}
        for row in rows.rows
    ]
