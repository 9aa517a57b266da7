"""How reporting routes are printed: step by step with where it says so, as a tree below a body, or as a long table."""

from collections.abc import Sequence

from goldenthread.graph.answers import Chain, Route, Source, Step, Table, period, where
from goldenthread.graph.printing import CAVEAT, Words


def source_line(source: Source) -> str:
    """Return where it says so in a line: document, line, heading, a phrase to search for."""
    place = where(source.document, source.line)
    if source.heading:
        place += f", under “{source.heading}”"
    if source.phrase:
        place += f"; search for “{source.phrase}”"
    return place


def chain_text(chain: Chain, words: Words) -> str:
    """Return routes for people to read, each step with where it says so; `words` names the relations."""
    lines = [f"{chain.thing.name} ({chain.thing.kind})"]
    by_plan = {plan: [route for route in chain.routes if route.plan == plan] for plan in chain.periods}
    for plan, routes in by_plan.items():
        if routes:
            lines += ["", f"{plan}, {chain.periods[plan]}, {CAVEAT}"]
            lines += _down(chain, plan, routes, words) if chain.down else _up(chain, plan, routes, words)
            lines += _also(chain, plan, words)
        elif plan in chain.silent:
            lines += ["", f"{plan}, {chain.periods[plan]}, {CAVEAT}"]
            asked = "who reports to it" if chain.down else "to whom it reports"
            lines += [f"  {asked}: not stated in {plan}", *_also(chain, plan, words)]
    if len(lines) == 1:
        lines.append("  no plan that was asked names it")
    return "\n".join(lines) + "\n"


def _up(chain: Chain, plan: str, routes: Sequence[Route], words: Words) -> list[str]:
    lines = []
    shown: set[Step] = set()
    for number, route in enumerate(routes, 1):
        lines.append(f"  route {number} of {len(routes)}" if len(routes) > 1 else "  reporting route")
        lines.append(f"    {route.steps[0].source.name}")
        for step in route.steps:
            said = f"{words.get(step.relation, step.relation)} {step.target.name}"
            lines += [f"      {said} (as above)"] if step in shown else _step(step, said, chain.periods[plan], indent=6)
            shown.add(step)
        lines.append(f"      {_ending(route)}")
    return lines


def _ending(route: Route) -> str:
    if route.end == "circle":
        return f"the route comes back to {route.top.name}"
    return f"to whom {route.top.name} reports: not stated in {route.plan}"


def _step(step: Step, said: str, covered: str, *, indent: int) -> list[str]:
    """One step with where it says so; its own dates are shown where they are not the plan's."""
    pad = " " * indent
    own = period(step.since, step.until)
    dates = f", {own}" if own != covered else ""
    reading = f"  [our reading: {step.reason}]" if step.basis == "inferred" else ""
    detail = f" ({step.detail})" if step.detail else ""
    lines = [f"{pad}{said}{dates}{detail}{reading}"]
    for source in step.sources:
        lines.append(f"{pad}    {source_line(source)}")
        lines += [f"{pad}    | {line}" for line in source.passage.splitlines()]
    return lines


def _down(chain: Chain, plan: str, routes: Sequence[Route], words: Words) -> list[str]:
    """The routes as a tree below the thing: a body that stands under two others is shown under both."""
    below: dict[str, dict[str, Step]] = {}
    for route in routes:
        for step in route.steps:
            below.setdefault(step.target.iri, {})[f"{step.source.iri} {step.relation}"] = step
    lines = [f"  {chain.thing.name}"]

    def add(iri: str, indent: int, above: frozenset[str]) -> None:
        for step in sorted(below.get(iri, {}).values(), key=lambda step: step.source.name):
            said = f"{step.source.name} {words.get(step.relation, step.relation)} {step.target.name}"
            lines.extend(_step(step, said, chain.periods[plan], indent=indent))
            if step.source.iri not in above:
                add(step.source.iri, indent + 2, above | {step.source.iri})

    add(chain.thing.iri, 4, frozenset((chain.thing.iri,)))
    return lines


def _also(chain: Chain, plan: str, words: Words) -> list[str]:
    beside = [step for step in chain.also if step.plan == plan]
    lines = ["  also"] if beside else []
    for step in beside:
        own = step.source.iri == chain.thing.iri
        text = f"{words.get(step.relation, step.relation)} {step.target.name}"
        if not own:
            text = f"{step.source.name} {text}"
        reading = " [our reading]" if step.basis == "inferred" else ""
        detail = f" ({step.detail})" if step.detail else ""
        lines.append(f"    {text}{detail}{reading}; {', '.join(map(str, step.sources))}")
    return lines


def chain_table(chain: Chain) -> Table:
    """Return routes as a long table: one row a step and source."""
    columns = (
        "plan",
        "route",
        "step",
        "source",
        "relation",
        "target",
        "basis",
        "since",
        "until",
        "reason",
        "document",
        "line",
        "ends",
    )
    rows = [
        (route.plan, number, position, step.source.name, step.relation, step.target.name, step.basis, step.since, step.until,
         step.reason, source.document, source.line, _ending(route) if position == len(route.steps) else "")
        for number, route in enumerate(chain.routes, 1)
        for position, step in enumerate(route.steps, 1)
        for source in step.sources
    ]  # fmt: skip
    rows += [
        (plan, 0, 0, chain.thing.name, "", "", "", "", "", "", "", "", f"not stated in {plan}") for plan in chain.silent
    ]
    return Table(columns, rows)
