"""Damaged input: what is wrong, where and what to do is said in one sentence, nothing is guessed, nothing is harmed.

Every case damages a sound input in one way. `check` names the place and the remedy (exit code 1 if the data can be
read and deserves mending, 2 if it cannot be read at all); `status` refuses it in the same words, or still answers where
only its soundness is in doubt. Neither changes the damaged file, and the store of the sound input stays in place.
"""

import json
import shutil
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from goldenthread.graph.exports.export import export
from goldenthread.graph.facts import read
from goldenthread.graph.letters import deceiving
from goldenthread.graph.plans import open_plans
from goldenthread.graph.tables import BadTables
from goldenthread.graph.workbooks.writing import write_workbook
from tests.conftest import ELMSHIRE, Run

Damage = Callable[[Path], Path | None]
GT = "https://w3id.org/goldenthread/ontology#"
CONTEXT = "https://elmshire.example/context.jsonld"


@dataclass(frozen=True, slots=True)
class Case:
    """One kind of damage: to which sound input, how, and what `check` then says."""

    name: str
    kind: str  # the sound input that is damaged, as the fixture `sound` names it
    damage: Damage  # damages the input at a path; returns another path if that one is to be read instead
    says: tuple[str, ...] = ()
    code: int = 1
    loads: bool = False  # whether the data can be asked all the same


# How things are damaged


def changed(file: str, old: str, new: str, path: Path) -> None:
    """Put one text in place of another where it stands first."""
    target = path / file if file else path
    text = target.read_text(encoding="utf-8")
    assert old in text
    target.write_text(text.replace(old, new, 1), encoding="utf-8", newline="")


def replaced(file: str, content: str | bytes, path: Path) -> None:
    target = path / file if file else path
    target.write_bytes(content.encode() if isinstance(content, str) else content)


def appended(file: str, line: str, path: Path) -> None:
    with open(path / file, "a", encoding="utf-8", newline="") as opened:
        opened.write(line + "\n")


def encoded(file: str, encoding: str, path: Path) -> None:
    text = (path / file).read_text(encoding="utf-8").replace("Harbour", "Hårbour")
    (path / file).write_bytes(text.encode(encoding))


def separated(file: str, separator: str, path: Path) -> None:
    replaced(file, (path / file).read_text(encoding="utf-8").replace(",", separator), path)


def several(*damages: Callable[[Path], Any]) -> Damage:
    def damage(path: Path) -> None:
        for one in damages:
            one(path)

    return damage


def without(file: str, place: int, path: Path) -> None:
    """A table without one of its columns."""
    lines = [line.split(",") for line in (path / file).read_text(encoding="utf-8").splitlines()]
    replaced(file, "".join(",".join(line[:place] + line[place + 1 :]) + "\n" for line in lines), path)


def copied_plan(path: Path) -> None:
    shutil.copytree(path / "2021", path / "2022")


def copied_partnership(path: Path) -> Path:
    both = path.with_name("both")
    for name in ("first", "second"):
        shutil.copytree(path, both / name)
    return both


def elsewhere(name: str, content: bytes, path: Path) -> Path:
    """A file of another name beside the sound one."""
    other = path.with_name(name)
    other.write_bytes(content)
    return other


def cells(values: dict[str, Any], path: Path) -> None:
    """Put values into cells, named as in "bodies!C7"."""
    book = openpyxl.load_workbook(path)
    for place, value in values.items():
        sheet, _, cell = place.partition("!")
        book[sheet][cell] = value
    book.save(path)


def booked(change: Callable[[Any], Any], path: Path) -> None:
    book = openpyxl.load_workbook(path)
    change(book)
    book.save(path)


def part(name: str, change: Callable[[bytes], bytes], path: Path) -> None:
    """Change the bytes of one part of a workbook; a part that is not there is added."""
    with zipfile.ZipFile(path) as archive:
        parts = {member: archive.read(member) for member in archive.namelist()}
    parts[name] = change(parts.get(name, b""))
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for member, content in parts.items():
            archive.writestr(member, content)


def sheet_part(title: str, path: Path) -> str:
    return f"xl/worksheets/sheet{openpyxl.load_workbook(path).sheetnames.index(title) + 1}.xml"


def markup(title: str, old: bytes, new: bytes, path: Path) -> None:
    """Change the markup of a sheet."""

    def change(content: bytes) -> bytes:
        assert old in content
        return content.replace(old, new, 1)

    part(sheet_part(title, path), change, path)


def locked(path: Path) -> None:
    """Mark a workbook's parts as encrypted, as zip programs do."""
    content = bytearray(path.read_bytes())
    for signature, flags in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        place = content.find(signature)
        while place >= 0:
            content[place + flags] |= 1
            place = content.find(signature, place + 4)
    path.write_bytes(content)


# Tables in a folder

BODIES, POSTS, PEOPLE, PLAN = "bodies.csv", "posts.csv", "people.csv", "2021/plan.csv"
RELATIONS, ACTIONS, MEASURES = "2021/relations.csv", "2021/actions.csv", "2021/measures.csv"
PRIORITIES, HOLDINGS, MENTIONS = "2021/priorities.csv", "2021/holdings.csv", "2021/mentions.csv"
FIRST_LINE = "quality,reports-headlines-to,steering,,,,,,,5"
FIRST_ACTION = "Audit case files,quality-officer; p2,,,,quality,,,,,01/09/21,,,,"
OPEN_ACTION = "Revise the Lantern Plan,,placeholder,"


def table(name: str, file: str, old: str, new: str, *says: str, code: int = 1, loads: bool = False) -> Case:
    """One text put in place of another in a table."""
    return Case(name, "tables", partial(changed, file, old, new), says, code, loads)


def tables(name: str, damage: Damage, *says: str, code: int = 1) -> Case:
    return Case(name, "tables", damage, says, code)


TABLES = (
    tables("Latin-1", partial(encoded, BODIES, "latin-1"),
        "error: elmshire/bodies.csv: this is not UTF-8 text (byte 380); save it as 'CSV UTF-8 (comma delimited)'", code=2),
    tables("UTF-16", partial(encoded, BODIES, "utf-16"),
        "error: elmshire/bodies.csv: this is UTF-16 text; save it as 'CSV UTF-8 (comma delimited)'", code=2),
    tables("a zero byte", partial(replaced, BODIES, b"key,name,kind\nx,X\0,board\n"),
        "error: elmshire/bodies.csv: this is no text (byte 17 is zero); save it as 'CSV UTF-8 (comma delimited)'", code=2),
    tables("semicolons between the cells", partial(separated, BODIES, ";"),
        "error: elmshire/bodies.csv, row 1: the cells are not separated by commas; save it as 'CSV UTF-8 (comma delimited)' (found: 'key;name;abbreviation;kind;area;note')", code=2),
    tables("tabs between the cells", partial(separated, BODIES, "\t"),
        "error: elmshire/bodies.csv, row 1: the cells are not separated by commas; save it as 'CSV UTF-8 (comma delimited)' (found: 'key\\tname\\tabbreviation\\tkind\\tarea\\tnote')", code=2),
    tables("an empty file", partial(replaced, BODIES, b""),
        "error: elmshire/bodies.csv: the file is empty; it needs a header row", code=2),
    tables("quotes that are not closed", partial(changed, BODIES, "Harbour Forum", '"Harbour Forum'),
        "error: elmshire/bodies.csv: this is not a CSV table: unexpected end of data; look for a quotation mark without its other", code=2),
    tables("a folder without tables", lambda path: path / "2021",
        "error: HOME/elmshire/2021: no tables here: a folder of tables holds partnership.csv, or folders that do", code=2),
    tables("no such folder", lambda path: path / "2030",
        "error: HOME/elmshire/2030: there is no such folder of tables or workbook", code=2),
    tables("an unknown ending", partial(elsewhere, "plan.txt", b"Elmshire"),
        "error: plan.txt: this kind of file is not read; give a folder of tables, a workbook (.xlsx) or RDF (.ttl, .trig, .nq, .nt, .jsonld, .json)", code=2),
    table("a row with too many cells", BODIES, "Harbour Forum", "Harbour, Forum",
        "error: elmshire/bodies.csv, row 10: the row has 7 cells, the header 6; put text that contains commas in quotes"),
    table("a row with too few cells", BODIES, "round-table,Round Table,,", "round-table,Round Table",
        "error: elmshire/bodies.csv, row 8: the row has 4 cells, the header 6; put text that contains commas in quotes"),
    tables("the header once more", partial(appended, POSTS, "key,name,abbreviation,organisation,note"),
        "error: elmshire/posts.csv, row 4: the names of the columns stand here again; delete the row"),
    table("a column twice", BODIES, "area,note", "note,note",
        "error: elmshire/bodies.csv, row 1, column note: the column stands there twice; keep one"),
    table("an unknown column", BODIES, "abbreviation", "abreviation",
        "error: elmshire/bodies.csv, row 1, column abreviation: table bodies has no such column; did you mean 'abbreviation'?"),
    tables("an unknown table", partial(replaced, "boddies.csv", "key\n"),
        "error: elmshire/boddies.csv: no table has this name; did you mean bodies.csv?"),
    tables("a missing required column", partial(without, BODIES, 1),
        "error: elmshire/bodies.csv, row 1, column name: the column is missing; it holds its full name"),
    table("a column without name", BODIES, "area,note", "area,",
        "error: elmshire/bodies.csv, row 1: a column has no name; name it, or delete it with its comma"),
    table("an empty required cell", BODIES, "esb,Elmshire Safeguarding Board", "esb,",
        "error: elmshire/bodies.csv, row 2, column name: the cell is empty; it needs its full name"),
    table("a key twice in a table", BODIES, "panel-south,", "panel-north,",
        "error: elmshire/bodies.csv, row 7, column key: row 6 has the same key; each may stand once (found: 'panel-north')"),
    table("a key in two tables", "documents.csv", "lantern-plan,Lantern", "quality,Lantern",
        "error: elmshire/documents.csv, row 2, column key: another thing of this partnership has this key, in elmshire/bodies.csv row 4 (found: 'quality')"),
    tables("a plan twice", copied_plan,
        "error: elmshire/2022/plan.csv, row 2, column key: another plan has this key, in elmshire/2021/plan.csv row 2 (found: 'elmshire-2021')"),
    tables("a partnership twice", copied_partnership,
        "error: second/partnership.csv, row 2, column key: another partnership has this key, in first/partnership.csv row 2 (found: 'elmshire')",
        "error: second/2021/plan.csv, row 2, column key: another plan has this key, in first/2021/plan.csv row 2 (found: 'elmshire-2021')"),
    table("a key that is none", BODIES, "harbour-forum,", "Harbour_Forum,",
        "error: elmshire/bodies.csv, row 10, column key: a key has lower-case letters, digits, dots and hyphens only (found: 'Harbour_Forum')"),
    table("a person's key without number", PEOPLE, "p3,", "penhallow,",
        "error: elmshire/people.csv, row 4, column key: a person's key is p and a number, such as p3, since it is shown as 'named person 3' (found: 'penhallow')"),
    table("a reference to nothing", RELATIONS, FIRST_LINE, FIRST_LINE.replace("steering", "stearing"),
        "error: elmshire/2021/relations.csv, row 2, column target: nothing has this key or name in bodies, posts, people, documents, reviews, priorities; did you mean 'steering'? (found: 'stearing')"),
    table("a name that two things bear", RELATIONS, "panel-north,reports-to", "Panel,reports-to",
        "error: elmshire/2021/relations.csv, row 5, column source: several things are called so; write the key of one: panel-north, panel-south (found: 'Panel')"),
    table("a measure of an unknown action", MEASURES, "1.3,1,", "7.7,1,",
        "error: elmshire/2021/measures.csv, row 4, column action: nothing has this key or name in actions; add it to actions (found: '7.7')"),
    table("an action of an unknown priority", ACTIONS, "1.2,1,,2,s1,", "1.2,1,,2,s9,",
        "error: elmshire/2021/actions.csv, row 3, column priority: nothing has this key or name in priorities; add it to priorities (found: 's9')"),
    table("an unknown kind of relation", RELATIONS, "reports-headlines-to", "reports-headline-to",
        "error: elmshire/2021/relations.csv, row 2, column kind: this value is not known here; did you mean 'reports-headlines-to'? (found: 'reports-headline-to')"),
    table("an impossible day", ACTIONS, "01/09/21", "31/09/21",
        "error: elmshire/2021/actions.csv, row 2, column target_text: the wording '31/09/21' fits no rule for dates; write it like 30/06/2026, June 2026, Spring 2026 or June 2026 onwards, or give target_edtf (such as 2026-06) and target_kind (such as due) (found: '31/09/21')"),
    table("a day without year", ACTIONS, "01/09/21", "03/04",
        "error: elmshire/2021/actions.csv, row 2, column target_text: the wording '03/04' fits no rule for dates; write it like 30/06/2026, June 2026, Spring 2026 or June 2026 onwards, or give target_edtf (such as 2026-06) and target_kind (such as due) (found: '03/04')"),
    table("an impossible month", RELATIONS, "2021-09", "2021-13",
        "error: elmshire/2021/relations.csv, row 4, column until: '2021-13' is not a date in EDTF, such as 2016-08 or 2014-06/.. (found: '2021-13')"),
    table("a date with the month in front", PLAN, "12/04/2021", "04/13/2021",
        "error: elmshire/2021/plan.csv, row 2, column signed_off: '2021-13-04' is not a date in EDTF, such as 2016-08 or 2014-06/.. (found: '04/13/2021')"),
    table("a period that ends before it begins", RELATIONS, ",2021-09,", ",2021-09/2021-03,",
        "error: elmshire/2021/relations.csv, row 4, column until: '2021-09/2021-03' ends before it begins (found: '2021-09/2021-03')"),
    table("a plan that ends before it begins", PLAN, "2022-03", "2020-03",
        "error: plan/elmshire-2021: It begins after it ends, or its first day is no date. Correct its dates; the day stands before the month. (found: 2021-04-01)", loads=True),
    table("a relation that ends before it begins", RELATIONS, ",,2021-09,", ",2021-10,2021-09,",
        "error: elmshire-2021/relation/training-reports-to-steering-10: It begins after it ends, or its first day is no date. Correct its dates; the day stands before the month. (found: 2021-10-01)", loads=True),
    table("a holding that ends before it begins", HOLDINGS, "esb-chair,,,,", "esb-chair,,2022,2021,",
        "error: elmshire-2021/relation/p1-holds-esb-chair-4: It begins after it ends, or its first day is no date. Correct its dates; the day stands before the month. (found: 2022-01-01)", loads=True),
    tables("two partnerships in one folder", partial(appended, "partnership.csv", "oakshire,Oakshire,Oakshire,yes"),
        "error: elmshire/partnership.csv: exactly one row is needed; there are 2; put each partnership into a folder of its own"),
    tables("no row in a plan's table", lambda path: replaced(PLAN, (path / PLAN).read_text().split("\n")[0], path),
        "error: elmshire/2021/plan.csv: exactly one row is needed; there are 0; add it"),
    table("a Cyrillic letter in a key", BODIES, "quality,Quality", "qu\u0430lity,Quality",
        "error: elmshire/bodies.csv, row 4, column key: contains letters that only look Latin: '\u0430' (Cyrillic); type them again (found: 'qu\u0430lity')"),
    table("a Cyrillic letter in a name", BODIES, "Harbour Forum", "H\u0430rbour Forum",
        "warning: elmshire/bodies.csv, row 10, column name: contains letters that only look Latin: '\u0430' (Cyrillic); type them again (found: 'H\u0430rbour Forum')", loads=True),
    table("Greek capitals for an abbreviation", BODIES, "Training Sub-Group,TSG", "Training Sub-Group,\u03a4\u0395",
        "warning: elmshire/bodies.csv, row 5, column abbreviation: contains letters that only look Latin: '\u03a4' (Greek), '\u0395' (Greek); type them again (found: '\u03a4\u0395')", loads=True),
    table("a Cyrillic letter in a reference", RELATIONS, FIRST_LINE, FIRST_LINE.replace("steering", "st\u0435ering"),
        "error: elmshire/2021/relations.csv, row 2, column target: contains letters that only look Latin: '\u0435' (Cyrillic); type them again (found: 'st\u0435ering')"),
    table("a Cyrillic letter in a kind", RELATIONS, "reports-headlines-to", "report\u0455-headlines-to",
        "error: elmshire/2021/relations.csv, row 2, column kind: contains letters that only look Latin: '\u0455' (Cyrillic); type them again (found: 'report\u0455-headlines-to')"),
    table("a space that nobody sees", BODIES, "Harbour Forum", "Harbour\u200b Forum",
        "warning: elmshire/bodies.csv, row 10, column name: contains a character that nobody sees: U+200B (zero width space); delete it, or type the text again (found: 'Harbour\\u200b Forum')", loads=True),
    table("quotation marks in a key", BODIES, "harbour-forum,", "\u201charbour-forum\u201d,",
        "error: elmshire/bodies.csv, row 10, column key: a key has lower-case letters, digits, dots and hyphens only (found: '\u201charbour-forum\u201d')"),
    table("a reading without a reason", RELATIONS, "inferred,a panel is read as a subgroup", "inferred,",
        "error: elmshire-2021/relation/panel-north-reports-to-quality-7: Our reading needs its reason, so that others can judge it. Say in the column 'reason' why the text is read so. (found: elmshire-2021/relation/panel-north-reports-to-quality-7)", loads=True),
    table("a lead and why there is none", ACTIONS, "quality-officer; p2,,", "quality-officer; p2,blank,",
        "error: elmshire-2021/action/1.1: This action has a lead and yet a reason why it has none. Delete 'leads_absence', or the leads. (found: elmshire-2021/action/1.1)", loads=True),
    table("an absence that is no kind of absence", ACTIONS, "Revise the Lantern Plan,,placeholder", "Revise the Lantern Plan,,none",
        "error: elmshire/2021/actions.csv, row 4, column leads_absence: this value is not known here; use one of blank, collective, merged-cell, no-field, ongoing, placeholder, whole-priority (found: 'none')"),
    table("a body that reports to itself", RELATIONS, "training,reports-to,quality", "training,reports-to,training",
        "error: elmshire-2021/relation/training-reports-to-training-6: A relation needs exactly one thing that it starts from, and it must not lead back to the same thing. Correct who does what to whom. (found: elmshire/body/training)", loads=True),
    table("lines in the wrong order", RELATIONS, "steering,,,,,,,5", "steering,,,,,,,74-70",
        "error: elmshire/2021/relations.csv, row 2, column lines: the second line must come after the first; write the smaller number first (found: '74-70')"),
    table("line zero", RELATIONS, "steering,,,,,,,5", "steering,,,,,,,0",
        "error: elmshire/2021/relations.csv, row 2, column lines: write a line such as 74, lines such as 74-75, or this draft (found: '0')"),
    table("no line", RELATIONS, "steering,,,,,,,5", "steering,,,,,,,x",
        "error: elmshire/2021/relations.csv, row 2, column lines: write a line such as 74, lines such as 74-75, or this draft (found: 'x')"),
    table("two values where one belongs", RELATIONS, FIRST_LINE, FIRST_LINE.replace("steering", "steering; esb"),
        "error: elmshire/2021/relations.csv, row 2, column target: a semicolon separates several values, but this column holds one; use a comma (found: 'steering; esb')"),
    table("a cell that is too long", BODIES, "Harbour Forum", "x" * 32_768,
        f"error: elmshire/bodies.csv, row 10, column name: the cell has 32768 characters; at most 32767 fit (found: '{'x' * 200}...')"),
    table("perhaps invented", "partnership.csv", "yes", "maybe",
        "error: elmshire/partnership.csv, row 2, column synthetic: write yes or no (found: 'maybe')"),
    table("a position that is no number", MEASURES, "1.1,1,", "1.1,first,",
        "error: elmshire/2021/measures.csv, row 2, column position: a whole number is needed (found: 'first')"),
    table("a person's name in a title", ACTIONS, "Report on reviews", "Report on reviews to Mirabel Thornwick",
        "warning: elmshire/2021/actions.csv, row 5, column title: bears the name of a person, named person 2; names stand only in the table people, so write the post", loads=True),
    table("a person's name in a list", MEASURES, "audit report", "audit report; JORY PENHALLOW\u2019s notes",
        "warning: elmshire/2021/measures.csv, row 2, column records: bears the name of a person, named person 3; names stand only in the table people, so write the post", loads=True),
    table("two chairs at one time", RELATIONS, "steering,chaired-by,esb-chair,,,,,,,5", "steering,chaired-by,esb-chair,,,,,,,5,\nsteering,chaired-by,quality-officer,,,,,,,5", code=0, loads=True),
    table("a circle of reporting lines", RELATIONS, "steering,sets-agenda-for,esb", "steering,reports-to,quality", code=0, loads=True),
    table("a space that keeps words together", BODIES, "Harbour Forum", "Harbour\u00a0Forum", code=0, loads=True),
    tables("one table that cannot be read, another with an error", several(partial(replaced, BODIES, b""), partial(changed, ACTIONS, "01/09/21", "soonish 21")),
        "error: elmshire/bodies.csv: the file is empty; it needs a header row",
        "error: elmshire/2021/actions.csv, row 2, column target_text: the wording 'soonish 21' fits no rule for dates; write it like 30/06/2026, June 2026, Spring 2026 or June 2026 onwards, or give target_edtf (such as 2026-06) and target_kind (such as due) (found: 'soonish 21')", code=2),
)  # fmt: skip


# Workbooks


def book(name: str, damage: Damage, *says: str, code: int = 1, loads: bool = False) -> Case:
    return Case(name, "workbook", damage, says, code, loads)


def far_cell(path: Path) -> None:
    """A cell in the last corner, put into the markup: openpyxl would write every row above it."""
    markup("reviews", b"</sheetData>", b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>', path)


def swapped_rows(path: Path) -> None:
    """Rows of a sheet in another order than their numbers say."""

    def change(content: bytes) -> bytes:
        second, third = (
            content[content.index(b'<row r="%d"' % n) : content.index(b'<row r="%d"' % (n + 1))] for n in (2, 3)
        )
        return content.replace(second + third, third + second)

    part(sheet_part("people", path), change, path)


def other_plan(workbook: Any) -> None:
    """A second plan, and a column that says whose a row is, in one row wrongly."""
    sheet = workbook["plan"]
    for place in range(1, sheet.max_column + 1):
        sheet.cell(3, place).value = sheet.cell(2, place).value
    sheet["A3"], sheet["E3"], sheet["F3"] = "elmshire-2022", "2022-04", "2023-03"
    for title in ("sections", "mentions", "holdings", "relations", "priorities", "actions", "measures", "learning",
                  "statements", "sources"):  # fmt: skip
        place = workbook[title].max_column + 1
        workbook[title].cell(1, place).value = "plan"
        for row in range(2, workbook[title].max_row + 1):
            workbook[title].cell(row, place).value = "elmshire-2021"
    workbook["statements"].cell(2, workbook["statements"].max_column).value = "elmshire-2020"


def hidden(workbook: Any) -> None:
    workbook["bodies"].sheet_state = "hidden"
    workbook["actions"].row_dimensions[3].hidden = True


def bomb(content: bytes) -> bytes:
    return content + b"<a>" + b" " * 50_000_000 + b"</a>"


WORKBOOKS = (
    book("not a zip", partial(replaced, "", b"key,name\n"),
        "error: elmshire.xlsx: this is not a workbook; open it in Excel and save it again as .xlsx (an old .xls too)", code=2),
    book("half a zip", lambda path: replaced("", path.read_bytes()[:2000], path),
        "error: elmshire.xlsx: this is not a workbook; open it in Excel and save it again as .xlsx (an old .xls too)", code=2),
    book("an old .xls", partial(replaced, "", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600),
        "error: elmshire.xlsx: this is an old .xls workbook or one with a password; open it in Excel and save it again as .xlsx, without password", code=2),
    book("parts with a password", locked,
        "error: elmshire.xlsx: the workbook is protected by a password; open it in Excel and save it again as .xlsx, without password", code=2),
    book("an empty file", partial(replaced, "", b""),
        "error: elmshire.xlsx: this is not a workbook; open it in Excel and save it again as .xlsx (an old .xls too)", code=2),
    book("no such workbook", lambda path: path.with_name("other.xlsx"),
        "error: HOME/other.xlsx: there is no such folder of tables or workbook", code=2),
    book("a zip bomb", partial(part, "xl/worksheets/bomb.xml", bomb),
        "error: elmshire.xlsx: a part of the workbook is packed more than 200 to 1 ('xl/worksheets/bomb.xml'); open it in Excel and save it again as .xlsx", code=2),
    book("a DOCTYPE", partial(part, "xl/workbook.xml", lambda content: b"<!DOCTYPE x [<!ENTITY a 'b'>]>" + content),
        "error: elmshire.xlsx: a part of the workbook declares its own markup ('xl/workbook.xml'); open it in Excel and save it again as .xlsx", code=2),
    book("a part outside", partial(part, "../outside.xml", lambda _: b"<a/>"),
        "error: elmshire.xlsx: a part of the workbook is to stand outside of it ('../outside.xml'); open it in Excel and save it again as .xlsx", code=2),
    book("a sheet that is named and missing", partial(part, "xl/workbook.xml", lambda content: content.replace(b"</sheets>", b'<sheet name="more" sheetId="99" r:id="rId99"/></sheets>')),
        "error: elmshire.xlsx: the workbook is damaged or of another kind; open it in Excel and save it again as .xlsx", code=2),
    book("markup that ends early", lambda path: part(sheet_part("bodies", path), lambda content: content[:-200], path),
        "error: elmshire.xlsx: the workbook is damaged or of another kind; open it in Excel and save it again as .xlsx", code=2),
    book("no sheet with a table", partial(booked, lambda one: [one.remove(sheet) for sheet in one.worksheets[1:]]),
        "error: elmshire.xlsx, sheet partnership: exactly one row is needed; there are 0; add it"),
    book("a formula", partial(cells, {"bodies!B10": "=B9"}),
        "error: elmshire.xlsx, sheet bodies, cell B10, column name: formulas are not calculated here; paste the value (found: '=B9')", code=2),
    book("an error value", partial(cells, {"actions!F3": "#REF!"}),
        "error: elmshire.xlsx, sheet actions, cell F3, column priority: the workbook shows an error in this cell; write the value (found: '#REF!')"),
    book("a number in a column of sections", partial(cells, {"sections!C4": 2.1}),
        "error: elmshire.xlsx, sheet sections, cell C4, column section: the workbook holds a number here, so 2.10 became 2.1; format the column as text and type it again (found: '2.1')"),
    book("a date in a column of numbers", partial(cells, {"priorities!B2": datetime(2021, 2, 1)}),
        "error: elmshire.xlsx, sheet priorities, cell B2, column number: the workbook holds a date here; format the column as text and type it again (found: '2021-02-01 00:00:00')"),
    book("an unknown sheet", partial(booked, lambda one: one.create_sheet("bodys")),
        "error: elmshire.xlsx, sheet bodys: no table has this name; did you mean bodies?"),
    book("a sheet renamed", partial(booked, lambda one: setattr(one["bodies"], "title", "boddies")),
        "error: elmshire.xlsx, sheet boddies: no table has this name; did you mean bodies?"),
    book("a sheet twice", partial(booked, lambda one: one.create_sheet("Bodies ")),
        "error: elmshire.xlsx, sheet Bodies : another sheet has the same name; keep one"),
    book("a required sheet missing", partial(booked, lambda one: one.remove(one["partnership"])),
        "error: elmshire.xlsx, sheet partnership: exactly one row is needed; there are 0; add it"),
    book("a column more", partial(cells, {"bodies!G1": "remark", "bodies!G2": "mine"}),
        "error: elmshire.xlsx, sheet bodies, cell G1, column remark: table bodies has no such column; the columns are key, name, abbreviation, kind, area, note"),
    book("a cell beside the table", partial(cells, {"bodies!G2": "mine"}),
        "error: elmshire.xlsx, sheet bodies, cell G2: the column has no name in row 1; name it or delete the cell"),
    book("an empty first row", partial(booked, lambda one: one["bodies"].insert_rows(1)),
        "error: elmshire.xlsx, sheet bodies, cell A2: row 1 is empty; the names of the columns belong there", code=2),
    book("merged cells", partial(booked, lambda one: one["bodies"].merge_cells("D4:D6")),
        "error: elmshire.xlsx, sheet bodies, cell D5, column kind: the cell is empty; it needs what kind of body it is",
        "error: elmshire.xlsx, sheet bodies, cell D6, column kind: the cell is empty; it needs what kind of body it is"),
    book("hidden sheets and rows", partial(booked, hidden), code=0, loads=True),
    book("a cell in the last corner", far_cell,
        "error: elmshire.xlsx, sheet reviews, cell XFD1048576: only the first 200000 rows are read; delete what stands below them", code=2),
    book("rows out of order", swapped_rows,
        "error: elmshire.xlsx: rows stand in another order than their numbers say ('xl/worksheets/sheet5.xml'); open it in Excel and save it again as .xlsx", code=2),
    book("a plan that the workbook does not have", partial(booked, other_plan),
        "error: elmshire.xlsx, sheet statements, cell H2, column plan: sheet plan has no such key or name; correct it, or add it there (found: 'elmshire-2020')"),
    book("a Cyrillic letter in a name", partial(cells, {"bodies!B10": "H\u0430rbour Forum"}),
        "warning: elmshire.xlsx, sheet bodies, cell B10, column name: contains letters that only look Latin: '\u0430' (Cyrillic); type them again (found: 'H\u0430rbour Forum')", loads=True),
    book("a person's name in a title", partial(cells, {"actions!G5": "Tell Jory Penhallow"}),
        "warning: elmshire.xlsx, sheet actions, cell G5, column title: bears the name of a person, named person 3; names stand only in the table people, so write the post", loads=True),
)  # fmt: skip


# RDF


def rdf(name: str, kind: str, damage: Damage, *says: str, code: int = 1, loads: bool = False) -> Case:
    return Case(name, kind, damage, says, code, loads)


def within(old: str, new: str) -> Damage:
    return partial(changed, "", old, new)


def lines_without(of: str, containing: str, path: Path) -> None:
    """N-Quads without the statements about one thing that bear a property."""
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    kept = [line for line in lines if not (line.startswith(f"<{of}>") and containing in line)]
    assert len(kept) < len(lines)
    path.write_text("".join(kept), encoding="utf-8")


def context(value: str, path: Path) -> None:
    replaced("", f'{{"@context": {value}, "@id": "https://elmshire.example/id/board", "name": "Elmshire Board"}}', path)


ID = "https://w3id.org/goldenthread/id/"
LINE = f"{ID}elmshire-2021/relation/quality-reports-headlines-to-steering-5"
PREFIXES = "@prefix org: <http://www.w3.org/ns/org#> .\n@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n@prefix e: <https://elmshire.example/id/> .\n"
TITLE = 'rdfs:label "Audit case files"'
RDF_FILES = (
    rdf("a syntax error in Turtle", "ttl", partial(replaced, "", PREFIXES + "\ne:board a org:Organization ;\n  rdfs:label .\n"),
        "error: elmshire.ttl: line 6, column 14: . is not a valid RDF object; correct it there", code=2),
    rdf("Turtle that is cut off", "ttl", partial(replaced, "", PREFIXES + 'e:board rdfs:label "Elmshire'),
        "error: elmshire.ttl: line 4, column 20: Unexpected end of file; correct it there", code=2),
    rdf("an unknown prefix", "ttl", partial(replaced, "", PREFIXES + "e:board a schema:Organization ."),
        "error: elmshire.ttl: line 4, column 11: The prefix schema: has not been declared; correct it there", code=2),
    rdf("a syntax error in TriG", "trig", partial(replaced, "", "e:graph {\n"),
        "error: elmshire.trig: line 1, column 1: The prefix e: has not been declared; correct it there", code=2),
    rdf("a syntax error in N-Quads", "nq", partial(replaced, "", "<https://elmshire.example/a> <https://elmshire.example/b> .\n"),
        "error: elmshire.nq: line 1, column 59: The object of a triple must be an IRI, a blank node or a literal; correct it there", code=2),
    rdf("a syntax error in JSON", "jsonld", partial(replaced, "", '{\n "@id": \n}'),
        "error: elmshire.jsonld: line 3, column 1: Expecting value; correct it there", code=2),
    rdf("Turtle in Latin-1", "ttl", partial(replaced, "", PREFIXES.encode() + 'e:board rdfs:label "B\xe5rd" .'.encode("latin-1")),
        "error: elmshire.ttl: this is not UTF-8 text (line 4, column 22); save it as UTF-8", code=2),
    rdf("JSON in Latin-1", "jsonld", partial(replaced, "", '{"a": "\xe5"}'.encode("latin-1")),
        "error: elmshire.jsonld: this is not UTF-8 text (byte 7); save it as UTF-8", code=2),
    rdf("a context elsewhere", "jsonld", partial(context, f'"{CONTEXT}"'),
        "error: elmshire.jsonld: the context 'https://elmshire.example/context.jsonld' lies outside the file and is never fetched; put its content into the file", code=2),
    rdf("a context elsewhere, in a list", "jsonld", partial(context, f'[{{"name": "https://schema.org/name"}}, "{CONTEXT}"]'),
        "error: elmshire.jsonld: the context 'https://elmshire.example/context.jsonld' lies outside the file and is never fetched; put its content into the file", code=2),
    rdf("a context elsewhere, within another", "jsonld", partial(context, f'{{"name": {{"@id": "https://schema.org/name", "@context": "{CONTEXT}"}}}}'),
        "error: elmshire.jsonld: the context 'https://elmshire.example/context.jsonld' lies outside the file and is never fetched; put its content into the file", code=2),
    rdf("RDF/XML", "ttl", partial(elsewhere, "elmshire.rdf", b"<rdf:RDF/>"),
        "error: elmshire.rdf: RDF/XML is not read; save it as Turtle (.ttl)", code=2),
    rdf("RDF/XML with a DOCTYPE", "ttl", partial(elsewhere, "elmshire.xml", b"<!DOCTYPE x [<!ENTITY a 'b'>]><rdf:RDF/>"),
        "error: elmshire.xml: RDF/XML is not read; save it as Turtle (.ttl)", code=2),
    rdf("no such file", "ttl", lambda path: path.with_name("other.ttl"),
        "error: other.ttl: there is no such file", code=2),
    rdf("an empty file", "ttl", partial(replaced, "", b""),
        "error: elmshire.ttl: nothing here that is read: neither a gt:Plan, nor an org:Organization, org:Post or foaf:Person, nor the same in schema.org's or FOAF's terms; name the types of what the file describes", code=2),
    rdf("an empty list", "jsonld", partial(replaced, "", b"[]"),
        "error: elmshire.jsonld: nothing here that is read: neither a gt:Plan, nor an org:Organization, org:Post or foaf:Person, nor the same in schema.org's or FOAF's terms; name the types of what the file describes", code=2),
    rdf("no terms that are known", "ttl", partial(replaced, "", PREFIXES + 'e:board rdfs:comment "nothing" .'),
        "error: elmshire.ttl: nothing here that is read: neither a gt:Plan, nor an org:Organization, org:Post or foaf:Person, nor the same in schema.org's or FOAF's terms; name the types of what the file describes", code=2),
    rdf("a day that is none", "ttl", partial(replaced, "", PREFIXES + 'e:board a org:Organization ; rdfs:label "B" ; e:since "2021-02-30"^^<http://www.w3.org/2001/XMLSchema#date> .'),
        "error: elmshire.ttl: https://elmshire.example/id/board has as https://elmshire.example/id/since '2021-02-30': this is no day of the calendar; write it as 2017-04-01"),
    rdf("a truth value that is none", "ttl", within("gt:synthetic true", 'gt:synthetic "maybe"^^<http://www.w3.org/2001/XMLSchema#boolean>'),
        "error: elmshire.ttl: elmshire has as https://w3id.org/goldenthread/ontology#synthetic 'maybe': write true or false"),
    rdf("a text where a body belongs", "ttl", partial(replaced, "", PREFIXES + 'e:group a org:OrganizationalUnit ; rdfs:label "G" ; org:reportsTo "the board" .'),
        'error: elmshire.ttl: https://elmshire.example/id/group has as reportsTo the text \'the board\': give the address of the thing instead; in JSON-LD that is {"@id": ...}, or "@type": "@id" in the context'),
    rdf("a relation without source", "nq", partial(lines_without, LINE, "#from>"),
        "error: elmshire.nq, elmshire-2021/relation/quality-reports-headlines-to-steering-5: A relation needs exactly one thing that it starts from, and it must not lead back to the same thing. Correct who does what to whom.", loads=True),
    rdf("a relation without target", "nq", partial(lines_without, LINE, "#to>"),
        "error: elmshire.nq, elmshire-2021/relation/quality-reports-headlines-to-steering-5: A relation needs exactly one thing that it leads to. Enter one row for each of several.", loads=True),
    rdf("a relation without kind", "nq", partial(lines_without, LINE, "#relationKind>"),
        "error: elmshire.nq, elmshire-2021/relation/quality-reports-headlines-to-steering-5: A relation needs exactly one kind from the list of kinds. Choose the kind that the text bears out.", loads=True),
    rdf("a kind of relation that there is not", "ttl", within("ontology/relation/reports-headlines-to>", "ontology/relation/reports-headline-to>"),
        "error: elmshire.ttl: elmshire-2021/relation/quality-reports-headlines-to-steering-5 has as https://w3id.org/goldenthread/ontology#relationKind 'https://w3id.org/goldenthread/ontology/relation/reports-headline-to': the ontology has no such term; did you mean 'https://w3id.org/goldenthread/ontology/relation/reports-headlines-to'?"),
    rdf("a passage without document", "nq", partial(lines_without, f"{ID}elmshire-2021/passage/5", "hasSource>"),
        "error: elmshire.nq, elmshire-2021/passage/5: A passage must stand in exactly one document. Build the data again from the tables.", loads=True),
    rdf("an action with two titles", "ttl", within(TITLE, f'{TITLE} , "Audit files"'),
        "error: elmshire.ttl, elmshire-2021/action/1.1: This needs exactly one name. Give it one name in its table; other names belong in the plan's mentions.", loads=True),
    rdf("a relation to nothing", "ttl", within("gt:to <https://w3id.org/goldenthread/id/elmshire/body/quality>", "gt:to <https://w3id.org/goldenthread/id/elmshire/body/none>"),
        "error: elmshire.ttl, elmshire/body/none: A relation starts from this or leads to it, and nothing else is said of it. Describe it, or correct its address.", loads=True),
    rdf("a text for the end of a relation", "ttl", within("gt:to <https://w3id.org/goldenthread/id/elmshire/body/quality>", 'gt:to "quality"'),
        "error: elmshire.ttl: elmshire-2021/relation/1.1-enables-quality-13 has as https://w3id.org/goldenthread/ontology#to 'quality': this is a text; give the address of the thing instead"),
)  # fmt: skip


# What is said and done of each


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The sound inputs by kind."""
    home = tmp_path_factory.mktemp("sound")
    return {kind: prepare(kind, home) for kind in ("tables", "workbook", *RDF)}


RDF = ("ttl", "trig", "nq", "jsonld")


def prepare(kind: str, home: Path) -> Path:
    if kind == "tables":
        return Path(shutil.copytree(ELMSHIRE, home / "elmshire"))
    path = home / ("elmshire.xlsx" if kind == "workbook" else f"elmshire.{kind}")
    if kind == "workbook":
        write_workbook(path, read([ELMSHIRE]), with_names=True)
    else:
        export(open_plans(ELMSHIRE), path, version="1")
    return path


def contents(path: Path) -> dict[str, bytes]:
    """The bytes of a file, or of every file of a folder."""
    files = [file for file in path.rglob("*") if file.is_file()] if path.is_dir() else [path]
    return {str(file): file.read_bytes() for file in files}


def restored(path: Path, before: dict[str, bytes]) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    for name, content in before.items():
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).write_bytes(content)


def stores(cache: Path) -> dict[str, int]:
    """When each store of the cache was finished."""
    return {str(file): file.stat().st_mtime_ns for file in cache.glob("*/complete.json")}


@pytest.fixture
def damaged(sound: dict[str, Path], run: Run) -> Iterator[Callable[[Case], Path]]:
    """Damages the sound input of a case once it has been asked, and puts everything right again afterwards."""
    kept: list[tuple[Path, dict[str, bytes], str]] = []

    def damage(case: Case) -> Path:
        path = sound[case.kind]
        answer = run("status", "--data", path)
        assert answer.exit_code == 0
        kept.append((path, contents(path), answer.stdout))
        return case.damage(path) or path

    yield damage
    for path, before, answer in kept:
        restored(path, before)
        assert run("status", "--data", path).stdout == answer, "the sound input no longer answers as it did"


CASES = [pytest.param(case, id=f"{case.kind}: {case.name}") for case in (*TABLES, *WORKBOOKS, *RDF_FILES)]


def test_there_are_enough_kinds_of_damage() -> None:
    assert len({(case.kind, case.name) for case in (*TABLES, *WORKBOOKS, *RDF_FILES)}) == len(CASES)
    assert len(TABLES) >= 25
    assert len(WORKBOOKS) >= 15
    assert len(RDF_FILES) >= 12


@pytest.mark.parametrize("case", CASES)
def test_damage_is_named_with_place_and_remedy_and_harms_nothing(
    case: Case, damaged: Callable[[Case], Path], run: Run, cache: Path
) -> None:
    path = damaged(case)
    says = [
        line.replace("HOME", str(path.parent.parent if path.parent.name == "elmshire" else path.parent))
        for line in case.says
    ]
    before, built = contents(path) if path.exists() else {}, stores(cache)
    checked = run("check", path)
    assert (checked.stdout.splitlines(), checked.exit_code) == (says, case.code)
    asked = run("status", "--data", path)
    if case.loads:
        assert (asked.exit_code, "elmshire-2021" in asked.stdout) == (0, True)
    else:
        refusal = "Error: " + "\n".join(line.removeprefix("error: ") for line in says)
        assert (asked.exit_code, asked.stdout, asked.stderr.rstrip("\n")) == (2, "", refusal)
        assert stores(cache) == built
    assert (contents(path) if path.exists() else {}) == before


def test_a_partnership_given_twice_is_an_error(sound: dict[str, Path], run: Run, tmp_path: Path) -> None:
    again = shutil.copytree(ELMSHIRE, tmp_path / "again")
    result = run("status", "--data", sound["tables"], "--data", again)
    assert (result.exit_code, result.stderr) == (
        2,
        "Error: again/partnership.csv, row 2, column key: another partnership has this key, in elmshire/partnership.csv row 2 "
        "(found: 'elmshire')\n"
        "again/2021/plan.csv, row 2, column key: another plan has this key, in elmshire/2021/plan.csv row 2 "
        "(found: 'elmshire-2021')\n",
    )


def test_as_json_each_finding_says_whether_its_file_could_be_read(elmshire_copy: Path, run: Run) -> None:
    replaced(BODIES, b"", elmshire_copy)
    changed(ACTIONS, "01/09/21", "soonish 21", elmshire_copy)
    result = run("check", elmshire_copy, "--format", "json")
    assert result.exit_code == 2
    assert [finding["unreadable"] for finding in json.loads(result.stdout)] == [True, False]


def test_what_refers_to_a_table_that_cannot_be_read_is_no_error_of_its_own(elmshire_copy: Path) -> None:
    replaced(BODIES, b"", elmshire_copy)
    changed(
        RELATIONS,
        "quality-officer,reports-on-work-to,esb,1.1",
        "quality-officer,reports-on-work-to,esb,7.7",
        elmshire_copy,
    )
    with pytest.raises(BadTables) as caught:
        read([elmshire_copy])
    assert [(problem.file, problem.value) for problem in caught.value.problems] == [
        ("elmshire/bodies.csv", ""),
        ("elmshire/2021/relations.csv", "7.7"),
    ]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Case Panel", ""),
        ("Cyngor Sir Y Fflint, Si\u00e2n\u2019s caf\u00e9 \u2013 \u00bd", ""),
        ("\u0421\u043e\u0432\u0435\u0442", ""),
        ("P\u0430nel", "contains letters that only look Latin: '\u0430' (Cyrillic); type them again"),
        ("\u0410\u0412\u0421", "contains letters that only look Latin: '\u0410' (Cyrillic), '\u0412' (Cyrillic), '\u0421' (Cyrillic); type them again"),
        ("soft\u00adhyphen", "contains a character that nobody sees: U+00AD (soft hyphen); delete it, or type the text again"),
        ("a\x07b", "contains a character that nobody sees: U+0007 (a control character); delete it, or type the text again"),
        ("two\nlines", ""),
    ],
)  # fmt: skip
def test_letters_that_deceive_are_told_from_those_of_other_languages(text: str, shown: str) -> None:
    assert deceiving(text) == shown


def test_a_space_that_keeps_words_together_is_read_as_a_space(elmshire_copy: Path) -> None:
    changed(BODIES, "Harbour Forum", "Harbour\u00a0Forum", elmshire_copy)
    assert "Harbour Forum" in [row.text("name") for row in read([elmshire_copy])[0].rows["bodies"]]
