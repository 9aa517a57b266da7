"""The interactive page in a real browser: it draws, answers, prints and saves what the network says, and nothing else."""

import base64
import re
import xml.etree.ElementTree as ET
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from goldenthread.viz.blocks import Link
from goldenthread.viz.network import Edge, Moment, Network, Node, Style
from goldenthread.viz.page import assets, interactive
from goldenthread.viz.page.canvas import drawn
from tests.browser import DESKTOP, PHONE, Visiting, axe
from tests.networks import (
    CAPTION,
    EDGES,
    ELMSHIRE,
    HOSTILE,
    HOSTILE_IDS,
    HOSTILE_NETWORK,
    NODES,
    groups,
    pairs,
    structure,
    titles,
)  # fmt: skip
from tests.networks import network as chain

if TYPE_CHECKING:
    from playwright.sync_api import Page as Tab

# Two years later: the policy group is gone, training reports to the board, a new team advises.
LATER = replace(
    ELMSHIRE,
    title="Elmshire: who reports to whom from 2026",
    nodes=(*(node for node in NODES if node.id != "policy"), Node("team", "Data Team", "agency")),
    edges=(
        *(edge for edge in EDGES if "policy" not in (edge.source, edge.target) and edge.source != "training"),
        Edge("training", "board", "reports-to", upward=True, detail=(("where it says so", "elmshire-2026, line 7"),)),
        Edge("team", "board", "advises"),
    ),
    caption=("elmshire-2026",),
)
SERIES = (Moment("April 2024", ELMSHIRE), Moment("April 2026", LATER))
MANY = replace(
    ELMSHIRE,
    edges=(*EDGES, *(Edge("youth", node.id, "advises") for node in NODES for _ in (1, 2) if node.id != "youth")),
)
COLUMNS = Network(
    "Learning: what became of it",
    (
        Node("af", "Case AF", "review", notes=("published 2015", "by an independent author")),
        Node("fathers", "Fathers were not seen", "learning", column=1, detail=(("stage", "planned\nno result yet"),)),
        Node("audit", "Audit of files", "learning", column=1, lane=1, page="../actions/audit.html#a1"),
    ),
    (Edge("af", "fathers", "led", weight=3), Edge("af", "audit", "led", inferred=True)),
    {"review": Style("review", shape="ellipse"), "learning": Style("learning", fill="#dcefe6")},
    {"led": Style("led to")},
    CAPTION,
    columns=("Review", "What was learnt"),
    lanes=("Children", "Adults"),
)
TALL = chain(tuple((f"b{i + 1}", f"b{i}") for i in range(9)))
SEEN = """() => ({
  boxes: [...goldenthread.network.body.nodeIndices].sort(),
  lines: goldenthread.network.body.edgeIndices.map((id) => goldenthread.network.body.edges[id]).map((edge) => [edge.fromId, edge.toId]).sort(),
})"""
ROWS = """() => {
  const rows = [...document.querySelectorAll("#tables tbody tr:not([hidden])")].filter((row) => row.offsetParent);
  const ends = (row) => [...row.querySelectorAll("a[data-body]")].map((link) => link.dataset.body);
  return {boxes: rows.filter((row) => ends(row).length === 1).map((row) => ends(row)[0]).sort(),
          lines: rows.filter((row) => ends(row).length === 2).map(ends).sort()};
}"""
MIDDLE = "(({way}) => ({x: way[way.length - 8], y: way[way.length - 7]}))(goldenthread.now.lines[%s])"  # on the line
SVG = "{http://www.w3.org/2000/svg}"


def written(folder: Path, what: Network | tuple[Moment, ...], **options: Any) -> Path:
    file = folder / "page.html"
    file.write_bytes(interactive(what, **options).encode())
    return file


def seen(network: Network) -> dict[str, list[Any]]:
    """Return what the picture and the tables should show of a network."""
    return {"boxes": sorted(node.id for node in network.nodes), "lines": [list(pair) for pair in pairs(network)]}


def without(network: Network, kind: str) -> Network:
    """Return the network without the lines of a kind."""
    return replace(network, edges=tuple(edge for edge in network.edges if edge.kind != kind))


def spot(tab: "Tab", where: str) -> tuple[float, float]:
    """Return where on the screen a place of the picture is."""
    x, y = tab.evaluate(
        "(place) => { const at = goldenthread.network.canvasToDOM(place);"
        " const canvas = document.querySelector('#picture canvas').getBoundingClientRect();"
        " return [at.x + canvas.x, at.y + canvas.y]; }",
        tab.evaluate(where),
    )
    return x, y


def box(name: str) -> str:
    return f"goldenthread.network.getPosition('{name}')"


def card(tab: "Tab") -> list[str]:
    """Return the lines of the card, without its button; none if it is shut."""
    if not tab.locator("#card").is_visible():
        return []
    return [line.strip() for line in tab.locator("#card").inner_text().splitlines() if line.strip() and line != "Close"]


def saved(tab: "Tab", button: str) -> tuple[str, bytes]:
    with tab.expect_download() as coming:
        tab.get_by_role("button", name=button).click()
    return coming.value.suggested_filename, Path(coming.value.path()).read_bytes()


def address(tab: "Tab", *parts: str) -> str:
    """Return the place in the page's address once it holds all parts."""
    tab.wait_for_function("(parts) => parts.every((part) => location.hash.includes(part))", arg=list(parts))
    place: str = tab.evaluate("location.hash")
    return place


def test_the_picture_shows_exactly_the_bodies_and_lines_of_the_network(visit: Visiting, tmp_path: Path) -> None:
    tab = visit(written(tmp_path, ELMSHIRE)).tab
    assert tab.evaluate(SEEN) == seen(ELMSHIRE)
    tab.wait_for_function("() => performance.getEntriesByName('drawn').length")
    x, y = tab.evaluate(f"goldenthread.network.canvasToDOM({{x: {box('board')}.x - 66, y: {box('board')}.y}})").values()
    colour = tab.evaluate(
        "([x, y]) => [...document.querySelector('#picture canvas').getContext('2d').getImageData(x, y, 1, 1).data]",
        [x, y],
    )
    assert colour == [0xC7, 0xD7, 0xEE, 255], "the board is filled with its kind's colour"


@pytest.mark.parametrize("network", [structure(60, 30), COLUMNS], ids=["layers", "columns"])
def test_lines_run_and_boxes_stand_where_they_were_laid_out(visit: Visiting, tmp_path: Path, network: Network) -> None:
    tab = visit(written(tmp_path, network)).tab
    laid: dict[str, Any] = drawn(Moment("", network))
    for line, way in zip(laid["lines"], tab.evaluate("goldenthread.now.lines.map((l) => [...l.way, ...l.tip])"), strict=True):  # fmt: skip
        assert way == pytest.approx([*line["way"], *line["tip"]], abs=0.25)
    assert tab.evaluate("goldenthread.now.nodes.map(({id, x, y}) => [id, x, y])") == [
        [node["id"], node["x"], node["y"]] for node in laid["nodes"]
    ]
    assert tab.evaluate("goldenthread.now.lines.map(({words}) => words?.[0] ?? '')") == [
        line["words"][0] if "words" in line else "" for line in laid["lines"]
    ]


@pytest.mark.parametrize("network", [ELMSHIRE, LATER, MANY, COLUMNS], ids=["elmshire", "later", "many", "columns"])
def test_the_tables_equal_the_picture_with_kinds_shown_and_hidden(
    visit: Visiting, tmp_path: Path, network: Network
) -> None:
    tab = visit(written(tmp_path, network)).tab
    for kind in ("", *(node.kind for node in network.nodes[:2]), *{edge.kind for edge in network.edges}):
        if kind:
            tab.locator(f"[data-body-kind='{kind}'], [data-line-kind='{kind}']").click()
        assert tab.evaluate(ROWS) == tab.evaluate(SEEN)
    assert tab.evaluate(SEEN)["lines"] == []


def test_a_kind_that_is_switched_off_leaves_picture_and_tables(visit: Visiting, tmp_path: Path) -> None:
    tab = visit(written(tmp_path, ELMSHIRE)).tab
    tab.get_by_label("coordinates with").uncheck()
    assert tab.evaluate(SEEN) == tab.evaluate(ROWS) == seen(without(ELMSHIRE, "coordinates"))
    assert tab.locator("#lines").inner_text() == "Lines (12 of 14)"
    assert tab.locator("#unshown span").inner_text() == "Not shown: 2 lines (coordinates with)."


def test_other_lines_start_switched_off_where_there_are_many_and_come_with_one_button(
    visit: Visiting, tmp_path: Path
) -> None:
    tab = visit(written(tmp_path, MANY)).tab
    assert tab.evaluate(SEEN) == seen(replace(ELMSHIRE, edges=tuple(e for e in EDGES if e.kind == "reports-to")))
    assert tab.locator("#unshown span").inner_text() == "Not shown: 26 lines (coordinates with, unused kind of line)."
    tab.get_by_role("button", name="Show all").click()
    assert tab.evaluate(SEEN) == tab.evaluate(ROWS) == seen(MANY)
    assert not tab.locator("#unshown").is_visible()


def test_search_finds_a_body_and_opens_its_card(visit: Visiting, tmp_path: Path) -> None:
    tab = visit(written(tmp_path, ELMSHIRE)).tab
    tab.get_by_label("Find a box").fill("DEATH panel")
    assert tab.get_by_role("option").all_inner_texts() == ["Child Death Overview Panel group or subgroup"]
    assert tab.evaluate(ROWS) == {
        "boxes": ["deaths"],
        "lines": [["deaths", "board"], ["deaths", "quality"], ["pool", "deaths"]],
    }
    tab.keyboard.press("Enter")
    assert card(tab)[:2] == ["Child Death Overview Panel", "group or subgroup"]
    assert tab.evaluate(ROWS) == seen(ELMSHIRE)
    tab.get_by_label("Find a box").fill("no such name")
    assert tab.locator("#list").inner_text() == tab.locator("#said").inner_text() == "No box of this name"
    assert not tab.get_by_role("listbox").is_visible()


def test_the_list_of_what_was_found_is_announced_and_led_through_by_arrow_keys(visit: Visiting, tmp_path: Path) -> None:
    tab = visit(written(tmp_path, ELMSHIRE)).tab
    field = tab.get_by_role("combobox", name="Find a box")
    assert field.get_attribute("aria-expanded") == "false"
    field.fill("group")
    assert field.get_attribute("aria-expanded") == "true"
    assert tab.locator("#said").inner_text() == "8 found"
    assert field.get_attribute("aria-activedescendant") is None
    marked = (
        "document.getElementById(document.getElementById('find').getAttribute('aria-activedescendant'))?.textContent"
    )
    for key, name in (
        ("ArrowDown", "Leadership Group"),
        ("ArrowUp", "Youth Voice Group"),
        ("ArrowUp", "Adults Inquiry Group"),
    ):
        tab.keyboard.press(key)
        assert tab.evaluate(marked) == f"{name} group or subgroup"
        assert tab.locator("#found [aria-selected=true]").all_inner_texts() == [f"{name} group or subgroup"]
    assert tab.evaluate("document.activeElement.id") == "find"
    assert axe(tab) == []
    tab.keyboard.press("Enter")
    assert card(tab)[:1] == ["Adults Inquiry Group"]
    field.fill("audit")
    tab.get_by_role("option").click()
    assert card(tab)[:1] == ["Multi-Agency Audit Group"]
    field.fill("audit")
    tab.keyboard.press("Escape")
    assert (field.input_value(), tab.locator("#list").is_visible()) == ("", False)
    assert tab.evaluate(ROWS) == seen(ELMSHIRE)


def test_where_more_is_found_than_listed_the_number_is_said(visit: Visiting, tmp_path: Path) -> None:
    tab = visit(written(tmp_path, structure(40, 0))).tab
    tab.get_by_label("Find a box").fill("group")
    assert tab.get_by_role("option").count() == 12
    assert tab.locator("#number").inner_text() == "39 found, the first 12 are listed"


def test_a_click_on_a_box_opens_its_card(visit: Visiting, tmp_path: Path) -> None:
    tab = visit(written(tmp_path, ELMSHIRE)).tab
    tab.mouse.click(*spot(tab, box("deaths")))
    assert card(tab) == [
        "Child Death Overview Panel", "group or subgroup",
        "From it",
        "reports to Performance, Improvement and Quality Assurance Group",
        "reports to Elmshire Safeguarding Board our reading",
        "To it",
        "Joint Trainers' Pool reports to",
    ]  # fmt: skip
    tab.mouse.click(*spot(tab, box("board")))
    assert card(tab)[:4] == ["Elmshire Safeguarding Board", "board", "Chair", "Independent Chair"]
    tab.mouse.click(*spot(tab, f"({{x: {box('board')}.x, y: {box('board')}.y - 60}})"))
    assert card(tab) == []


@pytest.mark.parametrize(("line", "standing"), [(0, "stated"), (4, "our reading")])
def test_a_click_on_a_line_says_where_it_stands(visit: Visiting, tmp_path: Path, line: int, standing: str) -> None:
    tab = visit(written(tmp_path, ELMSHIRE)).tab
    tab.mouse.click(*spot(tab, MIDDLE % line))
    names = {node.id: node.label for node in NODES}
    said = f"{names[EDGES[line].source]} reports to {names[EDGES[line].target]}"
    assert card(tab) == ["Line", said, standing, "Where it says so", "elmshire-2024, line 45"]


def test_a_card_shows_notes_details_and_the_page_that_tells_more(visit: Visiting, tmp_path: Path) -> None:
    tab = visit(written(tmp_path, COLUMNS)).tab
    tab.get_by_role("link", name="Case AF").first.click()
    assert card(tab)[:4] == ["Case AF", "review", "published 2015", "by an independent author"]
    assert card(tab)[4:] == ["From it", "led to Fathers were not seen (3)", "led to Audit of files our reading"]
    tab.get_by_role("link", name="Fathers were not seen").first.click()
    assert card(tab)[2:5] == ["Stage", "planned", "no result yet"]
    tab.get_by_role("link", name="Audit of files").first.click()
    assert tab.locator("#card").get_by_text("Open its page").get_attribute("href") == "../actions/audit.html#a1"
    tab.locator("tr", has_text="Fathers were not seen").first.get_by_role("link", name="led to").click()
    assert card(tab)[:3] == ["Line", "Case AF led to Fathers were not seen", "stated, stands for 3"]


def test_the_slider_changes_structure_title_tables_and_legend(visit: Visiting, tmp_path: Path) -> None:
    tab = visit(written(tmp_path, SERIES)).tab
    assert tab.evaluate(SEEN) == tab.evaluate(ROWS) == seen(LATER), "the latest comes first"
    assert tab.locator("#date").inner_text() == "April 2026"
    assert tab.get_by_label("unused kind of line").is_visible()
    tab.locator("#moment").focus()
    tab.keyboard.press("ArrowLeft")
    assert tab.evaluate(SEEN) == tab.evaluate(ROWS) == seen(ELMSHIRE)
    assert (tab.title(), tab.locator("h1").inner_text(), tab.locator("#date").inner_text()) == (
        ELMSHIRE.title, ELMSHIRE.title, "April 2024",
    )  # fmt: skip
    assert [line.strip() for line in tab.locator("#caption li").all_inner_texts()] == list(CAPTION)
    assert not tab.get_by_label("unused kind of line").is_visible()
    tab.get_by_role("button", name="Later").click()
    assert tab.evaluate(SEEN) == seen(LATER)


def test_of_several_partnerships_one_is_chosen_and_then_a_date(visit: Visiting, tmp_path: Path) -> None:
    other = replace(ELMSHIRE, title="Fenland: who reports to whom", edges=EDGES[:3])
    series = (
        Moment("2024: elmshire-2024", ELMSHIRE, "Elmshire", "elmshire-2024"),
        Moment("2026: elmshire-2026", LATER, "Elmshire", "elmshire-2026"),
        Moment("2025: fenland-2025", other, "Fenland", "fenland-2025"),
    )
    file = written(tmp_path, series)
    tab = visit(file).tab
    said = "document.querySelector('.date').innerText"
    assert tab.evaluate(said) == "Shown: 2026: elmshire-2026 (the last of 2)"
    assert tab.evaluate(SEEN) == tab.evaluate(ROWS) == seen(LATER)
    assert tab.locator("#moment").get_attribute("max") == "1", "the slider leads through one partnership's dates"
    tab.get_by_label("Partnership").select_option("Fenland")
    assert tab.evaluate(said).strip() == "Shown: 2025: fenland-2025"
    assert tab.evaluate(SEEN) == tab.evaluate(ROWS) == seen(other)
    assert tab.title() == other.title
    assert not tab.locator("#moment").is_visible(), "there is one date only"
    place = address(tab, "date=2025")
    again = visit(file, place).tab
    assert (again.get_by_label("Partnership").input_value(), again.evaluate(SEEN)) == ("1", seen(other))
    tab.get_by_label("Partnership").select_option("Elmshire")
    tab.get_by_role("button", name="Earlier").click()
    assert tab.evaluate(said) == "Shown: 2024: elmshire-2024 (1 of 2)"
    assert tab.evaluate(SEEN) == tab.evaluate(ROWS) == seen(ELMSHIRE)
    assert axe(tab) == []


def test_a_box_that_is_drawn_otherwise_at_another_moment_is_still_one_row(visit: Visiting, tmp_path: Path) -> None:
    narrow = replace(COLUMNS, columns=(*COLUMNS.columns, "Action", "Group", "Result"))
    tab = visit(written(tmp_path, (Moment("wide", COLUMNS), Moment("narrow", narrow)))).tab
    sizes = []
    for number in (1, 0):
        assert tab.evaluate(SEEN) == tab.evaluate(ROWS) == seen(COLUMNS)
        tab.locator(".of-bodies tr:not([hidden]) a.go", has_text="Fathers").click()
        assert card(tab)[:4] == ["Fathers were not seen", "learning", "Stage", "planned"]
        sizes.append(tab.evaluate("goldenthread.now.bodies.fathers.wide"))
        tab.locator("#moment").focus()
        tab.keyboard.press("ArrowLeft" if number else "ArrowRight")
    assert sizes[0] < sizes[1]
    assert tab.locator(".of-bodies tbody tr").count() == len(COLUMNS.nodes)


def test_one_picture_says_when_it_holds(visit: Visiting, tmp_path: Path) -> None:
    tab = visit(written(tmp_path, (SERIES[0],))).tab
    assert tab.locator("#shown").inner_text() == "April 2024"
    assert tab.locator("#when").count() == tab.get_by_role("columnheader", name="When").count() == 0


def test_what_is_selected_stays_selected_when_the_slider_moves_if_it_is_there(visit: Visiting, tmp_path: Path) -> None:
    tab = visit(written(tmp_path, SERIES), "#date=April+2024&at=training").tab
    assert card(tab)[-1] == "Joint Trainers' Pool reports to"
    tab.get_by_role("button", name="Later").click()
    assert card(tab)[:4] == ["Workforce Development Group", "group or subgroup", "From it", "reports to Elmshire Safeguarding Board"]  # fmt: skip
    tab.get_by_role("button", name="Earlier").click()
    tab.get_by_role("link", name="Policy and Procedures Group").first.click()
    tab.get_by_role("button", name="Later").click()
    assert card(tab) == []
    assert tab.locator("#said").inner_text() == "April 2026. What was selected is not in this picture."


def test_a_link_opens_the_same_view_again(visit: Visiting, tmp_path: Path) -> None:
    state = "[goldenthread.now.label, goldenthread.selected, [...goldenthread.sought ?? []], document.getElementById('wording').checked]"
    file = written(tmp_path, SERIES)
    tab = visit(file).tab
    names = tab.locator(".of-bodies tbody tr:not([hidden]) a")
    assert names.first.get_attribute("href") == f"#date=April+2026&at={LATER.nodes[0].id}"
    tab.get_by_role("button", name="Earlier").click()
    tab.get_by_label("forum").uncheck()
    tab.get_by_label("Write the relation").click()
    tab.locator("tbody tr:not([hidden])", has_text="Child Death").first.get_by_role("link", name="reports to").click()
    tab.get_by_label("Find a box").fill("group")
    place = address(tab, "date=April+2024", "from=deaths", "to=quality", "hide=box%3Aforum", "find=group", "words=")
    again = visit(file, place).tab
    for page in (SEEN, ROWS, state):
        assert again.evaluate(page) == tab.evaluate(page)
    assert card(again) == card(tab)
    assert card(again)[:1] == ["Line"]
    again.evaluate("location.hash = '#date=April+2026&at=team'")
    again.wait_for_function("() => goldenthread.now.label === 'April 2026'")
    assert card(again)[:1] == ["Data Team"]
    assert again.evaluate(SEEN) == seen(LATER)


def test_a_link_can_be_copied(visit: Visiting, tmp_path: Path) -> None:
    one = visit(written(tmp_path, ELMSHIRE), "#at=audit")
    one.tab.context.grant_permissions(["clipboard-read", "clipboard-write"])
    one.tab.get_by_role("button", name="Copy link").click()
    one.tab.get_by_role("button", name="Link copied").wait_for()
    assert one.tab.evaluate("navigator.clipboard.readText()") == f"{one.file.as_uri()}#at=audit"


@pytest.mark.parametrize("network", [ELMSHIRE, COLUMNS], ids=["layers", "columns"])
def test_the_saved_svg_holds_the_same_boxes_lines_legend_and_caption(
    visit: Visiting, tmp_path: Path, network: Network
) -> None:
    tab = visit(written(tmp_path, network), "#find=audit", dark=True).tab
    name, content = saved(tab, "Save SVG")
    text = content.decode()
    assert name == re.sub(r"[^a-z]+", "-", network.title.lower()) + ".svg"
    assert titles(text, "node") == sorted(node.id for node in network.nodes)
    assert titles(text, "edge") == sorted(f"{source}->{target}" for source, target in pairs(network))
    assert titles(text, "heading") == sorted((*network.columns, *network.lanes))
    assert [element.text for element in ET.fromstring(content).iter(f"{SVG}text")][-len(CAPTION) :] == list(CAPTION)
    assert {style.label for style in network.node_styles.values()} - {"unused kind of body"} <= set(
        titles(text, "legend")
    )
    for group, node in zip(groups(text, "node"), network.nodes, strict=True):
        shown = " ".join(part.text or "" for part in group.iter(f"{SVG}text"))
        assert shown == " ".join((node.label, *node.notes, *(["(not stated)"] if node.unknown else [])))
        assert {path.get("fill") for path in group.iter(f"{SVG}path")} == {network.node_styles[node.kind].fill}
    assert "NaN" not in text
    assert "style=" not in text


def test_the_saved_svg_leaves_out_what_is_switched_off_and_says_so(visit: Visiting, tmp_path: Path) -> None:
    tab = visit(written(tmp_path, MANY)).tab
    text = saved(tab, "Save SVG")[1].decode()
    assert len(titles(text, "edge")) == 12
    assert "coordinates with" not in titles(text, "legend")
    assert "Not shown: 26 lines" in text


def test_the_saved_png_is_the_whole_picture_on_white_at_twice_the_size(visit: Visiting, tmp_path: Path) -> None:
    tab = visit(written(tmp_path, ELMSHIRE), dark=True).tab
    name, content = saved(tab, "Save PNG")
    assert name == "elmshire-who-reports-to-whom.png"
    blank = tab.context.new_page()
    wide, high, corner, inked = blank.evaluate(
        """async (data) => {
          const image = await createImageBitmap(await (await fetch(`data:image/png;base64,${data}`)).blob());
          const pen = Object.assign(document.createElement("canvas"), {width: image.width, height: image.height}).getContext("2d");
          pen.drawImage(image, 0, 0);
          const all = pen.getImageData(0, 0, image.width, image.height).data;
          let inked = 0;
          for (let i = 0; i < all.length; i += 4) if (all[i] + all[i + 1] + all[i + 2] < 740) inked += 1;
          return [image.width, image.height, [...all.slice(0, 4)], inked / (image.width * image.height)];
        }""",
        base64.b64encode(content).decode(),
    )
    boxes = tab.evaluate("goldenthread.now.nodes.map((node) => [node.x, node.y])")
    across, down = (max(values) - min(values) for values in zip(*boxes, strict=True))
    assert wide >= 2 * (across + 140)
    assert high >= 2 * (down + 140)
    assert corner == [255, 255, 255, 255]
    assert 0.05 < inked < 0.6


def test_printing_puts_the_whole_picture_on_paper_and_takes_it_away_again(visit: Visiting, tmp_path: Path) -> None:
    tab = visit(written(tmp_path, ELMSHIRE), "#at=audit", dark=True).tab
    tab.emulate_media(media="print")
    tab.wait_for_function("() => document.querySelector('#paper svg')")
    drawn = tab.evaluate("[...document.querySelectorAll('#paper g.node > title')].map((title) => title.textContent)")
    assert sorted(drawn) == seen(ELMSHIRE)["boxes"]
    assert tab.locator("#paper svg").bounding_box() is not None
    assert not tab.locator("#stage").is_visible()
    assert not tab.locator("#tables").is_visible()
    for said in ("#title", "#caption", "#legend"):
        assert tab.locator(said).is_visible()
    tab.emulate_media(media="screen")
    tab.wait_for_function("() => !document.querySelector('#paper svg')")
    assert card(tab)[:1] == ["Multi-Agency Audit Group"]


@pytest.mark.parametrize(
    ("network", "lengthwise"),
    [(ELMSHIRE, True), (structure(60, 30), True), (COLUMNS, True), (TALL, False)],
    ids=["small", "wide", "columns", "tall"],
)
def test_a_page_is_printed_on_one_sheet_and_its_tables_only_if_asked(
    visit: Visiting, tmp_path: Path, network: Network, lengthwise: bool
) -> None:
    tab = visit(written(tmp_path, network)).tab
    sheet = tab.pdf(prefer_css_page_size=True)
    (size,) = {tuple(map(float, size.split())) for size in re.findall(rb"/MediaBox \[0 0 ([\d. ]+)\]", sheet)}
    assert sheet.count(b"/Type /Page\n") == 1
    assert (size[0] > size[1]) == lengthwise
    tab.get_by_label("Print the tables too").check()
    tab.emulate_media(media="print")
    assert tab.evaluate(ROWS) == tab.evaluate(SEEN)
    tab.emulate_media(media="screen")
    assert tab.pdf(prefer_css_page_size=True).count(b"/Type /Page\n") > 1


def test_a_wide_picture_opens_on_a_phone_at_its_top_and_one_button_shows_it_all(
    visit: Visiting, tmp_path: Path
) -> None:
    tab = visit(written(tmp_path, structure(60, 30)), size=PHONE).tab
    view = """() => {
      const {width, height} = document.querySelector("#picture canvas").getBoundingClientRect();
      const at = goldenthread.now.ids.map((id) => goldenthread.network.canvasToDOM(goldenthread.network.getPosition(id)));
      return {top: at[0], width, height, scale: goldenthread.network.getScale(),
              inside: at.filter(({x, y}) => x > 0 && y > 0 && x < width && y < height).length};
    }"""
    opened = tab.evaluate(view)
    assert opened["scale"] > 0.6, "names can be read"
    assert abs(opened["top"]["x"] - opened["width"] / 2) < 2, "the board stands in the middle"
    assert opened["inside"] < 60
    button = tab.get_by_role("button", name="See the whole picture")
    spot_of_button = button.bounding_box()
    assert spot_of_button is not None
    assert spot_of_button["height"] > 30
    button.click()
    tab.get_by_role("button", name="Enlarge from the top").wait_for()
    assert tab.evaluate(view)["inside"] == 60
    tab.get_by_role("button", name="Enlarge from the top").click()
    assert tab.evaluate(view) == opened
    small = visit(written(tmp_path, COLUMNS)).tab
    assert not small.locator("#part").is_visible(), "all of it is there"


def test_everything_can_be_reached_and_used_by_keyboard(visit: Visiting, tmp_path: Path) -> None:
    tab = visit(written(tmp_path, ELMSHIRE)).tab
    reached = []
    for _ in range(24):
        tab.keyboard.press("Tab")
        reached.append(
            tab.evaluate(
                "document.activeElement.id || document.activeElement.dataset.body || document.activeElement.dataset.bodyKind"
            )
        )
    wanted = [
        "find",
        "closer",
        "further",
        "whole",
        "copy",
        "png",
        "svg",
        "print",
        "picture",
        "wording",
        "board",
        "lead",
    ]
    assert [name for name in reached if name in wanted][: len(wanted)] == wanted
    tab.locator("#picture").focus()
    tab.keyboard.press("n")
    assert tab.locator("#said").inner_text() == "Elmshire Safeguarding Board, board, 3 lines"
    tab.keyboard.press("n")
    tab.keyboard.press("p")
    tab.keyboard.press("Enter")
    assert card(tab)[:1] == ["Elmshire Safeguarding Board"]
    assert tab.evaluate("document.activeElement.id") == "card"
    tab.keyboard.press("Escape")
    assert card(tab) == []
    assert tab.evaluate("document.activeElement.id") == "picture"
    before = tab.evaluate("[goldenthread.network.getScale(), goldenthread.network.getViewPosition().x]")
    tab.keyboard.press("+")
    tab.keyboard.press("ArrowRight")
    scale, x = tab.evaluate("[goldenthread.network.getScale(), goldenthread.network.getViewPosition().x]")
    assert scale > before[0]
    assert x > before[1]


def test_the_relation_can_be_written_on_every_line(visit: Visiting, tmp_path: Path) -> None:
    tab = visit(written(tmp_path, ELMSHIRE)).tab
    assert tab.get_by_label("Write the relation").is_checked(), "14 lines are few"
    assert set(on_lines(tab)) == {"reports to", "reports to (our reading)", "coordinates with"}
    tab.get_by_label("Write the relation").uncheck()
    assert on_lines(tab) == ["our reading"]


def on_lines(tab: "Tab") -> list[str]:
    """Return what is written on the lines of the saved picture, each once though it has a rim."""
    drawn = groups(saved(tab, "Save SVG")[1].decode(), "edge")
    texts = [text for group in drawn for text in group.iter(f"{SVG}text")]
    return [text.text or "" for text in texts if text.get("fill") != "none"]


def test_hostile_names_stay_text_wherever_they_are_shown(visit: Visiting, tmp_path: Path) -> None:
    tab = visit(written(tmp_path, (Moment(HOSTILE[1], HOSTILE_NETWORK), Moment(HOSTILE[2], HOSTILE_NETWORK)))).tab
    assert tab.evaluate(SEEN) == seen(HOSTILE_NETWORK)
    for i in range(len(HOSTILE_IDS)):
        tab.locator(".of-bodies tbody tr:not([hidden]) a").nth(i).click()
        assert tab.locator("#card h2").inner_text().split() == HOSTILE_IDS[i].split()
    for i in range(len(HOSTILE_IDS) - 1):
        tab.locator(".of-lines tbody tr:not([hidden]) a[data-line]").nth(i).click()
        assert card(tab)[0] == "Line"
    tab.mouse.move(*spot(tab, "goldenthread.network.getPosition(goldenthread.now.ids[2])"))
    tab.get_by_label("Find a box").fill("<")
    assert tab.get_by_role("option").count() == 5
    tab.locator("#moment").focus()
    tab.keyboard.press("ArrowLeft")
    assert tab.locator("#date").inner_text() == HOSTILE[1]
    content = saved(tab, "Save SVG")[1]
    assert titles(content.decode(), "node") == sorted(HOSTILE_IDS)
    assert {element.tag.removeprefix(SVG) for element in ET.fromstring(content).iter()} <= {
        "svg", "title", "desc", "rect", "g", "path", "text",
    }  # fmt: skip
    tab.emulate_media(media="print")
    tab.wait_for_function("() => document.querySelector('#paper svg')")
    assert tab.evaluate("document.querySelectorAll('img, b, i, code, iframe, link, [onerror]').length") == 0
    assert tab.evaluate("document.querySelectorAll('script').length") == 4


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_axe_finds_nothing_serious(visit: Visiting, tmp_path: Path, size: tuple[int, int], dark: bool) -> None:
    tab = visit(written(tmp_path, SERIES, back=Link("Report", "index.html")), "#date=April+2024&at=deaths", size=size, dark=dark).tab  # fmt: skip
    assert axe(tab) == []
    tab.get_by_label("coordinates with").uncheck()
    tab.get_by_label("Find a box").fill("group")
    assert axe(tab) == []
    assert tab.evaluate("document.documentElement.scrollWidth <= innerWidth"), "nothing sticks out to the right"


def test_a_page_of_a_folder_loads_its_files_from_there(visit: Visiting, tmp_path: Path) -> None:
    for name, content in assets().items():
        file = tmp_path / "assets" / name
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(content)
    (tmp_path / "pictures").mkdir()
    page = written(tmp_path / "pictures", SERIES, assets="../assets/", back=Link("The report", "plans/elmshire.html"))
    one = visit(page, folder=tmp_path)
    assert one.tab.evaluate(SEEN) == seen(LATER)
    assert {address.rsplit("/", 1)[1] for address in one.requests} == {"page.html", *assets()}
    assert one.tab.get_by_text("The report").get_attribute("href") == "../plans/elmshire.html"
    assert (
        one.tab.evaluate("getComputedStyle(document.querySelector('.line-0')).getPropertyValue('--line')") == "#1f3a5f"
    )
    assert page.stat().st_size < 60_000


def test_without_scripts_the_tables_of_every_moment_are_there(visit: Visiting, tmp_path: Path) -> None:
    one = visit(written(tmp_path, SERIES))
    context = one.tab.context.browser.new_context(java_script_enabled=False)  # type: ignore[union-attr]
    tab = context.new_page()
    tab.goto(one.file.as_uri())
    assert "for which a row holds: April 2024; April 2026." in tab.locator("#tables > p").inner_text()
    ends = [[[*row.locator("th, td").all_inner_texts()] for row in table.locator("tbody tr").all()]
            for table in tab.locator("#tables table").all()]  # fmt: skip
    for moment in SERIES:
        names = {node.id: node.label for node in moment.network.nodes}
        lines = sorted([names[edge.source], names[edge.target]] for edge in moment.network.edges)
        assert sorted([row[0], row[2]] for row in ends[0] if moment.label in row[4]) == lines
        assert sorted(row[0] for row in ends[1] if moment.label in row[2]) == sorted(names.values())
    assert len(ends[1]) == len(NODES) + 1, "each box once"
    assert not tab.locator("#tools").is_visible()
    context.close()
