"""A still goes on over several sheets where one A4 page cannot hold it in letters that can be read; nothing is lost."""

import os
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from goldenthread.graph.numbered import left_over, numbered, write_sheets
from goldenthread.graph.plans import Plans
from goldenthread.graph.writing import write_files
from goldenthread.viz.network import Edge, Network, Node
from goldenthread.viz.written import sheets_written
from tests.conftest import Run
from tests.networks import CAPTION, EDGE_STYLES, ELMSHIRE, NODE_STYLES, TOPICS, timeline, titles
from tests.test_pictures import PICTURES, read_svg

pytest.importorskip("pygraphviz")

from goldenthread.viz.stills import letters, pdf, sheets, svg
from goldenthread.viz.stills.composition import composed
from goldenthread.viz.stills.sheet import LENGTHWISE, POINT, UPRIGHT

IN_COLUMNS = [name for name in PICTURES if not name.startswith(("structure", "chain"))]
MOST = {"timeline norfolk-2014": 1, "timeline nottingham-2016": 1, "load nottingham-2016": 1, "learning nottingham-2016": 1,
        "overlaps norfolk-2016": 1, "learning of a review": 1, "timeline norfolk-2016": 2, "load norfolk-2016": 2,
        "changes norfolk-2014 norfolk-2016": 2, "learning norfolk-2020": 2}  # fmt: skip
Paper = tuple[Network, tuple[Network, ...]]


@pytest.fixture(scope="module")
def on_paper(builtin: Plans) -> Callable[[str], Paper]:
    """Each picture with its sheets, found once."""
    kept: dict[str, Paper] = {}

    def found(name: str) -> Paper:
        if name not in kept:
            network = PICTURES[name][0](builtin)
            kept[name] = (network, sheets(network))
        return kept[name]

    return found


def bare(node: Node) -> Node:
    """A box without its place and its notes, which depend on the sheet."""
    return replace(node, column=0, lane=0, notes=())


def check_whole(network: Network, parts: tuple[Network, ...]) -> None:
    """Make sure that the sheets hold the network's boxes and lines, all of them and no other, none twice on a sheet."""
    assert {bare(node) for part in parts for node in part.nodes} == {bare(node) for node in network.nodes}
    for edge, count in Counter(network.edges).items():
        assert max(Counter(part.edges)[edge] for part in parts) == count
    assert {edge for part in parts for edge in part.edges} == set(network.edges)
    for part in parts:
        assert part.caption == network.caption


# the five plans


@pytest.mark.parametrize("name", IN_COLUMNS)
def test_every_letter_on_every_sheet_can_be_read_on_a4(name: str, on_paper: Callable[[str], Paper]) -> None:
    _, parts = on_paper(name)
    assert len(parts) <= MOST.get(name, 3)
    for part in parts:
        names, smallest = letters(part)
        assert names >= 7.0
        assert smallest >= 6.0
        picture = composed(part)
        assert picture.placed.clear or not part.edges
        sizes = (picture.sheet.width * POINT - 0.1, picture.sheet.height * POINT - 0.1)
        assert any(sizes[0] <= page[0] and sizes[1] <= page[1] for page in (UPRIGHT, LENGTHWISE))


@pytest.mark.parametrize("name", IN_COLUMNS)
def test_the_sheets_of_a_picture_hold_its_boxes_and_lines_and_nothing_else(
    name: str, on_paper: Callable[[str], Paper]
) -> None:
    check_whole(*on_paper(name))


@pytest.mark.parametrize("name", ["load norfolk-2016", "learning nottingham-2014", "changes norfolk-2014 norfolk-2016"])
def test_the_files_of_all_sheets_hold_the_rows_of_the_queries(
    name: str, builtin: Plans, on_paper: Callable[[str], Paper]
) -> None:
    network, parts = on_paper(name)
    boxes, lines = PICTURES[name][1](builtin)
    found = [read_svg(content) for content in sheets_written(network, parts, ".svg")]
    assert len(found) > 1
    assert set().union(*(drawn[0] for drawn in found)) == boxes
    assert {line: max(drawn[1][line] for drawn in found) for line in lines} == dict(lines)
    assert set().union(*(drawn[1] for drawn in found)) == set(lines)


@pytest.mark.parametrize("name", IN_COLUMNS)
def test_a_box_on_several_sheets_says_so_on_each(name: str, on_paper: Callable[[str], Paper]) -> None:
    _, parts = on_paper(name)
    on: dict[str, list[int]] = {}
    for number, part in enumerate(parts, start=1):
        assert len(parts) == 1 or part.title.endswith(f"(sheet {number} of {len(parts)})")
        for node in part.nodes:
            on.setdefault(node.id, []).append(number)
    for number, part in enumerate(parts, start=1):
        for node in part.nodes:
            others = [other for other in on[node.id] if other != number]
            said = [note for note in node.notes if note.startswith("also on sheet")]
            assert bool(said) == bool(others)
            assert not said or re.findall(r"\d+", said[0])[0] == str(others[0])


def test_learning_stays_with_its_reviews_its_actions_and_whoever_answers(on_paper: Callable[[str], Paper]) -> None:
    network, parts = on_paper("learning norfolk-2016")
    for part in parts:
        for node in part.nodes:
            if node.kind == "learning":
                lines = {edge for edge in network.edges if node.id in (edge.source, edge.target)}
                actions = {edge.target for edge in lines if edge.source == node.id}
                lines |= {edge for edge in network.edges if edge.source in actions}
                assert lines <= set(part.edges)


def test_a_timeline_that_fits_as_a_list_by_date_names_the_group_on_each_box(on_paper: Callable[[str], Paper]) -> None:
    network, (listed,) = on_paper("timeline norfolk-2014")
    assert (listed.columns, listed.lanes) == ((), network.columns)
    lanes = {node.id: network.lanes[node.lane] for node in network.nodes}
    assert all(node.notes[-1] == lanes[node.id] for node in listed.nodes)


# invented pictures


def test_what_can_be_read_on_one_sheet_stays_on_one() -> None:
    assert sheets(TOPICS) == (TOPICS,)
    assert sheets(ELMSHIRE) == (ELMSHIRE,)


@pytest.mark.parametrize(
    "network",
    [timeline(12, 8, 150), timeline(2, 1, 120), replace(timeline(3, 1, 200), lanes=()), timeline(30, 2, 120)],
    ids=["many", "one lane", "no lanes", "many columns"],
)
def test_a_timeline_of_any_shape_is_cut_into_sheets_that_can_be_read(network: Network) -> None:
    parts = sheets(network)
    assert len(parts) > 1
    check_whole(network, parts)
    assert min(letters(part)[0] for part in parts) >= 7.0
    boxes = [len(part.nodes) for part in parts]
    assert sum(boxes) == len(network.nodes)


def test_a_lane_that_goes_on_says_so() -> None:
    headings = [heading for part in sheets(timeline(2, 1, 120)) for heading in part.lanes]
    assert headings[0] + " (continued)" in headings


def test_a_box_with_more_lines_than_a_sheet_holds_is_repeated() -> None:
    network = Network(
        "One board, sixty topics",
        (Node("board", "Elmshire Safeguarding Board", "board"),
         *(Node(f"t{i}", f"Topic {i} of many that the board has", "forum", column=1) for i in range(60))),
        tuple(Edge("board", f"t{i}", "reports-to", weight=i + 1) for i in range(60)),
        NODE_STYLES, EDGE_STYLES, CAPTION, columns=("Board", "Topics"),
    )  # fmt: skip
    parts = sheets(network)
    check_whole(network, parts)
    assert all("board" in {node.id for node in part.nodes} for part in parts)
    assert min(letters(part)[0] for part in parts) >= 7.0


def test_sheets_are_the_same_every_time() -> None:
    assert sheets(timeline(12, 8, 100)) == sheets(timeline(12, 8, 100))


# pages of a PDF file


def test_a_pdf_has_a_page_for_each_sheet_and_its_table_leads_to_its_objects() -> None:
    parts = sheets(timeline(2, 1, 120))
    document = pdf(timeline(2, 1, 120), parts)
    assert len(re.findall(rb"/Type /Page ", document)) == len(parts)
    (count,) = re.findall(rb"/Count (\d+)", document)
    assert int(count) == len(parts)
    assert len(re.findall(rb"/Parent 1 0 R", document)) == len(parts)
    table = int(document[: document.rindex(b"startxref")].rsplit(b"/Prev ", 1)[1].split()[0])
    rows = re.findall(rb"(\d{10}) 00000 n ", document[table : document.index(b"trailer", table)])
    begun = [int(document[int(row) :].split(maxsplit=1)[0]) for row in rows]
    assert begun == sorted(begun)
    assert len(set(begun)) == len(rows) > 10 * len(parts)
    named = {int(number) for number in re.findall(rb"(\d+) 0 R", re.sub(rb"(?s)stream\n.*?endstream", b"", document))}
    assert named <= {*begun, max(begun) + 1}


# files


def test_sheets_are_numbered_files_beside_the_name_and_one_line_says_so(run: Run, tmp_path: Path) -> None:
    result = run("draw", "timeline", "--plan", "norfolk-2016", "-o", tmp_path / "full.svg")
    said = f"wrote {tmp_path / 'full-1.svg'} to full-2.svg: 2 sheets, so that it can be read on A4\n"
    assert (result.exit_code, result.stderr) == (0, said)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["full-1.svg", "full-2.svg"]
    found = [titles((tmp_path / f"full-{number}.svg").read_text(encoding="utf-8"), "node") for number in (1, 2)]
    assert len({*found[0], *found[1]}) == 42
    again = run("draw", "timeline", "--plan", "norfolk-2016", "-o", tmp_path / "full.pdf")
    assert again.stderr == f"wrote {tmp_path / 'full.pdf'}: 2 sheets, so that it can be read on A4\n"


def test_a_picture_on_one_sheet_is_the_file_that_was_asked_for(run: Run, tmp_path: Path) -> None:
    result = run("draw", "structure", "--plan", "norfolk-2014", "-o", tmp_path / "plain.svg")
    assert result.stderr == f"wrote {tmp_path / 'plain.svg'}\n"
    assert [path.name for path in tmp_path.iterdir()] == ["plain.svg"]


def test_a_numbered_file_that_is_none_of_our_pictures_is_not_overwritten(run: Run, tmp_path: Path) -> None:
    (tmp_path / "full-2.svg").write_text("<svg>a drawing of one's own</svg>", encoding="utf-8")
    result = run("draw", "timeline", "--plan", "norfolk-2016", "-o", tmp_path / "full.svg")
    assert result.exit_code == 2
    assert f"{tmp_path / 'full-2.svg'} is there and no picture of goldenthread" in result.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["full-2.svg"]


def test_our_own_sheets_are_drawn_anew_and_older_ones_are_named(run: Run, tmp_path: Path) -> None:
    picture = svg(ELMSHIRE)
    for name in ("full.svg", "full-1.svg", "full-3.svg"):
        (tmp_path / name).write_text(picture.replace(CAPTION[0], "goldenthread"), encoding="utf-8")
    result = run("draw", "timeline", "--plan", "norfolk-2016", "-o", tmp_path / "full.svg")
    assert result.exit_code == 0
    assert "full.svg, full-3.svg: of an earlier drawing under this name; not written anew\n" in result.stderr
    assert "sheet 1 of 2" in (tmp_path / "full-1.svg").read_text(encoding="utf-8")


def test_several_files_are_written_all_or_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second, third = (tmp_path / f"t-{number}.png" for number in (1, 2, 3))
    first.write_bytes(b"old goldenthread")
    real, replaced = os.replace, list[str]()

    def failing(source: Path, target: Path) -> None:
        if target == third:
            raise OSError("the disk is full")
        replaced.append(target.name)
        real(source, target)

    monkeypatch.setattr(os, "replace", failing)
    with pytest.raises(OSError, match="the disk is full"):
        write_sheets(tmp_path / "t.png", [b"1", b"2", b"3"])
    assert replaced == ["t-1.png", "t-2.png"]
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"t-1.png": b"old goldenthread"}
    monkeypatch.undo()
    assert write_sheets(tmp_path / "t.png", [b"1", b"2", b"3"]) == [first, second, third]
    assert third.read_bytes() == b"3"


def test_a_link_among_the_files_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    (tmp_path / "b.svg").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(ValueError, match=r"b\.svg is a link; name the file itself"):
        write_files({tmp_path / "a.svg": b"a", tmp_path / "b.svg": b"b"})
    assert not (tmp_path / "a.svg").exists()


def test_left_over_files_are_found_by_name(tmp_path: Path) -> None:
    output = tmp_path / "t.png"
    for number in (1, 2, 3):
        numbered(output, number).touch()
    assert left_over(output, [numbered(output, 1), numbered(output, 2)]) == [numbered(output, 3)]
    assert left_over(output, [output]) == [numbered(output, number) for number in (1, 2, 3)]
