"""What changed: from each plan of a partnership to its next, and the changes that the plans themselves tell."""

from collections.abc import Iterator
from itertools import pairwise

from goldenthread.graph.report.cells import (
    BASIS,
    NOTHING,
    WHERE,
    basis,
    lines_of,
    named,
    said_in,
    several,
    sources_of,
    table,
)  # fmt: skip
from goldenthread.graph.report.story import Record, Story
from goldenthread.viz.blocks import Cell, Page, Prose, Section

AREA = "Changes"
FILE = "changes.html"


def page(story: Story) -> Page:
    """Return the page."""
    return Page(FILE, "What changed", (
        Prose(("That a later plan does not name something does not say that it was dropped: it may have another name "
               "there, or lie outside what that plan covers.",)),
        *_between(story), _told(story), sources_of(story, story.chosen),
    ), lead="From one plan of a partnership to the next, and what the plans themselves tell of changes.", area=AREA)  # fmt: skip


def pairs(story: Story) -> Iterator[tuple[str, str]]:
    """Give each plan with the next of its partnership."""
    for several_plans in story.partnerships.values():
        yield from pairwise(several_plans)


def _between(story: Story) -> Iterator[Section]:
    words = {**story.words("comparison"), **story.words("change"), **story.words("follow")}
    for earlier, later in pairs(story):
        rows = [row for row in story.records("changes") if (row["earlier"], row["later"]) == (earlier, later)]
        rows.sort(key=lambda row: (row["kind"] != "not-covered", "named" in row["kind"], row["kind"]))
        cells = [(words.get(row["kind"], row["kind"]), _what(story, row), basis(row), lines_of(story, "", row["evidence"])) for row in rows]
        grid = table(
            f"changes-{story.places[earlier]}-{story.places[later]}",
            ("kind", "what", BASIS, WHERE),
            cells,
            filters=("kind",),
        )
        yield Section(
            f"{story.places[earlier]}-{story.places[later]}", f"From {earlier} to {later}", (grid if rows else NOTHING,)
        )
    if not any(True for _ in pairs(story)):
        yield Section(
            "between", "From plan to plan", (Prose(("Nothing to compare: no partnership has two plans here.",)),)
        )


def _what(story: Story, row: Record) -> Cell:
    found = named(story, row["later"], row["what"])
    return found if not isinstance(found, str) else named(story, row["earlier"], row["what"])


def _told(story: Story) -> Section:
    rows = [(row["plan"], *cells(story, row)) for row in story.records("events")]
    grid = table("changes-told", ("plan", "kind", "what", "before", "after", "date", BASIS, WHERE), rows,
                 filters=("plan", "kind"))  # fmt: skip
    return Section("told", "Changes that the plans tell", (grid if rows else NOTHING,))


def cells(story: Story, row: Record) -> tuple[Cell, ...]:
    """Return the cells of a change that a plan tells."""
    before, after = (row["before"], row["after"]) if row["before"] != row["after"] else ("", "")  # one thing renamed
    return (
        story.word("change", row["kind"]), row["what"], several(story, row["plan"], before),
        several(story, row["plan"], after), row["date"], basis(row), said_in(story, row),
    )  # fmt: skip
