"""How answers are printed: one place for tables, routes and profiles, as text for people, CSV or JSON.

rich, openpyxl and json load only when they are needed, because a route must not wait for them.
"""

import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from goldenthread.graph.answers import Chain, Profile, Route, Source, Step, Table, Thing, period, where
from goldenthread.graph.engines import Value
from goldenthread.graph.names import short

Words = dict[str, str]
CAVEAT = "as the plan states, not confirmed since"


def fitted(text: str) -> str:
    """Return text with lines that are wider than the terminal broken between words, indented a little further."""
    import shutil
    import textwrap

    width = shutil.get_terminal_size().columns
    lines = []
    for line in text.split("\n"):
        indent = " " * (len(line) - len(line.lstrip()))
        lines += (
            textwrap.wrap(line, width, subsequent_indent=indent + "    ", break_on_hyphens=False)
            if len(line) > width
            else [line]
        )
    return "\n".join(lines)


def as_csv(table: Table) -> str:
    """Return a table as CSV text; text that a spreadsheet would take for a formula has an apostrophe in front."""
    import csv
    import io

    from goldenthread.graph.exports.csv_files import harmless

    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(table.columns)
    for row in table.rows:
        writer.writerow(
            ["" if cell is None else cell if isinstance(cell, int) else harmless(str(cell)) for cell in row]
        )
    return out.getvalue()


def as_json(answer: object) -> str:
    """Return an answer as JSON text: a table as a list of records, anything else by its fields."""
    import json
    from dataclasses import asdict, is_dataclass

    def plain(value: object) -> object:
        if isinstance(value, Table):
            return list(value)
        if isinstance(value, Profile):
            return {"thing": asdict(value.thing), "parts": {title: list(part) for title, part in value.parts.items()}}
        if is_dataclass(value) and not isinstance(value, type):
            return asdict(value)
        if isinstance(value, list | tuple):
            return [plain(one) for one in value]
        return value

    return json.dumps(plain(answer), ensure_ascii=False, indent=2) + "\n"


def as_xlsx(table: Table, path: Path) -> None:
    """Write a table to a workbook; text that begins like a formula stays text."""
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell

    book = Workbook(write_only=True)
    sheet = book.create_sheet("answer")
    for row in (table.columns, *table.rows):
        cells = []
        for value in row:
            cell = WriteOnlyCell(sheet, value="" if value is None else value)
            if isinstance(value, str):
                cell.data_type = "s"
            cells.append(cell)
        sheet.append(cells)
    beside = path.with_name(f".{path.name}.part")
    book.save(beside)
    beside.replace(path)


def as_text(table: Table, *, width: int | None = None) -> str:
    """Return a table for a terminal: as a grid if it fits, else one record after the other; empty columns left out."""
    if not table.rows:
        return "nothing found\n"
    used = [i for i, _ in enumerate(table.columns) if any(row[i] not in (None, "") for row in table.rows)]
    columns = [table.columns[i] for i in used]
    cells = [["" if row[i] is None else str(row[i]) for i in used] for row in table.rows]
    import shutil

    width = width or (shutil.get_terminal_size().columns if sys.stdout.isatty() else 160)
    if sum(_narrowest(column, (row[i] for row in cells)) + 3 for i, column in enumerate(columns)) <= width:
        return _grid(columns, cells, width)
    return _records(columns, cells)


def _narrowest(column: str, values: Iterable[str]) -> int:
    longest = max((len(value) for value in values), default=0)
    return max(len(column), min(longest, 24))


def _grid(columns: Sequence[str], cells: Iterable[Sequence[str]], width: int) -> str:
    import io

    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table as Grid
    from rich.text import Text

    grid = Grid(box=SIMPLE_HEAD, pad_edge=False, highlight=False)
    for column in columns:
        grid.add_column(column.replace("_", " "), overflow="fold")
    for row in cells:
        grid.add_row(*(Text(value) for value in row))
    out = io.StringIO()
    Console(file=out, width=width, color_system=None).print(grid)
    return "\n".join(line.rstrip() for line in out.getvalue().splitlines() if line.strip()) + "\n"


def _records(columns: Sequence[str], cells: Iterable[Sequence[str]]) -> str:
    pad = max(map(len, columns))
    return "\n".join(
        "".join(
            f"{column.replace('_', ' '):<{pad}}  {value}\n" for column, value in zip(columns, row, strict=True) if value
        )
        for row in cells
    )


def found(things: Sequence[Thing]) -> Table:
    """Return what was found under a name as a table."""
    return Table(("name", "kind", "plans", "address"), [(t.name, t.kind, "; ".join(t.plans), short(t)) for t in things])


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


def profile_text(profile: Profile) -> str:
    """Return everything known about a thing, part by part."""
    plans = f"; {', '.join(profile.thing.plans)}" if profile.thing.plans else ""
    parts = [f"{profile.thing.name} ({profile.thing.kind}{plans})\n{CAVEAT}\n"]
    parts += [f"{title}\n{as_text(part)}" for title, part in profile.parts.items()]
    return "\n".join(parts)


def profile_table(profile: Profile) -> Table:
    """Return a profile as a long table: part, row, column, value."""
    rows = [
        (title, number, column, value)
        for title, part in profile.parts.items()
        for number, record in enumerate(part, 1)
        for column, value in record.items()
        if value not in (None, "")
    ]
    return Table(("part", "row", "column", "value"), rows)


def status_text(table: Table, version: str) -> str:
    """Return what is loaded, plan by plan, in sentences."""
    if not table.rows:
        return f"goldenthread {version}: no plan is loaded, or none covers what was asked\n"
    lines = [f"goldenthread {version}: {len(table)} plan{'s' if len(table) > 1 else ''} loaded"]
    for row in table:
        lines += [
            "",
            f"{row['plan']}  {row['title']}",
            f"  {period(row['since'], row['until'])}, {row['boards'] or 'boards not stated'}; {CAVEAT}",
            f"  {row['actions']} actions, {row['measures']} measures, {row['priorities']} priorities and aims, "
            f"{row['relations']} relations, {row['learning']} entries of learning, {row['duties']} duties",
            f"  {row['our_readings']} of all entries are our reading, each with its reason",
            f"  {row['actions_with_a_gap']} actions lack a lead, group, date or measure that the form asks for",
        ]
    return "\n".join(lines) + "\n"


def changes_text(table: Table, words: Words) -> str:
    """Return what changed between two plans, kind by kind, each entry with its evidence."""
    if not table.rows:
        return "nothing found\n"
    first = next(iter(table))
    lines = [f"from {first['earlier']} to {first['later']}; {CAVEAT}"]
    by_kind: dict[str, list[dict[str, Value]]] = {}
    for row in table:
        by_kind.setdefault(str(row["kind"]), []).append(row)
    for kind in sorted(by_kind, key=lambda kind: (kind != "not-covered", "named" in kind, kind)):
        lines += ["", words.get(kind, kind)]
        for row in by_kind[kind]:
            reading = f" [our reading: {row['reason']}]" if row["basis"] == "inferred" and row["reason"] else ""
            lines.append(f"  {row['what']}{reading}; {row['evidence']}")
    return "\n".join(lines) + "\n"


def tracker_text(table: Table) -> str:
    """Return the action tracker, plan by plan: each action with who, by when and how it stands."""
    if not table.rows:
        return "nothing found\n"
    lines: list[str] = []
    plan = ""
    for row in table:
        if row["plan"] != plan:
            plan = str(row["plan"])
            lines += ["", f"{plan}, {CAVEAT}; {'; '.join(table.notes)}"]
        reading = " [our reading]" if row["basis"] == "inferred" else ""
        lines.append(f"  {row['action']}  {row['title']}{reading}")
        for label, column in (
            ("lead", "leads"),
            ("group", "groups"),
            ("date", "target_text"),
            ("measured by", "measures"),
        ):
            if row[column]:
                lines.append(
                    f"       {label}: {row[column]}" + (f" ({row['standing']})" if column == "target_text" else "")
                )
        if not row["target_text"]:
            lines.append(f"       {row['standing']}")
        if row["topics"]:
            lines.append(f"       topics, {row['facets'] or 'read'}: {row['topics']}")
        lines.append(f"       {where(row['document'], row['line'])}")
    return "\n".join([*lines[1:], "", f"{len(table)} action{'s' if len(table) != 1 else ''}"]) + "\n"
