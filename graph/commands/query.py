"""`goldenthread query`: a stored query by name, or SPARQL of your own within limits of time, rows and memory."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from goldenthread.graph.failures import LIMIT, Failure
from goldenthread.graph.giving import give
from goldenthread.graph.options import ASKING, PRINTED, asking


@click.command("query", params=[*PRINTED, *ASKING])
@click.argument("what")
@click.option(
    "-p", "--parameter", "given", multiple=True, metavar="NAME=VALUE", help="A parameter of a stored query; may repeat."
)
@click.option(
    "--timeout",
    type=click.FloatRange(min=0, min_open=True),
    default=60.0,
    show_default=True,
    metavar="SECONDS",
    help="How long your own query may run.",
)
@click.option(
    "--limit",
    type=click.IntRange(min=1),
    default=100_000,
    show_default=True,
    metavar="ROWS",
    help="How many rows your own query may give.",
)
@asking
def command(
    plans: Any, what: str, given: tuple[str, ...], timeout: float, limit: int, form: str, output: Path | None
) -> None:
    """Run a stored query by name, a file of SPARQL, or SPARQL from standard input (-).

    `goldenthread queries` lists the stored ones. Your own query is a SELECT over everything that is loaded; it runs in
    a process of its own, and may neither reach the network nor read files nor change anything.
    """
    from goldenthread.graph import printing, queries

    if what in queries.names():
        table = plans.asked_by_name(what, _parameters(given))
    elif given:
        raise Failure(f"-p goes with a stored query, and {what!r} is none; see `goldenthread queries`")
    else:
        from goldenthread.graph.adhoc import Limits

        if plans.paths:
            limits = Limits(seconds=timeout, rows=limit)
        else:
            plans.engine = replace(plans.engine, deadline=timeout)
            limits = Limits(rows=limit)
        table = plans.sparql(_own_query(what), limits)
    give(form, output, table=lambda: table, text=lambda: printing.as_text(table))
    for note in table.notes:
        raise Failure(note, LIMIT)


def _parameters(given: tuple[str, ...]) -> dict[str, list[str]]:
    parameters: dict[str, list[str]] = {}
    for one in given:
        name, equals, value = one.partition("=")
        if not equals:
            raise Failure(f"-p {one}: write NAME=VALUE, such as plan=norfolk-2016")
        parameters.setdefault(name, []).append(value)
    return parameters


def _own_query(what: str) -> str:
    if what == "-":
        with click.open_file("-", encoding="utf-8") as stdin:
            text: str = stdin.read()
        return text
    if Path(what).is_file():
        return Path(what).read_text(encoding="utf-8-sig")
    raise Failure(
        f"{what!r} is neither a stored query (see `goldenthread queries`) nor a file; use - for standard input"
    )
