"""What was entered, gathered: partnerships with their registry and plans, every reference resolved.

Folders of tables and workbooks give raw tables; their cells are typed, what may be left empty is filled, names become keys.

Only what would make a row unreadable is an error here (a reference to nothing, a key used twice, a date that is
none); whether the facts are sound is what the shapes say.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from goldenthread.graph import columns
from goldenthread.graph.dates import read_target
from goldenthread.graph.defaults import complete_absences, complete_plan, complete_registry, mention_registry
from goldenthread.graph.folders import read_folders
from goldenthread.graph.references import Bearers, resolve
from goldenthread.graph.tables import BadTables, Problem, RawPartnership, RawTable, Row, typed

NATIONAL = "national"  # the partnership whose registry every other may refer to
NUMBERED = re.compile(r"p[1-9]\d*")  # a person's key
NAMING = ("", "key", "name", "abbreviation", "also", "title", "number")  # columns by which others refer to a row
WORKBOOKS = (".xlsx", ".xlsm")


@dataclass(slots=True)
class Plan:
    """One plan's rows by table; `folder` is the name of its folder or sheet, `unsure` are tables not wholly read."""

    folder: str
    rows: dict[str, list[Row]] = field(default_factory=lambda: defaultdict(list))
    unsure: set[str] = field(default_factory=set)

    @property
    def row(self) -> Row:
        """The one row of the plan table."""
        return self.rows["plan"][0]

    @property
    def key(self) -> str:
        """The plan's short id."""
        return self.row.text("key")


@dataclass(slots=True)
class Partnership:
    """One partnership's registry rows by table, and its plans in the order of their dates; `unsure` as for a plan."""

    folder: str
    rows: dict[str, list[Row]] = field(default_factory=lambda: defaultdict(list))
    plans: list[Plan] = field(default_factory=list)
    unsure: set[str] = field(default_factory=set)

    @property
    def row(self) -> Row:
        """The one row of the partnership table."""
        return self.rows["partnership"][0]

    @property
    def key(self) -> str:
        """The partnership's short name."""
        return self.row.text("key")

    def registry(self) -> dict[str, str]:
        """Return which table each registry key stands in."""
        return {row.text("key"): name for name, rows in self.rows.items() if name != "partnership" for row in rows}


def read(paths: Sequence[Path]) -> list[Partnership]:
    """Read every partnership of these folders and workbooks; BadTables with every problem of every table."""
    problems: list[Problem] = []
    raw = [one for path in paths for one in _raw(path, problems)]
    partnerships = [_partnership(one, problems) for one in raw]
    partnerships = [partnership for partnership in partnerships if partnership.rows["partnership"]]
    problems.extend(_repeated("partnership", ((p.key, p.row) for p in partnerships)))
    problems.extend(_repeated("plan", ((plan.key, plan.row) for p in partnerships for plan in p.plans)))
    national = [other for other in partnerships if other.key == NATIONAL]
    for partnership in partnerships:
        _resolve(partnership, [other for other in national if other is not partnership], problems)
    if problems:
        raise BadTables(problems)
    return sorted(partnerships, key=lambda partnership: partnership.key)


def _raw(path: Path, problems: list[Problem]) -> list[RawPartnership]:
    if path.is_file() and path.suffix.casefold() in WORKBOOKS:
        from goldenthread.graph.workbooks.reading import read_workbook

        return read_workbook(path, problems)
    if path.is_dir():
        return read_folders(path, problems)
    message = "there is no such folder of tables or workbook"
    problems.append(Problem(str(path), 0, "", "", message, unreadable=True))
    return []


def _partnership(raw: RawPartnership, problems: list[Problem]) -> Partnership:
    typed_rows, unsure = _typed(raw.tables, raw.label, "partnership", problems)
    partnership = Partnership(raw.home, typed_rows, unsure=unsure)
    complete_registry(partnership.rows)
    if unnumbered := list(_unnumbered(partnership.rows["people"])):
        problems.extend(unnumbered)
        unsure.add("people")
    problems.extend(_unfilled(partnership.rows))
    for plan in raw.plans:
        rows, unsure = _typed(plan.tables, plan.label, "plan", problems)
        if len(rows["plan"]) == 1:
            if len(raw.plans) == 1:
                mention_registry(rows, partnership.rows)
            complete_plan(rows, partnership=partnership.key if partnership.rows["partnership"] else "", home=raw.home)
            problems.extend(_unfilled(rows))
            partnership.plans.append(Plan(plan.name, rows, unsure))
    partnership.plans.sort(key=lambda plan: (plan.row.text("since"), plan.key))
    return partnership


def _typed(
    raw: dict[str, RawTable], label: str, level: str, problems: list[Problem]
) -> tuple[dict[str, list[Row]], set[str]]:
    """Return the rows by table, and the tables that may have had more keys or names than could be read."""
    rows: dict[str, list[Row]] = defaultdict(list)
    unsure = set()
    for name, table in sorted(raw.items()):
        rows[name], found = typed(table, columns.table(name))
        problems.extend(found)
        if not table.whole or any(problem.row <= 1 or problem.column in NAMING for problem in found):
            unsure.add(name)
    place = raw[level].file if level in raw else f"{label}/{level}.csv"
    if len(rows[level]) != 1 and not any(problem.file == place for problem in problems):
        remedy = f"put each {level} into a folder of its own" if rows[level] else "add it"
        problems.append(Problem(place, 0, "", "", f"exactly one row is needed; there are {len(rows[level])}; {remedy}"))
    return rows, unsure


def _unfilled(rows: dict[str, list[Row]]) -> Iterator[Problem]:
    """Say which required cells are empty although they could have been made from others."""
    for name, some in rows.items():
        for column in columns.table(name).columns:
            if column.required and column.made:
                for row in some:
                    if not row.values.get(column.name) and column.name not in row.wrong:
                        message = f"the cell is empty; it needs {column.meaning}"
                        yield row.problem(column.name, message)


def _unnumbered(people: Iterable[Row]) -> Iterator[Problem]:
    for row in people:
        if not NUMBERED.fullmatch(row.text("key")):
            message = "a person's key is p and a number, such as p3, since it is shown as 'named person 3'"
            yield row.problem("key", message, row.text("key"))


def _repeated(what: str, keyed: Iterable[tuple[str, Row]]) -> Iterator[Problem]:
    seen: dict[str, Row] = {}
    for key, row in keyed:
        if seen.setdefault(key, row).raw is not row.raw:  # within one table it is said by that table
            yield row.problem("key", f"another {what} has this key, in {seen[key].file} row {seen[key].number}", key)


def _resolve(partnership: Partnership, national: Iterable[Partnership], problems: list[Problem]) -> None:
    """Put keys in place of names, and say what refers to nothing or stands twice."""
    registry = Bearers(_registry_tables(partnership), partnership.unsure)
    for other in national:
        registry = Bearers(_registry_tables(other), other.unsure) | registry
    problems.extend(
        _repeated(
            "thing of this partnership",
            ((row.text("key"), row) for _, rows in _registry_tables(partnership) for row in rows),
        )
    )
    for name, rows in partnership.rows.items():
        problems.extend(resolve(name, rows, registry))
    for plan in partnership.plans:
        entries = [(name, plan.rows[name]) for name in ("priorities", "actions")]
        problems.extend(
            _repeated("entry of this plan", ((row.text("key"), row) for _, rows in entries for row in rows))
        )
        known = registry | Bearers(entries, plan.unsure)
        for name, rows in plan.rows.items():
            problems.extend(resolve(name, rows, known))
        problems.extend(_unread_dates(plan))
        complete_absences(plan.rows)


def _registry_tables(partnership: Partnership) -> list[tuple[str, list[Row]]]:
    return [(name, rows) for name, rows in partnership.rows.items() if name != "partnership"]


def _unread_dates(plan: Plan) -> Iterator[Problem]:
    for row in plan.rows["actions"]:
        try:
            read_target(row.text("target_text"), edtf=row.text("target_edtf"), kind=row.text("target_kind"))
        except ValueError as error:
            yield row.problem("target_text", str(error), row.text("target_text"))
