"""Workbooks written: each row to the sheet of its table, text as text whatever it looks like, all or nothing."""

from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from goldenthread.graph.columns import TABLES, Column, Table
from goldenthread.graph.tables import LONGEST_CELL, Row, Value
from goldenthread.graph.workbooks.reading import OWNERS
from goldenthread.graph.writing import write_bytes

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.cell.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

    from goldenthread.graph.facts import Partnership


def write_workbook(path: Path, partnerships: "Sequence[Partnership]", *, with_names: bool) -> None:
    """Write every row to the sheet of its table; read again, it gives the same statements.

    Without names of people stands "named person 3", and remarks, which may bear names, are left out. ValueError if a
    value cannot stand in a cell.
    """
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Read me"
    for number, line in enumerate(_about(partnerships, with_names=with_names), 1):
        put(sheet, number, 1, line)
    several = len(partnerships) > 1, sum(len(one.plans) for one in partnerships) > 1
    for table in TABLES:
        sheet = book.create_sheet(table.name)
        owners = _owner_columns(table, several)
        for place, name in enumerate((*owners, *(column.name for column in table.columns)), 1):
            put(sheet, 1, place, name)
        for number, (owned, row) in enumerate(_rows(table, partnerships), 2):
            values = [_written(row, column, table, with_names=with_names) for column in table.columns]
            for place, value in enumerate((*(owned[name] for name in owners), *values), 1):
                if value != "":
                    put(sheet, number, place, value, f"{row.file} row {row.number}: ")
    save(book, path)


def _about(partnerships: "Iterable[Partnership]", *, with_names: bool) -> Iterator[str]:
    yield "What boards' plans say, as entered for goldenthread: one sheet a table. The sheets may be edited and read again."
    yield "Everything stands as the plans state it and has not been confirmed since."
    for one in partnerships:
        yield one.row.text("name") + (": this is invented data" if one.row.flag("synthetic") else "")
        for plan in one.plans:
            row = plan.row
            version = f", version {row.text('version')}" if row.text("version") else ""
            yield f"{plan.key}: {row.text('title')}{version}, {row.text('since')} to {row.text('until')}, from {row.text('document')}"
    if not with_names:
        yield "The names of people, and remarks that may bear them, are left out."


def _owner_columns(table: Table, several: tuple[bool, bool]) -> tuple[str, ...]:
    if table.level == "plan" and table.name != "plan":
        return OWNERS[1:] if several[1] else ()
    return OWNERS[:1] if several[0] and table.name != "partnership" else ()


def _rows(table: Table, partnerships: "Iterable[Partnership]") -> Iterator[tuple[dict[str, str], Row]]:
    for one in partnerships:
        if table.level == "partnership":
            yield from (({"partnership": one.key}, row) for row in one.rows[table.name])
        else:
            for plan in one.plans:
                yield from (({"partnership": one.key, "plan": plan.key}, row) for row in plan.rows[table.name])


def _written(row: Row, column: Column, table: Table, *, with_names: bool) -> str | int:
    if not with_names:
        if column.name == "note" or (table.name, column.name) == ("people", "also"):
            return ""
        if (table.name, column.name) == ("people", "name"):
            return f"named person {row.text('key').lstrip('p')}"  # as the graph calls them
    value: Value = row.values.get(column.name, "")
    if isinstance(value, tuple):
        return "; ".join(value)
    if isinstance(value, bool):
        return "yes" if value else "no" if column.required else ""
    return value if value or column.required else ""


def put(sheet: "Worksheet", row: int, column: int, value: str | int, origin: str = "") -> "Cell":
    """Write a value and return its cell; text stays text, whatever it looks like. ValueError if no cell can hold it."""
    from openpyxl.utils.exceptions import IllegalCharacterError

    if isinstance(value, str) and len(value) > LONGEST_CELL:
        raise ValueError(f"{origin}a value has {len(value)} characters; a workbook's cell holds {LONGEST_CELL}")
    try:
        cell: Cell = sheet.cell(row, column, value)
    except IllegalCharacterError as error:
        raise ValueError(f"{origin}a value has a character that no workbook can hold; remove it: {value!r}") from error
    if isinstance(value, str):
        cell.data_type = "s"
        cell.number_format = "@"
    return cell


def save(book: "Workbook", path: Path) -> None:
    """Write a workbook all or nothing."""
    book.properties.creator = "goldenthread"
    content = BytesIO()
    book.save(content)
    write_bytes(path, content.getvalue())
