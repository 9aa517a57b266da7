"""Lines cut to length: for an arrow head at the end, and into the dashes and dots of our readings.

Graphviz knows solid, dashed and dotted lines only, so in PNG and PDF a reading's dashes are drawn one by one.
"""

import math
from collections.abc import Sequence
from itertools import pairwise

from goldenthread.viz.ways.room import Point
from goldenthread.viz.ways.routes import Route

_PATTERN = (11.0, 3.0, 2.0, 3.0)


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


def dashes(points: tuple[Point, ...]) -> list[list[Point]]:
    """Return the dashes and dots of a way."""
    found: list[list[Point]] = []
    turn, left = 0, _PATTERN[0]
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
            left = _PATTERN[turn]
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
