"""A SPARQL endpoint as an engine, through SPARQLWrapper, with the limits that SPARQLWrapper lacks.

SPARQLWrapper has no deadline that a slowly dripping answer respects, no size cap, takes a login page for a result and
never tries again: here a question has one deadline for all of it, an answer is read up to a cap, its type is checked,
and Retry-After is obeyed while there is time. The endpoint's default graph must be the union of its graphs.
"""

import json
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar
from urllib.error import HTTPError, URLError

from goldenthread.graph.engines import INTEGER, Iri, Rows, Value

JSON_RESULTS = "application/sparql-results+json"
MOST_BYTES = 64 * 1024 * 1024
BUSY = (429, 503)
Result = TypeVar("Result")


class EndpointError(Exception):
    """The remote end failed, timed out or gave something that is no SPARQL result."""


@dataclass(frozen=True, slots=True)
class Endpoint:
    """A SPARQL 1.1 endpoint: `deadline` in seconds and `most_bytes` hold for each question."""

    url: str
    deadline: float = 30.0
    most_bytes: int = MOST_BYTES

    def select(self, query: str) -> Rows:
        """Return the rows of a SELECT query; EndpointError if the endpoint does not give them in time."""
        until = time.monotonic() + self.deadline
        while True:
            try:
                return _rows(self._within(until, lambda: self._ask(query)))
            except HTTPError as error:
                wait = _retry_after(error)
                if wait is None or time.monotonic() + wait >= until:
                    raise EndpointError(f"{self.url} answered {error.code} {error.reason}") from error
                time.sleep(wait)
            except URLError as error:
                raise EndpointError(f"{self.url} cannot be reached: {error.reason}") from error

    def _ask(self, query: str) -> bytes:
        from SPARQLWrapper import JSON, POST, URLENCODED, SPARQLWrapper
        from SPARQLWrapper.SPARQLExceptions import SPARQLWrapperException

        wrapper = SPARQLWrapper(self.url, agent="goldenthread")
        wrapper.setMethod(POST)
        wrapper.setRequestMethod(URLENCODED)
        wrapper.setReturnFormat(JSON)
        wrapper.setOnlyConneg(True)
        wrapper.setTimeout(max(1, int(self.deadline)))
        wrapper.setQuery(query)
        wrapper.queryType = "SELECT"  # SPARQLWrapper takes the word "insert" in a comment for an update
        try:
            response = wrapper.query().response
        except SPARQLWrapperException as error:
            said = str(error).split("Response:", 1)[-1].strip()[:300]
            raise EndpointError(f"{self.url} refused the question: {said}") from error
        with response:
            kind = response.headers.get("Content-Type", "").partition(";")[0].strip()
            if kind != JSON_RESULTS:
                raise EndpointError(
                    f"{self.url} answered with {kind or 'no content type'}, not with a SPARQL result; is the address right?"
                )
            content: bytes = response.read(self.most_bytes + 1)
        if len(content) > self.most_bytes:
            raise EndpointError(f"{self.url} sent more than {self.most_bytes // 1024 // 1024} MB; ask for less")
        return content

    def _within(self, until: float, ask: Callable[[], Result]) -> Result:
        """Run in a thread that is left behind when time is up: no socket timeout ends a dripping answer."""
        outcome: list[Result] = []
        failure: list[BaseException] = []

        def run() -> None:
            try:
                outcome.append(ask())
            except BaseException as error:
                failure.append(error)

        thread = threading.Thread(target=run, daemon=True)
        thread.start()
        thread.join(max(0.0, until - time.monotonic()))
        if thread.is_alive():
            raise EndpointError(f"{self.url} did not answer within {self.deadline:g} seconds")
        if failure:
            error = failure[0]
            if isinstance(error, EndpointError | HTTPError | URLError):
                raise error
            raise EndpointError(f"{self.url} failed: {error or type(error).__name__}") from error
        return outcome[0]


def _retry_after(error: HTTPError) -> float | None:
    seconds = error.headers.get("Retry-After", "") if error.code in BUSY else ""
    return float(seconds) if seconds.isdigit() else None


def _rows(content: bytes) -> Rows:
    try:
        document = json.loads(content)
        columns = tuple(document["head"]["vars"])
        rows = [tuple(_plain(row.get(name)) for name in columns) for row in document["results"]["bindings"]]
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise EndpointError("the endpoint's answer is no SPARQL result, or was cut short") from error
    return Rows(columns, rows)


def _plain(term: dict[str, Any] | None) -> Value:
    if term is None:
        return None
    value = str(term["value"])
    if term["type"] == "uri":
        return Iri(value)
    whole = term.get("datatype") == INTEGER and value.lstrip("+-").isdecimal()
    return int(value) if whole else value
