"""What can answer a SELECT query: an Oxigraph store, an rdflib dataset; an endpoint is in endpoint.py.

Every engine gives the same plain values: addresses as `Iri`, numbers as int, everything else as str, None if unbound.
"""

from typing import TYPE_CHECKING, NamedTuple, Protocol

import pyoxigraph as ox

from goldenthread.graph.namespaces import XSD

if TYPE_CHECKING:
    from rdflib import Dataset


class Iri(str):
    """The address of a thing, told apart from text."""

    __slots__ = ()


Value = Iri | str | int | None


class Rows(NamedTuple):
    """The answer to a SELECT query: column names, and rows in the query's order."""

    columns: tuple[str, ...]
    rows: list[tuple[Value, ...]]


class Engine(Protocol):
    """Anything that answers SELECT queries over the union of its graphs."""

    def select(self, query: str) -> Rows:
        """Return the rows of a SELECT query."""
        ...


INTEGER = XSD + "integer"
MOST_IN_MEMORY = 1_000_000  # statements, of 500 bytes each


class Oxigraph:
    """A pyoxigraph store, asked over the union of its named graphs."""

    def __init__(self, store: ox.Store) -> None:
        self.store = store

    def select(self, query: str) -> Rows:
        """Return the rows of a SELECT query; SyntaxError if it is none."""
        solutions = self.store.query(query, use_default_graph_as_union=True)
        if not isinstance(solutions, ox.QuerySolutions):
            raise ValueError("only SELECT queries have rows")
        columns = tuple(variable.value for variable in solutions.variables)
        return Rows(columns, [tuple(map(plain, solution)) for solution in solutions])


def in_memory(store: ox.Store) -> ox.Store:
    """Return a copy of a store in memory, where a question is answered three to five times sooner; a large one itself.

    Worth its making, a second for every 100,000 statements, where a hundred questions follow.
    """
    if len(store) > MOST_IN_MEMORY:
        return store
    copy = ox.Store()
    copy.bulk_extend(iter(store))
    return copy


def plain(term: object) -> Value:
    """Return the plain value of an Oxigraph term; ValueError for a kind of term that no answer has."""
    match term:
        case None:
            return None
        case ox.NamedNode():
            return Iri(term.value)
        case ox.Literal() if term.datatype.value == INTEGER and term.value.lstrip("+-").isdecimal():
            return int(term.value)
        case ox.Literal() | ox.BlankNode():
            return term.value
    raise ValueError(f"Unexpected term in a result: {term!r}")


class Rdflib:
    """An rdflib dataset with `default_union=True`, asked with rdflib's own engine or its store's."""

    def __init__(self, dataset: "Dataset") -> None:
        self.dataset = dataset

    def select(self, query: str) -> Rows:
        """Return the rows of a SELECT query."""
        from rdflib import URIRef
        from rdflib.query import ResultRow

        result = self.dataset.query(query)
        if result.type != "SELECT" or result.vars is None:
            raise ValueError("only SELECT queries have rows")
        columns = tuple(str(variable) for variable in result.vars)

        def plain(term: object) -> Value:
            if term is None:
                return None
            if isinstance(term, URIRef):
                return Iri(term)
            return int(str(term)) if str(getattr(term, "datatype", "")) == INTEGER else str(term)

        rows = [row for row in result if isinstance(row, ResultRow)]
        return Rows(columns, [tuple(plain(term) for term in row) for row in rows])
