"""A progress bar for a long comparison: on standard error, only on a terminal, only if there is more than one step."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from goldenthread.graph.overlaps.finding import Progress


@contextmanager
def shown_progress() -> Iterator[Progress | None]:
    """Give what is to be told of each finished step, or None where nobody would see it."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import Progress as Bar

    with Bar(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("comparing", visible=False)

        def told(done: int, of: int) -> None:
            bar.update(task, completed=done, total=of, visible=of > 1)

        yield told
