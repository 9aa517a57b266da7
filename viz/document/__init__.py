"""Two pages for a meeting: what a brief says, and how much of it stands on two A4 pages.

Statements of the reporting route, actions and findings take turns until the two pages are full; what is left out is
counted, with the command that shows it. Sources are numbered in the order in which they are cited.
"""

import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from goldenthread.viz.document.paper import MILLIMETRE, WIDE, Block, Paragraph, Part, Ref, Rows, Still, Strong, pages
from goldenthread.viz.labels import plain

MOST_PAGES = 2
UNBROKEN = "\u00a0"  # a space at which no line ends
LONGEST = 320  # characters of one text: a user's own plan may hold whole paragraphs
TURNS = ("route", "actions", "actions", "findings")
LARGEST = (WIDE, 105 * MILLIMETRE)  # of a chart
COLUMNS = ("No", "Action", "Lead", "Date", "How it stands")
SHARES = (1.3, 7.2, 3.5, 2.2, 2.8)

NONE = "not stated"

Item = TypeVar("Item")


@dataclass(frozen=True)
class Passage:
    """Where it says so: the document, and the place in it with heading and phrase."""

    document: str
    place: str


Said = tuple[str | Passage, ...]  # words, with the passages behind them where they are cited


@dataclass(frozen=True)
class Action:
    """A row of the table of actions; leads and date are empty where the plan does not state them."""

    number: str
    title: Said
    leads: str
    date: str
    standing: str


@dataclass(frozen=True)
class Finding:
    """What deserves a second look: what was found, the cases, the rule that found it and what to do."""

    text: str
    cases: Said
    rule: str
    advice: str


@dataclass(frozen=True)
class Listed(Generic[Item]):
    """Entries, a sentence before them, and the command that shows those for which there is no room."""

    intro: str
    entries: tuple[Item, ...] = ()
    more: str = ""


@dataclass(frozen=True)
class Chart:
    """A picture (PNG), or without one an outline: how deep each name stands. `says` tells it in words."""

    says: str
    png: bytes = b""
    outline: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True)
class Brief:
    """What two pages say: `about` are sentences under the title, `made` is the day (2016-04-01) of its making."""

    title: str
    lead: str
    about: tuple[Said, ...]
    chart: Chart
    route: Listed[Said]
    actions: Listed[Action]
    findings: Listed[Finding]
    caution: str
    version: str
    made: str


def document(brief: Brief) -> bytes:
    """Return the brief as a Word document (.docx) of at most two pages."""
    from goldenthread.viz.document.word import written

    caution = f"{_short(brief.caution)}; goldenthread {brief.version}"
    return written(fitting(brief), title=_short(brief.title), subject=caution, footer=caution, made=brief.made)


def fitting(brief: Brief) -> list[Block]:
    """Return what stands on the two pages: entries of each kind in turns, as many as there is room for."""
    every = {"route": len(brief.route.entries), "actions": len(brief.actions.entries), "findings": len(brief.findings.entries)}  # fmt: skip
    shown = dict.fromkeys(every, 0)
    growing = [kind for kind in dict.fromkeys(TURNS) if every[kind]]
    while growing:
        for kind in (kind for kind in TURNS if kind in growing):
            if shown[kind] == every[kind] or pages(laid(brief, shown | {kind: shown[kind] + 1})) > MOST_PAGES:
                growing = [other for other in growing if other != kind]
            elif kind in growing:
                shown[kind] += 1
    return laid(brief, shown)


def laid(brief: Brief, shown: dict[str, int]) -> list[Block]:
    """Return the paragraphs, chart and tables of a brief with so many entries of each kind."""
    numbers = _Numbers()
    blocks: list[Block] = [Paragraph("Title", (_short(brief.title),)), Paragraph("Subtitle", (_short(brief.lead),))]
    blocks += [Paragraph("Normal", numbers.cited(said)) for said in brief.about]
    blocks.append(Paragraph("Heading 1", ("Who reports to whom",)))
    blocks += _chart(brief.chart)
    blocks += _listed(brief.route, shown["route"], "Normal",
                      (Paragraph("List Bullet", numbers.cited(said)) for said in brief.route.entries[: shown["route"]]))  # fmt: skip
    blocks.append(Paragraph("Heading 1", ("Actions",)))
    blocks += _listed(brief.actions, shown["actions"], "Normal", _table(brief.actions.entries[: shown["actions"]], numbers))  # fmt: skip
    blocks.append(Paragraph("Heading 1", ("What deserves a second look",)))
    blocks += _listed(brief.findings, shown["findings"], "Normal",
                      _findings(brief.findings.entries[: shown["findings"]], numbers))  # fmt: skip
    return [*blocks, *_sources(numbers)]


@dataclass
class _Numbers:
    """The sources in the order in which they are cited."""

    of: dict[Passage, int] = field(default_factory=dict)

    def cited(self, said: Said) -> tuple[Part, ...]:
        parts: list[Part] = []
        for part in said:
            if isinstance(part, Passage):
                parts += [UNBROKEN, Ref(self.of.setdefault(part, len(self.of) + 1))]
            else:
                parts.append(_short(part))
        return tuple(parts)


def _chart(chart: Chart) -> Iterator[Block]:
    if chart.png:
        wide, high = _size(chart.png)
        yield Still(chart.png, wide, high, _short(chart.says, 600))
    else:
        for depth, name in chart.outline:
            yield Paragraph(("List Bullet", "List Bullet 2", "List Bullet 3")[min(depth, 2)], (_short(name),))


def _size(png: bytes) -> tuple[float, float]:
    """The size at which a picture stands on the page: as large as there is room for, never larger than it was drawn."""
    across, down = struct.unpack(">II", png[16:24])
    at = png.find(b"pHYs")
    per_metre = struct.unpack(">I", png[at + 4 : at + 8])[0] if 0 < at < 200 else 0
    own = 1000 / per_metre * MILLIMETRE if per_metre else 0.75
    scale = min(LARGEST[0] / across, LARGEST[1] / down, own)
    return across * scale, down * scale


def _listed(listed: Listed[Item], shown: int, style: str, entries: Iterator[Block]) -> Iterator[Block]:
    if listed.intro:
        yield Paragraph(style, (_short(listed.intro),))
    yield from entries
    if shown < len(listed.entries):
        yield Paragraph(style, (f"and {len(listed.entries) - shown} more: {listed.more}",))


def _table(actions: Sequence[Action], numbers: _Numbers) -> Iterator[Block]:
    """The actions; without a column for leads if no action has one."""
    if not actions:
        return
    leads = any(one.leads for one in actions)
    rows = [
        ((_short(one.number),), numbers.cited(one.title), (_short(one.leads or NONE),), (_short(one.date or NONE),), (_short(one.standing),))
        for one in actions
    ]  # fmt: skip
    kept = [at for at, name in enumerate(COLUMNS) if leads or name != "Lead"]
    yield Rows(
        tuple(COLUMNS[at] for at in kept),
        tuple(tuple(row[at] for at in kept) for row in rows),
        tuple(SHARES[at] for at in kept),
        "Actions with lead, date and how each stands",
    )


def _findings(findings: Sequence[Finding], numbers: _Numbers) -> Iterator[Block]:
    for one in findings:
        yield Paragraph("List Number", (Strong(_short(one.text)),))
        rest = (Strong(" Rule: "), _short(one.rule), Strong(" What to do: "), _short(one.advice))
        yield Paragraph("List Continue", (*numbers.cited(one.cases), *rest))


def _sources(numbers: _Numbers) -> Iterator[Block]:
    """The sources by number; a document that is the only one is named once."""
    documents = {passage.document for passage in numbers.of}
    if not documents:
        return
    yield Paragraph("Heading 1", ("Sources",))
    if len(documents) == 1:
        yield Paragraph("Caption", (f"All in {_short(documents.pop())}, by line of its text:",))
        documents = set()
    for passage, number in numbers.of.items():
        place = f"{passage.document}, {passage.place}" if documents else passage.place
        yield Paragraph("List", (f"[{number}]\t{_short(place)}",), source=number)


def _short(text: str, most: int = LONGEST) -> str:
    """The text in one line without signs that cannot be written; what is longer than can be shown ends in dots."""
    words = " ".join(plain(text).split())
    start, end = (text[:1].isspace() * " ", text[-1:].isspace() * " ")
    return start + (words if len(words) <= most else words[: most - 1].rstrip() + "…") + end
