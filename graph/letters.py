"""Letters that deceive: Cyrillic and Greek ones that only look Latin, and characters that nobody sees.

They come in with text copied from pages and messages. Two names that look the same are then two names, and a search for
one does not find the other; so a key must not have them, and of every other text `check` says so.
"""

import re
import unicodedata

WORD = re.compile(r"[^\W\d_]+")
LOOK_LATIN = frozenset("АВЕЅІЈКМНОРСТУХаеорсухіјѕԁһ" + "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧονικ")
ALPHABETS = ("CYRILLIC", "GREEK")
SPACES = str.maketrans({"\u00a0": " ", "\u202f": " "})  # that do not break a line; Word writes them


def plain_spaces(text: str) -> str:
    """Return a text in which a space that keeps words together is like any other."""
    return text.translate(SPACES)


def deceiving(text: str) -> str:
    """Return which letters of a text deceive the eye and what to do, "" if none does.

    >>> deceiving("\\u0421ase Panel")
    "contains letters that only look Latin: '\\u0421' (Cyrillic); type them again"
    >>> deceiving("Case Panel"), deceiving("Совет")
    ('', '')
    """
    if text.isascii() and text.isprintable():
        return ""
    foreign = [letter for word in WORD.findall(text) if _pretends(word) for letter in word if _alphabet(letter)]
    if foreign:
        shown = ", ".join(f"{one!r} ({_alphabet(one).capitalize()})" for one in dict.fromkeys(foreign))
        return f"contains letters that only look Latin: {shown}; type them again"
    hidden = [letter for letter in text if unicodedata.category(letter) in ("Cf", "Cc") and letter not in "\t\n\r"]
    if hidden:
        shown = ", ".join(_named(one) for one in dict.fromkeys(hidden))
        return f"contains a character that nobody sees: {shown}; delete it, or type the text again"
    return ""


def _pretends(word: str) -> bool:
    """Return whether a word has letters of two alphabets, or only such as look Latin."""
    others = [letter for letter in word if _alphabet(letter)]
    return bool(others) and (len(others) < len(word) or all(letter in LOOK_LATIN for letter in word))


def _alphabet(letter: str) -> str:
    first = unicodedata.name(letter, "").partition(" ")[0]
    return first if first in ALPHABETS else ""


def _named(letter: str) -> str:
    name = unicodedata.name(letter, "a control character").lower()
    return f"U+{ord(letter):04X} ({name})"
