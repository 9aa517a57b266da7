"""An interactive page: pyvis' network in our own template, one file that opens from a memory stick.

pyvis' own template loads style sheets from elsewhere and lets a heading run scripts, so only its data and its copy of
vis-network are used. Boxes have their places beforehand (physics off); what is on a card is written by the page's
script as text, never as markup.
"""

import json
import math
from collections import Counter

from goldenthread.viz import colours
from goldenthread.viz.labels import NOT_STATED, ON_THE_BOX, OUR_READING, STATED, plain, wrapped
from goldenthread.viz.layout import BOX, WRAP, Layout, layout
from goldenthread.viz.legend import legend
from goldenthread.viz.markup import embedded, page, resource
from goldenthread.viz.network import Edge, Network, Node, Pairs, Style

DASHES: dict[str, bool | list[int]] = {"solid": False, "dashed": [9, 5], "dotted": [2, 5]}
READING_DASHES = [14, 4, 2, 4]
_OPTIONS = {
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False},
    "interaction": {
        "dragNodes": False,
        "hover": True,
        "keyboard": {"enabled": True, "bindToWindow": False},
        "selectConnectedEdges": True,
        "tooltipDelay": 250,
        "zoomView": False,
    },
    "nodes": {
        "font": {"face": "Arial", "size": 14},
        "scaling": {"label": {"drawThreshold": 2.5}},
        "margin": {"top": 9, "bottom": 9, "left": 6, "right": 6},
        "shapeProperties": {"borderRadius": 5},
        "widthConstraint": {"minimum": BOX - 12},
    },
    "edges": {
        "arrows": {"to": {"enabled": True, "scaleFactor": 0.65}},
        "font": {"face": "Arial", "size": 12, "align": "horizontal", "strokeWidth": 4},
        "scaling": {"label": {"drawThreshold": 4}},
        "selectionWidth": 1.6,
    },
}


def interactive(network: Network) -> str:
    """Return the page: picture, cards, legend and tables, with everything that it needs inside."""
    drawn = _drawn(network)
    names = {node.id: plain(node.label) for node in network.nodes}
    return page(
        "network.html.j2",
        styles=resource("look.css") + resource("network.css") + _kind_colours(network),
        scripts=(_vis_network(), resource("network.js")),
        data=_safe(embedded(drawn)),
        title=plain(network.title),
        caption=[plain(line) for line in network.caption],
        legend=legend(network),
        node_styles=network.node_styles,
        edge_styles=network.edge_styles,
        node_number={kind: i for i, kind in enumerate(network.node_styles)},
        edge_number={kind: i for i, kind in enumerate(network.edge_styles)},
        nodes=network.nodes,
        edges=network.edges,
        names=names,
        plain=plain,
        words={"reading": OUR_READING, "stated": STATED, "unknown": NOT_STATED},
    )


def _safe(json_text: str) -> str:
    from markupsafe import Markup

    return Markup(json_text)


def _drawn(network: Network) -> dict[str, object]:
    from pyvis.network import Network as Pyvis

    placed = layout(network)
    picture = Pyvis(directed=True)
    for node in network.nodes:
        picture.add_node(node.id, **_box(node, network.node_styles[node.kind], placed))
    used: Counter[tuple[str, str]] = Counter()
    for i, edge in enumerate(network.edges):
        pair = (edge.source, edge.target)
        picture.add_edge(*pair, id=f"line-{i}", **_line(edge, network, placed, used[pair]))
        used[pair] += 1
    picture.set_options(json.dumps(_OPTIONS))
    nodes, edges, _, _, _, options = picture.get_network_data()
    return {
        "nodes": nodes,
        "edges": edges,
        "options": json.loads(options),
        "looks": _looks(network),
        "words": {"reading": OUR_READING, "stated": STATED, "unknown": NOT_STATED},
        "bodies": {
            node.id: {
                "name": plain(node.label),
                "kind": node.kind,
                "unknown": node.unknown,
                "detail": _pairs(node.detail),
            }
            for node in network.nodes
        },
        "lines": [
            {"kind": edge.kind, "inferred": edge.inferred, "detail": _pairs(edge.detail)} for edge in network.edges
        ],
    }


def _pairs(detail: Pairs) -> list[list[str]]:
    return [[plain(label), plain(value)] for label, value in detail]


def _box(node: Node, style: Style, placed: Layout) -> dict[str, object]:
    x, y = placed.positions[node.id]
    lines = wrapped(node.label, WRAP)
    return {
        "label": "\n".join((*lines, ON_THE_BOX) if node.unknown else lines),
        "shape": style.shape,
        "x": round(x, 1),
        "y": round(y, 1),
        "borderWidth": 1.5,
        "shapeProperties": {"borderDashes": [3, 4] if node.unknown else DASHES[style.stroke]},
    }


def _line(edge: Edge, network: Network, placed: Layout, before: int) -> dict[str, object]:
    style = network.edge_styles[edge.kind]
    line: dict[str, object] = {
        "width": 1.8 if edge.upward else 1.3,
        "dashes": READING_DASHES if edge.inferred else DASHES[style.stroke],
        "smooth": _curve(edge, placed, before),
    }
    if edge.inferred:
        if edge.upward:
            line["label"] = OUR_READING
        line["arrows"] = {"to": {"enabled": True, "type": "vee", "scaleFactor": 0.8}}
    return line


def _curve(edge: Edge, placed: Layout, before: int) -> dict[str, object]:
    """Return how a line bends: upward lines like an organisation chart, others in a bow that clears boxes between."""
    (x, y), (to_x, to_y) = placed.positions[edge.source], placed.positions[edge.target]
    if edge.upward and not before and y > to_y:
        if edge.source in placed.hanging and abs(x - to_x) < BOX:
            return {"enabled": True, "type": "horizontal", "roundness": 1}
        straight = abs(x - to_x) < BOX / 2
        if not (straight and _between(edge, placed)):
            return {"enabled": True, "type": "cubicBezier", "forceDirection": "vertical", "roundness": 0.85}
    length = math.hypot(x - to_x, y - to_y) or 1.0
    bow = (1.25 * BOX / length if abs(x - to_x) < BOX / 2 and _between(edge, placed) else 0.12) + 0.14 * before
    return {"enabled": True, "type": "curvedCW", "roundness": round(min(bow, 0.9), 3)}


def _between(edge: Edge, placed: Layout) -> bool:
    (x, y), (to_x, to_y) = placed.positions[edge.source], placed.positions[edge.target]
    low, high = sorted((y, to_y))
    return any(
        low < other_y < high and abs(other_x - (x + to_x) / 2) < BOX / 2
        for other_x, other_y in placed.positions.values()
    )


def _looks(network: Network) -> dict[str, object]:
    """Return the colours of each kind of box and line on light and dark pages, and the kinds' names."""
    return {
        "bodies": {
            kind: {
                "label": plain(style.label),
                "light": _box_colours(style, night=False),
                "dark": _box_colours(style, night=True),
            }
            for kind, style in legend(network).bodies
        },
        "lines": {
            kind: {
                "label": plain(style.label),
                "light": colours.visible(style.colour, colours.PAPER, 4.5),
                "dark": colours.visible(style.colour, colours.NIGHT, 4.5),
            }
            for kind, style in legend(network).lines
        },
    }


def _box_colours(style: Style, *, night: bool) -> dict[str, str]:
    fill = colours.night_fill(style.fill) if night else style.fill
    border = colours.visible(style.colour, colours.NIGHT if night else colours.PAPER)
    return {"background": fill, "border": border, "ink": colours.ink(fill)}


def _kind_colours(network: Network) -> str:
    """Return the legend's colours as style rules, numbered by the place of a kind in its style table."""
    day: list[str] = []
    night: list[str] = []
    for i, style in enumerate(network.node_styles.values()):
        for rules, dark in ((day, False), (night, True)):
            look = _box_colours(style, night=dark)
            rules.append(f".body-{i}{{--line:{look['border']};--fill:{look['background']}}}")
    for i, style in enumerate(network.edge_styles.values()):
        day.append(f".line-{i}{{--line:{colours.visible(style.colour, colours.PAPER, 4.5)}}}")
        night.append(f".line-{i}{{--line:{colours.visible(style.colour, colours.NIGHT, 4.5)}}}")
    return "\n".join(day) + "\n@media screen and (prefers-color-scheme: dark) {\n" + "\n".join(night) + "\n}\n"


def _vis_network() -> str:
    from importlib.resources import files

    for name in ("vis-9.1.2", "vis-9.0.4"):
        script = files("pyvis") / "lib" / name / "vis-network.min.js"
        if script.is_file():
            return script.read_text(encoding="utf-8")
    raise FileNotFoundError("pyvis is installed without its copy of vis-network; install pyvis 0.3.2")
