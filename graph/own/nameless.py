"""People of a user's own RDF, shown without their names.

What names do in the tables' people table, this does for RDF, where names stand anywhere: a person is shown by post and
number, is found by a key from which the name cannot be read, loses an address that bears the name, and the full name
is taken out of every other text.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from urllib.parse import unquote

from goldenthread.graph import namespaces as ns
from goldenthread.graph.folding import blind, fold
from goldenthread.graph.namespaces import local

WORD = re.compile(r"[^\W_]+(?:['’-](?!s\b)[^\W_]+)*")  # the s of "Smith's" is no part of the name
NUMBERED = re.compile(r"\bnamed person \d+\b")
GENID = "/.well-known/genid/"
SHORTEST = 3  # letters of a word of a name that may give it away in an address


class Nameless:
    """People by their addresses, each with the names to hide, a number and the posts held."""

    def __init__(self, names: Mapping[str, Collection[str]], numbers: Mapping[str, str]) -> None:
        self.names, self.numbers = names, numbers
        self._by_word: defaultdict[str, list[tuple[list[str], str]]] = defaultdict(list)
        for iri, some in names.items():
            for name in some:
                words = [word.casefold() for word in WORD.findall(name)]
                if len(words) > 1:  # a surname alone may be a street's or a board's
                    self._by_word[words[0]].append((words, self.numbered(iri)))

    def numbered(self, iri: str) -> str:
        """Return a person's number in words: "named person 3"."""
        return f"named person {self.numbers[iri]}"

    def label(self, iri: str, posts: Iterable[str]) -> str:
        """Return how a person is shown: by the posts held, or as one whose post is not stated."""
        held = " / ".join(dict.fromkeys(map(self.text, posts)))
        return f"{held} ({self.numbered(iri)})" if held else f"{self.numbered(iri)}, post not stated"

    def keys(self, iri: str) -> set[str]:
        """Return the look-up keys under which a person is found by number, or by whoever knows the name."""
        return {fold(self.numbered(iri)), *(blind(fold(name)) for name in self.names[iri])}

    def address(self, iri: str) -> str:
        """Return a person's address, another one if it bears the name: the same in every file."""
        if iri not in self.names or GENID in iri or not self._bears_name(iri):
            return iri
        return f"{ns.THINGS}own/person/{blind(fold(iri)).removeprefix('blind:')}"

    def _bears_name(self, iri: str) -> bool:
        words = {fold(word) for name in self.names[iri] or (local(iri),) for word in re.findall(r"[^\W\d_]{3,}", name)}
        return any(len(word) >= SHORTEST and word in fold(unquote(iri)) for word in words)

    def text(self, text: str) -> str:
        """Return a text without the full names of these people."""
        if not self._by_word:
            return text
        found = list(WORD.finditer(text))
        words = [match[0].casefold() for match in found]
        shown, start, at = [], 0, 0
        while at < len(words):
            name = next(
                (one for one in self._by_word.get(words[at], ()) if words[at : at + len(one[0])] == one[0]), None
            )
            if name:
                shown += [text[start : found[at].start()], name[1]]
                start = found[at + len(name[0]) - 1].end()
            at += len(name[0]) if name else 1
        return "".join([*shown, text[start:]])
