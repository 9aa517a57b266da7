"""The room that boxes take on a drawing: what a line or a word must not run into."""

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

Point = tuple[float, float]
_CELL = 90.0


@dataclass
class Room:
    """Boxes of one width around their centres (those in `round` are ellipses), and a grid in which those near a place are found at once."""

    positions: dict[str, Point]
    heights: dict[str, float]
    width: float
    round: frozenset[str] = frozenset()
    _grid: dict[tuple[int, int], list[str]] = field(default_factory=lambda: defaultdict(list), init=False)

    def __post_init__(self) -> None:
        for body, (x, y) in self.positions.items():
            for cell in _cells(
                x - self.width / 2, y - self.heights[body] / 2, x + self.width / 2, y + self.heights[body] / 2
            ):
                self._grid[cell].append(body)

    def centre(self, body: str) -> Point:
        """Return the centre of a box."""
        return self.positions[body]

    def side(self, body: str, y: float, right: int) -> Point:
        """Return the point at this height on the right (1) or left (-1) side of a box."""
        x, middle = self.positions[body]
        share = self._narrowed(body, abs(y - middle) / (self.heights[body] / 2))
        return (x + right * share * self.width / 2, y)

    def edge(self, body: str, x: float, down: int) -> Point:
        """Return the point at this place across on the lower (1) or upper (-1) edge of a box."""
        middle, y = self.positions[body]
        share = self._narrowed(body, abs(x - middle) / (self.width / 2))
        return (x, y + down * share * self.heights[body] / 2)

    def _narrowed(self, body: str, away: float) -> float:
        return math.sqrt(max(0.0, 1 - min(away, 1.0) ** 2)) if body in self.round else 1.0

    def border(self, body: str, towards: Point) -> Point:
        """Return where the straight line from a box's centre leaves the box."""
        x, y = self.positions[body]
        right, down = towards[0] - x, towards[1] - y
        share = min(
            self.width / 2 / abs(right) if right else float("inf"),
            self.heights[body] / 2 / abs(down) if down else float("inf"),
        )
        return (x, y) if share == float("inf") else (x + right * min(share, 1.0), y + down * min(share, 1.0))

    def hits(self, points: Iterable[Point], apart_from: Sequence[str], margin: float = 2.0) -> bool:
        """Say whether any of the points lies in a box, or within a margin of it, apart from these boxes."""
        for x, y in points:
            for body in self._grid.get((int(x // _CELL), int(y // _CELL)), ()):
                if body in apart_from:
                    continue
                at, down = self.positions[body]
                across = abs(x - at) / (self.width / 2 + margin)
                along = abs(y - down) / (self.heights[body] / 2 + margin)
                if (across * across + along * along if body in self.round else max(across, along)) < 1:
                    return True
        return False

    def blocked(self, one: Point, other: Point, apart_from: Sequence[str], margin: float = 3.0) -> bool:
        """Say whether a level or upright piece of line runs through a box, or within a margin of it."""
        left, right = sorted((one[0], other[0]))
        top, bottom = sorted((one[1], other[1]))
        for cell in _cells(left, top, right, bottom):
            for body in self._grid.get(cell, ()):
                at, down = self.positions[body]
                wide, high = self.width / 2 + margin, self.heights[body] / 2 + margin
                if left < at + wide and right > at - wide and top < down + high and bottom > down - high:
                    if body not in apart_from:
                        return True
                    wide, high = self.width / 2 - 1, self.heights[body] / 2 - 1  # its own boxes it may touch
                    if left < at + wide and right > at - wide and top < down + high and bottom > down - high:
                        return True
        return False

    def covers(self, x: float, y: float, width: float, height: float) -> bool:
        """Say whether a rectangle around this centre would lie on a box."""
        for cell in _cells(x - width / 2, y - height / 2, x + width / 2, y + height / 2):
            for body in self._grid.get(cell, ()):
                at, down = self.positions[body]
                if abs(x - at) < (self.width + width) / 2 and abs(y - down) < (self.heights[body] + height) / 2:
                    return True
        return False


def _cells(left: float, top: float, right: float, bottom: float) -> Iterable[tuple[int, int]]:
    for across in range(int(left // _CELL), int(right // _CELL) + 1):
        for down in range(int(top // _CELL), int(bottom // _CELL) + 1):
            yield across, down
