"""`goldenthread overlaps`: which priorities and actions of different boards, plans and sections are the same work."""

import math
from pathlib import Path
from typing import Any

import click

from goldenthread.graph.failures import Failure
from goldenthread.graph.giving import give
from goldenthread.graph.options import ASKING, PRINTED, asking

JUDGEMENTS = click.Option(
    ["--judgements"],
    type=click.Path(dir_okay=False, path_type=Path),
    default=Path("judgements.csv"),
    show_default=True,
    metavar="FILE",
    help="Table of people's verdicts; see `goldenthread judge`.",
)


@click.command("overlaps", params=[*PRINTED, JUDGEMENTS, *ASKING])
@click.option("--between", metavar="NAME", help="Only work of this body.")
@click.option("--and", "other", metavar="NAME", help="With --between: only pairs of the two bodies.")
@click.option("--topic", metavar="TOPIC", help="Only pairs that are both about this topic, such as neglect.")
@click.option("--plan", metavar="ID", help="Only pairs with a row of this plan, such as norfolk-2016.")
@click.option("--relationship", metavar="KIND", help="Only this relationship, such as possible-duplication.")
@click.option(
    "--min-score", type=click.FloatRange(0, 1), metavar="SCORE", help="From this score, 0 to 1; 0.5 if not said."
)
@click.option(
    "--resume",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    help="Keep finished partnerships in this folder, so that a long run can be stopped and started again.",
)
@click.option("--all", "every", is_flag=True, help="Every pair with a score above zero.")
@asking
def command(
    plans: Any,
    between: str | None,
    other: str | None,
    topic: str | None,
    plan: str | None,
    relationship: str | None,
    min_score: float | None,
    resume: Path | None,
    every: bool,
    judgements: Path,
    form: str,
    output: Path | None,
) -> None:
    """Which priorities and actions of different boards, partnerships, plans and sections are the same work, or overlap.

    Each pair has a relationship and, apart from it, a score: how alike subject, kind of work and wording are. What was
    looked at comes first: a board whose plan is not loaded cannot overlap here. Nothing is recommended, and work of
    different counties is never called duplicate.
    """
    from goldenthread.graph.overlaps.answers import Wanted, as_records, as_table, as_text, overlaps
    from goldenthread.graph.overlaps.finding import ABOVE_ZERO
    from goldenthread.graph.overlaps.judgements import read
    from goldenthread.graph.overlaps.progress import shown_progress
    from goldenthread.graph.overlaps.relationship import SHOWN

    if other is not None and between is None:
        raise Failure("--and goes with --between: name both bodies")
    if min_score is not None and math.isnan(min_score):
        raise Failure("--min-score is a number from 0 to 1")
    named = click.get_current_context().get_parameter_source("judgements") != click.core.ParameterSource.DEFAULT
    if named and not judgements.exists():
        raise Failure(f"{judgements}: there is no such table of verdicts; `goldenthread judge` writes one")
    at_least = ABOVE_ZERO if every else SHOWN if min_score is None else max(min_score, ABOVE_ZERO)
    wanted = Wanted(between=between, other=other, topic=topic, plan=plan, kind=relationship, at_least=at_least)
    with shown_progress() as progress:
        answer = overlaps(plans, wanted, judgements=read(judgements), progress=progress, resume=resume)
    if form != "table" or output is not None:
        for note in as_table(answer).notes:
            click.echo(note, err=True)
    give(
        form,
        output,
        table=lambda: as_table(answer),
        answer=as_records(answer),
        text=lambda: as_text(answer, whole=every or relationship is not None),
    )
