"""Where the boxes stand: in layers, whoever answers for others above them, or in the columns and lanes that they name.

All of it is plain arithmetic on the order in which the bodies are given: the same network, the same picture. Whoever
draws writes on each box the lines that `boxes.face` gives, in a box `Layout.width` wide; then nothing overlaps.

Headings of columns and lanes are places too. A column's heading stands above its boxes, as wide as the column; a lane's
stands to the left of its boxes, as high as the lane. Both are to be written in bold at 14 pixels, in the lines given.
"""

from dataclasses import dataclass, field

from goldenthread.viz.layout.boxes import BOX, face, height
from goldenthread.viz.layout.columns import Heading, arranged, extent
from goldenthread.viz.layout.hung import Hung
from goldenthread.viz.layout.layered import layered
from goldenthread.viz.network import Network

__all__ = ["BOX", "Heading", "Layout", "layout", "positions", "room_of"]


@dataclass(frozen=True)
class Layout:
    """Centres of the boxes (x to the right, y downwards), each box's height, and the width of all.

    `chiefs` says under whom a body stands; `hanging` are those that hang beside a lane that leads up to their chief;
    `listed` those that stand in a list under their chief, set in to the right, and `hung` says how lines lead from those
    in lists to their chiefs (both in compact layouts only). `clear` says whether lines between columns have a clear way,
    with no boxes side by side in one column.
    """

    positions: dict[str, tuple[float, float]]
    hanging: frozenset[str]
    heights: dict[str, float]
    headings: tuple[Heading, ...] = ()
    chiefs: dict[str, str] = field(default_factory=dict)
    width: float = BOX
    listed: frozenset[str] = frozenset()
    hung: dict[str, Hung] = field(default_factory=dict)
    clear: bool = True


def positions(network: Network) -> dict[str, tuple[float, float]]:
    """Return the centre of each body's box; y grows downwards, so a superior has the smaller y."""
    return layout(network).positions


def layout(network: Network, *, frame: float = 1.9, width: float = BOX, compact: int = 0) -> Layout:
    """Return the layout that is largest, boxes and all, in a frame that is `frame` times as wide as high.

    Boxes may be narrower (in layers: in compact ones only), so that more find room. For `compact` see `layered`; in
    columns, 2 puts boxes side by side though they stand in the way of lines.
    """
    styles = network.node_styles
    high = {node.id: height(face(node, styles[node.kind], width), styles[node.kind]) for node in network.nodes}
    if network.columns or network.lanes:
        places, headings, clear = arranged(network, high, frame=frame, width=width, clear=compact < 2)
        return Layout(places, frozenset(), high, headings, width=width, clear=clear)
    found = layered(network, high, frame=frame, width=width, compact=compact)
    return Layout(
        found.places, found.hanging, high, chiefs=found.chiefs, width=width, listed=found.listed, hung=found.hung
    )


def room_of(network: Network, *, frame: float, width: float) -> tuple[float, float, bool]:
    """Return how wide and high a layout in columns and lanes will be, and whether lines have a clear way in it."""
    styles = network.node_styles
    high = {node.id: height(face(node, styles[node.kind], width), styles[node.kind]) for node in network.nodes}
    return extent(network, high, frame=frame, width=width)
