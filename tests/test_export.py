"""What leaves the tool: RDF, folders of tables, workbooks and networks, complete, the same every time and harmless."""

import csv
import hashlib
import io
import json
import random
import re
import zipfile
from pathlib import Path
from typing import Any

import networkx as nx
import pyoxigraph as ox
import pytest

from goldenthread.graph import queries, writing
from goldenthread.graph.building import statements
from goldenthread.graph.engines import Oxigraph, Rows
from goldenthread.graph.exports import long_tables, networks, plan_tables, rdf_files
from goldenthread.graph.exports.csv_files import harmless
from goldenthread.graph.exports.description import DCAT, DQV, VOID, describe
from goldenthread.graph.exports.export import ENDINGS, export
from goldenthread.graph.namespaces import DCT, GT, THINGS, XSD
from goldenthread.graph.plans import Plans, data_paths, open_plans
from goldenthread.graph.printing import CAVEAT
from goldenthread.graph.tables import BadTables
from goldenthread.graph.terms import FORMATS
from tests.conftest import ELMSHIRE

RDF = (".ttl", ".trig", ".nq", ".nt", ".jsonld")
SINGLE = (*RDF, ".graphml", ".gexf")
MERGED = (".ttl", ".nt")
DESCRIPTION = ox.NamedNode(f"{THINGS}graph/description")
DATASET = ox.NamedNode(f"{THINGS}dataset/elmshire-2021")
NAMES = re.compile(r"Quillon|Ashgrove|Mirabel|Thornwick|\bMT\b|Jory|Penhallow")


class Elsewhere:
    """A store that can only be asked, as an endpoint can."""

    def __init__(self, plans: Plans) -> None:
        self.engine = plans.engine

    def select(self, query: str) -> Rows:
        return self.engine.select(query)


def away(plans: Plans) -> Plans:
    return Plans(Elsewhere(plans))


def written(plans: Plans, output: Path, *, plan: str | None = None, bom: bool = False) -> list[Path]:
    return export(plans, output, version="1.2.3", plan=plan, bom=bom)


def table(file: Path) -> list[dict[str, str]]:
    with open(file, encoding="utf-8", newline="") as opened:
        return list(csv.DictReader(opened))


def parsed(file: Path) -> set[ox.Quad]:
    form = FORMATS[file.suffix]
    return set(ox.parse(file.read_bytes(), format=form))


def values(quads: set[ox.Quad], subject: ox.NamedNode, predicate: str) -> set[str]:
    found = [quad.object for quad in quads if quad.subject == subject and quad.predicate.value == predicate]
    return {one.value for one in found if isinstance(one, ox.NamedNode | ox.Literal)}


def stated(plans: Plans) -> set[ox.Quad]:
    """What the store states, without the ontology and the blind keys of names."""
    assert isinstance(plans.engine, Oxigraph)
    return {
        quad
        for quad in plans.engine.store
        if not str(quad.graph_name).endswith("/graph/ontology>") and '"blind:' not in str(quad.object)
    }


# RDF


@pytest.mark.parametrize("ending", RDF)
def test_an_rdf_file_holds_the_store_and_its_description_and_nothing_else(
    elmshire: Plans, tmp_path: Path, ending: str
) -> None:
    [file] = written(elmshire, tmp_path / f"plans{ending}")
    found, expected = parsed(file), stated(elmshire)
    described = {quad for quad in parsed(written(elmshire, tmp_path / "other.nq")[0]) if quad.graph_name == DESCRIPTION}
    assert len(described) > 100
    if ending in MERGED:
        assert {quad.triple for quad in found} == {quad.triple for quad in expected | described}
    else:
        assert found == expected | described
        assert values(found, DATASET, VOID + "triples") == {str(len({quad.triple for quad in expected}))}


@pytest.mark.parametrize("ending", SINGLE)
def test_the_same_graph_gives_the_same_bytes_whatever_its_order(elmshire: Plans, tmp_path: Path, ending: str) -> None:
    assert isinstance(elmshire.engine, Oxigraph)
    files = []
    for seed in (1, 2):
        quads = list(elmshire.engine.store)
        random.Random(seed).shuffle(quads)
        store = ox.Store()
        for quad in quads:
            store.add(quad)
        files += written(Plans(Oxigraph(store), (ELMSHIRE,)), tmp_path / f"{seed}{ending}")
    files += written(elmshire, tmp_path / f"3{ending}")
    assert len({file.read_bytes() for file in files}) == 1


def test_n_quads_are_sorted_by_line_and_each_stands_once(builtin: Plans, tmp_path: Path) -> None:
    lines = written(builtin, tmp_path / "plans.nq")[0].read_bytes().splitlines()
    assert lines == sorted(set(lines))
    assert len(lines) > 50_000


def test_a_triple_of_several_plans_counts_once(builtin: Plans, tmp_path: Path) -> None:
    a, b = (ox.NamedNode(f"http://example.org/{name}") for name in "ab")
    assert rdf_files.distinct_triples([ox.Quad(a, a, a, a), ox.Quad(a, a, a, b), ox.Quad(a, a, b, b)]) == 2
    quads = rdf_files.published(builtin)
    found = parsed(written(builtin, tmp_path / "plans.nq")[0])
    dataset = ox.NamedNode(describe(builtin, version="1.2.3").address)
    assert values(found, dataset, VOID + "triples") == {str(len({quad.triple for quad in quads}))}
    assert len({quad.triple for quad in quads}) < len(quads)


def test_blank_nodes_are_named_by_their_place_in_the_graph() -> None:
    def graph(first: str, second: str) -> list[ox.Quad]:
        a, b, p = ox.BlankNode(first), ox.BlankNode(second), ox.NamedNode("http://example.org/p")
        return [ox.Quad(a, p, ox.Literal("a")), ox.Quad(b, p, ox.Literal("b")), ox.Quad(a, p, b)]

    for ending in RDF:
        assert rdf_files.serialised(graph("x", "y"), ending) == rdf_files.serialised(graph("y", "x")[::-1], ending)


def test_the_ontology_is_named_by_its_version_and_left_out(elmshire: Plans, tmp_path: Path) -> None:
    quads = parsed(written(elmshire, tmp_path / "plans.nq")[0])
    assert values(quads, DATASET, DCT + "conformsTo") == {"https://w3id.org/goldenthread/ontology/0.1.0"}
    assert not any("graph/ontology" in str(quad.graph_name) for quad in quads)


def test_one_plan_comes_with_what_it_refers_to_and_with_nothing_of_another(builtin: Plans, tmp_path: Path) -> None:
    quads = parsed(written(builtin, tmp_path / "plan.nq", plan="norfolk-2016")[0])
    graphs = {str(quad.graph_name).removesuffix(">").rsplit("/", 1)[1] for quad in quads}
    assert graphs == {"norfolk-2016", "registry", "computed", "description"}
    data = {quad for quad in quads if quad.graph_name != DESCRIPTION}
    assert data <= stated(builtin)
    assert {quad for quad in stated(builtin) if str(quad.graph_name).endswith("/norfolk-2016>")} <= data
    registry = {quad.subject for quad in data if str(quad.graph_name).endswith("/registry>")}
    assert ox.NamedNode(f"{THINGS}norfolk/body/piqag") in registry
    assert not any("/nottingham/" in str(thing) for thing in registry)
    referred = {quad.object for quad in data} | {
        quad.subject for quad in data if "/registry>" not in str(quad.graph_name)
    }
    assert registry <= referred
    computed = {quad.subject for quad in data if str(quad.graph_name).endswith("/computed>")}
    about = {str(thing) for thing in computed if "/comparison/" in str(thing)}
    assert about
    assert all("norfolk-2016" in one for one in about)


def test_a_store_elsewhere_gives_no_rdf(elmshire: Plans, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="ask the endpoint itself"):
        written(away(elmshire), tmp_path / "plans.ttl")
    assert list(tmp_path.iterdir()) == []


# the description


def test_the_description_counts_classes_and_names_sources_and_periods(elmshire: Plans, tmp_path: Path) -> None:
    quads = parsed(written(elmshire, tmp_path / "plans.nq")[0])
    action = ox.NamedNode(f"{DATASET.value}/class/Action")
    assert values(quads, action, VOID + "class") == {GT + "Action"}
    assert values(quads, action, VOID + "entities") == {"4"}
    assert values(quads, DATASET, DCT + "title") == {"Elmshire Safeguarding Plan 2021-2022 (invented data)"}
    assert values(quads, DATASET, DCAT + "version") == {"1.2.3"}
    assert CAVEAT in values(quads, DATASET, DCT + "description").pop()
    source = ox.NamedNode(values(quads, DATASET, DCT + "source").pop())
    assert source.value == f"{THINGS}plan/elmshire-2021"
    period = ox.NamedNode(values(quads, source, DCT + "temporal").pop())
    assert values(quads, period, DCAT + "startDate") == {"2021-04-01"}
    assert values(quads, period, DCAT + "endDate") == {"2022-03-31"}


def test_coverage_is_measured_with_its_denominator_and_its_source(elmshire: Plans, tmp_path: Path) -> None:
    quads = parsed(written(elmshire, tmp_path / "plans.nq")[0])
    measured = {
        measurement: (
            values(quads, ox.NamedNode(measurement), DQV + "value"),
            values(quads, ox.NamedNode(measurement), DCT + "source"),
        )
        for measurement in values(quads, DATASET, DQV + "hasQualityMeasurement")
    }
    text = {f"{THINGS}elmshire-2021/text"}
    assert measured[f"{THINGS}elmshire-2021/measurement/actions"] == ({"4"}, text)
    assert measured[f"{THINGS}elmshire-2021/measurement/actions-with-lead"] == ({"3"}, text)
    assert measured[f"{THINGS}elmshire-2021/measurement/actions-with-measure"] == ({"2"}, text)
    assert len(measured) == 10


def test_the_licence_is_said_of_the_built_in_plans_only(builtin: Plans, elmshire: Plans) -> None:
    both = open_plans([*data_paths("builtin"), ELMSHIRE])
    assert describe(builtin, version="1").licensed
    assert not describe(elmshire, version="1").licensed
    assert not describe(both, version="1").licensed
    assert describe(both, version="1").title.startswith(
        "Partly invented data: 6 plans of Elmshire Safeguarding Partnership, "
    )


# a folder


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An export of the invented partnership."""
    output = tmp_path_factory.mktemp("export") / "elmshire"
    written(open_plans(ELMSHIRE), output)
    return output


def test_the_tables_say_the_same_when_they_are_read_again(folder: Path, elmshire: Plans) -> None:
    assert stated(open_plans(folder / "tables")) == stated(elmshire)


def test_the_built_in_tables_say_the_same_when_they_are_read_again(tmp_path: Path) -> None:
    some = plan_tables.partnerships(data_paths("builtin"), with_names=True)
    files = {file.path: file.content(bom=False) for file in plan_tables.files(some)}
    writing.write_folder(tmp_path / "export", files)
    assert set(statements([tmp_path / "export/tables"], with_names=True)[1]) == set(
        statements(data_paths("builtin"), with_names=True)[1]
    )


def test_the_tables_of_one_plan_hold_what_it_refers_to_and_can_be_read(tmp_path: Path) -> None:
    some = plan_tables.partnerships(data_paths("builtin"), plan="norfolk-2016")
    assert [(one.key, [plan.key for plan in one.plans]) for one in some] == [("norfolk", ["norfolk-2016"])]
    writing.write_folder(tmp_path / "export", {file.path: file.content(bom=False) for file in plan_tables.files(some)})
    narrow, _ = statements([tmp_path / "export/tables"])
    whole, _ = statements(data_paths("builtin"))
    assert len(narrow[0].plans[0].rows["relations"]) == len(whole[0].plans[1].rows["relations"])
    assert 0 < len(narrow[0].rows["bodies"]) < len(whole[0].rows["bodies"])


def test_a_long_table_has_one_value_a_row(folder: Path) -> None:
    assert [(row["plan"], row["key"], row["value"]) for row in table(folder / "long/action_leads.csv")] == [
        ("elmshire-2021", "1.1", "Quality Officer"),
        ("elmshire-2021", "1.1", "named person 2, post not stated"),
        ("elmshire-2021", "1.2", "All partners"),
        ("elmshire-2021", "1.4", "named person 3, post not stated"),
    ]
    assert [(row["key"], row["value"]) for row in table(folder / "long/learning_actions.csv")] == [
        ("learn-1", "1.1"),
        ("learn-1", "1.2"),
    ]
    assert [(row["key"], row["value"]) for row in table(folder / "long/measure_records.csv")] == [
        ("1.1.1", "audit report"),
        ("1.3.1", "minutes"),
    ]


@pytest.mark.parametrize("name", sorted(long_tables.LONG))
def test_a_query_s_columns_of_several_values_are_all_long_tables_too(folder: Path, name: str) -> None:
    one, answers = long_tables.LONG[name][0], table(folder / f"answers/{name}.csv")
    for column in queries.stored(name).joined:
        rows = table(folder / f"long/{one}_{long_tables.PLURALS.get(column, column)}.csv")
        expected = {(row["plan"], row["key"], value) for row in answers for value in row[column].split("; ") if value}
        assert {(row["plan"], row["key"], row["value"]) for row in rows} == expected
        assert len(rows) == len(expected)


@pytest.mark.parametrize(
    "name",
    [
        "action_leads",
        "action_groups",
        "action_topics",
        "action_work",
        "action_audience",
        "action_measures",
        "priority_topics",
        "priority_boards",
        "learning_reviews",
        "learning_actions",
    ],
)
def test_long_tables_keep_their_names(folder: Path, name: str) -> None:
    assert (folder / f"long/{name}.csv").is_file()


def test_a_long_table_says_nothing_twice_of_a_person_with_two_posts(builtin: Plans) -> None:
    files = {file.path: list(file.rows) for file in long_tables.answers(builtin, plan=None, synthetic=frozenset())}
    people = [row[:2] for row in files["answers/people.csv"]]
    assert len(set(people)) < len(people)
    for path, rows in files.items():
        if path.startswith("long/"):
            assert len(set(map(tuple, rows))) == len(rows), path


def test_every_query_that_is_not_technical_is_answered(folder: Path) -> None:
    names = {file.stem for file in (folder / "answers").iterdir()}
    assert names == set(long_tables.exported())
    assert {"plans", "bodies", "relations", "people", "priorities", "actions", "measures", "learning", "changes", "duties",
            "events", "statements", "follow-ups", "contradictions"} <= names  # fmt: skip
    assert not names & {"styles", "wordings", "steps", "names"}
    assert set(queries.names()) >= long_tables.TECHNICAL


def test_answers_to_one_plan_are_about_that_plan(builtin: Plans) -> None:
    for file in long_tables.answers(builtin, plan="nottingham-2016", synthetic=frozenset()):
        columns = [field.name for field in file.fields]
        at = [columns.index(name) for name in ("plan", "earlier", "later", "other_plan") if name in columns]
        if file.path != "answers/follow-ups.csv":
            assert all("nottingham-2016" in [row[i] for i in at] for row in file.rows), file.path


def test_invented_plans_are_marked_in_every_row(folder: Path) -> None:
    files = [file for file in folder.rglob("*.csv") if "tables" not in file.parts]
    rows = [row for file in files for row in table(file)]
    assert len(rows) > 200
    assert {row["synthetic"] for row in rows} == {"yes"}
    assert "Invented data" in (folder / "README.txt").read_text(encoding="utf-8")
    assert table(folder / "tables/elmshire/partnership.csv")[0]["synthetic"] == "yes"


def test_coverage_is_a_table(folder: Path) -> None:
    rows = [tuple(row.values())[1:7] for row in table(folder / "coverage.csv")]
    assert rows == [
        ("actions", "lead", "3", "4", "1", "yes"),
        ("actions", "group", "3", "4", "1", "yes"),
        ("actions", "date", "3", "4", "1", "yes"),
        ("actions", "measure", "2", "4", "1", "yes"),
        ("actions", "topics", "4", "4", "", ""),
        ("actions", "work", "4", "4", "", ""),
        ("actions", "audience", "2", "4", "", ""),
        ("priorities", "outcome", "1", "1", "", ""),
    ]


def test_the_data_package_declares_every_file_as_it_is(folder: Path) -> None:
    package = json.loads((folder / "datapackage.json").read_bytes())
    assert package["name"] == "goldenthread-elmshire-2021"
    assert package["version"] == "1.2.3"
    assert "created" not in package
    assert "licenses" not in package
    assert [source["path"] for source in package["sources"]] == ["elmshire.txt"]
    paths = {file.relative_to(folder).as_posix() for file in folder.rglob("*") if file.is_file()}
    assert {one["path"] for one in package["resources"]} == paths - {"datapackage.json"}
    assert len({one["name"] for one in package["resources"]}) == len(package["resources"])
    for one in package["resources"]:
        content = (folder / one["path"]).read_bytes()
        assert re.fullmatch(r"[-a-z0-9._/]+", one["name"])
        assert (one["bytes"], one["hash"]) == (len(content), f"sha256:{hashlib.sha256(content).hexdigest()}")
        if one["mediatype"] == "text/csv":
            header, *rows = csv.reader(io.StringIO(content.decode(), newline=""))
            fields = one["schema"]["fields"]
            assert [field["name"] for field in fields] == header
            assert {field["type"] for field in fields} <= {"string", "integer", "date"}
            assert all(field["description"] for field in fields)
            for field, cells in zip(fields, zip(*rows, strict=True), strict=False):
                pattern = {"integer": r"\d*", "date": r"(\d{4}-\d\d-\d\d)?"}.get(field["type"], r"(?s).*")
                assert all(re.fullmatch(pattern, cell) for cell in cells), (one["path"], field["name"])
            if key := one["schema"].get("primaryKey"):
                keys = [tuple(row[header.index(name)] for name in key) for row in rows]
                assert len(keys) == len(set(keys)), one["path"]


def test_the_description_in_the_folder_lists_its_tables(folder: Path) -> None:
    quads = parsed(folder / "description.ttl")
    sizes = {
        values(quads, ox.NamedNode(one), DCT + "title").pop(): values(quads, ox.NamedNode(one), DCAT + "byteSize").pop()
        for one in values(quads, DATASET, DCAT + "distribution")
    }
    assert sizes == {file.relative_to(folder).as_posix(): str(file.stat().st_size) for file in folder.rglob("*.csv")}


def test_readme_says_plan_period_version_source_and_caveat(folder: Path) -> None:
    text = (folder / "README.txt").read_text(encoding="utf-8")
    assert (
        "- elmshire-2021: Elmshire Safeguarding Plan 2021-2022 (invented data), version 2, period 2021-04 to 2022-03, from elmshire.txt"
        in text
    )
    assert CAVEAT in text
    assert "goldenthread 1.2.3" in text
    assert "Licence: not stated" in text


def test_the_same_plans_give_the_same_folder(folder: Path, elmshire: Plans, tmp_path: Path) -> None:
    files = written(elmshire, tmp_path / "again")
    assert files == sorted(file for file in (tmp_path / "again").rglob("*") if file.is_file())
    for file in files:
        assert file.read_bytes() == (folder / file.relative_to(tmp_path / "again")).read_bytes()


def test_a_store_elsewhere_gives_the_same_answers_without_tables(folder: Path, elmshire: Plans, tmp_path: Path) -> None:
    files = written(away(elmshire), tmp_path / "away")
    assert not (tmp_path / "away/tables").exists()
    assert "did not come from tables" in (tmp_path / "away/README.txt").read_text(encoding="utf-8")
    for file in files:
        if file.suffix == ".csv":
            assert file.read_bytes() == (folder / file.relative_to(tmp_path / "away")).read_bytes()
    quads = parsed(tmp_path / "away/description.ttl")
    assert values(quads, DATASET, VOID + "triples") == set()
    assert values(quads, ox.NamedNode(f"{DATASET.value}/class/Action"), VOID + "entities") == {"4"}


# harmless text


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1"])
def test_text_that_begins_like_a_formula_gets_an_apostrophe(text: str) -> None:
    assert harmless(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "1+1", "a=b", "– a dash", "'quoted", " =1"])
def test_other_text_stays_as_it_is(text: str) -> None:
    assert harmless(text) == text


def test_formulas_are_inert_in_answers_and_whole_in_tables(elmshire_copy: Path, tmp_path: Path) -> None:
    for name, said in (("actions", "Audit case files"), ("measures", "Ten files audited")):
        file = elmshire_copy / f"2021/{name}.csv"
        file.write_text(file.read_text(encoding="utf-8").replace(said, f"=HYPERLINK({said})"), encoding="utf-8")
    plans = open_plans(elmshire_copy)
    written(plans, tmp_path / "out")
    assert table(tmp_path / "out/answers/actions.csv")[0]["title"] == "'=HYPERLINK(Audit case files)"
    assert "'=HYPERLINK(Ten files audited)" in [
        row["value"] for row in table(tmp_path / "out/long/action_measures.csv")
    ]
    assert (
        table(tmp_path / "out/tables/elmshire/elmshire-2021/actions.csv")[0]["title"] == "=HYPERLINK(Audit case files)"
    )
    assert stated(open_plans(tmp_path / "out/tables")) == stated(plans)
    for file in (tmp_path / "out").rglob("*.csv"):
        if "tables" not in file.parts:
            cells = [cell for row in table(file) for cell in row.values()]
            assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))], file


def test_files_for_excel_have_a_byte_order_mark_and_can_be_read_again(elmshire: Plans, tmp_path: Path) -> None:
    written(elmshire, tmp_path / "excel", bom=True)
    content = (tmp_path / "excel/answers/actions.csv").read_bytes()
    assert content.startswith(b"\xef\xbb\xbfplan,section")
    assert content.count(b"\r\n") == content.count(b"\n") == 5
    package = json.loads((tmp_path / "excel/datapackage.json").read_bytes())
    dialects = [one["dialect"]["lineTerminator"] for one in package["resources"] if "dialect" in one]
    assert set(dialects) == {"\r\n"}
    assert stated(open_plans(tmp_path / "excel/tables")) == stated(elmshire)


def test_a_byte_order_mark_is_refused_for_a_single_file(elmshire: Plans, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="byte order mark is for the CSV files of a folder"):
        written(elmshire, tmp_path / "plans.ttl", bom=True)


# networks


def test_graphml_is_the_network_itself(elmshire: Plans, tmp_path: Path) -> None:
    [file] = written(elmshire, tmp_path / "plans.graphml")
    graph = networks.network(elmshire, describe(elmshire, version="1.2.3"))
    read: Any = nx.read_graphml(file, force_multigraph=True)
    assert list(read.nodes(data=True)) == list(graph.nodes(data=True))
    assert sorted(read.edges(keys=True, data=True)) == sorted(graph.edges(keys=True, data=True))
    assert graph.graph.items() <= read.graph.items()
    assert read.graph["caveat"] == CAVEAT
    assert read.graph["period"] == "2021-04 to 2022-03"
    assert read.graph["synthetic"] == "elmshire-2021"


def test_gexf_reads_back_with_the_same_nodes_and_edges(elmshire: Plans, tmp_path: Path) -> None:
    [file] = written(elmshire, tmp_path / "plans.gexf")
    graph = networks.network(elmshire, describe(elmshire, version="1.2.3"))
    read = nx.read_gexf(file)
    assert {node: data["label"] for node, data in read.nodes(data=True)} == {
        node: data["label"] for node, data in graph.nodes(data=True)
    }
    relations = sorted((source, target, data["kind"]) for source, target, data in graph.edges(data=True))
    assert sorted((source, target, data["kind"]) for source, target, data in read.edges(data=True)) == relations
    text = file.read_text(encoding="utf-8")
    assert len(set(re.findall(r'<edge [^>]*\bid="(r\d+)"', text))) == len(relations) == 25
    assert "None" not in text
    assert "lastmodifieddate" not in text
    assert "networkx_key" not in text
    assert CAVEAT in text
    assert set(re.findall(r' type="(\w+)"', text)) == {"string"}


def test_a_network_has_who_and_what_there_is_and_every_relation(elmshire: Plans) -> None:
    graph = networks.network(elmshire, describe(elmshire, version="1"))
    kinds = [data["kind"] for _, data in graph.nodes(data=True)]
    assert {kind: kinds.count(kind) for kind in sorted(set(kinds))} == {
        "action": 4, "body": 11, "person": 3, "post": 2, "priority": 1,
    }  # fmt: skip
    quality, steering = f"{THINGS}elmshire/body/quality", f"{THINGS}elmshire/body/steering"
    assert graph.nodes[steering]["label"] == "Steering Group"
    assert graph.nodes[steering]["plans"] == "elmshire-2021"
    [edge] = graph.get_edge_data(quality, steering).values()
    assert edge == {
        "kind": "reports-headlines-to", "label": elmshire.words("relation")["reports-headlines-to"], "plan": "elmshire-2021",
        "basis": "stated", "since": "2021-04", "until": "2022-03", "document": "elmshire.txt", "line": "5", "weight": 1,
        "synthetic": "yes",
    }  # fmt: skip


def test_a_network_of_one_plan_names_that_plan_only(builtin: Plans) -> None:
    about = describe(builtin, version="1", plan="norfolk-2014")
    graph = networks.network(builtin, about, plan="norfolk-2014")
    assert {data["plans"] for _, data in graph.nodes(data=True)} == {"norfolk-2014"}
    assert {data["plan"] for _, _, data in graph.edges(data=True)} == {"norfolk-2014"}
    assert {data["kind"] for _, data in graph.nodes(data=True)} <= {
        "action",
        "body",
        "document",
        "person",
        "post",
        "priority",
        "review",
    }


def test_what_xml_cannot_hold_is_replaced(elmshire_copy: Path, tmp_path: Path) -> None:
    file = elmshire_copy / "2021/actions.csv"
    file.write_text(
        file.read_text(encoding="utf-8").replace("Audit case files", "Audit\x0b<b>files</b>"), encoding="utf-8"
    )
    for ending in (".graphml", ".gexf"):
        [out] = written(open_plans(elmshire_copy), tmp_path / f"plans{ending}")
        read = nx.read_graphml(out) if ending == ".graphml" else nx.read_gexf(out)
        assert read.nodes[f"{THINGS}elmshire-2021/action/1.1"]["label"] == "Audit\ufffd<b>files</b>"


# a workbook


def test_a_workbook_says_the_same_when_it_is_read_again(elmshire: Plans, tmp_path: Path) -> None:
    [file] = written(elmshire, tmp_path / "plans.xlsx")
    assert stated(open_plans(file)) == stated(elmshire)


def test_a_store_elsewhere_gives_no_workbook(elmshire: Plans, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="a workbook is made from tables or a workbook"):
        written(away(elmshire), tmp_path / "plans.xlsx")


# names of people


def text_of(file: Path) -> str:
    if file.suffix == ".xlsx":
        with zipfile.ZipFile(file) as book:
            return "\n".join(book.read(name).decode() for name in book.namelist())
    return file.read_text(encoding="utf-8")


@pytest.mark.parametrize("ending", ["", *ENDINGS])
def test_no_file_bears_a_name_or_what_it_could_be_guessed_from(
    elmshire_copy: Path, tmp_path: Path, ending: str
) -> None:
    bodies = elmshire_copy / "bodies.csv"  # a remark may bear a name; it is the last column
    noted = re.sub(r",$", ",says Quillon Ashgrove", bodies.read_text(encoding="utf-8"), flags=re.MULTILINE)
    bodies.write_text(noted, encoding="utf-8")
    assert noted.count("Quillon") == 11
    for out in written(open_plans(elmshire_copy), tmp_path / f"plans{ending}"):
        assert not NAMES.search(text_of(out)), out
        assert "blind:" not in text_of(out), out


@pytest.mark.parametrize("ending", ["", *ENDINGS])
def test_names_leave_when_they_are_asked_for(tmp_path: Path, ending: str) -> None:
    files = written(open_plans(ELMSHIRE, with_names=True), tmp_path / f"plans{ending}")
    assert any("Quillon Ashgrove" in text_of(file) for file in files)


def test_people_are_numbered_in_the_tables(folder: Path) -> None:
    assert [tuple(row.values()) for row in table(folder / "tables/elmshire/people.csv")] == [
        ("p1", "named person 1", "", ""),
        ("p2", "named person 2", "", ""),
        ("p3", "named person 3", "", ""),
    ]


# all or nothing


def test_an_ending_that_is_not_known_is_refused(elmshire: Plans, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"cannot export as \.docx; use \.ttl"):
        written(elmshire, tmp_path / "plans.docx")


def test_a_plan_that_is_not_there_is_refused(elmshire: Plans, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="there is no plan 'elmshire-1921' to export; the plans are elmshire-2021"):
        written(elmshire, tmp_path / "plans", plan="elmshire-1921")


def test_a_folder_of_ours_is_replaced(elmshire: Plans, tmp_path: Path) -> None:
    written(elmshire, tmp_path / "out")
    export(elmshire, tmp_path / "out", version="9")
    assert json.loads((tmp_path / "out/datapackage.json").read_bytes())["version"] == "9"
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_an_empty_folder_is_filled(elmshire: Plans, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    assert written(elmshire, tmp_path / "out")


def test_a_folder_that_is_not_ours_is_refused(elmshire: Plans, elmshire_copy: Path) -> None:
    before = sorted(elmshire_copy.rglob("*"))
    with pytest.raises(ValueError, match="is not empty and no export of goldenthread"):
        written(elmshire, elmshire_copy)
    (elmshire_copy / "datapackage.json").write_text('{"made_by": "somebody", "resources": []}')
    with pytest.raises(ValueError, match="is not empty and no export of goldenthread"):
        written(elmshire, elmshire_copy)
    (elmshire_copy / "datapackage.json").unlink()
    assert sorted(elmshire_copy.rglob("*")) == before


def test_what_somebody_put_into_an_export_is_not_deleted(elmshire: Plans, tmp_path: Path) -> None:
    written(elmshire, tmp_path / "out")
    (tmp_path / "out/long/minutes.txt").write_text("mine")
    with pytest.raises(ValueError, match=r"holds long/minutes\.txt, which is not part of the export"):
        written(elmshire, tmp_path / "out")
    assert (tmp_path / "out/long/minutes.txt").read_text() == "mine"


def test_what_somebody_changed_in_an_export_is_not_overwritten(elmshire: Plans, tmp_path: Path) -> None:
    written(elmshire, tmp_path / "out")
    file = tmp_path / "out/tables/elmshire/bodies.csv"
    file.write_text(file.read_text(encoding="utf-8").replace("Steering", "Guiding"), encoding="utf-8")
    with pytest.raises(ValueError, match=r"bodies\.csv has been changed since it was exported"):
        written(elmshire, tmp_path / "out")
    assert "Guiding" in file.read_text(encoding="utf-8")


def test_links_are_not_followed(elmshire: Plans, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (tmp_path / "link").symlink_to(elsewhere)
    (tmp_path / "link.ttl").symlink_to(tmp_path / "target.ttl")
    for name in ("link", "link.ttl"):
        with pytest.raises(ValueError, match="is a link; name the"):
            written(elmshire, tmp_path / name)
    written(elmshire, tmp_path / "out")
    (tmp_path / "out/inside").symlink_to(elsewhere)
    with pytest.raises(ValueError, match="holds inside, which is not part of the export"):
        written(elmshire, tmp_path / "out")
    with pytest.raises(ValueError, match="is a link; name the folder itself"):
        writing.write_folder(tmp_path / "link", {"a.txt": b""})
    assert list(elsewhere.iterdir()) == []
    assert not (tmp_path / "target.ttl").exists()


def test_a_file_of_an_export_that_became_a_link_is_not_replaced(elmshire: Plans, tmp_path: Path) -> None:
    written(elmshire, tmp_path / "out")
    (tmp_path / "out/coverage.csv").rename(tmp_path / "mine.csv")
    (tmp_path / "out/coverage.csv").symlink_to(tmp_path / "mine.csv")
    with pytest.raises(ValueError, match=r"holds coverage\.csv, which is not part of the export"):
        written(elmshire, tmp_path / "out")


def test_a_file_where_a_folder_is_to_stand_is_refused_and_the_other_way_round(elmshire: Plans, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    with pytest.raises(ValueError, match="is a file; name a new folder"):
        written(elmshire, tmp_path / "file")
    (tmp_path / "folder.ttl").mkdir()
    with pytest.raises(ValueError, match="is a folder; name a file"):
        written(elmshire, tmp_path / "folder.ttl")


@pytest.mark.parametrize(("of", "step"), [(Path, "write_bytes"), (writing, "_flush")])
def test_a_folder_stays_whole_if_writing_fails(
    elmshire: Plans, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, of: object, step: str
) -> None:
    written(elmshire, tmp_path / "out")
    before = {file: file.read_bytes() for file in (tmp_path / "out").rglob("*") if file.is_file()}
    whole, count = getattr(of, step), iter(range(100))

    def full(path: Path, *content: bytes) -> None:
        if next(count) == 20:
            raise OSError("no space left")
        whole(path, *content)

    monkeypatch.setattr(of, step, full)
    with pytest.raises(OSError, match="no space left"):
        export(elmshire, tmp_path / "out", version="9")
    assert {file: file.read_bytes() for file in (tmp_path / "out").rglob("*") if file.is_file()} == before
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_the_old_folder_comes_back_if_the_new_one_cannot_take_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    writing.write_folder(tmp_path / "out", {"a.txt": b"old"})
    rename, count = Path.rename, iter(range(10))

    def second_fails(self: Path, target: Path) -> Path:
        if next(count) == 1:
            raise OSError("in use")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", second_fails)
    with pytest.raises(OSError, match="in use"):
        writing.write_folder(tmp_path / "out", {"a.txt": b"new"})
    assert (tmp_path / "out/a.txt").read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


@pytest.mark.parametrize("name", ["../a.txt", "/a.txt", "a/../../b.txt", "a\\b.txt", ""])
def test_a_name_that_leads_out_of_the_folder_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(ValueError, match="is no name of a file within the folder"):
        writing.write_folder(tmp_path / "out", {name: b""})
    assert list(tmp_path.iterdir()) == []


def test_bad_tables_are_not_exported(elmshire: Plans, elmshire_copy: Path, tmp_path: Path) -> None:
    (elmshire_copy / "2021/plan.csv").write_text("key\n")
    damaged = Plans(elmshire.engine, (elmshire_copy,))
    with pytest.raises(BadTables):
        written(damaged, tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_counts_are_whole_numbers_in_rdf(elmshire: Plans, tmp_path: Path) -> None:
    quads = parsed(written(elmshire, tmp_path / "plans.nq")[0])
    counted = [quad.object for quad in quads if quad.predicate.value in (VOID + "entities", DQV + "value")]
    assert {one.datatype.value for one in counted if isinstance(one, ox.Literal)} == {XSD + "integer"}
