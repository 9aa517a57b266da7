"""Names of officials stand only in the people tables and leave the tool only when asked for."""

import csv
import re
import tarfile
import zipfile
from pathlib import Path

import pytest

from goldenthread.graph import queries
from goldenthread.graph.facts import read
from goldenthread.graph.sources import Redaction, spellings
from tests.conftest import ELMSHIRE, TEXTS, Run

PROJECT = Path(__file__).parent.parent
INITIALS = re.compile(r"[A-Z]{1,3}")


def full_names() -> list[str]:
    """Every spelling of every name in the built-in people tables, initials apart: DA is domestic abuse too."""
    names = [name for name in spellings(read([PROJECT / "data"])) if not INITIALS.fullmatch(name)]
    return sorted({*names, *(name.rsplit(" ", 1)[-1] for name in names if " " in name)})


NAMES = full_names()


def borne(text: str) -> set[str]:
    return {name for name in NAMES if re.search(rf"\b{re.escape(name)}\b", text)}


def test_there_are_names_to_look_for() -> None:
    assert len(NAMES) > 30


@pytest.mark.parametrize("file", [f for f in sorted(PROJECT.rglob("*.csv")) if {"data", "benchmarks", "examples"} & set(f.parts) and f.name != "people.csv" and ".venv" not in f.parts and "build" not in f.parts], ids=lambda f: "-".join(f.parts[-3:]))
def test_no_other_table_bears_a_name(file: Path) -> None:
    with open(file, encoding="utf-8", newline="") as opened:
        cells = [cell for row in csv.reader(opened) for cell in row]
    assert borne("\n".join(cells)) == set()


@pytest.mark.parametrize("name", queries.names())
def test_no_stored_query_gives_a_name(run: Run, name: str) -> None:
    result = run("query", name, "--format", "csv")
    assert result.exit_code == 0
    assert borne(result.stdout) == set()


@pytest.mark.parametrize("form", ["table", "csv", "json"])
@pytest.mark.parametrize("command", [("chain", "norfolk-2016 2.5"), ("show", "norfolk-2016 2.5"), ("show", "PIQAG"), ("find", "named person 3"), ("status",), ("gaps", "--all"), ("learning",), ("actions",), ("evidence", "norfolk-2014"), ("compare", "NSCB", "PPF")])
def test_no_command_gives_a_name(run: Run, command: tuple[str, ...], form: str) -> None:
    result = run(*command, "--format", form)
    assert result.exit_code in (0, 2)
    assert borne(result.output) == set()


def test_who_knows_a_name_finds_the_post_and_is_not_told_the_name(run: Run) -> None:
    result = run("find", "Quillon Ashgrove", "--data", ELMSHIRE)
    assert "Independent Chair (named person 1)" in result.stdout
    assert "Quillon" not in result.output


def test_no_name_is_suggested(run: Run) -> None:
    result = run("find", "Quillon Ashgrov", "--data", ELMSHIRE)
    assert result.stdout == "nothing found\n"
    assert "Ashgrove" not in result.stderr


def test_your_own_query_finds_no_name(run: Run) -> None:
    result = run("query", "-", "--format", "csv", given="SELECT DISTINCT ?o { ?s ?p ?o FILTER(isLiteral(?o)) }")
    assert result.stdout.count("\n") > 3000
    assert borne(result.stdout) == set()


def test_no_page_picture_or_file_bears_a_name(run: Run, tmp_path: Path) -> None:
    assert run("report", "-o", tmp_path / "report").exit_code == 0
    for ending in ("html", "svg", "mmd"):
        run("draw", "structure", "--plan", "norfolk-2020", "-o", tmp_path / f"structure.{ending}")
    run("query", "people", "-o", tmp_path / "people.xlsx")
    files = [file for file in tmp_path.rglob("*") if file.is_file()]
    assert len(files) > 400
    for file in files:
        if file.suffix == ".xz":
            with tarfile.open(file) as packed:
                parts = [packed.extractfile(member) for member in packed.getmembers()]
                text = "\n".join(part.read().decode() for part in parts if part)
            assert "Safeguarding" in text
        elif file.suffix == ".xlsx":
            with zipfile.ZipFile(file) as book:
                text = "\n".join(book.read(name).decode() for name in book.namelist())
        else:
            text = file.read_text(encoding="utf-8")
        assert borne(text) == set(), file.name


@pytest.mark.parametrize("target", ["plans.ttl", "plans.nq", "plans.jsonld", "plans.xlsx", "plans.graphml", "plans.gexf", "folder"])
def test_no_export_bears_a_name(run: Run, tmp_path: Path, target: str) -> None:
    assert run("export", "-o", tmp_path / target).exit_code == 0
    for file in (tmp_path / target).rglob("*") if target == "folder" else [tmp_path / target]:
        if file.suffix == ".xlsx":
            with zipfile.ZipFile(file) as book:
                text = "\n".join(book.read(name).decode() for name in book.namelist())
        else:
            text = file.read_text(encoding="utf-8") if file.is_file() else ""
        assert borne(text) == set(), file.name


def test_names_are_shown_when_asked_for(run: Run) -> None:
    assert borne(run("query", "people", "--with-names", "--format", "csv").stdout)
    assert "Quillon Ashgrove" in run("chain", "Quillon Ashgrove", "--data", ELMSHIRE, "--with-names").stdout


def test_a_printed_passage_shows_no_name(run: Run) -> None:
    shown = run("chain", "named person 1", "--data", ELMSHIRE, "--documents", TEXTS).stdout
    assert "[named person 1]" in shown
    assert "Quillon" not in shown
    assert "Quillon Ashgrove" in run("chain", "Quillon Ashgrove", "--data", ELMSHIRE, "--documents", TEXTS, "--with-names").stdout


def test_initials_are_taken_out_of_a_cell_of_leads_and_left_in_prose() -> None:
    redact = Redaction({"DA": "named person 1", "AM": "named person 2"})
    assert redact("Act\tDA/AM\tGroup") == "Act\t[named person 1]/[named person 2]\tGroup"
    assert redact("Act\tDA & Board\tGroup") == "Act\t[named person 1] & Board\tGroup"
    assert redact("supporting the DA Change Programme") == "supporting the DA Change Programme"
