"""Circles of reporting lines: computed from the stored query `steps`, written to the graph `computed`.

A query cannot follow lines plan by plan and come to an end in a circle on every engine; networkx finds the strongly
connected parts, and one circle in each is written down.
"""

from collections import defaultdict
from collections.abc import Iterator

import pyoxigraph as ox

from goldenthread.graph import namespaces as ns
from goldenthread.graph.engines import Engine
from goldenthread.graph.namespaces import GT
from goldenthread.graph.queries import stored
from goldenthread.graph.terms import LABEL, Sheet

Record = dict[str, str]


def circles(engine: Engine) -> Iterator[ox.Quad]:
    """Give the statements of the computed graph about every circle of standing lines, plan by plan."""
    import networkx as nx

    answer = stored("steps").run(engine)
    rows = [dict(zip(answer.columns, map(str, row), strict=True)) for row in answer.rows]
    by_plan: defaultdict[str, list[Record]] = defaultdict(list)
    for row in rows:
        if row["step"] == "line":
            by_plan[row["plan"]].append(row)
    sheet = Sheet("computed")
    for plan, lines in sorted(by_plan.items()):
        network = nx.DiGraph(sorted({(row["at"], row["next"]) for row in lines}))
        parts = sorted((sorted(part) for part in nx.strongly_connected_components(network)), key=lambda part: part[0])
        for number, part in enumerate((part for part in parts if _turns(network, part)), 1):
            around = nx.find_cycle(network.subgraph(part), part[0])
            _write(sheet, plan, number, around, lines)
    yield from sheet.quads


def _turns(network: "object", part: list[str]) -> bool:
    return len(part) > 1 or network.has_edge(part[0], part[0])  # type: ignore[attr-defined]


def _write(sheet: Sheet, plan: str, number: int, around: list[tuple[str, str]], lines: list[Record]) -> None:
    """Write one circle: whom it passes through, and the passages of its lines."""
    steps = [[row for row in lines if (row["at"], row["next"]) == step] for step in around]
    iri = f"{ns.THINGS}computed/circle/{plan}-{number}"
    sheet.type(iri, GT + "Circle")
    sheet.add(iri, GT + "plan", f"{ns.THINGS}plan/{plan}")
    sheet.text(iri, LABEL, ", ".join([steps[0][0]["at_name"], *(rows[0]["next_name"] for rows in steps)]))
    read = all(any(row["basis"] == "stated" for row in rows) for rows in steps)
    sheet.concepts(iri, GT + "basis", "basis", ["stated" if read else "inferred"])
    if not read:
        sheet.text(iri, GT + "reason", "at least one of its lines is our reading")
    for start, _ in around:
        sheet.add(iri, GT + "passesThrough", start)
    for row in {row["line"]: row for rows in steps for row in rows}.values():
        sheet.add(iri, GT + "citation", ns.passage(plan, row["line"]))
