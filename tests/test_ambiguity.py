"""Names that mean several things: every candidate is listed with its plans, and none is chosen."""

import csv
import io

import pytest

from tests.conftest import Run


def candidates(run: Run, name: str) -> set[tuple[str, str]]:
    rows = csv.DictReader(io.StringIO(run("find", name, "--format", "csv").stdout))
    return {(row["address"], row["plans"]) for row in rows}


def test_the_board_is_a_board_of_either_county(run: Run) -> None:
    found = {address for address, _ in candidates(run, "Board")}
    assert {"norfolk/body/nscb", "norfolk/body/nscp", "nottingham/body/ncscb", "nottingham/body/boards"} <= found


def test_ah_is_a_person_in_one_plan_and_a_case_in_another(run: Run) -> None:
    assert candidates(run, "AH") == {("norfolk/person/p25", "norfolk-2014"), ("norfolk/review/case-ah", "norfolk-2020")}


@pytest.mark.parametrize("command", ["chain", "show"])
@pytest.mark.parametrize("name", ["AH", "Board", "SPRG", "Task and finish group"])
def test_an_ambiguous_name_is_never_chosen_for(run: Run, command: str, name: str) -> None:
    result = run(command, name)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "may be one of several" in result.stderr


def test_several_task_and_finish_groups_bear_one_name(run: Run) -> None:
    found = {address for address, _ in candidates(run, "Task and finish group")}
    assert {
        "nottingham/body/self-harm-task-group",
        "nottingham/body/physical-abuse-task-group",
        "nottingham/body/e-safety-task-group",
    } <= found


@pytest.mark.parametrize(
    ("name", "address", "plans"),
    [
        ("NSCB", "norfolk/body/nscb", "norfolk-2014; norfolk-2016; norfolk-2020"),
        ("SCRG", "norfolk/body/scrg", "norfolk-2014; norfolk-2016"),
        ("WDG", "norfolk/body/wfdg", "norfolk-2014; norfolk-2016; norfolk-2020"),
        ("WFDG", "norfolk/body/wfdg", "norfolk-2014; norfolk-2016; norfolk-2020"),
        ("QA group", "nottingham/body/qa-subgroup", "nottingham-2014"),
        ("OMB", "nottingham/body/omg", "nottingham-2014"),
    ],
)
def test_a_name_of_one_thing_comes_with_its_plans(run: Run, name: str, address: str, plans: str) -> None:
    assert candidates(run, name) == {(address, plans)}


def test_a_review_reports_to_nobody(run: Run) -> None:
    result = run("chain", "Case AF")
    assert result.exit_code == 2
    assert "a review, which reports to nobody" in result.stderr
