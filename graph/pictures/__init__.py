"""From stored queries to networks that viz can draw: a picture's boxes and lines are exactly a query's rows."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from goldenthread.graph.answers import Table, period, where
from goldenthread.graph.printing import CAVEAT
from goldenthread.viz.network import Edge, Network, Node, Style

if TYPE_CHECKING:
    from goldenthread.graph.plans import Plans

ENDINGS = (".html", ".svg", ".mmd")


def structure(plans: "Plans", *, plan: str | None = None, day: str | None = None) -> Network:
    """Return the structure of one plan's boards, groups and teams; ValueError if several plans could be meant."""
    about = _one_plan(plans.table("plans", plan=plan, day=day), plan, day)
    key = str(about["plan"])
    words = plans.words("relation")
    lines = plans.rows("structure", plan=key, day=day)
    boxes = plans.rows("structure-bodies", plan=key, day=day)
    edges = tuple(
        Edge(
            source=row["from"], target=row["to"], kind=row["relation"], inferred=row["basis"] == "inferred",
            upward=row["accountability"] == "standing",
            detail=_pairs({
                "line": f"{row['source']} {words.get(row['relation'], row['relation'])} {row['target']}",
                "detail": row["detail"], "our reading": row["reason"],
                "where it says so": where(row['document'], row['line']),
            }),
        )
        for row in _records(lines.columns, lines.rows)
    )  # fmt: skip
    reporting = {edge.source for edge in edges if edge.upward}
    kinds = plans.words("body")
    expected = plans.marked("body", "expected_to_report")
    nodes = tuple(
        Node(
            id=row["body"],
            label=row["name"] + (f" ({row['abbreviation']})" if row["abbreviation"] else ""),
            kind=row["kind"],
            unknown=row["kind"] in expected and row["body"] not in reporting,
            detail=_pairs({
                "what it is": kinds.get(row["kind"], row["kind"]),
                "chaired by": row["chairs"],
                "reports to": ", ".join(edge.detail[0][1].partition(" reports ")[2] for edge in edges
                                        if edge.upward and edge.source == row["body"]) or f"not stated in {key}",
                "where it says so": where(row['document'], row['line']),
            }),
        )
        for row in _records(boxes.columns, boxes.rows)
    )  # fmt: skip
    return Network(
        title=f"Who reports to whom: {about['title']}",
        nodes=nodes,
        edges=edges,
        node_styles=_styles(plans, "body", {node.kind for node in nodes}),
        edge_styles=_styles(plans, "relation", {edge.kind for edge in edges}),
        caption=(f"{key}: {about['title']}", f"period: {period(about['since'], about['until'])}",
                 f"source {about['document']}", CAVEAT),
    )  # fmt: skip


def drawn(network: Network, ending: str) -> str:
    """Return a network as the text of an .html, .svg or .mmd file; ValueError for another ending."""
    match ending.casefold():
        case ".html":
            from goldenthread.viz.page import interactive

            return interactive(network)
        case ".svg":
            from goldenthread.viz.stills import svg

            return svg(network)
        case ".mmd":
            from goldenthread.viz.stills import mermaid

            return mermaid(network)
    raise ValueError(f"cannot draw {ending or 'a file without ending'}; use {', '.join(ENDINGS)}")


def _one_plan(plans: Table, plan: str | None, day: str | None) -> Mapping[str, object]:
    found = list(plans)
    if len(found) == 1:
        return found[0]
    asked = " ".join(filter(None, (f"called {plan!r}" if plan else "", f"that covers {day}" if day else "")))
    if not found:
        raise ValueError(f"there is no plan {asked}".rstrip())
    keys = ", ".join(str(row["plan"]) for row in found)
    raise ValueError(f"a structure belongs to one plan; choose one with --plan: {keys}")


def _records(columns: Sequence[str], rows: Sequence[tuple[object, ...]]) -> list[dict[str, str]]:
    return [
        {column: "" if value is None else str(value) for column, value in zip(columns, row, strict=True)}
        for row in rows
    ]


def _pairs(values: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple((label, value) for label, value in values.items() if value)


def _styles(plans: "Plans", scheme: str, used: set[str]) -> dict[str, Style]:
    concepts = plans.concepts(scheme)
    return {
        row["notation"]: Style(
            label=row["label"],
            stroke=row["stroke"] or "solid",
            colour=row["colour"] or "#374151",
            shape=row["shape"] or "box",
            fill=row["fill"] or "#ffffff",
        )
        for row in _records(concepts.columns, concepts.rows)
        if row["notation"] in used
    }
