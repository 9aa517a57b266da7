"""The reporting routes of a body, post, person or action to the top, as a picture.

Boxes are what the routes pass through, lines their steps. Where a route ends with a body that does part of another's
work, or with a post or person, the plan leaves open to whom that reports, and the box is marked.
"""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from goldenthread.graph.answers import Chain, Route, Step, Thing
from goldenthread.graph.pictures.captions import caption, plans_asked
from goldenthread.graph.pictures.cards import PageOf, on_a_box, page_of_thing, pairs
from goldenthread.graph.pictures.days import spoken
from goldenthread.graph.pictures.looks import box_styles, kind_words, kinds_of, line_styles
from goldenthread.graph.pictures.records import NothingToDraw, Record
from goldenthread.viz.network import Edge, Moment, Network, Node

if TYPE_CHECKING:
    from goldenthread.graph.plans import Plans

MOST_SOURCES = 4


def chain(
    plans: "Plans",
    name: str,
    *,
    plan: str | None = None,
    day: str | None = None,
    depth: int | None = None,
    page_of: PageOf = None,
) -> Network:
    """Return the routes of the thing of this name in one plan, at most `depth` steps; ValueError if several have some."""
    found, about = _asked(plans, name, plan, day)
    if len(about) > 1:
        keys = ", ".join(row["plan"] for row in about)
        raise ValueError(f"several plans know {found.thing.name}; choose one with --plan: {keys}")
    return _drawn(plans, found, about[0], day, depth, page_of)


def chains(
    plans: "Plans",
    name: str,
    *,
    plan: str | None = None,
    day: str | None = None,
    depth: int | None = None,
    page_of: PageOf = None,
) -> tuple[Moment, ...]:
    """Return the routes of the thing of this name in every plan that knows it."""
    found, about = _asked(plans, name, plan, day)
    return tuple(
        Moment(f"{f'on {spoken(day)}' if day else found.periods[row['plan']]}: {row['plan']}",
               _drawn(plans, found, row, day, depth, page_of), row["partnership"], row["plan"])
        for row in about
    )  # fmt: skip


def _asked(plans: "Plans", name: str, plan: str | None, day: str | None) -> tuple[Chain, list[Record]]:
    """Return the routes, and the plans that have some or are silent."""
    found = plans.chain(name, plan=plan, day=day)
    speaking = {*(route.plan for route in found.routes), *found.silent}
    about = [row for row in plans_asked(plans, plan, day) if row["plan"] in speaking]
    if not about:
        raise NothingToDraw(f"no plan that is asked names {found.thing.name}")
    return found, about


def _drawn(plans: "Plans", found: Chain, about: Record, day: str | None, depth: int | None, page_of: PageOf) -> Network:
    key = about["plan"]
    routes = [route for route in found.routes if route.plan == key]
    steps = list(dict.fromkeys(step for route in routes for step in route.steps[:depth]))
    things = _things(found.thing, steps)
    kinds = kinds_of(plans, things)
    silent = _silent(plans, found.thing, routes, kinds, depth)
    nodes = _boxes(plans, things.values(), kinds, silent, about, page_of)
    edges = _lines(plans, steps, found.periods[key])
    below = {edge.source for edge in edges}
    return Network(
        title=f"To whom it reports: {found.thing.name}",
        nodes=nodes,
        edges=edges,
        node_styles=box_styles(plans, {node.kind for node in nodes}),
        edge_styles=line_styles(plans, {edge.kind for edge in edges}),
        caption=caption(
            [about],
            f"as it stands on {spoken(day)}" if day else "",
            f"drawn to depth {depth}: longer routes are cut"
            if any(depth and len(route.steps) > depth for route in routes)
            else "",
        ),
        tops=tuple(thing for thing in things if thing not in below) if edges else (),
    )


def _things(asked: Thing, steps: Iterable[Step]) -> dict[str, Thing]:
    things = {asked.iri: asked}
    for step in steps:
        things.setdefault(step.source.iri, step.source)
        things.setdefault(step.target.iri, step.target)
    return things


def _silent(
    plans: "Plans", asked: Thing, routes: Sequence[Route], kinds: dict[str, str], depth: int | None
) -> set[str]:
    """Return what reports to somebody whom the plan does not name; a board at the end of a route is simply the top."""
    if not routes:
        return {asked.iri}
    tops = set(plans.words("body")) - plans.marked("body", "expected_to_report")
    ends = {route.top.iri for route in routes if route.end == "silent" and (depth is None or len(route.steps) <= depth)}
    return {end for end in ends if kinds.get(end) not in tops}


def _boxes(
    plans: "Plans", things: Iterable[Thing], kinds: dict[str, str], silent: set[str], about: Record, page_of: PageOf
) -> tuple[Node, ...]:
    words = kind_words(plans)

    def box(thing: Thing) -> Node:
        kind = kinds.get(thing.iri, thing.kind or "body")
        label, notes = on_a_box(f"{thing.key} {thing.name}" if kind == "action" else thing.name, kind)
        return Node(
            id=thing.iri,
            label=label,
            kind=kind,
            unknown=thing.iri in silent,
            notes=notes,
            page=page_of_thing(page_of, thing.iri),
            detail=pairs(
                ("what it is", words.get(kind, kind)),
                ("to whom it reports", f"not stated in {about['plan']}" if thing.iri in silent else ""),
            ),
        )

    return tuple(box(thing) for thing in things)


def _lines(plans: "Plans", steps: Iterable[Step], covered: str) -> tuple[Edge, ...]:
    from goldenthread.graph.answers import period
    from goldenthread.graph.printing_routes import source_line

    carrying = plans.marked("relation", "accountability")

    def detail(step: Step) -> tuple[tuple[str, str], ...]:
        own = period(step.since, step.until)
        rest = len(step.sources) - MOST_SOURCES
        return pairs(
            ("detail", step.detail),
            ("period", own if own != covered else ""),
            ("our reading", step.reason),
            *(("where it says so", source_line(source)) for source in step.sources[:MOST_SOURCES]),
            ("where it says so", f"and {rest} more" if rest > 0 else ""),
        )

    return tuple(
        Edge(
            source=step.source.iri,
            target=step.target.iri,
            kind=step.relation,
            inferred=step.basis == "inferred",
            upward=step.relation in carrying,
            places=step.relation not in carrying,
            detail=detail(step),
        )
        for step in steps
    )
