"""The report: what the stored queries answer, arranged for a meeting; viz writes the pages."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from goldenthread.graph import pictures
from goldenthread.graph.answers import Table, period, where
from goldenthread.graph.findings import Finding, findings
from goldenthread.graph.gaps import Gap, as_table, by_kind, gaps
from goldenthread.graph.printing import CAVEAT
from goldenthread.graph.threads import threads
from goldenthread.graph.tracker import Wanted, tracker
from goldenthread.graph.writing import write_text

if TYPE_CHECKING:
    from goldenthread.graph.plans import Plans
    from goldenthread.viz.network import Network
    from goldenthread.viz.report import Branch, Cited, Grid, PlanReport

Record = Mapping[str, object]
FINDINGS_SHOWN = 10
EVIDENCE_SHOWN = 6
NOTES = (
    "Every entry says where its plan says so: the document and the line or lines of its text.",
    "“Our reading” marks what the text does not say in so many words; the reason stands beside it.",
    f"All of it stands {CAVEAT}.",
    "Officials are shown by their posts.",
)


def write_report(
    plans: "Plans", folder: Path, *, version: str, plan: str | None = None, day: str | None = None
) -> Path:
    """Write the report's pages into a folder and return its first page; ValueError if no plan is asked."""
    from goldenthread.viz.report import Report, render

    chosen = [str(row["plan"]) for row in plans.table("plans", plan=plan, day=day)]
    if not chosen:
        raise ValueError("no plan is loaded, or none covers what was asked")
    pages: dict[str, str] = {}
    parts = []
    found = gaps(plans, plan=plan, day=day)
    for key in chosen:
        network = pictures.structure(plans, plan=key, day=day)
        page = f"structure-{key}.html"
        pages[page] = pictures.drawn(network, ".html")
        parts.append(_plan_report(plans, key, day, page, _still(network), found))
    report = Report(
        title="Who answers for what",
        made=f"goldenthread {version}; plans: {', '.join(chosen)}",
        findings=tuple(map(_cited, findings(plans, found=found)[:FINDINGS_SHOWN])),
        plans=tuple(parts),
        notes=NOTES,
        changes=_changes(plans, chosen),
    )
    pages |= render(report)
    for name, text in pages.items():
        write_text(folder / name, text)
    return folder / "index.html"


def _still(network: "Network") -> str:
    from goldenthread.viz.stills import MissingLibrary, svg

    try:
        return svg(network)
    except MissingLibrary:
        return ""


def _plan_report(
    plans: "Plans", key: str, day: str | None, page: str, still: str, found: Sequence[Gap]
) -> "PlanReport":
    from goldenthread.viz.report import PlanReport

    about = next(iter(plans.table("plans", plan=key)))
    counts = next(iter(plans.status(plan=key)))
    facts = {
        "Boards": about["boards"], "Covers": about["people_covered"], "Version": about["version"],
        "Signed off": about["signed_off"], "Last reviewed": about["last_review"], "To be reviewed": about["review_due"],
        "Actions": counts["actions"], "Measures": counts["measures"], "Priorities and aims": counts["priorities"],
        "Relations": counts["relations"], "Entries that are our reading": counts["our_readings"],
        "Document": about["document"],
    }  # fmt: skip
    return PlanReport(
        id=key,
        title=str(about["title"]),
        period=period(about["since"], about["until"]),
        boards=str(about["boards"]),
        facts=tuple((label, str(value)) for label, value in facts.items() if value not in (None, "")),
        structure=_branches(plans, key, day),
        structure_svg=still,
        structure_page=page,
        bodies=_grid("Boards, groups and agencies", "Everybody the plan names, under every name that it uses.",
                     plans.table("bodies", plan=key, day=day),
                     {"name": "name", "abbreviation": "abbreviation", "kind": "kind", "part_of": "part of",
                      "called": "called in the plan", "meets": "meets", "basis": "basis", "line": "where it says so"},
                     filters=("kind", "basis"), words={"kind": plans.words("body"), "basis": plans.words("basis")}),
        actions=_grid("Action tracker", f"Every action of the plan, {CAVEAT}; how it stands is told for the day asked about, else for today.",
                      tracker(plans, Wanted(), plan=key, day=day),
                      {"action": "no", "priority": "priority", "title": "action", "leads": "lead", "groups": "group",
                       "target_text": "target date", "standing": "how it stands", "line": "where it says so",
                       "measures": "how it is measured", "topics": "topics", "facets": "topics are"},
                      filters=("lead", "group", "priority", "how it stands", "topics"), words={"topics": plans.words("topic")}),
        learning=_learning(plans, key, day),
        missing=_gaps(plans, key, found),
    )  # fmt: skip


def _grid(
    title: str,
    intro: str,
    table: Table,
    columns: dict[str, str],
    *,
    filters: tuple[str, ...] = (),
    words: dict[str, dict[str, str]] | None = None,
) -> "Grid":
    from goldenthread.viz.report import Grid

    def cell(column: str, value: object) -> str:
        text = "" if value is None else str(value)
        said = (words or {}).get(column)
        text = "; ".join(said.get(part, part) for part in text.split("; ")) if said else text
        if column == "line" and text:
            return f"line {text}" if text[0].isdigit() else text
        return text

    rows = tuple(tuple(cell(column, row[column]) for column in columns) for row in table)
    return Grid(title=title, intro=intro, columns=tuple(columns.values()), rows=rows, filters=filters)


def _learning(plans: "Plans", key: str, day: str | None) -> "Grid":
    return _grid(
        "Learning from reviews",
        "From each review to what was learnt, to the actions that take it forward, to who answers for them; progress as the text has it.",
        threads(plans, plan=key, day=day),
        {"review": "review", "learning": "what was learnt", "stage": "progress", "action": "action",
         "title": "what it does", "leads": "lead", "groups": "group", "line": "where it says so"},
        filters=("review", "progress"), words={"stage": plans.words("stage"), "action": {"": "no action stated"}},
    )  # fmt: skip


def _gaps(plans: "Plans", key: str, found: Sequence[Gap]) -> "tuple[Grid, ...]":
    """Return a table a kind of finding, the gravest first, with its rule, why it matters and what to do."""
    return tuple(
        _grid(f"{kind.label} ({kind.severity_label})".capitalize(),
              f"Rule: {kind.rule} Why it matters: {kind.why}. What to do: {kind.advice}",
              as_table(by_plan[key]),
              {"item": "no", "name": "what", "detail": "what was found", "basis": "basis", "line": "where it says so"},
              words={"basis": plans.words("basis")})
        for kind, by_plan in by_kind([gap for gap in found if gap.plan == key]).items()
    )  # fmt: skip


def _changes(plans: "Plans", chosen: Sequence[str]) -> "tuple[Grid, ...]":
    """Return a table for each pair of plans that follow one another, of those chosen."""
    words = plans.words("comparison") | plans.words("change") | plans.words("follow")
    by_partnership: dict[str, list[str]] = defaultdict(list)
    for row in sorted(plans.table("plans"), key=lambda row: str(row["earliest"])):
        if row["plan"] in chosen:
            by_partnership[str(row["partnership"])].append(str(row["plan"]))
    return tuple(
        _grid(f"From {earlier} to {later}", "", plans.changes(earlier, later),
              {"kind": "kind", "what": "what", "basis": "basis", "reason": "why we read it so", "evidence": "where it says so"},
              filters=("kind",), words={"kind": words, "basis": plans.words("basis")})
        for several in by_partnership.values()
        for earlier, later in pairwise(several)
    )  # fmt: skip


def _branches(plans: "Plans", key: str, day: str | None) -> "tuple[Branch, ...]":
    """Return who reports to whom as a nested list, from those who report to nobody downwards."""
    from goldenthread.viz.report import Branch, Cited

    lines = plans.rows("structure", plan=key, day=day)
    rows = [dict(zip(lines.columns, row, strict=True)) for row in lines.rows]
    standing = [row for row in rows if row["accountability"] == "standing"]
    below: dict[str, list[Record]] = defaultdict(list)
    for row in standing:
        below[str(row["to"])].append(row)
    reporting = {str(row["from"]) for row in standing}
    names = {str(row[end]): str(row[name]) for row in standing for end, name in (("from", "source"), ("to", "target"))}
    words = plans.words("relation")
    boxes, called = plans.rows("structure-bodies", plan=key, day=day), plans.words("body")
    at = {column: index for index, column in enumerate(boxes.columns)}
    kinds = {str(row[at["body"]]): called[str(row[at["kind"]])] for row in boxes.rows}

    def branch(iri: str, row: Record | None, above: frozenset[str]) -> Branch:
        children = () if iri in above else tuple(
            branch(str(one["from"]), one, above | {iri}) for one in sorted(below.get(iri, ()), key=lambda one: str(one["source"]))
        )  # fmt: skip
        if row is None:
            item = Cited(names[iri], (), detail=(f"to whom it reports: not stated in {key}",))
            return Branch(item, kinds.get(iri, ""), children)
        said = words[str(row["relation"])]
        item = Cited(
            text=names[iri],
            sources=(where(row["document"], row["line"]),),
            inferred=row["basis"] == "inferred",
            reason=str(row["reason"] or ""),
            detail=(f"{said} {row['target']}" + (f" ({row['detail']})" if row["detail"] else ""),),
        )
        return Branch(item, kinds.get(iri, ""), children)

    tops = sorted({str(row["to"]) for row in standing} - reporting, key=lambda iri: names[iri])
    circles = [] if tops else sorted(names, key=lambda iri: names[iri])[:1]
    return tuple(branch(iri, None, frozenset()) for iri in (*tops, *circles))


def _cited(finding: Finding) -> "Cited":
    from goldenthread.viz.report import Cited

    more = len(finding.evidence) - EVIDENCE_SHOWN
    detail = (
        f"Rule: {finding.rule}",
        f"What to do: {finding.kind.advice}",
        *([f"{more} more in the tables below."] if more > 0 else []),
    )
    return Cited(f"{finding.plan}: {finding.text}", finding.evidence[:EVIDENCE_SHOWN], detail=detail)
