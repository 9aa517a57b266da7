"""What is drawn is the network, all of it and nothing else; names stay text; the pages load nothing."""

import json
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from goldenthread.viz.colours import NIGHT, PAPER, contrast, visible
from goldenthread.viz.labels import plain
from goldenthread.viz.layout import BOX, layout, positions
from goldenthread.viz.network import Edge, Network, Node, Style
from goldenthread.viz.page import interactive
from goldenthread.viz.report import Branch, Cited, Grid, PlanReport, Report, render
from goldenthread.viz.stills import MissingLibrary, mermaid, svg

NODE_STYLES = {
    "board": Style("board", fill="#c7d7ee"),
    "group": Style("group or subgroup", fill="#dcefe6", colour="#146551"),
    "forum": Style("forum", shape="ellipse", fill="#f4e6c8", colour="#8a5a00"),
    "agency": Style("unused kind of body", stroke="dashed"),
}
EDGE_STYLES = {
    "reports-to": Style("reports to"),
    "coordinates": Style("coordinates with", stroke="dashed", colour="#0f766e"),
    "advises": Style("unused kind of line", stroke="dotted"),
}
SAID = (("where it says so", "elmshire-2024, line 45"),)
NODES = (
    Node("board", "Elmshire Safeguarding Board", "board", (("chair", "Independent Chair"),)),
    Node("lead", "Leadership Group", "group"),
    Node("quality", "Performance, Improvement and Quality Assurance Group", "group"),
    Node("audit", "Multi-Agency Audit Group", "group"),
    Node("deaths", "Child Death Overview Panel", "group"),
    Node("policy", "Policy and Procedures Group", "group"),
    Node("training", "Workforce Development Group", "group"),
    Node("neglect", "Neglect Strategy Group", "group", unknown=True),
    Node("adults", "Elmshire Safeguarding Adults Board", "board"),
    Node("inquiry", "Adults Inquiry Group", "group"),
    Node("forum", "Public Protection Forum", "forum"),
    Node("youth", "Youth Voice Group", "group"),
    Node("pool", "Joint Trainers' Pool", "group"),
)
EDGES = (
    Edge("lead", "board", "reports-to", upward=True, detail=SAID),
    Edge("quality", "lead", "reports-to", upward=True, detail=SAID),
    Edge("audit", "quality", "reports-to", upward=True, detail=SAID),
    Edge("deaths", "quality", "reports-to", upward=True, detail=SAID),
    Edge("deaths", "board", "reports-to", upward=True, inferred=True, detail=SAID),
    Edge("policy", "quality", "reports-to", upward=True, detail=SAID),
    Edge("training", "quality", "reports-to", upward=True, detail=SAID),
    Edge("inquiry", "adults", "reports-to", upward=True, detail=SAID),
    Edge("pool", "deaths", "reports-to", upward=True, detail=SAID),
    Edge("pool", "audit", "reports-to", upward=True, detail=SAID),
    Edge("pool", "policy", "reports-to", upward=True, detail=SAID),
    Edge("pool", "training", "reports-to", upward=True, detail=SAID),
    Edge("forum", "board", "coordinates", detail=SAID),
    Edge("forum", "adults", "coordinates", detail=SAID),
)
CAPTION = ("elmshire-2024", "April 2024 to March 2026", "As the plan states, not confirmed since")
ELMSHIRE = Network("Elmshire: who reports to whom", NODES, EDGES, NODE_STYLES, EDGE_STYLES, CAPTION)

HOSTILE = (
    "<script>alert(1)</script>",
    "</script><script>alert(2)</script>",
    '"><img src=x onerror=alert(3)>',
    "javascript:alert(4)",
    "<b>bold</b>",
    'a]];\n click n0 href "https://example.org" %%{init: {}}%%',
    "\\N \\G & &lt;i&gt; `code` #35;",
    "{{ 7*7 }} {% raw %} </title></style><!-- ]]>",
    "nul\x00 and \u202eright to left \ud800",
)
HOSTILE_IDS = tuple(" ".join(plain(name).split()) for name in HOSTILE)
HOSTILE_NETWORK = Network(
    HOSTILE[0],
    tuple(Node(name, HOSTILE[i], "group", ((name, name),), unknown=True) for i, name in enumerate(HOSTILE_IDS)),
    tuple(
        Edge(name, HOSTILE_IDS[0], HOSTILE[i], i % 2 == 0, True, ((name, name),))
        for i, name in enumerate(HOSTILE_IDS)
        if i
    ),
    {"group": Style(HOSTILE[1])},
    {name: Style(name) for name in HOSTILE},
    HOSTILE,
)

Pairs = list[tuple[str, str]]


class Page(HTMLParser):
    """What a browser would make of a page: its elements, and the text of its scripts and cells."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.texts: list[tuple[str, str]] = []
        self.open = ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        self.open = tag

    def handle_data(self, data: str) -> None:
        self.texts.append((self.open, data))

    def of(self, tag: str) -> list[dict[str, str]]:
        return [attributes for name, attributes in self.elements if name == tag]

    def data(self) -> dict[str, list[dict[str, str]]]:
        found: dict[str, list[dict[str, str]]] = json.loads(next(text for tag, text in self.texts if tag == "script"))
        return found


def groups(picture: str, kind: str) -> list[ET.Element]:
    return [
        group for group in ET.fromstring(picture).findall(".//{*}g") if group.get("class", "").split()[:1] == [kind]
    ]


def titles(picture: str, kind: str) -> list[str]:
    return sorted(group.findtext("{*}title") or "" for group in groups(picture, kind))


def read_mermaid(text: str) -> tuple[set[str], Pairs]:
    ids = dict(re.findall(r"^  %% (n\d+) is (.*)$", text, re.M))
    boxes = set(re.findall(r"^  (n\d+)[\[(]", text, re.M))
    assert boxes == set(ids)
    lines = re.findall(r'^  (n\d+) -\.?->\|"[^"]*"\| (n\d+)$', text, re.M)
    return {ids[box] for box in boxes}, sorted((ids[source], ids[target]) for source, target in lines)


def pairs(network: Network) -> Pairs:
    return sorted((edge.source, edge.target) for edge in network.edges)


def report(*, text: str = "Elmshire", svg_text: str = "", page: str = "") -> Report:
    cited = Cited(text, (text,), True, text, (text,))
    grid = Grid(text, text, (text, "Kind"), ((text, text), ("10", "b"), ("2", "")), ("Kind",))
    branch = Branch(cited, text, (Branch(cited, text),))
    plan = PlanReport(
        text, text, text, text, ((text, text),), (branch,),
        bodies=grid, actions=grid, missing=(grid,), structure_svg=svg_text, structure_page=page,
    )  # fmt: skip
    return Report(text, text, (cited,), (plan,), (text,))


def test_the_svg_shows_exactly_the_bodies_and_lines_of_the_network() -> None:
    picture = svg(ELMSHIRE)
    assert titles(picture, "node") == sorted(node.id for node in NODES)
    assert titles(picture, "edge") == sorted(f"{source}->{target}" for source, target in pairs(ELMSHIRE))


def test_the_mermaid_text_shows_exactly_the_bodies_and_lines_of_the_network() -> None:
    assert read_mermaid(mermaid(ELMSHIRE)) == ({node.id for node in NODES}, pairs(ELMSHIRE))


def test_the_page_holds_exactly_the_bodies_and_lines_of_the_network() -> None:
    data = Page(interactive(ELMSHIRE)).data()
    assert [node["id"] for node in data["nodes"]] == [node.id for node in NODES]
    assert sorted((edge["from"], edge["to"]) for edge in data["edges"]) == pairs(ELMSHIRE)


def test_the_tables_of_the_page_say_the_same_as_its_picture() -> None:
    page = Page(interactive(ELMSHIRE))
    rows = [attributes["data-row"] for attributes in page.of("tr") if "data-row" in attributes]
    assert rows == [*(f"line-{i}" for i in range(len(EDGES))), *(node.id for node in NODES)]
    ends = [
        attributes["data-body"]
        for tag, attributes in page.elements
        if tag in ("th", "td") and "data-body" in attributes
    ]
    said = [(edge.source, edge.target) for edge in EDGES]
    assert list(zip(ends[: 2 * len(EDGES) : 2], ends[1 : 2 * len(EDGES) : 2], strict=True)) == said


def test_two_lines_between_the_same_bodies_are_both_drawn() -> None:
    twice = replace(
        ELMSHIRE, edges=(*EDGES, Edge("lead", "board", "coordinates"), Edge("board", "lead", "coordinates"))
    )
    assert titles(svg(twice), "edge").count("lead->board") == 2
    assert read_mermaid(mermaid(twice))[1] == pairs(twice)
    assert len(Page(interactive(twice)).data()["edges"]) == len(twice.edges)


def test_our_reading_differs_from_stated_by_stroke_head_and_word() -> None:
    reading, *others = sorted(groups(svg(ELMSHIRE), "edge"), key=lambda group: "reading" not in group.get("class", ""))
    assert reading.findtext("{*}title") == "deaths->board"
    assert "our reading" in [text.text for text in reading.findall("{*}text")]
    dashes = [{path.get("stroke-dasharray") for path in group.findall("{*}path")} for group in (reading, *others)]
    assert dashes[0] not in dashes[1:]
    lines = Page(interactive(ELMSHIRE)).data()["edges"]
    looks = {(edge["from"], edge["to"]): (edge["dashes"], edge.get("arrows"), edge.get("label")) for edge in lines}
    strange = looks.pop(("deaths", "board"))
    assert all(strange[part] != look[part] for look in looks.values() for part in range(3))
    assert [line for line in mermaid(ELMSHIRE).splitlines() if "(our reading)" in line] == [
        '  n4 -.->|"reports to (our reading)"| n0'
    ]


def test_what_the_plan_leaves_open_is_marked_on_the_box() -> None:
    box = next(group for group in groups(svg(ELMSHIRE), "node") if group.findtext("{*}title") == "neglect")
    assert "not stated" in " ".join(text.text or "" for text in box.findall("{*}text"))
    marked = [node["id"] for node in Page(interactive(ELMSHIRE)).data()["nodes"] if "(not stated" in node["label"]]
    assert marked == ["neglect"]
    assert [line for line in mermaid(ELMSHIRE).splitlines() if '(not stated)"' in line] == [
        '  n7["Neglect Strategy Group<br/>(not stated)"]'
    ]


@pytest.mark.parametrize("draw", [svg, mermaid, interactive])
def test_the_legend_names_every_kind_used_and_none_else(draw: object) -> None:
    text = draw(ELMSHIRE)  # type: ignore[operator]
    for label in (
        "board",
        "group or subgroup",
        "forum",
        "reports to",
        "coordinates with",
        "our reading",
        "not stated in",
    ):
        assert label in text
    assert "unused kind" not in text
    small = replace(ELMSHIRE, nodes=NODES[:2], edges=EDGES[:1])
    text = draw(small)  # type: ignore[operator]
    legend = text.split('id="legend"')[1].split("</section>")[0] if draw is interactive else text
    for label in ("forum", "coordinates with", "our reading", "not stated in"):
        assert label not in legend


@pytest.mark.parametrize("draw", [svg, mermaid, interactive])
def test_title_and_caption_are_inside(draw: object) -> None:
    text = draw(ELMSHIRE)  # type: ignore[operator]
    for line in (ELMSHIRE.title, *CAPTION):
        assert line in text
    if draw is interactive:
        assert [said.strip() for tag, said in Page(text).texts if tag == "li"][: len(CAPTION)] == list(CAPTION)


@pytest.mark.parametrize("draw", [svg, mermaid, interactive])
def test_the_same_network_gives_the_same_bytes_in_another_process(draw: object) -> None:
    name = draw.__name__  # type: ignore[attr-defined]
    code = f"import sys; from test_viz import ELMSHIRE, {name}; sys.stdout.buffer.write({name}(ELMSHIRE).encode())"
    folder = __file__.rsplit("test_viz.py", 1)[0]
    for seed in ("1", "2", "3"):
        done = subprocess.run(
            [sys.executable, "-c", code], capture_output=True, check=True, cwd=folder, env=environment(seed)
        )  # fmt: skip
        assert done.stdout.decode() == draw(ELMSHIRE)  # type: ignore[operator]


def environment(seed: str) -> dict[str, str]:
    import os

    return {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}


def test_hostile_names_stay_text_on_the_page() -> None:
    page = Page(interactive(HOSTILE_NETWORK).encode("utf-8").decode("utf-8"))
    harmless = Page(interactive(ELMSHIRE))
    assert {tag for tag, _ in page.elements} <= {tag for tag, _ in harmless.elements}
    assert [attributes.get("type") for attributes in page.of("script")] == ["application/json", None, None]
    assert not [name for _, attributes in page.elements for name in attributes if name.startswith("on")]
    assert all(link["href"].startswith("#") for link in page.of("a"))
    assert page.data()["bodies"][HOSTILE[1]]["name"] == HOSTILE[1]  # type: ignore[call-overload]
    assert "".join(text for tag, text in page.texts if tag == "title").strip() == HOSTILE[0]


def test_hostile_names_stay_text_in_the_svg() -> None:
    picture = svg(HOSTILE_NETWORK).encode("utf-8").decode("utf-8")
    root = ET.fromstring(picture)
    drawn = {element.tag.rpartition("}")[2] for element in root.iter()}
    assert drawn <= {element.tag.rpartition("}")[2] for element in ET.fromstring(svg(ELMSHIRE)).iter()}
    assert not [
        name for element in root.iter() for name in list(element.attrib) if name.startswith("on") or "href" in name
    ]
    shown = ["".join(text.text or "" for text in group.findall("{*}text")) for group in groups(picture, "node")]
    assert re.sub(r"\s", "", shown[0]) == "<script>alert(1)</script>(notstated)"
    assert re.sub(r"\s", "", shown[6]).startswith(r"\N\G&&lt;i&gt;`code`#35;")
    legend = ["".join(text.text or "" for text in group.findall("{*}text")) for group in groups(picture, "legend")]
    assert {HOSTILE[0], r"\N \G & &lt;i&gt; `code` #35;"} <= {text.strip() for text in legend}
    assert HOSTILE[4] in titles(picture, "node")


def test_hostile_names_stay_text_in_mermaid() -> None:
    text = mermaid(HOSTILE_NETWORK).encode("utf-8").decode("utf-8")
    label = r"(?:[\w ,()'’/+#;-]|<br/>)*"
    allowed = re.compile(
        rf"flowchart BT|  n\d+\[\"{label}\"\]|  n\d+ -\.?->\|\"{label}\"\| n\d+"
        r"|  class (?:n\d+,?)+ \w+|  classDef \w+ [\w:,#. -]+|  linkStyle \d+ [\w:,# -]+"
    )
    assert [
        line for line in text.splitlines() if not line.lstrip().startswith("%% ") and not allowed.fullmatch(line)
    ] == []
    assert len(read_mermaid(text)[1]) == len(HOSTILE) - 1


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_stays_text_in_the_report(text: str) -> None:
    page = Page(render(report(text=text))["index.html"].encode("utf-8").decode("utf-8"))
    harmless = Page(render(report())["index.html"])
    assert [tag for tag, _ in page.elements] == [tag for tag, _ in harmless.elements]
    assert [set(attributes) for _, attributes in page.elements] == [
        set(attributes) for _, attributes in harmless.elements
    ]
    assert all(link["href"].startswith("#") for link in page.of("a"))


@pytest.mark.parametrize(
    "page", ["javascript:alert(1)", "https://example.org/a.html", "../a.html", "javascript:x.html", "a.svg"]
)
def test_the_report_refuses_a_structure_page_that_is_not_a_file_beside_it(page: str) -> None:
    with pytest.raises(ValueError, match="not the name of a page beside the report"):
        render(report(page=page))


REMOTE = re.compile(
    r"""(?:\b(?:src|href|action|poster|data|srcset)\s*=\s*["']?|url\(\s*["']?|@import\s*["']?)(?:https?:)?//""", re.I
)


def test_nothing_remote_is_referenced() -> None:
    page, told, picture = (
        interactive(ELMSHIRE),
        render(report(svg_text=svg(ELMSHIRE), page="structure.html"))["index.html"],
        svg(ELMSHIRE),
    )
    for text in (page, told, picture):
        assert not REMOTE.search(text)
    for text in (page, told):
        assert {tag for tag, _ in Page(text).elements}.isdisjoint({"link", "iframe", "object", "embed", "base", "form"})
        addresses = [
            attributes[name] for _, attributes in Page(text).elements for name in ("src", "href") if name in attributes
        ]
        assert [one for one in addresses if not one.startswith(("#", "data:image/svg+xml;base64,"))] in (
            [],
            ["structure.html"],
        )
    assert "<!DOCTYPE" not in picture


@pytest.mark.parametrize("text", [interactive(ELMSHIRE), render(report())["index.html"]], ids=["page", "report"])
def test_the_policy_allows_exactly_the_scripts_and_styles_of_the_page(text: str) -> None:
    import base64
    import hashlib

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


@pytest.mark.parametrize("text", [interactive(ELMSHIRE), render(report())["index.html"]], ids=["page", "report"])
def test_pages_have_a_language_a_title_and_landmarks(text: str) -> None:
    page = Page(text)
    assert page.of("html") == [{"lang": "en-GB"}]
    assert len(page.of("title")) == len(page.of("main")) == len(page.of("h1")) == 1
    assert all(head.get("scope") in ("col", "row") for head in page.of("th"))


def test_whoever_answers_for_others_stands_above_them() -> None:
    places = positions(ELMSHIRE)
    assert all(places[edge.source][1] > places[edge.target][1] for edge in EDGES if edge.upward)
    assert places["board"][1] == min(y for _, y in places.values())


def test_a_body_with_several_superiors_stands_below_all_of_them() -> None:
    lines = (("b", "a"), ("c", "b"), ("d", "c"), ("x", "a"), ("x", "d"), ("y", "x"), ("y", "b"))
    places = positions(network(lines))
    assert all(places[source][1] > places[target][1] for source, target in lines)


def test_bodies_without_a_line_of_accountability_stand_beside_the_hierarchy() -> None:
    places = positions(ELMSHIRE)
    hierarchy = {end for edge in EDGES if edge.upward for end in (edge.source, edge.target)}
    rightmost = max(places[body][0] for body in hierarchy)
    assert {body for body, (x, _) in places.items() if x > rightmost} == {"forum", "youth", "neglect"}


def network(lines: tuple[tuple[str, str], ...]) -> Network:
    bodies = dict.fromkeys(end for line in lines for end in reversed(line))
    edges = tuple(Edge(source, target, "reports-to", upward=True) for source, target in lines)
    return Network(
        "invented", tuple(Node(body, f"Group {body}", "group") for body in bodies), edges, NODE_STYLES, EDGE_STYLES, ()
    )


def overlapping(drawn: Network) -> list[tuple[str, str]]:
    placed = layout(drawn)
    at = sorted(placed.positions.items(), key=lambda item: item[1])
    return [
        (one, other)
        for i, (one, (x, y)) in enumerate(at)
        for other, (other_x, other_y) in at[i + 1 :]
        if abs(x - other_x) < BOX and abs(y - other_y) < (placed.heights[one] + placed.heights[other]) / 2
    ]


@pytest.mark.parametrize("count", [1, 3, 9, 17, 35, 90])
def test_no_two_boxes_overlap_however_many_report_to_one(count: int) -> None:
    drawn = network(tuple((f"g{i}", "board") for i in range(count)))
    assert overlapping(drawn) == []
    assert overlapping(ELMSHIRE) == []
    if count > 20:
        xs = [x for x, _ in positions(drawn).values()]
        assert max(xs) - min(xs) < count * BOX / 2, "a long row is wrapped"


@pytest.mark.parametrize("count", [3, 9, 13, 17, 35])
def test_no_box_stands_in_the_way_of_the_lines_of_those_below_it(count: int) -> None:
    placed = layout(network(tuple((f"g{i}", "board") for i in range(count))))
    board, down = placed.positions["board"]
    for one, (x, y) in placed.positions.items():
        between = [other for other, at in placed.positions.items() if down < at[1] < y and abs(at[0] - x) < BOX / 2]
        assert not between or (one in placed.hanging and abs(x - board) > BOX / 2)


@pytest.mark.parametrize(
    "lines",
    [
        (("a", "a"),),
        (("a", "b"), ("b", "a")),
        (("a", "top"), ("b", "a"), ("c", "b"), ("a", "c")),
        tuple((f"g{i}", f"g{(i + 1) % 3000}") for i in range(3000)),
    ],
    ids=["to itself", "two", "three below a board", "three thousand"],
)
def test_circles_of_reporting_lines_do_not_hang(lines: tuple[tuple[str, str], ...]) -> None:
    drawn = network(lines)
    assert set(positions(drawn)) == {node.id for node in drawn.nodes}
    if len(lines) < 10:
        assert titles(svg(drawn), "edge") == sorted(f"{source}->{target}" for source, target in lines)
        assert read_mermaid(mermaid(drawn))[1] == sorted(lines)


def test_a_circle_below_a_board_hangs_from_the_board() -> None:
    places = positions(network((("a", "top"), ("b", "a"), ("c", "b"), ("a", "c"))))
    assert places["top"][1] < places["a"][1] < places["b"][1] < places["c"][1]


def test_the_order_of_lines_does_not_change_the_layout() -> None:
    assert positions(replace(ELMSHIRE, edges=EDGES[::-1])) == positions(ELMSHIRE)


def test_one_thousand_bodies_under_one_board_keep_their_layers() -> None:
    boards = tuple((f"b{i}", "nation") for i in range(40))
    groups_ = tuple((f"b{i}g{j}", f"b{i}" if j < 4 else f"b{i}g{j % 4}") for i in range(40) for j in range(24))
    drawn = network((*boards, *groups_, ("b3g9", "b20g1")))
    places = positions(drawn)
    assert len(places) == 1001
    assert all(places[edge.source][1] > places[edge.target][1] for edge in drawn.edges)
    assert overlapping(drawn) == []


def test_an_empty_network_is_drawn_as_nothing() -> None:
    empty = Network("Nothing", (), (), {}, {}, ("none",))
    assert titles(svg(empty), "node") == []
    assert read_mermaid(mermaid(empty)) == (set(), [])
    assert Page(interactive(empty)).data()["nodes"] == []


def test_without_pygraphviz_one_line_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pygraphviz", None)
    with pytest.raises(MissingLibrary, match=r"pip install goldenthread\[pictures\]") as caught:
        svg(ELMSHIRE)
    assert "\n" not in str(caught.value)
    assert mermaid(ELMSHIRE).startswith("%% Elmshire")


def test_importing_viz_loads_no_drawing_library() -> None:
    heavy = "pyvis networkx pygraphviz jinja2 markupsafe IPython"
    code = (
        "import sys, goldenthread.viz.page, goldenthread.viz.stills, goldenthread.viz.report;"
        f"print([name for name in '{heavy}'.split() if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment("0")
    )
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"edges": (Edge("lead", "nobody", "reports-to"),)}, "unknown body: 'nobody'"),
        ({"edges": (Edge("lead", "board", "owns"),)}, "kind without a style: 'owns'"),
        ({"nodes": (*NODES, NODES[0])}, "'board' is there twice"),
        ({"nodes": (*NODES, Node("a\nb", "", "group"))}, "cannot be written"),
        ({"nodes": (*NODES, Node("a\ud800", "", "group"))}, "cannot be written"),
        ({"node_styles": {}}, "kind without a style: 'board'"),
    ],
)
def test_a_network_that_could_not_be_drawn_whole_is_refused(changed: dict[str, object], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        replace(ELMSHIRE, **changed)  # type: ignore[arg-type]


@pytest.mark.parametrize("look", [{"colour": "red;}"}, {"fill": "#fff"}, {"stroke": "wavy"}, {"shape": "star"}])
def test_a_look_that_is_none_is_refused(look: dict[str, str]) -> None:
    with pytest.raises(ValueError, match=next(iter(look))):
        Style("board", **look)


@pytest.mark.parametrize("colour", ["#1f3a5f", "#ffffff", "#000000", "#f4e6c8", "#7c3aed", "#808080"])
@pytest.mark.parametrize("ground", [PAPER, NIGHT])
def test_lines_of_any_colour_can_be_seen_on_light_and_dark_pages(colour: str, ground: str) -> None:
    assert contrast(visible(colour, ground, 4.5), ground) >= 4.5


def test_the_report_says_every_entry_with_where_it_says_so() -> None:
    page = Page(render(report(svg_text=svg(ELMSHIRE), page="structure.html"))["index.html"])
    text = " ".join(text for tag, text in page.texts if tag not in ("script", "style"))
    assert text.count("Where it says so: Elmshire") == 3
    assert text.count("our reading") == 3
    assert [image["src"][:26] for image in page.of("img")] == ["data:image/svg+xml;base64,"]
    assert "structure.html" in [link["href"] for link in page.of("a")]


def test_every_link_within_the_report_has_a_place_to_go() -> None:
    page = Page(render(report(svg_text=svg(ELMSHIRE)))["index.html"])
    ids = [attributes["id"] for _, attributes in page.elements if "id" in attributes]
    assert len(ids) == len(set(ids))
    assert {link["href"][1:] for link in page.of("a")} <= set(ids)


def test_a_table_whose_rows_do_not_fit_is_refused() -> None:
    with pytest.raises(ValueError, match="a row has 1 cells, not 2"):
        Grid("Actions", "", ("No.", "Action"), (("1",),))
    with pytest.raises(ValueError, match="no column is named 'Lead'"):
        Grid("Actions", "", ("No.",), (), ("Lead",))
