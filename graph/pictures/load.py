"""Who carries how much of a plan: leads on the left, the plan's sections between, enabling groups on the right.

The number on a line is how many actions of a section one leads or enables; an action with two leads counts for both.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from goldenthread.graph.pictures.captions import caption, one_plan, title_of
from goldenthread.graph.pictures.cards import PageOf, counted, listed, numbered, on_a_box, page_of_thing, pairs, several
from goldenthread.graph.pictures.days import each_plan
from goldenthread.graph.pictures.looks import box_styles, kind_words, kinds_of, line_styles
from goldenthread.graph.pictures.records import NothingToDraw, Record, records
from goldenthread.graph.pictures.sections import sections_of
from goldenthread.viz.network import Edge, Moment, Network, Node

if TYPE_CHECKING:
    from goldenthread.graph.plans import Plans

COLUMNS = ("Leads", "Sections of the plan", "Enabling groups")
KINDS = {"lead": "leads", "group": "enables"}
Titles = Mapping[str, str]


def load(plans: "Plans", *, plan: str | None = None, day: str | None = None, page_of: PageOf = None) -> Network:
    """Return who leads and enables how many actions of each section of one plan; NothingToDraw if it names nobody."""
    about = one_plan(plans, "a picture of the load", plan, day)
    key = about["plan"]
    rows = records(plans, "load-by-section", plan=key)
    if not rows:
        raise NothingToDraw(f"{key} names no lead and no enabling group of its actions")
    actions = records(plans, "actions", plan=key)
    titles = {row["key"]: row["title"] for row in actions}
    lines = {row["key"]: row["line"] for row in actions}
    nodes = (
        *_people(plans, records(plans, "load", plan=key), titles, page_of),
        *_sections(sections_of(plans, key), {row["section"] for row in rows}, titles, page_of),
    )
    edges = tuple(_line(row, key, about["document"], titles, lines) for row in rows)
    return Network(
        title=f"Who carries how much: {title_of(about)}",
        nodes=nodes,
        edges=edges,
        node_styles=box_styles(plans, {node.kind for node in nodes}),
        edge_styles=line_styles(plans, {edge.kind for edge in edges}),
        caption=caption(
            [about], "the number on a line is how many actions; an action with several leads counts for each"
        ),
        columns=COLUMNS,
    )


def loads(
    plans: "Plans", *, plan: str | None = None, day: str | None = None, page_of: PageOf = None
) -> tuple[Moment, ...]:
    """Return the load of every plan that is asked and names leads or groups."""
    return each_plan(plans, lambda key: load(plans, plan=key, page_of=page_of), plan, day)


def _section_id(plan: str, section: str) -> str:
    return f"{plan} section {section}"


def _role_id(row: Record) -> str:
    """Return the id of a box: whoever leads and enables has one on either side."""
    return f"{row['thing']}#{row['role']}"


def _people(plans: "Plans", rows: Sequence[Record], titles: Titles, page_of: PageOf) -> list[Node]:
    kinds, words = kinds_of(plans, {row["thing"] for row in rows}), kind_words(plans)

    def box(row: Record) -> Node:
        kind = kinds.get(row["thing"], row["kind"])
        label, notes = on_a_box(row["name"], kind)
        return Node(
            id=_role_id(row),
            label=label,
            kind=kind,
            column=0 if row["role"] == "lead" else 2,
            notes=(*notes, counted(int(row["actions"]), "action")),
            page=page_of_thing(page_of, row["thing"]),
            detail=pairs(
                ("what it is", words.get(kind, kind)),
                (f"{KINDS[row['role']]} actions ({row['actions']})",
                 listed(numbered(titles, row['keys'].split('; ')))),
                ("shared with others", row["shared"] if row["shared"] != "0" else ""),
                ("without date", row["missing_date"] if row["missing_date"] != "0" else ""),
            ),
        )  # fmt: skip

    return [box(row) for row in rows]


def _sections(sections: Iterable[Record], named: set[str], titles: Titles, page_of: PageOf) -> list[Node]:
    return [
        Node(
            id=_section_id(row["plan"], row["section"]),
            label=f"{row['section']} {row['title']}".strip(),
            kind="priority",
            column=1,
            notes=(counted(int(row["actions"]), "action"),),
            page=page_of_thing(page_of, row["aim"]) if row["aim"] else "",
            detail=pairs(("what it is", f"section of {row['plan']}"),
                         ("actions", listed(numbered(titles, row["keys"].split("; "))))),
        )
        for row in sections if row["section"] in named
    ]  # fmt: skip


def _line(row: Record, plan: str, document: str, titles: Titles, lines: Titles) -> Edge:
    keys, readings = row["keys"].split("; "), int(row["readings"] or 0)
    said = "led by" if row["role"] == "lead" else "enabled by"
    cited = [f"{key} (line {lines[key]})" for key in keys if lines.get(key)]
    return Edge(
        source=_section_id(plan, row["section"]),
        target=_role_id(row),
        kind=KINDS[row["role"]],
        inferred=readings == int(row["actions"]),
        weight=int(row["actions"]),
        detail=pairs(
            ("line", f"{counted(int(row['actions']), 'action')} of section {row['section']}: {said} {row['name']}"),
            ("actions", listed(numbered(titles, keys))),
            ("our reading", f"of {counted(readings, 'action')}" if readings else ""),
            ("where it says so", f"{document}: {several(cited, most=10)}"),
        ),
    )
