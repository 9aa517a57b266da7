"""Synthetic rows of plans, and how much time and memory it takes to find the overlaps among them.

The rows are invented by chance from a fixed seed: partnerships of about 150 rows in two plans; topics, kinds of work and
lengths as often as in the built-in plans, every topic of the ontology at least now and then; half of a row's words from
those that stand with its topic, half from all, as often as they stand there; some rows say another's work again. So a word is in about the same share of rows
as in real plans. Every row says that it is synthetic. Each measurement runs in a process of its own, for peak memory.
"""

import json
import random
import resource
import subprocess
import sys
import time
from bisect import bisect
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import accumulate

from goldenthread.graph import ontology
from goldenthread.graph.engines import Rows
from goldenthread.graph.overlaps.finding import alike, among
from goldenthread.graph.overlaps.items import Item, items
from goldenthread.graph.overlaps.matching import tokens
from goldenthread.graph.overlaps.relationship import SHOWN
from goldenthread.graph.plans import open_plans

SEED = 20
SIZE = 150  # rows of a partnership, half of them up or down
PLANS, SECTIONS = 2, 8
TAKEN_UP = (
    0.3  # share of actions that say again what another row says, with other measures: as many pairs as in real plans
)
MOST_TITLES = 200_000  # titles compared by sparse_dot_topn at most: twice as many take four times as long
GIGABYTE = 2**30


class Frequencies:
    """Things drawn by chance as often as they were counted."""

    def __init__(self, counted: Counter[str]) -> None:
        self.things, self.sums = list(counted), list(accumulate(counted.values()))

    def some(self, chance: random.Random, number: int) -> list[str]:
        """Return this many, drawn one by one."""
        return [self.things[bisect(self.sums, chance.random() * self.sums[-1])] for _ in range(number)]


class Invented:
    """Invents the rows of one partnership after the other, each always the same."""

    def __init__(self, real: Sequence[Item]) -> None:
        topics = Counter(dict.fromkeys(sorted(ontology.notations("topic")), 0.5))
        topics.update(topic for item in real for topic in item.topics)
        self.topics = Frequencies(topics)
        self.work = Frequencies(Counter(kind for item in real for kind in item.work))
        said, by_topic = Counter[str](), defaultdict[str, Counter[str]](Counter)
        for item in real:
            words = f"{item.title} {item.more}".casefold().split()
            said.update(words)
            for topic in item.topics:
                by_topic[topic].update(words)
        self.words = Frequencies(said)
        self.by_topic = {topic: Frequencies(words) for topic, words in by_topic.items()}
        self.lengths = [(len(i.title.split()), len(i.more.split()), len(i.topics), len(i.work)) for i in real]

    def partnership(self, number: int) -> list[Item]:
        """Return the rows of the partnership of this number."""
        chance = random.Random(f"{SEED}-{number}")
        rows: list[Item] = []
        for place in range(chance.randint(SIZE // 2, SIZE * 3 // 2)):
            plan, section = divmod(place % (PLANS * SECTIONS), SECTIONS)
            aim = rows[place % (PLANS * SECTIONS)] if place >= PLANS * SECTIONS else None
            row = self._row(chance, number, plan, section, place, aim)
            if aim and chance.random() < TAKEN_UP:
                other = chance.choice(rows)
                row = replace(row, title=other.title, topics=other.topics, work=other.work)
            rows.append(row)
        return rows

    def _row(self, chance: random.Random, number: int, plan: int, section: int, place: int, aim: Item | None) -> Item:
        title, more, topics, work = chance.choice(self.lengths)
        about = tuple(dict.fromkeys(self.topics.some(chance, topics)))
        key = f"{section}.{place}" if aim else f"s{section}"
        home = f"synthetic-{number}-{2020 + 3 * plan}"
        lead = f"Synthetic post {chance.randint(1, 20)} of {number}"
        return Item(
            iri=f"https://w3id.org/goldenthread/id/{home}/{'action' if aim else 'priority'}/{key}",
            type="action" if aim else "priority", plan=home, partnership=f"Synthetic {number}",
            section=str(section) if aim else "", ref="", key=key, title=self._text(chance, about, title),
            document=f"{home} (synthetic)", line=str(place + 1), kind="", boards=(f"Synthetic board {number}",),
            leads=(lead,) if aim else (), groups=(), topics=about,
            work=tuple(dict.fromkeys(self.work.some(chance, work))), audience=("children",), people=("children",),
            since=f"{2020 + 3 * plan}-01-01", until=f"{2022 + 3 * plan}-12-31", target="",
            more=self._text(chance, about, more),
            above=(aim.iri,) if aim else (), above_titles=(aim.title,) if aim else (),
        )  # fmt: skip

    def _text(self, chance: random.Random, about: Sequence[str], length: int) -> str:
        near = [self.by_topic[topic] for topic in about if topic in self.by_topic]
        half = length // 2 if near else 0
        words = self.words.some(chance, length - half)
        return " ".join(words + (chance.choice(near).some(chance, half) if near else []))


class NothingSaid:
    """An engine in which no plan says anything of two rows."""

    def select(self, query: str) -> Rows:
        """Return no rows, under whatever columns."""
        return Rows((), [])


def invented(rows: int) -> Iterator[Item]:
    """Give this many synthetic rows, partnership by partnership."""
    inventor = Invented(items(open_plans().engine))
    number = given = 0
    while given < rows:
        some = inventor.partnership(number)[: rows - given]
        yield from some
        given, number = given + len(some), number + 1


# what is measured, each in a process of its own


def pairs_of(rows: int) -> dict[str, float]:
    """Find the pairs of synthetic rows that are all held in memory."""
    every = list(invented(rows))
    before, start = _peak(), time.perf_counter()
    found = sum(1 for _ in alike(every, SHOWN))
    return {"pairs": found, "seconds": time.perf_counter() - start, "before": before}


def overlaps_of(rows: int) -> dict[str, float]:
    """Find the overlaps with relationships, reasons and differences."""
    every = list(invented(rows))
    before, start = _peak(), time.perf_counter()
    found = among(every, NothingSaid())
    return {"pairs": len(found), "seconds": time.perf_counter() - start, "before": before}


def titles_of(rows: int) -> dict[str, float]:
    """Compare all titles with one another by sparse_dot_topn: the ten nearest above 0.5, whatever the partnership."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sparse_dot_topn import sp_matmul_topn

    titles = [item.title for item in invented(rows)]
    before, start = _peak(), time.perf_counter()
    matrix = TfidfVectorizer(analyzer=tokens).fit_transform(titles)
    near = sp_matmul_topn(matrix, matrix.T.tocsr(), top_n=10, threshold=0.5, n_threads=2)
    return {"pairs": (near.nnz - rows) // 2, "seconds": time.perf_counter() - start, "before": before}


TASKS: dict[str, Callable[[int], dict[str, float]]] = {"pairs": pairs_of, "overlaps": overlaps_of, "titles": titles_of}


def measure(rows: int, gigabytes: float) -> Iterator[str]:
    """Give the measurements in Markdown; a task that needs more memory than this is said to fail."""
    titles = min(rows, MOST_TITLES)
    yield f"Synthetic rows, seed {SEED}; pairs from {SHOWN} on; every process limited to {gigabytes:g} GB of memory\n"
    yield "| what | rows | pairs | time, s | rows a second | peak memory, GB | of it the rows |"
    yield "|---|---|---|---|---|---|---|"
    yield _line("goldenthread: every pair within its block", "pairs", rows, gigabytes)
    yield _line("the same, with relationship, reasons and differences", "overlaps", rows, gigabytes)
    yield _line("sparse_dot_topn: titles of all partnerships, ten nearest above 0.5", "titles", titles, gigabytes)
    if titles < rows:
        times = (rows / titles) ** 2
        yield f"\nTitles of all {rows:,} rows were not compared: time grows with the square, so it would take about {times:.0f} times as long."


def _line(label: str, task: str, rows: int, gigabytes: float) -> str:
    command = [sys.executable, __file__, task, str(rows), str(gigabytes)]
    run = subprocess.run(command, capture_output=True, text=True)
    if run.returncode:
        return f"| {label} | {rows:,} | failed: {run.stderr.strip().splitlines()[-1:]} | | | | |"
    found = json.loads(run.stdout)
    seconds, count = found["seconds"], int(found["pairs"])
    return f"| {label} | {rows:,} | {count:,} | {seconds:.1f} | {rows / seconds:,.0f} | {found['peak']:.2f} | {found['before']:.2f} |"


def _peak() -> float:
    """Return the most memory that this process has held, in GB."""
    held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return held / (GIGABYTE if sys.platform == "darwin" else GIGABYTE / 1024)


def main(arguments: Sequence[str]) -> None:
    """Run one task in this process and print its figures as JSON."""
    task, rows, gigabytes = arguments
    limit = int(float(gigabytes) * GIGABYTE)
    resource.setrlimit(resource.RLIMIT_DATA, (limit, limit))
    print(json.dumps({**TASKS[task](int(rows)), "peak": _peak()}))


if __name__ == "__main__":
    main(sys.argv[1:])
