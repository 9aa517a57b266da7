"""Two pages for a meeting: what they say, in which of Word's styles, and that they are two pages at most."""

import re
import struct
import sys
import zipfile
import zlib
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.document import Document as Word
from docx.oxml.ns import qn

from goldenthread.graph.brief import KINDS, Known, brief, routes
from goldenthread.graph.overlaps.finding import Overlap
from goldenthread.graph.overlaps.items import items
from goldenthread.graph.overlaps.relationship import OVERLAPPING, Relationship
from goldenthread.graph.plans import Plans, open_plans
from goldenthread.viz.document import MOST_PAGES, Action, Brief, Chart, Listed, Passage, document, fitting
from goldenthread.viz.document.paper import HIGH, LOOKS, Paragraph, Rows, Still, pages
from tests.conftest import ELMSHIRE, Run

DATA = ("--data", ELMSHIRE)
ON = "2021-06-01"  # a day in the plan's period: two dates lie ahead


def word_of(content: bytes) -> Word:
    return Document(BytesIO(content))


def texts(word: Word, style: str) -> list[str]:
    return [paragraph.text for paragraph in word.paragraphs if paragraph.style and paragraph.style.name == style]


def everything(word: Word) -> str:
    cells = [cell.text for table in word.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in word.paragraphs), *cells])


def picture(wide: int, high: int) -> bytes:
    """A grey PNG of this size in pixels."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = zlib.compress((b"\x00" + b"\x80" * wide) * high)
    head = struct.pack(">IIBBBBB", wide, high, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


@pytest.fixture(scope="module")
def quality() -> Word:
    """The brief of the Quality Group, without a chart."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(sys.modules, "pygraphviz", None)
        return word_of(document(brief(open_plans(ELMSHIRE), "QG", day=ON)))


@pytest.fixture(scope="module")
def known(builtin: Plans) -> Known:
    """What briefs of the built-in plans share."""
    return Known(builtin)


def test_the_headings_and_the_styles_are_words_own(quality: Word) -> None:
    assert texts(quality, "Title") == ["Quality Group (QG)"]
    assert texts(quality, "Heading 1") == ["Who reports to whom", "Actions", "What deserves a second look", "Sources"]
    used = {paragraph.style.name for paragraph in quality.paragraphs if paragraph.style}
    assert used <= {"Title", "Subtitle", "Heading 1", "Normal", "List", "List Bullet", "List Bullet 2", "List Bullet 3",
                    "List Number", "List Continue", "Caption", "No Spacing"}  # fmt: skip
    builtin = {style.name for style in Document().styles}
    assert used | {"Table Grid"} <= builtin


def test_it_says_which_plan_period_and_day_it_holds_for_and_how_far_to_trust_it(quality: Word) -> None:
    assert texts(quality, "Subtitle") == [
        "Brief for a meeting, from elmshire-2021 (2021-04 to 2022-03), as of 1 June 2021"
    ]
    assert texts(quality, "Normal")[0] == (
        "As the plan states, not confirmed since. Elmshire Safeguarding Plan 2021-2022 (invented data) (elmshire-2021), "
        "2021-04 to 2022-03."
    )
    footer = quality.sections[0].footer.paragraphs[0].text
    assert footer.startswith(
        "elmshire-2021 (invented data), 2021-04 to 2022-03; as the plan states, not confirmed since"
    )
    assert "goldenthread 0.1.0" in footer


def test_the_route_is_told_in_words_with_the_passage_behind_each_step(quality: Word) -> None:
    assert texts(quality, "List Bullet")[-4:] == [
        "QG reports headline issues to Steering Group\xa0[2]",
        "To whom Steering Group reports: not stated in elmshire-2021.",
        "By our reading, QG receives the reports of North Panel\xa0[3] (a panel is read as a subgroup).",
        "QG receives the reports of Training Sub-Group\xa0[4].",
    ]
    assert texts(quality, "List")[1] == (
        "[2]\tline 5, under “Who reports to whom”, search for “The Quality Group (QG) reports”"
    )
    assert "All in elmshire.txt, by line of its text:" in texts(quality, "Caption")


def test_actions_stand_in_a_table_with_lead_date_and_how_they_stand(quality: Word) -> None:
    (table,) = quality.tables
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["No", "Action", "Lead", "Date", "How it stands"],
        ["1.1", "Audit case files\xa0[5]", "Quality Officer; named person 2, post not stated", "01/09/21", "due"],
        ["1.4", "Report on reviews\xa0[6]", "named person 3, post not stated", "Spring 2022", "due"],
    ]
    assert [len(list(row._tr.iter(qn("w:tblHeader")))) for row in table.rows] == [1, 0, 0]
    assert table.style is not None
    assert table.style.name == "Table Grid"


def test_those_due_next_come_first_then_those_whose_date_has_passed(elmshire: Plans) -> None:
    def standing(day: str) -> list[tuple[str, str]]:
        return [(one.number, one.standing) for one in brief(elmshire, "ESB", day=day).actions.entries]

    assert standing("2021-06-01") == [
        ("1.1", "due"),
        ("1.4", "due"),
        ("1.2", "recurring"),
        ("1.3", "no date: left blank"),
    ]
    assert standing("2022-01-01") == [("1.4", "due"), ("1.1", "date passed, result not stated"), ("1.2", "recurring"),
                                      ("1.3", "no date: left blank")]  # fmt: skip


def test_a_finding_has_its_cases_its_rule_and_what_to_do(elmshire: Plans) -> None:
    word = word_of(document(brief(elmshire, "ESB", day=ON)))
    assert texts(word, "List Number")[:3] == [
        "Actions without a lead: 1 of 4",
        "Groups without a reporting line: 2",
        "Circles of reporting lines: 1",
    ]
    assert re.fullmatch(
        r"1\.3 Revise the Lantern Plan \(placeholder\)\xa0\[\d+\]\. Rule: The form asks who leads, .* "
        r"What to do: Ask the plan's board who leads, and enter a post rather than a group\.",
        texts(word, "List Continue")[0],
    )


def test_a_finding_that_names_a_body_beside_others_is_in_its_brief(elmshire: Plans) -> None:
    found = brief(elmshire, "Round Table", day=ON).findings.entries
    assert [one.text for one in found] == ["Circles of reporting lines: 1"]


@pytest.mark.parametrize(
    ("other", "found"),
    [
        ({"boards": ("Harbour Forum",)}, True),
        ({"boards": ("Elmshire Safeguarding Board",)}, False),  # its own
        ({"boards": ()}, False),
        ({"boards": ("Harbour Forum",), "partnership": "Fernshire"}, False),
        ({"boards": ("Harbour Forum",), "since": "2023-01-01", "until": "2024-01-01"}, False),  # of another time
    ],
)
def test_work_that_another_board_does_too_is_a_finding(elmshire: Plans, other: dict[str, Any], found: bool) -> None:
    first, second = (item for item in items(elmshire.engine) if item.key in ("1.1", "1.4"))
    pair = Overlap(
        first, replace(second, iri="urn:other", **other), Relationship(OVERLAPPING), 0.7, ("both audit",), ()
    )
    known = Known(elmshire, ON)
    known.__dict__["overlaps"] = [pair]
    texts = [one.text for one in brief(elmshire, "ESB", known=known).findings.entries]
    assert ("Work that may be shared with Harbour Forum: 1 pair" in texts) is found


def test_an_action_without_a_lead_of_its_own_is_led_by_the_owner_of_its_priority(builtin: Plans, known: Known) -> None:
    said = brief(builtin, "Vulnerable Adolescent Group", known=known).actions
    assert said.intro.startswith("VAG owns the priorities of 22 actions: ")
    assert {one.leads for one in said.entries} == {"owner of the priority: Vulnerable Adolescent Group"}


def test_a_table_has_no_column_that_is_empty_in_every_row() -> None:
    action = Action("1", ("Look again",), "", "Ongoing", "recurring")
    word = word_of(document(replace(_bare("Board"), actions=Listed("", (action,)))))
    assert [cell.text for cell in word.tables[0].rows[0].cells] == ["No", "Action", "Date", "How it stands"]


def test_every_number_in_the_text_has_its_source_and_no_source_is_unused(builtin: Plans, known: Known) -> None:
    word = word_of(document(brief(builtin, "norfolk-2016", known=known)))
    listed = [int(re.match(r"\[(\d+)\]\t", text)[1]) for text in texts(word, "List")]  # type: ignore[index]
    cited = {int(number) for number in re.findall(r"\xa0\[(\d+)\]", everything(word))}
    assert listed == list(range(1, len(listed) + 1))
    assert cited == set(listed)
    anchors = {link.get(qn("w:anchor")) for link in word.element.iter(qn("w:hyperlink"))}
    assert anchors == {mark.get(qn("w:name")) for mark in word.element.iter(qn("w:bookmarkStart"))}


def test_a_chart_has_its_contents_as_alternative_text() -> None:
    content = document(replace(_bare("Board"), chart=Chart("The Board stands above the Group.", picture(400, 200))))
    (shape,) = word_of(content).inline_shapes
    assert shape._inline.docPr.get("descr") == "The Board stands above the Group."
    assert round(shape.width / shape.height, 2) == 2.0


def test_the_chart_shows_who_stands_above_and_below(elmshire: Plans) -> None:
    pytest.importorskip("pygraphviz")
    word = word_of(document(brief(elmshire, "QG", day=ON)))
    (shape,) = word.inline_shapes
    says = shape._inline.docPr.get("descr")
    assert says.startswith("Chart. ")
    for line in ("reports headline issues to Steering Group", "(Panel) reports to Quality Group"):
        assert line in says
    assert texts(word, "List Bullet")[0] == "QG reports headline issues to Steering Group\xa0[2]"


def test_without_graphviz_the_chart_is_an_indented_list(quality: Word) -> None:
    assert len(quality.inline_shapes) == 0
    assert texts(quality, "List Bullet")[0] == "Steering Group (SG)"
    assert texts(quality, "List Bullet 2")[0].startswith("Quality Group")
    assert [text.partition(" (")[0] for text in texts(quality, "List Bullet 3")] == [
        "North Panel",
        "Training Sub-Group",
    ]


def test_a_plan_a_post_and_a_person_have_briefs_and_a_review_does_not(run: Run, tmp_path: Path) -> None:
    for name in ("elmshire-2021", "Quality Officer", "named person 3", "South Panel"):
        assert run("brief", name, *DATA, "-o", tmp_path / "x.docx").exit_code == 0, name
    result = run("brief", "Case Q", *DATA, "-o", tmp_path / "y.docx")
    assert result.exit_code == 2
    assert "Case Q (review): a brief is about a body, post, person or plan" in result.stderr


def test_the_command_writes_a_file_and_says_so(run: Run, tmp_path: Path) -> None:
    target = tmp_path / "quality.docx"
    result = run("brief", "QG", *DATA, "--as-of", ON, "-o", target)
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", f"wrote {target}\n")
    assert texts(word_of(target.read_bytes()), "Title") == ["Quality Group (QG)"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("Qualty Grup", "-o", "x.docx"), "Did you mean 'Quality Group'"),
        (("QG", "-o", "x.pdf"), "name a file that ends in .docx"),
        (("Panel", "-o", "x.docx"), "may be one of several"),
        (("QG", "--as-of", "2030-01-01", "-o", "x.docx"), "no plan that names Quality Group covers 2030-01-01"),
    ],
)
def test_what_cannot_be_briefed_is_wrong_use_and_writes_nothing(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    result = run("brief", *arguments, *DATA)
    assert result.exit_code == 2
    assert said in result.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_brief_keeps_to_the_latest_plan_that_gives_the_body_a_place(builtin: Plans, known: Known) -> None:
    assert brief(builtin, "NSCB", known=known).lead.startswith("Brief for a meeting, from norfolk-2016 ")
    assert brief(builtin, "PIQAG", plan="norfolk-2014", known=known).lead.startswith(
        "Brief for a meeting, from norfolk-2014 "
    )
    assert ("Other plans name it too: norfolk-2014, norfolk-2020; --plan asks for a brief from one of them.",) in brief(
        builtin, "NSCB", known=known
    ).about


def test_no_name_of_a_person_and_no_author_is_in_the_file(elmshire: Plans) -> None:
    content = document(brief(elmshire, "elmshire-2021"))
    with zipfile.ZipFile(BytesIO(content)) as archive:
        inside = b"".join(map(archive.read, archive.namelist())).decode("utf-8", "replace")
    for name in ("Quillon", "Ashgrove", "Mirabel", "Thornwick", "Penhallow"):
        assert name not in inside
    about = word_of(content).core_properties
    assert (about.title, about.author, about.last_modified_by, about.comments) == (
        "Elmshire Safeguarding Plan 2021-2022 (invented data)", "", "", ""
    )  # fmt: skip
    assert about.language == "en-GB"


def test_the_same_brief_gives_the_same_bytes(elmshire: Plans) -> None:
    content = document(brief(elmshire, "ESB"))
    assert content == document(brief(elmshire, "ESB"))
    with zipfile.ZipFile(BytesIO(content)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_what_could_be_markup_or_a_control_sign_stays_text() -> None:
    word = word_of(document(_bare('<w:p/> {{ 7*7 }} \x00\x0b\u202e & "quoted"')))
    assert texts(word, "Title") == ['<w:p/> {{ 7*7 }} & "quoted"']
    assert list(word.element.body.iter(qn("w:instrText"))) == []


def test_briefs_of_every_body_with_actions_fit_two_pages(
    builtin: Plans, known: Known, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(routes, "chart", lambda known, subject: Chart("A chart.", picture(1000, 800)))
    rows = builtin.rows("relations")
    at = {column: index for index, column in enumerate(rows.columns)}
    work = [row for row in rows.rows if row[at["relation"]] in ("leads", "enables")]
    asked = {(str(row[at["to"]]), str(row[at["plan"]])) for row in work if "/body/" in str(row[at["to"]])}
    asked |= {(plan, plan) for plan in known.every}
    assert len(asked) > 60
    longest = 0
    for name, plan in sorted(asked):
        blocks = fitting(brief(builtin, name, plan=plan, known=known))
        assert pages(blocks) <= MOST_PAGES, (name, plan)
        longest = max(longest, pages(blocks))
    assert longest == MOST_PAGES


def test_what_does_not_fit_is_counted_with_the_command_that_shows_it(builtin: Plans, known: Known) -> None:
    blocks = fitting(brief(builtin, "nottingham-2014", known=known))
    (table,) = [block for block in blocks if isinstance(block, Rows)]
    said = [block.text for block in blocks if isinstance(block, Paragraph) and block.text.startswith("and ")]
    assert f"and {100 - len(table.rows)} more: goldenthread actions --plan nottingham-2014" in said


def test_texts_as_long_as_pages_still_fit_two_pages() -> None:
    endless: tuple[str | Passage, ...] = ("every word of it " * 500, Passage("x.txt" * 100, "line 1" * 900))
    long = replace(_bare("A very long name " * 300), route=Listed("", (endless,) * 300, "goldenthread chain x"))
    blocks = fitting(long)
    assert pages(blocks) == MOST_PAGES
    assert any(isinstance(block, Paragraph) and block.text.startswith("and 2") for block in blocks)


def test_a_heading_stays_with_what_follows_and_a_row_is_not_torn() -> None:
    filled = Still(b"", 100, HIGH - 40, "a picture that leaves two lines")
    heading = Paragraph("Heading 1", ("Actions",))
    rows = Rows(("No",), tuple(((f"{number} " * 40,),) for number in range(2)), (1,), "numbers")
    assert pages([filled]) == 1
    assert pages([filled, heading]) == 1
    assert pages([filled, heading, rows]) == 2
    assert set(LOOKS) <= {str(style.name) for style in Document().styles}


def test_the_kinds_that_have_briefs_are_those_the_help_names(run: Run) -> None:
    said = " ".join(run("brief", "--help").stdout.split())
    assert "NAME is a board, group or other body, a post, a person, or a plan such as norfolk-2016." in said
    assert KINDS == ("body", "post", "person", "plan")


def _bare(title: str) -> Brief:
    return Brief(title, "", (), Chart(""), Listed(""), Listed(""), Listed(""), "invented", "0", "2021-06-01")


def test_what_is_left_out_is_shown_by_a_command_that_asks_about_the_same_day(builtin: Plans) -> None:
    then = brief(builtin, "norfolk-2016", plan="norfolk-2016", day="2017-01-01")
    assert then.actions.more == "goldenthread actions --plan norfolk-2016 --as-of 2017-01-01"
    assert brief(builtin, "norfolk-2016", plan="norfolk-2016").actions.more == "goldenthread actions --plan norfolk-2016"


def test_what_is_left_out_is_shown_by_a_command_that_asks_the_same_data_without_telling_where_it_lies(
    elmshire_copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = brief(open_plans(["builtin", elmshire_copy]), "QG", plan="elmshire-2021")
    assert here.actions.more.endswith(" --plan elmshire-2021 --data builtin --data elmshire")
    monkeypatch.chdir(elmshire_copy.parent)
    named = elmshire_copy.rename(elmshire_copy.with_name("our plans"))
    there = brief(open_plans(Path(named.name)), "QG", plan="elmshire-2021")
    assert there.findings.more == 'goldenthread gaps --plan elmshire-2021 --data "our plans"'
