"""Is the data sound? The tables' own errors first; if there are none, the shapes, plan by plan.

Shapes run on a copy in rdflib's memory, which pyshacl reads eight times as fast as a store.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox

from goldenthread.graph import ontology, places
from goldenthread.graph.building import statements
from goldenthread.graph.namespaces import THINGS, graph
from goldenthread.graph.tables import BadTables

if TYPE_CHECKING:
    from rdflib import Graph

SEVERITIES = {"Violation": "error", "Warning": "warning", "Info": "remark"}


@dataclass(frozen=True, slots=True)
class Finding:
    """Something unsound: how severe, where, and what to do."""

    severity: str
    place: str
    message: str

    def __str__(self) -> str:
        return f"{self.severity}: {self.place}: {self.message}" if self.place else f"{self.severity}: {self.message}"


def check(paths: Sequence[Path]) -> list[Finding]:
    """Return everything unsound in the tables below these paths, the gravest first."""
    try:
        partnerships, quads = statements(paths, with_names=False)
    except BadTables as error:
        return [Finding("error", "", str(problem)) for problem in error.problems]
    by_graph: dict[str, list[ox.Quad]] = {}
    for quad in quads:
        by_graph.setdefault(str(quad.graph_name.value if isinstance(quad.graph_name, ox.NamedNode) else ""), []).append(
            quad
        )
    registry = by_graph.get(graph("registry"), [])
    findings: list[Finding] = []
    keys = [plan.key for partnership in partnerships for plan in partnership.plans]
    for key in keys or [""]:
        findings.extend(_validate([*registry, *by_graph.get(graph(key), [])]))
    order = list(SEVERITIES.values())
    return sorted(
        dict.fromkeys(findings), key=lambda finding: (order.index(finding.severity), finding.place, finding.message)
    )


def memory_graph(quads: Sequence[ox.Quad]) -> "Graph":
    """Return statements as an rdflib graph in memory."""
    from rdflib import Graph

    content = ox.serialize([quad.triple for quad in quads], format=ox.RdfFormat.N_TRIPLES)
    return Graph().parse(data=content, format="nt")


def _validate(quads: Sequence[ox.Quad]) -> Iterator[Finding]:
    from pyshacl import validate
    from rdflib import SH, Graph

    terms = Graph()
    for file in ontology.sources():
        terms.parse(file, format="turtle")
    shapes = Graph().parse(places.ONTOLOGY / "shapes.ttl", format="turtle")
    _, report, _ = validate(
        memory_graph(quads), shacl_graph=shapes, ont_graph=terms, allow_infos=True, allow_warnings=True
    )
    assert isinstance(report, Graph)
    for result in report.subjects(predicate=SH.resultSeverity):
        severity = str(report.value(result, SH.resultSeverity)).rpartition("#")[2]
        focus = str(report.value(result, SH.focusNode))
        value = report.value(result, SH.value)
        message = str(report.value(result, SH.resultMessage))
        found = f" (found: {str(value).removeprefix(THINGS)})" if value is not None else ""
        yield Finding(SEVERITIES[severity], focus.removeprefix(THINGS), message + found)
