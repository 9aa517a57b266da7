"""The order of boxes in their cells in which lines between columns cross little.

Each box is drawn to the mean place of what it is joined to in the columns before it, then in those after it, a few times
over; the order with the fewest crossings is kept, and the given order where lines do not decide.
"""

from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Iterable

from goldenthread.viz.network import Network

_SWEEPS = 8

Cells = dict[tuple[int, int], list[str]]  # by shelf and column; a lane has two shelves, the upper for joined boxes


def unordered(network: Network) -> Cells:
    """Return each cell's boxes (shelf, column) in the order given."""
    cells: Cells = defaultdict(list)
    ends = {end for edge in network.edges for end in (edge.source, edge.target)}
    for node in network.nodes:
        cells[2 * node.lane + (node.id not in ends), node.column].append(node.id)
    return cells


def ordered(network: Network) -> Cells:
    """Return each cell's boxes (shelf, column) in the order with the fewest crossings found."""
    cells = unordered(network)
    column = {node.id: node.column for node in network.nodes}
    joined: dict[str, list[str]] = defaultdict(list)
    for edge in network.edges:
        if column[edge.source] != column[edge.target]:
            joined[edge.source].append(edge.target)
            joined[edge.target].append(edge.source)
    best, fewest = {key: list(cell) for key, cell in cells.items()}, _crossings(network, cells, column)
    for sweep in range(_SWEEPS if joined else 0):
        forward = sweep % 2 == 0
        for key in sorted(cells, key=lambda key: key[1], reverse=not forward):
            rank = _ranks(cells)
            cells[key].sort(key=lambda body: mean(
                [rank[other] for other in joined[body] if (column[other] < column[body]) == forward], rank[body]
            ))  # fmt: skip
        if (count := _crossings(network, cells, column)) < fewest:
            best, fewest = {key: list(cell) for key, cell in cells.items()}, count
    return best


def _ranks(cells: Cells) -> dict[str, float]:
    """Return how far down in its column each box stands, from 0 to 1, lane by lane."""
    return {
        body: shelf + (i + 0.5) / len(cell) for (shelf, _), cell in cells.items() for i, body in enumerate(cell)
    }  # fmt: skip


def mean(numbers: Iterable[float], otherwise: float) -> float:
    """Return the mean of numbers, or something else if there are none."""
    known = list(numbers)
    return sum(known) / len(known) if known else otherwise


def _crossings(network: Network, cells: Cells, column: dict[str, int]) -> int:
    """Return how many lines cross between the same two columns."""
    rank = _ranks(cells)
    between: dict[tuple[int, int], list[tuple[float, float]]] = defaultdict(list)
    for edge in network.edges:
        one, other = sorted((edge.source, edge.target), key=lambda body: column[body])
        if column[one] != column[other]:
            between[column[one], column[other]].append((rank[one], rank[other]))
    count = 0
    for lines in between.values():
        seen: list[float] = []
        for _, end in sorted(lines):
            count += len(seen) - bisect_left(seen, end + 1e-9)
            insort(seen, end)
    return count
