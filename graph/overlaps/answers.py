"""Overlaps narrowed to what somebody asks, as a table, as JSON, and as text that reads like an answer."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from goldenthread.graph import ontology
from goldenthread.graph.answers import Table, Thing, where
from goldenthread.graph.overlaps.coverage import Cover, coverage, sentences
from goldenthread.graph.overlaps.finding import ABOVE_ZERO, Overlap, Progress, among
from goldenthread.graph.overlaps.items import Item, items
from goldenthread.graph.overlaps.judgements import Judgement, standing
from goldenthread.graph.overlaps.relationship import SHOWN
from goldenthread.graph.printing import CAVEAT

if TYPE_CHECKING:
    from goldenthread.graph.plans import Plans

FIRST_FEW = 8  # of a relationship
COLUMNS = ("relationship", "score", "plan", "key", "title", "other_plan", "other_key", "other_title", "reasons", "differs",
           "reading", "acknowledged", "verdict", "document", "line", "other_document", "other_line")  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which overlaps are wanted; None leaves a criterion out."""

    between: str | None = None
    other: str | None = None
    topic: str | None = None
    plan: str | None = None
    kind: str | None = None
    at_least: float = SHOWN


@dataclass(frozen=True, slots=True)
class Answer:
    """Overlaps, and what they were looked for in."""

    overlaps: tuple[Overlap, ...]
    covers: tuple[Cover, ...]
    wanted: Wanted = field(default_factory=Wanted)

    def _repr_html_(self) -> str:
        return as_table(self)._repr_html_()


def overlaps(
    plans: "Plans",
    wanted: Wanted,
    *,
    judgements: Iterable[Judgement] = (),
    progress: Progress | None = None,
    resume: Path | None = None,
) -> Answer:
    """Return the overlaps wanted with their coverage; ValueError for an unknown topic or relationship."""
    kind = None if wanted.kind is None else kind_of(wanted.kind)
    topic = None if wanted.topic is None else topic_of(wanted.topic)
    every = items(plans.engine)
    sides = [
        None if name is None else plans.one(name, plan=wanted.plan, kinds=("body",))
        for name in (wanted.between, wanted.other)
    ]
    judged = standing(judgements, {(item.plan, item.key): item.iri for item in every})
    at_least = max(wanted.at_least, ABOVE_ZERO)
    some = among(every, plans.engine, at_least=at_least, judged=judged, progress=progress, resume=resume)
    chosen = tuple(
        one for one in some
        if kind in (None, one.kind) and wanted.plan in (None, one.first.plan, one.second.plan)
        and (topic is None or {topic} <= set(one.first.topics) & set(one.second.topics)) and _between(one, sides)
    )  # fmt: skip
    return Answer(chosen, tuple(coverage(plans, every, [one for one in sides if one], plan=wanted.plan)), wanted)


def kind_of(text: str) -> str:
    """Return the relationship of this notation or label; ValueError if there is none."""
    labels = ontology.labels("overlap")
    for notation, label in labels.items():
        if text.casefold() in (notation, label):
            return notation
    raise ValueError(f"there is no relationship {text!r}; they are {', '.join(ontology.in_order('overlap'))}")


def topic_of(text: str) -> str:
    """Return the topic of this notation or label; ValueError if there is none."""
    labels = ontology.labels("topic")
    for notation, label in labels.items():
        if text.casefold() in (notation, label.casefold()):
            return notation
    raise ValueError(f"there is no topic {text!r}; they are {', '.join(sorted(labels))}")


def _between(one: Overlap, sides: Sequence[Thing | None]) -> bool:
    """Whether the two rows belong to the two bodies, one to each; or one of them to the only body asked for."""
    first, second = (None if side is None else side.name for side in sides)
    if first is None and second is None:
        return True
    if first is None or second is None:
        name = first or second
        return any(name in bodies(item) for item in (one.first, one.second))
    return any(
        first in bodies(a) and second in bodies(b) for a, b in ((one.first, one.second), (one.second, one.first))
    )


def bodies(item: Item) -> frozenset[str]:
    """Return the bodies whose work a row is: its boards, leads and groups."""
    return frozenset(item.boards + item.leads + item.groups)


def as_table(answer: Answer) -> Table:
    """Return overlaps as a table, one row a pair; the coverage stands in the notes."""
    rows = [
        (one.kind, f"{one.score:.3f}", one.first.plan, one.first.key, one.first.title, one.second.plan, one.second.key,
         one.second.title, "; ".join(one.reasons), "; ".join(one.differs), one.relationship.reading or None, one.passage.says if one.passage else None,
         one.judgement.verdict if one.judgement else None, one.first.document, one.first.line, one.second.document,
         one.second.line)
        for one in answer.overlaps
    ]  # fmt: skip
    return Table(COLUMNS, rows, tuple(sentences(answer.covers)))


def as_records(answer: Answer) -> list[dict[str, object]]:
    """Return overlaps for JSON, one object a pair."""
    return [
        {
            "a": _side(one.first), "b": _side(one.second), "relationship": one.kind, "score": one.score,
            "reasons": list(one.reasons), "differs": list(one.differs),
            "reading": one.relationship.reading,
            "acknowledged": None if one.passage is None else {
                "says": one.passage.says, "plan": one.passage.plan, "document": one.passage.document, "line": one.passage.line,
            },
            "verdict": None if one.judgement is None else {
                "verdict": one.judgement.verdict, "why": one.judgement.why, "who": one.judgement.who, "when": one.judgement.when,
            },
        }
        for one in answer.overlaps
    ]  # fmt: skip


def _side(item: Item) -> dict[str, object]:
    return {
        "type": item.type, "plan": item.plan, "section": item.section, "ref": item.ref, "key": item.key, "title": item.title,
        "document": item.document, "line": item.line, "boards": list(item.boards), "leads": list(item.leads),
        "groups": list(item.groups), "topics": list(item.topics),
    }  # fmt: skip


def as_text(answer: Answer, *, whole: bool) -> str:
    """Return overlaps for people: first what was looked at, then relationship by relationship, the likeliest first."""
    lines = ["what was looked at", *(f"  {line}" for line in sentences(answer.covers)), ""]
    if not answer.overlaps:
        return "\n".join([*lines, *_nothing(answer)]) + "\n"
    labels = ontology.labels("overlap")
    lines.append(f"{len(answer.overlaps)} pairs from a score of {answer.wanted.at_least:g}; {CAVEAT}")
    by_kind: dict[str, list[Overlap]] = {}
    for one in answer.overlaps:
        by_kind.setdefault(one.kind, []).append(one)
    for kind, some in by_kind.items():
        lines += ["", f"{labels[kind].upper()}: {len(some)}"]
        shown = some if whole else some[:FIRST_FEW]
        for one in shown:
            lines += _pair(one)
        if len(shown) < len(some):
            lines.append(f"  and {len(some) - len(shown)} more; --relationship {kind} shows them all")
    return (
        "\n".join([*lines, "", "a person who knows both has the last word: goldenthread judge A B VERDICT --why ..."])
        + "\n"
    )


def _nothing(answer: Answer) -> list[str]:
    """Say why there is no pair: nothing is alike, or a body that was asked for has nothing loaded."""
    silent = [cover.body for cover in answer.covers if cover.asked and not cover.loaded]
    return [f"this cannot be answered: no plan of {name} is loaded" for name in silent] or [
        "no overlap found among what is loaded"
    ]


def _pair(one: Overlap) -> list[str]:
    lines = [f"  {one.score:.2f}  {_row(one.first)}", f"        {_row(one.second)}"]
    if one.reasons:
        lines.append(f"        why: {'; '.join(one.reasons)}")
    if one.differs:
        lines.append(f"        differs in {'; '.join(one.differs)}")
    if one.passage:
        lines.append(f"        the plan says: {one.passage.says}; {where(one.passage.document, one.passage.line)}")
    if one.relationship.reading and not one.judgement:
        lines.append(f"        our reading: {one.relationship.reading}")
    if one.judgement:
        lines.append(f"        judged {one.judgement.verdict} by {one.judgement.who}: {one.judgement.why}")
    return lines


def _row(item: Item) -> str:
    return f"{item.plan} {item.key}  {item.title}; {where(item.document, item.line)}"


def addresses(every: Iterable[Item]) -> Mapping[tuple[str, str], str]:
    """Return the address of each row by plan and key."""
    return {(item.plan, item.key): item.iri for item in every}
