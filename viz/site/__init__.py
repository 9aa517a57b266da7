"""A report as a folder of pages that open from a memory stick: nothing is loaded from elsewhere, and every page is whole
without JavaScript, which adds search, filters, sorting and saving.

Pages share style sheets and scripts in assets/, end tags that HTML does not ask for are left out, and a page that the
navigation does not name has of it only its own area, until a script completes it: so a page weighs
little more than its words. A site is checked before anything is written: a link that leads nowhere, or two files that Windows would take for one, is an error.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache, partial
from typing import TYPE_CHECKING

from goldenthread.viz.blocks import Block, Cell, Grid, HeatMap, Mark, Page, Picture, Site
from goldenthread.viz.labels import plain
from goldenthread.viz.markup import embedded, environment, resource
from goldenthread.viz.site import heat
from goldenthread.viz.site.cells import address, said, slug, words, written
from goldenthread.viz.site.targets import blocks_of, check
from goldenthread.viz.site.widths import Columns, columns, unmeasured

if TYPE_CHECKING:
    from jinja2 import Template
    from markupsafe import Markup

ASSETS = "assets/"
POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; base-uri 'none'; form-action 'none'"
PICTURES = "; img-src 'self'"  # where a page has any
_STYLES = ("look.css", "site.css")
_SCRIPTS = ("site-workbook.js", "site-grid.js", "site.js")
FEW = 5  # rows that a table shows without a search, filters and widths of its columns
_LINES, _LETTERS = 9, 2  # a cell of more lines is folded; letters that one measure of width holds
_REASONS = 4
_SIZE = re.compile(rb'<svg\b[^>]*?\sviewBox="[-\d.]+[ ,]+[-\d.]+[ ,]+([\d.]+)[ ,]+([\d.]+)"')


def render(site: Site) -> Iterator[tuple[str, bytes]]:
    """Give every file of the report: its pages, its assets, and the files that it brings; ValueError if it is unsound."""
    shared = _assets(site)
    check(site, shared)
    for page in site.pages:
        yield page.file, _page(page, site)
    yield from shared.items()
    yield from site.files.items()


def seen(page: str, grid: str, *chosen: tuple[str, str]) -> str:
    """Return the target of a link that opens a page with a table filtered by pairs of a column and its value.

    >>> seen("overlaps.html", "pairs", ("Topic", "Child deaths"))
    'overlaps.html#pairs/topic/child-deaths'
    """
    return f"{page}#{'/'.join([grid, *(slug(word) for pair in chosen for word in pair)])}"


def _assets(site: Site) -> dict[str, bytes]:
    files: dict[str, bytes] = {}
    if any(re.match(r"pictures/.*\.html\Z", file) for file in site.files):
        from goldenthread.viz.page import assets

        files.update(assets())
    files["site.css"] = "\n".join(map(resource, _STYLES)).encode()
    files["site.js"] = "\n".join([_areas(site), *map(resource, _SCRIPTS)]).encode()
    files["index.js"] = _index(site)
    return {ASSETS + name: content for name, content in files.items()}


def _areas(site: Site) -> str:
    """Return the navigation as a script: a page that it does not name completes its own from here."""
    return f"window.goldenthreadAreas={embedded([[plain(area.text), area.to] for area in site.areas])};"


def _index(site: Site) -> bytes:
    """Return the titles of all pages as a script, since pages opened from a folder may not read files."""
    kinds = list(dict.fromkeys(_area(page, site) for page in site.pages))
    folders: dict[str, list[list[object]]] = {}
    for page in site.pages:
        folder, _, name = page.file.rpartition("/")
        listed = [plain(page.title), name.removesuffix(".html"), kinds.index(_area(page, site))]
        folders.setdefault(f"{folder}/" if folder else "", []).append(listed)
    return f"window.goldenthreadPages={embedded({'kinds': kinds, 'folders': folders})};\n".encode()


def _area(page: Page, site: Site) -> str:
    """Return the words of a page's area, which the page may name by its words or by its first page."""
    return next((plain(area.text) for area in site.areas if page.area in (area.text, area.to)), plain(page.area))


@dataclass
class Places:
    """The places of a page that links lead to: the first block of a name has it."""

    taken: set[str] = field(default_factory=set)

    def id(self, name: str) -> str:
        """Return the name if no block before had it, else nothing."""
        if name in self.taken:
            return ""
        self.taken.add(name)
        return name


def _page(page: Page, site: Site) -> bytes:
    folder = page.file[: page.file.rfind("/") + 1]
    first = next((one.file for one in site.pages if one.file == "index.html"), site.pages[0].file)
    area = _area(page, site)
    whole = any(one.to == page.file for one in site.areas)
    text = _template().render(
        page=page,
        site=site,
        home="../" * folder.count("/"),
        area=area,
        areas=[one for one in site.areas if plain(one.text) == area],
        whole=whole,
        first=first,
        said=partial(said, folder=folder),
        rows=partial(_rows, folder=folder),
        address=partial(address, folder=folder),
        place=Places().id,
        size=partial(_size, site.files),
    )
    return text.encode("utf-8", "replace")


def _size(files: Mapping[str, bytes], file: str) -> tuple[int, int] | None:
    """Return the width and height of what an SVG file shows, so that a page does not jump as it loads."""
    found = _SIZE.search(files[file][:2000])
    return (round(float(found[1])), round(float(found[2]))) if found else None


def _policy(page: Page) -> "Markup":
    """Return the page's Content-Security-Policy."""
    from markupsafe import Markup

    return Markup(POLICY + (PICTURES if any(isinstance(block, Picture) for block in blocks_of(page)) else ""))


def _look(grid: Grid) -> Columns:
    measured = columns if len(grid.rows) > FEW else unmeasured
    return measured(grid.columns, [[words(cell) for cell in row] for row in grid.rows])


def _rows(grid: Grid, looks: Columns, folder: str) -> "Markup":
    """Return the rows of a table: not by a template, which takes three times as long for a hundred thousand cells.

    That first cells are headings has to be said only where one of them is empty; else a browser knows it.
    """
    from markupsafe import Markup

    heading = "<th>" if all(row[0] for row in grid.rows) else "<th scope=row>"
    kinds = ["<td class=number>" if number else "" for number in looks.numbers]
    longest = [_LINES * _LETTERS * width for width in looks.widths]
    found = []
    for row in grid.rows:
        found.append("<tr>\n")
        for at, cell in enumerate(row):
            tag = kinds[at] or ("<td class=long>" if _long(cell, longest[at]) else "<td>")
            found.append((heading if cell and not at else tag) + written(cell, folder))
    return Markup("".join(found))


def _long(cell: Cell, most: int) -> bool:
    return len(cell if isinstance(cell, str) else words(cell)) > most


def _kind(block: Block) -> str:
    return type(block).__name__


def _most(heat_map: HeatMap) -> int:
    return heat.most(cell.number for _, cells in heat_map.rows for cell in cells)


def _reasons(heat_map: HeatMap) -> tuple[str, ...]:
    """Return why numbers cannot be known, each reason once; of many the legend only says where to read them."""
    reasons = dict.fromkeys(
        cell.said or "cannot be known" for _, cells in heat_map.rows for cell in cells if cell.number is None
    )
    return tuple(reasons) if len(reasons) <= _REASONS else ("cannot be known; point at the cell to read why",)


@lru_cache(maxsize=1)
def _template() -> "Template":
    helpers: dict[str, Callable[..., object]] = {
        "depth": heat.depth, "kind": _kind, "look": _look, "most": _most, "plain": plain, "policy": _policy, "reasons": _reasons,
        "shades": heat.shades,
        "mark": Mark,
    }  # fmt: skip
    return environment().get_template("site.html.j2", globals={**helpers, "few": FEW})
