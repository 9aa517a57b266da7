"""What is missing, contradictory or remarkable: the stored query of each kind of finding, with the ontology's rule.

The ontology says which kinds there are, how grave they are and what to do; the query of the same name finds them. Here
they are only put together: a kind of absence that does not count as missing is left out, a datum gets its words.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from goldenthread.graph.answers import Table, where
from goldenthread.graph.queries import stored

if TYPE_CHECKING:
    from goldenthread.graph.plans import Plans

COLUMNS = ("severity", "finding", "plan", "item", "name", "detail", "basis", "document", "line", "rule", "why", "advice")  # fmt: skip
NOTE = "note"


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of finding: its rule in words, how grave it is, why it matters and what to do."""

    key: str
    label: str
    rule: str
    severity: str
    severity_label: str
    rank: int
    why: str
    advice: str
    detail_scheme: str
    out_of: str


@dataclass(frozen=True, slots=True)
class Gap:
    """One finding: the item and its name, the datum that makes it one, and where the plan says so."""

    kind: Kind
    plan: str
    item: str
    name: str
    detail: str
    basis: str
    document: str
    line: str
    thing: str

    @property
    def source(self) -> str:
        """Where the plan says so, in words."""
        return where(self.document, self.line)


def kinds(plans: "Plans") -> list[Kind]:
    """Return every kind of finding that the ontology knows, the gravest first."""
    return [
        Kind(
            key=str(row["kind"]), label=str(row["label"]), rule=str(row["rule"]), severity=str(row["severity"]),
            severity_label=str(row["severity_label"]), rank=int(row["rank"] or 0), why=stored(str(row["kind"])).why,
            advice=str(row["advice"]), detail_scheme=str(row["detail_scheme"] or ""), out_of=str(row["out_of"] or ""),
        )
        for row in plans.table("finding-kinds")
    ]  # fmt: skip


def gaps(
    plans: "Plans",
    *,
    plan: str | None = None,
    day: str | None = None,
    kind: str | None = None,
    at_least: str | None = None,
    counted: bool = True,
) -> list[Gap]:
    """Return the findings about the plans asked for, the gravest first; ValueError for an unknown kind or severity.

    Without `counted` come those too that the query finds and that do not count as missing.
    """
    known = kinds(plans)
    chosen = [one for one in known if kind in (None, one.key)]
    if not chosen:
        raise ValueError(f"there is no kind of finding {kind!r}; they are {', '.join(one.key for one in known)}")
    if at_least is not None:
        ranks = {one.severity: one.rank for one in known}
        if at_least not in ranks:
            raise ValueError(f"there is no severity {at_least!r}; they are {', '.join(ranks)}")
        chosen = [one for one in chosen if one.rank <= ranks[at_least]]
    covering = None if day is None else {str(row["plan"]) for row in plans.table("plans", day=day)}
    return [
        gap for one in chosen for gap in _found(plans, one, plan, counted) if covering is None or gap.plan in covering
    ]


def _found(plans: "Plans", kind: Kind, plan: str | None, counted: bool) -> Iterator[Gap]:
    words = plans.words(kind.detail_scheme) if kind.detail_scheme else {}
    rows = plans.rows(kind.key, plan=plan)
    for row in rows.rows:
        value = {name: "" if cell is None else str(cell) for name, cell in zip(rows.columns, row, strict=True)}
        if not counted or value.get("missing") != "false":
            detail = words.get(value["detail"], value["detail"])
            yield Gap(kind, value["plan"], value["item"], value["name"], detail, value["basis"], value["document"],
                      value["line"], value["thing"])  # fmt: skip


def as_table(found: Sequence[Gap]) -> Table:
    """Return findings as a long table, the rule beside each."""
    rows = [
        (gap.kind.severity, gap.kind.key, gap.plan, gap.item or None, gap.name, gap.detail or None, gap.basis, gap.document,
         gap.line, gap.kind.rule, gap.kind.why, gap.kind.advice)
        for gap in found
    ]  # fmt: skip
    return Table(COLUMNS, rows)


def by_kind(found: Sequence[Gap]) -> dict[Kind, dict[str, list[Gap]]]:
    """Return findings by kind and plan, in their order."""
    grouped: dict[Kind, dict[str, list[Gap]]] = {}
    for gap in found:
        grouped.setdefault(gap.kind, {}).setdefault(gap.plan, []).append(gap)
    return grouped


def counts(plans: "Plans") -> dict[tuple[str, str], int]:
    """Return how many entries of each class a plan has: (plan, class) to number."""
    return {(str(row["plan"]), str(row["kind"])): int(row["entries"] or 0) for row in plans.table("counts")}
