"""The page on who reports to whom: the routes of every body in words, and each plan from the top down."""

from collections.abc import Iterator, Sequence

from goldenthread.graph.chains import TooManyRoutes
from goldenthread.graph.report.cells import (
    NOT_STATED,
    WHERE,
    joined,
    linked,
    said_in,
    sources_of,
    table,
)
from goldenthread.graph.report.routes import TOO_MANY, reading, route_sources, routes, sentence, tree
from goldenthread.graph.report.story import Story
from goldenthread.viz.blocks import Block, Cell, Page, Prose, Section, Tree

AREA = "Who reports to whom"
FILE = "reporting.html"


def page(story: Story) -> Page:
    """Return the page."""
    grid = table("reporting-routes", ("plan", "body", "reporting route", "stated, or our reading", WHERE), _rows(story),
                 filters=("plan",))  # fmt: skip
    trees = tuple(
        Section(tree_name(story, plan), f"From the top down: {plan}", (_tree(story, plan),))
        for plan in story.chosen
    )
    return Page(FILE, AREA, (
        Prose(("A route leads along reporting lines only: who sits on a board, chairs it or is supported by it does not "
               "report to it for that. It ends where the plan does not say further. Groups of which the plan "
               "does not say to whom they report are listed too.",)),
        Section("routes", "The reporting route of each body", (grid,)), *trees, sources_of(story, story.chosen),
    ), lead="For each board, group and team: to whom it reports, all the way up, and where the plan says so.", area=AREA)  # fmt: skip


def tree_name(story: Story, plan: str) -> str:
    """Return the place of a plan's tree on the page."""
    return f"tree-{story.places[plan]}"


def _tree(story: Story, plan: str) -> Block:
    """Return who reports to whom in a plan as a tree, or that it states nothing."""
    branches = tree(story, plan)
    silent = Prose((f"{plan} states no reporting line between its boards, groups and teams.",))
    return Tree(branches) if branches else silent


def _rows(story: Story) -> Iterator[Sequence[Cell]]:
    expected = story.plans.marked("body", "expected_to_report")
    for row in story.records("bodies"):
        thing, plan = story.things[row["body"]], row["plan"]
        name = linked(story, thing.iri, thing.name)
        try:
            found = routes(story, thing).get(plan, ())
        except TooManyRoutes:
            yield plan, name, TOO_MANY, "", said_in(story, row)
            continue
        for route in found:
            yield plan, name, sentence(story, route), reading(route), route_sources(story, route)
        if not found and row["kind"] in expected:
            yield plan, name, joined("to whom it reports: ", NOT_STATED), "", said_in(story, row)
