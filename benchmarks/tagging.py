"""How well the tagger does against the facets that were read and settled, beside how well two readers agree.

Precision, recall and F1 count value by value (micro). The tagger and the names in the ontology were improved by looking
only at the open plans; the others are held out. Usage: `python benchmarks/tagging.py [--misses N]`.
"""

import argparse
import csv
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from goldenthread.graph import places
from goldenthread.graph.facets.tagged import COLUMNS, Tagger, actor_names
from goldenthread.graph.facts import Partnership, read

OPEN = ("norfolk-2016", "nottingham-2014")
HELD_OUT = ("norfolk-2014", "norfolk-2020", "nottingham-2016")
JUDGED = Path(__file__).parent / "judged" / "facets.csv"


@dataclass
class Agreement:
    """Values that stand on both sides, only among the proposed and only among the settled."""

    both: int = 0
    extra: Counter[str] = field(default_factory=Counter)
    missed: Counter[str] = field(default_factory=Counter)

    def add(self, proposed: Iterable[str], settled: Iterable[str]) -> None:
        """Count one item."""
        ours, theirs = set(proposed), set(settled)
        self.both += len(ours & theirs)
        self.extra.update(ours - theirs)
        self.missed.update(theirs - ours)

    @property
    def precision(self) -> float:
        """Share of the proposed values that are settled ones."""
        return self.both / ((self.both + self.extra.total()) or 1)

    @property
    def recall(self) -> float:
        """Share of the settled values that were proposed."""
        return self.both / ((self.both + self.missed.total()) or 1)

    @property
    def f1(self) -> float:
        """The harmonic mean of both."""
        return 2 * self.both / ((2 * self.both + self.extra.total() + self.missed.total()) or 1)


def tagger(plans: Iterable[str], partnerships: Iterable[Partnership] | None = None) -> dict[str, Agreement]:
    """Return the agreement of the tagger with the tables of these plans, by scheme."""
    wanted = set(plans)
    found = {scheme: Agreement() for scheme in COLUMNS}
    for partnership in read([places.DATA]) if partnerships is None else partnerships:
        names = actor_names(partnership)
        for plan in (plan for plan in partnership.plans if plan.key in wanted):
            ours = Tagger(plan, names, facets="auto")
            for row in (*plan.rows["priorities"], *plan.rows["actions"]):
                tagged = ours.facets(row)
                for scheme, column in COLUMNS.items():
                    found[scheme].add(tagged.values[column], row.many(column))
    return found


def readers(plans: Iterable[str]) -> dict[str, Agreement]:
    """Return the agreement of the first reader with the second on these plans, by scheme."""
    wanted = set(plans)
    found = {scheme: Agreement() for scheme in COLUMNS}
    with JUDGED.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["plan"] in wanted:
                for scheme, column in COLUMNS.items():
                    found[scheme].add(_values(row[f"{column}_first"]), _values(row[f"{column}_second"]))
    return found


def _values(cell: str) -> list[str]:
    return [value for value in cell.split("; ") if value]


def lines() -> Iterator[str]:
    """Give the table of figures in Markdown."""
    yield "| scheme | plans | tagger: precision | recall | F1 | two readers: F1 |"
    yield "|---|---|---|---|---|---|"
    sets = {"open": OPEN, "held out": HELD_OUT}
    ours = {name: tagger(plans) for name, plans in sets.items()}
    theirs = {name: readers(plans) for name, plans in sets.items()}
    for scheme in COLUMNS:
        for name in sets:
            one = ours[name][scheme]
            figures = (one.precision, one.recall, one.f1, theirs[name][scheme].f1)
            yield f"| {scheme} | {name} | {' | '.join(f'{figure:.2f}' for figure in figures)} |"


def misses(plans: Iterable[str], most: int) -> Iterator[str]:
    """Give the values that were most often missed or wrongly proposed, per scheme."""
    for scheme, one in tagger(plans).items():
        for what, counted in (("missed", one.missed), ("proposed, not settled", one.extra)):
            yield f"{scheme}, {what}: {', '.join(f'{value} {count}' for value, count in counted.most_common(most))}"


def main() -> None:
    """Print the figures, then the most frequent misses on the open plans."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--misses", type=int, default=6, help="how many values to name per scheme")
    options = parser.parse_args()
    print("\n".join(lines()))
    print(f"\nMost frequent misses on the open plans ({', '.join(OPEN)}):")
    print("\n".join(misses(OPEN, options.misses)))


if __name__ == "__main__":
    main()
