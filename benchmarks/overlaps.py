"""How well overlaps are found, against the pairs that people judged, beside methods that look at wording alone.

Every method scores the same pairs in the same run. Average precision asks whether overlaps come before other pairs,
whatever the threshold. It is given for the pairs as drawn and weighted by how many pairs of the whole range each stands for.
Nothing was chosen by looking at the held-out third. People's verdicts only measure here; no method sees them.

Usage: `python benchmarks/overlaps.py [--facets read|tagged|both] [--judgements FILE]`; `python benchmarks/overlaps.py --scale 100000` measures time
and memory on synthetic rows (overlaps_scale.py).
"""

import argparse
import csv
import importlib.util
import random
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from goldenthread.graph import ontology
from goldenthread.graph.overlaps.items import Item, items
from goldenthread.graph.overlaps.judgements import merged, read
from goldenthread.graph.overlaps.matching import vectors
from goldenthread.graph.overlaps.relationship import SAME, SHOWN
from goldenthread.graph.plans import open_plans

if TYPE_CHECKING:
    import numpy as np

JUDGED = Path(__file__).parent / "judged" / "pairs.csv"
SPLITS = {"held-out": "Held-out third (nothing was chosen by looking at it)",
          "open": "Open two thirds (the weights and the threshold were chosen here)"}  # fmt: skip
VERDICTS = "verdicts"
FACETS = {"read": "read", "tagged": "auto"}
NEEDED = {"sklearn": "scikit-learn", "rank_bm25": "rank-bm25"}
RESAMPLES = 400
Scores = Sequence[float]
Method = Callable[[Sequence[Item], Sequence[tuple[int, int]]], Scores]


@dataclass(frozen=True, slots=True)
class Judged:
    """A judged pair: the places of its two rows in the list of items, the verdict, for how many pairs it stands."""

    first: int
    second: int
    verdict: str
    stands_for: float

    @property
    def is_overlap(self) -> bool:
        """Whether the two rows overlap in any way."""
        return self.verdict != "different"

    @property
    def is_same(self) -> bool:
        """Whether the two rows are the same work."""
        return self.verdict == "same"


def judged(every: Sequence[Item], split: str, verdicts: Path | None = None) -> list[Judged]:
    """Return the judged pairs of a split, "open", "held-out", or "verdicts" (those of a table that `judge` wrote).

    KeyError if a row of one is not among the items; verdicts on rows that are not loaded are left out.
    """
    at = {(item.plan, item.key): place for place, item in enumerate(every)}
    if split == VERDICTS:
        last = {one.pair: one for one in merged(read(verdicts or Path()))}
        placed = [(sorted(at[row] for row in pair if row in at), one) for pair, one in last.items()]
        return [Judged(places[0], places[1], one.verdict, 1.0) for places, one in placed if len(places) == 2]
    with JUDGED.open(encoding="utf-8", newline="") as file:
        return [
            Judged(
                at[row["a_plan"], row["a_key"]],
                at[row["b_plan"], row["b_key"]],
                row["verdict"],
                float(row["stands_for"]),
            )
            for row in csv.DictReader(file)
            if row["split"] == split
        ]


def average_precision(scores: Scores, right: Sequence[bool], weights: Sequence[float]) -> float:
    """Return the mean precision over the right pairs from the highest score down; equal scores come together."""
    ranked = sorted(zip(scores, right, weights, strict=True), key=lambda one: -one[0])
    total = sum(weight for _, is_right, weight in ranked if is_right)
    seen = hits = area = 0.0
    for _, group in groupby(ranked, key=lambda one: one[0]):
        tied = list(group)
        gained = sum(weight for _, is_right, weight in tied if is_right)
        seen += sum(weight for _, _, weight in tied)
        hits += gained
        area += gained * hits / seen
    return area / total if total else 0.0


def at_threshold(
    scores: Scores, right: Sequence[bool], weights: Sequence[float], threshold: float
) -> tuple[float, float]:
    """Return precision and recall of the pairs that score at least this much."""
    shown = sum(weight for score, weight in zip(scores, weights, strict=True) if score >= threshold)
    hits = sum(w for score, ok, w in zip(scores, right, weights, strict=True) if ok and score >= threshold)
    total = sum(weight for ok, weight in zip(right, weights, strict=True) if ok)
    return hits / (shown or 1), hits / (total or 1)


# the methods


def matcher(every: Sequence[Item], places: Sequence[tuple[int, int]]) -> Scores:
    """Goldenthread's own score."""
    return _cosines(vectors(every, ontology.broader("topic")), places)


def words(every: Sequence[Item], places: Sequence[tuple[int, int]]) -> Scores:
    """TF-IDF of words, cosine."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    vectorizer = TfidfVectorizer(sublinear_tf=True, stop_words="english")
    return _cosines(vectorizer.fit_transform(map(_text, every)), places)


def characters(every: Sequence[Item], places: Sequence[tuple[int, int]]) -> Scores:
    """TF-IDF of runs of 3 to 5 characters within words, cosine."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    vectorizer = TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5), sublinear_tf=True)
    return _cosines(vectorizer.fit_transform(map(_text, every)), places)


def bm25(every: Sequence[Item], places: Sequence[tuple[int, int]]) -> Scores:
    """BM25 each way as a share of a row's score with itself, the mean of both ways."""
    from rank_bm25 import BM25Okapi

    from goldenthread.graph.overlaps.matching import tokens

    texts = [tokens(_text(item)) for item in every]
    index = BM25Okapi(texts)
    own = {place: index.get_scores(texts[place]) for place in {place for both in places for place in both}}
    return [float(own[i][j] / (own[i][i] or 1) + own[j][i] / (own[j][j] or 1)) / 2 for i, j in places]


def token_set(every: Sequence[Item], places: Sequence[tuple[int, int]]) -> Scores:
    """RapidFuzz's token_set_ratio."""
    from rapidfuzz import fuzz, utils

    return [fuzz.token_set_ratio(_text(every[i]), _text(every[j]), processor=utils.default_process) for i, j in places]


def w_ratio(every: Sequence[Item], places: Sequence[tuple[int, int]]) -> Scores:
    """RapidFuzz's WRatio."""
    from rapidfuzz import fuzz, utils

    return [fuzz.WRatio(_text(every[i]), _text(every[j]), processor=utils.default_process) for i, j in places]


BASELINES: dict[str, Method] = {
    "TF-IDF of words": words,
    "TF-IDF of characters, 3 to 5": characters,
    "BM25, symmetrised": bm25,
    "rapidfuzz token_set_ratio": token_set,
    "rapidfuzz WRatio": w_ratio,
}


def _text(item: Item) -> str:
    return f"{item.title} {item.more}"


def _cosines(matrix: "np.ndarray", places: Sequence[tuple[int, int]]) -> Scores:
    return [float(matrix[i].multiply(matrix[j]).sum()) for i, j in places]


# the tables


def lines(split: str, facets: Sequence[str], verdicts: Path | None = None) -> Iterator[str]:
    """Give a split's figures in Markdown: the matcher with each kind of facets, then the others."""
    yield f"{SPLITS.get(split, 'Verdicts of your own')}\n"
    yield "| method | all overlaps: AP | weighted | same work: AP | weighted |"
    yield "|---|---|---|---|---|"
    shown, every = [], list[Item]()
    ours, others = dict[str, Scores](), dict[str, Scores]()
    for kind in facets:
        every = items(open_plans(facets=FACETS[kind]).engine)
        pairs = judged(every, split, verdicts)
        places = [(pair.first, pair.second) for pair in pairs]
        ours[f"goldenthread, facets {kind}"] = scores = matcher(every, places)
        shown.append(_shown(kind, scores, pairs))
    for name, method in BASELINES.items():
        others[name] = method(every, places)
    for name, scores in (ours | others).items():
        yield _row(name, scores, pairs)
    same, overlap = sum(pair.is_same for pair in pairs), sum(pair.is_overlap for pair in pairs)
    whole = sum(pair.stands_for for pair in pairs)
    share = sum(pair.stands_for for pair in pairs if pair.is_overlap) / whole
    yield f"\n{len(pairs)} pairs, {overlap} overlaps ({overlap / len(pairs):.0%}; weighted {share:.1%}), {same} of them the same work."
    yield from shown
    for name, scores in ours.items():
        yield f"By the chance of the draw ({RESAMPLES} resamples): {name}, {_interval(scores, others, pairs)}."


def _row(name: str, scores: Scores, pairs: Sequence[Judged]) -> str:
    drawn, weighted = [1.0] * len(pairs), [pair.stands_for for pair in pairs]
    figures = [
        average_precision(scores, right, weights)
        for right in ([pair.is_overlap for pair in pairs], [pair.is_same for pair in pairs])
        for weights in (drawn, weighted)
    ]
    return f"| {name} | {' | '.join(f'{figure:.2f}' for figure in figures)} |"


def _shown(kind: str, scores: Scores, pairs: Sequence[Judged]) -> str:
    right = [pair.is_overlap for pair in pairs]
    precision, recall = at_threshold(scores, right, [1.0] * len(pairs), SHOWN)
    weighted = at_threshold(scores, right, [pair.stands_for for pair in pairs], SHOWN)
    count = sum(score >= SHOWN for score in scores)
    alike = Counter(pair.verdict for score, pair in zip(scores, pairs, strict=True) if score >= SAME)
    return (
        f"Facets {kind}: from {SHOWN} on {count} of the pairs are shown, precision {precision:.2f} (weighted {weighted[0]:.2f}), "
        f"recall {recall:.2f} (weighted {weighted[1]:.2f}), all overlaps. Taken for the same work, from {SAME} on, are "
        f"{sum(alike.values())}: {alike['same']} of the {sum(pair.is_same for pair in pairs)} that are, "
        f"{alike['overlap'] + alike['by-design']} that overlap, {alike['different']} that are different."
    )


def _interval(scores: Scores, others: Mapping[str, Scores], pairs: Sequence[Judged]) -> str:
    """Return in words between what 95 of 100 resamples lie: average precision, and the lead over the best other method."""
    chance, some = random.Random(0), list(range(len(pairs)))
    own, lead = [], []
    for _ in range(RESAMPLES):
        drawn = chance.choices(some, k=len(some))
        right = [pairs[place].is_overlap for place in drawn]
        figures = [
            average_precision([method[place] for place in drawn], right, [1.0] * len(drawn))
            for method in (scores, *others.values())
        ]
        own.append(figures[0])
        lead.append(figures[0] - max(figures[1:]))
    low, high = RESAMPLES // 40, RESAMPLES - RESAMPLES // 40 - 1
    (a, b), (c, d) = ((sorted(figures)[low], sorted(figures)[high]) for figures in (own, lead))
    return f"AP of all overlaps {a:.2f} to {b:.2f}, ahead of the best method of wording by {c:.2f} to {d:.2f}"


def main() -> None:
    """Print the figures of both splits, the held-out one first; or measure time and memory."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--facets", choices=("read", "tagged", "both"), default="both")
    parser.add_argument("--judgements", type=Path, metavar="FILE", help="measure on the verdicts of this table too")
    parser.add_argument("--scale", type=int, metavar="N", help="measure on this many synthetic rows instead")
    parser.add_argument("--memory", type=float, default=8.0, help="with --scale: gigabytes that a run may take")
    options = parser.parse_args()
    if options.scale:
        from overlaps_scale import measure

        for line in measure(options.scale, options.memory):
            print(line, flush=True)
        return
    if missing := [package for module, package in NEEDED.items() if importlib.util.find_spec(module) is None]:
        sys.exit(f"not installed: {', '.join(missing)}; run: pip install 'goldenthread[benchmarks]'")
    facets = list(FACETS) if options.facets == "both" else [options.facets]
    for split in SPLITS:
        print("\n".join(lines(split, facets)), end="\n\n")
    if options.judgements:
        print("\n".join(lines(VERDICTS, facets, options.judgements)), end="\n\n")


if __name__ == "__main__":
    main()
