"""The stored queries with their text: whoever has the data asks the same, on any SPARQL engine."""

from goldenthread.graph import queries
from goldenthread.graph.queries import StoredQuery
from goldenthread.graph.report.story import Story
from goldenthread.viz.blocks import Code, Facts, Listing, Page, Prose, Section

AREA = "Data"
FILE = "queries.html"


def page(story: Story) -> Page:
    """Return the page."""
    every = [queries.stored(name) for name in queries.names()]
    return Page(FILE, f"The stored questions: {len(every)}", (
        Prose(("Every table and picture of this report is made from the answers to these questions, written in SPARQL. "
               "Each runs as it stands on the data that the page of downloads offers.",)),
        *map(_section, every),
    ), lead=f"What goldenthread {story.version} asks the data, word for word.", area=AREA)  # fmt: skip


def _section(query: StoredQuery) -> Section:
    facts = Facts(tuple(pair for pair in (("Why it is asked", query.why),) if pair[1]))
    parameters = tuple(
        f"{one.name} ({one.type}, {'required' if one.required else 'optional'}): {one.meaning}"
        for one in query.parameters
    )
    return Section(query.name, f"{query.name}: {query.title}", (
        facts, *((Listing(parameters),) if parameters else ()), Code(f"{query.name}-text", _text(query)),
    ), closed=True)  # fmt: skip


def _text(query: StoredQuery) -> str:
    """The query without its header, which stands above it in words."""
    lines = query.text.splitlines()
    first = next(number for number, line in enumerate(lines) if line and not line.startswith("#"))
    return "\n".join(lines[first:])
