"""How boxes and lines look: said once, in the ontology, and asked by the stored query `styles`.

Bodies and relations have looks of their own; what else is drawn (an action, a topic, what became of a thing) has looks
in other schemes. A kind that the ontology does not know, from somebody's own data, is drawn plainly under its own name.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from goldenthread.graph.pictures.records import records
from goldenthread.viz.network import Style

if TYPE_CHECKING:
    from goldenthread.graph.plans import Plans

BOXES = ("body", "picture")
LINES = ("relation", "picture")
CHANGES = ("change", "follow", "comparison")


def box_styles(plans: "Plans", used: Iterable[str]) -> dict[str, Style]:
    """Return the looks of these kinds of boxes, in the order in which a legend should show them."""
    return _styles(plans, BOXES, set(used))


def line_styles(plans: "Plans", used: Iterable[str], schemes: Iterable[str] = LINES) -> dict[str, Style]:
    """Return the looks of these kinds of lines, in the order in which a legend should show them."""
    return _styles(plans, schemes, set(used))


def _styles(plans: "Plans", schemes: Iterable[str], used: set[str]) -> dict[str, Style]:
    found: dict[str, Style] = {}
    for scheme in schemes:
        for row in plans.concepts(scheme):
            if row["notation"] in used:
                found.setdefault(
                    str(row["notation"]),
                    Style(
                        label=str(row["label"]),
                        stroke=str(row["stroke"] or "solid"),
                        colour=str(row["colour"] or "#374151"),
                        shape=str(row["shape"] or "box"),
                        fill=str(row["fill"] or "#ffffff"),
                    ),
                )
    return found | {kind: Style(label=kind, fill="#ffffff") for kind in sorted(used - set(found))}


def kinds_of(plans: "Plans", things: Iterable[str]) -> dict[str, str]:
    """Return what each of these things is: the kind of a body, else post, person, action, priority, document, review."""
    wanted = sorted(set(things))
    found: dict[str, str] = {}
    for row in records(plans, "kinds", thing=wanted) if wanted else ():
        found.setdefault(row["thing"], row["body_kind"] or row["class"])
    return found


def kind_words(plans: "Plans") -> dict[str, str]:
    """Return what each kind of box is called."""
    return {kind: label.casefold() for kind, label in plans.words("picture").items()} | plans.words("body")
