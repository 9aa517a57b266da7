"""Taking plans elsewhere: as RDF, as a folder of tables with its description, as a workbook, or as a network.

The file's ending says which. Everything is made before anything is written, and written all or nothing.
"""

import os
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from goldenthread.graph.exports import datapackage, description, rdf_files
from goldenthread.graph.exports.coverage import coverage
from goldenthread.graph.exports.coverage import file as coverage_file
from goldenthread.graph.exports.csv_files import CsvFile
from goldenthread.graph.exports.description import Description
from goldenthread.graph.exports.long_tables import answers
from goldenthread.graph.exports.plan_tables import files as table_files
from goldenthread.graph.exports.plan_tables import holds_tables, partnerships
from goldenthread.graph.namespaces import GT
from goldenthread.graph.terms import FORMATS
from goldenthread.graph.writing import write_bytes, write_folder

if TYPE_CHECKING:
    import pyoxigraph as ox

    from goldenthread.graph.plans import Plans

NETWORKS = (".graphml", ".gexf")
NOT_FROM_TABLES = "What did not come from tables or a workbook is not in tables/; answers/ and long/ have all of it."
ENDINGS = (*FORMATS, ".xlsx", *NETWORKS)


def export(plans: "Plans", output: Path, *, version: str, plan: str | None = None, bom: bool = False) -> list[Path]:
    """Write plans, or one of them, in the form that the ending of `output` names; return the files written.

    A path without ending is a folder. ValueError for an ending that is not known, a plan that is not there, a folder that
    is not ours, or RDF of an endpoint. `bom` is for the CSV files of a folder, so that Excel reads them as UTF-8.
    """
    output = Path(os.path.abspath(output))  # noqa: PTH100 - resolve() would follow a link
    ending = output.suffix.casefold()
    if ending and ending not in ENDINGS:
        raise ValueError(f"{output}: cannot export as {ending}; use {', '.join(ENDINGS)}, or no ending for a folder")
    if bom and ending:
        raise ValueError(f"{output}: a byte order mark is for the CSV files of a folder; leave it out for {ending}")
    about = description.describe(plans, version=version, plan=plan)
    if not ending:
        return _folder(plans, output, about, plan=plan, bom=bom)
    if ending == ".xlsx":
        return _workbook(plans, output, plan=plan)
    content = _network(plans, about, ending, plan) if ending in NETWORKS else _rdf(plans, about, ending, plan)
    write_bytes(output, content)
    return [output]


def _rdf(plans: "Plans", about: Description, ending: str, plan: str | None) -> bytes:
    quads = rdf_files.published(plans, plan=plan)
    return rdf_files.serialised([*quads, *_described(plans, about, quads, plan)], ending)


def _described(
    plans: "Plans",
    about: Description,
    quads: "list[ox.Quad] | None",
    plan: str | None,
    files: dict[str, bytes] | None = None,
) -> "list[ox.Quad]":
    """The description in RDF; of an endpoint it counts what its plans hold, not its triples."""
    return description.quads(
        about,
        triples=None if quads is None else rdf_files.distinct_triples(quads),
        classes=_entries(plans, plan) if quads is None else rdf_files.classes(quads),
        coverage=coverage(plans, plan=plan),
        files=files,
    )


def _entries(plans: "Plans", plan: str | None) -> Counter[str]:
    counted: Counter[str] = Counter()
    for row in plans.table("counts", plan=plan):
        counted[f"{GT}{row['kind']}"] += int(row["entries"] or 0)
    return counted


def _network(plans: "Plans", about: Description, ending: str, plan: str | None) -> bytes:
    from goldenthread.graph.exports import networks

    graph = networks.network(plans, about, plan=plan)
    return networks.graphml(graph) if ending == ".graphml" else networks.gexf(graph, about)


def _workbook(plans: "Plans", output: Path, *, plan: str | None) -> list[Path]:
    from goldenthread.graph.workbooks.writing import write_workbook

    some = partnerships(plans.paths, plan=plan, with_names=plans.with_names)
    if not some:
        raise ValueError(
            f"{output}: a workbook is made from tables or a workbook; export a folder without ending instead"
        )
    write_workbook(output, some, with_names=plans.with_names)
    return [output]


def _folder(plans: "Plans", output: Path, about: Description, *, plan: str | None, bom: bool) -> list[Path]:
    datapackage.check_replaceable(output)
    some = partnerships(plans.paths, plan=plan, with_names=plans.with_names)
    files: list[CsvFile] = [
        *table_files(some),
        *answers(plans, plan=plan, synthetic=about.synthetic),
        coverage_file(coverage(plans, plan=plan), about.synthetic),
    ]
    written = {file.path: file.content(bom=bom) for file in files}
    quads = rdf_files.published(plans, plan=plan) if rdf_files.is_local(plans) else None
    described = _described(plans, about, quads, plan, dict(written))
    notes = () if plans.paths and all(map(holds_tables, plans.paths)) else (NOT_FROM_TABLES,)
    written[datapackage.RDF] = rdf_files.serialised(described, ".ttl")
    written[datapackage.README] = datapackage.readme(about, files, bom=bom, notes=notes)
    written[datapackage.FILE] = datapackage.package(about, files, written, bom=bom)
    return write_folder(output, written)
