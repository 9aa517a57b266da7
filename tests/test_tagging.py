"""The tagger: which words of an item give which facet, how well that does, and that tagged is never shown as read."""

import csv
import importlib.util
import shutil
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
from rdflib import SKOS, Graph

from goldenthread.graph import places
from goldenthread.graph.building import statements
from goldenthread.graph.facets.label_words import keys, labels, stem
from goldenthread.graph.facets.tagging import RULES, Item, Proposal, matches, propose
from goldenthread.graph.namespaces import GT, ONTOLOGY
from goldenthread.graph.plans import Plans, data_paths, open_plans
from tests.conftest import ELMSHIRE, Run

BENCHMARK = Path(__file__).parent.parent / "benchmarks" / "tagging.py"


def facets(scheme: str, item: Item | str) -> list[str]:
    """Return what is proposed of one scheme, the best first."""
    item = Item(title=item) if isinstance(item, str) else item
    return [one.notation for one in propose(item) if one.scheme == scheme]


def one(scheme: str, notation: str, item: Item) -> Proposal:
    (found,) = [proposal for proposal in propose(item) if (proposal.scheme, proposal.notation) == (scheme, notation)]
    return found


# words


@pytest.mark.parametrize(
    ("some", "other"),
    [
        ("audits", "auditing"),
        ("policies", "policy"),
        ("planning", "plan"),
        ("embedded", "embed"),
        ("children's", "children"),
    ],
)
def test_forms_of_one_word_have_one_stem(some: str, other: str) -> None:
    assert stem(some) == stem(other)


@pytest.mark.parametrize(("some", "other"), [("carers", "care"), ("staffing", "staff"), ("boards", "boarding school")])
def test_words_of_different_sense_have_different_keys(some: str, other: str) -> None:
    assert keys(some) != keys(other)


def test_a_word_is_matched_as_a_whole() -> None:
    assert facets("topic", "Neglectful premises") == []
    assert facets("topic", "Covidien devices") == []


def test_multi_agency_names_no_agencies() -> None:
    assert facets("audience", "Hold a multi-agency meeting") == []
    assert facets("audience", "Hold a Multi Agency meeting") == []
    assert facets("audience", "Hold a meeting of all agencies") == ["partners"]


# abbreviations


@pytest.mark.parametrize(("written", "topic"), [("CSE", "child-exploitation"), ("DA", "domestic-abuse"), ("SCRs", "learning-from-reviews")])  # fmt: skip
def test_an_abbreviation_counts_only_in_capitals(written: str, topic: str) -> None:
    assert facets("topic", f"Report on {written} twice") == [topic]
    assert facets("topic", f"Report on {written.lower()} twice") == []


def test_capitals_say_nothing_in_a_title_that_has_no_small_letters() -> None:
    assert facets("topic", "TACKLING NEGLECT TOGETHER") == ["neglect"]
    assert facets("topic", "NEGLECT AND CSE") == ["child-exploitation", "neglect"]


# which match counts


def test_the_longest_match_wins() -> None:
    assert "audit" in facets("topic", "A plan of audits")
    assert facets("topic", "Hold a section 11 audit") == ["section-11"]
    assert facets("topic", "Attendance at school") == ["school-inclusion"]
    assert facets("topic", "Attendance at meetings") == ["governance"]


def test_a_part_of_a_preferred_label_is_a_name_but_not_what_stands_after_its_colon() -> None:
    assert facets("topic", "Thresholds in daily use") == ["thresholds"]
    assert facets("topic", "Children and adults together in one room") == []


def test_a_broader_concept_gives_way_to_its_narrower() -> None:
    assert facets("topic", "Audit the adults at risk") == ["adults-at-risk", "audit"]
    assert facets("topic", "Audit the adults at risk by the MCA") == ["audit", "mental-capacity"]
    assert facets("topic", "Governance of finance") == ["finance"]


def test_other_words_may_stand_between_a_verb_and_its_object_but_not_within_a_topic() -> None:
    assert facets("kind-of-work", "Update the old but useful strategy") == ["strategy"]
    assert facets("kind-of-work", "Update the very old but still quite useful strategy") == []
    assert facets("topic", "Private talks on fostering") == []


def test_triggers_are_the_words_as_written_each_once() -> None:
    item = Item(title="Revise the Neglect Strategy", measures=["neglect strategy on the website", "GCP in use"])
    assert one("topic", "neglect", item).triggers == ("Neglect Strategy", "GCP")
    assert one("kind-of-work", "strategy", item).triggers == ("Revise Strategy",)


# which place counts


def test_the_title_counts_more_than_the_aim_above_and_that_more_than_the_next() -> None:
    item = Item(title="Neglect", under=["Private fostering", "Covid-19"])
    assert [(one.notation, one.score) for one in propose(item) if one.scheme == "topic"] == [
        ("neglect", 3),
        ("private-fostering", 1.5),
    ]


def test_an_action_whose_title_names_nothing_is_about_what_it_stands_under() -> None:
    assert facets("topic", Item(title="Seek examples", under=["Private fostering"])) == ["private-fostering"]
    assert facets("topic", Item(title="Seek examples", under=["Aim 2", "Private fostering"])) == ["private-fostering"]
    assert facets("topic", Item(title="Seek examples", under=["Neglect, Covid-19 and private fostering"])) == []


def test_what_an_aim_stands_under_counts_half() -> None:
    assert facets("topic", Item(title="Aim 3", under=["Private fostering"], is_aim=True)) == []


def test_measures_add_to_a_topic_but_do_not_make_one() -> None:
    assert facets("topic", Item(title="Seek examples", measures=["Neglect is seen"])) == []
    assert one("topic", "neglect", Item(title="Neglect", measures=["Neglect is seen", "Neglect ends"])).score == 4


def test_the_first_verb_of_the_title_gives_the_first_kind_of_work() -> None:
    assert facets("kind-of-work", "Analyse and report on the survey")[:2] == ["data", "report"]
    assert facets("kind-of-work", "Report on the analysis")[0] == "report"


def test_the_audience_is_whom_the_words_name() -> None:
    assert facets("audience", "Train staff") == ["workforce"]
    assert facets("audience", "A leaflet for parents and young people") == ["children", "families"]
    assert facets("audience", "Ask the Board and its partners") == ["boards", "partners"]


def test_the_scope_gives_the_audience_only_where_no_word_does() -> None:
    assert facets("audience", Item(title="Seek examples", scope="A")) == ["adults"]
    assert one("audience", "children", Item(title="Seek examples", scope="C")).triggers == ("scope C",)
    assert facets("audience", Item(title="Seek examples", scope="B")) == []
    assert facets("audience", Item(title="Train staff", scope="A")) == ["workforce"]


def test_there_are_at_most_three_topics_two_kinds_of_work_and_two_audiences() -> None:
    item = Item(
        title="Audit, train, report, monitor, disseminate: neglect, Covid-19, private fostering, poverty, CSE, "
        "for children, adults, parents, staff and partners"
    )
    assert [len(facets(scheme, item)) for scheme in RULES] == [3, 2, 2]


def test_nothing_is_proposed_for_nothing() -> None:
    assert propose(Item(title="")) == []
    assert propose(Item(title="...", measures=["", "2"], under=[""])) == []


# names


@pytest.mark.parametrize("scheme", RULES)
def test_no_two_concepts_share_a_hidden_name_and_none_is_there_twice(scheme: str) -> None:
    graph = Graph().parse(places.ONTOLOGY / f"{scheme}.ttl")
    named: dict[tuple[str, ...], set[str]] = {}
    for predicate in (SKOS.prefLabel, SKOS.altLabel, SKOS.hiddenLabel):
        for concept, name in graph.subject_objects(predicate):
            named.setdefault(keys(str(name)), set()).add(str(concept))
    assert [(name, sorted(some)) for name, some in named.items() if len(some) > 1] == []


@pytest.mark.parametrize("scheme", RULES)
def test_every_concept_is_found_by_its_preferred_label(scheme: str) -> None:
    graph = Graph().parse(places.ONTOLOGY / f"{scheme}.ttl")
    for concept, name in graph.subject_objects(SKOS.prefLabel):
        found = {match.notation for match in matches(str(name), labels(scheme))}
        assert str(graph.value(concept, SKOS.notation)) in found, name


# how well it does


@pytest.fixture(scope="module")
def benchmark() -> ModuleType:
    """The benchmark that prints the figures of docs/facets.md."""
    specification = importlib.util.spec_from_file_location("tagging_benchmark", BENCHMARK)
    assert specification is not None
    assert specification.loader is not None
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    return module


@pytest.mark.parametrize(("scheme", "floor"), [("topic", 0.8), ("kind-of-work", 0.7), ("audience", 0.62)])
def test_on_the_open_plans_the_tagger_does_no_worse_than_it_did(
    benchmark: ModuleType, scheme: str, floor: float
) -> None:
    assert benchmark.tagger(benchmark.OPEN)[scheme].f1 >= floor


def test_precision_and_recall_count_value_by_value(benchmark: ModuleType) -> None:
    agreement = benchmark.Agreement()
    agreement.add(["a", "b"], ["a", "c"])
    agreement.add(["a"], [])
    agreement.add([], ["d", "a"])
    assert (agreement.precision, agreement.recall, agreement.f1) == (1 / 3, 1 / 4, 2 / 7)
    assert benchmark.Agreement().f1 == 0


def test_the_page_on_facets_has_the_figures_that_the_benchmark_prints(benchmark: ModuleType) -> None:
    page = (BENCHMARK.parent.parent / "docs" / "facets.md").read_text(encoding="utf-8")
    assert "\n".join(benchmark.lines()) in page


# in the graph


def rewritten(file: Path, **columns: str) -> None:
    """Put values into columns of every row of a table."""
    with file.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    with file.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.DictWriter(lines, rows[0].keys())
        writer.writeheader()
        writer.writerows(row | columns for row in rows)


@pytest.fixture
def unread(elmshire_copy: Path) -> Path:
    """The invented partnership without facets."""
    for table in ("actions", "priorities"):
        rewritten(elmshire_copy / "2021" / f"{table}.csv", topics="", work="", audience="")
    return elmshire_copy


def found(plans: Plans) -> dict[str, tuple[object, ...]]:
    return {
        str(row["key"]): (row["topics"], row["work"], row["audience"], row["facets"]) for row in plans.table("items")
    }


def test_facets_that_were_read_are_kept_and_said_to_be_read(elmshire: Plans) -> None:
    assert found(elmshire) == {
        "s1": ("learning-from-reviews", None, None, "read"),
        "1.1": ("audit", "audit", "workforce", "read"),
        "1.2": ("learning-from-reviews", "disseminate", "workforce", "read"),
        "1.3": ("procedures", "guidance", None, "read"),
        "1.4": ("data-performance", "report", None, "read"),
    }


TAGGED = {
    "s1": ("learning-from-reviews", None, None, "tagged"),
    "1.1": ("audit; learning-from-reviews", "audit", None, "tagged"),
    "1.2": ("learning-from-reviews", None, "partners", "tagged"),
    "1.3": ("learning-from-reviews", None, None, "tagged"),
    "1.4": ("learning-from-reviews", "report", None, "tagged"),
}


def test_with_facets_auto_every_plan_is_tagged_whatever_was_read() -> None:
    assert found(open_plans(ELMSHIRE, facets="auto")) == TAGGED
    assert found(open_plans(ELMSHIRE))["1.1"][3] == "read", "each has a store of its own"


def test_a_plan_without_facets_is_tagged_without_being_asked(unread: Path) -> None:
    assert found(open_plans(unread)) == TAGGED


def test_a_plan_with_one_facet_is_not_tagged(unread: Path) -> None:
    rewritten(unread / "2021" / "priorities.csv", audience="partners")
    assert set(found(open_plans(unread)).values()) == {(None, None, "partners", "read"), (None, None, None, None)}


def test_a_workbook_without_facets_is_tagged(unread: Path, run: Run, tmp_path: Path) -> None:
    book = tmp_path / "plan.xlsx"
    assert run("export", "--data", unread, "-o", book).exit_code == 0
    assert found(open_plans(book)) == TAGGED


def objects(quads: Iterator[object], property_: str) -> set[str]:
    return {str(quad.object) for quad in quads if quad.predicate.value == GT + property_}  # type: ignore[attr-defined]


def test_what_is_tagged_names_the_words_that_triggered_it(unread: Path) -> None:
    _, quads = statements([unread])
    assert objects(iter(quads), "taggedBy") == {
        '"audit: Audit, audited"',
        '"learning-from-reviews: Learning from Case"',
        '"partners: partner"',
        '"report: Report"',
    }


def test_what_was_read_names_no_words_and_stands_as_it_was() -> None:
    _, quads = statements(data_paths("builtin"))
    kept = list(quads)
    assert objects(iter(kept), "taggedBy") == set()
    assert objects(iter(kept), "facetBasis") == {f"<{ONTOLOGY}/facet/read>"}


def test_the_queries_of_actions_and_priorities_say_how_facets_were_found(elmshire: Plans) -> None:
    tagged = open_plans(ELMSHIRE, facets="auto")
    for plans, basis in ((elmshire, {"read"}), (tagged, {"tagged"})):
        for query in ("actions", "priorities"):
            assert {row["facets"] for row in plans.table(query)} == basis


def test_the_command_line_passes_the_choice_on(run: Run) -> None:
    ask = ("query", "items", "--data", ELMSHIRE, "--format", "csv")
    assert "tagged" in run(*ask, "--facets", "auto").stdout
    assert "tagged" not in run(*ask, "--facets", "read").stdout == run(*ask).stdout
    assert run(*ask, "--facets", "guess").exit_code == 2


def test_an_endpoint_cannot_be_tagged(run: Run) -> None:
    result = run("query", "items", "--endpoint", "http://127.0.0.1:1/query", "--facets", "auto")
    assert result.exit_code == 2
    assert "--facets auto and --endpoint exclude each other" in result.stderr


def test_an_unknown_choice_is_an_error_in_python_too() -> None:
    with pytest.raises(ValueError, match="facets are read or auto, not 'guess'"):
        open_plans(ELMSHIRE, facets="guess")


def test_a_query_in_a_process_of_its_own_asks_the_same_store(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(ELMSHIRE, tmp_path / "elmshire"))
    asked = open_plans(folder, facets="auto").sparql(
        f"SELECT (COUNT(DISTINCT ?i) AS ?n) WHERE {{ ?i <{GT}taggedBy> ?words }}"
    )
    assert list(asked.rows) == [(5,)]
