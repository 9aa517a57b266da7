"""Days in words, and a series of pictures: one for every plan, or for every day from which another structure holds."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import TYPE_CHECKING

from goldenthread.graph.pictures.captions import lasting, plans_asked
from goldenthread.graph.pictures.records import NothingToDraw
from goldenthread.viz.network import Moment, Network

if TYPE_CHECKING:
    from goldenthread.graph.plans import Plans


def spoken(day: str) -> str:
    """Return a day, or a month or year as EDTF writes it, in words; what is neither stays as written.

    >>> spoken("2017-04-01"), spoken("2020-06"), spoken("2021-21")
    ('1 April 2017', 'June 2020', '2021-21')
    """
    try:
        read = date.fromisoformat(day if len(day) > 7 else f"{day}-01")
    except ValueError:
        return day
    return f"{read.day} {read:%B %Y}" if len(day) > 7 else f"{read:%B %Y}"


def next_day(day: str, by: int = 1) -> str:
    """Return the day after, or so many days after or before.

    >>> next_day("2020-05-31"), next_day("2020-06-01", -1)
    ('2020-06-01', '2020-05-31')
    """
    return (date.fromisoformat(day) + timedelta(days=by)).isoformat()


def each_plan(plans: "Plans", draw: Callable[[str], Network], plan: str | None, day: str | None) -> tuple[Moment, ...]:
    """Return the picture of every plan that is asked, in the order of time; one that has nothing to show is left out."""
    moments, nothing = [], None
    for about in plans_asked(plans, plan, day):
        label = f"on {spoken(day)}" if day else lasting(about)
        try:
            drawn = draw(about["plan"])
            moments.append(Moment(f"{label}: {about['plan']}", drawn, about["partnership"], about["plan"]))
        except NothingToDraw as error:
            nothing = error
    if nothing and not moments:
        raise nothing
    return tuple(moments)
