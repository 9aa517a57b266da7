"""What stands on paper, and how much room it takes: paragraphs, pictures and tables on A4, told before they are written.

Word does not say how long a document is until somebody opens it. So lines are counted with the widths of Arial's
letters, a little wider than they are, and the pieces are let flow from page to page as Word does it: a heading stays
with what follows, a row of a table is not torn.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from goldenthread.viz.letters import width

MILLIMETRE = 72 / 25.4  # points
WIDE, HIGH = 170 * MILLIMETRE, 257 * MILLIMETRE  # of an A4 page within margins of 2 cm
CELL = 11.0  # points that a table's cell keeps free at its sides, both together
SURE = 1.02  # letters are taken for so much wider than they are
MARGIN = 1.2  # points above and below the text of a cell
RULE = 1.0 + 2 * MARGIN  # points that a row takes besides its text


@dataclass(frozen=True)
class Look:
    """How a style of Word's own is set here: size, room before and after, indents, all in points."""

    size: float
    before: float = 0.0
    after: float = 3.0
    left: float = 0.0
    hanging: float = 0.0
    bold: bool = False
    keep: bool = False  # with the next


LOOKS = {
    "Normal": Look(10),
    "Title": Look(18, after=1, bold=True, keep=True),
    "Subtitle": Look(11, after=4, keep=True),
    "Heading 1": Look(12, before=8, after=3, bold=True, keep=True),
    "List Bullet": Look(10, after=1.5, left=14, hanging=14),
    "List Bullet 2": Look(10, after=1.5, left=28, hanging=14),
    "List Bullet 3": Look(10, after=1.5, left=42, hanging=14),
    "List Number": Look(10, after=0, left=18, hanging=18, bold=True, keep=True),
    "List Continue": Look(10, after=3, left=18),
    "List": Look(8.5, after=0.5, left=24, hanging=24),
    "Caption": Look(8.5, after=4),
    "No Spacing": Look(9, after=0),
    "Footer": Look(8, after=0),
}


@dataclass(frozen=True)
class Strong:
    """Words that stand out."""

    text: str


@dataclass(frozen=True)
class Ref:
    """The number of a source, as it stands in brackets."""

    number: int

    def __str__(self) -> str:
        return f"[{self.number}]"


Part = str | Strong | Ref


@dataclass(frozen=True)
class Paragraph:
    """A paragraph in one of Word's own styles; `source` is the number of the source that it tells, 0 if none."""

    style: str
    parts: tuple[Part, ...]
    source: int = 0

    @property
    def text(self) -> str:
        """The words without their looks."""
        return "".join(part.text if isinstance(part, Strong) else str(part) for part in self.parts)


@dataclass(frozen=True)
class Still:
    """A picture (PNG), its size in points, and what it shows in words."""

    png: bytes
    wide: float
    high: float
    says: str


@dataclass(frozen=True)
class Rows:
    """A table with a heading row; `shares` are its columns' shares of the width. `says` tells what it holds."""

    heading: tuple[str, ...]
    rows: tuple[tuple[tuple[Part, ...], ...], ...]
    shares: tuple[float, ...]
    says: str

    @property
    def widths(self) -> tuple[float, ...]:
        """The columns' widths in points."""
        return tuple(WIDE * share / sum(self.shares) for share in self.shares)


Block = Paragraph | Still | Rows


@dataclass(frozen=True)
class _Piece:
    high: float
    keep: bool = False
    again: float = 0.0  # the heading row that is repeated where the piece begins a page


def pages(blocks: Sequence[Block]) -> int:
    """Return how many pages the blocks fill, rather too many than too few."""
    count, used = 1, 0.0
    held: list[_Piece] = []
    for piece in (piece for block in blocks for piece in _pieces(block)):
        held.append(piece)
        if piece.keep:
            continue
        together = sum(one.high for one in held)
        if used + together > HIGH and used > 0:
            count, used = count + 1, held[0].again
        used += together
        while used > HIGH:  # a piece longer than a page runs on
            count, used = count + 1, used - HIGH
        held = []
    return count


def _pieces(block: Block) -> Iterator[_Piece]:
    match block:
        case Paragraph(style=style):
            look = LOOKS[style]
            high = height(block.text, look.size, WIDE - look.left, bold=look.bold)
            yield _Piece(look.before + high + look.after, look.keep)
        case Still(high=high):
            yield _Piece(high + LOOKS["Normal"].after + 4)
        case Rows():
            heading = _row(block, tuple((Strong(text),) for text in block.heading))
            yield _Piece(heading, keep=True)
            for row in block.rows:
                yield _Piece(_row(block, row), again=heading)
            yield _Piece(LOOKS["Normal"].after)


def _row(table: Rows, cells: Sequence[Sequence[Part]]) -> float:
    size = LOOKS["No Spacing"].size
    return RULE + max(
        height(Paragraph("No Spacing", tuple(cell)).text, size, wide - CELL, bold=any(isinstance(p, Strong) for p in cell))
        for cell, wide in zip(cells, table.widths, strict=True)
    )  # fmt: skip


def height(text: str, size: float, wide: float, *, bold: bool = False) -> float:
    """Return how high a text stands in lines of this width, in points."""
    return lines(text, round(wide / size, 3), bold=bold) * size * 1.16


@lru_cache(maxsize=20_000)
def lines(text: str, wide: float, *, bold: bool = False) -> int:
    """Return how many lines a text fills; `wide` is the width of a line in ems.

    >>> lines("Serious Case Review Group", 20.0), lines("Serious Case Review Group", 7.0)
    (1, 2)
    """
    space = SURE * width(" ")
    count, used = 1, 0.0
    for word in text.split():
        length = SURE * width(word, bold=bold)
        if used and used + space + length > wide:
            count, used = count + 1, 0.0
        used += length + (space if used else 0.0)
        while used > wide:
            count, used = count + 1, used - wide
    return count
