"""What is drawn: boxes (nodes), lines between them (edges), how each kind looks, and what the picture must say of itself.

Without columns the boxes stand in layers, whoever answers for others above them. With columns each box stands in the
column and lane that it names: an overlap, a thread of learning, two plans side by side, a timeline. A network is checked when it is made: a line to a body that is not there, or a kind without a look, would otherwise
vanish from one output and not from another. Colours are checked because they are written into style sheets.
"""

import re
from collections.abc import Container, Mapping
from dataclasses import dataclass

from goldenthread.viz.labels import plain

Pairs = tuple[tuple[str, str], ...]

STROKES = ("solid", "dashed", "dotted")
SHAPES = ("box", "ellipse")
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}\Z")


@dataclass(frozen=True)
class Style:
    """How one kind of body or line looks; `label` names it in the legend, and on its lines."""

    label: str
    stroke: str = "solid"
    colour: str = "#1f3a5f"
    shape: str = "box"
    fill: str = "#eef2f7"

    def __post_init__(self) -> None:
        for name, value, allowed in (("stroke", self.stroke, STROKES), ("shape", self.shape, SHAPES)):
            if value not in allowed:
                raise ValueError(f"style '{self.label}': {name} {value!r} is none of {', '.join(allowed)}")
        for name, value in (("colour", self.colour), ("fill", self.fill)):
            if not _COLOUR.match(value):
                raise ValueError(f"style '{self.label}': {name} {value!r} is not written like #1f3a5f")


@dataclass(frozen=True)
class Node:
    """A box.

    `notes` are small lines on it, such as who chairs; `detail` is its card; `unknown` marks what the plan leaves open,
    such as the line upward; `page` is a page beside the picture that tells more. Columns and lanes count from 0.
    """

    id: str
    label: str
    kind: str
    detail: Pairs = ()
    unknown: bool = False
    notes: tuple[str, ...] = ()
    column: int = 0
    lane: int = 0
    page: str = ""


@dataclass(frozen=True)
class Edge:
    """A line.

    `upward` lines are reporting lines and decide who stands above whom; `places` ones are not, but put the source below
    the target where no reporting line puts it elsewhere (a part below its whole); `inferred` ones are our reading, not
    the plan's words. `weight` is how many things the line stands for: above 1 it is drawn wider and says the number.
    """

    source: str
    target: str
    kind: str
    inferred: bool = False
    upward: bool = False
    detail: Pairs = ()
    places: bool = False
    weight: int = 1


@dataclass(frozen=True)
class Network:
    """A picture to be drawn; `caption` says plan, period, version, sources and how far to trust it.

    `tops` are the bodies whose structure it is: they stand uppermost. `columns` and `lanes` are headings.
    """

    title: str
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    node_styles: Mapping[str, Style]
    edge_styles: Mapping[str, Style]
    caption: tuple[str, ...]
    tops: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    lanes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        ids: set[str] = set()
        for node in self.nodes:
            if node.id in ids:
                raise ValueError(f"the body {node.id!r} is there twice")
            if "\n" in node.id or plain(node.id) != node.id:
                raise ValueError(f"the id of a body holds signs that cannot be written: {node.id!r}")
            ids.add(node.id)
            if node.kind not in self.node_styles:
                raise ValueError(f"the body {node.id!r} is of a kind without a style: {node.kind!r}")
            for at, headings in ((node.column, self.columns), (node.lane, self.lanes)):
                if not 0 <= at < max(1, len(headings)):
                    raise ValueError(f"the body {node.id!r} stands in a column or lane that is not there: {at}")
        for edge in self.edges:
            for end in (edge.source, edge.target):
                if end not in ids:
                    raise ValueError(f"a line {edge.source!r} to {edge.target!r} ends at an unknown body: {end!r}")
            if edge.kind not in self.edge_styles:
                raise ValueError(
                    f"a line {edge.source!r} to {edge.target!r} is of a kind without a style: {edge.kind!r}"
                )
            if edge.weight < 1:
                raise ValueError(f"a line {edge.source!r} to {edge.target!r} stands for nothing: {edge.weight}")
        for top in self.tops:
            if top not in ids:
                raise ValueError(f"the top {top!r} is not among the bodies")

    def _repr_mimebundle_(
        self, include: Container[str] | None = None, exclude: Container[str] | None = None
    ) -> dict[str, str]:
        from goldenthread.viz.notebook import shown

        bundle = shown(self).items()
        return {
            kind: text
            for kind, text in bundle
            if (not include or kind in include) and (not exclude or kind not in exclude)
        }


@dataclass(frozen=True)
class Moment:
    """One picture of a series, such as a structure on the day from which it held: `label` says which.

    `plan` is the plan whose picture it is; a series may hold several of a plan, and several plans of a `group` of them,
    such as a partnership.
    """

    label: str
    network: Network
    group: str = ""
    plan: str = ""
