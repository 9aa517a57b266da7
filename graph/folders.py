"""Folders of CSV tables: a partnership's folder holds its registry, and a folder for each of its plans."""

from difflib import get_close_matches
from pathlib import Path

from goldenthread.graph.columns import TABLES
from goldenthread.graph.tables import BadTables, Problem, RawPartnership, RawPlan, RawTable, read_csv


def partnership_folders(path: Path) -> list[Path]:
    """Return the partnership folders at or below a path: those that hold a partnership.csv."""
    candidates = [path, *sorted(child for child in path.iterdir() if child.is_dir())]
    return [folder for folder in candidates if (folder / "partnership.csv").is_file()]


def read_folders(path: Path, problems: list[Problem]) -> list[RawPartnership]:
    """Read the tables of every partnership at or below a folder, adding to `problems` what cannot be read."""
    folders = partnership_folders(path)
    if not folders:
        message = "no tables here: a folder of tables holds partnership.csv, or folders that do"
        problems.append(Problem(str(path), 0, "", "", message, unreadable=True))
    return [_partnership(folder, problems) for folder in folders]


def _partnership(folder: Path, problems: list[Problem]) -> RawPartnership:
    tables = _tables(folder, folder.name, "partnership", problems)
    plans = [
        RawPlan(child.name, f"{folder.name}/{child.name}", _tables(child, f"{folder.name}/{child.name}", "plan", problems))
        for child in sorted(child for child in folder.iterdir() if child.is_dir() and any(child.glob("*.csv")))
    ]  # fmt: skip
    return RawPartnership(folder.name, folder.name, tables, plans)


def _tables(folder: Path, label: str, level: str, problems: list[Problem]) -> dict[str, RawTable]:
    known = [table.name for table in TABLES if table.level == level]
    found: dict[str, RawTable] = {}
    for file in sorted(folder.glob("*.csv")):
        name = f"{label}/{file.name}"
        unread = RawTable(name, (), (), whole=False)
        if file.stem not in known:
            meant = get_close_matches(file.stem, known, 1)
            hint = f"did you mean {meant[0]}.csv?" if meant else f"tables here are {', '.join(known)}"
            problems.append(Problem(name, 0, "", "", f"no table has this name; {hint}"))
            found |= {table: unread for table in meant if table not in found and not (folder / f"{table}.csv").exists()}
            continue
        try:
            found[file.stem] = read_csv(file, name)
        except BadTables as error:
            problems.extend(error.problems)
            found[file.stem] = unread
    return found
