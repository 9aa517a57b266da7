"""The first page: what is loaded, how to read it, the findings that most deserve a meeting's time, and where to go."""

from collections.abc import Iterator

from goldenthread.graph import findings as finding_rules
from goldenthread.graph.gaps import Gap
from goldenthread.graph.printing import CAVEAT
from goldenthread.graph.report import gap_page
from goldenthread.graph.report.actions import plural
from goldenthread.graph.report.cells import OUR_READING, joined, linked, plan_link, several, sources_of, table
from goldenthread.graph.report.plan_pages import counted, read_by_us
from goldenthread.graph.report.story import Story
from goldenthread.viz.blocks import Cell, Finding, Findings, Grid, Link, Listing, Mark, Page, Prose, Section

AREA = "Start"
FILE = "index.html"
SHOWN = 10
LONGEST = 200  # of a sentence with names in it; longer names stand with the evidence only
CASES = 6  # evidence of a finding that is shown
WHERE_TO_GO = (
    ("structure.html", "Structure", "the boards, groups and teams of each plan as a picture"),
    ("reporting.html", "Who reports to whom", "each body's reporting route to the top, and where the plan says so"),
    ("actions.html", "Actions", "every action with who, by when and how it stands; search, filter and save it"),
    ("overlaps.html", "Overlaps", "which boards work on the same subjects, and rows that are alike"),
    ("gaps.html", "Gaps", "what is missing, contradictory or remarkable, with rule and advice"),
    ("changes.html", "Changes", "what changed from plan to plan"),
    (
        "learning.html",
        "Learning",
        "from each review to the action that takes its learning forward, and where that breaks",
    ),
    ("bodies/index.html", "Bodies", "a page for every board, group and agency"),
    ("reviews/index.html", "Reviews", "a page for every review that a plan names"),
    ("documents/index.html", "Documents", "a page for every document that a plan names"),
    ("queries.html", "Questions", "the stored questions behind every table, word for word"),
    ("data.html", "Data", "the data to take elsewhere, and how to cite it"),
)


def page(story: Story) -> Page:
    """Return the first page."""
    return Page(FILE, "Who answers for what", (
        Section("loaded", "What is loaded", (Prose((_loaded(story),)), _plans(story))),
        Section("findings", "What most deserves a meeting's time", _findings(story)),
        Section("reading", "How to read it", (Listing(tuple(_how_to_read(story))),)),
        Section("go", "Where to go", (Listing(tuple(joined(Link(name, file), f": {said}") for file, name, said in WHERE_TO_GO)),)),
        sources_of(story, story.chosen),
    ), lead="Safeguarding boards' plans, put together: who is accountable for what, and where the plan says so.", area=AREA)  # fmt: skip


def _loaded(story: Story) -> Cell:
    kinds = [thing.kind for thing in story.things.values()]
    plans, owners = plural(len(story.chosen), "plan"), plural(len(story.partnerships), "partnership")
    on = f", as they hold on {story.day}" if story.day else ""
    return (
        f"This report tells of {plans} of {owners}{on}: {', '.join(story.partnerships)}. They name "
        f"{_bodies(kinds.count('body'))}, {plural(len(story.actions), 'action')}, {plural(kinds.count('review'), 'review')} "
        f"and {plural(kinds.count('document'), 'document')}. "
        f"{plural(len(story.found), 'finding')} about them stand on the page of gaps."
    )


def _bodies(number: int) -> str:
    return f"{plural(number, 'body')} (boards, groups, teams and agencies)"


def _plans(story: Story) -> Grid:
    rows = [
        (Link(row["title"], story.plan_page(row["plan"])), story.period(row["plan"]), several(story, row["plan"], row["boards"]),
         str(len(story.of("bodies", "plan", row["plan"]))), str(counted(story, row["plan"], "Action")),
         str(counted(story, row["plan"], "Learning")), str(read_by_us(story, row["plan"])), "yes" if row["synthetic"] else "")
        for row in story.loaded
    ]  # fmt: skip
    columns = (
        "plan",
        "period",
        "boards",
        "bodies",
        "actions",
        "entries of learning",
        "entries that are our reading",
        "invented",
    )
    return table("plans", columns, rows)


def _how_to_read(story: Story) -> Iterator[Cell]:
    yield "Every statement says where its plan says so: the document and the line or lines of its text."
    yield joined(OUR_READING, ": the text does not say it in so many words; the reason stands beside it.")
    yield joined(Mark("not stated"), ": the plan is silent, and nothing was filled in for it.")
    yield f"All of it stands {CAVEAT}."
    yield "A date that has passed reads “date passed, result not stated”: nothing is taken for done, and nothing for undone."
    names = (
        "Officials are named, as was asked."
        if story.plans.with_names
        else "Officials are shown by their posts, without names."
    )
    yield names


def _findings(story: Story) -> tuple[Findings | Prose, ...]:
    found = finding_rules.findings(story.plans, plan=story.plan, day=story.day, found=story.found)[:SHOWN]
    if not found:
        return (Prose(("No rule found anything that deserves a meeting's time.",)),)
    return (Findings(tuple(_finding(story, one) for one in found)),)


def _finding(story: Story, one: finding_rules.Finding) -> Finding:
    more = len(one.gaps) - CASES
    rest = f"{more} more; all of them: " if more > 0 else "All of them: "
    return Finding(
        text=joined(plan_link(story, one.plan), f": {one.text if len(one.text) <= LONGEST else one.headline}"),
        severity=one.kind.severity_label,
        rule=one.rule,
        advice=one.kind.advice,
        evidence=tuple(_case(story, gap) for gap in one.gaps[:CASES]),
        more=joined(rest, gap_page.link(one.kind)),
    )


def _case(story: Story, gap: Gap) -> Cell:
    detail = f" ({gap.detail})" if gap.detail else ""
    reading = (" ", OUR_READING) if gap.basis == "inferred" else ()
    item = f"{gap.item} " if gap.item else ""
    return joined(item, linked(story, gap.thing, gap.name), detail, *reading, f", {gap.source}")
