"""The first report: one page that says what is loaded, what was found, and for each plan who answers to whom, who does
what by when, and what is missing, every entry with where the plan says so.

The words are the caller's; this module only lays them out. Tables work without JavaScript; with it they can be searched,
filtered and sorted.
"""

from dataclasses import dataclass

from goldenthread.viz.labels import OUR_READING, plain
from goldenthread.viz.markup import page, resource


@dataclass(frozen=True)
class Cited:
    """A statement with where it says so; `inferred` ones are our reading, with the reason for it."""

    text: str
    sources: tuple[str, ...]
    inferred: bool = False
    reason: str = ""
    detail: tuple[str, ...] = ()


@dataclass(frozen=True)
class Branch:
    """A body, what kind it is, and who reports to it; the item's sources say where the line above it stands."""

    item: Cited
    kind: str
    below: tuple["Branch", ...] = ()


@dataclass(frozen=True)
class Grid:
    """A table; `filters` names the columns that get a list to choose from."""

    title: str
    intro: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    filters: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for row in self.rows:
            if len(row) != len(self.columns):
                raise ValueError(f"table '{self.title}': a row has {len(row)} cells, not {len(self.columns)}: {row!r}")
        for name in self.filters:
            if name not in self.columns:
                raise ValueError(f"table '{self.title}': no column is named {name!r}")


@dataclass(frozen=True)
class PlanReport:
    """What the report says of one plan; `structure_svg` and `structure_page` may be empty."""

    id: str
    title: str
    period: str
    boards: str
    facts: tuple[tuple[str, str], ...]
    structure: tuple[Branch, ...]
    bodies: Grid
    actions: Grid
    missing: tuple[Grid, ...]
    structure_svg: str = ""
    structure_page: str = ""
    learning: Grid | None = None


@dataclass(frozen=True)
class Report:
    """The whole report; `made` says by which version and when."""

    title: str
    made: str
    findings: tuple[Cited, ...]
    plans: tuple[PlanReport, ...]
    notes: tuple[str, ...] = ()
    changes: tuple[Grid, ...] = ()


def render(report: Report) -> dict[str, str]:
    """Return the report's files, by name."""
    text = page(
        "report.html.j2",
        styles=resource("look.css") + resource("report.css"),
        scripts=(resource("report.js"),),
        report=report,
        plain=plain,
        reading=OUR_READING,
        picture=_picture,
        file_name=_file_name,
    )
    return {"index.html": text}


def _picture(svg: str) -> str:
    """Return a picture as data for an image element, where nothing in it can run or load."""
    from base64 import b64encode

    return f"data:image/svg+xml;base64,{b64encode(svg.encode()).decode()}"


def _file_name(name: str) -> str:
    """Return the name of a file beside the report as an address; anything else (javascript:, a folder) is refused."""
    from urllib.parse import quote

    if not name.endswith(".html") or any(sign in name for sign in ":/\\") or name.startswith("."):
        raise ValueError(f"not the name of a page beside the report: {name!r}")
    return quote(name)
