"""A report's pages hold all that their blocks say, as text and nothing else, and lead nowhere that is not there."""

import json
import posixpath
import re
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from goldenthread.viz.blocks import (
    Branch,
    Code,
    Facts,
    Finding,
    Findings,
    Grid,
    Heat,
    HeatMap,
    Link,
    Listing,
    Mark,
    Page,
    Picture,
    Prose,
    Section,
    Site,
    Tree,
)  # fmt: skip
from goldenthread.viz.labels import plain
from goldenthread.viz.page import assets
from goldenthread.viz.site import PICTURES, POLICY, render, seen
from goldenthread.viz.site.cells import words
from goldenthread.viz.site.heat import depth, shades
from goldenthread.viz.site.targets import check
from goldenthread.viz.site.widths import ROOM, columns
from tests.sites import AREAS, BY_TOPIC, CAPTION, COLUMNS, HOSTILE, PICTURE, SITE, TRACKER, everywhere

VOID = {"meta", "link", "img", "col", "input", "br"}
CELLS = {"td", "th"}
ENDED_BY = {"li": {"li"}, "dt": {"dt", "dd"}, "dd": {"dt", "dd"}, "p": {"p"}, "td": CELLS, "th": CELLS, "tr": CELLS | {"tr"},
            "tbody": CELLS | {"tr", "thead"}}  # fmt: skip
OPTIONAL = CELLS | {"html", "body", "li", "dt", "dd", "p", "tr", "thead", "tbody"}  # the end tags that HTML does not ask for


class Read(HTMLParser):
    """What a browser makes of a page: its elements in their order, its text, and what its attributes say."""

    def __init__(self, content: bytes) -> None:
        super().__init__()
        self.elements: list[str] = []
        self.attributes: list[tuple[str, str, str]] = []
        self.pieces: list[str] = []
        self.open: list[str] = []
        self.feed(content.decode())
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        while self.open and self.open[-1] in ENDED_BY.get(tag, ()):
            self.open.pop()
        self.elements.append(tag)
        self.attributes += [(tag, name, value or "") for name, value in attrs]
        if tag not in ("a", "span"):
            self.pieces.append(" ")
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        while self.open[-1] != tag:
            assert self.open.pop() in OPTIONAL
        self.open.pop()

    def handle_data(self, data: str) -> None:
        self.pieces.append(data)

    @property
    def text(self) -> str:
        return " ".join("".join(self.pieces).split())

    def values(self, name: str) -> list[str]:
        return [value for _, attribute, value in self.attributes if attribute == name]


def files(site: Site = SITE) -> dict[str, bytes]:
    return dict(render(site))


def page(*blocks: object, **more: object) -> Read:
    """Return the only page of a site that consists of these blocks."""
    site = Site("Report", (), (Page("index.html", "Page", blocks, **more),), CAPTION, {"p.svg": PICTURE})  # type: ignore[arg-type]
    return Read(files(site)["index.html"])


READ = {name: Read(content) for name, content in files().items() if name.endswith(".html")}
ROWS = tuple(tuple(words(cell) for cell in row) for row in TRACKER.rows)


def test_every_page_asset_and_file_is_written_once() -> None:
    written = [name for name, _ in render(SITE)]
    assert Counter(written) == Counter(
        [one.file for one in SITE.pages]
        + ["assets/site.css", "assets/site.js", "assets/index.js"]
        + ["pictures/structure.svg", "data/actions.csv"]
    )
    assert files()["data/actions.csv"] == b"no,action\r\n"


def test_interactive_pages_bring_the_files_that_they_share_and_other_files_do_not() -> None:
    with_page = files(replace(SITE, files={**SITE.files, "pictures/structure.html": b"<!doctype html>"}))
    shared = {f"assets/{name}": content for name, content in assets().items()}
    assert set(with_page) - set(files()) == {"pictures/structure.html", *shared}
    assert {name: with_page[name] for name in shared} == shared


def test_two_builds_are_the_same_to_the_byte() -> None:
    assert files() == files()


@pytest.mark.parametrize("name", sorted(READ))
def test_a_page_has_landmarks_one_heading_of_the_first_level_and_no_id_twice(name: str) -> None:
    read = READ[name]
    counts = Counter(read.elements)
    assert [counts[tag] for tag in ("header", "nav", "main", "footer", "h1", "title")] == [1] * 6
    assert ("html", "lang", "en-GB") in read.attributes
    assert [one for one, times in Counter(read.values("id")).items() if times > 1] == []
    assert read.values("href").count("#~main") == (name in {area.to for area in AREAS})
    assert not set(read.open) - OPTIONAL
    for line in CAPTION:
        assert line in read.text


@pytest.mark.parametrize("name", sorted(READ))
def test_a_page_allows_only_scripts_and_styles_of_its_folder_and_holds_none(name: str) -> None:
    read = READ[name]
    assert ("meta", "content", POLICY + (PICTURES if "img" in read.elements else "")) in read.attributes
    assert "unsafe" not in POLICY
    assert "style" not in read.elements
    assert read.values("style") == []
    assert [one for _, one, _ in read.attributes if one.startswith("on")] == []
    assert Counter(read.elements)["script"] == len(read.values("defer")) == 1


@pytest.mark.parametrize("name", sorted(READ))
def test_every_address_leads_to_a_file_of_the_report_and_a_place_that_is_there(name: str) -> None:
    everything = files()
    for tag, attribute, value in READ[name].attributes:
        if attribute not in ("href", "src"):
            continue
        file, _, place = value.partition("#")
        target = posixpath.normpath(posixpath.join(posixpath.dirname(name), file)) if file else name
        assert target in everything, (tag, value)
        if place and target in READ:
            assert place.split("/")[0] in READ[target].values("id"), value


def test_a_page_that_the_navigation_does_not_name_leads_to_the_first_page_and_its_own_area() -> None:
    body = READ["bodies/quality-and-audit-group.html"]
    shown = [value for tag, name, value in body.attributes if name == "href" and tag == "a"]
    assert shown[:2] == ["../index.html", "index.html"]
    assert "Menu" not in body.text
    areas = json.loads(re.search(r"goldenthreadAreas=(.*);", files()["assets/site.js"].decode())[1])  # type: ignore[index]
    assert areas == [[area.text, area.to] for area in AREAS]


def test_a_page_may_have_a_foot_of_its_own() -> None:
    read = page(Prose(("Only of one plan.",)), caption=("from elmshire-2024",))
    assert read.text.endswith("Only of one plan. from elmshire-2024")
    assert not any(line in read.text for line in CAPTION)


def test_the_area_of_a_page_is_marked_in_the_navigation() -> None:
    assert ("a", "aria-current", "page") in READ["actions.html"].attributes
    assert READ["bodies/quality-and-audit-group.html"].values("aria-current") == []


def test_an_area_may_be_named_by_its_first_page() -> None:
    site = replace(SITE, pages=tuple(replace(one, area="bodies/index.html") for one in SITE.pages))
    assert "<nav><a href=\"index.html\">Bodies</a></nav>" in files(site)["bodies/quality-and-audit-group.html"].decode()


def test_a_table_says_every_cell_of_every_row_in_order() -> None:
    read, rows = files()["actions.html"].decode(), []
    head, *body = read.split('data-grid="risky"')[0].split("<tr>")[1:]
    for row in body:
        cells = re.split(r"<t[hd][^>]*>", row.split("</table>")[0])[1:]
        rows.append(tuple(Read(cell.encode()).text for cell in cells))
    assert rows == [tuple(" ".join(cell.split()) for cell in row) for row in ROWS]
    heads = re.findall(r"<th( data-filter)?>([^<]*)", head)
    assert [name for _, name in heads] == list(COLUMNS)
    assert [name for filtered, name in heads if filtered] == ["lead", "group", "how it stands", "topics"]
    assert TRACKER.notes[0] in READ["actions.html"].text


def test_a_table_without_rows_says_so_and_keeps_its_place_and_notes() -> None:
    read = READ["overlaps.html"]
    assert "Nothing here. No pairs were found." in read.text
    assert "pairs" in read.values("id")


def test_pieces_of_a_cell_are_parted_so_that_values_can_be_told_apart() -> None:
    link, mark = Link("Board", "index.html"), Mark("our reading")
    assert words((link, link)) == "Board; Board"
    assert words((link, mark)) == "Board our reading"
    assert words(("See ", link, ", then ask", ".")) == "See Board, then ask."
    assert words(("Board manager", "Nurse")) == "Board manager; Nurse"
    assert words(("", link, "")) == "Board"
    assert words(()) == ""
    assert "See Board, then Board our reading" in page(Prose((("See ", link, ", then ", link, mark),))).text


def test_every_part_of_a_finding_a_tree_and_a_fact_is_said() -> None:
    index, structure = READ["index.html"].text, READ["structure.html"].text
    assert "grave Actions without a lead: 13 of 64 in the tracker" in index
    assert "Rule The form asks who leads, and the cell is blank or holds a placeholder." in index
    assert "What to do Ask the board who leads, and enter a post rather than a group." in index
    assert "Where it says so (6) action 1.4, elmshire-2024.txt, line 45" in index
    assert "The plans do not name each other." in index
    assert "Period April 2024 to March 2026 Bodies 5" in index
    assert (
        "chaired by an independent chair Quality and Audit Group Where it says so: elmshire-2024.txt, line 45"
        in structure
    )
    assert "Case audit panel our reading" in structure
    assert "Hidden until it is opened. Deeper Deep inside." in structure
    assert 'rdfs:label "a < b & c" .' in READ["questions.html"].text


def test_a_tree_nests_as_deep_as_its_branches() -> None:
    content = files()["structure.html"].decode()
    tree = content.split('<div class="tree">')[1].split("</div>")[0]
    depths, level = {}, 0
    for tag, name in re.findall(r"<(/?ul)>|<b>(?:<a[^>]*>)?([^<]*)", tree):
        level += {"ul": 1, "/ul": -1, "": 0}[tag]
        if name:
            depths[name.strip()] = level
    assert depths == {
        "Elmshire Safeguarding Board": 1, "Quality and Audit Group": 2, "Case audit panel": 3, "Workforce group": 2,
        "Ashford Vale Forum": 1,
    }  # fmt: skip


def test_headings_follow_the_depth_of_sections_and_stop_at_six() -> None:
    block: Section = Section("s7", "deepest", ())
    for i in range(6, 0, -1):
        block = Section(f"s{i}", f"at {i}", (block,))
    assert [tag for tag in page(block).elements if re.fullmatch(r"h\d", tag)] == ["h1", "h2", "h3", "h4", "h5", "h6", "h6", "h6"]  # fmt: skip


def test_a_picture_has_words_a_page_and_its_own_size() -> None:
    read = page(Picture("p.svg", "The board stands above the group.", "index.html"))
    image = [(name, value) for tag, name, value in read.attributes if tag == "img"]
    assert image == [("src", "p.svg"), ("alt", "The board stands above the group."), ("width", "900"), ("height", "300"), ("class", "large")]  # fmt: skip
    assert "Open this picture as a page" in read.text


def test_a_heat_map_writes_every_number_and_tells_nothing_known_from_none() -> None:
    content = files()["overlaps.html"].decode()
    cells = re.findall(r'<td class=heat-(\w+)([^>]*)>(?:<a [^>]*>)?([–\d]+)', content)
    assert [number for _, _, number in cells] == [
        "–" if cell.number is None else str(cell.number) for _, row in BY_TOPIC.rows for cell in row
    ]
    assert {shade for shade, _, number in cells if number == "–"} == {"none"}
    assert {shade for shade, _, number in cells if number == "0"} == {"0"}
    assert {shade for shade, _, number in cells if number == "12"} == {"6"}
    why = [re.search('title="([^"]*)" tabindex="0"', more)[1] for shade, more, _ in cells if shade == "none"]  # type: ignore[index]
    assert why == ["its plan has no topics"] + ["no plan of this forum is loaded"] * (len(why) - 1)
    assert "– its plan has no topics – no plan of this forum is loaded" in READ["overlaps.html"].text
    assert content.count('href="actions.html#actions/topics/neglect"') == 4


def test_a_reason_that_all_cells_without_a_number_have_is_said_once_in_the_legend() -> None:
    read = page(HeatMap("h", "", ("a", "b"), (("r", (Heat(None, "not loaded"), Heat(None, "not loaded"))),)))
    assert read.text.count("not loaded") == 1
    assert read.values("title") == []


@pytest.mark.parametrize("most", [1, 2, 5, 6, 7, 12, 100])
def test_shades_grow_with_the_number_and_their_legend_covers_each_number_once(most: int) -> None:
    depths = [depth(number, most) for number in range(most + 1)]
    assert depths == sorted(depths)
    assert depths[0] == 0
    assert all(depths[1:])
    assert max(depths) == min(most, 6)
    covered = [number for shade in shades(most) for number in _span(shade.numbers)]
    assert covered == list(range(most + 1))


def _span(numbers: str) -> range:
    first, _, last = numbers.partition("–")
    return range(int(first), int(last or first) + 1)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_stays_text_wherever_it_stands(text: str) -> None:
    harmless, hostile = files(everywhere("harmless")), files(everywhere(text))
    before, after = Read(harmless["index.html"]), Read(hostile["index.html"])
    assert after.elements == before.elements
    assert [one[:2] for one in after.attributes] == [one[:2] for one in before.attributes]
    assert [one for one in after.attributes if one[1] in ("href", "src", "id")] == [
        one for one in before.attributes if one[1] in ("href", "src", "id")
    ]
    assert after.text.count(" ".join(plain(text).split())) >= before.text.count("harmless")
    index = hostile["assets/index.js"].decode()
    assert "<" not in index
    assert json.loads(index.removeprefix("window.goldenthreadPages=").rstrip(";\n"))["folders"][""][0][0] == plain(text)


def test_the_index_names_every_page_its_file_and_its_area() -> None:
    index = json.loads(files()["assets/index.js"].decode().removeprefix("window.goldenthreadPages=").rstrip(";\n"))
    listed = [(title, f"{folder}{name}.html", index["kinds"][kind]) for folder, some in index["folders"].items() for title, name, kind in some]  # fmt: skip
    assert listed[:2] == [
        ("What the plans say", "index.html", "Overview"),
        ("Who reports to whom", "structure.html", "Structure"),
    ]
    assert sorted(file for _, file, _ in listed) == sorted(one.file for one in SITE.pages)


BROKEN = {
    "two pages that differ by case only": (Page("Gaps.html", "", ()), Page("gaps.html", "", ())),
    "a page that is no page": (Page("gaps.txt", "", ()),),
    "a page outside the folder": (Page("../gaps.html", "", ()),),
    "a page with a place": (Page("gaps.html#top", "", ()),),
    "a page at the root of the machine": (Page("/gaps.html", "", ()),),
    "a page in place of an asset": (Page("assets/Site.css", "", ()),),
    "a page that is a folder too": (Page("p.svg/x.html", "", ()),),
    "no page": (),
    "a link to a page that is not there": (Page("a.html", "", (Listing((Link("b", "b.html"),)),)),),
    "a link to a place that is not there": (Page("a.html", "", (Listing((Link("b", "a.html#there"),)),)),),
    "a link to a place on no page": (Page("a.html", "", (Listing((Link("b", "#there"),)),)),),
    "a link deep in a tree that leads nowhere": (
        Page("a.html", "", (Tree((Branch("top", (), (Branch("below", (Link("b", "b.html"),)),)),)),)),
    ),
    "a link in a finding's evidence that leads nowhere": (
        Page("a.html", "", (Findings((Finding("", "", "", "", ("so", (Link("b", "b.html"),))),)),)),
    ),
    "a fact that leads nowhere": (Page("a.html", "", (Facts((("a", Link("b", "b.html")),)),)),),
    "a page's lead that leads nowhere": (Page("a.html", "", (), lead=Link("b", "b.html")),),
    "a picture that is not there": (Page("a.html", "", (Picture("q.svg", ""),)),),
    "a heat map's cell that leads outside": (
        Page("a.html", "", (HeatMap("h", "", ("c",), (("r", (Heat(1, to="javascript:alert(1)"),)),)),)),
    ),
    "a heat map's row that leads nowhere": (
        Page("a.html", "", (Section("s", "", (HeatMap("h", "", ("c",), ((Link("r", "b.html"), (Heat(1),)),)),)),)),
    ),
    "two tables of one name": (Page("a.html", "", (Grid("g", (), ()), Section("s", "", (Grid("g", (), ()),)))),),
    "two sections of one name": (Page("a.html", "", (Section("s", "", ()), Section("s", "", ()))),),
    "a place with a sign that no link can name": (Page("a.html", "", (Code("a b", ""),)),),
}


@pytest.mark.parametrize("what", BROKEN)
def test_an_unsound_site_is_refused_before_anything_is_written(what: str) -> None:
    with pytest.raises(ValueError, match=r"report|page|file|links|name"):
        next(render(Site("Report", (), BROKEN[what], (), {"p.svg": PICTURE})))


def test_a_section_and_its_table_may_share_a_name() -> None:
    read = page(Section("actions", "Actions", (Grid("actions", ("no",), (("1",),)),)), Prose((Link("x", "#actions"),)))
    assert read.values("id").count("actions") == 1
    assert read.values("data-grid") == ["actions"]


def test_the_navigation_may_only_lead_to_pages_that_are_there() -> None:
    with pytest.raises(ValueError, match=r"the navigation links to something that is not there: 'gone\.html'"):
        check(replace(SITE, areas=(*AREAS, Link("Gone", "gone.html"))), ())


def test_a_link_can_name_a_view_of_a_table() -> None:
    assert seen("actions.html", "actions", ("how it stands", "done, as stated")) == "actions.html#actions/how-it-stands/done-as-stated"  # fmt: skip
    Link("view", seen("actions.html", "actions", ("Lead", "Head of Ünit (a/b)")))


def test_a_tracker_fits_a_page_of_1280_pixels_and_no_word_is_broken() -> None:
    found = columns(COLUMNS, ROWS)
    assert found.fits
    assert sum(found.widths) <= ROOM
    by_name = dict(zip(COLUMNS, found.widths, strict=True))
    assert by_name["no"] < by_name["date"] < by_name["action"] < by_name["measures"]
    assert by_name["topics"] >= len("exploitation;") * 0.47


def test_columns_of_whole_numbers_are_told_and_forty_columns_do_not_fit() -> None:
    assert columns(("name", "many"), (("a", "12"), ("b", ""), ("c", "7"))).numbers == (False, True)
    assert columns(("a",), ()).numbers == (False,)
    assert not columns(("accountability",) * 40, ()).fits


def test_the_frame_of_a_page_weighs_less_than_a_kilobyte() -> None:
    areas = tuple(Link(name, "index.html" if name == "Overview" else "list.html") for name in ("Overview", "Structure", "Who reports to whom", "Actions", "Overlaps", "Gaps", "What changed", "Learning", "Bodies", "Queries", "Data"))  # fmt: skip
    site = Site("Golden thread", areas, (Page("index.html", "", ()), Page("list.html", "", ()), Page("bodies/x.html", "", (), area="Bodies")), ())
    assert len(files(site)["bodies/x.html"]) < 1000


def test_facts_and_lists_without_entries_leave_nothing_behind() -> None:
    assert [tag for tag in page(Facts(()), Listing(())).elements if tag in ("dl", "ul")] == []


def test_blocks_and_targets_load_no_template_engine() -> None:
    code = "import sys, goldenthread.viz.site; print([m for m in ('jinja2', 'markupsafe', 'networkx', 'pyvis') if m in sys.modules])"  # fmt: skip
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"


def test_blocks_whose_rows_do_not_fit_and_links_that_lead_away_are_refused_when_they_are_made() -> None:
    with pytest.raises(ValueError, match="table 'g': a row has 1 cells, not 2"):
        Grid("g", ("a", "b"), (("1",),))
    with pytest.raises(ValueError, match="table 'g': no column is named 'c'"):
        Grid("g", ("a", "b"), (), filters=("c",))
    with pytest.raises(ValueError, match="heat map 'h': 'r' has 2 cells, not 1"):
        HeatMap("h", "", ("a",), (("r", (Heat(1), Heat(2))),))
    for to in (
        "javascript:alert(1)",
        "https://example.org/a.html",
        "../a.html",
        "/etc/x",
        "a b.html",
        "#",
        "",
        "a.html#x y",
    ):
        with pytest.raises(ValueError, match="not the name of a page or file of the report"):
            Link("", to)
