"""`goldenthread evidence`: which records the measures name: what to ask for."""

from pathlib import Path
from typing import Any

import click

from goldenthread.graph.giving import give
from goldenthread.graph.options import ASKING, PRINTED, asking


@click.command("evidence", params=[*PRINTED, *ASKING])
@click.option("--plan", metavar="ID", help="Only this plan, such as norfolk-2016.")
@click.argument("name")
@asking
def command(plans: Any, name: str, plan: str | None, form: str, output: Path | None) -> None:
    """Which records the measures name: what to ask for, of a plan, body, post, priority or action.

    NAME may be a plan's short id. A body's or post's records are those of the actions that it leads or enables.
    """
    from goldenthread.graph.evidence import evidence
    from goldenthread.graph.printing_findings import evidence_text

    table = evidence(plans, name, plan=plan)
    give(form, output, table=lambda: table, text=lambda: evidence_text(table, plans.one(name, plan=plan).name))
