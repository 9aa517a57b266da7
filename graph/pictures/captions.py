"""Which plans a picture shows, and what it must say of itself: plan, period, source, version, how far to trust it."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from goldenthread.graph.answers import period
from goldenthread.graph.namespaces import INVENTED
from goldenthread.graph.pictures.records import Record, records
from goldenthread.graph.printing import CAVEAT
from goldenthread.graph.version import VERSION

if TYPE_CHECKING:
    from goldenthread.graph.plans import Plans


def plans_asked(plans: "Plans", plan: str | None = None, day: str | None = None) -> list[Record]:
    """Return what is known of the plans that are asked; ValueError if there is none."""
    found = records(plans, "plans", plan=plan, day=day)
    if not found:
        asked = " ".join(filter(None, (f"called {plan!r}" if plan else "", f"that covers {day}" if day else "")))
        raise ValueError(f"there is no plan {asked}".rstrip())
    return found


def one_plan(plans: "Plans", what: str, plan: str | None, day: str | None) -> Record:
    """Return what is known of the one plan that is asked; ValueError that names the plans if several could be meant."""
    found = plans_asked(plans, plan, day)
    if len(found) > 1:
        keys = ", ".join(row["plan"] for row in found)
        raise ValueError(f"{what} belongs to one plan; choose one with --plan: {keys}")
    return found[0]


def lasting(about: Record) -> str:
    """Return the period of a plan in words."""
    return period(about["since"], about["until"])


def title_of(about: Record) -> str:
    """Return the title of a plan; that of an invented one says so."""
    title = about["title"]
    return title + INVENTED if about["synthetic"] and not title.endswith(INVENTED) else title


def caption(about: Sequence[Record], *more: str) -> tuple[str, ...]:
    """Return the lines that every picture of these plans bears, with what else this one must say."""
    lines: list[str] = []
    for row in about:
        version = f", version {row['version']}" if row["version"] else ""
        lines.append(f"{row['plan']}: {title_of(row)}{version}")
        lines.append(f"period: {lasting(row)}; source: {row['document']}")
    if any(row["synthetic"] for row in about):
        lines.append("the data are invented (synthetic) and tell nothing of any real board")
    return (*lines, *filter(None, more), CAVEAT, f"goldenthread {VERSION}")
