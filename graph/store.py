"""The store: built once from its inputs into a cache folder (building.py), then opened read-only.

A cache entry is one immutable folder, named by the content of everything that made it: tables, ontology, converter.
It is built beside the others and renamed, so a reader never sees half of one; losing the race to rename is success.
An index remembers path, size and time of every input, so that only changed files are hashed again. Only what a warm
start needs is imported here.
"""

import json
import os
import sys
import zlib
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from goldenthread.graph import places


class StoreError(Exception):
    """The cache cannot be read or written."""


def cache_folder() -> Path:
    """Return the folder of built stores: $GOLDENTHREAD_CACHE, or the user's cache folder.

    The package platformdirs says the same and takes a tenth of a warm answer to import.
    """
    named = os.environ.get("GOLDENTHREAD_CACHE")
    if named:
        return Path(named)
    default = {"win32": "AppData/Local", "darwin": "Library/Caches"}.get(sys.platform, ".cache")
    base = os.environ.get("LOCALAPPDATA" if sys.platform == "win32" else "XDG_CACHE_HOME") or Path.home() / default
    return Path(base) / "goldenthread"


def open_store(paths: Sequence[Path], *, with_names: bool = False, facets: str = "read") -> ox.Store:
    """Return the read-only store of these inputs, building it if need be; BadTables or StoreError."""
    folder = store_folder(paths, with_names=with_names, facets=facets)
    try:
        return ox.Store.read_only(str(folder))
    except OSError as error:
        raise StoreError(
            f"the store {folder.parent} cannot be opened: {error}; delete that folder and try again"
        ) from error


def store_folder(paths: Sequence[Path], *, with_names: bool = False, facets: str = "read") -> Path:
    """Return the folder of the store of these inputs, building it if need be; BadTables or StoreError."""
    cache = cache_folder()
    roots = [path.absolute() for path in paths]
    asked = [str(with_names), facets]
    index = cache / f"index-{zlib.crc32(os.pathsep.join([*asked, *map(str, roots)]).encode()):08x}.json"
    known = read_json(index)
    manifest = _manifest(roots, known.get("manifest", {}))
    if known.get("manifest") == manifest:
        folder = cache / str(known["key"])
    else:
        folder = cache / digest_of([*asked, *(f"{path} {entry[2]}" for path, entry in sorted(manifest.items()))])
    if known.get("key") != folder.name or not is_whole(folder):
        from goldenthread.graph.building import build

        build(folder, roots, index, manifest, with_names=with_names, facets=facets)
    return folder / "store"


def is_whole(folder: Path) -> bool:
    """Return whether a cache entry has every file of its store, each of the size that it was written with."""
    complete = read_json(folder / "complete.json")
    return bool(complete) and complete.get("files") == sizes(folder / "store")


def sizes(folder: Path) -> dict[str, int]:
    """Return the sizes of a store's data files; none if the folder is not there."""
    try:
        with os.scandir(folder) as entries:
            return {
                entry.name: entry.stat().st_size
                for entry in entries
                if entry.name.endswith(".sst") or entry.name.startswith(("MANIFEST", "CURRENT"))
            }
    except OSError:
        return {}


def _manifest(roots: Iterable[Path], known: dict[str, list[int | str]]) -> dict[str, list[int | str]]:
    """Return path -> [size, time, SHA-256] of every input, hashing only what has another size or time than known."""
    manifest: dict[str, list[int | str]] = {}
    for file in _inputs(roots):
        stat = os.stat(file)
        entry = known.get(file)
        if entry is None or entry[:2] != [stat.st_size, stat.st_mtime_ns]:
            import hashlib

            with open(file, "rb") as opened:
                entry = [stat.st_size, stat.st_mtime_ns, hashlib.file_digest(opened, "sha256").hexdigest()]
        manifest[file] = entry
    return manifest


def _inputs(roots: Iterable[Path]) -> list[str]:
    found = _below(os.path.dirname(__file__), ".py", depth=1)  # whatever code made a store, other code makes it anew
    found += _below(str(places.ONTOLOGY), ".ttl", depth=0) + _below(str(places.QUERIES), ".rq", depth=0)
    for root in roots:
        found += _below(str(root), ".csv", depth=2) if root.is_dir() else [str(root)] if root.exists() else []
    return sorted(found)


def _below(folder: str, ending: str, *, depth: int) -> list[str]:
    found = []
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.endswith(ending):
                found.append(entry.path)
            elif depth and entry.is_dir():
                found += _below(entry.path, ending, depth=depth - 1)
    return found


def digest_of(parts: Iterable[str]) -> str:
    """Return a short SHA-256 of several texts, for a file's name."""
    import hashlib

    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:32]


def read_json(path: Path) -> dict[str, Any]:
    """Return a JSON object; an empty one if there is none."""
    try:
        with open(path, encoding="utf-8") as file:
            value = json.load(file)
    except (OSError, ValueError):
        return {}
    return value if isinstance(value, dict) else {}
