"""Facets proposed from the words of an item: its topics, kinds of work and audience, each with what triggered it.

A rule, not a model, so that whoever doubts a facet can read why it stands there. Labels of the ontology are looked for
in the title, the measures and the titles of the aims above. A concept scores once for each of these places, the title
most; a name inside a longer name does not count, and a broader concept gives way to its narrower.
How well that does is measured by benchmarks/tagging.py and told in docs/facets.md.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from goldenthread.graph.facets.label_words import SMALL, Label, Labels, Word, labels, words

SCOPES = {"C": "children", "A": "adults"}
GAP = 4  # words that may stand between a verb and its object: "update the neglect strategy"


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """What is known of a priority or action; `under` are the aims it stands under, the nearest first."""

    title: str
    measures: Sequence[str] = ()  # or the outcomes of a priority
    under: Sequence[str] = ()
    actors: Sequence[str] = ()  # names of leads and groups
    scope: str = ""  # C, A or B: children, adults, both
    is_aim: bool = False  # a priority says itself what it is about: what it stands under counts half


@dataclass(frozen=True, slots=True)
class Proposal:
    """A facet proposed, with the words that triggered it and a score that only ranks within one scheme."""

    scheme: str
    notation: str
    triggers: tuple[str, ...]
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """How a scheme is tagged: what each place counts, from which score on and how many at most."""

    title: float
    first: float = 0.0  # what standing first in the title adds; half of it one word on, a third two words on
    measures: float
    nearest: float = 0.0  # the nearest aim that names something; each further one counts half of the one before
    actors: float = 0.0
    threshold: float
    share: float  # of the best concept's score: what stays far below it is named only by the way
    most: int
    aims: float = 1.0  # how much of `title` counts in the title of an aim, which mostly says a state, not work
    gaps: bool = False  # whether other words may stand within a label


RULES = {
    # A measure mostly names a record or a meeting; what an action is about is said by the aim it stands under.
    "topic": Rule(title=3, measures=1, nearest=1.5, actors=0.25, threshold=1.5, share=0.3, most=3),
    "kind-of-work": Rule(title=2, first=4, aims=0.5, measures=1, threshold=2.5, share=0.4, most=2, gaps=True),
    "audience": Rule(title=3, measures=2, nearest=1.5, threshold=1, share=0.5, most=2),
}


@dataclass(frozen=True, slots=True)
class Match:
    """A label found in a text: whose it is, which of the text's words it takes."""

    notation: str
    at: tuple[int, ...]
    written: str


def propose(item: Item) -> list[Proposal]:
    """Return the facets proposed for an item, topics, work, audience, the best of each first."""
    return [proposal for scheme, rule in RULES.items() for proposal in _of_scheme(item, scheme, rule)]


def _of_scheme(item: Item, scheme: str, rule: Rule) -> list[Proposal]:
    known = labels(scheme)
    scores: dict[str, float] = defaultdict(float)
    triggers: dict[str, list[str]] = {}
    for worth, match in _evidence(item, rule, known):
        scores[match.notation] += worth
        triggers.setdefault(match.notation, []).append(match.written)
    if scheme == "audience" and not scores and item.scope in SCOPES:
        scores, triggers = {SCOPES[item.scope]: rule.threshold}, {SCOPES[item.scope]: [f"scope {item.scope}"]}
    enough = max(rule.threshold, rule.share * max(scores.values(), default=0))
    above = {notation: score for notation, score in scores.items() if score >= enough}
    kept = [notation for notation in above if not _has_narrower(notation, above, known)]
    kept.sort(key=lambda notation: (-above[notation], notation))
    return [
        Proposal(scheme, notation, _distinct(triggers[notation]), round(above[notation], 3))
        for notation in kept[: rule.most]
    ]


def _evidence(item: Item, rule: Rule, known: Labels) -> Iterator[tuple[float, Match]]:
    """Give every match with what it adds: a concept counts once in each place, its further mentions add nothing."""
    title = matches(item.title, known, gaps=rule.gaps)
    worth = rule.title * (rule.aims if item.is_aim else 1)
    yield from _once((worth + rule.first / (1 + match.at[0]), match) for match in title)
    for weight, texts in ((rule.measures, item.measures), (rule.actors, item.actors)):
        found = [match for text in texts for match in matches(text, known, gaps=rule.gaps)]
        yield from _once((weight, match) for match in found if weight)
    weight = rule.nearest / 2 if item.is_aim else rule.nearest
    for aim in item.under if weight else ():
        found = matches(aim, known, gaps=rule.gaps)
        several = len({match.notation for match in found})
        yield from _once((weight / several, match) for match in found)
        weight /= 2 if several else 1


def _once(found: Iterable[tuple[float, Match]]) -> Iterator[tuple[float, Match]]:
    seen: set[str] = set()
    for worth, match in found:
        yield 0 if match.notation in seen else worth, match
        seen.add(match.notation)


def _has_narrower(notation: str, above: Iterable[str], known: Labels) -> bool:
    return any(notation in _ancestors(other, known) for other in above if other != notation)


def _ancestors(notation: str, known: Labels) -> set[str]:
    """Return every concept that this one is a narrower form of, near or far."""
    found: set[str] = set()
    waiting = {notation}
    while waiting:
        waiting = {up for one in waiting for up in known.broader.get(one, frozenset())} - found
        found |= waiting
    return found


def _distinct(triggers: Iterable[str]) -> tuple[str, ...]:
    """Each trigger once, whatever its capitals, in the order in which they were met."""
    return tuple({trigger.casefold(): trigger for trigger in reversed(list(triggers))}.values())[::-1]


def matches(text: str, known: Labels, *, gaps: bool = False) -> list[Match]:
    """Return the labels found in a text, in its order, without those inside a longer one."""
    said = [word for word in words(text) if word.key not in SMALL]
    found = [
        Match(label.notation, at, " ".join(said[index].written for index in at))
        for start, word in enumerate(said)
        for label in known.by_first.get(word.key, ())
        if (at := _positions(label, said, start, GAP if gaps else 0))
    ]
    taken: dict[int, list[set[int]]] = defaultdict(list)  # by each word, which words its labels take
    for match in found:
        for index in match.at:
            taken[index].append(set(match.at))
    whole = [match for match in found if not any(set(match.at) < other for other in taken[match.at[0]])]
    return sorted(whole, key=lambda match: match.at)


def _positions(label: Label, said: Sequence[Word], start: int, gap: int) -> tuple[int, ...]:
    """Return where the label's words stand from `start` on, in order; () if they do not."""
    at = [start]
    for key in label.keys[1:]:
        reach = range(at[-1] + 1, min(at[-1] + 2 + gap, len(said)))
        here = next((index for index in reach if said[index].key == key), None)
        if here is None:
            return ()
        at.append(here)
    return tuple(at)
