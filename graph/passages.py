"""Routes with the passages behind their steps, when the documents are at hand."""

from dataclasses import replace
from typing import TYPE_CHECKING

from goldenthread.graph.answers import Chain, Route, Step

if TYPE_CHECKING:
    from goldenthread.graph.plans import Plans


def with_passages(plans: "Plans", chain: Chain) -> Chain:
    """Return the same routes, each source with its passage."""

    def located(step: Step) -> Step:
        return replace(step, sources=tuple(plans.located(source) for source in step.sources))

    routes = tuple(Route(route.plan, tuple(map(located, route.steps)), route.end) for route in chain.routes)
    return replace(chain, routes=routes)
