"""The command line: parses, asks one question, prints. Nothing imports it."""

import os
import sys
from collections.abc import Callable
from contextlib import suppress
from functools import wraps
from pathlib import Path
from typing import Any

import click

VERSION = "0.1.0"
WRONG_USE, LIMIT, STORE, REMOTE = 2, 3, 4, 5


class Failure(click.ClickException):
    """One sentence for the user, and the exit code that says whose fault it was."""

    def __init__(self, message: str, code: int) -> None:
        super().__init__(message)
        self.exit_code = code  # type: ignore[misc]


def _explained(error: Exception) -> Failure | None:
    """Return the failure that an error of ours means to the user; None if it is nobody's but the program's."""
    kinds = {
        "BadTables": WRONG_USE, "UnknownName": WRONG_USE, "AmbiguousName": WRONG_USE, "RefusedQuery": WRONG_USE, "NoRoute": WRONG_USE,
        "TooManyRoutes": LIMIT, "StoreError": STORE, "EndpointError": REMOTE, "MissingLibrary": WRONG_USE,
    }  # fmt: skip
    code = kinds.get(type(error).__name__)
    if code is None and isinstance(error, ValueError | SyntaxError | OSError):
        code = WRONG_USE
    return Failure(str(error), code) if code is not None else None


class Commands(click.Group):
    """A group whose commands turn our errors into one sentence and an exit code."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command."""
        try:
            return super().invoke(ctx)
        except (click.ClickException, click.exceptions.Exit, click.Abort, BrokenPipeError):
            raise
        except Exception as error:
            failure = _explained(error)
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


def _day(ctx: click.Context, option: click.Parameter, value: str | None) -> str | None:
    if value is None:
        return None
    from goldenthread.graph.dates import bounds, read_date

    try:
        first, last = bounds(read_date(value))
    except ValueError as error:
        raise click.BadParameter(str(error)) from error
    if first != last:
        raise click.BadParameter(f"{value!r} is not one day; write it as 2017-04-01 or 01/04/2017")
    return first


# What questions share is built once: click takes a millisecond for every ten options.
ASKING = (
    click.Option(
        ["--data"],
        multiple=True,
        metavar="PATH",
        help="Folder of tables instead of the built-in plans; may repeat; 'builtin' adds them back.",
    ),
    click.Option(["--endpoint"], metavar="URL", help="Ask this SPARQL endpoint instead."),
    click.Option(
        ["--documents"],
        type=click.Path(exists=True, file_okay=False, path_type=Path),
        metavar="DIR",
        help="Folder with the plans' texts, to print passages.",
    ),
    click.Option(["--with-names"], is_flag=True, help="Show the names of officials instead of their posts."),
)
NARROWED = (
    click.Option(["--plan"], metavar="ID", help="Only this plan, such as norfolk-2016."),
    click.Option(
        ["--as-of", "day"], callback=_day, metavar="DATE", help="Only what holds on this day, such as 2017-04-01."
    ),
)
PRINTED = (
    click.Option(
        ["--format", "form"],
        type=click.Choice(["table", "csv", "json"]),
        default="table",
        show_default=True,
        help="How to print.",
    ),
    click.Option(
        ["-o", "--output"],
        type=click.Path(dir_okay=False, path_type=Path),
        metavar="FILE",
        help="Write to FILE.csv, FILE.xlsx or FILE.json.",
    ),
)


def asking(command: Callable[..., None]) -> Callable[..., None]:
    """Open the plans that the options of ASKING name, and pass them as the first argument."""

    @wraps(command)
    def wrapped(
        data: tuple[str, ...], endpoint: str | None, documents: Path | None, with_names: bool, **rest: Any
    ) -> None:
        from goldenthread.graph.plans import BUILTIN, open_plans

        if endpoint and data:
            raise Failure("--data and --endpoint exclude each other: ask one or the other", WRONG_USE)
        plans = open_plans(data or BUILTIN, endpoint=endpoint, documents=documents, with_names=with_names)
        command(plans, **rest)

    return wrapped


def _give(
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
                click.echo(text(), nl=False)
        return
    match output.suffix.casefold():
        case ".csv":
            _write(output, printing.as_csv(table()))
        case ".json":
            _write(output, printing.as_json(table() if answer is None else answer))
        case ".xlsx":
            printing.as_xlsx(table(), output)
        case ending:
            raise Failure(
                f"{output}: cannot write {ending or 'a file without ending'}; use .csv, .xlsx or .json", WRONG_USE
            )
    click.echo(f"wrote {output}", err=True)


def _write(path: Path, text: str) -> None:
    from goldenthread.graph.writing import write_text

    write_text(path, text)


@main.command(params=[*PRINTED, *NARROWED, *ASKING])
@asking
def status(plans: Any, plan: str | None, day: str | None, form: str, output: Path | None) -> None:
    """What is loaded, plan by plan, and how complete it is."""
    from goldenthread.graph import printing

    table = plans.status(plan=plan, day=day)
    _give(form, output, table=lambda: table, text=lambda: printing.status_text(table, VERSION))


@main.command(params=[*PRINTED, *NARROWED, *ASKING])
@click.argument("text")
@asking
def find(plans: Any, text: str, plan: str | None, day: str | None, form: str, output: Path | None) -> None:
    """What bears this name, abbreviation, former name or key; near names if nothing does."""
    from goldenthread.graph import printing

    things = plans.find(text, plan=plan, day=day)
    if not things:
        near = plans.suggestions(text)
        click.echo(
            f"nothing is called {text!r}" + (f"; did you mean {', '.join(map(repr, near))}?" if near else ""), err=True
        )
    _give(
        form,
        output,
        table=lambda: printing.found(things),
        answer=things,
        text=lambda: printing.as_text(printing.found(things)),
    )


@main.command(params=[*PRINTED, *NARROWED, *ASKING])
@click.argument("name")
@click.option("--down", is_flag=True, help="Who reports to it, instead of to whom it reports.")
@asking
def chain(plans: Any, name: str, down: bool, plan: str | None, day: str | None, form: str, output: Path | None) -> None:
    """The reporting route of a body, post, person or action, step by step to the top.

    NAME is a name, abbreviation or former name, or an action such as 2.3 or "norfolk-2016 2.3". Every step comes with
    where the plan says so; where the plan is silent, the route says that and stops.
    """
    from goldenthread.graph import printing

    answer = plans.chain(name, down=down, plan=plan, day=day)
    if plans.documents:
        from goldenthread.graph.passages import with_passages

        answer = with_passages(plans, answer)
    _give(form, output, table=lambda: printing.chain_table(answer), answer=answer,
          text=lambda: printing.chain_text(answer, plans.words("relation")))  # fmt: skip


@main.command(params=[*PRINTED, *NARROWED, *ASKING])
@click.argument("name")
@asking
def show(plans: Any, name: str, plan: str | None, day: str | None, form: str, output: Path | None) -> None:
    """Everything known about a body, post, person, priority, action, review, document or plan."""
    from goldenthread.graph import printing

    answer = plans.show(name, plan=plan, day=day)
    _give(
        form,
        output,
        table=lambda: printing.profile_table(answer),
        answer=answer,
        text=lambda: printing.profile_text(answer),
    )


@main.command(params=[*PRINTED, *ASKING])
@click.argument("earlier")
@click.argument("later")
@asking
def changes(plans: Any, earlier: str, later: str, form: str, output: Path | None) -> None:
    """What changed between two plans of a partnership, and what the later plan does not cover.

    EARLIER and LATER are plans' short ids, such as norfolk-2014 norfolk-2016. "Not found" and "no longer named" do not
    say that something was dropped: only a plan's own words do.
    """
    from goldenthread.graph import printing

    table = plans.changes(earlier, later)
    words = plans.words("comparison") | plans.words("change") | plans.words("follow")
    _give(form, output, table=lambda: table, text=lambda: printing.changes_text(table, words))


@main.command(params=[*PRINTED, *ASKING])
@click.argument("what")
@click.option(
    "-p", "--parameter", "given", multiple=True, metavar="NAME=VALUE", help="A parameter of a stored query; may repeat."
)
@asking
def query(plans: Any, what: str, given: tuple[str, ...], form: str, output: Path | None) -> None:
    """Run a stored query by name, a file of SPARQL, or SPARQL from standard input (-).

    `goldenthread queries` lists the stored ones. Your own query is a SELECT over everything that is loaded.
    """
    from goldenthread.graph import printing, queries

    if what in queries.names():
        parameters: dict[str, list[str]] = {}
        for one in given:
            name, equals, value = one.partition("=")
            if not equals:
                raise Failure(f"-p {one}: write NAME=VALUE, such as plan=norfolk-2016", WRONG_USE)
            parameters.setdefault(name, []).append(value)
        table = plans.asked_by_name(what, parameters)
    else:
        table = plans.sparql(_own_query(what))
    _give(form, output, table=lambda: table, text=lambda: printing.as_text(table))


def _own_query(what: str) -> str:
    from goldenthread.graph.adhoc import check_harmless

    if what == "-":
        with click.open_file("-", encoding="utf-8") as stdin:
            text: str = stdin.read()
    elif Path(what).is_file():
        text = Path(what).read_text(encoding="utf-8-sig")
    else:
        raise Failure(
            f"{what!r} is neither a stored query (see `goldenthread queries`) nor a file; use - for standard input",
            WRONG_USE,
        )
    check_harmless(text)
    return text


@main.command()
@click.argument("name", required=False)
def queries(name: str | None) -> None:
    """The stored queries and what each asks; with a NAME, its header and text."""
    from goldenthread.graph import queries as stored_queries

    if name:
        try:
            click.echo(stored_queries.stored(name).text, nl=False)
        except KeyError:
            raise Failure(
                f"there is no stored query {name!r}; they are {', '.join(stored_queries.names())}", WRONG_USE
            ) from None
        return
    for one in map(stored_queries.stored, stored_queries.names()):
        click.echo(f"{one.name}\n  {one.title}\n  why: {one.why}")
        for parameter in one.parameters:
            need = "required" if parameter.required else "optional"
            click.echo(f"  -p {parameter.name}=...  {parameter.type}, {need}: {parameter.meaning}")


@main.command()
@click.argument("path", required=False, type=click.Path(exists=True, path_type=Path))
@click.option(
    "--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True, help="How to print."
)
@click.option("--remarks", is_flag=True, help="Show remarks too, which need no mending.")
def check(path: Path | None, form: str, remarks: bool) -> None:
    """Is the data below PATH (or the built-in data) sound? Exit code 1 if there is anything to mend."""
    from goldenthread.graph import places, printing
    from goldenthread.graph.check import check as find_unsound

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
    if to_mend:
        sys.exit(1)


@main.command(params=[*NARROWED, *ASKING])
@click.argument("what", type=click.Choice(["structure"]))
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    required=True,
    help="FILE.html, FILE.svg or FILE.mmd.",
)
@asking
def draw(plans: Any, what: str, output: Path, plan: str | None, day: str | None) -> None:
    """Draw a picture: the structure of a plan's bodies by reporting line."""
    from goldenthread.graph.pictures import drawn, structure

    network = structure(plans, plan=plan, day=day)
    _write(output, drawn(network, output.suffix))
    click.echo(f"wrote {output}", err=True)


@main.command(params=[*NARROWED, *ASKING])
@click.option(
    "-o",
    "--output",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    required=True,
    help="Folder to write.",
)
@asking
def report(plans: Any, output: Path, plan: str | None, day: str | None) -> None:
    """Write the whole story as a folder of pages that open in any browser, offline."""
    from goldenthread.graph.findings import findings
    from goldenthread.graph.report import write_report

    index = write_report(plans, output, version=VERSION, plan=plan, day=day)
    click.echo(f"the report is in {index}")
    for finding in findings(plans, plan=plan, day=day)[:3]:
        click.echo(f"- {finding.plan}: {finding.text} (first of {len(finding.evidence)}: {finding.evidence[0]})")


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
