"""How wide text is: Arial's letters, so that lines on a box are as long as the box, whoever draws them.

Liberation Sans and Helvetica have the same widths. Widths are in ems: at 14 pixels, an em is 14 pixels.
"""

import unicodedata
from functools import lru_cache

from goldenthread.viz.labels import plain

_THOUSANDTHS = {
    191: "'", 222: "ijl‘’", 260: "|", 278: " !,./:;I[\\]ft", 333: "()-`r“”·", 334: "{}", 355: '"', 389: "*", 469: "^",
    500: "cksvxyzJ", 556: "#$0123456789?L_abdeghnopqu–", 584: "+<=>~", 611: "FTZ", 667: "&ABEKPSVXY", 722: "CDHNRUw",
    778: "GOQ", 833: "Mm", 889: "%", 944: "W", 1000: "—…→", 1015: "@",
}  # fmt: skip
_WIDTHS = {letter: width / 1000 for width, letters in _THOUSANDTHS.items() for letter in letters}
_BOLD = 1.08


def width(text: str, *, bold: bool = False) -> float:
    """Return the width of a line of text in ems.

    >>> round(width("Board"), 3)
    2.668
    """
    return sum(map(_width, text)) * (_BOLD if bold else 1.0)


@lru_cache(maxsize=50_000)
def fitted(text: str, wide: float, *, bold: bool = False) -> tuple[str, ...]:
    """Return the text in lines of at most `wide` ems, as even in length as its words allow.

    >>> fitted("Performance, Improvement and Quality Assurance Group", 9.4)
    ('Performance,', 'Improvement and', 'Quality', 'Assurance Group')
    """
    wide /= _BOLD if bold else 1.0
    return tuple(line for part in plain(text).split("\n") for line in _even(part, wide)) or (" ",)


def broken(text: str, lines: tuple[str, ...]) -> bool:
    """Say whether a word of the text had to be broken to fit the lines."""
    words = set(plain(text).split())
    return any(word not in words for line in lines for word in line.split())


def _even(text: str, wide: float) -> list[str]:
    lines = _filled(text, wide)
    for share in (0.96, 0.92, 0.88, 0.84, 0.8, 0.75, 0.7, 0.65):
        trial = _filled(text, wide * share)
        if len(trial) > len(lines) or broken(text, tuple(trial)):
            break
        lines = trial
    return lines


def _filled(text: str, wide: float) -> list[str]:
    lines: list[str] = []
    line, used = "", 0.0
    for word in [piece for whole in text.split() for piece in _pieces(whole, wide)]:
        length = width(word)
        if line and used + _WIDTHS[" "] + length > wide:
            lines.append(line)
            line, used = "", 0.0
        line, used = (f"{line} {word}", used + _WIDTHS[" "] + length) if line else (word, length)
    return [*lines, line] if line else lines


def _pieces(word: str, wide: float) -> list[str]:
    """Return a word in pieces that fit: broken after its hyphens and strokes, else wherever the line is full."""
    if width(word) <= wide:
        return [word]
    pieces, piece, used = [], "", 0.0
    for letter in word:
        if piece and used + _width(letter) > wide:
            cut = max(piece.rfind("-"), piece.rfind("/")) + 1 or len(piece)
            pieces.append(piece[:cut])
            piece = piece[cut:]
            used = width(piece)
        piece, used = piece + letter, used + _width(letter)
    return [*pieces, piece]


def _width(letter: str) -> float:
    found = _WIDTHS.get(letter)
    if found is None:
        bare = unicodedata.normalize("NFD", letter)[0]
        found = _WIDTHS.get(bare, 0.0 if unicodedata.combining(letter) else 0.75 if ord(letter) < 0x500 else 1.0)
    return found
