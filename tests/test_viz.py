"""Texts that other programs draw: the network, all of it and nothing else; names stay text; bad networks are refused."""

import io
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import replace

import networkx as nx
import pygraphviz
import pytest

from goldenthread.viz.colours import NIGHT, PAPER, contrast, pale, visible
from goldenthread.viz.formats.dot import dot
from goldenthread.viz.formats.exchange import gexf, graphml
from goldenthread.viz.formats.mermaid import mermaid
from goldenthread.viz.labels import plain
from goldenthread.viz.letters import fitted, width
from goldenthread.viz.network import Edge, Network, Node, Style
from goldenthread.viz.written import ENDINGS, written
from tests.networks import (
    CAPTION,
    EDGES,
    ELMSHIRE,
    HOSTILE,
    HOSTILE_NETWORK,
    HOSTILE_TABLE,
    NODES,
    ROOT,
    TOPICS,
    Pairs,
    environment,
    pairs,
    read_mermaid,
    timeline,
)  # fmt: skip

TWICE = replace(ELMSHIRE, edges=(*EDGES, Edge("lead", "board", "coordinates"), Edge("board", "lead", "coordinates")))
EMPTY = Network("Nothing", (), (), {}, {}, ("none",))
DRAWN = {
    "structure": ELMSHIRE, "two lines": TWICE, "columns": TOPICS, "lanes": timeline(3, 4, 20), "nothing": EMPTY,
    "hostile": HOSTILE_NETWORK, "hostile table": HOSTILE_TABLE,
}  # fmt: skip
every_network = pytest.mark.parametrize("drawn", DRAWN.values(), ids=DRAWN)


def read_dot(text: str) -> tuple[dict[str, str], dict[str, str], Pairs]:
    """The ids and labels of the boxes, the headings, and the lines of a DOT file, as Graphviz reads it."""
    graph = pygraphviz.AGraph(string=text)
    ids = {name: unquoted(graph.get_node(name).attr["id"]) for name in graph.nodes() if name.startswith("n")}
    labels = {ids[name]: unquoted(graph.get_node(name).attr["label"]) for name in ids}
    headings = {name: unquoted(graph.get_node(name).attr["label"]) for name in graph.nodes() if name not in ids}
    assert {name.rstrip("0123456789") for name in headings} <= {"heading"}
    return labels, headings, sorted((ids[source], ids[target]) for source, target in graph.edges())


def unquoted(text: str) -> str:
    """The text that Graphviz would draw for an attribute."""
    text = text.replace("&amp;", "&")
    return re.sub(r"\\(.)", lambda found: " " if found[1] in "nl" else found[1], text)


def one_line(text: str) -> str:
    return " ".join(plain(text).split())


def on_the_box(node: Node) -> str:
    return " ".join([*map(one_line, (node.label, *node.notes)), *["(not stated)"] * node.unknown])


def without_spaces(text: str) -> str:
    return re.sub(r"\s", "", text)


@every_network
def test_the_mermaid_text_shows_exactly_the_bodies_and_lines_of_the_network(drawn: Network) -> None:
    assert read_mermaid(mermaid(drawn)) == ({node.id for node in drawn.nodes}, pairs(drawn))


@every_network
def test_the_dot_file_shows_exactly_the_bodies_and_lines_of_the_network(drawn: Network) -> None:
    labels, headings, lines = read_dot(dot(drawn))
    assert {name: without_spaces(label) for name, label in labels.items()} == {
        node.id: without_spaces(on_the_box(node)) for node in drawn.nodes
    }
    assert list(map(without_spaces, headings.values())) == [
        without_spaces(plain(text)) for text in (*drawn.columns, *drawn.lanes)
    ]
    assert lines == pairs(drawn)


@every_network
def test_the_graphml_file_holds_exactly_the_bodies_and_lines_of_the_network(drawn: Network) -> None:
    graph = nx.read_graphml(io.BytesIO(graphml(drawn)), force_multigraph=True)
    assert list(graph.nodes()) == [node.id for node in drawn.nodes]
    assert sorted((edge[0], edge[1]) for edge in graph.edges) == pairs(drawn)
    assert graph.graph.get("title", "") == one_line(drawn.title)
    assert graph.graph.get("caption", "") == " | ".join(map(one_line, drawn.caption))
    for node in drawn.nodes:
        told = graph.nodes[node.id]
        assert told["label"] == one_line(node.label)
        assert told.get("notes", "") == "; ".join(map(one_line, node.notes))
        assert told.get("unknown", "") == ("not stated in the plan" if node.unknown else "")
        assert told.get("column", "") == (one_line(drawn.columns[node.column]) if drawn.columns else "")
        assert told.get("lane", "") == (one_line(drawn.lanes[node.lane]) if drawn.lanes else "")
        assert isinstance(told["x"], float)


@every_network
def test_the_gexf_file_holds_exactly_the_bodies_and_lines_of_the_network(drawn: Network) -> None:
    text = gexf(drawn)
    graph = nx.read_gexf(io.BytesIO(text))
    assert set(graph.nodes()) == {node.id for node in drawn.nodes}
    assert sorted((edge[0], edge[1]) for edge in graph.edges) == pairs(drawn)
    said = ET.fromstring(text).findtext(".//{*}description") or ""
    for line in (drawn.title, *drawn.caption):
        assert one_line(line) in said
    for node in drawn.nodes:
        assert graph.nodes[node.id]["label"] == one_line(node.label)
        assert graph.nodes[node.id].get("notes", "") == "; ".join(map(one_line, node.notes))


def test_a_line_in_graphml_and_gexf_says_its_relation_basis_weight_and_where_it_says_so() -> None:
    graph = nx.read_graphml(io.BytesIO(graphml(TOPICS)), force_multigraph=True)
    assert graph.get_edge_data("children", "training") == {
        "e1": {
            "label": "reports to", "basis": "our reading", "reporting_line": "no", "weight": 3,
            "detail": "where it says so: elmshire-2024, line 45",
        }
    }  # fmt: skip
    inside = nx.read_gexf(io.BytesIO(gexf(TOPICS)))["children"]["training"]
    assert {name: inside[name] for name in ("label", "basis", "weight")} == {
        "label": "reports to", "basis": "our reading", "weight": 3,
    }  # fmt: skip


def test_superiors_stand_above_in_programs_whose_y_grows_upwards() -> None:
    graph = nx.read_graphml(io.BytesIO(graphml(ELMSHIRE)))
    assert graph.nodes["board"]["y"] > graph.nodes["lead"]["y"] > graph.nodes["quality"]["y"]
    places = {
        node.get("id"): float(node.find("{*}position").get("y"))  # type: ignore[union-attr, arg-type]
        for node in ET.fromstring(gexf(ELMSHIRE)).iter("{http://www.gexf.net/1.2draft}node")
    }
    assert places["board"] > places["lead"] > places["quality"]


def test_our_reading_is_said_on_its_line() -> None:
    assert [line for line in mermaid(ELMSHIRE).splitlines() if "(our reading)" in line] == [
        '  n4 -.->|"reports to (our reading)"| n0'
    ]
    marked = [line.split(" [")[0] for line in dot(ELMSHIRE).splitlines() if "(our reading)" in line]
    assert marked == ["  n4 -> n0"]


def test_what_the_plan_leaves_open_and_notes_are_on_the_box_in_mermaid() -> None:
    assert [line for line in mermaid(ELMSHIRE).splitlines() if '(not stated)"' in line] == [
        '  n7["Neglect Strategy Group<br/>(not stated)"]'
    ]
    assert [line for line in mermaid(TOPICS).splitlines() if "chair" in line] == [
        '  n0["Elmshire Safeguarding<br/>Children Board<br/>chair#58; Independent Chair"]'
    ]


def test_a_line_says_how_many_things_it_stands_for() -> None:
    text = mermaid(TOPICS)
    assert '  n0 -->|"reports to, 12"| n2' in text
    assert '  n0 -.->|"reports to, 3 (our reading)"| n3' in text
    assert 'label="reports to 3 (our reading)"' in dot(TOPICS)


def test_columns_and_lanes_are_subgraphs_in_mermaid() -> None:
    text = mermaid(TOPICS)
    assert text.index("subgraph c0") < text.index("  n1[") < text.index("subgraph c1") < text.index("  n2([")
    assert [line for line in text.splitlines() if "subgraph" in line] == [
        '  subgraph c0["Board"]', '  subgraph c1["Topic that two boards claim"]', '  subgraph c2["Action"]',
    ]  # fmt: skip
    drawn = timeline(2, 3, 12)
    lines = mermaid(drawn).splitlines()
    cells = {(node.column, node.lane) for node in drawn.nodes}
    assert sum("subgraph" in line for line in lines) == len(cells) + 2
    assert sum(line.strip() == "end" for line in lines) == len(cells) + 2


def test_hostile_names_stay_text_in_mermaid() -> None:
    label = r"(?:[\w ,()'’–/+#;-]|<br/>)*"
    allowed = re.compile(
        rf"flowchart (?:BT|LR)|  n\d+\[\"{label}\"\]|  n\d+ -\.?->\|\"{label}\"\| n\d+"
        rf"|  subgraph \w+\[\"{label}\"\]|  end"
        r"|  class (?:n\d+,?)+ \w+|  classDef \w+ [\w:,#. -]+|  linkStyle \d+ [\w:,# -]+"
    )
    for drawn in (HOSTILE_NETWORK, HOSTILE_TABLE):
        text = mermaid(drawn).encode("utf-8").decode("utf-8")
        lines = [line for line in text.splitlines() if not line.lstrip().startswith("%% ")]
        assert [line for line in lines if not allowed.fullmatch(line)] == []


def test_a_dot_file_of_hostile_names_sets_nothing_but_what_a_harmless_one_sets() -> None:
    def set_by(drawn: Network) -> Iterator[str]:
        graph = pygraphviz.AGraph(string=dot(drawn))
        for thing in (*graph.nodes(), *graph.edges()):
            yield from thing.attr
        yield from graph.graph_attr

    for drawn in (HOSTILE_NETWORK, HOSTILE_TABLE):
        assert set(set_by(drawn)) <= set(set_by(TOPICS))


@pytest.mark.parametrize("draw", [mermaid, dot])
def test_title_caption_and_legend_are_inside(draw: object) -> None:
    text = draw(ELMSHIRE)  # type: ignore[operator]
    for line in (ELMSHIRE.title, *CAPTION, "board", "reports to", "coordinates with", "not stated in"):
        assert line in text
    assert "unused kind" not in text


@pytest.mark.parametrize("ending", [".mmd", ".dot", ".graphml", ".gexf"])
def test_the_same_network_gives_the_same_bytes_in_another_process(ending: str) -> None:
    code = (
        "import sys; from tests.networks import TOPICS; from goldenthread.viz.written import written;"
        f"sys.stdout.buffer.write(written(TOPICS, {ending!r}))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, cwd=ROOT, env=environment("7"))
    assert done.stdout == written(TOPICS, ending)


def test_every_ending_gives_its_own_kind_of_file() -> None:
    begins = {ending: written(ELMSHIRE, ending)[:15] for ending in ENDINGS}
    assert {ending: start for ending, start in begins.items() if ending not in (".html", ".svg")} == {
        ".png": b"\x89PNG\r\n\x1a\n\0\0\0\rIHD", ".pdf": begins[".pdf"], ".mmd": b"%% Elmshire: wh",
        ".dot": b"// Elmshire: wh", ".graphml": b"<?xml version='", ".gexf": b"<?xml version='",
    }  # fmt: skip
    assert begins[".pdf"].startswith(b"%PDF-1.")
    assert begins[".svg"].startswith(b"<svg ")
    assert begins[".html"].lower().startswith(b"<!doctype html")
    assert written(ELMSHIRE, ".MMD") == written(ELMSHIRE, ".mmd")


def test_another_ending_is_refused_with_those_that_can_be_had() -> None:
    with pytest.raises(ValueError, match=r"cannot draw \.jpg; use \.html, \.svg, \.png, \.pdf, \.mmd, \.dot, "):
        written(ELMSHIRE, ".jpg")
    with pytest.raises(ValueError, match="cannot draw a file without ending"):
        written(ELMSHIRE, "")


def test_importing_viz_loads_no_drawing_library_nor_does_writing_text() -> None:
    heavy = "pyvis networkx pygraphviz jinja2 markupsafe IPython"
    code = (
        "import sys, goldenthread.viz.page, goldenthread.viz.stills, goldenthread.viz.formats.exchange;"
        "from goldenthread.viz.written import written; from tests.networks import ELMSHIRE;"
        "written(ELMSHIRE, '.mmd'); written(ELMSHIRE, '.dot');"
        f"print([name for name in '{heavy}'.split() if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT, env=environment("0")
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
        ({"nodes": (*NODES, Node("a", "", "group", column=1))}, "column or lane that is not there: 1"),
        ({"edges": (Edge("lead", "board", "reports-to", weight=0),)}, "stands for nothing: 0"),
        ({"tops": ("nobody",)}, "the top 'nobody' is not among the bodies"),
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
    assert contrast(pale(visible(colour, ground, 4.5), ground), ground) >= 3.0


@pytest.mark.parametrize(
    "text", ["Performance, Improvement and Quality Assurance Group", "W" * 40, "a-" * 30, *HOSTILE]
)
@pytest.mark.parametrize("ems", [5.0, 9.4])
def test_lines_fit_and_say_the_whole_text(text: str, ems: float) -> None:
    lines = fitted(text, ems)
    assert without_spaces("".join(lines)) == without_spaces(plain(text))
    assert max(map(width, lines)) <= ems
