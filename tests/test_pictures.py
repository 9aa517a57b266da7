"""A picture's boxes and lines are exactly the rows of stored queries, whichever file it is written to."""

import re
import shutil
import sys
from collections import Counter
from collections.abc import Callable
from functools import partial
from itertools import combinations
from pathlib import Path

import pytest

from goldenthread.graph import pictures, places
from goldenthread.graph.pictures.bodies import boxes
from goldenthread.graph.pictures.looks import box_styles
from goldenthread.graph.plans import Plans, open_plans
from goldenthread.graph.printing import CAVEAT
from goldenthread.graph.version import VERSION
from goldenthread.viz.network import Edge, Moment, Network, Node, Style
from tests.conftest import ELMSHIRE, Run
from tests.networks import titles, unpacked

PLANS = ("norfolk-2014", "norfolk-2016", "norfolk-2020", "nottingham-2014", "nottingham-2016")
PAIRS = (("norfolk-2014", "norfolk-2016"), ("norfolk-2016", "norfolk-2020"), ("nottingham-2014", "nottingham-2016"))
PIQAG = "https://w3id.org/goldenthread/id/norfolk/body/piqag"
Lines = Counter[tuple[str, str]]
Drawn = tuple[set[str], Lines]
Row = dict[str, str]


# what the stored queries answer


def rows(plans: Plans, query: str, **given: str | list[str] | None) -> list[Row]:
    answer = plans.rows(query, **given)
    return [dict(zip(answer.columns, ("" if value is None else str(value) for value in row), strict=True))
            for row in answer.rows]  # fmt: skip


def of_structure(plans: Plans, plan: str, day: str | None = None) -> Drawn:
    """Return the boxes, with whatever a line leads to, and the lines: rows that say the same of the same two are one."""
    found = rows(plans, "structure", plan=plan, day=day)
    said = {
        tuple(row[one] for one in ("from", "to", "relation", "basis", "accountability", "since", "until"))
        for row in found
    }
    named = {row["body"] for row in rows(plans, "structure-bodies", plan=plan, day=day)}
    return named | {row[end] for row in found for end in ("from", "to")}, Counter((one[0], one[1]) for one in said)


def of_chain(plans: Plans, start: str, plan: str) -> Drawn:
    """Follow the one-hop query by hand: from an action to its lead and group, then along standing reporting lines."""
    boxes, lines, reached = {start}, Lines(), [start]
    for at in reached:
        for row in rows(plans, "steps-on-any-day", at=at, plan=plan):
            if row["step"] == "line" or (row["step"] == "start" and "/body/" not in at):
                lines[at, row["next"]] = 1
                if row["next"] not in boxes:
                    boxes.add(row["next"])
                    reached.append(row["next"])
    return boxes, lines


def of_overlaps(plans: Plans, plan: str | None = None) -> Drawn:
    """The boards of a partnership on each topic, if two of them are not one board in two of its plans."""
    areas = {row["plan"]: row["partnership"] for row in rows(plans, "plans")}
    having = [row for row in rows(plans, "board-by-topic", plan=plan) if row["topic"] and row["items"] not in ("", "0")]
    nscb, nscp = (f"https://w3id.org/goldenthread/id/norfolk/body/{key}" for key in ("nscb", "nscp"))
    shared = {
        (areas[one["plan"]], one["topic"])
        for one, other in combinations(having, 2)
        if areas[one["plan"]] == areas[other["plan"]]
        and one["topic"] == other["topic"]
        and one["board_iri"] != other["board_iri"]
        and {one["board_iri"], other["board_iri"]} != {nscb, nscp}
    }
    lines = Lines(
        {
            (f"{row['board_iri']}#{area}", f"https://w3id.org/goldenthread/ontology/topic/{row['topic']}#{area}"): 1
            for row in having
            for area in [areas[row["plan"]]]
            if (area, row["topic"]) in shared
        }
    )
    return {end for line in lines for end in line}, lines


def of_changes(plans: Plans, earlier: str, later: str) -> Drawn:
    boxes, lines = set(), Lines()
    for row in rows(plans, "changes-drawn", earlier=earlier, later=later, about=["group", "priority", "action"]):
        ends = [f"{row[f'{side}_thing']}#{plan}" for side, plan in (("earlier", earlier), ("later", later))
                if row[f"{side}_thing"]]  # fmt: skip
        boxes |= set(ends)
        if len(ends) == 2:
            lines[ends[0], ends[1]] += 1
    return boxes, lines


def of_learning(plans: Plans, plan: str | None = None, review: str | None = None) -> Drawn:
    taught = rows(plans, "learnt-from", plan=plan, wanted=review)
    taken = [row for row in rows(plans, "learning-threads", plan=plan, wanted=review) if row["item"]]
    items = {row["item"] for row in taken}
    related = [row for row in rows(plans, "relations", plan=plan) if row["relation"] in ("leads", "enables")]
    lines = Counter((row["from"], row["entry"]) for row in taught)
    lines += Counter((row["entry"], row["item"]) for row in taken)
    lines += Counter((row["from"], row["to"]) for row in related if row["from"] in items)
    lines += Counter(
        (row["item"], row["thing"]) for row in rows(plans, "owners-of-actions", plan=plan) if row["item"] in items
    )
    return {end for line in lines for end in line}, lines


def of_timeline(plans: Plans, plan: str) -> Drawn:
    return {row["action"] for row in rows(plans, "actions", plan=plan)}, Lines()


def of_load(plans: Plans, plan: str) -> Drawn:
    lines = Lines({(f"{plan} section {row['section']}", f"{row['thing']}#{row['role']}"): 1
                   for row in rows(plans, "load-by-section", plan=plan)})  # fmt: skip
    return {end for line in lines for end in line}, lines


Draw = Callable[[Plans], Network]
Answer = Callable[[Plans], Drawn]
CASE_AF = "https://w3id.org/goldenthread/id/norfolk/review/case-af"
AUDIT = "https://w3id.org/goldenthread/id/norfolk-2016/action/2.3"
PICTURES: dict[str, tuple[Draw, Answer]] = {
    "chain of a body": (partial(pictures.chain, name="PIQAG", plan="norfolk-2014"), partial(of_chain, start=PIQAG, plan="norfolk-2014")),
    "chain of an action": (partial(pictures.chain, name="norfolk-2016 2.3"), partial(of_chain, start=AUDIT, plan="norfolk-2016")),
    "overlaps": (pictures.overlaps, of_overlaps),
    "overlaps norfolk-2016": (partial(pictures.overlaps, plan="norfolk-2016"), partial(of_overlaps, plan="norfolk-2016")),
    "learning of a review": (partial(pictures.learning, review="Case AF"), partial(of_learning, review=CASE_AF)),
}  # fmt: skip
for key in PLANS:
    PICTURES[f"structure {key}"] = partial(pictures.structure, plan=key), partial(of_structure, plan=key)
    PICTURES[f"learning {key}"] = partial(pictures.learning, plan=key), partial(of_learning, plan=key)
    PICTURES[f"timeline {key}"] = partial(pictures.timeline, plan=key), partial(of_timeline, plan=key)
    if key != "norfolk-2020":  # it names neither leads nor groups
        PICTURES[f"load {key}"] = partial(pictures.load, plan=key), partial(of_load, plan=key)
for one, other in PAIRS:
    PICTURES[f"changes {one} {other}"] = (
        partial(pictures.changes, earlier=one, later=other),
        partial(of_changes, earlier=one, later=other),
    )
READ_BACK = (*(f"structure {key}" for key in PLANS), "chain of an action", "overlaps norfolk-2016",
             "changes norfolk-2014 norfolk-2016", "learning of a review", "timeline nottingham-2016", "load norfolk-2016")  # fmt: skip


@pytest.fixture(scope="session")
def drawn(builtin: Plans) -> Callable[[str], Network]:
    """Each picture, drawn once."""
    kept: dict[str, Network] = {}

    def draw(name: str) -> Network:
        if name not in kept:
            kept[name] = PICTURES[name][0](builtin)
        return kept[name]

    return draw


Drawing = Callable[[str], Network]


# what a picture holds


def held(network: Network) -> Drawn:
    return {node.id for node in network.nodes}, Counter((edge.source, edge.target) for edge in network.edges)


def read_svg(content: bytes) -> Drawn:
    boxes, lines = (titles(content.decode(), kind) for kind in ("node", "edge"))
    return set(boxes), Counter((title.split("->")[0], title.split("->")[1]) for title in lines)


def read_mermaid(text: str) -> Drawn:
    ids = dict(re.findall(r"^  %% (n\d+) is (.*)$", text, re.M))
    boxes = set(re.findall(r"^  (n\d+)[\[(]", text, re.M))
    assert boxes <= set(ids)
    lines = re.findall(r'^  (n\d+) [-=]\S*>\|"[^"]*"\| (n\d+)$', text, re.M)
    return {ids[box] for box in boxes}, Counter((ids[source], ids[target]) for source, target in lines)


def read_page(text: str) -> list[Drawn]:
    data = re.findall(r'<script type="application/json"[^>]*>(.*?)</script>', text, re.S)[0]
    return [({node["id"] for node in one["nodes"]}, Counter((edge["from"], edge["to"]) for edge in one["edges"]))
            for one in unpacked(data)]  # fmt: skip


def box(network: Network, label: str) -> Node:
    (found,) = [node for node in network.nodes if node.label.startswith(label)]
    return found


def line(network: Network, source: str, target: str, kind: str) -> Edge:
    names = {node.id: node.label for node in network.nodes}
    (found,) = [edge for edge in network.edges if edge.kind == kind
                and names[edge.source].startswith(source) and names[edge.target].startswith(target)]  # fmt: skip
    return found


def told(one: Node | Edge, label: str) -> list[str]:
    return [value for name, value in one.detail if name == label]


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_is_exactly_the_rows_of_its_queries(name: str, builtin: Plans, drawn: Drawing) -> None:
    boxes, lines = PICTURES[name][1](builtin)
    assert boxes
    assert held(drawn(name)) == (boxes, lines)


@pytest.mark.parametrize("name", READ_BACK)
def test_every_file_holds_the_rows_of_the_queries(name: str, builtin: Plans, drawn: Drawing) -> None:
    pytest.importorskip("pygraphviz")
    from goldenthread.viz.written import written

    network, answer = drawn(name), PICTURES[name][1](builtin)
    assert read_svg(written(network, ".svg")) == answer
    assert read_mermaid(written(network, ".mmd").decode()) == answer
    assert read_page(written(network, ".html").decode()) == [answer]


def test_a_page_of_all_plans_and_dates_holds_each_moment(run: Run, builtin: Plans, tmp_path: Path) -> None:
    assert run("draw", "structure", "-o", tmp_path / "all.html").exit_code == 0
    days = ((None, PLANS[0]), (None, PLANS[1]), ("2020-01-01", PLANS[2]), ("2020-06-01", PLANS[2]),
            ("2020-07-01", PLANS[2]), (None, PLANS[3]), (None, PLANS[4]))  # fmt: skip
    expected = [of_structure(builtin, plan, day) for day, plan in days]
    assert read_page((tmp_path / "all.html").read_text(encoding="utf-8")) == expected


# what every picture says of itself


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_says_plan_period_source_version_and_how_far_to_trust_it(
    name: str, builtin: Plans, drawn: Drawing
) -> None:
    caption = drawn(name).caption
    assert caption[-2:] == (CAVEAT, f"goldenthread {VERSION}")
    about = [row for row in rows(builtin, "plans") if any(said.startswith(f"{row['plan']}: ") for said in caption)]
    assert about
    for row in about:
        assert any(row["title"] in said for said in caption)
        assert any(f"source: {row['document']}" in said for said in caption)
    assert not any("invented" in said for said in caption)


def test_a_picture_of_invented_data_says_so(elmshire: Plans) -> None:
    for network in (pictures.structure(elmshire), pictures.load(elmshire), pictures.chain(elmshire, "Quality Group")):
        assert network.caption[0].endswith("(invented data), version 2")
        assert "the data are invented (synthetic) and tell nothing of any real board" in network.caption


@pytest.mark.parametrize("name", PICTURES)
def test_every_look_is_one_of_the_ontology(name: str, builtin: Plans, drawn: Drawing) -> None:
    network = drawn(name)
    schemes = ("change", "follow", "comparison") if name.startswith("changes") else ("relation", "picture")
    for used, styles, known in (
        ({node.kind for node in network.nodes}, network.node_styles, ("body", "picture")),
        ({edge.kind for edge in network.edges}, network.edge_styles, schemes),
    ):
        concepts = {row["notation"]: row for scheme in known for row in builtin.concepts(scheme)}
        assert set(styles) == used
        for kind, style in styles.items():
            assert (style.label, style.stroke) == (concepts[kind]["label"], concepts[kind]["stroke"] or "solid")


@pytest.mark.parametrize("name", [name for name in PICTURES if not name.startswith("timeline")])
def test_every_line_says_where_it_says_so(name: str, drawn: Drawing) -> None:
    for edge in drawn(name).edges:
        assert any(".txt" in value for value in told(edge, "where it says so")), edge


def test_boxes_lead_to_their_pages(builtin: Plans) -> None:
    network = pictures.structure(
        builtin, plan="norfolk-2016", page_of=lambda iri: f"../bodies/{iri.rpartition('/')[2]}.html"
    )
    assert box(network, "Leadership Group").page == "../bodies/leadership-group.html"
    assert {node.page for node in pictures.structure(builtin, plan="norfolk-2016").nodes} == {""}


# structure


@pytest.mark.parametrize("plan", PLANS)
def test_only_a_reporting_line_or_a_part_puts_one_below_another(plan: str, drawn: Drawing) -> None:
    for edge in drawn(f"structure {plan}").edges:
        assert edge.places == (edge.kind == "part-of"), edge
        assert not edge.upward or edge.kind in ("reports-to", "reports-headlines-to"), edge


@pytest.mark.parametrize("plan", PLANS)
def test_a_forum_stands_beside_the_boards_that_it_brings_together(plan: str, drawn: Drawing) -> None:
    network = drawn(f"structure {plan}")
    forums = {node.id for node in network.nodes if node.kind == "forum"}
    assert not [edge for edge in network.edges if (edge.upward or edge.places) and {edge.source, edge.target} & forums]


def test_the_public_protection_forum_coordinates_twelve_boards_and_stands_above_none(drawn: Drawing) -> None:
    network = drawn("structure norfolk-2016")
    forum = box(network, "Norfolk Public Protection Forum")
    lines = [edge for edge in network.edges if edge.kind == "coordinates" and edge.source == forum.id]
    assert len(lines) == 12
    assert forum.id not in network.tops
    assert not forum.unknown


@pytest.mark.parametrize("plan", PLANS)
def test_only_bodies_that_should_report_and_do_not_are_marked(plan: str, builtin: Plans, drawn: Drawing) -> None:
    expected = {row["notation"] for row in builtin.concepts("body") if row["expected_to_report"] == "true"}
    reporting = {row["from"] for row in rows(builtin, "structure", plan=plan) if row["accountability"] == "standing"}
    for node in drawn(f"structure {plan}").nodes:
        assert node.unknown == (node.kind in expected and node.id not in reporting), node.label


@pytest.mark.parametrize(
    ("plan", "tops"),
    [
        ("norfolk-2014", ["Norfolk Safeguarding Children Board (NSCB)"]),
        ("norfolk-2016", ["Norfolk Safeguarding Children Board (NSCB)"]),
        ("norfolk-2020", ["Norfolk Safeguarding Children Partnership (NSCP)"]),
        ("nottingham-2014", ["Nottingham City Adult Safeguarding Partnership Board (NCASPB)",
                             "Nottingham City Safeguarding Children Board (NCSCB)"]),
        ("nottingham-2016", ["Nottingham City Safeguarding Children Board (NCSCB)"]),
    ],
)  # fmt: skip
def test_the_plans_own_boards_stand_at_the_top(plan: str, tops: list[str], drawn: Drawing) -> None:
    network = drawn(f"structure {plan}")
    assert [node.label for node in network.nodes if node.id in network.tops] == tops


@pytest.mark.parametrize("plan", PLANS)
def test_a_reading_is_marked_and_says_why(plan: str, builtin: Plans, drawn: Drawing) -> None:
    read = Counter((row["from"], row["to"], row["relation"]) for row in rows(builtin, "structure", plan=plan)
                   if row["basis"] == "inferred")  # fmt: skip
    inferred = [edge for edge in drawn(f"structure {plan}").edges if edge.inferred]
    weighed: Counter[tuple[str, str, str]] = Counter()
    for edge in inferred:
        weighed[edge.source, edge.target, edge.kind] += edge.weight
    assert weighed == read
    assert all(told(edge, "our reading") for edge in inferred)


def test_who_chairs_stands_on_the_box_without_the_boards_own_name(drawn: Drawing) -> None:
    network = drawn("structure norfolk-2016")
    assert box(network, "Norfolk Safeguarding Children Board").notes[0] == "chair: Independent Chair"
    assert box(network, "Domestic Abuse and Sexual Violence Board").notes == ("chair: Director of Public Health",)
    assert box(network, "Health and Wellbeing Board").notes == ()  # its chair is only "Chair of the Health and ..."


def test_posts_follow_the_chair_and_are_cut_short(drawn: Drawing) -> None:
    notes = box(drawn("structure norfolk-2016"), "Norfolk Safeguarding Children Board").notes
    assert notes == ("chair: Independent Chair", "post: Business Manager", "and 3 more")


@pytest.mark.parametrize("plan", PLANS)
def test_a_chair_or_post_that_we_read_says_so_on_its_box_and_why_on_its_card(
    builtin: Plans, drawn: Drawing, plan: str
) -> None:
    network = drawn(f"structure {plan}")
    cards: Counter[tuple[str, str]] = Counter()
    for row in rows(builtin, "posts-and-work", plan=plan):
        if row["relation"] in ("chaired-by", "post-in"):
            (body,) = (node for node in network.nodes if node.id == row["body"])
            (card,) = told(body, "chair" if row["relation"] == "chaired-by" else "posts")
            assert (f"our reading: {row['reason']})" in card) if row["basis"] == "inferred" else row["other"] in card
            cards[row["body"], row["basis"]] += 1
    read = {node.id: sum("our reading)" in note for note in node.notes) for node in network.nodes}
    assert {body: number for body, number in read.items() if number} == {
        body: number for (body, basis), number in cards.items() if basis == "inferred"
    }


def test_the_chairs_that_we_read_are_these(builtin: Plans, drawn: Drawing) -> None:
    marked = [
        note
        for plan in PLANS
        for node in drawn(f"structure {plan}").nodes
        for note in node.notes
        if "our reading" in note
    ]
    assert sorted(marked) == [
        "chair: Children's Services Director Quality & Performance (our reading)",
        "chair: Director of Children's Social Care (since 2020-06, our reading)",
        "chair: Director of Community & Partnership (our reading)",
        "chair: Director of Community & Partnership (until 2020-06, our reading)",
        "chair: Independent Chair (our reading)",
        "chair: Independent Chair (our reading)",
        "chair: named person 3 (our reading)",
        "chair: named person 48, post not stated (our reading)",
        "post: Board Service Manager (our reading)",
    ]
    exploitation = box(drawn("structure norfolk-2020"), "Vulnerable Adolescent Group")
    (chairs,) = told(exploitation, "chair")
    assert chairs.splitlines()[0] == (
        "Director of Children's Social Care (since 2020-06, our reading: the action hands the chair over, "
        "target June 2020, that it was done is not said)"
    )


def test_a_chair_that_a_plan_states_is_not_our_reading_too(tmp_path: Path) -> None:
    copied = Path(shutil.copytree(ELMSHIRE, tmp_path / "elmshire"))
    table = copied / "2021" / "relations.csv"
    text = table.read_text(encoding="utf-8")
    stated = "steering,chaired-by,esb-chair,,,,,,,5,\n"
    read = "steering,chaired-by,esb-chair,,as read,,,inferred,named beside it,6,\n"
    assert stated in text
    for both in (read + stated, stated + read):
        table.write_text(text.replace(stated, both), encoding="utf-8")
        steering = box(pictures.structure(open_plans(copied)), "Steering Group")
        assert [("our reading" in chair) for chair in told(steering, "chair")] == [False]
    table.write_text(text.replace(stated, read), encoding="utf-8")
    (chair,) = told(box(pictures.structure(open_plans(copied)), "Steering Group"), "chair")
    assert chair.endswith(" (our reading: named beside it)")


def test_a_card_marks_the_actions_and_priorities_that_we_read_as_a_bodys_own(drawn: Drawing) -> None:
    board = box(drawn("structure norfolk-2014"), "CPG")
    (actions,) = told(board, "enables actions (5)")
    assert [line.split()[0] for line in actions.splitlines() if line.endswith(" (our reading)")] == ["2.2", "3.2"]
    analysts = box(drawn("structure norfolk-2020"), "Strategic Safeguarding Analysis Group")
    assert told(analysts, "owns priorities (1)") == ["Data & Intelligence (our reading)"]


def test_a_reporting_route_says_how_many_of_its_steps_are_our_reading(drawn: Drawing) -> None:
    piqag = "Performance, Improvement and Quality Assurance Group"
    assert told(box(drawn("structure norfolk-2014"), "VCG"), "reporting route") == [
        f"VCG → {piqag} → Leadership Group → not stated in norfolk-2014 (our reading in 1 of 2 steps)",
        f"VCG → {piqag} → Norfolk Safeguarding Children Board (our reading in 1 of 2 steps)",
    ]
    assert told(box(drawn("structure norfolk-2020"), "Vulnerable Adolescent Group"), "reporting route") == [
        "Vulnerable Adolescent Group → The three safeguarding partners (our reading)"
    ]


def test_a_card_tells_the_reporting_route_to_where_the_plan_is_silent(drawn: Drawing) -> None:
    csa = box(drawn("structure norfolk-2016"), "CSA Sub-Group")
    assert told(csa, "reporting route") == [
        "CSA Sub-Group → Performance, Improvement and Quality Assurance Group → Leadership Group → not stated in norfolk-2016"
    ]
    piqag = box(drawn("structure norfolk-2014"), "Performance, Improvement")
    assert told(piqag, "reporting route") == [
        "Performance, Improvement and Quality Assurance Group → Leadership Group → not stated in norfolk-2014",
        "Performance, Improvement and Quality Assurance Group → Norfolk Safeguarding Children Board",
    ]
    leaders = box(drawn("structure norfolk-2014"), "Leadership Group")
    assert told(leaders, "reporting route") == ["not stated in norfolk-2014"]


def test_a_route_that_comes_back_to_itself_ends_there(elmshire: Plans) -> None:
    mirror = box(pictures.structure(elmshire), "Mirror Group")
    assert told(mirror, "reporting route") == ["Mirror Group → Round Table → back to Mirror Group"]


def test_a_very_long_route_is_cut(elmshire: Plans) -> None:
    bodies = [f"body {number}" for number in range(3000)]
    found = [
        {"body": one, "name": one, "abbreviation": "", "kind": "board", "document": "", "line": ""} for one in bodies
    ]
    ring = [
        Edge(one, other, "reports-to", upward=True) for one, other in zip(bodies, [*bodies[1:], bodies[0]], strict=True)
    ]
    (first, *_) = boxes(elmshire, "elmshire-2021", found, ring, {})
    assert told(first, "reporting route") == [" → ".join([*bodies[:13], "and further up"])]


def test_a_card_lists_the_first_actions_and_says_how_many_more(drawn: Drawing) -> None:
    (cases,) = told(box(drawn("structure norfolk-2016"), "Serious Case Review Group"), "enables actions (7)")
    assert [line.split()[0] for line in cases.splitlines()[:-1]] == ["4.1", "4.2", "4.3", "4.4", "4.6", "4.7"]
    assert cases.startswith("4.1 Promote learning from SCRs")
    assert cases.endswith("\nand 1 more")


def test_a_card_names_the_boards_priorities(drawn: Drawing) -> None:
    board = box(drawn("structure norfolk-2014"), "Norfolk Safeguarding Children Board")
    assert told(board, "strategic priority (3)") == ["Sexual abuse of children\nChild sexual exploitation\nNeglect"]


def test_a_line_says_its_detail_and_where(drawn: Drawing) -> None:
    edge = line(drawn("structure norfolk-2014"), "Performance", "Leadership Group", "reports-headlines-to")
    assert edge.upward
    assert edge.detail == (
        ("where it says so",
         "norfolk-2014-2016.txt line 48 (under “Introduction”; search for “subgroup is responsible for ensuring”)"),
    )  # fmt: skip


def labels(moments: tuple[Moment, ...]) -> list[str]:
    return [moment.label for moment in moments]


def test_moments_are_every_plan_and_every_day_on_which_a_line_begins_or_ends(builtin: Plans) -> None:
    assert labels(pictures.structures(builtin)) == [
        "2014 to 2016: norfolk-2014",
        "2016 to 2018: norfolk-2016",
        "2020, before June 2020: norfolk-2020",
        "from June 2020: norfolk-2020",
        "after June 2020: norfolk-2020",
        "2014 to 2015: nottingham-2014",
        "2016 to 2018: nottingham-2016",
    ]
    assert labels(pictures.structures(builtin, day="2016-06-01")) == [
        "on 1 June 2016: norfolk-2014", "on 1 June 2016: norfolk-2016", "on 1 June 2016: nottingham-2016",
    ]  # fmt: skip


def test_a_group_that_moves_is_part_of_the_one_then_of_both_then_of_the_other(builtin: Plans) -> None:
    moments = [moment.network for moment in pictures.structures(builtin, plan="norfolk-2020")]
    wholes = []
    for network in moments:
        group = box(network, "Vulnerable Adolescent Group")
        names = {node.id: node.label for node in network.nodes}
        wholes.append(
            {names[edge.target] for edge in network.edges if edge.source == group.id and edge.kind == "part-of"}
        )
    old = "Children & Young People's Strategic Partnership (CYPSP)"
    new = "Norfolk Safeguarding Children Partnership (NSCP)"
    assert [(old in whole, new in whole) for whole in wholes] == [(True, False), (True, True), (False, True)]


def test_who_chairs_is_who_chairs_on_that_day(builtin: Plans) -> None:
    before, _, after = (box(moment.network, "Vulnerable Adolescent Group")
                        for moment in pictures.structures(builtin, plan="norfolk-2020"))  # fmt: skip
    old, new = (
        "chair: Director of Community & Partnership (until 2020-06, our reading)",
        "chair: Director of Children's Social Care (since 2020-06, our reading)",
    )
    assert (old in before.notes, new in before.notes) == (True, False)
    assert (old in after.notes, new in after.notes) == (False, True)


def test_a_line_that_ends_is_there_until_then(elmshire: Plans) -> None:
    first, second = (moment.network for moment in pictures.structures(elmshire))
    assert told(line(first, "Training Sub-Group", "Steering Group", "reports-to"), "until") == ["2021-09"]
    names = {node.id: node.label for node in second.nodes}
    assert not [edge for edge in second.edges
                if (names[edge.source], names[edge.target]) == ("Training Sub-Group", "Steering Group")]  # fmt: skip


def test_depth_leaves_out_what_stands_further_down_and_says_so(builtin: Plans) -> None:
    whole = pictures.structure(builtin, plan="norfolk-2016")
    upper = pictures.structure(builtin, plan="norfolk-2016", depth=1)
    below = {node.label.partition(" (")[0] for node in whole.nodes} - {
        node.label.partition(" (")[0] for node in upper.nodes
    }
    assert below == {
        "CAP review group", "CSA Sub-Group", "District Councils Advisory Group", "Early Years Advisory Group",
        "Education Advisory Group", "Health Advisory Group", "Neglect Steering Group",
        "Performance, Improvement and Quality Assurance Group", "Serious Case Review Group", "WFDG QA sub-group",
        "Workforce Development Group",
    }  # fmt: skip
    assert "drawn to depth 1: 11 bodies further down not shown" in upper.caption
    assert box(upper, "Leadership Group").unknown


def test_a_structure_belongs_to_one_plan(builtin: Plans) -> None:
    with pytest.raises(ValueError, match=r"choose one with --plan: norfolk-2014, norfolk-2016, nottingham-2016$"):
        pictures.structure(builtin, day="2016-06-01")


# chain


def test_the_ends_of_a_route_are_marked_where_the_plan_is_silent(drawn: Drawing) -> None:
    network = drawn("chain of an action")
    assert {node.label: node.unknown for node in network.nodes} == {
        "2.3 Undertake a scoping audit of HSB provision and responses in Norfolk": False,
        "CSA Sub-Group": False,
        "Performance, Improvement and Quality Assurance Group": False,
        "Leadership Group": True,
        "named person 5, post not stated": True,
    }
    assert {edge.kind: (edge.upward, edge.places, edge.inferred) for edge in network.edges} == {
        "enables": (False, True, True),
        "leads": (False, True, False),
        "reports-to": (True, False, False),
        "reports-headlines-to": (True, False, False),
    }


def test_a_board_at_the_end_of_a_route_is_the_top_and_no_gap(drawn: Drawing) -> None:
    network = drawn("chain of a body")
    assert {node.label: node.unknown for node in network.nodes} == {
        "Performance, Improvement and Quality Assurance Group": False,
        "Leadership Group": True,
        "Norfolk Safeguarding Children Board": False,
    }


def test_a_body_without_any_route_is_one_marked_box(builtin: Plans) -> None:
    network = pictures.chain(builtin, "Leadership Group", plan="norfolk-2014")
    assert [(node.label, node.unknown) for node in network.nodes] == [("Leadership Group", True)]
    assert network.edges == ()


def test_depth_is_the_number_of_steps(builtin: Plans) -> None:
    network = pictures.chain(builtin, "norfolk-2016 2.3", depth=1)
    assert {edge.kind for edge in network.edges} == {"leads", "enables"}
    assert not box(network, "CSA Sub-Group").unknown
    assert box(network, "named person 5").unknown
    assert "drawn to depth 1: longer routes are cut" in network.caption


def test_routes_of_several_plans_are_moments(builtin: Plans) -> None:
    assert labels(pictures.chains(builtin, "PIQAG")) == ["2014 to 2016: norfolk-2014", "2016 to 2018: norfolk-2016"]
    with pytest.raises(ValueError, match=r"choose one with --plan: norfolk-2014, norfolk-2016$"):
        pictures.chain(builtin, "PIQAG")


# overlaps


def test_a_board_and_the_one_that_took_its_place_do_not_overlap(builtin: Plans, drawn: Drawing) -> None:
    having = {
        row["board"] for row in rows(builtin, "board-by-topic") if row["topic"] == "neglect" and row["items"] != "0"
    }
    assert having == {"Norfolk Safeguarding Children Board", "Norfolk Safeguarding Children Partnership"}
    assert "Neglect" not in {node.label for node in drawn("overlaps").nodes}


def test_boards_of_different_partnerships_do_not_overlap(drawn: Drawing) -> None:
    network = drawn("overlaps")
    assert network.lanes == ("Norfolk", "Nottingham City safeguarding boards")
    lane = {node.id: node.lane for node in network.nodes}
    assert {lane[edge.source] - lane[edge.target] for edge in network.edges} == {0}
    assert [node.lane for node in network.nodes if node.label == "Audit and quality assurance"] == [1]
    assert drawn("overlaps norfolk-2016").lanes == ()


def test_a_line_counts_the_entries_plan_by_plan(drawn: Drawing) -> None:
    early = line(drawn("overlaps"), "Norfolk Safeguarding Children Board", "Early help", "claims")
    assert early.weight == 6
    assert told(early, "norfolk-2014") == ["2 entries, in its own plan"]
    assert told(early, "norfolk-2016") == ["4 entries, in its own plan"]
    forum = line(drawn("overlaps"), "Norfolk Public Protection Forum", "Early help", "claims")
    assert told(forum, "norfolk-2016") == ["1 entry, priorities that this plan gives it"]


def test_boards_of_a_joint_plan_are_said_to_share_its_rows(drawn: Drawing) -> None:
    edge = line(drawn("overlaps"), "Nottingham City Adult", "Adults at risk", "claims")
    assert told(edge, "joint plan") == [
        "Nottingham City Adult Safeguarding Partnership Board and Nottingham City Safeguarding Children Board share all "
        "rows of nottingham-2014"
    ]


def test_boards_without_a_plan_are_not_taken_for_boards_without_work(drawn: Drawing) -> None:
    assert (
        "10 boards that the plans only name cannot be compared: no plan of theirs is loaded"
        in drawn("overlaps norfolk-2016").caption
    )


@pytest.mark.parametrize("topics", [["early-help"], ["Early help and prevention"]])
def test_a_topic_narrows_by_label_or_short_name(builtin: Plans, topics: list[str]) -> None:
    network = pictures.overlaps(builtin, plan="norfolk-2016", topics=topics)
    assert {node.label for node in network.nodes} == {
        "Norfolk Public Protection Forum", "Norfolk Safeguarding Children Board", "Early help and prevention",
    }  # fmt: skip


def test_nothing_shared_is_nothing_to_draw(builtin: Plans) -> None:
    with pytest.raises(pictures.NothingToDraw, match=r"^no topic is shared by two boards"):
        pictures.overlaps(builtin, plan="norfolk-2014")


# changes


def test_a_group_that_moved_is_joined_to_itself_and_to_where_it_now_reports(drawn: Drawing) -> None:
    network = drawn("changes norfolk-2014 norfolk-2016")
    edge = line(network, "Child Sexual Exploitation subgroup", "Child Sexual Exploitation subgroup", "moved")
    assert told(edge, "where it says so") == ["norfolk-2016-2018.txt line 125"]
    assert line(network, "Child Sexual Exploitation subgroup", "Children & Young People", "moved")
    assert not edge.inferred


def test_what_one_plan_only_names_stands_alone_and_says_so(drawn: Drawing) -> None:
    network = drawn("changes norfolk-2014 norfolk-2016")
    joined = {end for edge in network.edges for end in (edge.source, edge.target)}
    shadow = box(network, "Shadow Board")
    assert (shadow.column, shadow.notes, shadow.id in joined) == (0, ("no longer named",), False)
    steering = box(network, "Neglect Steering Group")
    assert (steering.column, steering.notes, steering.id in joined) == (1, ("first named",), False)
    for node in network.nodes:
        assert node.id in joined or node.notes, node.label


def test_a_priority_kept_is_joined_with_its_evidence(drawn: Drawing) -> None:
    kept = line(drawn("changes norfolk-2014 norfolk-2016"), "Neglect", "Neglect", "kept")
    assert told(kept, "kept") == ["neglect is kept as a priority"]


def test_a_change_that_is_only_planned_belongs_to_the_plan_that_says_so(drawn: Drawing) -> None:
    network = drawn("changes norfolk-2014 norfolk-2016")
    planned = [node for node in network.nodes if "planned change" in node.notes]
    assert {node.label for node in planned} >= {
        "CAP review group",
        "Performance, Improvement and Quality Assurance Group",
    }
    assert {node.column for node in planned} == {1}


def test_what_the_later_plan_does_not_cover_is_said(drawn: Drawing) -> None:
    caption = " ".join(drawn("changes nottingham-2014 nottingham-2016").caption)
    assert "nottingham-2016 covers people: children. What concerns adults only is outside its scope" in caption


def test_other_things_are_drawn_when_they_are_asked_for(builtin: Plans) -> None:
    network = pictures.changes(builtin, *PAIRS[0], about=("document",))
    assert {node.kind for node in network.nodes} == {"document"}
    assert network.lanes == ("Documents",)


# learning


@pytest.mark.parametrize("plan", PLANS)
def test_learning_without_action_is_marked_as_the_gap_query_finds_it(plan: str, builtin: Plans, drawn: Drawing) -> None:
    marked = {node.id for node in drawn(f"learning {plan}").nodes if node.unknown and node.kind == "learning"}
    from_reviews = {row["entry"] for row in rows(builtin, "learnt-from", plan=plan)}
    assert marked == {row["thing"] for row in rows(builtin, "learning-without-action", plan=plan)} & from_reviews
    assert marked


def test_whoever_owns_the_priority_answers_where_the_form_asks_for_no_lead(drawn: Drawing) -> None:
    network = drawn("learning of a review")
    edge = line(network, "4.2 SCR roadshow", "NSCP Partnership Group", "owned-above")
    assert told(edge, "line") == [
        "4.2 SCR roadshow on Case AF serves Trauma Informed Leadership & Practice, which is owned by NSCP Partnership Group"
    ]
    assert "the form of norfolk-2020 has no field for leads" in network.caption
    assert not [node for node in network.nodes if node.unknown]


def test_an_action_without_lead_is_marked_where_the_form_asks_for_one(elmshire: Plans) -> None:
    network = pictures.learning(elmshire)
    absent = {
        row["action"]
        for row in rows(elmshire, "actions")
        if row["lead_absence"] in ("blank", "placeholder") and not row["groups"]
    }
    actions = {node.id: node.unknown for node in network.nodes if node.kind == "action"}
    assert {iri for iri, unknown in actions.items() if unknown} == absent & set(actions)


# timeline


def test_an_action_stands_where_its_date_ends_and_its_group_works(drawn: Drawing) -> None:
    network = drawn("timeline norfolk-2016")
    audit = box(network, "2.3 Undertake")
    assert (network.columns[audit.column], network.lanes[audit.lane]) == ("October to December 2017", "CSA Sub-Group")
    assert audit.notes == ("30/11/17",)


def test_an_action_of_several_groups_stands_once_and_names_them(builtin: Plans, drawn: Drawing) -> None:
    network = drawn("timeline norfolk-2016")
    several = {
        row["action"]: row["groups"] for row in rows(builtin, "actions", plan="norfolk-2016") if "; " in row["groups"]
    }
    lane = network.lanes.index("several groups")
    assert {node.id: node.notes[-1] for node in network.nodes if node.lane == lane} == several


def test_what_has_no_date_stands_apart_by_the_reason(builtin: Plans, drawn: Drawing) -> None:
    network = drawn("timeline nottingham-2014")
    assert network.columns == ("April to June 2014", "July to September 2014", "no date: left blank",
                               "no date: placeholder", "recurring")  # fmt: skip
    blank = {
        row["action"] for row in rows(builtin, "actions", plan="nottingham-2014") if row["target_absence"] == "blank"
    }
    assert {node.id for node in network.nodes if network.columns[node.column] == "no date: left blank"} == blank
    assert len(blank) == 69


def test_many_quarters_become_years(monkeypatch: pytest.MonkeyPatch, builtin: Plans) -> None:
    monkeypatch.setattr(sys.modules["goldenthread.graph.pictures.timeline"], "MOST_QUARTERS", 4)
    network = pictures.timeline(builtin, plan="norfolk-2016")
    assert network.columns == ("2017", "2018", "pending", "recurring")
    assert network.columns[box(network, "2.3 Undertake").column] == "2017"


def test_sections_are_lanes_where_the_form_has_no_groups(drawn: Drawing) -> None:
    network = drawn("timeline norfolk-2020")
    assert network.lanes == ("1 Neglect", "2 Child Exploitation", "3 Independent Scrutiny",
                             "4 Trauma Informed Leadership & Practice", "5 Data & Intelligence")  # fmt: skip
    assert "the form of norfolk-2020 has no field for groups: the lanes are its sections" in network.caption


def test_dates_that_have_passed_are_marked_on_a_day_and_only_then(builtin: Plans, drawn: Drawing) -> None:
    passed = "date passed, result not stated"
    assert not [node for node in drawn("timeline norfolk-2016").nodes if passed in node.notes]
    network = pictures.timeline(builtin, plan="norfolk-2016", day="2017-11-30")
    marked = {node.id for node in network.nodes if passed in node.notes}
    assert marked == {row["action"] for row in rows(builtin, "actions", plan="norfolk-2016")
                      if row["target_kind"] == "due" and row["latest"] < "2017-11-30"}  # fmt: skip
    assert not {AUDIT} & marked  # due on that very day


def test_a_topic_narrows_a_timeline(builtin: Plans) -> None:
    network = pictures.timeline(builtin, plan="norfolk-2016", topics=["neglect"])
    assert {node.id for node in network.nodes} == {
        row["action"] for row in rows(builtin, "actions", plan="norfolk-2016") if "neglect" in row["topics"].split("; ")
    }
    with pytest.raises(ValueError, match="there is no topic 'negligence'; they are accountability, "):
        pictures.timeline(builtin, plan="norfolk-2016", topics=["negligence"])


# load


def test_the_numbers_on_the_lines_add_up_to_each_load(builtin: Plans, drawn: Drawing) -> None:
    for plan in ("norfolk-2014", "norfolk-2016", "nottingham-2014", "nottingham-2016"):
        found: Counter[str] = Counter()
        for edge in drawn(f"load {plan}").edges:
            found[edge.target] += edge.weight
        assert found == {
            f"{row['thing']}#{row['role']}": int(row["actions"]) for row in rows(builtin, "load", plan=plan)
        }


def test_who_leads_most_says_how_many(drawn: Drawing) -> None:
    officer = box(drawn("load norfolk-2016"), "NSCB Monitoring and Evaluation Officer")
    assert (officer.column, officer.notes) == (0, ("11 actions",))
    reviews = line(drawn("load norfolk-2016"), "4 Learning from", "Serious Case Review Group", "enables")
    assert (reviews.weight, told(reviews, "line")) == (
        6,
        ["6 actions of section 4: enabled by Serious Case Review Group"],
    )


def test_a_person_is_called_by_number_with_what_is_known_below(drawn: Drawing) -> None:
    person = box(drawn("load norfolk-2016"), "named person 2")
    assert (person.label, person.notes) == (
        "named person 2", ("norfolk-2020: NSCP Business Manager by our reading", "1 action"),
    )  # fmt: skip


def test_a_plan_that_names_no_lead_has_no_picture_of_its_load(builtin: Plans) -> None:
    with pytest.raises(pictures.NothingToDraw, match="norfolk-2020 names no lead and no enabling group"):
        pictures.load(builtin, plan="norfolk-2020")
    assert labels(pictures.loads(builtin)) == [
        "2014 to 2016: norfolk-2014", "2016 to 2018: norfolk-2016",
        "2014 to 2015: nottingham-2014", "2016 to 2018: nottingham-2016",
    ]  # fmt: skip


# the command


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("structure", "-o", "x.svg"), "a structure belongs to one plan; choose one with --plan: norfolk-2014, norfolk-2016"),
        (("structure", "PIQAG", "-o", "x.svg"), "draw structure takes no name; 1 given: PIQAG"),
        (("chain", "-o", "x.svg"), "draw chain takes a NAME, such as PIQAG or 2.3; none given"),
        (("chain", "PIQAG", "-o", "x.svg"), "choose one with --plan: norfolk-2014, norfolk-2016"),
        (("chain", "PIQAC", "-o", "x.html"), "nothing here is called 'PIQAC'. Did you mean"),
        (("changes", "norfolk-2014", "-o", "x.svg"), "draw changes takes two plans, the earlier first"),
        (("changes", "norfolk-2016", "norfolk-2014", "-o", "x.svg"), "name the earlier plan first"),
        (("learning", "Case AF", "AG", "-o", "x.svg"), "draw learning takes one REVIEW or none; 2 given: Case AF AG"),
        (("learning", "-o", "x.svg"), "a picture of all learning belongs to one plan"),
        (("timeline", "-o", "x.pdf"), "a timeline belongs to one plan"),
        (("changes", "norfolk-2014", "norfolk-2016", "--plan", "norfolk-2014", "-o", "x.svg"),
         "--plan does not apply to changes; it applies to structure, chain, overlaps, learning, timeline, load"),
        (("structure", "--topic", "neglect", "-o", "x.html"), "--topic does not apply to structure; it applies to overlaps, timeline"),
        (("load", "--depth", "2", "-o", "x.html"), "--depth does not apply to load; it applies to structure, chain"),
        (("overlaps", "--topic", "boats", "-o", "x.svg"), "there is no topic 'boats'; they are"),
        (("structure", "--plan", "norfolk-2016", "-o", "x.jpg"), "cannot draw .jpg; use .html"),
        (("structure", "--plan", "norfolk-2016", "-o", "x"), "cannot draw a file without ending; use .html"),
        (("structure", "--as-of", "1999-01-01", "-o", "x.svg"), "there is no plan that covers 1999-01-01"),
    ],
)  # fmt: skip
def test_draw_refuses_in_a_sentence_and_writes_nothing(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    result = run("draw", *arguments)
    assert result.exit_code == 2
    assert said in result.stderr
    assert "Traceback" not in result.output
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("load", "--plan", "norfolk-2020", "-o", "x.svg"), "norfolk-2020 names no lead and no enabling group of its actions"),
        (("load", "--plan", "norfolk-2020", "-o", "x.html"), "norfolk-2020 names no lead and no enabling group of its actions"),
        (("overlaps", "--plan", "norfolk-2014", "-o", "x.png"), "no topic is shared by two boards of the plans that are asked"),
        (("overlaps", "--topic", "neglect", "-o", "x.mmd"), "none of these topics is shared by two boards of the plans that are asked"),
        (("timeline", "--plan", "nottingham-2016", "--topic", "covid", "-o", "x.pdf"), "nottingham-2016 has no actions on the topics that are asked"),
    ],
)  # fmt: skip
def test_nothing_to_draw_is_an_answer_and_no_file(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    result = run("draw", *arguments)
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == f"{said}: nothing to draw, and no file written\n"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("arguments", "boxes"),
    [
        (("structure",), {"Elmshire Safeguarding Board", "Quality Group", "Harbour Forum"}),
        (("chain", "North Panel"), {"North Panel", "Quality Group", "Steering Group"}),
        (("learning",), {"Case Q", "files were not read together"}),
        (("timeline",), {"Audit case files"}),
        (("load",), {"Quality Group"}),
    ],
)
def test_draw_writes_every_picture(run: Run, tmp_path: Path, arguments: tuple[str, ...], boxes: set[str]) -> None:
    target = tmp_path / "picture.mmd"
    result = run("draw", *arguments, "--data", ELMSHIRE, "-o", target)
    assert (result.exit_code, result.stderr) == (0, f"wrote {target}\n")
    text = " ".join(target.read_text(encoding="utf-8").replace("<br/>", " ").split())
    assert {name for name in boxes if name not in text} == set()


def test_a_series_has_a_slider_and_one_picture_none(run: Run, tmp_path: Path) -> None:
    assert run("draw", "chain", "PIQAG", "-o", tmp_path / "two.html").exit_code == 0
    assert run("draw", "chain", "PIQAG", "--plan", "norfolk-2014", "-o", tmp_path / "one.html").exit_code == 0
    two, one = ((tmp_path / f"{name}.html").read_text(encoding="utf-8") for name in ("two", "one"))
    assert (len(read_page(two)), len(read_page(one))) == (2, 1)
    assert ("2016 to 2018: norfolk-2016" in two, "2014 to 2016: norfolk-2014" in one) == (True, True)
    assert ('id="moment"' in two, 'id="moment"' in one) == (True, False)


def test_an_old_file_stays_whole_if_there_is_nothing_to_draw_and_that_is_said(run: Run, tmp_path: Path) -> None:
    target = tmp_path / "load.mmd"
    target.write_text("old", encoding="utf-8")
    result = run("draw", "load", "--plan", "norfolk-2020", "-o", target)
    assert result.exit_code == 0
    assert result.stderr.endswith(": nothing to draw, and no file written; load.mmd stays as it was\n")
    assert target.read_text(encoding="utf-8") == "old"
    assert [file.name for file in tmp_path.iterdir()] == ["load.mmd"]


def test_a_still_without_graphviz_says_in_a_line_what_to_install(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pygraphviz", None)
    result = run("draw", "structure", "--data", ELMSHIRE, "-o", tmp_path / "x.svg")
    assert result.exit_code == 2
    assert "pip install pygraphviz" in result.stderr
    assert result.stderr.count("\n") == 1


def test_a_kind_that_the_ontology_does_not_know_is_drawn_plainly(elmshire: Plans) -> None:
    styles = box_styles(elmshire, {"guild", "board"})
    assert list(styles) == ["board", "guild"]
    assert styles["guild"] == Style("guild", colour="#1f3a5f", fill="#ffffff")


@pytest.mark.parametrize("plan", PLANS)
def test_a_line_upward_is_marked_as_not_stated_exactly_where_that_is_a_finding(
    drawn: Drawing, builtin: Plans, plan: str
) -> None:
    found = builtin.rows("groups-without-reporting-line", plan=plan)
    rows = [dict(zip(found.columns, row, strict=True)) for row in found.rows]
    missing = {str(row["thing"]) for row in rows}
    assert {node.id for node in drawn(f"structure {plan}").nodes if node.unknown} == missing


def test_a_group_that_reports_to_somebody_outside_the_chart_has_its_line_and_its_route(tmp_path: Path) -> None:
    copied = Path(shutil.copytree(places.EXAMPLES / "fernshire", tmp_path / "fernshire"))
    table = copied / "2026" / "relations.csv"
    text = table.read_text(encoding="utf-8").replace(
        "Executive Group,reports-to,Fernshire Safeguarding Board",
        "Executive Group,reports-to,Fernshire County Council",
        1,
    )
    table.write_text(text, encoding="utf-8")
    group = box(pictures.structure(open_plans(copied)), "Executive Group")
    assert not group.unknown
    assert told(group, "reporting route") == ["Executive Group → Fernshire County Council"]


def test_a_still_that_is_too_full_for_a_page_says_what_draws_less(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("goldenthread.viz.stills.letters", lambda part: (5.4, 4.3))
    full = run("draw", "structure", "--plan", "norfolk-2014", "-o", tmp_path / "full.svg")
    assert "names on its boxes are 5.4 points high on A4, hard to read on paper: --depth draws fewer" in full.stderr
    monkeypatch.setattr("goldenthread.viz.stills.letters", lambda part: (7.4, 5.6))
    small = run("draw", "timeline", "--plan", "norfolk-2014", "-o", tmp_path / "small.svg")
    assert "its smallest letters are 5.6 points high on A4, hard to read on paper: --topic draws one" in small.stderr
    monkeypatch.undo()
    plain = run("draw", "structure", "--plan", "norfolk-2014", "-o", tmp_path / "plain.svg")
    assert plain.stderr == f"wrote {tmp_path / 'plain.svg'}\n"


def test_a_group_that_only_the_later_plan_tells_of_says_so_in_the_earlier_column(drawn: Drawing) -> None:
    network = drawn("changes norfolk-2016 norfolk-2020")
    unnamed = {node.label for node in network.nodes if "not named in norfolk-2016" in node.notes}
    assert unnamed == {"Vulnerable Adolescent Group", "Director of Community & Partnership"}
    assert not [node for node in network.nodes if "not named in norfolk-2020" in node.notes]


def test_a_structure_of_the_whole_period_says_that_some_lines_hold_for_a_part_of_it(
    builtin: Plans, drawn: Drawing
) -> None:
    said = "for a part of the period only: --as-of DATE draws what holds on a day"
    assert [one for one in drawn("structure norfolk-2020").caption if one.endswith(said)]
    assert not [one for one in drawn("structure norfolk-2014").caption if said in one]
    assert not [
        one for one in pictures.structure(builtin, plan="norfolk-2020", day="2020-06-01").caption if said in one
    ]


def test_lines_that_say_the_same_of_the_same_two_are_one_that_says_how_many(builtin: Plans, drawn: Drawing) -> None:
    edges = drawn("structure nottingham-2014").edges
    assert sum(edge.weight for edge in edges) == len(rows(builtin, "structure", plan="nottingham-2014")) > len(edges)
    assert all(len(told(edge, "where it says so")) == edge.weight for edge in edges)


def test_a_chairs_note_leaves_the_bodys_own_name_out(drawn: Drawing) -> None:
    assert box(drawn("structure nottingham-2014"), "Quality Assurance Sub-Group").notes == ()
