"""`goldenthread draw`: draw a picture: a structure, reporting routes, overlaps, changes, learning, a timeline, the load."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from goldenthread.graph.failures import Failure
from goldenthread.graph.options import ASKING, NARROWED, asking

if TYPE_CHECKING:
    from collections.abc import Sequence

    from goldenthread.viz.network import Moment, Network

# What is drawn, and which names it takes: so many at least, so many at most, and what they are.
NAMES = {
    "structure": (0, 0, ""),
    "chain": (1, 1, "a NAME, such as PIQAG or 2.3"),
    "overlaps": (0, 0, ""),
    "changes": (2, 2, "two plans, the earlier first, such as norfolk-2014 norfolk-2016"),
    "learning": (0, 1, "one REVIEW or none"),
    "timeline": (0, 0, ""),
    "load": (0, 0, ""),
}
ONE_BY_ONE = tuple(what for what in NAMES if what != "changes")
STILLS = (".svg", ".png", ".pdf")
NARROWER = {
    "structure": "--depth draws fewer layers; ",
    "chain": "--depth draws fewer steps; ",
    "overlaps": "--topic draws one topic; ",
    "timeline": "--topic draws one topic; ",
    "learning": "the name of a review draws its learning alone; ",
}
APPLIES = {
    "--plan": ONE_BY_ONE,
    "--as-of": ONE_BY_ONE,
    "--topic": ("overlaps", "timeline"),
    "--depth": ("structure", "chain"),
}


@click.command("draw", params=[*NARROWED, *ASKING])
@click.argument("what", type=click.Choice(list(NAMES)))
@click.argument("names", nargs=-1, metavar="[NAME]...")
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    required=True,
    help="FILE.html, .svg, .png, .pdf, .mmd, .dot, .graphml or .gexf.",
)
@click.option("--topic", "topics", multiple=True, metavar="TOPIC",
              help="Only this topic, such as neglect; may repeat (overlaps, timeline).")  # fmt: skip
@click.option("--depth", type=click.IntRange(min=1), metavar="N",
              help="Only N layers below the top, or N steps of a route (structure, chain).")  # fmt: skip
@asking
def command(
    plans: Any,
    what: str,
    names: tuple[str, ...],
    output: Path,
    plan: str | None,
    day: str | None,
    topics: tuple[str, ...],
    depth: int | None,
) -> None:
    """Draw a picture of the plans; the ending of FILE says of what kind.

    \b
    structure              boards, groups and teams, from the board down
    chain NAME             to whom a body, post, person or action reports
    overlaps               boards, and the topics that several of them have
    changes EARLIER LATER  two plans side by side, and what became of what
    learning [REVIEW]      from a review to the learning, to who acts on it
    timeline               actions by date and group
    load                   who leads how many actions

    FILE.html is a page to search and click, where a choice of partnership and a slider lead through all plans and dates.
    Any other file shows one plan: where several could be meant, choose one with --plan. .svg, .png and .pdf are for a report, .mmd (Mermaid) for a
    wiki, .dot, .graphml and .gexf for other programs. What one A4 page cannot hold in letters that can be read goes on
    over several sheets: pages of FILE.pdf, or files FILE-1.svg, FILE-2.svg ...

    \b
    goldenthread draw structure --plan norfolk-2016 -o structure.svg
    goldenthread draw structure -o structure.html
    goldenthread draw chain PIQAG --plan norfolk-2016 -o piqag.png
    goldenthread draw changes norfolk-2014 norfolk-2016 -o changes.pdf
    goldenthread draw overlaps --topic early-help -o early-help.svg
    """
    from goldenthread.graph.pictures.records import NothingToDraw
    from goldenthread.viz.written import ENDINGS

    _fitting(what, names, {"--plan": plan, "--as-of": day, "--topic": topics, "--depth": depth})
    ending = output.suffix.casefold()
    if ending not in ENDINGS:
        raise Failure(f"{output}: cannot draw {ending or 'a file without ending'}; use {', '.join(ENDINGS)}")
    asked = _Asked(plans, names, {"plan": plan, "day": day}, topics, depth)
    try:
        _written(what, asked, output, ending)
    except NothingToDraw as nothing:
        kept = f"; {output.name} stays as it was" if output.exists() else ""
        click.echo(f"{nothing}: nothing to draw, and no file written{kept}", err=True)


def _written(what: str, asked: "_Asked", output: Path, ending: str) -> None:
    """Write the picture that is asked, in the form that the ending says."""
    from goldenthread.graph.writing import write_bytes
    from goldenthread.viz.written import written

    if ending == ".html":
        from goldenthread.viz.page import interactive

        write_bytes(output, interactive(asked.series(what)).encode())
        click.echo(f"wrote {output}", err=True)
    elif ending in STILLS:
        _on_paper(what, asked.still(what), output)
    else:
        write_bytes(output, written(asked.still(what), ending))
        click.echo(f"wrote {output}", err=True)


def _on_paper(what: str, still: "Network", output: Path) -> None:
    """Write a still on as many sheets as it takes to be read, and say which files they are."""
    from goldenthread.graph.numbered import left_over, write_sheets
    from goldenthread.viz.stills import sheets
    from goldenthread.viz.written import sheets_written

    parts = sheets(still)
    written = write_sheets(output, sheets_written(still, parts, output.suffix))
    many = f": {len(parts)} sheets, so that it can be read on A4" if len(parts) > 1 else ""
    click.echo(f"wrote {written[0]}{f' to {written[-1].name}' if len(written) > 1 else ''}{many}", err=True)
    if old := left_over(output, written):
        names = ", ".join(path.name for path in old)
        click.echo(f"{names}: of an earlier drawing under this name; not written anew", err=True)
    _readable(what, parts)


def _readable(what: str, parts: "Sequence[Network]") -> None:
    """Say so where a picture is too full for a page, before it is pasted into a report."""
    from goldenthread.viz import stills

    found = [stills.letters(part) for part in parts]
    names, smallest = (min(sizes) for sizes in zip(*found, strict=True))
    small = (
        f"the names on its boxes are {names:.1f}"
        if names < stills.NAMES
        else f"its smallest letters are {smallest:.1f}"
    )
    if names < stills.NAMES or smallest < stills.LETTERS:
        click.echo(f"{small} points high on A4, hard to read on paper: {NARROWER.get(what, '')}"
                   "a page (.html) can be enlarged", err=True)  # fmt: skip


def _fitting(what: str, names: tuple[str, ...], options: dict[str, object]) -> None:
    """Refuse names and options that the picture does not take, lest somebody believe that they told."""
    least, most, meaning = NAMES[what]
    if not least <= len(names) <= most:
        takes = f"takes {meaning}" if most else "takes no name"
        raise Failure(f"draw {what} {takes}; {len(names) or 'none'} given: {' '.join(names)}".removesuffix(": "))
    for option, value in options.items():
        if value and what not in APPLIES[option]:
            raise Failure(f"{option} does not apply to {what}; it applies to {', '.join(APPLIES[option])}")


@dataclass(frozen=True)
class _Asked:
    """What the picture is asked to show; `narrowed` is the plan and the day."""

    plans: Any
    names: tuple[str, ...]
    narrowed: dict[str, Any]
    topics: tuple[str, ...]
    depth: int | None

    def still(self, what: str) -> "Network":
        """Return one picture."""
        from goldenthread.graph import pictures
        from goldenthread.graph.pictures.captions import one_plan

        match what:
            case "structure":
                return pictures.structure(self.plans, **self.narrowed, depth=self.depth)
            case "chain":
                return pictures.chain(self.plans, *self.names, **self.narrowed, depth=self.depth)
            case "learning" if not self.names:
                one_plan(self.plans, "a picture of all learning", **self.narrowed)
                return pictures.learning(self.plans, **self.narrowed)
            case "timeline":
                return pictures.timeline(self.plans, **self.narrowed, topics=self.topics)
            case "load":
                return pictures.load(self.plans, **self.narrowed)
        return self._whole(what)

    def series(self, what: str) -> "Network | Sequence[Moment]":
        """Return a picture for every plan or date that is asked."""
        from goldenthread.graph import pictures

        match what:
            case "structure":
                moments = pictures.structures(self.plans, **self.narrowed, depth=self.depth)
            case "chain":
                moments = pictures.chains(self.plans, *self.names, **self.narrowed, depth=self.depth)
            case "learning" if not self.names:
                moments = pictures.learnings(self.plans, **self.narrowed)
            case "timeline":
                moments = pictures.timelines(self.plans, **self.narrowed, topics=self.topics)
            case "load":
                moments = pictures.loads(self.plans, **self.narrowed)
            case _:
                return self._whole(what)
        return moments

    def _whole(self, what: str) -> "Network":
        """Return a picture that shows several plans at once."""
        from goldenthread.graph import pictures

        match what:
            case "changes":
                return pictures.changes(self.plans, *self.names)
            case "overlaps":
                return pictures.overlaps(self.plans, **self.narrowed, topics=self.topics)
        return pictures.learning(self.plans, *self.names, **self.narrowed)
