"""Lines cut to length: for an arrow head at the end, and into the dashes and dots of our readings.

Graphviz knows solid, dashed and dotted lines only, so in PNG and PDF a reading's dashes are drawn one by one.
"""

import math
from collections.abc import Sequence
from itertools import pairwise

from goldenthread.viz.ways.room import Point
from goldenthread.viz.ways.routes import Route

Pattern = tuple[float, ...]
PATTERN: Pattern = (11.0, 3.0, 2.0, 3.0)
_SMALLEST: Pattern = (2.0, 1.5, 0.8, 1.5)  # smaller ones run together on paper
_CYCLES = 1.6  # that a way shows at least: a dash, a dot, and so much of a dash again that it is seen
SHORTEST = _CYCLES * sum(_SMALLEST)


def cut(route: Route, length: float) -> tuple[Point, ...]:
    """Return a way that ends this far before its end, or at the middle of its last curve if that is short."""
    *before, a, b, c, d = route.points
    low, high = 0.5, 1.0
    if _far(_split(a, b, c, d, low)[-1], d) < length:
        return (*before, *_split(a, b, c, d, low))
    for _ in range(24):
        middle = (low + high) / 2
        low, high = (middle, high) if _far(_split(a, b, c, d, middle)[-1], d) > length else (low, middle)
    return (*before, *_split(a, b, c, d, low))


def length(points: tuple[Point, ...]) -> float:
    """Return how long a way is."""
    return sum(_far(one, other) for one, other in pairwise(Route(points).sampled(3.0)))


def pattern(long: float) -> Pattern:
    """Return the dash, gap, dot and gap for a way so long: smaller ones on a short way, lest one dash be all of it.

    >>> pattern(60.0), pattern(5.0)
    ((11.0, 3.0, 2.0, 3.0), (2.0, 1.5, 0.8, 1.5))
    """
    share = (long / _CYCLES - sum(_SMALLEST)) / (sum(PATTERN) - sum(_SMALLEST))
    share = min(1.0, max(0.0, share))
    return tuple(small + (large - small) * share for small, large in zip(_SMALLEST, PATTERN, strict=True))


def dashes(points: tuple[Point, ...], pattern: Pattern = PATTERN) -> list[list[Point]]:
    """Return the dashes and dots of a way."""
    found: list[list[Point]] = []
    turn, left = 0, pattern[0]
    way = Route(points).sampled(3.0)
    stroke = [way[0]]
    for start, end in pairwise(way):
        far = _far(start, end)
        gone = 0.0
        while far - gone > left:
            gone += left
            at = (start[0] + (end[0] - start[0]) * gone / far, start[1] + (end[1] - start[1]) * gone / far)
            if turn % 2 == 0:
                found.append([*stroke, at])
            turn, stroke = (turn + 1) % 4, [at]
            left = pattern[turn]
        left -= far - gone
        stroke.append(end)
    if turn % 2 == 0 and len(stroke) > 1:
        found.append(stroke)
    return found


def xdot(points: Sequence[Point], sign: str) -> str:
    """Return points as Graphviz' drawing language has them: L a line, P a filled shape."""
    return f"{sign} {len(points)} " + " ".join(f"{x:.1f} {-y + 0.0:.1f}" for x, y in points)


def xdot_text(sign: str, words: str) -> str:
    """Return an attribute as Graphviz' drawing language has it: its length, a hyphen, itself."""
    return f"{sign} {len(words)} -{words}"


def _split(a: Point, b: Point, c: Point, d: Point, t: float) -> tuple[Point, ...]:
    """Return the first part of a Bezier curve (de Casteljau)."""
    ab, bc, cd = _mix(a, b, t), _mix(b, c, t), _mix(c, d, t)
    abc, bcd = _mix(ab, bc, t), _mix(bc, cd, t)
    return a, ab, abc, _mix(abc, bcd, t)


def _mix(one: Point, other: Point, share: float) -> Point:
    return one[0] + (other[0] - one[0]) * share, one[1] + (other[1] - one[1]) * share


def _far(one: Point, other: Point) -> float:
    return math.hypot(one[0] - other[0], one[1] - other[1])
