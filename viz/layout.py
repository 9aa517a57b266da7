"""Where the boxes stand: layered from the board down by the lines of accountability.

1. Lines that would close a circle are set aside (found by one depth-first walk from the top), so that what is left has
   a top and a bottom. Every body then stands below all of its superiors: its layer is the longest way up.
2. Bodies that hang together form one hierarchy, drawn as a tree under the chief superior (the lowest of several).
   Subordinates who have none of their own are wrapped: up to two rows, the second set off by half a box so that its
   lines pass between the boxes of the first; more than that hang in two columns with a lane between them.
   Branches that would still make a very wide row go on shelves below one another.
3. Hierarchies are put side by side, and on further shelves.
4. Bodies without any line of accountability (forums, partners) stand to the right: a few in one column, near what they
   touch; many in several, those with the most lines first.

How many boxes make a row and a shelf is tried out: what fills the frame best, and so can be read best, is kept. All of
it is plain arithmetic on the order in which the bodies are given: the same network, the same picture.
"""

import math
from collections import Counter, defaultdict
from dataclasses import dataclass

from goldenthread.viz.labels import wrapped
from goldenthread.viz.network import Network, Node
from goldenthread.viz.tree import BOX, COLUMN, Block, Place, hierarchy

__all__ = ["BOX", "Layout", "layout", "positions"]

LINE = 18.0
LAYER_GAP = 66.0
ROW_GAP = 22.0
WRAP = 18


@dataclass(frozen=True)
class Layout:
    """Centres of the boxes (x to the right, y downwards), who hangs beside a lane, and each box's height."""

    positions: dict[str, tuple[float, float]]
    hanging: frozenset[str]
    heights: dict[str, float]


def positions(network: Network) -> dict[str, tuple[float, float]]:
    """Return the centre of each body's box; y grows downwards, so a superior has the smaller y."""
    return layout(network).positions


def layout(network: Network, *, frame: float = 1.9) -> Layout:
    """Return the layout that is largest, boxes and all, in a frame that is `frame` times as wide as high."""
    superiors = _superiors(network)
    inferiors: dict[str, list[str]] = defaultdict(list)
    for body, above in superiors.items():
        for superior in above:
            inferiors[superior].append(body)
    in_hierarchy = [node.id for node in network.nodes if superiors.get(node.id) or inferiors.get(node.id)]
    order = _without_circles(in_hierarchy, superiors, inferiors)
    layer: dict[str, int] = {}
    for body in order:
        layer[body] = max((layer[above] + 1 for above in superiors[body]), default=0)
    groups = _together(in_hierarchy, superiors)
    high = {node.id: _height(node) for node in network.nodes}

    best, largest = Layout({}, frozenset(), high), 0.0
    for across in range(8, 1, -1):
        blocks = [hierarchy(members, superiors, layer, across) for members in groups]
        hanging = frozenset(place.body for block in blocks for place in block.places if place.hangs)
        penalty = 0.8 if hanging else 1.0
        for shelf in _shelf_widths(blocks):
            places = _shelves(blocks, high, shelf)
            _beside(network, places, high)
            size = _size(places, frame) * penalty
            if size > largest * 1.06:
                best, largest = Layout(places, hanging, high), size
    return best


def _height(node: Node) -> float:
    return LINE * (len(wrapped(node.label, WRAP)) + node.unknown) + 18


def _shelf_widths(blocks: list[Block]) -> list[float]:
    """Return the widths to try: from several hierarchies beside one another down to the widest alone."""
    widest = max((block.width for block in blocks), default=0.0)
    every = sum(block.width for block in blocks)
    return sorted({min(every, widest * times) for times in (1.0, 1.35, 1.8, 2.6, 4.0, 6.0, 9.0)}, reverse=True)


def _size(places: dict[str, tuple[float, float]], frame: float) -> float:
    across = [x for x, _ in places.values()] or [0.0]
    down = [y for _, y in places.values()] or [0.0]
    return min(frame / (max(across) - min(across) + COLUMN), 1 / (max(down) - min(down) + 60))


def _superiors(network: Network) -> dict[str, list[str]]:
    """Return each body's superiors, in the order of the bodies so that the order of lines does not matter."""
    rank = {node.id: i for i, node in enumerate(network.nodes)}
    pairs = {(edge.source, edge.target) for edge in network.edges if edge.upward and edge.source != edge.target}
    above: dict[str, list[str]] = {node.id: [] for node in network.nodes}
    for source, target in sorted(pairs, key=lambda pair: (rank[pair[0]], rank[pair[1]])):
        above[source].append(target)
    return above


def _without_circles(bodies: list[str], superiors: dict[str, list[str]], inferiors: dict[str, list[str]]) -> list[str]:
    """Take out the lines that close a circle, and return the bodies so that every superior comes first."""
    finished: list[str] = []
    state: dict[str, str] = {}
    starts = [body for body in bodies if not superiors[body]] + bodies
    for start in starts:
        if start in state:
            continue
        state[start] = "open"
        walk = [(start, iter(list(inferiors[start])))]
        while walk:
            body, below = walk[-1]
            for inferior in below:
                if state.get(inferior) == "open":
                    superiors[inferior].remove(body)
                    inferiors[body].remove(inferior)
                elif inferior not in state:
                    state[inferior] = "open"
                    walk.append((inferior, iter(list(inferiors[inferior]))))
                    break
            else:
                state[body] = "done"
                finished.append(body)
                walk.pop()
    return finished[::-1]


def _together(bodies: list[str], superiors: dict[str, list[str]]) -> list[list[str]]:
    """Return the bodies in groups that hang together."""
    group = {body: body for body in bodies}

    def leader(body: str) -> str:
        while group[body] != body:
            group[body] = group[group[body]]
            body = group[body]
        return body

    for body in bodies:
        for above in superiors[body]:
            group[leader(above)] = leader(body)
    groups: dict[str, list[str]] = {}
    for body in bodies:
        groups.setdefault(leader(body), []).append(body)
    return list(groups.values())


def _rows(places: list[Place], high: dict[str, float]) -> tuple[dict[tuple[int, int], float], float]:
    """Return y for each layer and row within it, and where the next thing below may begin."""
    tallest: dict[tuple[int, int], float] = defaultdict(float)
    for place in places:
        tallest[place.layer, place.row] = max(tallest[place.layer, place.row], high[place.body])
    y, above, found = 0.0, (0, 0), {}
    for i, key in enumerate(sorted(tallest)):
        if i:
            y += tallest[above] / 2 + (ROW_GAP if above[0] == key[0] else LAYER_GAP)
        y += tallest[key] / 2
        found[key], above = y, key
    return found, y + tallest[above] / 2 + LAYER_GAP


def _shelves(blocks: list[Block], high: dict[str, float], limit: float) -> dict[str, tuple[float, float]]:
    places: dict[str, tuple[float, float]] = {}
    left = top = shelf = 0.0
    for block in blocks:
        rows, height = _rows(block.places, high)
        if left and left + block.width > limit + 1:
            left, top, shelf = 0.0, top + shelf, 0.0
        for place in block.places:
            places[place.body] = (left + place.x, top + rows[place.layer, place.row])
        left += block.width
        shelf = max(shelf, height)
    return places


def _beside(network: Network, places: dict[str, tuple[float, float]], high: dict[str, float]) -> None:
    """Put the bodies that have no place yet to the right, each as near as may be to the height of what it touches."""
    alone = [node.id for node in network.nodes if node.id not in places]
    if not alone:
        return
    right = max((x for x, _ in places.values()), default=-COLUMN)
    bottom = max((y for _, y in places.values()), default=0.0)
    pitch = max(high[one] for one in alone) + ROW_GAP
    wanted = _touched(network, places)
    rows = max(int(bottom // pitch) + 1, math.ceil(math.sqrt(1.3 * len(alone) if places else len(alone) / 1.3)))
    columns = math.ceil(len(alone) / rows)
    if columns == 1:
        alone.sort(key=lambda one: wanted.get(one, bottom))
    else:
        lines = Counter(end for edge in network.edges for end in (edge.source, edge.target))
        alone.sort(key=lambda one: -lines[one])
    slot = 0
    for i, one in enumerate(alone):
        if columns == 1:
            slot = max(slot, min(int(wanted.get(one, 0.0) // pitch), rows - (len(alone) - i)))
        row, column = divmod(slot, columns)
        places[one] = (right + 1.35 * COLUMN + COLUMN * column, (row + 0.5) * pitch - ROW_GAP / 2)
        slot += 1


def _touched(network: Network, places: dict[str, tuple[float, float]]) -> dict[str, float]:
    """Return the mean height of what each body without a place is joined to, or of what those are joined to."""
    heights = {body: y for body, (_, y) in places.items()}
    for _ in range(2):
        touching: dict[str, list[float]] = defaultdict(list)
        for edge in network.edges:
            for one, other in ((edge.source, edge.target), (edge.target, edge.source)):
                if one not in heights and other in heights:
                    touching[one].append(heights[other])
        heights |= {one: sum(found) / len(found) for one, found in touching.items()}
    return {body: y for body, y in heights.items() if body not in places}
