"""`goldenthread find`: what bears this name, abbreviation, former name or key; near names if nothing does."""

from pathlib import Path
from typing import Any

import click

from goldenthread.graph.giving import give
from goldenthread.graph.options import ASKING, NARROWED, PRINTED, asking


@click.command("find", params=[*PRINTED, *NARROWED, *ASKING])
@click.argument("text")
@asking
def command(plans: Any, text: str, plan: str | None, day: str | None, form: str, output: Path | None) -> None:
    """What bears this name, abbreviation, former name or key; near names if nothing does."""
    from goldenthread.graph import printing

    things = plans.find(text, plan=plan, day=day)
    if not things:
        near = plans.suggestions(text)
        click.echo(
            f"nothing is called {text!r}" + (f"; did you mean {', '.join(map(repr, near))}?" if near else ""), err=True
        )
    give(
        form,
        output,
        table=lambda: printing.found(things),
        answer=things,
        text=lambda: printing.as_text(printing.found(things)),
    )
