"""`goldenthread report`: write the whole story as a folder of pages that open in any browser, offline."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from goldenthread.graph.options import ASKING, NARROWED, asking
from goldenthread.graph.version import VERSION


@click.command("report", params=[*NARROWED, *ASKING])
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    metavar="DIR",
    required=True,
    help="Folder to write, or FILE.zip.",
)
@asking
def command(plans: Any, output: Path, plan: str | None, day: str | None) -> None:
    """Write the whole story as a folder of pages that open in any browser, offline; FILE.zip holds the same folder.

    Open its index.html. A folder that is there is replaced if it is a report that nobody has changed.
    """
    from goldenthread.graph.findings import findings, said
    from goldenthread.graph.report import write_report
    from goldenthread.graph.report.once import asked_once

    with shown_progress() as progress:
        plans = asked_once(plans)
        index = write_report(plans, output, version=VERSION, plan=plan, day=day, progress=progress)
    click.echo(f"the report is in {index}")
    for line in said(findings(plans, plan=plan, day=day)[:3]):
        click.echo(f"- {line}")


@contextmanager
def shown_progress() -> Iterator[Callable[[int, int], None] | None]:
    """Give what is to be told of each page, or None where nobody would see it."""
    if not sys.stderr.isatty():
        yield None
        return
    with click.progressbar(length=1, label="writing the report", file=sys.stderr) as bar:

        def told(done: int, of: int) -> None:
            bar.length = of
            bar.update(done - bar.pos)

        yield told
