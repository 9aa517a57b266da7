"""goldenthread: who answers for what in safeguarding plans, with the passage behind every answer.

    >>> import goldenthread.graph as gt
    >>> dataset = gt.load()                                     # an rdflib Dataset on the fast engine
    >>> thread = gt.open_plans().chain("CSA Sub-Group")         # dataclasses, from stored queries

Everything is imported on first use, so that the command line starts quickly.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from goldenthread.graph.plans import Plans, load, open_plans

__all__ = ["Plans", "load", "open_plans"]


def __getattr__(name: str) -> Any:
    if name in __all__:
        return getattr(import_module("goldenthread.graph.plans"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
