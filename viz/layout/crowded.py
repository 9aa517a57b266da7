"""The arrangement for a page that must hold much: hierarchies in columns of lists, all others in the room they leave.

The hierarchies of the bodies whose structure it is, and those joined to them by a reporting line, stand side by side.
Small hierarchies and bodies without such lines go where these leave room, or to the right. How high the page is, in its
boxes' measure, is tried out: what can be drawn largest in the frame is kept.
"""

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from goldenthread.viz.layout.filling import Item, Space, filled, touching
from goldenthread.viz.layout.hung import Frames, Gaps, Hung, Places, kept_free, side_by_side, solved
from goldenthread.viz.layout.looks import ties
from goldenthread.viz.layout.standing import Standing
from goldenthread.viz.network import Network

_HEIGHTS = tuple(0.8 + 0.13 * i for i in range(8))
_MANY = 80  # bodies: for more only every other height is tried
_ROUNDS = 3
_LINES = 1.5  # lines and gaps take half as much room again as the boxes


@dataclass(frozen=True)
class Crowd:
    """Where everyone stands, how their lines lead to their chiefs, and how large it can be drawn in the frame."""

    places: Places
    hung: dict[str, Hung]
    size: float


def crowded(
    network: Network,
    stand: Standing,
    chiefs: dict[str, str],
    high: dict[str, float],
    *,
    frame: float,
    width: float,
    gaps: Gaps,
) -> Crowd | None:
    """Return the arrangement that is largest in the frame; None where no list can be below all that it must be."""
    if not network.nodes:
        return None
    task = _Task.of(network, stand, chiefs, high, width, gaps)
    area = sum(high[node.id] + gaps.apart for node in network.nodes) * width * _LINES
    limits = [math.sqrt(area / frame) * share for share in _HEIGHTS[:: 1 if len(network.nodes) <= _MANY else 2]]
    trials = [(limit, trial) for limit in limits if (trial := task.trial(limit, frame, 0))]
    if not trials:
        return None
    limit, _ = max(trials, key=lambda pair: pair[1].size)
    return task.trial(limit, frame, _ROUNDS)


@dataclass(frozen=True)
class _Task:
    stand: Standing
    high: Mapping[str, float]
    width: float
    frames: Frames
    trees: tuple[str, ...]
    small: tuple[str, ...]
    joined: Mapping[str, Sequence[str]]

    @classmethod
    def of(
        cls, network: Network, stand: Standing, chiefs: dict[str, str], high: dict[str, float], width: float, gaps: Gaps
    ) -> "_Task":
        under: dict[str, list[str]] = defaultdict(list)
        for node in sorted(network.nodes, key=lambda node: node.id in stand.placed):
            if node.id in chiefs:
                under[chiefs[node.id]].append(node.id)
        first = _first(stand, chiefs)
        under = {chief: _ordered(bodies, first) for chief, bodies in under.items()}
        frames = Frames(under, ties(network, chiefs), high, width, gaps)
        roots = [node.id for node in network.nodes if node.id not in chiefs]
        large = _large(roots, chiefs, stand) or tuple(roots[:1])
        rest = tuple(body for body in roots if body not in large)
        return cls(stand, high, width, frames, large, rest, touching(network))

    def trial(self, limit: float, frame: float, rounds: int) -> Crowd | None:
        """Return the arrangement, no higher than this if that can be."""
        plan = side_by_side(self.frames, [self.frames.frame(body, limit) for body in self.trees])
        places = solved(plan, self.stand.superiors, self.high, self.frames.gaps.apart)
        if places is None:
            return None
        edges = {body: self._box(body, places) for body in places}
        taken = [*edges.values(), *kept_free(plan, places, self.high, self.width)]
        lefts = sorted({round(left, 1) for left, _, _, _ in edges.values()})
        limit = max([limit, *(bottom for _, _, _, bottom in edges.values())])
        items = [item for body in self.small if (item := self._item(body, limit))]
        if len(items) < len(self.small):
            return None
        found = filled(Space(taken, lefts, self.width, limit, self.frames.gaps), items, places, self.joined, rounds)
        hung = plan.hung | {body: one for item in items for body, one in item.hung_at(found).items()}
        return Crowd(places | found, hung, self._size(places | found, frame))

    def _item(self, body: str, limit: float) -> Item | None:
        plan = side_by_side(self.frames, [self.frames.frame(body, limit)])
        places = solved(plan, self.stand.superiors, self.high, self.frames.gaps.apart)
        if places is None:
            return None
        boxes = [self._box(one, places) for one in places]
        return Item(body, max(box[2] for box in boxes), max(box[3] for box in boxes), places, plan.hung)

    def _box(self, body: str, places: Places) -> tuple[float, float, float, float]:
        (x, y), half = places[body], self.high[body] / 2
        return x - self.width / 2, y - half, x + self.width / 2, y + half

    def _size(self, places: Places, frame: float) -> float:
        boxes = [self._box(body, places) for body in places]
        wide = max(box[2] for box in boxes) - min(box[0] for box in boxes)
        return min(frame / wide, 1 / max(box[3] for box in boxes))


def _first(stand: Standing, chiefs: Mapping[str, str]) -> dict[str, set[str]]:
    """Return who must come first in a list: whoever stands over a superior of one that another in the list stands over."""
    found: dict[str, set[str]] = defaultdict(set)
    for body, superiors in stand.superiors.items():
        for above in superiors:
            mine, theirs = _way_up(body, chiefs), _way_up(above, chiefs)
            while mine and theirs and mine[-1] == theirs[-1]:
                mine, theirs = mine[:-1], theirs[:-1]
            if mine and theirs:
                found[mine[-1]].add(theirs[-1])
    return found


def _way_up(body: str, chiefs: Mapping[str, str]) -> list[str]:
    found = [body]
    while found[-1] in chiefs:
        found.append(chiefs[found[-1]])
    return found


def _ordered(bodies: Sequence[str], first: Mapping[str, set[str]]) -> list[str]:
    """Return the bodies of a list in their order, but each after those that must come first."""
    left, found = list(bodies), list[str]()
    while left:
        body = next((one for one in left if first.get(one, set()).isdisjoint(left)), left[0])
        left.remove(body)
        found.append(body)
    return found


def _large(roots: Sequence[str], chiefs: Mapping[str, str], stand: Standing) -> tuple[str, ...]:
    """Return the tops of the hierarchies that the picture is about, and of those with superiors or inferiors in another."""
    tops = {body: _way_up(body, chiefs)[-1] for body in stand.superiors}
    joined = {
        end
        for body, superiors in stand.superiors.items()
        for above in superiors
        if tops[above] != tops[body]
        for end in (tops[above], tops[body])
    }
    found = [body for body in roots if body in stand.tops or body in joined]
    return tuple(sorted(found, key=lambda body: body not in stand.tops))
