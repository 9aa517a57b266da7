"""How long the store and the report of a synthetic partnership take, how many files it has, how large, how much memory.

The partnership is invented, and says so in every row: boards, each with groups that have groups of their own, every tenth
with a second superior, in two plans; actions, priorities and reviews in proportion to the built-in plans. It lies in a
temporary folder that goes away. Whoever runs `goldenthread report --data FOLDER` for the first time waits for both. Beside
the time on the clock stands that of the processor, which other work on the machine does not lengthen as much.
Usage: `python benchmarks/report.py [--bodies 2000]`.
"""

import argparse
import csv
import os
import random
import resource
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from goldenthread.graph import ontology
from goldenthread.graph.plans import open_plans
from goldenthread.graph.report import write_report
from goldenthread.graph.version import VERSION

YEARS = (2024, 2026)
OF_A_BOARD = 50  # bodies of a board, itself among them
BELOW = 6  # groups that report to one group
SHARES = {"actions": 1.5, "reviews": 0.1, "documents": 0.3}  # for each body, rounded from the built-in plans
OF_A_SECTION = 10  # bodies for each section of a plan
SUBJECTS = ("Quality", "Learning", "Practice", "Neglect", "Workforce", "Transition", "Early Help", "Case Review")


def invented(folder: Path, bodies: int) -> None:
    """Write the tables of a partnership with so many bodies, always the same."""
    names = [_name(number) for number in range(bodies)]
    reviews = [f"Synthetic review {number}" for number in range(round(bodies * SHARES["reviews"]))]
    documents = [f"Synthetic document {number}" for number in range(round(bodies * SHARES["documents"]))]
    _write(
        folder / "partnership.csv",
        [{"key": "synthetic", "name": "Synthetic Partnership", "area": "nowhere", "synthetic": "yes"}],
    )
    _write(
        folder / "bodies.csv",
        [{"name": name, "kind": "board" if _is_board(n) else "subgroup"} for n, name in enumerate(names)],
    )
    _write(folder / "reviews.csv", [{"name": name, "kind": "serious-case-review"} for name in reviews])
    _write(folder / "documents.csv", [{"name": name, "kind": "report"} for name in documents])
    for year in YEARS:
        _plan(folder / str(year), year, names, reviews, documents)


def _name(number: int) -> str:
    board = number // OF_A_BOARD + 1
    return (
        f"Synthetic Board {board}"
        if _is_board(number)
        else f"Synthetic {SUBJECTS[number % len(SUBJECTS)]} Group {number}"
    )


def _is_board(number: int) -> bool:
    return number % OF_A_BOARD == 0


def _plan(folder: Path, year: int, names: Sequence[str], reviews: Sequence[str], documents: Sequence[str]) -> None:
    sections = max(8, len(names) // OF_A_SECTION)
    topics = sorted(ontology.notations("topic"))
    boards = [name for number, name in enumerate(names) if _is_board(number)]
    actions = range(round(len(names) * SHARES["actions"] / len(YEARS)))
    _write(folder / "plan.csv", [{"title": f"Synthetic Plan {year}", "boards": "; ".join(boards), "since": year, "until": year + 1,
                                  "people_covered": "children"}])  # fmt: skip
    _write(folder / "mentions.csv", [{"subject": name, "name": name} for name in (*names, *reviews, *documents)])
    _write(folder / "relations.csv", [
        {"source": names[n], "kind": "reports-to", "target": names[above], "basis": basis, "reason": "synthetic" if basis else ""}
        for n in range(len(names)) if not _is_board(n) for above, basis in _above(n)
    ])  # fmt: skip
    _write(folder / "priorities.csv", [
        {"number": n + 1, "title": f"Synthetic priority {n + 1}", "kind": "section", "owners": boards[n % len(boards)], "topics": topics[n % len(topics)]}
        for n in range(sections)
    ])  # fmt: skip
    _write(folder / "actions.csv", [
        {"section": n % sections + 1, "ref": f"{n % sections + 1}.{n // sections + 1}", "priority": f"Synthetic priority {n % sections + 1}",
         "title": _title(n, year), "leads": names[n * 7 % len(names)],
         "groups": names[n * 11 % len(names)], "target_text": f"{n % 28 + 1:02}/0{n % 9 + 1}/{year}", "topics": topics[n % len(topics)],
         "reviews": reviews[n % len(reviews)] if n % 3 == 0 else "", "documents": documents[n % len(documents)] if n % 2 == 0 else ""}
        for n in actions
    ])  # fmt: skip
    _write(folder / "learning.csv", [
        {"reviews": review, "learning": f"Synthetic learning {n}", "actions": f"{n % sections + 1}.{n // sections + 1}", "stage": "planned"} for n, review in enumerate(reviews)
    ])  # fmt: skip


def _title(number: int, year: int) -> str:
    """A title of eight words, of which another row has one by chance, as in real plans."""
    chance = random.Random(f"{year}-{number}")
    return " ".join(("Synthetic action", *(f"word{chance.randint(1, 3000)}" for _ in range(8))))


def _above(number: int) -> Iterable[tuple[int, str]]:
    """To whom a group reports: one of its board's bodies; every tenth to the board itself too, by reading."""
    start = number - number % OF_A_BOARD
    above = start + (number % OF_A_BOARD - 1) // BELOW
    yield above, ""
    if number % 10 == 9 and above != start:
        yield start, "inferred"


def _write(file: Path, rows: Sequence[Mapping[str, object]]) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def measured(bodies: int) -> str:
    """Return the measurements of a report of so many bodies, as text."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["GOLDENTHREAD_CACHE"] = f"{folder}/cache"
        invented(Path(folder) / "synthetic", bodies)
        built = Clock()
        plans = open_plans(Path(folder) / "synthetic")
        built.stop()
        reported = Clock()
        index = write_report(plans, Path(folder) / "report", version=VERSION)
        reported.stop()
        files = [file for file in index.parent.rglob("*") if file.is_file()]
        sizes = Counter[str]()
        for file in files:
            part = file.relative_to(index.parent).parts
            sizes[part[0] if len(part) > 1 else "first pages"] += file.stat().st_size
        lines = [f"synthetic, {bodies:,} bodies: store {built}; report {reported}; both {built.seconds + reported.seconds:.1f} s",
                 f"{len(files):,} files, {sum(sizes.values()) / 1e6:.1f} MB, peak memory {_peak() / 1e9:.2f} GB"]  # fmt: skip
        return "\n".join([*lines, *(f"  {part}: {size / 1e6:.2f} MB" for part, size in sizes.most_common())])


class Clock:
    """Seconds on the clock, and of the processor, from its making until it is stopped."""

    def __init__(self) -> None:
        self._from = time.perf_counter(), time.process_time()
        self.seconds = self.processor = 0.0

    def stop(self) -> None:
        """Take the time."""
        self.seconds, self.processor = time.perf_counter() - self._from[0], time.process_time() - self._from[1]

    def __str__(self) -> str:
        return f"{self.seconds:.1f} s (processor {self.processor:.1f} s)"


def _peak() -> float:
    """Return the most memory that this process has held, in bytes."""
    held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return held if sys.platform == "darwin" else held * 1024


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--bodies", type=int, default=2000)
    print(measured(parser.parse_args().bodies))
