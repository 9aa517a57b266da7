"""What was entered, gathered: partnerships with their registry and plans, every reference resolved.

Only what would make a row unreadable is an error here (a reference to nothing, a key used twice, a date that is
none); whether the facts are sound is what the shapes say.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path

from goldenthread.graph.columns import TABLES, Table
from goldenthread.graph.dates import read_target
from goldenthread.graph.tables import BadTables, Problem, Row, read_csv, typed

NATIONAL = "national"  # the partnership whose registry every other may refer to


@dataclass(slots=True)
class Plan:
    """One plan's rows by table; `folder` is the name of its folder or sheet."""

    folder: str
    rows: dict[str, list[Row]] = field(default_factory=lambda: defaultdict(list))

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
    """One partnership's registry rows by table, and its plans in the order of their dates."""

    folder: str
    rows: dict[str, list[Row]] = field(default_factory=lambda: defaultdict(list))
    plans: list[Plan] = field(default_factory=list)

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


def partnership_folders(path: Path) -> list[Path]:
    """Return the partnership folders at or below a path: those that hold a partnership.csv."""
    candidates = [path, *sorted(child for child in path.iterdir() if child.is_dir())]
    return [folder for folder in candidates if (folder / "partnership.csv").is_file()]


def table_files(path: Path) -> list[Path]:
    """Return every table below a path, in a fixed order."""
    return [
        file
        for folder in partnership_folders(path)
        for part in (folder, *sorted(child for child in folder.iterdir() if child.is_dir()))
        for file in sorted(part.glob("*.csv"))
    ]


def read(paths: Sequence[Path]) -> list[Partnership]:
    """Read every partnership below these folders; BadTables with every problem of every table if there is one."""
    problems: list[Problem] = []
    partnerships: list[Partnership] = []
    for path in paths:
        folders = partnership_folders(path) if path.is_dir() else []
        if not folders:
            message = "no tables here: a folder of tables holds partnership.csv, or folders that do"
            problems.append(Problem(str(path), 0, "", "", message))
        partnerships.extend(_read_partnership(folder, problems) for folder in folders)
    partnerships = [partnership for partnership in partnerships if partnership.rows["partnership"]]
    problems.extend(_repeated("partnership", ((p.key, p.row) for p in partnerships)))
    problems.extend(_repeated("plan", ((plan.key, plan.row) for p in partnerships for plan in p.plans)))
    problems.extend(problem for partnership in partnerships for problem in _unresolved(partnership, partnerships))
    if problems:
        raise BadTables(problems)
    return sorted(partnerships, key=lambda partnership: partnership.key)


def _read_partnership(folder: Path, problems: list[Problem]) -> Partnership:
    partnership = Partnership(folder.name, _read_tables(folder, folder.name, "partnership", problems))
    for child in sorted(child for child in folder.iterdir() if child.is_dir() and any(child.glob("*.csv"))):
        rows = _read_tables(child, f"{folder.name}/{child.name}", "plan", problems)
        if len(rows["plan"]) == 1:
            partnership.plans.append(Plan(child.name, rows))
    partnership.plans.sort(key=lambda plan: (plan.row.text("since"), plan.key))
    return partnership


def _read_tables(folder: Path, label: str, level: str, problems: list[Problem]) -> dict[str, list[Row]]:
    tables = {table.name: table for table in TABLES if table.level == level}
    rows: dict[str, list[Row]] = defaultdict(list)
    for file in sorted(folder.glob("*.csv")):
        name = f"{label}/{file.name}"
        if file.stem not in tables:
            near = get_close_matches(file.stem, tables, 1)
            hint = f"did you mean {near[0]}.csv?" if near else f"tables here are {', '.join(tables)}"
            problems.append(Problem(name, 0, "", "", f"no table has this name; {hint}"))
            continue
        try:
            raw = read_csv(file, name)
        except BadTables as error:
            problems.extend(error.problems)
            continue
        rows[file.stem], found = typed(raw, tables[file.stem])
        problems.extend(found)
    if len(rows[level]) != 1 and not any(problem.file == f"{label}/{level}.csv" for problem in problems):
        message = f"exactly one row is needed; there are {len(rows[level])}"
        problems.append(Problem(f"{label}/{level}.csv", 0, "", "", message))
    return rows


def _repeated(what: str, keyed: Iterable[tuple[str, Row]]) -> Iterator[Problem]:
    seen: dict[str, Row] = {}
    for key, row in keyed:
        if seen.setdefault(key, row) is not row:
            yield row.problem("key", f"another {what} has this key, in {seen[key].file} row {seen[key].number}", key)


def _unresolved(partnership: Partnership, all_of_them: Sequence[Partnership]) -> Iterator[Problem]:
    national = [other.registry() for other in all_of_them if other.key == NATIONAL]
    registry = {**(national[0] if national else {}), **partnership.registry()}
    registry_rows = [
        (row.text("key"), row) for name, rows in partnership.rows.items() if name != "partnership" for row in rows
    ]
    yield from _repeated("thing of this partnership", registry_rows)
    for name, rows in partnership.rows.items():
        yield from _dangling(name, rows, registry)
    for plan in partnership.plans:
        own = {row.text("key"): name for name in ("priorities", "actions") for row in plan.rows[name]}
        yield from _repeated(
            "entry of this plan",
            [(row.text("key"), row) for name in ("priorities", "actions") for row in plan.rows[name]],
        )
        for name, rows in plan.rows.items():
            yield from _dangling(name, rows, registry | own)
        for row in plan.rows["actions"]:
            try:
                read_target(row.text("target_text"), edtf=row.text("target_edtf"), kind=row.text("target_kind"))
            except ValueError as error:
                yield row.problem("target_text", str(error), row.text("target_text"))


def _dangling(name: str, rows: Iterable[Row], known: dict[str, str]) -> Iterator[Problem]:
    table: Table = next(table for table in TABLES if table.name == name)
    references = [column for column in table.columns if column.type == "reference"]
    for row in rows:
        for column in references:
            values = row.many(column.name) if column.many else (row.text(column.name),)
            for value in filter(None, values):
                if known.get(value) in column.refers:
                    continue
                allowed = [key for key, place in known.items() if place in column.refers]
                near = get_close_matches(value, allowed, 1)
                hint = f"did you mean {near[0]!r}?" if near else f"add it to {' or '.join(column.refers)}"
                yield row.problem(column.name, f"nothing has this key in {', '.join(column.refers)}; {hint}", value)
