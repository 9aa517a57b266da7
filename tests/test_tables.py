"""Reading tables: text stays text, and every error of every table is told at once, with place and remedy."""

from pathlib import Path

import pytest

from goldenthread.graph.facts import read
from goldenthread.graph.tables import BadTables, Problem


def problems(folder: Path) -> list[Problem]:
    with pytest.raises(BadTables) as caught:
        read([folder])
    return caught.value.problems


def replace(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8", newline="")


def test_all_errors_of_all_tables_are_told_at_once(elmshire_copy: Path) -> None:
    replace(elmshire_copy / "bodies.csv", "subgroup", "sub-groop")
    replace(
        elmshire_copy / "2021" / "relations.csv",
        "quality,reports-headlines-to,steering",
        "quality,reports-headlines-to,stearing",
    )
    replace(elmshire_copy / "2021" / "actions.csv", "01/09/21", "31/09/21")
    found = problems(elmshire_copy)
    assert [(p.file, p.row, p.column, p.value) for p in found] == [
        ("elmshire/bodies.csv", 4, "kind", "sub-groop"),
        ("elmshire/2021/relations.csv", 2, "target", "stearing"),
        ("elmshire/2021/actions.csv", 2, "target_text", "31/09/21"),
    ]
    assert "did you mean 'subgroup'?" in found[0].message
    assert "did you mean 'steering'?" in found[1].message
    assert "give target_edtf" in found[2].message


def test_a_byte_order_mark_is_no_part_of_the_first_column(elmshire_copy: Path) -> None:
    path = elmshire_copy / "bodies.csv"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    (partnership,) = read([elmshire_copy])
    assert partnership.rows["bodies"][0].text("key") == "esb"


def test_windows_line_ends_and_blank_rows_do_no_harm(elmshire_copy: Path) -> None:
    path = elmshire_copy / "bodies.csv"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n") + b",,,,,\r\n")
    (partnership,) = read([elmshire_copy])
    assert len(partnership.rows["bodies"]) == 11


@pytest.mark.parametrize("text", ["NA", "null", "00123", "1e5", "03/04", "TRUE", "=1+1"])
def test_text_is_never_turned_into_anything_else(elmshire_copy: Path, text: str) -> None:
    replace(elmshire_copy / "bodies.csv", "Harbour Forum", text)
    (partnership,) = read([elmshire_copy])
    assert "harbour-forum" in {row.text("key") for row in partnership.rows["bodies"] if row.text("name") == text}


def test_text_that_is_not_utf8_is_named_with_its_remedy(elmshire_copy: Path) -> None:
    (elmshire_copy / "bodies.csv").write_bytes("key,name\nx,Café\n".encode("latin-1"))
    first = problems(elmshire_copy)[0]
    assert (first.file, first.row) == ("elmshire/bodies.csv", 0)
    assert "CSV UTF-8" in first.message


def test_semicolons_between_cells_are_noticed(elmshire_copy: Path) -> None:
    path = elmshire_copy / "bodies.csv"
    path.write_text(path.read_text().replace(",", ";"))
    assert "not separated by commas" in problems(elmshire_copy)[0].message


def test_an_unknown_column_is_an_error_with_the_nearest_name(elmshire_copy: Path) -> None:
    replace(elmshire_copy / "bodies.csv", "abbreviation", "abreviation")
    assert "did you mean 'abbreviation'?" in problems(elmshire_copy)[0].message


def test_an_unknown_table_is_an_error_with_the_nearest_name(elmshire_copy: Path) -> None:
    (elmshire_copy / "boddies.csv").write_text("key\n")
    assert "did you mean bodies.csv?" in problems(elmshire_copy)[0].message


def test_a_row_with_too_many_cells_is_an_error_of_its_own(elmshire_copy: Path) -> None:
    replace(elmshire_copy / "bodies.csv", "harbour-forum,Harbour Forum", "harbour-forum,Harbour, Forum")
    assert any(p.row == 10 and "7 cells, the header 6" in p.message for p in problems(elmshire_copy))


def test_a_key_stands_once_among_all_things_of_a_partnership(elmshire_copy: Path) -> None:
    replace(elmshire_copy / "documents.csv", "lantern-plan,Lantern Plan", "quality,Lantern Plan")
    messages = [p.message for p in problems(elmshire_copy) if p.column == "key"]
    assert messages == ["another thing of this partnership has this key, in elmshire/bodies.csv row 4"]


def test_an_empty_required_cell_says_what_it_needs(elmshire_copy: Path) -> None:
    replace(elmshire_copy / "2021" / "relations.csv", "steering,,,,,,,5", "steering,,,,,,,")
    (problem,) = problems(elmshire_copy)
    assert (problem.column, problem.row) == ("lines", 2)
    assert "the line or lines" in problem.message


def test_a_folder_without_tables_says_what_it_looks_for(tmp_path: Path) -> None:
    assert "partnership.csv" in problems(tmp_path)[0].message
