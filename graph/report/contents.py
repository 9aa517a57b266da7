"""The whole report: its pages in order, its pictures and downloads."""

from collections.abc import Callable, Iterator
from itertools import chain

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
from goldenthread.graph.report.cells import caption
from goldenthread.graph.report.story import Story
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
    return Site(TITLE, AREAS, tuple(pages), caption(story, story.chosen), files | downloads)


def number_of_pages(story: Story) -> int:
    """Return how many pages the report has."""
    return len(FIXED) + len(thing_pages.LISTS) + len(story.chosen) + len(story.things) + 1


def _pages(story: Story) -> Iterator[Page]:
    for one in FIXED:
        yield one.page(story)
    yield from plan_pages.pages(story)
    yield from thing_pages.lists(story)
    yield from thing_pages.pages(story)
