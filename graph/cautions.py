"""What deserves a second look in tables that can be read: the shapes cannot see it, since it never reaches the graph.

A text with letters that only look right, and a person's name outside the table that alone may hold names.
"""

from collections.abc import Iterator, Sequence

from goldenthread.graph import columns
from goldenthread.graph.facts import Partnership
from goldenthread.graph.letters import deceiving
from goldenthread.graph.own.nameless import NUMBERED, Nameless
from goldenthread.graph.tables import Problem, Row

UNPUBLISHED = "note"  # the column that stays where it is
NAMES = "people"  # the table that holds names


def cautions(partnerships: Sequence[Partnership]) -> Iterator[Problem]:
    """Give each cell whose letters deceive, and each that bears the full name of a person."""
    for partnership in partnerships:
        people = _people(partnership)
        for table, row in _rows(partnership):
            for column, text in _texts(table, row):
                if message := deceiving(text):
                    yield row.problem(column, message, text)
                if table != NAMES and (found := NUMBERED.search(people.text(text))) and found[0] not in text:
                    yield row.problem(column, f"bears the name of a person, {found[0]}; names stand only in the table people, so write the post")  # fmt: skip


def _people(partnership: Partnership) -> Nameless:
    rows = partnership.rows[NAMES]
    names = {row.text("key"): (row.text("name"), *row.many("also")) for row in rows}
    return Nameless(names, {key: key.removeprefix("p") for key in names})


def _rows(partnership: Partnership) -> Iterator[tuple[str, Row]]:
    for tables in (partnership.rows, *(plan.rows for plan in partnership.plans)):
        yield from ((name, row) for name, rows in tables.items() for row in rows)


def _texts(table: str, row: Row) -> Iterator[tuple[str, str]]:
    for column in columns.table(table).columns:
        if column.type == "text" and column.name != UNPUBLISHED:
            for text in row.many(column.name) if column.many else (row.text(column.name),):
                yield column.name, text
