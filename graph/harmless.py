"""Your own SPARQL, looked at before it runs: refused if it would reach the network, read files or change anything.

rdflib takes the query apart, another engine runs it, and what the two read differently could hide a SERVICE. So rdflib's
whole syntax tree is looked at (its algebra leaves out an EXISTS within an EXISTS), line ends are made one kind (rdflib's
comments run on after a carriage return), an escape that could be punctuation is refused (rdflib puts the character in
its place before it reads, others do not), and the words outside comments, texts and names are looked at as well.
"""

import re
from typing import Any

MOST_CHARACTERS = 200_000
UPDATES = ("LOAD", "INSERT", "DELETE", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH")
QUERIES = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")
ESCAPED_ASCII = re.compile(r"\\[uU](?:0000)?00[0-7][0-9A-Fa-f]")
NO_WORDS = re.compile(
    r"""\#[^\r\n]*                                 # a comment
    | <[^<>"{}|^`\\\x00-\x20]*>                   # an address
    | \"{3}(?:\"{0,2}(?:[^"\\]|\\.))*\"{3}        # texts
    | '{3}(?:'{0,2}(?:[^'\\]|\\.))*'{3}
    | "(?:[^"\\\r\n]|\\.)*"
    | '(?:[^'\\\r\n]|\\.)*'
    | [?$]\w+                                     # a variable
    | [\w-]*:(?:[\w:%-]|\\.)*                     # a prefixed name; what follows a dot in it counts as a word
    | \\.""",
    re.VERBOSE | re.DOTALL,
)


class RefusedQuery(Exception):
    """The query asks for something that is not allowed here."""


def check_harmless(query: str) -> None:
    """Raise RefusedQuery if a query is no plain SELECT, has SERVICE or FROM, or cannot be read."""
    from pyparsing import ParseException
    from rdflib.plugins.sparql.parser import parseQuery

    if len(query) > MOST_CHARACTERS:
        raise RefusedQuery(f"the query has {len(query)} characters; at most {MOST_CHARACTERS} are read")
    if ESCAPED_ASCII.search(query):
        raise RefusedQuery(r"write letters and signs as they are, not as \u0022: an escape may hide what a query does")
    query = query.replace("\r\n", "\n").replace("\r", "\n")
    words = _words(query)
    _check_reach(service="SERVICE" in words, dataset="FROM" in words)
    try:
        _, tree = parseQuery(query)
        service = _has_service(tree)
    except ParseException as error:
        raise RefusedQuery(_unreadable(words, error)) from error
    except RecursionError as error:
        raise RefusedQuery(
            "the query is too long or nested too deeply to be read; write it shorter or flatter"
        ) from error
    except Exception as error:
        raise RefusedQuery(f"this is not a SPARQL query that can be read: {error}") from error
    if tree.name != "SelectQuery":
        raise RefusedQuery("only SELECT queries are answered here")
    _check_reach(service=service, dataset=bool(tree.datasetClause))


def _check_reach(*, service: bool, dataset: bool) -> None:
    if service:
        raise RefusedQuery("SERVICE is not allowed: a query may not reach the network; use --endpoint to ask elsewhere")
    if dataset:
        raise RefusedQuery("FROM is not allowed: every query asks over all the plans that are loaded")


def _unreadable(words: list[str], error: Any) -> str:
    """Say that an update is no query, naming it; else where the reading stopped."""
    verb = next((word for word in words if word in UPDATES + QUERIES), "")
    if verb in UPDATES:
        return f"{verb} is not allowed: nothing that is loaded can be changed by a query"
    return f"this is not a SPARQL query that can be read (line {error.lineno}, column {error.column})"


def _words(query: str) -> list[str]:
    """The words of a query in capitals, without comments, addresses, texts and names, in which any word may stand."""
    return re.findall(r"[A-Z]+", NO_WORDS.sub(" ", query).upper())


def _has_service(part: Any) -> bool:
    from pyparsing import ParseResults

    if getattr(part, "name", "") == "ServiceGraphPattern":
        return True
    if isinstance(part, dict):
        return any(map(_has_service, part.values()))
    return isinstance(part, list | tuple | ParseResults) and any(map(_has_service, part))
