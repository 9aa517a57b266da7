"""The actions of a plan by date and group: a column a quarter (a year where there are many), a lane a group.

An action stands where its date ends, one "from" a date where it begins; what recurs, is pending or has no date stands in
columns of its own at the end. An action with several groups is one box, in a lane for actions of several groups, and
names them. Where the form has no field for groups the lanes are the plan's sections.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from goldenthread.graph.pictures.captions import caption, one_plan, title_of
from goldenthread.graph.pictures.cards import PageOf, page_of_thing, pairs, said
from goldenthread.graph.pictures.days import each_plan, spoken
from goldenthread.graph.pictures.looks import box_styles
from goldenthread.graph.pictures.records import NothingToDraw, Record, records
from goldenthread.graph.pictures.sections import sections_of
from goldenthread.graph.pictures.topics import topics_asked
from goldenthread.graph.tracker import PASSED, Wanted, tracker
from goldenthread.viz.network import Moment, Network, Node

if TYPE_CHECKING:
    from goldenthread.graph.plans import Plans

MOST_QUARTERS = 8
SEVERAL, NO_GROUP, NO_SECTION = "several groups", "no group stated", "in no section"


@dataclass(frozen=True)
class _Words:
    """What the ontology calls the kinds of dates and of absence."""

    dates: Mapping[str, str]
    absences: Mapping[str, str]


def timeline(
    plans: "Plans",
    *,
    plan: str | None = None,
    day: str | None = None,
    topics: Iterable[str] = (),
    page_of: PageOf = None,
) -> Network:
    """Return the actions of one plan by date and group; with a day, dates before it are marked as passed.

    ValueError if several plans could be meant, NothingToDraw if no action is about the topics.
    """
    about = one_plan(plans, "a timeline", plan, day)
    wanted = topics_asked(plans, topics)
    rows = [
        row
        for row in records(plans, "actions", plan=about["plan"])
        if wanted is None or wanted & set(row["topics"].split("; "))
    ]
    if not rows:
        raise NothingToDraw(f"{about['plan']} has no actions{' on the topics that are asked' if wanted else ''}")
    words = _Words(plans.words("target"), plans.words("absence"))
    columns = _columns(rows, words)
    lanes, lane_of, grouped = _lanes(plans, rows, about)
    passed = _passed(plans, about["plan"], day)
    nodes = tuple(
        Node(
            id=row["action"],
            label=f"{row['key']} {row['title']}",
            kind="action",
            column=columns.index(_column(row, columns, words)),
            lane=lanes.index(lane_of[row["action"]]),
            notes=tuple(_notes(row, row["key"] in passed, lane_of[row["action"]] == SEVERAL)),
            page=page_of_thing(page_of, row["action"]),
            detail=_card(plans, row, words, row["key"] in passed),
        )
        for row in rows
    )
    labels = plans.words("topic")
    return Network(
        title=f"Actions by date and {'group' if grouped else 'section'}: {title_of(about)}",
        nodes=nodes,
        edges=(),
        node_styles=box_styles(plans, {"action"}),
        edge_styles={},
        caption=caption(
            [about],
            f"topics: {', '.join(sorted(labels.get(one, one) for one in wanted))}" if wanted else "",
            f"dates that had passed on {spoken(day)} are marked; a passed date does not say whether the action was done" if day else "",
            "" if grouped else f"the form of {about['plan']} has no field for groups: the lanes are its sections",
        ),
        columns=columns,
        lanes=lanes,
    )  # fmt: skip


def timelines(
    plans: "Plans",
    *,
    plan: str | None = None,
    day: str | None = None,
    topics: Iterable[str] = (),
    page_of: PageOf = None,
) -> tuple[Moment, ...]:
    """Return the timeline of every plan that is asked."""
    chosen = tuple(topics)
    return each_plan(plans, lambda key: timeline(plans, plan=key, day=day, topics=chosen, page_of=page_of), plan, day)


# columns


def _when(row: Record) -> str:
    """Return the day by which an action stands: the end of its date, or the day from which it runs; empty if none."""
    if row["target_kind"] == "from":
        return row["earliest"]
    return row["latest"] or row["earliest"]


def _columns(rows: Sequence[Record], words: _Words) -> tuple[str, ...]:
    """Return the headings: every quarter or year from the first date to the last, then the kinds of rows without date."""
    days = [day for row in rows if (day := _when(row))]
    spans: list[str] = []
    if days:
        first, last = (_quarter_number(day) for day in (min(days), max(days)))
        if last - first < MOST_QUARTERS:
            spans = [_quarter(number) for number in range(first, last + 1)]
        else:
            spans = [str(year) for year in range(int(min(days)[:4]), int(max(days)[:4]) + 1)]
    undated = sorted({_undated(row, words) for row in rows if not _when(row)})
    return (*spans, *undated)


def _column(row: Record, columns: Sequence[str], words: _Words) -> str:
    day = _when(row)
    if not day:
        return _undated(row, words)
    quarter = _quarter(_quarter_number(day))
    return quarter if quarter in columns else day[:4]


def _quarter_number(day: str) -> int:
    return int(day[:4]) * 4 + (int(day[5:7]) - 1) // 3


def _quarter(number: int) -> str:
    """Return a quarter in words.

    >>> _quarter(_quarter_number("2017-04-01"))
    'April to June 2017'
    """
    year, quarter = divmod(number, 4)
    return f"{('January to March', 'April to June', 'July to September', 'October to December')[quarter]} {year}"


def _undated(row: Record, words: _Words) -> str:
    if row["target_absence"]:
        return f"no date: {words.absences.get(row['target_absence'], row['target_absence'])}"
    return words.dates.get(row["target_kind"], row["target_kind"])


# lanes


def _lanes(plans: "Plans", rows: Sequence[Record], about: Record) -> tuple[tuple[str, ...], dict[str, str], bool]:
    """Return the lanes, that of each action, and whether they are groups; else they are sections."""
    if "group" in about["form_fields"].split("; ") or any(row["groups"] for row in rows):
        lane_of = {row["action"]: _group(row) for row in rows}
        groups = sorted(set(lane_of.values()) - {SEVERAL, NO_GROUP})
        return (*groups, *(one for one in (SEVERAL, NO_GROUP) if one in lane_of.values())), lane_of, True
    named = {row["section"]: f"{row['section']} {row['title']}".strip() for row in sections_of(plans, about["plan"])}
    lane_of = {row["action"]: named.get(row["section"], NO_SECTION) for row in rows}
    return tuple(lane for lane in (*named.values(), NO_SECTION) if lane in lane_of.values()), lane_of, False


def _group(row: Record) -> str:
    groups = [group for group in row["groups"].split("; ") if group]
    if not groups:
        return NO_GROUP
    return groups[0] if len(groups) == 1 else SEVERAL


# boxes


def _passed(plans: "Plans", plan: str, day: str | None) -> set[str]:
    """Return the numbers of the actions whose date had passed on a day, as the action tracker says it."""
    if day is None:
        return set()
    return {str(row["action"]) for row in tracker(plans, Wanted(), plan=plan, day=day) if row["standing"] == PASSED}


def _notes(row: Record, passed: bool, of_several: bool) -> Iterable[str]:
    if row["target_text"]:
        yield row["target_text"]
    if passed:
        yield PASSED
    if of_several:
        yield row["groups"]


def _card(plans: "Plans", row: Record, words: _Words, passed: bool) -> tuple[tuple[str, str], ...]:
    def or_why(value: str, absence: str) -> str:
        return value or words.absences.get(absence, absence)

    return pairs(
        ("what it is", f"action, {row['plan']}"),
        ("date", or_why(row["target_text"], row["target_absence"])),
        ("how it stands", PASSED if passed else ""),
        ("lead", or_why(row["leads"], row["lead_absence"])),
        ("group", or_why(row["groups"], row["group_absence"])),
        ("serves", row["priority"]),
        ("measured by", row["measures"]),
        ("rating", row["rag"]),
        ("progress", row["progress"]),
        ("our reading", row["reason"]),
        ("where it says so", said(plans, row["document"], row["line"])),
    )
