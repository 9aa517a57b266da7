"""`goldenthread report`: write the whole story as a folder of pages that open in any browser, offline."""

from pathlib import Path
from typing import Any

import click

from goldenthread.graph.options import ASKING, NARROWED, asking
from goldenthread.graph.version import VERSION


@click.command("report", params=[*NARROWED, *ASKING])
@click.option(
    "-o",
    "--output",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    required=True,
    help="Folder to write.",
)
@asking
def command(plans: Any, output: Path, plan: str | None, day: str | None) -> None:
    """Write the whole story as a folder of pages that open in any browser, offline."""
    from goldenthread.graph.findings import findings, said
    from goldenthread.graph.report import write_report

    index = write_report(plans, output, version=VERSION, plan=plan, day=day)
    click.echo(f"the report is in {index}")
    for line in said(findings(plans, plan=plan, day=day)[:3]):
        click.echo(f"- {line}")
