"""What is written on a box, and how large that makes it: the same lines in a still picture and on a page.

A page and a still picture write names at 14 units and notes at 12; a still picture is then made as large as a page takes.
"""

from dataclasses import dataclass

from goldenthread.viz.labels import ON_THE_BOX
from goldenthread.viz.letters import fitted
from goldenthread.viz.network import Node, Style

BOX = 152.0
LINE, NOTE_LINE = 16.8, 14.4
FONT, NOTE = 14.0, 12.0
_MARGIN = 10.0
_SIDES = 25.0
IN_AN_ELLIPSE = 0.74  # of a box's width can be written on, and as much of its height


@dataclass(frozen=True)
class Face:
    """The lines on a box: its name, and small notes below it (who chairs, what is not stated)."""

    name: tuple[str, ...]
    notes: tuple[str, ...]

    @property
    def lines(self) -> tuple[str, ...]:
        """All lines, from top to bottom."""
        return (*self.name, *self.notes)


def face(node: Node, style: Style, width: float = BOX) -> Face:
    """Return what is written on a box of this width, in lines that fit it."""
    room = (width - _SIDES) * (IN_AN_ELLIPSE if style.shape == "ellipse" else 1.0)
    notes = [line for note in node.notes for line in fitted(note, room / NOTE)]
    return Face(fitted(node.label, room / FONT), (*notes, ON_THE_BOX) if node.unknown else tuple(notes))


def height(lines: Face, style: Style) -> float:
    """Return the height that a box with these lines needs."""
    text = LINE * len(lines.name) + NOTE_LINE * len(lines.notes)
    return text / IN_AN_ELLIPSE + 8 if style.shape == "ellipse" else text + _MARGIN
