"""What may be left empty, and what then stands there: keys, positions, the kinds of absence, the source.

columns.py says of each such column what its value is made from (`made`); a value that somebody wrote is never changed.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import chain, count

from goldenthread.graph.dates import MISSING, read_target
from goldenthread.graph.folding import fold
from goldenthread.graph.references import Bearers
from goldenthread.graph.tables import THIS_DRAFT, Row, Value

Rows = Mapping[str, list[Row]]
MENTIONED = ("bodies", "posts", "documents", "reviews")
FORM = ("lead", "group", "date", "measure")
LONGEST_KEY = 48


def complete_registry(rows: Rows) -> None:
    """Give the partnership and its things the keys that were left empty."""
    for row in rows["partnership"]:
        _set(row, "key", _slug(row.text("area") or row.text("name")))
    taken = {key for name, some in rows.items() if name != "partnership" for key in _keys(some)}
    for name, some in rows.items():
        for number, row in enumerate(some, 1):
            if name != "partnership" and not row.text("key"):
                new = _free("p", taken, number) if name == "people" else _unused(_slug(row.text("name")), taken)
                row.values["key"] = new


def complete_plan(rows: Rows, *, partnership: str, home: str) -> None:
    """Give a plan's rows what was left empty; `home` is the workbook or folder in which they stand."""
    for row in rows["plan"]:
        _set(row, "key", "-".join(filter(None, (partnership, row.text("since")[:4]))))
        _set(row, "fields", FORM)
        draft = not row.text("document") or row.many("lines") == (THIS_DRAFT,)
        _set(row, "document", home)
        if draft:
            _from_this_draft(rows)
    _complete_priorities(rows["priorities"])
    _complete_actions(rows)
    _number(rows["learning"], "l")
    _number_measures(rows["measures"])


def _complete_actions(rows: Rows) -> None:
    """Give actions the section of the priority they serve, their place in it, and the key of both."""
    sections = {
        fold(name): row.text("number") or row.text("key")
        for row in rows["priorities"]
        for name in (row.text("title"), row.text("number"), row.text("key"))
    }
    counted: Counter[str] = Counter()
    taken = _keys(rows["priorities"]) | _keys(rows["actions"])
    for row in rows["actions"]:
        _set(row, "section", sections.get(fold(row.text("priority")), ""))
        counted[row.text("section")] += 1
        _set(row, "row", counted[row.text("section")])
        if not row.text("key"):
            row.values["key"] = _unused(f"{_slug(row.text('section'))}.{row.whole('row')}", taken)


def mention_registry(rows: Rows, registry: Rows) -> None:
    """Let a plan without a document of its own mention every thing of the registry that it does not mention yet.

    In a document a thing may be named or not; who enters the facts here first names it by entering it.
    """
    if not any(row.text("document") for row in rows["plan"]):
        mentioned = {row.text("subject") for row in rows["mentions"]}
        for table, some in ((table, registry[table]) for table in MENTIONED):
            bearers = Bearers([(table, some)])
            known = mentioned | {key for name in mentioned for key in bearers.bearing(name, (table,))}
            for row in some:
                if row.text("key") not in known:
                    values: dict[str, Value] = {
                        "subject": row.text("key"),
                        "name": row.text("name"),
                        "lines": (THIS_DRAFT,),
                    }
                    rows["mentions"].append(Row(row.file, row.number, values, row.raw))


def complete_absences(rows: Rows) -> None:
    """Say why a lead, group, date or measure is absent where nobody did: the form has no field, or it is blank."""
    fields = rows["plan"][0].many("fields")
    measured = {row.text("action") for row in rows["measures"]}
    for row in rows["actions"]:
        for field, column, filled in (
            ("lead", "leads_absence", bool(row.many("leads"))),
            ("group", "groups_absence", bool(row.many("groups"))),
            ("measure", "measures_absence", row.text("key") in measured),
        ):
            if not filled:
                _set(row, column, "blank" if field in fields else "no-field")
        _set(row, "target_absence", _date_absence(row, "date" in fields))


def _date_absence(row: Row, asked: bool) -> str:
    text = row.text("target_text")
    if not text:
        return "blank" if asked and not row.text("target_edtf") else "" if asked else "no-field"
    try:
        target = read_target(text, edtf=row.text("target_edtf"), kind=row.text("target_kind"))
    except ValueError:
        return ""
    return "placeholder" if target.kind == MISSING else ""


def _from_this_draft(rows: Rows) -> None:
    for name, some in rows.items():
        if name not in ("sections", "sources"):
            for row in some:
                _set(row, "lines", (THIS_DRAFT,))


def _complete_priorities(rows: Sequence[Row]) -> None:
    taken = _keys(rows)
    for row in rows:
        if not row.text("key"):
            row.values["key"] = _unused(_slug(row.text("number")) or _slug(row.text("title")), taken)


def _number(rows: Sequence[Row], letter: str) -> None:
    taken = _keys(rows)
    for number, row in enumerate(rows, 1):
        if not row.text("key"):
            row.values["key"] = _free(letter, taken, number)


def _number_measures(rows: Sequence[Row]) -> None:
    counted: Counter[str] = Counter()
    for row in rows:
        action = fold(row.text("action"))
        counted[action] += 1
        _set(row, "position", counted[action])


def _set(row: Row, column: str, value: object) -> None:
    """Fill a cell that is empty."""
    if value and not row.values.get(column):
        row.values[column] = value  # type: ignore[assignment]


def _slug(name: str) -> str:
    words = re.sub(r"[^a-z0-9]+", "-", _plain(name)).strip("-")
    return words[:LONGEST_KEY].rstrip("-")


def _keys(rows: Sequence[Row]) -> set[str]:
    return {row.text("key") for row in rows} - {""}


def _plain(name: str) -> str:
    letters = unicodedata.normalize("NFKD", name.casefold()).replace("&", " and ")
    return letters.encode("ascii", "ignore").decode()


def _unused(key: str, taken: set[str]) -> str:
    key = key or "x"
    free = next(one for one in chain([key], (f"{key}-{n}" for n in count(2))) if one not in taken)
    taken.add(free)
    return free


def _free(letter: str, taken: set[str], number: int) -> str:
    while f"{letter}{number}" in taken:
        number += 1
    taken.add(f"{letter}{number}")
    return f"{letter}{number}"
