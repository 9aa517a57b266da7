"""Pictures for a page of a report: SVG through Graphviz (pygraphviz brings it along), and Mermaid as text.

Boxes stand where the layout puts them; Graphviz draws the lines around them. Title, legend and caption are boxes of the
same drawing, placed above and below, so that whatever Graphviz can write carries them. In the drawing every body is
called n0, n1 ... and in every label the signs that mean something to Graphviz (markup and the backslash) are escaped. The
true ids come back as the SVG's titles.
"""

import xml.etree.ElementTree as ET
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from goldenthread.viz import colours
from goldenthread.viz.labels import NOT_STATED, ON_THE_BOX, OUR_READING, STATED, plain, wrapped
from goldenthread.viz.layout import BOX, WRAP, layout
from goldenthread.viz.legend import Legend, legend
from goldenthread.viz.mermaid import mermaid
from goldenthread.viz.network import Edge, Network, Node, Style

if TYPE_CHECKING:
    from pygraphviz import AGraph

__all__ = ["MissingLibrary", "mermaid", "svg"]

_SVG = "http://www.w3.org/2000/svg"
_DC = "http://purl.org/dc/elements/1.1/"
_FONT = "Arial,Helvetica,sans-serif"
_SIZE = 13.0
_WIDE = BOX - 10
_UPRIGHT, _LENGTHWISE = (170.0, 240.0), (257.0, 155.0)  # millimetres that an A4 page leaves for a picture
_READABLE = 7.0  # points
_MARGIN = 8.0
_ROUTED = 300  # beyond so many lines, finding a way around every box takes minutes


class MissingLibrary(Exception):
    """A library that this kind of picture needs is not installed."""


def svg(network: Network) -> str:
    """Return the network as an SVG picture that fits the width of an A4 page."""
    drawing = _drawing(network)
    routing = "true" if len(network.edges) <= _ROUTED else "line"
    drawn = drawing.draw(format="svg", prog="neato", args=f"-n -Gsplines={routing}")
    return _finished(drawn.decode("utf-8"), network)


def _drawing(network: Network) -> "AGraph":
    try:
        from pygraphviz import AGraph
    except ImportError:
        raise MissingLibrary(
            "this kind of picture needs Graphviz: pip install goldenthread[pictures] (or draw to .html or .mmd instead)"
        ) from None
    drawing = AGraph(strict=False, directed=True, bgcolor="white", pad=0.1)
    drawing.graph_attr.update(inputscale=72, outputorder="edgesfirst", esep="+3")
    drawing.node_attr.update(fontname=_FONT, fontsize=_SIZE, fontcolor=colours.INK, margin="0.05,0.04", penwidth=1.2)
    drawing.edge_attr.update(labelfontname=_FONT, labelfontsize=9.5, labelfontcolor=colours.INK, arrowsize=0.75)
    drawing.edge_attr.update(labeldistance=2.7, labelangle=-50)
    placed = layout(network, frame=0.9)
    names = {node.id: f"n{i}" for i, node in enumerate(network.nodes)}
    for node in network.nodes:
        _box(drawing, names[node.id], node, network.node_styles[node.kind], placed.positions[node.id])
    for i, edge in enumerate(network.edges):
        up = edge.upward and placed.positions[edge.source][1] > placed.positions[edge.target][1]
        ports = {"tailport": "n", "headport": "s"} if up else {}
        _line(drawing, f"e{i}", (names[edge.source], names[edge.target]), edge, network.edge_styles[edge.kind], ports)
    left = min((x for x, _ in placed.positions.values()), default=0.0) - BOX / 2
    right = max((x for x, _ in placed.positions.values()), default=0.0) + BOX / 2
    top = min((y - placed.heights[body] / 2 for body, (_, y) in placed.positions.items()), default=0.0)
    bottom = max((y + placed.heights[body] / 2 for body, (_, y) in placed.positions.items()), default=0.0)
    page = _Page(drawing, left, max(right - left, 460.0))
    heading = wrapped(network.title, int(page.width / 10))
    page.text(heading, top - 16 - 10 * len(heading), size=17, bold=True)
    y = _legend(page, legend(network), bottom + 34)
    caption = [line for text in network.caption for line in wrapped(text, int(page.width / 5.6))]
    if caption:
        page.text(caption, y + 6 + 6.5 * len(caption), size=10.5)
    return drawing


def _box(drawing: "AGraph", name: str, node: Node, style: Style, at: tuple[float, float]) -> None:
    lines = [_label(line) for line in wrapped(node.label, WRAP)]
    if node.unknown:
        lines.append(ON_THE_BOX)
    height = 15.0 * len(lines) + 12
    drawing.add_node(
        name,
        id=name,
        pos=_pin(*at),
        label="\\n".join(lines),
        width=_WIDE / 72,
        height=height * (1.25 if style.shape == "ellipse" else 1) / 72,
        fontcolor=colours.ink(style.fill),
        **_look(style, unknown=node.unknown),
    )


def _look(style: Style, *, unknown: bool = False) -> dict[str, str]:
    stroke = "dotted" if unknown else style.stroke
    rounded = ",rounded" if style.shape == "box" else ""
    return {"shape": style.shape, "style": f"filled,{stroke}{rounded}", "color": style.colour, "fillcolor": style.fill}


def _line(drawing: "AGraph", name: str, ends: tuple[str, str], edge: Edge, style: Style, more: dict[str, str]) -> None:
    colour = colours.visible(style.colour, colours.PAPER, 4.5)
    look = {"color": colour, "style": style.stroke, "penwidth": "1.4" if edge.upward else "1.1"}
    if edge.inferred:
        look |= {"class": "reading", "arrowhead": "vee", "taillabel": OUR_READING if edge.upward else ""}
    drawing.add_edge(*ends, key=name, id=name, **(look | more))


class _Page:
    """Where title, legend and caption are written: boxes without a frame, from the left edge on."""

    def __init__(self, drawing: "AGraph", left: float, width: float) -> None:
        self.drawing, self.left, self.width, self.used = drawing, left, width, 0

    def place(self, x: float, y: float, wide: float, high: float, **look: str) -> str:
        name = f"legend{self.used}"
        self.used += 1
        size = {"width": wide / 72, "height": high / 72, "fixedsize": True, "margin": 0}
        self.drawing.add_node(name, id=name, pos=_pin(x, y), **({"label": ""} | size | look))
        return name

    def dot(self, x: float, y: float) -> str:
        return self.place(x, y, 0.1, 0.1, shape="none")

    def text(
        self,
        lines: tuple[str, ...] | list[str],
        y: float,
        *,
        at: float = 0.0,
        wide: float = 0.0,
        size: float = 11,
        bold: bool = False,
    ) -> None:
        wide = wide or self.width
        begin, end = ("<B>", "</B>") if bold else ("", "")
        rows = "".join(f'<TR><TD ALIGN="LEFT">{begin}{_label(line)}{end}</TD></TR>' for line in lines)
        table = (
            f'<TABLE BORDER="0" CELLBORDER="0" CELLPADDING="0" CELLSPACING="0" WIDTH="{wide - 6:.0f}">{rows}</TABLE>'
        )
        high = 1.4 * size * len(lines)
        self.place(self.left + at + wide / 2, y, wide, high, shape="plaintext", label=f"<{table}>", fontsize=f"{size}")


def _legend(page: _Page, kinds: Legend, y: float) -> float:
    """Write the legend in columns, from `y` down, and return where it ends."""
    samples: list[tuple[str, Style, str]] = [(style.label, style, "box") for _, style in kinds.bodies]
    samples += [(style.label, style, "line") for _, style in kinds.lines]
    if kinds.unknown:
        samples.append((NOT_STATED, Style(NOT_STATED, "dotted", "#333333", fill="#ffffff"), "box"))
    if kinds.inferred:
        samples.append((f"{STATED} by the plan", Style(STATED, colour="#333333"), "line"))
        samples.append((f"{OUR_READING}, not the plan's words", Style(OUR_READING, colour="#333333"), "reading"))
    if not samples:
        return y
    wide = 62 + 6.2 * max(len(label) for label, _, _ in samples)
    columns = max(1, int(page.width // wide))
    rows = -(-len(samples) // columns)
    for i, (label, style, kind) in enumerate(samples):
        at, down = divmod(i, rows)
        x, height = page.left + at * wide, y + 24 * down
        if kind == "box":
            page.place(x + 20, height, 34, 14, **_look(style))
        else:
            ends = (page.dot(x + 2, height), page.dot(x + 40, height))
            sample = Edge(*ends, kind="", inferred=kind == "reading", upward=True)
            _line(page.drawing, f"{ends[0]}line", ends, sample, style, {"taillabel": ""})
        page.text([plain(label)], height, at=at * wide + 50, wide=wide - 56)
    return y + 24 * rows


def _pin(x: float, y: float) -> str:
    return f"{x:.1f},{-y:.1f}!"


def _label(text: str) -> str:
    return escape(plain(text)).replace("\\", "\\\\") or " "


def _finished(drawn: str, network: Network) -> str:
    """Give the picture its size, title and sources; put the true ids in; and take Graphviz' own ids out."""
    ET.register_namespace("", _SVG)
    ET.register_namespace("dc", _DC)
    root = ET.fromstring(drawn)
    titles = {f"n{i}": node.id for i, node in enumerate(network.nodes)}
    titles |= {f"e{i}": f"{edge.source}->{edge.target}" for i, edge in enumerate(network.edges)}
    for group in root.iter(f"{{{_SVG}}}g"):
        title = group.find(f"{{{_SVG}}}title")
        name = group.attrib.pop("id", "")
        if name in titles and title is not None:
            title.text = titles[name]
        elif title is not None:
            group.remove(title)
            group.set("class", group.get("class", "").replace("node", "legend").replace("edge", "legend"))
        if "reading" in group.get("class", "").split():
            for path in group.iter(f"{{{_SVG}}}path"):
                path.set("stroke-dasharray", "11,3,2,3")
    _describe(root, network)
    _fit(root)
    return ET.tostring(root, encoding="unicode") + "\n"


def _describe(root: ET.Element, network: Network) -> None:
    title, about = plain(network.title), "; ".join(plain(line) for line in network.caption)
    root.set("role", "img")
    root.set("aria-label", f"{title}. {about}")
    metadata = ET.Element(f"{{{_SVG}}}metadata")
    for name, text in (("title", title), *(("source", plain(line)) for line in network.caption)):
        ET.SubElement(metadata, f"{{{_DC}}}{name}").text = text
    for tag, text in (("desc", about), ("title", title)):
        element = ET.Element(f"{{{_SVG}}}{tag}")
        element.text = text
        root.insert(0, element)
    root.insert(2, metadata)


def _fit(root: ET.Element) -> None:
    """Set the size for an A4 page: upright if the writing stays readable or is no larger lengthwise."""
    _, _, width, height = (float(number) for number in root.get("viewBox", "0 0 1 1").split())
    upright, lengthwise = (min(wide / width, high / height) for wide, high in (_UPRIGHT, _LENGTHWISE))
    readable = _READABLE / _SIZE * 25.4 / 72
    scale = min(upright if upright >= readable else max(upright, lengthwise), 25.4 / 72)
    root.set("width", f"{width * scale:.1f}mm")
    root.set("height", f"{height * scale:.1f}mm")
