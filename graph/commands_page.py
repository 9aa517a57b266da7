"""`python -m goldenthread.graph.commands_page` writes docs/commands.md: the help of every command, as it prints."""

from pathlib import Path

import click

from goldenthread.graph import commands
from goldenthread.graph.cli import main
from goldenthread.graph.writing import write_text

INTRODUCTION = """# Commands

What `goldenthread COMMAND --help` prints. Data goes to standard output, everything else to standard error.
Exit codes: 0 answered (an empty answer too), 1 findings of `check` and of `gaps --fail`, 2 wrong use or input that cannot be read, 3 a limit was hit,
4 the store, 5 the remote end. Built stores are kept in the user's cache folder, or in $GOLDENTHREAD_CACHE.
"""


def page() -> str:
    """Return the text of docs/commands.md."""
    parts = [INTRODUCTION]
    for name, command in sorted((name, commands.load(name)) for name in commands.NAMES):
        parent = click.Context(main, info_name="goldenthread", **main.context_settings)
        context = click.Context(command, parent=parent, info_name=name, terminal_width=100)
        parts.append(f"## {name}\n\n```\n{command.get_help(context)}\n```\n")
    return "\n".join(parts)


if __name__ == "__main__":
    write_text(Path("docs") / "commands.md", page())
