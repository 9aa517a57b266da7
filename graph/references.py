"""References between rows: a key, or a name or abbreviation that only one thing bears, becomes the key."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches

from goldenthread.graph.columns import TABLES, Column
from goldenthread.graph.folding import fold
from goldenthread.graph.letters import deceiving
from goldenthread.graph.tables import Problem, Row

Known = Mapping[str, str]  # the table that each key stands in
REFERENCES = {table.name: [column for column in table.columns if column.type == "reference"] for table in TABLES}


class Bearers:
    """Which keys bear a name: those of the registry, and those of one plan's priorities and actions.

    `unsure` are tables of which something could not be read.
    """

    def __init__(self, tables: Iterable[tuple[str, Iterable[Row]]], unsure: Iterable[str] = ()) -> None:
        self.known: dict[str, str] = {}
        self.unsure = set(unsure)
        self._named: defaultdict[str, dict[str, str]] = defaultdict(dict)
        self._written: defaultdict[str, dict[str, str]] = defaultdict(dict)
        for table, rows in tables:
            for row in rows:
                key = row.text("key")
                if self.known.setdefault(key, table) != table:
                    self.unsure |= {
                        self.known[key],
                        table,
                    }  # one key for two things: which of them is meant is not known
                for name in _names(row):
                    self._named[fold(name)][key] = table
                    self._written[name][key] = table

    def __or__(self, other: "Bearers") -> "Bearers":
        """Return these and others together; the others' keys come first."""
        both = Bearers(())
        both.known = self.known | other.known
        both.unsure = self.unsure | other.unsure
        for bearers in (self, other):
            for name, keys in bearers._named.items():
                both._named[name] |= keys
            for name, keys in bearers._written.items():
                both._written[name] |= keys
        return both

    def near(self, tables: tuple[str, ...]) -> list[str]:
        """Return every key and name that stands in these tables, names first."""
        written = [name for name, keys in self._written.items() if any(keys.get(key) in tables for key in keys)]
        return [*written, *(key for key, table in self.known.items() if table in tables)]

    def bearing(self, name: str, tables: tuple[str, ...]) -> list[str]:
        """Return the keys in these tables that bear a name."""
        return [key for key, table in self._named.get(fold(name), {}).items() if table in tables]


def _names(row: Row) -> set[str]:
    single = ("name", "title", "number")
    several = ("abbreviation", "also")
    names = {row.text(column) for column in single if isinstance(row.values.get(column), str)}
    return (names | {name for column in several for name in row.many(column)}) - {""}


def resolve(table: str, rows: Iterable[Row], bearers: Bearers) -> Iterator[Problem]:
    """Put keys in place of names in the rows' references; give a problem for each that means nothing, or several."""
    for row in rows:
        for column in REFERENCES[table]:
            written = row.many(column.name) if column.many else (row.text(column.name),)
            keys = []
            for value in filter(None, written):
                try:
                    keys.append(_key(value, column, bearers))
                except ValueError as error:
                    yield row.problem(column.name, str(error), value)
            if column.many:
                row.values[column.name] = tuple(keys)
            elif keys:
                row.values[column.name] = keys[0]


def _key(value: str, column: Column, bearers: Bearers) -> str:
    if bearers.known.get(value) in column.refers:
        return value
    bearing = bearers.bearing(value, column.refers)
    if len(bearing) == 1:
        return bearing[0]
    if bearing:
        raise ValueError(f"several things are called so; write the key of one: {', '.join(sorted(bearing))}")
    if message := deceiving(value):
        raise ValueError(message)
    if not bearers.unsure.isdisjoint(column.refers):
        return value  # it may stand in what could not be read, which is said there
    near = get_close_matches(value, bearers.near(column.refers), 1)
    hint = f"did you mean {near[0]!r}?" if near else f"add it to {' or '.join(column.refers)}"
    raise ValueError(f"nothing has this key or name in {', '.join(column.refers)}; {hint}")
