"""What is drawn: bodies (nodes), lines between them (edges), how each kind looks, and what the picture must say of itself.

A network is checked when it is made: a line to a body that is not there, or a kind without a look, would otherwise
vanish from one output and not from another. Colours are checked because they are written into style sheets.
"""

import re
from collections.abc import Mapping
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
    """A box. `detail` is its card; `unknown` marks what the plan leaves open, such as the line upward."""

    id: str
    label: str
    kind: str
    detail: Pairs = ()
    unknown: bool = False


@dataclass(frozen=True)
class Edge:
    """A line. `upward` lines decide who stands above whom; `inferred` ones are our reading, not the plan's words."""

    source: str
    target: str
    kind: str
    inferred: bool = False
    upward: bool = False
    detail: Pairs = ()


@dataclass(frozen=True)
class Network:
    """A picture to be drawn; `caption` says plan, period, version, sources and how far to trust it."""

    title: str
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    node_styles: Mapping[str, Style]
    edge_styles: Mapping[str, Style]
    caption: tuple[str, ...]

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
        for edge in self.edges:
            for end in (edge.source, edge.target):
                if end not in ids:
                    raise ValueError(f"a line {edge.source!r} to {edge.target!r} ends at an unknown body: {end!r}")
            if edge.kind not in self.edge_styles:
                raise ValueError(
                    f"a line {edge.source!r} to {edge.target!r} is of a kind without a style: {edge.kind!r}"
                )
