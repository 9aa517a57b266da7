"""The action tracker: every action with who, by when, how it is measured and how it stands on the day asked about."""

from collections.abc import Iterable, Sequence

from goldenthread.graph.printing import CAVEAT
from goldenthread.graph.report.cells import WHERE, joined, labels, said_in, several, sources_of, table
from goldenthread.graph.report.story import Record, Story
from goldenthread.viz.blocks import Cell, Grid, Mark, Page, Prose

AREA = "Actions"
FILE = "actions.html"
COLUMNS = (
    "plan",
    "no",
    "priority",
    "action",
    "lead",
    "group",
    "target date",
    "how it stands",
    "how it is measured",
    "topics",
    WHERE,
)
FILTERS = ("lead", "group", "plan", "priority", "how it stands", "topics")


def page(story: Story) -> Page:
    """Return the page."""
    if not story.actions:
        said = Prose(("No plan that is told of here has a table of actions.",))
        return Page(FILE, AREA, (said, sources_of(story, story.chosen)), area=AREA)
    return Page(FILE, "Action tracker", (
        Prose((f"How each action stands is told for {story.on_in_words}, {CAVEAT}. A date that has passed says nothing of the "
               "result: it reads “date passed, result not stated”.",)),
        grid(story, "action-tracker", story.actions), sources_of(story, story.chosen),
    ), lead=f"Every action of {plural(len(story.chosen), 'plan')}: who leads, by when, and how one would know.", area=AREA)  # fmt: skip


def grid(story: Story, name: str, actions: Iterable[Record]) -> Grid:
    """Return actions as a table."""
    return table(name, COLUMNS, [row_of(story, row) for row in actions], filters=FILTERS)


def row_of(story: Story, row: Record) -> Sequence[Cell]:
    """Return the cells of an action; what our reading brought into it is marked."""
    plan = row["plan"]
    tagged = " (topics tagged by rule)" if row["topics"] and row["facets"] == "tagged" else ""
    return (
        plan, row["action"], row["priority"], joined(row["title"], *mark(row["basis"])),
        who(story, row, "leads"), who(story, row, "groups"), row["target_text"], row["standing"],
        row["measures"], labels(story, "topic", row["topics"]) + tagged, said_in(story, row),
    )  # fmt: skip


def who(story: Story, row: Record, column: str) -> Cell:
    """Return who leads an action, or the groups that take it forward; marked where any of it is our reading."""
    more = story_row(story, row)
    return joined(
        several(story, row["plan"], row[column]), *mark(more[{"leads": "lead_basis", "groups": "group_basis"}[column]])
    )


def story_row(story: Story, row: Record) -> Record:
    """Return the whole row of the query `actions` for a row of the tracker."""
    return story.of("actions", "action", row["iri"])[0]


def mark(bases: str) -> Sequence[Cell]:
    """Return a mark if any of these bases is our reading."""
    if "inferred" not in bases:
        return ()
    return (" ", Mark("our reading" if bases == "inferred" else "partly our reading"))


def plural(number: int, noun: str) -> str:
    """Return a number with its noun.

    >>> plural(1, "plan"), plural(2, "body"), plural(2, "priority or aim")
    ('1 plan', '2 bodies', '2 priorities or aims')
    """
    if number == 1:
        return f"1 {noun}"
    words = noun.split(" or ")
    return f"{number:,} " + " or ".join(f"{word[:-1]}ies" if word.endswith("y") else f"{word}s" for word in words)
