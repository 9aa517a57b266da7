"""A still picture before it is written: where boxes stand, how lines run, what is written on them, the sheet around it.

The page is tried upright and lengthwise, with narrow and wide boxes; what can be read best is taken. Only where letters
would be too small do bodies stand in columns of lists, closer and closer, and boxes where they are in the way of lines.
"""

import math
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass

from goldenthread.viz.labels import OUR_READING, plain
from goldenthread.viz.layout import Layout, layout, room_of
from goldenthread.viz.layout.boxes import BOX, FONT, IN_AN_ELLIPSE, NOTE, Face, face, needed
from goldenthread.viz.layout.columns import ASUNDER
from goldenthread.viz.legend import Legend, legend, letters
from goldenthread.viz.network import Edge, Network, Style
from goldenthread.viz.stills.graphviz import ways
from goldenthread.viz.stills.sheet import LENGTHWISE, POINT, UPRIGHT, Sheet, sheet
from goldenthread.viz.ways import structure
from goldenthread.viz.ways.marks import Mark, marks
from goldenthread.viz.ways.room import Room
from goldenthread.viz.ways.routes import Route, routes, straight
from goldenthread.viz.ways.structure import Meeting, telling

_LINE = 1.2
_PADDING = 10.0
_SIDES = 10.0
_STROKE = 1.0  # of boxes and lines beyond their edge; the sheet has a margin
_AROUND_BOXES = 160  # beyond so many boxes or lines, finding a way around every box takes minutes
_AROUND_LINES = 400
_FEW = 9  # so many lines can bear words
_CROWD = 80  # bodies that leave no room to spare
_MANY = 5  # beyond so many, lines that are no reporting lines are drawn pale
_COMFORTABLE, _GOOD, _SMALL, _LEGIBLE = 9.0, 8.0, 4.5, 2.5  # points
_WIDTHS = (BOX, 134.0, 118.0)
_IN_COLUMNS = (BOX, 118.0, 215.0, 182.0, 255.0)
_WIDEST = 255.0
NAMES, LETTERS = 7.0, 6.0  # points: what is smaller is hard to read on paper
_MARGIN, _SURE = 1.015, 1.01  # of the smallest letters: lines may lead a little further out than boxes, headings less
Page = tuple[float, float]
_PAGES = ((UPRIGHT, 1.0), (LENGTHWISE, 0.98))  # and what each is worth


@dataclass(frozen=True)
class Composition:
    """A picture in its own units (y downwards): the corner of its drawing and all that stands on it.

    `pale` says that lines which are no reporting lines stand back; `small` is the size of words on lines;
    `shared` says which lines may share their way, and at which box they meet.
    """

    network: Network
    placed: Layout
    room: Room
    faces: dict[str, Face]
    ways: list[Route]
    marks: list[Mark]
    kinds: Legend
    sheet: Sheet
    left: float
    top: float
    wide: float
    pale: bool
    small: float
    shared: Mapping[int, Meeting]
    within: Page | None


_last: list[Composition] = []


def composed(network: Network, within: Page | None = None) -> Composition:
    """Return the composition of a network that can be read best on an A4 page, or within so much room (millimetres).

    The last one is kept: who has drawn a picture then asks how large its letters are.
    """
    found = next((one for one in _last if one.network is network and one.within == within), None)
    if found is None:
        found = _composed(network, within)
        _last[:] = [found]
    return found


def _composed(network: Network, within: Page | None) -> Composition:
    kinds = legend(network)
    placed, page = _best(network, kinds, ((within, 1.0),) if within else _PAGES)
    faces = {node.id: face(node, network.node_styles[node.kind], placed.width) for node in network.nodes}
    room = _room(network, placed, faces)
    found, shared = _ways(network, placed, room)
    left, top, right, bottom = _bounds(placed, room, found)
    rough = sheet(network, kinds, (right - left, bottom - top), page)
    readable = NOTE * rough.scale >= _LEGIBLE
    small = max(9.5, min(FONT, 6.3 / rough.scale))  # words on lines: to be read where the boxes can be
    said = _words(network, telling(found, shared)) if readable else []
    words = marks([way.sampled() for way in found], said, room, small, shared)
    left, top, right, bottom = _bounds(placed, room, found, words)
    written = sheet(network, kinds, (right - left, bottom - top), page)
    pale = any(edge.upward for edge in network.edges) and sum(not edge.upward for edge in network.edges) > _MANY
    return Composition(
        network, placed, room, faces, found, words, kinds, written, left, top, right - left, pale, small, shared, within
    )


def drawn_height(lines: Face, style: Style) -> float:
    """Return the height of a box as it is drawn: never more than the layout gives it."""
    text = _LINE * (FONT * len(lines.name) + NOTE * len(lines.notes))
    return text / IN_AN_ELLIPSE + 4 if style.shape == "ellipse" else text + _PADDING


def legible(network: Network) -> bool:
    """Say whether an A4 page holds a network in columns and lanes so that it can be read and lines have a clear way."""
    kinds = legend(network)
    for trial, _ in _PAGES:
        for width in _widths(network):
            wide, high, clear = room_of(network, frame=trial[0] / (trial[1] * 0.82), width=width)
            scale = sheet(network, kinds, (wide + 2 * _STROKE, high + 2 * _STROKE), trial).scale
            if clear and min(FONT * scale / NAMES, NOTE * scale / LETTERS) >= (_MARGIN if network.edges else _SURE):
                return True
    return False


def _best(network: Network, kinds: Legend, pages: Sequence[tuple[Page, float]]) -> tuple[Layout, Page]:
    """Return the layout that reads best, and its page.

    Larger letters read better, up to a size; beyond that an upright page, wide boxes and a plain tree do.
    """
    best, page, highest, found = None, pages[0][0], 0.0, 0.0
    in_columns = bool(network.columns or network.lanes)
    for compact in (1, 2) if in_columns else (1, 2, 3, 4) if len(network.nodes) <= _CROWD else (1, 4):
        for trial, upright in pages:
            frame = trial[0] / (trial[1] * 0.82 if in_columns else trial[1] - _around(network, kinds, trial))
            for width in _widths(network):
                placed = layout(network, frame=frame, width=width, compact=compact)
                left, top, right, bottom = _bounds(placed, None)
                size = FONT * sheet(network, kinds, (right - left, bottom - top), trial).scale
                reads = _legibility(size, placed) * upright
                if reads > highest:
                    best, page, highest, found = placed, trial, reads, size
        if found >= (_SMALL if in_columns else _GOOD):
            break
    return best or layout(network), page


def _around(network: Network, kinds: Legend, page: Page) -> float:
    """Return how much of a page's height (millimetres) title, legend and caption take."""
    return sheet(network, kinds, (10 * page[0], 1.0), page).height * POINT


def _legibility(size: float, placed: Layout) -> float:
    """Return how well letters of this size (points) read in this layout; very small ones do not read at all."""
    readable = min(size, _COMFORTABLE) * min(1.0, size / _SMALL)
    readable *= 1.0 if size >= NAMES * _MARGIN else 0.8
    return readable * (0.93 if placed.width < BOX else 1.0) * (1.0 if placed.clear else ASUNDER)


def _widths(network: Network) -> tuple[float, ...]:
    """Return the widths of boxes to try: none in which a word would have to be broken, if it can be helped."""
    if len(network.nodes) > _AROUND_BOXES:
        return (BOX,)
    widths = _IN_COLUMNS if network.columns or network.lanes else _WIDTHS
    whole, least = (
        max((needed(node, network.node_styles[node.kind], hyphens=hyphens) for node in network.nodes), default=0.0)
        for hyphens in (False, True)
    )
    wide = tuple(width for width in widths if width >= BOX)
    found = tuple(width for width in widths if width >= (least if width >= BOX else whole))
    return found or (wide if least > _WIDEST else (least,))  # some words no box can hold


def _room(network: Network, placed: Layout, faces: dict[str, Face]) -> Room:
    heights = {
        node.id: min(placed.heights[node.id], drawn_height(faces[node.id], network.node_styles[node.kind]))
        for node in network.nodes
    }
    round_ = frozenset(node.id for node in network.nodes if network.node_styles[node.kind].shape == "ellipse")
    return Room(placed.positions, heights, placed.width - _SIDES, round_)


def _ways(network: Network, placed: Layout, room: Room) -> tuple[list[Route], dict[int, Meeting]]:
    shared: dict[int, Meeting] = {}
    if network.columns or network.lanes or len(network.nodes) > _AROUND_BOXES or len(network.edges) > _AROUND_LINES:
        found = routes(network, placed, room)
    else:
        around_boxes = structure.ways(network, placed, room)
        found, shared = around_boxes.routes, around_boxes.shared
    open_ = [(number, network.edges[number]) for number, route in enumerate(found) if route is None]
    around: dict[int, Route] = {}
    if open_ and len(network.nodes) <= _AROUND_BOXES and len(open_) <= _AROUND_LINES:
        around = ways([(number, edge) for number, edge in open_ if edge.source != edge.target], room)
    return [route or around.get(n) or straight(network.edges[n], room) for n, route in enumerate(found)], shared


def _words(network: Network, telling: Container[int]) -> list[tuple[int, tuple[str, ...]]]:
    """Return what is to be written on which line, the best first; reporting lines choose their places first."""
    letter = letters(network)
    few = sum(edge.kind in letter for edge in network.edges) <= _FEW
    found = []
    for number, edge in sorted(enumerate(network.edges), key=lambda pair: not pair[1].upward):
        said = _said(edge, plain(network.edge_styles[edge.kind].label) if few else "", letter.get(edge.kind, ""))
        if said and number in telling:
            found.append((number, said))
    return found


def _said(edge: Edge, label: str, letter: str) -> tuple[str, ...]:
    number = str(edge.weight) if edge.weight > 1 else ""
    reading = f"({OUR_READING})" if letter else OUR_READING
    kinds = [word for word in ((label, letter) if letter else ("",)) if word or not letter]
    choices = [" ".join(filter(None, (kind, number, reading if edge.inferred else ""))) for kind in kinds]
    choices += [" ".join(filter(None, (kind, number))) for kind in kinds]
    if letter and not label:  # a short letter rather than many long words
        choices = choices[1:] if not edge.upward else choices
    return tuple(dict.fromkeys(filter(None, choices)))


def _bounds(
    placed: Layout, room: Room | None, found: Sequence[Route] = (), words: Sequence[Mark] = ()
) -> tuple[float, float, float, float]:
    """Return the left, top, right and bottom edge of what is drawn."""
    heights, width = (room.heights, room.width) if room else (placed.heights, placed.width)
    lefts, tops, rights, bottoms = [math.inf], [math.inf], [-math.inf], [-math.inf]
    boxes = [(x, y, width, heights[body]) for body, (x, y) in placed.positions.items()]
    boxes += [(one.x, one.y, one.width, one.height) for one in placed.headings]
    boxes += [(mark.x, mark.y, mark.width, mark.height) for mark in words]
    boxes += [(x, y, 2.0, 2.0) for way in found for x, y in way.points]
    for x, y, wide, high in boxes:
        lefts.append(x - wide / 2)
        rights.append(x + wide / 2)
        tops.append(y - high / 2)
        bottoms.append(y + high / 2)
    if not boxes:
        return 0.0, 0.0, 1.0, 1.0
    return min(lefts) - _STROKE, min(tops) - _STROKE, max(rights) + _STROKE, max(bottoms) + _STROKE
