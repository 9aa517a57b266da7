"""Options that questions share, each declared once: whom to ask, what to narrow to, how to print."""

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

import click

from goldenthread.graph.failures import Failure


def day_of(ctx: click.Context, option: click.Parameter, value: str | None) -> str | None:
    if value is None:
        return None
    from goldenthread.graph.dates import bounds, read_date

    try:
        first, last = bounds(read_date(value))
    except ValueError as error:
        raise click.BadParameter(str(error)) from error
    if first != last:
        raise click.BadParameter(f"{value!r} is not one day; write it as 2017-04-01 or 01/04/2017")
    return first


# What questions share is built once: click takes a millisecond for every ten options.
ASKING = (
    click.Option(
        ["--data"],
        multiple=True,
        metavar="PATH",
        help="Folder of tables, workbook or RDF file instead of the built-in plans; may repeat; 'builtin' adds them back.",
    ),
    click.Option(["--endpoint"], metavar="URL", help="Ask this SPARQL endpoint instead."),
    click.Option(
        ["--documents"],
        type=click.Path(exists=True, file_okay=False, path_type=Path),
        metavar="DIR",
        help="Folder with the plans' texts, to print passages.",
    ),
    click.Option(["--with-names"], is_flag=True, help="Show the names of officials instead of their posts."),
    click.Option(
        ["--facets"],
        type=click.Choice(["read", "auto"]),
        default="read",
        show_default=True,
        help="Topics, kinds of work and audience as read by people, or tagged by rule in every plan.",
    ),
)
NARROWED = (
    click.Option(["--plan"], metavar="ID", help="Only this plan, such as norfolk-2016."),
    click.Option(
        ["--as-of", "day"], callback=day_of, metavar="DATE", help="Only what holds on this day, such as 2017-04-01."
    ),
)
PRINTED = (
    click.Option(
        ["--format", "form"],
        type=click.Choice(["table", "csv", "json"]),
        default="table",
        show_default=True,
        help="How to print.",
    ),
    click.Option(
        ["-o", "--output"],
        type=click.Path(dir_okay=False, path_type=Path),
        metavar="FILE",
        help="Write to FILE.csv, FILE.xlsx or FILE.json.",
    ),
)


def _check(plans: Any, plan: str | None, day: str | None) -> None:
    """Say it where no plan is asked, lest "nothing found" be read as "nothing is wrong"."""
    if plan is not None:
        known = [str(row[0]) for row in plans.rows("periods").rows]
        if plan not in known:
            raise Failure(f"there is no plan {plan!r}; the plans are {', '.join(known)}")
    if day is not None and not plans.rows("periods", plan=plan, day=day).rows:
        click.echo(f"no plan that is asked covers {day}", err=True)


def asking(command: Callable[..., None]) -> Callable[..., None]:
    """Open the plans that the options of ASKING name, and pass them as the first argument."""

    @wraps(command)
    def wrapped(
        data: tuple[str, ...],
        endpoint: str | None,
        documents: Path | None,
        with_names: bool,
        facets: str,
        **rest: Any,
    ) -> None:
        from goldenthread.graph.plans import BUILTIN, open_plans

        if endpoint and data:
            raise Failure("--data and --endpoint exclude each other: ask one or the other")
        if endpoint and facets == "auto":
            raise Failure(
                "--facets auto and --endpoint exclude each other: an endpoint has the facets that it was given"
            )
        plans = open_plans(
            data or BUILTIN, endpoint=endpoint, documents=documents, with_names=with_names, facets=facets
        )
        _check(plans, rest.get("plan"), rest.get("day"))
        command(plans, **rest)

    return wrapped
