"""Questions of a reader who had not seen the tables: the product gives the answers that stand in the plans.

`tests/questions/<plan>.csv` holds a question a row: the blind reader's `answer` and `lines`, and how goldenthread is
asked the same. `command` is its arguments; `where` says which rows of its CSV answer, as conditions joined by ` & `:
`column=cell`, `column!=cell`, `column~part of the cell`, `column!~no part of it`, `column has one of its "; " parts`,
`column<text` and `column>text` (an empty cell is neither). `column` holds the answer, several columns are `one+two`
and their cells `one | two`, `#` is the number of rows. `expected` and `cited` are all values and all lines of those
rows; a `cited` of `*` stands for lines too many to list. What the plan does not say (`stated` is no) has no row, or
an empty cell, or a cell that says "not stated".
"""

import csv
import io
import re
import shlex
from collections import Counter
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import pytest
from click.testing import CliRunner

from goldenthread.graph.cli import main
from tests.conftest import Run

FOLDER = Path(__file__).parent / "questions"
COLUMNS = ["number", "question", "stated", "answer", "lines", "command", "where", "column", "expected", "cited", "note"]
Row = dict[str, str]


def read(file: Path) -> list[Row]:
    with open(file, encoding="utf-8", newline="") as opened:
        return list(csv.DictReader(opened))


FILES = sorted(FOLDER.glob("*.csv"))
QUESTIONS = [question for file in FILES for question in read(file)]
CONDITION = re.compile(r"(?P<column>[a-z_]+)\s*(?P<operator>!=|!~|=|~|<|>| has )\s*(?P<value>.*)", re.DOTALL)
NEXT = re.compile(r" & (?=[a-z_]+\s*(?:!=|!~|=|~|<|>| has ))")


def parts(text: str) -> list[str]:
    return [part for part in text.split("; ") if part]


def holds(row: Row, condition: str) -> bool:
    match = CONDITION.fullmatch(condition.strip())
    assert match, f"no condition: {condition}"
    cell, value = row[match["column"]], match["value"]
    return {
        "=": cell == value,
        "!=": cell != value,
        "~": value in cell,
        "!~": value not in cell,
        "<": cell != "" and cell < value,
        ">": cell != "" and cell > value,
        "has": value in parts(cell),
    }[match["operator"].strip()]


@cache
def rows(command: str) -> list[Row]:
    """Run a goldenthread command and return the rows that it prints; many questions share one."""
    result = CliRunner().invoke(main, [*shlex.split(command), "--format", "csv"])
    assert result.exit_code == 0, result.output
    return list(csv.DictReader(io.StringIO(result.stdout)))


def matched(question: Row) -> list[Row]:
    conditions = NEXT.split(question["where"]) if question["where"] else []
    return [row for row in rows(question["command"]) if all(holds(row, condition) for condition in conditions)]


def value(row: Row, column: str) -> str:
    return " | ".join(row[name] for name in column.split("+"))


def numbers(lines: Iterable[str]) -> set[int]:
    found: set[int] = set()
    for passage in lines:
        first, _, last = passage.partition("-")
        found.update(range(int(first), int(last or first) + 1))
    return found


@pytest.mark.parametrize("question", QUESTIONS, ids=[question["number"] for question in QUESTIONS])
def test_the_product_answers_as_the_blind_reader(question: Row) -> None:
    found, column = matched(question), question["column"]
    if question["stated"] == "no":
        cells = [row[name] for row in found for name in column.split("+")]
        assert [cell for cell in cells if cell and "not stated" not in cell] == []
    elif column == "#":
        assert str(len(found)) == question["expected"]
    else:
        assert found, "no row answers"
        assert {part for row in found for part in parts(value(row, column))} == set(parts(question["expected"]))


@pytest.mark.parametrize("question", QUESTIONS, ids=[question["number"] for question in QUESTIONS])
def test_the_product_cites_the_passage_that_says_so(question: Row) -> None:
    cited = {line for row in matched(question) for line in parts(row.get("line", ""))}
    if question["cited"] != "*":
        assert cited == set(parts(question["cited"]))
    if cited and question["lines"]:
        assert numbers(cited) & numbers(parts(question["lines"]))


@pytest.mark.parametrize(
    "question",
    [question for question in QUESTIONS if question["stated"] == "no"],
    ids=lambda question: question["number"],
)
def test_what_is_not_stated_is_asked_of_things_that_are_there(question: Row) -> None:
    """No row must answer because there is none, not because a condition is misspelt."""
    names = {row["name"] for row in rows("query names")}
    exact = [part for part in NEXT.split(question["where"]) if re.match(r"[a-z_]+(=| has )", part)]
    met = [any(holds(row, part) for row in rows(question["command"])) for part in exact]
    assert [
        part for part, is_met in zip(exact, met, strict=True) if not is_met and part.split("=")[-1] not in names
    ] == []


def test_what_is_stated_has_an_expected_answer_and_what_is_not_has_none() -> None:
    assert {question["stated"] for question in QUESTIONS} == {"yes", "no"}
    assert [
        question["number"] for question in QUESTIONS if (question["stated"] == "yes") != bool(question["expected"])
    ] == []


def test_there_are_questions_enough() -> None:
    plans = Counter(question["number"].rsplit("-", 1)[0] for question in QUESTIONS)
    assert len(QUESTIONS) >= 100
    assert [plan for plan, questions in plans.items() if questions < 20] == []
    assert sum(question["stated"] == "no" for question in QUESTIONS) >= 20


@pytest.mark.parametrize("file", FILES, ids=[file.stem for file in FILES])
def test_every_file_is_well_formed(file: Path) -> None:
    with open(file, encoding="utf-8", newline="") as opened:
        header, *lines = csv.reader(opened)
    assert header == COLUMNS
    assert [line for line in lines if len(line) != len(header)] == []
    assert [line[0] for line in lines if not line[0].startswith(f"{file.stem}-")] == []


def test_no_number_is_given_twice() -> None:
    assert [
        number for number, times in Counter(question["number"] for question in QUESTIONS).items() if times > 1
    ] == []


def test_the_plans_asked_about_are_those_that_are_loaded(run: Run) -> None:
    loaded = list(csv.DictReader(io.StringIO(run("query", "plans", "--format", "csv").stdout)))
    assert {file.stem for file in FILES} == {plan["plan"] for plan in loaded}


def test_no_question_or_answer_bears_a_name() -> None:
    from tests.test_names_of_people import borne

    assert borne("\n".join(cell for question in QUESTIONS for cell in question.values())) == set()
