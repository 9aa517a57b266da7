"""Who reports to whom in a brief: the route up step by step, who reports to the subject, its parts; and its chart.

The chart is a part of the plan's structure picture, the boxes above and below the subject, so that it shows nothing that
the stored queries behind that picture do not say.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from heapq import heappop, heappush
from typing import TYPE_CHECKING

from goldenthread.graph.answers import Step, Thing
from goldenthread.graph.printing import CAVEAT
from goldenthread.graph.version import VERSION
from goldenthread.viz.document import Chart, Listed, Passage, Said

if TYPE_CHECKING:
    from goldenthread.graph.brief import Known, Record, Subject
    from goldenthread.viz.network import Edge, Network

MOST_BOXES = 12  # that can be read at the size of half a page
ROOM = (170.0, 95.0)  # millimetres: the width of the page, and of its height what leaves room for the rest
BESIDE = ("chaired-by", "part-of")  # what else gives the subject its place, told in this order
REASON = 120  # characters of a reason; a longer one is left to `goldenthread chain`


def route(known: "Known", subject: "Subject") -> Listed[Said]:
    """Return what the plan says of the subject's reporting, upwards first, each statement with its passage."""
    said: dict[Said, None] = {}
    for body in subject.bodies:
        called = subject.names[body.iri]
        said |= dict.fromkeys((*_up(known, subject, body, called), *_related(known, subject, body, called)))
    down = "" if subject.thing.kind in ("post", "person") else " --down"
    asked = subject.bodies[0].name if subject.thing.kind == "plan" and subject.bodies else subject.asked
    return Listed("", tuple(said), f'goldenthread chain "{asked}"{down} --plan {subject.key}')


def _up(known: "Known", subject: "Subject", body: Thing, called: str) -> Iterator[Said]:
    chain = known.plans.chain(body.iri, plan=subject.key, day=known.day)
    for step in dict.fromkeys(step for one in chain.routes for step in one.steps):
        yield _step(known, step, {body.iri: called})
    if not chain.routes:
        yield (f"To whom {called} reports: not stated in {subject.key}.",)
    for one in chain.routes:
        comes_back = one.end == "circle"
        top = called if one.top.iri == body.iri else one.top.name
        yield (
            f"The route comes back to {top}." if comes_back else f"To whom {top} reports: not stated in {subject.key}.",
        )


def _step(known: "Known", step: Step, called: Mapping[str, str]) -> Said:
    source, target = (called.get(end.iri, end.name) for end in (step.source, step.target))
    detail = f" ({step.detail})" if step.detail else ""
    text = f"{source} {known.relations[step.relation]['label']} {target}{detail}{_reading(step.basis, step.reason)}"
    line = "; ".join(source.line for source in step.sources)
    return (text, known.passage(step.sources[0].document, line)) if step.sources else (text,)


def _reading(basis: str, reason: str) -> str:
    if basis != "inferred":
        return ""
    return f" [our reading: {reason}]" if 0 < len(reason) <= REASON else " [our reading]"


def _related(known: "Known", subject: "Subject", body: Thing, called: str) -> Iterator[Said]:
    """Who chairs it, what it is part of; who reports to it and what its parts are, those of one kind together."""
    from goldenthread.graph.brief import records

    rows = records(known.plans.rows("relations", thing=body.iri, plan=subject.key, day=known.day))
    for relation in BESIDE:
        for row in (row for row in rows if row["relation"] == relation and row["from"] == body.iri):
            reading = _reading(row["basis"], row["reason"])
            text = f"{called} {known.relations[relation]['label']} {row['target']}{reading}"
            yield text, known.passage(row["document"], row["line"])
    grouped: defaultdict[tuple[bool, str, str], list[Record]] = defaultdict(list)
    for row in rows:
        reporting = row["accountability"] == "standing"
        if row["to"] == body.iri and (reporting or row["relation"] == "part-of"):
            grouped[not reporting, row["relation"], row["basis"]].append(row)
    for (_, relation, basis), some in sorted(grouped.items(), key=lambda one: one[0]):
        yield _together(known, called, known.relations[relation]["inverse_label"], basis, some)


def _together(known: "Known", called: str, said: str, basis: str, rows: "list[Record]") -> Said:
    reasons = {row["reason"] for row in rows}
    parts: list[str | Passage] = [f"By our reading, {called} {said}" if basis == "inferred" else f"{called} {said}"]
    for number, row in enumerate(rows):
        parts += [f"{',' if number else ''} {row['source']}", known.passage(row["document"], row["line"])]
    reason = reasons.pop() if len(reasons) == 1 else ""
    return (*parts, f" ({reason})." if 0 < len(reason) <= REASON else ".")


def chart(known: "Known", subject: "Subject") -> Chart:
    """Return the chart of whoever stands above and below the subject; without Graphviz an outline of the same."""
    network = _around(known, subject)
    if network is None:
        return Chart("")
    from goldenthread.viz import stills

    try:
        return Chart(_in_words(network), stills.png(network, within=ROOM))
    except stills.MissingLibrary:
        return Chart(_in_words(network), outline=tuple(_outline(network)))


def _around(known: "Known", subject: "Subject") -> "Network | None":
    """The part of the structure that stands above and below the subject; None if there is no other box."""
    from goldenthread.graph.pictures import chain, structure

    if subject.thing.kind in ("post", "person"):
        return _alone(subject, chain(known.plans, subject.thing.iri, plan=subject.key, day=known.day))
    whole = structure(known.plans, plan=subject.key, day=known.day)
    boxes = {node.id for node in whole.nodes}
    start = [body.iri for body in subject.bodies if body.iri in boxes]
    lines = _placing(whole.edges)
    above = _reached(start, lines, up=True)
    below = _reached(start, lines, up=False, most=None if subject.whole else 1)
    chosen = {*start, *above, *below[: max(0, MOST_BOXES - len({*start, *above}))]}
    left = len({*below} - chosen)
    return _alone(
        subject,
        replace(
            whole,
            nodes=tuple(node for node in whole.nodes if node.id in chosen),
            edges=tuple(edge for edge in lines if edge.source in chosen and edge.target in chosen),
            tops=tuple(top for top in whole.tops if top in chosen),
        ),
        *((f"{left} more below: goldenthread draw structure --plan {subject.key} shows them",) if left else ()),
    )


def _alone(subject: "Subject", network: "Network", *notes: str) -> "Network | None":
    """The network with little on its boxes, since the text beside it says the rest; None if it has but one box."""
    if len(network.nodes) < 2:
        return None
    return replace(
        network,
        title=f"Above and below: {subject.called}",
        nodes=tuple(replace(node, notes=()) for node in network.nodes),
        caption=(f"{subject.key}; {CAVEAT}; goldenthread {VERSION}", *notes),
    )


def _placing(edges: "Iterable[Edge]") -> "list[Edge]":
    """The lines that put one box above another: a part stands below its whole where it has no reporting line."""
    reporting = {edge.source for edge in edges if edge.upward}
    return [edge for edge in edges if edge.upward or (edge.places and edge.source not in reporting)]


def _reached(start: Iterable[str], lines: "Iterable[Edge]", *, up: bool, most: int | None = None) -> list[str]:
    """Whom the lines lead to in at most so many steps: those with reporting lines first, then the nearest."""
    onward: defaultdict[str, list[str]] = defaultdict(list)
    reporting: set[str] = set()
    for line in lines:
        onward[line.source if up else line.target].append(line.target if up else line.source)
        if line.upward:
            reporting |= {line.source, line.target}
    found: dict[str, None] = dict.fromkeys(start)
    count = len(found)
    waiting = [(False, 0, one) for one in found]
    while waiting:
        _, depth, at = heappop(waiting)
        found[at] = None
        for one in onward[at] if most is None or depth < most else ():
            if one not in found:
                heappush(waiting, (one not in reporting, depth + 1, one))
    return list(found)[count:]


def _in_words(network: "Network") -> str:
    names = {node.id: node.label for node in network.nodes}
    said = [
        f"{names[edge.source]} {network.edge_styles[edge.kind].label} {names[edge.target]}"
        + (" (our reading)" if edge.inferred else "")
        for edge in network.edges
    ]
    return f"Chart. {'; '.join(said)}."


def _outline(network: "Network") -> Iterator[tuple[int, str]]:
    """Each box below those above it, reporting lines first: what the chart shows, as a list."""
    names = {node.id: node.label for node in network.nodes}
    below: defaultdict[str, list[Edge]] = defaultdict(list)
    for edge in sorted(network.edges, key=lambda edge: (not edge.upward, names[edge.source])):
        below[edge.target].append(edge)
    under = {edge.source for edge in network.edges}
    seen: set[str] = set()

    def add(body: str, depth: int, said: str) -> Iterator[tuple[int, str]]:
        again = body in seen and bool(below[body])
        seen.add(body)
        yield depth, names[body] + said + (" (see above)" if again else "")
        for edge in () if again else below[body]:
            reading = ", our reading" if edge.inferred else ""
            yield from add(edge.source, depth + 1, f" ({network.edge_styles[edge.kind].label} it{reading})")

    tops = [node.id for node in network.nodes if node.id not in under] or [network.nodes[0].id]
    for top in tops:
        yield from add(top, 0, "")
