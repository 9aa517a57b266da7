"""A hierarchy in columns of lists, for a page that must hold much: as high as it may be, and so as narrow as it can be.

A body stands over those under it. They stand below one another in a list, set in to the right; where that would be
higher than there is room, in several such lists side by side. Their lines run up a gutter to the left of their list, and
level under their chief; `Hung` says where. How far down each stands follows from who must stand below whom: below the
one before in the list, and below every superior, also in another list.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from goldenthread.viz.layout.looks import Tie, distinct

STEP = 6.0  # between lines in a gutter
UNDER = 11.0  # room for arrow heads under a chief
_SET_IN = 14.0
_BETWEEN = 26.0
_SHAFT = 14.0  # room for several lines on either side of where one runs

Places = dict[str, tuple[float, float]]
Rectangle = tuple[float, float, float, float]


@dataclass(frozen=True)
class Gaps:
    """The room between boxes below one another, and between boxes side by side where no gutter runs."""

    apart: float
    sideways: float


@dataclass(frozen=True)
class Hung:
    """How lines lead from a body to its chief: along a gutter, whose left edge this is, or straight from above.

    In a list set in under its chief the gutter ends at the chief; else lines run level below the chief first.
    """

    chief: str
    gutter: float
    inset: bool
    first: bool


@dataclass(frozen=True)
class Frame:
    """A body and the lists of those under it: each list's gutter, and how wide and high it all is."""

    body: str
    width: float
    height: float
    lists: tuple[tuple["Frame", ...], ...] = ()
    gutters: tuple[float, ...] = ()
    level: float = 0.0

    @property
    def inset(self) -> bool:
        """Whether it has one list, set in."""
        return len(self.lists) == 1


@dataclass
class Plan:
    """Where frames stand: x of each body, what must stand below what by how much, and the ways kept free for lines."""

    across: dict[str, float] = field(default_factory=dict)
    below: list[tuple[str, str, float]] = field(default_factory=list)
    hung: dict[str, Hung] = field(default_factory=dict)
    levels: list[tuple[str, float, float, float]] = field(default_factory=list)


@dataclass(frozen=True)
class Frames:
    """Makes frames: who stands under whom, their lines, the boxes' heights and their width."""

    under: Mapping[str, Sequence[str]]
    lines: Mapping[str, list[Tie]]
    high: Mapping[str, float]
    width: float
    gaps: Gaps

    def frame(self, body: str, room: float) -> Frame:
        """Return a body with all that stand under it, no higher than this if it can be."""
        mine = self.high[body]
        parts = [self.frame(one, room - mine - self.gaps.apart) for one in self.under.get(body, ())]
        if not parts:
            return Frame(body, self.width, mine)
        gutter = _SET_IN + STEP * len(self._looks(body, parts))
        found = Frame(body, max(self.width, gutter + max(one.width for one in parts)),
                      mine + sum(one.height + self.gaps.apart for one in parts), (tuple(parts),), (gutter,))  # fmt: skip
        if found.height <= room or len(parts) == 1:
            return found
        for lists in splits(parts, self.gaps.apart):
            trial = self._side_by_side(body, lists)
            if trial.height < found.height:
                found = trial
            if found.height <= room:
                break
        return found

    def _side_by_side(self, body: str, lists: list[list[Frame]]) -> Frame:
        gutters = [self._gutter(body, one[1:], first=not i) for i, one in enumerate(lists)]
        wide = sum(gutters) + sum(max(one.width for one in parts) for parts in lists)
        level = UNDER + STEP * len(self._looks(body, [one for parts in lists for one in parts])) + self.gaps.apart / 2
        high = self.high[body] + level + max(tall(parts, self.gaps.apart) for parts in lists)
        return Frame(body, max(wide, self.width), high, tuple(map(tuple, lists)), tuple(gutters), level)

    def _gutter(self, body: str, parts: Sequence[Frame], *, first: bool) -> float:
        looks = len(self._looks(body, parts))
        return self.gaps.sideways + STEP * looks if looks else 0.0 if first else self.gaps.sideways

    def _looks(self, body: str, parts: Sequence[Frame]) -> list[object]:
        inside = {part.body for part in parts}
        return list(distinct([line for line in self.lines.get(body, ()) if line.below in inside]))

    def put(self, frame: Frame, left: float, plan: Plan) -> list[str]:
        """Give everything in a frame its x, and return the bodies that stand lowest in it."""
        body = frame.body
        plan.across[body] = left + (self.width if frame.inset else frame.width) / 2
        if frame.inset:
            return self._list(frame, frame.lists[0], left, left + frame.gutters[0], plan, [body])
        ends: list[str] = []
        at = (
            left
            + (frame.width - sum(frame.gutters) - sum(max(one.width for one in parts) for parts in frame.lists)) / 2
        )
        for parts, gutter in zip(frame.lists, frame.gutters, strict=True):
            ends += self._list(frame, parts, at, at + gutter, plan, [])
            at += gutter + max(one.width for one in parts)
        if frame.lists:
            inside = [plan.across[one.body] for parts in frame.lists for one in parts[:1]]
            edges = (min(*inside, plan.across[body]) - self.width / 2, max(*inside, plan.across[body]) + self.width / 2)
            plan.levels.append((body, frame.level, *edges))
        return ends or [body]

    def _list(
        self, frame: Frame, parts: Sequence[Frame], gutter: float, left: float, plan: Plan, over: list[str]
    ) -> list[str]:
        body = frame.body
        for i, part in enumerate(parts):
            plan.hung[part.body] = Hung(body, gutter, frame.inset, not frame.inset and not i)
            for above in over or [body]:
                apart = self.gaps.apart if over else frame.level
                plan.below.append((above, part.body, (self.high[above] + self.high[part.body]) / 2 + apart))
            over = self.put(part, left, plan)
        return over


def splits(parts: Sequence[Frame], apart: float) -> Iterator[list[list[Frame]]]:
    """Give the ways to make two lists of these, then three, and so on: in their order, or the longest first."""
    for count in range(2, len(parts) + 1):
        kept, even = _in_order(parts, count, apart), _evenly(parts, count, apart)
        yield kept if max(tall(one, apart) for one in kept) <= 1.06 * max(tall(one, apart) for one in even) else even


def tall(parts: Sequence[Frame], apart: float) -> float:
    """Return how high a list of frames is."""
    return sum(part.height for part in parts) + apart * (len(parts) - 1)


def _in_order(parts: Sequence[Frame], count: int, apart: float) -> list[list[Frame]]:
    """Return lists that keep the order, the highest as low as can be."""
    low, high = max(part.height for part in parts), tall(parts, apart)
    for _ in range(12):
        middle = (low + high) / 2
        low, high = (low, middle) if len(_filled(parts, middle, apart)) <= count else (middle, high)
    return _filled(parts, high, apart)


def _filled(parts: Sequence[Frame], limit: float, apart: float) -> list[list[Frame]]:
    lists: list[list[Frame]] = [[]]
    for part in parts:
        if lists[-1] and tall([*lists[-1], part], apart) > limit:
            lists.append([])
        lists[-1].append(part)
    return lists


def _evenly(parts: Sequence[Frame], count: int, apart: float) -> list[list[Frame]]:
    lists: list[list[int]] = [[] for _ in range(count)]
    heights = [0.0] * count
    for i in sorted(range(len(parts)), key=lambda i: -parts[i].height):
        at = min(range(count), key=lambda one: heights[one])
        lists[at].append(i)
        heights[at] += parts[i].height + apart
    return [[parts[i] for i in sorted(one)] for one in sorted(lists, key=lambda one: min(one, default=0)) if one]


def side_by_side(frames: Frames, found: Sequence[Frame]) -> Plan:
    """Return the plan of several frames beside one another."""
    plan, left = Plan(), 0.0
    for frame in found:
        frames.put(frame, left, plan)
        left += frame.width + _BETWEEN
    return plan


def solved(
    plan: Plan, superiors: Mapping[str, Sequence[str]], high: Mapping[str, float], apart: float
) -> Places | None:
    """Return everyone's place: as high as may be, and below every superior; None if that cannot be."""
    after: dict[str, list[tuple[str, float]]] = defaultdict(list)
    waits = dict.fromkeys(plan.across, 0)
    rules = [*plan.below, *(
        (above, body, (high[above] + high[body]) / 2 + apart)
        for body in plan.across for above in superiors[body] if above in plan.across
    )]  # fmt: skip
    for above, body, far in rules:
        after[above].append((body, far))
        waits[body] += 1
    down = {body: high[body] / 2 for body in plan.across}
    ready = [body for body, count in waits.items() if not count]
    for body in ready:
        for lower, far in after[body]:
            down[lower] = max(down[lower], down[body] + far)
            waits[lower] -= 1
            if not waits[lower]:
                ready.append(lower)
    return {body: (x, down[body]) for body, x in plan.across.items()} if len(ready) == len(waits) else None


def kept_free(plan: Plan, places: Places, high: Mapping[str, float], width: float) -> list[Rectangle]:
    """Return what nothing may stand on: where lines run level under a chief, and from each body up to there."""
    bottoms = {body: y + high[body] / 2 for body, (_, y) in places.items()}
    found = [(left, bottoms[chief], right, bottoms[chief] + level) for chief, level, left, right in plan.levels]
    for body, one in plan.hung.items():
        x, y = places[body]
        if one.first:
            found.append((x - _SHAFT, bottoms[one.chief], x + _SHAFT, y))
        else:
            found.append((one.gutter, bottoms[one.chief], x - width / 2, y + _SHAFT))
    return found
