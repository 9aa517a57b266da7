"""Your own SPARQL: refused if it would reach the network, read files or change anything."""

from typing import Any


class RefusedQuery(Exception):
    """The query asks for something that is not allowed here."""


def check_harmless(query: str) -> None:
    """Raise RefusedQuery if a query is no plain SELECT, or has SERVICE or FROM; SyntaxError-like text if unreadable."""
    from pyparsing import ParseException
    from rdflib.plugins.sparql import prepareQuery

    try:
        algebra = prepareQuery(query).algebra
    except ParseException as error:
        raise RefusedQuery(
            f"this is not a SPARQL query that can be read (line {error.lineno}, column {error.column}); "
            "updates such as INSERT, DELETE and LOAD are not queries"
        ) from error
    except Exception as error:
        raise RefusedQuery(f"this is not a SPARQL query that can be read: {error}") from error
    if algebra.name != "SelectQuery":
        raise RefusedQuery("only SELECT queries are answered here")
    if algebra.datasetClause:
        raise RefusedQuery("FROM is not allowed: every query asks over all the plans that are loaded")
    if _has_service(algebra):
        raise RefusedQuery("SERVICE is not allowed: a query may not reach the network; use --endpoint to ask elsewhere")


def _has_service(part: Any) -> bool:
    if getattr(part, "name", "") == "ServiceGraphPattern":
        return True
    if isinstance(part, dict):
        return any(map(_has_service, part.values()))
    return isinstance(part, list | tuple) and any(map(_has_service, part))
