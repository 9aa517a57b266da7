"""The words of the report's cells: names that lead to their pages, where it says so, and what is our reading."""

import re
from collections.abc import Iterable, Sequence

from goldenthread.graph.answers import Source, Step, where
from goldenthread.graph.printing import CAVEAT
from goldenthread.graph.printing_routes import source_line
from goldenthread.graph.report.story import Record, Story, parts
from goldenthread.viz.blocks import Cell, Grid, Inline, Link, Listing, Mark, Prose, Section

OUR_READING = Mark("our reading")
NOT_STATED = Mark("not stated")
WHERE = "where it says so"
BASIS = "our reading"
NOTHING = Prose(("Nothing.",), small=True)


def named(story: Story, plan: str, label: str) -> Inline:
    """Return the name that a plan means by a label, leading to its page if it has one."""
    return linked(story, story.named.get((plan, label), ""), label)


def linked(story: Story, iri: str, label: str) -> Inline:
    """Return a name, leading to the page of this address if it has one."""
    page = story.pages.get(iri)
    return Link(label, page) if page and label else label


def several(story: Story, plan: str, joined: str) -> Cell:
    """Return the names of a cell that holds several."""
    return row_of([(named(story, plan, label),) for label in parts(joined)])


def row_of(items: Iterable[Sequence[Inline]], between: str = "; ") -> Cell:
    """Return items in one cell, something between each."""
    found: list[Inline] = []
    for item in items:
        found += [between] if found else []
        found += item
    return tuple(found) if len(found) > 1 else found[0] if found else ""


def joined(*cells: Cell) -> Cell:
    """Return cells as one, what is empty left out."""
    return tuple(one for cell in cells for one in (cell if isinstance(cell, tuple) else (cell,)) if one != "")


def plan_link(story: Story, plan: str) -> Link:
    """Return a plan's short id, leading to its page."""
    return Link(plan, story.plan_page(plan))


def plan_links(story: Story, plans: Iterable[str]) -> Cell:
    """Return plans' short ids, leading to their pages."""
    return row_of([(plan_link(story, plan),) for plan in plans], ", ")


def said_in(story: Story, row: Record) -> str:
    """Return where it says so, beside the name of the plan."""
    return lines_of(story, row["plan"], where(row["document"], row["line"]))


def lines_of(story: Story, plan: str, sources: str) -> str:
    """Return where it says so, each document once; if that is only the plan's own, without its name, which stands at the
    foot of every page. Without a plan every document is named."""
    lines: dict[str, list[str]] = {}
    for one in parts(sources):
        named = re.fullmatch(r"(.+) lines? (\d.*)", one)
        if named:
            lines.setdefault(named[1], []).append(named[2])
        elif one[0].isdigit() and lines:  # a further line of the document before
            lines[next(reversed(lines))].append(one)
        else:
            lines.setdefault(one, [])
    own = f"{story.chosen[plan]['document']} " if plan and len(lines) == 1 else ""
    return "; ".join(where(document, "; ".join(some)).removeprefix(own) for document, some in lines.items())


def held(story: Story, row: Record) -> str:
    """Return for which part of its plan's period a relation holds: "until 2020-06"; nothing if for all of it."""
    plan = story.chosen[row["plan"]]
    said = (("from", row["since"], plan["since"]), ("until", row["until"], plan["until"]))
    return " ".join(f"{word} {own}" for word, own, whole in said if own and own != whole)


def wholes(story: Story, plan: str, body: str) -> Cell:
    """Return what a body is part of in a plan, with what is our reading and until when."""
    rows = [row for row in story.of("relations", "from", body) if row["plan"] == plan and row["relation"] == "part-of"]
    return row_of([(linked(story, row["to"], row["target"]), *_held_so(story, row)) for row in rows])


def chairs(story: Story, row: Record) -> Cell:
    """Return what a post or person chairs by a row of `people`, with what is our reading and until when."""
    items = []
    for label in parts(row["chairs"]):
        every = [one for one in story.of("relations", "source", label) if one["plan"] == row["plan"] and one["relation"] == "chaired-by"]
        own = [one for one in every if one["to"] == row["thing"] or one["target"] in (row["person"], row["post"])]
        said = next((one for one in own if one["basis"] == "stated"), own[0] if own else None)
        items.append((named(story, row["plan"], label), *(_held_so(story, said) if said else ())))
    return row_of(items)


def _held_so(story: Story, row: Record) -> tuple[Inline, ...]:
    """Until when a relation holds, and whether that is our reading."""
    when = held(story, row)
    return (*((f" ({when})",) if when else ()), *((" ", OUR_READING) if row["basis"] == "inferred" else ()))


def basis(row: Record) -> Cell:
    """Return that it is our reading, and the reason; nothing where the plan states it."""
    if row["basis"] != "inferred":
        return ""
    return (OUR_READING, f": {row['reason']}") if row.get("reason") else OUR_READING


def labels(story: Story, scheme: str, joined_notations: str) -> str:
    """Return the words for the concepts of a cell that holds several."""
    return "; ".join(story.word(scheme, one) for one in parts(joined_notations))


def step_words(story: Story, step: Step, *, again: bool = False) -> Cell:
    """Return a step of a route in words, with where it says so; `again` where that stands above already."""
    detail = f" ({step.detail})" if step.detail else ""
    words: Cell = (
        f"{story.word('relation', step.relation)} ",
        linked(story, step.target.iri, step.target.name),
        detail,
    )
    if again:
        return joined(words, " (as above)")
    reading: Cell = (" ", OUR_READING, f": {step.reason}" if step.reason else "") if step.basis == "inferred" else ""
    return joined(words, reading, f"; {sources(step.sources)}")


def sources(some: Sequence[Source]) -> str:
    """Return where it says so: document, line, heading, a phrase to search for."""
    return "; ".join(map(source_line, some))


def titled(name: str, title: str, grid: Grid, *, intro: str = "") -> Section:
    """Return a section with a table, and what to know before reading it."""
    said = (Prose((intro,)),) if intro else ()
    return Section(name, title, (*said, grid if grid.rows else NOTHING))


def entry(grid: Grid) -> Listing:
    """Return a table of one row as labelled values: shorter, and easier to read."""
    return labelled((label, cell) for label, cell in zip(grid.columns, grid.rows[0], strict=True) if cell != "")


def labelled(pairs: Iterable[tuple[Inline, Cell]]) -> Listing:
    """Return texts with a label before each; `Facts` are for short values."""
    return Listing(tuple(joined(label, ": ", cell) for label, cell in pairs))


def table(name: str, columns: Sequence[str], rows: Iterable[Sequence[Cell]], *, filters: Sequence[str] = ()) -> Grid:
    """Return a table without the columns that are empty in every row; the page's footer goes into its file."""
    every = [tuple(row) for row in rows]
    used = [at for at, _ in enumerate(columns) if any(row[at] != "" for row in every)]
    kept = tuple(columns[at] for at in used)
    return Grid(
        name, kept, tuple(tuple(row[at] for at in used) for row in every),
        filters=tuple(one for one in filters if one in kept),
    )  # fmt: skip


def caption(story: Story, plans: Iterable[str]) -> tuple[str, ...]:
    """Return what stands at the foot of a page: by which version, from which plans, how far to trust it."""
    on = f", as they hold on {story.day}" if story.day else ""
    return (f"goldenthread {story.version}{on}. Sources: {'; '.join(_source(story, plan) for plan in plans)}", CAVEAT)


def _source(story: Story, plan: str) -> str:
    row = story.chosen[plan]
    version = f", version {row['version']}" if row["version"] else ""
    invented = ", invented" if row["synthetic"] else ""
    return f"{plan} ({story.period(plan)}{version}, {row['document']}{invented})"


def plan_sources(story: Story) -> tuple[str, ...]:
    """Return the plans chosen, each with period, version and document, in a line."""
    return tuple(
        f"{row['plan']}: {row['title']}" + (f", version {row['version']}" if row["version"] else "")
        + f", {story.period(row['plan'])}, from {row['document']}" + (" (invented)" if row["synthetic"] else "")
        for row in story.loaded
    )  # fmt: skip


def sources_of(story: Story, plans: Iterable[str]) -> Section:
    """Return the section in which a page names its sources."""
    rows = [story.chosen[plan] for plan in plans]
    items = [
        joined(plan_link(story, row["plan"]), f": {row['title']}, {story.period(row['plan'])}, {row['document']}")
        for row in rows
    ]
    return Section("sources", "Sources", (Listing(tuple(items)),))
