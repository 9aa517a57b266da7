"""People's verdicts on pairs of rows: who judged what, when and why. People have the last word.

A table of verdicts only grows: a later verdict on a pair takes the place of an earlier one and the earlier one stays in the
table. So two people's files merge without loss: all rows of both, each once.
"""

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import astuple, dataclass, fields
from datetime import datetime
from pathlib import Path

from goldenthread.graph.overlaps.relationship import (
    CARRIED,
    DUPLICATE,
    ELSEWHERE,
    JOINT,
    OVERLAPPING,
    REPEATED,
    TWICE,
    Relationship,
)
from goldenthread.graph.tables import BadTables, Problem, read_csv
from goldenthread.graph.writing import write_text

VERDICTS = ("same", "overlap", "different", "by-design")
SAME_WORK = 1.0  # the score of a pair that a person judged to be the same work
STAYS_SAME = (REPEATED, TWICE, CARRIED)
SETTLED = {"overlap": OVERLAPPING, "by-design": JOINT}


@dataclass(frozen=True, slots=True, order=True)
class Judgement:
    """A person's verdict on two rows, given by plan and key; `when` is an ISO date and time."""

    plan: str
    key: str
    other_plan: str
    other_key: str
    verdict: str
    why: str
    who: str
    when: str

    @property
    def pair(self) -> frozenset[tuple[str, str]]:
        """The two rows, whichever was named first."""
        return frozenset(((self.plan, self.key), (self.other_plan, self.other_key)))

    def settles(self, relation: Relationship, *, at_once: bool) -> Relationship:
        """Return the relationship that the verdict leaves; `at_once` tells whether the two plans are of one time.

        Work of another partnership stays comparable, whatever is judged: that is no matter of likeness.
        """
        if relation.kind == ELSEWHERE:
            kind = ELSEWHERE
        elif self.verdict == "same":
            kind = relation.kind if relation.kind in STAYS_SAME else DUPLICATE if at_once else CARRIED
        else:
            kind = SETTLED[self.verdict]
        passage = relation.passage if kind == relation.kind else None
        return Relationship(kind, passage, f"judged {self.verdict} by {self.who}: {self.why}")


COLUMNS = tuple(field.name for field in fields(Judgement))


def read(path: Path) -> list[Judgement]:
    """Return the verdicts of a table; none if there is no such file; BadTables with every problem."""
    if not path.exists():
        return []
    raw = read_csv(path, path.name)
    problems = []
    if raw.header != COLUMNS:
        raise BadTables([raw.problem(1, "", f"a table of verdicts has the columns {', '.join(COLUMNS)}")])
    rows = []
    for number, cells in raw.rows:
        if len(cells) != len(COLUMNS):
            problems.append(raw.problem(number, "", f"the row has {len(cells)} cells, the header {len(COLUMNS)}"))
            continue
        judgement = Judgement(*(cell.strip() for cell in cells))
        problems += list(_problems(raw.file, number, judgement))
        rows.append(judgement)
    if problems:
        raise BadTables(problems)
    return rows


def _problems(file: str, number: int, judgement: Judgement) -> Iterable[Problem]:
    if judgement.verdict not in VERDICTS:
        yield Problem(file, number, "verdict", judgement.verdict, f"use one of {', '.join(VERDICTS)}")
    for column in COLUMNS:
        if not getattr(judgement, column):
            yield Problem(file, number, column, "", "the cell is empty")
    try:
        datetime.fromisoformat(judgement.when)
    except ValueError:
        yield Problem(file, number, "when", judgement.when, "write a date and time such as 2026-11-21T10:00:00+00:00")


def write(path: Path, judgements: Iterable[Judgement]) -> None:
    """Write verdicts as a table, by time, each once."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(astuple(one) for one in merged(judgements))
    write_text(path, out.getvalue())


def merged(*tables: Iterable[Judgement]) -> list[Judgement]:
    """Return all verdicts of several tables, by time, each once."""
    every = {judgement for table in tables for judgement in table}
    return sorted(every, key=lambda one: (one.when, one))


def standing(
    judgements: Iterable[Judgement], addresses: Mapping[tuple[str, str], str]
) -> dict[frozenset[str], Judgement]:
    """Return the last verdict on each pair of rows that is loaded; `addresses` are those of (plan, key)."""
    last: dict[frozenset[str], Judgement] = {}
    for judgement in merged(judgements):
        pair = [addresses[row] for row in judgement.pair if row in addresses]
        if len(pair) == len(set(pair)) == 2:
            last[frozenset(pair)] = judgement
    return last
