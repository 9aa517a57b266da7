"""How the lines of a structure run on paper: between a body and its chief first, then those that lead across.

What shares a way is drawn from the box it leads to, so that the dashes of one fall on those of the other, and says its
word once: on a line that has a good piece of way to itself.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from goldenthread.viz.layout import Layout
from goldenthread.viz.layout.looks import Look
from goldenthread.viz.network import Network
from goldenthread.viz.ways.lanes import Key, Line, lanes
from goldenthread.viz.ways.room import Room
from goldenthread.viz.ways.routes import Route, routes
from goldenthread.viz.ways.trunks import trunks

Meeting = tuple[str, Look]

_OWN, _MOSTLY = 100.0, 0.6
_CELL = 4.0


@dataclass(frozen=True)
class Ways:
    """Each line's way, None where there is none; and what the lines share that look the same and meet."""

    routes: list[Route | None]
    shared: dict[int, Meeting]


def ways(network: Network, placed: Layout, room: Room) -> Ways:
    """Return how the lines run."""
    found, shared = trunks(network, placed, room) if placed.hung else (routes(network, placed, room), {})
    open_ = []
    for number, edge in enumerate(network.edges):
        shared.setdefault(number, (edge.target, (edge.kind, edge.inferred, edge.weight, True)))
        if found[number] is None and edge.source != edge.target:
            open_.append(Line(number, edge.source, edge.target, shared[number]))
    taken = [(route, shared[number] if placed.hung else number) for number, route in enumerate(found) if route]
    around = lanes(open_, room, taken)
    return Ways([route or around.get(number) for number, route in enumerate(found)], shared)


def telling(found: Sequence[Route], shared: Mapping[int, Meeting]) -> set[int]:
    """Return the lines that bear words: of those that share a way, whichever have a good piece to themselves."""
    groups: dict[Key, list[tuple[int, set[tuple[int, int]]]]] = defaultdict(list)
    for number, route in enumerate(found):
        cells = {(round(x / _CELL), round(y / _CELL)) for x, y in route.sampled(_CELL / 2)}
        groups[shared.get(number, number)].append((number, cells))
    bearing = set()
    for group in groups.values():
        passed: set[tuple[int, int]] = set()
        for number, cells in sorted(group, key=lambda one: -len(one[1])):
            alone = len(cells - passed)
            if not passed or alone * _CELL > _OWN or alone > _MOSTLY * len(cells):
                bearing.add(number)
            passed |= cells
    return bearing
