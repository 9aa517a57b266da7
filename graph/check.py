"""Is the data sound? The errors of tables and RDF files first; if there are none, the shapes, plan by plan.

Shapes run on a copy in rdflib's memory, which pyshacl reads eight times as fast as a store.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox

from goldenthread.graph import ontology, places
from goldenthread.graph.building import statements
from goldenthread.graph.cautions import cautions
from goldenthread.graph.namespaces import GT, ONTOLOGY, THINGS, graph
from goldenthread.graph.own.reading import is_rdf
from goldenthread.graph.tables import BadTables

if TYPE_CHECKING:
    from rdflib import Graph

SEVERITIES = {"Violation": "error", "Warning": "warning", "Info": "remark"}
LINES, WHOLE_FILE = GT + "lines", ox.Literal("the whole file")
NO_PLANS = ("ontology", "names")
ONLY_IN_TABLES = frozenset(
    f"{ONTOLOGY}/shape/{name}" for name in ("plan-board", "plan-people", "plan-fields", "Phrase")
)


@dataclass(frozen=True, slots=True)
class Finding:
    """Something unsound: how severe, where, and what to do."""

    severity: str
    place: str
    message: str
    unreadable: bool = False  # a whole file that cannot be read as tables or RDF

    def __str__(self) -> str:
        return f"{self.severity}: {self.place}: {self.message}" if self.place else f"{self.severity}: {self.message}"

    def within(self, file: str) -> "Finding":
        """Return the finding with the RDF file that its subject stands in; tables are named by the subject itself."""
        return Finding(self.severity, f"{file}, {self.place}", self.message) if file else self


def check(paths: Sequence[Path]) -> list[Finding]:
    """Return everything unsound in the tables and RDF files of these paths, the gravest first."""
    try:
        partnerships, quads = statements(paths, with_names=False)
    except BadTables as error:
        return [Finding("error", "", str(problem), problem.unreadable) for problem in error.problems]
    by_graph: defaultdict[str, list[ox.Quad]] = defaultdict(list)
    for quad in quads:
        by_graph[quad.graph_name.value if isinstance(quad.graph_name, ox.NamedNode) else ""].append(quad)
    registry = by_graph.pop(graph("registry"), [])
    plans = [plan for name, plan in by_graph.items() if name not in map(graph, NO_PLANS)]
    file = paths[0].name if len(paths) == 1 and is_rdf(paths[0]) else ""
    findings = [finding.within(file) for plan in plans or [[]] for finding in _validate([*registry, *plan])]
    findings += (Finding("warning", "", str(caution)) for caution in cautions(partnerships))
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
    whole_file = any(quad.predicate.value == LINES and quad.object == WHOLE_FILE for quad in quads)
    for result in report.subjects(predicate=SH.resultSeverity):
        if whole_file and str(report.value(result, SH.sourceShape)) in ONLY_IN_TABLES:
            continue  # what RDF in others' terms has no words for
        severity = str(report.value(result, SH.resultSeverity)).rpartition("#")[2]
        focus = str(report.value(result, SH.focusNode))
        value = report.value(result, SH.value)
        message = str(report.value(result, SH.resultMessage))
        found = f" (found: {str(value).removeprefix(THINGS)})" if value is not None else ""
        yield Finding(SEVERITIES[severity], focus.removeprefix(THINGS), message + found)
