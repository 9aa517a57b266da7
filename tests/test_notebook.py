"""Answers and pictures show themselves in a notebook, their texts inert; the guide to it runs."""

import ast
import re
import sys
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from goldenthread.graph.answers import Profile, Table, Thing
from goldenthread.graph.notebook import MOST_ROWS
from goldenthread.graph.plans import Plans
from goldenthread.viz.network import Edge, Moment, Network, Node, Style
from goldenthread.viz.notebook import Frame
from goldenthread.viz.page import interactive

GUIDE = Path(__file__).parent.parent / "docs" / "notebook.md"
HOSTILE = "<script>alert(1)</script>\"'&<img src=x onerror=alert(2)>"


class Page(HTMLParser):
    """What a browser would make of it: tags, attributes and text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[dict[str, str | None]] = []
        self.cells: list[list[str]] = []
        self.words: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes.append(dict(attributes))
        if tag == "tr":
            self.cells.append([])
        elif tag in ("td", "th"):
            self.cells[-1].append("")
        elif tag == "br" and self.cells:
            self.cells[-1][-1] += " / "

    def handle_data(self, data: str) -> None:
        self.words.append(data)
        if self.cells and self.cells[-1]:
            self.cells[-1][-1] += data


def network(title: str = "Two boards") -> Network:
    looks = {"board": Style("board")}, {"reports-to": Style("reports to")}
    return Network(title, (Node("a", "Board A", "board"), Node("b", title, "board")),
                   (Edge("a", "b", "reports-to", upward=True),), *looks, caption=("an invented plan",))  # fmt: skip


def displayed(answer: Any) -> dict[str, Any]:
    """What a notebook would be given for an answer."""
    formatters = pytest.importorskip("IPython.core.formatters")
    bundle, _ = formatters.DisplayFormatter().format(answer)
    return dict(bundle)


def test_a_table_joins_document_and_line_and_leaves_out_what_is_empty() -> None:
    table = Table(("name", "chair_of", "nothing", "since", "document", "line"),
                  [("Board A", "B", None, "XXXX", "plan.txt", "7"), ("Board B", None, "", "2016", "plan.txt", "8-9")],
                  ("as printed",))  # fmt: skip
    page = Page(table._repr_html_())
    assert page.cells == [
        ["name", "chair of", "since", "where it says so"],
        ["Board A", "B", "", "plan.txt line 7"],
        ["Board B", "", "2016", "plan.txt lines 8-9as printed"],
    ]
    assert Page(Table(("name",), [])._repr_html_()).words[-1] == "nothing found"


def test_a_long_table_says_how_many_rows_it_does_not_show() -> None:
    page = Page(Table(("number",), [(number,) for number in range(MOST_ROWS + 7)])._repr_html_())
    assert len(page.cells) == 1 + MOST_ROWS
    assert page.words[-1] == "7 more rows: to_dataframe() has them all"


def test_a_route_shows_each_step_with_where_it_says_so(elmshire: Plans) -> None:
    page = Page(elmshire.chain("Training Sub-Group")._repr_html_())
    assert page.cells[:4] == [
        ["who", "relation", "to whom", "where it says so"],
        ["Training Sub-Group", "reports to", "Quality Group",
         "elmshire.txt line 6, under “Who reports to whom”; search for “The Training Sub-Group reports to”"],
        ["Quality Group", "reports headline issues to", "Steering Group",
         "elmshire.txt line 5, under “Who reports to whom”; search for “The Quality Group (QG) reports”"
         "to whom Steering Group reports: not stated in elmshire-2021route 2 of 2"],
        ["who", "relation", "to whom", "said of it", "where it says so"],
    ]  # fmt: skip
    assert "elmshire-2021" in page.words


def test_what_reports_to_a_body_shows_our_reading_with_its_reason(elmshire: Plans) -> None:
    page = Page(elmshire.chain("Quality Group", down=True)._repr_html_())
    (panel,) = (row for row in page.cells if row[0] == "North Panel")
    assert panel[1:4] == ["reports to", "Quality Group", "our reading: a panel is read as a subgroup"]


def test_where_the_plan_is_silent_it_says_so(elmshire: Plans) -> None:
    assert "to whom it reports: not stated in elmshire-2021" in Page(elmshire.chain("ESB")._repr_html_()).words


def test_a_profile_has_a_heading_for_each_part(elmshire: Plans) -> None:
    page = Page(elmshire.show("Quality Group")._repr_html_())
    for said in ("Quality Group", "body; elmshire-2021; as the plan states, not confirmed since", "Its actions"):
        assert said in page.words


def test_hostile_texts_stay_text_in_every_answer(elmshire: Plans) -> None:
    table = Table((HOSTILE,), [(HOSTILE,)], (HOSTILE,))
    chain = elmshire.chain("Quality Group")
    chain = type(chain)(
        Thing("x", HOSTILE, "body", "x"), chain.routes, chain.also, (), {HOSTILE: HOSTILE, **chain.periods}
    )
    for answer in (table, chain, Profile(Thing("x", HOSTILE, HOSTILE, "x", (HOSTILE,)), {HOSTILE: table})):
        page = Page(answer._repr_html_())
        assert not {"script", "img"} & set(page.tags)
        assert HOSTILE in "".join(page.words)


def test_answers_and_pictures_reach_the_notebook_by_their_media_types(elmshire: Plans) -> None:
    for answer in (elmshire.table("actions"), elmshire.chain("QG"), elmshire.show("QG"), Frame(network())):
        assert {"text/html", "text/plain"} == set(displayed(answer))


def test_a_picture_is_an_svg_with_its_names(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("pygraphviz")
    bundle = displayed(network())
    assert set(bundle) == {"image/svg+xml", "text/plain"}
    assert "Board A" in bundle["image/svg+xml"]
    assert bundle["text/plain"] == "Two boards: 2 boxes, 1 lines\nan invented plan"


def test_without_graphviz_a_picture_is_the_interactive_page_in_a_frame_without_rights(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "pygraphviz", None)
    bundle = displayed(network(HOSTILE))
    assert set(bundle) == {"text/html", "text/plain"}
    page = Page(bundle["text/html"])
    assert page.tags == ["iframe"]
    (attributes,) = page.attributes
    assert attributes["title"] == HOSTILE
    assert attributes["sandbox"] == "allow-scripts allow-downloads allow-modals"
    assert "src" not in attributes
    assert attributes["srcdoc"] == interactive(network(HOSTILE))


def test_a_notebook_may_ask_for_one_media_type_only() -> None:
    assert set(network()._repr_mimebundle_(include={"text/plain"})) == {"text/plain"}
    assert "text/plain" not in network()._repr_mimebundle_(exclude={"text/plain"})


def test_a_series_is_one_page_in_a_frame() -> None:
    series = Frame((Moment("2014", network("In 2014")), Moment("2016", network("In 2016"))))
    (attributes,) = Page(series._repr_html_()).attributes
    assert attributes["title"] == "In 2014"
    for label in ("In 2014", "In 2016"):
        assert label in str(attributes["srcdoc"])


def test_a_picture_is_asked_by_its_name(elmshire: Plans) -> None:
    structure = elmshire.picture("structure")
    assert isinstance(structure, Network)
    assert "Quality Group" in {node.label.partition(" (")[0] for node in structure.nodes}
    assert isinstance(elmshire.picture("structures"), Frame)
    with pytest.raises(ValueError, match=r"there is no picture 'drawn'; they are chain, chains, changes, "):
        elmshire.picture("drawn")


def test_every_cell_of_the_guide_runs_and_shows_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("pandas")
    pytest.importorskip("pygraphviz")
    monkeypatch.chdir(tmp_path)
    names: dict[str, Any] = {}
    shown = []
    for cell in re.findall(r"```python\n(.*?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL):
        *before, last = ast.parse(cell).body
        exec(compile(ast.Module(before, []), "cell", "exec"), names)
        if isinstance(last, ast.Expr):
            answer = eval(compile(ast.Expression(last.value), "cell", "eval"), names)
            if not isinstance(answer, int):
                shown.append((type(answer).__name__, sorted(set(displayed(answer)) - {"text/plain"})))
        else:
            exec(compile(ast.Module([last], []), "cell", "exec"), names)
    assert shown == [
        ("Table", ["text/html"]), ("Chain", ["text/html"]), ("Chain", ["text/html"]), ("Network", ["image/svg+xml"]),
        ("Network", ["image/svg+xml"]), ("Frame", ["text/html"]), ("Table", ["text/html"]), ("Table", ["text/html"]),
        ("Series", []), ("Table", ["text/html"]), ("Table", ["text/html"]),
    ]  # fmt: skip
    assert sorted(file.name for file in tmp_path.iterdir()) == ["piqag.docx", "piqag.svg"]
