"""`goldenthread queries`: the stored queries and what each asks; with a NAME, its header and text."""

import click

from goldenthread.graph.failures import Failure


@click.command("queries")
@click.argument("name", required=False)
def command(name: str | None) -> None:
    """The stored queries and what each asks; with a NAME, its header and text."""
    from goldenthread.graph import queries as stored_queries

    if name:
        try:
            click.echo(stored_queries.stored(name).text, nl=False)
        except KeyError:
            raise Failure(f"there is no stored query {name!r}; they are {', '.join(stored_queries.names())}") from None
        return
    for one in map(stored_queries.stored, stored_queries.names()):
        click.echo(f"{one.name}\n  {one.title}\n  why: {one.why}")
        for parameter in one.parameters:
            need = "required" if parameter.required else "optional"
            click.echo(f"  -p {parameter.name}=...  {parameter.type}, {need}: {parameter.meaning}")
