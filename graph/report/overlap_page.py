"""Overlaps: how much each board has on each topic, and the pairs of rows that are the same work, or meet in part."""

from collections import defaultdict
from collections.abc import Sequence

from goldenthread.graph.answers import where
from goldenthread.graph.report.cells import BASIS, OUR_READING, labelled, labels, lines_of, sources_of, table
from goldenthread.graph.report.story import Record, Story, parts
from goldenthread.viz.blocks import Block, Cell, Heat, HeatMap, Link, Page, Prose, Section
from goldenthread.viz.site import seen

AREA = "Overlaps"
FILE = "overlaps.html"
ABOUT = "both are about "
COLUMNS = ("what they are to each other", "how alike", "plan", "no", "what", "other plan", "other no", "other", "why", "differs in",
           "topics", BASIS, "where they stand")  # fmt: skip
FILTERS = ("what they are to each other", "plan", "other plan", "topics")
TO_DO = {
    "possible-duplication": "Let the two who lead meet, and decide who does it or who does which part.",
    "overlapping": "Let the two who lead know of each other, and agree where the one ends and the other begins.",
    "oversight-and-delivery": "Check that the one who watches over the work hears of it from the one who does it.",
    "joint-by-design": "Nothing is doubled: check that each partner says the same of who leads.",
    "carried-over": "Ask what became of it under the earlier plan, before it starts again.",
    "repeated-row": "Keep one row, or say what differs, so that nothing is counted twice.",
    "same-action-twice": "Keep one row, or say what differs, so that nothing is counted twice.",
    "comparable-elsewhere": "Ask the other partnership how it went about it: this is no duplicate.",
}


def page(story: Story) -> Page:
    """Return the page."""
    pairs = story.records("overlaps")
    blocks: tuple[Block, ...] = (Section("topics", "Boards and topics", tuple(_heat(story))),)
    return Page(FILE, "Shared and overlapping work", (*blocks, *_pairs(story, pairs), sources_of(story, story.chosen)),
                lead="Which boards work on the same subjects, and which rows of their plans are alike.", area=AREA)  # fmt: skip


def _heat(story: Story) -> Sequence[Block]:
    """The numbers of priorities and actions by topic and board; boards without a plan here are named, not counted."""
    rows = story.records("board-by-topic")
    counted: dict[tuple[str, str, str], int] = {}
    covers: dict[tuple[str, str], str] = {}
    mentioned: dict[str, None] = {}
    for row in rows:
        board = row["plan"], row["board"]
        if not row["topic"]:
            if row["coverage"] == "no plan loaded":
                mentioned[row["board"]] = None
            continue
        covers[board] = row["coverage"]
        counted[*board, row["topic"]] = int(row["items"])
    topics = sorted({topic for _, _, topic in counted}, key=lambda one: story.word("topic", one).casefold())
    if not topics:
        return (Prose(("No priority or action that is told of here has a topic.",)),)
    loaded = sorted(covers, key=lambda board: (covers[board] != "loaded", list(story.chosen).index(board[0]), board[1]))
    columns = tuple(
        f"{board} ({plan})" + ("" if covers[plan, board] == "loaded" else ", priorities only") for plan, board in loaded
    )
    heat = HeatMap("boards-and-topics", "topic", columns, tuple(
        (_topic(story, topic), tuple(_cell(counted, covers, board, topic) for board in loaded)) for topic in topics
    ))  # fmt: skip
    said = ["A number is how many priorities and actions of the board are about the topic, as its plan has it. “Priorities only”: "
            "no plan of the board is told of here, only priorities of it that another's plan names."]  # fmt: skip
    silent = [board for board in sorted(mentioned) if board not in {name for _, name in covers}]
    if silent:
        said.append(
            f"Known only by mention, no plan of theirs is here, so nothing can be said of their work: {', '.join(silent)}."
        )
    return Prose(tuple(said)), heat


def _topic(story: Story, topic: str) -> Cell:
    """A topic, leading to its pairs if it has any."""
    word = story.word("topic", topic)
    paired = any(topic in parts(row["topics"]) for row in story.records("overlaps"))
    return Link(word, seen(FILE, "pairs", ("topics", word))) if paired else word


def _cell(
    counted: dict[tuple[str, str, str], int], covers: dict[tuple[str, str], str], board: tuple[str, str], topic: str
) -> Heat:
    number = counted.get((*board, topic))
    if number is None and covers[board] != "loaded":
        return Heat(None, "its plan is not loaded")
    return Heat(number or 0)


def _pairs(story: Story, pairs: Sequence[Record]) -> Sequence[Block]:
    """The pairs with what each relationship means and what to do, for a person to judge."""
    if not pairs:
        return (Section("pairs", "Pairs", (Prose(("No two rows that are told of here are alike.",)),)),)
    by_kind: dict[str, int] = defaultdict(int)
    for row in pairs:
        by_kind[row["relationship"]] += 1
    definitions = {row["notation"]: row["definition"] for row in story.plans.concepts("overlap")}
    facts = labelled(
        (Link(f"{story.word('overlap', kind)}: {number}", seen(FILE, "pairs", (COLUMNS[0], story.word("overlap", kind)))),
         f"{definitions.get(kind, '')} {TO_DO.get(kind, '')}".strip())
        for kind, number in by_kind.items()
    )  # fmt: skip
    intro = Prose(("“How alike” runs from 0 to 1 and tells how near subject, kind of work and wording are; a person who "
                   "knows both has the last word. Work of different counties is never called duplicate.",))  # fmt: skip
    grid = table("pairs", COLUMNS, [_pair(story, row) for row in pairs], filters=FILTERS)
    return (Section("pairs", f"Pairs: {len(pairs)}", (intro, facts, grid)),)


def _pair(story: Story, row: Record) -> tuple[Cell, ...]:
    return (
        story.word("overlap", row["relationship"]), row["score"], row["plan"], row["key"], row["title"],
        row["other_plan"], row["other_key"], row["other_title"], _why(row), _differs(story, row),
        labels(story, "topic", row["topics"]), "" if row["basis"] == "stated" else OUR_READING,
        f"{_lines(story, row)}; other: {_lines(story, row, 'other_')}",
    )  # fmt: skip


def _lines(story: Story, row: Record, which: str = "") -> str:
    return lines_of(story, row[f"{which}plan"], where(row[f"{which}document"], row[f"{which}line"]))


def _differs(story: Story, row: Record) -> str:
    """In what they differ, but for the plans, which have columns of their own; boards by their abbreviations."""
    said = "; ".join(one for one in parts(row["differs"]) if not one.startswith("plans: "))
    for name, short in story.short_names.items():
        said = said.replace(name, short)
    return said


def _why(row: Record) -> str:
    """The reasons but for the topics in common, which stand in a column of their own."""
    return "; ".join(one for one in parts(row["reasons"]) if not (row["topics"] and one.startswith(ABOUT)))
