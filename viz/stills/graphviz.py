"""Graphviz, which pygraphviz brings along: it finds ways for lines around boxes, and writes SVG, PNG and PDF.

It is told where everything stands (its program "nop2") and how to write, never what a label means: `text` escapes the
signs that it would read as markup or as names of things.
"""

import os
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from goldenthread.viz.labels import plain
from goldenthread.viz.network import Edge
from goldenthread.viz.ways.room import Room
from goldenthread.viz.ways.routes import Route

if TYPE_CHECKING:
    from pygraphviz import AGraph

_BOX = {"shape": "box"}
_ROUND = {
    "shape": "polygon",
    "sides": "16",
}  # around an ellipse Graphviz' ways differ a little from one time to the next
_IDLE = "Fontconfig warning"  # some machines' font settings; it says nothing about the picture


class MissingLibrary(Exception):
    """A library that this kind of picture needs is not installed."""


def drawing(**attributes: object) -> "AGraph":
    """Return an empty drawing on which everything stands where it is put."""
    try:
        from pygraphviz import AGraph
    except ImportError:
        raise MissingLibrary(
            "this kind of picture needs Graphviz: pip install pygraphviz (or draw to .html or .mmd instead)"
        ) from None
    return AGraph(strict=False, directed=True, notranslate=True, **attributes)


def written(picture: "AGraph", ending: str) -> bytes:
    """Return a drawing as svg, png or pdf."""
    picture.has_layout = True
    with _quiet():
        found: bytes = picture.draw(format=ending)
    return found


def ways(lines: Sequence[tuple[int, Edge]], room: Room) -> dict[int, Route]:
    """Return ways around the boxes for these lines."""
    plan = drawing(splines="true", esep="+4")
    plan.node_attr.update(fixedsize="true", label="")
    names = {body: f"n{i}" for i, body in enumerate(room.positions)}
    for body, (x, y) in room.positions.items():
        size = {"width": f"{room.width / 72:.4f}", "height": f"{room.heights[body] / 72:.4f}"}
        plan.add_node(names[body], pos=at(x, y), **(_ROUND if body in room.round else _BOX), **size)
    for number, edge in lines:
        plan.add_edge(names[edge.source], names[edge.target], key=f"e{number}", arrowhead="none")
    with _quiet():
        plan.layout(prog="nop2")
    found = {}
    for number, edge in lines:
        drawn = plan.get_edge(names[edge.source], names[edge.target], key=f"e{number}").attr["pos"] or ""
        points = [(float(x), -float(y)) for x, y in (pair.split(",") for pair in drawn.split())]
        if len(points) >= 4:
            found[number] = Route(tuple(points))
    return found


def at(x: float, y: float) -> str:
    """Return a place as Graphviz writes it: y grows upwards."""
    return f"{x:.2f},{-y + 0.0:.2f}"


def text(line: str) -> str:
    """Return a line of text that means nothing but itself."""
    return escape(plain(line)).replace("\\", "\\\\") or " "


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep idle warnings of C libraries from standard error; whatever else they say is passed on."""
    try:
        sys.stderr.flush()
        kept = os.dup(2)
    except (OSError, AttributeError, ValueError):
        yield
        return
    with tempfile.TemporaryFile() as said:
        os.dup2(said.fileno(), 2)
        try:
            yield
        finally:
            os.dup2(kept, 2)
            os.close(kept)
            said.seek(0)
            rest = [line for line in said.read().decode("utf-8", "replace").splitlines() if not line.startswith(_IDLE)]
            if rest:
                print(*rest, sep="\n", file=sys.stderr)
