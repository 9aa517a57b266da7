"""RDF files of a user's own: parsed once to see that they are sound, once more to be read.

A file in goldenthread's own terms is taken as it stands (terms.py); one in the terms of W3C ORG becomes one plan
whose only passage is the whole file (org.py). Nothing is fetched: relative addresses are resolved under an
address of ours, and a JSON-LD context that lies on the network is refused. Blank nodes get addresses by the order in
which they appear, since a store's answers need names that stay.
"""

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

import pyoxigraph as ox

from goldenthread.graph import namespaces as ns
from goldenthread.graph.namespaces import GT
from goldenthread.graph.own.nameless import GENID
from goldenthread.graph.own.values import remedy_for
from goldenthread.graph.tables import BadTables, Problem, unreadable
from goldenthread.graph.terms import FORMATS, LABEL, TYPE, Term

READ = FORMATS | {".json": FORMATS[".jsonld"]}
ENDINGS = tuple(READ)
XML = (".rdf", ".xml", ".owl")
OWN = ns.THINGS + "own/"
MOST_BYTES = 500_000_000  # Great Britain's boards fit ten times over; more is a slip
MOST_PROBLEMS = 20
LONGEST_KEY = 48
NOT_A_KEY = ("registry", "names", "computed", "ontology", "description", "text")  # graphs of their own
SAID_ONCE = frozenset(
    (LABEL, ns.DCT + "identifier", GT + "partnership", GT + "bodyKind", ns.ORG + "classification", TYPE)
)


class Fact(NamedTuple):
    """One statement of a file: every subject has an address, and `graph` is "" if it stands in none."""

    subject: str
    predicate: str
    value: Term
    graph: str

    @property
    def text(self) -> str:
        """The value's text or address."""
        return self.value.value

    def points(self) -> bool:
        """Return whether the value is a thing, not a text."""
        return isinstance(self.value, ox.NamedNode)

    def quad(self) -> ox.Quad:
        """Return the statement as the store takes it."""
        return ox.Quad(ox.NamedNode(self.subject), ox.NamedNode(self.predicate), self.value, ox.NamedNode(self.graph))


def is_rdf(path: Path) -> bool:
    """Return whether a path's ending is that of an RDF file, one that is read or one that is refused by name."""
    return path.suffix.casefold() in (*ENDINGS, *XML)


def read_rdf(path: Path, *, with_names: bool) -> list[ox.Quad]:
    """Return what an RDF file states, each statement in its named graph; BadTables says why it cannot be read."""
    return [fact.quad() for fact in _read(path, with_names=with_names)]


def _read(path: Path, *, with_names: bool) -> list[Fact]:
    from goldenthread.graph.own import org, terms

    key = key_of(path)
    golden, problems = _sound(path, key)
    if problems:
        raise BadTables(problems)
    if golden:
        return terms.placed(_parsed(path, key), with_names=with_names)
    return org.stated(_parsed(path, key), path, key, with_names=with_names)


def read_files(paths: Sequence[Path], *, with_names: bool, taken: Mapping[str, str]) -> Iterator[ox.Quad]:
    """Give what several RDF files state; BadTables with the problems of all, at once.

    `taken` are the addresses of plans that are loaded from elsewhere, each with the place it comes from. A thing that
    two files describe keeps the name and kind that the first gives; by the other name it is found too.
    """
    problems: list[Problem] = []
    facts: list[Fact] = []
    plans, described = dict(taken), set[tuple[str, str]]()
    for path in paths:
        try:
            read = _read(path, with_names=with_names)
        except BadTables as error:
            problems.extend(error.problems)
            continue
        problems.extend(_taken_plans(path, read, plans))
        facts.extend(_without_repeats(read, described))
    if problems:
        raise BadTables(problems)
    return (fact.quad() for fact in facts)


def key_of(path: Path) -> str:
    """Return the short id that a file gives its plan: the name of the file without its ending.

    >>> key_of(Path("Elmshire Board (2021).ttl"))
    'elmshire-board-2021'
    """
    letters = unicodedata.normalize("NFKD", path.stem.casefold()).encode("ascii", "ignore").decode()
    key = re.sub(r"[^a-z0-9]+", "-", letters).strip("-")[:LONGEST_KEY].rstrip("-") or "own"
    return f"{key}-file" if key in NOT_A_KEY else key


def _taken_plans(path: Path, facts: Iterable[Fact], plans: dict[str, str]) -> Iterator[Problem]:
    for plan in sorted({fact.subject for fact in facts if _is_plan(fact)}):
        if plan in plans:
            message = f"the plan {_short(plan)} comes from {plans[plan]} too; leave one out, or rename this file"
            yield Problem(path.name, 0, "", "", message)
        plans[plan] = path.name


def _without_repeats(facts: Iterable[Fact], described: set[tuple[str, str]]) -> Iterator[Fact]:
    registry = ns.graph("registry")
    here: set[tuple[str, str]] = set()
    for fact in facts:
        if fact.graph == registry and fact.predicate in SAID_ONCE:
            if fact[:2] in described:
                continue
            here.add(fact[:2])
        yield fact
    described |= here


# reading a file


def _sound(path: Path, key: str) -> tuple[bool, list[Problem]]:
    """Parse a file without keeping anything: is it in our own terms, and which of its values are none?"""
    golden, problems = False, []
    for fact in _parsed(path, key):
        golden = golden or _is_plan(fact)
        if remedy := remedy_for(fact.predicate, fact.value):
            value = f"{_short(fact.subject)} has as {_short(fact.predicate)} {fact.text!r}"
            problems.append(Problem(path.name, 0, "", "", f"{value}: {remedy}"))
            if len(problems) == MOST_PROBLEMS:
                break
    return golden, problems


def _is_plan(fact: Fact) -> bool:
    return fact.predicate == TYPE and fact.text == GT + "Plan"


def _parsed(path: Path, key: str) -> Iterator[Fact]:
    """Give the statements of a file with addresses in place of blank nodes; BadTables if it cannot be read."""
    numbers: dict[str, str] = {}

    def address(node: ox.NamedNode | ox.BlankNode) -> str:
        if isinstance(node, ox.NamedNode):
            return node.value
        return numbers.setdefault(node.value, f"{OWN}{key}{GENID}{len(numbers) + 1}")

    kind = _format(path)
    try:
        with open(path, "rb") as file:
            _skip_mark(file)
            if kind == ox.RdfFormat.JSON_LD:
                _refuse_remote_contexts(path, file)
            for quad in ox.parse(file, format=kind, base_iri=f"{OWN}{key}#"):
                subject, value, graph = quad.subject, quad.object, quad.graph_name
                if isinstance(value, ox.Triple) or isinstance(subject, ox.Triple):
                    raise _bad(path, "statements about statements (<<( )>>) are not read; leave them out")
                start = address(subject)
                term = value if isinstance(value, ox.Literal) else ox.NamedNode(address(value))
                within = "" if isinstance(graph, ox.DefaultGraph) else address(graph)
                yield Fact(start, quad.predicate.value, term, within)
    except SyntaxError as error:
        raise _bad(path, _told(error)) from error
    except OSError as error:
        raise _bad(path, f"the file cannot be read: {error.strerror}") from error


def _format(path: Path) -> ox.RdfFormat:
    ending = path.suffix.casefold()
    if not path.is_file():
        raise _bad(path, "there is no such file")
    if ending in XML:
        raise _bad(path, "RDF/XML is not read; save it as Turtle (.ttl)")
    if ending not in READ:
        raise _bad(
            path,
            f"this kind of file is not read; give a folder of tables, a workbook (.xlsx) or RDF ({', '.join(ENDINGS)})",
        )
    if (size := path.stat().st_size) > MOST_BYTES:
        message = f"the file has {size // 1_000_000} MB; at most {MOST_BYTES // 1_000_000} are read, so split it"
        raise _bad(path, message)
    return READ[ending]


def _skip_mark(file: BinaryIO) -> None:
    """Windows programs put a byte order mark first, which no RDF syntax knows."""
    if file.read(3) != b"\xef\xbb\xbf":
        file.seek(0)


def _told(error: SyntaxError) -> str:
    place = f"line {error.lineno}, column {error.offset}" if error.lineno else ""
    reason = (error.msg or "").partition(": ")[2] if place else error.msg or ""
    if "UTF-8" in reason:
        return f"this is not UTF-8 text{f' ({place})' if place else ''}; save it as UTF-8"
    reason = "".join(letter if letter.isprintable() else "?" for letter in reason)
    return f"{place}: {reason}; correct it there" if place else f"{reason}; correct the file"


def _refuse_remote_contexts(path: Path, file: BinaryIO) -> None:
    """Look at every @context of a JSON-LD file, also one that stands twice in an object, before anything parses it."""
    remote: list[str] = []

    def look(pairs: list[tuple[str, Any]]) -> None:
        for key, value in pairs:
            if key in ("@context", "@import"):
                remote.extend(_texts(value))

    start = file.tell()
    try:
        json.loads(file.read().decode("utf-8"), object_pairs_hook=look)  # keeps nothing of the objects
    except UnicodeDecodeError as error:
        raise _bad(path, f"this is not UTF-8 text (byte {error.start}); save it as UTF-8") from error
    except json.JSONDecodeError as error:
        raise _bad(path, f"line {error.lineno}, column {error.colno}: {error.msg}; correct it there") from error
    except RecursionError as error:
        raise _bad(path, "the objects are nested too deeply; write them side by side") from error
    if remote:
        message = f"the context {remote[0]!r} lies outside the file and is never fetched; put its content into the file"
        raise _bad(path, message)
    file.seek(start)


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for one in value:
            yield from _texts(one)


def _short(address: str) -> str:
    return address.removeprefix(ns.THINGS)


def _bad(path: Path, message: str) -> BadTables:
    return unreadable(path.name, message)
