"""How a command gives its answer: on standard output in the form asked for, or in a file by the file's ending."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from goldenthread.graph.failures import Failure


def give(
    form: str, output: Path | None, *, table: Callable[[], Any], answer: Any = None, text: Callable[[], str]
) -> None:
    """Print an answer, or write it to a file by the file's ending."""
    from goldenthread.graph import printing

    if output is None:
        match form:
            case "csv":
                click.echo(printing.as_csv(table()), nl=False)
            case "json":
                click.echo(printing.as_json(table() if answer is None else answer), nl=False)
            case _:
                click.echo(printing.fitted(text()) if sys.stdout.isatty() else text(), nl=False)
        return
    match output.suffix.casefold():
        case ".csv":
            write(output, printing.as_csv(table()))
        case ".json":
            write(output, printing.as_json(table() if answer is None else answer))
        case ".xlsx":
            printing.as_xlsx(table(), output)
        case ending:
            raise Failure(f"{output}: cannot write {ending or 'a file without ending'}; use .csv, .xlsx or .json")
    click.echo(f"wrote {output}", err=True)


def write(path: Path, text: str) -> None:
    from goldenthread.graph.writing import write_text

    write_text(path, text)
