"""Values of RDF that neither parser nor store notices: none of their datatype, or no term of the ontology.

Parsers take "31/02/2017" for a day, and a store keeps whatever address stands for a kind of relation.
"""

import re
from collections.abc import Callable
from datetime import date
from difflib import get_close_matches
from functools import cache

import pyoxigraph as ox

from goldenthread.graph import ontology
from goldenthread.graph.namespaces import GT, ONTOLOGY, XSD
from goldenthread.graph.terms import TYPE, Term

OBJECT_PROPERTY = "http://www.w3.org/2002/07/owl#ObjectProperty"


def remedy_for(predicate: str, value: Term) -> str:
    """Return what to write instead of a value that cannot stand after this property, "" if it can."""
    terms, leading = _defined()
    if isinstance(value, ox.Literal):
        return "this is a text; give the address of the thing instead" if predicate in leading else _of_datatype(value)
    if value.value in terms or not (value.value.startswith(f"{ONTOLOGY}/") and predicate.startswith(GT)):
        return ""
    near = get_close_matches(value.value, terms, 1)
    return f"the ontology has no such term; {f'did you mean {near[0]!r}?' if near else 'choose one that it has'}"


@cache
def _defined() -> tuple[frozenset[str], frozenset[str]]:
    """Return the addresses of the ontology's terms, and of its properties that lead to things."""
    typed = [(str(one.subject), str(one.object)) for one in ontology.triples() if one.predicate.value == TYPE]
    leading = (term for term, kind in typed if kind == f"<{OBJECT_PROPERTY}>" and term.startswith(f"<{GT}"))
    return frozenset(term.strip("<>") for term, _ in typed), frozenset(term.strip("<>") for term in leading)


def _of_datatype(literal: ox.Literal) -> str:
    datatype = literal.datatype.value
    if datatype not in VALID or VALID[datatype][0](literal.value.strip()):
        return ""
    return VALID[datatype][1]


def _is_day(text: str) -> bool:
    match = re.fullmatch(r"(\d{4}-\d\d-\d\d)(?:Z|[+-]\d\d:\d\d)?", text)
    try:
        return bool(match and date.fromisoformat(match[1]))
    except ValueError:
        return False


def _is_time(text: str) -> bool:
    return "T" in text and _is_day(text.partition("T")[0])


def _is_month(text: str) -> bool:
    return bool(re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])(Z|[+-]\d\d:\d\d)?", text))


def _is_year(text: str) -> bool:
    return bool(re.fullmatch(r"\d{4}(Z|[+-]\d\d:\d\d)?", text))


VALID: dict[str, tuple[Callable[[str], bool], str]] = {
    XSD + "date": (_is_day, "this is no day of the calendar; write it as 2017-04-01"),
    XSD + "dateTime": (_is_time, "this is no moment; write it as 2017-04-01T09:00:00"),
    XSD + "gYearMonth": (_is_month, "this is no month; write it as 2017-04"),
    XSD + "gYear": (_is_year, "this is no year; write it as 2017"),
    XSD + "boolean": (lambda text: text in ("true", "false", "1", "0"), "write true or false"),
}
