"""`goldenthread learning`: from a review to the learning, to the actions that take it forward, to who answers."""

from pathlib import Path
from typing import Any

import click

from goldenthread.graph.giving import give
from goldenthread.graph.options import ASKING, NARROWED, PRINTED, asking


@click.command("learning", params=[*PRINTED, *NARROWED, *ASKING])
@click.argument("review", required=False)
@asking
def command(plans: Any, review: str | None, plan: str | None, day: str | None, form: str, output: Path | None) -> None:
    """From a REVIEW (or every review) to the learning, to the actions that take it forward, to who answers for them.

    Where no action takes the learning forward, it says so. How far it has come is told by the text alone: a target or
    measure does not prove that anything was done.
    """
    from goldenthread.graph.printing_findings import learning_text
    from goldenthread.graph.threads import silent_reviews, threads

    table = threads(plans, review, plan=plan, day=day)
    give(
        form,
        output,
        table=lambda: table,
        text=lambda: learning_text(table, silent_reviews(plans, review, plan=plan, day=day), plans.words("stage")),
    )
