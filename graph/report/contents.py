"""The whole report: its pages in order, its pictures and downloads, and the caption that every page bears."""

from collections.abc import Callable, Iterator
from itertools import chain

from goldenthread.graph.answers import period
from goldenthread.graph.printing import CAVEAT
from goldenthread.graph.report import (
    actions,
    change_page,
    data_page,
    gap_page,
    learning_page,
    overlap_page,
    plan_pages,
    query_page,
    reporting,
    start,
    structure_page,
    thing_pages,
)  # fmt: skip
from goldenthread.graph.report.story import Record, Story
from goldenthread.viz.blocks import Link, Page, Site

TITLE = "Who answers for what"
FIXED = (start, structure_page, reporting, actions, overlap_page, gap_page, change_page, learning_page, query_page)
AREAS = (
    Link(start.AREA, start.FILE),
    Link(structure_page.AREA, structure_page.FILE),
    Link(reporting.AREA, reporting.FILE),
    Link(actions.AREA, actions.FILE),
    Link(overlap_page.AREA, overlap_page.FILE),
    Link(gap_page.AREA, gap_page.FILE),
    Link(change_page.AREA, change_page.FILE),
    Link(learning_page.AREA, learning_page.FILE),
    Link(thing_pages.AREA, thing_pages.LISTS["body"]),
    Link(data_page.AREA, data_page.FILE),
)


def site(story: Story, made: Callable[[int], None]) -> Site:
    """Return the report; `made` is told the number of each page as it is made."""
    story.stills |= structure_page.stills(story)
    files = {**story.stills, **dict(structure_page.interactive(story))}
    downloads = data_page.files(story)
    pages = []
    for number, page in enumerate(chain(_pages(story), [data_page.page(story, downloads)]), 1):
        pages.append(page)
        made(number)
    return Site(TITLE, AREAS, tuple(pages), caption(story), files | downloads)


def number_of_pages(story: Story) -> int:
    """Return how many pages the report has."""
    return len(FIXED) + len(thing_pages.LISTS) + len(story.chosen) + len(story.things) + 1


def _pages(story: Story) -> Iterator[Page]:
    for one in FIXED:
        yield one.page(story)
    yield from plan_pages.pages(story)
    yield from thing_pages.lists(story)
    yield from thing_pages.pages(story)


def caption(story: Story) -> tuple[str, ...]:
    """Return what stands on every page: by which version, from which plans, how far to trust it."""
    on = f", as they hold on {story.day}" if story.day else ""
    return (f"goldenthread {story.version}{on}. Sources: {'; '.join(map(_source, story.loaded))}", CAVEAT)


def _source(row: Record) -> str:
    version = f", version {row['version']}" if row["version"] else ""
    invented = ", invented" if row["synthetic"] else ""
    return f"{row['plan']} ({period(row['since'], row['until'])}{version}, {row['document']}{invented})"
