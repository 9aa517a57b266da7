"""Tables as people fill them, read as text and turned into typed rows, with every error found at once.

A cell is never guessed at: the csv module reads text, the declared type says what it may be, and what does not fit
becomes a `Problem` with file, row, column, value and remedy. Nothing of a bad table is loaded.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path

from goldenthread.graph import ontology
from goldenthread.graph.columns import Column, Table
from goldenthread.graph.dates import read_date
from goldenthread.graph.letters import deceiving, plain_spaces

Value = str | int | bool | tuple[str, ...]
KEY = re.compile(r"[a-z0-9]+(?:[.-][a-z0-9]+)*")
LINES = re.compile(r"[1-9]\d*(?:-[1-9]\d*)?")
SAVE_AS_CSV = "save it as 'CSV UTF-8 (comma delimited)'"
THIS_DRAFT = "this draft"  # the source of what somebody enters who has no document but the table itself
UNREAD = "\0"  # in place of a cell that was filled and could not be read, which is a problem already
LONGEST_SHOWN = 200  # letters of a wrong value that a message repeats
MOST_ROWS, LONGEST_CELL = 200_000, 32_767  # a table of actions has hundreds of rows; a workbook's cell holds no more


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong in a table, where, and what to do.

    `row` is the row of the file or sheet, the header being 1; `cell` is the cell of a workbook's sheet, such as C7.
    `unreadable` if it is no table at all, or no RDF: there is nothing in it that could be mended row by row.
    """

    file: str
    row: int
    column: str
    value: str
    message: str
    cell: str = ""
    unreadable: bool = False

    def __str__(self) -> str:
        row = f"cell {self.cell}" if self.cell else f"row {self.row}" if self.row else ""
        place = ", ".join(filter(None, (self.file, row, f"column {self.column}" if self.column else "")))
        value = self.value if len(self.value) <= LONGEST_SHOWN else f"{self.value[:LONGEST_SHOWN]}..."
        return f"{place}: {self.message}" + (f" (found: {value!r})" if value else "")


def unreadable(file: str, message: str, *, row: int = 0, value: str = "") -> "BadTables":
    """Return the error of a file that cannot be read as what it should be."""
    return BadTables([Problem(file, row, "", value, message, unreadable=True)])


class BadTables(Exception):
    """The tables cannot be loaded: `problems` has every reason."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = list(problems)


@dataclass(frozen=True, slots=True)
class RawTable:
    """A table as it stands in a file or sheet: header and rows of cells, each row with its number there.

    `letters` are the columns' letters in a workbook's sheet; a file has none. A table that is not `whole` had more, which
    could not be read: what refers to it may be right.
    """

    file: str
    header: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    letters: tuple[str, ...] = ()
    whole: bool = True

    def problem(self, number: int, column: str, message: str, value: str = "") -> Problem:
        """Return a problem that lies in a row, or in the header with number 1."""
        letter = dict(zip(self.header, self.letters, strict=False)).get(column, "")
        return Problem(self.file, number, column, value, message, f"{letter}{number}" if letter else "")


@dataclass(slots=True)
class RawPlan:
    """A plan's tables as they stand: its folder's or sheets' name, the label under which errors name it, its tables."""

    name: str
    label: str
    tables: dict[str, RawTable]


@dataclass(slots=True)
class RawPartnership:
    """A partnership's tables as they stand; `home` is the folder or workbook in which they are."""

    home: str
    label: str
    tables: dict[str, RawTable]
    plans: list[RawPlan]


@dataclass(frozen=True, slots=True)
class Row:
    """A typed row; a column that is empty or absent gives "", (), 0 or False. `wrong` are columns that had no such value."""

    file: str
    number: int
    values: dict[str, Value] = field(hash=False)
    raw: RawTable | None = field(default=None, hash=False, compare=False, repr=False)
    wrong: set[str] = field(default_factory=set, hash=False, compare=False, repr=False)

    def text(self, column: str) -> str:
        """Return a text value, "" if empty."""
        value = self.values.get(column, "")
        assert isinstance(value, str), column
        return value

    def many(self, column: str) -> tuple[str, ...]:
        """Return the values of a column that may hold several."""
        value = self.values.get(column, ())
        assert isinstance(value, tuple), column
        return value

    def whole(self, column: str) -> int:
        """Return a whole number, 0 if empty."""
        value = self.values.get(column, 0)
        assert isinstance(value, int), column
        return value

    def flag(self, column: str) -> bool:
        """Return whether a flag is set."""
        return self.values.get(column, False) is True

    def problem(self, column: str, message: str, value: str = "") -> Problem:
        """Return a problem that lies in this row."""
        if self.raw is not None:
            return self.raw.problem(self.number, column, message, value)
        return Problem(self.file, self.number, column, value, message)


def read_csv(path: Path, label: str) -> RawTable:
    """Read a CSV file as text (UTF-8, with or without BOM, comma); BadTables if it cannot be."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise unreadable(label, f"the file cannot be read: {error.strerror}") from error
    try:
        lines = list(_numbered(_decoded(content, label)))
    except csv.Error as error:
        raise unreadable(
            label, f"this is not a CSV table: {error}; look for a quotation mark without its other"
        ) from error
    if not lines:
        raise unreadable(label, "the file is empty; it needs a header row")
    if len(lines) > MOST_ROWS:
        raise unreadable(label, f"the table has {len(lines)} rows; at most {MOST_ROWS} are read")
    header = tuple(cell.strip() for cell in lines[0][1])
    if len(header) == 1 and re.search(r"[;\t]", header[0]):
        raise unreadable(label, f"the cells are not separated by commas; {SAVE_AS_CSV}", row=1, value=header[0])
    return RawTable(label, header, tuple((number, cells) for number, cells in lines[1:] if any(map(str.strip, cells))))


def _decoded(content: bytes, label: str) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise unreadable(label, f"this is UTF-16 text; {SAVE_AS_CSV}")
    if (place := content.find(b"\0")) >= 0:
        raise unreadable(label, f"this is no text (byte {place} is zero); {SAVE_AS_CSV}")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise unreadable(label, f"this is not UTF-8 text (byte {error.start}); {SAVE_AS_CSV}") from error


def _numbered(text: str) -> Iterator[tuple[int, tuple[str, ...]]]:
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    for number, cells in enumerate(reader, 1):
        if number == 1 and not cells:
            continue
        yield number, tuple(cells)


def typed(raw: RawTable, table: Table) -> tuple[list[Row], list[Problem]]:
    """Return a table's rows with their values in the declared types, and every problem found on the way."""
    problems = list(_header_problems(raw, table)) if raw.header else []
    if problems or not raw.header:
        return [], problems
    columns = [table.column(name) for name in raw.header]
    rows = []
    for number, cells in raw.rows:
        if tuple(map(str.strip, cells)) == raw.header and len(cells) > 1:
            problems.append(raw.problem(number, "", "the names of the columns stand here again; delete the row"))
            continue
        if len(cells) != len(columns):
            message = (
                f"the row has {len(cells)} cells, the header {len(columns)}; put text that contains commas in quotes"
            )
            problems.append(raw.problem(number, "", message))
            continue
        row = Row(raw.file, number, {}, raw)
        for column, cell in zip(columns, cells, strict=True):
            if cell == UNREAD:
                row.wrong.add(column.name)
                continue
            try:
                row.values[column.name] = read_cell(cell, column)
            except ValueError as error:
                problems.append(row.problem(column.name, str(error), cell.strip()))
                row.wrong.add(column.name)
        rows.append(row)
    problems.extend(_repeated_keys(rows, table))
    return rows, problems


def _header_problems(raw: RawTable, table: Table) -> Iterator[Problem]:
    names = [column.name for column in table.columns]
    for name in dict.fromkeys(raw.header):
        if not name:
            yield raw.problem(1, "", "a column has no name; name it, or delete it with its comma")
        elif name not in names:
            near = get_close_matches(name, names, 1)
            hint = f"did you mean {near[0]!r}?" if near else f"the columns are {', '.join(names)}"
            yield raw.problem(1, name, f"table {table.name} has no such column; {hint}")
        elif raw.header.count(name) > 1:
            yield raw.problem(1, name, "the column stands there twice; keep one")
    for column in table.columns:
        if column.required and not column.made and column.name not in raw.header:
            yield raw.problem(1, column.name, f"the column is missing; it holds {column.meaning}")


def _repeated_keys(rows: Iterable[Row], table: Table) -> Iterator[Problem]:
    first: dict[Value, int] = {}
    for row in rows:
        key = row.values.get(table.key) if table.key else None
        if key and first.setdefault(key, row.number) != row.number:
            yield row.problem(table.key, f"row {first[key]} has the same {table.key}; each may stand once", str(key))


def read_cell(cell: str, column: Column) -> Value:
    """Return a cell's value in the column's type; ValueError says what is wrong and what to do."""
    text = plain_spaces(cell).strip()
    if len(text) > LONGEST_CELL:
        raise ValueError(f"the cell has {len(text)} characters; at most {LONGEST_CELL} fit")
    if column.required and not column.made and not text:
        raise ValueError(f"the cell is empty; it needs {column.meaning}")
    if column.many:
        return tuple(str(_read_one(part.strip(), column)) for part in text.split(";") if part.strip())
    if ";" in text:
        raise ValueError("a semicolon separates several values, but this column holds one; use a comma")
    if not text and column.type in ("whole", "flag"):
        return 0 if column.type == "whole" else False
    return _read_one(text, column) if text else ""


def _read_one(text: str, column: Column) -> Value:
    match column.type:
        case "key" if not KEY.fullmatch(text):
            raise ValueError(deceiving(text) or "a key has lower-case letters, digits, dots and hyphens only")
        case "whole":
            if not re.fullmatch(r"[0-9]+", text):
                raise ValueError("a whole number is needed")
            return int(text)
        case "flag":
            if text.casefold() not in ("yes", "no"):
                raise ValueError("write yes or no")
            return text.casefold() == "yes"
        case "date":
            return read_date(text)
        case "lines":
            return _read_lines(text)
        case "concept" | "choice":
            _check_allowed(text, column.allowed or ontology.notations(column.scheme))
    return text


def _read_lines(text: str) -> str:
    if text.casefold() == THIS_DRAFT:
        return THIS_DRAFT
    if not LINES.fullmatch(text):
        raise ValueError(f"write a line such as 74, lines such as 74-75, or {THIS_DRAFT}")
    first, _, last = text.partition("-")
    if last and int(last) <= int(first):
        raise ValueError("the second line must come after the first; write the smaller number first")
    return text


def _check_allowed(text: str, allowed: Iterable[str]) -> None:
    values = sorted(allowed)
    if text not in values:
        if message := deceiving(text):
            raise ValueError(message)
        near = get_close_matches(text, values, 1)
        hint = f"did you mean {near[0]!r}?" if near else f"use one of {', '.join(values)}"
        raise ValueError(f"this value is not known here; {hint}")
