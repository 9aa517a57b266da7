"""Putting boxes into the room that others leave: each where it fits, near what it is joined to.

The free room is kept in strips, each as wide as a box, in which it is known from where to where nothing stands. What
finds no room opens a strip to the right.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from goldenthread.viz.layout.hung import Gaps, Hung, Places, Rectangle
from goldenthread.viz.network import Network

Interval = tuple[float, float]
_LEAST = 24.0  # a gap lower than this holds no box


@dataclass(frozen=True)
class Item:
    """Boxes that are put as one: a box alone, or a small hierarchy; their places from the item's left upper corner."""

    top: str
    width: float
    height: float
    places: Places
    hung: dict[str, Hung]

    def hung_at(self, found: Places) -> dict[str, Hung]:
        """Return how its bodies hang, once it has its place."""
        right = found[self.top][0] - self.places[self.top][0]
        return {body: replace(one, gutter=one.gutter + right) for body, one in self.hung.items()}


@dataclass
class Strip:
    """A strip of free room: its left edge, and the intervals in which nothing stands."""

    left: float
    free: list[Interval]


class Space:
    """The room around what stands already, down to a limit."""

    def __init__(
        self, taken: Sequence[Rectangle], lefts: Sequence[float], width: float, limit: float, gaps: Gaps
    ) -> None:
        self.taken = list(taken)
        self.width, self.limit, self.gaps = width, limit, gaps
        self.right = max((one[2] for one in taken), default=-2 * gaps.sideways)
        self.strips = [Strip(left, self._free(left, width)) for left in lefts]

    def _free(self, left: float, wide: float) -> list[Interval]:
        """Return the intervals in which a strip from this edge on is free, apart from other boxes."""
        near = sorted(
            (top, bottom) for one, top, other, bottom in self.taken
            if one < left + wide + self.gaps.sideways - 0.1 and other > left - self.gaps.sideways + 0.1
        )  # fmt: skip
        found, at = [], 0.0
        for top, bottom in near:
            if top - self.gaps.apart - at >= _LEAST:
                found.append((at, top - self.gaps.apart))
            at = max(at, bottom + self.gaps.apart)
        return [*found, (at, self.limit)] if self.limit - at >= _LEAST else found

    def choices(self, item: Item) -> list[tuple[float, float]]:
        """Return where this item may stand: the left upper corners, at the ends of every interval that holds it."""
        alike = item.width <= self.width + 0.1
        found = []
        for strip in self.strips:
            for top, bottom in strip.free if alike else self._free(strip.left, item.width):
                if bottom - top >= item.height - 0.1:
                    found += [(strip.left, top), (strip.left, bottom - item.height)]
        return found or [self._further(item)]

    def _further(self, item: Item) -> tuple[float, float]:
        left = self.right + 2 * self.gaps.sideways
        self.strips.append(Strip(left, [(0.0, max(self.limit, item.height))]))
        return left, 0.0

    def put(self, item: Item, left: float, top: float) -> Places:
        """Let an item stand here, and return its places."""
        self.taken.append((left, top, left + item.width, top + item.height))
        self.right = max(self.right, left + item.width)
        self._changed(item, left)
        return {body: (left + x, top + y) for body, (x, y) in item.places.items()}

    def lift(self, item: Item, left: float, top: float) -> None:
        """Take an item away from here."""
        self.taken.remove((left, top, left + item.width, top + item.height))
        self._changed(item, left)

    def _changed(self, item: Item, left: float) -> None:
        for strip in self.strips:
            if (
                strip.left < left + item.width + self.gaps.sideways
                and strip.left + self.width > left - self.gaps.sideways
            ):
                strip.free = self._free(strip.left, self.width)


def touching(network: Network) -> dict[str, list[str]]:
    """Return what each body is joined to, once for every line."""
    found: dict[str, list[str]] = defaultdict(list)
    for edge in network.edges:
        if edge.source != edge.target:
            found[edge.source].append(edge.target)
            found[edge.target].append(edge.source)
    return found


def filled(
    space: Space, items: Sequence[Item], places: Places, joined: Mapping[str, Sequence[str]], rounds: int
) -> Places:
    """Return the places of all items: the large ones first, then whoever has the most lines to what stands already.

    So many times over, each may then move to where its lines are shorter.
    """
    found = Places()
    corners: dict[int, tuple[float, float]] = {}
    ends = {id(item): [end for body in item.places for end in joined.get(body, ()) if end not in item.places]
            for item in items}  # fmt: skip
    left = list(items)
    while left:
        item = max(left, key=lambda one: (
            len(one.places) > 1, sum(end in places or end in found for end in ends[id(one)]), len(ends[id(one)]), one.height,
        ))  # fmt: skip
        left.remove(item)
        near = [spot for end in ends[id(item)] if (spot := places.get(end) or found.get(end))]
        corners[id(item)] = corner = min(space.choices(item), key=lambda at: (_far(item, at, near), at[1] + at[0]))
        found |= space.put(item, *corner)
    for item in [one for _ in range(rounds) for one in items if ends[id(one)]]:
        space.lift(item, *corners[id(item)])
        near = [places.get(end) or found[end] for end in ends[id(item)]]
        choices = [corners[id(item)], *space.choices(item)]
        corners[id(item)] = corner = min(choices, key=lambda at: _far(item, at, near))
        found |= space.put(item, *corner)
    return found


def _far(item: Item, corner: tuple[float, float], near: Sequence[tuple[float, float]]) -> float:
    x, y = corner[0] + item.width / 2, corner[1] + item.height / 2
    return round(sum(abs(x - at) + abs(y - down) for at, down in near), 1)
