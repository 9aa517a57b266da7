"""`goldenthread check`: is the data below PATH (or the built-in data) sound? The exit code says what was found."""

import sys
from pathlib import Path

import click


@click.command("check")
@click.argument("path", required=False, type=click.Path(path_type=Path))
@click.option(
    "--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True, help="How to print."
)
@click.option("--remarks", is_flag=True, help="Show remarks too, which need no mending.")
def command(path: Path | None, form: str, remarks: bool) -> None:
    """Is the data below PATH (or the built-in data) sound?

    Exit code 1 if there is anything to mend, 2 if a file cannot be read at all.
    """
    from goldenthread.graph import places, printing
    from goldenthread.graph.check import check as find_unsound
    from goldenthread.graph.failures import FINDINGS, WRONG_USE

    findings = find_unsound([path or places.DATA])
    to_mend = [finding for finding in findings if finding.severity != "remark"]
    shown = findings if remarks else to_mend
    if form == "json":
        click.echo(printing.as_json(shown), nl=False)
    else:
        for finding in shown:
            click.echo(str(finding))
        left_out = len(findings) - len(shown)
        summary = f"{len(to_mend)} to mend" if to_mend else "sound: nothing to mend"
        click.echo(summary + (f"; {left_out} remarks, shown with --remarks" if left_out else ""), err=True)
    if any(finding.unreadable for finding in findings):
        sys.exit(WRONG_USE)
    if to_mend:
        sys.exit(FINDINGS)
