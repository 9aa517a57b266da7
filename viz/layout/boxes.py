"""What is written on a box, and how large that makes it: the same lines in a still picture and on a page.

A page and a still picture write names at 14 units and notes at 12; a still picture is then made as large as a page takes.
"""

from dataclasses import dataclass

from goldenthread.viz.labels import ON_THE_BOX, plain
from goldenthread.viz.letters import fitted
from goldenthread.viz.letters import width as width_of
from goldenthread.viz.network import Node, Style

BOX = 152.0
LINE, NOTE_LINE = 16.8, 14.4
FONT, NOTE = 14.0, 12.0
_MARGIN = 10.0
_SIDES = 25.0
IN_AN_ELLIPSE = 0.74  # of a box's width can be written on, and as much of its height
_ONE_WORD = 0.8  # of its width a long word may take there, rather than be broken


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
    round_, inside = style.shape == "ellipse", width - _SIDES

    def written(text: str, size: float) -> tuple[str, ...]:
        if not round_:
            return fitted(text, inside / size)
        needed = min(inside * _ONE_WORD, _longest(text) * size)
        return fitted(text, max(inside * IN_AN_ELLIPSE, needed) / size)

    notes = [line for note in node.notes for line in written(note, NOTE)]
    return Face(written(node.label, FONT), (*notes, ON_THE_BOX) if node.unknown else tuple(notes))


def needed(node: Node, style: Style, *, hyphens: bool) -> float:
    """Return how wide a box must be so that no word of its name is broken, or none but after hyphens and strokes."""
    text = node.label.replace("-", "- ").replace("/", "/ ") if hyphens else node.label
    return _longest(text) * FONT / (_ONE_WORD if style.shape == "ellipse" else 1.0) + _SIDES


def _longest(text: str) -> float:
    """Return how wide (in ems) the longest word is, and a trifle more, for sums are not exact."""
    return max(map(width_of, plain(text).split()), default=0.0) + 0.001


def height(lines: Face, style: Style) -> float:
    """Return the height that a box with these lines needs."""
    text = LINE * len(lines.name) + NOTE_LINE * len(lines.notes)
    return text / IN_AN_ELLIPSE + 8 if style.shape == "ellipse" else text + _MARGIN
