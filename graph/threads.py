"""The thread from a review to its learning, the actions that take it forward and who answers for them."""

from typing import TYPE_CHECKING

from goldenthread.graph.answers import Table
from goldenthread.graph.gaps import Gap, gaps

if TYPE_CHECKING:
    from goldenthread.graph.plans import Plans


def threads(plans: "Plans", review: str | None = None, *, plan: str | None = None, day: str | None = None) -> Table:
    """Return one row a learning and action; UnknownName if there is no such review."""
    wanted = None if review is None else plans.one(review, plan=plan, kinds=("review",)).iri
    table = plans.table("learning-threads", wanted=wanted, plan=plan)
    if day is None:
        return table
    covering = {row["plan"] for row in plans.table("plans", day=day)}
    at = table.columns.index("plan")
    return Table(table.columns, [row for row in table.rows if row[at] in covering])


def silent_reviews(
    plans: "Plans", review: str | None = None, *, plan: str | None = None, day: str | None = None
) -> list[Gap]:
    """Return the reviews from which a plan learnt and that no action of it follows; of `review`, if it is only named too."""
    found = gaps(plans, plan=plan, day=day, kind="reviews-without-action", counted=review is None)
    if review is None:
        return found
    wanted = plans.one(review, plan=plan, kinds=("review",)).iri
    return [gap for gap in found if gap.thing == wanted]
