"""How findings, learning and evidence are printed for people: by kind, by review, by record."""

from collections.abc import Mapping, Sequence

from goldenthread.graph.answers import Table, where
from goldenthread.graph.gaps import Gap, by_kind
from goldenthread.graph.printing import CAVEAT

SHOWN = 5
Counts = Mapping[tuple[str, str], int]


def gaps_text(found: Sequence[Gap], counts: Counts, *, whole: bool) -> str:
    """Return findings kind by kind, each kind with its rule, why it matters and what to do; `whole` lists all."""
    if not found:
        return "nothing found\n"
    plans = list(dict.fromkeys(gap.plan for gap in found))
    lines = [f"{len(found)} finding{'s' if len(found) > 1 else ''} in {', '.join(plans)}; {CAVEAT}"]
    severity = ""
    for kind, by_plan in by_kind(found).items():
        if kind.severity_label != severity:
            severity = kind.severity_label
            lines += ["", severity.upper()]
        total = sum(map(len, by_plan.values()))
        lines += ["", f"{kind.label}: {total}", f"  rule: {kind.rule}", f"  why it matters: {kind.why}",
                  f"  what to do: {kind.advice}"]  # fmt: skip
        for plan, gaps in by_plan.items():
            lines.append(f"  {plan}: {_many(gaps, counts.get((plan, kind.out_of), 0))}")
            shown = gaps if whole else gaps[:SHOWN]
            lines += [f"    {_gap(gap)}" for gap in shown]
            if len(shown) < len(gaps):
                lines.append(f"    and {len(gaps) - len(shown)} more; --all shows them")
    return "\n".join(lines) + "\n"


def _many(gaps: Sequence[Gap], every: int) -> str:
    """How many of all entries; an entry may be found twice, such as an action with two groups."""
    if not every:
        return str(len(gaps))
    entries = len({gap.thing for gap in gaps})
    twice = f", {len(gaps)} findings" if entries < len(gaps) else ""
    return f"{entries} of {every} {gaps[0].kind.out_of.lower()} entries{twice}"


def _gap(gap: Gap) -> str:
    reading = " [our reading]" if gap.basis == "inferred" else ""
    detail = f" ({gap.detail})" if gap.detail and gap.detail != gap.name else ""
    return f"{gap.item} {gap.name}".strip() + f"{detail}{reading}; {gap.source}"


def learning_text(threads: Table, silent: Sequence[Gap], words: Mapping[str, str]) -> str:
    """Return learning, review by review and plan by plan, to the actions that take it forward and who answers."""
    lines: list[str] = []
    place = ("", "")
    entry = ""
    for row in threads:
        if (str(row["plan"]), str(row["review"])) != place:
            place = (str(row["plan"]), str(row["review"]))
            lines += ["", f"{place[1]}; {place[0]}, {CAVEAT}"]
        if f"{row['plan']} {row['key']}" != entry:
            entry = f"{row['plan']} {row['key']}"
            reading = " [our reading]" if row["basis"] == "inferred" else ""
            stage = (
                words.get(str(row["stage"]), str(row["stage"]))
                if row["stage"] != "not-stated"
                else "progress not stated"
            )
            lines.append(f"  {row['learning']}{reading} [{stage}]; {where(row['document'], row['line'])}")
        lines += _taken_forward(row)
    if silent:
        lines += ["", "reviews that are named, and that no action follows"]
        lines += [f"  {_gap(gap)}; {gap.plan}" for gap in silent]
    return "\n".join(lines[1:] if lines else ["nothing found"]) + "\n"


def _taken_forward(row: Mapping[str, object]) -> list[str]:
    if not row["action"]:
        return [] if row["stage"] in ("done", "impact") else ["    no action takes it forward"]
    answering = "; ".join(str(row[column]) for column in ("leads", "groups") if row[column])
    lines = [f"    taken forward by {row['action']} {row['title']}"]
    owned = f" in the row; the priority is owned by {row['owners']}" if row["owners"] else ""
    lines.append(f"      who answers: {answering or f'not stated{owned}'}")
    if row["target_text"]:
        lines.append(f"      by: {row['target_text']}")
    if row["measures"]:
        lines.append(f"      measured by: {row['measures']}")
    return lines


def evidence_text(table: Table, name: str) -> str:
    """Return the records to ask for, each with the measures that name it."""
    lines = [f"what to ask for: {name}; {CAVEAT}"]
    record = ""
    for row in table:
        if str(row["record"]).casefold() != record:
            record = str(row["record"]).casefold()
            lines += ["", str(row["record"])]
        reading = " [our reading]" if row["basis"] == "inferred" else ""
        who = f", led by {row['leads']}" if row["leads"] else ""
        lines.append(
            f"  {row['plan']} {row['action']}{who}: {row['measure']}{reading}; {where(row['document'], row['line'])}"
        )
    if len(lines) == 1:
        lines.append("nothing found")
    return "\n".join([*lines, *([""] if table.notes else []), *table.notes]) + "\n"
