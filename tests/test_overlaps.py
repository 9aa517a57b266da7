"""Overlaps: what pairs of rows are to each other, why, what was looked at first, and that people have the last word."""

import csv
import io
import json
import re
from dataclasses import replace
from pathlib import Path

import pytest

from goldenthread.graph import ontology
from goldenthread.graph.overlaps.answers import Wanted, as_text, overlaps
from goldenthread.graph.overlaps.finding import Overlap, comparable, found
from goldenthread.graph.overlaps.items import Item, items
from goldenthread.graph.overlaps.judgements import Judgement, merged, read, standing, write
from goldenthread.graph.overlaps.relationship import SHOWN, relationship
from goldenthread.graph.plans import Plans
from goldenthread.graph.tables import BadTables
from tests.conftest import Run

PPF = "Norfolk Public Protection Forum"


@pytest.fixture(scope="module")
def every(builtin: Plans) -> list[Overlap]:
    return found(builtin.engine)


def pair(every: list[Overlap], first: tuple[str, str], second: tuple[str, str]) -> Overlap:
    (one,) = [o for o in every if {(o.first.plan, o.first.key), (o.second.plan, o.second.key)} == {first, second}]
    return one


# what a pair is


def test_work_of_different_counties_is_comparable_and_never_duplicate(every: list[Overlap]) -> None:
    across = [one for one in every if one.first.partnership != one.second.partnership]
    assert len(across) > 50
    assert {one.kind for one in across} == {"comparable-elsewhere"}


def test_a_row_that_repeats_another_by_the_text_is_a_repeated_row_and_the_passage_is_cited(
    every: list[Overlap],
) -> None:
    one = pair(every, ("nottingham-2014", "2b.17"), ("nottingham-2014", "2b.22"))
    assert one.kind == "repeated-row"
    assert one.passage is not None
    assert (one.passage.document, one.passage.line) == ("nottingham-2014-2015.txt", "400; 405")


def test_what_a_plan_itself_joins_up_is_joint_by_design_whatever_else_it_is(every: list[Overlap]) -> None:
    one = pair(every, ("norfolk-2020", "1.21"), ("norfolk-2020", "2.22"))
    assert one.kind == "joint-by-design"
    assert one.passage is not None
    assert one.passage.line == "191; 228"


def test_the_forums_shared_priorities_are_joint_by_design_with_the_boards_own(every: list[Overlap]) -> None:
    one = pair(every, ("norfolk-2016", "ppf-2"), ("norfolk-2016", "enabler-5"))
    assert one.kind == "joint-by-design"
    assert one.passage is not None
    assert (one.passage.plan, one.passage.line) == ("norfolk-2016", "118")


def test_a_passage_about_one_plan_joins_no_row_of_another_and_none_that_it_does_not_speak_of(
    every: list[Overlap],
) -> None:
    joint = [one for one in every if one.kind == "joint-by-design"]
    assert all(one.first.plan == one.second.plan for one in joint)
    keys = {(one.first.plan, *sorted((one.first.key, one.second.key))) for one in joint}
    assert ("norfolk-2020", "1.21", "3.4") not in keys
    assert ("norfolk-2020", "shared-domestic-abuse", "shared-mental-health") not in keys


def test_a_later_plan_that_takes_up_an_aim_has_it_carried_over_by_its_own_words(every: list[Overlap]) -> None:
    one = pair(every, ("norfolk-2016", "local-offer"), ("norfolk-2020", "local-offer"))
    assert one.kind == "carried-over"
    assert one.passage is not None
    assert one.passage.line == "33"


def test_the_same_words_about_another_subject_are_not_the_same_action(every: list[Overlap]) -> None:
    one = pair(every, ("nottingham-2016", "3.2"), ("nottingham-2016", "8.2"))
    assert one.kind == "overlapping"
    assert pair(every, ("nottingham-2014", "3.13"), ("nottingham-2014", "3.14")).kind == "same-action-twice"


def test_oversight_and_delivery_needs_one_side_that_only_watches_and_one_that_does_not(every: list[Overlap]) -> None:
    watched = [one for one in every if one.kind == "oversight-and-delivery"]
    assert watched
    for one in watched:
        sides = [set(map(ontology.oversees, item.work)) for item in (one.first, one.second)]
        assert sorted(sides, key=str) == [{False}, {True}]


def test_a_whole_and_its_part_and_rows_of_one_section_are_no_overlap(every: list[Overlap]) -> None:
    for one in every:
        assert one.first.iri not in one.second.above
        assert one.second.iri not in one.first.above
        assert comparable(one.first, one.second) or one.passage


def test_a_passage_about_one_row_joins_no_unlike_rows(builtin: Plans) -> None:
    joint = [one for one in found(builtin.engine, at_least=0.05) if one.kind == "joint-by-design" and one.score < SHOWN]
    assert {frozenset((one.first.key, one.second.key)) for one in joint} == {frozenset(("1.8", "1.13"))}


def test_what_a_plan_joins_comes_whatever_its_score_and_a_list_of_many_joins_no_two(every: list[Overlap]) -> None:
    assert pair(every, ("norfolk-2020", "1.8"), ("norfolk-2020", "1.13")).kind == "joint-by-design"
    forum = [one for one in every if one.first.key.startswith("ppf-") and one.second.key.startswith("ppf-")]
    assert all(one.score >= SHOWN for one in forum)


def test_every_pair_says_why_and_every_relationship_is_one_of_the_ontology(every: list[Overlap]) -> None:
    assert all(one.reasons for one in every)
    assert {one.kind for one in every} <= set(ontology.notations("overlap"))
    assert all(0 <= one.score <= 1 for one in every)
    below = [one for one in every if one.score < SHOWN]
    assert below
    assert all(one.passage or one.kind == "same-action-twice" for one in below)


def test_a_reading_says_so_and_a_stated_one_cites_its_passage(every: list[Overlap]) -> None:
    for one in every:
        assert bool(one.passage) != bool(one.relationship.reading)


def test_duplicates_have_other_owners_at_the_same_time(builtin: Plans) -> None:
    class Silent:
        def of_both(self, first: Item, second: Item) -> None: ...
        def repeated(self, first: Item, second: Item) -> None: ...
        def taken_up(self, first: Item, second: Item) -> None: ...
        def shared(self, first: Item, second: Item) -> None: ...

    row = next(one for one in items(builtin.engine) if one.key == "2.3" and one.plan == "norfolk-2016")
    other = replace(row, iri="x", key="9.9", section="9", title="Something else", leads=("Another lead",), groups=())
    said = Silent()
    assert relationship(row, other, 0.9, said).kind == "possible-duplication"  # type: ignore[arg-type]
    assert relationship(row, replace(other, leads=row.leads, groups=row.groups), 0.9, said).kind == "overlapping"  # type: ignore[arg-type]
    assert relationship(row, other, 0.55, said).kind == "overlapping"  # type: ignore[arg-type]
    assert relationship(row, replace(other, since="2030-01-01"), 0.9, said).kind == "carried-over"  # type: ignore[arg-type]
    assert relationship(row, replace(other, partnership="elsewhere"), 0.9, said).kind == "comparable-elsewhere"  # type: ignore[arg-type]


# what was looked at


def test_every_answer_begins_with_what_was_looked_at(run: Run) -> None:
    lines = run("overlaps", "--between", "NSCB", "--and", "Public Protection Forum").stdout.splitlines()
    assert lines[0] == "what was looked at"
    assert lines[1] == f"  {PPF}: 6 priorities of it named in norfolk-2016; no plan loaded of its own"
    (silent,) = [line for line in lines if "known only by mention" in line]
    assert "no plan loaded (8 of 13)" in silent
    for board in ("Norfolk Safeguarding Adults Board", "YOT Partnership Board", "MAPPA Strategic Management Board"):
        assert board in silent


def test_coverage_goes_to_standard_error_where_the_answer_is_data(run: Run) -> None:
    result = run("overlaps", "--topic", "neglect", "--format", "json")
    assert json.loads(result.stdout)
    assert "no plan loaded" in result.stderr


def test_nothing_found_says_what_was_looked_at_all_the_same(run: Run) -> None:
    result = run("overlaps", "--topic", "poverty", "--min-score", "1")
    assert result.stdout.startswith("what was looked at\n")
    assert "no overlap found among what is loaded" in result.stdout


# asking


def test_in_json_each_pair_has_two_sides_with_their_places(run: Run) -> None:
    (first, *_) = json.loads(run("overlaps", "--relationship", "repeated-row", "--format", "json").stdout)
    assert {"a", "b", "relationship", "score", "reasons"} <= set(first)
    for side in (first["a"], first["b"]):
        assert {"type", "plan", "section", "ref", "title", "document", "line"} <= set(side)
    assert (first["a"]["type"], first["relationship"]) == ("action", "repeated-row")


def test_all_gives_every_pair_above_zero(run: Run) -> None:
    default = json.loads(run("overlaps", "--plan", "norfolk-2014", "--format", "json").stdout)
    whole = json.loads(run("overlaps", "--plan", "norfolk-2014", "--all", "--format", "json").stdout)
    assert len(whole) > 5 * len(default) > 0
    assert all(one["score"] >= SHOWN or one["acknowledged"] for one in default)
    keys = {(one["a"]["key"], one["b"]["plan"], one["b"]["key"]) for one in whole}
    assert len(keys) == len(whole)


def test_filters_narrow_the_answer(run: Run) -> None:
    rows = list(
        csv.DictReader(
            io.StringIO(run("overlaps", "--topic", "Neglect", "--min-score", "0.6", "--format", "csv").stdout)
        )
    )
    assert rows
    assert all(float(row["score"]) >= 0.6 and "Neglect" in row["reasons"] for row in rows)
    (kind,) = {
        row["relationship"]
        for row in csv.DictReader(
            io.StringIO(run("overlaps", "--relationship", "carried-over", "--format", "csv").stdout)
        )
    }
    assert kind == "carried-over"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--relationship", "duplicate"), "there is no relationship 'duplicate'; they are possible-duplication,"),
        (("--topic", "weather"), "there is no topic 'weather'; they are accountability,"),
        (("--and", "NSCB"), "--and goes with --between"),
        (("--min-score", "nan"), "--min-score is a number from 0 to 1"),
        (("--judgements", "typo.csv"), "there is no such table of verdicts"),
        (("--between", "Nobody at all"), "nothing here is called 'Nobody at all'"),
    ],
)
def test_a_wrong_question_names_what_can_be_asked(run: Run, arguments: tuple[str, str], said: str) -> None:
    result = run("overlaps", *arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert said in result.stderr


def test_nothing_is_recommended(builtin: Plans) -> None:
    text = as_text(overlaps(builtin, Wanted()), whole=True).casefold()
    assert re.findall(r"\b(?:merge[rd]?|should be (?:one|joined)|we recommend|abolish)\b", text) == []


# in the graph


def test_the_computed_graph_holds_what_is_shown_by_default(builtin: Plans, every: list[Overlap]) -> None:
    answer = builtin.rows("overlaps")
    at = {column: index for index, column in enumerate(answer.columns)}
    stored = {(row[at["first"]], row[at["second"]], row[at["relationship"]]) for row in answer.rows}
    assert stored == {(one.first.iri, one.second.iri, one.kind) for one in every}
    assert all(row[at["line"]] and row[at["other_line"]] for row in answer.rows)


# people have the last word

KNOWN = Judgement("norfolk-2016", "1.2", "norfolk-2020", "1.3", "different", "no", "ann", "2026-01-01T10:00:00+00:00")


def test_a_pair_judged_different_does_not_come_back(run: Run, tmp_path: Path) -> None:
    table = tmp_path / "verdicts.csv"

    def keys(*given: str | Path) -> set[tuple[str, str]]:
        pairs = json.loads(run("overlaps", "--topic", "neglect", "--format", "json", *given).stdout)
        return {(one["a"]["key"], one["b"]["key"]) for one in pairs}

    assert ("1.2", "1.3") in keys()
    judged = run(
        "judge",
        "norfolk-2016 1.2",
        "norfolk-2020 1.3",
        "different",
        "--why",
        "another strategy",
        "--by",
        "ann",
        "--judgements",
        table,
    )
    assert (judged.exit_code, judged.stdout) == (0, f"1 verdict is in {table}\n")
    assert ("1.2", "1.3") not in keys("--judgements", table)


def test_a_pair_judged_the_same_comes_first_whatever_its_score(builtin: Plans) -> None:
    far = Judgement(
        "norfolk-2014", "1.1", "norfolk-2014", "4.4", "same", "one piece of work", "ann", "2026-01-01T10:00:00+00:00"
    )
    answer = overlaps(builtin, Wanted(plan="norfolk-2014"), judgements=[far])
    (one,) = [o for o in answer.overlaps if o.judgement]
    assert (one.score, one.judgement) == (1.0, far)
    assert "judged same by ann: one piece of work" in as_text(answer, whole=True)


@pytest.mark.parametrize(
    ("first", "second", "verdict", "kind"),
    [
        (("norfolk-2016", "hwb-wellbeing"), ("norfolk-2016", "vision"), "same", "possible-duplication"),
        (("norfolk-2016", "1.2"), ("norfolk-2020", "1.14"), "same", "carried-over"),
        (("norfolk-2014", "pr-neglect"), ("norfolk-2016", "pr-neglect"), "by-design", "joint-by-design"),
        (("norfolk-2020", "1.21"), ("norfolk-2020", "2.22"), "overlap", "overlapping"),
        (("norfolk-2014", "1.3"), ("nottingham-2016", "5.3"), "same", "comparable-elsewhere"),
    ],
)
def test_a_verdict_settles_what_a_pair_is_called(
    builtin: Plans, first: tuple[str, str], second: tuple[str, str], verdict: str, kind: str
) -> None:
    judged = Judgement(*first, *second, verdict, "read side by side", "ann", "2026-01-01T10:00:00+00:00")
    (one,) = [o for o in overlaps(builtin, Wanted(), judgements=[judged]).overlaps if o.judgement]
    assert one.kind == kind


def test_a_body_without_a_plan_is_not_answered_for(run: Run) -> None:
    text = run("overlaps", "--between", "NSCB", "--and", "Norfolk Safeguarding Adults Board").stdout
    assert "this cannot be answered: no plan of Norfolk Safeguarding Adults Board is loaded" in text
    assert "no overlap found" not in text


def test_a_reading_is_printed_and_a_relationship_may_be_asked_by_its_heading(run: Run) -> None:
    text = run("overlaps", "--relationship", "possible duplication").stdout
    assert "our reading: alike in subject, work and wording, and not the same owners" in text


def test_a_later_verdict_takes_the_place_of_an_earlier_one_which_stays(tmp_path: Path) -> None:
    later = replace(KNOWN, verdict="overlap", why="on reflection", when="2026-02-01T10:00:00+00:00")
    write(tmp_path / "v.csv", [later, KNOWN])
    assert read(tmp_path / "v.csv") == [KNOWN, later]
    addresses = {("norfolk-2016", "1.2"): "a", ("norfolk-2020", "1.3"): "b"}
    assert standing(read(tmp_path / "v.csv"), addresses) == {frozenset("ab"): later}


def test_two_peoples_tables_merge_without_loss_and_each_row_once(run: Run, tmp_path: Path) -> None:
    other = replace(KNOWN, who="ben", verdict="same", when="2026-01-02T10:00:00+00:00")
    write(tmp_path / "ann.csv", [KNOWN])
    write(tmp_path / "ben.csv", [KNOWN, other])
    assert run("judge", "--merge", tmp_path / "ben.csv", "--judgements", tmp_path / "ann.csv").exit_code == 0
    assert read(tmp_path / "ann.csv") == merged([KNOWN], [other])


def test_a_verdict_on_rows_that_are_not_loaded_changes_nothing() -> None:
    assert standing([KNOWN], {("norfolk-2016", "1.2"): "a"}) == {}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a,b\n1,2\n", "a table of verdicts has the columns plan, key"),
        (
            f"{','.join(Judgement.__slots__)}\np,1,q,2,perhaps,w,ann,2026-01-01\n",
            "use one of same, overlap, different, by-design",
        ),
        (f"{','.join(Judgement.__slots__)}\np,1,q,2,same,w,,2026-01-01\n", "column who: the cell is empty"),
        (f"{','.join(Judgement.__slots__)}\np,1,q,2,same,w,ann,yesterday\n", "write a date and time such as"),
        (f"{','.join(Judgement.__slots__)}\np,1,q,2,same\n", "the row has 5 cells, the header 8"),
    ],
)
def test_a_table_of_verdicts_that_is_none_says_why(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "v.csv").write_text(text, encoding="utf-8")
    with pytest.raises(BadTables, match=said):
        read(tmp_path / "v.csv")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("norfolk-2016 1.2", "norfolk-2020 1.3", "same"), "--why"),
        (("norfolk-2016 1.2", "norfolk-2016 1.2", "same", "--why", "x"), "are the same row"),
        (("norfolk-2016 1.2", "norfolk-2020 1.3", "same", "--why", "  "), "--why"),
        ((), "name two rows and a verdict"),
        (("norfolk-2016 99.9", "norfolk-2016 1.2", "same", "--why", "x"), "nothing here is called"),
    ],
)
def test_a_verdict_that_lacks_something_is_wrong_use_and_writes_nothing(
    run: Run, tmp_path: Path, arguments: tuple[str, ...], said: str
) -> None:
    result = run("judge", *arguments, "--judgements", tmp_path / "v.csv")
    assert result.exit_code == 2
    assert said in result.stderr
    assert not (tmp_path / "v.csv").exists()
