"""The legend: every kind that is drawn, in the order of the style table, and none that is not.

Kinds of line are told apart without colour by stroke, and where several share a stroke by a letter on the line. The
lines that are drawn most often need none. Our readings all have one stroke, so there the letter must tell more kinds.
"""

from collections import Counter
from dataclasses import dataclass
from string import ascii_lowercase

from goldenthread.viz.labels import NOT_STATED, ON_THE_BOX, OUR_READING, STATED
from goldenthread.viz.network import Network, Style


@dataclass(frozen=True)
class Legend:
    """The kinds used, with their looks, and whether our readings and unstated things need explaining."""

    bodies: tuple[tuple[str, Style], ...]
    lines: tuple[tuple[str, Style], ...]
    inferred: bool
    unknown: bool


def legend(network: Network) -> Legend:
    """Return the legend of a network."""
    bodies = {node.kind for node in network.nodes}
    lines = {edge.kind for edge in network.edges}
    return Legend(
        bodies=tuple((kind, style) for kind, style in network.node_styles.items() if kind in bodies),
        lines=tuple((kind, style) for kind, style in network.edge_styles.items() if kind in lines),
        inferred=any(edge.inferred for edge in network.edges),
        unknown=any(node.unknown for node in network.nodes),
    )


def in_words(network: Network) -> list[str]:
    """Return the legend as lines of text, for formats that have comments only."""
    kinds = legend(network)
    lines = [f"Box: {style.label} ({style.shape}, {style.fill})" for _, style in kinds.bodies]
    lines += [f"Line: {style.label} ({style.stroke}, {style.colour})" for _, style in kinds.lines]
    if kinds.inferred:
        lines.append(f"Line marked '{OUR_READING}': not the plan's words; all others are {STATED}")
    if kinds.unknown:
        lines.append(f"Box marked {ON_THE_BOX}: {NOT_STATED}, such as the line upward")
    return lines


def letters(network: Network) -> dict[str, str]:
    """Return a letter for each kind of line that its stroke alone does not tell from the others."""
    kinds = legend(network).lines
    used = Counter(edge.kind for edge in network.edges)
    upward = {edge.kind for edge in network.edges if edge.upward}
    chief = max(upward or used, key=lambda kind: (used[kind], kind), default="")
    strokes = Counter((style.stroke, kind in upward) for kind, style in kinds)
    read = {edge.kind for edge in network.edges if edge.inferred}
    same = [
        kind
        for kind, style in kinds
        if kind != chief and (strokes[style.stroke, kind in upward] > 1 or (kind in read and len(read) > 1))
    ]
    return {kind: _letter(i) for i, kind in enumerate(same)}


def _letter(number: int) -> str:
    """
    >>> _letter(0), _letter(25), _letter(26)
    ('a', 'z', 'aa')
    """
    rest, last = divmod(number, 26)
    return (_letter(rest - 1) if rest else "") + ascii_lowercase[last]
