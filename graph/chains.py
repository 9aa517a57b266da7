"""Reporting routes: one stored step, repeated for the things just reached until nothing is new.

A route stays within one plan, because a line of 2014 and a line of 2020 make no structure that ever stood. It may
start with the steps by which an action, person or post comes to a body (its lead, group, post, organisation); after
the first reporting line only reporting lines follow. A report on one piece of work counts for that piece alone.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from goldenthread.graph.answers import Chain, Route, Source, Step, Thing, period
from goldenthread.graph.engines import Engine, Rows
from goldenthread.graph.namespaces import THINGS, local
from goldenthread.graph.queries import stored

MOST_ROUTES = 500
Periods = dict[str, tuple[str, str]]  # plan -> since, until
KINDS = ("body", "post", "person", "action")
ASKED_FOR = (*KINDS, "review")  # a case may share its initials with a person: then both are candidates
WORK_OF_ACTIONS = frozenset(
    ("leads", "enables", "serves", "owned-by")
)  # listed by show and actions, not beside a route


class NoRoute(Exception):
    """Things of this kind report to nobody."""


class TooManyRoutes(Exception):
    """A thing has more routes than can be shown."""


class Edge(NamedTuple):
    """A step that a plan has, and where in a route it may stand."""

    step: Step
    phase: str  # "start", "line" or "work"
    about: str


Edges = Mapping[str, Sequence[Edge]]  # by the end from which they are followed


def chain(engine: Engine, thing: Thing, *, plan: str | None = None, day: str | None = None) -> Chain:
    """Return every reporting route of a thing to where each plan falls silent."""
    covered = _covered(engine, plan=plan, day=day)
    edges = _gather(engine, "steps", "at", thing, covered, plan=plan, day=day)
    routes = routes_of(thing, edges)
    beside = [] if thing.kind == "action" else _beside(engine, thing, plan=plan, day=day)
    return _chain(thing, routes, beside, covered, down=False)


def chain_down(engine: Engine, thing: Thing, *, plan: str | None = None, day: str | None = None) -> Chain:
    """Return who reports to a thing, directly and through others: each route read from the thing downwards."""
    covered = _covered(engine, plan=plan, day=day)
    upward = _gather(engine, "reports-from", "to", thing, covered, plan=plan, day=day)
    routes = tuple(
        Route(route.plan, tuple(reversed(route.steps)), route.end)
        for one in _plans_of(thing, upward)
        for route in _routes(thing, one, upward, "", down=True)
    )
    return _chain(thing, routes, [], covered, down=True)


def every_edge(engine: Engine, *, plan: str | None = None, day: str | None = None) -> dict[str, list[Edge]]:
    """Return every step that the plans have, by the end from which it leads upward: for whoever asks about everything."""
    covered = _covered(engine, plan=plan, day=day)
    query, given = ("steps", {"day": day}) if day else ("steps-on-any-day", {})
    upward: defaultdict[str, list[Edge]] = defaultdict(list)
    for edge in _edges(stored(query).run(engine, plan=plan, **given), covered):
        upward[edge.step.source.iri].append(edge)
    return upward


def routes_of(thing: Thing, upward: Edges) -> tuple[Route, ...]:
    """Return every reporting route of a thing along steps that are at hand, plan by plan; TooManyRoutes."""
    about = thing.iri if thing.kind == "action" else ""
    return tuple(route for one in _plans_of(thing, upward) for route in _routes(thing, one, upward, about))


def _plans_of(thing: Thing, edges: Edges) -> list[str]:
    return sorted({edge.step.plan for edge in edges.get(thing.iri, ())})


def _covered(engine: Engine, *, plan: str | None, day: str | None) -> Periods:
    rows = stored("periods").run(engine, plan=plan, day=day)
    return {str(key): (str(since), str(until)) for key, since, until in rows.rows}


def _chain(thing: Thing, routes: Sequence[Route], beside: Iterable[Step], covered: Periods, *, down: bool) -> Chain:
    periods = {plan: period(since, until) for plan, (since, until) in covered.items()}
    spoken = {route.plan for route in routes}
    silent = tuple(plan for plan in periods if plan in thing.plans and plan not in spoken)
    return Chain(thing, tuple(routes), tuple(beside), silent, periods, down)


def _gather(
    engine: Engine,
    query: str,
    parameter: str,
    thing: Thing,
    covered: Periods,
    *,
    plan: str | None,
    day: str | None,
) -> dict[str, list[Edge]]:
    """Return the edges of everything that a route can reach, by the end from which they were asked.

    One thing a query, because its fan-out decides the cost; what a plan's route cannot reach is not asked about.
    """
    up = parameter == "at"
    given = {"day": day} if day else {}
    if up and not day:
        query = "steps-on-any-day"
    about = thing.iri if up and thing.kind == "action" else ""
    edges: dict[str, list[Edge]] = {}
    first = (thing, "", "start")
    seen, fresh = {(thing.iri, "", "start")}, [first]
    while fresh:
        at, within, phase = fresh.pop()
        if at.iri not in edges:
            rows = stored(query).run(engine, plan=plan, **given, **{parameter: at.iri})
            edges[at.iri] = _edges(rows, covered)
        for edge in edges[at.iri]:
            if within in ("", edge.step.plan) and _follows(edge, phase, at, about):
                end = edge.step.target if up else edge.step.source
                if (end.iri, edge.step.plan, edge.phase) not in seen:
                    seen.add((end.iri, edge.step.plan, edge.phase))
                    fresh.append((end, edge.step.plan, edge.phase))
    return edges


def _edges(rows: Rows, covered: Periods) -> list[Edge]:
    """Return one edge for each relation of a plan, its passages gathered; it holds for its own dates or the plan's."""
    at = {column: index for index, column in enumerate(rows.columns)}
    merged: dict[tuple[str, ...], list[Source]] = defaultdict(list)
    for row in rows.rows:
        cell = {column: "" if row[index] is None else str(row[index]) for column, index in at.items()}
        since, until = covered.get(cell["plan"], ("", ""))
        cell["since"], cell["until"] = cell["since"] or since, cell["until"] or until
        key = tuple(cell[c] for c in ("at", "at_name", "relation", "next", "next_name", "plan", "since", "until",
                                      "basis", "reason", "detail", "step", "about"))  # fmt: skip
        source = Source(cell["plan"], cell["document"], cell["line"], cell["heading"], cell["phrase"])
        if source not in merged[key]:
            merged[key].append(source)
    return [
        Edge(
            Step(_thing(k[0], k[1]), k[2], _thing(k[3], k[4]), k[5], k[6], k[7], k[8], k[9], k[10],
                 tuple(sorted(sources, key=_by_line))),
            k[11], k[12],
        )
        for k, sources in merged.items()
    ]  # fmt: skip


def _by_line(source: Source) -> tuple[int, ...]:
    return tuple(int(part) for part in source.line.split("-") if part.isdigit())


def _thing(iri: str, name: str) -> Thing:
    if iri.startswith(THINGS) and not iri.startswith(f"{THINGS}own/"):
        *_, kind, key = iri.split("/")
        return Thing(iri, name, kind, key)
    return Thing(iri, name, "", local(iri))  # an address of the user's own does not say what it is


def _routes(start: Thing, plan: str, edges: Edges, about: str, *, down: bool = False) -> list[Route]:
    routes: list[Route] = []

    def walk(at: Thing, steps: tuple[Step, ...], seen: Collection[str], phase: str) -> None:
        onwards = [
            edge for edge in edges.get(at.iri, ()) if edge.step.plan == plan and _follows(edge, phase, at, about)
        ]
        for edge in onwards:
            end = edge.step.source if down else edge.step.target
            if len(routes) >= MOST_ROUTES:
                raise TooManyRoutes(
                    f"{start.name} has more than {MOST_ROUTES} routes in {plan}; name a plan or a thing further up"
                )
            if end.iri in seen:
                routes.append(Route(plan, (*steps, edge.step), "circle"))
            else:
                walk(end, (*steps, edge.step), {*seen, end.iri}, edge.phase)
        if steps and not onwards:
            routes.append(Route(plan, steps, "silent"))

    walk(start, (), {start.iri}, "start")
    return routes


def _follows(edge: Edge, phase: str, at: Thing, about: str) -> bool:
    if edge.phase == "work" or edge.about:
        return bool(about) and edge.about == about
    if edge.phase == "start":
        return phase == "start" and at.kind != "body"
    return True


def _beside(engine: Engine, thing: Thing, *, plan: str | None, day: str | None) -> list[Step]:
    """Return what else relates the thing to others: shown beside its routes, never as a step.

    Without a day the small query `beside` does; `relations` knows on which day each relation holds.
    """
    asked = "relations" if day else "beside"
    given = {"day": day} if day else {}
    rows = stored(asked).run(engine, thing=thing.iri, plan=plan, **given)
    at = {column: index for index, column in enumerate(rows.columns)}
    merged: dict[tuple[str, ...], list[Source]] = {}
    for row in rows.rows:
        cell = {column: "" if row[index] is None else str(row[index]) for column, index in at.items()}
        if cell["relation"] in WORK_OF_ACTIONS or cell.get("accountability") == "standing":
            continue
        key = tuple(cell[c] for c in ("from", "source", "relation", "to", "target", "plan", "basis", "detail", "about"))
        sources = [Source(cell["plan"], cell["document"], line) for line in cell["line"].split("; ")]
        merged.setdefault(key, []).extend(sources)
    return [
        Step(_thing(k[0], k[1]), k[2], _thing(k[3], k[4]), k[5], "", "", k[6], "", k[7] or k[8], tuple(sources))
        for k, sources in merged.items()
    ]
