"""The work in a brief: the subject's actions with how they stand, what was found about them, and where others do it too."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from goldenthread.graph import places
from goldenthread.graph.findings import findings as grouped
from goldenthread.graph.gaps import NOTE, Gap, by_kind
from goldenthread.graph.tracker import PASSED
from goldenthread.viz.document import Action, Finding, Listed, Passage, Said

if TYPE_CHECKING:
    from goldenthread.graph.brief import Known, Record, Subject
    from goldenthread.graph.overlaps.finding import Overlap
    from goldenthread.graph.overlaps.items import Item

LEADS, ENABLES, OWNS = "leads", "enables", "owned-by"
CASES = 3  # of a finding
Work = Mapping[str, str]  # an action's address: how it is the subject's


def work(known: "Known", subject: "Subject") -> Work:
    """Return the subject's actions: all of its plan, else what it leads, helps with, or serves a priority that it owns."""
    from goldenthread.graph.brief import records

    ours = {iri: row for iri, row in known.tracked.items() if row["plan"] == subject.key}
    if subject.whole:
        return dict.fromkeys(ours, "")
    rows = records(known.plans.rows("relations", thing=subject.thing.iri, plan=subject.key))
    held = {relation: [row["from"] for row in rows if row["relation"] == relation] for relation in (LEADS, ENABLES, OWNS)}  # fmt: skip
    found = dict.fromkeys(held[LEADS], LEADS)
    found = dict.fromkeys(held[ENABLES], ENABLES) | found
    if held[OWNS]:
        owned = set(held[OWNS])
        found = {iri: OWNS for iri in ours if owned & set(known.aims[iri])} | found
    return {iri: found[iri] for iri in ours if iri in found}


def actions(known: "Known", subject: "Subject", work: Work) -> Listed[Action]:
    """Return the actions, those due next first, then those whose date has passed, then those without such a date."""
    chosen = sorted(((known.tracked[iri], iri) for iri in work), key=lambda one: _turn(one[0]))
    listed = tuple(_action(known, row, iri) for row, iri in chosen)
    nobody = " No row states a lead." if listed and not any(one.leads for one in listed) else ""
    return Listed(_intro(subject, work, [row for row, _ in chosen]) + nobody, listed, _more(known, subject, work))


def _turn(row: "Record") -> tuple[int, str, str]:
    if row["standing"].startswith("due"):
        return 0, row["latest"], ""
    if row["standing"] == PASSED:
        return 1, row["latest"], ""
    return (3 if row["rag"] or row["progress"] else 2), "", ""


def _action(known: "Known", row: "Record", iri: str) -> Action:
    reading = " [our reading]" if row["basis"] == "inferred" else ""
    title: Said = (row["title"] + reading, known.passage(row["document"], row["line"]))
    owners = known.owners(row["plan"], iri)
    leads = row["leads"] or (f"owner of the priority: {'; '.join(owners)}" if owners else "")
    return Action(row["action"], title, leads, row["target_text"], row["standing"])


def _intro(subject: "Subject", work: Work, rows: "Sequence[Record]") -> str:
    if not rows:
        return f"No action of {subject.key} names {subject.called} as its lead or group."
    due = sum(row["standing"].startswith("due") for row in rows)
    passed = sum(row["standing"] == PASSED for row in rows)
    others = len(rows) - due - passed
    return (
        f"{_held(subject, work)}: {due or 'none'} due, {passed or 'none'} with a date that has passed and no result stated"
        + (f", {others} without a date that can pass, or with a result." if others else ".")
    )


def _held(subject: "Subject", work: Work) -> str:
    """How the actions are the subject's, in words."""
    if subject.whole:
        boards = subject.plan["boards"].split("; ")
        whose = f"The joint plan of {' and '.join(boards)}" if len(boards) > 1 else "The plan"
        return f"{whose} has {_many(len(work))}"
    how = {LEADS: "leads {}", ENABLES: "is named as group for {}", OWNS: "owns the priorities of {}"}
    many = {said: sum(one == role for one in work.values()) for role, said in how.items()}
    said = " and ".join(text.format(_many(number)) for text, number in many.items() if number)
    return f"{_capital(subject.called)} {said}"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _many(number: int) -> str:
    return f"{number} action{'' if number == 1 else 's'}"


def _more(known: "Known", subject: "Subject", work: Work) -> str:
    """The command that lists all of them."""
    return _listing(subject, set(work.values())) + (f" --as-of {known.day}" if known.day else "") + _data(known)


def _data(known: "Known") -> str:
    """The option that names the data, if it is not the built-in plans; of a place on this machine only the name."""
    named = [path for path in known.plans.paths if path != places.DATA]
    said = ["builtin"] if named and len(named) < len(known.plans.paths) else []
    said += [path.name if path.is_absolute() else str(path) for path in named]
    return "".join(f' --data "{one}"' if " " in one else f" --data {one}" for one in said)


def _listing(subject: "Subject", roles: set[str]) -> str:
    if subject.whole or OWNS in roles:
        return f"goldenthread actions --plan {subject.key}"
    if roles in ({LEADS}, {ENABLES}):
        option = "--lead" if roles == {LEADS} else "--group"
        return f'goldenthread actions {option} "{subject.asked}" --plan {subject.key}'
    return f'goldenthread show "{subject.asked}" --plan {subject.key}'


def findings(known: "Known", subject: "Subject", work: Work) -> Listed[Finding]:
    """Return what was found about the subject and its actions, the gravest first, then work that others do too."""
    mine = [gap for gap in known.gaps if gap.plan == subject.key and _concerns(gap, subject, work)]
    found = [*_of_plan(known, mine, subject), *_shared(known, subject, work)]
    none = (
        "" if found else f"Nothing was found about {subject.called} or its actions by the rules of goldenthread gaps."
    )
    return Listed(none, tuple(found), f"goldenthread gaps --plan {subject.key}{_data(known)}")


def _concerns(gap: Gap, subject: "Subject", work: Work) -> bool:
    """Whether it is about the subject, names it beside others (a circle of reporting lines), or is about its work."""
    if gap.thing == subject.thing.iri or subject.thing.name in (gap.name, *gap.detail.split("; ")):
        return True
    return gap.kind.severity != NOTE and (subject.whole or gap.thing in work)


def _of_plan(known: "Known", mine: Sequence[Gap], subject: "Subject") -> Iterator[Finding]:
    whole = grouped(known.plans, found=mine)
    for one in whole:
        many = f"{one.entries} of {one.of}" if one.of and subject.whole else str(one.entries)
        yield _finding(known, f"{one.kind.label}: {many}", one.gaps)
    for kind, by_plan in by_kind(mine).items():
        if kind.severity == NOTE:
            some = by_plan[subject.key]
            yield _finding(known, f"{kind.label}: {len({gap.thing for gap in some})}", some)


def _finding(known: "Known", text: str, some: Sequence[Gap]) -> Finding:
    kind, cases = some[0].kind, list[str | Passage]()
    for gap in some[:CASES]:
        detail = f" ({gap.detail})" if gap.detail and gap.detail != gap.name else ""
        reading = " [our reading]" if gap.basis == "inferred" else ""
        cases += [("; " if cases else "") + f"{gap.item} {gap.name}".strip() + detail + reading,
                  known.passage(gap.document, gap.line)]  # fmt: skip
    if not some[0].item:
        cases[0] = _capital(str(cases[0]))
    more = f"; and {len(some) - CASES} more" if len(some) > CASES else ""
    return Finding(_capital(text), (*cases, f"{more}."), kind.rule, f"{kind.advice}")


def _shared(known: "Known", subject: "Subject", work: Work) -> Iterator[Finding]:
    """Work that is alike and belongs to another board of the same time and partnership, board by board."""
    by_board: defaultdict[str, list[tuple[Overlap, Item, Item]]] = defaultdict(list)
    for one in known.overlaps if work else ():
        for own, other in ((one.first, one.second), (one.second, one.first)):
            if own.iri in work and other.iri not in work and _another(known, one, own, other):
                by_board["; ".join(other.boards)].append((one, own, other))
    for board, pairs in by_board.items():
        one, own, other = pairs[0]
        yield Finding(
            f"Work that may be shared with {board}: {len(pairs)} pair{'s' if len(pairs) > 1 else ''}",
            (f"{own.key} {own.title}", known.passage(own.document, own.line),
             f" and {other.key} {other.title}", known.passage(other.document, other.line), f": {'; '.join(one.reasons)}."),
            "Alike in subject, kind of work and wording, and the boards are not the same.",
            f"Ask both boards who does it; goldenthread compare \"{subject.asked}\" \"{board}\"{_data(known)} shows them side by side.",
        )  # fmt: skip


def _another(known: "Known", one: "Overlap", own: "Item", other: "Item") -> bool:
    """Whether the other row is another board's, of the same partnership and time, not of the next plan of the same board."""
    from goldenthread.graph.overlaps.relationship import DUPLICATE, OVERLAPPING, OVERSIGHT

    def boards(plan: str) -> set[str]:
        return set(known.every.get(plan, {"boards": ""})["boards"].split("; "))

    return (
        one.kind in (DUPLICATE, OVERLAPPING, OVERSIGHT)
        and own.partnership == other.partnership
        and bool(other.boards)
        and not set(own.boards) & set(other.boards)
        and (own.plan == other.plan or not boards(own.plan) & boards(other.plan))
        and own.since <= other.until
        and other.since <= own.until
    )
