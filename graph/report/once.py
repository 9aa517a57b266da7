"""An engine that remembers: what was asked before is not asked again, and what will be asked can be asked ahead.

Two thousand bodies would mean tens of thousands of questions if each page asked for itself; so each question is asked
once, about everything. A store on this machine is copied into memory, where it answers several at a time, while pages
are being written.
"""

import os
from collections.abc import Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from typing import TYPE_CHECKING

from goldenthread.graph.engines import Engine, Oxigraph, Rows, in_memory

if TYPE_CHECKING:
    from goldenthread.graph.plans import Plans

AT_A_TIME = 4


class Once:
    """An engine that remembers its answers."""

    def __init__(self, engine: Engine) -> None:
        self.engine = Oxigraph(in_memory(engine.store)) if isinstance(engine, Oxigraph) else engine
        self._answers: dict[str, Future[Rows]] = {}
        self._asking: ThreadPoolExecutor | None = None

    def select(self, query: str) -> Rows:
        """Return the rows of a SELECT query."""
        known = self._answers.get(query)
        if known is None or known.cancelled():
            rows = self.engine.select(query)
            known = self._answers[query] = Future()
            known.set_result(rows)
        return known.result()

    def ahead(self, queries: Iterable[str]) -> None:
        """Begin to ask these queries, the first first; an endpoint is asked one by one, when the time comes."""
        if not isinstance(self.engine, Oxigraph):
            return
        self._asking = self._asking or ThreadPoolExecutor(min(AT_A_TIME, os.cpu_count() or 1))
        for query in queries:
            if query not in self._answers:
                self._answers[query] = self._asking.submit(self.engine.select, query)

    def close(self) -> None:
        """Ask nothing more ahead."""
        if self._asking:
            self._asking.shutdown(wait=False, cancel_futures=True)
            self._asking = None


def asked_once(plans: "Plans") -> "Plans":
    """Return plans that remember their answers."""
    return plans if isinstance(plans.engine, Once) else replace(plans, engine=Once(plans.engine))


def as_given(plans: "Plans") -> "Plans":
    """Return plans on an engine that answers anew."""
    return replace(plans, engine=plans.engine.engine) if isinstance(plans.engine, Once) else plans
