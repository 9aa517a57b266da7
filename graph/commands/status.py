"""`goldenthread status`: what is loaded, plan by plan, and how complete it is."""

from pathlib import Path
from typing import Any

import click

from goldenthread.graph.giving import give
from goldenthread.graph.options import ASKING, NARROWED, PRINTED, asking
from goldenthread.graph.version import VERSION


@click.command("status", params=[*PRINTED, *NARROWED, *ASKING])
@asking
def command(plans: Any, plan: str | None, day: str | None, form: str, output: Path | None) -> None:
    """What is loaded, plan by plan, and how complete it is."""
    from goldenthread.graph import printing

    table = plans.status(plan=plan, day=day)
    give(form, output, table=lambda: table, text=lambda: printing.status_text(table, VERSION))
