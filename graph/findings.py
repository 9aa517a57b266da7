"""What most deserves a meeting's time: the findings of each kind about each plan, put together in a sentence.

The kinds take turns, the gravest first, so that a short list shows more than one kind of trouble; of two plans the one
with the larger share of its entries comes first.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from goldenthread.graph.gaps import NOTE, Gap, Kind, by_kind, counts, gaps

if TYPE_CHECKING:
    from goldenthread.graph.plans import Plans

SHOWN = 4  # names in a sentence


@dataclass(frozen=True)
class Finding:
    """The findings of one kind about one plan: `of` is how many there could be, 0 if that cannot be said."""

    plan: str
    kind: Kind
    gaps: tuple[Gap, ...]
    of: int

    @property
    def text(self) -> str:
        """What was found, in a sentence."""
        names = list(dict.fromkeys(gap.item or gap.name for gap in self.gaps))
        more = f" and {len(names) - SHOWN} more" if len(names) > SHOWN else ""
        return f"{self.headline} ({', '.join(names[:SHOWN])}{more})"

    @property
    def headline(self) -> str:
        """What was found and how often, without names."""
        many = f"{self.entries} of {self.of}" if self.of else str(len(self.gaps))
        return f"{self.kind.label}: {many}"

    @property
    def rule(self) -> str:
        """By what rule it was found."""
        return self.kind.rule

    @property
    def evidence(self) -> tuple[str, ...]:
        """An entry a case, with where the plan says so."""
        return tuple(_case(gap) for gap in self.gaps)

    @property
    def entries(self) -> int:
        """How many entries it concerns: one entry may be found twice, such as an action with two groups."""
        return len({gap.thing for gap in self.gaps})

    @property
    def share(self) -> float:
        """The share of all entries that the rule found."""
        return self.entries / self.of if self.of else 0.0


def findings(
    plans: "Plans", *, plan: str | None = None, day: str | None = None, found: Sequence[Gap] | None = None
) -> tuple[Finding, ...]:
    """Return the findings about every plan asked for, the kinds in turns, the gravest first.

    `found` are the gaps, where the caller has them already.
    """
    every = counts(plans)
    found = gaps(plans, plan=plan, day=day) if found is None else found
    grouped = [
        [Finding(key, kind, tuple(some), every.get((key, kind.out_of), 0)) for key, some in by_plan.items()]
        for kind, by_plan in by_kind(found).items()
        if kind.severity != NOTE
    ]
    turns = [
        (turn, some[0].kind.rank, number, finding)
        for number, some in enumerate(grouped)
        for turn, finding in enumerate(sorted(some, key=_weight))
    ]
    return tuple(finding for *_, finding in sorted(turns, key=lambda one: one[:3]))


def _weight(finding: Finding) -> tuple[float, int]:
    return -finding.share, -len(finding.gaps)


def _case(gap: Gap) -> str:
    detail = f" ({gap.detail})" if gap.detail else ""
    reading = " [our reading]" if gap.basis == "inferred" else ""
    return f"{gap.item} {gap.name}".strip() + f"{detail}{reading}, {gap.source}"


def said(some: Sequence[Finding]) -> list[str]:
    """Return a line a finding, with the first case as its evidence."""
    return [f"{one.plan}: {one.text} (first of {len(one.gaps)}: {one.evidence[0]})" for one in some]
