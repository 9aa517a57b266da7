"""The report: what the stored queries answer, arranged for a meeting; viz writes the pages."""

from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from goldenthread.graph import pictures
from goldenthread.graph.answers import Table, where
from goldenthread.graph.findings import Finding, findings
from goldenthread.graph.printing import CAVEAT
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
    for key in chosen:
        network = pictures.structure(plans, plan=key, day=day)
        page = f"structure-{key}.html"
        pages[page] = pictures.drawn(network, ".html")
        parts.append(_plan_report(plans, key, day, page, _still(network)))
    report = Report(
        title="Who answers for what",
        made=f"goldenthread {version}; plans: {', '.join(chosen)}",
        findings=tuple(map(_cited, findings(plans, plan=plan, day=day)[:FINDINGS_SHOWN])),
        plans=tuple(parts),
        notes=NOTES,
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


def _plan_report(plans: "Plans", key: str, day: str | None, page: str, still: str) -> "PlanReport":
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
        period=f"{about['since']} to {about['until']}",
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
        actions=_grid("Action tracker", f"Every action of the plan, {CAVEAT}.", plans.table("actions", plan=key),
                      {"key": "no", "priority": "priority", "title": "action", "leads": "lead", "groups": "group",
                       "target_text": "target date", "measures": "how it is measured", "line": "where it says so"},
                      filters=("lead", "group", "priority")),
        missing=(
            _grid("Actions that lack something", "The form asks for it, and the cell is blank or holds a placeholder.",
                  plans.gaps_of_actions(plan=key),
                  {"action": "no", "title": "action", "lacks": "what is missing", "line": "where it says so"}),
            _grid("Groups without a stated reporting line", "The plan does not say to whom they report.",
                  plans.table("bodies-without-line-up", plan=key),
                  {"name": "name", "kind": "kind", "reading": "our reading: reports to", "line": "where it is named"},
                  filters=("kind",), words={"kind": plans.words("body")}),
        ),
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
        text = (words or {}).get(column, {}).get(text, text)
        if column == "line" and text:
            return f"line {text}" if text[0].isdigit() else text
        return text

    rows = tuple(tuple(cell(column, row[column]) for column in columns) for row in table)
    return Grid(title=title, intro=intro, columns=tuple(columns.values()), rows=rows, filters=filters)


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
            sources=(where(row['document'], row['line']),),
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
    detail = (f"Rule: {finding.rule}.", *([f"{more} more in the tables below."] if more > 0 else []))
    return Cited(f"{finding.plan}: {finding.text}", finding.evidence[:EVIDENCE_SHOWN], detail=detail)
