"""How lines run in columns of lists: from the left side of each body to a gutter, up, and level to the chief.

Lines of one look to one chief share their way, as in an organisation chart: one stroke runs up the gutter, and each body
of the list joins it. Strokes of another look keep a place of their own in the gutter, at the chief, and in height.
"""

from collections import defaultdict
from collections.abc import Sequence

from goldenthread.viz.layout import Layout
from goldenthread.viz.layout.hung import STEP, UNDER, Hung
from goldenthread.viz.layout.looks import Look, Tie, distinct, ties
from goldenthread.viz.network import Network
from goldenthread.viz.ways.room import Point, Room
from goldenthread.viz.ways.routes import Route, rounded

Lane = tuple[str, Look]
_FIRST = 8.0  # from a chief's left edge to the first line of its list
_PORTS = 9.0
_CLOSE = 3.0
_SIDE = 7.0


def trunks(network: Network, placed: Layout, room: Room) -> tuple[list[Route | None], dict[int, Lane]]:
    """Return the way of each line between a body and its chief, None for others; and with which lines each shares it."""
    found: list[Route | None] = [None] * len(network.edges)
    lanes: dict[int, Lane] = {}
    for chief, lines in ties(network, placed.chiefs).items():
        fan = _Fan(chief, lines, placed, room)
        for line in lines:
            way = rounded(fan.corners(line))
            found[line.line] = way if line.look[-1] else Route(way.points[::-1])
            lanes[line.line] = (chief, line.look)
    return found, lanes


class _Fan:
    """The lines of one chief: where each look reaches it, how far down it runs level, where it runs in each gutter."""

    def __init__(self, chief: str, lines: Sequence[Tie], placed: Layout, room: Room) -> None:
        self.chief, self.room, self.hung = chief, room, placed.hung
        self.bottom = room.centre(chief)[1] + room.heights[chief] / 2
        self.of: dict[str, list[Look]] = defaultdict(list)
        gutters: dict[float, list[Tie]] = defaultdict(list)
        for line in lines:
            self.of[line.below].append(line.look)
            if not self.hung[line.below].first:
                gutters[self.hung[line.below].gutter].append(line)
        self.slots = {
            (gutter, look): self._slot(self.hung[inside[0].below], turn)
            for gutter, inside in gutters.items()
            for turn, look in enumerate(distinct(inside))
        }
        self.ports = self._ports([line for line in lines if not self.hung[line.below].inset])

    def _slot(self, one: Hung, turn: int) -> float:
        if one.inset:
            return self.room.centre(self.chief)[0] - self.room.width / 2 + _FIRST + STEP * turn
        return one.gutter + STEP + 5 + STEP * turn

    def _ports(self, lines: list[Tie]) -> dict[Look, float]:
        """Return where each look reaches the chief, apart from what runs up close by."""
        looks = distinct(lines)
        middle = self.room.centre(self.chief)[0]
        apart = min(_PORTS, (self.room.width - 24) / max(1, len(looks) - 1))
        found = {}
        for turn, look in enumerate(looks):
            at = middle + (turn - (len(looks) - 1) / 2) * apart
            others = [x for (_, other), x in self.slots.items() if other != look]
            tries = (at, at + _CLOSE, at - _CLOSE)
            found[look] = max(tries, key=lambda x: min([_CLOSE, *(abs(x - other) for other in others)]))
        return found

    def corners(self, line: Tie) -> list[Point]:
        """Return the corners of a line's way from the body up to the chief."""
        hung, room, body = self.hung[line.below], self.room, line.below
        x, y = room.centre(body)
        turn = self.of[body].index(line.look) - (len(self.of[body]) - 1) / 2
        if hung.first:
            start = (x + _PORTS * turn, y)
            begin = [room.edge(body, start[0], -1)]
            slot = start[0]
        else:
            slot = self.slots[hung.gutter, line.look]
            at = y + turn * min(_SIDE, (room.heights[body] - 10) / len(self.of[body]))
            begin = [room.side(body, at, -1), (slot, at)]
        if hung.inset:
            return [*begin, room.edge(self.chief, slot, 1)]
        port = self.ports[line.look]
        end = room.edge(self.chief, port, 1)
        if abs(port - slot) < 1:
            return [*begin, end]
        level = self.bottom + UNDER + STEP * (list(self.ports).index(line.look) + 0.5)
        return [*begin, (slot, level), (port, level), end]
