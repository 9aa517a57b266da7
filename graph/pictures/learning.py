"""From reviews to what was learnt, to the actions that take it forward, to who answers for them: four columns.

A learning that no action takes forward, and an action without lead where the form asks for one, are marked: there the
thread breaks. Learning that the plan calls done is not marked, nor is an action for which a group answers, or whoever
owns the priority above it.
"""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from goldenthread.graph.pictures.captions import caption, plans_asked
from goldenthread.graph.pictures.cards import PageOf, on_a_box, page_of_thing, pairs, said
from goldenthread.graph.pictures.days import each_plan
from goldenthread.graph.pictures.looks import box_styles, kind_words, kinds_of, line_styles
from goldenthread.graph.pictures.records import NothingToDraw, Record, records
from goldenthread.viz.network import Edge, Moment, Network, Node

if TYPE_CHECKING:
    from goldenthread.graph.plans import Plans

COLUMNS = ("Review", "Learning", "Action", "Who answers for it")
WAITING = ("planned", "not-stated")  # stages at which learning needs an action
ANSWERING = ("leads", "enables")


def learning(
    plans: "Plans",
    review: str | None = None,
    *,
    plan: str | None = None,
    day: str | None = None,
    page_of: PageOf = None,
) -> Network:
    """Return the threads of learning from a review, or from every review, over the plans that are asked; UnknownName."""
    about = plans_asked(plans, plan, day)
    covering = {row["plan"] for row in about}
    wanted = plans.one(review, plan=plan, kinds=("review",)).iri if review else None
    taught, threads = (
        [row for row in records(plans, query, plan=plan, wanted=wanted) if row["plan"] in covering]
        for query in ("learnt-from", "learning-threads")
    )
    if not taught:
        raise NothingToDraw(f"the plans that are asked name no learning{f' from {review}' if review else ''}")
    items = sorted({row["item"] for row in threads if row["item"]})
    actions = records(plans, "actions", action=items) if items else []
    answering = (
        [row for row in records(plans, "relations", thing=items) if row["relation"] in ANSWERING] if items else []
    )
    owning = records(plans, "owners-of-actions", wanted=items) if items else []
    answerers = {row["to"]: row["target"] for row in answering} | {row["thing"]: row["owner"] for row in owning}
    nodes = (
        *_reviews(taught, page_of),
        *_learnt(plans, taught, threads),
        *_actions(plans, actions, {*(row["from"] for row in answering), *(row["item"] for row in owning)}),
        *_answering(plans, answerers, page_of),
    )
    edges = (
        *_taught(plans, taught),
        *_taken_forward(plans, threads),
        *_answers(plans, answering),
        *_owners(plans, owning),
    )
    named = {row["plan"] for row in taught}
    return Network(
        title="What became of the learning" + (f" from {taught[0]['review']}" if review else ""),
        nodes=nodes,
        edges=edges,
        node_styles=box_styles(plans, {node.kind for node in nodes}),
        edge_styles=line_styles(plans, {edge.kind for edge in edges}),
        caption=caption([row for row in about if row["plan"] in named], *_without_leads(about, named)),
        columns=COLUMNS if answerers else COLUMNS[:3],
    )


def learnings(
    plans: "Plans", *, plan: str | None = None, day: str | None = None, page_of: PageOf = None
) -> tuple[Moment, ...]:
    """Return the threads of every plan that is asked."""
    return each_plan(plans, lambda key: learning(plans, plan=key, page_of=page_of), plan, day)


def _without_leads(about: Sequence[Record], named: set[str]) -> list[str]:
    return [
        f"the form of {row['plan']} has no field for leads"
        for row in about
        if row["plan"] in named and "lead" not in row["form_fields"].split("; ")
    ]


# boxes


def _reviews(taught: Sequence[Record], page_of: PageOf) -> list[Node]:
    reviews = {row["from"]: row["review"] for row in taught}
    return [
        Node(iri, name, "review", pairs(("what it is", "review")), column=0, page=page_of_thing(page_of, iri))
        for iri, name in reviews.items()
    ]


def _learnt(plans: "Plans", taught: Sequence[Record], threads: Sequence[Record]) -> list[Node]:
    stages = plans.words("stage")
    taken = {row["entry"] for row in threads if row["item"]}
    found: dict[str, Node] = {}
    for row in taught:
        waiting = row["entry"] not in taken and row["stage"] in WAITING
        found.setdefault(row["entry"], Node(
            id=row["entry"], label=row["learning"], kind="learning", column=1, unknown=waiting,
            detail=pairs(
                ("what it is", f"learning, {row['plan']}"),
                ("how far", stages.get(row["stage"], row["stage"])),
                ("action", "none stated" if waiting else ""),
                ("our reading", row["reason"]),
                ("where it says so", said(plans, row["document"], row["line"])),
            )))  # fmt: skip
    return list(found.values())


def _actions(plans: "Plans", actions: Sequence[Record], answered: set[str]) -> list[Node]:
    missing, absences = plans.marked("absence", "missing"), plans.words("absence")
    return [
        Node(
            id=row["action"],
            label=f"{row['key']} {row['title']}",
            kind="action",
            column=2,
            unknown=row["action"] not in answered and row["lead_absence"] in missing,
            detail=pairs(
                ("what it is", f"action, {row['plan']}"),
                ("lead", row["leads"] or absences.get(row["lead_absence"], "")),
                ("group", row["groups"] or absences.get(row["group_absence"], "")),
                ("date", row["target_text"] or absences.get(row["target_absence"], "")),
                ("measured by", row["measures"]),
                ("our reading", row["reason"]),
                ("where it says so", said(plans, row["document"], row["line"])),
            ),
        )
        for row in actions
    ]


def _answering(plans: "Plans", names: Mapping[str, str], page_of: PageOf) -> list[Node]:
    kinds, words = kinds_of(plans, names), kind_words(plans)

    def box(iri: str) -> Node:
        kind = kinds.get(iri, "post")
        label, notes = on_a_box(names[iri], kind)
        return Node(iri, label, kind, pairs(("what it is", words.get(kind, kind))), notes=notes, column=3,
                    page=page_of_thing(page_of, iri))  # fmt: skip

    return [box(iri) for iri in sorted(names, key=lambda one: names[one])]


# lines


def _taught(plans: "Plans", taught: Sequence[Record]) -> list[Edge]:
    return [
        Edge(row["from"], row["entry"], "taught", inferred=row["basis"] == "inferred",
             detail=pairs(("line", f"{row['review']} led to the learning: {row['learning']}"),
                          ("our reading", row["reason"]),
                          ("where it says so", said(plans, row["document"], row["line"]))))
        for row in taught
    ]  # fmt: skip


def _taken_forward(plans: "Plans", threads: Sequence[Record]) -> list[Edge]:
    return [
        Edge(row["entry"], row["item"], "taken-forward-by", inferred=row["basis"] == "inferred",
             detail=pairs(("line", f"{row['learning']}: taken forward by action {row['action']} {row['title']}"),
                          ("where it says so", said(plans, row["document"], row["line"]))))
        for row in threads if row["item"]
    ]  # fmt: skip


def _answers(plans: "Plans", answering: Sequence[Record]) -> list[Edge]:
    words = plans.words("relation")
    return [
        Edge(row["from"], row["to"], row["relation"], inferred=row["basis"] == "inferred",
             detail=pairs(("line", f"{row['source']} {words.get(row['relation'], row['relation'])} {row['target']}"),
                          ("detail", row["detail"]), ("our reading", row["reason"]),
                          ("where it says so", said(plans, row["document"], row["line"]))))
        for row in answering
    ]  # fmt: skip


def _owners(plans: "Plans", owning: Sequence[Record]) -> list[Edge]:
    return [
        Edge(row["item"], row["thing"], "owned-above", inferred=row["basis"] == "inferred",
             detail=pairs(("line", f"{row['action']} {row['title']} serves {row['priority']}, which is owned by {row['owner']}"),
                          ("our reading", row["reason"]),
                          ("where it says so", said(plans, row["document"], row["line"]))))
        for row in owning
    ]  # fmt: skip
