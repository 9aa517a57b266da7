"""One hierarchy as a tree of blocks: a body stands over the block of its subordinates, blocks stand side by side.

A place says how far right a body stands, on which layer, and in which row of that layer; how high layers and rows are is
for the layout to say.
"""

import math
from collections import defaultdict
from dataclasses import dataclass, replace

BOX = 152.0
COLUMN = BOX + 26.0
_LANE = 52.0
_WIDEST = 24
_HANGING = 40


@dataclass(frozen=True)
class Place:
    """A body's place in its block: x from the block's left edge, layer, row within the layer."""

    body: str
    x: float
    layer: int
    row: int = 0
    hangs: bool = False

    def moved(self, right: float, deeper: int = 0) -> "Place":
        return Place(self.body, self.x + right, self.layer + deeper, self.row, self.hangs)


@dataclass(frozen=True)
class Block:
    """Part of a hierarchy; `axis` is where its top stands."""

    width: float
    axis: float
    places: list[Place]


def hierarchy(members: list[str], superiors: dict[str, list[str]], layer: dict[str, int], across: int) -> Block:
    """Return one hierarchy as a tree; very wide ones on shelves, unless that would put a body above a superior."""
    chief = {body: max(superiors[body], key=lambda above: layer[above]) for body in members if superiors[body]}
    below: dict[str, list[str]] = defaultdict(list)
    for body in members:
        if body in chief:
            below[chief[body]].append(body)
    tree = _tree(members, below, layer, across, shelved=True)
    depth = {place.body: place.layer for place in tree.places}
    if any(depth[above] >= depth[body] for body in members for above in superiors[body]):
        return _tree(members, below, layer, across, shelved=False)
    return tree


def _tree(
    members: list[str], below: dict[str, list[str]], layer: dict[str, int], across: int, *, shelved: bool
) -> Block:
    blocks: dict[str, Block] = {}
    for body in sorted(members, key=lambda body: -layer[body]):
        branches = [blocks.pop(one) for one in below[body] if below[one]]
        leaves = [Place(one, 0.0, layer[one]) for one in below[body] if not below[one]]
        if branches or leaves:
            blocks[body] = _over(Place(body, 0.0, layer[body]), branches, leaves, across, shelved)
    return row([blocks[body] for body in members if body in blocks])


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
