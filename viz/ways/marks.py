"""Words on lines: the relation or a letter for it, "our reading", how many things a line stands for.

A word is put where its line runs free: on no box and no other word, over as few other lines as can be, rather in the
middle. Where a line has no such place, a shorter word is tried; then the word stands beside the line, close to it and on
no other line. Only where there is no room for that either is it left out; the line's look still says it.
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
_SEEN = 16.0  # of a line beside the word on it
_WING = 5.5  # of an arrow head, to either side
_AWAY = (1.0, 3.0, 6.0, 9.0)  # a word beside its line
_CROWDED = 4.0


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
    crowd: Crowd = defaultdict(list)
    for number, way in enumerate(ways):
        for x, y in way:
            crowd[int(x // _CELL), int(y // _CELL)].append(((shared or {}).get(number, number), (x, y)))
    found: list[Mark] = []
    near: Near = defaultdict(list)
    for number, choices in words:
        for text in choices:
            wide, high = width(text) * size + 4, size + 2.5
            key = (shared or {}).get(number, number)
            place = _place(key, ways[number], wide, high, crowd, near, room)
            if place is None and text == choices[-1]:
                place = _beside(key, ways[number], wide, high, crowd, near, room)
            if place:
                mark = Mark(number, text, *place, wide, high)
                found.append(mark)
                for cell in _cells(mark.x, mark.y, wide, high):
                    near[cell].append(mark)
                break
    return found


Crowd = dict[tuple[int, int], list[tuple[Hashable, Point]]]
Near = dict[tuple[int, int], list[Mark]]


def _place(
    line: Hashable,
    way: Sequence[Point],
    wide: float,
    high: float,
    crowd: Crowd,
    near: Near,
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
        if _meets_a_mark(x, y, wide, high, near):
            continue
        hidden = sum(abs(at - x) < wide / 2 and abs(down - y) < high / 2 for at, down in way) / len(way)
        if lengths[-1] * (1 - hidden) < _SEEN:
            continue  # its dashes must be seen
        others = _under(x, y, wide, high, crowd) - {line}
        if len(others) > _CROSSED and wide > _LONG:
            continue  # a long word would hide what it lies on
        cost = len(others) + abs(gone / (lengths[-1] or 1.0) - 0.4)
        if cost < least - 1e-9:
            best, least = (x, y), cost
    return best


def _beside(
    line: Hashable, way: Sequence[Point], wide: float, high: float, crowd: Crowd, near: Near, room: Room
) -> Point | None:
    """Return a place close to a line, on none; where others run close by too, one that is closer to this line."""
    best, least = None, float("inf")
    for turn, (x, y) in enumerate(way):
        for away in _AWAY:
            for right, down in ((1, 0), (-1, 0), (0, -1), (0, 1)):
                at, to = x + right * (wide / 2 + away), y + down * (high / 2 + away)
                if room.covers(at, to, wide, high) or _meets_a_mark(at, to, wide, high, near):
                    continue
                if abs(at - way[-1][0]) < wide / 2 + _WING and abs(to - way[-1][1]) < high / 2 + _HEAD:
                    continue
                if _under(at, to, wide, high, crowd):
                    continue
                closer = _under(at, to, wide + 2 * away, high + 2 * away, crowd) - {line}
                cost = away + _CROWDED * len(closer) + abs(turn / len(way) - 0.5)
                if cost < least - 1e-9:
                    best, least = (at, to), cost
    return best


def _meets_a_mark(x: float, y: float, wide: float, high: float, near: Near) -> bool:
    return any(
        abs(mark.x - x) < (mark.width + wide) / 2 and abs(mark.y - y) < (mark.height + high) / 2
        for cell in _cells(x, y, wide, high)
        for mark in near.get(cell, ())
    )


def _under(x: float, y: float, wide: float, high: float, crowd: Crowd) -> set[Hashable]:
    """Return the lines that a word would lie on."""
    return {
        other
        for cell in _cells(x, y, wide, high)
        for other, (at, down) in crowd.get(cell, ())
        if abs(at - x) < wide / 2 and abs(down - y) < high / 2
    }


def _cells(x: float, y: float, wide: float, high: float) -> list[tuple[int, int]]:
    return [
        (across, down)
        for across in range(int((x - wide / 2) // _CELL), int((x + wide / 2) // _CELL) + 1)
        for down in range(int((y - high / 2) // _CELL), int((y + high / 2) // _CELL) + 1)
    ]
