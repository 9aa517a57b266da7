"""Words on lines: the relation or a letter for it, "our reading", how many things a line stands for.

A word is put where its line runs free: on no box and no other word, over as few other lines as can be, rather in the
middle. Where a line has no such place, a shorter word is tried, then the word is left out; the legend and the line's
look still say it.
"""

from collections import defaultdict
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from goldenthread.viz.letters import width
from goldenthread.viz.ways.room import Point, Room

_CELL = 40.0
_START, _HEAD = 8.0, 9.0
_CROSSED, _LONG = 2, 24.0


@dataclass(frozen=True)
class Mark:
    """A word on a line: which line, the word, its centre and its size."""

    line: int
    text: str
    x: float
    y: float
    width: float
    height: float


def marks(
    ways: Sequence[Sequence[Point]],
    words: Sequence[tuple[int, tuple[str, ...]]],
    room: Room,
    size: float,
    shared: Mapping[int, Hashable] | None = None,
) -> list[Mark]:
    """Return the words that find a place; `words` says, line by line, what to write, the best first.

    Lines for which `shared` says the same are no others to one another: they look alike and run together.
    """
    crowd: dict[tuple[int, int], list[tuple[Hashable, Point]]] = defaultdict(list)
    for number, way in enumerate(ways):
        for x, y in way:
            crowd[int(x // _CELL), int(y // _CELL)].append(((shared or {}).get(number, number), (x, y)))
    found: list[Mark] = []
    near: dict[tuple[int, int], list[Mark]] = defaultdict(list)
    for number, choices in words:
        for text in choices:
            wide, high = width(text) * size + 4, size + 2.5
            place = _place((shared or {}).get(number, number), ways[number], wide, high, crowd, near, room)
            if place:
                mark = Mark(number, text, *place, wide, high)
                found.append(mark)
                for cell in _cells(mark.x, mark.y, wide, high):
                    near[cell].append(mark)
                break
    return found


def _place(
    line: Hashable,
    way: Sequence[Point],
    wide: float,
    high: float,
    crowd: dict[tuple[int, int], list[tuple[Hashable, Point]]],
    near: dict[tuple[int, int], list[Mark]],
    room: Room,
) -> Point | None:
    lengths = [0.0]
    for (x, y), (to_x, to_y) in pairwise(way):
        lengths.append(lengths[-1] + abs(to_x - x) + abs(to_y - y))
    best, least = None, float("inf")
    for (x, y), gone in zip(way, lengths, strict=True):
        if not _START <= gone <= lengths[-1] - _START or room.covers(x, y, wide, high):
            continue
        if abs(x - way[-1][0]) < wide / 2 + _HEAD and abs(y - way[-1][1]) < high / 2 + _HEAD:
            continue  # the arrow head stays free
        cells = list(_cells(x, y, wide, high))
        if any(
            abs(mark.x - x) < (mark.width + wide) / 2 and abs(mark.y - y) < (mark.height + high) / 2
            for cell in cells
            for mark in near.get(cell, ())
        ):
            continue
        others = {
            other
            for cell in cells
            for other, (at, down) in crowd.get(cell, ())
            if other != line and abs(at - x) < wide / 2 and abs(down - y) < high / 2
        }
        if len(others) > _CROSSED and wide > _LONG:
            continue  # a long word would hide what it lies on
        cost = len(others) + abs(gone / (lengths[-1] or 1.0) - 0.4)
        if cost < least - 1e-9:
            best, least = (x, y), cost
    return best


def _cells(x: float, y: float, wide: float, high: float) -> list[tuple[int, int]]:
    return [
        (across, down)
        for across in range(int((x - wide / 2) // _CELL), int((x + wide / 2) // _CELL) + 1)
        for down in range(int((y - high / 2) // _CELL), int((y + high / 2) // _CELL) + 1)
    ]
