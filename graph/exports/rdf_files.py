"""The store as an RDF file: the same graph gives the same bytes on every run and machine.

Statements are sorted by their line of N-Quads; blank nodes, if somebody's data has any, are named by RDFC-1.0. The
ontology is published with the project and stays out. So do the blind keys under which a person's name finds the post:
whoever has a list of names could try them all.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import pyoxigraph as ox

from goldenthread.graph import namespaces as ns
from goldenthread.graph.engines import Oxigraph
from goldenthread.graph.exports.description import PREFIXES
from goldenthread.graph.namespaces import GT
from goldenthread.graph.terms import FORMATS, TYPE

if TYPE_CHECKING:
    from goldenthread.graph.plans import Plans

ONTOLOGY, REGISTRY, NAMES, COMPUTED = (
    ox.NamedNode(ns.graph(name)) for name in ("ontology", "registry", "names", "computed")
)
RDF_TYPE, PLAN = ox.NamedNode(TYPE), ox.NamedNode(GT + "Plan")
FOLDED = ox.NamedNode(GT + "folded")


def published(plans: "Plans", *, plan: str | None = None) -> list[ox.Quad]:
    """Return the statements of the store that an export holds; ValueError if the plans are on an endpoint."""
    if not isinstance(plans.engine, Oxigraph):
        raise ValueError(
            "an endpoint's graph is not exported as RDF; ask the endpoint itself for it, or export a folder, .graphml or .gexf"
        )
    store = plans.engine.store
    found = _whole(store) if plan is None else _of_plan(store, plan)
    return [quad for quad in found if not _blind(quad)]


def is_local(plans: "Plans") -> bool:
    """Return whether the plans are in a store of this machine, so that their RDF can be exported."""
    return isinstance(plans.engine, Oxigraph)


def _blind(quad: ox.Quad) -> bool:
    return quad.predicate == FOLDED and isinstance(quad.object, ox.Literal) and quad.object.value.startswith("blind:")


def _whole(store: ox.Store) -> Iterator[ox.Quad]:
    return (quad for quad in store if quad.graph_name != ONTOLOGY)


def _of_plan(store: ox.Store, key: str) -> list[ox.Quad]:
    """A plan's graph, what is computed about it, and of the shared things those that either refers to."""
    identified = store.quads_for_pattern(None, ox.NamedNode(ns.DCT + "identifier"), ox.Literal(key), None)
    plans = [quad for quad in identified if ox.Quad(quad.subject, RDF_TYPE, PLAN, quad.graph_name) in store]
    found = [quad for plan in plans for quad in store.quads_for_pattern(None, None, None, plan.graph_name)]
    for plan in plans:
        about = {quad.subject for quad in store.quads_for_pattern(None, None, plan.subject, COMPUTED)}
        found += _reached(store, about, (COMPUTED,))
    ends = {
        end for quad in found for end in (quad.subject, quad.object) if isinstance(end, ox.NamedNode | ox.BlankNode)
    }
    return list(dict.fromkeys([*found, *_reached(store, ends, (REGISTRY, NAMES))]))


def _reached(store: ox.Store, start: Iterable[object], graphs: Iterable[ox.NamedNode]) -> list[ox.Quad]:
    """The statements about these things in some graphs, and about what they lead to there."""
    found, seen = [], set()
    waiting = list(start)
    while waiting:
        thing = waiting.pop()
        if thing in seen or not isinstance(thing, ox.NamedNode | ox.BlankNode):
            continue
        seen.add(thing)
        for graph in graphs:
            for quad in store.quads_for_pattern(thing, None, None, graph):
                found.append(quad)
                waiting.append(quad.object)
    return found


def distinct_triples(quads: Iterable[ox.Quad]) -> int:
    """Return how many triples there are, whatever graphs they stand in."""
    return len({quad.triple for quad in quads})


def classes(quads: Iterable[ox.Quad]) -> Counter[str]:
    """Return how many things each class has."""
    typed = {(quad.subject, quad.object) for quad in quads if quad.predicate.value == TYPE}
    return Counter(one.value for _, one in typed if isinstance(one, ox.NamedNode))


def serialised(quads: Iterable[ox.Quad], ending: str) -> bytes:
    """Return statements in the format of a file's ending; formats without graphs merge them."""
    form = FORMATS[ending]
    whole = _canonical(quads)
    some: Iterable[ox.Quad] | Iterable[ox.Triple]
    if form.supports_datasets:
        some = sorted(set(whole), key=str if form == ox.RdfFormat.N_QUADS else _by_graph)
    else:
        some = _in_order(quad.triple for quad in whole)
    content = ox.serialize(some, format=form, prefixes=PREFIXES) or b""
    return _with_sorted_prefixes(content) if form in (ox.RdfFormat.TURTLE, ox.RdfFormat.TRIG) else content


def _in_order(triples: Iterable[ox.Triple]) -> Iterator[ox.Triple]:
    """Give triples, each once, in the order of their lines of N-Triples, which are sooner sorted than triples are."""
    lines = (ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b"").splitlines(keepends=True)
    ordered = b"".join(sorted(set(lines)))
    return (quad.triple for quad in ox.parse(ordered, format=ox.RdfFormat.N_TRIPLES))


def _by_graph(quad: ox.Quad) -> tuple[str, str]:
    """The order of formats that write each graph in one piece."""
    return str(quad.graph_name), str(quad.triple)


def _canonical(quads: Iterable[ox.Quad]) -> Iterable[ox.Quad]:
    whole = list(quads)
    if not any(isinstance(end, ox.BlankNode) for quad in whole for end in (quad.subject, quad.object, quad.graph_name)):
        return whole
    dataset = ox.Dataset(whole)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return dataset


def _with_sorted_prefixes(content: bytes) -> bytes:
    """The serializer keeps prefixes in a hash table; every one is a line, before all others."""
    lines = content.splitlines(keepends=True)
    first = next((n for n, line in enumerate(lines) if not line.startswith(b"@prefix ")), len(lines))
    return b"".join([*sorted(lines[:first]), *lines[first:]])
