"""How answers show themselves in a notebook: HTML with every text escaped, readable on light and on dark.

A notebook's own style sheet sets tables for numbers, to the right. So each answer brings a few rules for its own class,
named three times because that weighs more than the notebook's rules; and no colour, since the page may be light or dark.
"""

from collections.abc import Iterable, Iterator, Sequence
from html import escape

from goldenthread.graph import ontology
from goldenthread.graph.answers import Chain, Profile, Route, Source, Step, Table, period, where
from goldenthread.graph.engines import Value
from goldenthread.graph.printing import CAVEAT
from goldenthread.graph.printing_routes import source_line

MOST_ROWS = 200  # a notebook keeps what it shows
WHERE = "where it says so"
LOOK = """<style>
.goldenthread { overflow-x: auto; }
.goldenthread.goldenthread.goldenthread table { border-collapse: collapse; width: max-content; margin: .4em 0; }
.goldenthread.goldenthread.goldenthread :is(th, td) { text-align: left; vertical-align: top; white-space: normal;
  max-width: 24em; padding: .25em .6em; border-bottom: 1px solid rgba(128, 128, 128, .4); }
.goldenthread.goldenthread.goldenthread.route table { width: auto; }
.goldenthread.goldenthread.goldenthread :is(p, h3, h4) { margin: .5em 0 .3em; }
</style>"""


def table_html(table: Table) -> str:
    """Return a table without its empty columns, document and line in one; the notes below."""
    return _answer(_table(table))


def profile_html(profile: Profile) -> str:
    """Return everything known about a thing, part by part."""
    thing = profile.thing
    said = "; ".join(filter(None, (thing.kind, ", ".join(thing.plans), CAVEAT)))
    parts = "".join(f"<h4>{escape(title)}</h4>{_table(part)}" for title, part in profile.parts.items())
    return _answer(f"<h3>{escape(thing.name)}</h3><p>{escape(said)}</p>{parts}")


def chain_html(chain: Chain) -> str:
    """Return routes plan by plan, a row a step with where it says so; and what else is stated, folded away."""
    words = ontology.labels("relation")
    parts = [f"<h3>{escape(chain.thing.name)}</h3>"]
    for plan, covered in chain.periods.items():
        routes = [route for route in chain.routes if route.plan == plan]
        if routes or plan in chain.silent:
            parts.append(f"<p><b>{escape(plan)}</b>, {escape(covered)}, {CAVEAT}</p>")
            parts += _down(routes, covered, words) if chain.down else _up(routes, covered, words)
            parts += _silent(chain, plan) if not routes else ()
            parts += _beside([step for step in chain.also if step.plan == plan], words)
    if len(parts) == 1:
        parts.append("<p>no plan that was asked names it</p>")
    return _answer("".join(parts), "route")


def _answer(inside: str, kind: str = "table") -> str:
    return f'{LOOK}<div class="goldenthread {kind}">{inside}</div>'


def _table(table: Table) -> str:
    if not table.rows:
        return "<p>nothing found</p>" + _notes(table.notes)
    shown = [
        (column, [row[at] for row in table.rows])
        for at, column in enumerate(table.columns)
        if any(row[at] not in (None, "", "XXXX") for row in table.rows)
    ]
    columns = dict(shown)
    if {"document", "line"} <= set(columns):
        columns[WHERE] = list(map(where, columns.pop("document"), columns.pop("line")))
    rows = list(zip(*columns.values(), strict=True))
    more = f"{len(rows) - MOST_ROWS} more rows: to_dataframe() has them all" if len(rows) > MOST_ROWS else ""
    return _grid((name.replace("_", " ") for name in columns), rows[:MOST_ROWS]) + _notes(
        filter(None, (more, *table.notes))
    )


def _grid(headings: Iterable[str], rows: Iterable[Iterable[Value]]) -> str:
    head = "".join(f'<th scope="col">{escape(heading)}</th>' for heading in headings)
    body = "".join("<tr>" + "".join(f"<td>{_cell(value)}</td>" for value in row) + "</tr>" for row in rows)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _cell(value: Value) -> str:
    return "" if value in (None, "XXXX") else escape(str(value)).replace("\n", "<br>")


def _notes(notes: Iterable[str]) -> str:
    return "".join(f"<p><small>{escape(note)}</small></p>" for note in notes)


def _up(routes: list[Route], covered: str, words: dict[str, str]) -> Iterator[str]:
    for number, route in enumerate(routes, 1):
        if len(routes) > 1:
            yield f"<p>route {number} of {len(routes)}</p>"
        yield _steps(route.steps, covered, words)
        top = escape(route.top.name)
        circle = f"the route comes back to {top}"
        yield f"<p>{circle if route.end == 'circle' else f'to whom {top} reports: not stated in {escape(route.plan)}'}</p>"


def _down(routes: list[Route], covered: str, words: dict[str, str]) -> Iterator[str]:
    """Every step once, the nearest to the thing first."""
    steps = dict.fromkeys(step for route in routes for step in route.steps)
    if steps:
        yield _steps(steps, covered, words)


def _steps(steps: Iterable[Step], covered: str, words: dict[str, str]) -> str:
    rows = [
        (step.source.name, words.get(step.relation, step.relation), step.target.name, _said(step, covered), _sources(step.sources))
        for step in steps
    ]  # fmt: skip
    used = [at for at in range(5) if any(row[at] for row in rows)]
    headings = ("who", "relation", "to whom", "said of it", WHERE)
    return _grid((headings[at] for at in used), [[row[at] for at in used] for row in rows])


def _said(step: Step, covered: str) -> str:
    """A step's own dates, its detail, and the reason if it is our reading."""
    own = period(step.since, step.until)
    reading = f"our reading: {step.reason}" if step.reason else "our reading"
    parts = (own if own not in (covered, " to ") else "", step.detail, reading if step.basis == "inferred" else "")
    return "\n".join(filter(None, parts))


def _sources(sources: Sequence[Source]) -> str:
    """The first passage with its heading and phrase, the lines of the others; every passage if the documents are at hand."""
    if any(source.passage for source in sources):
        return "\n".join(f"{source_line(source)}\n{source.passage}" for source in sources)
    lines = "; ".join(source.line for source in sources[1:])
    return "\n".join([*map(source_line, sources[:1]), *([f"also {where('', lines).strip()}"] if lines else [])])


def _silent(chain: Chain, plan: str) -> Iterator[str]:
    asked = "who reports to it" if chain.down else "to whom it reports"
    yield f"<p>{asked}: not stated in {escape(plan)}</p>"


def _beside(steps: list[Step], words: dict[str, str]) -> Iterator[str]:
    if steps:
        yield f"<details><summary>also ({len(steps)})</summary>{_steps(steps, ' to ', words)}</details>"
