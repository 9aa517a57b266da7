"""The report says what the stored queries say, every link leads somewhere, and nothing of anybody's is overwritten."""

import csv
import io
import json
import re
import shutil
import tarfile
import zipfile
from collections.abc import Iterator, Mapping
from html import escape
from html.parser import HTMLParser
from pathlib import Path, PurePosixPath

import openpyxl
import pyoxigraph as ox
import pytest

from goldenthread.graph import chains
from goldenthread.graph.answers import Thing
from goldenthread.graph.plans import Plans, open_plans
from goldenthread.graph.profiles import CALLED, OF_ACTIONS, SAID, profile
from goldenthread.graph.report import MARKER, learning_page, report, thing_pages, write_report
from goldenthread.graph.report.cells import BASIS, WHERE, basis, chairs, held, lines_of, said_in, wholes
from goldenthread.graph.report.learning_page import COLUMNS
from goldenthread.graph.report.once import Once, asked_once
from goldenthread.graph.report.page_names import FOLDERS, page_names, slug
from goldenthread.graph.report.story import Story, parts
from goldenthread.graph.version import VERSION
from goldenthread.viz.blocks import Mark
from goldenthread.viz.site.cells import words
from tests.conftest import ELMSHIRE, Run

Files = Mapping[str, bytes]
PLANS = {
    "norfolk-2014": "norfolk-2014-2016.txt", "norfolk-2016": "norfolk-2016-2018.txt", "norfolk-2020": "norfolk-2020-2021.txt",
    "nottingham-2014": "nottingham-2014-2015.txt", "nottingham-2016": "nottingham-2016-2018.txt",
}  # fmt: skip
PIQAG = "bodies/piqag.html"


class Read(HTMLParser):
    """A page read back: its text without markup, its links, the places in it, its tags."""

    def __init__(self, content: bytes) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.links: list[str] = []
        self.places: set[str] = set()
        self.tags: list[str] = []
        self.feed(content.decode("utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        for name, value in attrs:
            if name in ("href", "src") and value:
                self.links.append(value)
            if name in ("id", "data-grid") and value:
                self.places.add(value)

    def handle_data(self, data: str) -> None:
        self.texts.append(data)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.texts).split()).replace(" ;", ";").replace(" ,", ",").replace(" :", ":")


@pytest.fixture(scope="session")
def five(builtin: Plans) -> Files:
    """The report of the built-in plans, by file."""
    return report(builtin, version=VERSION)


@pytest.fixture(scope="session")
def story(builtin: Plans) -> Story:
    """What the report of the built-in plans is told from."""
    return Story(asked_once(builtin), VERSION)


@pytest.fixture(scope="session")
def invented() -> Files:
    """The report of the invented partnership, by file."""
    return report(open_plans(ELMSHIRE), version=VERSION)


def pages(files: Files) -> Iterator[tuple[str, Read]]:
    return (
        (name, Read(content))
        for name, content in files.items()
        if name.endswith(".html") and not name.startswith("pictures/")
    )


def led_to(page: str, link: str) -> str:
    """The file that a link of a page leads to."""
    parts: list[str] = []
    for part in (PurePosixPath(page).parent / link.partition("#")[0]).parts:
        parts = parts[:-1] if part == ".." else [*parts, part]
    return "/".join(parts)


def archive(files: Files) -> dict[str, bytes]:
    """The files of the archive to download, by their paths in it."""
    with tarfile.open(fileobj=io.BytesIO(files["data/goldenthread.tar.xz"]), mode="r:xz") as packed:
        opened = {member.name: packed.extractfile(member) for member in packed.getmembers()}
        return {name: content.read() for name, content in opened.items() if content}


def links(files: Files, page: str) -> set[str]:
    return {led_to(page, link) for link in Read(files[page]).links}


# pages and links


@pytest.mark.parametrize("of", ["five", "invented"])
def test_every_link_leads_to_a_file_of_the_report(of: str, request: pytest.FixtureRequest) -> None:
    files: Files = request.getfixturevalue(of)
    broken = [
        (page, link) for page, read in pages(files) for link in read.links
        if not link.startswith("#") and led_to(page, link) not in files
    ]  # fmt: skip
    assert broken == []


def test_every_body_review_and_document_has_a_page_that_its_list_leads_to(builtin: Plans, five: Files) -> None:
    rows = builtin.rows("names")
    at = {column: index for index, column in enumerate(rows.columns)}
    for kind, folder in FOLDERS.items():
        things = {row[at["thing"]] for row in rows.rows if row[at["class"]] == kind}
        own = {name for name in five if name.startswith(f"{folder}/") and name != f"{folder}/index.html"}
        assert len(own) == len(things) > 50
        assert own <= links(five, f"{folder}/index.html")


def test_every_plan_has_a_page_that_the_first_page_leads_to(five: Files) -> None:
    assert {name for name in five if name.startswith("plans/")} == {f"plans/{plan}.html" for plan in PLANS}
    assert {f"plans/{plan}.html" for plan in PLANS} <= links(five, "index.html")


def test_every_page_can_be_reached_from_the_first(five: Files) -> None:
    reached, waiting = {"index.html"}, ["index.html"]
    while waiting:
        page = waiting.pop()
        if page.endswith(".html") and not page.startswith("pictures/"):
            fresh = links(five, page) - reached
            reached |= fresh
            waiting += fresh
    assert {name for name in five if name.endswith(".html")} <= reached


def test_every_page_names_plans_documents_version_and_how_far_to_trust_it(five: Files) -> None:
    for name, read in pages(five):
        head, foot = read.text.split(f"goldenthread {VERSION}. Sources: ")
        head = re.sub(r"\([a-z0-9-]+: [^)]*\)", "", head)  # what a person without a post here is elsewhere
        told = [plan for plan in PLANS if plan in head] if name.split("/")[0] in FOLDERS.values() else list(PLANS)
        assert told, name
        assert [plan for plan, document in PLANS.items() if f"{document})" in foot] == told, name
        assert foot.endswith("as the plan states, not confirmed since"), name


def test_the_report_of_the_five_plans_is_under_three_megabytes_beside_the_network_library(five: Files) -> None:
    assert sum(len(content) for name, content in five.items() if name != "assets/vis-network.min.js") < 3_000_000


def test_names_of_files_are_plain_short_and_differ_in_more_than_case(five: Files) -> None:
    assert all(re.fullmatch(r"(?:[a-z]+/)?[a-z0-9-]{1,60}\.[a-z0-9.-]+", name) for name in five), set(five)
    assert len({name.casefold() for name in five}) == len(five)


# names of pages


@pytest.mark.parametrize(
    ("name", "expected"),
    [("CON", "con-page"), ("Com1", "com1-page"), ("index", "index-page"), ("Trailing dots...", "trailing-dots"), ("…", "review"),
     ("../../etc/passwd", "etc-passwd"), ("x" * 200, "x" * 55), ("Ärzte & Pflege", "arzte-pflege")],
)  # fmt: skip
def test_a_page_is_named_so_that_every_system_can_hold_it(name: str, expected: str) -> None:
    assert slug(name, otherwise="review") == expected


def test_things_of_one_name_have_pages_of_their_own_that_stay_the_same() -> None:
    things = [
        Thing(f"https://example.org/{n}", name, "body", "")
        for n, name in enumerate(("Panel", "PANEL", "Panel 2", "panel"))
    ]
    named = {"https://example.org/0": "bodies/panel.html", "https://example.org/1": "bodies/panel-2.html",
             "https://example.org/2": "bodies/panel-2-2.html", "https://example.org/3": "bodies/panel-3.html"}  # fmt: skip
    assert page_names(things) == page_names(reversed(things)) == named


def test_a_page_is_named_by_the_key_that_ends_its_address_if_that_has_a_letter() -> None:
    things = [Thing(iri, "Quality Group", "body", "") for iri in ("https://example.org/a/body/qg", "https://example.org/b/body/qg", "urn:x#qg-3", "https://example.org/17")]
    assert set(page_names(things).values()) == {"bodies/qg.html", "bodies/qg-2.html", "bodies/qg-3.html", "bodies/quality-group.html"}


# what is said


def test_the_first_page_has_ten_findings_with_rule_advice_and_evidence(five: Files) -> None:
    text = Read(five["index.html"]).text
    assert text.count("What to do ") == 10
    assert text.count("Rule ") == 10
    assert "nottingham-2014: actions without a lead: 3 of 100 (2b.28, 2c.9, 2c.10)" in text
    assert (
        "They name 169 bodies (boards, groups, teams and agencies), 252 actions, 58 reviews and 171 documents." in text
    )


def test_a_body_s_page_tells_its_route_with_heading_phrase_and_where_it_ends(five: Files) -> None:
    text = Read(five[PIQAG]).text
    assert "reports headline issues to Leadership Group; norfolk-2014-2016.txt line 48, under “Introduction”" in text
    assert "to whom Leadership Group reports: not stated in norfolk-2014" in text
    assert "search for “subgroup is responsible for ensuring”" in text


def test_who_reports_to_whom_is_told_in_words_with_what_is_our_reading(five: Files) -> None:
    text = Read(five["reporting.html"]).text
    assert ("reports to Performance, Improvement and Quality Assurance Group, which reports headline issues to Leadership Group; "
            "to whom Leadership Group reports: not stated in norfolk-2014 our reading in 1 of 2 steps") in text  # fmt: skip


def test_routes_put_together_from_all_steps_are_those_that_are_asked_for_one_body(builtin: Plans, story: Story) -> None:
    bodies = [thing for thing in story.things.values() if thing.kind == "body"]
    told = [thing for thing in bodies if story.steps.get(thing.iri)]
    assert len(told) > 40
    for thing in told:
        assert chains.routes_of(thing, story.steps) == chains.chain(builtin.engine, thing).routes, thing.name


@pytest.mark.parametrize(
    ("query", "columns", "said"),
    [
        ("duties", ("bodies",), "duty"),
        ("events", ("before", "after"), "what"),
        ("statements", ("subjects",), "statement"),
    ],
)
def test_what_a_page_tells_of_a_thing_is_what_is_asked_about_it(
    builtin: Plans, story: Story, query: str, columns: tuple[str, ...], said: str
) -> None:
    told = story.naming(query, *columns)
    chosen = [iri for number, iri in enumerate(story.things) if number % 13 == 0 or iri.endswith("/body/nscb")]
    assert len(chosen) > 30
    for iri in chosen:
        asked = sorted((str(row["plan"]), str(row[said])) for row in builtin.table(query, thing=iri))
        assert sorted((row["plan"], row[said]) for row in told.get(iri, [])) == asked, iri


def test_a_page_has_the_titles_that_show_has(builtin: Plans, five: Files, story: Story) -> None:
    for thing in (story.things[iri] for iri in (story.named["norfolk-2016", "Composite Action Plan"], story.named["norfolk-2020", "Case AF"],
                                                story.named["norfolk-2014", "Norfolk Safeguarding Children Board"])):  # fmt: skip
        text = Read(five[story.pages[thing.iri]]).text
        titles = list(profile(builtin, thing).parts)
        assert titles[0] == (SAID if thing.kind == "body" else CALLED)
        assert all(title in text for title in titles), (thing.name, titles)


def test_every_action_stands_in_the_tracker_and_a_passed_date_is_no_result(builtin: Plans, five: Files) -> None:
    text = Read(five["actions.html"]).text
    assert "date passed, result not stated" in text
    titles = {str(row["title"]) for row in builtin.table("actions")}
    assert len(titles) > 200
    assert [title for title in titles if " ".join(title.split()) not in text.replace(" our reading", "")] == []


def test_every_finding_stands_on_the_page_of_gaps_under_its_rule(story: Story, five: Files) -> None:
    text = Read(five["gaps.html"]).text
    for kind in {gap.kind for gap in story.found}:
        assert f"Rule: {kind.rule}" in text
        assert f"What to do: {kind.advice}" in text
        assert (
            f"{kind.label[0].upper()}{kind.label[1:]}: {sum(gap.kind == kind for gap in story.found)} finding" in text
        )


def test_boards_whose_plan_is_not_loaded_are_named_and_not_counted(five: Files) -> None:
    text = Read(five["overlaps.html"]).text
    silent = text.split("nothing can be said of their work: ")[1].split(".")[0].split(", ")
    assert len(silent) == 14
    assert "Health and Wellbeing Board" not in silent  # a priority of it is named
    assert "Norfolk Safeguarding Adults Board" in silent
    assert "Work of different counties is never called duplicate." in text
    assert "Pairs: 405" in text


def test_learning_that_nothing_takes_forward_is_marked(five: Files) -> None:
    text = Read(five["learning.html"]).text
    assert "no action takes it forward" in text
    assert "who answers: not stated in the row; the priority is owned by " in text


def test_who_answers_for_learning_bears_a_mark_where_that_is_our_reading_and_is_named_once(story: Story) -> None:
    read = 0
    for row in story.records("learning-threads"):
        for action in story.of("actions", "action", row["item"]):
            cell = next(row for row in learning_page.grid(story, [row]).rows)[COLUMNS.index("who answers")]
            pieces = cell if isinstance(cell, tuple) else (cell,)
            said = [words(piece) for piece in pieces if not isinstance(piece, Mark) and words(piece) not in ("; ", " ")]
            leads, groups = parts(row["leads"]), parts(row["groups"])
            if leads or groups:
                assert said == [*leads, *(name for name in groups if name not in leads)]
            ours = ("inferred" in action["lead_basis"] and leads, "inferred" in action["group_basis"] and set(groups) - set(leads))
            assert sum(isinstance(piece, Mark) for piece in pieces if words(piece).endswith("our reading")) == sum(map(bool, ours))
            read += sum(map(bool, ours))
    assert read > 15


def test_the_relations_of_a_page_are_those_of_the_query_in_the_same_direction_and_each_once(story: Story) -> None:
    count = 0
    for thing in story.things.values():
        expected = []
        for row in {json.dumps(one): one for one in thing_pages.related(story, thing)}.values():
            if row["relation"] not in OF_ACTIONS:
                action = story.action.get(row["about_thing"])
                about = (held(story, row), row["detail"], f"action {action['action']}" if action else row["about"])
                outward = row["from"] == thing.iri
                expected.append((row["plan"], outward, row["target" if outward else "source"], story.word("relation", row["relation"]),
                                 "; ".join(filter(None, about)), words(basis(row)), said_in(story, row)))  # fmt: skip
        grid, told = thing_pages._relations(story, thing), []
        for cells in grid.rows:
            one = dict(zip(grid.columns, cells, strict=True))
            ends = {end: [words(piece) for piece in (cell if isinstance(cell, tuple) else (cell,)) if piece != "; "]
                    for end, cell in ((end, one[end]) for end in ("who", "to whom"))}  # fmt: skip
            outward = ends["who"] in ([short] for short in ("it", *(parts(thing_pages._abbreviations(story, thing))[:1])))
            rest = tuple(words(one.get(column, "")) for column in ("relation", "about", BASIS, WHERE))
            told += [(one["plan"], outward, other, *rest) for other in ends["to whom" if outward else "who"]]
        assert sorted(set(expected)) == sorted(told), thing.name
        count += len(told)
    assert count > 900


def test_what_a_body_is_part_of_bears_its_mark_and_its_dates(story: Story, five: Files) -> None:
    rows = [row for row in story.records("relations") if row["relation"] == "part-of"]
    assert sum(row["basis"] == "inferred" for row in rows) > 30
    for row in rows:
        when, reading = held(story, row), " our reading" if row["basis"] == "inferred" else ""
        assert f"{row['target']}{f' ({when})' if when else ''}{reading}" in words(wholes(story, row["plan"], row["from"]))
    adolescents = Read(five[story.pages[story.named["norfolk-2020", "Vulnerable Adolescent Group"]]]).text
    assert "Children & Young People's Strategic Partnership (until 2020-06)" in adolescents
    assert "until 2020-06" in adolescents.split("Reporting and other relations")[1]


def test_what_an_official_chairs_bears_its_mark_and_its_dates(story: Story) -> None:
    held_by = [row for row in story.records("relations") if row["relation"] == "chaired-by" and row["basis"] == "inferred"]
    assert len(held_by) == 10
    rows: dict[tuple[str, str], str] = {}
    for row in story.records("people"):
        for name in (row["thing"], row["post"], row["person"]):
            rows[row["plan"], name] = words(chairs(story, row))
    told = {row["to"]: rows[row["plan"], row["to"]] for row in held_by if (row["plan"], row["to"]) in rows}
    assert len(told) == 4  # a post that nobody is named for is no official
    for row in held_by:
        when = f" ({held(story, row)})" if held(story, row) else ""
        assert row["to"] not in told or f"{row['source']}{when} our reading" in told[row["to"]]
    stated = [row for row in story.records("relations") if row["relation"] == "chaired-by" and row["basis"] == "stated"]
    marked = [row["source"] for row in stated if f"{row['source']} our reading" in rows.get((row["plan"], row["to"]), "")]
    assert marked == []


def test_lines_stand_without_their_document_only_where_there_is_one_and_it_is_the_plan_s(story: Story) -> None:
    own, other = "norfolk-2016-2018.txt", "norfolk-2014-2016.txt"
    assert lines_of(story, "norfolk-2016", f"{own} line 3; {own} lines 5-6; 9") == "lines 3; 5-6; 9"
    assert lines_of(story, "norfolk-2016", f"{other} line 3") == f"{other} line 3"
    assert lines_of(story, "norfolk-2016", f"{other} line 3; {own} line 4") == f"{other} line 3; {own} line 4"
    assert lines_of(story, "", f"{own} line 3; {own} line 4") == f"{own} lines 3; 4"
    assert lines_of(story, "norfolk-2016", "draft.xlsx, this draft") == "draft.xlsx, this draft"


def test_changes_are_told_from_each_plan_to_its_next(five: Files) -> None:
    text = Read(five["changes.html"]).text
    told = re.findall(r"From (\S+) to (\S+)", text)
    assert {
        ("norfolk-2014", "norfolk-2016"),
        ("norfolk-2016", "norfolk-2020"),
        ("nottingham-2014", "nottingham-2016"),
    } == set(told)


def test_every_stored_question_is_there_word_for_word(five: Files) -> None:
    from goldenthread.graph import queries

    content = five["queries.html"].decode()
    for name in queries.names():
        assert f'id="{name}"' in content
    assert "FILTER(!BOUND(?day) || (COALESCE(?ownEarliest, ?planEarliest) &lt;= ?day" in content


def test_a_body_with_too_many_routes_is_not_called_silent(elmshire: Plans, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chains, "MOST_ROUTES", 1)
    files = report(elmshire, version=VERSION)
    text = Read(files["bodies/training.html"]).text
    assert (
        "It has more routes to the top than a page can hold. It reports next to: elmshire-2021: reports to Quality Group; elmshire.txt line 6"
        in text
    )
    assert "To whom it reports: not stated" not in text
    assert "Training Sub-Group it has more routes than a page can hold" in Read(files["reporting.html"]).text


# downloads


def test_the_downloads_read_back(five: Files, builtin: Plans) -> None:
    book = openpyxl.load_workbook(io.BytesIO(five["data/action-tracker.xlsx"]), read_only=True)
    assert sum(1 for _ in book["answer"].iter_rows()) == 253
    packed = archive(five)
    assert {"README.txt", "findings.csv", "answers/relations.csv", "long/action_leads.csv", "plans.ttl"} <= set(packed)
    assert packed["answers/bodies.csv"].decode("utf-8-sig").count("norfolk-2014") >= 27
    assert len(list(ox.parse(packed["plans.ttl"], format=ox.RdfFormat.TURTLE))) > 30_000


def test_a_report_of_one_plan_holds_no_other(builtin: Plans) -> None:
    files = report(builtin, version=VERSION, plan="nottingham-2016")
    for name, content in archive(files).items():
        if name.endswith(".csv"):
            rows = csv.DictReader(io.StringIO(content.decode("utf-8-sig")))
            named = {row[column] for row in rows for column in ("plan", "other_plan") if column in row}
            assert named <= {"nottingham-2016"}, name
    assert {name for name in files if name.startswith("plans/")} == {"plans/nottingham-2016.html"}
    assert "Nothing to compare" in Read(files["changes.html"]).text
    for page, read in pages(files):
        assert all(led_to(page, link) in files for link in read.links if not link.startswith("#")), page


# own data


def test_hostile_names_stay_text(elmshire_copy: Path) -> None:
    hostile = "<script>alert(1)</script>"
    for file in (
        elmshire_copy / "bodies.csv",
        elmshire_copy / "2021" / "mentions.csv",
        elmshire_copy / "2021" / "statements.csv",
    ):
        text = file.read_text(encoding="utf-8")
        file.write_text(text.replace("Round Table", hostile).replace("minutes are public", hostile), encoding="utf-8")
    files = report(open_plans(elmshire_copy), version=VERSION)
    assert any(f"<h1>{escape(hostile)}</h1>".encode() in content for content in files.values())
    shown = 0
    for name, content in files.items():
        if name.endswith((".html", ".svg")):
            assert b"<script>alert" not in content.lower(), name
            shown += b"&lt;script&gt;alert(1)" in content
    assert shown > 3


def test_a_plan_without_actions_reviews_or_learning_has_whole_pages(elmshire_copy: Path) -> None:
    for name in ("actions", "measures", "learning", "priorities"):
        (elmshire_copy / "2021" / f"{name}.csv").unlink()
    relations = elmshire_copy / "2021" / "relations.csv"
    relations.write_text(
        relations.read_text(encoding="utf-8").replace(
            "quality-officer,reports-on-work-to,esb,1.1,audit report,,,,,13,\n", ""
        ),
        encoding="utf-8",
    )
    files = report(open_plans(elmshire_copy), version=VERSION)
    assert "data/action-tracker.xlsx" not in files
    for page, read in pages(files):
        assert all(led_to(page, link) in files for link in read.links if not link.startswith("#")), page
        assert read.tags.count("h1") == 1, page
        assert len(read.text) > 200, page
    assert "No plan that is told of here has a table of actions." in Read(files["actions.html"]).text


def test_officials_are_named_only_when_that_is_asked(invented: Files) -> None:
    named = report(open_plans(ELMSHIRE, with_names=True), version=VERSION)
    plan = "plans/elmshire-2021.html"
    assert b"Quillon Ashgrove" in named[plan]
    assert b"Officials are named, as was asked." in named["index.html"]
    assert [name for name, content in invented.items() if b"Ashgrove" in content] == []


def test_an_endpoint_s_plans_have_the_report_without_their_graph(endpoint: str, five: Files) -> None:
    files = report(open_plans(endpoint=endpoint), version=VERSION, plan="nottingham-2016")
    assert "answers/bodies.csv" in archive(files)
    assert "plans.ttl" not in archive(files)
    assert set(files) < set(five)


def test_without_the_drawing_library_only_the_still_pictures_are_missing(
    monkeypatch: pytest.MonkeyPatch, invented: Files
) -> None:
    from goldenthread.viz import stills, written

    def missing(*_: object) -> bytes:
        raise stills.MissingLibrary("pygraphviz is not installed")

    monkeypatch.setattr(written, "written", missing)
    files = report(open_plans(ELMSHIRE), version=VERSION)
    assert set(invented) - set(files) == {"pictures/elmshire-2021.svg"}
    assert "pictures/structure-elmshire-safeguarding-partnership.html" in links(files, "plans/elmshire-2021.html")


# asking


class Counting:
    """An engine that counts what it is asked."""

    def __init__(self, plans: Plans) -> None:
        self.engine, self.asked = plans.engine, list[str]()

    def select(self, query: str):  # type: ignore[no-untyped-def]
        self.asked.append(query)
        return self.engine.select(query)


def test_no_question_is_asked_twice_and_none_for_each_body(elmshire: Plans) -> None:
    engine = Counting(elmshire)
    report(Plans(engine, elmshire.paths), version=VERSION)
    assert len(engine.asked) == len(set(engine.asked))
    assert len(engine.asked) < 150


def test_an_answer_is_remembered(elmshire: Plans) -> None:
    once = asked_once(elmshire)
    assert isinstance(once.engine, Once)
    assert asked_once(once) is once
    assert once.table("plans").rows == elmshire.table("plans").rows


# where it is written


def test_the_zip_holds_the_folder(invented: Files, tmp_path: Path) -> None:
    plans = open_plans(ELMSHIRE)
    index = write_report(plans, tmp_path / "report", version=VERSION)
    assert index == tmp_path / "report" / "index.html"
    zipped = write_report(plans, tmp_path / "report.zip", version=VERSION)
    assert zipped == tmp_path / "report.zip"
    written = {
        path.relative_to(index.parent).as_posix(): path.read_bytes()
        for path in index.parent.rglob("*")
        if path.is_file()
    }
    assert written == dict(invented)
    with zipfile.ZipFile(zipped) as packed:
        assert {name: packed.read(name) for name in packed.namelist()} == written
        assert packed.namelist() == sorted(written)
        assert {entry.date_time for entry in packed.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    first = zipped.read_bytes()
    assert write_report(plans, zipped, version=VERSION).read_bytes() == first


def test_a_report_that_nobody_changed_is_replaced(tmp_path: Path) -> None:
    plans = open_plans(ELMSHIRE)
    write_report(plans, tmp_path / "report", version=VERSION)
    assert json.loads((tmp_path / "report" / MARKER).read_bytes())["made_by"] == "goldenthread report"
    assert write_report(plans, tmp_path / "report", version="9").read_bytes().count(b"goldenthread 9") >= 1


def test_a_folder_with_anything_of_somebody_s_own_is_refused(tmp_path: Path) -> None:
    plans = open_plans(ELMSHIRE)
    folder = tmp_path / "papers"
    folder.mkdir()
    (folder / "minutes.docx").write_bytes(b"mine")
    with pytest.raises(ValueError, match="is not empty and no report of goldenthread"):
        write_report(plans, folder, version=VERSION)
    index = write_report(plans, tmp_path / "report", version=VERSION)
    (index.parent / "notes.txt").write_bytes(b"mine")
    with pytest.raises(ValueError, match=r"holds notes\.txt, which is not part of the report"):
        write_report(plans, index.parent, version=VERSION)
    (index.parent / "notes.txt").unlink()
    index.write_bytes(b"<p>changed</p>")
    with pytest.raises(ValueError, match=r"index\.html has been changed since it was written"):
        write_report(plans, index.parent, version=VERSION)
    assert (folder / "minutes.docx").read_bytes() == b"mine"


def test_a_report_of_the_first_version_is_replaced(tmp_path: Path) -> None:
    before = b'<!doctype html><meta name="generator" content="goldenthread"><title>x</title>'
    for name in ("index.html", "structure-elmshire-2021.html"):
        (tmp_path / "report").mkdir(exist_ok=True)
        (tmp_path / "report" / name).write_bytes(before)
    strange = Path(shutil.copytree(tmp_path / "report", tmp_path / "strange"))
    (strange / "paper.html").write_bytes(before)
    assert write_report(open_plans(ELMSHIRE), tmp_path / "report", version=VERSION).is_file()
    assert not (tmp_path / "report" / "structure-elmshire-2021.html").exists()
    with pytest.raises(ValueError, match=r"holds paper\.html"):
        write_report(open_plans(ELMSHIRE), strange, version=VERSION)


def test_a_report_is_no_single_page(run: Run, tmp_path: Path) -> None:
    result = run("report", "--data", ELMSHIRE, "-o", tmp_path / "report.html")
    assert result.exit_code == 2
    assert "a report is a folder of pages; name a folder, or a file that ends in .zip" in result.stderr


def test_progress_is_told_to_the_end(elmshire: Plans, tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    write_report(elmshire, tmp_path / "report", version=VERSION, progress=lambda done, of: told.append((done, of)))
    assert told[-1][0] == told[-1][1] > 20
    assert [done for done, _ in told] == sorted(done for done, _ in told)


def test_a_report_that_is_piped_shows_no_progress(run: Run, tmp_path: Path) -> None:
    result = run("report", "--data", ELMSHIRE, "-o", tmp_path / "report")
    assert result.exit_code == 0
    assert result.stderr == ""


def test_no_plan_makes_no_report(elmshire: Plans, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="no plan is loaded, or none covers what was asked"):
        write_report(elmshire, tmp_path / "report", version=VERSION, day="1999-01-01")
    assert not (tmp_path / "report").exists()
