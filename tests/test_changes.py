"""What changed between two plans: what the plans tell, who is first and no longer named, what is not covered."""

import csv
import io

import pytest

from goldenthread.graph.folding import fold
from goldenthread.graph.plans import Plans
from tests.conftest import Run


def kinds(plans: Plans, earlier: str, later: str) -> dict[str, list[dict[str, object]]]:
    found: dict[str, list[dict[str, object]]] = {}
    for row in plans.changes(earlier, later):
        found.setdefault(str(row["kind"]), []).append(dict(row))
    return found


def test_a_reporting_line_that_moved_is_told_with_its_line(builtin: Plans) -> None:
    moved = kinds(builtin, "norfolk-2014", "norfolk-2016")["moved"]
    assert [(row["basis"], row["evidence"]) for row in moved] == [("stated", "norfolk-2016-2018.txt line 125")]
    assert "CYP Strategic Partnership" in str(moved[0]["what"])


def test_a_priority_that_is_kept_has_evidence_in_both_plans(builtin: Plans) -> None:
    kept = kinds(builtin, "norfolk-2014", "norfolk-2016")["kept"]
    (neglect,) = [row for row in kept if "neglect" in str(row["what"])]
    assert "norfolk-2014-2016.txt line 59" in str(neglect["evidence"])
    assert "norfolk-2016-2018.txt line 125" in str(neglect["evidence"])


def test_a_board_replaced_by_a_partnership_is_two_bodies_joined_by_an_event(builtin: Plans) -> None:
    replaced = kinds(builtin, "norfolk-2016", "norfolk-2020")["replaced"]
    assert any("children's board gives way" in str(row["what"]) for row in replaced)
    assert builtin.one("norfolk/body/nscb").iri != builtin.one("norfolk/body/nscp").iri


def test_adults_are_outside_the_later_nottingham_plan_and_not_dropped(builtin: Plans) -> None:
    not_covered = kinds(builtin, "nottingham-2014", "nottingham-2016")["not-covered"]
    said = " ".join(str(row["what"]) for row in not_covered)
    assert "What concerns adults only is outside its scope" in said
    assert "Nottingham City Adult Safeguarding Partnership Board" in said


def test_who_is_no_longer_named_is_not_said_to_have_ended(builtin: Plans) -> None:
    gone = kinds(builtin, "norfolk-2014", "norfolk-2016")["no-longer-named"]
    (shadow,) = [row for row in gone if "Shadow Board" in str(row["what"])]
    assert shadow["what"] == "Shadow Board, not named in norfolk-2016"


@pytest.mark.parametrize(
    ("pair", "name"),
    [
        (("norfolk-2016", "norfolk-2020"), "Local Authority"),
        (("norfolk-2016", "norfolk-2020"), "Health"),
        (("norfolk-2014", "norfolk-2020"), "Education"),
    ],
)
def test_a_name_that_the_later_plan_has_for_another_body_is_not_said_to_be_missing(
    builtin: Plans, pair: tuple[str, str], name: str
) -> None:
    assert not [row for row in builtin.changes(*pair) if str(row["what"]).startswith(f"{name}, not ")]


def test_a_body_one_of_whose_names_the_other_plan_has_comes_with_that_name_and_its_lines(builtin: Plans) -> None:
    first = kinds(builtin, "norfolk-2016", "norfolk-2020")["first-named"]
    (group,) = [row for row in first if "Clinical Commissioning Group" in str(row["what"])]
    assert group["what"] == "Norfolk & Waveney Clinical Commissioning Group, not by this name in norfolk-2016"
    assert group["basis"] == "inferred"
    assert group["reason"] == 'norfolk-2016 has the name "Health", read there as Health, Health Advisory Group'
    assert "norfolk-2016-2018.txt line 59" in str(group["evidence"])


def test_no_body_is_said_not_to_be_named_where_the_other_plan_has_a_name_of_it(builtin: Plans) -> None:
    called: dict[str, set[str]] = {}
    for row in builtin.table("mentions"):
        names = {fold(str(row["called"])), fold(str(row["given_abbreviation"] or ""))} - {""}
        called.setdefault(str(row["plan"]), set()).update(names)
    bodies = {(row["plan"], row["name"]): row for row in builtin.table("bodies")}
    rows = [row for row in builtin.table("changes") if row["kind"] in ("first-named", "no-longer-named")]
    asked = 0
    for row in rows:
        here, there = (row["later"], row["earlier"]) if row["kind"] == "first-named" else (row["earlier"], row["later"])
        name, missing, _ = str(row["what"]).rpartition(f", not named in {there}")
        if missing:
            body = bodies[here, name]
            own = (name, *str(body["called"]).split("; "), *str(body["abbreviation"] or "").split("; "))
            assert not {fold(one) for one in own} & called[str(there)], row
            asked += 1
    assert len(rows) > asked > 100


def test_plans_two_steps_apart_are_compared_too(builtin: Plans) -> None:
    assert "moved" in kinds(builtin, "norfolk-2014", "norfolk-2020")


def test_plans_of_different_partnerships_are_not_compared(run: Run) -> None:
    result = run("changes", "norfolk-2016", "nottingham-2016")
    assert result.exit_code == 2
    assert "not two plans of one partnership" in result.stderr


@pytest.mark.parametrize(
    ("pair", "word"),
    [(("norfolk-2016", "norfolk-2014"), "name the earlier plan first"), (("norfolk-2016", "x"), "the plans are")],
)
def test_a_wrong_pair_is_explained(run: Run, pair: tuple[str, str], word: str) -> None:
    result = run("changes", *pair)
    assert result.exit_code == 2
    assert word in result.stderr


def test_changes_as_csv_have_the_fixed_columns_first(run: Run) -> None:
    result = run("changes", "norfolk-2014", "norfolk-2016", "--format", "csv")
    header = next(csv.reader(io.StringIO(result.stdout)))
    assert header[:6] == ["earlier", "later", "kind", "what", "basis", "evidence"]
