"""Which topics are asked for, by what the ontology calls them."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from goldenthread.graph.plans import Plans


def topics_asked(plans: "Plans", given: Iterable[str]) -> set[str] | None:
    """Return the topics given by label or short name; None if none is given, ValueError for one that is not there."""
    words = plans.words("topic")
    found = set()
    for text in given:
        named = {key for key, label in words.items() if text.casefold() in (key.casefold(), label.casefold())}
        if not named:
            raise ValueError(f"there is no topic {text!r}; they are {', '.join(sorted(words))}")
        found |= named
    return found or None
