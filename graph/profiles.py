"""Everything known about one thing, from the stored queries that can name it."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from goldenthread.graph.answers import Profile, Table, Thing

if TYPE_CHECKING:
    from goldenthread.graph.plans import Plans

OF_ACTIONS = frozenset(("leads", "enables", "serves", "owned-by"))
# what the parts are called, here and on the report's pages
SAID, CALLED, RELATIONS = (
    "What each plan calls it and says of it",
    "What each plan calls it",
    "Reporting and other relations",
)
DUTIES, LEARNING, ACTIONS, PRIORITIES = "Its duties", "Learning", "Its actions", "Its priorities"
CHANGES, STATEMENTS = "Changes", "What else is said"


def profile(plans: "Plans", thing: Thing, *, plan: str | None = None, day: str | None = None) -> Profile:
    """Return the tables of what is known about a thing, empty ones left out."""
    relations = plans.table("relations", thing=thing.iri, plan=plan, day=day)
    own = Table(
        relations.columns, [row for row in relations.rows if row[relations.columns.index("relation")] not in OF_ACTIONS]
    )
    work = [str(row["from"]) for row in _with_addresses(plans, thing, plan) if row["relation"] in OF_ACTIONS]
    parts = {RELATIONS: own}
    match thing.kind:
        case "body":
            parts = {
                SAID: plans.table("bodies", body=thing.iri, plan=plan, day=day),
                **parts,
            }
            parts[DUTIES] = plans.table("duties", thing=thing.iri, plan=plan)
        case "post" | "document" | "review":
            parts = {CALLED: plans.table("mentions", thing=thing.iri, plan=plan), **parts}
        case "person":
            parts = {"Posts": plans.table("people", person=thing.iri, plan=plan), **parts}
        case "plan":
            parts = {
                "The plan": plans.table("plans", plan=thing.key),
                "What it holds": plans.table("counts", plan=thing.key),
            }
        case "action":
            parts = {
                "The action": plans.table("actions", action=thing.iri),
                "Measures": plans.table("measures", action=thing.iri),
                **parts,
            }
        case "priority":
            parts = {"The priority": plans.table("priorities", priority=thing.iri), **parts}
    if thing.kind == "review":
        parts[LEARNING] = plans.table("learning", wanted=thing.iri, plan=plan)
    if thing.kind in ("document", "review"):
        work += [
            str(row["action"])
            for row in _rows(plans, "actions", plan)
            if thing.name in str(row["refers_to"] or "").split("; ")
        ]
    if work and thing.kind not in ("action", "plan"):
        actions = [iri for iri in work if "/action/" in iri]
        priorities = [iri for iri in work if "/priority/" in iri]
        parts[ACTIONS] = plans.table("actions", action=actions, plan=plan) if actions else Table((), [])
        parts[PRIORITIES] = plans.table("priorities", priority=priorities, plan=plan) if priorities else Table((), [])
    if thing.kind != "plan":
        parts[CHANGES] = plans.table("events", thing=thing.iri, plan=plan)
        parts[STATEMENTS] = plans.table("statements", thing=thing.iri, plan=plan)
    return Profile(thing, {title: part for title, part in parts.items() if len(part)})


def _with_addresses(plans: "Plans", thing: Thing, plan: str | None) -> Iterable[dict[str, object]]:
    rows = plans.rows("relations", thing=thing.iri, plan=plan)
    return (dict(zip(rows.columns, row, strict=True)) for row in rows.rows)


def _rows(plans: "Plans", query: str, plan: str | None) -> Iterable[dict[str, object]]:
    rows = plans.rows(query, plan=plan)
    return (dict(zip(rows.columns, row, strict=True)) for row in rows.rows)
