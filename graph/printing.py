"""How answers are printed: one place for tables, routes and profiles, as text for people, CSV or JSON.

rich, openpyxl and json load only when they are needed, because a route must not wait for them.
"""

import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from goldenthread.graph.answers import Profile, Table, Thing, period, where
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
    about = book.create_sheet("about")
    for note in (CAVEAT, *table.notes):
        about.append([note])
    beside = path.with_name(f".{path.name}.part")
    book.save(beside)
    beside.replace(path)


def as_text(table: Table, *, width: int | None = None) -> str:
    """Return a table for a terminal: as a grid if it fits, else one record after the other; empty columns left out."""
    if not table.rows:
        return "nothing found\n"
    used = [i for i, _ in enumerate(table.columns) if any(row[i] not in (None, "") for row in table.rows)]
    columns = [table.columns[i] for i in used]
    cells = [["" if row[i] in (None, "XXXX") else str(row[i]) for i in used] for row in table.rows]
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
