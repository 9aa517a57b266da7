"""`goldenthread changes`: what changed between two plans of a partnership, and what the later plan does not cover."""

from pathlib import Path
from typing import Any

import click

from goldenthread.graph.giving import give
from goldenthread.graph.options import ASKING, PRINTED, asking


@click.command("changes", params=[*PRINTED, *ASKING])
@click.argument("earlier")
@click.argument("later")
@asking
def command(plans: Any, earlier: str, later: str, form: str, output: Path | None) -> None:
    """What changed between two plans of a partnership, and what the later plan does not cover.

    EARLIER and LATER are plans' short ids, such as norfolk-2014 norfolk-2016. "Not found" and "no longer named" do not
    say that something was dropped: only a plan's own words do.
    """
    from goldenthread.graph import printing

    table = plans.changes(earlier, later)
    words = plans.words("comparison") | plans.words("change") | plans.words("follow")
    give(form, output, table=lambda: table, text=lambda: printing.changes_text(table, words))
