"""Boards, and between them the topics on which several of them have entries: where somebody must say who does what.

A topic is shared if at least two boards of one partnership have priorities or actions on it. A board in two of its plans
is one board, and a board and the one that took its place count as one: going on with a subject doubles nothing. Boards of
different partnerships serve different people. Boards stand on either side in turn: lines from one side only would be a
fan that nobody can follow. The number on a line is how many entries a board has on a topic, over all
plans that are asked; what a plan says of another board is only the priorities that it gives it. Several partnerships
stand in lanes of their own.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations
from typing import TYPE_CHECKING

from goldenthread.graph.namespaces import concept
from goldenthread.graph.pictures.captions import caption, plans_asked
from goldenthread.graph.pictures.cards import PageOf, brief, counted, page_of_thing, pairs, several
from goldenthread.graph.pictures.looks import box_styles, kind_words, kinds_of, line_styles
from goldenthread.graph.pictures.records import NothingToDraw, Record, records
from goldenthread.graph.pictures.topics import topics_asked
from goldenthread.viz.network import Edge, Network, Node, Pairs

if TYPE_CHECKING:
    from goldenthread.graph.plans import Plans

TAKING_PLACE = {"replaced", "renamed", "merged", "separated"}
COLUMNS = ("Boards", "Topics that several of them have", "Boards")
RULE = (
    "drawn: topics on which at least two boards of one partnership have entries; a board and its successor count as one"
)
READ = "which entries concern a topic is our reading; the number on a line is how many entries"
Claim = tuple[str, str, str]  # partnership, board, topic
Claims = Mapping[Claim, Sequence[Record]]  # the rows of a claim, one a plan


def overlaps(
    plans: "Plans",
    *,
    plan: str | None = None,
    day: str | None = None,
    topics: Iterable[str] = (),
    page_of: PageOf = None,
) -> Network:
    """Return boards and the topics that they share, over all plans that are asked; NothingToDraw if they share none."""
    about = {row["plan"]: row for row in plans_asked(plans, plan, day)}
    wanted = topics_asked(plans, topics)
    table = [row for row in records(plans, "board-by-topic", plan=plan) if row["plan"] in about]
    claims = _shared(table, about, _successors(plans), wanted)
    if not claims:
        which = "none of these topics" if wanted else "no topic"
        raise NothingToDraw(f"{which} is shared by two boards of the plans that are asked")
    areas = list(dict.fromkeys(area for area, _, _ in claims))
    labels, entries = plans.words("topic"), _entries(plans, about)
    nodes = (*_boards(plans, claims, labels, areas, page_of), *_topics(claims, labels, areas, page_of))
    edges = tuple(
        Edge(
            source=_id(board, area),
            target=_id(concept("topic", topic), area),
            kind="claims",
            weight=sum(int(row["items"]) for row in rows),
            detail=_detail(rows, labels.get(topic, topic), about, entries),
        )
        for (area, board, topic), rows in claims.items()
    )
    return Network(
        title="Topics that several boards have",
        nodes=nodes,
        edges=edges,
        node_styles=box_styles(plans, {node.kind for node in nodes}),
        edge_styles=line_styles(plans, {"claims"}),
        caption=caption(list(about.values()), RULE, READ, _unknown(table)),
        columns=COLUMNS,
        lanes=tuple(areas) if len(areas) > 1 else (),
    )


def _id(thing: str, area: str) -> str:
    """Return the id of a box: a topic has one in each partnership, for nothing is shared between partnerships."""
    return f"{thing}#{area}"


def _boards(
    plans: "Plans", claims: Claims, labels: Mapping[str, str], areas: Sequence[str], page_of: PageOf
) -> list[Node]:
    words, kinds = kind_words(plans), kinds_of(plans, {board for _, board, _ in claims})
    named = {(area, board): rows[0]["board"] for (area, board, _), rows in claims.items()}

    def box(area: str, board: str, turn: int) -> Node:
        kind = kinds.get(board, "board")
        topics = [labels.get(topic, topic) for *has, topic in claims if has == [area, board]]
        return Node(
            id=_id(board, area),
            label=named[area, board],
            kind=kind,
            column=turn % 2 * 2,
            lane=areas.index(area),
            page=page_of_thing(page_of, board),
            detail=pairs(("what it is", words.get(kind, kind)),
                         ("topics shared", f"{len(topics)}: {several(topics, most=10)}")),
        )  # fmt: skip

    return [
        box(area, board, turn)
        for area in areas
        for turn, board in enumerate(
            sorted((two for one, two in named if one == area), key=lambda one: named[area, one])
        )
    ]


def _topics(claims: Claims, labels: Mapping[str, str], areas: Sequence[str], page_of: PageOf) -> list[Node]:
    having: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for (area, _, topic), rows in claims.items():
        having[area, topic].append(rows[0]["board"])
    return [
        Node(
            id=_id(concept("topic", topic), area),
            label=labels.get(topic, topic),
            kind="topic",
            column=1,
            lane=areas.index(area),
            page=page_of_thing(page_of, concept("topic", topic)),
            detail=pairs(("boards", several(boards, most=10))),
        )
        for (area, topic), boards in sorted(having.items(), key=lambda one: labels.get(one[0][1], one[0][1]))
    ]


def _shared(
    table: Iterable[Record], about: Mapping[str, Record], later: Mapping[str, set[str]], wanted: set[str] | None
) -> dict[Claim, list[Record]]:
    """Return the rows of boards on topics that several boards of one partnership have."""
    rows = [row for row in table if row["topic"] and int(row["items"] or 0)]
    having: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for row in rows:
        having[about[row["plan"]]["partnership"], row["topic"]].add(row["board_iri"])
    shared = {key for key, boards in having.items() if _beside_each_other(boards, later)}
    found: defaultdict[Claim, list[Record]] = defaultdict(list)
    for row in rows:
        area = about[row["plan"]]["partnership"]
        if (area, row["topic"]) in shared and (wanted is None or row["topic"] in wanted):
            found[area, row["board_iri"], row["topic"]].append(row)
    return dict(found)


def _beside_each_other(boards: Iterable[str], later: Mapping[str, set[str]]) -> bool:
    """Return whether any two of the boards stand beside each other, neither having taken the other's place."""
    return any(
        other not in later.get(one, ()) and one not in later.get(other, ())
        for one, other in combinations(sorted(boards), 2)
    )


def _successors(plans: "Plans") -> dict[str, set[str]]:
    """Return for each body that gave way whatever took its place, directly or later on."""
    telling = {row["entry"] for row in records(plans, "events") if row["kind"] in TAKING_PLACE}
    ends: defaultdict[str, dict[str, set[str]]] = defaultdict(lambda: {"before": set(), "after": set()})
    for row in records(plans, "change-ends"):
        if row["entry"] in telling:
            ends[row["entry"]][row["side"]].add(row["thing"])
    later: defaultdict[str, set[str]] = defaultdict(set)
    for end in ends.values():
        for gone in end["before"] - end["after"]:
            later[gone] |= end["after"] - end["before"]
    for _ in later:  # as many times as there are bodies: enough for the longest row of successors
        for gone, after in later.items():
            later[gone] = after.union(*(later.get(one, set()) for one in after))
    return later


def _entries(plans: "Plans", about: Iterable[str]) -> dict[tuple[str, str], list[Record]]:
    """Return the priorities and actions of the plans by plan and topic."""
    found: defaultdict[tuple[str, str], list[Record]] = defaultdict(list)
    for plan in about:
        for row in records(plans, "items", plan=plan):
            for topic in filter(None, row["topics"].split("; ")):
                if row["kind"] != "earlier":
                    found[plan, topic].append(row)
    return found


def _detail(
    rows: Sequence[Record],
    topic: str,
    about: Mapping[str, Record],
    entries: Mapping[tuple[str, str], Sequence[Record]],
) -> Pairs:
    found: list[tuple[str, str]] = [("line", f"{rows[0]['board']} has entries on {topic}")]
    for row in rows:
        plan, boards = row["plan"], about[row["plan"]]["boards"].split("; ")
        here = "in its own plan" if row["coverage"] == "loaded" else "priorities that this plan gives it"
        own = [one for one in entries.get((plan, row["topic"]), ()) if row["board"] in one["boards"].split("; ")]
        listed = [f"{one['ref'] or one['key']} {brief(one['title'])} (line {one['line']})" for one in own]
        found.append((plan, f"{counted(int(row['items']), 'entry', 'entries')}, {here}"))
        found.append(("where it says so", f"{about[plan]['document']}: {several(listed, most=4)}" if listed else ""))
        if row["coverage"] == "loaded" and len(boards) > 1:
            found.append(("joint plan", f"{' and '.join(boards)} share all rows of {plan}"))
    return pairs(*found)


def _unknown(table: Iterable[Record]) -> str:
    """Say how many boards cannot be compared, lest a board that is not there be taken for one without entries."""
    rows = list(table)
    having = {row["board_iri"] for row in rows if row["topic"]}
    named = {row["board_iri"] for row in rows} - having
    if not named:
        return ""
    return f"{counted(len(named), 'board')} that the plans only name cannot be compared: no plan of theirs is loaded"
