"""`goldenthread compare`: two bodies side by side, with sources."""

from pathlib import Path
from typing import Any

import click

from goldenthread.graph.giving import give
from goldenthread.graph.options import ASKING, PRINTED, asking


@click.command("compare", params=[*PRINTED, *ASKING])
@click.option("--plan", metavar="ID", help="Only this plan, such as norfolk-2016.")
@click.argument("first")
@click.argument("second")
@asking
def command(plans: Any, first: str, second: str, plan: str | None, form: str, output: Path | None) -> None:
    """Two bodies side by side: purpose, status, members, chairs, support and topics, with where it says so.

    What both have comes first. Nothing is concluded from it: plans cannot tell whether two bodies should be one.
    """
    from goldenthread.graph.bodies_compared import compare_bodies, side_by_side

    table = compare_bodies(plans, first, second, plan=plan)
    give(form, output, table=lambda: table, text=lambda: side_by_side(table))
