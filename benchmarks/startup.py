"""How long a warm `goldenthread chain` takes, beside its floor and Apache Jena's arq, in one alternating run.

The floor is a script that imports click, opens the same built store read-only and answers one path query: what any
command line on this engine must spend. Usage: `python benchmarks/startup.py [--runs N] [NAME]`.
"""

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

FLOOR = """
import click, pyoxigraph, sys
@click.command()
@click.argument("store")
@click.argument("name")
def main(store, name):
    opened = pyoxigraph.Store.read_only(store)
    query = '''PREFIX gt: <https://w3id.org/goldenthread/ontology#> PREFIX org: <http://www.w3.org/ns/org#>
      PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
      SELECT ?label WHERE { ?thing gt:folded "%s" . ?thing org:reportsTo+ ?top . ?top rdfs:label ?label }''' % name
    for row in opened.query(query, use_default_graph_as_union=True):
        click.echo(row["label"].value)
main()
"""
ARQ_QUERY = """PREFIX gt: <https://w3id.org/goldenthread/ontology#> PREFIX org: <http://www.w3.org/ns/org#>
SELECT ?top WHERE { ?thing gt:folded "%s" . ?thing org:reportsTo+ ?top }"""


def timed(command: list[str]) -> float:
    """Return the wall-clock milliseconds of a command; CalledProcessError if it fails."""
    start = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return (time.perf_counter() - start) * 1000


def newest_store() -> Path:
    """Return the built store that the cache holds."""
    from goldenthread.graph.store import cache_folder

    return max(cache_folder().glob("*/store"), key=lambda folder: folder.stat().st_mtime)


def main() -> None:
    """Run everything in turn and print medians and the ratio to the floor, pair by pair."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("name", nargs="?", default="CSA Sub-Group")
    parser.add_argument("--runs", type=int, default=21)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # modules are compiled once, as an installation does
        os.environ["GOLDENTHREAD_CACHE"] = str(Path(folder) / "cache")
        command = Path(sys.executable).with_name("goldenthread")
        chain = [str(command), "chain", options.name]
        first = timed(chain)
        from goldenthread.graph.folding import fold

        floor_script = Path(folder) / "floor.py"
        floor_script.write_text(FLOOR, encoding="utf-8")
        floor = [sys.executable, str(floor_script), str(newest_store()), fold(options.name)]
        contestants = {"floor: click and one path query": floor, "goldenthread chain, warm": chain}
        if arq := shutil.which("arq"):
            data = Path(folder) / "data.nt"
            export(data)
            query = Path(folder) / "query.rq"
            query.write_text(ARQ_QUERY % fold(options.name), encoding="utf-8")
            contestants["Jena arq on the same statements"] = [arq, f"--data={data}", f"--query={query}"]
        for command_line in contestants.values():
            timed(command_line)
        times: dict[str, list[float]] = {label: [] for label in contestants}
        for _ in range(options.runs):
            for label, command_line in contestants.items():
                times[label].append(timed(command_line))
    print(f"first answer after installation (builds the store): {first:.0f} ms")
    for label, some in times.items():
        print(
            f"{label}: median {statistics.median(some):.1f} ms (from {min(some):.1f} to {max(some):.1f}, {len(some)} runs)"
        )
    pairs = zip(times["goldenthread chain, warm"], times["floor: click and one path query"], strict=True)
    print(f"chain to floor, pair by pair: median {statistics.median(a / b for a, b in pairs):.2f}")
    if not shutil.which("arq"):
        print("Jena's arq is not on the PATH, so it was not measured")


def export(path: Path) -> None:
    """Write the built-in plans as N-Triples."""
    import pyoxigraph as ox

    from goldenthread.graph.building import statements
    from goldenthread.graph.plans import data_paths

    _, quads = statements(data_paths("builtin"))
    path.write_bytes(ox.serialize((quad.triple for quad in quads), format=ox.RdfFormat.N_TRIPLES) or b"")


if __name__ == "__main__":
    main()
