"""What most deserves a meeting's time: each finding with the rule by which it was found and its evidence.

The gravest of every rule come before the second of any, so that a short list shows more than one kind of trouble.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from goldenthread.graph.dates import FROM, PENDING, RECURRING

if TYPE_CHECKING:
    from goldenthread.graph.plans import Plans

SHOWN = 4  # names of groups in a sentence
Record = Mapping[str, object]


@dataclass(frozen=True)
class Finding:
    """A finding about one plan: `of` is how many there could be, `evidence` has one entry a case with its source."""

    plan: str
    text: str
    rule: str
    evidence: tuple[str, ...]
    of: int

    @property
    def share(self) -> float:
        """The share of all cases that the rule found."""
        return len(self.evidence) / self.of if self.of else 0.0


def findings(plans: "Plans", *, plan: str | None = None, day: str | None = None) -> tuple[Finding, ...]:
    """Return the findings about every plan asked for, the rules taking turns, the largest share first."""
    chosen = [str(row["plan"]) for row in plans.table("plans", plan=plan, day=day)]
    by_rule = [[finding for one in chosen if (finding := rule(plans, one))] for rule in RULES]
    turns = [
        (turn, number, finding)
        for number, found in enumerate(by_rule)
        for turn, finding in enumerate(sorted(found, key=lambda finding: -finding.share))
    ]
    return tuple(finding for _, _, finding in sorted(turns, key=lambda one: one[:2]))


def _silent_groups(plans: "Plans", plan: str) -> Finding | None:
    expected = plans.marked("body", "expected_to_report")
    groups = [row for row in plans.table("structure-bodies", plan=plan) if row["kind"] in expected]
    silent = [
        row
        for row in plans.table("bodies-without-line-up", plan=plan)
        if row["kind"] in expected and not row["reading"]
    ]
    names = [str(row["name"]) for row in silent]
    shown = ", ".join(names[:SHOWN]) + (f" and {len(names) - SHOWN} more" if len(names) > SHOWN else "")
    return _finding(
        plan,
        silent,
        f"the plan does not say to whom {len(silent)} of its {len(groups)} groups report: {shown}",
        "a group that does part of a board's work, named without a reporting line, stated or by our reading",
        lambda row: f"{row['name']}, {_where(row)}",
        of=len(groups),
    )


def _gaps(plans: "Plans", plan: str) -> Finding | None:
    actions = plans.table("actions", plan=plan)
    gaps = list(plans.gaps_of_actions(plan=plan))
    return _finding(
        plan,
        gaps,
        f"{len(gaps)} of {len(actions)} actions lack something that the form asks for",
        "a lead, group, date or measure that is blank or a placeholder",
        lambda row: f"{row['action']} {row['lacks']}, {_where(row)}",
        of=len(actions),
    )


def _led_by_all(plans: "Plans", plan: str) -> Finding | None:
    actions = plans.table("actions", plan=plan)
    collectives = {row["name"] for row in plans.table("bodies", plan=plan) if row["kind"] == "collective"}
    shared = [row for row in actions if row["leads"] and set(str(row["leads"]).split("; ")) <= collectives]
    return _finding(
        plan,
        shared,
        f"{len(shared)} of {len(actions)} actions are led by everybody together and by nobody by name or post",
        "every lead named is a collective, such as all partners",
        lambda row: f"{row['key']} {row['leads']}, {_where(row)}",
        of=len(actions),
    )


def _open_ended(plans: "Plans", plan: str) -> Finding | None:
    actions = plans.table("actions", plan=plan)
    endless = [row for row in actions if row["target_kind"] in (FROM, RECURRING, PENDING)]
    return _finding(
        plan,
        endless,
        f"{len(endless)} of {len(actions)} actions have no end date: they recur, go on or wait for something",
        "the target date is recurring, pending or from a date onwards",
        lambda row: f"{row['key']} {row['target_text']}, {_where(row)}",
        of=len(actions),
    )


RULES = (_silent_groups, _gaps, _led_by_all, _open_ended)


def _finding(
    plan: str, cases: Iterable[Record], text: str, rule: str, say: Callable[[Record], str], *, of: int
) -> Finding | None:
    evidence = tuple(map(say, cases))
    return Finding(plan, text, rule, evidence, of) if evidence else None


def _where(row: Record) -> str:
    return f"{row['document']} line {row['line']}"
