"""The ontology, its concept schemes and its shapes: complete, consistent with the tables, readable.

Files are read as they stand in ontology/. That each shape speaks when it should is tested in test_shapes.py.
"""

import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest
from rdflib import DCTERMS, OWL, RDF, RDFS, SH, SKOS, VANN, Graph, Literal, Namespace, URIRef

from goldenthread.graph import ontology, ontology_page, places
from goldenthread.graph.columns import BASIS, TABLES
from goldenthread.graph.facts import read as facts_of
from goldenthread.graph.namespaces import GT as GT_ADDRESS
from goldenthread.graph.namespaces import ONTOLOGY

GT = Namespace(GT_ADDRESS)
HEADER = URIRef(ONTOLOGY)
SCHEMES = sorted(file.stem for file in places.ONTOLOGY.glob("*.ttl") if file.stem not in ("goldenthread", "shapes"))
PROPERTIES = {OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty}


@cache
def read(name: str) -> Graph:
    """Return one file of the ontology."""
    return Graph().parse(places.ONTOLOGY / f"{name}.ttl")


@cache
def whole() -> Graph:
    """Return the ontology with its schemes, without the shapes."""
    graph = Graph()
    for name in ("goldenthread", *SCHEMES):
        graph += read(name)
    return graph


def terms() -> set[URIRef]:
    """Return every class and property that the ontology declares."""
    return {
        term
        for kind in (OWL.Class, *PROPERTIES)
        for term in read("goldenthread").subjects(RDF.type, kind)
        if isinstance(term, URIRef)
    }


def concepts(scheme: str) -> list[URIRef]:
    """Return a scheme's concepts."""
    return [concept for concept in read(scheme).subjects(RDF.type, SKOS.Concept) if isinstance(concept, URIRef)]


def ours(graph: Graph) -> set[URIRef]:
    """Return every term of our namespace that a graph uses, as predicate, value or subject."""
    return {node for triple in graph for node in triple if isinstance(node, URIRef) and node.startswith(GT_ADDRESS)}


def one_sentence(text: str) -> bool:
    """Say whether a text is one sentence: a capital, a full stop at the end and none before another sentence."""
    return bool(re.fullmatch(r"[A-Z].*\.", text)) and not re.search(r"\. [A-Z]", text)


# header and terms


def test_the_header_says_version_licence_creator_date_and_prefix() -> None:
    said = {predicate: str(value) for predicate, value in read("goldenthread").predicate_objects(HEADER)}
    version = said[OWL.versionInfo]
    assert said[OWL.versionIRI] == f"{ONTOLOGY}/{version}"
    assert said[DCTERMS.license] == "https://creativecommons.org/licenses/by/4.0/"
    assert said[DCTERMS.created] == "2026-11-21"
    assert said[VANN.preferredNamespacePrefix] == "gt"
    assert said[VANN.preferredNamespaceUri] == GT_ADDRESS
    assert said[DCTERMS.title]
    assert said[DCTERMS.description]
    creator = URIRef(said[DCTERMS.creator])
    assert [str(name) for name in read("goldenthread").objects(creator, URIRef("http://xmlns.com/foaf/0.1/name"))] == [
        "The goldenthread project"
    ]


def test_every_term_has_one_label_a_definition_of_one_sentence_and_says_where_it_is_defined() -> None:
    graph = read("goldenthread")
    assert len(terms()) > 150
    for term in terms():
        assert term.startswith(GT_ADDRESS), term
        assert len(list(graph.objects(term, RDFS.label))) == 1, term
        (definition,) = graph.objects(term, SKOS.definition)
        assert one_sentence(str(definition)), term
        assert list(graph.objects(term, RDFS.isDefinedBy)) == [HEADER], term


def test_whatever_says_that_it_is_defined_here_is_declared_here() -> None:
    assert set(read("goldenthread").subjects(RDFS.isDefinedBy, HEADER)) == terms()


def test_labels_and_definitions_are_in_english() -> None:
    for predicate in (RDFS.label, SKOS.prefLabel, SKOS.altLabel, SKOS.definition, SKOS.example):
        for subject, text in whole().subject_objects(predicate):
            assert isinstance(text, Literal), (subject, text)
            assert text.language == "en", (subject, text)


def test_domains_ranges_and_superclasses_that_are_ours_are_declared() -> None:
    graph = read("goldenthread")
    for predicate in (RDFS.domain, RDFS.range, RDFS.subClassOf, RDFS.subPropertyOf, OWL.disjointWith):
        assert {value for value in graph.objects(predicate=predicate) if str(value).startswith(GT_ADDRESS)} <= terms()


def test_a_property_holds_addresses_or_values_and_its_range_agrees() -> None:
    graph = read("goldenthread")
    for term in terms():
        kinds = PROPERTIES & set(graph.objects(term, RDF.type))
        assert len(kinds) <= 1, term
        for target in graph.objects(term, RDFS.range):
            literal = str(target).startswith(
                ("http://www.w3.org/2001/XMLSchema#", "http://id.loc.gov/", str(RDF.langString))
            )
            assert kinds == {OWL.DatatypeProperty if literal else OWL.ObjectProperty}, term


def test_no_property_between_posts_people_and_bodies_says_what_its_ends_are() -> None:
    may_join_posts = {
        "chairedBy",
        "memberOf",
        "attends",
        "lead",
        "group",
        "owner",
        "reportsOnWorkTo",
        "supports",
        "from",
        "to",
    }
    for name in may_join_posts:
        assert list(read("goldenthread").objects(GT[name], RDFS.range)) == [], name


# schemes


@pytest.mark.parametrize("scheme", SCHEMES)
def test_a_scheme_has_label_definition_and_its_top_concepts(scheme: str) -> None:
    graph, iri = read(scheme), URIRef(f"{ONTOLOGY}/{scheme}")
    assert (iri, RDF.type, SKOS.ConceptScheme) in graph
    assert len(list(graph.objects(iri, RDFS.label))) == 1
    (definition,) = graph.objects(iri, SKOS.definition)
    assert one_sentence(str(definition))
    top = {concept for concept in concepts(scheme) if not list(graph.objects(concept, SKOS.broader))}
    assert top
    assert set(graph.objects(iri, SKOS.hasTopConcept)) == top == set(graph.subjects(SKOS.topConceptOf, iri))


@pytest.mark.parametrize("scheme", SCHEMES)
def test_a_concept_has_label_definition_notation_and_scheme(scheme: str) -> None:
    graph = read(scheme)
    assert len(concepts(scheme)) > 1
    for concept in concepts(scheme):
        assert [str(value) for value in graph.objects(concept, SKOS.notation)] == [
            concept.removeprefix(f"{ONTOLOGY}/{scheme}/")
        ]
        assert list(graph.objects(concept, SKOS.inScheme)) == [URIRef(f"{ONTOLOGY}/{scheme}")]
        assert list(graph.objects(concept, RDFS.isDefinedBy)) == [HEADER]
        (label,), (definition,) = graph.objects(concept, SKOS.prefLabel), graph.objects(concept, SKOS.definition)
        assert one_sentence(str(definition)), concept
        assert str(definition).strip(".").casefold() != str(label).casefold(), concept


@pytest.mark.parametrize("scheme", SCHEMES)
def test_no_two_concepts_of_a_scheme_share_a_name(scheme: str) -> None:
    graph = read(scheme)
    names = Counter(
        str(name).casefold() for kind in (SKOS.prefLabel, SKOS.altLabel) for name in graph.objects(predicate=kind)
    )
    assert [name for name, count in names.items() if count > 1] == []


@pytest.mark.parametrize("scheme", ["topic", "kind-of-work", "audience"])
def test_a_facet_has_other_names_and_an_example_for_every_value(scheme: str) -> None:
    for concept in concepts(scheme):
        assert list(read(scheme).objects(concept, SKOS.altLabel)), concept
        assert len(list(read(scheme).objects(concept, SKOS.example))) == 1, concept


def test_broader_and_related_concepts_are_of_the_same_scheme_and_never_both() -> None:
    for scheme in SCHEMES:
        graph, known = read(scheme), set(concepts(scheme))
        for concept in known:
            above = set(graph.transitive_objects(concept, SKOS.broader)) - {concept}
            beside = set(graph.objects(concept, SKOS.related)) | set(graph.subjects(SKOS.related, concept))
            assert above | beside <= known, concept
            assert not (above | {concept}) & beside, concept
            assert (concept, SKOS.broader, concept) not in graph, concept


def test_the_schemes_are_those_that_columns_name_the_bases_and_what_is_computed() -> None:
    named = {column.scheme for table in TABLES for column in table.columns if column.scheme}
    assert set(SCHEMES) == named | {"basis", "comparison", "facet", "finding", "overlap", "picture", "severity"}


def test_the_bases_are_those_that_tables_allow() -> None:
    assert ontology.notations("basis") == set(BASIS.allowed)


def test_every_term_that_schemes_use_is_declared() -> None:
    used = {term for scheme in SCHEMES for term in ours(read(scheme))}
    assert {GT.plainProperty, GT.Board} <= used
    assert used - terms() == set()


def test_every_kind_of_relation_says_how_it_reads_backwards_what_it_carries_and_how_it_looks() -> None:
    graph = read("relation")
    for kind in concepts("relation"):
        for predicate in (GT.inverseLabel, GT.carriesAccountability, GT.plainProperty, GT.stroke, GT.colour):
            assert len(list(graph.objects(kind, predicate))) == 1, (kind, predicate)
        assert str(graph.value(kind, GT.stroke)) in {"solid", "dashed", "dotted"}
        assert str(graph.value(kind, GT.startsRouteAt) or "source") in {"source", "target"}


def test_every_plain_property_is_a_property_that_is_declared_or_reused_from_org() -> None:
    objects = set(read("goldenthread").subjects(RDF.type, OWL.ObjectProperty))
    plain = {str(value) for value in read("relation").objects(predicate=GT.plainProperty)}
    reused = {value for value in plain if not value.startswith(GT_ADDRESS)}
    assert plain - reused <= {str(term) for term in objects}
    assert reused == {
        f"http://www.w3.org/ns/org#{name}" for name in ("reportsTo", "subOrganizationOf", "holds", "postIn")
    }


def test_accountability_runs_along_reporting_and_nothing_else() -> None:
    carrying = {
        str(kind).rpartition("/")[2] for kind in read("relation").subjects(GT.carriesAccountability, Literal(True))
    }
    assert carrying == {"reports-to", "reports-headlines-to", "reports-on-work-to"}


def test_every_kind_of_body_says_its_class_and_how_it_looks() -> None:
    graph = read("body")
    allowed = {GT.Collective, *read("goldenthread").subjects(RDFS.subClassOf, GT.Body)}
    for kind in concepts("body"):
        assert set(graph.objects(kind, GT.bodyClass)) <= allowed
        for predicate in (GT.bodyClass, GT.shape, GT.fill):
            assert len(list(graph.objects(kind, predicate))) == 1, (kind, predicate)


def test_only_blank_and_placeholder_count_as_missing() -> None:
    missing = {str(kind).rpartition("/")[2] for kind in read("absence").subjects(GT.countsAsMissing, Literal(True))}
    assert missing == {"blank", "placeholder"}
    assert len(list(read("absence").subjects(GT.countsAsMissing))) == len(concepts("absence"))


def brightness(colour: str) -> float:
    """Return the relative luminance of a colour such as #1f3a5f, as WCAG defines it."""
    assert re.fullmatch("#[0-9a-f]{6}", colour), colour
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def test_whatever_a_picture_may_draw_says_how_it_looks() -> None:
    for scheme in ("picture", "change", "follow", "comparison"):
        for kind in concepts(scheme):
            for predicate in (GT.stroke, GT.colour):
                assert len(list(read(scheme).objects(kind, predicate))) == 1, (kind, predicate)
            box = [len(list(read(scheme).objects(kind, predicate))) for predicate in (GT.shape, GT.fill)]
            assert box in ([0, 0], [1, 1]), kind


def test_no_two_kinds_that_one_picture_may_draw_have_one_name() -> None:
    for schemes in (("body", "picture"), ("relation", "picture"), ("change", "follow", "comparison")):
        names = [str(kind).rpartition("/")[2] for scheme in schemes for kind in concepts(scheme)]
        assert [name for name, count in Counter(names).items() if count > 1] == []


def test_only_a_part_stands_below_its_whole_without_a_reporting_line() -> None:
    below = {str(kind).rpartition("/")[2] for kind in read("relation").subjects(GT.placesBelow, Literal(True))}
    assert below == {"part-of"}


@pytest.mark.parametrize("scheme", ["relation", "picture", "change", "follow", "comparison"])
def test_lines_stand_out_from_white_paper(scheme: str) -> None:
    for colour in read(scheme).objects(predicate=GT.colour):
        assert 1.05 / (brightness(str(colour)) + 0.05) >= 4.5, colour


def test_dark_text_stands_out_from_every_fill() -> None:
    for fill in (*read("body").objects(predicate=GT.fill), *read("picture").objects(predicate=GT.fill)):
        assert (brightness(str(fill)) + 0.05) / (brightness("#1a1a1a") + 0.05) >= 10, fill


# the page


def test_the_page_of_the_ontology_is_up_to_date() -> None:
    page = Path(__file__).parent.parent / "docs" / "ontology.md"
    assert page.read_text(encoding="utf-8") == ontology_page.page(), "run python -m goldenthread.graph.ontology_page"


# shapes: their form

CONSTRAINTS = {
    *(SH.minCount, SH.maxCount, SH.minLength, SH.minInclusive, SH.pattern, SH.datatype, SH.nodeKind, SH["class"]),
    *(SH.lessThanOrEquals, SH.disjoint, SH.hasValue, SH["in"], SH["or"], SH["not"], SH.qualifiedValueShape),
}


def speaking() -> list[URIRef]:
    """Return the named shapes that say something themselves, not only through their property shapes."""
    shapes = {shape for shape in read("shapes").subjects() if isinstance(shape, URIRef)}
    return sorted(shape for shape in shapes if CONSTRAINTS & set(read("shapes").predicates(shape)))


def test_every_shape_says_what_is_wrong_and_what_to_do_and_how_severe_it_is() -> None:
    graph = read("shapes")
    assert len(speaking()) > 80
    for shape in speaking():
        (message,), (severity,) = graph.objects(shape, SH.message), graph.objects(shape, SH.severity)
        assert severity in {SH.Violation, SH.Warning, SH.Info}, shape
        assert re.fullmatch(r"[A-Z].*[.,;] .*\.", str(message)), message
        assert not re.search(r"\b(IRI|URI|literal|datatype|node|triple|endpoint)\b", str(message)), message


def test_no_two_shapes_say_the_same() -> None:
    said = Counter(str(message) for message in read("shapes").objects(predicate=SH.message))
    assert [message for message, count in said.items() if count > 1] == []


def test_every_shape_is_used_and_every_used_shape_is_there() -> None:
    graph = read("shapes")
    defined = {shape for kind in (SH.NodeShape, SH.PropertyShape) for shape in graph.subjects(RDF.type, kind)}
    used = {value for value in graph.objects(predicate=SH.property) if isinstance(value, URIRef)}
    targets = (SH.targetClass, SH.targetSubjectsOf, SH.targetObjectsOf)
    targeted = {shape for target in targets for shape in graph.subjects(target)}
    assert used | targeted == defined


def test_shapes_name_only_declared_terms_and_concepts() -> None:
    used = ours(read("shapes"))
    assert GT.Action in used
    assert used - terms() == set()
    named = {str(node) for triple in read("shapes") for node in triple if str(node).startswith(f"{ONTOLOGY}/")}
    known = {str(concept) for scheme in SCHEMES for concept in concepts(scheme)}
    assert {name for name in named if not name.startswith(f"{ONTOLOGY}/shape/")} <= known


def test_shapes_that_ask_for_a_scheme_ask_for_one_that_is_there() -> None:
    asked = {
        str(value) for value in read("shapes").objects(predicate=SH.pattern) if str(value).startswith(f"^{ONTOLOGY}/")
    }
    assert {value.removeprefix(f"^{ONTOLOGY}/").partition("/")[0] for value in asked} == set(SCHEMES) - {
        "basis",
        "comparison",
        "finding",
        "overlap",
        "picture",
        "severity",
    }


def test_shapes_need_no_sparql() -> None:
    assert not {predicate for predicate in read("shapes").predicates() if predicate in {SH.sparql, SH.select, SH.ask}}


@pytest.mark.parametrize("scheme", ["topic", "kind-of-work", "audience"])
def test_no_facet_is_unused_and_each_has_a_definition_and_an_example(scheme: str) -> None:
    column = {"topic": "topics", "kind-of-work": "work"}.get(scheme, scheme)
    rows = [
        row
        for partnership in facts_of([places.DATA])
        for plan in partnership.plans
        for table in ("priorities", "actions")
        for row in plan.rows[table]
    ]
    used = {value for row in rows for value in row.many(column)}
    graph = read(scheme)
    concepts = {str(graph.value(one, SKOS.notation)): one for one in graph.subjects(RDF.type, SKOS.Concept)}
    assert used == set(concepts)
    for one in concepts.values():
        assert graph.value(one, SKOS.definition)
        assert graph.value(one, SKOS.example)
