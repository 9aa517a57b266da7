"""A composition as Graphviz' drawing: boxes, lines, words, legend and caption at their places.

In the drawing every body is called n0, n1 ... and every line e0, e1 ...; what is neither is part of the sheet.
"""

import math
from collections import defaultdict
from collections.abc import Hashable
from typing import TYPE_CHECKING

from goldenthread.viz import colours
from goldenthread.viz.labels import NOT_STATED
from goldenthread.viz.layout.boxes import FONT, NOTE
from goldenthread.viz.letters import width
from goldenthread.viz.network import Edge, Node, Style
from goldenthread.viz.stills.composition import Composition
from goldenthread.viz.stills.graphviz import at, drawing, text
from goldenthread.viz.stills.sheet import Entry, Words
from goldenthread.viz.ways.curves import PATTERN, SHORTEST, Pattern, cut, dashes, length, pattern, xdot, xdot_text
from goldenthread.viz.ways.room import Point
from goldenthread.viz.ways.routes import Route

if TYPE_CHECKING:
    from pygraphviz import AGraph

FACES = "Arial,Helvetica,sans-serif"
_HEAD = 9.0
_BAND = "#f2f5f9"
_SAMPLE = 25.0
_CELL = 4.0


def patterns(composition: Composition) -> dict[int, Pattern]:
    """Return the dashes of each line that is our reading; lines that share their way have the same, of the shortest."""
    lengths: dict[int, float] = {}
    alike: dict[Hashable, list[tuple[set[int], set[tuple[int, int]]]]] = defaultdict(list)
    for i, edge in enumerate(composition.network.edges):
        if edge.inferred:
            way, pale = composition.ways[i], composition.pale and not edge.upward
            lengths[i] = length(shaft(way, _width(edge, pale=pale))[1])
            lines, places = {i}, {(round(x / _CELL), round(y / _CELL)) for x, y in way.sampled(_CELL / 2)}
            mine = alike[composition.shared.get(i, i)]
            for others in [one for one in mine if places & one[1]]:
                mine.remove(others)
                lines, places = lines | others[0], places | others[1]
            mine.append((lines, places))
    return {
        i: pattern(min(lengths[one] for one in lines)) for found in alike.values() for lines, _ in found for i in lines
    }


def shaft(way: Route, wide: float) -> tuple[float, tuple[Point, ...]]:
    """Return how long the arrow head of a line so wide is, and the line without it: on a short line a smaller head."""
    head = min(_HEAD, 3.0 + 4 * wide) + max(0.0, wide - 2) * 0.6
    head = min(head, max(head / 2, length(way.points) - SHORTEST))
    return head, cut(way, head)


def drawn(composition: Composition, *, dashed: bool) -> "AGraph":
    """Return the drawing; `dashed` says whether readings are drawn dash by dash (else the SVG's own dashes do it)."""
    page = drawing(bgcolor="white", pad=0, margin=0, outputorder="edgesfirst")
    page.node_attr.update(
        fontname=FACES, fontsize=FONT, fontcolor=colours.INK, penwidth=1.2, margin=0, fixedsize="shape"
    )
    page.edge_attr.update(arrowsize=_HEAD / 10)
    painter = _Painter(page, composition, dashed)
    for i, node in enumerate(composition.network.nodes):
        painter.box(f"n{i}", node)
    for i, edge in enumerate(composition.network.edges):
        painter.line(i, edge)
    for mark in composition.marks:
        painter.label((mark.text,), (mark.x, mark.y), mark.width, mark.height, composition.small, ground="white")
    painter.headings()
    painter.sheet()
    if painter.behind:
        page.graph_attr["_background"] = " ".join(painter.behind)
    return page


class _Painter:
    def __init__(self, page: "AGraph", composition: Composition, dashed: bool) -> None:
        self.page, self.composition, self.dashed = page, composition, dashed
        self.behind: list[str] = []
        self.used = 0
        self.patterns = patterns(composition)
        self.names = {node.id: f"n{i}" for i, node in enumerate(composition.network.nodes)}
        sheet = composition.sheet
        self.unit = 1 / sheet.scale
        self.left = composition.left - (sheet.width * self.unit - composition.wide) / 2
        self.top = composition.top - sheet.top * self.unit

    def box(self, name: str, node: Node) -> None:
        lines, style = self.composition.faces[node.id], self.composition.network.node_styles[node.kind]
        room = self.composition.room
        label = "\\n".join(map(text, lines.name))
        if lines.notes:
            notes = "".join(f"<BR/>{text(line)}" for line in lines.notes)
            label = f'<{"<BR/>".join(map(text, lines.name))}<FONT POINT-SIZE="{NOTE}">{notes}</FONT>>'
        look = _look(style, unknown=node.unknown) | {"fontcolor": colours.ink(style.fill), "label": label}
        self._node(name, room.centre(node.id), (room.width, room.heights[node.id]), look)

    def line(self, number: int, edge: Edge) -> None:
        style = self.composition.network.edge_styles[edge.kind]
        pale = self.composition.pale and not edge.upward
        colour = colours.visible(style.colour, colours.PAPER, 4.5)
        backward = self.composition.shared.get(number, ("",))[0] == edge.target
        self._line(f"e{number}", (self.names[edge.source], self.names[edge.target]), self.composition.ways[number],
                   stroke=style.stroke, colour=colours.pale(colour) if pale else colour,
                   wide=_width(edge, pale=pale), inferred=edge.inferred, backward=backward,
                   parts=self.patterns.get(number, PATTERN))  # fmt: skip

    def _line(
        self, name: str, ends: tuple[str, str], way: Route, *,
        stroke: str, colour: str, wide: float, inferred: bool, backward: bool = False, parts: Pattern = PATTERN,
    ) -> None:  # fmt: skip
        """Draw a line; `backward` from its arrow head on, so that its dashes fall on those of lines that it meets."""
        tip, (head, rest) = way.points[-1], shaft(way, wide)
        look = {"color": colour, "style": stroke, "penwidth": f"{wide:.2f}", "arrowsize": f"{head / 10:.3f}"}
        if inferred:
            look |= {"class": "reading", "arrowhead": "vee", "arrowtail": "vee", "style": "solid"}
            if self.dashed:
                self.behind += [xdot_text("S", f"setlinewidth({wide:.2f})"), xdot_text("c", colour)]
                self.behind += [xdot(dash, "L") for dash in dashes(rest[::-1] if backward else rest, parts)]
                rest = (rest[-1],) * 4  # what is left of the line itself is its arrow head
        places = " ".join(at(x, y) for x, y in (rest[::-1] if backward else rest))
        look |= {"dir": "back"} if backward else {}
        self.page.add_edge(*ends, key=name, id=name, pos=f"{'s' if backward else 'e'},{at(*tip)} {places}", **look)

    def label(
        self, lines: tuple[str, ...], place: tuple[float, float], wide: float, high: float, size: float, *,
        ground: str = "", bold: bool = False, left: bool = False,
    ) -> None:  # fmt: skip
        look = {"style": "filled", "fillcolor": ground, "penwidth": "0"} if ground else {}
        begin, end = ("<B>", "</B>") if bold else ("", "")
        words = begin + "<BR/>".join(map(text, lines)) + end
        if left:
            rows = "".join(f'<TR><TD ALIGN="LEFT">{begin}{text(line)}{end}</TD></TR>' for line in lines)
            words = f'<TABLE BORDER="0" CELLBORDER="0" CELLPADDING="0" CELLSPACING="0" WIDTH="{int(wide) + 1}">{rows}</TABLE>'
        look |= {"label": f"<{words}>", "fontsize": f"{size:.2f}", "shape": "box" if ground else "plaintext"}
        self._node(self._name(), place, (wide, high), look)

    def headings(self) -> None:
        composition = self.composition
        lanes = [heading for heading in composition.placed.headings if heading.lane]
        right = composition.left + composition.wide
        for i, heading in enumerate(composition.placed.headings):
            self.label(heading.lines, (heading.x, heading.y), heading.width, 17.0 * len(heading.lines), FONT, bold=True)
            if heading in lanes and (i + len(lanes)) % 2:
                top, bottom = heading.y - heading.height / 2 - 8, heading.y + heading.height / 2 + 8
                corners = [(composition.left, top), (right, top), (right, bottom), (composition.left, bottom)]
                # bands come before whatever is drawn on them, such as the dashes of readings
                self.behind[:0] = [xdot_text("c", _BAND), xdot_text("C", _BAND), xdot(corners, "P")]

    def sheet(self) -> None:
        sheet = self.composition.sheet
        wide, high = sheet.width * self.unit, sheet.height * self.unit
        middle = (self.left + wide / 2, self.top + high / 2)
        self._node(self._name(), middle, (wide, high), {"label": "", "style": "invis"})
        for words in sheet.words:
            self._words(words)
        for entry, x, y in sheet.samples:
            self._sample(entry, self.left + x * self.unit, self.top + y * self.unit)

    def _words(self, words: Words) -> None:
        size = words.size * self.unit
        longest = max(width(line, bold=words.bold) for line in words.lines) * size
        wide = min(longest * 1.1 + 2, (self.composition.sheet.width - words.x) * self.unit)
        high = size * 1.25 * len(words.lines)
        x, y = self.left + words.x * self.unit, self.top + words.y * self.unit
        self.label(words.lines, (x + wide / 2, y + high / 2), wide, high, size, bold=words.bold, left=True)

    def _sample(self, entry: Entry, x: float, y: float) -> None:
        long, size = _SAMPLE * self.unit, 8.0 * self.unit
        if entry.sample == "box":
            look = _look(entry.style, unknown=entry.style.label == NOT_STATED)
            self._node(self._name(), (x + long / 2, y), (long * 0.9, size), look | {"label": ""})
            return
        ends = (self._name(), self._name())
        for end, place in zip(ends, (x, x + long), strict=True):
            self._node(end, (place, y), (0.1, 0.1), {"label": "", "shape": "none"})
        colour = colours.visible(entry.style.colour, colours.PAPER, 4.5)
        points = [(x + long * share / 6, y) for share in (0, 1, 2, 3, 4, 5, 6)]
        self._line(f"{ends[0]}line", ends, Route(tuple(points)), stroke=entry.style.stroke, colour=colour, wide=1.3,
                   inferred=entry.sample == "reading")  # fmt: skip
        if entry.mark:
            letter = 7.2 * self.unit
            self.label(
                (entry.mark,),
                (x + long * 0.42, y),
                letter * 0.95 * len(entry.mark),
                letter * 1.2,
                letter,
                ground="white",
            )

    def _name(self) -> str:
        self.used += 1
        return f"sheet{self.used}"

    def _node(self, name: str, place: Point, size: tuple[float, float], look: dict[str, str]) -> None:
        wide, high = (f"{side / 72:.4f}" for side in size)
        self.page.add_node(name, id=name, pos=at(*place), width=wide, height=high, **look)


def _look(style: Style, *, unknown: bool = False) -> dict[str, str]:
    stroke = "dotted" if unknown else style.stroke
    rounded = ",rounded" if style.shape == "box" else ""
    border = colours.visible(style.colour, colours.PAPER)
    return {"shape": style.shape, "style": f"filled,{stroke}{rounded}", "color": border, "fillcolor": style.fill}


def _width(edge: Edge, *, pale: bool) -> float:
    """Return how wide a line is: wider for more, but gently, so that a hundred still fits beside a box."""
    base = 0.8 if pale else 1.5 if edge.upward else 1.1
    return min(base + 0.6 * math.log2(edge.weight), 5.0)
