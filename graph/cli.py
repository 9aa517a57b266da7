"""The command line: finds the command, and turns our errors into one sentence and an exit code. Nothing imports it."""

import os
import sys
from contextlib import suppress
from typing import Any

import click

from goldenthread.graph import commands
from goldenthread.graph.failures import STOPPED, explained
from goldenthread.graph.version import VERSION


class Commands(click.Group):
    """A group that loads a command when it is called, and turns our errors into one sentence and an exit code."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the commands in the order in which somebody new meets them."""
        return list(commands.NAMES)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command; None if there is none of this name."""
        try:
            return commands.load(cmd_name)
        except KeyError:
            return None

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command."""
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            click.echo("stopped", err=True)
            raise SystemExit(STOPPED) from None
        except (click.ClickException, click.exceptions.Exit, click.Abort, BrokenPipeError):
            raise
        except Exception as error:
            failure = explained(error)
            if failure is None:
                raise
            raise failure from error


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(VERSION, prog_name="goldenthread")
def main() -> None:
    """Who answers for what in safeguarding plans, with the passage behind every answer.

    Start with `goldenthread status` (what is loaded), `goldenthread find PIQAG` (what bears a name) and
    `goldenthread chain PIQAG` (its reporting route to the top).
    """
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            encoding = None if stream.isatty() else "utf-8"
            stream.reconfigure(encoding=encoding, errors="replace")


def run() -> None:
    """Run the command line and leave at once: taking the interpreter apart costs a sixth of a warm answer."""
    code: int | str | None = 0
    try:
        main()
    except SystemExit as end:
        code = end.code
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError):
            stream.flush()
    os._exit(code if isinstance(code, int) else int(code is not None))


if __name__ == "__main__":
    run()
