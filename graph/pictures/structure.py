"""The structure of a plan: its boards, groups and teams, from the board down.

A reporting line puts a body below the one to which it reports; a relation that the ontology marks (a part and its whole)
does so where no reporting line does. Every other line is drawn and places nobody: a forum that coordinates boards stands
beside them. A body that does part of another's work, and of which the plan does not say to whom it reports, is marked.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
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

ALIKE = ("from", "to", "relation", "basis", "accountability", "since", "until")


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
    return _structure(plans, about, day, f"as it stands on {spoken(day)}" if day else "", depth, page_of)


def _structure(
    plans: "Plans", about: Record, day: str | None, as_it_stands: str, depth: int | None, page_of: PageOf
) -> Network:
    key = about["plan"]
    rows = records(plans, "structure-bodies", plan=key, day=day)
    drawn_lines = records(plans, "structure", plan=key, day=day)
    edges = lines(plans, drawn_lines)
    ends = {row[end]: row[name] for row in drawn_lines for end, name in (("from", "source"), ("to", "target"))}
    nodes = boxes(plans, key, rows, edges, ends, day=day, page_of=page_of)
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
            as_it_stands,
            "" if day else _for_a_part(drawn_lines),
            f"drawn to depth {depth}: {counted(left_out, 'body', 'bodies')} further down not shown" if left_out else "",
        ),
        tops=tuple(dict.fromkeys(row["body"] for row in rows if row["own_board"] and row["body"] in drawn)),
    )


def lines(plans: "Plans", rows: Sequence[Record]) -> tuple[Edge, ...]:
    """Return the lines of a structure: rows that say the same of the same two are one line, wider, and all are cited."""
    places = plans.marked("relation", "places_below")
    alike: dict[tuple[str, ...], list[Record]] = defaultdict(list)
    for row in rows:
        alike[tuple(row[one] for one in ALIKE)].append(row)
    return tuple(
        Edge(
            source=same[0]["from"],
            target=same[0]["to"],
            kind=same[0]["relation"],
            inferred=same[0]["basis"] == "inferred",
            upward=same[0]["accountability"] == "standing",
            places=same[0]["relation"] in places,
            weight=len(same),
            detail=pairs(("since", same[0]["since"]), ("until", same[0]["until"]), *_said(plans, same)),
        )
        for same in alike.values()
    )


def _said(plans: "Plans", rows: Sequence[Record]) -> Iterator[tuple[str, str]]:
    for row in rows:
        yield "detail", row["detail"]
        yield "our reading", row["reason"]
        yield "where it says so", said(plans, row["document"], row["line"])


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
               _structure(plans, about, on, f"as it stands {label}" if on else "", depth, page_of),
               about["partnership"], about["plan"])
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
    first = (f"{about['since']}, before {next(iter(turns.values())).partition(' ')[2]}", about["earliest"])
    return [first, *((label, turn) for turn, label in turns.items())]


def _turns(plans: "Plans", about: Record) -> dict[str, str]:
    """Return the days of a plan's period on which a line begins or has just ended, as the text gives them: in June, after it."""
    rows = records(plans, "structure", plan=about["plan"])
    found = {next_day(row["last_day"]): f"after {spoken(row['until'])}" for row in rows if row["last_day"]}
    found |= {row["first_day"]: f"from {spoken(row['since'])}" for row in rows if row["first_day"]}
    return {turn: found[turn] for turn in sorted(found) if about["earliest"] < turn <= about["latest"]}


def _for_a_part(rows: Sequence[Record]) -> str:
    """Say that some lines do not hold as long as the plan: a still of the whole period shows them side by side."""
    some = sum(bool(row["since"] or row["until"]) for row in rows)
    return (
        f"{counted(some, 'line')} for a part of the period only: --as-of DATE draws what holds on a day" if some else ""
    )
