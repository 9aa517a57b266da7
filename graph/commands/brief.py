"""`goldenthread brief`: two pages for a meeting, as a Word document that can be edited."""

from pathlib import Path
from typing import Any

import click

from goldenthread.graph.failures import Failure
from goldenthread.graph.options import ASKING, NARROWED, asking


@click.command("brief", params=[*NARROWED, *ASKING])
@click.argument("name")
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE.docx",
    required=True,
    help="File to write.",
)
@asking
def command(plans: Any, name: str, output: Path, plan: str | None, day: str | None) -> None:
    """Two pages for a meeting about NAME, as a Word document that can be edited.

    NAME is a board, group or other body, a post, a person, or a plan such as norfolk-2016. The pages show who stands above
    and below it, the actions due next and those whose date has passed, and what deserves a second look with the rule
    behind it, all with numbered sources. They keep to one plan: --plan chooses it, else the latest that gives NAME a
    place or work. How actions stand is told for the day of --as-of, else for today. What does not fit is counted,
    with the command that shows it.

    \b
    goldenthread brief PIQAG -o piqag.docx
    goldenthread brief norfolk-2016 --as-of 2017-01-31 -o board.docx
    """
    if output.suffix.casefold() != ".docx":
        raise Failure(f"{output}: a brief is a Word document; name a file that ends in .docx")
    from goldenthread.graph.brief import brief
    from goldenthread.graph.writing import write_bytes
    from goldenthread.viz.document import document

    write_bytes(output, document(brief(plans, name, plan=plan, day=day)))
    click.echo(f"wrote {output}", err=True)
