"""What a reasoner concludes from the plans, our ontology and the vocabularies that it reuses.

A wrong domain or range does no harm until somebody opens the data in Protege and finds that a chair has become an
organisation. So the plans are closed under OWL 2 RL here, together with the reused vocabularies' axioms, and the types
concluded are looked at. The closure is slow in Python. So literals and properties of which no axiom speaks are left
out, since no rule could use them, and entries of which a plan has hundreds are taken for one (all mentions of a plan as
one mention with everything said of them): whatever would follow of one of them follows of that one.
"""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from owlrl import DeductiveClosure, OWLRL_Semantics
from owlrl.Namespaces import ERRNS
from rdflib import FOAF, ORG, OWL, PROV, RDF, RDFS, BNode, Graph, Literal, Namespace, URIRef
from rdflib.term import Node

from goldenthread.graph import load, places
from goldenthread.graph.namespaces import GT as GT_ADDRESS
from goldenthread.graph.namespaces import THINGS

Triple = tuple[Node, Node, Node]
GT = Namespace(GT_ADDRESS)
OUR_BODIES = {GT[name] for name in ("Body", "Board", "Subgroup", "Forum", "SupportTeam", "UserGroup", "Agency")}
AGENTS = {FOAF.Agent, FOAF.Person, FOAF.Organization, FOAF.Group, ORG.Organization}
AXIOMS = (
    RDFS.domain, RDFS.range, RDFS.subPropertyOf, OWL.inverseOf, OWL.equivalentProperty, OWL.propertyDisjointWith, OWL.onProperty,
)  # fmt: skip
BEHAVIOURS = (OWL.FunctionalProperty, OWL.InverseFunctionalProperty, OWL.TransitiveProperty, OWL.SymmetricProperty)


def schema() -> Graph:
    """Return our ontology and the axioms of the vocabularies that it reuses; concepts come with the plans."""
    return Graph().parse(places.ONTOLOGY / "goldenthread.ttl").parse(Path(__file__).parent / "axioms" / "reused.ttl")


def constrained(axioms: Graph) -> set[object]:
    """Return the properties of which some axiom speaks."""
    spoken_of: set[object] = {RDF.type}
    for axiom in AXIOMS:
        for subject, value in axioms.subject_objects(axiom):
            spoken_of |= {subject, value}
    for behaviour in BEHAVIOURS:
        spoken_of |= set(axioms.subjects(RDF.type, behaviour))
    return spoken_of


def that_matter(triples: Iterable[Triple], properties: set[object]) -> Iterator[Triple]:
    """Give the triples that a rule could use."""
    return (triple for triple in triples if triple[1] in properties and not isinstance(triple[2], Literal))


def close(facts: Iterable[Triple]) -> Graph:
    """Return the closure of facts under our ontology and the reused axioms."""
    axioms = schema()
    properties = constrained(axioms)
    keep = {*properties, RDFS.subClassOf, OWL.disjointWith, OWL.equivalentClass, OWL.intersectionOf, OWL.unionOf, RDF.first,
            RDF.rest, OWL.allValuesFrom, *AXIOMS}  # fmt: skip
    closed = Graph()
    for triple in (*that_matter(axioms, keep), *that_matter(facts, properties)):
        closed.add(triple)
    DeductiveClosure(OWLRL_Semantics, axiomatic_triples=False, datatype_axioms=False).expand(closed)
    return closed


def contradictions(closed: Graph) -> list[str]:
    """Return what the reasoner found contradictory."""
    return sorted(str(message) for message in closed.objects(predicate=ERRNS.error))


def taken_together(node: Node) -> Node:
    """Return the one that stands for all mentions, remarks, measures, headings and passages of a plan."""
    if isinstance(node, URIRef):
        return URIRef(re.sub(r"/(mention|remark|measure|heading|passage|selector)/.*", r"/\1/all", node))
    return node


@pytest.fixture(scope="module")
def stated() -> Graph:
    """The plans as they were entered, in memory."""
    graph = Graph()
    for subject, predicate, value, _ in load():
        if subject and predicate and value:
            graph.add((taken_together(subject), predicate, taken_together(value)))
    return graph


@pytest.fixture(scope="module")
def closed(stated: Graph) -> Graph:
    """The plans with everything that follows."""
    return close(stated)


def things(stated: Graph, *classes: URIRef) -> set[URIRef]:
    """Return the things that were entered as one of these classes; fails if there is none."""
    found = {thing for one in classes for thing in stated.subjects(RDF.type, one) if str(thing).startswith(THINGS)}
    assert found, f"no {classes} in the plans: the test would prove nothing"
    return {URIRef(str(thing)) for thing in found}


def turned_into(closed: Graph, of: set[URIRef], unwanted: set[URIRef]) -> list[str]:
    """Return the things that follow to be something unwanted."""
    return sorted(
        f"{thing.removeprefix(THINGS)} is a {one}"
        for thing in of
        for one in unwanted & set(closed.objects(thing, RDF.type))
    )


def test_the_plans_contradict_neither_our_ontology_nor_the_vocabularies_it_reuses(closed: Graph) -> None:
    assert contradictions(closed) == []


@pytest.mark.parametrize(
    "planted",
    [
        "gt:x a gt:Board . gt:x a foaf:Person .",
        "gt:x org:holds gt:y . gt:y a gt:Board .",
        "gt:x a gt:Collective ; org:classification gt:kind .",
        "gt:x a gt:Document ; org:subOrganizationOf gt:y .",
        "gt:x a gt:Change . gt:y org:originalOrganization gt:x .",
        "gt:x a gt:Review ; org:memberOf gt:y .",
        "gt:x gt:belongsTo gt:y . gt:x a gt:Subgroup .",
        "gt:x a gt:Board, org:OrganizationalCollaboration ; org:hasMember gt:y . gt:y a foaf:Person .",
    ],
)
def test_a_planted_contradiction_is_found(planted: str) -> None:
    prefixes = f"@prefix gt: <{GT}> . @prefix foaf: <{FOAF}> . @prefix org: <{ORG}> ."
    assert contradictions(close(Graph().parse(data=f"{prefixes} {planted}", format="turtle"))) != []


def test_no_body_becomes_a_legal_entity_or_the_unit_of_one(stated: Graph, closed: Graph) -> None:
    bodies = things(stated, *OUR_BODIES)
    assert (
        turned_into(closed, bodies, {ORG.FormalOrganization, ORG.OrganizationalUnit, ORG.OrganizationalCollaboration})
        == []
    )


def test_every_body_is_an_organisation_and_an_agent(stated: Graph, closed: Graph) -> None:
    for body in things(stated, *OUR_BODIES):
        assert {ORG.Organization, FOAF.Agent} <= set(closed.objects(body, RDF.type)), body


def test_no_body_becomes_a_person_or_a_post(stated: Graph, closed: Graph) -> None:
    assert turned_into(closed, things(stated, *OUR_BODIES), {FOAF.Person, ORG.Post}) == []


def test_no_post_becomes_an_agent(stated: Graph, closed: Graph) -> None:
    assert turned_into(closed, things(stated, ORG.Post), AGENTS) == []


def test_no_document_review_or_plan_becomes_an_agent_or_a_post(stated: Graph, closed: Graph) -> None:
    papers = things(stated, GT.Document, GT.Review, GT.Plan, GT.PlanText)
    assert turned_into(closed, papers, AGENTS | {ORG.Post}) == []


def test_no_collective_becomes_an_organisation(stated: Graph, closed: Graph) -> None:
    assert turned_into(closed, things(stated, GT.Collective), {ORG.Organization, FOAF.Person, ORG.Post}) == []


def test_a_person_is_nothing_but_a_person(stated: Graph, closed: Graph) -> None:
    for person in things(stated, FOAF.Person):
        named = {one for one in closed.objects(person, RDF.type) if not isinstance(one, BNode)}  # not "agent or post"
        assert named <= {FOAF.Person, FOAF.Agent, OWL.Thing}, person


def test_no_entry_of_a_plan_becomes_an_agent_a_document_or_a_thing_of_the_registry(
    stated: Graph, closed: Graph
) -> None:
    entries = things(
        stated, GT.Relation, GT.Mention, GT.Priority, GT.Action, GT.Measure, GT.Learning, GT.Change, GT.Remark
    )
    assert turned_into(closed, entries, AGENTS | {FOAF.Document, GT.Document, GT.Review, ORG.Post, PROV.Entity}) == []


def test_only_what_was_entered_as_an_entry_of_some_class_is_one(stated: Graph, closed: Graph) -> None:
    for one in (GT.Action, GT.Priority, GT.Review, GT.Plan, GT.Passage, GT.Partnership, GT.Relation):
        assert set(closed.subjects(RDF.type, one)) == set(stated.subjects(RDF.type, one)), one


def test_every_term_of_ours_in_the_plans_is_declared(stated: Graph) -> None:
    declared = set(schema().subjects(RDFS.isDefinedBy, URIRef(GT_ADDRESS.rstrip("#"))))
    terms = {term for _, predicate, value in stated for term in (predicate, value) if isinstance(term, URIRef)}
    used = {term for term in terms if term.startswith(GT_ADDRESS)}
    assert GT.relationKind in used
    assert used - declared == set()
