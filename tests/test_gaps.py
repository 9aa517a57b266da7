"""Gaps: the findings, by severity, each with its rule, why it matters and what to do; and the ontology's side of it."""

import csv
import io
import json
import re
from collections import Counter
from pathlib import Path

import pyoxigraph as ox
import pytest

from goldenthread.graph.circles import circles
from goldenthread.graph.engines import Oxigraph
from goldenthread.graph.findings import findings
from goldenthread.graph.gaps import Kind, gaps, kinds
from goldenthread.graph.ontology import triples
from goldenthread.graph.plans import Plans, open_plans
from goldenthread.graph.queries import names, stored
from tests.conftest import ELMSHIRE, Run
from tests.test_names_of_people import borne

DATA = ("--data", ELMSHIRE)
FIRST = ["plan", "item", "name", "detail", "basis", "document", "line"]
SKOS = "http://www.w3.org/2004/02/skos/core#"
IN_ELMSHIRE = [
    ("grave", "actions-without-lead", "1.3", "Revise the Lantern Plan", "placeholder", "15"),
    ("grave", "groups-without-reporting-line", "", "South Panel", "Panel", "7"),
    ("grave", "groups-without-reporting-line", "", "Steering Group", "Leadership group", "5"),
    ("grave", "reporting-circles", "", "Mirror Group, Round Table, Mirror Group", "Mirror Group; Round Table", "8"),
    ("serious", "actions-without-date", "1.3", "Revise the Lantern Plan", "left blank", "15"),
    ("serious", "actions-without-group", "1.3", "Revise the Lantern Plan", "left blank", "15"),
    ("serious", "actions-without-measure", "1.2", "Tell every partner of the learning", "left blank", "14"),
    ("serious", "placeholders", "1.3", "Revise the Lantern Plan", "lead", "15"),
    ("serious", "several-superiors", "", "Training Sub-Group", "Quality Group; Steering Group", "6; 10"),
    ("minor", "measures-without-record", "1.1", "Findings shared", "Audit case files", "13"),
]
ADVISES_A_MERGER = re.compile(
    r"\b(merg|combin|amalgamat|consolidat|disband|dissolv|abolish|wind up|join (them )?into|make (them )?one)", re.I
)


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def edit(table: Path, *changes: tuple[str, str]) -> None:
    text = table.read_text(encoding="utf-8")
    for before, after in changes:
        assert before in text
        text = text.replace(before, after)
    table.write_text(text, encoding="utf-8")


def without_the_field_measure(elmshire: Path) -> Path:
    """Make the plan's form one that does not ask for measures."""
    edit(elmshire / "2021" / "plan.csv", ("lead; group; date; measure", "lead; group; date"))
    measures = elmshire / "2021" / "measures.csv"
    measures.write_text(measures.read_text(encoding="utf-8").splitlines()[0] + "\n", encoding="utf-8")
    actions = elmshire / "2021" / "actions.csv"
    with open(actions, encoding="utf-8", newline="") as opened:
        listed = list(csv.DictReader(opened))
    with open(actions, "w", encoding="utf-8", newline="") as opened:
        writer = csv.DictWriter(opened, list(listed[0]))
        writer.writeheader()
        writer.writerows(row | {"measures_absence": "no-field"} for row in listed)
    return elmshire


# the answer


def test_csv_lists_every_finding_the_gravest_first(run: Run) -> None:
    result = run("gaps", *DATA, "--format", "csv")
    assert result.exit_code == 0
    listed = rows(result.stdout)
    assert [
        (row["severity"], row["finding"], row["item"], row["name"], row["detail"], row["line"]) for row in listed
    ] == IN_ELMSHIRE
    assert {(row["plan"], row["document"], row["basis"]) for row in listed} == {
        ("elmshire-2021", "elmshire.txt", "stated")
    }


def test_json_lists_every_finding_with_the_same_columns(run: Run) -> None:
    listed = json.loads(run("gaps", *DATA, "--format", "json").stdout)
    assert [{name: value or "" for name, value in row.items()} for row in listed] == rows(
        run("gaps", *DATA, "--format", "csv").stdout
    )


def test_each_finding_has_its_rule_why_it_matters_and_what_to_do_beside_it(run: Run, elmshire: Plans) -> None:
    known = {kind.key: kind for kind in kinds(elmshire)}
    for row in rows(run("gaps", *DATA, "--format", "csv").stdout):
        kind = known[row["finding"]]
        assert (row["rule"], row["why"], row["advice"]) == (kind.rule, kind.why, kind.advice)
        assert all((row["rule"], row["why"], row["advice"]))


def test_the_text_goes_by_severity_and_tells_how_many_of_how_many(run: Run) -> None:
    text = run("gaps", *DATA).stdout
    assert text.startswith("10 findings in elmshire-2021; as the plan states, not confirmed since\n\nGRAVE\n")
    assert [line for line in text.splitlines() if line.isupper()] == ["GRAVE", "SERIOUS", "MINOR"]
    assert (
        "actions without a lead: 1\n"
        "  rule: The form asks who leads, and the cell is blank or holds a placeholder; a lead stated for the whole "
        "priority counts as a lead.\n"
        "  why it matters: what nobody leads, nobody answers for; only a blank cell or a placeholder counts as missing\n"
        "  what to do: Ask the plan's board who leads, and enter a post rather than a group.\n"
        "  elmshire-2021: 1 of 4 action entries\n"
        "    1.3 Revise the Lantern Plan (placeholder); elmshire.txt line 15\n"
    ) in text


def test_one_finding_is_not_told_in_the_plural(run: Run) -> None:
    assert run("gaps", *DATA, "--kind", "placeholders").stdout.startswith("1 finding in elmshire-2021; ")


def test_a_finding_that_rests_on_our_reading_says_so(run: Run, elmshire_copy: Path) -> None:
    edit(
        elmshire_copy / "2021" / "relations.csv",
        ("training,reports-to,steering,,,,2021-09,,,10,", "training,reports-to,steering,,,,,inferred,a guess,10,"),
    )
    text = run("gaps", "--data", elmshire_copy, "--kind", "several-superiors").stdout
    assert "Training Sub-Group (Quality Group; Steering Group) [our reading]; elmshire.txt lines 6; 10\n" in text


def test_an_action_with_two_findings_of_a_kind_is_counted_once_of_all_actions(run: Run, elmshire_copy: Path) -> None:
    edit(
        elmshire_copy / "2021" / "actions.csv",
        (",placeholder,,,,blank,,,,,,,blank,", ",placeholder,,,,placeholder,,,,,,,blank,"),
    )
    text = run("gaps", "--data", elmshire_copy, "--kind", "placeholders").stdout
    assert "placeholders: 2\n" in text
    assert "  elmshire-2021: 1 of 4 action entries, 2 findings\n" in text


def test_a_long_list_is_cut_in_the_text_and_whole_with_all_and_in_csv(run: Run) -> None:
    asked = ("gaps", "--kind", "actions-without-date", "--plan", "nottingham-2014")
    short, whole = run(*asked).stdout, run(*asked, "--all").stdout
    every = rows(run(*asked, "--format", "csv").stdout)
    assert f"    and {len(every) - 5} more; --all shows them\n" in short
    assert short.count("nottingham-2014-2015.txt line") == 5
    assert whole.count("nottingham-2014-2015.txt line") == len(every) > 50
    assert "--all" not in whole


# narrowing


@pytest.mark.parametrize(
    ("severity", "expected"),
    [("grave", {"grave"}), ("serious", {"grave", "serious"}), ("note", {"grave", "serious", "minor"})],
)
def test_a_severity_asks_for_findings_at_least_as_grave(run: Run, severity: str, expected: set[str]) -> None:
    listed = rows(run("gaps", *DATA, "--severity", severity, "--format", "csv").stdout)
    assert {row["severity"] for row in listed} == expected


def test_a_kind_gives_only_its_own_findings(run: Run) -> None:
    listed = rows(run("gaps", *DATA, "--kind", "groups-without-reporting-line", "--format", "csv").stdout)
    assert [row["name"] for row in listed] == ["South Panel", "Steering Group"]


def test_a_kind_less_grave_than_the_severity_asked_for_gives_nothing(run: Run) -> None:
    result = run("gaps", *DATA, "--kind", "placeholders", "--severity", "grave")
    assert (result.exit_code, result.stdout) == (0, "nothing found\n")


def test_an_unknown_kind_is_wrong_use_and_names_those_there_are(run: Run, elmshire: Plans) -> None:
    result = run("gaps", *DATA, "--kind", "actions-without-leads")
    assert (result.exit_code, result.stdout) == (2, "")
    listed = result.stderr.strip().removeprefix("Error: there is no kind of finding 'actions-without-leads'; they are ")
    assert listed.split(", ") == [kind.key for kind in kinds(elmshire)]


def test_an_unknown_severity_is_wrong_use_and_names_those_there_are(run: Run) -> None:
    result = run("gaps", *DATA, "--severity", "urgent")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == "Error: there is no severity 'urgent'; they are grave, serious, minor, note\n"


@pytest.mark.parametrize("command", [("gaps", "--fail"), ("actions",), ("learning",), ("evidence", "ESB")])
def test_an_unknown_plan_is_wrong_use_rather_than_nothing_found(run: Run, command: tuple[str, ...]) -> None:
    result = run(*command, *DATA, "--plan", "elmshire-2012")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == "Error: there is no plan 'elmshire-2012'; the plans are elmshire-2021\n"


def test_a_day_leaves_out_plans_that_do_not_cover_it(run: Run) -> None:
    def asked(day: str) -> set[str]:
        return {row["plan"] for row in rows(run("gaps", "--as-of", day, "--format", "csv").stdout)}

    assert asked("2015-01-01") == {"norfolk-2014", "nottingham-2014"}
    assert asked("2017-06-01") == {"norfolk-2016", "nottingham-2016"}


@pytest.mark.parametrize("command", ["gaps", "actions", "learning"])
def test_a_day_that_no_plan_covers_is_said_lest_nothing_found_reads_as_nothing_wrong(run: Run, command: str) -> None:
    result = run(command, *DATA, "--as-of", "2030-01-01")
    assert (result.exit_code, result.stdout) == (0, "nothing found\n")
    assert result.stderr == "no plan that is asked covers 2030-01-01\n"
    assert run(command, *DATA, "--as-of", "2021-06-01").stderr == ""


# exit codes


def test_findings_are_an_answer_and_with_fail_exit_code_1(run: Run) -> None:
    assert run("gaps", *DATA).exit_code == 0
    failing = run("gaps", *DATA, "--fail")
    assert failing.exit_code == 1
    assert failing.stdout == run("gaps", *DATA).stdout


def test_kinds_take_turns_so_that_a_short_list_shows_every_kind(builtin: Plans) -> None:
    kinds = [finding.kind.key for finding in findings(builtin)]
    several = len(set(kinds))
    assert len(set(kinds[:several])) == several < len(kinds)


def test_fail_does_not_pass_where_nothing_was_checked(run: Run) -> None:
    result = run("gaps", *DATA, "--fail", "--as-of", "1999-01-01")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "nothing was checked" in result.stderr


def test_fail_counts_what_was_asked_for_only(run: Run) -> None:
    assert run("gaps", *DATA, "--fail", "--kind", "due-after-end").exit_code == 0
    assert run("gaps", *DATA, "--fail", "--kind", "placeholders").exit_code == 1


def test_fail_does_not_count_notes(run: Run, elmshire_copy: Path) -> None:
    without_the_field_measure(elmshire_copy)
    result = run("gaps", "--data", elmshire_copy, "--fail", "--kind", "fields-not-in-form")
    assert result.exit_code == 0
    assert "TO KNOW" in result.stdout


def test_a_field_that_the_form_lacks_is_one_line_and_not_one_an_action(run: Run, elmshire_copy: Path) -> None:
    without_the_field_measure(elmshire_copy)
    listed = rows(run("gaps", "--data", elmshire_copy, "--format", "csv").stdout)
    lacking = [row for row in listed if "measure" in row["finding"] or row["finding"] == "fields-not-in-form"]
    assert [(row["severity"], row["finding"], row["name"]) for row in lacking] == [
        ("note", "fields-not-in-form", "measure")
    ]


# names


def with_a_chair_who_has_no_post(elmshire: Path) -> Path:
    edit(
        elmshire / "2021" / "relations.csv",
        (
            "steering,chaired-by,esb-chair,,,,,,,5,",
            "round-table,chaired-by,p3,,,,,,,8,\nmirror-group,chaired-by,p3,,,,,,,8,",
        ),
    )
    return elmshire


def test_a_person_is_named_only_when_asked(run: Run, elmshire_copy: Path) -> None:
    with_a_chair_who_has_no_post(elmshire_copy)
    asked = ("gaps", "--data", elmshire_copy, "--kind", "chairs-of-several")
    assert "named person 3, post not stated (Mirror Group; Round Table)" in run(*asked).stdout
    assert "Jory Penhallow (Mirror Group; Round Table)" in run(*asked, "--with-names").stdout


@pytest.mark.parametrize("form", ["table", "csv", "json"])
@pytest.mark.parametrize(
    "command",
    [
        ("gaps", "--all"),
        ("actions",),
        ("learning",),
        ("evidence", "norfolk-2016"),
        ("compare", "Norfolk Safeguarding Children Board", "Nottingham City Safeguarding Children Board"),
    ],
    ids=lambda command: command[0],
)
def test_no_answer_bears_a_name(run: Run, command: tuple[str, ...], form: str) -> None:
    result = run(*command, "--format", form)
    assert result.exit_code == 0
    assert len(result.stdout) > 500
    assert borne(result.stdout) == set()


# the ontology's kinds and the queries that find them


@pytest.fixture(scope="module")
def known() -> list[Kind]:
    return kinds(open_plans(ELMSHIRE))


def columns(query: str) -> list[str]:
    selected = re.search(r"^SELECT DISTINCT (.+)$", stored(query).text, re.MULTILINE)
    return re.findall(r"\?(\w+)", selected[1]) if selected else []


def test_each_kind_of_finding_has_a_query_of_its_name_with_the_columns_of_a_finding(known: list[Kind]) -> None:
    assert len(known) > 20
    for kind in known:
        query = stored(kind.key)
        assert columns(kind.key)[:7] == FIRST, kind.key
        assert "thing" in columns(kind.key), kind.key
        assert all((query.title, query.why)), kind.key
        assert [(one.name, one.required) for one in query.parameters] == [("plan", False)], kind.key


def test_each_query_that_finds_something_wrong_is_a_kind_of_finding(known: list[Kind]) -> None:
    # What asks about a day, such as due-before, is a question and no finding.
    finding = {
        name
        for name in names()
        if columns(name)[:7] == FIRST and {one.name for one in stored(name).parameters} == {"plan"}
    }
    assert finding == {kind.key for kind in known}


def test_each_concept_of_the_scheme_is_a_kind_with_all_that_a_kind_has(known: list[Kind]) -> None:
    concepts = {
        triple.subject.value.rsplit("/", 1)[-1]
        for triple in triples()
        if triple.predicate.value == f"{SKOS}inScheme"
        and isinstance(triple.object, ox.NamedNode)
        and triple.object.value == "https://w3id.org/goldenthread/ontology/finding"
        and isinstance(triple.subject, ox.NamedNode)
    }
    assert Counter(kind.key for kind in known) == Counter(concepts)
    for kind in known:
        assert all((kind.label, kind.rule, kind.severity_label, kind.why, kind.advice)), kind.key


def test_the_kinds_come_by_severity(known: list[Kind]) -> None:
    assert [kind.rank for kind in known] == sorted(kind.rank for kind in known)
    assert {(kind.rank, kind.severity) for kind in known} == {
        (1, "grave"), (2, "serious"), (3, "minor"), (4, "note"),
    }  # fmt: skip


def test_no_rule_or_advice_recommends_a_merger_or_names_anybody(known: list[Kind]) -> None:
    for kind in known:
        text = f"{kind.label}\n{kind.rule}\n{kind.why}\n{kind.advice}"
        assert not ADVISES_A_MERGER.search(text), kind.key
        assert borne(text) == set(), kind.key
        assert not re.search(r"Norfolk|Nottingham|Elmshire", text), kind.key


def test_a_kind_is_asked_about_each_plan_alone_or_all(elmshire: Plans) -> None:
    found = gaps(elmshire)
    assert found == gaps(elmshire, plan="elmshire-2021")
    assert all(gap.thing.startswith("https://w3id.org/goldenthread/id/") for gap in found)


# circles


def test_the_circle_of_the_invented_plan_is_found_with_its_passage(run: Run) -> None:
    text = run("gaps", *DATA, "--kind", "reporting-circles").stdout
    assert "    Mirror Group, Round Table, Mirror Group (Mirror Group; Round Table); elmshire.txt line 8\n" in text


def test_each_line_of_a_circle_is_cited_and_one_reading_makes_it_a_reading(run: Run, elmshire_copy: Path) -> None:
    edit(
        elmshire_copy / "2021" / "relations.csv",
        ("mirror-group,reports-to,round-table,,,,,,,8,", "mirror-group,reports-to,training,,,,,inferred,a guess,9,"),
        ("training,reports-to,steering,,,,2021-09,,,10,", "training,reports-to,round-table,,,,,,,10,"),
    )
    (row,) = rows(run("gaps", "--data", elmshire_copy, "--kind", "reporting-circles", "--format", "csv").stdout)
    assert (row["name"], row["basis"], row["line"]) == (
        "Mirror Group, Training Sub-Group, Round Table, Mirror Group", "inferred", "8; 9; 10",
    )  # fmt: skip


def test_a_line_that_is_no_standing_line_closes_no_circle(run: Run, elmshire_copy: Path) -> None:
    edit(
        elmshire_copy / "2021" / "relations.csv",
        ("mirror-group,reports-to,round-table", "mirror-group,reports-on-work-to,round-table"),
    )
    assert run("gaps", "--data", elmshire_copy, "--kind", "reporting-circles").stdout == "nothing found\n"


def test_the_built_in_plans_have_no_circle(builtin: Plans, elmshire: Plans) -> None:
    assert isinstance(builtin.engine, Oxigraph)
    assert list(circles(builtin.engine)) == []
    assert list(circles(elmshire.engine)) != []
    assert gaps(builtin, kind="reporting-circles") == []
