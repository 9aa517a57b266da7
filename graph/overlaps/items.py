"""What is compared: the priorities and actions of plans, each with its subject, kind of work, wording and owners."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from goldenthread.graph.engines import Engine
from goldenthread.graph.queries import stored

Record = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Item:
    """A priority or action; `above` are the addresses of the aims it stands under, the nearest first."""

    iri: str
    type: str
    plan: str
    partnership: str
    section: str
    ref: str
    key: str
    title: str
    document: str
    line: str
    kind: str
    boards: tuple[str, ...]
    leads: tuple[str, ...]
    groups: tuple[str, ...]
    topics: tuple[str, ...]
    work: tuple[str, ...]
    audience: tuple[str, ...]
    people: tuple[str, ...]  # whom the plan covers
    since: str  # the plan's first and last day
    until: str
    target: str
    more: str  # measures or outcomes
    above: tuple[str, ...]
    above_titles: tuple[str, ...]
    facets: str = "read"  # whether people read the topics, kinds of work and audience, or they were tagged

    @property
    def place(self) -> tuple[str, str]:
        """The plan and the section in it, or the aim itself: rows of one place are not compared."""
        return self.plan, self.section or self.key


def items(engine: Engine) -> list[Item]:
    """Return every priority and action that is loaded, in the order of plans, sections and rows."""
    plans = {row["plan"]: row for row in _records(engine, "plans")}
    actions = {row["action"]: row for row in _records(engine, "actions")}
    priorities = {row["priority"]: row for row in _records(engine, "priorities")}
    above, titles = _above(engine)
    found = []
    for row in _records(engine, "items"):
        iri, plan = row["item"], plans.get(row["plan"], {})
        more = actions[iri]["measures"] if iri in actions else priorities.get(iri, {}).get("outcome", "")
        over = _upward(iri, above)
        found.append(Item(
            iri=iri, type=row["type"], plan=row["plan"], partnership=plan.get("partnership", ""), section=row["section"],
            ref=row["ref"], key=row["key"], title=row["title"], document=row["document"], line=row["line"], kind=row["kind"],
            boards=_parts(row["boards"]), leads=_parts(row["leads"]), groups=_parts(row["groups"]),
            topics=_parts(row["topics"]), work=_parts(row["work"]), audience=_parts(row["audience"]),
            people=_parts(plan.get("people_covered", "")), since=plan.get("earliest", ""), until=plan.get("latest", ""),
            target=actions.get(iri, {}).get("target_text", ""), more=more, above=over,
            above_titles=tuple(titles[one] for one in over), facets=row["facets"] or "read",
        ))  # fmt: skip
    return found


def _above(engine: Engine) -> tuple[dict[str, list[str]], dict[str, str]]:
    above: defaultdict[str, list[str]] = defaultdict(list)
    titles = {}
    for row in _records(engine, "aims-above"):
        above[row["item"]].append(row["aim"])
        titles[row["aim"]] = row["aim_title"]
    return above, titles


def _upward(iri: str, above: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """Return every aim above an item, the nearest first; a circle of aims ends where it closes."""
    found: dict[str, None] = {}
    wanted = list(above.get(iri, ()))
    while wanted:
        aim = wanted.pop(0)
        if aim not in found and aim != iri:
            found[aim] = None
            wanted += above.get(aim, ())
    return tuple(found)


def _records(engine: Engine, query: str) -> list[dict[str, str]]:
    answer = stored(query).run(engine)
    return [
        {column: "" if value is None else str(value) for column, value in zip(answer.columns, row, strict=True)}
        for row in answer.rows
    ]


def _parts(joined: str) -> tuple[str, ...]:
    return tuple(filter(None, joined.split("; ")))
