"""Partnerships to the statements of one graph: registry, plans, names if asked for, and the ontology itself."""

from collections.abc import Iterator, Sequence

import pyoxigraph as ox

from goldenthread.graph import namespaces as ns
from goldenthread.graph import ontology
from goldenthread.graph.entries import PlanWriter
from goldenthread.graph.facts import Partnership
from goldenthread.graph.registry import Addresses, national, write_registry


def quads(partnerships: Sequence[Partnership], *, with_names: bool) -> Iterator[ox.Quad]:
    """Give every statement, each in its named graph."""
    ontology_graph = ox.NamedNode(ns.graph("ontology"))
    for triple in ontology.triples():
        yield ox.Quad(triple.subject, triple.predicate, triple.object, ontology_graph)
    shared = national(list(partnerships))
    plans = {plan.key: plan for partnership in partnerships for plan in partnership.plans}
    for partnership in partnerships:
        addresses = Addresses(partnership, shared if shared is not partnership else None)
        yield from write_registry(partnership, addresses, with_names=with_names)
        for plan in partnership.plans:
            synthetic = partnership.row.flag("synthetic")
            posts = partnership.rows["posts"]
            yield from PlanWriter(plan, partnership.key, addresses, posts, plans, synthetic=synthetic).quads()
