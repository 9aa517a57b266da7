"""The sections of a plan's action tables, each once with its title."""

from typing import TYPE_CHECKING

from goldenthread.graph.pictures.records import Record, records
from goldenthread.graph.queries import natural

if TYPE_CHECKING:
    from goldenthread.graph.plans import Plans


def sections_of(plans: "Plans", plan: str) -> list[Record]:
    """Return the sections of a plan in their order; one whose number two priorities bear has the first one's title."""
    found: dict[str, Record] = {}
    for row in records(plans, "sections", plan=plan):
        found.setdefault(row["section"], row)
    return sorted(found.values(), key=lambda row: natural(row["section"]))
