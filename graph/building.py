"""Building a store: tables and RDF files to statements to an immutable folder of the cache."""

import json
import os
import secrets
import shutil
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import chain, islice
from pathlib import Path

import pyoxigraph as ox

from goldenthread.graph import namespaces as ns
from goldenthread.graph.circles import circles
from goldenthread.graph.comparison import compare
from goldenthread.graph.convert import quads
from goldenthread.graph.engines import MOST_IN_MEMORY, Oxigraph
from goldenthread.graph.facts import WORKBOOKS, Partnership, read
from goldenthread.graph.overlaps.computed import compute as overlaps
from goldenthread.graph.own.reading import is_rdf, read_files
from goldenthread.graph.store import StoreError, is_whole, read_json, sizes
from goldenthread.graph.tables import BadTables, Problem
from goldenthread.graph.writing import write_text


def statements(
    paths: Sequence[Path], *, with_names: bool = False, facets: str = "read"
) -> tuple[list[Partnership], Iterable[ox.Quad]]:
    """Read tables and RDF files and return the tables' partnerships with what all state, nothing computed; BadTables."""
    problems: list[Problem] = []
    partnerships: list[Partnership] = []
    own: Iterable[ox.Quad] = ()
    files = [path for path in paths if is_rdf(path) or (path.is_file() and path.suffix.casefold() not in WORKBOOKS)]
    try:
        partnerships = read([path for path in paths if path not in files])
    except BadTables as error:
        problems += error.problems
    taken = {f"{ns.THINGS}plan/{plan.key}": one.folder for one in partnerships for plan in one.plans}
    try:
        own = read_files(files, with_names=with_names, taken=taken)
    except BadTables as error:
        problems += error.problems
    if problems:
        raise BadTables(problems)
    return partnerships, chain(quads(partnerships, with_names=with_names, facets=facets), own)


def build(
    folder: Path,
    paths: Sequence[Path],
    index: Path,
    manifest: Mapping[str, object],
    *,
    with_names: bool,
    facets: str = "read",
) -> None:
    """Make sure the cache has this entry, remember its manifest and prune what no index refers to any more."""
    cache = folder.parent
    try:
        if not is_whole(folder):
            shutil.rmtree(folder, ignore_errors=True)
            with _waiting():
                _build(folder, paths, with_names=with_names, facets=facets)
        write_text(index, json.dumps({"key": folder.name, "manifest": manifest}))
        _prune(cache)
    except OSError as error:
        message = f"the store cannot be written to {cache}: {error}; set GOLDENTHREAD_CACHE to a folder that can be"
        raise StoreError(message) from error


def _build(folder: Path, paths: Sequence[Path], *, with_names: bool, facets: str) -> None:
    _, some = statements(paths, with_names=with_names, facets=facets)
    building = folder.with_name(f"building-{os.getpid()}-{secrets.token_hex(4)}")
    try:
        building.mkdir(parents=True)
        store = ox.Store(str(building / "store"))
        _fill(store, some)
        store.flush()
        store.optimize()
        count = len(store)
        del store
        complete = {"statements": count, "files": sizes(building / "store")}
        write_text(building / "complete.json", json.dumps(complete))
        try:
            building.rename(folder)
        except OSError:
            if not is_whole(folder):  # if it is, somebody else was faster
                raise
    finally:
        shutil.rmtree(building, ignore_errors=True)


@contextmanager
def _waiting() -> Iterator[None]:
    """Say on a terminal what takes so long this once; the line goes when it is done."""
    if not sys.stderr.isatty():
        yield
        return
    said = "reading the plans, once: what comes out is kept for later"
    print(said, end="\r", file=sys.stderr, flush=True)
    try:
        yield
    finally:
        print(" " * len(said), end="\r", file=sys.stderr, flush=True)


def _fill(store: ox.Store, some: Iterable[ox.Quad]) -> None:
    """Write what is stated and what is computed from it: computed in memory, where it is sooner done, if it fits."""
    rest = iter(some)
    first = list(islice(rest, MOST_IN_MEMORY))
    if len(first) < MOST_IN_MEMORY:
        working = ox.Store()
        working.bulk_extend(first)
        store.bulk_extend(chain(first, _computed(working)))
    else:
        store.bulk_extend(chain(first, rest))
        store.optimize()
        for _ in _computed(store):
            pass


def _computed(store: ox.Store) -> Iterator[ox.Quad]:
    """Give what is computed from a store, and add it there, for one may rest on the one before."""
    for compute in (compare, circles, overlaps):
        quads = list(compute(Oxigraph(store)))
        store.bulk_extend(quads)
        yield from quads


def _prune(cache: Path) -> None:
    """Delete stores that no index refers to; one that is still open on Windows stays until the next time."""
    kept = {read_json(index).get("key") for index in cache.glob("index-*.json")}
    for folder in cache.iterdir():
        if folder.is_dir() and not folder.name.startswith("building-") and folder.name not in kept:
            shutil.rmtree(folder, ignore_errors=True)
