"""Two plans of a partnership side by side: on the left what the earlier has, on the right the later, and what became of it.

Boxes and lines are the rows of the stored query `changes-drawn`, narrowed by its parameter `about`: as a rule boards,
groups and teams, priorities and actions. What one plan only has stands alone and says so; not being found is not being
dropped. Changes of agencies and documents fill pages, and `goldenthread changes` lists them.
"""

from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from goldenthread.graph.pictures.captions import caption, lasting, plans_asked
from goldenthread.graph.pictures.cards import PageOf, Pairs, counted, page_of_thing, pairs
from goldenthread.graph.pictures.looks import CHANGES, box_styles, kind_words, kinds_of, line_styles
from goldenthread.graph.pictures.records import NothingToDraw, Record, records
from goldenthread.viz.network import Edge, Network, Node

if TYPE_CHECKING:
    from goldenthread.graph.plans import Plans

DRAWN = ("group", "priority", "action")
SIDES = ("earlier", "later")
NAMED = ("group", "agency", "post")  # a priority or action stands in its plan, and needs no mention
LANES = {"group": "Boards, groups and teams", "agency": "Agencies and others", "priority": "Priorities", "action": "Actions",
         "post": "Posts", "person": "People", "document": "Documents"}  # fmt: skip


def changes(
    plans: "Plans", earlier: str, later: str, *, about: Collection[str] = DRAWN, page_of: PageOf = None
) -> Network:
    """Return what changed between two plans; ValueError if they are not two plans of one partnership, in this order.

    `about` is what may change: "group", "agency", "priority", "action", "post", "person", "document".
    """
    every = plans.changes(earlier, later)
    rows = sorted(records(plans, "changes-drawn", earlier=earlier, later=later, about=tuple(about)), key=_alone)
    if not rows:
        raise NothingToDraw(f"no change between {earlier} and {later} concerns what is drawn")
    known = {row["plan"]: row for row in plans_asked(plans)}
    both = [known[earlier], known[later]]
    outside = [row["what"] for row in records(plans, "changes-drawn", earlier=earlier, later=later, about="none")
               if row["kind"] == "not-covered"]  # fmt: skip
    rest = len(every) - len({row["entry"] for row in rows}) - len(outside)
    lanes = tuple(one for one in LANES if any(row["about"] == one for row in rows))
    nodes = _boxes(plans, rows, (earlier, later), lanes, page_of)
    edges = _lines(rows, plans, (earlier, later))
    return Network(
        title=f"What changed from {earlier} to {later}",
        nodes=nodes,
        edges=edges,
        node_styles=box_styles(plans, {node.kind for node in nodes}),
        edge_styles=line_styles(plans, {edge.kind for edge in edges}, CHANGES),
        caption=caption(
            both,
            *outside,
            f"{counted(rest, 'more change')} not drawn, of agencies, documents and the like: goldenthread changes {earlier} {later}" if rest else "",
        ),
        columns=tuple(f"{row['plan']} ({lasting(row)})" for row in both),
        lanes=tuple(LANES[one] for one in lanes),
    )  # fmt: skip


def _alone(row: Record) -> bool:
    """Return whether one plan only has it: what is joined comes first, so that lines are short."""
    return not (row["earlier_thing"] and row["later_thing"])


def _id(thing: str, plan: str) -> str:
    """Return the id of a thing's box on one side: a thing that both plans have has two boxes."""
    return f"{thing}#{plan}"


def _boxes(
    plans: "Plans", rows: Sequence[Record], keys: tuple[str, str], lanes: Sequence[str], page_of: PageOf
) -> tuple[Node, ...]:
    words, kind_of_box = _words(plans), kind_words(plans)
    by_box: defaultdict[tuple[int, str], list[Record]] = defaultdict(list)
    for row in rows:
        for column, side in enumerate(SIDES):
            if row[f"{side}_thing"]:
                by_box[column, row[f"{side}_thing"]].append(row)
    kinds = kinds_of(plans, {thing for _, thing in by_box})
    named = [{row["thing"] for row in records(plans, "mentions", plan=key)} for key in keys]

    def box(column: int, thing: str, said: Sequence[Record]) -> Node:
        kind, side, other = kinds.get(thing, "document"), SIDES[column], SIDES[1 - column]
        # What a later plan tells of a group's past may be of a group that the earlier plan does not name.
        unnamed = [f"not named in {keys[column]}"] if said[0]["about"] in NAMED and thing not in named[column] else []
        alone = dict.fromkeys(words.get(row["kind"], row["kind"]) for row in said if not row[f"{other}_thing"])
        return Node(
            id=_id(thing, keys[column]),
            label=said[0][f"{side}_name"],
            kind=kind,
            column=column,
            lane=lanes.index(said[0]["about"]),
            notes=tuple(dict.fromkeys((*alone, *unnamed))),
            page=page_of_thing(page_of, thing),
            detail=pairs(("what it is", kind_of_box.get(kind, kind)),
                         *(one for row in said for one in _told(row, words.get(row["kind"], row["kind"])))),
        )  # fmt: skip

    return tuple(box(column, thing, said) for (column, thing), said in by_box.items())


def _lines(rows: Sequence[Record], plans: "Plans", keys: tuple[str, str]) -> tuple[Edge, ...]:
    words = _words(plans)
    return tuple(
        Edge(
            source=_id(row["earlier_thing"], keys[0]),
            target=_id(row["later_thing"], keys[1]),
            kind=row["kind"],
            inferred=row["basis"] == "inferred",
            detail=pairs(*_told(row, words.get(row["kind"], row["kind"]))),
        )
        for row in rows
        if not _alone(row)
    )


def _words(plans: "Plans") -> dict[str, str]:
    return plans.words("comparison") | plans.words("change") | plans.words("follow")


def _told(row: Record, kind: str) -> Pairs:
    return ((kind, row["what"]), ("our reading", row["reason"]), ("where it says so", row["evidence"]))
