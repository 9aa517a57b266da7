"""The interactive page is the network, all of it and nothing else; names stay text; nothing is loaded."""

import base64
import hashlib
import re
import subprocess
import sys
from dataclasses import replace

import pytest

from goldenthread.viz.network import Edge, Moment, Network
from goldenthread.viz.page import assets, interactive
from goldenthread.viz.page.canvas import drawn
from goldenthread.viz.ways.routes import Route
from tests.networks import (
    CAPTION,
    EDGE_STYLES,
    EDGES,
    ELMSHIRE,
    HOSTILE,
    HOSTILE_NETWORK,
    NODES,
    REMOTE,
    ROOT,
    SAID,
    Page,
    environment,
    pairs,
)  # fmt: skip


def test_the_page_holds_exactly_the_bodies_and_lines_of_the_network() -> None:
    data = Page(interactive(ELMSHIRE)).data()
    assert [node["id"] for node in data["nodes"]] == [node.id for node in NODES]
    assert sorted((edge["from"], edge["to"]) for edge in data["edges"]) == pairs(ELMSHIRE)


def test_the_tables_of_the_page_say_the_same_as_its_picture() -> None:
    lines, boxes = Page(interactive(ELMSHIRE)).tables()
    names, words = {node.id: node.label for node in NODES}, {kind: style.label for kind, style in EDGE_STYLES.items()}
    assert [row[:3] for row in lines] == [
        [names[edge.source], words[edge.kind], names[edge.target]] for edge in ELMSHIRE.edges
    ]
    assert [row[0] for row in boxes] == list(names.values())


def test_what_holds_at_several_moments_is_one_row_of_the_tables_that_says_when() -> None:
    moved = Edge("training", "board", "reports-to", upward=True)
    later = replace(ELMSHIRE, nodes=NODES[:-1], edges=(*(edge for edge in EDGES if edge.source != "pool"), moved))
    last = replace(later, nodes=(replace(NODES[0], label="Elmshire Partnership"), *later.nodes[1:]))
    page = Page(interactive([
        Moment("2024: plan-1", ELMSHIRE, plan="plan-1"),
        Moment("before June 2026: plan-2", later, plan="plan-2"),
        Moment("after June 2026: plan-2", last, plan="plan-2"),
    ]))  # fmt: skip
    lines, boxes = page.tables()
    both, first, second = "plan-1; plan-2", "plan-1", "plan-2"
    assert [(row[0], row[4]) for row in lines if row[0] in ("Joint Trainers' Pool", "Leadership Group")] == [
        ("Leadership Group", "plan-1; before June 2026: plan-2"),
        *[("Joint Trainers' Pool", first)] * 4,
        ("Leadership Group", "after June 2026: plan-2"),
    ], "a body that was renamed is another row"
    assert [row[4] for row in lines if row[:1] == ["Workforce Development Group"]] == [both, "before June 2026: plan-2", "after June 2026: plan-2"]  # fmt: skip
    assert [row[4] for row in lines if row[:1] == ["Adults Inquiry Group"]] == [both]
    assert [(row[0], row[2]) for row in boxes if row[0].startswith("Elmshire ") and "Adults" not in row[0]] == [
        ("Elmshire Safeguarding Board", "plan-1; before June 2026: plan-2"),
        ("Elmshire Partnership", "after June 2026: plan-2"),
    ]
    assert [row[2] for row in boxes if row[0] == "Joint Trainers' Pool"] == [first]
    assert second not in {row[2] for row in boxes}


@pytest.mark.parametrize("moment", [0, 1, 2])
def test_the_rows_of_a_moment_are_its_boxes_and_lines(moment: int) -> None:
    later = replace(ELMSHIRE, edges=(EDGES[3], *EDGES[:2], EDGES[3]))
    series = (ELMSHIRE, later, replace(ELMSHIRE, nodes=NODES[:2], edges=EDGES[:1]))
    page = Page(interactive([Moment(str(i), network) for i, network in enumerate(series)]))
    data, (lines, boxes) = page.data(moment), page.tables()
    network, names = series[moment], {node.id: node.label for node in NODES}
    assert [boxes[row][0] for row in data["boxRows"]] == [node.label for node in network.nodes]
    assert [lines[row][:3:2] for row in data["lineRows"]] == [[names[e.source], names[e.target]] for e in network.edges]
    assert len(set(data["lineRows"])) == len(network.edges), "two lines that are alike are two rows"
    assert [(edge["from"], edge["to"]) for edge in data["edges"]] == [(e.source, e.target) for e in network.edges]
    assert (len(lines), len(boxes)) == (len(EDGES) + 1, len(NODES))


def test_what_is_alike_at_two_moments_is_said_once() -> None:
    one, two = interactive(ELMSHIRE), interactive([Moment("2024", ELMSHIRE), Moment("2026", ELMSHIRE)])
    for words in (*(node.label for node in NODES), SAID[0][1], "Independent Chair", *CAPTION):
        assert two.count(words) == one.count(words), words
    assert len(two) - len(one) < 3000, "where boxes and lines are, and when rows hold"


def test_what_the_names_of_boxes_begin_with_is_said_once() -> None:
    begin = "https://example.org/elmshire/body/"
    nodes = tuple(replace(node, id=begin + node.id) for node in NODES)
    edges = tuple(replace(edge, source=begin + edge.source, target=begin + edge.target) for edge in EDGES)
    text = interactive(replace(ELMSHIRE, nodes=nodes, edges=edges))
    assert text.count(begin) == 1
    assert [node["id"] for node in Page(text).data()["nodes"]] == [node.id for node in nodes]


def test_the_way_of_a_line_is_read_back_as_it_is_drawn() -> None:
    (moment,) = (drawn(Moment("", ELMSHIRE)),)
    for line, back in zip(moment["lines"], Page(interactive(ELMSHIRE)).data()["lines"], strict=True):  # type: ignore[call-overload]
        for part in ("way", "tip"):
            assert back[part] == pytest.approx(line[part], abs=0.25)


def test_two_lines_between_the_same_bodies_are_both_drawn_on_the_page() -> None:
    twice = replace(
        ELMSHIRE, edges=(*EDGES, Edge("lead", "board", "coordinates"), Edge("board", "lead", "coordinates"))
    )
    assert len(Page(interactive(twice)).data()["edges"]) == len(twice.edges)


def test_our_reading_differs_from_stated_by_stroke_head_and_word_on_the_page() -> None:
    lines = Page(interactive(ELMSHIRE)).data()["edges"]
    looks = {(edge["from"], edge["to"]): (edge["dashes"], edge.get("arrows"), edge.get("label")) for edge in lines}
    strange = looks.pop(("deaths", "board"))
    assert all(strange[part] != look[part] for look in looks.values() for part in range(3))


def test_what_the_plan_leaves_open_is_marked_on_the_box_of_the_page() -> None:
    marked = [node["id"] for node in Page(interactive(ELMSHIRE)).data()["nodes"] if "(not stated" in node["label"]]
    assert marked == ["neglect"]


def test_the_legend_of_the_page_names_every_kind_used_and_none_else() -> None:
    text = interactive(ELMSHIRE)
    for label in (
        "board", "group or subgroup", "forum", "reports to", "coordinates with", "our reading", "not stated in",
    ):  # fmt: skip
        assert label in text
    assert "unused kind" not in text
    small = replace(ELMSHIRE, nodes=NODES[:2], edges=EDGES[:1])
    legend = interactive(small).split('id="legend"')[1].split("</section>")[0]
    for label in ("forum", "coordinates with", "our reading", "not stated in"):
        assert label not in legend


def test_title_and_caption_are_on_the_page() -> None:
    text = interactive(ELMSHIRE)
    for line in (ELMSHIRE.title, *CAPTION):
        assert line in text
    assert [said.strip() for tag, said in Page(text).texts if tag == "li"][: len(CAPTION)] == list(CAPTION)


def test_the_same_network_gives_the_same_page_in_another_process() -> None:
    code = (
        "import sys; from tests.networks import ELMSHIRE; from goldenthread.viz.page import interactive;"
        "sys.stdout.buffer.write(interactive(ELMSHIRE).encode())"
    )
    for seed in ("1", "2"):
        done = subprocess.run(
            [sys.executable, "-c", code], capture_output=True, check=True, cwd=ROOT, env=environment(seed)
        )
        assert done.stdout.decode() == interactive(ELMSHIRE)


def test_hostile_names_stay_text_on_the_page() -> None:
    page = Page(interactive(HOSTILE_NETWORK).encode("utf-8").decode("utf-8"))
    harmless = Page(interactive(ELMSHIRE))
    assert {tag for tag, _ in page.elements} <= {tag for tag, _ in harmless.elements}
    assert [attributes.get("type") for attributes in page.of("script")] == [
        "application/json",
        "application/json",
        None,
        None,
    ]
    assert not [name for _, attributes in page.elements for name in attributes if name.startswith("on")]
    assert all(link.get("href", "#").startswith("#") for link in page.of("a"))
    assert page.data()["bodies"][HOSTILE[1]]["name"] == HOSTILE[1]
    assert "".join(text for tag, text in page.texts if tag == "title").strip() == HOSTILE[0]


def test_nothing_remote_is_referenced_by_the_page() -> None:
    text = interactive(ELMSHIRE)
    assert not REMOTE.search(text)
    assert {tag for tag, _ in Page(text).elements}.isdisjoint({"link", "iframe", "object", "embed", "base", "form"})
    addresses = [
        attributes[name] for _, attributes in Page(text).elements for name in ("src", "href") if name in attributes
    ]
    assert [one for one in addresses if not one.startswith("#")] == []


def test_the_policy_allows_exactly_the_scripts_and_styles_of_the_page() -> None:
    text = interactive(ELMSHIRE)

    def named(content: str) -> str:
        return f"'sha256-{base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()}'"

    policy = Page(text).of("meta")[1]["content"]
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
    assert rules["default-src"] == "'none'"
    assert rules["script-src"].split() == [
        named(script) for script in re.findall(r"<script>(.*?)</script>", text, re.S)
    ]
    assert rules["style-src"].split() == [named(style) for style in re.findall(r"<style>(.*?)</style>", text, re.S)]
    assert not re.search(r"<[^>]*\sstyle=", re.sub(r"<script>.*?</script>", "", text, flags=re.S))


def test_the_page_has_a_language_a_title_and_landmarks() -> None:
    page = Page(interactive(ELMSHIRE))
    assert page.of("html") == [{"lang": "en-GB"}]
    assert len(page.of("title")) == len(page.of("main")) == len(page.of("h1")) == 1
    assert all(head.get("scope") in ("col", "row") for head in page.of("th"))


def test_an_empty_network_gives_an_empty_page() -> None:
    assert Page(interactive(Network("Nothing", (), (), {}, {}, ("none",)))).data()["nodes"] == []


def test_no_word_of_the_trade_stands_on_the_page() -> None:
    page = Page(interactive([Moment("2024", ELMSHIRE), Moment("2026", ELMSHIRE)]))
    texts = [text for tag, text in page.texts if tag != "style" and "vis-network" not in text[:400]]
    assert re.findall(r"\b(?:chains?|IRIs?|basis|endpoints?|facets?)\b", "\n".join(texts), re.I) == []


@pytest.mark.parametrize(
    "page",
    ["javascript:alert(1)", "https://example.org/a.html", "//example.org/a.html", "/a.html", "a.html?x", 'a".html'],
)
def test_a_page_that_is_not_a_file_of_the_report_is_refused(page: str) -> None:
    with pytest.raises(ValueError, match="not the name of a page beside the picture"):
        interactive(replace(ELMSHIRE, nodes=(replace(NODES[0], page=page), *NODES[1:])))


def test_a_series_needs_a_picture() -> None:
    with pytest.raises(ValueError, match="at least one picture"):
        interactive([])


def test_a_page_of_a_folder_allows_its_own_files_and_holds_no_script() -> None:
    text = interactive(ELMSHIRE, assets="../assets/")
    rules = dict(rule.strip().split(" ", 1) for rule in Page(text).of("meta")[1]["content"].split(";"))
    assert rules["script-src"] == "'self'"
    assert rules["style-src"].startswith("'self' 'sha256-")
    assert rules["default-src"] == "'none'"
    assert [script["src"] for script in Page(text).of("script") if "src" in script] == [
        "../assets/vis-network.min.js",
        "../assets/network.js",
    ]
    assert sorted(assets()) == ["look.css", "network.css", "network.js", "vis-network.min.js"]
    assert re.findall(r"<script>", text) == []


def test_several_lines_between_two_bodies_run_apart() -> None:
    for upward in (True, False):
        many = replace(ELMSHIRE, edges=tuple(Edge("lead", "board", "reports-to", upward=upward) for _ in range(3)))
        ways = [str(line["way"]) for line in Page(interactive(many)).data()["lines"]]
        assert len(set(ways)) == 3


def test_a_line_ends_at_the_boxes_that_it_joins_and_runs_through_no_other() -> None:
    upward = tuple(edge for edge in EDGES if edge.upward)
    around = replace(
        ELMSHIRE, edges=(*upward, Edge("quality", "board", "coordinates"))
    )  # the Leadership Group stands between
    data = Page(interactive(around)).data()
    boxes = {node["id"]: (node["x"], node["y"]) for node in data["nodes"]}
    sizes = data["bodies"]

    def inside(body: str, x: float, y: float, margin: float) -> bool:
        (at, down), size = boxes[body], sizes[body]
        return bool(abs(x - at) < size["wide"] / 2 + margin and abs(y - down) < size["high"] / 2 + margin)

    for edge, line in zip(data["edges"], data["lines"], strict=True):
        way = [*line["way"], *line["tip"]]
        assert inside(edge["from"], way[0], way[1], 1.0)
        assert inside(edge["to"], way[-2], way[-1], 1.0)
        for x, y in Route(tuple(zip(way[:-2:2], way[1:-2:2], strict=True))).sampled():
            assert not [body for body in boxes if body not in (edge["from"], edge["to"]) and inside(body, x, y, 0.0)]


def test_a_line_that_stands_for_more_is_wider_and_says_the_number() -> None:
    heavy = replace(
        ELMSHIRE, edges=(Edge("lead", "board", "reports-to", weight=9), Edge("quality", "board", "reports-to"))
    )
    nine, one = Page(interactive(heavy)).data()["edges"]
    assert (nine["label"], one.get("label")) == ("9", None)
    assert float(nine["width"]) > 2 * float(one["width"])
