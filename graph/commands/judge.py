"""`goldenthread judge`: a person's verdict on two rows, kept in a table."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from goldenthread.graph.commands.overlaps import JUDGEMENTS
from goldenthread.graph.failures import Failure
from goldenthread.graph.options import ASKING, asking


@click.command("judge", params=[JUDGEMENTS, *ASKING])
@click.argument("first", required=False)
@click.argument("second", required=False)
@click.argument("verdict", required=False, type=click.Choice(["same", "overlap", "different", "by-design"]))
@click.option("--why", metavar="TEXT", help="Why you judge so, in a sentence.")
@click.option("--by", "who", metavar="NAME", help="Who judges.")
@click.option(
    "--merge",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE",
    multiple=True,
    help="Take the verdicts of another table into this one; may repeat.",
)
@asking
def command(
    plans: Any,
    first: str | None,
    second: str | None,
    verdict: str | None,
    why: str | None,
    who: str | None,
    merge: tuple[Path, ...],
    judgements: Path,
) -> None:
    """Say whether two rows are the same work: people have the last word.

    FIRST and SECOND are rows such as "norfolk-2016 2.3". A pair judged different does not come back; a later verdict takes
    the place of an earlier one, which stays in the table. Two people's tables merge without loss with --merge.
    """
    from goldenthread.graph.overlaps import judgements as table

    known = table.read(judgements)
    if first is not None:
        if second is None or verdict is None or not (why or "").strip():
            raise Failure("name two rows, a verdict (same, overlap, different or by-design), and --why in a sentence")
        known.append(_judged(plans, first, second, verdict, (why or "").strip(), who))
    elif not merge:
        raise Failure("name two rows and a verdict, or tables to --merge")
    several = [known, *map(table.read, merge)]
    table.write(judgements, table.merged(*several))
    count = len(table.merged(*several))
    click.echo(f"{count} verdict{'s are' if count != 1 else ' is'} in {judgements}")


def _judged(plans: Any, first: str, second: str, verdict: str, why: str, who: str | None) -> Any:
    from goldenthread.graph.overlaps.items import items
    from goldenthread.graph.overlaps.judgements import Judgement

    rows = {item.iri: item for item in items(plans.engine)}
    pair = [plans.one(name, kinds=("action", "priority")).iri for name in (first, second)]
    if pair[0] == pair[1]:
        raise Failure(f"{first!r} and {second!r} are the same row")
    one, other = (rows[iri] for iri in pair)
    when = datetime.now(UTC).isoformat(timespec="seconds")
    return Judgement(one.plan, one.key, other.plan, other.key, verdict, why, who or "not named", when)
