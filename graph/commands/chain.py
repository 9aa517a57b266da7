"""`goldenthread chain`: the reporting route of a body, post, person or action, step by step to the top."""

from pathlib import Path
from typing import Any

import click

from goldenthread.graph.giving import give
from goldenthread.graph.options import ASKING, NARROWED, PRINTED, asking


@click.command("chain", params=[*PRINTED, *NARROWED, *ASKING])
@click.argument("name")
@click.option("--down", is_flag=True, help="Who reports to it, instead of to whom it reports.")
@asking
def command(
    plans: Any, name: str, down: bool, plan: str | None, day: str | None, form: str, output: Path | None
) -> None:
    """The reporting route of a body, post, person or action, step by step to the top.

    NAME is a name, abbreviation or former name, or an action such as 2.3 or "norfolk-2016 2.3". Every step comes with
    where the plan says so; where the plan is silent, the route says that and stops.
    """
    from goldenthread.graph import printing_routes

    answer = plans.chain(name, down=down, plan=plan, day=day)
    if plans.documents:
        from goldenthread.graph.passages import with_passages

        answer = with_passages(plans, answer)
    give(form, output, table=lambda: printing_routes.chain_table(answer), answer=answer,
          text=lambda: printing_routes.chain_text(answer, plans.words("relation")))  # fmt: skip
