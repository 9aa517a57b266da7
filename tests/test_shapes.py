"""Each shape speaks when it should: a small sound graph is silent, and one fault after another brings the very message.

A fault is a piece of the sound graph's text and what stands there instead. Every shape has its fault.
"""

from functools import cache

import pytest
from pyshacl import validate
from rdflib import RDFS, SH, Graph, URIRef

from goldenthread.graph import places
from goldenthread.graph.namespaces import ONTOLOGY

SHAPE = f"{ONTOLOGY}/shape/"
DIGEST = "0123456789abcdef" * 4
EDTF = "^^edtf:EDTF"

PREFIXES = f"""
@prefix gt: <{ONTOLOGY}#> .
@prefix : <https://w3id.org/goldenthread/id/> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix edtf: <http://id.loc.gov/datatypes/edtf/> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix oa: <http://www.w3.org/ns/oa#> .
@prefix org: <http://www.w3.org/ns/org#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
SOUND = f"""
:vale a gt:Partnership ; rdfs:label "Vale" ; dct:identifier "vale" ; gt:synthetic true .
:board a gt:Board ; rdfs:label "Vale Board" ; dct:identifier "board" ; gt:partnership :vale ; gt:folded "valeboard" ;
  gt:bodyKind <{ONTOLOGY}/body/board> .
:group a gt:Subgroup ; rdfs:label "Audit Group" ; dct:identifier "group" ; gt:partnership :vale ; gt:folded "auditgroup" ;
  gt:bodyKind <{ONTOLOGY}/body/subgroup> .
:partners a gt:Collective ; rdfs:label "All partners" ; dct:identifier "partners" ; gt:partnership :vale ;
  gt:folded "allpartners" ; gt:bodyKind <{ONTOLOGY}/body/collective> .
:chair a org:Post ; rdfs:label "Chair" ; dct:identifier "chair" ; gt:partnership :vale ; gt:folded "chair" .
:p1 a foaf:Person ; rdfs:label "named person 1" ; gt:partnership :vale ; gt:folded "p1" .
:guide a gt:Document ; rdfs:label "Guide" ; dct:identifier "guide" ; gt:partnership :vale ; gt:folded "guide" ;
  gt:documentKind <{ONTOLOGY}/document/guidance> .
:case a gt:Review ; rdfs:label "Case A" ; dct:identifier "case" ; gt:partnership :vale ; gt:folded "casea" ;
  gt:reviewKind <{ONTOLOGY}/review/audit> .

:plan a gt:Plan ; rdfs:label "Vale plan" ; dct:identifier "vale-2020" ; gt:partnership :vale ; gt:folded "vale2020" ;
  gt:board :board ; gt:text :text ; gt:sinceDate "2020"{EDTF} ; gt:untilDate "2021"{EDTF} ; gt:signedOff "2020-01"{EDTF} ;
  gt:peopleCovered "children" ; gt:formField <{ONTOLOGY}/field/lead>, <{ONTOLOGY}/field/group>, <{ONTOLOGY}/field/date>,
  <{ONTOLOGY}/field/measure> ; gt:citation :passage .
:text a gt:PlanText ; dct:title "vale.txt" ; gt:digest "{DIGEST}" .
:passage a gt:Passage ; oa:hasSource :text ; oa:hasSelector :selector ; gt:lines "7-8" ; gt:firstLine 7 ;
  gt:digest "a{DIGEST[1:]}" ; gt:phrase "the audit group" .
:selector a oa:FragmentSelector ; rdf:value "line=6,8" .
:head a gt:Heading ; gt:plan :plan ; gt:line 5 ; rdfs:label "Audit" .

:line a gt:Relation, gt:ReportingLine ; gt:plan :plan ; gt:citation :passage ; gt:basis <{ONTOLOGY}/basis/inferred> ;
  gt:reason "it is a subgroup" ; gt:from :group ; gt:to :board ; gt:relationKind <{ONTOLOGY}/relation/reports-to> ;
  gt:sinceDate "2020-01"{EDTF} ; gt:untilDate "2020-02"{EDTF} ; gt:earliest "2020-01-01"^^xsd:date ; gt:latest "2020-02-29"^^xsd:date .
:work a gt:Relation, gt:WorkReport ; gt:plan :plan ; gt:citation :passage ; gt:basis <{ONTOLOGY}/basis/stated> ;
  gt:from :chair ; gt:to :partners ; gt:relationKind <{ONTOLOGY}/relation/reports-on-work-to> ; gt:about :guide .
"""
STATED = f"gt:plan :plan ; gt:citation :passage ; gt:basis <{ONTOLOGY}/basis/stated>"
RELATIONS = {
    "holds": (":p1", ":chair"), "post-in": (":chair", ":board"), "belongs-to": (":p1", ":board"), "part-of": (":group", ":board"),
    "leads": (":action", ":chair"), "enables": (":action", ":group"), "serves": (":action", ":aim"), "owned-by": (":aim", ":board"),
}  # fmt: skip
SOUND += "".join(
    f":{kind}-1 a gt:Relation ; {STATED} ; gt:from {source} ; gt:to {target} ; gt:relationKind <{ONTOLOGY}/relation/{kind}> .\n"
    for kind, (source, target) in RELATIONS.items()
)
SOUND += f"""
:mention a gt:Mention ; {STATED} ; gt:subject :group ; gt:name "Audit Gp" .
:aim a gt:Priority ; {STATED} ; rdfs:label "Better audit" ; dct:identifier "1" ; gt:folded "1" ; gt:board :board ;
  gt:priorityKind <{ONTOLOGY}/priority/strategic> ; gt:partOfPriority :whole .
:whole a gt:Priority ; {STATED} ; rdfs:label "Quality" ; dct:identifier "0" ; gt:folded "0" ; gt:board :partners ;
  gt:priorityKind <{ONTOLOGY}/priority/strategic> .
:action a gt:Action ; {STATED} ; rdfs:label "Audit cases" ; dct:identifier "1.1" ; gt:folded "1.1" ; gt:section "1" ; gt:row 1 ;
  gt:targetText "June 2020" ; gt:targetKind <{ONTOLOGY}/target/due> ; gt:targetEdtf "2020-06"{EDTF} ; gt:latest "2020-06-30"^^xsd:date ;
  gt:scope "C" ; gt:refersTo :guide ; gt:topic <{ONTOLOGY}/topic/audit> ; gt:work <{ONTOLOGY}/kind-of-work/audit> ;
  gt:audience <{ONTOLOGY}/audience/children> .
:open a gt:Action ; {STATED} ; rdfs:label "Share it" ; dct:identifier "1.2" ;
  gt:facetBasis <{ONTOLOGY}/facet/tagged> ; gt:taggedBy "share-information: Share" ; gt:folded "1.2" ; gt:section "1" ; gt:row 2 ;
  gt:targetKind <{ONTOLOGY}/target/missing> ; gt:targetAbsence <{ONTOLOGY}/absence/blank> ;
  gt:leadAbsence <{ONTOLOGY}/absence/placeholder> ; gt:groupAbsence <{ONTOLOGY}/absence/blank> ;
  gt:measureAbsence <{ONTOLOGY}/absence/blank> ; gt:topic <{ONTOLOGY}/topic/audit> ; gt:work <{ONTOLOGY}/kind-of-work/data> .
:serves-2 a gt:Relation ; {STATED} ; gt:from :open ; gt:to :aim ; gt:relationKind <{ONTOLOGY}/relation/serves> .
:measure a gt:Measure ; {STATED} ; rdfs:label "Report written" ; gt:measures :action ; gt:position 1 .
:lesson a gt:Learning ; {STATED} ; rdfs:label "Listen" ; gt:learntFrom :case ; gt:takenForwardBy :action ;
  gt:stage <{ONTOLOGY}/stage/planned> .
:duty a gt:Duty ; {STATED} ; rdfs:label "Coordinate" ; gt:dutyOf :board .
:change a gt:Change ; {STATED} ; rdfs:label "New group" ; gt:changeKind <{ONTOLOGY}/change/replaced> ; gt:before :board ;
  gt:after :group ; dct:date "2020"{EDTF} .
:remark a gt:Remark ; {STATED} ; rdfs:label "Slow start" ; gt:remarkKind <{ONTOLOGY}/statement/concern> .
:follow a gt:FollowUp ; {STATED} ; rdfs:label "Kept" ; gt:followKind <{ONTOLOGY}/follow/kept> ; gt:earlierItem :old ; gt:laterItem :aim .
"""

FAULTS = {
    "thing-label": ('"Vale Board"', '"Vale Board", "VB"'),
    "thing-key": ('dct:identifier "board" ;', ""),
    "partnership": ('dct:identifier "guide" ; gt:partnership :vale ;', 'dct:identifier "guide" ;'),
    "folded": ('gt:folded "casea" ;', ""),
    "synthetic": ("gt:synthetic true", 'gt:synthetic "yes"'),
    "person-label": ('rdfs:label "named person 1" ;', ""),
    "person-is-no-body": (":p1 a foaf:Person", ":p1 a foaf:Person, org:Post"),
    "one-class-of-body": (":group a gt:Subgroup", ":group a gt:Subgroup, gt:Board"),
    "kind-of-body": (f"<{ONTOLOGY}/body/subgroup>", f"<{ONTOLOGY}/review/audit>"),
    "collective-is-no-organisation": (":guide a", ":group org:subOrganizationOf :partners . :guide a"),
    "document-kind": (f"<{ONTOLOGY}/document/guidance>", f"<{ONTOLOGY}/kind-of-work/guidance>"),
    "review-kind": (f"gt:reviewKind <{ONTOLOGY}/review/audit>", f"gt:reviewKind <{ONTOLOGY}/review/audit>, <{ONTOLOGY}/review/survey>"),
    "plan-board": ("gt:board :board ; gt:text", "gt:board :chair ; gt:text"),
    "plan-text": ("gt:text :text ;", ""),
    "plan-since": (f'gt:sinceDate "2020"{EDTF} ;', 'gt:sinceDate "2020" ;'),
    "plan-until": (f'gt:untilDate "2021"{EDTF} ;', ""),
    "plan-people": ('gt:peopleCovered "children" ;', ""),
    "plan-fields": (f"gt:formField <{ONTOLOGY}/field/lead>", f"gt:formField <{ONTOLOGY}/topic/audit>"),
    "plan-dates": (f'"2020-01"{EDTF} ;\n  gt:peopleCovered', '"January" ;\n  gt:peopleCovered'),
    "text-name": ('dct:title "vale.txt" ;', ""),
    "text-digest": (f'gt:digest "{DIGEST}"', 'gt:digest "abc"'),
    "passage-source": ("oa:hasSource :text", "oa:hasSource :guide"),
    "passage-selector": ('"line=6,8"', '"line=6"'),
    "passage-lines": ('"7-8"', '"7, 8"'),
    "passage-first-line": ("gt:firstLine 7", "gt:firstLine 0"),
    "Fingerprint": (f'gt:digest "a{DIGEST[1:]}" ;', ""),
    "Phrase": ('; gt:phrase "the audit group"', ""),
    "heading-line": ("gt:line 5", 'gt:line "five"'),
    "heading-label": ('gt:line 5 ; rdfs:label "Audit"', "gt:line 5"),
    "in-one-plan": (":head a gt:Heading ; gt:plan :plan ;", ":head a gt:Heading ;"),
    "citation": (f":mention a gt:Mention ; {STATED}", f":mention a gt:Mention ; gt:plan :plan ; gt:basis <{ONTOLOGY}/basis/stated>"),
    "basis": (f":duty a gt:Duty ; {STATED}", ":duty a gt:Duty ; gt:plan :plan ; gt:citation :passage"),
    "Inferred": ('gt:reason "it is a subgroup" ;', ""),
    "earliest": ('gt:earliest "2020-01-01"', 'gt:earliest "2020-03-01"'),
    "latest": ('gt:latest "2020-02-29"^^xsd:date', 'gt:latest "29/02/2020"'),
    "from": ("gt:from :group ; gt:to :board ; gt:relationKind <https://w3id.org/goldenthread/ontology/relation/reports-to>",
             "gt:from :board ; gt:to :board ; gt:relationKind <https://w3id.org/goldenthread/ontology/relation/reports-to>"),
    "to": ("gt:from :chair ; gt:to :partners", "gt:from :chair ; gt:to :partners, :board"),
    "Known": ("gt:from :action ; gt:to :chair", "gt:from :action ; gt:to :nobody"),
    "relation-kind": (f"<{ONTOLOGY}/relation/reports-to>", f"<{ONTOLOGY}/topic/audit>"),
    "about": ("gt:about :guide", "gt:about :board"),
    "since-date": (f'gt:sinceDate "2020-01"{EDTF}', 'gt:sinceDate "2020-01"'),
    "until-date": (f'gt:untilDate "2020-02"{EDTF}', 'gt:untilDate "2020-02"'),
    "work-reported": ("; gt:about :guide", ""),
    "who-answers": ("gt:from :chair ; gt:to :partners", "gt:from :guide ; gt:to :partners"),
    "who-is-answered": ("gt:from :chair ; gt:to :partners", "gt:from :chair ; gt:to :case"),
    "Led": ("gt:from :action ; gt:to :chair", "gt:from :group ; gt:to :chair"),
    "Owned": ("gt:from :aim ; gt:to :board", "gt:from :guide ; gt:to :board"),
    "Holding": ("gt:from :p1 ; gt:to :chair", "gt:from :p1 ; gt:to :group"),
    "PostIn": (f"gt:from :chair ; gt:to :board ; gt:relationKind <{ONTOLOGY}/relation/post-in>",
               f"gt:from :p1 ; gt:to :board ; gt:relationKind <{ONTOLOGY}/relation/post-in>"),
    "BelongsTo": ("gt:from :p1 ; gt:to :board", "gt:from :chair ; gt:to :board"),
    "PartOf": (f"gt:from :group ; gt:to :board ; gt:relationKind <{ONTOLOGY}/relation/part-of>",
               f"gt:from :chair ; gt:to :board ; gt:relationKind <{ONTOLOGY}/relation/part-of>"),
    "Serving": ("gt:from :action ; gt:to :aim", "gt:from :action ; gt:to :guide"),
    "mentioned": ("gt:subject :group", "gt:subject :p1"),
    "name-used": ('gt:name "Audit Gp"', 'gt:name "Audit Gp", "AG"'),
    "priority-kind": ('gt:board :partners ;\n  gt:priorityKind', 'gt:board :partners ;\n  gt:topic'),
    "part-of-priority": ("gt:partOfPriority :whole", "gt:partOfPriority :guide"),
    "priority-board": ("gt:board :partners ;", ""),
    "action-section": ('gt:section "1" ; gt:row 1 ;', "gt:row 1 ;"),
    "action-row": ("gt:row 1 ;", 'gt:row "first" ;'),
    "action-serves": ("gt:from :open ; gt:to :aim", "gt:from :action ; gt:to :aim"),
    "target-kind": (f"gt:targetKind <{ONTOLOGY}/target/due> ;", ""),
    "target-edtf": (f'gt:targetEdtf "2020-06"{EDTF}', 'gt:targetEdtf "June"'),
    "action-scope": ('gt:scope "C"', 'gt:scope "children"'),
    "refers-to": ("gt:refersTo :guide", "gt:refersTo :board"),
    "LeadOrReason": (f"gt:leadAbsence <{ONTOLOGY}/absence/placeholder> ;", ""),
    "GroupOrReason": (f"gt:groupAbsence <{ONTOLOGY}/absence/blank> ;", ""),
    "MeasureOrReason": (f"gt:measureAbsence <{ONTOLOGY}/absence/blank> ;", ""),
    "DateOrReason": (f"gt:targetAbsence <{ONTOLOGY}/absence/blank> ;", ""),
    "DateOrAbsence": ('gt:targetText "June 2020" ;', f'gt:targetText "June 2020" ; gt:targetAbsence <{ONTOLOGY}/absence/blank> ;'),
    "LeadOrAbsence": ('gt:scope "C" ;', f'gt:scope "C" ; gt:leadAbsence <{ONTOLOGY}/absence/blank> ;'),
    "GroupOrAbsence": ('gt:scope "C" ;', f'gt:scope "C" ; gt:groupAbsence <{ONTOLOGY}/absence/no-field> ;'),
    "MeasureOrAbsence": ('gt:scope "C" ;', f'gt:scope "C" ; gt:measureAbsence <{ONTOLOGY}/absence/blank> ;'),
    "DueDate": ('gt:latest "2020-06-30"^^xsd:date ;', ""),
    "absence-kind": (f"gt:leadAbsence <{ONTOLOGY}/absence/placeholder>", f"gt:leadAbsence <{ONTOLOGY}/target/pending>"),
    "topic": (f"<{ONTOLOGY}/topic/audit> ; gt:work <{ONTOLOGY}/kind-of-work/audit>", f"<{ONTOLOGY}/kind-of-work/audit> ; gt:work <{ONTOLOGY}/kind-of-work/audit>"),
    "work": (f"gt:work <{ONTOLOGY}/kind-of-work/data>", f"gt:work <{ONTOLOGY}/topic/audit>"),
    "audience": (f"<{ONTOLOGY}/audience/children>", f"<{ONTOLOGY}/topic/voice>"),
    "facet-basis": (f"<{ONTOLOGY}/facet/tagged>", f"<{ONTOLOGY}/facet/tagged>, <{ONTOLOGY}/facet/read>"),
    "tagged": (f"<{ONTOLOGY}/facet/tagged>", f"<{ONTOLOGY}/facet/read>"),
    "some-topic": (f"gt:topic <{ONTOLOGY}/topic/audit> ; gt:work <{ONTOLOGY}/kind-of-work/data>", f"gt:work <{ONTOLOGY}/kind-of-work/data>"),
    "some-work": (f"; gt:work <{ONTOLOGY}/kind-of-work/data>", ""),
    "restated": ('rdfs:label "Slow start" ;', ""),
    "measured-action": ("gt:measures :action", "gt:measures :action, :open"),
    "position": ("gt:position 1", "gt:position 0"),
    "learnt-from": ("gt:learntFrom :case", "gt:learntFrom :guide"),
    "taken-forward-by": ("gt:takenForwardBy :action", "gt:takenForwardBy :aim"),
    "stage": (f"gt:stage <{ONTOLOGY}/stage/planned>", f"gt:stage <{ONTOLOGY}/stage/planned>, <{ONTOLOGY}/stage/done>"),
    "duty-of": ("gt:dutyOf :board", "gt:dutyOf :guide"),
    "change-kind": (f"<{ONTOLOGY}/change/replaced>", f"<{ONTOLOGY}/follow/kept>"),
    "changed": ("gt:before :board ;\n  gt:after :group ;", ""),
    "Replaced": ("gt:after :group ;", ""),
    "change-date": (f'dct:date "2020"{EDTF}', 'dct:date "2020"'),
    "remark-kind": (f"<{ONTOLOGY}/statement/concern>", f"<{ONTOLOGY}/topic/audit>"),
    "follow-kind": (f"<{ONTOLOGY}/follow/kept>", f"<{ONTOLOGY}/change/ended>"),
    "earlier-item": ("gt:earlierItem :old", "gt:earlierItem :aim"),
    "later-item": ("gt:laterItem :aim", "gt:laterItem :guide"),
}  # fmt: skip


@cache
def shapes() -> Graph:
    """Return the shapes."""
    return Graph().parse(places.ONTOLOGY / "shapes.ttl")


@cache
def subclasses() -> Graph:
    """Return the ontology's classes, one above the other."""
    graph = Graph()
    for triple in Graph().parse(places.ONTOLOGY / "goldenthread.ttl").triples((None, RDFS.subClassOf, None)):
        graph.add(triple)
    return graph


def said_of(text: str) -> set[str]:
    """Return what the shapes say of a graph given as text."""
    data = Graph().parse(data=PREFIXES + text, format="turtle") + subclasses()
    _, report, _ = validate(data, shacl_graph=shapes())
    assert isinstance(report, Graph)
    return {str(message) for message in report.objects(predicate=SH.resultMessage)}


def test_nothing_is_said_of_a_sound_graph() -> None:
    assert said_of(SOUND) == set()


@pytest.mark.parametrize("shape", FAULTS)
def test_a_fault_brings_its_message(shape: str) -> None:
    sound, faulty = FAULTS[shape]
    assert SOUND.count(sound) == 1, "the fault must be planted in exactly one place"
    message = str(shapes().value(URIRef(SHAPE + shape), SH.message))
    assert message in said_of(SOUND.replace(sound, faulty))


def test_every_shape_has_its_fault() -> None:
    with_message = {str(shape).removeprefix(SHAPE) for shape in shapes().subjects(SH.message)}
    assert with_message == set(FAULTS)
