"""Ways around the boxes for lines that lead across a structure: level and upright, each in a lane of its own.

The lanes run beside the boxes, several in every gap. A line takes the way that is shortest, with few turns and few
crossings; it runs behind no box and along no other line, except one that looks the same and ends at the same box: these
share their way from where they meet. Found by A* over the crossings of all lanes, line by line, the shortest first.
"""

import heapq
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from goldenthread.viz.ways.room import Point, Room
from goldenthread.viz.ways.routes import Route, rounded

_BESIDE = (7.0, 13.0, 19.0)
_SAME = 3.9  # lanes closer than this are one
_CLEAR = 3.6
_AROUND = range(1, 6)
_MANY, _HASTE = 70, 1.7  # among more boxes a way is taken that is good enough
_PATIENCE = 30_000  # crossings looked at for one line
_PITCH = 7.0  # between lanes where nothing else says how far apart they are
_MARGIN = 3.5
_CORNER = 9.0
_TURN, _CROSSING = 16.0, 9.0
_FRINGE, _ASIDE = 10.0, 1.6  # what runs around everything takes room from the page: only for want of other ways

State = tuple[int, int, bool]  # the crossing of an upright and a level lane, and whether the line runs level there
Key = Hashable
Doors = dict[State, tuple[Point, float]]  # where a line may leave a box: the point on the box, and what it costs


@dataclass(frozen=True)
class Line:
    """A line to be found: its number, from where to where, and what it may share its way with."""

    number: int
    source: str
    target: str
    key: Key


def lanes(lines: Sequence[Line], room: Room, drawn: Iterable[tuple[Route, Key]]) -> dict[int, Route]:
    """Return ways for these lines, as far as there are any; `drawn` are the ways that are taken."""
    if not lines:
        return {}
    town = _Town(room)
    for route, key in drawn:
        town.take(_pieces(route), key)

    def far(line: Line) -> float:
        (x, y), (to_x, to_y) = room.centre(line.source), room.centre(line.target)
        return abs(x - to_x) + abs(y - to_y)

    found = {}
    for line in sorted(lines, key=far):
        corners = town.way(line)
        if corners:
            town.take(list(pairwise(corners)), line.key)
            found[line.number] = rounded(corners)
    return found


def _pieces(route: Route) -> list[tuple[Point, Point]]:
    """Return the straight pieces of a way, and its curves as the line from end to end."""
    return list(pairwise(route.points[::3]))


class _Town:
    """The lanes between the boxes, and who runs along them."""

    def __init__(self, room: Room) -> None:
        self.room = room
        boxes = [(x, y, room.width / 2, room.heights[body] / 2) for body, (x, y) in room.positions.items()]
        self.haste = 1.0 if len(boxes) <= _MANY else _HASTE
        self.across = _tracks([(x, wide) for x, _, wide, _ in boxes])
        self.down = _tracks([(y, high) for _, y, _, high in boxes])
        self.outside = [
            {i for i, at in enumerate(tracks) if not min(edges) - _FRINGE < at < max(edges) + _FRINGE}
            for tracks, edges in (
                (self.down, [y + side * high for _, y, _, high in boxes for side in (-1, 1)]),
                (self.across, [x + side * wide for x, _, wide, _ in boxes for side in (-1, 1)]),
            )
        ]
        self.walls: tuple[set[tuple[int, int]], set[tuple[int, int]]] = (set(), set())
        for x, y, wide, high in boxes:
            self._wall(self.walls[1], self.across, self.down, (x, wide), (y, high))
            self._wall(self.walls[0], self.down, self.across, (y, high), (x, wide))
        # who runs along each piece of lane, of the upright ones and of the level ones
        self.along: tuple[dict[tuple[int, int], set[Key]], ...] = (defaultdict(set), defaultdict(set))

    @staticmethod
    def _wall(
        walls: set[tuple[int, int]], lanes: Sequence[float], crossings: Sequence[float],
        lane: tuple[float, float], reach: tuple[float, float],
    ) -> None:  # fmt: skip
        """Close the pieces of lane that run through a box."""
        for i in _between(lanes, lane[0] - lane[1] - _MARGIN, lane[0] + lane[1] + _MARGIN):
            inside = _between(crossings, reach[0] - reach[1] - _MARGIN, reach[0] + reach[1] + _MARGIN)
            for j in range(inside.start - 1, inside.stop):
                walls.add((i, j))

    def take(self, pieces: Sequence[tuple[Point, Point]], key: Key) -> None:
        """Let a line run here: nobody else may run along it within so much."""
        for one, other in pieces:
            for level in (True, False):
                (start, at), (end, to) = (one, other) if level else (one[::-1], other[::-1])
                if abs(at - to) > 0.6:
                    continue
                mine, others = (self.down, self.across) if level else (self.across, self.down)
                low, high = min(start, end), max(start, end)
                inside = _between(others, low - 1, high + 1)
                for i in _between(mine, at - _CLEAR, at + _CLEAR):
                    for j in range(max(0, inside.start - 1), inside.stop):
                        self.along[level][i, j].add(key)

    def way(self, line: Line) -> list[Point] | None:
        """Return the corners of the best way, if there is one."""
        starts, goals = self._doors(line.source, line.key), self._doors(line.target, line.key)
        passed = self._passed(starts, goals, line)
        if not passed:
            return None
        points = [(self.across[i], self.down[j]) for i, j, _ in passed]
        return _corners([starts[passed[0]][0], *points, goals[passed[-1]][0]])

    def _passed(self, starts: Doors, goals: Doors, line: Line) -> list[State]:
        """Return the crossings from a start to a goal that cost least, or none (A*)."""
        costs = {state: cost for state, (_, cost) in starts.items()}
        before: dict[State, State] = {}
        open_ = [(cost + self._left(state, line.target), cost, state) for state, cost in costs.items()]
        heapq.heapify(open_)
        done: set[State] = set()
        best, end = float("inf"), None
        while open_ and len(done) < _PATIENCE:
            guess, cost, state = heapq.heappop(open_)
            if guess >= best:
                break
            if state in done:
                continue
            done.add(state)
            if state in goals and cost + goals[state][1] < best:
                best, end = cost + goals[state][1], state
            for after, more in self._steps(state, line.key):
                if cost + more < costs.get(after, float("inf")):
                    costs[after], before[after] = cost + more, state
                    heapq.heappush(open_, (cost + more + self._left(after, line.target), cost + more, after))
        found = [end] if end else []
        while found and found[-1] in before:
            found.append(before[found[-1]])
        return found[::-1]

    def _left(self, state: State, target: str) -> float:
        """Return how far it is at least from here to a box."""
        x, y = self.room.centre(target)
        across = max(0.0, abs(self.across[state[0]] - x) - self.room.width / 2)
        down = max(0.0, abs(self.down[state[1]] - y) - self.room.heights[target] / 2)
        return (across + down) * self.haste

    def _steps(self, state: State, key: Key) -> Iterable[tuple[State, float]]:
        i, j, level = state
        yield (i, j, not level), _TURN
        lane, at, tracks = (j, i, self.across) if level else (i, j, self.down)
        along, across, walls = self.along[level], self.along[not level], self.walls[0 if level else 1]
        outside = self.outside[0 if level else 1]
        for piece, to in ((at, at + 1), (at - 1, at - 1)):
            if not 0 <= to < len(tracks) or (lane, piece) in walls or _others(along.get((lane, piece)), key):
                continue
            far = abs(tracks[to] - tracks[at]) * (_ASIDE if lane in outside else 1.0)
            cost = far + _CROSSING * _others(across.get((to, lane)), key)
            yield ((to, lane, True) if level else (lane, to, False)), cost

    def _doors(self, body: str, key: Key) -> Doors:
        """Return where a line may leave a box: the first crossings outside; in the middle of a side it costs least."""
        x, y = self.room.centre(body)
        wide, high = self.room.width / 2, self.room.heights[body] / 2
        found: Doors = {}
        for side in (-1, 1):
            j = _first(self.down, y + side * high, side)
            for i in _between(self.across, x - wide + _CORNER, x + wide - _CORNER):
                if j >= 0 and self._open(False, i, j, side, key):
                    found[i, j, False] = (self.room.edge(body, self.across[i], side), abs(self.across[i] - x) / 8)
            i = _first(self.across, x + side * wide, side)
            for j in _between(self.down, y - high + _CORNER * 0.6, y + high - _CORNER * 0.6):
                if i >= 0 and self._open(True, j, i, side, key):
                    found[i, j, True] = (self.room.side(body, self.down[j], side), abs(self.down[j] - y) / 8)
        return found

    def _open(self, level: bool, lane: int, at: int, side: int, key: Key) -> bool:
        piece = at - 1 if side > 0 else at
        return not _others(self.along[level].get((lane, piece)), key)


def _others(there: set[Key] | None, key: Key) -> int:
    """Return how many others run there."""
    return len(there) - (key in there) if there else 0


def _tracks(boxes: Sequence[tuple[float, float]]) -> list[float]:
    """Return where lanes run: through the middle of boxes and beside them, more in wide gaps and around everything.

    Of lanes that are almost the same only the first is kept.
    """
    wanted = [at for at, _ in boxes]
    wanted += [at + side * (half + gap) for at, half in boxes for side in (-1, 1) for gap in _BESIDE]
    wanted += [edge + side * _PITCH * turn for side, edge in ((-1, min(wanted)), (1, max(wanted))) for turn in _AROUND]
    found: list[float] = []
    for place in sorted(wanted):
        if found and place - found[-1] < _SAME:
            continue
        if found and place - found[-1] > 2 * _PITCH:
            start, count = found[-1], int((place - found[-1]) // _PITCH)
            found += [start + (place - start) * step / count for step in range(1, count)]
        found.append(place)
    return found


def _between(places: Sequence[float], low: float, high: float) -> range:
    return range(bisect_left(places, low), bisect_left(places, high))


def _first(places: Sequence[float], edge: float, side: int) -> int:
    """Return the lane outside this edge of a box that is just far enough for an arrow head, or -1."""
    near, far = sorted((edge + side * _MARGIN, edge + side * 2 * _BESIDE[0]))
    return min(_between(places, near, far), key=lambda i: abs(places[i] - edge - side * _BESIDE[0]), default=-1)


def _corners(points: Sequence[Point]) -> list[Point]:
    """Return the points at which a way turns."""
    found = list(points[:1])
    for point in points[1:]:
        if point == found[-1]:
            continue
        if len(found) > 1:
            (ax, ay), (bx, by) = found[-2], found[-1]
            if max(abs(ax - bx), abs(bx - point[0])) < 0.01 or max(abs(ay - by), abs(by - point[1])) < 0.01:
                found.pop()
        found.append(point)
    return found
