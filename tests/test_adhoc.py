"""Your own SPARQL: what is refused, what ends it, and that nothing is left behind or harmed."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from goldenthread.graph import adhoc
from goldenthread.graph.adhoc import LimitHit, Limits, ask
from goldenthread.graph.endpoint import Endpoint
from goldenthread.graph.engines import Iri, Rows
from goldenthread.graph.harmless import RefusedQuery, _has_service, check_harmless
from goldenthread.graph.store import store_folder
from tests.conftest import ELMSHIRE, Run

DATA = ("--data", ELMSHIRE)
NOWHERE = "http://127.0.0.1:8/"
SERVICE = f"SERVICE <{NOWHERE}> {{ ?a ?b ?c }}"
RUNAWAY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
LONG = 120  # seconds that something may take at most; nothing is asserted of how fast it is
ON_LINUX = pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="looks at processes through /proc")

# Where a SERVICE can hide; %s is the SERVICE.
HIDDEN = {
    "at the top": "SELECT * { %s }",
    "in lower case": "SELECT * { service silent ?a { ?a ?b ?c } }",
    "written together": f"SELECT * {{ ?s ?p 3SERVICE<{NOWHERE}>{{ ?a ?b ?c }} }}",
    "in a service": "SELECT * { SERVICE SILENT ?x { %s } }",
    "in a sub-select": "SELECT * { { SELECT * { { SELECT ?a { %s } } } } }",
    "in OPTIONAL": "SELECT * { ?s ?p ?o OPTIONAL { %s } }",
    "in UNION": "SELECT * { { ?s ?p ?o } UNION { %s } }",
    "in MINUS": "SELECT * { ?s ?p ?o MINUS { %s } }",
    "in GRAPH": "SELECT * { GRAPH ?g { ?s ?p ?o . OPTIONAL { %s } } }",
    "in FILTER EXISTS": "SELECT * { ?s ?p ?o FILTER EXISTS { %s } }",
    "in FILTER NOT EXISTS": "SELECT * { ?s ?p ?o FILTER NOT EXISTS { %s } }",
    "in EXISTS in EXISTS": "SELECT * { ?s ?p ?o FILTER EXISTS { ?s ?p ?o FILTER NOT EXISTS { %s } } }",
    "in a sub-select in EXISTS": "SELECT * { ?s ?p ?o FILTER EXISTS { { SELECT ?a { %s } } } }",
    "in EXISTS in a condition": "SELECT * { ?s ?p ?o FILTER (?o > 3 && !(EXISTS { %s })) }",
    "in EXISTS in a function": "SELECT * { ?s ?p ?o FILTER (IF(COALESCE(?x, EXISTS { %s }), true, false)) }",
    "in EXISTS in IN": "SELECT * { ?s ?p ?o FILTER (true IN (false, EXISTS { %s })) }",
    "in EXISTS in BIND": "SELECT * { ?s ?p ?o BIND (EXISTS { %s } AS ?x) }",
    "in EXISTS in SELECT": "SELECT (EXISTS { %s } AS ?x) { ?s ?p ?o }",
    "in EXISTS in a sum": "SELECT (SUM(IF(EXISTS { %s }, 1, 2)) AS ?x) { ?s ?p ?o }",
    "in EXISTS in GROUP BY": "SELECT ?x { ?s ?p ?o } GROUP BY (EXISTS { %s } AS ?x)",
    "in EXISTS in HAVING": "SELECT ?s { ?s ?p ?o } GROUP BY ?s HAVING (COUNT(*) > 1 && EXISTS { %s })",
    "in EXISTS in ORDER BY": "SELECT ?s { ?s ?p ?o } ORDER BY DESC(IF(EXISTS { %s }, 1, 2))",
    "behind a carriage return that ends a comment": "SELECT * { ?s ?p ?o #\r . %s \n }",
    "behind an escaped sign in a name": "SELECT * { ?s <http://x/p> <http://x/o> ; ex:a\\'b ?o . %s . ?s ex:c\\'d ?e }",
}
READ_DIFFERENTLY = {  # rdflib sees the end of a text and a comment where Oxigraph sees a text and then a SERVICE
    "short escape": 'SELECT * { ?s ?p "a\\u0022 #" . %s \n }',
    "long escape": 'SELECT * { ?s ?p "a\\U00000022 #" . %s \n }',
    "short escape of eight digits": 'SELECT * { ?s ?p "a\\u00000022 #" . %s \n }',
    "escape of the escape": 'SELECT * { ?s ?p "a\\u005cu0022 #" . %s \n }',
}
UPDATES = {
    "LOAD": "LOAD <file:///etc/hostname>",
    "INSERT": "PREFIX drop: <http://x/> INSERT DATA { <http://x/a> drop:b 1 }",
    "DELETE": "# select nothing\nDELETE WHERE { ?s ?p ?o }",
    "CLEAR": "CLEAR ALL",
    "DROP": "drop silent all",
    "CREATE": "CREATE GRAPH <http://x/g>",
    "COPY": "COPY DEFAULT TO <http://x/g>",
    "MOVE": "MOVE DEFAULT TO <http://x/g>",
    "ADD": "ADD DEFAULT TO <http://x/g>",
    "WITH": "WITH <http://x/g> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
}


@pytest.fixture
def store() -> Path:
    return store_folder([ELMSHIRE])


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[subprocess.Popen[bytes]]]:
    """The processes that the test starts for its queries."""
    processes: list[subprocess.Popen[bytes]] = []

    def start(*arguments: Any, **options: Any) -> subprocess.Popen[bytes]:
        processes.append(subprocess.Popen(*arguments, **options))
        return processes[-1]

    class Recorded:
        PIPE, TimeoutExpired = subprocess.PIPE, subprocess.TimeoutExpired
        Popen = staticmethod(start)

    monkeypatch.setattr(adhoc, "subprocess", Recorded)
    yield processes
    for process in processes:
        process.kill()


def contents(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in sorted(folder.iterdir()) if file.name not in ("LOG", "LOCK")}


# what is refused


@pytest.mark.parametrize("query", HIDDEN.values(), ids=HIDDEN)
def test_a_service_is_refused_by_name_wherever_it_hides(query: str) -> None:
    with pytest.raises(RefusedQuery, match=r"^SERVICE is not allowed"):
        check_harmless(query.replace("%s", SERVICE))


@pytest.mark.parametrize(
    "query",
    [query for where, query in HIDDEN.items() if not where.startswith(("behind", "written", "in a service"))],
)
def test_the_syntax_tree_alone_shows_a_service_too(query: str) -> None:
    from rdflib.plugins.sparql.parser import parseQuery

    assert _has_service(parseQuery(query.replace("%s", SERVICE))[1])
    assert not _has_service(parseQuery(query.replace("%s", "?a ?b ?c").replace("service silent ?a", ""))[1])


@pytest.mark.parametrize("query", READ_DIFFERENTLY.values(), ids=READ_DIFFERENTLY)
def test_an_escape_behind_which_a_service_can_hide_is_refused(query: str) -> None:
    with pytest.raises(RefusedQuery, match="an escape may hide what a query does"):
        check_harmless(query.replace("%s", SERVICE))


def test_a_carriage_return_ends_a_comment_as_it_does_for_the_engine(store: Path) -> None:
    assert ask(store, "SELECT # one\r(1 AS ?n) # brace\r\n{ # none\r}", Limits())[0].rows == [(1,)]


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * FROM <file:///etc/hostname> { ?s ?p ?o }",
        "SELECT * FROM NAMED <file:///etc/hostname> { GRAPH ?g { ?s ?p ?o } }",
        "SELECT * from<http://x/g>{ { SELECT ?s { ?s ?p ?o } } }",
    ],
)
def test_from_and_from_named_are_refused_by_name(run: Run, query: str) -> None:
    result = run("query", "-", *DATA, given=query)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == "Error: FROM is not allowed: every query asks over all the plans that are loaded\n"


@pytest.mark.parametrize("word", UPDATES)
def test_an_update_is_refused_by_name(run: Run, word: str) -> None:
    result = run("query", "-", *DATA, given=UPDATES[word])
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == f"Error: {word} is not allowed: nothing that is loaded can be changed by a query\n"


@pytest.mark.parametrize("word", ["insert", "delete", "load", "service", "from", "clear", "add", "with"])
def test_a_word_in_a_text_a_comment_or_a_name_is_no_update_and_no_service(run: Run, word: str) -> None:
    query = (
        f"# {word} <http://x/> {{ it's }}\n"
        f"PREFIX {word}: <http://x/{word}/> SELECT (\"{word} 'it\" AS ?{word}) ('''{word}\n'\"{word}''' AS ?b)"
        f" {{ FILTER NOT EXISTS {{ ?x {word}:{word} <http://x/{word}#{word}> }} }} # {word}"
    )
    result = run("query", "-", *DATA, "--format", "json", given=query)
    assert json.loads(result.stdout) == [{word: f"{word} 'it", "b": f"{word}\n'\"{word}"}]


def test_letters_beyond_ascii_may_be_written_as_escapes(store: Path) -> None:
    assert ask(store, 'SELECT ("caf\\u00e9" AS ?x) {}', Limits())[0].rows == [("café",)]


@pytest.mark.parametrize("query", ["ASK { ?s ?p ?o }", "DESCRIBE <http://x/a>", "CONSTRUCT WHERE { ?s ?p ?o }"])
def test_only_select_is_answered(query: str) -> None:
    with pytest.raises(RefusedQuery, match="only SELECT"):
        check_harmless(query)


def test_a_query_that_cannot_be_read_says_where(run: Run) -> None:
    result = run("query", "-", *DATA, given="SELECT *\n{ ?s ?p }")
    assert result.exit_code == 2
    assert result.stderr == "Error: this is not a SPARQL query that can be read (line 2, column 3)\n"


def test_an_update_after_a_query_cannot_be_read(run: Run) -> None:
    result = run("query", "-", *DATA, given="SELECT * { ?s ?p ?o } ; DROP ALL")
    assert result.exit_code == 2
    assert "is not a SPARQL query that can be read" in result.stderr


PATTERNS = " . ".join(f"?s{n} ?p{n} ?s{n + 1}" for n in range(310))


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * " + "{" * 3000 + " ?s ?p ?o " + "}" * 3000,
        "SELECT * { ?s ?p ?o FILTER (" + "(" * 5000 + "1" + ")" * 5000 + ") }",
        "SELECT * { " + PATTERNS + " }",
        "SELECT * { " + "?s ?p ?o . " * 30_000 + " }",
    ],
    ids=["3000 braces", "5000 parentheses", "310 patterns", "too many characters"],
)
def test_a_monstrous_query_is_answered_with_one_sentence(run: Run, query: str) -> None:
    result = run("query", "-", *DATA, "--timeout", "20", given=query)
    assert result.exit_code in (2, 3)
    assert result.stdout == ""
    assert result.stderr.startswith("Error: the query ")
    assert result.stderr.count("\n") == 1
    assert isinstance(result.exception, SystemExit)


# what is answered


def test_values_come_back_typed_as_from_stored_queries(store: Path) -> None:
    query = (
        'SELECT (<http://x/a> AS ?iri) (1+1 AS ?int) ("t\\n{\\"end\\"}" AS ?text) (?none AS ?unbound) (1.5 AS ?decimal) '
        '("x"@en AS ?tagged) ("2021-04-01"^^<http://www.w3.org/2001/XMLSchema#date> AS ?date) (true AS ?yes) {}'
    )
    rows, cut = ask(store, query, Limits())
    assert rows.columns == ("iri", "int", "text", "unbound", "decimal", "tagged", "date", "yes")
    assert rows.rows == [("http://x/a", 2, 't\n{"end"}', None, "1.5", "x", "2021-04-01", "true")]
    assert [type(value) for value in rows.rows[0]] == [Iri, int, str, type(None), str, str, str, str]
    assert not cut


def test_a_stored_query_gives_the_same_when_it_is_run_as_your_own(run: Run) -> None:
    text = run("queries", "relations").stdout
    own = run("query", "-", *DATA, "--format", "json", given=text)
    assert own.exit_code == 0
    stored = json.loads(run("query", "relations", *DATA, "--format", "json").stdout)
    assert stored
    # your own query shows addresses too
    assert [{name: row[name] for name in stored[0]} for row in json.loads(own.stdout)] == stored


def test_an_empty_answer_is_an_answer(run: Run) -> None:
    result = run("query", "-", *DATA, "--format", "csv", given="SELECT ?s { ?s <http://x/none> ?o }")
    assert (result.exit_code, result.stdout, result.stderr) == (0, "s\n", "")


def test_no_module_of_the_folder_in_which_one_works_stands_in_for_ours(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("json", "pyoxigraph", "rdflib"):
        (tmp_path / f"{name}.py").write_text("raise SystemExit('not ours')\n")
    monkeypatch.chdir(tmp_path)
    assert run("query", "-", *DATA, "--format", "csv", given="SELECT (1 AS ?n) {}").stdout == "n\n1\n"


# what ends a query


def test_a_runaway_query_is_ended_at_its_time_and_the_store_is_unharmed(
    run: Run, store: Path, started: list[subprocess.Popen[bytes]]
) -> None:
    before = contents(store)
    result = run("query", "-", *DATA, "--timeout", "2", given=RUNAWAY)
    assert (result.exit_code, result.stdout) == (3, "")
    message = "Error: the query did not end within 2 s; narrow it, or allow more with --timeout\n"
    assert result.stderr == message
    (process,) = started
    assert process.returncode == -signal.SIGKILL
    assert contents(store) == before
    assert run("query", "-", *DATA, "--format", "csv", given="SELECT (1 AS ?n) {}").stdout == "n\n1\n"


def test_the_row_limit_says_that_it_cut_and_the_rows_are_printed(run: Run) -> None:
    result = run("query", "-", *DATA, "--limit", "2", "--format", "json", given="SELECT * { ?s ?p ?o }")
    assert result.exit_code == 3
    assert len(json.loads(result.stdout)) == 2
    assert result.stderr == "Error: cut at 2 rows: there are more; ask for more with --limit\n"


def test_as_many_rows_as_the_limit_are_not_cut(run: Run) -> None:
    result = run("query", "-", *DATA, "--limit", "2", "--format", "csv", given="SELECT * { VALUES ?x { 1 2 } }")
    assert (result.exit_code, result.stdout, result.stderr) == (0, "x\n1\n2\n", "")


@ON_LINUX
def test_a_query_that_needs_more_memory_than_it_may_have_is_ended(
    run: Run, monkeypatch: pytest.MonkeyPatch, started: list[subprocess.Popen[bytes]]
) -> None:
    greedy = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?c ?f ?i"
    with monkeypatch.context() as patched:
        patched.setattr(adhoc, "Limits", partial(Limits, megabytes=1200))
        result = run("query", "-", *DATA, "--timeout", str(LONG), given=greedy)
    assert (result.exit_code, result.stdout) == (3, "")
    assert "more than 1200 MB of memory" in result.stderr
    assert started[0].returncode is not None
    assert run("query", "-", *DATA, "--format", "csv", given="SELECT (1 AS ?n) {}").stdout == "n\n1\n"


@ON_LINUX
@pytest.mark.parametrize("megabytes", [20, 200])
def test_too_little_memory_to_begin_with_is_a_limit_too(store: Path, megabytes: int) -> None:
    with pytest.raises(LimitHit, match="memory"):
        ask(store, "SELECT (1 AS ?n) {}", Limits(megabytes=megabytes))


@ON_LINUX
def test_ctrl_c_ends_the_query_and_its_process() -> None:
    command = [sys.executable, "-m", "goldenthread.graph.cli", "query", "-", *map(str, DATA), "--timeout", "600"]
    program = subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True
    )
    try:
        assert program.stdin is not None
        program.stdin.write(RUNAWAY.encode())
        program.stdin.close()
        program.stdin = None
        asking = wait_for_the_query(program.pid)
        os.killpg(program.pid, signal.SIGINT)
        out, err = program.communicate(timeout=LONG)
        assert program.returncode == 130
        assert out == b""
        assert b"Traceback" not in err
        assert not is_running(asking)
    finally:
        if program.poll() is None:
            os.killpg(program.pid, signal.SIGKILL)
            program.wait()


@ON_LINUX
def test_a_query_whose_caller_is_gone_ends_by_itself(store: Path) -> None:
    command = [sys.executable, "-P", "-m", "goldenthread.graph.adhoc", str(store), "10", "4096", "0.5"]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL)
    try:
        process.communicate(RUNAWAY.encode(), timeout=LONG)
        assert process.returncode < 0
    finally:
        process.kill()
        process.wait()


def wait_for_the_query(program: int) -> int:
    """Return the process in which a program's query runs, once it has opened the store."""
    until = time.monotonic() + LONG
    while time.monotonic() < until:
        for process in children(program):
            if any("/store/" in file for file in open_files(process)):
                return process
        time.sleep(0.05)
    raise TimeoutError("the query was never started")


def children(parent: int) -> list[int]:
    found = []
    for entry in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = entry.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[1]) == parent:
            found.append(int(entry.parent.name))
    return found


def open_files(process: int) -> list[str]:
    try:
        return [str(entry.readlink()) for entry in Path(f"/proc/{process}/fd").iterdir()]
    except OSError:
        return []


def is_running(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


# an endpoint


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[tuple[float, str]]:
    """What an endpoint is asked, with the deadline; it answers three rows."""
    questions: list[tuple[float, str]] = []

    def select(self: Endpoint, query: str) -> Rows:
        questions.append((self.deadline, query))
        return Rows(("x", "y"), [(Iri("http://x/a"), 1), (Iri("http://x/b"), None), (Iri("http://x/c"), 3)])

    monkeypatch.setattr(Endpoint, "select", select)
    return questions


def test_an_endpoint_is_asked_directly(
    run: Run, asked: list[tuple[float, str]], started: list[subprocess.Popen[bytes]]
) -> None:
    query = "SELECT ?x ?y { ?x ?p ?y }"
    result = run("query", "-", "--endpoint", NOWHERE, "--timeout", "7", "--format", "csv", given=query)
    assert (result.exit_code, result.stdout) == (0, "x,y\nhttp://x/a,1\nhttp://x/b,\nhttp://x/c,3\n")
    assert asked == [(7.0, query)]
    assert started == []


def test_an_endpoint_s_rows_are_cut_at_the_limit_too(run: Run, asked: list[tuple[float, str]]) -> None:
    result = run("query", "-", "--endpoint", NOWHERE, "--limit", "2", "--format", "csv", given="SELECT * { ?x ?p ?y }")
    assert (result.exit_code, result.stdout) == (3, "x,y\nhttp://x/a,1\nhttp://x/b,\n")
    assert "cut at 2 rows" in result.stderr
    assert len(asked) == 1


@pytest.mark.parametrize(
    ("query", "word"),
    [
        (HIDDEN["in EXISTS in EXISTS"].replace("%s", SERVICE), "SERVICE"),
        ("SELECT * FROM <http://x/g> { ?s ?p ?o }", "FROM"),
        *((query, word) for word, query in UPDATES.items()),
    ],
)
def test_an_endpoint_is_never_asked_what_is_refused(
    run: Run, asked: list[tuple[float, str]], query: str, word: str
) -> None:
    result = run("query", "-", "--endpoint", NOWHERE, given=query)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith(f"Error: {word} is not allowed")
    assert asked == []
