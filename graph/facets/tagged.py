"""Which facets the rows of a plan have: those that were read, or those that the tagger proposes.

A plan whose rows carry no facet at all is tagged; where somebody has read some, they are kept as they are, for an empty
cell then says that there is none.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from goldenthread.graph.facets.tagging import Item, Proposal, propose
from goldenthread.graph.facts import Partnership, Plan
from goldenthread.graph.tables import Row

COLUMNS = {"topic": "topics", "kind-of-work": "work", "audience": "audience"}


@dataclass(frozen=True, slots=True)
class Tagged:
    """The facets of one row by column, whether they were read or tagged, and the words that triggered each."""

    values: dict[str, tuple[str, ...]]
    basis: Literal["read", "tagged"]
    by: tuple[str, ...] = ()


class Tagger:
    """Gives the facets of a plan's priorities and actions; `names` are those of the actors by key."""

    def __init__(self, plan: Plan, names: Mapping[str, str], *, facets: str = "read") -> None:
        self.plan, self.names = plan, names
        rows = [*plan.rows["priorities"], *plan.rows["actions"]]
        self.tags = facets == "auto" or not any(row.many(column) for row in rows for column in COLUMNS.values())
        self.aims = {row.text("key"): row for row in plan.rows["priorities"]}
        self.measures: dict[str, list[str]] = {}
        for row in plan.rows["measures"]:
            self.measures.setdefault(row.text("action"), []).append(row.text("measure"))

    def facets(self, row: Row) -> Tagged:
        """Return the facets of a row of priorities or actions."""
        if not self.tags:
            return Tagged({column: row.many(column) for column in COLUMNS.values()}, "read")
        found = propose(self.item(row))
        values = {
            column: tuple(one.notation for one in found if one.scheme == scheme) for scheme, column in COLUMNS.items()
        }
        return Tagged(values, "tagged", tuple(map(explained, found)))

    def item(self, row: Row) -> Item:
        """Return what the tagger may look at."""
        actors = [*row.many("leads"), *row.many("groups"), *row.many("owners"), *row.many("support")]
        return Item(
            title=row.text("title"),
            measures=self.measures.get(row.text("key")) or row.many("outcome"),
            under=[aim.text("title") for aim in self._above(row)],
            actors=[self.names[actor] for actor in actors if actor in self.names],
            scope=row.text("scope") or self._scope(),
            is_aim=row.text("key") in self.aims,
        )

    def _above(self, row: Row) -> Iterator[Row]:
        """Give the aims that a row stands under, the nearest first; a circle ends where it began."""
        seen = {row.text("key")}
        above = row.text("priority") or row.text("parent")
        while above in self.aims and above not in seen:
            seen.add(above)
            yield self.aims[above]
            above = self.aims[above].text("parent")

    def _scope(self) -> str:
        """A plan for one kind of people says so once, not in its rows."""
        covered = {word.casefold() for word in self.plan.row.many("people_covered")}
        return {frozenset({"children"}): "C", frozenset({"adults"}): "A"}.get(frozenset(covered), "")


def explained(proposal: Proposal) -> str:
    """Return a proposal with its triggers in words: "neglect: GCP, neglect strategy"."""
    return f"{proposal.notation}: {', '.join(trigger.replace(';', ',') for trigger in proposal.triggers)}"


def actor_names(*partnerships: Partnership | None) -> dict[str, str]:
    """Return what bodies and posts are called by key; people's names say nothing of a facet and stay out."""
    return {
        row.text("key"): row.text("name")
        for partnership in partnerships
        if partnership is not None
        for table in ("bodies", "posts")
        for row in partnership.rows[table]
    }
