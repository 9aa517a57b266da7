"""Pictures of 50, 1,000 and 5,000 bodies in every form: how long writing takes, how large they are, and how soon the page
shows them, beside pyvis as it comes.

The bodies are invented: boards, each with groups that have groups of their own, every tenth with a second superior. The
page of each is opened in a headless Chromium, where Playwright and a browser are there; without them that column is
empty. pyvis as it comes is its own page with its scripts inside, boxes and lines the same, and nothing else set.
Usage: `python benchmarks/draw.py [--bodies 50 1000 5000] [--wait SECONDS]`.
"""

import argparse
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from goldenthread.viz.network import Edge, Network, Node, Style
from goldenthread.viz.written import ENDINGS, written

if TYPE_CHECKING:
    from playwright.sync_api import Browser

FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync")  # fmt: skip
# Our page notes when its first picture stands.
DRAWN = """() => new Promise(done => {
  const look = () => { const [at] = performance.getEntriesByName('drawn'); if (at) done(at.startTime); else setTimeout(look, 10); };
  look();
})"""
# pyvis keeps its network in a global of the page; it has come to rest once the simulation says so.
AT_REST = """() => new Promise(done => {
  if (!network.physics.options.enabled || network.physics.stabilized) done(performance.now());
  else network.once('stabilized', () => done(performance.now()));
})"""


def invented(count: int) -> Network:
    """Return a picture of so many bodies, always the same."""
    names = ("Quality", "Learning", "Practice", "Neglect", "Workforce", "Transition", "Early Help", "Case Review")
    nodes, edges = [], []
    for number in range(count):
        board = number % 50 == 0
        name = f"Board {number // 50 + 1}" if board else f"{names[number % len(names)]} and Assurance Group {number}"
        nodes.append(Node(f"b{number}", name, "board" if board else "group", (("where it says so", "invented"),)))
        if not board:
            start = number - number % 50
            above = start + (number % 50 - 1) // 6
            edges.append(Edge(f"b{number}", f"b{above}", "reports-to", upward=True))
            if number % 10 == 9:
                edges.append(Edge(f"b{number}", f"b{start}", "reports-to", upward=True, inferred=True))
    return Network(
        f"Synthetic: {count} invented bodies", tuple(nodes), tuple(edges),
        {"board": Style("board", fill="#c7d7ee"), "group": Style("group", fill="#dcefe6")},
        {"reports-to": Style("reports to")}, ("synthetic: invented for a measurement",),
        tops=tuple(node.id for node in nodes if node.kind == "board"),
    )  # fmt: skip


def as_it_comes(network: Network) -> bytes:
    """Return the page that pyvis makes of the same boxes and lines."""
    from pyvis.network import Network as Pyvis

    picture = Pyvis(directed=True, cdn_resources="in_line")
    for node in network.nodes:
        picture.add_node(node.id, label=node.label)
    for edge in network.edges:
        picture.add_edge(edge.source, edge.target)
    page: str = picture.generate_html()
    return page.encode()


@contextmanager
def browser() -> "Iterator[Browser | None]":
    """Give a headless Chromium; None where Playwright or the browser is missing."""
    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        found = None
    if found is None:
        yield None
        return
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=found, args=list(FLAGS))
        yield opened
        opened.close()


def shown(opened: "Browser", file: Path, until: str, wait: float) -> float | None:
    """Return the seconds from opening a page until it has come to rest; None if it has not by then."""
    from playwright.sync_api import Error

    page = opened.new_page()
    page.set_default_timeout(wait * 1000)
    page.route("http*://**", lambda route: route.abort())
    try:
        page.goto(file.as_uri(), wait_until="load")
        # evaluate() has no time limit of its own: the page is asked again and again instead.
        page.evaluate(f"() => {{ ({until})().then(at => {{ window.atRest = at }}) }}")
        page.wait_for_function("() => window.atRest !== undefined")
        return float(page.evaluate("() => window.atRest")) / 1000
    except Error:
        return None
    finally:
        page.close()


def measured(make: Callable[[], bytes]) -> tuple[float, bytes]:
    """Return how many seconds making something takes, and what was made."""
    start = time.perf_counter()
    made = make()
    return time.perf_counter() - start, made


def main() -> None:
    """Write every form of every size once and print seconds, size and seconds until the page shows it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--bodies", type=int, nargs="+", default=[50, 1000, 5000])
    parser.add_argument("--wait", type=float, default=180.0, help="Seconds after which a page is given up.")
    options = parser.parse_args()
    written(invented(3), ".html")  # imports are paid once
    with tempfile.TemporaryDirectory() as folder, browser() as opened:
        if opened is None:
            print("no browser: when a page shows its picture is not measured", file=sys.stderr)
        print(f"{'bodies':>6}  {'form':<16}{'seconds':>9}{'kilobytes':>11}{'shown after':>13}")
        for count in options.bodies:
            network = invented(count)
            forms: dict[str, Callable[[], bytes]] = {
                ending: lambda ending=ending, network=network: written(network, ending)  # type: ignore[misc]
                for ending in ENDINGS
            }
            forms["pyvis as it comes"] = lambda network=network: as_it_comes(network)  # type: ignore[misc]
            for form, make in forms.items():
                seconds, made = measured(make)
                after = ""
                if opened and (form == ".html" or form not in ENDINGS):
                    file = Path(folder) / f"{count}.html"
                    file.write_bytes(made)
                    rest = shown(opened, file, DRAWN if form == ".html" else AT_REST, options.wait)
                    after = f"{rest:.2f} s" if rest is not None else f"> {options.wait:.0f} s"
                print(f"{count:>6}  {form:<18}{seconds:>7.2f}{len(made) / 1000:>11,.0f}{after:>13}", flush=True)


if __name__ == "__main__":
    main()
