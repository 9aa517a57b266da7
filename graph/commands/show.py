"""`goldenthread show`: everything known about a body, post, person, priority, action, review, document or plan."""

from pathlib import Path
from typing import Any

import click

from goldenthread.graph.giving import give
from goldenthread.graph.options import ASKING, NARROWED, PRINTED, asking


@click.command("show", params=[*PRINTED, *NARROWED, *ASKING])
@click.argument("name")
@asking
def command(plans: Any, name: str, plan: str | None, day: str | None, form: str, output: Path | None) -> None:
    """Everything known about a body, post, person, priority, action, review, document or plan."""
    from goldenthread.graph import printing

    answer = plans.show(name, plan=plan, day=day)
    give(
        form,
        output,
        table=lambda: printing.profile_table(answer),
        answer=answer,
        text=lambda: printing.profile_text(answer),
    )
