"""`goldenthread new`: a workbook to fill with a plan of your own."""

from pathlib import Path

import click

from goldenthread.graph.failures import Failure


@click.command("new")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--example", is_flag=True, help="Fill it with an invented partnership, to see how it is done.")
@click.option("--force", is_flag=True, help="Write over a file that is there.")
def command(file: Path, example: bool, force: bool) -> None:
    """Write an explained workbook (FILE.xlsx) for a plan of your own: one sheet per table, with drop-down lists.

    Fill it in Excel or LibreOffice, then: goldenthread check FILE.xlsx, goldenthread report --data FILE.xlsx -o report
    """
    from goldenthread.graph.workbooks.template import new_workbook

    if file.suffix.casefold() != ".xlsx":
        raise Failure(f"{file}: a workbook's name ends in .xlsx")
    if file.exists() and not force:
        raise Failure(f"{file} is there already; choose another name, or write over it with --force")
    new_workbook(file, example=example, force=force)
    click.echo(f"wrote {file}; fill it, then: goldenthread check {file}")
