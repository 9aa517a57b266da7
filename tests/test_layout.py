"""Boxes stand below those they answer to, in the columns and lanes that they name, and never on one another."""

from dataclasses import replace
from itertools import pairwise

import pytest

from goldenthread.viz.layout import BOX, layout, positions
from goldenthread.viz.network import Edge, Network, Node
from tests.networks import EDGE_STYLES, EDGES, ELMSHIRE, NODE_STYLES, TOPICS, network, structure, timeline


def test_whoever_answers_for_others_stands_above_them() -> None:
    places = positions(ELMSHIRE)
    assert all(places[edge.source][1] > places[edge.target][1] for edge in EDGES if edge.upward)
    assert places["board"][1] == min(y for _, y in places.values())


def test_a_body_with_several_superiors_stands_below_all_of_them() -> None:
    lines = (("b", "a"), ("c", "b"), ("d", "c"), ("x", "a"), ("x", "d"), ("y", "x"), ("y", "b"))
    places = positions(network(lines))
    assert all(places[source][1] > places[target][1] for source, target in lines)


def test_bodies_without_a_line_of_accountability_stand_beside_the_hierarchy() -> None:
    places = positions(ELMSHIRE)
    hierarchy = {end for edge in EDGES if edge.upward for end in (edge.source, edge.target)}
    rightmost = max(places[body][0] for body in hierarchy)
    assert {body for body, (x, _) in places.items() if x > rightmost} == {"forum", "youth", "neglect"}


def overlapping(drawn: Network, *, compact: int = 0) -> list[tuple[str, str]]:
    placed = layout(drawn, compact=compact)
    at = sorted(placed.positions.items(), key=lambda item: item[1])
    return [
        (one, other)
        for i, (one, (x, y)) in enumerate(at)
        for other, (other_x, other_y) in at[i + 1 :]
        if abs(x - other_x) < placed.width and abs(y - other_y) < (placed.heights[one] + placed.heights[other]) / 2
    ]


@pytest.mark.parametrize("count", [1, 3, 9, 17, 35, 90])
def test_no_two_boxes_overlap_however_many_report_to_one(count: int) -> None:
    drawn = network(tuple((f"g{i}", "board") for i in range(count)))
    assert overlapping(drawn) == []
    assert overlapping(ELMSHIRE) == []
    if count > 20:
        xs = [x for x, _ in positions(drawn).values()]
        assert max(xs) - min(xs) < count * BOX / 2, "a long row is wrapped"


@pytest.mark.parametrize("count", [3, 9, 13, 17, 35])
def test_no_box_stands_in_the_way_of_the_lines_of_those_below_it(count: int) -> None:
    placed = layout(network(tuple((f"g{i}", "board") for i in range(count))))
    board, down = placed.positions["board"]
    for one, (x, y) in placed.positions.items():
        between = [other for other, at in placed.positions.items() if down < at[1] < y and abs(at[0] - x) < BOX / 2]
        assert not between or (one in placed.hanging and abs(x - board) > BOX / 2)


def test_a_circle_below_a_board_hangs_from_the_board() -> None:
    places = positions(network((("a", "top"), ("b", "a"), ("c", "b"), ("a", "c"))))
    assert places["top"][1] < places["a"][1] < places["b"][1] < places["c"][1]


def test_the_order_of_lines_does_not_change_the_layout() -> None:
    assert positions(replace(ELMSHIRE, edges=EDGES[::-1])) == positions(ELMSHIRE)


def test_one_thousand_bodies_under_one_board_keep_their_layers() -> None:
    boards = tuple((f"b{i}", "nation") for i in range(40))
    groups_ = tuple((f"b{i}g{j}", f"b{i}" if j < 4 else f"b{i}g{j % 4}") for i in range(40) for j in range(24))
    drawn = network((*boards, *groups_, ("b3g9", "b20g1")))
    places = positions(drawn)
    assert len(places) == 1001
    assert all(places[edge.source][1] > places[edge.target][1] for edge in drawn.edges)
    assert overlapping(drawn) == []


def with_parts(reporting: tuple[tuple[str, str], ...], parts: tuple[tuple[str, str], ...], *tops: str) -> Network:
    """A network of reporting lines, and of lines that say who is part of what."""
    drawn = network((*reporting, *parts))
    edges = (
        *(Edge(source, target, "reports-to", upward=True) for source, target in reporting),
        *(Edge(source, target, "coordinates", places=True) for source, target in parts),
    )
    return replace(drawn, edges=edges, tops=tops)


def test_the_bodies_whose_structure_it_is_stand_uppermost_side_by_side() -> None:
    lines = (("quality", "lead"), ("quality", "children"), ("inquiry", "adults"), ("team", "office"))
    places = positions(replace(network(lines), tops=("children", "adults")))
    highest = min(y for _, y in places.values())
    assert [body for body, (_, y) in places.items() if y == highest] == ["children", "adults"]


def test_a_reporting_line_upward_from_a_top_is_kept() -> None:
    places = positions(replace(network((("board", "council"), ("group", "board"))), tops=("board",)))
    assert places["council"][1] < places["board"][1] < places["group"][1]


def test_a_part_without_a_reporting_line_hangs_below_its_whole() -> None:
    drawn = with_parts((("quality", "board"),), (("audit", "quality"), ("youth", "board")), "board")
    places = positions(drawn)
    assert places["audit"][1] > places["quality"][1] > places["board"][1]
    assert places["youth"][1] > places["board"][1]
    assert layout(drawn).chiefs == {"quality": "board", "audit": "quality", "youth": "board"}


def test_whom_a_body_reports_to_decides_where_it_stands_whatever_it_is_part_of() -> None:
    drawn = with_parts(
        (("audit", "quality"), ("quality", "board"), ("neglect", "board")), (("quality", "audit"), ("audit", "neglect"))
    )
    placed, without = layout(drawn), layout(replace(drawn, edges=drawn.edges[:3]))
    assert placed.chiefs == without.chiefs == {"audit": "quality", "quality": "board", "neglect": "board"}
    assert [x for x, _ in placed.positions.values()] == [x for x, _ in without.positions.values()]


def test_parts_of_one_another_do_not_hang() -> None:
    places = positions(with_parts((("c", "a"),), (("a", "b"), ("b", "a"), ("b", "c"))))
    assert set(places) == {"a", "b", "c"}
    assert places["c"][1] > places["a"][1]


def test_a_board_that_is_part_of_what_reports_to_it_stands_above_it() -> None:
    drawn = with_parts((("group", "board"), ("team", "group")), (("board", "team"),))
    for nodes in (drawn.nodes, drawn.nodes[::-1]):
        places = positions(replace(drawn, nodes=nodes))
        assert places["board"][1] < places["group"][1] < places["team"][1]


def test_what_only_belongs_to_a_board_comes_after_what_reports_to_it() -> None:
    parts = (("panel", "board"), ("youth", "board"))
    places = positions(with_parts((("quality", "board"), ("audit", "board")), parts, "board"))
    assert sorted(("panel", "youth", "quality", "audit"), key=lambda body: places[body][::-1]) == [
        "quality", "audit", "panel", "youth",
    ]  # fmt: skip


def test_notes_and_what_is_not_stated_make_a_box_higher() -> None:
    nodes = (
        Node("a", "Audit Group", "group"),
        Node("b", "Audit Group", "group", notes=("chair: Independent Chair",)),
        Node("c", "Audit Group", "group", notes=("chair: Independent Chair",), unknown=True),
    )
    heights = layout(Network("invented", nodes, (), NODE_STYLES, EDGE_STYLES, ())).heights
    assert heights["a"] < heights["b"] < heights["c"]


@pytest.mark.parametrize("compact", [0, 1, 2, 3, 4])
@pytest.mark.parametrize("bodies", [12, 41, 60, 150])
def test_boxes_with_notes_do_not_overlap_and_stand_below_all_their_superiors(bodies: int, compact: int) -> None:
    drawn = structure(bodies, bodies // 2)
    assert overlapping(drawn, compact=compact) == []
    places = layout(drawn, compact=compact).positions
    assert all(places[edge.source][1] > places[edge.target][1] for edge in drawn.edges if edge.upward)


@pytest.mark.parametrize("compact", [2, 3, 4])
def test_columns_of_lists_keep_a_body_below_its_superiors_in_other_columns(compact: int) -> None:
    drawn = structure(60, 0)
    more = tuple(Edge(f"b{i}", f"b{i * 3 % 9 + 1}", "reports-to", upward=True) for i in range(24, 60, 5))
    drawn = replace(drawn, edges=(*drawn.edges, *more))
    placed = layout(drawn, frame=0.8, compact=compact)
    assert placed.hung
    assert overlapping(drawn, compact=compact) == []
    assert all(placed.positions[edge.source][1] > placed.positions[edge.target][1] for edge in more)


def test_where_one_list_cannot_stand_below_all_superiors_two_do_or_layers() -> None:
    lines = (("a", "top"), ("b", "top"), ("x", "a"), ("y", "b"), ("v", "x"), ("w", "y"), ("v", "b"), ("w", "a"))
    drawn = replace(network(lines), tops=("top",))
    for frame, lists in ((2.0, True), (0.02, False)):
        placed = layout(drawn, frame=frame, compact=4)
        assert bool(placed.hung) == lists
        assert all(placed.positions[edge.source][1] > placed.positions[edge.target][1] for edge in drawn.edges)


def test_the_more_compact_the_smaller_a_layout_is() -> None:
    def size(compact: int) -> float:
        placed = layout(structure(60, 20), frame=0.8, compact=compact)
        across = [x for x, _ in placed.positions.values()]
        bottoms = [y + placed.heights[body] / 2 for body, (_, y) in placed.positions.items()]
        return max((max(across) - min(across) + placed.width) / 0.8, max(bottoms))

    assert size(2) > size(3) > size(4)


def test_in_columns_of_lists_bodies_without_a_chief_stand_where_there_is_room_and_no_line_of_a_list() -> None:
    drawn = structure(60, 0)
    placed = layout(drawn, frame=0.8, compact=4)
    rightmost = max(placed.positions[body][0] for body in placed.hung)
    others = [node.id for node in drawn.nodes if node.id not in placed.chiefs and node.id != "b0"]
    assert others
    assert any(placed.positions[body][0] < rightmost for body in others)
    for chief, high in placed.heights.items():
        x, y = placed.positions[chief]
        below = [placed.positions[body][1] for body, one in placed.hung.items() if one.chief == chief]
        for body in others:
            at, down = placed.positions[body]
            assert not below or abs(at - x) > placed.width / 2 or not y + high / 2 < down < min(below)


def test_compact_layouts_list_what_stands_below_the_first_levels() -> None:
    drawn = structure(60, 0)
    placed = layout(drawn, frame=0.8, compact=2)
    assert layout(drawn).listed == frozenset()
    assert placed.listed
    for body in placed.listed:
        (x, y), (chief_x, chief_y) = placed.positions[body], placed.positions[placed.chiefs[body]]
        assert x > chief_x
        assert y > chief_y


def test_every_box_stands_in_its_column_and_lane_between_their_headings() -> None:
    drawn = timeline(6, 4, 50)
    placed = layout(drawn)
    columns = [heading for heading in placed.headings if not heading.lane]
    lanes = [heading for heading in placed.headings if heading.lane]
    assert ([one.text for one in columns], [one.text for one in lanes]) == (list(drawn.columns), list(drawn.lanes))
    for node in drawn.nodes:
        x, y = placed.positions[node.id]
        column, lane = columns[node.column], lanes[node.lane]
        assert abs(x - column.x) <= (column.width - placed.width) / 2 + 0.01
        assert abs(y - lane.y) <= (lane.height - placed.heights[node.id]) / 2 + 0.01
        assert column.y + column.height / 2 < y - placed.heights[node.id] / 2
        assert lane.x + lane.width / 2 < x - placed.width / 2
    for one, other in [*pairwise(columns), *pairwise(lanes)]:
        assert one.x + one.width / 2 < other.x - other.width / 2 or one.y + one.height / 2 < other.y - other.height / 2


@pytest.mark.parametrize("width", [110.0, BOX, 215.0])
@pytest.mark.parametrize(
    "drawn",
    [TOPICS, timeline(12, 8, 80), timeline(1, 5, 40), timeline(30, 1, 300), replace(timeline(3, 1, 9), lanes=())],
    ids=["topics", "quarters", "one column", "one lane", "no lanes"],
)
def test_boxes_in_columns_and_lanes_do_not_overlap(drawn: Network, width: float) -> None:
    placed = layout(drawn, width=width)
    at = sorted(placed.positions.items(), key=lambda item: item[1])
    for i, (one, (x, y)) in enumerate(at):
        for other, (other_x, other_y) in at[i + 1 :]:
            apart = (placed.heights[one] + placed.heights[other]) / 2
            assert abs(x - other_x) >= width or abs(y - other_y) >= apart, (one, other)


def pairs_in_columns(order: str, lines: str) -> Network:
    """Boxes in two columns, upper case left, in the order given; "aA" joins a and A."""
    nodes = tuple(Node(name, name, "group", column=int(name.islower())) for name in order)
    edges = tuple(Edge(pair[1], pair[0], "coordinates") for pair in lines.split())
    return Network("invented", nodes, edges, NODE_STYLES, EDGE_STYLES, (), columns=("left", "right"))


def down(drawn: Network) -> str:
    places = positions(drawn)
    return "".join(sorted(places, key=lambda name: (places[name][0], places[name][1])))


def test_boxes_in_columns_are_ordered_so_that_lines_do_not_cross() -> None:
    order = down(pairs_in_columns("ABCDabcd", "dA cB bC aD"))
    assert [order[4:].index(pair[0]) for pair in ("dA", "cB", "bC", "aD")] == [order.index(left) for left in "ABCD"]


def test_boxes_in_columns_keep_their_order_where_lines_do_not_decide() -> None:
    assert down(pairs_in_columns("ABCabc", "")) == "ABCabc"
    assert down(pairs_in_columns("ABCabc", "aA bA cA")) == "ABCabc"


def test_boxes_in_columns_stand_level_with_what_they_are_joined_to() -> None:
    places = positions(pairs_in_columns("ABCDEFa", "aE"))
    assert places["a"][1] == places["E"][1]


def test_a_forum_stands_beside_the_boards_that_it_coordinates_not_above() -> None:
    drawn = replace(ELMSHIRE, tops=("board", "adults"))
    places = positions(drawn)
    assert places["forum"][0] > max(places["board"][0], places["adults"][0])
    assert places["forum"][1] >= min(places["board"][1], places["adults"][1])


def test_many_boards_stand_on_several_rows_and_few_in_one() -> None:
    def boards(count: int) -> set[float]:
        tops = [f"board{i}" for i in range(count)]
        lines = tuple((f"{top}-g{j}", top) for top in tops for j in range(6))
        return {positions(replace(network(lines), tops=tuple(tops)))[top][1] for top in tops}

    assert len(boards(4)) == 1
    assert len(boards(20)) > 2
