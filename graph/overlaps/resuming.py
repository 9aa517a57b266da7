"""Finished blocks kept in a folder, so that a long comparison can be stopped and started again without loss.

A block's file holds its pairs and a digest of all that they were computed from: the items' ingredients, the threshold,
the broader topics, the method itself. It counts only while that digest is what would be computed from now. Each file is
written beside and put in its place when whole, so an interruption leaves whole blocks and nothing else.
"""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from importlib.metadata import version
from pathlib import Path

from goldenthread.graph.overlaps import matching
from goldenthread.graph.overlaps.items import Item
from goldenthread.graph.overlaps.matching import Pair, ingredients
from goldenthread.graph.store import digest_of, read_json
from goldenthread.graph.writing import write_text


class Finished:
    """The finished blocks of a folder, for one threshold and one set of broader topics."""

    def __init__(self, folder: Path, threshold: float, broader: Mapping[str, Iterable[str]]) -> None:
        if folder.exists() and not folder.is_dir():
            raise ValueError(f"{folder} is a file; name a folder to keep the finished partnerships in")
        method = Path(matching.__file__).read_text(encoding="utf-8")
        wider = {topic: sorted(wide) for topic, wide in sorted(broader.items())}
        self.folder = folder
        self._settings = digest_of([method, version("snowballstemmer"), repr(threshold), repr(wider)])

    def pairs(self, name: str, items: Sequence[Item], find: Callable[[Sequence[Item]], Iterable[Pair]]) -> list[Pair]:
        """Return a block's pairs: those kept under its name if its items are unchanged, else found and kept."""
        path = self.folder / f"{digest_of([name])}.json"
        digest = digest_of([self._settings, *(repr(ingredients(item)) for item in items)])
        kept = read_json(path)
        if kept.get("digest") == digest:
            return [Pair(first, second, score) for first, second, score in kept["pairs"]]
        found = list(find(items))
        write_text(path, json.dumps({"block": name, "digest": digest, "pairs": found}))
        return found
