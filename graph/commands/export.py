"""`goldenthread export`: everything that is loaded, to take elsewhere."""

from pathlib import Path
from typing import Any

import click

from goldenthread.graph.options import ASKING, asking
from goldenthread.graph.version import VERSION


@click.command("export", params=[*ASKING])
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    metavar="FILE",
    required=True,
    help="FILE by its ending, or a folder.",
)
@click.option("--plan", metavar="ID", help="Only this plan, such as norfolk-2016.")
@click.option("--bom", is_flag=True, help="CSV files begin with a byte order mark, as Excel wants them.")
@asking
def command(plans: Any, output: Path, plan: str | None, bom: bool) -> None:
    """Take everything that is loaded elsewhere: RDF, tables, a workbook or a network.

    FILE.ttl, .trig, .nq, .nt or .jsonld: RDF, always the same bytes for the same facts. FILE.xlsx: a workbook that can be
    filled on and read back. FILE.graphml or .gexf: a network, for Gephi. A folder: CSV tables, the stored queries' answers,
    long tables with one value a row, and datapackage.json, which tells every column.
    """
    from goldenthread.graph.exports.export import export

    written = export(plans, output, version=VERSION, plan=plan, bom=bom)
    click.echo(f"wrote {output}" + (f": {len(written)} files" if output.is_dir() else ""), err=True)
