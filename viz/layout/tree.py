"""One hierarchy as a tree of blocks: a body stands over the block of its subordinates, blocks stand side by side.

A place says how far right a body stands, on which layer, and in which row of that layer; how high layers and rows are is
for the layout to say.
"""

import math
from collections import defaultdict
from dataclasses import dataclass, replace

from goldenthread.viz.layout.boxes import BOX
from goldenthread.viz.layout.standing import Standing

COLUMN = BOX + 26.0
_LANE = 52.0
_HANGING = 40
_LISTED = 24
_WIDEST = 24
_SET_IN = 38.0


@dataclass(frozen=True)
class Place:
    """A body's place in its block: x from the block's left edge, layer, row within the layer.

    One that hangs stands beside a lane under its chief; one that is listed stands in a list under its chief, set in.
    """

    body: str
    x: float
    layer: int
    row: int = 0
    hangs: bool = False
    listed: bool = False

    def moved(self, right: float, deeper: int = 0, lower: int = 0) -> "Place":
        return Place(self.body, self.x + right, self.layer + deeper, self.row + lower, self.hangs, self.listed)


@dataclass(frozen=True)
class Block:
    """Part of a hierarchy; `axis` is where its top stands."""

    width: float
    axis: float
    places: list[Place]


@dataclass(frozen=True)
class Shape:
    """How a tree is laid out: so many boxes in a row; from which level on as lists (0: nowhere)."""

    across: int
    listed: int = 0


def hierarchy(
    members: list[str], stand: Standing, chiefs: dict[str, str], layer: dict[str, int], shape: Shape
) -> Block | None:
    """Return one hierarchy as a tree; very wide ones on shelves, unless that would put a body above a superior.

    None if it cannot have this shape.
    """
    below = _below(members, stand, chiefs)
    roots = [body for body in members if body not in chiefs]
    listed = _listed(roots, below, shape.listed)
    if listed is None:
        return None
    for shelved in (True, False):
        blocks = _blocks(members, below, layer, shape.across, listed, shelved=shelved)
        tree = row([blocks[body] if body in blocks else _alone(Place(body, 0.0, layer[body])) for body in roots])
        depth = {place.body: (place.layer, place.row if place.listed else 0) for place in tree.places}
        if all(depth[above] < depth[body] for body in members for above in stand.superiors[body]):
            return tree
    return None if listed else tree


def _below(members: list[str], stand: Standing, chiefs: dict[str, str]) -> dict[str, list[str]]:
    """Return who stands under whom: those who report first, then those who are only part of it."""
    below: dict[str, list[str]] = defaultdict(list)
    for body in sorted(members, key=lambda body: body in stand.placed):
        if body in chiefs:
            below[chiefs[body]].append(body)
    return below


def _listed(roots: list[str], below: dict[str, list[str]], level: int) -> set[str] | None:
    """Return the bodies that stand in lists or head them; None if a list would be too long."""
    if not level:
        return set()
    heads = roots
    for _ in range(level):
        heads = [one for body in heads for one in below[body]]
    found: set[str] = set()
    for head in heads:
        if not below[head]:
            continue
        inside = [head]
        for body in inside:
            inside += below[body]
            if len(inside) > _LISTED:
                return None
        found.update(inside)
    return found or None


def _blocks(
    members: list[str],
    below: dict[str, list[str]],
    layer: dict[str, int],
    across: int,
    listed: set[str],
    *,
    shelved: bool,
) -> dict[str, Block]:
    blocks: dict[str, Block] = {}
    for body in sorted(members, key=lambda body: -layer[body]):
        if body in listed:
            blocks[body] = _list(Place(body, COLUMN / 2, layer[body]), [blocks.pop(one) for one in below[body]])
            continue
        branches = [blocks.pop(one) for one in below[body] if below[one]]
        leaves = [Place(one, 0.0, layer[one]) for one in below[body] if not below[one]]
        if branches or leaves:
            blocks[body] = _over(Place(body, 0.0, layer[body]), branches, leaves, across, shelved)
    return blocks


def _list(head: Place, parts: list[Block]) -> Block:
    """Return a body with its subordinates' lists below one another, set in to the right."""
    places, lower = [head], 1
    for part in parts:
        places += [replace(place.moved(_SET_IN, head.layer - place.layer, lower), listed=True) for place in part.places]
        lower += len(part.places)
    return Block(max([COLUMN, *(part.width + _SET_IN for part in parts)]), COLUMN / 2, places)


def _alone(place: Place) -> Block:
    return Block(COLUMN, COLUMN / 2, [replace(place, x=COLUMN / 2)])


def _over(top: Place, branches: list[Block], leaves: list[Place], across: int, shelved: bool) -> Block:
    """Return a body over its subordinates; those without any of their own stand in the middle, right under it."""
    half = len(branches) // 2
    middle = [_leaves(leaves, across)] if leaves else []
    parts = [*branches[:half], *middle, *branches[half:]]
    block = row(parts)
    if shelved and block.width > _WIDEST * COLUMN and len(branches) > 1:
        block = _stacked([*middle, *branches])
    elif middle:
        block = replace(block, axis=sum(part.width for part in branches[:half]) + middle[0].axis)
    else:
        block = replace(block, axis=(parts[0].axis + block.width - parts[-1].width + parts[-1].axis) / 2)
    left = max(0.0, COLUMN / 2 - block.axis)
    axis = block.axis + left
    places = [place.moved(left) for place in block.places] if left else block.places
    places.append(replace(top, x=axis))  # not copied: a line of 3,000 bodies would take a minute
    return Block(max(block.width + left, axis + COLUMN / 2), axis, places)


def _leaves(leaves: list[Place], across: int) -> Block:
    count = len(leaves)
    if 2 * across < count <= _HANGING:
        apart = COLUMN + _LANE
        hung = [replace(one, x=COLUMN / 2 + apart * (i % 2), row=i // 2, hangs=True) for i, one in enumerate(leaves)]
        return Block(COLUMN + apart, (COLUMN + apart) / 2, hung)
    rows = 1 if count <= across else 2 if count <= 2 * across else math.ceil(math.sqrt(count / 2))
    wide = math.ceil(count / rows)
    places = [
        replace(one, x=COLUMN * (i % wide + (1 if i // wide % 2 else 0.5)), row=i // wide)
        for i, one in enumerate(leaves)
    ]
    width = max(place.x for place in places) + COLUMN / 2
    return Block(width, width / 2, places)


def row(parts: list[Block]) -> Block:
    if len(parts) == 1:
        return parts[0]
    places: list[Place] = []
    left = 0.0
    for part in parts:
        places += [place.moved(left) for place in part.places]
        left += part.width
    return Block(left, left / 2, places)


def _stacked(parts: list[Block]) -> Block:
    """Put blocks on shelves, one below the other, each on layers of its own."""
    limit = max(_WIDEST * COLUMN, *(part.width for part in parts), math.sqrt(800 * sum(part.width for part in parts)))
    shelves: list[list[Block]] = [[]]
    for part in parts:
        if shelves[-1] and sum(one.width for one in shelves[-1]) + part.width > limit:
            shelves.append([])
        shelves[-1].append(part)
    places: list[Place] = []
    deeper = 0
    for shelf in shelves:
        block = row(shelf)
        indent = (limit - block.width) / 2
        places += [place.moved(indent, deeper) for place in block.places]
        layers = [place.layer for place in block.places]
        deeper += max(layers) - min(layers) + 1
    return Block(limit, limit / 2, places)
