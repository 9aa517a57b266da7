"""Pieces of a picture side by side: each as high as it can stand, below what stands already in its columns.

A piece is a set of boxes whose places to one another are fixed. What matters of it is how high and how low it reaches in
every half column that it touches. A piece with the bodies that a picture is about stands uppermost, all others lower.
"""

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from goldenthread.viz.layout.boxes import BOX
from goldenthread.viz.layout.tree import COLUMN, Block, Place

APART = 52.0
_HALF = COLUMN / 2
_IN_A_ROW = 4  # boards that stand uppermost side by side, however wide that makes the picture

Places = dict[str, tuple[float, float]]


@dataclass(frozen=True)
class Piece:
    """Boxes with their places, from the piece's left and upper edge, and their reach in each half column."""

    width: float
    places: Places
    reach: dict[int, tuple[float, float]]


def piece(width: float, places: Places, high: dict[str, float]) -> Piece:
    """Return a piece of boxes at these places."""
    reach: dict[int, tuple[float, float]] = {}
    for body, (x, y) in places.items():
        half = high[body] / 2
        for at in range(int((x - BOX / 2) // _HALF), int((x + BOX / 2) // _HALF) + 1):
            top, bottom = reach.get(at, (math.inf, -math.inf))
            reach[at] = (min(top, y - half), max(bottom, y + half))
    return Piece(width, places, reach)


def of_block(block: Block, high: dict[str, float], gaps: dict[int, float], apart: float) -> Piece:
    """Return a block as a piece: layer by layer, row by row; those in a list each right below the one before."""
    layers: dict[int, list[Place]] = defaultdict(list)
    for place in block.places:
        layers[place.layer].append(place)
    found = Places()
    top = 0.0
    for layer in sorted(layers):
        rows: dict[int, float] = defaultdict(float)
        for place in layers[layer]:
            if not place.listed:
                rows[place.row] = max(rows[place.row], high[place.body])
        middles, end = {}, top
        for row in sorted(rows):
            middles[row] = end + rows[row] / 2
            end += rows[row] + apart
        bottom = end - apart
        for place in layers[layer]:
            half = high[place.body] / 2
            y = end + apart + half if place.listed else middles[place.row]
            found[place.body] = (place.x, y)
            end = y + half
            bottom = max(bottom, end)
        top = bottom + gaps[layer]
    return piece(block.width, found, high)


def together(pieces: Sequence[Piece], limit: float, high: dict[str, float], tops: frozenset[str], gap: float) -> Places:
    """Return the places of all pieces in this width; more boards than a row holds (a nation's) go on rows like others."""
    sky = _Sky()
    places = Places()
    right, lower = 0, 0.0
    several = sum(not tops.isdisjoint(one.places) for one in pieces) > _IN_A_ROW
    for one in pieces:
        uppermost = [high[body] for body in one.places if body in tops]
        if uppermost and not several:
            places |= sky.put(one, right, 0.0)
            right += math.ceil(one.width / _HALF)
            lower = max(lower, max(uppermost) + gap)
        else:
            places |= sky.lay(one, limit, lower)
    return places


class _Sky:
    def __init__(self) -> None:
        self.ends: list[float] = []  # how far down each half column is taken

    def lay(self, one: Piece, limit: float, least: float) -> Places:
        """Put a piece as high as it can stand, and there as far left."""
        room = max(0, int((limit - one.width) // _HALF))
        self._reach(room + max(one.reach, default=0))
        tops = [least] * (room + 1)  # of each place to the right, how high the piece can stand
        for at, (top, _) in one.reach.items():
            ends = self.ends[at : at + room + 1]
            tops = [high if high > end + APART - top else end + APART - top for high, end in zip(tops, ends, strict=True)]
        highest = min(tops)
        return self.put(one, tops.index(highest), highest)

    def put(self, one: Piece, start: int, top: float) -> Places:
        self._reach(start + max(one.reach, default=0))
        for at, (_, bottom) in one.reach.items():
            self.ends[start + at] = max(self.ends[start + at], top + bottom)
        return {body: (start * _HALF + x, top + y) for body, (x, y) in one.places.items()}

    def _reach(self, last: int) -> None:
        """Make sure that the half columns as far as the last one are there."""
        self.ends += [-APART] * (last + 1 - len(self.ends))
