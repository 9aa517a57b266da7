"""A still picture is the network, all of it and nothing else; it fits a page, can be read, and is the same every time."""

import math
import os
import re
import struct
import subprocess
import sys
import xml.etree.ElementTree as ET
import zlib
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from itertools import combinations, pairwise
from random import Random

import pytest

from goldenthread.graph import pictures
from goldenthread.graph.plans import Plans
from goldenthread.viz.layout.boxes import FONT, NOTE, face
from goldenthread.viz.legend import letters
from goldenthread.viz.letters import broken, width
from goldenthread.viz.network import Edge, Network, Node
from goldenthread.viz.stills import MissingLibrary, pdf, png, svg
from goldenthread.viz.stills.composition import Composition, composed
from goldenthread.viz.stills.drawing import patterns
from goldenthread.viz.stills.graphviz import _quiet
from goldenthread.viz.ways.routes import Route
from tests.networks import (
    CAPTION,
    EDGE_STYLES,
    EDGES,
    ELMSHIRE,
    HOSTILE,
    HOSTILE_NETWORK,
    HOSTILE_TABLE,
    NODE_STYLES,
    NODES,
    REMOTE,
    ROOT,
    TOPICS,
    environment,
    groups,
    network,
    pairs,
    structure,
    timeline,
    titles,
)  # fmt: skip

SHAPES = {
    "structure": ELMSHIRE,
    "thirty": structure(30, 10),
    "sixty": structure(60, 20),
    "many lines": structure(41, 50),
    "columns": TOPICS,
    "lanes": timeline(12, 8, 80),
    "one": Network("One", NODES[:1], (), NODE_STYLES, EDGE_STYLES, CAPTION),
    "two tops": replace(ELMSHIRE, tops=("board", "adults")),
    "circle": network((("a", "top"), ("b", "a"), ("c", "b"), ("a", "c"))),
    "much to say": replace(ELMSHIRE, title=f"{ELMSHIRE.title}, and more " * 4, caption=CAPTION * 9),
    "around a forum": Network(
        "A forum and twelve boards",
        (Node("forum", "Public Protection Forum", "forum"), *(Node(f"b{i}", f"Board {i}", "forum") for i in range(12))),
        tuple(Edge("forum", f"b{i}", "coordinates") for i in range(12)),
        NODE_STYLES,
        EDGE_STYLES,
        CAPTION,
    ),
    "none": Network("Nothing", (), (), {}, {}, ("none",)),
}
every_shape = pytest.mark.parametrize("shape", SHAPES)


@cache
def picture_of(shape: str) -> str:
    return svg(SHAPES[shape])


@cache
def composition_of(shape: str) -> Composition:
    return composed(SHAPES[shape])


def texts(picture: str) -> list[str]:
    return [text.text or "" for text in ET.fromstring(picture).iter("{http://www.w3.org/2000/svg}text")]


@every_shape
def test_the_svg_shows_exactly_the_bodies_and_lines_of_the_network(shape: str) -> None:
    drawn = SHAPES[shape]
    picture = picture_of(shape)
    assert titles(picture, "node") == sorted(node.id for node in drawn.nodes)
    assert titles(picture, "edge") == sorted(f"{source}->{target}" for source, target in pairs(drawn))


@every_shape
def test_every_name_note_heading_and_word_of_the_caption_is_written_in_the_svg(shape: str) -> None:
    drawn = SHAPES[shape]
    said = " ".join(" ".join(texts(picture_of(shape))).split())
    written = [
        drawn.title.strip(),
        *drawn.caption,
        *(word for node in drawn.nodes for word in (node.label, *node.notes)),
    ]
    for text in (*written, *drawn.columns, *drawn.lanes):
        assert text in said


@every_shape
def test_drawing_the_same_network_again_gives_the_same(shape: str) -> None:
    assert svg(replace(SHAPES[shape])) == picture_of(shape)


@every_shape
def test_the_drawing_fills_the_size_that_the_picture_says_it_has(shape: str) -> None:
    root = ET.fromstring(picture_of(shape))
    _, _, across, down = map(float, root.get("viewBox", "").split())
    wide, high = (float(root.get(side, "").removesuffix("mm")) for side in ("width", "height"))
    assert abs(across / down - wide / high) < 0.01 * wide / high


def rectangles(picture: Composition) -> list[tuple[str, float, float, float, float]]:
    """Every thing drawn, with its left, top, right and bottom edge in the picture's units."""
    found = [
        (body, x, y, picture.room.width, picture.room.heights[body]) for body, (x, y) in picture.room.positions.items()
    ]
    found += [(f"mark {mark.text}", mark.x, mark.y, mark.width, mark.height) for mark in picture.marks]
    found += [
        (f"heading {one.text}", one.x, one.y, max(map(width, one.lines)) * FONT * 1.08, 16.0 * len(one.lines))
        for one in picture.placed.headings
    ]
    edges = [(name, x - w / 2, y - h / 2, x + w / 2, y + h / 2) for name, x, y, w, h in found]
    scale, sheet = picture.sheet.scale, picture.sheet
    left = picture.left - (sheet.width / scale - picture.wide) / 2
    top = picture.top - sheet.top / scale
    for words in sheet.words:
        wide = max(width(line, bold=words.bold) for line in words.lines) * words.size
        x, y = left + words.x / scale, top + words.y / scale
        edges.append((words.lines[0], x, y, x + wide / scale, y + words.size * 1.2 * len(words.lines) / scale))
    for _, x, y in sheet.samples:
        edges.append(
            ("sample", left + x / scale, top + (y - 4) / scale, left + (x + 25) / scale, top + (y + 4) / scale)
        )
    return edges


@every_shape
def test_nothing_lies_on_anything_else(shape: str) -> None:
    free_of_one_another(composition_of(shape))


def free_of_one_another(picture: Composition) -> None:
    for one, other in combinations(rectangles(picture), 2):
        across = min(one[3], other[3]) - max(one[1], other[1])
        down = min(one[4], other[4]) - max(one[2], other[2])
        assert across <= 0.01 or down <= 0.01, (one, other)


@every_shape
def test_no_line_runs_through_a_box(shape: str) -> None:
    clear_of_boxes(SHAPES[shape], composition_of(shape))


def clear_of_boxes(drawn: Network, picture: Composition) -> None:
    for edge, way in zip(drawn.edges, picture.ways, strict=True):
        assert not picture.room.hits(way.sampled(), (edge.source, edge.target), margin=-3.0), edge


@every_shape
def test_a_picture_fits_an_a4_page(shape: str) -> None:
    root = ET.fromstring(picture_of(shape))
    wide, high = (float(root.get(side, "").removesuffix("mm")) for side in ("width", "height"))
    assert (wide <= 170.1 and high <= 242.1) or (wide <= 257.1 and high <= 168.1)


PLANS = ("norfolk-2014", "norfolk-2016", "norfolk-2020", "nottingham-2014", "nottingham-2016")


def plan_drawn(plans: Plans, plan: str) -> tuple[Network, Composition]:
    """The structure that a plan states, and how it is drawn."""
    drawn = pictures.structure(plans, plan=plan)
    return drawn, composed(drawn)


def smallest_letters(picture: Composition) -> float:
    """The height of the smallest letters of a picture, in points."""
    notes = any(lines.notes for lines in picture.faces.values())
    on_it = [FONT, *[NOTE] * notes, *[picture.small] * bool(picture.marks)]
    return min(*(size * picture.sheet.scale for size in on_it), *(words.size for words in picture.sheet.words))


@pytest.mark.parametrize(
    ("shape", "points"),
    [("structure", 9.0), ("columns", 9.0), ("thirty", 9.0), ("many lines", 7.8), ("sixty", 7.8)],
)
def test_names_can_be_read_on_paper(shape: str, points: float) -> None:
    picture = composition_of(shape)
    assert FONT * picture.sheet.scale >= points
    assert smallest_letters(picture) >= 6.0


@pytest.mark.parametrize(("plan", "points"), list(zip(PLANS, (9.0, 7.5, 8.0, 9.0, 11.0), strict=True)))
def test_the_structure_of_every_plan_can_be_read_on_paper(builtin: Plans, plan: str, points: float) -> None:
    drawn, picture = plan_drawn(builtin, plan)
    assert set(picture.room.positions) == {node.id for node in drawn.nodes}
    assert len(picture.ways) == len(drawn.edges)
    assert FONT * picture.sheet.scale >= points
    assert smallest_letters(picture) >= 6.0


@pytest.mark.parametrize("plan", PLANS)
def test_nothing_overlaps_in_the_structure_of_any_plan(builtin: Plans, plan: str) -> None:
    drawn, picture = plan_drawn(builtin, plan)
    free_of_one_another(picture)
    clear_of_boxes(drawn, picture)
    apart(drawn, picture)


@pytest.mark.parametrize("plan", PLANS)
def test_every_reading_shows_a_dash_a_dot_and_a_dash_however_short_it_is(builtin: Plans, plan: str) -> None:
    drawn, _ = plan_drawn(builtin, plan)
    found = 0
    for group in groups(svg(drawn), "edge"):
        path = group.find("{*}path")
        assert path is not None
        if "reading" in group.get("class", "").split():
            parts = list(map(float, path.get("stroke-dasharray", "").split(",")))
            assert way_long(path.get("d", "")) >= 1.5 * sum(parts)
            assert min(parts[1], parts[3]) >= 1.5
            found += 1
    assert found == sum(edge.inferred for edge in drawn.edges) > 0


def way_long(path: str) -> float:
    """The length of a path, its curves taken as straight."""
    x = y = long = 0.0
    for letter, numbers in re.findall(r"([Mhvlc])([^Mhvlc]*)", path):
        steps = list(map(float, re.findall(r"-?\d*\.?\d+", numbers)))
        width_of = {"h": 1, "v": 1, "c": 6}.get(letter, 2)
        for i in range(0, len(steps), width_of):
            step = steps[i : i + width_of]
            to = (step[0], 0.0) if letter == "h" else (0.0, step[0]) if letter == "v" else (step[-2], step[-1])
            long += 0.0 if letter == "M" else math.hypot(*to)
            x, y = x + to[0], y + to[1]
    return long


@pytest.mark.parametrize("plan", PLANS)
def test_dashes_are_smaller_on_short_lines_only_and_fall_on_those_of_lines_that_share_the_way(
    builtin: Plans, plan: str
) -> None:
    drawn, picture = plan_drawn(builtin, plan)
    parts = patterns(picture)
    assert sorted(parts) == [i for i, edge in enumerate(drawn.edges) if edge.inferred]
    assert (11.0, 3.0, 2.0, 3.0) in parts.values()
    for lines in sharing(picture):
        assert len({parts[line] for line in lines if line in parts}) <= 1


@pytest.mark.parametrize("plan", PLANS)
def test_every_lettered_line_bears_its_letter_or_shares_the_way_of_one_that_does(builtin: Plans, plan: str) -> None:
    drawn, picture = plan_drawn(builtin, plan)
    letter = letters(drawn)
    said = {mark.line: mark.text for mark in picture.marks}
    for lines in sharing(picture):
        kinds = {drawn.edges[line].kind for line in lines} & set(letter)
        for kind in kinds:
            words = (letter[kind], drawn.edge_styles[kind].label)
            assert any(said.get(line, "").startswith(words) for line in lines), [drawn.edges[line] for line in lines]


@pytest.mark.parametrize("plan", PLANS)
def test_a_word_leaves_enough_of_its_line_to_be_seen(builtin: Plans, plan: str) -> None:
    _, picture = plan_drawn(builtin, plan)
    for mark in picture.marks:
        way = picture.ways[mark.line].sampled(1.0)
        free = [
            math.dist(one, other)
            for one, other in pairwise(way)
            if abs(one[0] - mark.x) >= mark.width / 2 or abs(one[1] - mark.y) >= mark.height / 2
        ]
        assert sum(free) >= 14, mark


def sharing(picture: Composition) -> list[set[int]]:
    """The lines in groups that look the same and, one to the next, run along the same way."""
    places = [{(round(x / 4), round(y / 4)) for x, y in way.sampled(2.0)} for way in picture.ways]
    found: list[set[int]] = []
    for line, mine in enumerate(places):
        key = picture.shared.get(line, line)
        near = [
            group for group in found
            if any(picture.shared.get(other, other) == key and mine & places[other] for other in group)
        ]  # fmt: skip
        found = [group for group in found if group not in near] + [{line}.union(*near)]
    return found


@pytest.mark.parametrize("plan", PLANS)
def test_boxes_below_one_another_leave_room_for_the_line_between_them(builtin: Plans, plan: str) -> None:
    drawn, picture = plan_drawn(builtin, plan)
    room, chiefs = picture.room, picture.placed.chiefs
    for edge in drawn.edges:
        (x, y), (to_x, to_y) = room.centre(edge.source), room.centre(edge.target)
        own = chiefs.get(edge.source) == edge.target or chiefs.get(edge.target) == edge.source
        if abs(x - to_x) < room.width / 2 and not own:
            assert abs(y - to_y) - (room.heights[edge.source] + room.heights[edge.target]) / 2 >= 23.9, edge


@pytest.mark.parametrize("plan", PLANS)
def test_no_word_of_a_name_is_broken_not_even_in_an_ellipse(builtin: Plans, plan: str) -> None:
    shared = [pictures.overlaps(builtin, plan=plan)] if plan in ("norfolk-2016", "nottingham-2014") else []
    for drawn in (pictures.structure(builtin, plan=plan), *shared):
        picture = composed(drawn)
        for node in drawn.nodes:
            assert not broken(node.label, picture.faces[node.id].name), node.label


def test_an_ellipse_is_as_wide_as_its_longest_word() -> None:
    last = replace(TOPICS.nodes[-1], kind="forum", label="Multidisciplinary recommissioning")
    long = replace(TOPICS, nodes=(*TOPICS.nodes[:-1], last))
    picture = composed(long)
    name = picture.faces[last.id].name
    assert long.node_styles[last.kind].shape == "ellipse"
    assert name == ("Multidisciplinary", "recommissioning")
    assert max(map(width, name)) * FONT <= 0.8 * picture.room.width


@every_shape
def test_nothing_touches_the_rim_of_the_sheet(shape: str) -> None:
    picture = composition_of(shape)
    unit = 1 / picture.sheet.scale
    left = picture.left - (picture.sheet.width * unit - picture.wide) / 2
    top = picture.top - picture.sheet.top * unit
    right, bottom = left + picture.sheet.width * unit, top + picture.sheet.height * unit
    for name, *edges in rectangles(picture):
        assert min(edges[0] - left, edges[1] - top) >= 3.5, name
        assert min(right - edges[2], bottom - edges[3]) >= 3.5, name


@pytest.mark.parametrize(
    "shape", ["structure", "thirty", "sixty", "many lines", "two tops", "circle", "around a forum"]
)
def test_lines_of_a_structure_run_along_none_but_their_like(shape: str) -> None:
    apart(SHAPES[shape], composition_of(shape))


def test_parallel_lines_of_several_kinds_have_lanes_of_their_own() -> None:
    kinds = [("reports-to", False), ("reports-to", True), ("coordinates", False), ("coordinates", True)]
    several = tuple(
        Edge(*ends, kind, inferred) for kind, inferred in kinds for ends in (("adults", "board"), ("board", "adults"))
    )
    drawn = replace(ELMSHIRE, edges=(*EDGES, *several))
    apart(drawn, composed(drawn))


def tangled(seed: int) -> Network:
    """Bodies that report to several others, are parts of some and coordinate with any, as chance would have it."""
    chance = Random(seed)
    count = 20 + seed % 25
    lines = {
        (i, chance.randrange(max(1, i // 2)) if chance.random() < 0.7 else chance.randrange(count))
        for i in range(1, count)
        for _ in range(chance.choice((0, 1, 1, 1, 2, 3)))
    }
    names = ("Quality Group", "Safeguarding Adults Implementation Group and Forum of Partners")
    nodes = (
        Node(f"n{i}", f"{chance.choice(names)} {i}", chance.choice(("group", "group", "forum"))) for i in range(count)
    )
    edges = (
        Edge(f"n{one}", f"n{other}", chance.choice(("reports-to", "coordinates")), chance.random() < 0.3,
             chance.random() < 0.7, places=chance.random() < 0.3)
        for one, other in sorted(lines) if one != other
    )  # fmt: skip
    return Network("Tangled", tuple(nodes), tuple(edges), NODE_STYLES, EDGE_STYLES, CAPTION, tops=("n0",))


@pytest.mark.parametrize("seed", range(10))
def test_nothing_overlaps_however_tangled_a_structure_is(seed: int) -> None:
    drawn = tangled(seed)
    picture = composed(drawn)
    free_of_one_another(picture)
    clear_of_boxes(drawn, picture)
    apart(drawn, picture)


def apart(drawn: Network, picture: Composition) -> None:
    """Lines may run along one another only where they look the same and end at the same box."""
    pieces = [list(straight_pieces(way)) for way in picture.ways]
    for one, other in combinations(range(len(drawn.edges)), 2):
        alike = (
            drawn.edges[one].kind == drawn.edges[other].kind
            and drawn.edges[one].inferred == drawn.edges[other].inferred
        )
        meet = {drawn.edges[one].source, drawn.edges[one].target} & {
            drawn.edges[other].source,
            drawn.edges[other].target,
        }
        for level, at, start, end in pieces[one] if not (alike and meet) else ():
            for same, there, begin, stop in pieces[other]:
                along = level == same and abs(at - there) < 2 and min(end, stop) - max(start, begin) > 6
                assert not along, (drawn.edges[one], drawn.edges[other])


def straight_pieces(way: Route) -> Iterator[tuple[bool, float, float, float]]:
    """The level and upright pieces of a way: whether level, where, from where to where."""
    for (x, y), (to_x, to_y) in pairwise(way.points[::3]):
        if abs(y - to_y) < 0.6 and abs(x - to_x) > 4:
            yield True, y, min(x, to_x), max(x, to_x)
        elif abs(x - to_x) < 0.6 and abs(y - to_y) > 4:
            yield False, x, min(y, to_y), max(y, to_y)


@pytest.mark.parametrize("shape", ["structure", "thirty", "sixty", "many lines", "around a forum"])
def test_every_line_of_a_structure_leads_from_its_box_to_its_box(shape: str) -> None:
    drawn, picture = SHAPES[shape], composition_of(shape)
    for edge, way in zip(drawn.edges, picture.ways, strict=True):
        for body, (x, y) in ((edge.source, way.points[0]), (edge.target, way.points[-1])):
            at, down = picture.room.positions[body]
            across, along = abs(x - at) / (picture.room.width / 2), abs(y - down) / (picture.room.heights[body] / 2)
            out = math.hypot(across, along) if body in picture.room.round else max(across, along)
            assert out == pytest.approx(1.0, abs=0.04), (edge, body)


def test_lines_of_a_list_share_their_way_and_are_dashed_from_the_box_that_they_meet_at() -> None:
    drawn, picture = SHAPES["sixty"], composition_of("sixty")
    ends = {
        way.points[-1]
        for edge, way in zip(drawn.edges, picture.ways, strict=True)
        if (edge.target, edge.kind, edge.inferred) == ("b0", "reports-to", False)
    }
    assert len(ends) == 1
    for group in groups(picture_of("sixty"), "edge"):
        if group.findtext("{*}title") in {f"b{i}->b0" for i in range(60)} and "reading" not in group.get("class", ""):
            path, head = group.find("{*}path"), group.find("{*}polygon")
            assert path is not None
            assert head is not None
            x, y = map(float, re.findall(r"-?[\d.]+", path.get("d", ""))[:2])
            tip_x, tip_y = map(float, re.findall(r"-?[\d.]+", head.get("points", ""))[:2])
            assert math.hypot(x - tip_x, y - tip_y) < 15


@every_shape
def test_title_legend_and_caption_have_a_readable_size_whatever_the_boxes_have(shape: str) -> None:
    assert min(words.size for words in composition_of(shape).sheet.words) >= 7.0


@pytest.mark.parametrize("shape", ["structure", "columns", "lanes"])
def test_what_is_written_on_a_box_is_no_wider_than_the_box(shape: str) -> None:
    picture = composition_of(shape)
    for node in SHAPES[shape].nodes:
        lines = face(node, NODE_STYLES[node.kind], picture.placed.width)
        sizes = [*(width(line) * FONT for line in lines.name), *(width(line) * NOTE for line in lines.notes)]
        assert max(sizes) <= picture.room.width - 4


def test_two_lines_between_the_same_bodies_are_both_drawn() -> None:
    twice = replace(
        ELMSHIRE, edges=(*EDGES, Edge("lead", "board", "coordinates"), Edge("board", "lead", "coordinates"))
    )
    assert titles(svg(twice), "edge").count("lead->board") == 2
    ways = composed(twice).ways
    assert ways[0] != ways[-2]


def test_our_reading_differs_from_stated_by_stroke_head_and_word() -> None:
    picture = svg(ELMSHIRE)
    reading, *others = sorted(groups(picture, "edge"), key=lambda group: "reading" not in group.get("class", ""))
    assert reading.findtext("{*}title") == "deaths->board"
    assert texts(picture).count("our reading") == 1
    dashes = [{path.get("stroke-dasharray") for path in group.findall("{*}path")} for group in (reading, *others)]
    heads = [len((group.findall("{*}polygon")[0].get("points") or "").split()) for group in (reading, *others)]
    assert dashes[0] not in dashes[1:]
    assert heads[0] not in heads[1:]


def test_a_reading_is_drawn_dash_by_dash_where_there_is_no_such_stroke() -> None:
    stated = replace(ELMSHIRE, edges=tuple(replace(edge, inferred=False) for edge in EDGES))
    assert content(pdf(ELMSHIRE)).count(" m ") > content(pdf(stated)).count(" m ") + 10


def test_what_the_plan_leaves_open_is_marked_on_the_box() -> None:
    box = next(group for group in groups(svg(ELMSHIRE), "node") if group.findtext("{*}title") == "neglect")
    assert "not stated" in " ".join(text.text or "" for text in box.findall("{*}text"))


def test_a_line_says_how_many_things_it_stands_for_and_is_wider() -> None:
    picture = svg(TOPICS)
    assert {"12", "3 our reading"} <= set(texts(picture))
    widths = {
        group.findtext("{*}title"): float(path.get("stroke-width", "1"))
        for group in groups(picture, "edge")
        for path in group.findall("{*}path")
    }
    assert widths["children->neglect"] > widths["children->training"] > widths["adults->training"]


def test_the_legend_names_every_kind_used_and_none_else() -> None:
    said = texts(svg(ELMSHIRE))
    for label in ("board", "group or subgroup", "forum", "reports to", "coordinates with", "not stated in the plan"):
        assert label in said
    assert not [text for text in said if "unused kind" in text]
    small = texts(svg(replace(ELMSHIRE, nodes=NODES[:2], edges=EDGES[:1])))
    for label in ("forum", "coordinates with", "our reading", "not stated in"):
        assert not [text for text in small if label in text]


def test_kinds_of_line_with_one_stroke_are_told_apart_by_a_letter() -> None:
    styles = {**EDGE_STYLES, "supports": replace(EDGE_STYLES["coordinates"], label="supports")}
    drawn = replace(ELMSHIRE, edge_styles=styles, edges=(*EDGES, Edge("youth", "board", "supports")))
    assert letters(ELMSHIRE) == {}
    assert letters(drawn) == {"coordinates": "a", "supports": "b"}
    assert {"a", "b"} <= set(texts(svg(drawn)))


def test_the_svg_says_of_itself_what_it_is() -> None:
    root = ET.fromstring(svg(ELMSHIRE))
    assert root.findtext("{http://www.w3.org/2000/svg}title") == ELMSHIRE.title
    assert [one.text for one in root.iter("{http://purl.org/dc/elements/1.1/}source")] == list(CAPTION)


def chunks(picture: bytes) -> dict[bytes, list[bytes]]:
    found: dict[bytes, list[bytes]] = {}
    at = 8
    while at < len(picture):
        length, kind = struct.unpack(">I4s", picture[at : at + 8])
        data = picture[at + 8 : at + 8 + length]
        assert struct.unpack(">I", picture[at + 8 + length : at + 12 + length])[0] == zlib.crc32(kind + data)
        found.setdefault(kind, []).append(data)
        at += 12 + length
    return found


def test_the_png_has_300_dots_to_the_inch_and_says_what_it_is() -> None:
    drawn = replace(ELMSHIRE, caption=(*CAPTION, "2024 – 2026"))
    found = chunks(png(drawn))
    wide, high = struct.unpack(">II", found[b"IHDR"][0][:8])
    sheet = composed(drawn).sheet
    assert abs(wide - sheet.width / 72 * 300) < 3
    assert abs(high - sheet.height / 72 * 300) < 3
    assert found[b"pHYs"] == [struct.pack(">IIB", 11811, 11811, 1)]
    title, *caption, by = found[b"tEXt"]
    assert title == b"Title\0" + ELMSHIRE.title.encode()
    assert caption == [b"Description\0" + line.encode() for line in CAPTION]
    assert by == b"Software\0goldenthread"
    assert found[b"iTXt"] == [b"Description\0\0\0\0\0" + "2024 – 2026".encode()]


def content(document: bytes) -> str:
    """What a PDF draws: its streams, unpacked."""
    streams = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", document, re.S)
    return b"\n".join(
        zlib.decompress(stream) for stream in streams if stream[:1] == b"\x78"
    ).decode("latin-1")  # fmt: skip


def test_the_pdf_is_one_page_of_the_pictures_size_and_says_what_it_is() -> None:
    document = pdf(replace(ELMSHIRE, title="Elmshire (2024 – 2026)\\"))
    sizes = re.findall(rb"/MediaBox \[ 0 0 ([\d.]+) ([\d.]+) \]", document)
    sheet = composed(ELMSHIRE).sheet
    assert len(sizes) == 1
    assert abs(float(sizes[0][0]) - sheet.width) < 2
    assert abs(float(sizes[0][1]) - sheet.height) < 2
    information = document[document.rindex(b" obj\n<<") :]
    said = {
        name: bytes.fromhex(value.decode()).decode("utf-16")
        for name, value in re.findall(rb"/(\w+) <([0-9a-f]+)>", information)
    }
    assert said == {b"Title": "Elmshire (2024 – 2026)\\", b"Subject": "; ".join(CAPTION), b"Creator": "goldenthread"}
    table = int(document[document.rindex(b"startxref") :].split()[1])
    assert document[table : table + 4] == b"xref"
    assert re.search(r"T[jJ]\b", content(document)), "text stays text"


@pytest.mark.parametrize("draw", [svg, png, pdf])
def test_the_same_network_gives_the_same_bytes_in_another_process(draw: object) -> None:
    name = draw.__name__  # type: ignore[attr-defined]
    code = (
        "import sys, hashlib; from tests.networks import ELMSHIRE; from goldenthread.viz.written import written;"
        f"sys.stdout.write(hashlib.sha256(written(ELMSHIRE, '.{name}')).hexdigest())"
    )
    here = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, cwd=ROOT, env=environment("1"))
    there = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, check=True, cwd=ROOT, env=environment("2")
    )
    assert here.stdout == there.stdout
    assert b"CreationDate (D:20000101" in pdf(ELMSHIRE)


def test_hostile_names_stay_text_in_the_svg() -> None:
    harmless = {element.tag for element in ET.fromstring(svg(TOPICS)).iter()} | {
        element.tag for element in ET.fromstring(svg(ELMSHIRE)).iter()
    }
    for drawn in (HOSTILE_NETWORK, HOSTILE_TABLE):
        picture = svg(drawn).encode("utf-8").decode("utf-8")
        root = ET.fromstring(picture)
        assert {element.tag for element in root.iter()} <= harmless
        assert not [
            name for element in root.iter() for name in list(element.attrib) if name.startswith("on") or "href" in name
        ]
        shown = ["".join(text.text or "" for text in group.findall("{*}text")) for group in groups(picture, "node")]
        assert re.sub(r"\s", "", shown[0]).startswith("<script>alert(1)</script>")
        assert re.sub(r"\s", "", shown[6]).startswith(r"\N\G&&lt;i&gt;`code`#35;")
        assert HOSTILE[4] in titles(picture, "node")
        assert len(groups(picture, "edge")) == len(HOSTILE) - 1


@pytest.mark.parametrize("drawn", [HOSTILE_NETWORK, HOSTILE_TABLE], ids=["layers", "table"])
def test_hostile_names_stay_text_in_png_and_pdf(drawn: Network) -> None:
    title = b"Title\0" + HOSTILE[0].encode()
    assert title in chunks(png(drawn))[b"tEXt"]
    assert (b"/Title <" + b"\xfe\xff".hex().encode() + HOSTILE[0].encode("utf-16-be").hex().encode() + b">") in pdf(
        drawn
    )


def test_nothing_remote_is_referenced() -> None:
    picture = svg(ELMSHIRE)
    assert not REMOTE.search(picture)
    assert "<!DOCTYPE" not in picture


def test_drawing_says_nothing_on_standard_error_but_what_matters(capfd: pytest.CaptureFixture[str]) -> None:
    svg(ELMSHIRE)
    assert capfd.readouterr().err == ""
    with _quiet():
        os.write(2, b"Fontconfig warning: a font setting\nError: the disk is full\n")
    assert capfd.readouterr().err == "Error: the disk is full\n"


def test_without_pygraphviz_one_line_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pygraphviz", None)
    for draw in (svg, png, pdf):
        with pytest.raises(MissingLibrary, match=r"pip install pygraphviz") as caught:
            draw(ELMSHIRE)
        assert "\n" not in str(caught.value)


def test_a_body_with_a_very_long_name_is_drawn_whole() -> None:
    name = "Multiagencysafeguardinghubsteeringandimplementationgroup " * 4
    drawn = replace(ELMSHIRE, nodes=(*NODES, Node("long", name, "group", notes=(name,))))
    said = "".join(texts(svg(drawn))).replace(" ", "")
    assert name.replace(" ", "") in said
