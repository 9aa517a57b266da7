"""Dates as plans write them: the wording, an EDTF value where one is honest, a kind, and bounds.

Day before month. A wording that fits no rule is an error that asks for `target_edtf` and `target_kind`, never a
guess. Bounds come from the edtf library, end by end, because it loses the open end of "2014-06/..".
"""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from functools import cache

MONTHS = {
    month: number
    for number, names in enumerate(
        ("jan january", "feb february", "mar march", "apr april", "may", "jun june", "jul july", "aug august",
         "sep sept september", "oct october", "nov november", "dec december"), 1)
    for month in names.split()
}  # fmt: skip
SEASONS = {"spring": 21, "summer": 22, "autumn": 23, "winter": 24}
DUE, FROM, RECURRING, PENDING, MISSING = "due", "from", "recurring", "pending", "missing"
KINDS = (DUE, FROM, RECURRING, PENDING, MISSING)

_RECURRING = re.compile(
    r"\b(ongoing|on-going|quarterly|(bi-?\s?)?monthly|(bi-?\s?)?weekly|termly|(bi-?\s?)?annual(ly)?|six monthly|"
    r"yearly|throughout|regular(ly)?|continuous(ly)?)\b"
)
_PENDING = re.compile(r"\b(pending|to be agreed|dependent on|subject to)\b")
_PLACEHOLDER = re.compile(r"^(i ?nsert|tbc|tba|tbd|\?+|to be confirmed|n/?a)$")
_DATED = re.compile(r"\d")
_PLAIN = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-\d{2})?)?")
_EDTF = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")


@dataclass(frozen=True, slots=True)
class Target:
    """A target date: the plan's words, EDTF or "", a kind, and the first and last possible day (ISO) or ""."""

    text: str
    edtf: str
    kind: str
    earliest: str
    latest: str


def read_target(text: str, *, edtf: str = "", kind: str = "") -> Target:
    """Read a target date's wording; ValueError says what to add if no rule fits.

    >>> read_target("June 2014 onwards")
    Target(text='June 2014 onwards', edtf='2014-06/..', kind='from', earliest='2014-06-01', latest='')
    >>> read_target("01/10/17").latest
    '2017-10-01'
    >>> read_target("Quarterly").kind
    'recurring'
    """
    if kind and kind not in KINDS:
        raise ValueError(f"{kind!r} is no kind of target date; use one of {', '.join(KINDS)}")
    if not edtf and not kind:
        edtf, kind = _read_by_rule(text)
    elif not kind:
        kind = FROM if edtf.endswith("/..") else DUE
    earliest, latest = bounds(edtf) if edtf else ("", "")
    return Target(text, edtf, kind, earliest, latest)


def read_date(text: str) -> str:
    """Return the EDTF value of a date given as EDTF or day first; ValueError otherwise.

    >>> read_date("03/08/2017"), read_date("2016-08"), read_date("August 2016")
    ('2017-08-03', '2016-08', '2016-08')
    """
    value = text.strip()
    if re.fullmatch(r"[\d./~?-]+", value) and re.match(r"(\d{4}|\.\.)", value):
        bounds(value)
        return value
    return _point(_normalised(value))


def bounds(edtf: str) -> tuple[str, str]:
    """Return the first and last day (ISO) that an EDTF value allows, "" for an open end; ValueError if it is none.

    >>> bounds("2014-06/.."), bounds("2021-21")
    (('2014-06-01', ''), ('2021-03-01', '2021-05-31'))
    """
    first, slash, last = edtf.partition("/")
    earliest = _end(first, "lower_strict")
    latest = _end(last if slash else first, "upper_strict")
    if earliest and latest and earliest > latest:
        raise ValueError(f"{edtf!r} ends before it begins")
    return earliest, latest


@cache
def _end(edtf: str, end: str) -> str:
    if edtf in ("", ".."):
        return ""
    if _PLAIN.fullmatch(edtf):  # a year, month or day needs only a calendar, and most dates are one
        return _calendar(edtf, last=end == "upper_strict")
    from edtf import EDTFParseException, parse_edtf  # 129 ms, and 13 ms a value: only while building

    try:
        year, month, day = getattr(parse_edtf(edtf), end)()[:3]
    except (EDTFParseException, ValueError) as error:
        raise ValueError(f"{edtf!r} is not a date in EDTF, such as 2016-08 or 2014-06/..") from error
    return f"{year:04}-{month:02}-{day:02}"


def _calendar(edtf: str, *, last: bool) -> str:
    """Return the first or last day of a year, month or day of the calendar."""
    year, month, day = (int(part) for part in [*edtf.split("-"), "0", "0"][:3])
    month = month or (12 if last else 1)
    try:
        return date(year, month, day or (monthrange(year, month)[1] if last else 1)).isoformat()
    except ValueError as error:
        raise ValueError(f"{edtf!r} is not a date in EDTF, such as 2016-08 or 2014-06/..") from error


def _normalised(text: str) -> str:
    text = re.sub(r"[‐-―]", "-", text.casefold())
    text = re.sub(r"(\d)\s*(st|nd|rd|th)\b", r"\1", text)
    return re.sub(r"\s+", " ", text).strip(" .")


def _read_by_rule(text: str) -> tuple[str, str]:
    wording = _normalised(text)
    if not wording or _PLACEHOLDER.match(wording):
        return "", MISSING
    if not _DATED.search(wording):
        if _RECURRING.search(wording):
            return "", RECURRING
        if _PENDING.search(wording):
            return "", PENDING
    onwards = re.fullmatch(r"(?:from )?(.+?) (?:onwards?|and ongoing)|from (.+)", wording)
    try:
        if onwards:
            return f"{_point(onwards[1] or onwards[2])}/..", FROM
        return _interval(wording), DUE
    except ValueError:
        raise ValueError(
            f"the wording {text!r} fits no rule for dates; write it like 30/06/2026, June 2026, Spring 2026 or June 2026 "
            "onwards, or give target_edtf (such as 2026-06) and target_kind (such as due)"
        ) from None


def _interval(wording: str) -> str:
    try:
        return _point(wording)
    except ValueError:
        parts = [part.strip() for part in re.split(r" ?- ?", wording)]
        if len(parts) < 2:
            raise
    year = parts[-1][-4:]
    first = parts[0] if _DATED.search(parts[0]) else f"{parts[0]} {year}"
    for part in parts[1:-1]:
        _point(part if _DATED.search(part) else f"{part} {year}")
    interval = f"{_point(first)}/{_point(parts[-1])}"
    bounds(interval)
    return interval


def _point(wording: str) -> str:
    if match := re.fullmatch(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4}|\d{2})", wording):
        day, month, year = (int(part) for part in match.groups())
        return _checked(year if year > 99 else 2000 + year, month, day)
    if match := re.fullmatch(r"(?:(\d{1,2}) )?([a-z]+) (\d{4})", wording):
        year = int(match[3])
        if match[2] in SEASONS and not match[1]:
            return f"{year}-{SEASONS[match[2]]}"
        if match[2] in MONTHS:
            return _checked(year, MONTHS[match[2]], int(match[1]) if match[1] else None)
    if _EDTF.fullmatch(wording):
        bounds(wording)
        return wording
    raise ValueError(f"{wording!r} is not a date such as 03/08/2017, August 2016 or 2016-08")


def _checked(year: int, month: int, day: int | None) -> str:
    edtf = f"{year:04}-{month:02}" + (f"-{day:02}" if day else "")
    bounds(edtf)
    return edtf
