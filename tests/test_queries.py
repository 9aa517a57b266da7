"""The stored queries: each has a case, and gives exactly the case's rows on every engine.

A case is `tests/cases/<query>.ttl`, a small invented graph that says what should be found and what should not, with
`<query>.csv`, the rows of the query as it stands, and `<query>.toml`: under each name the parameters that give the rows
of `<query>--<name>.csv`. Every case is asked twice: as one graph, and with a second graph that repeats what two sources
are likeliest to say both, for there Oxigraph and Virtuoso find the same triple twice.
"""

import csv
import re
import shutil
import socket
import subprocess
import sys
import time
import tomllib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import HTTPDigestAuthHandler, HTTPPasswordMgrWithDefaultRealm, Request, build_opener, urlopen

import pyoxigraph as ox
import pytest

from goldenthread.graph import places
from goldenthread.graph.endpoint import Endpoint
from goldenthread.graph.engines import Engine, Iri, Oxigraph, Rdflib, Rows
from goldenthread.graph.queries import names, natural, parse, stored
from tests.required import lacking

CASES = Path(__file__).parent / "cases"
ENGINES = ("rdflib", "oxigraph", "oxigraph-server", "virtuoso")
GRAPHS = ("https://example.org/graph/one", "https://example.org/graph/two")
REPEATED = {
    *(f"https://w3id.org/goldenthread/ontology#{name}" for name in (
        "abbreviation", "audience", "board", "citation", "concerns", "dutyOf", "folded", "formField", "learntFrom", "lines",
        "name", "outcome", "record", "takenForwardBy", "topic", "work",
    )),
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#type", "http://www.w3.org/2000/01/rdf-schema#label",
}  # fmt: skip
Parameters = dict[str, str | list[str]]
Ask = Callable[[str, list[ox.Triple], int], Engine]  # the case's name, its triples, in how many graphs they stand

FIRST_COLUMNS = {
    "plans": "plan, title, partnership, boards, since, until, document",
    "bodies": "plan, name, abbreviation, kind, part_of, basis, document, line",
    "relations": "plan, source, relation, target, basis, since, until, document, line",
    "people": "plan, person, post, organisation, chairs, basis, document, line",
    "priorities": "plan, number, title, kind, owner, chair, topics, document, line",
    "actions": "plan, section, ref, row, title, leads, groups, scope, target_text, target_edtf, target_kind, earliest, "
    "latest, measures, rag, topics, work, document, line",
    "learning": "plan, review, kind, learning, actions, stage, document, line",
    "changes": "earlier, later, kind, what, basis, evidence",
}


# the cases


@dataclass(frozen=True)
class Case:
    """A query with parameters, and the rows that it must give."""

    query: str
    name: str
    given: Parameters
    expected: Path

    def __str__(self) -> str:
        return self.name


def read_cases() -> Iterator[Case]:
    for query in names():
        yield Case(query, query, {}, CASES / f"{query}.csv")
        listing = CASES / f"{query}.toml"
        for name, given in tomllib.loads(listing.read_text(encoding="utf-8")).items() if listing.is_file() else ():
            yield Case(query, f"{query}--{name}", given, CASES / f"{query}--{name}.csv")


def triples(query: str) -> list[ox.Triple]:
    return [quad.triple for quad in ox.parse(path=CASES / f"{query}.ttl", format=ox.RdfFormat.TURTLE)]


def as_text(rows: Rows) -> list[list[str]]:
    """Return rows as a CSV file holds them: the names of the columns, then an empty cell for an unbound value."""
    return [list(rows.columns), *(["" if value is None else str(value) for value in row] for row in rows.rows)]


def as_written(file: Path) -> list[list[str]]:
    with file.open(encoding="utf-8", newline="") as lines:
        return list(csv.reader(lines))


# the engines


@contextmanager
def running(command: list[str], url: str, folder: Path) -> Iterator[None]:
    """Run a server until the caller is done; it must answer at `url` within a minute."""
    with (folder / "output").open("wb") as output:
        process = subprocess.Popen(command, cwd=folder, stdout=output, stderr=subprocess.STDOUT)
    try:
        until = time.monotonic() + 60
        while not answers(url):
            if process.poll() is not None or time.monotonic() > until:
                pytest.fail(f"{command[0]} does not answer: {(folder / 'output').read_text(errors='replace')[-2000:]}")
            time.sleep(0.1)
        yield
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def answers(url: str) -> bool:
    try:
        with urlopen(url, timeout=5):
            return True
    except HTTPError:
        return True
    except (URLError, OSError):
        return False


def free_ports(several: int) -> list[int]:
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(several)]
    ports = [one.getsockname()[1] for one in sockets]
    for one in sockets:
        one.close()
    return ports


def graphs_of(facts: list[ox.Triple], graphs: int) -> dict[str, list[ox.Triple]]:
    """Return what stands in each graph: all in the first, and in a second, if wanted, what is repeated."""
    repeated = [fact for fact in facts if fact.predicate.value in REPEATED]
    return dict(zip(GRAPHS[:graphs], (facts, repeated), strict=False))


def turtle(facts: Iterable[ox.Triple]) -> bytes:
    return b"".join(f"{fact} .\n".encode() for fact in facts)


def put(url: str, content: bytes) -> Request:
    return Request(url, data=content, method="PUT", headers={"Content-Type": "text/turtle"})


def ask_rdflib(_: str, facts: list[ox.Triple], graphs: int) -> Engine:
    from rdflib import Dataset, URIRef

    dataset = Dataset(default_union=True)
    for graph, some in graphs_of(facts, graphs).items():
        dataset.graph(URIRef(graph)).parse(data=turtle(some), format="turtle")
    return Rdflib(dataset)


def ask_oxigraph(_: str, facts: list[ox.Triple], graphs: int) -> Engine:
    store = ox.Store()
    for graph, some in graphs_of(facts, graphs).items():
        store.extend(ox.Quad(one.subject, one.predicate, one.object, ox.NamedNode(graph)) for one in some)
    return Oxigraph(store)


@pytest.fixture(scope="module")
def oxigraph_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ask]:
    """Oxigraph over HTTP, in memory."""
    beside = Path(sys.executable).with_name("oxigraph")
    command = [str(beside)] if beside.is_file() else [sys.executable, "-m", "oxigraph"]
    (port,) = free_ports(1)
    home = f"http://127.0.0.1:{port}"
    loaded: list[tuple[str, int]] = []

    def ask(name: str, facts: list[ox.Triple], graphs: int) -> Engine:
        if loaded != [(name, graphs)]:
            first, second = facts, graphs_of(facts, graphs).get(GRAPHS[1], [])
            for place, some in (("default", first), (f"graph={GRAPHS[1]}", second)):
                with urlopen(put(f"{home}/store?{place}", turtle(some))):
                    pass
            loaded[:] = [(name, graphs)]
        return Endpoint(f"{home}/query")

    serve = [*command, "serve", "--union-default-graph", "--bind", f"127.0.0.1:{port}"]
    with running(serve, home, tmp_path_factory.mktemp("oxigraph")):
        yield ask


VIRTUOSO = """
[Database]
DatabaseFile = virtuoso.db
ErrorLogFile = virtuoso.log
LockFile = virtuoso.lck
TransactionFile = virtuoso.trx
xa_persistent_file = virtuoso.pxa
[TempDatabase]
DatabaseFile = temp.db
TransactionFile = temp.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
DisableUnixSocket = 1
NumberOfBuffers = 4000
MaxDirtyBuffers = 3000
CheckpointInterval = 0
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerRoot = .
ServerThreads = 4
[SPARQL]
ResultSetMaxRows = 10000
"""


@pytest.fixture(scope="module")
def virtuoso(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ask]:
    """OpenLink Virtuoso, if it is installed."""
    program = shutil.which("virtuoso-t")
    if program is None:
        lacking("virtuoso", "Virtuoso is not installed: apt-get install virtuoso-opensource")
    folder = tmp_path_factory.mktemp("virtuoso")
    sql, http = free_ports(2)
    (folder / "virtuoso.ini").write_text(VIRTUOSO.format(sql=sql, http=http), encoding="utf-8")
    home = f"http://127.0.0.1:{http}"
    passwords = HTTPPasswordMgrWithDefaultRealm()
    passwords.add_password(None, home, "dba", "dba")
    opener = build_opener(HTTPDigestAuthHandler(passwords))
    loaded: list[tuple[str, int]] = []

    def ask(name: str, facts: list[ox.Triple], graphs: int) -> Engine:
        if loaded != [(name, graphs)]:
            for graph in GRAPHS:
                some = graphs_of(facts, graphs).get(graph, facts[:1])
                with opener.open(put(f"{home}/sparql-graph-crud-auth?graph-uri={graph}", turtle(some))):
                    pass
            loaded[:] = [(name, graphs)]
        return Endpoint(f"{home}/sparql")

    with running([program, "+foreground", "+configfile", "virtuoso.ini"], f"{home}/sparql", folder):
        yield ask


@pytest.fixture
def ask(request: pytest.FixtureRequest, engine: str) -> Ask:
    """What asks a case of the engine named by the test's parameter."""
    match engine:
        case "rdflib":
            return ask_rdflib
        case "oxigraph":
            return ask_oxigraph
    remote: Ask = request.getfixturevalue(engine.replace("-", "_"))
    return remote


# each query against its case


@pytest.mark.parametrize("graphs", [1, 2], ids=["said-once", "said-twice"])
@pytest.mark.parametrize("case", list(read_cases()), ids=str)
@pytest.mark.parametrize("engine", ENGINES)
def test_gives_exactly_the_rows_of_its_case(ask: Ask, case: Case, graphs: int) -> None:
    facts = triples(case.query)
    query = stored(case.query)
    answer = query.run(ask(case.query, facts, graphs), **case.given)
    assert as_text(answer) == as_written(case.expected)
    assert not [row for row in answer.rows if "" in row], "an unbound value is None, never empty text"
    reference = query.run(ask_oxigraph(case.query, facts, 1), **case.given)
    assert [[type(value) for value in row] for row in answer.rows] == [
        [type(value) for value in row] for row in reference.rows
    ]


NOBODY: dict[str, str] = {
    "iri": "https://w3id.org/goldenthread/id/elmshire/body/nobody",
    "text": "nobody",
    "date": "1900-01-01",
}


@pytest.mark.parametrize(
    ("query", "parameter", "value"),
    [(query, parameter.name, NOBODY[parameter.type]) for query in names() for parameter in stored(query).parameters],
)
@pytest.mark.parametrize("engine", ENGINES)
def test_finds_nothing_of_what_is_not_there(ask: Ask, query: str, parameter: str, value: str) -> None:
    assert stored(query).run(ask(query, triples(query), 1), **{parameter: value}).rows == []


def test_every_query_has_a_case_and_every_case_a_query() -> None:
    expected = {case.expected.name for case in read_cases()}
    assert expected == {file.name for file in CASES.glob("*.csv")}
    assert set(names()) == {file.stem for file in CASES.glob("*.ttl")}
    assert {file.stem for file in CASES.glob("*.toml")} == {name for name in names() if stored(name).parameters}
    assert all(file.suffix in (".ttl", ".csv", ".toml") for file in CASES.iterdir())


@pytest.mark.parametrize("query", names())
def test_its_case_uses_every_parameter(query: str) -> None:
    used = {parameter for case in read_cases() if case.query == query for parameter in case.given}
    assert used == {parameter.name for parameter in stored(query).parameters}


NEVER_FILLED = {  # the columns of steps, of which a standing line leaves one empty; and items without a number of their own
    ("reports-from", "about"),
    *((query, "item") for query in ("chairs-of-several", "contradictions", "fields-not-in-form", "groups-without-reporting-line",
                                    "on-several-boards", "reporting-circles", "several-superiors")),
}  # fmt: skip
NEVER_EMPTY = {"counts"}


@pytest.mark.parametrize("query", names())
def test_its_case_shows_every_column_filled_and_tells_optional_ones_empty(query: str) -> None:
    header, *rows = as_written(CASES / f"{query}.csv")
    rows += [["-" if (query, column) in NEVER_FILLED else "" for column in header]]
    assert [column for index, column in enumerate(header) if not any(row[index] for row in rows)] == []
    optional = re.search(r"\bOPTIONAL\b", stored(query).text)
    assert not optional or query in NEVER_EMPTY or any("" in row for row in rows[:-1])


@pytest.mark.parametrize("query", [name for name in names() if stored(name).joined])
def test_its_case_joins_at_least_two_values_in_natural_order(query: str) -> None:
    header, *rows = as_written(CASES / f"{query}.csv")
    joined = [row[header.index(column)].split("; ") for column in stored(query).joined for row in rows]
    several = [parts for parts in joined if len(parts) > 1]
    assert several
    assert all(parts == sorted(parts, key=natural) for parts in several)
    assert any(parts != sorted(parts) for parts in several), "no list tells natural order from that of characters"


# what every file says of itself, and how it is written


@pytest.mark.parametrize("query", names())
def test_its_header_is_complete(query: str) -> None:
    asked = stored(query)
    assert asked.title[:1].isupper()
    assert not asked.title.endswith(".")
    assert asked.why
    assert [parameter.name for parameter in asked.parameters if not parameter.meaning] == []
    columns = set(selected(query))
    assert asked.joined <= columns


@pytest.mark.parametrize("query", names())
def test_it_is_written_for_every_engine(query: str) -> None:
    body = without_comments(stored(query).text)
    assert re.findall(r"\b(GRAPH|FROM|SERVICE|MINUS)\b", body) == []
    assert re.search(r"SELECT\s+(DISTINCT\s+)?\*", body) is None
    assert re.match(r"SELECT DISTINCT\s", body[body.index("SELECT") :])
    assert re.search(r"^ORDER BY ", body, re.MULTILINE)
    assert {"{ UNDEF }"} >= set(re.findall(r"\{[^{}]*UNDEF[^{}]*\}", body))
    declared = {parameter.name for parameter in stored(query).parameters}
    assert set(re.findall(r"VALUES \?(\w+) \{ UNDEF \}", body)) == declared


@pytest.mark.parametrize(("query", "columns"), FIRST_COLUMNS.items())
def test_its_first_columns_are_fixed(query: str, columns: str) -> None:
    assert ", ".join(selected(query)).startswith(columns)


def selected(query: str) -> list[str]:
    return list(Oxigraph(ox.Store()).select(stored(query).text).columns)


def without_comments(text: str) -> str:
    return "\n".join(line for line in text.splitlines() if not line.startswith("#"))


# parameters


def test_an_unknown_parameter_is_an_error_that_names_the_known_ones() -> None:
    with pytest.raises(ValueError, match="query steps has no parameter form; it has at, plan, day"):
        stored("steps").bind({"form": NOBODY["iri"]})


def test_a_missing_required_parameter_is_an_error_that_tells_its_meaning() -> None:
    query = parse(
        "x", "# title: X\n# parameter who: iri, required - whom to ask\nSELECT ?who { VALUES ?who { UNDEF } }"
    )
    with pytest.raises(ValueError, match="query x needs the parameter who: whom to ask"):
        query.bind({})
    with pytest.raises(ValueError, match="query x needs the parameter who"):
        query.bind({"who": []})


@pytest.mark.parametrize("day", ["2031", "1 April 2031", "2031-04-01Z", '2031-04-01" } #', "2031-04-01\n"])
def test_a_day_that_is_no_day_is_an_error(day: str) -> None:
    with pytest.raises(ValueError, match="parameter day is a day such as 2017-04-01"):
        stored("plans").bind({"day": day})


@pytest.mark.parametrize("address", ["no address", "https://example.org/a> . ?s ?p ?o . <https://example.org/b", ""])
def test_an_address_that_is_none_is_an_error(address: str) -> None:
    with pytest.raises(ValueError):
        stored("steps").bind({"at": address})


@pytest.mark.parametrize(
    "header",
    [
        "# why: no title\nSELECT ?x { VALUES ?x { UNDEF } }",
        "# title: X\n# parameter x: iri, optional - never used\nSELECT ?y { VALUES ?y { UNDEF } }",
        "# title: X\n# parameter x: number, optional - no such type\nSELECT ?x { VALUES ?x { UNDEF } }",
        "# title: X\n# parameter x: iri, maybe - neither required nor optional\nSELECT ?x { VALUES ?x { UNDEF } }",
    ],
)
def test_a_header_that_does_not_fit_is_an_error(header: str) -> None:
    with pytest.raises(ValueError):
        parse("x", header)


def test_an_unknown_query_is_a_key_error() -> None:
    for name in ("nothing", "../queries/steps", "Steps", ""):
        with pytest.raises(KeyError):
            stored(name)


NASTY = (
    'a "quoted" name',
    "it's } UNION { ?s ?p ?o }",
    '" } ?s ?p ?o . #',
    "https://example.org/> . ?s ?p ?o . <https://example.org/",
    "a back\\slash and a trailing \\",
    "two\nlines\r\tand a tab",
    "VALUES ?folded { UNDEF }",
    "{0} %s ${HOME} ?folded $folded",
    "'''\"\"\"",
    "é 漢字 \U0001f9f5",
)


@pytest.mark.parametrize("engine", ENGINES)
def test_a_value_stays_a_value_whatever_it_holds(ask: Ask) -> None:
    rdf_type, label, identifier = (ox.NamedNode(address) for address in (
        "http://www.w3.org/1999/02/22-rdf-syntax-ns#type", "http://www.w3.org/2000/01/rdf-schema#label",
        "http://purl.org/dc/terms/identifier",
    ))  # fmt: skip
    ours = "https://w3id.org/goldenthread/ontology#"
    facts = []
    for number, value in enumerate(NASTY):
        body = ox.NamedNode(f"https://w3id.org/goldenthread/id/elmshire/body/{number}")
        facts += [
            ox.Triple(body, rdf_type, ox.NamedNode(f"{ours}Board")),
            ox.Triple(body, label, ox.Literal(f"Board {number}")),
            ox.Triple(body, identifier, ox.Literal(str(number))),
            ox.Triple(body, ox.NamedNode(f"{ours}folded"), ox.Literal(value)),
        ]
    engine = ask("nasty names", facts, 1)
    for number, value in enumerate(NASTY):
        found = stored("names").run(engine, folded=value).rows
        assert [(row[0], row[4]) for row in found] == [
            (Iri(f"https://w3id.org/goldenthread/id/elmshire/body/{number}"), value)
        ]
    assert len(stored("names").run(engine, folded=NASTY).rows) == len(NASTY)
    assert stored("names").run(engine, folded="nothing of the kind").rows == []


def test_a_value_that_looks_like_another_parameter_stays_a_value() -> None:
    given = {"plan": "VALUES ?day { UNDEF }", "day": "2031-04-01"}
    text = stored("plans").bind(given)
    assert 'VALUES ?plan { "VALUES ?day { UNDEF }" }' in text
    assert Oxigraph(ox.Store()).select(text).rows == []


def test_queries_are_where_the_package_keeps_them() -> None:
    assert [file.suffix for file in places.QUERIES.iterdir() if file.suffix not in (".rq", ".md", ".py", "")] == []
