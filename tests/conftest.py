"""What the tests share: an invented partnership, the built-in plans, the command line, a server on loopback."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest
from click.testing import CliRunner, Result

from goldenthread.graph.building import statements
from goldenthread.graph.cli import main
from goldenthread.graph.plans import Plans, data_paths, open_plans
from tests.browser import browser, visit

__all__ = ["browser", "visit"]

TESTS = Path(__file__).parent
ELMSHIRE = TESTS / "elmshire"
TEXTS = TESTS / "texts"
Run = Callable[..., Result]


@pytest.fixture(scope="session", autouse=True)
def cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A cache of built stores that no other run shares."""
    folder = tmp_path_factory.mktemp("cache")
    before = os.environ.get("GOLDENTHREAD_CACHE")
    os.environ["GOLDENTHREAD_CACHE"] = str(folder)
    yield folder
    if before is None:
        del os.environ["GOLDENTHREAD_CACHE"]
    else:
        os.environ["GOLDENTHREAD_CACHE"] = before


@pytest.fixture
def run() -> Run:
    """Run a goldenthread command in this process and return its result."""

    def command(*arguments: str | Path, given: str | None = None) -> Result:
        return CliRunner().invoke(main, [str(argument) for argument in arguments], input=given)

    return command


@pytest.fixture
def elmshire() -> Plans:
    """The invented partnership, opened."""
    return open_plans(ELMSHIRE)


@pytest.fixture
def elmshire_copy(tmp_path: Path) -> Path:
    """A copy of the invented partnership's tables that a test may damage."""
    return Path(shutil.copytree(ELMSHIRE, tmp_path / "elmshire"))


@pytest.fixture(scope="session")
def builtin() -> Plans:
    """The built-in plans, opened."""
    return open_plans()


@pytest.fixture(scope="session")
def endpoint(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of an Oxigraph server on loopback that holds the built-in plans."""
    folder = tmp_path_factory.mktemp("endpoint")
    _, quads = statements(data_paths("builtin"))
    (folder / "plans.nq").write_bytes(ox.serialize(quads, format=ox.RdfFormat.N_QUADS) or b"")
    oxigraph = Path(sys.executable).with_name("oxigraph")
    subprocess.run(
        [oxigraph, "load", "--location", folder / "store", "--file", folder / "plans.nq"],
        check=True,
        capture_output=True,
    )
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
    server = subprocess.Popen(
        [oxigraph, "serve-read-only", "--location", folder / "store", "--bind", address, "--union-default-graph"],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        _wait_for(f"http://{address}/")
        yield f"http://{address}/query"
    finally:
        server.terminate()
        server.wait(timeout=10)


def _wait_for(url: str) -> None:
    for _ in range(200):
        try:
            urllib.request.urlopen(url, timeout=1).close()
            return
        except OSError:
            time.sleep(0.05)
    raise TimeoutError(f"{url} does not answer")
