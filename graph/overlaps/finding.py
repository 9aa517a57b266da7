"""From the items of all plans to overlaps: pairs above a threshold, each with relationship, reasons and differences.

A whole and its own part are no overlap, and rows of one section are compared only where the plan repeats one. Across
partnerships everything is compared while there are few enough items; beyond that only within each partnership.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

from goldenthread.graph import ontology
from goldenthread.graph.engines import Engine
from goldenthread.graph.overlaps.acknowledged import Acknowledged, Passage
from goldenthread.graph.overlaps.items import Item, items
from goldenthread.graph.overlaps.judgements import SAME_WORK, Judgement
from goldenthread.graph.overlaps.matching import Pair, pairs, score, tokens, vectors
from goldenthread.graph.overlaps.relationship import SHOWN, Relationship, differences, reasons, relationship, twice
from goldenthread.graph.overlaps.resuming import Finished

ABOVE_ZERO = 1e-6
MOST_ACROSS = 20_000  # items up to which those of different partnerships are compared too
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Overlap:
    """Two rows that are alike: what they are to each other, how alike they are, why, and in what they differ."""

    first: Item
    second: Item
    relationship: Relationship
    score: float
    reasons: tuple[str, ...]
    differs: tuple[str, ...]
    judgement: Judgement | None = None

    @property
    def kind(self) -> str:
        """The relationship's notation."""
        return self.relationship.kind

    @property
    def passage(self) -> Passage | None:
        """The passage by which a plan itself acknowledges it."""
        return self.relationship.passage


def found(
    engine: Engine,
    *,
    at_least: float = SHOWN,
    judged: Mapping[frozenset[str], Judgement] | None = None,
    progress: Progress | None = None,
    resume: Path | None = None,
) -> list[Overlap]:
    """Return every overlap of the loaded plans with at least this score, the likeliest first within a relationship.

    `judged` are people's verdicts by the addresses of two rows: a pair judged different does not come back, one judged
    otherwise comes whatever its score. `resume` is a folder in which finished partnerships are kept, so that a long run can
    be stopped and started again.
    """
    return among(items(engine), engine, at_least=at_least, judged=judged, progress=progress, resume=resume)


def among(
    every: Sequence[Item],
    engine: Engine,
    *,
    at_least: float = SHOWN,
    judged: Mapping[frozenset[str], Judgement] | None = None,
    progress: Progress | None = None,
    resume: Path | None = None,
) -> list[Overlap]:
    """Return the overlaps among these items, as `found` does among all."""
    said = Acknowledged(engine)
    known = judged or {}
    likely = {
        frozenset((every[i].iri, every[j].iri)): (i, j, score)
        for i, j, score in alike(every, at_least, progress=progress, resume=resume)
    }
    unlike = [key for key in (*known, *(_stated(every, said) if at_least <= SHOWN else ())) if key not in likely]
    likely |= _scored(every, unlike)
    overlaps = [
        _overlap(every[i], every[j], score, said, known.get(key))
        for key, (i, j, score) in likely.items()
        if key not in known or known[key].verdict != "different"
    ]
    order = list(ontology.in_order("overlap"))
    return sorted(overlaps, key=lambda one: (order.index(one.kind), -one.score, one.first.iri, one.second.iri))


def _stated(every: Sequence[Item], said: Acknowledged) -> Iterator[frozenset[str]]:
    """Give the pairs that come whatever their score: those that plans join themselves, and a plan's same words twice."""
    yield from said.joined({item.iri for item in every})
    by_words: defaultdict[tuple[str, ...], list[Item]] = defaultdict(list)
    for item in every:
        by_words[item.plan, *tokens(item.title)].append(item)
    for some in by_words.values():
        yield from (frozenset((a.iri, b.iri)) for a, b in combinations(some, 2) if twice(a, b))


def _scored(every: Sequence[Item], keys: Sequence[frozenset[str]]) -> dict[frozenset[str], tuple[int, int, float]]:
    """Return the places and score of pairs that no threshold brought up; those not loaded, or a whole and its part, left out."""
    at = {item.iri: place for place, item in enumerate(every)}
    placed = {key: sorted(at[iri] for iri in key) for key in dict.fromkeys(keys) if all(iri in at for iri in key)}
    found = {key: (i, j) for key, (i, j) in placed.items() if not part(every[i], every[j])}
    if not found:
        return {}
    needed = {place for pair in found.values() for place in pair}
    some = every if len(every) <= MOST_ACROSS else [every[place] for place in sorted(needed)]
    order = {place: row for row, place in enumerate(range(len(every)) if some is every else sorted(needed))}
    matrix = vectors(some, ontology.broader("topic"))
    return {key: (i, j, score(matrix, order[i], order[j])) for key, (i, j) in found.items()}


def alike(
    every: Sequence[Item], at_least: float, *, progress: Progress | None = None, resume: Path | None = None
) -> Iterator[tuple[int, int, float]]:
    """Give the pairs of comparable items from this score on, block by block, by their places in the list.

    With `resume` each finished block is kept in that folder, and not computed again while its items stay the same.
    """
    threshold, broader = max(at_least, ABOVE_ZERO), ontology.broader("topic")
    finished = Finished(resume, threshold, broader) if resume else None

    def likely(some: Sequence[Item]) -> Iterator[Pair]:
        return pairs(vectors(some, broader), threshold)

    for done, (name, block) in enumerate((blocks := _blocks(every)).items(), 1):
        some = [every[place] for place in block]
        for pair in finished.pairs(name, some, likely) if finished else likely(some):
            if comparable(some[pair.first], some[pair.second]):
                yield block[pair.first], block[pair.second], pair.score
        if progress is not None:
            progress(done, len(blocks))


def _blocks(every: Sequence[Item]) -> dict[str, list[int]]:
    """Return the places of the items that are compared with one another, by a name for each block."""
    if len(every) <= MOST_ACROSS:
        return {"every partnership": list(range(len(every)))} if every else {}
    by_partnership: defaultdict[str, list[int]] = defaultdict(list)
    for place, item in enumerate(every):
        by_partnership[item.partnership].append(place)
    return dict(by_partnership)


def comparable(first: Item, second: Item) -> bool:
    """Return whether two rows may overlap: not a whole and its part, nor two different rows of one section."""
    if part(first, second):
        return False
    return first.place != second.place or first.title.casefold() == second.title.casefold()


def part(first: Item, second: Item) -> bool:
    """Return whether one of two rows stands under the other."""
    return second.iri in first.above or first.iri in second.above


def _overlap(one: Item, other: Item, score: float, said: Acknowledged, judgement: Judgement | None) -> Overlap:
    first, second = (one, other) if (one.since, one.iri) <= (other.since, other.iri) else (other, one)
    relation = relationship(first, second, score, said)
    if judgement is not None:
        relation = judgement.settles(relation, at_once=first.since == second.since)
        score = max(score, SAME_WORK if judgement.verdict == "same" else score)
    why = reasons(first, second) or ("the plan itself joins them",)
    return Overlap(first, second, relation, round(score, 3), why, differences(first, second), judgement)
