"""The structure of a plan: its boards, groups and teams, from the board down.

A reporting line puts a body below the one to which it reports; a relation that the ontology marks (a part and its whole)
does so where no reporting line does. Every other line is drawn and places nobody: a forum that coordinates boards stands
beside them. A body that does part of another's work, and of which the plan does not say to whom it reports, is marked.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from goldenthread.graph.pictures.bodies import boxes
from goldenthread.graph.pictures.captions import caption, lasting, one_plan, plans_asked, title_of
from goldenthread.graph.pictures.cards import PageOf, counted, pairs, said
from goldenthread.graph.pictures.days import next_day, spoken
from goldenthread.graph.pictures.layers import upper
from goldenthread.graph.pictures.looks import box_styles, line_styles
from goldenthread.graph.pictures.records import Record, records
from goldenthread.viz.network import Edge, Moment, Network

if TYPE_CHECKING:
    from goldenthread.graph.plans import Plans


def structure(
    plans: "Plans",
    *,
    plan: str | None = None,
    day: str | None = None,
    depth: int | None = None,
    page_of: PageOf = None,
) -> Network:
    """Return the structure of one plan, on a day if given; ValueError if several plans could be meant.

    With `depth` only so many layers below the uppermost bodies are drawn.
    """
    about = one_plan(plans, "a structure", plan, day)
    key = about["plan"]
    rows = records(plans, "structure-bodies", plan=key, day=day)
    edges = lines(plans, key, day)
    nodes = boxes(plans, key, rows, edges, day=day, page_of=page_of)
    left_out = 0
    if depth is not None:
        kept = upper((node.id for node in nodes), edges, depth)
        left_out = len(nodes) - len(kept)
        nodes = tuple(node for node in nodes if node.id in kept)
        edges = tuple(edge for edge in edges if edge.source in kept and edge.target in kept)
    drawn = {node.id for node in nodes}
    return Network(
        title=f"Who reports to whom: {title_of(about)}",
        nodes=nodes,
        edges=edges,
        node_styles=box_styles(plans, {node.kind for node in nodes}),
        edge_styles=line_styles(plans, {edge.kind for edge in edges}),
        caption=caption(
            [about],
            f"as it stands on {spoken(day)}" if day else "",
            f"drawn to depth {depth}: {counted(left_out, 'body', 'bodies')} further down not shown" if left_out else "",
        ),
        tops=tuple(dict.fromkeys(row["body"] for row in rows if row["own_board"] and row["body"] in drawn)),
    )


def lines(plans: "Plans", plan: str, day: str | None) -> tuple[Edge, ...]:
    """Return the lines between a plan's boards, groups and teams."""
    places = plans.marked("relation", "places_below")
    return tuple(
        Edge(
            source=row["from"],
            target=row["to"],
            kind=row["relation"],
            inferred=row["basis"] == "inferred",
            upward=row["accountability"] == "standing",
            places=row["relation"] in places,
            detail=pairs(
                ("detail", row["detail"]),
                ("since", row["since"]),
                ("until", row["until"]),
                ("our reading", row["reason"]),
                ("where it says so", said(plans, row["document"], row["line"])),
            ),
        )
        for row in records(plans, "structure", plan=plan, day=day)
    )


def structures(
    plans: "Plans",
    *,
    plan: str | None = None,
    day: str | None = None,
    depth: int | None = None,
    page_of: PageOf = None,
) -> tuple[Moment, ...]:
    """Return the structures of every plan that is asked and, within a plan, from every day on which it changes."""
    return tuple(
        Moment(f"{label}: {about['plan']}",
               structure(plans, plan=about["plan"], day=on, depth=depth, page_of=page_of))
        for about in plans_asked(plans, plan, day)
        for label, on in _moments(plans, about, day)
    )  # fmt: skip


def _moments(plans: "Plans", about: Record, day: str | None) -> Sequence[tuple[str, str | None]]:
    """Return the moments of a plan: what to call each, and its first day; None is the plan's whole period."""
    if day:
        return [(f"on {spoken(day)}", day)]
    turns = _turns(plans, about)
    if not turns:
        return [(lasting(about), None)]
    first = (f"{about['since']}, until {spoken(next_day(turns[0], -1))}", about["earliest"])
    return [first, *((f"from {spoken(turn)}", turn) for turn in turns)]


def _turns(plans: "Plans", about: Record) -> list[str]:
    """Return the days of a plan's period, after its first, on which a line begins or has just ended."""
    rows = records(plans, "structure", plan=about["plan"])
    begun = {row["first_day"] for row in rows if row["first_day"]}
    ended = {next_day(row["last_day"]) for row in rows if row["last_day"]}
    return sorted(turn for turn in begun | ended if about["earliest"] < turn <= about["latest"])
