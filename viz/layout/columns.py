"""Boxes in the columns they name, from left to right, and in lanes, from top to bottom.

A lane is as high as its fullest cell. Within a cell the boxes stand in an order in which lines cross little: each is
drawn to the mean place of what it is joined to in the columns before it, then in those after it, a few times over; the
order with the fewest crossings is kept, and the given order where lines do not decide. Then each column is spread so
that boxes stand level with what they are joined to. In pictures with lines the columns leave room for them.

Cells with many boxes put several side by side. How many is tried out: what fills the frame best is kept.
"""

from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace

from goldenthread.viz.letters import fitted
from goldenthread.viz.letters import width as width_of
from goldenthread.viz.network import Network

ROW_GAP = 12.0
LANE_GAP = 18.0
_BETWEEN = 8.0
_LANE_HEADING = (104.0, 170.0)
_HEADING_LINE = 17.0
_FONT = 14.0
_SWEEPS = 8
_WIDEST_GAP = 420.0
ASUNDER = 0.45  # boxes side by side stand in the way of lines

Places = dict[str, tuple[float, float]]
Cells = dict[tuple[int, int], list[str]]


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
    """The left edge and width of each column, the top and height of each lane, and the size of it all."""

    columns: tuple[tuple[float, float], ...]
    lanes: tuple[tuple[float, float], ...]
    across: tuple[int, ...]
    wide: float
    high: float


def arranged(
    network: Network, high: dict[str, float], *, frame: float, width: float, clear: bool
) -> tuple[Places, tuple[Heading, ...], bool]:
    """Return where each box stands, the headings, and whether lines have a clear way between the columns.

    `clear` asks for such a way; without it boxes stand side by side wherever that fills the frame better.
    """
    cells = _ordered(network)
    fullest = max(map(len, cells.values()), default=1)
    best, largest = _measured(network, cells, high, fullest, width), 0.0
    for deep in sorted({fullest, *range(1, min(fullest, 24)), *(-(-fullest // n) for n in range(1, 9))}, reverse=True):
        trial = _measured(network, cells, high, deep, width)
        size = min(frame / trial.wide, 1 / trial.high) * (
            1.0 if deep == fullest or not network.edges or not clear else ASUNDER
        )
        if size > largest * 1.02:
            best, largest = trial, size
    best = _stretched(network, best, frame)
    places = _placed(cells, best, high, width)
    if network.edges:
        _level(network, cells, best, high, places)
    return places, _headings(network, best, width), not network.edges or max(best.across) == 1


def _ordered(network: Network) -> Cells:
    """Return each cell's boxes (lane, column) in the order with the fewest crossings found."""
    cells: Cells = defaultdict(list)
    for node in network.nodes:
        cells[node.lane, node.column].append(node.id)
    column = {node.id: node.column for node in network.nodes}
    joined: dict[str, list[str]] = defaultdict(list)
    for edge in network.edges:
        if column[edge.source] != column[edge.target]:
            joined[edge.source].append(edge.target)
            joined[edge.target].append(edge.source)
    best, fewest = {key: list(cell) for key, cell in cells.items()}, _crossings(network, cells, column)
    for sweep in range(_SWEEPS if joined else 0):
        forward = sweep % 2 == 0
        for key in sorted(cells, key=lambda key: key[1], reverse=not forward):
            rank = _ranks(cells)
            cells[key].sort(key=lambda body: _mean(
                [rank[other] for other in joined[body] if (column[other] < column[body]) == forward], rank[body]
            ))  # fmt: skip
        if (count := _crossings(network, cells, column)) < fewest:
            best, fewest = {key: list(cell) for key, cell in cells.items()}, count
    return best


def _ranks(cells: Cells) -> dict[str, float]:
    """Return how far down in its column each box stands, from 0 to 1, lane by lane."""
    return {
        body: lane + (i + 0.5) / len(cell) for (lane, _), cell in cells.items() for i, body in enumerate(cell)
    }  # fmt: skip


def _mean(numbers: Iterable[float], otherwise: float) -> float:
    known = list(numbers)
    return sum(known) / len(known) if known else otherwise


def _crossings(network: Network, cells: Cells, column: dict[str, int]) -> int:
    """Return how many lines cross between the same two columns."""
    rank = _ranks(cells)
    between: dict[tuple[int, int], list[tuple[float, float]]] = defaultdict(list)
    for edge in network.edges:
        one, other = sorted((edge.source, edge.target), key=lambda body: column[body])
        if column[one] != column[other]:
            between[column[one], column[other]].append((rank[one], rank[other]))
    count = 0
    for lines in between.values():
        seen: list[float] = []
        for _, end in sorted(lines):
            count += len(seen) - bisect_left(seen, end + 1e-9)
            insort(seen, end)
    return count


def _measured(network: Network, cells: Cells, high: dict[str, float], deep: int, width: float) -> _Measures:
    """Return the room that columns and lanes take with at most `deep` boxes below one another in a cell."""
    columns, lanes = max(1, len(network.columns)), max(1, len(network.lanes))
    across = [1] * columns
    for (_, column), cell in cells.items():
        across[column] = max(across[column], -(-len(cell) // deep))
    tall = [width * 0.3] * lanes
    for (lane, column), cell in cells.items():
        rows = [max(map(high.__getitem__, cell[i : i + across[column]])) for i in range(0, len(cell), across[column])]
        tall[lane] = max(tall[lane], sum(rows) + ROW_GAP * (len(rows) - 1))
    for lane, heading in enumerate(network.lanes):
        tall[lane] = max(tall[lane], _HEADING_LINE * len(_lane_lines(network, heading)))
    left, edges = (_lane_width(network) + 20 if network.lanes else 0.0), []
    gap = _gap(network)
    for count in across:
        wide = count * width + (count - 1) * _BETWEEN
        edges.append((left, wide))
        left += wide + gap
    top = 0.0
    if network.columns:
        lines = [fitted(text, wide / _FONT, bold=True) for text, (_, wide) in zip(network.columns, edges, strict=True)]
        top = _HEADING_LINE * max(map(len, lines)) + 14
    shelves = []
    for height in tall:
        shelves.append((top, height))
        top += height + LANE_GAP
    return _Measures(tuple(edges), tuple(shelves), tuple(across), left - gap, top - LANE_GAP)


def _gap(network: Network) -> float:
    """Return the room between two columns: more, the more lines have to pass."""
    if not network.edges:
        return _BETWEEN
    return 70.0 + min(90.0, 2.0 * len(network.edges) / max(1, len(network.columns) - 1))


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
    for (lane, column), cell in cells.items():
        left, across, y = room.columns[column][0], room.across[column], room.lanes[lane][0]
        for i in range(0, len(cell), across):
            row = cell[i : i + across]
            tall = max(map(high.__getitem__, row))
            for at, body in enumerate(row):
                places[body] = (left + width / 2 + at * (width + _BETWEEN), y + tall / 2)
            y += tall + ROW_GAP
    return places


def _level(network: Network, cells: Cells, room: _Measures, high: dict[str, float], places: Places) -> None:
    """Move the boxes of each cell up or down to the level of what they are joined to, in the room of their lane."""
    joined: dict[str, list[str]] = defaultdict(list)
    for edge in network.edges:
        joined[edge.source].append(edge.target)
        joined[edge.target].append(edge.source)
    full = {key: sum(map(high.__getitem__, cell)) + ROW_GAP * (len(cell) - 1) for key, cell in cells.items()}
    for key in [*sorted(cells, key=lambda key: -full[key])[1:], *sorted(cells, key=lambda key: key[1])]:
        lane, column = key
        if room.across[column] > 1:
            continue
        x = places[cells[key][0]][0]
        top, height = room.lanes[lane]
        even = (height - full[key]) / len(cells[key])  # the room around each box if all had the same
        middles, above = [], top
        for body in cells[key]:
            middles.append(above + (even + high[body]) / 2)
            above += even + high[body] + ROW_GAP
        levels = [
            _mean((places[other][1] for other in joined[body] if places[other][0] != x), middle)
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
