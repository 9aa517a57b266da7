"""Dates as plans write them; a wording that fits no rule is an error, never a guess."""

import pytest

from goldenthread.graph.dates import bounds, read_date, read_target


@pytest.mark.parametrize(
    ("wording", "edtf", "kind", "earliest", "latest"),
    [
        ("01/10/17", "2017-10-01", "due", "2017-10-01", "2017-10-01"),
        ("31/3/17", "2017-03-31", "due", "2017-03-31", "2017-03-31"),
        ("1 st July 2014", "2014-07-01", "due", "2014-07-01", "2014-07-01"),
        ("Sept 2014", "2014-09", "due", "2014-09-01", "2014-09-30"),
        ("Jul 2014 onwards", "2014-07/..", "from", "2014-07-01", ""),
        ("Oct – Nov 2020", "2020-10/2020-11", "due", "2020-10-01", "2020-11-30"),
        ("Sep - Oct - Nov 2020", "2020-09/2020-11", "due", "2020-09-01", "2020-11-30"),
        ("Sept 2020 – Sept 2021", "2020-09/2021-09", "due", "2020-09-01", "2021-09-30"),
        ("Spring 2021", "2021-21", "due", "2021-03-01", "2021-05-31"),
        ("Bi-monthly", "", "recurring", "", ""),
        ("Ongoing through the year.", "", "recurring", "", ""),
        ("To be agreed with County colleagues", "", "pending", "", ""),
        ("???", "", "missing", "", ""),
        ("TBC", "", "missing", "", ""),
        ("", "", "missing", "", ""),
    ],
)
def test_a_target_date_keeps_its_wording_and_gets_what_is_honest(
    wording: str, edtf: str, kind: str, earliest: str, latest: str
) -> None:
    target = read_target(wording)
    assert (target.text, target.edtf, target.kind, target.earliest, target.latest) == (
        wording,
        edtf,
        kind,
        earliest,
        latest,
    )


@pytest.mark.parametrize(
    "wording", ["31/02/2017", "Feb Jan 2021", "June", "June 2014 Ongoing", "13/13/17", "Dec 2020 – Jan 2020"]
)
def test_what_fits_no_rule_asks_for_an_explicit_date(wording: str) -> None:
    with pytest.raises(ValueError, match="give target_edtf"):
        read_target(wording)


def test_day_comes_before_month() -> None:
    assert read_date("03/04/2017") == "2017-04-03"


def test_an_interval_may_not_end_before_it_begins() -> None:
    with pytest.raises(ValueError, match="ends before it begins"):
        bounds("2018/2016")
