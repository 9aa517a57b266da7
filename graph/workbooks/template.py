"""A workbook to fill: what each sheet and column means stands in it, made from the declarations of the columns.

Every cell to be filled is formatted as text, so that a workbook's program does not make 2.1 of 2.10 or reckon with
dates. Lists of values are a help; what may stand in a cell is checked when the workbook is read.
"""

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from goldenthread.graph import places
from goldenthread.graph.columns import Column, Table, table
from goldenthread.graph.folders import read_folders
from goldenthread.graph.tables import BadTables, Problem, RawPartnership, RawTable
from goldenthread.graph.workbooks import notes
from goldenthread.graph.workbooks.writing import put, save

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell
    from openpyxl.styles import Font, PatternFill
    from openpyxl.worksheet.worksheet import Worksheet

ORDER = (
    "partnership", "plan", "bodies", "posts", "people", "priorities", "actions", "measures", "relations", "reviews",
    "learning", "documents", "duties", "events", "statements", "mentions", "holdings", "sections", "follows",
)  # fmt: skip
FIRST = 10  # so many sheets are enough for a report
FORMATTED = 500  # rows that are formatted as text
BLUE, GREY, PALE = "1F3A5F", "7F8C99", "DCE6F1"

READ_ME = (
    ("!", "A workbook for a safeguarding plan"),
    ("", "Enter your plan once, one row for each thing. From this workbook goldenthread then says who answers for what, "
         "to whom each group reports, which actions lack a lead, a date or a measure, and what became of learning."),
    ("!", "In which order to fill the sheets"),
    ("", "Go from left to right. The sheets with a dark blue tab are enough for a report:"),
    ("*", ""),
    ("", "The sheets with a grey tab add detail. Fill them when you need them, or leave them as they are."),
    ("!", "What must be filled in"),
    ("", "Columns with a dark blue heading must be filled in. Columns with a pale heading may stay empty. Point at a "
         "heading to read what belongs there; the sheet Columns lists all of them with an example."),
    ("", "If you leave these empty, they are made for you: every key (from the name or number), the section and row of "
         "an action, the position of a measure, and the kind of absence: an action without a lead, date, group or "
         "measure is reported as having none."),
    ("", "Do not fill a gap of the plan with a guess. An empty cell is an answer: the report shows what the plan leaves open."),
    ("!", "How to write in the cells"),
    ("", "Several values in one cell are separated by a semicolon and a space: Training Group; Fernshire Police"),
    ("", "To point at something, write its name, its abbreviation or its key as it stands on its own sheet. An action is "
         "called by its title or by section and row, such as 2.3 for the third action of priority 2."),
    ("", "Enter each body, post, person and review on its own sheet first. Officials' names belong on the sheet people only; "
         "everywhere else the report shows their posts."),
    ("", "Dates are written as in the plan, day before month: 31/12/2026, September 2026, Spring 2027, Quarterly, Ongoing, TBC."),
    ("", "Small lists open in some cells. They help where one value is wanted; where several fit, pick one and type the others."),
    ("", "Write values, not formulas. Do not rename the sheets or the headings, and keep the headings in row 1."),
    ("!", "Where it says so: the column lines"),
    ("", "If this workbook is the plan, leave the columns lines and document empty: the source is then given as 'this draft'."),
    ("", "If there is a document, give its file name on the sheet plan, and in the columns lines the line or lines of its "
         "text that say so, such as 74 or 74-75."),
    ("!", "How to check it and make the report"),
    ("", "Save the workbook, close it, and type these commands (with your file's name) in the folder where it is:"),
    (">", "goldenthread check plan.xlsx"),
    ("", "says what does not fit, with sheet, cell and what to do. When nothing is left to mend:"),
    (">", "goldenthread status --data plan.xlsx"),
    ("", "says what was read and how complete it is, and"),
    (">", "goldenthread report --data plan.xlsx -o report"),
    ("", "writes the report into the folder report; open index.html there in a browser. Nothing is sent anywhere."),
)  # fmt: skip
EXAMPLE = (
    "Everything in this workbook is invented. It shows how the sheets are filled; start your own with an empty one."
)


def new_workbook(path: Path, *, example: bool, force: bool = False) -> None:
    """Write an explained workbook to fill, or the same filled with an invented plan.

    ValueError if the file is there already, unless `force` says that it may go.
    """
    from openpyxl import Workbook

    if not force and (path.exists() or path.is_symlink()):
        raise ValueError(f"{path} exists already; give another name, or delete it first")
    filled = _invented()
    book = Workbook()
    book.remove(book.worksheets[0])
    _read_me(book.create_sheet("Read me"), example=example)
    sheets = {name: book.create_sheet(name) for name in ORDER}
    _columns_sheet(book.create_sheet("Columns"), filled)
    lists = _lists_sheet(book.create_sheet("Lists"))
    for place, (name, sheet) in enumerate(sheets.items()):
        sheet.sheet_properties.tabColor = BLUE if place < FIRST else GREY
        _table_sheet(sheet, table(name), lists)
        if example and name in filled:
            _fill(sheet, table(name), filled[name])
    save(book, path)


@cache
def _invented() -> Mapping[str, RawTable]:
    """Return the invented partnership's tables as they were entered, with every gap."""
    problems: list[Problem] = []
    found: list[RawPartnership] = read_folders(places.EXAMPLES / "fernshire", problems)
    if problems:
        raise BadTables(problems)
    return found[0].tables | found[0].plans[0].tables


# The sheets that explain


def _read_me(sheet: "Worksheet", *, example: bool) -> None:
    from openpyxl.styles import Alignment, Font

    fonts = {"!": Font(bold=True, size=14, color=BLUE), ">": Font(name="Consolas", bold=True)}
    sheet.column_dimensions["A"].width = 110
    sheet.sheet_view.showGridLines = False
    lines = (("!", EXAMPLE), *READ_ME) if example else READ_ME
    said = [(style, text) for style, line in lines for text in (_first_sheets() if style == "*" else (line,))]
    for row, (style, text) in enumerate(said, 1):
        cell = put(sheet, row, 1, text)
        cell.alignment = Alignment(wrap_text=True, vertical="top", indent=1 if style in ("*", ">") else 0)
        cell.font = fonts.get(style, Font())


def _first_sheets() -> Iterator[str]:
    for number, name in enumerate(ORDER[:FIRST], 1):
        yield f"{number}. {name}: {table(name).meaning}"


def _columns_sheet(sheet: "Worksheet", filled: Mapping[str, RawTable]) -> None:
    _heading(sheet, {"sheet": 14, "column": 18, "needed": 24, "meaning": 60, "values": 50, "example": 34})
    row = 2
    for name in ORDER:
        for column in table(name).columns:
            said = (
                name,
                column.name,
                notes.needed(column),
                column.meaning,
                notes.values(column),
                notes.example(name, column, filled),
            )
            for place, text in enumerate(said, 1):
                _wrapped(put(sheet, row, place, text))
            row += 1


def _lists_sheet(sheet: "Worksheet") -> dict[str, str]:
    """Write every list of values with what they mean; return where the values of each scheme stand."""
    schemes = dict.fromkeys(column.scheme for name in ORDER for column in table(name).columns if column.scheme)
    widths: dict[str, int] = {}
    for scheme in schemes:
        widths |= {scheme: 24, f"{scheme}: meaning": 60}
    _heading(sheet, widths)
    where = {}
    for place, scheme in enumerate(schemes):
        meanings = notes.meanings(scheme)
        for row, (notation, meaning) in enumerate(meanings.items(), 2):
            put(sheet, row, 2 * place + 1, notation)
            _wrapped(put(sheet, row, 2 * place + 2, meaning))
        letter = _letter(2 * place)
        where[scheme] = f"Lists!${letter}$2:${letter}${len(meanings) + 1}"
    return where


# A table's sheet


def _table_sheet(sheet: "Worksheet", declared: Table, lists: Mapping[str, str]) -> None:
    from openpyxl.comments import Comment

    _heading(sheet, {column.name: _width(column) for column in declared.columns})
    for place, column in enumerate(declared.columns, 1):
        cell, letter = sheet.cell(1, place), _letter(place - 1)
        if not notes.must(column):
            cell.fill, cell.font = _looks(PALE, "000000")
        cell.comment = Comment(notes.note(column), "goldenthread", height=190, width=340)
        sheet.column_dimensions[letter].number_format = "@"
        for row in range(2, FORMATTED + 2):
            sheet.cell(row, place).number_format = "@"
        _offer(sheet, column, letter, lists)


def _offer(sheet: "Worksheet", column: Column, letter: str, lists: Mapping[str, str]) -> None:
    """Let a list open in a column's cells; it refuses other values only where one of the list is wanted."""
    from openpyxl.worksheet.datavalidation import DataValidation

    values = _list_of(column, lists)
    if not values:
        return
    helps_only = column.many or column.type == "reference"
    offer = DataValidation(type="list", formula1=values, allow_blank=True, showErrorMessage=not helps_only)
    offer.errorTitle, offer.error = column.name, "Choose one of the list; the sheet Lists says what each means."
    offer.add(f"{letter}2:{letter}{FORMATTED + 1}")
    sheet.add_data_validation(offer)


def _list_of(column: Column, lists: Mapping[str, str]) -> str:
    match column.type:
        case "concept":
            return lists[column.scheme]
        case "choice":
            return f'"{",".join(column.allowed)}"'
        case "flag":
            return '"yes,no"'
        case "reference" if len(column.refers) == 1:
            names = [one.name for one in table(column.refers[0]).columns]
            letter = _letter(names.index("name" if "name" in names else "title"))
            return f"{column.refers[0]}!${letter}$2:${letter}${FORMATTED + 1}"
    return ""


def _letter(place: int) -> str:
    from openpyxl.utils import get_column_letter

    return get_column_letter(place + 1)


def _fill(sheet: "Worksheet", declared: Table, raw: RawTable) -> None:
    places_of = {column.name: place for place, column in enumerate(declared.columns, 1)}
    for row, (_, cells) in enumerate(raw.rows, 2):
        for name, text in zip(raw.header, cells, strict=True):
            if text:
                put(sheet, row, places_of[name], text)


# How cells look


def _width(column: Column) -> int:
    if column.name in ("name", "title", "measure", "learning", "statement", "what", "duty", "heading", "outcome"):
        return 44
    return 26 if column.type == "reference" or column.many else max(14, len(column.name) + 3)


def _heading(sheet: "Worksheet", widths: Mapping[str, int]) -> None:
    for place, (name, width) in enumerate(widths.items(), 1):
        cell = put(sheet, 1, place, name)
        cell.fill, cell.font = _looks(BLUE, "FFFFFF")
        sheet.column_dimensions[_letter(place - 1)].width = width
    sheet.freeze_panes = "A2"


def _looks(ground: str, ink: str) -> "tuple[PatternFill, Font]":
    from openpyxl.styles import Font, PatternFill

    return PatternFill("solid", start_color=ground), Font(bold=True, color=ink)


def _wrapped(cell: "Cell") -> None:
    from openpyxl.styles import Alignment

    cell.alignment = Alignment(wrap_text=True, vertical="top")
