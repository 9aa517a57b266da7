"""The tables that plans were read from, as tables again: complete, with keys in place of names, readable with --data.

Without names of people, a person's name is "named person 3" and no remark leaves; with one plan only, what it refers to.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from goldenthread.graph.columns import TABLES, Column, Table, table
from goldenthread.graph.engines import Value
from goldenthread.graph.exports.csv_files import CsvFile, Field
from goldenthread.graph.facts import NATIONAL, WORKBOOKS, Partnership, Plan, read
from goldenthread.graph.folders import partnership_folders
from goldenthread.graph.tables import Row

TYPES = {"whole": "integer"}


def partnerships(paths: Sequence[Path], *, plan: str | None = None, with_names: bool = False) -> list[Partnership]:
    """Return what was entered in the tables and workbooks among these paths, fit to leave; nothing if none is one."""
    tables = [path for path in paths if holds_tables(path)]
    found = read(tables) if tables else []
    if plan:
        found = _narrowed(found, plan)
    return found if with_names else [_nameless(one) for one in found]


def holds_tables(path: Path) -> bool:
    """Return whether a path is a folder of tables or a workbook, not an RDF file."""
    if path.is_dir():
        return bool(partnership_folders(path))
    return path.suffix.casefold() in WORKBOOKS


def files(some: Iterable[Partnership]) -> Iterator[CsvFile]:
    """Give every table that has rows, in a folder a partnership and in it one a plan, named by their keys."""
    for partnership in some:
        yield from _files(f"tables/{partnership.key}", partnership.rows)
        for plan in partnership.plans:
            yield from _files(f"tables/{partnership.key}/{plan.key}", plan.rows)


def _files(folder: str, rows: dict[str, list[Row]]) -> Iterator[CsvFile]:
    for declared in TABLES:
        if rows.get(declared.name):
            yield CsvFile(
                f"{folder}/{declared.name}.csv", declared.meaning, tuple(map(_field, declared.columns)),
                [[_cell(row, column) for column in declared.columns] for row in rows[declared.name]],
                read_back=True, key=(declared.key,) if declared.key else (),
            )  # fmt: skip


def _field(column: Column) -> Field:
    several = "; several, separated by “; ”" if column.many else ""
    constraints: dict[str, object] = {"required": True} if column.required else {}
    if column.allowed and not column.many:
        constraints["enum"] = list(column.allowed)
    return Field(column.name, TYPES.get(column.type, "string"), column.meaning + several, constraints)


def _cell(row: Row, column: Column) -> Value:
    value = row.values.get(column.name)
    if isinstance(value, tuple):
        return "; ".join(value)
    if isinstance(value, bool):
        return "yes" if value else None
    return value or None  # a whole number that is not there is 0


def _narrowed(found: Sequence[Partnership], key: str) -> list[Partnership]:
    """Return one plan with what it refers to, in its partnership and among national bodies."""
    owners = [one for one in found if one.key == NATIONAL or any(plan.key == key for plan in one.plans)]
    plans = [plan for owner in owners for plan in owner.plans if plan.key == key]
    wanted = {reference for plan in plans for name, rows in plan.rows.items() for reference in _references(name, rows)}
    for owner in owners:
        wanted |= set(_references("posts", [row for row in owner.rows["posts"] if row.text("key") in wanted]))
    narrow = [_with_only(owner, key, wanted) for owner in owners]
    return [one for one in narrow if one.plans or any(rows for name, rows in one.rows.items() if name != "partnership")]


def _with_only(partnership: Partnership, key: str, wanted: set[str]) -> Partnership:
    kept = {
        name: [row for row in some if name == "partnership" or row.text("key") in wanted]
        for name, some in partnership.rows.items()
    }
    rows = defaultdict(list, kept)
    return replace(partnership, rows=rows, plans=[plan for plan in partnership.plans if plan.key == key])


def _references(name: str, rows: Iterable[Row]) -> Iterator[str]:
    referring = [column for column in table(name).columns if column.type == "reference"]
    for row in rows:
        for column in referring:
            yield from row.many(column.name) if column.many else (row.text(column.name),)


def _nameless(partnership: Partnership) -> Partnership:
    plans = [Plan(plan.folder, _without_names(plan.rows)) for plan in partnership.plans]
    return replace(partnership, rows=_without_names(partnership.rows), plans=plans)


def _without_names(rows: Mapping[str, Iterable[Row]]) -> dict[str, list[Row]]:
    return defaultdict(list, {name: [_without_name(table(name), row) for row in some] for name, some in rows.items()})


def _without_name(declared: Table, row: Row) -> Row:
    """A remark for the next editor may bear any name, so it goes too."""
    values = {name: value for name, value in row.values.items() if name != "note"}
    if declared.name == "people":
        values |= {"name": f"named person {row.text('key').lstrip('p')}", "also": ()}
    return Row(row.file, row.number, values)
