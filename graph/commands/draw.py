"""`goldenthread draw`: draw a picture: the structure of a plan's bodies by reporting line."""

from pathlib import Path
from typing import Any

import click

from goldenthread.graph.giving import write
from goldenthread.graph.options import ASKING, NARROWED, asking


@click.command("draw", params=[*NARROWED, *ASKING])
@click.argument("what", type=click.Choice(["structure"]))
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    required=True,
    help="FILE.html, FILE.svg or FILE.mmd.",
)
@asking
def command(plans: Any, what: str, output: Path, plan: str | None, day: str | None) -> None:
    """Draw a picture: the structure of a plan's bodies by reporting line."""
    from goldenthread.graph.pictures import drawn, structure

    network = structure(plans, plan=plan, day=day)
    write(output, drawn(network, output.suffix))
    click.echo(f"wrote {output}", err=True)
