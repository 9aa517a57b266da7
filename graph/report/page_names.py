"""The file name of each thing's page: the key that ends its address, or else its name in plain letters; safe on every
system, and the same in every build, also when a later plan gives the thing another name.

Two things of one key get a number after it, in the order of their addresses. Names differ in more than case, are none
that Windows keeps for devices, and are short enough for a folder deep in somebody's documents.
"""

import re
import unicodedata
from collections.abc import Iterable

from goldenthread.graph.answers import Thing

LONGEST = 60
ROOM = 5  # for a number after a name that others bear too
RESERVED = frozenset(
    ("con", "prn", "aux", "nul", "index", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10)))
)
FOLDERS = {"body": "bodies", "review": "reviews", "document": "documents"}


def slug(text: str, *, otherwise: str = "unnamed") -> str:
    """Return a text as part of a file name; `otherwise` where it has no letter that can stand there.

    >>> slug("Children & Young People's Board"), slug("CON"), slug("Ärzte"), slug("会议")
    ('children-young-people-s-board', 'con-page', 'arzte', 'unnamed')
    """
    letters = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().casefold()
    name = re.sub(r"[^a-z0-9]+", "-", letters).strip("-")[: LONGEST - ROOM].strip("-") or otherwise
    return f"{name}-page" if name in RESERVED else name


def page_names(things: Iterable[Thing]) -> dict[str, str]:
    """Return the page of each body, review and document by its address, such as "bodies/cpg.html"."""
    taken: set[str] = set()
    pages = {}
    for thing in sorted(things, key=lambda one: one.iri):
        page = f"{FOLDERS[thing.kind]}/{slug(_key(thing.iri) or thing.name, otherwise=thing.kind)}"
        free = unique(page, taken)
        taken.add(free)
        pages[thing.iri] = f"{free}.html"
    return pages


def _key(iri: str) -> str:
    """Return what an address ends in, if it has a letter: "https://example.org/body/cpg" ends in "cpg"."""
    key = re.split(r"[/#]", iri)[-1]
    return key if re.search(r"[A-Za-z]", key) else ""


def unique(name: str, taken: Iterable[str]) -> str:
    """Return a name that is not taken yet: itself, or with the next number after it."""
    others = taken if isinstance(taken, set) else set(taken)
    number, free = 1, name
    while free in others:
        number += 1
        free = f"{name}-{number}"
    return free
