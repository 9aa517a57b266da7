"""What the pages of a report are made of: blocks of text, tables, pictures. The words are the caller's.

Nothing here is markup: every text stays text, and a link names a page or file of the same site.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

_FILE = re.compile(r"(?:[A-Za-z0-9_-][A-Za-z0-9_.-]*/)*[A-Za-z0-9_-][A-Za-z0-9_.-]*\Z")


@dataclass(frozen=True)
class Link:
    """Words that lead to a page or file of the site: "gaps.html", "bodies/board.html#actions", "data/actions.csv"."""

    text: str
    to: str

    def __post_init__(self) -> None:
        page, _, place = self.to.partition("#")
        if not (_FILE.match(page) or (not page and place)) or ".." in page or re.search(r"[^\w.:/-]", place):
            raise ValueError(f"not the name of a page or file of the report: {self.to!r}")


@dataclass(frozen=True)
class Mark:
    """A word that is set apart: "our reading", "not stated", a severity."""

    text: str


Inline = str | Link | Mark
Cell = Inline | tuple[Inline, ...]


@dataclass(frozen=True)
class Prose:
    """Paragraphs; `small` ones are notes."""

    paragraphs: tuple[Cell, ...]
    small: bool = False


@dataclass(frozen=True)
class Facts:
    """Short labelled values, such as a plan's period and document."""

    pairs: tuple[tuple[str, Cell], ...]


@dataclass(frozen=True)
class Listing:
    """A list; `columns` asks for several columns where there is room (an index of names)."""

    items: tuple[Cell, ...]
    columns: bool = False


@dataclass(frozen=True)
class Grid:
    """A table that can be searched, sorted, filtered by the columns of `filters`, and saved as it is seen.

    `name` is the name of the file it is saved as, and the place of a link to it. `notes` go into that file too.
    """

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    filters: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for row in self.rows:
            if len(row) != len(self.columns):
                raise ValueError(f"table '{self.name}': a row has {len(row)} cells, not {len(self.columns)}: {row!r}")
        for name in self.filters:
            if name not in self.columns:
                raise ValueError(f"table '{self.name}': no column is named {name!r}")


@dataclass(frozen=True)
class Finding:
    """A finding: its sentence, how grave it is, the rule that found it, what to do, and its evidence."""

    text: Cell
    severity: str
    rule: str
    advice: str
    evidence: tuple[Cell, ...]
    more: Cell = ""


@dataclass(frozen=True)
class Findings:
    """Findings in the order of their weight."""

    items: tuple[Finding, ...]


@dataclass(frozen=True)
class Branch:
    """One item of a tree, what is said of it, and what stands below it."""

    text: Cell
    said: tuple[Cell, ...] = ()
    below: tuple["Branch", ...] = ()


@dataclass(frozen=True)
class Tree:
    """Who stands under whom, as a nested list."""

    branches: tuple[Branch, ...]


@dataclass(frozen=True)
class Heat:
    """One cell of a heat map: how many; None where nothing can be known, and `said` tells why."""

    number: int | None
    said: str = ""
    to: str = ""


@dataclass(frozen=True)
class HeatMap:
    """Numbers by row and column, deeper where they are larger; it is a table, and readable without colour."""

    name: str
    corner: str
    columns: tuple[Cell, ...]
    rows: tuple[tuple[Cell, tuple[Heat, ...]], ...]

    def __post_init__(self) -> None:
        for label, cells in self.rows:
            if len(cells) != len(self.columns):
                raise ValueError(f"heat map '{self.name}': {label!r} has {len(cells)} cells, not {len(self.columns)}")


@dataclass(frozen=True)
class Picture:
    """A still picture of the site (an SVG file), what it shows in words, and the page on which it can be searched."""

    file: str
    says: str
    page: str = ""


@dataclass(frozen=True)
class Code:
    """Text to be copied, such as a query; `name` is the place of a link to it."""

    name: str
    text: str


@dataclass(frozen=True)
class Section:
    """A heading with blocks below it; `name` is the place of a link to it. A closed one shows its heading only."""

    name: str
    title: str
    blocks: "tuple[Block, ...]"
    closed: bool = False


Block = Prose | Facts | Listing | Grid | Findings | Tree | HeatMap | Picture | Code | Section


@dataclass(frozen=True)
class Page:
    """A page: `file` is its name ("bodies/board.html"), `lead` a sentence under the title, `area` where it belongs,
    `caption` what stands at its foot where not all that the site says is about it."""

    file: str
    title: str
    blocks: tuple[Block, ...]
    lead: Cell = ""
    area: str = ""
    caption: tuple[str, ...] = ()


@dataclass(frozen=True)
class Site:
    """A report: `areas` are the links of its navigation; `caption` (plans, periods, version, sources, caution) stands
    on every page that has none of its own; `files` are written as they are (pictures, interactive pages, data)."""

    title: str
    areas: tuple[Link, ...]
    pages: tuple[Page, ...]
    caption: tuple[str, ...]
    files: Mapping[str, bytes] = field(default_factory=dict)
