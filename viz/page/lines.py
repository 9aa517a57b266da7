"""How the lines of an interactive page run, and where words stand on them.

Reporting lines run as in a still picture: level and upright, around the boxes (see `routes` and `channels`). What those
leave open, and a still picture has lanes for, is a bow here, bent to whichever side and as far as it takes to miss the boxes. In
large pictures lines run straight, and nothing is written on them.
"""

import math
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from goldenthread.viz.labels import OUR_READING, plain
from goldenthread.viz.layout import Layout
from goldenthread.viz.network import Edge, Network
from goldenthread.viz.ways.channels import channels
from goldenthread.viz.ways.curves import cut
from goldenthread.viz.ways.marks import marks
from goldenthread.viz.ways.room import Point, Room
from goldenthread.viz.ways.routes import Route, routes, straight

SIDES = 10.0
WORDS = 12.0
_BENDS = (0.1, -0.1, 0.2, -0.2, 0.32, -0.32, 0.5, -0.5, 0.75, -0.75, 1.1, -1.1)
_BOWS = (*((bend, bend) for bend in _BENDS), *((one, other) for one in _BENDS[4:] for other in (0.0, 0.1, -0.1, -one)),
         *((other, one) for one in _BENDS[4:] for other in (0.0, 0.1, -0.1)))  # fmt: skip
_AROUND_BOXES = 160
_LARGE = 600
_HEAD = 8.0

Word = tuple[str, float, float]


@dataclass(frozen=True)
class Line:
    """A line: Bezier curves up to its arrow head, the head's tip, and what is written where: all of it, or the least."""

    way: tuple[Point, ...]
    tip: Point
    words: Word | None
    short: Word | None


def lines(network: Network, placed: Layout) -> list[Line]:
    """Return how each line of the network runs, in their order."""
    room = Room(placed.positions, placed.heights, placed.width - SIDES)
    round_ones = {node.id for node in network.nodes if network.node_styles[node.kind].shape == "ellipse"}
    ways = zip(_ways(network, placed, room), network.edges, strict=True)
    found = [_into_ellipses(route, edge, round_ones, room) for route, edge in ways]
    words = _written(network, found, room, _all_words)
    short = _written(network, found, room, _least_words)
    return [
        Line(cut(route, _HEAD), route.points[-1], words.get(number), short.get(number))
        for number, route in enumerate(found)
    ]


def _ways(network: Network, placed: Layout, room: Room) -> list[Route]:
    found = routes(network, placed, room)
    if len(network.nodes) <= _AROUND_BOXES:
        upward = [
            (number, edge.source, edge.target)
            for number, edge in enumerate(network.edges)
            if (edge.upward or edge.places) and found[number] is None and edge.source != edge.target
        ]
        around = channels(upward, room, [route for route in found if route])
        found = [route or around.get(number) for number, route in enumerate(found)]
    before: Counter[frozenset[str]] = Counter()
    ways = []
    for route, edge in zip(found, network.edges, strict=True):
        pair = frozenset((edge.source, edge.target))
        ways.append(route or _open(edge, room, before[pair], large=len(network.edges) > _LARGE))
        before[pair] += 1
    return ways


def _open(edge: Edge, room: Room, before: int, *, large: bool) -> Route:
    """Return a bow that touches no box, or the one that touches least."""
    if edge.source == edge.target or (large and not before):
        return straight(edge, room)
    least, best = math.inf, straight(edge, room)
    for first, last in _BOWS[:1] if large else _BOWS:
        bow = _bow(edge, room, first + math.copysign(0.14 * before, first), last + math.copysign(0.14 * before, last))
        touched = sum(room.hits([point], (edge.source, edge.target)) for point in bow.sampled(8.0))
        if touched < least:
            least, best = touched, bow
        if not touched:
            break
    return best


def _bow(edge: Edge, room: Room, bend: float, end: float) -> Route:
    (x, y), (to_x, to_y) = room.centre(edge.source), room.centre(edge.target)
    across, down = (to_x - x), (to_y - y)
    first = (x + across * 0.25 - down * bend, y + down * 0.25 + across * bend)
    last = (x + across * 0.75 - down * end, y + down * 0.75 + across * end)
    return Route((room.border(edge.source, first), first, last, room.border(edge.target, last)))


def _into_ellipses(route: Route, edge: Edge, round_ones: set[str], room: Room) -> Route:
    """Return the way with its ends drawn on to where an ellipse begins: the room knows only its frame."""
    points = list(route.points)
    for body, end, inner in ((edge.source, 0, 1), (edge.target, -1, -2)):
        if body in round_ones:
            wide, high = room.width / 2, room.heights[body] / 2
            points[end] = _onto_ellipse(points[end], points[inner], room.centre(body), wide, high)
    return Route(tuple(points))


def _onto_ellipse(end: Point, before: Point, centre: Point, wide: float, high: float) -> Point:
    across, down = end[0] - before[0], end[1] - before[1]
    length = math.hypot(across, down) or 1.0
    for step in range(60):
        x, y = end[0] + across / length * step, end[1] + down / length * step
        if ((x - centre[0]) / wide) ** 2 + ((y - centre[1]) / high) ** 2 <= 1:
            return x, y
    return end


def _written(
    network: Network, found: Sequence[Route], room: Room, says: Callable[[Edge, str], tuple[str, ...]]
) -> dict[int, Word]:
    """Return the words that find a free place, reporting lines' first."""
    if len(network.edges) > _LARGE:
        return {}
    order = sorted(enumerate(network.edges), key=lambda pair: not pair[1].upward)
    words = [(number, says(edge, plain(network.edge_styles[edge.kind].label))) for number, edge in order]
    sampled = [route.sampled() for route in found]
    placed = marks(sampled, [(number, said) for number, said in words if said], room, WORDS)
    return {mark.line: (mark.text, round(mark.x, 1), round(mark.y, 1)) for mark in placed}


def _all_words(edge: Edge, label: str) -> tuple[str, ...]:
    counted = f"{label} ({edge.weight})" if edge.weight > 1 else label
    return (f"{counted} ({OUR_READING})", counted) if edge.inferred else (counted,)


def _least_words(edge: Edge, _: str) -> tuple[str, ...]:
    number = str(edge.weight) if edge.weight > 1 else ""
    reading = OUR_READING if edge.inferred and edge.upward else ""
    return tuple(dict.fromkeys(filter(None, (" ".join(filter(None, (number, reading))), number))))
