"""Reporting routes: what is a step, what is not, and where a route ends. The invented partnership is in elmshire/."""

import pytest

from goldenthread.graph.answers import Chain
from goldenthread.graph.names import AmbiguousName, UnknownName
from goldenthread.graph.plans import Plans

Hop = tuple[str, str, str]


def hops(chain: Chain) -> list[list[Hop]]:
    return [[(step.source.name, step.relation, step.target.name) for step in route.steps] for route in chain.routes]


def test_a_route_goes_from_step_to_step_until_the_plan_is_silent(elmshire: Plans) -> None:
    chain = elmshire.chain("Quality Group")
    assert hops(chain) == [[("Quality Group", "reports-headlines-to", "Steering Group")]]
    assert chain.routes[0].end == "silent"


def test_every_route_of_a_body_with_two_superiors_is_shown(elmshire: Plans) -> None:
    assert hops(elmshire.chain("Training Sub-Group")) == [
        [
            ("Training Sub-Group", "reports-to", "Quality Group"),
            ("Quality Group", "reports-headlines-to", "Steering Group"),
        ],
        [("Training Sub-Group", "reports-to", "Steering Group")],
    ]


def test_a_line_that_ended_is_not_shown_on_a_later_day(elmshire: Plans) -> None:
    before = elmshire.chain("Training Sub-Group", day="2021-09-30")
    after = elmshire.chain("Training Sub-Group", day="2021-10-01")
    assert [len(before.routes), len(after.routes)] == [2, 1]


def test_on_a_day_outside_the_plan_there_is_no_route_and_no_period(elmshire: Plans) -> None:
    chain = elmshire.chain("Training Sub-Group", day="2023-01-01")
    assert (chain.routes, chain.silent, chain.periods) == ((), (), {})


def test_a_circle_is_followed_once_and_named(elmshire: Plans) -> None:
    (route,) = elmshire.chain("Round Table").routes
    assert [step.target.name for step in route.steps] == ["Mirror Group", "Round Table"]
    assert route.end == "circle"


def test_agenda_setting_chairing_membership_and_support_are_no_steps(elmshire: Plans) -> None:
    steering = elmshire.chain("Steering Group")
    assert steering.routes == ()
    assert steering.silent == ("elmshire-2021",)
    assert {step.relation for step in steering.also} == {"sets-agenda-for", "chaired-by"}
    assert elmshire.chain("South Panel").routes == ()


def test_our_reading_comes_with_its_reason(elmshire: Plans) -> None:
    step = elmshire.chain("North Panel").routes[0].steps[0]
    assert (step.basis, step.reason) == ("inferred", "a panel is read as a subgroup")


def test_an_action_starts_from_each_lead_and_each_group(elmshire: Plans) -> None:
    first = {route[0] for route in hops(elmshire.chain("1.1"))}
    assert first == {
        ("Audit case files", "leads", "Quality Officer"),
        ("Audit case files", "leads", "named person 2, post not stated"),
        ("Audit case files", "enables", "Quality Group"),
    }


def test_a_report_on_one_action_is_a_step_of_that_action_alone(elmshire: Plans) -> None:
    report = ("Quality Officer", "reports-on-work-to", "Elmshire Safeguarding Board")
    assert any(report in route for route in hops(elmshire.chain("1.1")))
    assert not any(report in route for route in hops(elmshire.chain("Quality Officer")))


def test_a_person_comes_to_a_body_through_the_post_held(elmshire: Plans) -> None:
    person = "Independent Chair (named person 1)"
    assert hops(elmshire.chain("named person 1")) == [
        [(person, "holds", "Independent Chair"), ("Independent Chair", "post-in", "Elmshire Safeguarding Board")]
    ]


def test_a_body_that_is_reached_does_not_go_on_through_a_post(elmshire: Plans) -> None:
    assert all(step.relation != "post-in" for route in elmshire.chain("Quality Group").routes for step in route.steps)


def test_down_gives_who_reports_to_a_body_directly_and_through_others(elmshire: Plans) -> None:
    chain = elmshire.chain("Steering Group", down=True)
    reporters = {(step.source.name, step.target.name) for route in chain.routes for step in route.steps}
    assert reporters == {
        ("Quality Group", "Steering Group"),
        ("Training Sub-Group", "Steering Group"),
        ("Training Sub-Group", "Quality Group"),
        ("North Panel", "Quality Group"),
    }


def test_every_step_says_where_with_heading_and_phrase(elmshire: Plans) -> None:
    (source,) = elmshire.chain("Quality Group").routes[0].steps[0].sources
    assert (source.document, source.line, source.heading) == ("elmshire.txt", "5", "Who reports to whom")
    assert source.phrase == "The Quality Group (QG) reports"


@pytest.mark.parametrize("name", ["quality group", "QUALITY-GROUP", "Q Group", "qg", "The Quality Group", "Practice Quality Group",
                                  "https://w3id.org/goldenthread/id/elmshire/body/quality", "elmshire/body/quality"])  # fmt: skip
def test_a_body_is_found_by_any_name_it_bears(elmshire: Plans, name: str) -> None:
    assert elmshire.one(name).iri == "https://w3id.org/goldenthread/id/elmshire/body/quality"


def test_an_action_is_found_by_plan_and_number(elmshire: Plans) -> None:
    assert elmshire.one("elmshire-2021 1.3").name == "Revise the Lantern Plan"


def test_an_ambiguous_name_lists_every_candidate(elmshire: Plans) -> None:
    with pytest.raises(AmbiguousName) as caught:
        elmshire.one("panel")
    assert [thing.key for thing in caught.value.candidates] == ["panel-north", "panel-south"]


def test_an_unknown_name_suggests_near_ones(elmshire: Plans) -> None:
    with pytest.raises(UnknownName) as caught:
        elmshire.one("Qualty Grup")
    assert caught.value.suggestions[0] == "Quality Group"


def test_a_route_stays_within_one_plan(builtin: Plans) -> None:
    """In 2014 PIQAG also reports to the Board; the CSA Sub-Group is first named in 2016, so that is no route of its."""
    assert "Norfolk Safeguarding Children Board" in {
        route.top.name for route in builtin.chain("PIQAG", plan="norfolk-2014").routes
    }
    routes = builtin.chain("CSA Sub-Group").routes
    assert {(route.plan, route.top.name) for route in routes} == {("norfolk-2016", "Leadership Group")}
    assert {step.plan for route in routes for step in route.steps} == {"norfolk-2016"}
