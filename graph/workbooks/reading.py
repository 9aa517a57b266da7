"""Workbooks: a sheet a table, read into the same raw tables as a folder's files.

A workbook is looked through before openpyxl opens it (safety.py). Then only cells that hold something are
kept, as text, each with its place; what a workbook would calculate, round or has lost already is a problem, never a
guess.
"""

import re
import warnings
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time
from difflib import get_close_matches
from pathlib import Path
from typing import Any, BinaryIO

from goldenthread.graph import columns
from goldenthread.graph.columns import TABLES, Column, Table
from goldenthread.graph.folding import fold
from goldenthread.graph.tables import MOST_ROWS, UNREAD, Problem, RawPartnership, RawPlan, RawTable
from goldenthread.graph.workbooks.safety import SAVE_AGAIN, Refused, check_safe

SHEETS = tuple(table.name for table in TABLES if not table.generated)
HELPERS = ("read me", "columns", "lists")  # sheets that explain; they hold no facts
OWNERS = ("partnership", "plan")  # columns that say whose a row is, where a workbook holds several
NUMBERED = ("section", "ref", "number", "key")  # text that looks like a number: 2.10 is not 2.1
FORMULA = "formulas are not calculated here; paste the value"
MOST_COLUMNS, LONGEST_GAP = 200, 1_000


def read_workbook(path: Path, problems: list[Problem]) -> list[RawPartnership]:
    """Read every partnership of a workbook, adding to `problems` what cannot be read."""
    try:
        with _explained(), open(path, "rb") as file:
            check_safe(file)
            tables = _tables(file, path.name, problems)
    except Refused as refusal:
        problems.append(Problem(path.name, 0, "", "", str(refusal), unreadable=True))
        return []
    return _shared_out(path.name, tables, problems)


@contextmanager
def _explained() -> Iterator[None]:
    """Say in a sentence whatever a damaged file makes the libraries raise: they raise nearly everything."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            yield
        except Refused:
            raise
        except OSError as error:
            raise Refused(f"the file cannot be read: {error.strerror or error}") from error
        except Exception as error:
            raise Refused(f"the workbook is damaged or of another kind; {SAVE_AGAIN}") from error


# Sheets to raw tables


def _tables(file: BinaryIO, home: str, problems: list[Problem]) -> dict[str, RawTable]:
    from openpyxl import load_workbook

    book = load_workbook(file, read_only=True, keep_links=False)
    tables: dict[str, RawTable] = {}
    unread: dict[str, RawTable] = {}  # tables that a sheet of no table's name may have meant
    try:
        if len(book.sheetnames) != _sheets_named(file):  # openpyxl passes over a sheet whose part is missing
            raise Refused(f"a sheet that the workbook names is missing in it; {SAVE_AGAIN}")
        for sheet in book.worksheets:
            label, table = f"{home}, sheet {sheet.title}", _table_of(sheet.title)
            if table is None:
                if sheet.title.strip().casefold() not in HELPERS:
                    problems.append(Problem(label, 0, "", "", f"no table has this name; {_hint(sheet.title)}"))
                    unread |= {name: RawTable(label, (), (), whole=False) for name in _meant(sheet.title)}
            elif table.name in tables:
                problems.append(Problem(label, 0, "", "", "another sheet has the same name; keep one"))
            elif raw := _raw(label, table, sheet, problems):
                tables[table.name] = raw
    finally:
        book.close()
    return unread | tables


def _sheets_named(file: BinaryIO) -> int:
    """Return how many sheets the list of sheets has."""
    with zipfile.ZipFile(file) as archive:
        lists = [archive.read(name) for name in archive.namelist() if re.fullmatch(r"/?xl/workbook\d*\.xml", name)]
    return sum(len(re.findall(rb"<(?:\w+:)?sheet\s", one)) for one in lists)


def _table_of(title: str) -> Table | None:
    return next((table for table in TABLES if table.name == title.strip().casefold()), None)


def _meant(title: str) -> list[str]:
    return get_close_matches(title.strip().casefold(), SHEETS, 1)


def _hint(title: str) -> str:
    near = _meant(title)
    return f"did you mean {near[0]}?" if near else f"the sheets are {', '.join(SHEETS)}"


def _raw(label: str, table: Table, sheet: Any, problems: list[Problem]) -> RawTable | None:
    """Return a sheet's table, None if it has no header; what is out of place or unreadable is a problem."""
    headed: dict[int, tuple[str, Column | None]] = {}  # by place in the row: the name and its declaration
    rows = []
    before = len(problems)
    nameless: set[int] = set()  # columns without a name, each of which is said once
    try:
        for number, filled in _filled_rows(sheet):
            if not headed:
                headed = _header(table, number, filled)
                continue
            if headed.keys() & filled.keys():
                rows.append((number, tuple(_text(filled.get(place), column) for place, (_, column) in headed.items())))
            for place, cell in filled.items():
                name, column = headed.get(place, ("", None))
                if not name and place not in nameless:
                    message = "the column has no name in row 1; name it or delete the cell"
                    problems.append(Problem(label, number, "", "", message, f"{_letter(place)}{number}"))
                    nameless.add(place)
                elif message := _unreadable(cell, column):
                    value = str(getattr(cell.value, "text", cell.value))
                    problems.append(
                        Problem(label, number, name, value, message, f"{_letter(place)}{number}", message == FORMULA)
                    )
    except _Misplaced as error:
        problems.append(
            Problem(label, error.row, "", "", str(error), f"{_letter(error.place)}{error.row}", unreadable=True)
        )
    names = tuple(name for name, _ in headed.values())
    whole = len(problems) == before
    return RawTable(label, names, tuple(rows), tuple(map(_letter, headed)), whole) if headed or not whole else None


class _Misplaced(ValueError):
    """Something stands where a table has nothing; the place is that of a cell."""

    def __init__(self, row: int, place: int, message: str) -> None:
        super().__init__(message)
        self.row, self.place = row, place


def _letter(place: int) -> str:
    from openpyxl.utils import get_column_letter

    return get_column_letter(place + 1)


def _filled_rows(sheet: Any) -> Iterator[tuple[int, dict[int, Any]]]:
    """Give each row that holds something, as the cells by their place; _Misplaced for what lies far off.

    The dimensions that a sheet claims are not believed: without them openpyxl gives each row as wide as it is, and
    an empty list for each row that is missing, so that a single cell in the last corner costs a tenth of a second.
    """
    sheet.reset_dimensions()
    last = 0
    for number, row in enumerate(sheet.iter_rows(), 1):
        if not row:
            continue
        filled = {place: cell for place, cell in enumerate(row) if not _is_empty(cell.value)}
        if not filled:
            continue
        first, farthest = min(filled), max(filled)
        if number > MOST_ROWS + 1:
            raise _Misplaced(number, first, f"only the first {MOST_ROWS} rows are read; delete what stands below them")
        if number - last > LONGEST_GAP:
            message = f"more than {LONGEST_GAP} empty rows stand above this; delete it or move it up"
            raise _Misplaced(number, first, message)
        if farthest >= MOST_COLUMNS:
            message = f"only the first {MOST_COLUMNS} columns are read; delete what stands to the right of them"
            raise _Misplaced(number, farthest, message)
        last = number
        yield number, filled


def _is_empty(value: object) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())


def _header(table: Table, number: int, filled: Mapping[int, Any]) -> dict[int, tuple[str, Column | None]]:
    if number > 1:
        raise _Misplaced(number, min(filled), "row 1 is empty; the names of the columns belong there")
    declared = {column.name: column for column in table.columns}
    names = {place: str(cell.value).strip() for place, cell in filled.items()}
    return {place: (name, declared.get(name)) for place, name in names.items()}


def _unreadable(cell: Any, column: Column | None) -> str:
    """Return why a cell's value cannot be taken as it stands, "" if it can."""
    if cell.data_type == "f":
        return FORMULA
    if cell.data_type == "e":
        return "the workbook shows an error in this cell; write the value"
    is_name = column is not None and (column.name in NUMBERED or column.type == "reference")
    if is_name and isinstance(cell.value, float) and not cell.value.is_integer():
        return "the workbook holds a number here, so 2.10 became 2.1; format the column as text and type it again"
    if is_name and isinstance(cell.value, date | time):
        return "the workbook holds a date here; format the column as text and type it again"
    return ""


def _text(cell: Any, column: Column | None) -> str:
    """Return a cell as text, UNREAD if it cannot be taken as it stands."""
    if cell is None:
        return ""
    if _unreadable(cell, column):
        return UNREAD if column is not None else ""
    match cell.value:
        case bool(value):
            return "yes" if value else "no"
        case float(value):
            return str(int(value)) if value.is_integer() else f"{value:.15g}"  # as precise as a workbook is
        case datetime() as value:
            return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "minutes")
        case date() | time() as value:
            return value.isoformat()
        case value:
            return str(value).replace("_x000D_", "")


# Whose rows they are


@dataclass(frozen=True, slots=True)
class _Owner:
    """A partnership or plan whose rows a sheet may hold, with the names by which its column may call it."""

    names: Mapping[str, set[str]]
    partnership: RawPartnership
    tables: dict[str, RawTable]


def _shared_out(home: str, tables: dict[str, RawTable], problems: list[Problem]) -> list[RawPartnership]:
    """Give each partnership and plan its rows; a sheet that is missing is an empty one, so that errors name it."""
    partnerships, plans = [], []
    for one in _row_by_row(tables, "partnership", home):
        raw = RawPartnership(home, home, {"partnership": one}, [])
        partnerships.append(_Owner({"partnership": _called(one, "name")}, raw, raw.tables))
    if any(tables[table.name].rows for table in TABLES if table.level == "plan" and table.name in tables):
        for one in _row_by_row(tables, "plan", home):
            for owner, part in _parts(one, partnerships, problems):
                plan = RawPlan(_values(part).get("key", "").strip() or "plan", home, {"plan": part})
                owner.partnership.plans.append(plan)
                names = {**owner.names, "plan": _called(part, "title")}
                plans.append(_Owner(names, owner.partnership, plan.tables))
    for table in TABLES:
        if table.name in tables and table.name not in OWNERS:
            owners = partnerships if table.level == "partnership" else plans
            for owner, part in _parts(tables[table.name], owners, problems):
                owner.tables[table.name] = part
    return [owner.partnership for owner in partnerships]


def _row_by_row(tables: Mapping[str, RawTable], name: str, home: str) -> list[RawTable]:
    empty = RawTable(f"{home}, sheet {name}", tuple(column.name for column in columns.table(name).columns), ())
    raw = tables.get(name, empty)
    return [RawTable(raw.file, raw.header, (row,), raw.letters, raw.whole) for row in raw.rows] or [raw]


def _values(raw: RawTable) -> dict[str, str]:
    """Return the one row of a table of partnerships or plans."""
    return dict(zip(raw.header, raw.rows[0][1], strict=True)) if raw.rows else {}


def _called(raw: RawTable, column: str) -> set[str]:
    return {fold(_values(raw).get(name, "")) for name in ("key", column)} - {""}


def _parts(raw: RawTable, owners: Sequence[_Owner], problems: list[Problem]) -> list[tuple[_Owner, RawTable]]:
    """Return a sheet's rows by owner, without the columns that name owners; every owner without a row is left out."""
    said = [name for name in OWNERS if name in raw.header and owners and name in owners[0].names]
    kept = [place for place, name in enumerate(raw.header) if name not in said]
    rows: dict[int, list[tuple[int, tuple[str, ...]]]] = {place: [] for place in range(len(owners))}
    whole = raw.whole
    for number, cells in raw.rows:
        try:
            owner = _owner(dict(zip(raw.header, cells, strict=True)), said, owners)
        except _Unowned as error:
            problems.append(raw.problem(number, error.column, str(error), error.value))
            whole = False
            if not error.column:
                break  # the column is missing, which need not be said of every row
        else:
            rows[owner].append((number, tuple(cells[place] for place in kept)))
    letters = tuple(raw.letters[place] for place in kept) if raw.letters else ()
    header = tuple(raw.header[place] for place in kept)
    return [
        (owners[place], RawTable(raw.file, header, tuple(some), letters, whole))
        for place, some in rows.items()
        if some or not whole or (place == 0 and not any(rows.values()))
    ]


class _Unowned(ValueError):
    """A row whose partnership or plan is not known; `column` is empty if no column could say it."""

    def __init__(self, message: str, column: str = "", value: str = "") -> None:
        super().__init__(message)
        self.column, self.value = column, value


def _owner(values: Mapping[str, str], said: Sequence[str], owners: Sequence[_Owner]) -> int:
    possible = list(range(len(owners)))
    for column in said:
        if value := values[column].strip():
            possible = [place for place in possible if fold(value) in owners[place].names[column]]
            if not possible:
                raise _Unowned(f"sheet {column} has no such key or name; correct it, or add it there", column, value)
    if len(possible) == 1:
        return possible[0]
    column = list(owners[0].names)[-1]
    if column in said:
        raise _Unowned(f"the workbook has several; give the key of this row's {column}", column, values[column].strip())
    raise _Unowned(f"the workbook has several; add a first column {column} with the key of each row's {column}")
