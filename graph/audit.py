"""Recounts table rows from the documents' texts, compares them with the data, and verifies every digest.

`python -m goldenthread.graph.audit DATA DOCUMENTS` prints a line a plan and section; exit code 1 if anything differs.
A table's text comes in two forms: wide, one row a line with tabs between its cells; and tall, one cell a line.
"""

import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from goldenthread.graph.facts import Plan, read
from goldenthread.graph.sources import Document, digest

HEADER_CELLS = ("strategic intent and actions", "priority or function and actions", "objective", "no.", "no", "owner:")
TALL_ROW = re.compile(r"\t(\d+\.\s*)?")


@dataclass(frozen=True, slots=True)
class Count:
    """One action section: rows recounted and rows recorded, actions entered and actions recorded."""

    plan: str
    section: str
    rows_found: int
    rows_recorded: int
    actions_entered: int
    actions_recorded: int

    @property
    def agrees(self) -> bool:
        """Whether what was counted is what is recorded."""
        return self.rows_found == self.rows_recorded and self.actions_entered == self.actions_recorded

    def __str__(self) -> str:
        rows = f"{self.rows_found} rows in the text, {self.rows_recorded} recorded"
        actions = f"{self.actions_entered} actions entered, {self.actions_recorded} recorded"
        return f"{'ok  ' if self.agrees else 'DIFF'} {self.plan} section {self.section}: {rows}; {actions}"


def recount(plan: Plan, document: Document) -> Iterator[Count]:
    """Give the counts of every action section of a plan."""
    entered = Counter(row.text("section") for row in plan.rows["actions"])
    starts = sorted((row.whole("line"), row) for row in plan.rows["sections"] if row.text("section"))
    ends = [line for line, _ in starts[1:]] + [len(document.lines) + 1]
    for (line, row), end in zip(starts, ends, strict=True):
        found = rows_between(document.lines, line, end)
        section = row.text("section")
        yield Count(plan.key, section, found, row.whole("rows"), entered[section], row.whole("actions"))


def rows_between(lines: Sequence[str], start: int, end: int) -> int:
    """Return the number of table rows from line `start` up to before line `end`, both counted from 1."""
    part = lines[start - 1 : end - 1]
    wide = sum(map(_is_wide_row, part))
    return wide or sum(_starts_tall_row(part, index) for index in range(len(part)))


def _is_wide_row(line: str) -> bool:
    cells = [cell.strip() for cell in line.split("\t")]
    filled = [cell for cell in cells if cell]
    if len(cells) < 4 or not filled or all(set(cell) <= {"-"} for cell in filled):
        return False
    if filled[0].casefold() in HEADER_CELLS or filled[0].startswith("<b>"):
        return False
    return len(filled) > 1 or not cells[0]


def _starts_tall_row(lines: Sequence[str], index: int) -> bool:
    if (index and lines[index - 1]) or not TALL_ROW.fullmatch(lines[index]):
        return False
    return lines[index] != "\t" or list(lines[index + 1 : index + 3]) == ["\t", "\t"]


def changed_passages(plan: Plan, document: Document) -> Iterator[str]:
    """Give the passages whose text is not the one that was read, and those that were never digested."""
    recorded = {row.text("lines"): row.text("digest") for row in plan.rows["sources"]}
    cited = {
        lines
        for name, rows in plan.rows.items()
        if name not in ("sources", "sections")
        for row in rows
        for lines in row.many("lines")
    }
    if document.digest != plan.row.text("digest"):
        yield f"{plan.key}: the document's digest is {document.digest}, recorded is {plan.row.text('digest') or 'none'}"
    for lines in sorted(cited | set(recorded)):
        try:
            found = digest(document.passage(lines))
        except ValueError as error:
            yield f"{plan.key}: {error}"
            continue
        if lines not in recorded:
            yield f"{plan.key}: lines {lines} are cited and have no digest; run `make sources`"
        elif recorded[lines] != found:
            yield f"{plan.key}: the text of lines {lines} is not the one that was read"


def audit(data: Path, documents: Path) -> int:
    """Print the audit of every plan whose document is at hand; return how many things differ."""
    differing = 0
    for partnership in read([data]):
        for plan in partnership.plans:
            path = documents / plan.row.text("document")
            if not path.is_file():
                print(f"     {plan.key}: {path.name} is not in {documents}")
                continue
            document = Document.read(path)
            for count in recount(plan, document):
                print(count)
                differing += not count.agrees
            changed = list(changed_passages(plan, document))
            for message in changed:
                print(f"DIFF {message}")
            differing += len(changed)
            print(f"     {plan.key}: {len(plan.rows['sources'])} passages, {len(changed)} differ from what was read")
    return differing


if __name__ == "__main__":
    sys.exit(1 if audit(Path(sys.argv[1]), Path(sys.argv[2])) else 0)
