"""Workbooks: what is written is read back the same, what is filled by hand is read as a folder's tables are, and
nothing that a workbook hides, rounds or would do harm with gets through."""

import io
import re
import shutil
import zipfile
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pyoxigraph as ox
import pytest
from openpyxl.worksheet.formula import ArrayFormula

from goldenthread.graph import ontology, places
from goldenthread.graph.building import statements
from goldenthread.graph.check import check
from goldenthread.graph.columns import TABLES, table
from goldenthread.graph.facts import read
from goldenthread.graph.namespaces import GT
from goldenthread.graph.tables import BadTables, Problem, RawPartnership
from goldenthread.graph.workbooks import safety
from goldenthread.graph.workbooks.reading import read_workbook
from goldenthread.graph.workbooks.template import FIRST, ORDER, new_workbook
from goldenthread.graph.workbooks.writing import write_workbook

ELMSHIRE = Path(__file__).parent / "elmshire"
FERNSHIRE = places.EXAMPLES / "fernshire"
Grid = list[list[Any]]
PARTNERSHIP: Grid = [["name", "area", "synthetic"], ["Alder Partnership", "Alder", True]]
PLAN: Grid = [
    ["title", "boards", "since", "until", "people_covered"],
    ["Alder Plan", "Alder Board", 2030, date(2031, 3, 31), "children"],
]
BODIES: Grid = [["name", "kind"], ["Alder Board", "board"], ["Birch Group", "subgroup"]]


def quads(*paths: Path, with_names: bool = True) -> set[str]:
    return set(map(str, statements(paths, with_names=with_names)[1]))


def make(path: Path, sheets: Mapping[str, Grid]) -> Path:
    """Write a workbook of these rows; a key of the form "sheet!A1" puts one value into a cell."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path


def alder(path: Path, **changed: Grid) -> Path:
    return make(path / "plan.xlsx", {"partnership": PARTNERSHIP, "plan": PLAN, "bodies": BODIES} | changed)


def raw(path: Path) -> tuple[list[RawPartnership], list[str]]:
    problems: list[Problem] = []
    return read_workbook(path, problems), list(map(str, problems))


def refusals(path: Path) -> list[str]:
    """What reading the workbook to the end has to say."""
    try:
        read([path])
    except BadTables as error:
        return list(map(str, error.problems))
    return []


# There and back


@pytest.mark.parametrize("folder", [ELMSHIRE, FERNSHIRE, places.DATA], ids=["elmshire", "fernshire", "built-in"])
def test_a_written_workbook_gives_the_same_statements(folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "all.xlsx"
    write_workbook(file, read([folder]), with_names=True)
    assert quads(file) == quads(folder)


@pytest.mark.parametrize("folder", [ELMSHIRE, places.DATA], ids=["elmshire", "built-in"])
def test_without_names_only_the_keys_by_which_people_are_looked_up_differ(folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "all.xlsx"
    write_workbook(file, read([folder]), with_names=False)
    _, before = statements([folder], with_names=False)
    _, after = statements([file], with_names=False)
    differing = set(before) ^ set(after)
    people = [row for one in read([folder]) for row in one.rows["people"]]
    names = {row.text("name") for row in people if " " in row.text("name")}  # initials may be a case's too
    assert differing
    assert {quad.predicate.value for quad in differing} == {GT + "folded"}
    assert all(isinstance(quad.object, ox.Literal) and quad.object.value.startswith("blind:") for quad in differing)
    assert all("/person/" in str(quad.subject) for quad in differing)
    assert not {str(cell) for cells in cells_of(file) for cell in cells} & names


def cells_of(file: Path) -> Iterable[tuple[Any, ...]]:
    return (row for sheet in openpyxl.load_workbook(file).worksheets for row in sheet.iter_rows(values_only=True))


def test_without_names_people_are_numbered_and_no_remark_is_left(elmshire_copy: Path, tmp_path: Path) -> None:
    people = elmshire_copy / "people.csv"
    people.write_text(
        "key,name,also,note\np7,Quillon Ashgrove,QA,told by Quillon\n" + people.read_text().split("\n", 1)[1]
    )
    bodies = (elmshire_copy / "bodies.csv").read_text()
    (elmshire_copy / "bodies.csv").write_text(bodies.replace("esb,Elmshire Safeguarding Board,ESB,board,,",
                                                             "esb,Elmshire Safeguarding Board,ESB,board,,ask Mirabel"))  # fmt: skip
    write_workbook(tmp_path / "all.xlsx", read([elmshire_copy]), with_names=False)
    book = openpyxl.load_workbook(tmp_path / "all.xlsx")
    assert [cell.value for cell in book["people"][2]] == ["p7", "named person 7", None, None]
    assert "ask Mirabel" not in [cell.value for cell in book["bodies"]["F"]]
    write_workbook(tmp_path / "all.xlsx", read([elmshire_copy]), with_names=True)
    book = openpyxl.load_workbook(tmp_path / "all.xlsx")
    assert [cell.value for cell in book["people"][2]] == ["p7", "Quillon Ashgrove", "QA", "told by Quillon"]
    assert "ask Mirabel" in [cell.value for cell in book["bodies"]["F"]]


def test_text_like_a_formula_stays_text_and_numbers_like_2_10_keep_their_zero(
    elmshire_copy: Path, tmp_path: Path
) -> None:
    actions = elmshire_copy / "2021" / "actions.csv"
    actions.write_text(
        actions.read_text().replace("Audit case files", "=Audit(case files)").replace("1.1,1,,1", "1.1,1,2.10,1")
    )
    file = tmp_path / "all.xlsx"
    write_workbook(file, read([elmshire_copy]), with_names=True)
    sheet = openpyxl.load_workbook(file)["actions"]
    columns = [column.name for column in table("actions").columns]
    title, ref, row = (sheet.cell(2, columns.index(name) + 1) for name in ("title", "ref", "row"))
    assert (title.value, title.data_type, title.number_format) == ("=Audit(case files)", "s", "@")
    assert (ref.value, row.value) == ("2.10", 1)
    assert quads(file) == quads(elmshire_copy)


def test_columns_for_the_owner_stand_first_and_only_where_there_are_several(tmp_path: Path) -> None:
    write_workbook(tmp_path / "one.xlsx", read([ELMSHIRE]), with_names=True)
    write_workbook(tmp_path / "two.xlsx", read([ELMSHIRE, FERNSHIRE]), with_names=True)
    one, two = (openpyxl.load_workbook(tmp_path / f"{name}.xlsx") for name in ("one", "two"))
    assert [one[name]["A1"].value for name in ("partnership", "bodies", "plan", "actions")] == ["key"] * 4
    assert [two[name]["A1"].value for name in ("partnership", "bodies", "plan", "actions")] == ["key", "partnership", "partnership", "plan"]  # fmt: skip
    assert set(one.sheetnames) == {"Read me", *(each.name for each in TABLES)}


def test_the_first_sheet_says_what_it_is_and_that_it_is_invented(tmp_path: Path) -> None:
    write_workbook(tmp_path / "one.xlsx", read([ELMSHIRE]), with_names=False)
    said = [cell.value for cell in openpyxl.load_workbook(tmp_path / "one.xlsx").worksheets[0]["A"]]
    assert said[1:] == [
        "Everything stands as the plans state it and has not been confirmed since.",
        "Elmshire Safeguarding Partnership: this is invented data",
        "elmshire-2021: Elmshire Safeguarding Plan 2021-2022, version 2, 2021-04 to 2022-03, from elmshire.txt",
        "The names of people, and remarks that may bear them, are left out.",
    ]


def test_a_value_that_no_cell_can_hold_is_one_sentence_and_the_old_file_stays(
    elmshire_copy: Path, tmp_path: Path
) -> None:
    bodies = elmshire_copy / "bodies.csv"
    bodies.write_text(bodies.read_text().replace("Round Table", "Round\x01Table"))
    file = tmp_path / "all.xlsx"
    file.write_text("old")
    with pytest.raises(
        ValueError, match=r"^elmshire/bodies.csv row 8: a value has a character that no workbook can hold"
    ):
        write_workbook(file, read([elmshire_copy]), with_names=True)
    assert file.read_text() == "old"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["all.xlsx", "elmshire"]


def test_a_link_is_not_followed_when_writing(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").write_text("mine")
    (tmp_path / "all.xlsx").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(ValueError, match="is a link"):
        write_workbook(tmp_path / "all.xlsx", read([ELMSHIRE]), with_names=True)
    assert (tmp_path / "elsewhere").read_text() == "mine"


# Cells


def test_cells_of_every_type_become_text(tmp_path: Path) -> None:
    values = [datetime(2030, 4, 1), datetime(2030, 4, 1, 9, 30), date(2030, 4, 2), 3, 4.0, 0.1 + 0.2, 2.5, True, False, " two ", 1e20, "=1+1"]  # fmt: skip
    file = make(tmp_path / "plan.xlsx", {"partnership": PARTNERSHIP, "bodies": [["name", "kind"], *([value, "board"] for value in values)]})  # fmt: skip
    book = openpyxl.load_workbook(file)
    book["bodies"]["A13"].data_type = "s"
    book.save(file)
    found, problems = raw(file)
    assert problems == []
    assert [cells[0] for _, cells in found[0].tables["bodies"].rows] == [
        "2030-04-01", "2030-04-01 09:30", "2030-04-02", "3", "4", "0.3", "2.5", "yes", "no", " two ", "1" + "0" * 20, "=1+1",
    ]  # fmt: skip


def test_what_is_filled_by_hand_is_read(tmp_path: Path) -> None:
    one = read([alder(tmp_path)])[0]
    plan = one.plans[0]
    assert (one.key, one.folder, one.row.flag("synthetic")) == ("alder", "plan.xlsx", True)
    assert (plan.key, plan.folder, plan.row.text("until"), plan.row.text("document")) == ("alder-2030", "plan", "2031-03-31", "plan.xlsx")  # fmt: skip
    assert [row.text("key") for row in one.rows["bodies"]] == ["alder-board", "birch-group"]


def test_sheets_are_known_by_name_case_aside_and_helper_sheets_are_left_alone(tmp_path: Path) -> None:
    explained: dict[str, Grid] = {"READ ME": [["see below"]], "columns": [["=1"]], "Lists": [["x", "y"]]}
    file = make(tmp_path / "plan.xlsx", {"Partnership": PARTNERSHIP, "PLAN": PLAN, " Bodies": BODIES, **explained})
    assert refusals(file) == []
    assert [row.text("name") for row in read([file])[0].rows["bodies"]] == ["Alder Board", "Birch Group"]


@pytest.mark.parametrize(
    ("sheets", "expected"),
    [
        ({"bodys": BODIES}, "plan.xlsx, sheet bodys: no table has this name; did you mean bodies?"),
        ({"Bodies": BODIES}, "plan.xlsx, sheet Bodies: another sheet has the same name; keep one"),
        ({"documents": [[], ["name", "kind"]]}, "plan.xlsx, sheet documents, cell A2: row 1 is empty; the names of the columns belong there"),
        ({"bodies": [*BODIES, [None, None, "x"], [None, None, "y"], ["Cedar", "forum"]], "posts": [["name", "organisation"], ["Chair", "Cedar"]]}, "plan.xlsx, sheet bodies, cell C4: the column has no name in row 1; name it or delete the cell"),
        ({"bodies": [*BODIES, ["Cedar", "bord"]]}, "plan.xlsx, sheet bodies, cell B4, column kind: this value is not known here; did you mean 'board'? (found: 'bord')"),
        ({"bodies": [*BODIES, ["=A2", "board"]]}, "plan.xlsx, sheet bodies, cell A4, column name: formulas are not calculated here; paste the value (found: '=A2')"),
        ({"bodies": [*BODIES, [ArrayFormula("A4", "=A2"), "board"]]}, "plan.xlsx, sheet bodies, cell A4, column name: formulas are not calculated here; paste the value (found: '=A2')"),
        ({"posts": [["name", "abbreviation"], ["Chair", "#N/A"]]}, "plan.xlsx, sheet posts, cell B2, column abbreviation: the workbook shows an error in this cell; write the value (found: '#N/A')"),
        ({"priorities": [["number", "title", "kind"], [2.1, "Care", "strategic"]]}, "plan.xlsx, sheet priorities, cell A2, column number: the workbook holds a number here, so 2.10 became 2.1; format the column as text and type it again (found: '2.1')"),
        ({"posts": [["name", None, "organisation"], ["Chair", None, 2.1]]}, "plan.xlsx, sheet posts, cell C2, column organisation: the workbook holds a number here, so 2.10 became 2.1; format the column as text and type it again (found: '2.1')"),
        ({"partnership": [["name", "area"]]}, "plan.xlsx, sheet partnership: exactly one row is needed; there are 0; add it"),
        ({"plan": [], "priorities": [["title", "kind"], ["Care", "strategic"]]}, "plan.xlsx, sheet plan: exactly one row is needed; there are 0; add it"),
        ({"plan": [*PLAN, ["Other", "Alder Board", 2032, 2033, "adults"]], "priorities": [["title", "kind"], ["Care", "strategic"]]}, "plan.xlsx, sheet priorities, row 2: the workbook has several; add a first column plan with the key of each row's plan"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_said_once_with_its_sheet_and_cell(
    sheets: dict[str, Grid], expected: str, tmp_path: Path
) -> None:
    assert refusals(add(alder(tmp_path), sheets)) == [expected]


def add(file: Path, sheets: Mapping[str, Grid]) -> Path:
    """Put sheets in place of those of the same name, or beside those whose name differs in case only."""
    whole = {"partnership": PARTNERSHIP, "plan": PLAN, "bodies": BODIES} | dict(sheets)
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for number, (title, rows) in enumerate(whole.items()):
        sheet = book.create_sheet(f"{number}")
        sheet._WorkbookChild__title = title  # openpyxl itself would not let two names differ in case only
        for row in rows:
            sheet.append(row)
    book.save(file)
    return file


def test_a_whole_number_may_stand_where_a_number_of_the_plan_is_wanted(tmp_path: Path) -> None:
    file = alder(
        tmp_path,
        priorities=[["number", "title", "kind"], [2, "Care", "strategic"]],
        actions=[["priority", "title"], [2, "Ask"]],
    )
    assert [row.text("key") for row in read([file])[0].plans[0].rows["actions"]] == ["2.1"]


# Several partnerships and plans in one workbook


SEVERAL: dict[str, Grid] = {
    "partnership": [["key", "name", "area"], ["alder", "Alder Partnership", "Alder"], ["beech", "Beech Partnership", "Beech"]],
    "bodies": [["partnership", "name", "kind"], ["beech", "Beech Board", "board"], ["Alder Partnership", "Alder Board", "board"]],
    "plan": [["partnership", "key", *PLAN[0]], ["alder", "alder-1", *PLAN[1]], ["alder", "alder-2", *PLAN[1]],
             ["beech", "beech-1", "Beech Plan", "Beech Board", 2030, 2031, "adults"]],
    "priorities": [["plan", "title", "kind"], ["beech-1", "Warmth", "strategic"], ["alder-2", "Care", "strategic"], ["Beech Plan", "Food", "strategic"]],
}  # fmt: skip


def test_rows_go_to_the_partnership_and_plan_that_they_name(tmp_path: Path) -> None:
    sheets = dict(SEVERAL)
    file = make(tmp_path / "plan.xlsx", sheets | {name: with_lines(sheets[name]) for name in ("plan", "priorities")})
    found = read([file])
    assert [(one.key, [row.text("name") for row in one.rows["bodies"]]) for one in found] == [("alder", ["Alder Board"]), ("beech", ["Beech Board"])]  # fmt: skip
    entered = {plan.key: [(row.number, row.text("title")) for row in plan.rows["priorities"]] for one in found for plan in one.plans}  # fmt: skip
    assert entered == {"alder-1": [], "alder-2": [(3, "Care")], "beech-1": [(2, "Warmth"), (4, "Food")]}


def with_lines(rows: Grid) -> Grid:
    return [[*row, "lines" if number == 0 else "this draft"] for number, row in enumerate(rows)]


@pytest.mark.parametrize(
    ("sheet", "cell", "value", "expected"),
    [
        ("bodies", "A2", "birch", "plan.xlsx, sheet bodies, cell A2, column partnership: sheet partnership has no such key or name; correct it, or add it there (found: 'birch')"),
        ("bodies", "A2", None, "plan.xlsx, sheet bodies, cell A2, column partnership: the workbook has several; give the key of this row's partnership"),
        ("priorities", "A3", "alder-3", "plan.xlsx, sheet priorities, cell A3, column plan: sheet plan has no such key or name; correct it, or add it there (found: 'alder-3')"),
        ("priorities", "A3", "Alder Plan", "plan.xlsx, sheet priorities, cell A3, column plan: the workbook has several; give the key of this row's plan (found: 'Alder Plan')"),
        ("priorities", "A3", None, "plan.xlsx, sheet priorities, cell A3, column plan: the workbook has several; give the key of this row's plan"),
    ],
)  # fmt: skip
def test_an_owner_that_is_not_known_is_a_problem_at_its_cell(
    sheet: str, cell: str, value: str | None, expected: str, tmp_path: Path
) -> None:
    file = make(tmp_path / "plan.xlsx", SEVERAL)
    book = openpyxl.load_workbook(file)
    book[sheet][cell] = value
    book.save(file)
    assert raw(file)[1] == [expected]


def test_a_wrong_owner_is_refused_where_there_is_only_one(tmp_path: Path) -> None:
    file = alder(tmp_path, bodies=[["partnership", *BODIES[0]], ["Alder Partnership", *BODIES[1]], ["elm", *BODIES[2]]])
    assert raw(file)[1] == ["plan.xlsx, sheet bodies, cell A3, column partnership: sheet partnership has no such key or name; correct it, or add it there (found: 'elm')"]  # fmt: skip


# Far and empty cells


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("XFD1048576", "only the first 200000 rows are read; delete what stands below them"),
        ("A200002", "only the first 200000 rows are read; delete what stands below them"),
        ("A1004", "more than 1000 empty rows stand above this; delete it or move it up"),
        ("GS3", "only the first 200 columns are read; delete what stands to the right of them"),
        ("GR3", "the column has no name in row 1; name it or delete the cell"),
    ],
)  # fmt: skip
def test_a_cell_out_of_bounds_is_named(cell: str, expected: str, tmp_path: Path) -> None:
    file = alder(tmp_path)
    book = openpyxl.load_workbook(file)
    book["bodies"][cell] = "x"
    book.save(file)
    assert raw(file)[1] == [f"plan.xlsx, sheet bodies, cell {cell}: {expected}"]


def test_empty_rows_between_and_formatted_cells_far_off_do_no_harm(tmp_path: Path) -> None:
    file = alder(tmp_path)
    book = openpyxl.load_workbook(file)
    book["bodies"]["A1003"], book["bodies"]["B1003"] = "Cedar Group", "forum"
    book["bodies"]["XFD1048576"].number_format = "@"
    book["bodies"]["D900"] = "  "
    book.save(file)
    found, problems = raw(file)
    assert problems == []
    assert found[0].tables["bodies"].rows[-1] == (1003, ("Cedar Group", "forum"))


def test_the_size_that_a_sheet_claims_is_not_believed(tmp_path: Path) -> None:
    file = rewrite(
        alder(tmp_path), lambda name, content: content.replace(b'<dimension ref="A1:B3"', b'<dimension ref="A1:A1"')
    )
    assert len(read([file])[0].rows["bodies"]) == 2


# Files that are no workbooks, or dangerous ones


def rewrite(file: Path, change: Callable[[str, bytes], bytes], **added: bytes) -> Path:
    """Change a workbook's parts and add others."""
    with zipfile.ZipFile(file) as archive:
        parts = {name: change(name, archive.read(name)) for name in archive.namelist()}
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in (parts | added).items():
            archive.writestr(name, content)
    return file


def kept(name: str, content: bytes) -> bytes:
    return content


def declared(text: str, *, encoding: str = "utf-8") -> Callable[[str, bytes], bytes]:
    def change(name: str, content: bytes) -> bytes:
        if name != "xl/workbook.xml":
            return content
        return text.encode(encoding) + content

    return change


BOMB = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]>'


@pytest.mark.parametrize(
    ("change", "added", "expected"),
    [
        (declared(BOMB), {}, "a part of the workbook declares its own markup ('xl/workbook.xml')"),
        (declared(BOMB, encoding="utf-16"), {}, "a part of the workbook declares its own markup ('xl/workbook.xml')"),
        (declared('<?xml version="1.0" encoding="cp037"?>'), {}, "a part of the workbook declares its own markup ('xl/workbook.xml')"),
        (kept, {"notes.txt": b"x" * (1 << 20) + b"<!ENTITY"}, "a part of the workbook declares its own markup ('notes.txt')"),
        (kept, {"notes.txt": b"x" * ((1 << 20) - 4) + b"<!ENTITY" + b"y" * 9}, "a part of the workbook declares its own markup ('notes.txt')"),
        (kept, {"zeros.bin": b"1" * 2_000_000}, "a part of the workbook is packed more than 200 to 1 ('zeros.bin')"),
        (kept, {"../out.xml": b"<a/>"}, "a part of the workbook is to stand outside of it ('../out.xml')"),
        (kept, {"xl/..\\out.xml": b"<a/>"}, "a part of the workbook is to stand outside of it ('xl/..\\\\out.xml')"),
        (kept, {"/out.xml": b"<a/>"}, "a part of the workbook is to stand outside of it ('/out.xml')"),
        (kept, {"C:/out.xml": b"<a/>"}, "a part of the workbook is to stand outside of it ('C:/out.xml')"),
    ],
)  # fmt: skip
def test_a_dangerous_part_is_refused_before_the_workbook_is_opened(
    change: Callable[[str, bytes], bytes], added: dict[str, bytes], expected: str, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    file = rewrite(alder(tmp_path), change, **added)
    monkeypatch.setattr(openpyxl, "load_workbook", lambda *a, **k: pytest.fail("openpyxl was given the file"))
    if "zeros.bin" not in added:
        monkeypatch.setattr(safety, "MOST_RATIO", 10_000)
    assert raw(file) == ([], [f"plan.xlsx: {expected}; open it in Excel and save it again as .xlsx"])


def test_too_many_parts_or_too_much_to_unpack_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = rewrite(alder(tmp_path), kept, **{f"part{number}.txt": b"" for number in range(2_001)})
    with zipfile.ZipFile(file) as archive:
        count = len(archive.namelist())
    assert raw(file)[1] == [f"plan.xlsx: the workbook has {count} parts, at most 2000 are read; copy the tables only"]
    monkeypatch.setattr(safety, "MOST_BYTES", 1_000)
    assert raw(alder(tmp_path))[1] == ["plan.xlsx: the workbook unpacks to more than 0 MB; copy the tables only"]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", "this is not a workbook; open it in Excel and save it again as .xlsx (an old .xls too)"),
        (b"key,name\n", "this is not a workbook; open it in Excel and save it again as .xlsx (an old .xls too)"),
        (b"PK\x03\x04 cut", "this is not a workbook; open it in Excel and save it again as .xlsx (an old .xls too)"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + bytes(512), "this is an old .xls workbook or one with a password; open it in Excel and save it again as .xlsx, without password"),
    ],
)  # fmt: skip
def test_a_file_that_is_no_workbook_is_said_to_be_none(content: bytes, expected: str, tmp_path: Path) -> None:
    file = tmp_path / "plan.xlsx"
    file.write_bytes(content)
    assert raw(file) == ([], [f"plan.xlsx: {expected}"])


def cut(name: str, content: bytes) -> bytes:
    return content[:-40] if name.startswith("xl/worksheets") else content


def without_a_sheet(name: str, content: bytes) -> bytes:
    return content.replace(b"worksheets/sheet1.xml", b"worksheets/sheet9.xml")


def unknown_string(name: str, content: bytes) -> bytes:
    if not name.startswith("xl/worksheets"):
        return content
    return re.sub(rb't="inlineStr"><is><t>[^<]*</t></is>', b't="s"><v>9999</v>', content)


@pytest.mark.parametrize("damage", [cut, unknown_string])
def test_a_damaged_workbook_is_one_sentence(damage: Callable[[str, bytes], bytes], tmp_path: Path) -> None:
    expected = "plan.xlsx: the workbook is damaged or of another kind; open it in Excel and save it again as .xlsx"
    assert raw(rewrite(alder(tmp_path), damage)) == ([], [expected])


def test_a_sheet_whose_part_is_missing_is_not_passed_over(tmp_path: Path) -> None:
    expected = (
        "plan.xlsx: a sheet that the workbook names is missing in it; open it in Excel and save it again as .xlsx"
    )
    assert raw(rewrite(alder(tmp_path), without_a_sheet)) == ([], [expected])


def test_a_zip_of_something_else_and_a_protected_part_are_refused(tmp_path: Path) -> None:
    file = tmp_path / "plan.xlsx"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    assert raw(file)[1] == ["plan.xlsx: the workbook is damaged or of another kind; open it in Excel and save it again as .xlsx"]  # fmt: skip
    content = bytearray(file.read_bytes())
    content[content.index(b"PK\x01\x02") + 8] |= 1
    file.write_bytes(content)
    assert raw(file)[1] == ["plan.xlsx: the workbook is protected by a password; open it in Excel and save it again as .xlsx, without password"]  # fmt: skip


def test_a_part_that_lies_about_its_size_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "plan.xlsx"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"1" * 5_000_000)
    content = bytearray(file.read_bytes())
    place = content.index(b"PK\x01\x02") + 24
    content[place : place + 4] = (100).to_bytes(4, "little")
    file.write_bytes(content)
    assert raw(file)[1] == ["plan.xlsx: the workbook is damaged or of another kind; open it in Excel and save it again as .xlsx"]  # fmt: skip


def test_macros_are_ignored(tmp_path: Path) -> None:
    file = rewrite(alder(tmp_path), kept, **{"xl/vbaProject.bin": b"\xd0\xcf\x11\xe0"})
    assert refusals(file.rename(tmp_path / "plan.xlsm")) == []


# The workbook to fill


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("new") / "plan.xlsx"
    new_workbook(file, example=False)
    return file


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("new") / "plan.xlsx"
    new_workbook(file, example=True)
    return file


@pytest.fixture(scope="module")
def opened(empty: Path) -> openpyxl.Workbook:
    return openpyxl.load_workbook(empty)


def test_the_sheets_come_in_the_order_in_which_they_are_filled(opened: openpyxl.Workbook) -> None:
    assert opened.sheetnames == ["Read me", *ORDER, "Columns", "Lists"]
    assert set(ORDER) == {one.name for one in TABLES if not one.generated}
    tabs = [str(opened[name].sheet_properties.tabColor) for name in ORDER]
    assert len(set(tabs[:FIRST])) == len(set(tabs[FIRST:])) == 1
    assert tabs[0] != tabs[-1]


def test_every_sheet_has_its_columns_explained_and_the_needed_ones_look_different(opened: openpyxl.Workbook) -> None:
    for name in ORDER:
        columns, sheet = table(name).columns, opened[name]
        assert [cell.value for cell in sheet[1]] == [column.name for column in columns]
        for cell, column in zip(sheet[1], columns, strict=True):
            needed = column.required and not column.made
            assert cell.comment is not None
            assert cell.comment.text.casefold().startswith(column.meaning.casefold())
            assert ("Must be filled in." in cell.comment.text) is needed
            assert (cell.fill.start_color.rgb == "001F3A5F") is needed
        assert sheet.freeze_panes == "A2"


def test_every_cell_to_be_filled_is_formatted_as_text(opened: openpyxl.Workbook) -> None:
    formats = {cell.number_format for name in ORDER for row in opened[name].iter_rows(min_row=2) for cell in row}
    assert formats == {"@"}
    assert {opened[name].max_row for name in ORDER} == {501}


def test_lists_open_where_values_are_known_and_refuse_only_where_one_is_wanted(opened: openpyxl.Workbook) -> None:
    for name in ORDER:
        offers = {str(offer.sqref): offer for offer in opened[name].data_validations.dataValidation}
        for place, column in enumerate(table(name).columns, 1):
            letter = openpyxl.utils.get_column_letter(place)
            offer = offers.get(f"{letter}2:{letter}501")
            listed = column.type in ("concept", "choice", "flag") or len(column.refers) == 1
            assert (offer is not None) is listed, (name, column.name)
            if offer and column.type == "concept":
                assert set(cells_in(opened, offer.formula1)) == ontology.notations(column.scheme)
                assert offer.showErrorMessage is not column.many
            if offer and column.type == "reference":
                target = opened[column.refers[0]]
                assert target[offer.formula1.split("$")[1] + "1"].value in ("name", "title")
                assert not offer.showErrorMessage


def cells_in(book: openpyxl.Workbook, formula: str) -> list[str]:
    sheet, _, cells = formula.partition("!")
    return [row[0].value for row in book[sheet][cells.replace("$", "")]]


def test_every_column_stands_on_the_sheet_columns_with_an_example(opened: openpyxl.Workbook) -> None:
    rows = list(opened["Columns"].iter_rows(min_row=2, values_only=True))
    assert [row[:2] for row in rows] == [(name, column.name) for name in ORDER for column in table(name).columns]
    assert [row for row in rows if not all(row)] == []


def test_every_value_of_a_list_has_its_meaning(opened: openpyxl.Workbook) -> None:
    rows = list(opened["Lists"].iter_rows(min_row=2, values_only=True))
    assert [row for row in rows for value, meaning in zip(row[::2], row[1::2], strict=True) if bool(value) != bool(meaning)] == []  # fmt: skip


def test_the_first_sheet_names_the_commands_and_the_sheets_that_are_enough(opened: openpyxl.Workbook) -> None:
    said = [str(cell.value) for cell in opened["Read me"]["A"]]
    assert opened.worksheets[0] == opened.active
    for command in ("goldenthread check plan.xlsx", "goldenthread status --data plan.xlsx", "goldenthread report --data plan.xlsx -o report"):  # fmt: skip
        assert command in said
    assert [line.split(":")[0] for line in said if line[0].isdigit()] == [f"{n}. {name}" for n, name in enumerate(ORDER[:FIRST], 1)]  # fmt: skip


def test_an_empty_workbook_only_lacks_its_partnership(empty: Path) -> None:
    assert refusals(empty) == ["plan.xlsx, sheet partnership: exactly one row is needed; there are 0; add it"]


def test_a_file_that_is_there_is_kept_unless_it_may_go(tmp_path: Path) -> None:
    file = tmp_path / "plan.xlsx"
    file.write_text("mine")
    with pytest.raises(ValueError, match="exists already"):
        new_workbook(file, example=False)
    assert file.read_text() == "mine"
    new_workbook(file, example=False, force=True)
    assert zipfile.is_zipfile(io.BytesIO(file.read_bytes()))


# The invented example


def test_the_example_as_a_workbook_says_what_its_folder_says(example: Path) -> None:
    differing = quads(example) ^ quads(FERNSHIRE)
    assert {quad.split(" ")[1] for quad in differing} == {"<http://purl.org/dc/terms/title>"}
    assert len(differing) == 2  # the name of the workbook and of the folder


def test_the_example_leaves_to_the_tool_what_a_manager_would_leave_empty() -> None:
    headers = {
        file.stem: file.read_text(encoding="utf-8").split("\n")[0].split(",") for file in FERNSHIRE.rglob("*.csv")
    }
    for name in headers:
        assert not {"key", "lines", "section", "row", "position", "document"} & set(headers[name]), name


def test_the_example_has_no_error(example: Path) -> None:
    findings = [finding for finding in check([example]) if finding.severity != "remark"]
    assert findings == []


def test_everything_entered_in_a_draft_is_mentioned_once_from_this_draft() -> None:
    one = read([FERNSHIRE])[0]
    mentions = one.plans[0].rows["mentions"]
    entered = [row for name in ("bodies", "posts", "documents", "reviews") for row in one.rows[name]]
    assert [(row.text("subject"), row.text("name"), row.many("lines")) for row in mentions] == [
        (row.text("key"), row.text("name"), ("this draft",)) for row in entered
    ]


def test_what_a_draft_mentions_itself_is_not_mentioned_again(tmp_path: Path) -> None:
    file = alder(tmp_path, mentions=[["subject", "name", "meets"], ["the Birch Group", "Birches", "monthly"]])
    mentions = read([file])[0].plans[0].rows["mentions"]
    assert [(row.text("subject"), row.text("name")) for row in mentions] == [("birch-group", "Birches"), ("alder-board", "Alder Board")]  # fmt: skip


def test_nothing_is_mentioned_for_a_plan_with_a_document_or_beside_another(tmp_path: Path) -> None:
    documented = [[*PLAN[0], "document", "lines"], [*PLAN[1], "alder.txt", 3]]
    assert read([alder(tmp_path, plan=documented)])[0].plans[0].rows["mentions"] == []
    two: Grid = [[*PLAN[0], "key"], [*PLAN[1], "alder-1"], [*PLAN[1], "alder-2"]]
    assert [plan.rows["mentions"] for plan in read([alder(tmp_path, plan=two)])[0].plans] == [[], []]


def test_a_folder_and_its_workbook_may_be_read_together_with_others(tmp_path: Path, example: Path) -> None:
    shutil.copytree(ELMSHIRE, tmp_path / "elmshire")
    assert [one.key for one in read([tmp_path, example])] == ["elmshire", "fernshire"]
