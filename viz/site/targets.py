"""Where links of a site may lead: its pages, the places on them, its files. Whatever leads elsewhere is refused."""

from collections.abc import Iterable, Iterator
from itertools import chain

from goldenthread.viz.blocks import (
    Block,
    Branch,
    Cell,
    Code,
    Facts,
    Findings,
    Grid,
    HeatMap,
    Link,
    Listing,
    Page,
    Picture,
    Prose,
    Section,
    Site,
    Tree,
)  # fmt: skip

Places = dict[str, frozenset[str] | None]  # of each page; None for a file, into which nobody looks


def check(site: Site, assets: Iterable[str]) -> None:
    """Raise a ValueError if files of the site collide or lie outside, or if a link leads nowhere."""
    pages = [page.file for page in site.pages]
    if not pages:
        raise ValueError("a report needs a page")
    _check_files([*pages, *assets, *site.files])
    places: Places = dict.fromkeys(chain(assets, site.files))
    places.update((page.file, _places(page)) for page in site.pages)
    for area in site.areas:
        _check_link(area.to, "", places, "the navigation")
    for page in site.pages:
        if not page.file.endswith(".html"):
            raise ValueError(f"a page's file ends in .html: {page.file!r}")
        for to in _targets(page):
            _check_link(to, page.file, places, f"the page {page.file!r}")


def _check_files(files: list[str]) -> None:
    seen: dict[str, str] = {}
    for file in files:
        if "#" in Link("", file).to:
            raise ValueError(f"not the name of a page or file of the report: {file!r}")
        other = seen.setdefault(file.lower(), file)
        if other is not file:
            raise ValueError(f"two files of the report have one name: {other!r} and {file!r}")
    for file in files:
        folders = file.lower().split("/")[:-1]
        for depth in range(1, len(folders) + 1):
            if (folder := "/".join(folders[:depth])) in seen:
                raise ValueError(f"a file of the report is also a folder: {seen[folder]!r}, {file!r}")


def _check_link(to: str, here: str, places: Places, who: str) -> None:
    file, _, place = Link("", to).to.partition("#")
    known = places.get(file or here, frozenset())
    if (file or here) not in places or (place and known is not None and place.partition("/")[0] not in known):
        raise ValueError(f"{who} links to something that is not there: {to!r}")


def _places(page: Page) -> frozenset[str]:
    """Return the names of a page's places; a name may be a section's and that of a table in it, but not two tables'."""
    kinds: set[tuple[type, str]] = set()
    for block in blocks_of(page):
        if isinstance(block, Section | Grid | HeatMap | Code):
            if "/" in block.name or not block.name or Link("", f"#{block.name}").to != f"#{block.name}":
                raise ValueError(f"not the name of a place on a page: {block.name!r}")
            if (type(block), block.name) in kinds:
                raise ValueError(f"the page {page.file!r} has two places of one name: {block.name!r}")
            kinds.add((type(block), block.name))
    return frozenset(name for _, name in kinds)


def blocks_of(page: Page) -> Iterator[Block]:
    """Give every block of a page, those in sections too."""
    return _blocks(page.blocks)


def _blocks(blocks: Iterable[Block]) -> Iterator[Block]:
    for block in blocks:
        yield block
        if isinstance(block, Section):
            yield from _blocks(block.blocks)


def _targets(page: Page) -> Iterator[str]:
    yield from _of_cells([page.lead])
    for block in blocks_of(page):
        if isinstance(block, HeatMap):
            yield from (cell.to for _, cells in block.rows for cell in cells if cell.to)
        if isinstance(block, Picture):
            yield from (to for to in (block.file, block.page) if to)
        yield from _of_cells(_cells(block))


def _of_cells(cells: Iterable[Cell]) -> Iterator[str]:
    for cell in cells:
        for piece in cell if isinstance(cell, tuple) else (cell,):
            if isinstance(piece, Link):
                yield piece.to


def _cells(block: Block) -> Iterable[Cell]:
    match block:
        case Prose():
            return block.paragraphs
        case Facts():
            return (value for _, value in block.pairs)
        case Listing():
            return block.items
        case Grid():
            return chain.from_iterable(block.rows)
        case Findings():
            return chain.from_iterable((one.text, one.more, *one.evidence) for one in block.items)
        case Tree():
            return _of_branches(block.branches)
        case HeatMap():
            return chain(block.columns, (label for label, _ in block.rows))
        case _:
            return ()


def _of_branches(branches: Iterable[Branch]) -> Iterator[Cell]:
    for branch in branches:
        yield branch.text
        yield from branch.said
        yield from _of_branches(branch.below)
