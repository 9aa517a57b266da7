"""What two alike rows are to each other, apart from how alike they are; with reasons, and what differs.

Work of different partnerships is comparable, never duplicate. A plan's own word (repeats, takes up, shares) comes before
anything that is read from likeness.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from goldenthread.graph import ontology
from goldenthread.graph.overlaps.acknowledged import Acknowledged, Passage
from goldenthread.graph.overlaps.items import Item
from goldenthread.graph.overlaps.matching import tokens

SHOWN = 0.5  # the score from which a pair is shown by default; chosen on the open judged pairs for 8 of 10 to be right
SAME = 0.6  # from this score on two rows are taken for the same work; chosen on the open judged pairs
WORDS_SHOWN = 6
OF_ACTIONS = ("leads", "groups", "dates", "work")
JOINT, REPEATED, TWICE, CARRIED, ELSEWHERE, OVERSIGHT, DUPLICATE, OVERLAPPING = (
    "joint-by-design", "repeated-row", "same-action-twice", "carried-over", "comparable-elsewhere", "oversight-and-delivery",
    "possible-duplication", "overlapping",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Relationship:
    """A kind of the scheme `overlap`, stated by a passage or read from likeness (then with the reason why)."""

    kind: str
    passage: Passage | None = None
    reading: str = ""


def relationship(first: Item, second: Item, score: float, said: Acknowledged) -> Relationship:
    """Return what two rows are to each other; `first` is the one of the earlier plan."""
    if passage := said.of_both(first, second):
        return Relationship(JOINT, passage)
    if passage := said.repeated(first, second):
        return Relationship(REPEATED, passage)
    if twice(first, second):
        return Relationship(TWICE, reading="both rows have the same words and the same subject")
    if passage := said.taken_up(first, second):
        return Relationship(CARRIED, passage)
    if score >= SHOWN and (passage := said.shared(first, second)):
        return Relationship(JOINT, passage)
    if first.partnership != second.partnership:
        return Relationship(ELSEWHERE, reading="alike in subject, work and wording, in plans of different partnerships")
    if first.since != second.since:
        return _over_time(score)
    if {_oversight(first), _oversight(second)} == {True, False} and set(first.topics) & set(second.topics):
        return Relationship(OVERSIGHT, reading="one does the work, the other watches over it")
    if (
        score >= SAME
        and first.type == second.type
        and owners(first) != owners(second)
        and not _other_names(first, second)
    ):
        return Relationship(DUPLICATE, reading="alike in subject, work and wording, and not the same owners")
    return Relationship(OVERLAPPING, reading="alike in subject, and the work meets in part")


def _over_time(score: float) -> Relationship:
    if score >= SAME:
        return Relationship(CARRIED, reading="alike in subject, work and wording; the later plan does not say so")
    return Relationship(OVERLAPPING, reading="alike in subject, in plans of different years")


def twice(first: Item, second: Item) -> bool:
    """Return whether two rows of a plan have the same words and subject; on another subject they are a template."""
    of_one_kind = first.plan == second.plan and first.type == second.type and set(first.topics) == set(second.topics)
    return of_one_kind and tokens(first.title) == tokens(second.title)


def _other_names(first: Item, second: Item) -> bool:
    """Whether the titles name different things by their abbreviations: a report on MAPPA is none on MARAC."""
    named = [set(re.findall(r"\b[A-Z]{3,}\b", item.title)) for item in (first, second)]
    return all(named) and not set.intersection(*named)


def _oversight(item: Item) -> bool | None:
    """Whether all kinds of a row's work watch over others' (True), or none (False)."""
    watching = set(map(ontology.oversees, item.work))
    return watching.pop() if len(watching) == 1 else None


def owners(item: Item) -> frozenset[str]:
    """Return who has a row: its leads and groups, else the boards whose plan or aim it is."""
    return frozenset(item.leads + item.groups) or frozenset(item.boards)


def reasons(first: Item, second: Item) -> tuple[str, ...]:
    """Return in words what two rows have in common: subject, kind of work, for whom, wording."""
    topics, work, audience = (ontology.labels(scheme) for scheme in ("topic", "kind-of-work", "audience"))
    broad = ontology.broader("topic")
    found = []
    both = [topic for topic in first.topics if topic in second.topics]
    if both:
        tagged = " (tagged from the words)" if "tagged" in (first.facets, second.facets) else ""
        found.append(f"both are about {_listed(topics[one] for one in both)}{tagged}")
    near = sorted(
        {
            wide
            for one in first.topics
            for wide in broad.get(one, ())
            if wide in second.topics or _has_under(wide, second, broad)
        }
        | {wide for one in second.topics for wide in broad.get(one, ()) if wide in first.topics}
    )
    if near and not both:
        found.append(f"both belong to {_listed(topics[one] for one in near)}")
    if kinds := [kind for kind in first.work if kind in second.work]:
        found.append(f"the same kind of work: {_listed(work[one].casefold() for one in kinds)}")
    if people := [one for one in first.audience if one in second.audience]:
        found.append(f"both for {_listed(audience[one].casefold() for one in people)}")
    if words := _common_words(first, second):
        found.append(f"words in common: {', '.join(words)}")
    return tuple(found)


def _has_under(wide: str, item: Item, broad: dict[str, list[str]]) -> bool:
    return any(wide in broad.get(topic, ()) for topic in item.topics)


def _common_words(first: Item, second: Item) -> list[str]:
    stems = set(tokens(f"{second.title} {second.more}"))
    words = dict.fromkeys(word.strip("'’.,:;()/-").casefold() for word in f"{first.title} {first.more}".split())
    shown: dict[str, str] = {}
    for word in words:
        for stem in tokens(word)[:1]:
            if stem in stems:
                shown.setdefault(stem, word)
    return list(shown.values())[:WORDS_SHOWN]


def differences(first: Item, second: Item) -> tuple[str, ...]:
    """Return in words in what two rows differ: plans, boards, owners, dates, for whom, kind of work."""
    work, audience = ontology.labels("kind-of-work"), ontology.labels("audience")
    sides = {
        "plans": ((first.plan,), (second.plan,)),
        "boards": (first.boards, second.boards),
        "leads": (first.leads, second.leads),
        "groups": (first.groups, second.groups),
        "dates": ((first.target,), (second.target,)),
        "for": (
            [audience[one].casefold() for one in first.audience],
            [audience[one].casefold() for one in second.audience],
        ),
        "work": ([work[one].casefold() for one in first.work], [work[one].casefold() for one in second.work]),
    }
    return tuple(
        f"{name}: {_side(one)} / {_side(other)}"
        for name, (one, other) in sides.items()
        if set(filter(None, one)) != set(filter(None, other))
        and not (name in OF_ACTIONS and _one_is_an_aim(first, second, one, other))
    )


def _one_is_an_aim(first: Item, second: Item, one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether a side is empty only because it is a priority, whose form seldom has the field."""
    sides = ((first, one), (second, other))
    return any(item.type == "priority" and not any(values) for item, values in sides)


def _side(values: Sequence[str]) -> str:
    return ", ".join(filter(None, values)) or "not stated"


def _listed(parts: Iterable[str]) -> str:
    several = list(parts)
    return " and ".join([", ".join(several[:-1]), several[-1]]) if len(several) > 1 else several[0]
