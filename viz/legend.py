"""The legend: every kind that is drawn, in the order of the style table, and none that is not."""

from dataclasses import dataclass

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
