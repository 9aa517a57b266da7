"""`python -m goldenthread.graph.columns_page` writes data/README.md: every column explained, rows and actions counted.

The declarations in columns.py, the ontology's schemes, the sections tables and data/checks.csv are its only sources.
"""

import csv
from collections.abc import Iterator
from pathlib import Path

from goldenthread.graph import ontology
from goldenthread.graph.columns import TABLES, Column, Table
from goldenthread.graph.facts import Partnership, read
from goldenthread.graph.writing import write_text

INTRODUCTION = """# What the plans say

One folder a partnership, one folder in it a plan, small CSV tables in both. The partnership's tables hold each thing
once, whatever a plan calls it; a plan's tables hold what that plan states, with the lines of the document's text that
say so. How to fill them is in [docs/entering-a-plan.md](../docs/entering-a-plan.md). Figures, names and dates are the
plans'; wording longer than a title is restated. Licence of the tables: CC BY 4.0.

This page is made from the declarations of the columns and from the tables themselves (`make docs`).
"""

CHECKED = """A second reader read each plan afresh and then compared row by row. Readers who had not seen the tables wrote
questions from the documents (tests/questions/); making them run showed what else was wrong. What was corrected:
"""


def page(data: Path) -> str:
    """Return the text of data/README.md for the tables below a folder."""
    partnerships = read([data])
    parts = [
        INTRODUCTION,
        *_counts(partnerships),
        *_checks(data / "checks.csv"),
        *_draws(data / "draws.csv"),
        *_tables(),
    ]
    return "\n".join(parts).rstrip() + "\n"


def _counts(partnerships: list[Partnership]) -> Iterator[str]:
    yield "## Rows in the documents, actions entered\n"
    yield "| plan | section | table rows in the document | actions entered | why they differ |\n|---|---|---:|---:|---|"
    for partnership in partnerships:
        for plan in partnership.plans:
            for row in plan.rows["sections"]:
                if row.text("section"):
                    cells = (
                        plan.key,
                        row.text("section"),
                        row.whole("rows"),
                        row.whole("actions"),
                        row.text("count_note"),
                    )
                    yield f"| {' | '.join(map(str, cells))} |"
    yield "\n`make audit DOCUMENTS=folder` recounts them from the documents' texts and verifies every passage's digest.\n"


def _checks(path: Path) -> Iterator[str]:
    if not path.is_file():
        return
    yield "## Read more than once\n"
    yield CHECKED
    yield "| found by | plan | table | kind of correction | how many |\n|---|---|---|---|---:|"
    with open(path, encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        yield f"| {row['by']} | {row['plan']} | {row['table']} | {row['kind']} | {row['count']} |"
    sums = {
        by: sum(int(row["count"]) for row in rows if row["by"] == by) for by in dict.fromkeys(row["by"] for row in rows)
    }
    yield f"\nIn all: {', '.join(f'{by} {count}' for by, count in sums.items())}.\n"


def _draws(path: Path) -> Iterator[str]:
    if not path.is_file():
        return
    yield "Statements drawn at random over all plans and tables, each checked a third time against the text:\n"
    yield "| draw | statements | right | two readings possible | wrong, and mended with its kind |\n|---|---:|---:|---:|---:|"
    with open(path, encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            yield f"| {row['draw']} | {row['statements']} | {row['right']} | {row['debatable']} | {row['wrong']} |"
    yield ""


def _tables() -> Iterator[str]:
    yield "## Tables and columns\n"
    for table in TABLES:
        yield _table(table)


def _table(table: Table) -> str:
    lines = [f"### {table.name}.csv ({table.level})", "", table.meaning[0].upper() + table.meaning[1:] + ".", ""]
    lines += ["| column | what it holds | values |", "|---|---|---|"]
    lines += [
        f"| {column.name}{' *' if column.required else ''} | {column.meaning} | {_values(column)} |"
        for column in table.columns
    ]
    return "\n".join([*lines, ""])


def _values(column: Column) -> str:
    several = "; several, separated by “; ”" if column.many else ""
    match column.type:
        case "concept":
            return f"one of: {', '.join(sorted(ontology.notations(column.scheme)))}{several}"
        case "choice":
            return f"one of: {', '.join(column.allowed)}"
        case "reference":
            return f"a key of {', '.join(column.refers)}{several}"
        case "date":
            return "a date in EDTF, or day first"
        case "flag":
            return "yes or no"
        case "whole":
            return "a whole number"
        case "lines":
            return f"74 or 74-75{several}"
        case "key":
            return "lower-case letters, digits, dots, hyphens"
    return f"text{several}"


if __name__ == "__main__":
    write_text(Path("data") / "README.md", page(Path("data")))
