"""`goldenthread actions`: the action tracker, narrowed by lead, group, topic, date or rating."""

from pathlib import Path
from typing import Any

import click

from goldenthread.graph.giving import give
from goldenthread.graph.options import ASKING, NARROWED, PRINTED, asking, day_of


@click.command("actions", params=[*PRINTED, *NARROWED, *ASKING])
@click.option("--lead", metavar="NAME", help="Only actions that this body, post or person leads.")
@click.option("--group", metavar="NAME", help="Only actions of this group.")
@click.option("--priority", metavar="NAME", help="Only actions that serve this priority.")
@click.option("--topic", metavar="TOPIC", help="Only actions about this topic, such as neglect.")
@click.option("--rag", metavar="RATING", help="Only actions with this rating, as printed in the plan.")
@click.option("--due-before", callback=day_of, metavar="DATE", help="Only actions due before this day.")
@click.option("--due-after", callback=day_of, metavar="DATE", help="Only actions due after this day.")
@click.option(
    "--carry-forward", is_flag=True, help="Only actions without a stated result: candidates for the next plan."
)
@asking
def command(plans: Any, plan: str | None, day: str | None, form: str, output: Path | None, **criteria: Any) -> None:
    """The action tracker: who does what by when, how one would know, and how it stands.

    How an action stands is told for the day of --as-of, else for today. A date that has passed reads "date passed,
    result not stated": a plan seldom says what came of an action, and nothing is taken for done.
    """
    from goldenthread.graph import printing
    from goldenthread.graph.tracker import Wanted, tracker

    table = tracker(plans, Wanted(**criteria), plan=plan, day=day)
    give(form, output, table=lambda: table, text=lambda: printing.tracker_text(table))
