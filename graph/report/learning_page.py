"""Learning from reviews: what was learnt, what takes it forward, who answers for it, and where the thread breaks."""

from collections.abc import Iterable, Iterator, Sequence

from goldenthread.graph.report import actions
from goldenthread.graph.report.cells import (
    NOTHING,
    OUR_READING,
    WHERE,
    joined,
    linked,
    row_of,
    said_in,
    several,
    sources_of,
    table,
)  # fmt: skip
from goldenthread.graph.report.story import Record, Story, parts
from goldenthread.viz.blocks import Cell, Grid, Inline, Listing, Mark, Page, Prose, Section

AREA = "Learning"
FILE = "learning.html"
DONE = ("done", "impact")
BROKEN, NOBODY = Mark("no action takes it forward"), Mark("who answers: not stated")
REVIEW = "review"
COLUMNS = (
    "plan",
    REVIEW,
    "what was learnt",
    "progress",
    "taken forward by",
    "who answers",
    "by",
    "how it is measured",
    WHERE,
)
FILTERS = ("plan", REVIEW, "progress")


def page(story: Story) -> Page:
    """Return the page."""
    rows = story.records("learning-threads")
    blocks = (grid(story, rows),) if rows else (NOTHING,)
    return Page(FILE, "Learning from reviews", (
        Prose(("Progress is as the text has it: a target or a measure never proves that something was done.",)),
        *blocks, *_silent(story), sources_of(story, story.chosen),
    ), lead="From each review to what was learnt, to the actions that take it forward, to who answers for them.", area=AREA)  # fmt: skip


def grid(story: Story, rows: Iterable[Record], *, of_one: bool = False) -> Grid:
    """Return threads of learning as a table, one row a learning and action; those `of_one` review need no column for it."""
    kept = [at for at, column in enumerate(COLUMNS) if not (of_one and column == REVIEW)]
    cells = ([cells[at] for at in kept] for cells in (_row(story, row) for row in rows))
    return table("learning", [COLUMNS[at] for at in kept], cells, filters=FILTERS)


def _row(story: Story, row: Record) -> tuple[Cell, ...]:
    stage = "progress not stated" if row["stage"] == "not-stated" else story.word("stage", row["stage"])
    return (
        row["plan"], several(story, row["plan"], row["review"]),
        joined(row["learning"], *((" ", OUR_READING) if row["basis"] == "inferred" else ())), stage, _action(row),
        _who(story, row), row["target_text"], row["measures"], said_in(story, row),
    )  # fmt: skip


def _action(row: Record) -> Cell:
    if row["action"]:
        return f"{row['action']} {row['title']}"
    return "" if row["stage"] in DONE else BROKEN


def _who(story: Story, row: Record) -> Cell:
    if not row["action"]:
        return ""
    answering = list(_answering(story, row))
    if answering:
        return row_of(answering)
    owners = (
        (" in the row; the priority is owned by ", several(story, row["plan"], row["owners"])) if row["owners"] else ()
    )
    return joined(NOBODY, *owners)


def _answering(story: Story, row: Record) -> Iterator[Sequence[Inline]]:
    """Give who leads, and who takes it forward beside them, marked where that is our reading."""
    action = next(iter(story.of("actions", "action", row["item"])), None)
    leads = parts(row["leads"])
    beside = [name for name in parts(row["groups"]) if name not in leads]
    for names, basis in ((leads, "lead_basis"), (beside, "group_basis")):
        if names:
            cell = joined(several(story, row["plan"], "; ".join(names)), *actions.mark(action[basis] if action else ""))
            yield cell if isinstance(cell, tuple) else (cell,)


def _silent(story: Story) -> tuple[Section, ...]:
    found = [gap for gap in story.found if gap.kind.key == "reviews-without-action"]
    if not found:
        return ()
    items = tuple(
        joined(
            linked(story, gap.thing, gap.name), f" ({gap.detail})" if gap.detail else "", f"; {gap.plan}; {gap.source}"
        )
        for gap in found
    )
    return (Section("silent", "Reviews that are named, and that no action follows", (Listing(items),)),)
