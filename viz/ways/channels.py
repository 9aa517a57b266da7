"""Ways between boxes for reporting lines that no fan can draw: up from the subordinate, along a free channel, up again.

A reporting line that leads over several layers, or to a second superior, runs level and upright like the others. The
places tried are those just beside a box; of the ways that touch no box and run along no other line the shortest is taken.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from goldenthread.viz.ways.room import Point, Room
from goldenthread.viz.ways.routes import Route, rounded

_BESIDE = (7.0, 12.0, 17.0)
_ENDS = tuple(sorted((5.0 * i for i in range(-12, 13)), key=abs))
_HIGH = tuple(14.0 + 4.0 * i for i in range(9))
_LOW = (9.0, 13.0, 17.0)
_TRIED = 80
_CLEAR, _SHORT = 3.5, 2.0

Way = tuple[Point, ...]


class _Taken:
    """The level and upright pieces of line that are drawn already, found by where they run."""

    def __init__(self, routes: Iterable[Route]) -> None:
        self._pieces: dict[tuple[bool, int], list[tuple[float, float, float]]] = defaultdict(list)
        for route in routes:
            self.add(route.points)

    def add(self, points: Sequence[Point]) -> None:
        for one, other in pairwise(points):
            for level in (True, False):
                at, low, high, straight = _piece(one, other, level=level)
                if straight and high - low > _SHORT:
                    self._pieces[level, int(at // _CLEAR)].append((at, low, high))

    def along(self, one: Point, other: Point) -> bool:
        """Say whether this piece would run along one that is there."""
        for level in (True, False):
            at, low, high, straight = _piece(one, other, level=level)
            if straight and any(
                abs(at - there) < _CLEAR and min(high, end) - max(low, start) > _SHORT
                for cell in (-1, 0, 1)
                for there, start, end in self._pieces.get((level, int(at // _CLEAR) + cell), ())
            ):
                return True
        return False


def _piece(one: Point, other: Point, *, level: bool) -> tuple[float, float, float, bool]:
    """Return where a piece runs, from where to where, and whether it is level (or upright)."""
    (x, y), (to_x, to_y) = (one, other) if level else (one[::-1], other[::-1])
    return y, min(x, to_x), max(x, to_x), abs(y - to_y) < 0.6


def channels(lines: Sequence[tuple[int, str, str]], room: Room, drawn: Sequence[Route]) -> dict[int, Route]:
    """Return ways for lines (number, below, above) that have one; `drawn` are the ways already taken."""
    taken = _Taken(drawn)
    uprights = sorted({
        round(x + side * (room.width / 2 + gap), 1)
        for x, _ in room.positions.values() for side in (-1, 1) for gap in _BESIDE
    })  # fmt: skip
    found: dict[int, Route] = {}
    for number, below, above in sorted(lines, key=lambda line: -room.centre(line[1])[1]):
        way = next(_ways(below, above, room, uprights, taken), None)
        if way:
            found[number] = rounded(way)
            taken.add(way)
    return found


def _ways(below: str, above: str, room: Room, uprights: Sequence[float], taken: _Taken) -> Iterator[Way]:
    """Give free ways: the channel with the shortest way first; from there outwards level to either end."""
    (x, y), (to_x, to_y) = room.centre(below), room.centre(above)
    near = sorted(uprights, key=lambda at: (abs(at - x) + abs(at - to_x), abs(at - x)))[:_TRIED]
    ends = (below, above)
    outs = [out for out in _ENDS if abs(out) < room.width / 2 - 10]
    for at in near:
        low = y - room.heights[below] / 2
        high = to_y + room.heights[above] / 2
        if not _free(((at, low - _LOW[0]), (at, high + _HIGH[-1])), ends, room, taken):
            continue
        first = next((
            way for gap in _LOW for out in outs
            if _free(way := (room.edge(below, x + out, -1), (x + out, low - gap), (at, low - gap)), ends, room, taken)
        ), None)  # fmt: skip
        last = next((
            way for gap in _HIGH for out in outs if low - high - gap > 20
            and _free(way := ((at, high + gap), (to_x + out, high + gap), room.edge(above, to_x + out, 1)),
                      ends, room, taken)
        ), None)  # fmt: skip
        if first and last and _free((first[-1], last[0]), ends, room, taken):
            yield (*first, *last)


def _free(way: Way, ends: tuple[str, str], room: Room, taken: _Taken) -> bool:
    return not any(room.blocked(one, other, ends) or taken.along(one, other) for one, other in pairwise(way))
