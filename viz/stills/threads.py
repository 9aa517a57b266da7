"""What must stay together when a picture is cut into sheets, and the orders in which that could fill them.

In a picture with lines it is a box of one column with all that its lines lead to, away from the column on either side,
or a box with its lines alone; without lines every box is free. The orders run along lanes or columns, or keep together
what shares boxes.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from goldenthread.viz.network import Network

_ANCHORS = 3  # columns along whose boxes a picture is tried to be cut
_BEHIND, _AHEAD = 6, 40


@dataclass(frozen=True)
class Thread:
    """Boxes and lines (by number) that stay together, and what they are part of: a lane or column."""

    boxes: frozenset[int]
    lines: frozenset[int] = frozenset()
    part: int = 0


def orders(network: Network) -> Iterator[list[Thread]]:
    """Give the ways in which the picture could be cut: threads in the order in which they fill the sheets."""
    if not network.edges:
        places = [(node.lane, node.column) for node in network.nodes]
        for side, parts in enumerate((network.lanes, network.columns)):
            if parts:
                order = sorted(range(len(places)), key=lambda i: places[i] if side == 0 else places[i][::-1])
                yield [Thread(frozenset((i,)), part=places[i][side]) for i in order]
        return
    found = [_threads(network, column) for column in range(len(network.columns) or 1)]
    found.sort(key=lambda threads: max(len(one.boxes) for one in threads))
    for threads in found[:_ANCHORS]:
        yield threads
        yield _gathered(threads)
    yield from _sides(network)


def _threads(network: Network, anchor: int) -> list[Thread]:
    """Return each box of one column with all that its lines lead to, away from the column; then whatever is left."""
    number = {node.id: i for i, node in enumerate(network.nodes)}
    lines: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for i, edge in enumerate(network.edges):
        source, target = number[edge.source], number[edge.target]
        lines[source].append((i, target))
        lines[target].append((i, source))
    found = [
        _thread(network, lines, i) for i, node in enumerate(network.nodes) if node.column == anchor and lines[i]
    ]  # fmt: skip
    held = {line for thread in found for line in thread.lines}
    for i, edge in enumerate(network.edges):
        if i not in held:
            ends = frozenset((number[edge.source], number[edge.target]))
            found.append(Thread(ends, frozenset((i,)), min(network.nodes[end].lane for end in ends)))
    found += [Thread(frozenset((i,)), part=node.lane) for i, node in enumerate(network.nodes) if not lines[i]]
    return sorted(found, key=lambda thread: thread.part)


def _thread(network: Network, lines: dict[int, list[tuple[int, int]]], start: int) -> Thread:
    """Return a box with what its lines lead to on either side, and on from there, never turning back."""
    boxes, held = {start}, set[int]()
    column = [node.column for node in network.nodes]
    for way in (1, -1):
        reached, seen = [start], {start}
        for box in reached:  # grows as it is walked
            for line, other in lines[box]:
                if (column[other] - column[box]) * way > 0:
                    held.add(line)
                    if other not in seen:
                        seen.add(other)
                        reached.append(other)
        boxes |= seen
    return Thread(frozenset(boxes), frozenset(held), network.nodes[start].lane)


def _sides(network: Network) -> Iterator[list[Thread]]:
    """Give the boxes to the left of a column to which all lines lead, each with its lines, then those to its right."""
    number = {node.id: i for i, node in enumerate(network.nodes)}
    ends = [(number[edge.source], number[edge.target]) for edge in network.edges]
    column = [node.column for node in network.nodes]
    for middle in range(1, len(network.columns) - 1):
        if network.lanes or not all((column[one] == middle) != (column[other] == middle) for one, other in ends):
            continue
        found = []
        for i in sorted(range(len(column)), key=column.__getitem__):
            lines = frozenset(line for line, pair in enumerate(ends) if i in pair)
            if column[i] != middle or not lines:
                boxes = frozenset((i,)).union(*(ends[line] for line in lines))
                found.append(Thread(boxes, lines, column[i]))
        yield found


def _gathered(threads: Sequence[Thread]) -> list[Thread]:
    """Return the threads of each part in an order in which those that share boxes follow one another."""
    found: list[Thread] = []
    left = list(threads)
    while left:
        here = [one for one in left[:_AHEAD] if one.part == left[0].part]
        behind = found[-_BEHIND:]
        nearest = max(here, key=lambda one: sum(len(one.boxes & other.boxes) / len(one.boxes) for other in behind))
        found.append(nearest)
        left.remove(nearest)
    return found


def joined(threads: Sequence[Thread]) -> Thread:
    """Return the boxes and lines of several threads as one."""
    boxes = frozenset[int]().union(*(one.boxes for one in threads))
    return Thread(boxes, frozenset[int]().union(*(one.lines for one in threads)))
