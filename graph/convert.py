"""Partnerships to the statements of one graph: registry, plans, names if asked for, and the ontology itself."""

from collections.abc import Iterator, Sequence

import pyoxigraph as ox

from goldenthread.graph import namespaces as ns
from goldenthread.graph import ontology
from goldenthread.graph.entries import PlanWriter
from goldenthread.graph.facets.tagged import Tagger, actor_names
from goldenthread.graph.facts import Partnership
from goldenthread.graph.registry import Addresses, national, write_registry


def quads(partnerships: Sequence[Partnership], *, with_names: bool, facets: str = "read") -> Iterator[ox.Quad]:
    """Give every statement, each in its named graph; `facets="auto"` tags every plan, whatever was read."""
    ontology_graph = ox.NamedNode(ns.graph("ontology"))
    for triple in ontology.triples():
        yield ox.Quad(triple.subject, triple.predicate, triple.object, ontology_graph)
    shared = national(list(partnerships))
    plans = {plan.key: plan for partnership in partnerships for plan in partnership.plans}
    for partnership in partnerships:
        addresses = Addresses(partnership, shared if shared is not partnership else None)
        yield from write_registry(partnership, addresses, with_names=with_names)
        names = actor_names(shared, partnership)
        for plan in partnership.plans:
            tagger = Tagger(plan, names, facets=facets)
            synthetic = partnership.row.flag("synthetic")
            posts = partnership.rows["posts"]
            writer = PlanWriter(plan, partnership.key, addresses, posts, plans, tagger=tagger, synthetic=synthetic)
            yield from writer.quads()
