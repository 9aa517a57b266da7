"""The package as a whole: examples run, imports stay lazy, answers show themselves."""

import doctest
import importlib
import pkgutil
import subprocess
import sys
from pathlib import Path

import pytest
import rdflib
from click.testing import CliRunner

import goldenthread.graph
import goldenthread.viz
from goldenthread.graph import load, open_plans
from goldenthread.graph.cli import main
from goldenthread.graph.plans import Plans
from tests.conftest import ELMSHIRE

MODULES = [
    module.name
    for package in (goldenthread.graph, goldenthread.viz)
    for module in pkgutil.walk_packages(package.__path__, package.__name__ + ".")
]


@pytest.mark.parametrize("name", MODULES)
def test_examples_in_the_documentation_of_a_module_hold(name: str) -> None:
    assert doctest.testmod(importlib.import_module(name)).failed == 0


@pytest.mark.parametrize("name", MODULES)
def test_every_module_says_what_it_does(name: str) -> None:
    assert importlib.import_module(name).__doc__


def test_a_warm_chain_loads_nothing_heavy() -> None:
    code = (
        "import sys; from goldenthread.graph.cli import main; from click.testing import CliRunner; "
        f"r = CliRunner().invoke(main, ['chain', 'Quality Group', '--data', {str(ELMSHIRE)!r}]); assert r.exit_code == 0; "
        "print(*sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True, capture_output=True)
    loaded = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout.split()
    heavy = {"rdflib", "rich", "pyvis", "pyshacl", "networkx", "importlib.metadata", "edtf", "rapidfuzz", "openpyxl",
             "SPARQLWrapper", "jinja2", "pandas", "docx", "lxml", "pygraphviz", "goldenthread.graph.building", "goldenthread.graph.facts"}  # fmt: skip
    assert heavy & set(loaded) == set()


@pytest.mark.parametrize(("arguments", "code"), [(["queries"], 0), (["chain", "Nobody", "--data", str(ELMSHIRE)], 2)])
def test_the_program_prints_everything_and_leaves_with_the_code_of_its_answer(arguments: list[str], code: int) -> None:
    program = Path(sys.executable).with_name("goldenthread")
    left = subprocess.run([program, *arguments], capture_output=True, text=True, encoding="utf-8")
    inside = CliRunner().invoke(main, arguments)
    assert (left.returncode, inside.exit_code) == (code, code)
    assert (left.stdout, left.stderr) == (inside.stdout, inside.stderr)


def test_load_gives_an_rdflib_dataset_over_all_graphs() -> None:
    dataset = load(ELMSHIRE)
    assert isinstance(dataset, rdflib.Dataset)
    found = dataset.query(
        "PREFIX gt: <https://w3id.org/goldenthread/ontology#> SELECT (COUNT(*) AS ?n) { ?a a gt:Action }"
    )
    assert [int(str(row[0])) for row in found if isinstance(row, rdflib.query.ResultRow)] == [4]


def test_a_table_becomes_a_data_frame_of_text(elmshire: Plans) -> None:
    pytest.importorskip("pandas")
    frame = elmshire.table("actions").to_dataframe()
    assert list(frame["title"])[:2] == ["Audit case files", "Tell every partner of the learning"]
    assert frame["target_text"][1] == "Ongoing"


def test_answers_show_themselves_in_a_notebook_with_their_text_inert(elmshire: Plans) -> None:
    assert "<td>Audit case files</td>" in elmshire.table("actions")._repr_html_()
    assert "Steering Group" in elmshire.chain("Quality Group")._repr_html_()
    assert "<h3>Quality Group</h3>" in elmshire.show("Quality Group")._repr_html_()
    assert "&lt;script&gt;" in type(elmshire.table("actions"))(("a",), [("<script>",)])._repr_html_()


def test_built_in_plans_and_own_tables_can_be_asked_together() -> None:
    plans = open_plans(["builtin", ELMSHIRE])
    assert {row["plan"] for row in plans.table("plans")} >= {"norfolk-2016", "elmshire-2021"}
    assert next(row for row in plans.table("plans") if row["plan"] == "elmshire-2021")["synthetic"] == "true"
