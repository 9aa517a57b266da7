"""A page for each plan: what it is, its structure, who reports to whom, its bodies and posts, priorities, actions, gaps."""

from collections import Counter
from collections.abc import Iterator, Sequence

from goldenthread.graph.gaps import by_kind
from goldenthread.graph.printing import CAVEAT
from goldenthread.graph.report import actions, gap_page, reporting, structure_page
from goldenthread.graph.report.actions import plural
from goldenthread.graph.report.cells import (
    BASIS,
    NOTHING,
    WHERE,
    basis,
    chairs,
    joined,
    labels,
    linked,
    named,
    said_in,
    several,
    sources_of,
    table,
    titled,
    wholes,
)  # fmt: skip
from goldenthread.graph.report.story import Record, Story
from goldenthread.graph.report.thing_pages import LISTS
from goldenthread.viz.blocks import Block, Cell, Facts, Grid, Link, Listing, Page, Prose, Section

AREA = "Plans"


def pages(story: Story) -> Iterator[Page]:
    """Give the page of every plan."""
    for row in story.loaded:
        yield page(story, row)


def page(story: Story, row: Record) -> Page:
    """Return the page of a plan."""
    plan = row["plan"]
    return Page(story.plan_page(plan), row["title"], (
        _facts(story, row), *structure_page.of_plan(story, plan),
        Section("reporting", "Who reports to whom", (Prose((joined(
            "From the top down, with where the plan says so: ", Link(reporting.AREA, f"{reporting.FILE}#{reporting.tree_name(story, plan)}")),)),)),
        titled("bodies", "Boards, groups and agencies", _bodies(story, plan), intro="Everybody the plan names, under every name that it uses."),
        *_posts(story, plan),
        titled("priorities", "Priorities and aims", _priorities(story, plan)),
        Section("actions", "Actions", _actions(story, plan)),
        Section("gaps", "Gaps", _gaps(story, plan)),
        sources_of(story, [plan]),
    ), lead=f"{row['boards'] or 'Boards not stated'}; {story.period(plan)}; {CAVEAT}.", area=AREA)  # fmt: skip


def counted(story: Story, plan: str, kind: str) -> int:
    """Return how many entries of a kind a plan has."""
    return sum(int(row["entries"]) for row in story.of("counts", "plan", plan) if row["kind"] == kind)


def read_by_us(story: Story, plan: str) -> int:
    """Return how many entries of a plan are our reading."""
    return sum(int(row["inferred"]) for row in story.of("counts", "plan", plan))


def _facts(story: Story, row: Record) -> Facts:
    plan = row["plan"]
    pairs: Sequence[tuple[str, Cell]] = (
        ("Boards", several(story, plan, row["boards"])), ("Covers", row["people_covered"]), ("Version", row["version"]),
        ("Signed off", row["signed_off"]), ("Last reviewed", row["last_review"]), ("To be reviewed", row["review_due"]),
        ("Bodies", Link(str(len(story.of("bodies", "plan", plan))), LISTS["body"])),
        ("Priorities and aims", str(counted(story, plan, "Priority"))), ("Actions", str(counted(story, plan, "Action"))),
        ("Measures", str(counted(story, plan, "Measure"))), ("Relations", str(counted(story, plan, "Relation"))),
        ("Entries that are our reading", str(read_by_us(story, plan))), ("Document", row["document"]),
        ("Known here as", plan), ("Invented", "yes" if row["synthetic"] else ""),
    )  # fmt: skip
    return Facts(tuple(pair for pair in pairs if pair[1] not in ("", ())))


def _bodies(story: Story, plan: str) -> Grid:
    columns = ("name", "abbreviation", "what it is", "part of", "called in the plan", "meets", BASIS, WHERE)
    rows = [
        (linked(story, row["body"], row["name"]), row["abbreviation"], story.word("body", row["kind"]), wholes(story, plan, row["body"]),
         row["called"], row["meets"], basis(row), said_in(story, row))
        for row in story.of("bodies", "plan", plan)
    ]  # fmt: skip
    return table(f"bodies-{story.places[plan]}", columns, rows, filters=("what it is",))


def _posts(story: Story, plan: str) -> Iterator[Section]:
    """Give the posts that the plan names, and what they chair; people stand by their posts."""
    columns = ("who", "post", "organisation", "chairs", BASIS, WHERE)
    rows = [
        (
            row["person"],
            row["post"],
            several(story, plan, row["organisation"]),
            chairs(story, row),
            basis(row),
            said_in(story, row),
        )
        for row in story.of("people", "plan", plan)
    ]
    if rows:
        yield titled(
            "officials", "Officials and what they chair", table(f"officials-{story.places[plan]}", columns, rows)
        )


def _priorities(story: Story, plan: str) -> Grid:
    columns = ("no", "priority", "what it is", "owner", "chair", "outcome sought", "topics", BASIS, WHERE)
    rows = [
        (row["number"], row["title"], story.word("priority", row["kind"]), several(story, plan, row["owner"]), several(story, plan, row["chair"]),
         row["outcome"], labels(story, "topic", row["topics"]), basis(row), said_in(story, row))
        for row in story.of("priorities", "plan", plan)
    ]  # fmt: skip
    return table(f"priorities-{story.places[plan]}", columns, rows, filters=("what it is", "owner", "topics"))


def _actions(story: Story, plan: str) -> tuple[Block, ...]:
    """How the plan's actions stand, and who leads most of them."""
    rows = [row for row in story.actions if row["plan"] == plan]
    if not rows:
        return (Prose((f"{plan} has no table of actions.",)),)
    standing = Counter(row["standing"] for row in rows)
    leads = Counter(lead for row in rows for lead in dict.fromkeys(row["leads"].split("; ")) if lead)
    items = tuple(f"{words}: {number}" for words, number in standing.most_common())
    most = tuple(
        joined(named(story, plan, lead), f": {plural(number, 'action')}") for lead, number in leads.most_common(8)
    )
    return (
        Prose((joined(f"{plural(len(rows), 'action')}, told for {story.on_in_words}. Every one: ", Link("action tracker", actions.FILE)),)),
        Listing(items), Prose(("Who leads most:",)) if most else NOTHING, *((Listing(most),) if most else ()),
    )  # fmt: skip


def _gaps(story: Story, plan: str) -> tuple[Block, ...]:
    found = by_kind([gap for gap in story.found if gap.plan == plan])
    if not found:
        return (NOTHING,)
    items = tuple(
        joined(gap_page.link(kind), f": {plural(sum(map(len, by_plan.values())), 'finding')} ({kind.severity_label})")
        for kind, by_plan in found.items()
    )
    return (Listing(items),)
