"""The command line: what it prints, where, and with which exit code."""

import csv
import io
import json
from pathlib import Path

import openpyxl
import pytest

from goldenthread.graph.printing import fitted
from tests.conftest import ELMSHIRE, TEXTS, Run

DATA = ("--data", ELMSHIRE)


def test_chain_prints_each_step_with_plan_and_source(run: Run) -> None:
    result = run("chain", "Quality Group", *DATA)
    assert result.exit_code == 0
    assert result.stdout == (
        "Quality Group (body)\n"
        "\n"
        "elmshire-2021, 2021-04 to 2022-03, as the plan states, not confirmed since\n"
        "  reporting route\n"
        "    Quality Group\n"
        "      reports headline issues to Steering Group\n"
        "          elmshire.txt line 5, under “Who reports to whom”; search for “The Quality Group (QG) reports”\n"
        "      to whom Steering Group reports: not stated in elmshire-2021\n"
        "  also\n"
        "    is a member of Harbour Forum; elmshire.txt line 9\n"
        "    Quality Officer is a post in Quality Group; elmshire.txt line 13\n"
        "    South Panel supports Quality Group; elmshire.txt line 7\n"
    )


def test_chain_says_where_the_plan_is_silent(run: Run) -> None:
    assert "to whom it reports: not stated in elmshire-2021" in run("chain", "Steering Group", *DATA).stdout


def test_chain_prints_passages_when_the_documents_are_given(run: Run) -> None:
    result = run("chain", "Training Sub-Group", *DATA, "--documents", TEXTS)
    assert "| The Training Sub-Group reports to the Quality Group." in result.stdout


def test_a_passage_that_changed_since_it_was_read_is_marked(run: Run, tmp_path: Path) -> None:
    text = (TEXTS / "elmshire.txt").read_text(encoding="utf-8")
    (tmp_path / "elmshire.txt").write_text(text.replace("to the Quality Group.", "to nobody."), encoding="utf-8")
    result = run("chain", "Training Sub-Group", *DATA, "--documents", tmp_path)
    assert "(the document has changed here since its facts were entered)" in result.stdout


def test_chain_as_csv_is_a_long_table(run: Run) -> None:
    rows = list(csv.DictReader(io.StringIO(run("chain", "Training Sub-Group", *DATA, "--format", "csv").stdout)))
    assert [(row["route"], row["step"], row["source"], row["target"], row["line"]) for row in rows] == [
        ("1", "1", "Training Sub-Group", "Quality Group", "6"),
        ("1", "2", "Quality Group", "Steering Group", "5"),
        ("2", "1", "Training Sub-Group", "Steering Group", "10"),
    ]


def test_chain_as_json_has_routes_with_sources(run: Run) -> None:
    chain = json.loads(run("chain", "Quality Group", *DATA, "--format", "json").stdout)
    assert chain["routes"][0]["steps"][0]["sources"][0]["line"] == "5"


def test_find_lists_every_thing_of_a_name(run: Run) -> None:
    rows = list(csv.DictReader(io.StringIO(run("find", "panel", *DATA, "--format", "csv").stdout)))
    assert [row["address"] for row in rows] == ["elmshire/body/panel-north", "elmshire/body/panel-south"]


def test_find_of_an_unknown_name_answers_empty_and_suggests_on_standard_error(run: Run) -> None:
    result = run("find", "Qualty Grup", *DATA)
    assert (result.exit_code, result.stdout) == (0, "nothing found\n")
    assert "did you mean 'Quality Group'" in result.stderr


def test_an_unknown_name_is_wrong_use_and_says_what_is_near(run: Run) -> None:
    result = run("chain", "Qualty Grup", *DATA)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "Did you mean 'Quality Group'" in result.stderr


def test_an_ambiguous_name_is_wrong_use_and_lists_the_candidates(run: Run) -> None:
    result = run("show", "panel", *DATA)
    assert result.exit_code == 2
    assert "elmshire/body/panel-north" in result.stderr
    assert "elmshire/body/panel-south" in result.stderr


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Quality Group", ["What each plan calls it and says of it", "Reporting and other relations", "Its actions"]),
        ("Case Q", ["What each plan calls it", "Learning", "Its actions"]),
        ("Lantern Plan", ["What each plan calls it", "Its actions"]),
        ("1.1", ["The action", "Measures"]),
        ("Learning from Case Q", ["The priority", "Its actions"]),
        ("elmshire-2021", ["The plan", "What it holds"]),
        ("named person 1", ["Posts", "Reporting and other relations"]),
        ("ESB", ["What else is said"]),
    ],
)
def test_show_has_every_part_that_is_known(run: Run, name: str, expected: list[str]) -> None:
    profile = json.loads(run("show", name, *DATA, "--format", "json").stdout)
    assert set(expected) <= set(profile["parts"])


def test_status_counts_what_is_loaded_and_what_is_missing(run: Run) -> None:
    (row,) = json.loads(run("status", *DATA, "--format", "json").stdout)
    assert (row["actions"], row["measures"], row["priorities"], row["learning"]) == (4, 3, 1, 1)
    assert row["actions_with_a_gap"] == 2


def test_query_runs_a_stored_query_with_parameters(run: Run) -> None:
    result = run("query", "actions", "-p", "plan=elmshire-2021", *DATA, "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(result.stdout)))
    assert [row["title"] for row in rows] == [
        "Audit case files", "Tell every partner of the learning", "Revise the Lantern Plan", "Report on reviews",
    ]  # fmt: skip
    assert rows[0]["leads"] == "Quality Officer; named person 2, post not stated"
    assert rows[0]["measures"] == "Findings shared; Ten files audited"
    assert (rows[3]["target_edtf"], rows[3]["earliest"], rows[3]["latest"]) == ("2022-21", "2022-03-01", "2022-05-31")


def test_query_takes_a_thing_by_its_name(run: Run) -> None:
    result = run("query", "relations", "-p", "thing=Round Table", *DATA, "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(result.stdout)))
    assert {(row["source"], row["target"]) for row in rows} == {
        ("Round Table", "Mirror Group"),
        ("Mirror Group", "Round Table"),
    }


def test_find_on_a_day_leaves_out_what_no_plan_of_that_day_names(run: Run) -> None:
    assert "Round Table" in run("find", "Round Table", *DATA, "--as-of", "2021-06-01").stdout
    assert run("find", "Round Table", *DATA, "--as-of", "2023-06-01").stdout == "nothing found\n"


def test_query_runs_your_own_sparql_from_standard_input(run: Run) -> None:
    own = "PREFIX gt: <https://w3id.org/goldenthread/ontology#> SELECT (COUNT(*) AS ?n) { ?a a gt:Action }"
    assert run("query", "-", *DATA, "--format", "csv", given=own).stdout == "n\n4\n"


@pytest.mark.parametrize(
    ("own", "word"),
    [
        ("SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", "SERVICE"),
        ("SELECT * { { SELECT ?s { OPTIONAL { SERVICE SILENT ?x { ?s ?p ?o } } } } }", "SERVICE"),
        ("SELECT * FROM <file:///etc/hostname> { ?s ?p ?o }", "FROM"),
        ("LOAD <file:///etc/hostname>", "LOAD"),
        ("DELETE WHERE { ?s ?p ?o }", "DELETE"),
        ("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }", "only SELECT"),
        ("SELECT * {", "cannot be read"),
    ],
)
def test_a_query_that_reaches_out_or_changes_anything_is_refused(run: Run, own: str, word: str) -> None:
    result = run("query", "-", *DATA, given=own)
    assert (result.exit_code, result.stdout) == (2, "")
    assert word in result.stderr or "can be read" in result.stderr


def test_an_unknown_parameter_names_those_there_are(run: Run) -> None:
    result = run("query", "actions", "-p", "plam=x", *DATA)
    assert result.exit_code == 2
    assert "it has plan, action" in result.stderr


def test_queries_lists_every_query_with_its_question(run: Run) -> None:
    listed = run("queries").stdout
    assert "steps\n  The next steps of a reporting route" in listed
    assert "-p at=...  iri, optional" in listed


def test_an_answer_goes_to_a_file_by_its_ending(run: Run, tmp_path: Path) -> None:
    for ending in ("csv", "json", "xlsx"):
        result = run("query", "actions", *DATA, "-o", tmp_path / f"tracker.{ending}")
        assert (result.exit_code, result.stdout) == (0, "")
    assert (tmp_path / "tracker.csv").read_text(encoding="utf-8").startswith("plan,section,ref,row,title,leads")
    sheet = openpyxl.load_workbook(tmp_path / "tracker.xlsx").active
    assert sheet is not None
    assert sheet["E2"].value == "Audit case files"


def test_an_ending_that_cannot_be_written_is_wrong_use(run: Run, tmp_path: Path) -> None:
    result = run("status", *DATA, "-o", tmp_path / "x.docx")
    assert result.exit_code == 2
    assert "use .csv, .xlsx or .json" in result.stderr


def test_text_that_begins_like_a_formula_stays_text_in_a_workbook(
    run: Run, tmp_path: Path, elmshire_copy: Path
) -> None:
    table = elmshire_copy / "2021" / "actions.csv"
    table.write_text(table.read_text().replace("Audit case files", "=HYPERLINK(1)"))
    run("query", "actions", "--data", elmshire_copy, "-o", tmp_path / "x.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "x.xlsx").active
    assert sheet is not None
    assert (sheet["E2"].value, sheet["E2"].data_type) == ("=HYPERLINK(1)", "s")


def test_check_finds_nothing_in_sound_data(run: Run) -> None:
    result = run("check", ELMSHIRE)
    assert (result.exit_code, result.stdout) == (0, "")


def test_check_says_file_row_column_and_remedy(run: Run, elmshire_copy: Path) -> None:
    table = elmshire_copy / "2021" / "relations.csv"
    table.write_text(table.read_text().replace("reports-to", "reports-too", 1))
    result = run("check", elmshire_copy)
    assert result.exit_code == 1
    assert (
        "elmshire/2021/relations.csv, row 3, column kind: this value is not known here; did you mean 'reports-to'?"
        in result.stdout
    )


def test_check_finds_a_reading_without_a_reason(run: Run, elmshire_copy: Path) -> None:
    table = elmshire_copy / "2021" / "relations.csv"
    table.write_text(table.read_text().replace("a panel is read as a subgroup", ""))
    result = run("check", elmshire_copy)
    assert result.exit_code == 1
    assert "panel-north-reports-to-quality" in result.stdout


def test_a_bad_folder_is_bad_input_with_every_error(run: Run, elmshire_copy: Path) -> None:
    table = elmshire_copy / "bodies.csv"
    table.write_text(table.read_text().replace(",board,", ",bord,").replace(",forum,", ",fourm,"))
    result = run("status", "--data", elmshire_copy)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.count("elmshire/bodies.csv") == 2


def test_data_and_endpoint_exclude_each_other(run: Run) -> None:
    result = run("status", *DATA, "--endpoint", "http://127.0.0.1:9/")
    assert result.exit_code == 2
    assert "exclude each other" in result.stderr


def test_a_day_is_given_day_first_or_as_iso(run: Run) -> None:
    assert "reports to Steering Group" in run("chain", "Training Sub-Group", *DATA, "--as-of", "30/09/2021").stdout
    assert "reports to Steering Group" not in run("chain", "Training Sub-Group", *DATA, "--as-of", "2021-10-01").stdout
    assert run("chain", "Training Sub-Group", *DATA, "--as-of", "2021").exit_code == 2


def test_a_day_that_no_plan_covers_is_said(run: Run) -> None:
    assert "no plan" in run("status", *DATA, "--as-of", "2030-01-01").stdout


@pytest.mark.parametrize("ending", ["html", "svg", "mmd"])
def test_draw_writes_each_kind_of_picture(run: Run, tmp_path: Path, ending: str) -> None:
    pytest.importorskip("pygraphviz")
    target = tmp_path / f"structure.{ending}"
    assert run("draw", "structure", *DATA, "-o", target).exit_code == 0
    text = target.read_text(encoding="utf-8")
    assert "Quality Group" in text
    assert "as the plan states, not confirmed since" in text


def test_a_structure_belongs_to_one_plan(run: Run, tmp_path: Path) -> None:
    result = run("draw", "structure", "-o", tmp_path / "x.svg")
    assert result.exit_code == 2
    assert "choose one with --plan" in result.stderr


def test_report_says_where_it_is_and_what_it_found(run: Run, tmp_path: Path) -> None:
    result = run("report", *DATA, "-o", tmp_path / "report")
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert lines[0] == f"the report is in {tmp_path / 'report' / 'index.html'}"
    assert len([line for line in lines if line.startswith("- ")]) == 3
    for page, text in (("index", "Elmshire Safeguarding Plan 2021-2022"), ("actions", "Audit case files"), ("actions", "line 13"),
                       ("actions", "date passed, result not stated"), ("reporting", "Round Table"), ("gaps", "Circles of reporting lines"),
                       ("learning", "files were not read together")):  # fmt: skip
        assert text in (tmp_path / "report" / f"{page}.html").read_text(encoding="utf-8"), text


def test_a_workbook_of_an_answer_says_what_a_reader_must_know(run: Run, tmp_path: Path) -> None:
    assert run("overlaps", "--topic", "neglect", "-o", tmp_path / "x.xlsx").exit_code == 0
    about = [row[0].value for row in openpyxl.load_workbook(tmp_path / "x.xlsx")["about"].iter_rows()]
    assert about[0] == "as the plan states, not confirmed since"
    assert any("no plan loaded" in str(line) for line in about)


def test_an_exported_folder_is_told_in_a_line(run: Run, tmp_path: Path) -> None:
    result = run("export", *DATA, "-o", tmp_path / "folder")
    files = sum(file.is_file() for file in (tmp_path / "folder").rglob("*"))
    assert result.stderr == f"wrote {tmp_path / 'folder'}: {files} files\n"


def test_lines_wider_than_a_terminal_break_between_words_and_are_indented(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "20")
    assert fitted("  one two three four five\nshort\n") == "  one two three four\n      five\nshort\n"


def test_a_name_that_only_other_plans_know_is_said_to_be_theirs(run: Run) -> None:
    result = run("chain", "PIQAG", "--plan", "norfolk-2020")
    assert result.exit_code == 2
    assert result.stderr == "Error: norfolk-2020 names nothing called 'PIQAG'; norfolk-2014, norfolk-2016 do\n"
