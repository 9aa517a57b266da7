"""The words on a card: short labelled values, lists that end with "and n more", and where it says so."""

import textwrap
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from goldenthread.graph.answers import where

if TYPE_CHECKING:
    from goldenthread.graph.plans import Plans

PageOf = Callable[[str], str] | None  # from the address of a thing to its page in a report
Pairs = tuple[tuple[str, str], ...]
MOST, WIDEST = 6, 70


def pairs(*values: tuple[str, str]) -> Pairs:
    """Return the labelled values that are not empty."""
    return tuple((label, value) for label, value in values if value)


def page_of_thing(page_of: PageOf, iri: str) -> str:
    """Return the page that tells more of a thing; an empty text where there is none."""
    return page_of(iri) if page_of else ""


def several(items: Sequence[str], *, most: int = MOST) -> str:
    """Return a list in a line, cut after the first few.

    >>> several(["a", "b", "c"], most=2)
    'a; b and 1 more'
    """
    rest = len(items) - most
    return "; ".join(items[:most]) + (f" and {rest} more" if rest > 0 else "")


def listed(items: Sequence[str], *, most: int = MOST) -> str:
    """Return a list with a line an item, cut after the first few."""
    rest = len(items) - most
    return "\n".join((*items[:most], *([f"and {rest} more"] if rest > 0 else [])))


def brief(text: str) -> str:
    """Return a title that fits a list."""
    return textwrap.shorten(text, WIDEST, placeholder=" …")


def numbered(titles: Mapping[str, str], keys: Iterable[str]) -> list[str]:
    """Return actions by number and short title."""
    return [f"{key} {brief(titles.get(key, ''))}".rstrip() for key in keys]


def counted(number: int, one: str, many: str = "") -> str:
    """Return a number with its noun.

    >>> counted(1, "entry", "entries"), counted(2, "entry", "entries"), counted(3, "action")
    ('1 entry', '2 entries', '3 actions')
    """
    return f"{number} {one if number == 1 else many or one + 's'}"


def on_a_box(name: str, kind: str) -> tuple[str, tuple[str, ...]]:
    """Return what a box is called, and what stands small below: who a person is, apart from how that is known.

    >>> on_a_box("named person 3 (harbour-2031: Chair by our reading)", "person")
    ('named person 3', ('harbour-2031: Chair by our reading',))
    """
    label, bracket, rest = name.partition(" (")
    if kind == "person" and bracket and rest.endswith(")"):
        return label, (rest.removesuffix(")"),)
    return name, ()


def said(plans: "Plans", document: str, line: str) -> str:
    """Return where it says so: document, lines, and for the first the heading and a phrase to search for."""
    first = line.split("; ")[0]
    heading, phrase, _ = plans.passages.get((document, first), ("", "", ""))
    hints = "; ".join(filter(None, (f"under “{heading}”" if heading else "",
                                    f"search for “{phrase}”" if phrase else "")))  # fmt: skip
    if not hints:
        return where(document, line)
    return f"{where(document, line)} ({f'line {first}: ' if first != line else ''}{hints})"
