"""Your own SPARQL in a process of its own: the engine has no time limit and heeds no Ctrl-C, a process can be ended.

The process reads the query from its standard input, looks at it first (harmless.py), opens the store read-only, and
gives its rows as lines of JSON. It has a memory limit where the system knows one, and a row limit; the caller ends it
when its time is up, and the system does if the caller is gone. `python -P -m goldenthread.graph.adhoc STORE ROWS MEMORY
SECONDS` is that process; -P, because no module of the folder in which somebody works may stand in for one of ours.
"""

import json
import math
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from goldenthread.graph.engines import Iri, Rows, Value

MEGABYTE = 1024 * 1024


class LimitHit(Exception):
    """A limit of time, memory or nesting ended the query."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How long a query may run (seconds), how many rows it may give, how much memory it may take (MB)."""

    seconds: float = 60.0
    rows: int = 100_000
    megabytes: int = 4096


def ask(store: Path, query: str, limits: Limits) -> tuple[Rows, bool]:
    """Return a query's rows and whether they were cut at the limit; RefusedQuery, ValueError or LimitHit."""
    given = (store, limits.rows, limits.megabytes, limits.seconds)
    command = [sys.executable, "-P", "-m", "goldenthread.graph.adhoc", *map(str, given)]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    try:
        out, _ = process.communicate(query.encode(), timeout=limits.seconds)
    except subprocess.TimeoutExpired as error:
        message = f"the query did not end within {limits.seconds:g} s; narrow it, or allow more with --timeout"
        raise LimitHit(message) from error
    finally:
        process.kill()
        process.wait()
    return _read(out, limits)


def _read(out: bytes, limits: Limits) -> tuple[Rows, bool]:
    from goldenthread.graph.harmless import RefusedQuery

    lines = out.splitlines()
    end = json.loads(lines[-1]) if lines and lines[-1].startswith(b"{") else {}
    match end.get("end"):
        case "whole" | "cut":
            columns = tuple(json.loads(lines[0]))
            return Rows(columns, [tuple(map(_value, json.loads(line))) for line in lines[1:-1]]), end["end"] == "cut"
        case "refused":
            raise RefusedQuery(end["message"])
        case "wrong":
            raise ValueError(end["message"])
    raise LimitHit(
        f"the query broke off: it took more than {limits.megabytes} MB of memory, or is nested too deeply; narrow it"
    )


def _value(value: dict[str, str] | Value) -> Value:
    return Iri(value["iri"]) if isinstance(value, dict) else value


def _main(store: Path, rows: int, megabytes: int, seconds: float) -> None:
    _limit(megabytes, seconds)
    query = sys.stdin.buffer.read().decode()
    try:
        _answer(store, query, rows)
    except MemoryError:
        _say({"end": "memory"})
    except Exception as error:
        kind = "refused" if type(error).__name__ == "RefusedQuery" else "wrong"
        _say({"end": kind, "message": str(error) or type(error).__name__})


def _answer(store: Path, query: str, most: int) -> None:
    import pyoxigraph as ox

    from goldenthread.graph.engines import plain
    from goldenthread.graph.harmless import check_harmless

    check_harmless(query)
    solutions = ox.Store.read_only(str(store)).query(query, use_default_graph_as_union=True)
    assert isinstance(solutions, ox.QuerySolutions)
    columns = [variable.value for variable in solutions.variables]
    _say(columns)
    for number, solution in enumerate(solutions):
        if number == most:
            _say({"end": "cut"})
            return
        values = [plain(solution[column]) for column in columns]
        _say([{"iri": value} if isinstance(value, Iri) else value for value in values])
    _say({"end": "whole"})


def _say(value: object) -> None:
    sys.stdout.buffer.write(json.dumps(value, ensure_ascii=False).encode() + b"\n")


def _limit(megabytes: int, seconds: float) -> None:
    """Set the system's own limits: of memory, and of time for the case that the caller is killed and cannot end this."""
    try:
        import resource
    except ImportError:  # Windows knows no such limit
        return
    most = math.ceil(seconds) + 1
    resource.setrlimit(resource.RLIMIT_CPU, (most, most))
    resource.setrlimit(resource.RLIMIT_AS, (megabytes * MEGABYTE, megabytes * MEGABYTE))


if __name__ == "__main__":
    _main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), float(sys.argv[4]))
