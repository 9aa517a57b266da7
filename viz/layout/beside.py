"""Bodies that answer to nobody in the picture: they stand to the right, each near what it is joined to.

They stand in a grid as high as the hierarchies, or a little higher. One after the other, those with the most lines to bodies that have a place already take the free
place where their lines are shortest; a forum that coordinates others takes the middle, so that they gather around it.
Then any two change places if that makes their lines shorter.
"""

import math
from collections import defaultdict
from collections.abc import Iterator

from goldenthread.viz.network import Network

Places = dict[str, tuple[float, float]]
Cells = list[tuple[float, float]]
_ARRANGED = 300  # beyond so many bodies they stand in the order given, those with the most lines first
_EXCHANGED = 60


def grids(places: Places, alone: list[float], high: dict[str, float], column: float, apart: float) -> Iterator[Cells]:
    """Return the grids to try for boxes of these heights: as high as the hierarchies, and higher."""
    if not alone:
        yield []
        return
    pitch = (max(alone) + sum(alone) / len(alone)) / 2 + apart
    left = max((x for x, _ in places.values()), default=-1.35 * column) + 1.35 * column
    bottom = max((y + high[body] / 2 for body, (_, y) in places.items()), default=0.0)
    fitting = max(1, int((bottom + apart) // pitch))
    square = math.ceil(math.sqrt(1.3 * len(alone) if places else len(alone) / 1.3))
    for rows in sorted({min(len(alone), count) for count in (fitting, fitting + 1, max(fitting, square))}):
        columns = math.ceil(len(alone) / rows)
        yield [(left + column * at, (row + 0.5) * pitch - apart / 2) for row in range(rows) for at in range(columns)]


def closed_up(places: Places, high: dict[str, float], apart: float, top: float = 0.0) -> Places:
    """Make each row of a grid as high as its highest box."""
    rows: dict[float, float] = defaultdict(float)
    for body, (_, y) in places.items():
        rows[y] = max(rows[y], high[body])
    found = {}
    for y in sorted(rows):
        found[y] = top + rows[y] / 2
        top += rows[y] + apart
    return {body: (x, found[y]) for body, (x, y) in places.items()}


def at_the_foot(
    places: Places, cells: Cells, lone: list[str], high: dict[str, float], column: float, apart: float
) -> Places:
    """Return places in rows below everything for bodies without lines; boxes of like height share a row."""
    if not lone:
        return Places()
    across = [x for x, _ in (*places.values(), *cells)]
    room = max(1, int((max(across) - min(across)) // column) + 1)
    ordered = sorted(lone, key=lambda body: -high[body])
    rows = {body: (min(across) + column * (i % room), float(i // room)) for i, body in enumerate(ordered)}
    bottom = max([y + high[body] / 2 for body, (_, y) in places.items()] + [y + 40 for _, y in cells])
    return closed_up(rows, high, apart, bottom + 3 * apart)


def beside(network: Network, alone: list[str], places: Places, cells: Cells) -> Places:
    """Return a place out of `cells` for each of these bodies; cells come row by row."""
    touching: dict[str, list[str]] = defaultdict(list)
    for edge in network.edges:
        if edge.source != edge.target:
            touching[edge.source].append(edge.target)
            touching[edge.target].append(edge.source)
    if len(alone) > _ARRANGED:
        busiest = sorted(alone, key=lambda body: -len(touching[body]))
        return dict(zip(busiest, cells, strict=False))
    found = _greedy(alone, touching, places, cells)
    if len(alone) <= _EXCHANGED:
        _exchange(found, touching, places)
    return found


def _greedy(alone: list[str], touching: dict[str, list[str]], places: Places, cells: Cells) -> Places:
    free = list(cells)
    middle = (sum(x for x, _ in free) / len(free), sum(y for _, y in free) / len(free)) if free else (0.0, 0.0)
    left, found = list(alone), Places()
    known = dict(places)
    while left:
        body = max(left, key=lambda one: (sum(other in known for other in touching[one]), len(touching[one])))
        gathered = sum(other not in known for other in touching[body])
        ends = [known[other] for other in touching[body] if other in known] + [middle] * gathered
        cell = min(free, key=lambda one: sum(_far(one, end) for end in ends))
        known[body] = found[body] = cell
        free.remove(cell)
        left.remove(body)
    return found


def _exchange(found: Places, touching: dict[str, list[str]], places: Places) -> None:
    bodies = list(found)

    def length(body: str) -> float:
        return sum(_far(found[body], found.get(other) or places[other]) for other in touching[body])

    for _ in range(4):
        changed = False
        for i, one in enumerate(bodies):
            for other in bodies[i + 1 :]:
                before = length(one) + length(other)
                found[one], found[other] = found[other], found[one]
                if length(one) + length(other) < before - 1e-6:
                    changed = True
                else:
                    found[one], found[other] = found[other], found[one]
        if not changed:
            return


def _far(one: tuple[float, float], other: tuple[float, float]) -> float:
    return abs(one[0] - other[0]) + abs(one[1] - other[1])
