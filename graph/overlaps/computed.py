"""Overlaps as cited nodes of the graph `computed`, so that stored queries answer over them on any engine."""

from collections.abc import Iterator

import pyoxigraph as ox

from goldenthread.graph import namespaces as ns
from goldenthread.graph.engines import Engine
from goldenthread.graph.namespaces import GT
from goldenthread.graph.overlaps.finding import MOST_ACROSS, Overlap, among
from goldenthread.graph.overlaps.items import items
from goldenthread.graph.terms import Sheet


def compute(engine: Engine) -> Iterator[ox.Quad]:
    """Give the statements of the computed graph about every overlap that is shown by default.

    Of nation-sized data none are written: they are many, and found when they are asked for.
    """
    sheet = Sheet("computed")
    every = items(engine)
    if len(every) > MOST_ACROSS:
        return
    for number, one in enumerate(among(every, engine), 1):
        _write(sheet, f"{ns.THINGS}computed/overlap/{number}", one)
    yield from sheet.quads


def _write(sheet: Sheet, iri: str, one: Overlap) -> None:
    sheet.type(iri, GT + "Overlap")
    sheet.add(iri, GT + "firstItem", one.first.iri)
    sheet.add(iri, GT + "secondItem", one.second.iri)
    sheet.concepts(iri, GT + "overlapKind", "overlap", [one.kind])
    sheet.add(iri, GT + "score", ox.Literal(_decimal(one.score), datatype=ox.NamedNode(ns.XSD + "decimal")))
    sheet.text(iri, GT + "because", *(part.replace("; ", ", ") for part in one.reasons))
    sheet.text(iri, GT + "differsIn", *(part.replace("; ", ", ") for part in one.differs))
    sheet.concepts(iri, GT + "basis", "basis", ["stated" if one.passage else "inferred"])
    sheet.text(iri, GT + "reason", one.relationship.reading)
    passages = [(item.plan, lines) for item in (one.first, one.second) for lines in item.line.split("; ")]
    if one.passage:
        passages += [(one.passage.plan, lines) for lines in one.passage.line.split("; ")]
    for plan, lines in dict.fromkeys(passages):
        if lines:
            sheet.add(iri, GT + "citation", ns.passage(plan, lines))


def _decimal(value: float) -> str:
    """Return a score as the canonical decimal, which every engine gives back alike."""
    return f"{value:.3f}".rstrip("0").rstrip(".")
