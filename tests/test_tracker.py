"""The action tracker, the threads of learning, the records to ask for, and two bodies side by side."""

import csv
import io
import json
import re
from itertools import pairwise
from pathlib import Path

import pytest

from goldenthread.graph.bodies_compared import ORDER, SAID, TOLD, compare_bodies
from goldenthread.graph.evidence import evidence
from goldenthread.graph.plans import Plans, open_plans
from goldenthread.graph.tracker import COLUMNS, PASSED, Wanted, tracker
from tests.conftest import ELMSHIRE, Run

DATA = ("--data", ELMSHIRE)


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def edit(table: Path, *changes: tuple[str, str]) -> None:
    text = table.read_text(encoding="utf-8")
    for before, after in changes:
        assert before in text
        text = text.replace(before, after)
    table.write_text(text, encoding="utf-8")


def add(table: Path, *lines: str) -> None:
    table.write_text(table.read_text(encoding="utf-8") + "".join(f"{line}\n" for line in lines), encoding="utf-8")


@pytest.fixture
def furnished(elmshire_copy: Path) -> Path:
    """The invented partnership with a rating, a result, a second priority and a review that nothing follows."""
    year = elmshire_copy / "2021"
    edit(
        year / "actions.csv",
        ("01/09/21,,,,,,,,case-q", "01/09/21,,,,,Green,,,case-q"),
        ("Ongoing,,,,blank,,,,case-q", "Ongoing,,,,blank,,told at the forum,,case-q"),
        ("1.4,1,,4,s1,", "1.4,1,,4,s2,"),
    )
    add(year / "priorities.csv", "s2,2,Better figures,section,,,,,,,data-performance,,,,,16,")
    add(elmshire_copy / "reviews.csv", "case-r,Case R,,serious-case-review,")
    add(year / "mentions.csv", "case-r,Case R,,,,,,,12,")
    return elmshire_copy


def listed(run: Run, *options: str, data: Path = ELMSHIRE) -> list[str]:
    result = run("actions", "--data", data, *options, "--format", "csv")
    assert result.exit_code == 0
    return [row["action"] for row in rows(result.stdout)]


# the tracker, narrowed


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ((), ["1.1", "1.2", "1.3", "1.4"]),
        (("--lead", "Quality Officer"), ["1.1"]),
        (("--lead", "QO"), ["1.1"]),
        (("--lead", "named person 3"), ["1.4"]),
        (("--lead", "Jory Penhallow"), ["1.4"]),
        (("--lead", "All partners"), ["1.2"]),
        (("--lead", "Quality Group"), []),
        (("--group", "Quality Group"), ["1.1", "1.4"]),
        (("--group", "TSG"), ["1.2"]),
        (("--group", "Quality Officer"), []),
        (("--priority", "Learning from Case Q"), ["1.1", "1.2", "1.3"]),
        (("--priority", "Better figures"), ["1.4"]),
        (("--topic", "procedures"), ["1.3"]),
        (("--topic", "Audit and quality assurance"), ["1.1"]),
        (("--topic", "learning-FROM-reviews"), ["1.2"]),
        (("--rag", "green"), ["1.1"]),
        (("--rag", "Red"), []),
        (("--due-before", "2021-09-02"), ["1.1"]),
        (("--due-before", "2021-09-01"), []),
        (("--due-before", "2022-06-01"), ["1.1", "1.4"]),
        (("--due-before", "2022-05-31"), ["1.1"]),
        (("--due-after", "28/02/2022"), ["1.4"]),
        (("--due-after", "2022-03-01"), []),
        (("--carry-forward",), ["1.3", "1.4"]),
        (("--plan", "elmshire-2021"), ["1.1", "1.2", "1.3", "1.4"]),
        (("--group", "Quality Group", "--lead", "named person 3"), ["1.4"]),
        (("--group", "Quality Group", "--due-before", "2022-01-01"), ["1.1"]),
        (("--group", "Quality Group", "--carry-forward"), ["1.4"]),
        (("--priority", "Learning from Case Q", "--topic", "audit", "--rag", "Green"), ["1.1"]),
        (("--lead", "Quality Officer", "--group", "Training Sub-Group"), []),
    ],
    ids=" ".join,
)  # fmt: skip
def test_the_tracker_gives_the_actions_that_fit_every_option(
    run: Run, furnished: Path, options: tuple[str, ...], expected: list[str]
) -> None:
    assert listed(run, *options, data=furnished) == expected


def test_a_day_leaves_out_plans_that_do_not_cover_it(run: Run) -> None:
    def asked(day: str) -> set[str]:
        return {row["plan"] for row in rows(run("actions", "--as-of", day, "--format", "csv").stdout)}

    assert asked("2015-01-01") == {"norfolk-2014", "nottingham-2014"}
    assert asked("2017-06-01") == {"norfolk-2016", "nottingham-2016"}


def test_an_unknown_topic_is_wrong_use_and_names_those_there_are(run: Run, elmshire: Plans) -> None:
    result = run("actions", *DATA, "--topic", "neglekt")
    assert (result.exit_code, result.stdout) == (2, "")
    known = result.stderr.strip().removeprefix("Error: there is no topic 'neglekt'; they are ")
    assert known.split(", ") == sorted(elmshire.words("topic"))


@pytest.mark.parametrize("option", ["--lead", "--group", "--priority"])
def test_an_unknown_name_is_wrong_use(run: Run, option: str) -> None:
    result = run("actions", *DATA, option, "Lerning from Case Q")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "nothing here is called 'Lerning from Case Q'" in result.stderr


def test_a_name_of_several_is_wrong_use_and_lists_them(run: Run) -> None:
    result = run("actions", *DATA, "--group", "panel")
    assert result.exit_code == 2
    assert "elmshire/body/panel-north" in result.stderr


@pytest.mark.parametrize("option", ["--due-before", "--due-after"])
def test_a_due_day_is_one_day(run: Run, option: str) -> None:
    result = run("actions", *DATA, option, "2021")
    assert result.exit_code == 2
    assert "not one day" in result.stderr


# how an action stands


@pytest.mark.parametrize(
    ("day", "audit", "report"),
    [
        ("2021-08-31", "due", "due"),
        ("2021-09-01", "due now", "due"),
        ("2021-09-02", PASSED, "due"),
        ("2022-02-28", PASSED, "due"),
        ("2022-03-01", PASSED, "due now"),
        ("2022-03-31", PASSED, "due now"),
    ],
)
def test_a_date_stands_on_its_day_and_passes_without_a_result(
    elmshire: Plans, day: str, audit: str, report: str
) -> None:
    table = tracker(elmshire, Wanted(), day=day)
    assert table.notes == (f"standing on {day}",)
    assert table.columns == COLUMNS
    assert [row["standing"] for row in table] == [audit, "recurring", "no date: left blank", report]


def test_without_a_day_an_action_stands_as_it_does_today(elmshire: Plans) -> None:
    assert [row["standing"] for row in tracker(elmshire, Wanted())] == [
        PASSED, "recurring", "no date: left blank", PASSED,
    ]  # fmt: skip


def test_what_the_row_says_of_its_result_comes_before_the_date(furnished: Path) -> None:
    standing = [row["standing"] for row in tracker(open_plans(furnished), Wanted(), day="2022-03-31")]
    assert standing == [
        "as the row says: Green", "as the row says: told at the forum", "no date: left blank", "due now",
    ]  # fmt: skip


def test_nothing_is_taken_for_done_or_late(run: Run) -> None:
    text = run("actions", *DATA).stdout.casefold()
    assert not re.search(r"\b(overdue|late|done|complete|completed|failed|missed)\b", text)


def test_the_tracker_in_text_says_who_by_when_and_where_it_says_so(run: Run) -> None:
    text = run("actions", *DATA, "--as-of", "2021-10-01").stdout
    assert text.startswith(
        "elmshire-2021, as the plan states, not confirmed since; standing on 2021-10-01\n"
        "  1.1  Audit case files\n"
        "       lead: Quality Officer; named person 2, post not stated\n"
        "       group: Quality Group\n"
        "       date: 01/09/21 (date passed, result not stated)\n"
        "       measured by: Findings shared; Ten files audited\n"
        "       topics, read: audit\n"
        "       elmshire.txt line 13\n"
    )
    assert "  1.3  Revise the Lantern Plan\n       measured by: Plan approved\n       no date: left blank\n" in text
    assert text.endswith("\n4 actions\n")


def test_every_action_of_the_tracker_is_cited(run: Run) -> None:
    listed = json.loads(run("actions", *DATA, "--format", "json").stdout)
    assert [(row["plan"], row["document"], row["line"], row["basis"]) for row in listed] == [
        ("elmshire-2021", "elmshire.txt", line, "stated") for line in ("13", "14", "15", "16")
    ]


def test_the_tracker_gives_names_only_when_asked(run: Run) -> None:
    assert rows(run("actions", *DATA, "--format", "csv").stdout)[3]["leads"] == "named person 3, post not stated"
    assert rows(run("actions", *DATA, "--with-names", "--format", "csv").stdout)[3]["leads"] == "Jory Penhallow"


# learning


def test_a_thread_goes_from_the_review_to_who_answers_with_its_source(run: Run) -> None:
    assert run("learning", "Case Q", *DATA).stdout == (
        "Case Q; elmshire-2021, as the plan states, not confirmed since\n"
        "  files were not read together [planned]; elmshire.txt line 12\n"
        "    taken forward by 1.1 Audit case files\n"
        "      who answers: Quality Officer; named person 2, post not stated; Quality Group\n"
        "      by: 01/09/21\n"
        "      measured by: Findings shared; Ten files audited\n"
        "    taken forward by 1.2 Tell every partner of the learning\n"
        "      who answers: All partners; Training Sub-Group\n"
        "      by: Ongoing\n"
    )


def test_threads_as_csv_have_a_row_an_action(run: Run) -> None:
    listed = rows(run("learning", *DATA, "--format", "csv").stdout)
    assert [(row["review"], row["learning"], row["stage"], row["action"], row["line"]) for row in listed] == [
        ("Case Q", "files were not read together", "planned", "1.1", "12"),
        ("Case Q", "files were not read together", "planned", "1.2", "12"),
    ]


SILENT = (
    "reviews that are named, and that no action follows\n"
    "  Case R (serious case review); elmshire.txt line 12; elmshire-2021\n"
)


def test_a_review_that_is_only_named_is_said_when_it_is_asked_for(run: Run, furnished: Path) -> None:
    assert run("learning", "Case R", "--data", furnished).stdout == SILENT
    assert "Case R" not in run("learning", "--data", furnished).stdout


def test_a_review_that_taught_something_and_that_no_action_follows_is_said(run: Run, furnished: Path) -> None:
    add(furnished / "2021" / "learning.csv", "learn-2,case-r,doors were shut,,not-stated,,,12,")
    everything = run("learning", "--data", furnished).stdout
    assert everything.startswith("Case Q; ")
    assert everything.endswith("    no action takes it forward\n\n" + SILENT)
    assert "Case R" not in run("learning", "Case Q", "--data", furnished).stdout


def test_learning_that_no_action_takes_forward_is_said(run: Run, elmshire_copy: Path) -> None:
    add(
        elmshire_copy / "2021" / "learning.csv",
        "learn-2,case-q,nobody asked the child,,not-stated,inferred,a guess,12,",
    )
    text = run("learning", "Case Q", "--data", elmshire_copy).stdout
    assert (
        "  nobody asked the child [our reading] [progress not stated]; elmshire.txt line 12\n    no action takes it forward\n"
        in text
    )


def test_an_action_that_nobody_answers_for_is_said_in_the_thread(run: Run, elmshire_copy: Path) -> None:
    edit(elmshire_copy / "2021" / "learning.csv", ("1.1; 1.2", "1.3"))
    text = run("learning", "Case Q", "--data", elmshire_copy).stdout
    assert "    taken forward by 1.3 Revise the Lantern Plan\n      who answers: not stated\n" in text


def test_a_thread_belongs_to_plans_that_cover_the_day(run: Run) -> None:
    def asked(day: str) -> set[str]:
        return {row["plan"] for row in rows(run("learning", "--as-of", day, "--format", "csv").stdout)}

    assert asked("2015-01-01") == {"norfolk-2014", "nottingham-2014"}
    assert asked("2017-06-01") == {"norfolk-2016", "nottingham-2016"}


def test_an_unknown_review_is_wrong_use_and_suggests_one(run: Run) -> None:
    result = run("learning", "Cas Q", *DATA)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == "Error: nothing here is called 'Cas Q'. Did you mean 'Case Q'?\n"


def test_what_is_no_review_has_no_thread(run: Run) -> None:
    assert run("learning", "Quality Group", *DATA).exit_code == 2


# evidence

AUDIT = ("audit report", "1.1", "Ten files audited", "13")
MINUTES = ("minutes", "1.3", "Plan approved", "15")
ONE_WITHOUT = ("1 more measure names no record",)


@pytest.mark.parametrize(
    ("name", "expected", "notes"),
    [
        ("elmshire-2021", [AUDIT, MINUTES], ONE_WITHOUT),
        ("Quality Group", [AUDIT], ONE_WITHOUT),
        ("Quality Officer", [AUDIT], ONE_WITHOUT),
        ("named person 2", [AUDIT], ONE_WITHOUT),
        ("1.1", [AUDIT], ONE_WITHOUT),
        ("1.3", [MINUTES], ()),
        ("Learning from Case Q", [AUDIT, MINUTES], ONE_WITHOUT),
        ("Lantern Plan", [MINUTES], ()),
        ("Case Q", [AUDIT], ONE_WITHOUT),
        ("Training Sub-Group", [], ()),
        ("Harbour Forum", [], ("no action of Harbour Forum is known, so no measure names a record",)),
    ],
)
def test_the_records_of_a_thing_are_those_that_the_measures_of_its_actions_name(
    elmshire: Plans, name: str, expected: list[tuple[str, ...]], notes: tuple[str, ...]
) -> None:
    table = evidence(elmshire, name)
    assert [(row["record"], row["action"], row["measure"], row["line"]) for row in table] == expected
    assert table.notes == notes


def test_the_note_counts_every_measure_that_names_no_record(elmshire_copy: Path) -> None:
    edit(elmshire_copy / "2021" / "measures.csv", (",audit report,", ",,"), (",minutes,", ",,"))
    plans = open_plans(elmshire_copy)
    assert evidence(plans, "elmshire-2021").notes == ("3 more measures name no record",)
    assert evidence(plans, "Quality Group").notes == ("2 more measures name no record",)
    assert len(evidence(plans, "elmshire-2021")) == 0


def test_records_and_measures_without_one_are_all_measures(builtin: Plans) -> None:
    for plan in builtin.table("plans"):
        table = evidence(builtin, str(plan["plan"]))
        with_record = {(row["action"], row["measure"]) for row in table}
        without = int(table.notes[0].split()[0]) if table.notes else 0
        measures = list(builtin.table("measures", plan=str(plan["plan"])))
        assert len(with_record) + without == len(measures), plan["plan"]


def test_evidence_in_text_goes_by_record_with_who_to_ask(run: Run) -> None:
    assert run("evidence", "elmshire-2021", *DATA).stdout == (
        "what to ask for: Elmshire Safeguarding Plan 2021-2022 (invented data); as the plan states, not confirmed since\n"
        "\n"
        "audit report\n"
        "  elmshire-2021 1.1, led by Quality Officer; named person 2, post not stated: Ten files audited; "
        "elmshire.txt line 13\n"
        "\n"
        "minutes\n"
        "  elmshire-2021 1.3: Plan approved; elmshire.txt line 15\n"
        "\n"
        "1 more measure names no record\n"
    )


def test_evidence_of_nothing_says_so(run: Run) -> None:
    text = run("evidence", "Harbour Forum", *DATA).stdout
    assert "nothing found\n\nno action of Harbour Forum is known, so no measure names a record\n" in text


# two bodies side by side


@pytest.fixture
def alike(elmshire_copy: Path) -> Path:
    """The invented partnership, the Training Sub-Group beside the Quality Group on forum, in topic and under one chair."""
    add(
        elmshire_copy / "2021" / "relations.csv",
        "training,member-of,harbour-forum,,,,,,,10,",
        "training,chaired-by,quality-officer,,,,,,,11,",
        "quality,chaired-by,quality-officer,,,,,inferred,a guess,9,",
        "constabulary,member-of,quality,,,,,,,9,",
        "constabulary,represented-on,training,,,,,,,6,",
    )
    edit(elmshire_copy / "2021" / "actions.csv", (",,learning-from-reviews,", ",,audit,"))
    return elmshire_copy


def test_what_both_bodies_have_is_marked_and_nothing_else(alike: Path) -> None:
    table = compare_bodies(open_plans(alike), "Quality Group", "Training Sub-Group")
    both = [(row["aspect"], row["body"], row["value"], row["line"]) for row in table if row["both"] == "yes"]
    assert both == [
        ("kind", "Quality Group", "Subgroup", None),
        ("kind", "Training Sub-Group", "Subgroup", None),
        ("reports to", "Quality Group", "Steering Group", "5"),
        ("reports to", "Training Sub-Group", "Steering Group", "10"),
        ("chairs", "Quality Group", "Quality Officer", "9"),
        ("chairs", "Training Sub-Group", "Quality Officer", "11"),
        ("members", "Quality Group", "Elmshire Constabulary", "9"),
        ("members", "Training Sub-Group", "Elmshire Constabulary", "6"),
        ("sits on", "Quality Group", "Harbour Forum", "9"),
        ("sits on", "Training Sub-Group", "Harbour Forum", "10"),
        ("topics", "Quality Group", "Audit and quality assurance", "13"),
        ("topics", "Training Sub-Group", "Audit and quality assurance", "14"),
    ]
    only = {(row["aspect"], row["body"], row["value"]) for row in table if row["both"] is None}
    assert ("support", "Quality Group", "South Panel") in only
    assert ("reports to", "Training Sub-Group", "Quality Group") in only
    assert ("topics", "Quality Group", "Data and performance") in only


def test_what_both_have_comes_first_in_text_with_every_source(run: Run, alike: Path) -> None:
    text = run("compare", "QG", "TSG", "--data", alike).stdout
    assert (
        "reports to\n"
        "  both\n"
        "    Steering Group; elmshire.txt line 5, elmshire.txt line 10\n"
        "  Training Sub-Group\n"
        "    Quality Group; elmshire.txt line 6\n"
        "\n"
        "chairs\n"
        "  both\n"
        "    Quality Officer [our reading]; elmshire.txt line 9, elmshire.txt line 11\n"
    ) in text


def test_the_order_of_the_two_bodies_is_the_order_asked_for(elmshire: Plans) -> None:
    bodies = [
        row["body"] for row in compare_bodies(elmshire, "Steering Group", "Quality Group") if row["aspect"] == "called"
    ]
    assert bodies[0] == "Steering Group"


def test_two_bodies_of_one_name_are_told_apart(run: Run, elmshire_copy: Path) -> None:
    edit(elmshire_copy / "bodies.csv", ("panel-south,South Panel", "panel-south,North Panel"))
    result = run("compare", "elmshire/body/panel-north", "elmshire/body/panel-south", "--data", elmshire_copy)
    assert result.exit_code == 0
    assert (
        "  North Panel (elmshire/body/panel-north)\n    Quality Group [our reading]; elmshire.txt line 7\n"
        in result.stdout
    )
    assert "kind\n  both\n    Panel\n" in result.stdout


def test_two_names_of_one_body_are_wrong_use(run: Run) -> None:
    result = run("compare", "Quality Group", "Practice Quality Group", *DATA)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == "Error: 'Quality Group' and 'Practice Quality Group' are the same body, Quality Group\n"


@pytest.mark.parametrize("names", [("Quality Group", "Case Q"), ("Quality Officer", "Quality Group")])
def test_only_bodies_are_compared(run: Run, names: tuple[str, str]) -> None:
    result = run("compare", *names, *DATA)
    assert (result.exit_code, result.stdout) == (2, "")


@pytest.mark.parametrize("form", ["table", "csv", "json"])
def test_a_comparison_concludes_nothing(run: Run, alike: Path, form: str) -> None:
    result = run("compare", "Quality Group", "Training Sub-Group", "--data", alike, "--format", form)
    assert result.exit_code == 0
    assert not re.search(r"merg|duplicat|combin|overlap", result.output, re.IGNORECASE)


def test_a_comparison_ends_with_what_it_does_not_say(run: Run) -> None:
    text = run("compare", "Quality Group", "Training Sub-Group", *DATA).stdout
    assert text.endswith("\n\nwhat both have says nothing of whether they should be one\n")


def test_the_commands_themselves_never_speak_of_a_merger(run: Run) -> None:
    for command in ("compare", "evidence", "gaps"):
        assert not re.search(r"merg|duplicat", run(command, "--help").stdout, re.IGNORECASE)


def test_every_aspect_that_can_be_told_has_its_place(elmshire: Plans) -> None:
    assert {*SAID.values(), *TOLD.values(), "kind", "topics", "plan"} == set(ORDER)
    assert {kind for kind, _ in TOLD} <= set(elmshire.words("relation"))


def test_learning_that_is_done_is_not_said_to_lack_an_action(run: Run) -> None:
    lines = run("learning", "--plan", "norfolk-2016").stdout.splitlines()
    after = [following for line, following in pairwise(lines) if "[done as stated]" in line]
    assert after
    assert not [line for line in after if "no action takes it forward" in line]


def test_an_action_that_only_begins_at_a_date_says_that_no_end_is_stated(builtin: Plans) -> None:
    (row,) = [
        one for one in tracker(builtin, Wanted(), plan="norfolk-2014", day="2015-01-01") if one["action"] == "1.1"
    ]
    assert (row["target_text"], row["standing"]) == ("June 2014 onwards", "from that date on, no end stated")
