"""A user's own RDF answers as tables do: in goldenthread's terms as it stands, in ORG's terms as one plan a file.

Fenwick is invented. The same example is read from Turtle, N-Triples and JSON-LD.
"""

import json
from pathlib import Path

import pyoxigraph as ox
import pytest

from goldenthread.graph import namespaces as ns
from goldenthread.graph.building import statements
from goldenthread.graph.check import check
from goldenthread.graph.exports.export import export
from goldenthread.graph.exports.rdf_files import published
from goldenthread.graph.namespaces import GT, ORG
from goldenthread.graph.own.reading import is_rdf, key_of, read_rdf
from goldenthread.graph.plans import Plans, open_plans
from goldenthread.graph.tables import BadTables
from tests.conftest import ELMSHIRE, Run

EX = "https://fenwick.example/id/"
PREFIXES = f"""
@prefix ex: <{EX}> .
@prefix gt: <{GT}> .
@prefix org: <{ORG}> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix schema: <http://schema.org/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix time: <http://www.w3.org/2006/time#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
"""
FENWICK = """
<> a owl:Ontology ; dct:title "Who reports to whom in Fenwick" ; dct:publisher ex:board .
ex:board a org:FormalOrganization ; skos:altLabel "FSB" ;
    skos:prefLabel "Fenwick Safeguarding Board"@en , "Bwrdd Diogelu Fenwick"@cy .
ex:council a org:FormalOrganization ; rdfs:label "Fenwick Council" .
ex:quality a org:OrganizationalUnit ; rdfs:label "Quality Subgroup" ;
    org:reportsTo ex:board , ex:council ; org:subOrganizationOf ex:board .
ex:board org:hasSubOrganization ex:quality .
ex:audit a org:OrganizationalUnit ; rdfs:label "Audit Panel" ; org:reportsTo ex:quality ; org:linkedTo ex:training .
ex:training a org:OrganizationalUnit ; rdfs:label "Training Group" ; org:linkedTo ex:audit .
ex:manager a org:Post ; rdfs:label "Audit Manager" ; org:postIn ex:audit ; org:heldBy ex:ottoline-fairweather .
ex:audit org:hasPost ex:manager .
ex:ottoline-fairweather a foaf:Person ; foaf:name "Ottoline Fairweather" ; org:holds ex:manager ; org:memberOf ex:board .
ex:p2 a foaf:Person ; foaf:givenName "Barnaby" ; foaf:familyName "Quint" ; org:headOf ex:council .
[] a org:Membership ; org:member ex:p2 ; org:organization ex:board ;
    org:role [ a org:Role ; skos:prefLabel "Independent Chair" ] ;
    org:memberDuring [ time:hasBeginning [ time:inXSDDate "2021-04-01"^^xsd:date ] ;
                       time:hasEnd [ time:inXSDgYear "2023"^^xsd:gYear ] ] .
ex:seat a org:Membership ; org:member ex:ottoline-fairweather ; org:organization ex:board ; org:role ex:treasurer .
ex:treasurer a org:Role ; rdfs:label "Treasurer" .
ex:old a org:FormalOrganization ; rdfs:label "Fenwick Children's Board" ; org:changedBy ex:change .
ex:change a org:ChangeEvent ; org:resultingOrganization ex:board ; dct:date "2019-09-29"^^xsd:date .
"""
NAMES = ("Ottoline", "Fairweather", "Barnaby", "Quint")
FORMATS = {
    ".ttl": ox.RdfFormat.TURTLE, ".trig": ox.RdfFormat.TRIG, ".nt": ox.RdfFormat.N_TRIPLES,
    ".nq": ox.RdfFormat.N_QUADS, ".jsonld": ox.RdfFormat.JSON_LD, ".json": ox.RdfFormat.JSON_LD,
}  # fmt: skip


def written(folder: Path, turtle: str, name: str = "fenwick.ttl") -> Path:
    """The text, which is Turtle, as a file of the format that the name ends in."""
    file = folder / name
    text = PREFIXES + turtle
    if file.suffix == ".ttl":
        file.write_text(text, encoding="utf-8")
        return file
    base = "https://w3id.org/goldenthread/id/own/fenwick#"
    quads = list(ox.parse(text, format=ox.RdfFormat.TURTLE, base_iri=base))
    form = FORMATS[file.suffix]
    some = quads if form.supports_datasets else [quad.triple for quad in quads]
    file.write_bytes(ox.serialize(some, format=form) or b"")
    return file


def refused(file: Path) -> str:
    with pytest.raises(BadTables) as error:
        read_rdf(file, with_names=False)
    return str(error.value)


def relations(file: Path) -> set[tuple[str, ...]]:
    """Source, relation, target, since, until, detail of what the plan states."""
    table = open_plans(file).table("relations")
    columns = ("source", "relation", "target", "since", "until", "detail")
    return {tuple(str(row[column] or "") for column in columns) for row in table}


def pairs(file: Path) -> set[tuple[str, str, str]]:
    return {(source, relation, target) for source, relation, target, *_ in relations(file)}


@pytest.fixture
def fenwick(tmp_path: Path) -> Path:
    return written(tmp_path, FENWICK)


# reading a file


@pytest.mark.parametrize("ending", [".ttl", ".trig", ".nt", ".nq", ".jsonld", ".json"])
def test_every_syntax_gives_the_same_answers(tmp_path: Path, fenwick: Path, ending: str) -> None:
    other = written(tmp_path, FENWICK, f"fenwick{ending}")
    for query in ("bodies", "people", "mentions", "events", "plans", "structure"):
        table, same = open_plans(fenwick).table(query), open_plans(other).table(query)
        at = table.columns.index("document")
        assert [row[:at] + row[at + 1 :] for row in table.rows] == [row[:at] + row[at + 1 :] for row in same.rows]
    assert relations(other) == relations(fenwick)
    assert len(relations(fenwick)) == 10


@pytest.mark.parametrize("ending", [".rdf", ".xml", ".owl", ".RDF"])
def test_rdf_xml_is_refused_with_the_remedy(run: Run, tmp_path: Path, ending: str) -> None:
    file = tmp_path / f"fenwick{ending}"
    file.write_text("<!DOCTYPE x>")
    result = run("status", "--data", file)
    assert result.exit_code == 2
    assert result.output == f"Error: fenwick{ending}: RDF/XML is not read; save it as Turtle (.ttl)\n"


def test_a_syntax_error_says_line_and_column(tmp_path: Path) -> None:
    file = tmp_path / "fenwick.ttl"
    file.write_text("@prefix e: <https://e.example/> .\n\n e:a e:b .\n")
    assert refused(file) == "fenwick.ttl: line 3, column 10: . is not a valid RDF object; correct it there"


def test_a_syntax_error_in_json_says_line_and_column(tmp_path: Path) -> None:
    file = tmp_path / "fenwick.jsonld"
    file.write_text('{\n  "a": \n}')
    assert refused(file) == "fenwick.jsonld: line 3, column 1: Expecting value; correct it there"


@pytest.mark.parametrize("ending", [".ttl", ".jsonld"])
def test_what_is_not_utf_8_is_said_to_be_so(tmp_path: Path, ending: str) -> None:
    file = tmp_path / f"fenwick{ending}"
    file.write_bytes(
        '{"a": "\xe9"}'.encode("latin-1") if ending == ".jsonld" else PREFIXES.encode() + b'ex:a rdfs:label "\xe9 " .'
    )
    assert "this is not UTF-8 text" in refused(file)
    assert "save it as UTF-8" in refused(file)


def test_a_byte_order_mark_does_no_harm(tmp_path: Path) -> None:
    file = tmp_path / "fenwick.ttl"
    file.write_bytes(b"\xef\xbb\xbf" + (PREFIXES + FENWICK).encode())
    assert ("Audit Panel", "reports-to", "Quality Subgroup") in pairs(file)


def test_a_missing_file_and_an_unknown_ending_are_said_to_be_so(run: Run, tmp_path: Path) -> None:
    result = run("status", "--data", tmp_path / "nothing.ttl")
    assert (result.exit_code, result.output) == (2, "Error: nothing.ttl: there is no such file\n")
    (tmp_path / "plan.txt").write_text("Fenwick")
    result = run("status", "--data", tmp_path / "plan.txt")
    assert result.exit_code == 2
    assert result.output.startswith(
        "Error: plan.txt: this kind of file is not read; give a folder of tables, a workbook"
    )


@pytest.mark.parametrize("context", [
    '"https://fenwick.example/context.jsonld"',
    '[{"name": "https://schema.org/name"}, "https://fenwick.example/context.jsonld"]',
    '{"@import": "https://fenwick.example/context.jsonld"}',
    '{"name": {"@id": "https://schema.org/name", "@context": "https://fenwick.example/context.jsonld"}}',
    '{"name": "https://schema.org/name"}, "@context": "https://fenwick.example/context.jsonld"',
])  # fmt: skip
def test_a_context_outside_the_file_is_refused_by_name(tmp_path: Path, context: str) -> None:
    file = tmp_path / "fenwick.jsonld"
    file.write_text(f'{{"@context": {context}, "@id": "https://fenwick.example/id/board", "name": "Fenwick Board"}}')
    assert refused(file) == (
        "fenwick.jsonld: the context 'https://fenwick.example/context.jsonld' lies outside the file and is never fetched; "
        "put its content into the file"
    )


def test_json_that_is_nested_too_deeply_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "fenwick.json"
    file.write_text("[" * 100_000)
    assert refused(file) == "fenwick.json: the objects are nested too deeply; write them side by side"


@pytest.mark.parametrize(("value", "remedy"), [
    ('"2017-02-31"^^xsd:date', "this is no day of the calendar; write it as 2017-04-01"),
    ('"31/02/2017"^^xsd:date', "this is no day of the calendar; write it as 2017-04-01"),
    ('"yes"^^xsd:boolean', "write true or false"),
    ('"2017-13"^^xsd:gYearMonth', "this is no month; write it as 2017-04"),
])  # fmt: skip
def test_a_value_that_is_none_of_its_datatype_is_named(tmp_path: Path, value: str, remedy: str) -> None:
    file = written(tmp_path, f"ex:board a org:Organization ; dct:valid {value} .")
    shown = value.partition("^^")[0].strip('"')
    assert refused(file) == f"fenwick.ttl: {EX}board has as http://purl.org/dc/terms/valid '{shown}': {remedy}"


def test_every_bad_value_is_told_at_once(tmp_path: Path) -> None:
    file = written(tmp_path, 'ex:a dct:valid "x"^^xsd:date . ex:b dct:valid "y"^^xsd:date .')
    assert refused(file).count("\n") == 1


def test_statements_about_statements_are_refused(tmp_path: Path) -> None:
    file = written(tmp_path, "<< ex:a org:reportsTo ex:b >> dct:date 2021 .")
    assert refused(file) == "fenwick.ttl: statements about statements (<<( )>>) are not read; leave them out"


def test_relative_addresses_lie_under_ours_and_never_in_the_file_system(tmp_path: Path) -> None:
    file = written(tmp_path, '<#board> a org:Organization ; rdfs:label "Fenwick Board" .')
    [thing] = open_plans(file).find("Fenwick Board")
    assert thing.iri == "https://w3id.org/goldenthread/id/own/fenwick#board"
    assert not any("file:" in str(quad) for quad in read_rdf(file, with_names=False))


def test_blank_nodes_get_the_same_addresses_every_time(tmp_path: Path) -> None:
    file = written(
        tmp_path, '[] a org:Organization ; rdfs:label "Fenwick Board" . [] a org:Organization ; rdfs:label "A" .'
    )
    assert read_rdf(file, with_names=False) == read_rdf(file, with_names=False)
    [thing] = open_plans(file).find("Fenwick Board")
    assert thing.iri == "https://w3id.org/goldenthread/id/own/fenwick/.well-known/genid/1"


def test_a_file_without_anything_that_is_read_says_what_is_looked_for(tmp_path: Path) -> None:
    file = written(tmp_path, 'ex:a a skos:Concept ; rdfs:label "A" .')
    assert refused(file) == (
        "fenwick.ttl: nothing here that is read: neither a gt:Plan, nor an org:Organization, org:Post or foaf:Person, "
        "nor the same in schema.org's or FOAF's terms; name the types of what the file describes"
    )


@pytest.mark.parametrize(
    ("name", "key"),
    [("Fenwick Board (2021).ttl", "fenwick-board-2021"), ("registry.ttl", "registry-file"), ("数.nt", "own")],
)
def test_a_plan_takes_its_id_from_the_name_of_the_file(name: str, key: str) -> None:
    assert is_rdf(Path(name))
    assert key_of(Path(name)) == key


# ORG's terms


def test_every_statement_of_the_example_is_one_relation(fenwick: Path) -> None:
    chair, holder, ever = "named person 2, post not stated", "Audit Manager (named person 1)", ("XXXX", "XXXX")
    assert relations(fenwick) == {
        ("Quality Subgroup", "reports-to", "Fenwick Safeguarding Board", *ever, ""),
        ("Quality Subgroup", "reports-to", "Fenwick Council", *ever, ""),
        ("Quality Subgroup", "part-of", "Fenwick Safeguarding Board", *ever, ""),
        ("Audit Panel", "reports-to", "Quality Subgroup", *ever, ""),
        ("Audit Panel", "works-with", "Training Group", *ever, ""),
        ("Audit Manager", "post-in", "Audit Panel", *ever, ""),
        (holder, "holds", "Audit Manager", *ever, ""),
        (holder, "member-of", "Fenwick Safeguarding Board", *ever, "Treasurer"),
        ("Fenwick Safeguarding Board", "chaired-by", chair, "2021-04-01", "2023", "Independent Chair"),
        (chair, "steers", "Fenwick Council", *ever, ""),
    }


def test_the_head_of_a_body_is_our_reading_and_says_why(fenwick: Path) -> None:
    read = {
        row["relation"]: row["reason"] for row in open_plans(fenwick).table("relations") if row["basis"] == "inferred"
    }
    assert list(read) == ["steers"]
    assert str(read["steers"]).startswith("the file names a head")


def test_every_statement_cites_the_whole_file(fenwick: Path) -> None:
    cited = {(row["document"], row["line"]) for row in open_plans(fenwick).table("relations")}
    assert cited == {("fenwick.ttl", "the whole file")}


def test_to_be_part_of_something_is_no_reporting_line(tmp_path: Path) -> None:
    file = written(
        tmp_path,
        """
        ex:board a org:Organization ; rdfs:label "Board" ; org:hasUnit ex:unit .
        ex:unit a org:OrganizationalUnit ; rdfs:label "Unit" ; org:unitOf ex:board ; org:subOrganizationOf ex:board .""",
    )
    assert pairs(file) == {("Unit", "part-of", "Board")}
    assert open_plans(file).chain("Unit").routes == ()


def test_bodies_are_classed_by_classification_type_and_name(tmp_path: Path) -> None:
    file = written(
        tmp_path,
        """
        ex:a a org:FormalOrganization ; rdfs:label "Fenwick Health Trust" .
        ex:b a org:FormalOrganization ; rdfs:label "Fenwick Adults Partnership" .
        ex:c a org:OrganizationalUnit ; rdfs:label "Board Business" .
        ex:d a org:OrganizationalUnit ; rdfs:label "Neglect Task and Finish Group" .
        ex:e a org:Organization ; rdfs:label "Fenwick Voices" ; org:classification ex:forums .
        ex:f a org:OrganizationalCollaboration ; rdfs:label "Fenwick Hub" .
        ex:g a schema:Organization ; schema:name "Chairs' Forum" .
        ex:h a gt:SupportTeam ; rdfs:label "Fenwick Business Unit" .
        ex:forums a skos:Concept ; skos:prefLabel "Forums" .""",
    )
    assert {row["name"]: row["kind"] for row in open_plans(file).table("bodies")} == {
        "Fenwick Health Trust": "agency",
        "Fenwick Adults Partnership": "partnership",
        "Board Business": "subgroup",
        "Neglect Task and Finish Group": "task-and-finish-group",
        "Fenwick Voices": "forum",
        "Fenwick Hub": "multi-agency-arrangement",
        "Chairs' Forum": "forum",
        "Fenwick Business Unit": "support-team",
    }


@pytest.mark.parametrize(("labels", "label"), [
    ('rdfs:label "Cymraeg"@cy , "Plain" , "English"@en', "English"),
    ('rdfs:label "Cymraeg"@cy , "Plain"', "Plain"),
    ('rdfs:label "Cymraeg"@cy', "Cymraeg"),
    ('rdfs:label "Second" ; skos:prefLabel "First"', "First"),
    ('dct:title "A title"', "A title"),
    ('org:identifier "FSB-1"', "FSB-1"),
    ('rdfs:label "One;  two\\nlines"', "One, two lines"),
    ('dct:description "no name"', "board"),
])  # fmt: skip
def test_the_label_is_english_before_plain_before_any_other(tmp_path: Path, labels: str, label: str) -> None:
    file = written(tmp_path, f"ex:board a org:Organization ; {labels} .")
    assert [row["name"] for row in open_plans(file).table("bodies")] == [label]


def test_a_thing_without_a_name_is_mentioned_as_our_reading(tmp_path: Path) -> None:
    file = written(tmp_path, "ex:board a org:Organization .")
    [row] = open_plans(file).table("mentions")
    assert (row["called"], row["basis"]) == ("board", "inferred")
    assert row["reason"] == "the file gives no name: this is the end of its address"


def test_a_thing_is_found_by_abbreviation_other_names_and_key(run: Run, fenwick: Path) -> None:
    for name in ("FSB", "fenwick safeguarding board", "Bwrdd Diogelu Fenwick", "board"):
        result = run("find", name, "--data", fenwick, "--format", "json")
        assert [(one["name"], one["iri"]) for one in json.loads(result.stdout)] == [
            ("Fenwick Safeguarding Board", f"{EX}board")
        ]


def test_only_a_short_name_in_capitals_is_an_abbreviation(tmp_path: Path) -> None:
    file = written(
        tmp_path, 'ex:b a org:Organization ; rdfs:label "Board" ; skos:altLabel "FSB" , "Old Board" , "ABCDEFGHI" .'
    )
    assert [row["abbreviation"] for row in open_plans(file).table("bodies")] == ["FSB"]
    assert [thing.name for thing in open_plans(file).find("old board")] == ["Board"]


def test_a_membership_takes_the_place_of_the_short_form(tmp_path: Path) -> None:
    file = written(
        tmp_path,
        """
        ex:board a org:Organization ; rdfs:label "Board" ; org:hasMember ex:trust .
        ex:trust a org:Organization ; rdfs:label "Trust" ; org:memberOf ex:board ; org:hasMembership ex:m .
        ex:m org:organization ex:board ; org:memberDuring "2019/2021-03" .""",
    )
    assert relations(file) == {("Trust", "member-of", "Board", "2019", "2021-03", "")}


@pytest.mark.parametrize(
    ("role", "relation"), [("Chair", "chaired-by"), ("convenor", "chaired-by"), ("Deputy Chair", "member-of")]
)
def test_a_role_makes_the_chair(tmp_path: Path, role: str, relation: str) -> None:
    file = written(
        tmp_path,
        f"""
        ex:board a org:Organization ; rdfs:label "Board" . ex:lead a org:Post ; rdfs:label "Lead" .
        [] a org:Membership ; org:member ex:lead ; org:organization ex:board ; org:role "{role}" .""",
    )
    assert [row["relation"] for row in open_plans(file).table("relations")] == [relation]


def test_a_membership_that_lacks_an_end_is_named(tmp_path: Path) -> None:
    file = written(tmp_path, "ex:m a org:Membership ; org:member ex:p . ex:p a foaf:Person .")
    assert refused(file) == f"fenwick.ttl: the membership {EX}m lacks its organisation; give it"


def test_a_text_in_place_of_a_thing_is_named_with_the_remedy(tmp_path: Path) -> None:
    file = tmp_path / "fenwick.jsonld"
    context = {"org": ORG, "ex": EX}
    file.write_text(
        json.dumps({"@context": context, "@id": "ex:a", "@type": "org:Organization", "org:reportsTo": "ex:board"})
    )
    assert refused(file).startswith(
        f"fenwick.jsonld: {EX}a has as reportsTo the text 'ex:board': give the address of the thing"
    )


def test_a_period_that_is_no_date_is_named(tmp_path: Path) -> None:
    file = written(
        tmp_path,
        """
        ex:b a org:Organization . ex:p a foaf:Person .
        ex:m a org:Membership ; org:member ex:p ; org:organization ex:b ; schema:startDate "soon" .""",
    )
    assert refused(file).startswith(f"fenwick.ttl: {EX}m: 'soon' is not a date")


def test_things_of_other_types_are_related_too(tmp_path: Path) -> None:
    file = written(
        tmp_path,
        """
        ex:a a ex:Committee ; rdfs:label "Scrutiny" ; org:reportsTo ex:b . ex:b rdfs:label "Cabinet" .""",
    )
    assert pairs(file) == {("Scrutiny", "reports-to", "Cabinet")}


def test_posts_report_to_posts(tmp_path: Path) -> None:
    file = written(
        tmp_path,
        """
        ex:a a org:Post ; rdfs:label "Manager" ; org:reportsTo ex:b . ex:b a org:Post ; rdfs:label "Director" .""",
    )
    [route] = open_plans(file).chain("Manager").routes
    assert [step.target.name for step in route.steps] == ["Director"]


def test_a_route_goes_to_every_superior(fenwick: Path) -> None:
    routes = open_plans(fenwick).chain("Audit Panel").routes
    assert {tuple(step.target.name for step in route.steps) for route in routes} == {
        ("Quality Subgroup", "Fenwick Safeguarding Board"),
        ("Quality Subgroup", "Fenwick Council"),
    }


def test_the_route_of_a_post_does_not_go_on_from_a_body_to_its_chair(tmp_path: Path) -> None:
    file = written(
        tmp_path,
        """
        ex:clerk a org:Post ; rdfs:label "Clerk" ; org:postIn ex:board .
        ex:board a org:Organization ; rdfs:label "Board" .
        [] a org:Membership ; org:member ex:lead ; org:organization ex:board ; org:role "Chair" .
        ex:lead a org:Post ; rdfs:label "Lead" .""",
    )
    [route] = open_plans(file).chain("Clerk").routes
    assert [(step.relation, step.target.name) for step in route.steps] == [("post-in", "Board")]


def test_a_circle_of_lines_comes_back_to_itself(tmp_path: Path) -> None:
    file = written(
        tmp_path,
        """
        ex:a a org:Organization ; rdfs:label "A" ; org:reportsTo ex:b . ex:b a org:Organization ; rdfs:label "B" ; org:reportsTo ex:a .""",
    )
    [route] = open_plans(file).chain("A").routes
    assert ([step.target.name for step in route.steps], route.end) == (["B", "A"], "circle")


def test_a_year_that_is_not_given_is_not_printed(run: Run, fenwick: Path) -> None:
    shown = run("show", "Audit Panel", "--data", fenwick).stdout
    assert "reports-to" in shown
    assert "XXXX" not in shown


def test_chain_prints_each_step_with_the_file_that_says_so(run: Run, fenwick: Path) -> None:
    result = run("chain", "Audit Panel", "--data", fenwick)
    assert result.exit_code == 0
    assert "reports to Quality Subgroup\n" in result.stdout
    assert "reports to Fenwick Council\n" in result.stdout
    assert "fenwick.ttl, the whole file\n" in result.stdout
    down = run("chain", "FSB", "--down", "--data", fenwick)
    assert "Audit Panel reports to Quality Subgroup" in down.stdout


def test_things_with_addresses_of_one_part_have_routes(tmp_path: Path) -> None:
    file = written(tmp_path, '<urn:a> rdfs:label "A" ; org:reportsTo <urn:b> . <urn:b> rdfs:label "B" .')
    [route] = open_plans(file).chain("A").routes
    assert [step.target.iri for step in route.steps] == ["urn:b"]


def test_a_thing_is_found_by_its_own_address(run: Run, fenwick: Path) -> None:
    result = run("find", f"{EX}board", "--data", fenwick, "--format", "json")
    assert [one["name"] for one in json.loads(result.stdout)] == ["Fenwick Safeguarding Board"]


def test_show_tells_what_the_file_says(run: Run, fenwick: Path) -> None:
    result = run("show", "FSB", "--data", fenwick)
    assert result.exit_code == 0
    assert "Fenwick Safeguarding Board (body; fenwick)" in result.stdout
    assert "Fenwick Children's Board" in result.stdout


def test_a_change_event_is_a_change(fenwick: Path) -> None:
    [row] = open_plans(fenwick).table("events")
    assert (row["kind"], row["before"], row["after"], row["date"]) == (
        "replaced", "Fenwick Children's Board", "Fenwick Safeguarding Board", "2019-09-29",
    )  # fmt: skip


def test_a_file_is_one_plan_with_its_title_publisher_and_no_period_of_ours(run: Run, fenwick: Path) -> None:
    [row] = open_plans(fenwick).table("plans")
    told = [row[column] for column in ("plan", "title", "boards", "since", "until", "document")]
    assert told == [
        "fenwick",
        "Who reports to whom in Fenwick",
        "Fenwick Safeguarding Board",
        "XXXX",
        "XXXX",
        "fenwick.ttl",
    ]
    result = run("status", "--data", fenwick)
    assert (result.exit_code, "10 relations" in result.stdout) == (0, True)


@pytest.mark.parametrize("period", ['dct:temporal "2021-04/2023"', 'schema:temporalCoverage "2021-04/2023"',
                                    'dct:temporal [ schema:startDate "2021-04" ; schema:endDate "2023" ]'])  # fmt: skip
def test_a_file_that_states_its_period_holds_for_that(tmp_path: Path, period: str) -> None:
    file = written(tmp_path, f'<> a owl:Ontology ; {period} . ex:a a org:Organization ; rdfs:label "A" .')
    plans = open_plans(file)
    [row] = plans.table("plans")
    assert [row[column] for column in ("since", "until", "earliest", "latest")] == [
        "2021-04",
        "2023",
        "2021-04-01",
        "2023-12-31",
    ]
    assert len(plans.table("plans", day="2024-01-01")) == 0


def test_a_dated_relation_of_an_undated_file_holds_on_its_days(fenwick: Path) -> None:
    plans = open_plans(fenwick)
    chaired = {day: [row["relation"] for row in plans.table("relations", day=day)].count("chaired-by")
               for day in ("2021-03-31", "2021-04-01", "2023-12-31", "2024-01-01")}  # fmt: skip
    assert chaired == {"2021-03-31": 0, "2021-04-01": 1, "2023-12-31": 1, "2024-01-01": 0}


def test_data_that_says_it_is_invented_is_marked(tmp_path: Path) -> None:
    file = written(tmp_path, '<> a owl:Ontology ; gt:synthetic true . ex:a a org:Organization ; rdfs:label "A" .')
    assert [(row["title"], row["synthetic"]) for row in open_plans(file).table("plans")] == [
        ("fenwick (invented data)", "true")
    ]


# several files


def test_two_files_may_describe_one_thing(tmp_path: Path) -> None:
    one = written(
        tmp_path,
        'ex:a a org:Organization ; rdfs:label "Board" ; org:reportsTo ex:b . ex:b a org:Organization ; rdfs:label "Council" .',
        "one.ttl",
    )
    two = written(
        tmp_path,
        'ex:a a org:Organization ; rdfs:label "The other name" ; org:reportsTo ex:c . ex:c a org:Organization ; rdfs:label "Cabinet" .',
        "two.ttl",
    )
    plans = open_plans([one, two])
    [thing] = plans.find("The other name")
    assert (thing.name, thing.plans) == ("Board", ("one", "two"))
    assert {(row["plan"], row["target"]) for row in plans.table("relations")} == {
        ("one", "Council"),
        ("two", "Cabinet"),
    }
    assert {(route.plan, route.top.name) for route in plans.chain("Board").routes} == {
        ("one", "Council"),
        ("two", "Cabinet"),
    }


def test_two_files_of_one_name_are_refused(tmp_path: Path) -> None:
    files = []
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        files.append(written(tmp_path / folder, "ex:a a org:Organization ."))
    with pytest.raises(
        BadTables, match=r"the plan plan/fenwick comes from fenwick\.ttl too; leave one out, or rename this file"
    ):
        statements(files)


def test_a_file_and_tables_of_one_plan_are_refused(tmp_path: Path) -> None:
    file = written(tmp_path, "ex:a a org:Organization .", "elmshire-2021.ttl")
    with pytest.raises(BadTables, match=r"elmshire-2021.ttl: the plan plan/elmshire-2021 comes from elmshire too"):
        statements([ELMSHIRE, file])


def test_files_and_tables_are_asked_together(fenwick: Path) -> None:
    plans = {row["plan"] for row in open_plans([ELMSHIRE, fenwick]).table("plans")}
    assert plans == {"elmshire-2021", "fenwick"}


def test_problems_of_tables_and_files_are_told_at_once(tmp_path: Path, elmshire_copy: Path) -> None:
    (elmshire_copy / "bodies.csv").write_text("nonsense\n")
    with pytest.raises(BadTables) as error:
        statements([elmshire_copy, written(tmp_path, "ex:a a skos:Concept .")])
    assert {problem.file for problem in error.value.problems} >= {"elmshire/bodies.csv", "fenwick.ttl"}


# names of people


@pytest.mark.parametrize("form", ["table", "csv", "json"])
@pytest.mark.parametrize("command", [("find", "Ottoline Fairweather"), ("show", "Barnaby Quint"), ("show", "FSB"), ("show", "Audit Manager"),
                                     ("chain", "Audit Manager"), ("chain", "Ottoline Fairweather"), ("status",), ("query", "people"),
                                     ("query", "relations"), ("query", "names"), ("query", "mentions")])  # fmt: skip
def test_no_command_gives_a_name_unless_asked(run: Run, fenwick: Path, command: tuple[str, ...], form: str) -> None:
    result = run(*command, "--data", fenwick, "--format", form)
    assert result.exit_code == 0
    assert [name for name in NAMES if name.casefold() in result.output.casefold()] == []


def test_the_store_holds_no_name_and_no_address_that_bears_one(fenwick: Path) -> None:
    text = "\n".join(map(str, read_rdf(fenwick, with_names=False))).casefold()
    assert [name for name in NAMES if name.casefold() in text] == []
    assert f"{EX}p2" in text


def test_a_name_inside_another_text_is_taken_out(tmp_path: Path) -> None:
    file = written(
        tmp_path,
        """
        ex:p a foaf:Person ; foaf:name "Ottoline Fairweather" ; org:holds ex:post .
        ex:post a org:Post ; rdfs:label "Office of Ottoline FAIRWEATHER, Director" .""",
    )
    assert [row["post"] for row in open_plans(file).table("people")] == ["Office of named person 1, Director"]


def test_who_is_a_member_and_has_no_type_is_taken_for_a_person(tmp_path: Path) -> None:
    file = written(
        tmp_path,
        'ex:b a org:Organization ; rdfs:label "Board" . ex:x rdfs:label "Ottoline Fairweather" ; org:memberOf ex:b .',
    )
    assert pairs(file) == {("named person 1, post not stated", "member-of", "Board")}


def test_names_are_printed_when_asked_for(run: Run, fenwick: Path) -> None:
    result = run("show", "FSB", "--data", fenwick, "--with-names")
    assert "Barnaby Quint" in result.stdout
    result = run("find", "Ottoline Fairweather", "--data", fenwick, "--with-names")
    assert f"{EX}ottoline-fairweather" in result.stdout


# goldenthread's own terms


@pytest.mark.parametrize("with_names", [False, True])
@pytest.mark.parametrize("ending", [".ttl", ".trig", ".nq", ".nt", ".jsonld"])
def test_what_is_exported_is_read_as_the_same_graph(tmp_path: Path, ending: str, with_names: bool) -> None:
    plans = open_plans(ELMSHIRE, with_names=with_names)
    [file] = export(plans, tmp_path / f"elmshire{ending}", version="0")
    made_anew = {ox.NamedNode(ns.graph(name)) for name in ("ontology", "computed")}
    expected = {quad for quad in published(plans) if quad.graph_name not in made_anew}
    assert set(read_rdf(file, with_names=with_names)) == expected


@pytest.mark.parametrize("ending", [".ttl", ".trig"])
def test_a_named_export_is_read_without_names(tmp_path: Path, ending: str) -> None:
    [file] = export(open_plans(ELMSHIRE, with_names=True), tmp_path / f"elmshire{ending}", version="0")
    _, nameless = statements([ELMSHIRE])
    expected = {quad for quad in nameless if quad.graph_name != ox.NamedNode(ns.graph("ontology"))}
    assert set(read_rdf(file, with_names=False)) == expected


def test_an_export_answers_as_the_tables_do(run: Run, tmp_path: Path, elmshire: Plans) -> None:
    [file] = export(elmshire, tmp_path / "elmshire.ttl", version="0")
    for command in (("chain", "elmshire-2021 1.1"), ("status",), ("query", "actions"), ("query", "relations")):
        assert run(*command, "--data", file).stdout == run(*command, "--data", ELMSHIRE).stdout


OWN = """
ex:plan a gt:Plan ; rdfs:label "Fenwick plan" ; dct:identifier "fen-1" ; gt:partnership ex:home ; gt:text ex:text ;
    gt:sinceDate "2021"^^<http://id.loc.gov/datatypes/edtf/EDTF> ; gt:earliest "2021-01-01"^^xsd:date ;
    gt:untilDate "2022"^^<http://id.loc.gov/datatypes/edtf/EDTF> ; gt:latest "2022-12-31"^^xsd:date .
ex:home a gt:Partnership ; rdfs:label "Fenwick" ; dct:identifier "fenwick" .
ex:text a gt:PlanText ; dct:title "fenwick.docx" .
ex:passage a gt:Passage ; <http://www.w3.org/ns/oa#hasSource> ex:text ; gt:lines "3" ; gt:firstLine 3 .
ex:board a gt:Board ; rdfs:label "Fenwick Board" ; gt:abbreviation "FB" ; dct:identifier "board" .
ex:group a gt:Subgroup ; rdfs:label "Fenwick Group" ; dct:identifier "group" ; org:reportsTo ex:board .
ex:line a gt:Relation ; gt:plan ex:plan ; gt:from ex:group ; gt:to ex:board ; gt:citation ex:passage ;
    gt:basis <https://w3id.org/goldenthread/ontology/basis/stated> ;
    gt:relationKind <https://w3id.org/goldenthread/ontology/relation/reports-to> .
ex:jane-doe a foaf:Person ; rdfs:label "Jane Doe" ; dct:identifier "jd" .
"""


def graphs(file: Path) -> dict[str, set[str]]:
    """The ends of the subjects' addresses by graph."""
    found: dict[str, set[str]] = {}
    for quad in read_rdf(file, with_names=False):
        assert isinstance(quad.graph_name, ox.NamedNode)
        assert isinstance(quad.subject, ox.NamedNode)
        found.setdefault(quad.graph_name.value.removeprefix(ns.graph("")), set()).add(
            quad.subject.value.removeprefix(EX)
        )
    return found


def test_statements_without_graph_go_to_the_plan_they_belong_to(tmp_path: Path) -> None:
    found = graphs(written(tmp_path, OWN))
    assert found["fen1"] == {"plan", "text", "passage", "line", "group"}
    assert {"home", "board", "group"} <= found["registry"]


def test_a_plain_property_goes_where_its_relation_is(tmp_path: Path) -> None:
    [quad] = [
        one for one in read_rdf(written(tmp_path, OWN), with_names=False) if one.predicate.value == ORG + "reportsTo"
    ]
    assert quad.graph_name == ox.NamedNode(ns.graph("fen1"))


def test_missing_look_up_keys_and_steps_are_added(run: Run, tmp_path: Path) -> None:
    file = written(tmp_path, OWN)
    assert [thing.name for thing in open_plans(file).find("fb")] == ["Fenwick Board"]
    result = run("chain", "fenwick group", "--data", file)
    assert "reports to Fenwick Board" in result.stdout
    assert "fenwick.docx line 3" in result.stdout


def test_a_label_that_is_no_number_counts_as_a_name(tmp_path: Path) -> None:
    text = "\n".join(map(str, read_rdf(written(tmp_path, OWN), with_names=False)))
    assert "jane" not in text.casefold()
    assert "named person 1, post not stated" in text


def test_graphs_that_are_made_anew_are_left_out(tmp_path: Path) -> None:
    file = tmp_path / "fenwick.trig"
    inside = "\n".join(
        f"<{ns.graph(name)}> {{ ex:{name} rdfs:label '{name}' }}" for name in ("ontology", "computed", "kept")
    )
    file.write_text(f"{PREFIXES}{OWN}{inside}")
    found = graphs(file)
    assert ("ontology" in found, "computed" in found, found["kept"]) == (False, False, {"kept"})


# check


def test_a_sound_file_has_nothing_to_mend(run: Run, fenwick: Path) -> None:
    result = run("check", fenwick)
    assert (result.exit_code, result.output) == (0, "sound: nothing to mend\n")


def test_check_names_file_and_subject(tmp_path: Path) -> None:
    file = written(
        tmp_path,
        'ex:a a org:Organization ; rdfs:label "A" . ex:p a foaf:Person ; org:reportsTo ex:p ; org:subOrganizationOf ex:a .',
    )
    found = [(finding.severity, finding.place) for finding in check([file])]
    assert ("error", "fenwick.ttl, fenwick/relation/2") in found


def test_check_tells_what_cannot_be_read(run: Run, tmp_path: Path) -> None:
    result = run("check", written(tmp_path, 'ex:a dct:valid "x"^^xsd:date .'))
    assert result.exit_code == 1
    assert "fenwick.ttl" in result.output


def test_check_finds_what_data_in_our_own_terms_lacks(tmp_path: Path) -> None:
    found = {finding.message.split(".")[0] for finding in check([written(tmp_path, OWN)])}
    assert "A plan must name at least one board whose plan it is" in found
