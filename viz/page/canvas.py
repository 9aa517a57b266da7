"""A network as pyvis' data: boxes that have their places, lines, and what the page's script must know besides to draw
lines around boxes, write names, colour kinds and answer a click.

vis-network keeps the view, draws the boxes and says what was clicked. Our script draws the lines, whose ways are known
beforehand, and writes all words: vis-network would read markup in labels that are set in two sizes. `label` still holds
what stands on a box or line, so that the data alone says what the picture shows.
"""

import json
import math
import re
from collections.abc import Sequence

from goldenthread.viz import colours
from goldenthread.viz.labels import OUR_READING, plain
from goldenthread.viz.layout import BOX, Heading, Layout, layout
from goldenthread.viz.layout.boxes import Face, face
from goldenthread.viz.legend import Legend
from goldenthread.viz.network import Edge, Moment, Network, Node, Style
from goldenthread.viz.page.lines import SIDES, Line, lines

DASHES: dict[str, bool | list[int]] = {"solid": False, "dashed": [9, 5], "dotted": [2, 5]}
READING_DASHES = [14, 4, 2, 4]
FEW_OTHERS = 25
FEW_LINES = 14
OPTIONS = {
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False},
    "interaction": {
        "dragNodes": False,
        "hover": True,
        "keyboard": {"enabled": False},
        "selectConnectedEdges": True,
        "tooltipDelay": 250,
        "zoomView": False,
    },
    "nodes": {
        "shape": "box",
        "borderWidth": 1.5,
        "font": {"face": "Arial", "size": 14},
        "margin": {"top": 0, "right": 0, "bottom": 0, "left": 0},
        "borderWidthSelected": 3,
        "shapeProperties": {"borderRadius": 5},
    },
    "edges": {
        "smooth": False,
    },
}
_WIDE = 224.0
_PAGE = re.compile(r"(?:\.\./)*(?:[\w-][\w.-]*/)*[\w-][\w.-]*\.html(?:#[\w./:-]*)?\Z", re.ASCII)


def drawn(moment: Moment) -> dict[str, object]:
    """Return what the script draws at one moment; `nodes` and `edges` are pyvis' own."""
    from pyvis.network import Network as Pyvis

    network = moment.network
    placed = _layout(network)
    picture = Pyvis(directed=True)
    faces = {node.id: face(node, network.node_styles[node.kind], placed.width) for node in network.nodes}
    for node in network.nodes:
        picture.add_node(node.id, **_box(node, network.node_styles[node.kind], faces[node.id], placed))
    for i, edge in enumerate(network.edges):
        picture.add_edge(edge.source, edge.target, id=f"line-{i}", **_line(edge, network), smooth=False)
    picture.set_options(json.dumps(OPTIONS))
    nodes, edges, _, _, _, _ = picture.get_network_data()
    return {
        "nodes": nodes,
        "edges": edges,
        "bodies": {node.id: _body(node, faces[node.id], placed) for node in network.nodes},
        "lines": [_drawn_line(edge, line) for edge, line in zip(network.edges, lines(network, placed), strict=True)],
        "label": plain(moment.label),
        "title": plain(network.title),
        "caption": [plain(line) for line in network.caption],
        "headings": [_heading(heading) for heading in placed.headings],
        "columns": bool(network.columns),
        "wide": placed.width - SIDES,
    }


def _layout(network: Network) -> Layout:
    """Return the layout for a screen, on which a picture may be higher than the window: one scrolls.

    In columns joined by lines few boxes stand side by side, so that no line need pass behind one, and boxes are wide.
    """
    if not (network.columns and network.edges):
        return layout(network)
    return layout(network, frame=0.35, width=_WIDE if len(network.columns) < 5 else BOX)


def looks(kinds: Legend) -> dict[str, object]:
    """Return the colours of each kind of box (fill, border, ink) and line on light and dark pages, and the kinds' names."""
    return {
        "bodies": {
            kind: {
                "label": plain(style.label),
                "stroke": style.stroke,
                "shape": style.shape,
                "light": box_colours(style, night=False),
                "dark": box_colours(style, night=True),
            }
            for kind, style in kinds.bodies
        },
        "lines": {
            kind: {
                "label": plain(style.label),
                "stroke": style.stroke,
                "light": line_colour(style, night=False),
                "dark": line_colour(style, night=True),
            }
            for kind, style in kinds.lines
        },
    }


def quiet(networks: Sequence[Network]) -> list[str]:
    """Return the kinds of line that start switched off: what neither reports nor places, where there is a lot of it."""
    placing = {edge.kind for network in networks for edge in network.edges if edge.upward or edge.places}
    others = [sum(edge.kind not in placing for edge in network.edges) for network in networks if not network.columns]
    if not placing or max(others, default=0) <= FEW_OTHERS:
        return []
    return sorted({edge.kind for network in networks for edge in network.edges} - placing)


def line_colour(style: Style, *, night: bool) -> str:
    """Return the colour of a line on a light or a dark page."""
    return colours.visible(style.colour, colours.NIGHT if night else colours.PAPER, 4.5)


def box_colours(style: Style, *, night: bool) -> tuple[str, str, str]:
    """Return fill, border and ink of a box on a light or a dark page."""
    fill = colours.night_fill(style.fill) if night else style.fill
    border = colours.visible(style.colour, colours.NIGHT if night else colours.PAPER)
    return fill, border, colours.ink(fill)


def _box(node: Node, style: Style, written: Face, placed: Layout) -> dict[str, object]:
    x, y = placed.positions[node.id]
    return {
        "label": "\n".join(written.lines),
        "shape": style.shape,
        "x": round(x, 1),
        "y": round(y, 1),
        "shapeProperties": {"borderDashes": [3, 4] if node.unknown else DASHES[style.stroke]},
    }


def _body(node: Node, written: Face, placed: Layout) -> dict[str, object]:
    if node.page and not _PAGE.match(node.page):
        raise ValueError(f"not the name of a page beside the picture: {node.page!r}")
    return {
        "name": plain(node.label),
        "kind": node.kind,
        "unknown": node.unknown,
        "rows": written.name,
        "small": written.notes,
        "high": round(placed.heights[node.id], 1),
    }


def _heading(heading: Heading) -> dict[str, object]:
    return {
        "rows": [plain(line) for line in heading.lines],
        "x": round(heading.x, 1),
        "y": round(heading.y, 1),
        "wide": round(heading.width, 1),
        "high": round(heading.height, 1),
        "lane": heading.lane,
    }


def _drawn_line(edge: Edge, line: Line) -> dict[str, object]:
    said = {"words": line.words, "short": line.short}
    return {
        "kind": edge.kind,
        "inferred": edge.inferred,
        "weight": edge.weight,
        "way": [round(number, 1) for point in line.way for number in point],
        "tip": [round(number, 1) for number in line.tip],
        **{name: word for name, word in said.items() if word},
    }


def _line(edge: Edge, network: Network) -> dict[str, object]:
    style = network.edge_styles[edge.kind]
    line: dict[str, object] = {
        "width": round((1.8 if edge.upward else 1.3) + min(1.3 * (math.sqrt(edge.weight) - 1), 7), 2),
        "dashes": READING_DASHES if edge.inferred else DASHES[style.stroke],
    }
    says = [str(edge.weight)] if edge.weight > 1 else []
    if edge.inferred:
        says += [OUR_READING] if edge.upward else []
        line["arrows"] = {"to": {"enabled": True, "type": "vee", "scaleFactor": 0.8}}
    if says:
        line["label"] = "\n".join(says)
    return line
