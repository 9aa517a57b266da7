"""What the ontology's concepts are called, as sequences of word stems that can be looked for in a text.

A word is cut down to a stem, so that "audits", "audited" and "auditing" are one word. An abbreviation is a word with two
capitals; it counts only in capitals, for "da" in small letters is no domestic abuse. A preferred label that names two
things ("Front door and MASH") is looked for by each of its parts; a hidden label (a cue, such as a verb) is one that no
page shows.
"""

import re
from dataclasses import dataclass
from functools import cache

import pyoxigraph as ox

from goldenthread.graph import ontology
from goldenthread.graph.engines import Oxigraph
from goldenthread.graph.namespaces import ONTOLOGY
from goldenthread.graph.queries import stored

# "multi-agency" is one word, for it names no agencies
WORD = re.compile(r"\b(?:multi|inter|cross)[- ]agenc\w+|[^\W_]+(?:['’]s\b)?", re.IGNORECASE)
SMALL = frozenset({"a", "an", "and", "for", "of", "the", "to"})  # left out of labels and texts alike
NO_START = SMALL | {"their"}  # "Boards and their groups": their groups are no name
ENDINGS = ("ings", "ing", "ies", "ied", "es", "ed", "s", "y", "e")
DOUBLED = re.compile(r"([bdgmnpt])\1$")  # as in "planning"
WHOLE = frozenset({"embed", "staffing"})  # no forms of a shorter word
PARTS = re.compile(r" and |, ")


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a text: as written, and under which key it is compared."""

    written: str
    key: str


@dataclass(frozen=True, slots=True)
class Label:
    """One name of a concept as the keys of its words."""

    notation: str
    keys: tuple[str, ...]


@cache
def stem(word: str) -> str:
    """Return what the forms of a word have in common; at least three letters stay.

    >>> stem("audits") == stem("auditing") == stem("audited"), stem("policies") == stem("policy")
    (True, True)
    """
    word = re.sub(r"['’]s$|[- ]", "", word.casefold())
    if word.endswith("ss") or word in WHOLE:
        return word
    for ending in ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return DOUBLED.sub(r"\1", word.removesuffix(ending))
    return word


def is_abbreviation(word: str) -> bool:
    """Return whether a word counts only in capitals: it has two of them, or one and digits."""
    capitals = sum(letter.isupper() for letter in word)
    return capitals >= 2 or (capitals == 1 and len(word) <= 4 and any(letter.isdigit() for letter in word))


def words(text: str) -> list[Word]:
    """Return a text's words; in a text without small letters capitals say nothing."""
    shouted = text.upper() == text and len(text.split()) > 1
    return [Word(found, _key(found, abbreviations=not (shouted and len(found) > 5))) for found in WORD.findall(text)]


def _key(word: str, *, abbreviations: bool = True) -> str:
    """An abbreviation's key keeps its capitals and has a mark that no stem has."""
    if abbreviations and is_abbreviation(word):
        return "=" + re.sub(r"(['’]s|s)$", "", word)
    return stem(word)


def keys(text: str) -> tuple[str, ...]:
    """Return the keys of a text's words that count."""
    return tuple(word.key for word in words(text) if word.key not in SMALL)


@dataclass(frozen=True, slots=True)
class Labels:
    """Every label of the schemes, by the key of its first word, and what each concept is a narrower form of."""

    by_first: dict[str, tuple[Label, ...]]
    broader: dict[str, frozenset[str]]


@cache
def labels(scheme: str) -> Labels:
    """Return the labels of a scheme, as the stored query `labels` gives them; asked once."""
    store = ox.Store()
    store.extend(ox.Quad(one.subject, one.predicate, one.object) for one in ontology.triples())
    named: list[tuple[str, str]] = []  # concept and name, whole names before parts, which give way to them
    parts: list[tuple[str, str]] = []
    broader: dict[str, frozenset[str]] = {}
    for row in stored("labels").run(Oxigraph(store), in_scheme=f"{ONTOLOGY}/{scheme}").rows:
        _, notation, label, kind, above = (str(value or "") for value in row)
        broader[notation] = broader.get(notation, frozenset()) | ({above} if above else frozenset())
        named.append((notation, label))
        parts += [(notation, part) for part in _parts(label) if kind == "pref"]
    found: dict[tuple[str, ...], Label] = {}
    for notation, name in [*named, *parts]:
        if name_keys := keys(name):
            found.setdefault(name_keys, Label(notation, name_keys))
    by_first: dict[str, tuple[Label, ...]] = {}
    for label_ in found.values():
        by_first[label_.keys[0]] = (*by_first.get(label_.keys[0], ()), label_)
    return Labels(by_first, broader)


def _parts(label: str) -> list[str]:
    """The parts of a label that are names of their own; what stands after a colon only explains."""
    return [part for part in PARTS.split(label.partition(":")[0]) if part.split()[0].casefold() not in NO_START]
