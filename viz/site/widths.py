"""How wide a table's columns are: as wide as their words need, and beyond that so that rows have few lines.

Width grows with the square root of a column's usual length: twice the text has one and a half times as many lines.

Widths are whole numbers (rem on the screen), for a page's content security policy allows no style of its own, and the
style sheet has a class for each. A page at 1,280 pixels has room for ROOM of them.
"""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

ROOM = 75
NARROWEST, WIDEST = 3, 40
_SAMPLE = 300
MANY = 8  # a table of more columns is set smaller
_LOOSE, _DENSE = (0.47, 1.2), (0.435, 0.8)  # of the style sheet: how wide a letter is, and what stands beside a text
_ARROW = 3  # the sign beside a heading that sorts
_BREAK = re.compile(r"\s|(?<=[/;])|(?<=-)(?!\d)")  # "norfolk-2014" is one word
_LONGEST_TEXT = 160  # longer ones are folded
# Room for whole words of so many signs, and for a row of so many signs times the root of a text's length.
_TRIALS = (
    *((18, step) for step in (40, 20, 15, 12, 10, 8, 7, 6, 5, 4.5, 4, 3.5, 3, 2.6, 2.3, 2)),
    *zip(range(17, 11, -1), (1.9, 1.8, 1.7, 1.6, 1.4, 1.2), strict=True),
    (18, 2),  # a table that does not fit has to be moved sideways, so that it may as well be wide
)


@dataclass(frozen=True)
class Columns:
    """The width of each column, whether all fit a page, and which columns hold whole numbers only."""

    widths: tuple[int, ...]
    fits: bool
    dense: bool
    numbers: tuple[bool, ...]


def columns(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> Columns:
    """Return the columns of a table; of a long table rows at even distances are looked at."""
    some = rows[:: max(1, len(rows) // _SAMPLE)]
    texts = [[row[at] for row in some if row[at]] for at, _ in enumerate(headings)]
    numbers = tuple(map(_numbers, texts))
    lengths = [_typical([min(len(text), _LONGEST_TEXT) for text in column]) for column in texts]
    words = [
        max(_longest_word(heading) + _ARROW, _typical([_longest_word(text) for text in column]))
        for heading, column in zip(headings, texts, strict=True)
    ]
    dense = len(headings) > MANY
    for unbroken, step in _TRIALS:
        wanted = [
            _rem(max(min(word, unbroken), min(length, step * math.sqrt(length))), dense)
            for word, length in zip(words, lengths, strict=True)
        ]
        if sum(wanted) <= ROOM:
            break
    return Columns(tuple(wanted), sum(wanted) <= ROOM, dense, numbers)


def unmeasured(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> Columns:
    """Return the columns of a short table, which a browser fits to its words."""
    numbers = tuple(_numbers([row[at] for row in rows if row[at]]) for at, _ in enumerate(headings))
    return Columns((WIDEST,) * len(headings), True, len(headings) > MANY, numbers)


def _numbers(texts: Sequence[str]) -> bool:
    return bool(texts) and all(text.isdecimal() for text in texts)


def _longest_word(text: str) -> int:
    """Return the length of the longest piece of a text that a browser keeps on one line."""
    return max((len(word) for word in _BREAK.split(text)), default=0)


def _rem(signs: float, dense: bool) -> int:
    letter, beside = _DENSE if dense else _LOOSE
    return min(WIDEST, max(NARROWEST, math.ceil(signs * letter + beside)))


def _typical(lengths: list[int]) -> int:
    """Return the length that nineteen of twenty texts do not exceed."""
    return sorted(lengths)[len(lengths) * 19 // 20] if lengths else 0
