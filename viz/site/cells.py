"""The words of a page as markup: text stays text, links lead from where the page lies, marks are set apart.

Pieces of a cell stand as they are written; where two meet without a sign between them, links and values are parted by
"; " and a mark by a space, so that a filter of a table can tell the values apart again.
"""

import re
from html import escape
from itertools import pairwise
from typing import TYPE_CHECKING

from goldenthread.viz.blocks import Cell, Inline, Link, Mark
from goldenthread.viz.labels import OUR_READING, plain

if TYPE_CHECKING:
    from markupsafe import Markup

SEVERITIES = ("grave", "serious", "minor")
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


def said(cell: Cell, folder: str) -> "Markup":
    """Return a cell as markup; `folder` is that of the page ("", "bodies/")."""
    from markupsafe import Markup

    return Markup(written(cell, folder))


def written(cell: Cell, folder: str) -> str:
    """Return the same as a plain text."""
    if isinstance(cell, str):
        return _text(cell)
    if isinstance(cell, tuple):
        return "".join(_text(part) if piece is None else written(piece, folder) for part, piece in _parts(cell))
    if isinstance(cell, Link):
        return f'<a href="{escape(address(cell.to, folder))}">{_text(cell.text)}</a>'
    return f"<mark{look(cell)}>{_text(cell.text)}</mark>"


def _text(text: str) -> str:
    return escape(plain(text), quote=False)


def address(to: str, folder: str) -> str:
    """Return the address of a link from a page.

    >>> address("bodies/board.html", "bodies/"), address("gaps.html", "bodies/"), address("#pairs", "bodies/")
    ('board.html', '../gaps.html', '#pairs')
    """
    if to.startswith("#"):
        return to
    return to[len(folder) :] if folder and to.startswith(folder) else "../" * folder.count("/") + to


def look(mark: Mark) -> str:
    """Return the class of a mark, as markup: our reading needs none, a severity has its own, all else is only set apart."""
    if mark.text == OUR_READING:
        return ""
    return f" class=is-{mark.text}" if mark.text in SEVERITIES else " class=is"


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
