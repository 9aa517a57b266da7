"""How lines run: like an organisation chart between a body and its chief, from side to side between columns.

A fan is every line between a body and those who stand under it. Each line leaves the superior's lower edge at a place
of its own, runs level at a height of its own (the outermost highest, so that none cross), and goes straight down to the
subordinate: arrow heads stay apart, and strokes can be told apart. Those that hang beside a lane come up through it.
What would run through a box, and every line between bodies that do not stand under one another, is left open here: on
paper they get lanes around the boxes (see `lanes`), on a page channels and bows.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from goldenthread.viz.layout import Layout
from goldenthread.viz.network import Edge, Network
from goldenthread.viz.ways.room import Point, Room

_ROUND = 7.0
_HEAD = 15.0
_APART = 11.0
_LEVELS = 7.0


@dataclass(frozen=True)
class Route:
    """A line's way from its source to its target as Bezier curves: a point, then three for each curve."""

    points: tuple[Point, ...]

    def sampled(self, step: float = 4.0) -> list[Point]:
        """Return points along the way, about `step` apart."""
        found = [self.points[0]]
        for i in range(0, len(self.points) - 1, 3):
            a, b, c, d = self.points[i : i + 4]
            length = abs(d[0] - a[0]) + abs(d[1] - a[1])
            count = max(2, int(length / step))
            for n in range(1, count + 1):
                t = n / count
                u = 1 - t
                weights = (u * u * u, 3 * u * u * t, 3 * u * t * t, t * t * t)
                found.append((
                    sum(w * p[0] for w, p in zip(weights, (a, b, c, d), strict=True)),
                    sum(w * p[1] for w, p in zip(weights, (a, b, c, d), strict=True)),
                ))  # fmt: skip
        return found


def routes(network: Network, placed: Layout, room: Room) -> list[Route | None]:
    """Return each line's way, or None where it is still to be found."""
    found: list[Route | None] = [None] * len(network.edges)
    if placed.chiefs:
        for chief, lines in _fans(network, placed).items():
            for number, route in _fan(chief, lines, network, placed, room):
                found[number] = route
    elif network.columns:
        for number, route in _across(network, placed, room):
            found[number] = route
    for number, edge in enumerate(network.edges):
        way = found[number]
        if way and room.hits(way.sampled(6.0), (edge.source, edge.target)):
            found[number] = None
    return found


def straight(edge: Edge, room: Room) -> Route:
    """Return the straight way between two boxes, from edge to edge."""
    start, end = room.centre(edge.source), room.centre(edge.target)
    if edge.source == edge.target:
        x, y = start[0] + room.width / 2, start[1]
        return Route(((x, y - 6), (x + 22, y - 16), (x + 22, y + 16), (x, y + 6)))
    first, last = room.border(edge.source, end), room.border(edge.target, start)
    return Route(_line([first, last]))


def _fans(network: Network, placed: Layout) -> dict[str, list[tuple[int, str]]]:
    """Return, for each chief, the lines to and from those who stand under it."""
    fans: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for number, edge in enumerate(network.edges):
        for below, above in ((edge.source, edge.target), (edge.target, edge.source)):
            if placed.chiefs.get(below) == above and below != above:
                fans[above].append((number, below))
                break
    return fans


def _fan(
    chief: str, lines: list[tuple[int, str]], network: Network, placed: Layout, room: Room
) -> list[tuple[int, Route]]:
    listed = [line for line in lines if line[1] in placed.listed]
    found = _list(chief, listed, placed, room)
    found += _spread(chief, [line for line in lines if line not in listed], placed, room)
    bodies = dict(lines)
    return [
        (number, route if network.edges[number].source == bodies[number] else Route(route.points[::-1]))
        for number, route in found
    ]


def _list(chief: str, lines: list[tuple[int, str]], placed: Layout, room: Room) -> list[tuple[int, Route]]:
    """Return the lines of a list: from the left side of each body, then up left of it, the lowest outermost."""
    left = room.centre(chief)[0] - room.width / 2
    below = dict.fromkeys(body for _, body in sorted(lines, key=lambda line: placed.positions[line[1]][1]))
    order = [(number, body) for body in below for number, other in lines if other == body][::-1]
    apart = min(6.0, 20.0 / max(1, len(order) - 1))
    found = []
    for turn, (number, body) in enumerate(order):
        mine = [one for one, other in order if other == body]
        at = (
            room.centre(body)[1]
            + (mine.index(number) - (len(mine) - 1) / 2) * min(7.0, (room.heights[body] - 8) / len(mine)) * -1
        )
        rise = left + 6 + apart * turn
        found.append((number, rounded([room.side(body, at, -1), (rise, at), room.edge(chief, rise, 1)])))
    return found


def _spread(chief: str, lines: list[tuple[int, str]], placed: Layout, room: Room) -> list[tuple[int, Route]]:
    """Return the lines of those who stand side by side below a body, or beside a lane under it."""
    x, y = room.centre(chief)
    bottom = y + room.heights[chief] / 2
    ordered = sorted(lines, key=lambda line: (_turn(line[1], x, placed), line[0]))
    ports = _ports(x, len(ordered), room.width - 22)
    of: dict[str, list[int]] = defaultdict(list)
    for i, (_, below) in enumerate(ordered):
        of[below].append(i)
    ends = [0.0] * len(ordered)
    for below, turns in of.items():
        at = room.centre(below)[0]
        fits = all(abs(ports[i] - at) < room.width / 2 - 8 for i in turns)
        for i, port in zip(turns, _ports(at, len(turns), room.width - 30), strict=True):
            ends[i] = ports[i] if fits else port
    under = [room.centre(below)[1] - room.heights[below] / 2 for _, below in ordered if below not in placed.hanging]
    levels = _levels(ports, ends, bottom + _HEAD, min(under, default=bottom + 60) - 9)
    found = []
    for i, (number, below) in enumerate(ordered):
        bx, by = room.centre(below)
        if below in placed.hanging and abs(bx - x) < placed.width:
            out = _ports(by, len(of[below]), room.heights[below] - 12)[of[below].index(i)]
            corners = [room.side(below, out, 1 if bx < x else -1), (ports[i], out), room.edge(chief, ports[i], 1)]
        else:
            corners = [room.edge(below, ends[i], -1), room.edge(chief, ports[i], 1)]
            if abs(ends[i] - ports[i]) >= 0.5:
                corners[1:1] = [(ends[i], levels[i]), (ports[i], levels[i])]
        found.append((number, rounded(corners)))
    return found


def _turn(body: str, x: float, placed: Layout) -> tuple[int, float, float]:
    """Return the order of a fan from left to right: those beside a lane come up through its middle, upper ones outside."""
    at, y = placed.positions[body]
    if body in placed.hanging and abs(at - x) < placed.width:
        return (1, 0.0, y) if at < x else (2, 0.0, -y)
    return (0, at, -y) if at <= x else (3, at, y)


def _ports(middle: float, count: int, room: float) -> list[float]:
    apart = min(_APART, room / (count - 1)) if count > 1 else 0.0
    return [middle + (i - (count - 1) / 2) * apart for i in range(count)]


def _levels(ports: list[float], ends: list[float], top: float, bottom: float) -> list[float]:
    """Return the height at which each line runs level: on either side the outermost highest."""
    left = [i for i, (port, end) in enumerate(zip(ports, ends, strict=True)) if end < port - 0.5]
    right = [i for i, (port, end) in enumerate(zip(ports, ends, strict=True)) if end > port + 0.5][::-1]
    count = max(len(left), len(right), 1)
    apart = min(_LEVELS, max(bottom - top, 1.0) / count)
    first = (top + bottom - apart * (count - 1)) / 2
    levels = [first] * len(ports)
    for side in (left, right):
        for turn, i in enumerate(side):
            levels[i] = first + apart * turn
    return levels


def _across(network: Network, placed: Layout, room: Room) -> list[tuple[int, Route]]:
    """Return ways from side to side; lines at one side of a box stand in the order of what they lead to."""
    sides: dict[tuple[str, int], list[tuple[float, int]]] = defaultdict(list)
    for number, edge in enumerate(network.edges):
        for one, other in ((edge.source, edge.target), (edge.target, edge.source)):
            (x, _), (to_x, to_y) = room.centre(one), room.centre(other)
            sides[one, 1 if to_x >= x - 1 else -1].append((to_y, number))
    ports: dict[tuple[str, int], Point] = {}
    for (body, side), lines in sides.items():
        x, y = room.centre(body)
        lines.sort()
        for at, (_, number) in zip(_ports(y, len(lines), room.heights[body] - 14), lines, strict=True):
            ports[body, number] = room.side(body, at, side)
    found = []
    for number, edge in enumerate(network.edges):
        start, end = ports[edge.source, number], ports[edge.target, number]
        if abs(start[0] - end[0]) < 1:
            out = 26.0 + min(20.0, abs(start[1] - end[1]) / 12)
            found.append((number, Route((start, (start[0] + out, start[1]), (end[0] + out, end[1]), end))))
            continue
        bend = (end[0] - start[0]) * 0.45
        stub = 12.0 if bend > 0 else -12.0  # a straight end, so that the arrow head points into the box
        near = (end[0] - stub, end[1])
        found.append((number, Route((
            start, (start[0] + bend, start[1]), (end[0] - bend, end[1]), near, *_line([near, end])[1:],
        ))))  # fmt: skip
    return found


def _line(corners: Sequence[Point]) -> tuple[Point, ...]:
    points = [corners[0]]
    for (x, y), (to_x, to_y) in pairwise(corners):
        points += [
            (x + (to_x - x) / 3, y + (to_y - y) / 3),
            (x + (to_x - x) * 2 / 3, y + (to_y - y) * 2 / 3),
            (to_x, to_y),
        ]
    return tuple(points)


def rounded(corners: Sequence[Point]) -> Route:
    """Return a way through corners, level or upright between them, with the corners rounded."""
    points: list[Point] = [corners[0]]
    for before, corner, after in zip(corners, corners[1:], corners[2:], strict=False):
        turn = min(_ROUND, _far(before, corner) / 2, _far(corner, after) / 2)
        enter, leave = _towards(corner, before, turn), _towards(corner, after, turn)
        points += _line([points[-1], enter])[1:]
        points += [_towards(corner, enter, turn * 0.45), _towards(corner, leave, turn * 0.45), leave]
    points += _line([points[-1], corners[-1]])[1:]
    return Route(tuple(points))


def _towards(start: Point, end: Point, length: float) -> Point:
    far = _far(start, end) or 1.0
    return (start[0] + (end[0] - start[0]) * length / far, start[1] + (end[1] - start[1]) * length / far)


def _far(one: Point, other: Point) -> float:
    return abs(one[0] - other[0]) + abs(one[1] - other[1])
