"""The page of gaps: a section for each kind of finding, the gravest first, with its rule, why it matters and what to do."""

from collections.abc import Mapping, Sequence

from goldenthread.graph.gaps import Gap, Kind, by_kind
from goldenthread.graph.report.actions import plural
from goldenthread.graph.report.cells import OUR_READING, WHERE, labelled, lines_of, linked, sources_of, table
from goldenthread.graph.report.story import Story
from goldenthread.viz.blocks import Cell, Link, Listing, Page, Prose, Section

AREA = "Gaps"
FILE = "gaps.html"
ABSENT = (
    "Only a cell that is blank or holds a placeholder counts as missing; what a plan's form does not ask for does not."
)


def page(story: Story) -> Page:
    """Return the page."""
    kinds = by_kind(story.found)
    contents = Listing(tuple((link(kind), f": {_many(some)} ({kind.severity_label})") for kind, some in kinds.items()))
    opening = contents if kinds else Prose(("Nothing was found.",))
    return Page(FILE, "Gaps: what is missing, contradictory or remarkable", (
        Prose((ABSENT,)), opening, *(_section(story, kind, some) for kind, some in kinds.items()),
        sources_of(story, story.chosen),
    ), lead="The gravest kinds come first; each has the rule by which it was found, why it matters and what to do.", area=AREA)  # fmt: skip


def link(kind: Kind) -> Link:
    """Return the name of a kind of finding, leading to its section."""
    return Link(kind.label, f"{FILE}#{kind.key}")


def _many(by_plan: Mapping[str, Sequence[Gap]]) -> str:
    return plural(sum(map(len, by_plan.values())), "finding")


def _section(story: Story, kind: Kind, by_plan: Mapping[str, Sequence[Gap]]) -> Section:
    facts = labelled((("Rule", kind.rule), ("Why it matters", kind.why), ("What to do", kind.advice)))
    rows = [(plan, *cells(story, gap)) for plan, some in by_plan.items() for gap in some]
    grid = table(kind.key, ("plan", "no", "what", "what was found", "our reading", WHERE), rows, filters=("plan",))
    title = f"{kind.label[:1].upper()}{kind.label[1:]}: {_many(by_plan)} ({kind.severity_label})"
    return Section(kind.key, title, (facts, grid))


def cells(story: Story, gap: Gap) -> Sequence[Cell]:
    """Return the cells of one finding: number, what it is about, what was found, whether we read it so, and where."""
    read = OUR_READING if gap.basis == "inferred" else ""
    detail = gap.detail if gap.detail != gap.name else ""
    return gap.item, linked(story, gap.thing, gap.name), detail, read, lines_of(story, gap.plan, gap.source)
