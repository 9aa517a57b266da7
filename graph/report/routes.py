"""Who reports to whom, as the report tells it: routes in sentences, routes step by step, and the tree from the top down."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from goldenthread.graph.answers import Route, Step, Thing, where
from goldenthread.graph.chains import TooManyRoutes, routes_of
from goldenthread.graph.report.cells import OUR_READING, basis, joined, lines_of, linked, step_words
from goldenthread.graph.report.story import Record, Story
from goldenthread.viz.blocks import Block, Branch, Cell, Listing, Prose, Section

SHOWN = 12  # routes of a body in a plan that are told step by step


TOO_MANY = "it has more routes than a page can hold; its own page says to whom it reports next"


def routes(story: Story, thing: Thing) -> Mapping[str, Sequence[Route]]:
    """Return the reporting routes of a body by plan; TooManyRoutes."""
    found: dict[str, list[Route]] = defaultdict(list)
    for route in routes_of(thing, story.steps):
        found[route.plan].append(route)
    return found


def upward(story: Story, thing: Thing) -> Iterator[Block]:
    """Give the reporting routes of a body step by step, plan by plan; then the plans that state none."""
    try:
        found = routes(story, thing)
    except TooManyRoutes:
        yield from _next_only(story, thing)
        return
    for plan, some in found.items():
        blocks: list[Block] = []
        shown: set[Step] = set()
        for number, route in enumerate(some[:SHOWN], 1):
            if len(some) > 1:
                blocks.append(Prose((f"Route {number} of {len(some)}",), small=True))
            blocks.append(Listing(tuple(_told(story, route, shown))))
        if len(some) > SHOWN:
            blocks.append(Prose((f"and {len(some) - SHOWN} more routes",), small=True))
        yield Section(f"route-{story.places[plan]}", f"{plan}, {story.period(plan)}", tuple(blocks))
    silent = [plan for plan in thing.plans if plan not in found]
    if silent:
        yield Prose((f"To whom it reports: not stated in {', '.join(silent)}.",))


def _next_only(story: Story, thing: Thing) -> Iterator[Block]:
    """Give only the next steps of a body that has too many routes."""
    yield Prose(("It has more routes to the top than a page can hold. It reports next to:",))
    steps = [edge.step for edge in story.steps[thing.iri] if edge.phase == "line"]
    yield Listing(tuple(joined(f"{step.plan}: ", step_words(story, step)) for step in steps))


def _told(story: Story, route: Route, shown: set[Step]) -> Iterator[Cell]:
    for step in route.steps:
        yield step_words(story, step, again=step in shown)
        shown.add(step)
    yield ending(route)


def ending(route: Route) -> str:
    """Return where a route ends, in words."""
    if route.end == "circle":
        return f"the route comes back to {route.top.name}"
    return f"to whom {route.top.name} reports: not stated in {route.plan}"


def sentence(story: Story, route: Route) -> Cell:
    """Return a route in one sentence."""
    said: list[Cell] = []
    for step in route.steps:
        detail = f" ({step.detail})" if step.detail else ""
        word = story.word("relation", step.relation)
        said += [f", which {word} " if said else f"{word} ", linked(story, step.target.iri, step.target.name), detail]
    return joined(*said, f"; {ending(route)}")


def reading(route: Route) -> Cell:
    """Return how much of a route is our reading."""
    read = sum(step.basis == "inferred" for step in route.steps)
    if not read:
        return "stated"
    return OUR_READING if read == len(route.steps) else (OUR_READING, f" in {read} of {len(route.steps)} steps")


def route_sources(story: Story, route: Route) -> str:
    """Return where each step of a route stands, in their order."""
    found = dict.fromkeys(str(source) for step in route.steps for source in step.sources)
    return lines_of(story, route.plan, "; ".join(found))


def reporting_to(story: Story, thing: Thing) -> Iterator[Sequence[Cell]]:
    """Give who reports to a body: plan, the one that reports, in which words, whether we read it so, and where."""
    for step in story.below.get(thing.iri, ()):
        detail = f" ({step.detail})" if step.detail else ""
        read = basis({"basis": step.basis, "reason": step.reason})
        said = f"{story.word('relation', step.relation)} it{detail}"
        yield step.plan, linked(story, step.source.iri, step.source.name), said, read, lines_of(story, step.plan, "; ".join(map(str, step.sources)))


def tree(story: Story, plan: str) -> tuple[Branch, ...]:
    """Return who reports to whom in a plan, from those who report to nobody downwards.

    What stands below a body is told once, where it comes first; a circle is entered at its first name.
    """
    standing = [row for row in story.of("structure", "plan", plan) if row["accountability"] == "standing"]
    below: dict[str, list[Record]] = defaultdict(list)
    for row in standing:
        below[row["to"]].append(row)
    names = {row[end]: row[name] for row in standing for end, name in (("from", "source"), ("to", "target"))}
    reporting = {row["from"] for row in standing}
    kinds = {row["body"]: story.word("body", row["kind"]) for row in story.of("bodies", "plan", plan)}
    told: set[str] = set()

    def branch(iri: str, row: Record | None) -> Branch:
        again = iri in told and iri in below
        told.add(iri)
        under = () if again else tuple(branch(one["from"], one) for one in _by_name(below.get(iri, [])))
        said: list[Cell] = [kinds[iri]] if iri in kinds else []
        said.append(_line(story, row) if row else f"to whom it reports: not stated in {plan}")
        if again:
            said.append("who reports to it stands above")
        return Branch(linked(story, iri, names[iri]), tuple(said), under)

    tops = [branch(iri, None) for iri in sorted(set(names) - reporting, key=names.__getitem__)]
    while left := sorted(set(names) - told, key=names.__getitem__):
        tops.append(branch(left[0], _into(standing, left[0])))
    return tuple(tops)


def _into(standing: Sequence[Record], iri: str) -> Record:
    return next(row for row in standing if row["from"] == iri)


def _by_name(rows: Sequence[Record]) -> list[Record]:
    return sorted(rows, key=lambda row: (row["source"], row["relation"]))


def _line(story: Story, row: Record) -> Cell:
    detail = f" ({row['detail']})" if row["detail"] else ""
    read: Cell = (" ", OUR_READING, f": {row['reason']}" if row["reason"] else "") if row["basis"] == "inferred" else ""
    return joined(f"{story.word('relation', row['relation'])} {row['target']}{detail}", read, f"; {where(row['document'], row['line'])}")
