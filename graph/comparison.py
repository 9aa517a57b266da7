"""What changed between two plans of one partnership: computed from stored queries, written to the graph `computed`.

What a plan itself tells (renamed, moved, kept, not kept ...) comes with its passage. A body that only one of two plans
names is "first named" or "no longer named", which says nothing of its end. What the later plan does not cover is said.

Which body a name stands for is our reading. Where the other plan has one of the body's names, for another thing as we
read it, the row says so; where it has the very name that the row would say is missing, there is no row.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

import pyoxigraph as ox

from goldenthread.graph import namespaces as ns
from goldenthread.graph.engines import Engine, Rows
from goldenthread.graph.folding import fold
from goldenthread.graph.namespaces import GT
from goldenthread.graph.queries import stored
from goldenthread.graph.terms import LABEL, Sheet

Record = dict[str, str]
Ends = tuple[tuple[str, ...], tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Comparison:
    """One thing that changed from `earlier` to `later`; `kind` is scheme and notation, `evidence` plan and lines.

    `before` and `after` are what it is about, as either plan has it; none where it concerns no single thing.
    """

    earlier: str
    later: str
    kind: tuple[str, str]
    what: str
    basis: str
    reason: str
    evidence: tuple[tuple[str, str], ...]
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()


def compare(engine: Engine) -> Iterator[ox.Quad]:
    """Give the statements of the computed graph about every pair of plans of one partnership."""
    sheet = Sheet("computed")
    numbers: Counter[str] = Counter()
    for one in comparisons(engine):
        pair = f"{one.earlier}-{one.later}"
        numbers[pair] += 1
        iri = f"{ns.THINGS}computed/comparison/{pair}-{numbers[pair]}"
        sheet.type(iri, GT + "Comparison")
        sheet.add(iri, GT + "earlierPlan", f"{ns.THINGS}plan/{one.earlier}")
        sheet.add(iri, GT + "laterPlan", f"{ns.THINGS}plan/{one.later}")
        sheet.concepts(iri, GT + "comparisonKind", one.kind[0], [one.kind[1]])
        sheet.concepts(iri, GT + "basis", "basis", [one.basis])
        sheet.text(iri, LABEL, one.what)
        sheet.text(iri, GT + "reason", one.reason)
        for plan, lines in one.evidence:
            sheet.add(iri, GT + "citation", ns.passage(plan, lines))
        for predicate, things in (("earlierThing", one.before), ("laterThing", one.after)):
            for thing in things:
                sheet.add(iri, GT + predicate, thing)
    yield from sheet.quads


def comparisons(engine: Engine) -> Iterator[Comparison]:
    """Give every change between every two plans of one partnership, earlier to later."""
    plans = _records(stored("plans").run(engine))
    by_partnership: dict[str, list[Record]] = defaultdict(list)
    for plan in plans:
        by_partnership[plan["partnership"]].append(plan)
    told = _records(stored("events").run(engine))
    ends = _ends(_records(stored("change-ends").run(engine)))
    taken_up = _records(stored("follow-ups").run(engine))
    bodies = _records(stored("bodies").run(engine))
    mentions = _records(stored("mentions").run(engine))
    for several in by_partnership.values():
        ordered = sorted(several, key=lambda plan: plan["earliest"])
        for earlier, later in combinations(ordered, 2):
            between = [plan["plan"] for plan in ordered if earlier["earliest"] < plan["earliest"] <= later["earliest"]]
            pair = earlier["plan"], later["plan"]
            yield from _not_covered(earlier, later)
            yield from (_told(pair, row, ends[row["entry"]]) for row in told if row["plan"] in between)
            yield from (_taken_up(pair, row) for row in taken_up if _concerns(row, pair, adjacent=between == [pair[1]]))
            yield from _named(pair, bodies, mentions)


def _records(rows: Rows) -> list[Record]:
    return [
        {column: "" if value is None else str(value) for column, value in zip(rows.columns, row, strict=True)}
        for row in rows.rows
    ]


def _cited(row: Record, plan: str = "plan", line: str = "line") -> tuple[tuple[str, str], ...]:
    return tuple((row[plan], lines) for lines in row[line].split("; ") if lines)


def _not_covered(earlier: Record, later: Record) -> Iterator[Comparison]:
    for column, words in (("people_covered", "people"), ("boards", "boards")):
        left_out = sorted(set(earlier[column].split("; ")) - set(later[column].split("; ")))
        if left_out:
            kept = later[column].replace("; ", " and ")
            what = f"{later['plan']} covers {words}: {kept}. What concerns {' and '.join(left_out)} only is outside its scope"
            evidence = (*_cited(earlier), *_cited(later))
            yield Comparison(
                earlier["plan"], later["plan"], ("comparison", "not-covered"), what, "stated", "", evidence
            )


def _ends(rows: list[Record]) -> defaultdict[str, Ends]:
    """Return what stood before and after each change."""
    ends: defaultdict[str, Ends] = defaultdict(lambda: ((), ()))
    for row in rows:
        before, after = ends[row["entry"]]
        here = (row["thing"],)
        ends[row["entry"]] = (before + here, after) if row["side"] == "before" else (before, after + here)
    return ends


def _told(pair: tuple[str, str], row: Record, ends: Ends) -> Comparison:
    """What a plan tells of a change; one that it only plans concerns what stands in the plan that says so."""
    if row["kind"] == "planned":
        ends = ((), tuple(dict.fromkeys((*ends[0], *ends[1]))))
    return Comparison(*pair, ("change", row["kind"]), row["what"], row["basis"], row["reason"], _cited(row), *ends)


def _concerns(row: Record, pair: tuple[str, str], *, adjacent: bool) -> bool:
    """Whether a follow-up joins these two plans; one that names no earlier item concerns the plan just before."""
    if row["plan"] != pair[1]:
        return False
    return row["earlier_plan"] == pair[0] if row["earlier_plan"] else adjacent


def _taken_up(pair: tuple[str, str], row: Record) -> Comparison:
    evidence = (*_cited(row, "earlier_plan", "earlier_line"), *_cited(row))
    ends = (tuple(filter(None, [row["earlier_item"]])), tuple(filter(None, [row["later_item"]])))
    return Comparison(*pair, ("follow", row["kind"]), row["what"], row["basis"], row["reason"], evidence, *ends)


def _named(pair: tuple[str, str], bodies: list[Record], mentions: list[Record]) -> Iterator[Comparison]:
    """Bodies that one of the plans names and the other does not: established from the two plans' whole texts."""
    by_plan = [{row["body"]: row for row in bodies if row["plan"] == plan} for plan in pair]
    called = [_called(plan, mentions) for plan in pair]
    for kind, side in (("first-named", 1), ("no-longer-named", 0)):
        here, there, other = by_plan[side], by_plan[1 - side], pair[1 - side]
        for body in sorted(set(here) - set(there), key=lambda body: here[body]["name"]):
            row = here[body]
            own = {fold(name) for name in (row["name"], *row["abbreviation"].split("; "))} - {""}
            own |= {name for name, rows in called[side].items() if any(one["thing"] == body for one in rows)}
            shared = {name: rows for name, rows in called[1 - side].items() if name in own}
            if fold(row["name"]) in shared:
                continue  # its text has the name: whether it stands for another body there is our reading alone
            yield Comparison(
                *pair,
                ("comparison", kind),
                f"{row['name']}, not {'by this name' if shared else 'named'} in {other}",
                "inferred" if shared else row["basis"],
                "; ".join(filter(None, (row["reason"], *_read_as(other, shared)))),
                (*_cited(row), *(cited for rows in shared.values() for one in rows for cited in _cited(one))),
                *((), (body,)) if kind == "first-named" else ((body,), ()),
            )


def _called(plan: str, mentions: list[Record]) -> dict[str, list[Record]]:
    """Return what a plan calls anything, by look-up key."""
    called: defaultdict[str, list[Record]] = defaultdict(list)
    for row in mentions:
        if row["plan"] == plan:
            for name in dict.fromkeys((fold(row["called"]), fold(row["given_abbreviation"]))):
                called[name].append(row)
    called.pop("", None)
    return called


def _read_as(plan: str, shared: dict[str, list[Record]]) -> Iterator[str]:
    """Say of each name that a plan has what it stands for there."""
    for name, rows in shared.items():
        said = next(word for word in (rows[0]["called"], rows[0]["given_abbreviation"]) if fold(word) == name)
        things = ", ".join(dict.fromkeys(row["subject"] for row in rows))
        yield f'{plan} has the name "{said}", read there as {things}'
