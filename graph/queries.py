"""The stored queries: one question a file, with a header that says what it asks, why, and its parameters.

A parameter is a line `VALUES ?name { UNDEF }` inside the scope that uses it: the file runs as it stands on any SPARQL
endpoint and asks about everything; the runner puts typed terms in place of UNDEF, never pasted text.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal, NamedTuple

import pyoxigraph as ox

from goldenthread.graph import places
from goldenthread.graph.engines import Engine, Rows, Value
from goldenthread.graph.namespaces import XSD

Type = Literal["iri", "text", "date"]
PLACE = re.compile(r"VALUES \?(\w+) \{ UNDEF \}")  # all at once, so that no value is taken for a place


class Parameter(NamedTuple):
    """A parameter of a stored query."""

    name: str
    type: Type
    required: bool
    meaning: str


@dataclass(frozen=True)
class StoredQuery:
    """A stored query: its name, header and text."""

    name: str
    title: str
    why: str
    parameters: tuple[Parameter, ...]
    joined: frozenset[str]  # columns whose cells hold several values, joined with "; "
    about_ontology: bool  # answered from the built-in ontology, whatever data is asked
    text: str

    def bind(self, given: Mapping[str, str | Iterable[str] | None]) -> str:
        """Return the query's text with these parameters; ValueError for an unknown, missing or unfit one."""
        known = {parameter.name: parameter for parameter in self.parameters}
        if unknown := set(given) - set(known):
            raise ValueError(
                f"query {self.name} has no parameter {', '.join(sorted(unknown))}; it has {', '.join(known) or 'none'}"
            )
        rows: dict[str, str] = {}
        for name, parameter in known.items():
            value = given.get(name)
            values = [] if value is None else [value] if isinstance(value, str) else list(value)
            if not values and parameter.required:
                raise ValueError(f"query {self.name} needs the parameter {name}: {parameter.meaning}")
            if values:
                rows[name] = f"VALUES ?{name} {{ {' '.join(_term(one, parameter) for one in values)} }}"
        return PLACE.sub(lambda place: rows.get(place[1], place[0]), self.text)

    def run(self, engine: Engine, **given: str | Iterable[str] | None) -> Rows:
        """Return the query's rows on an engine, the parts of joined cells sorted."""
        answer = engine.select(self.bind(given))
        at = [index for index, column in enumerate(answer.columns) if column in self.joined]
        if at:
            rows = [
                tuple(_sorted_parts(value) if index in at else value for index, value in enumerate(row))
                for row in answer.rows
            ]
            answer = Rows(answer.columns, list(dict.fromkeys(rows)))  # DISTINCT came before the sorting
        return answer


def _term(value: str, parameter: Parameter) -> str:
    match parameter.type:
        case "iri":
            return str(ox.NamedNode(value))
        case "date":
            if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
                raise ValueError(f"parameter {parameter.name} is a day such as 2017-04-01, not {value!r}")
            return str(ox.Literal(value, datatype=ox.NamedNode(XSD + "date")))
    return str(ox.Literal(value))


def _sorted_parts(value: Value) -> Value:
    if not isinstance(value, str) or "; " not in value:
        return value
    return "; ".join(sorted({part for part in value.split("; ") if part}, key=natural))


def natural(text: str) -> tuple[tuple[int, int, str], ...]:
    """Return a sort key in which 2.10 comes after 2.9 and numbers before letters."""
    return tuple((0, int(part), "") if part.isdigit() else (1, 0, part) for part in re.findall(r"\d+|\D+", text))


@cache
def stored(name: str) -> StoredQuery:
    """Return a stored query by name; KeyError if there is none."""
    file = places.QUERIES / f"{name}.rq"
    if not re.fullmatch(r"[a-z0-9-]+", name) or not file.is_file():
        raise KeyError(name)
    return parse(name, file.read_text(encoding="utf-8"))


def names() -> list[str]:
    """Return the names of all stored queries."""
    return sorted(file.stem for file in places.QUERIES.glob("*.rq"))


def parse(name: str, text: str) -> StoredQuery:
    """Read a query's header; ValueError if it lacks a title, or declares a parameter that its text does not use."""
    header: dict[str, str] = {}
    parameters = []
    for line in text.splitlines():
        if not line.startswith("#"):
            break
        field, _, value = line.lstrip("# ").partition(": ")
        if field.startswith("parameter "):
            parameters.append(_parameter(field.removeprefix("parameter ").strip(), value))
        elif field:
            header[field] = value.strip()
    for parameter in parameters:
        if f"VALUES ?{parameter.name} {{ UNDEF }}" not in text:
            raise ValueError(f"query {name} declares the parameter {parameter.name} but never uses it")
    if "title" not in header:
        raise ValueError(f"query {name} has no title")
    joined = frozenset(part.strip() for part in header.get("joined", "").split(",") if part.strip())
    about_ontology = header.get("about") == "ontology"
    return StoredQuery(name, header["title"], header.get("why", ""), tuple(parameters), joined, about_ontology, text)


def _parameter(name: str, declared: str) -> Parameter:
    kind, _, rest = declared.partition(", ")
    need, _, meaning = rest.partition(" - ")
    if kind not in ("iri", "text", "date") or need not in ("required", "optional"):
        raise ValueError(f"parameter {name}: write its type, then required or optional, then its meaning")
    return Parameter(name, kind, need == "required", meaning)  # type: ignore[arg-type]
