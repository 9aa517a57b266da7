"""The words of a page as markup: text stays text, links lead from where the page lies, marks are set apart.

Pieces of a cell stand as they are written; where two meet without a sign between them, links and values are parted by
"; " and a mark by a space, so that a filter of a table can tell the values apart again.
"""

import re
from functools import lru_cache
from html import escape
from itertools import pairwise
from typing import TYPE_CHECKING

from goldenthread.viz.blocks import Cell, Inline, Link, Mark
from goldenthread.viz.labels import OUR_READING, plain

if TYPE_CHECKING:
    from markupsafe import Markup

_SLUG = re.compile(r"[\W_]+")


def slug(text: str) -> str:
    """Return the text as it may stand in the place of a link.

    >>> slug("How it stands")
    'how-it-stands'
    """
    return _SLUG.sub("-", text.lower()).strip("-")


def words(cell: Cell) -> str:
    """Return the text of a cell as a reader sees it.

    >>> words((Link("Board", "board.html"), Link("Forum", "forum.html"), Mark("our reading")))
    'Board; Forum our reading'
    """
    if isinstance(cell, tuple):
        return "".join(part for part, _ in _parts(cell))
    return _word(cell)


def said(cell: Cell, home: str) -> "Markup":
    """Return a cell as markup; `home` leads from the page to the report's folder ("", "../")."""
    from markupsafe import Markup

    return Markup(_written(cell, home))


def _written(cell: Cell, home: str) -> str:
    if isinstance(cell, str):
        return escape(plain(cell))
    if isinstance(cell, tuple):
        return "".join(escape(part) if piece is None else _written(piece, home) for part, piece in _parts(cell))
    if isinstance(cell, Link):
        return f'<a href="{escape(address(cell.to, home))}">{escape(plain(cell.text))}</a>'
    return f'<span class="mark {escape(look(cell))}">{escape(plain(cell.text))}</span>'


def address(to: str, home: str) -> str:
    """Return the address of a link from a page."""
    return to if to.startswith("#") else home + to


@lru_cache(maxsize=256)
def look(mark: Mark) -> str:
    """Return the class of a mark: our reading looks the same everywhere, a severity after its word."""
    return "reading" if mark.text == OUR_READING else f"is-{slug(mark.text)}"


def _parts(cell: tuple[Inline, ...]) -> list[tuple[str, Inline | None]]:
    """Return the texts of the pieces, and of what parts them (None)."""
    if not cell:
        return []
    parts: list[tuple[str, Inline | None]] = [(_word(cell[0]), cell[0])]
    for left, right in pairwise(cell):
        parts += [(_between(left, right), None), (_word(right), right)]
    return parts


def _word(piece: Inline) -> str:
    return plain(piece if isinstance(piece, str) else piece.text)


def _between(left: Inline, right: Inline) -> str:
    before, after = _word(left), _word(right)
    if not before or not after or before[-1] in " \n(" or after[0] in " \n,.;:)":
        return ""
    if isinstance(left, Mark) or isinstance(right, Mark):
        return " "
    return "; "
