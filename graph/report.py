"""The report: what the stored queries answer, arranged for a meeting; viz writes the pages."""

from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from goldenthread.graph import pictures
from goldenthread.graph.answers import Table
from goldenthread.graph.printing import CAVEAT
from goldenthread.graph.writing import write_text

if TYPE_CHECKING:
    from goldenthread.graph.plans import Plans
    from goldenthread.viz.report import Branch, Cited, Grid, PlanReport

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
        findings=findings(plans, plan=plan),
        plans=tuple(parts),
        notes=NOTES,
    )
    pages |= render(report)
    for name, text in pages.items():
        write_text(folder / name, text)
    return folder / "index.html"


def _still(network: pictures.Network) -> str:
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
                     filters=("kind", "basis"), words={"kind": plans.words("body")}),
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
            return f"line {text}"
        return text

    rows = tuple(tuple(cell(column, row[column]) for column in columns) for row in table)
    return Grid(title=title, intro=intro, columns=tuple(columns.values()), rows=rows, filters=filters)


def _branches(plans: "Plans", key: str, day: str | None) -> "tuple[Branch, ...]":
    """Return who reports to whom as a nested list, from those who report to nobody downwards."""
    from goldenthread.viz.report import Branch, Cited

    lines = plans.rows("structure", plan=key, day=day)
    rows = [dict(zip(lines.columns, row, strict=True)) for row in lines.rows]
    standing = [row for row in rows if row["accountability"] == "standing"]
    below: dict[str, list[dict[str, object]]] = defaultdict(list)
    for row in standing:
        below[str(row["to"])].append(row)
    reporting = {str(row["from"]) for row in standing}
    names = {str(row[end]): str(row[name]) for row in standing for end, name in (("from", "source"), ("to", "target"))}
    words = plans.words("relation")

    def branch(iri: str, row: dict[str, object] | None, above: frozenset[str]) -> Branch:
        children = () if iri in above else tuple(
            branch(str(one["from"]), one, above | {iri}) for one in sorted(below.get(iri, ()), key=lambda one: str(one["source"]))
        )  # fmt: skip
        if row is None:
            return Branch(Cited(names[iri], (), detail=(f"to whom it reports: not stated in {key}",)), "", children)
        kind = str(row["relation"])
        item = Cited(
            text=names[iri],
            sources=(f"{row['document']} line {row['line']}",),
            inferred=row["basis"] == "inferred",
            reason=str(row["reason"] or ""),
            detail=(words.get(kind, kind), *([str(row["detail"])] if row["detail"] else [])),
        )
        return Branch(item, kind, children)

    tops = sorted({str(row["to"]) for row in standing} - reporting, key=lambda iri: names[iri])
    circles = [] if tops else sorted(names, key=lambda iri: names[iri])[:1]
    return tuple(branch(iri, None, frozenset()) for iri in (*tops, *circles))


def findings(plans: "Plans", *, plan: str | None = None) -> "tuple[Cited, ...]":
    """Return what most deserves a meeting's time, each with the rule by which it was found and its evidence."""
    from goldenthread.viz.report import Cited

    found: list[Cited] = []

    def add(text: str, rule: str, evidence: Sequence[str]) -> None:
        if evidence:
            found.append(
                Cited(
                    text,
                    tuple(evidence[:6]),
                    detail=(f"Rule: {rule}", *([f"and {len(evidence) - 6} more"] if len(evidence) > 6 else [])),
                )
            )

    for about in plans.table("plans", plan=plan):
        key, document = str(about["plan"]), str(about["document"])
        actions = list(plans.table("actions", plan=key))
        silent = [
            row
            for row in plans.table("bodies-without-line-up", plan=key)
            if not row["reading"]
            and row["kind"]
            in (
                "subgroup",
                "steering-group",
                "task-and-finish-group",
                "panel",
                "workstream",
                "leadership-group",
                "management-group",
            )
        ]
        add(
            f"{key}: {_count(silent, 'group')} without any stated reporting line: {_names(silent, 'name')}",
            "a leadership, management, steering or sub-group that the plan names without saying to whom it reports",
            [f"{document} line {row['line']}" for row in silent],
        )
        gaps = list(plans.gaps_of_actions(plan=key))
        add(
            f"{key}: {_count(gaps, 'action')} of {len(actions)} lack something that the form asks for",
            "a lead, group, date or measure that is blank or a placeholder",
            [f"{row['action']}: {row['lacks']}, {document} line {row['line']}" for row in gaps],
        )
        everybody = plans.words("body")
        collective = (
            {str(row["name"]) for row in plans.table("bodies", plan=key) if row["kind"] == "collective"}
            if everybody
            else set()
        )
        shared = [row for row in actions if row["leads"] and set(str(row["leads"]).split("; ")) <= collective]
        add(
            f"{key}: {_count(shared, 'action')} of {len(actions)} are led by everybody and so by nobody in particular",
            "every lead named is a collective such as all partners",
            [f"{row['key']}: {row['leads']}, {document} line {row['line']}" for row in shared],
        )
        open_ended = [row for row in actions if row["target_kind"] in ("recurring", "pending", "from")]
        add(
            f"{key}: {_count(open_ended, 'action')} of {len(actions)} have no end date, because they recur, go on or wait",
            "the target date is recurring, pending or from a date onwards",
            [f"{row['key']}: {row['target_text']}, {document} line {row['line']}" for row in open_ended],
        )
    return tuple(found)


def _count(rows: Sequence[object], noun: str) -> str:
    return f"{len(rows)} {noun}{'' if len(rows) == 1 else 's'}"


def _names(rows: Sequence[dict[str, object]], column: str) -> str:
    names = [str(row[column]) for row in rows]
    return ", ".join(names[:4]) + (f" and {len(names) - 4} more" if len(names) > 4 else "")
