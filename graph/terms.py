"""The one boundary where addresses and values become RDF terms and statements of a named graph."""

from collections.abc import Iterable

import pyoxigraph as ox

from goldenthread.graph import namespaces as ns

Term = ox.NamedNode | ox.Literal
TYPE = ns.RDF + "type"
FORMATS = {  # of RDF, by the ending of a file
    ".ttl": ox.RdfFormat.TURTLE,
    ".trig": ox.RdfFormat.TRIG,
    ".nq": ox.RdfFormat.N_QUADS,
    ".nt": ox.RdfFormat.N_TRIPLES,
    ".jsonld": ox.RdfFormat.JSON_LD,
}
LABEL = ns.RDFS + "label"


def number(value: int) -> ox.Literal:
    """Return a whole number as a literal."""
    return ox.Literal(str(value), datatype=ox.NamedNode(ns.XSD + "integer"))


def day(iso: str) -> ox.Literal:
    """Return an ISO date as an xsd:date literal."""
    return ox.Literal(iso, datatype=ox.NamedNode(ns.XSD + "date"))


def edtf(value: str) -> ox.Literal:
    """Return an EDTF value as a literal of its datatype."""
    return ox.Literal(value, datatype=ox.NamedNode(ns.EDTF))


class Sheet:
    """The statements of one named graph, being written."""

    def __init__(self, graph: str) -> None:
        self.graph = ox.NamedNode(ns.graph(graph))
        self.quads: list[ox.Quad] = []

    def add(self, subject: str, predicate: str, value: str | Term) -> None:
        """State that the subject has this value: a string is an address, anything else a term."""
        term = ox.NamedNode(value) if isinstance(value, str) else value
        self.quads.append(ox.Quad(ox.NamedNode(subject), ox.NamedNode(predicate), term, self.graph))

    def type(self, subject: str, *classes: str) -> None:
        """State the subject's classes."""
        for one in classes:
            self.add(subject, TYPE, one)

    def text(self, subject: str, predicate: str, *texts: str) -> None:
        """State texts, leaving out empty ones."""
        for text in texts:
            if text:
                self.add(subject, predicate, ox.Literal(text))

    def concepts(self, subject: str, predicate: str, scheme: str, notations: Iterable[str]) -> None:
        """State concepts of a scheme, leaving out empty ones."""
        for notation in notations:
            if notation:
                self.add(subject, predicate, ns.concept(scheme, notation))

    def date(self, subject: str, predicate: str, value: str) -> None:
        """State an EDTF date, if there is one."""
        if value:
            self.add(subject, predicate, edtf(value))

    def bounds(self, subject: str, earliest: str, latest: str) -> None:
        """State the first and last possible day, where there is one."""
        for predicate, iso in ((ns.GT + "earliest", earliest), (ns.GT + "latest", latest)):
            if iso:
                self.add(subject, predicate, day(iso))
