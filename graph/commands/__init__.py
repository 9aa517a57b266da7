"""The commands, one module each: parses, asks one question, prints. A module is loaded when its command is called."""

import click

# In the order in which somebody new meets them; the module of a command has the command's name.
NAMES = ("status", "find", "chain", "show", "actions", "gaps", "learning", "evidence", "overlaps", "judge", "compare", "changes", "query",
         "queries", "draw", "report", "brief", "new", "check", "export")  # fmt: skip


def load(name: str) -> click.Command:
    """Return the command of this name; KeyError if there is none."""
    from importlib import import_module

    if name not in NAMES:
        raise KeyError(name)
    command: click.Command = import_module(f"goldenthread.graph.commands.{name}").command
    return command
