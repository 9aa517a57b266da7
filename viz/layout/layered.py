"""Boxes in layers: from the board down by the lines of accountability.

1. Every body stands below all of its superiors: its layer is the longest way up. The bodies whose structure it is stand
   uppermost; what they have only as their parts comes after what reports to them.
2. Bodies that hang together form one hierarchy, drawn as a tree under the chief superior (the lowest of several).
   Subordinates who have none of their own are wrapped: up to two rows, the second set off by half a box so that its
   lines pass between the boxes of the first; more than that hang in two columns with a lane between them.
   Branches that would still make a very wide row go on shelves below one another.
3. Hierarchies are put side by side, and on further shelves.
4. Bodies without any such line (forums, partners) stand to the right.

How many boxes make a row and a shelf is tried out: what fills the frame best, and so can be read best, is kept.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from goldenthread.viz.layout.beside import at_the_foot, beside, closed_up, grids
from goldenthread.viz.layout.crowded import crowded
from goldenthread.viz.layout.hung import Gaps, Hung
from goldenthread.viz.layout.opened import opened
from goldenthread.viz.layout.skyline import Piece, Places, of_block, together
from goldenthread.viz.layout.standing import Standing, standing
from goldenthread.viz.layout.tree import COLUMN, Block, Shape, hierarchy
from goldenthread.viz.network import Network

ROW_GAP, _ROW_GAP_SMALL = 22.0, 12.0
_GAP, _WIDEST_GAP = 40.0, 110.0
_LINE = 3.5
_NARROW = 12.0
_GAPS = (None, None, Gaps(22.0, 18.0), Gaps(16.0, 11.0), Gaps(11.0, 6.0))  # the more compact, the less
_COMPACT = 250  # beyond so many bodies a page is too small anyway

Cells = list[tuple[float, float]]


@dataclass(frozen=True)
class Layers:
    """Where bodies stand, who hangs beside a lane, who stands in a list under its chief, and who is whose chief."""

    places: Places
    hanging: frozenset[str]
    listed: frozenset[str]
    chiefs: dict[str, str]
    hung: dict[str, Hung] = field(default_factory=dict)


@dataclass(frozen=True)
class _Trial:
    """One way to lay out the hierarchies: their pieces, which of their boxes stand how, and how good it is at that."""

    pieces: list[Piece]
    blocks: list[Block]
    quality: float

    def bodies(self, kind: str) -> frozenset[str]:
        return frozenset(place.body for block in self.blocks for place in block.places if getattr(place, kind))


def layered(network: Network, high: dict[str, float], *, frame: float, width: float, compact: int) -> Layers:
    """Return the layers that fill the frame best.

    Compact ones may list what stands below the first levels (1); the more compact ones stand in columns of lists
    (see `crowded`), with wide gaps (2), narrow ones (3) and the narrowest (4).
    """
    compact = compact if len(network.nodes) <= _COMPACT else 0
    stand = standing(network)
    groups = stand.together()
    layer = stand.layers(groups)
    chiefs = {
        body: max(stand.superiors[body], key=lambda above: layer[above]) for body in layer if stand.superiors[body]
    }
    gaps = _GAPS[min(compact, len(_GAPS) - 1)]
    if gaps and (crowd := crowded(network, stand, chiefs, high, frame=frame, width=width, gaps=gaps)):
        listed = frozenset(body for body, one in crowd.hung.items() if one.inset)
        roomy = opened(network, crowd.places, chiefs, high, width)
        return Layers(roomy, frozenset(), listed, chiefs, crowd.hung)
    column, apart = (width + _NARROW, _ROW_GAP_SMALL) if compact else (COLUMN, ROW_GAP)
    builder = _Builder(stand, groups, layer, chiefs, high, _gaps(network, chiefs, layer), apart)

    best: tuple[Places, Cells, _Trial, list[str]] = (Places(), Cells(), _Trial([], [], 1.0), [])
    largest = 0.0
    for trial in builder.trials(compact):
        for shelf in _shelf_widths(trial.pieces):
            found = together(trial.pieces, shelf, high, stand.tops, _GAP)
            above = {body: (x * column / COLUMN, y) for body, (x, y) in found.items()}
            for alone, lone in _apart(network, layer, compact=bool(compact and above)):
                for cells in grids(above, [high[body] for body in alone], high, column, apart):
                    places = above | at_the_foot(above, cells, lone, high, column, apart)
                    size = _size(places, cells, high, frame, width) * trial.quality
                    if size > largest * 1.04:
                        best, largest = (places, cells, trial, alone), size
    places, cells, trial, alone = best
    places |= closed_up(beside(network, alone, places, cells), high, apart)
    if compact:
        places = opened(network, places, chiefs, high, width)
    return Layers(places, trial.bodies("hangs"), trial.bodies("listed"), chiefs)


def _apart(network: Network, layer: dict[str, int], *, compact: bool) -> list[tuple[list[str], list[str]]]:
    """Return which bodies may stand to the right, and which at the foot: in compact layouts those without any line."""
    alone = [node.id for node in network.nodes if node.id not in layer]
    joined = {end for edge in network.edges for end in (edge.source, edge.target)}
    lone = [body for body in alone if body not in joined]
    both = [(alone, list[str]())]
    if compact and lone:
        both.append(([body for body in alone if body in joined], lone))
    return both


@dataclass(frozen=True)
class _Builder:
    stand: Standing
    groups: list[list[str]]
    layer: dict[str, int]
    chiefs: dict[str, str]
    high: dict[str, float]
    gaps: dict[int, float]
    apart: float

    def trials(self, compact: int) -> Iterator[_Trial]:
        """Give the ways to lay out the hierarchies that are worth trying, those that read best first."""
        shapes = [Shape(across) for across in range(8, 1, -1)]
        if compact:
            shapes += [Shape(across, listed) for listed in (2, 1) for across in (4, 3, 2)]
        for shape in shapes:
            found = [self._block(members, shape) for members in self.groups]
            if shape.listed and not any(listed for _, listed in found):
                continue
            blocks = [block for block, _ in found]
            hangs = any(place.hangs for block in blocks for place in block.places)
            quality = (0.95 if compact else 0.8) if hangs else 0.97 if shape.listed else 1.0
            yield _Trial([self._piece(block) for block in blocks], blocks, quality)

    def _block(self, members: list[str], shape: Shape) -> tuple[Block, bool]:
        """Return a hierarchy in this shape, or without lists where it cannot have any; and whether it has them."""
        block = hierarchy(members, self.stand, self.chiefs, self.layer, shape) if shape.listed else None
        if block is not None:
            return block, True
        plain = hierarchy(members, self.stand, self.chiefs, self.layer, Shape(shape.across))
        assert plain is not None  # only lists can be refused
        return plain, False

    def _piece(self, block: Block) -> Piece:
        return of_block(block, self.high, self.gaps, self.apart)


def _gaps(network: Network, chiefs: dict[str, str], layer: dict[str, int]) -> dict[int, float]:
    """Return the room below each layer: more, the more lines lead from there to one body."""
    lines: dict[str, int] = defaultdict(int)
    for edge in network.edges:
        for below, above in ((edge.source, edge.target), (edge.target, edge.source)):
            lines[above] += chiefs.get(below) == above
    gaps: dict[int, float] = defaultdict(lambda: _GAP)
    for body, count in lines.items():
        if count:
            gaps[layer[body]] = max(gaps[layer[body]], min(_WIDEST_GAP, _GAP + _LINE * (count - 1)))
    return gaps


def _shelf_widths(pieces: Sequence[Piece]) -> list[float]:
    """Return the widths to try: from several hierarchies beside one another down to the widest alone."""
    widest = max((one.width for one in pieces), default=0.0)
    every = sum(one.width for one in pieces)
    return sorted({min(every, widest * times) for times in (1.0, 1.35, 1.8, 2.6, 4.0, 6.0, 9.0)}, reverse=True)


def _size(places: Places, cells: Cells, high: dict[str, float], frame: float, width: float) -> float:
    if not places and not cells:
        return 1.0
    across = [x for x, _ in (*places.values(), *cells)]
    down = [y + high[body] / 2 for body, (_, y) in places.items()] + [y + 40 for _, y in cells]
    return min(frame / (max(across) - min(across) + width), 1 / max(down))
