"""Boxes in the columns they name, from left to right, and in lanes, from top to bottom.

A lane is as high as its fullest cell. Within a cell the boxes stand in an order in which lines cross little (see
`crossings`). Then each column is spread so that boxes stand level with what they are joined to. In pictures with lines
the columns leave room for them.

Boxes without lines stand in a shelf of their own below those of the lane that have some, several side by side: nothing
has to pass between them. How many is tried out: what fills the frame best is kept.
"""

from collections import defaultdict
from dataclasses import dataclass, replace

from goldenthread.viz.layout.crossings import Cells, mean, ordered, unordered
from goldenthread.viz.letters import fitted
from goldenthread.viz.letters import width as width_of
from goldenthread.viz.network import Network

ROW_GAP = 10.0
LANE_GAP = 14.0
_BETWEEN = 8.0
_LANE_HEADING = (104.0, 170.0)
_HEADING_LINE = 17.0
_FONT = 14.0
_WIDEST_GAP = 420.0
ASUNDER = 0.45  # boxes side by side stand in the way of lines

Places = dict[str, tuple[float, float]]


@dataclass(frozen=True)
class Heading:
    """The heading of a column or lane, in lines that fit it; centre, width and height of the room that it heads.

    A column's room is its heading's own, above the boxes; a lane's is as high as the lane.
    """

    lines: tuple[str, ...]
    x: float
    y: float
    width: float
    height: float
    lane: bool = False

    @property
    def text(self) -> str:
        """The heading in one line."""
        return " ".join(self.lines)


@dataclass(frozen=True)
class _Measures:
    """The left edge and width of each column, the top and height of each lane and shelf, and the size of it all.

    `across` says how many boxes may stand side by side in each column: on upper shelves, and on lower ones.
    """

    columns: tuple[tuple[float, float], ...]
    lanes: tuple[tuple[float, float], ...]
    shelves: tuple[tuple[float, float], ...]
    across: tuple[tuple[int, ...], tuple[int, ...]]
    wide: float
    high: float


def arranged(
    network: Network, high: dict[str, float], *, frame: float, width: float, clear: bool
) -> tuple[Places, tuple[Heading, ...], bool]:
    """Return where each box stands, the headings, and whether lines have a clear way between the columns.

    `clear` asks for such a way; without it boxes stand side by side wherever that fills the frame better.
    """
    cells = ordered(network)
    room = _room(network, cells, high, frame, width, clear=clear)
    places = _placed(cells, room, high, width)
    if network.edges:
        _level(network, cells, room, high, places)
    return places, _headings(network, room, width), max(room.across[0]) == 1


def extent(network: Network, high: dict[str, float], *, frame: float, width: float) -> tuple[float, float, bool]:
    """Return how wide and high the picture will be, and whether lines have a clear way, without arranging the boxes."""
    room = _room(network, unordered(network), high, frame, width, clear=True)
    return room.wide, room.high, max(room.across[0]) == 1


def _room(
    network: Network, cells: Cells, high: dict[str, float], frame: float, width: float, *, clear: bool
) -> _Measures:
    """Return the room of columns and lanes with so many boxes below one another that it fills the frame best."""
    fullest = max(map(len, cells.values()), default=1)
    best, largest = _measured(network, cells, high, (fullest, fullest), width), 0.0
    loose = any(shelf % 2 for shelf, _ in cells)
    for deep in sorted({fullest, *range(1, min(fullest, 24)), *(-(-fullest // n) for n in range(1, 9))}, reverse=True):
        for shelves in ((fullest, deep),) * loose + ((deep, deep),) * bool(network.edges):
            trial = _measured(network, cells, high, shelves, width)
            size = min(frame / trial.wide, 1 / trial.high) * (ASUNDER if clear and max(trial.across[0]) > 1 else 1.0)
            if size > largest * 1.02:
                best, largest = trial, size
    return _stretched(network, best, frame)


def _measured(network: Network, cells: Cells, high: dict[str, float], deep: tuple[int, int], width: float) -> _Measures:
    """Return the room that columns and lanes take with at most so many boxes below one another, on either shelf."""
    columns, lanes = max(1, len(network.columns)), max(1, len(network.lanes))
    across = [[1] * columns, [1] * columns]
    for (shelf, column), cell in cells.items():
        abreast = across[shelf % 2]
        abreast[column] = max(abreast[column], -(-len(cell) // deep[shelf % 2]))
    tall = [0.0] * (2 * lanes)
    for (shelf, column), cell in cells.items():
        by = across[shelf % 2][column]
        rows = [max(map(high.__getitem__, cell[i : i + by])) for i in range(0, len(cell), by)]
        tall[shelf] = max(tall[shelf], sum(rows) + ROW_GAP * (len(rows) - 1))
    left, edges = (_lane_width(network) + 14 if network.lanes else 0.0), []
    gap = _gap(network)
    for count in map(max, *across):
        wide = count * width + (count - 1) * _BETWEEN
        edges.append((left, wide))
        left += wide + gap
    top = 0.0
    if network.columns:
        lines = [fitted(text, wide / _FONT, bold=True) for text, (_, wide) in zip(network.columns, edges, strict=True)]
        top = _HEADING_LINE * max(map(len, lines)) + 14
    stretches, shelves = [], []
    for lane in range(lanes):
        joined, loose = tall[2 * lane : 2 * lane + 2]
        between = LANE_GAP if joined and loose else 0.0
        least = _HEADING_LINE * len(_lane_lines(network, network.lanes[lane])) if network.lanes else width * 0.3
        height = max(joined + between + loose, least)
        if not loose:
            joined = height
        stretches.append((top, height))
        shelves += [(top, joined), (top + joined + between, height - joined - between)]
        top += height + LANE_GAP
    return _Measures(
        tuple(edges), tuple(stretches), tuple(shelves), (tuple(across[0]), tuple(across[1])), left - gap, top - LANE_GAP
    )


def _gap(network: Network) -> float:
    """Return the room between two columns: more, the more lines have to pass."""
    if not network.edges:
        return _BETWEEN
    return 56.0 + min(60.0, len(network.edges) / max(1, len(network.columns) - 1))


def _stretched(network: Network, room: _Measures, frame: float) -> _Measures:
    """Return a tall picture with its columns further apart, so that lines are less steep."""
    gaps = len(room.columns) - 1
    if not network.edges or not gaps:
        return room
    more = max(0.0, min(_WIDEST_GAP - _gap(network), (frame * room.high - room.wide) / gaps))
    columns = tuple((left + more * i, wide) for i, (left, wide) in enumerate(room.columns))
    return replace(room, columns=columns, wide=room.wide + more * gaps)


def _placed(cells: Cells, room: _Measures, high: dict[str, float], width: float) -> Places:
    """Return the boxes row by row from the top of their cells."""
    places = Places()
    for (shelf, column), cell in cells.items():
        (left, wide), by, y = room.columns[column], room.across[shelf % 2][column], room.shelves[shelf][0]
        left += (wide - by * width - (by - 1) * _BETWEEN) / 2
        for i in range(0, len(cell), by):
            row = cell[i : i + by]
            tall = max(map(high.__getitem__, row))
            for at, body in enumerate(row):
                places[body] = (left + width / 2 + at * (width + _BETWEEN), y + tall / 2)
            y += tall + ROW_GAP
    return places


def _level(network: Network, cells: Cells, room: _Measures, high: dict[str, float], places: Places) -> None:
    """Move joined boxes up or down to the level of what they are joined to, in the room of their shelf."""
    joined: dict[str, list[str]] = defaultdict(list)
    for edge in network.edges:
        joined[edge.source].append(edge.target)
        joined[edge.target].append(edge.source)
    upper = {key: cell for key, cell in cells.items() if key[0] % 2 == 0 and room.across[0][key[1]] == 1}
    full = {key: sum(map(high.__getitem__, cell)) + ROW_GAP * (len(cell) - 1) for key, cell in upper.items()}
    for key in [*sorted(upper, key=lambda key: -full[key])[1:], *sorted(upper, key=lambda key: key[1])]:
        x = places[cells[key][0]][0]
        top, height = room.shelves[key[0]]
        even = (height - full[key]) / len(cells[key])  # the room around each box if all had the same
        middles, above = [], top
        for body in cells[key]:
            middles.append(above + (even + high[body]) / 2)
            above += even + high[body] + ROW_GAP
        levels = [
            mean((places[other][1] for other in joined[body] if places[other][0] != x), middle)
            for body, middle in zip(cells[key], middles, strict=True)
        ]
        heights = [high[body] for body in cells[key]]
        ys = _spread(levels, heights, top, top + height)
        if even > 2 * ROW_GAP and any(abs(y - level) > ROW_GAP for y, level in zip(ys, levels, strict=True)):
            between = [(level + middle) / 2 for level, middle in zip(levels, middles, strict=True)]
            ys = _spread(between, heights, top, top + height)  # a few boxes among many would crowd in the middle
        for body, y in zip(cells[key], ys, strict=True):
            places[body] = (x, y)


def _spread(wanted: list[float], heights: list[float], top: float, bottom: float) -> list[float]:
    """Return places as near as can be to those wanted, in this order, without overlap, between top and bottom.

    Boxes that would overlap are put together into a block, which stands at the mean of what its boxes want.
    """
    offsets, below = [], 0.0
    for height in heights:
        offsets.append(below + height / 2)
        below += height + ROW_GAP
    blocks: list[tuple[float, int]] = []
    for want, offset in zip(wanted, offsets, strict=True):
        block = (want - offset, 1)
        while blocks and blocks[-1][0] >= block[0]:
            mean, count = blocks.pop()
            block = ((mean * count + block[0] * block[1]) / (count + block[1]), count + block[1])
        blocks.append(block)
    highest, lowest = top, bottom - (below - ROW_GAP)
    shifts = [min(max(mean, highest), max(lowest, highest)) for mean, count in blocks for _ in range(count)]
    return [offset + shift for offset, shift in zip(offsets, shifts, strict=True)]


def _lane_width(network: Network) -> float:
    """Return the width of the lanes' headings: their longest word must fit, if it can."""
    longest = max((width_of(word, bold=True) for heading in network.lanes for word in heading.split()), default=0.0)
    return min(max(_LANE_HEADING[0], longest * _FONT + 2), _LANE_HEADING[1])


def _lane_lines(network: Network, heading: str) -> tuple[str, ...]:
    return fitted(heading, _lane_width(network) / _FONT, bold=True)


def _headings(network: Network, room: _Measures, width: float) -> tuple[Heading, ...]:
    found = []
    for text, (left, wide) in zip(network.columns, room.columns, strict=False):
        lines = fitted(text, wide / _FONT, bold=True)
        high = _HEADING_LINE * len(lines)
        found.append(Heading(lines, left + wide / 2, room.lanes[0][0] - 14 - high / 2, wide, high))
    across = _lane_width(network)
    for text, (top, high) in zip(network.lanes, room.lanes, strict=False):
        found.append(Heading(_lane_lines(network, text), across / 2, top + high / 2, across, high, lane=True))
    return tuple(found)
