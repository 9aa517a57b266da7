"""The rows of a page's two tables: every line and every box once, and at which moments of the series it is so.

Two moments of a series mostly differ in a line or two. A line or box of which the same is said at several moments is one
row; the page's script shows the rows of the moment that is looked at, and without it a column says when each holds.
"""

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from goldenthread.viz.labels import plain
from goldenthread.viz.network import Edge, Moment, Network, Node

Said = TypeVar("Said", bound=Hashable)


@dataclass(frozen=True)
class LineRow:
    """A line between two boxes of these names, and when it is there."""

    edge: Edge
    source: str
    target: str
    when: str


@dataclass(frozen=True)
class BoxRow:
    """A box, the headings of its column and lane, and when it is there."""

    node: Node
    stands: str
    when: str


@dataclass(frozen=True)
class Rows:
    """Both tables, and for each moment the rows of its lines and boxes, in the order of its network."""

    lines: tuple[LineRow, ...]
    boxes: tuple[BoxRow, ...]
    lines_at: tuple[tuple[int, ...], ...]
    boxes_at: tuple[tuple[int, ...], ...]


def rows(moments: Sequence[Moment]) -> Rows:
    """Return the rows of the tables of these moments."""
    networks = [moment.network for moment in moments]
    lines, lines_at = _once(_lines(network) for network in networks)
    boxes, boxes_at = _once(_boxes(network) for network in networks)
    return Rows(
        tuple(LineRow(*said, when) for said, when in zip(lines, _held(moments, lines_at), strict=True)),
        tuple(BoxRow(*said, when) for said, when in zip(boxes, _held(moments, boxes_at), strict=True)),
        lines_at,
        boxes_at,
    )


def _lines(network: Network) -> Iterable[tuple[Edge, str, str]]:
    names = {node.id: plain(node.label) for node in network.nodes}
    return ((edge, names[edge.source], names[edge.target]) for edge in network.edges)


def _boxes(network: Network) -> Iterable[tuple[Node, str]]:
    return ((replace(node, column=0, lane=0), _stands(node, network)) for node in network.nodes)


def _stands(node: Node, network: Network) -> str:
    if not network.columns:
        return ""
    return ", ".join(
        [plain(network.columns[node.column]), *([plain(network.lanes[node.lane])] if network.lanes else [])]
    )


def _once(series: Iterable[Iterable[Said]]) -> tuple[list[Said], tuple[tuple[int, ...], ...]]:
    """Return what is said, once however many moments say it, and where each moment finds its own.

    What one moment says twice stands there twice: two lines that are alike are two.
    """
    places: dict[tuple[Said, int], int] = {}
    found = []
    for moment in series:
        before: Counter[Said] = Counter()
        numbers = []
        for said in moment:
            before[said] += 1
            numbers.append(places.setdefault((said, before[said]), len(places)))
        found.append(tuple(numbers))
    return [said for said, _ in places], tuple(found)


def _held(moments: Sequence[Moment], rows_at: Sequence[Sequence[int]]) -> list[str]:
    """Return for each row when it holds."""
    held: dict[int, list[int]] = {}
    for number, rows_of_moment in enumerate(rows_at):
        for row in rows_of_moment:
            held.setdefault(row, []).append(number)
    return [_when(moments, held[row]) for row in range(len(held))]


def _when(moments: Sequence[Moment], holding: Sequence[int]) -> str:
    """Return the moments at which something holds: a plan's name stands for all of its moments."""
    by_plan: dict[str, list[int]] = {}
    for number, moment in enumerate(moments):
        by_plan.setdefault(moment.plan or moment.label, []).append(number)
    said: list[str] = []
    for plan, numbers in by_plan.items():
        some = [number for number in numbers if number in holding]
        said += [plan] if some == numbers else [moments[number].label for number in some]
    return plain("; ".join(said))
