"""The boxes of a structure: who chairs a body stands on it; its card tells its reporting route, its actions, its priorities.
What is our reading says so; on the card with the reason.

Everything comes from the rows of a few queries for the whole plan: one question a body would make a nation's structure
take minutes.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from goldenthread.graph.pictures.cards import PageOf, brief, listed, page_of_thing, pairs, said
from goldenthread.graph.pictures.looks import kinds_of
from goldenthread.graph.pictures.records import Record, records
from goldenthread.viz.labels import OUR_READING
from goldenthread.viz.network import Edge, Node, Pairs

if TYPE_CHECKING:
    from goldenthread.graph.plans import Plans

MOST_NOTES, MOST_ROUTES, MOST_STEPS = 3, 4, 12
BARE_CHAIR = {"chair", "chairs", "lead", ""}  # a note that says no more than its label
Beside = Mapping[tuple[str, str], Sequence[Record]]  # body and relation -> rows


def boxes(
    plans: "Plans",
    plan: str,
    rows: Sequence[Record],
    edges: Sequence[Edge],
    ends: Mapping[str, str],
    *,
    day: str | None = None,
    page_of: PageOf = None,
) -> tuple[Node, ...]:
    """Return the boxes of a plan's bodies and of whatever else they report to, given their rows, the lines
    between them, and the names of the ends of these lines."""
    rows = [*rows, *_reported_to(plans, rows, ends)]
    expected = plans.marked("body", "expected_to_report")
    beside = _beside(plans, plan, day)
    priorities = _priorities(plans, plan)
    names = {row["body"]: row["name"] for row in rows}
    open_ended = {row["body"] for row in rows if row["kind"] in expected}
    above: dict[str, list[str]] = defaultdict(list)
    for edge in edges:
        if edge.upward and edge.target not in above[edge.source]:
            above[edge.source].append(edge.target)
    stated = {(edge.source, edge.target) for edge in edges if edge.upward and not edge.inferred}
    return tuple(
        Node(
            id=row["body"],
            label=_label(row),
            kind=row["kind"],
            unknown=row["body"] in open_ended and not above.get(row["body"]),
            notes=_notes(row, beside),
            page=page_of_thing(page_of, row["body"]),
            detail=pairs(
                ("also called", row["abbreviation"]),
                ("chair", listed(_others(beside, row["body"], "chaired-by"))),
                ("posts", listed(_others(beside, row["body"], "post-in"))),
                *(("reporting route", route) for route in _routes(row["body"], above, stated, names, open_ended, plan)),
                *_work(beside, row["body"]),
                *priorities.get(row["name"], ()),
                ("where it says so", said(plans, row["document"], row["line"])),
            ),
        )
        for row in rows
    )


def _reported_to(plans: "Plans", rows: Sequence[Record], ends: Mapping[str, str]) -> list[Record]:
    """Return rows for the ends of lines that have none: an agency, a post, all partners together."""
    named = {row["body"] for row in rows}
    others = [one for one in ends if one not in named]
    kinds = kinds_of(plans, others)
    empty = dict.fromkeys(("abbreviation", "document", "line", "own_board"), "")
    return [{**empty, "body": one, "name": ends[one], "kind": kinds.get(one, "body")} for one in others]


def _label(row: Record) -> str:
    """Return a body's name with its shortest abbreviation; its card has all of them."""
    short = [one for one in row["abbreviation"].split("; ") if one and one != row["name"]]
    return row["name"] + (f" ({min(short, key=lambda one: (len(one), one))})" if short else "")


def _beside(plans: "Plans", plan: str, day: str | None) -> Beside:
    """Return what stands beside each body, each thing once: as the plan states it, where we also read it so."""
    found: defaultdict[tuple[str, str], dict[str, Record]] = defaultdict(dict)
    for row in records(plans, "posts-and-work", plan=plan, day=day):
        same = found[row["body"], row["relation"]]
        if row["thing"] not in same or row["basis"] != "inferred" == same[row["thing"]]["basis"]:
            same[row["thing"]] = row
    return {key: tuple(same.values()) for key, same in found.items()}


def _others(beside: Beside, body: str, relation: str) -> list[str]:
    return [row["other"] + _bracket(row, row["reason"]) for row in beside.get((body, relation), ())]


def _bracket(row: Record, reason: str = "") -> str:
    """Return since and until when, where the text gives dates of its own, and whether it is our reading, and why.

    >>> _bracket({"since": "2020-06", "until": "", "basis": "inferred"})
    ' (since 2020-06, our reading)'
    """
    dates = " ".join(f"{word} {row[word]}" for word in ("since", "until") if row[word])
    reading = (OUR_READING + (f": {reason}" if reason else "")) if row["basis"] == "inferred" else ""
    said = ", ".join(filter(None, (dates, reading)))
    return f" ({said})" if said else ""


# what stands on the box


def _notes(row: Record, beside: Beside) -> tuple[str, ...]:
    """Return who chairs, then the other posts that the plan puts in the body; short, and without the body's own name."""
    chairs = beside.get((row["body"], "chaired-by"), ())
    chairing = {chair["thing"] for chair in chairs}
    posts = [post for post in beside.get((row["body"], "post-in"), ()) if post["thing"] not in chairing]
    notes = [
        f"{word}: {short}{_bracket(one)}"
        for word, some in (("chair", chairs), ("post", posts))
        for one in some
        if (short := _short(one["other"], row)).casefold() not in BARE_CHAIR
    ]
    rest = len(notes) - MOST_NOTES
    return tuple(notes) if rest <= 0 else (*notes[: MOST_NOTES - 1], f"and {rest + 1} more")


def _short(post: str, row: Record) -> str:
    """Return the name of a post without that of its body; a person without how it is known who that is.

    >>> _short("Independent Chair of the Harbour Board", {"name": "Harbour Board", "abbreviation": "HB"})
    'Independent Chair'
    """
    if "named person" in post:
        post = post.partition(" (")[0]
    short = [one for one in row["abbreviation"].split("; ") if one]
    for name in (row["name"], *(f"{one} {row['name'].split()[-1]}" for one in short), *short):
        post = re.sub(rf"\s*\b(?:(?:of|for) )?(?:the )?{re.escape(name)}\b", "", post)
    return post.strip(" ,")


# what stands on the card


def _routes(
    body: str,
    above: Mapping[str, Sequence[str]],
    stated: set[tuple[str, str]],
    names: Mapping[str, str],
    open_ended: set[str],
    plan: str,
) -> list[str]:
    """Return the reporting routes of a body to the top in words; where the plan is silent, and how many steps are our
    reading, they say so."""
    if not above.get(body):
        return [f"not stated in {plan}"] if body in open_ended else []
    found: list[str] = []
    for path in _walks(body, above):
        if len(found) == MOST_ROUTES:
            return [*found, "and more"]
        words = [names.get(one, one) for one in path]
        if path[-1] in path[:-1]:
            words[-1] = f"back to {words[-1]}"
        elif above.get(path[-1]):
            words.append("and further up")
        elif path[-1] in open_ended:
            words.append(f"not stated in {plan}")
        found.append(" → ".join(words) + _read(path, stated))
    return found


def _read(path: Sequence[str], stated: set[tuple[str, str]]) -> str:
    """Return how much of a route is our reading.

    >>> _read(["a", "b", "c"], {("a", "b")}), _read(["a", "b"], set()), _read(["a", "b"], {("a", "b")})
    (' (our reading in 1 of 2 steps)', ' (our reading)', '')
    """
    steps = list(pairwise(path))
    read = sum(step not in stated for step in steps)
    if not read:
        return ""
    return f" ({OUR_READING})" if read == len(steps) else f" ({OUR_READING} in {read} of {len(steps)} steps)"


def _walks(body: str, above: Mapping[str, Sequence[str]]) -> Iterator[tuple[str, ...]]:
    """Give the ways up from a body, one after the other; one that comes back to itself, or is very long, ends there."""
    waiting: list[tuple[str, ...]] = [(body,)]
    while waiting:
        path = waiting.pop()
        superiors = above.get(path[-1], ())
        if not superiors or path[-1] in path[:-1] or len(path) > MOST_STEPS:
            yield path
        else:
            waiting.extend((*path, superior) for superior in reversed(superiors))


def _work(beside: Beside, body: str) -> Iterator[tuple[str, str]]:
    for relation, label in (("leads", "leads actions"), ("enables", "enables actions")):
        rows = beside.get((body, relation), ())
        if rows:
            by_key = {row["key"]: row for row in rows}
            actions = [f"{key} {brief(row['other'])}".lstrip() + _bracket(row) for key, row in by_key.items()]
            yield f"{label} ({len(rows)})", listed(actions)
    for relation, label in (("owned-by", "owns priorities"), ("supports", "supports priorities")):
        aims = [brief(row["other"]) + _bracket(row) for row in beside.get((body, relation), ())]
        if aims:
            yield f"{label} ({len(aims)})", listed(aims)


def _priorities(plans: "Plans", plan: str) -> dict[str, Pairs]:
    """Return by the name of a board what priorities the plan gives it, kind by kind; sections and the like are no aims."""
    words = plans.words("priority")
    found: defaultdict[str, defaultdict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for row in records(plans, "priorities", plan=plan):
        if row["kind"] in ("strategic", "annual", "shared"):
            for board in filter(None, row["boards"].split("; ")):
                found[board][row["kind"]].append(brief(row["title"]))
    return {
        board: tuple(
            (f"{words.get(kind, kind)} ({len(titles)})" if len(titles) > 1 else words.get(kind, kind), listed(titles))
            for kind, titles in sorted(by_kind.items(), reverse=True)
        )
        for board, by_kind in found.items()
    }
