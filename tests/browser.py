"""A real browser for the tests of pages: one for all of them, and a tab that notes whatever goes wrong in it."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.required import lacking

if TYPE_CHECKING:
    from playwright.sync_api import Browser, ConsoleMessage, Dialog
    from playwright.sync_api import Page as Tab

PROGRAMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip
DESKTOP, PHONE = (1280, 900), (390, 844)


@dataclass
class Visit:
    """A page that was opened: what it reported as wrong, what it asked for, and what a script would have said aloud."""

    tab: "Tab"
    file: Path
    errors: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)

    def listen(self) -> None:
        """Note errors, warnings, dialogs and requests from now on."""
        self.tab.on("pageerror", lambda error: self.errors.append(str(error)))
        self.tab.on("console", self._console)
        self.tab.on("dialog", self._dialog)
        self.tab.on("request", lambda request: self.requests.append(request.url))

    def _console(self, message: "ConsoleMessage") -> None:
        if message.type in ("error", "warning"):
            self.errors.append(message.text)

    def _dialog(self, dialog: "Dialog") -> None:
        self.errors.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def asked_elsewhere(self, folder: Path) -> list[str]:
        """Return what the page asked for that is no file of the folder."""
        inside = (f"{folder.resolve().as_uri()}/", "blob:", "data:")
        return [address for address in self.requests if not address.startswith(inside)]


Visiting = Callable[..., Visit]


@pytest.fixture(scope="session")
def browser() -> "Iterator[Browser]":
    """Chromium, if it is installed."""
    program = next(filter(None, map(shutil.which, PROGRAMS)), None)
    if program is None:
        lacking("browser", "no browser is installed: apt-get install chromium")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=program, args=list(FLAGS))
        yield chromium
        chromium.close()


@pytest.fixture
def visit(browser: "Browser") -> Iterator[Visiting]:
    """Open a file; when the test ends, no page may have reported an error or asked for anything outside its folder."""
    visits: list[tuple[Visit, Path]] = []

    def opened(
        file: Path, place: str = "", *, size: tuple[int, int] = DESKTOP, dark: bool = False, folder: Path | None = None
    ) -> Visit:
        width, height = size
        context = browser.new_context(
            viewport={"width": width, "height": height},
            color_scheme="dark" if dark else "light",
            reduced_motion="reduce",
            has_touch=width < 600,
        )
        context.set_default_timeout(10_000)
        one = Visit(context.new_page(), file)
        visits.append((one, folder or file.parent))
        one.listen()
        one.tab.goto(file.resolve().as_uri() + place)
        return one

    yield opened
    for one, folder in visits:
        one.tab.context.close()
        assert one.errors == []
        assert one.asked_elsewhere(folder) == []


def axe(tab: "Tab") -> list[str]:
    """Return what axe-core finds serious or critical on a page, with the elements concerned.

    It is run from outside the page, so that the page's own policy stays in force.
    """
    tab.evaluate((files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8"))
    found: dict[str, Any] = tab.evaluate("axe.run(document, {preload: false, resultTypes: ['violations']})")
    return [
        f"{one['id']} ({one['impact']}): {node['target']}"
        for one in found["violations"]
        if one["impact"] in ("serious", "critical")
        for node in one["nodes"]
    ]
