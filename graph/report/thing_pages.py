"""A page for each body, review and named document, and the lists that lead to them.

What a page tells is what `goldenthread show` tells, under the same titles; a body's reporting routes come first.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from goldenthread.graph import profiles
from goldenthread.graph.answers import Thing
from goldenthread.graph.report import actions, change_page, learning_page
from goldenthread.graph.report.cells import (
    BASIS,
    WHERE,
    basis,
    caption,
    entry,
    held,
    joined,
    lines_of,
    linked,
    plan_links,
    row_of,
    said_in,
    sources_of,
    table,
    wholes,
)  # fmt: skip
from goldenthread.graph.report.gap_page import link
from goldenthread.graph.report.page_names import FOLDERS
from goldenthread.graph.report.routes import reporting_to, upward
from goldenthread.graph.report.story import Record, Story, parts
from goldenthread.viz.blocks import Block, Cell, Grid, Inline, Link, Mark, Page, Prose, Section

AREA = "A to Z"
TITLES = {"body": "Bodies", "review": "Reviews", "document": "Documents"}
LISTS = {kind: f"{folder}/index.html" for kind, folder in FOLDERS.items()}
LEADS = {
    "body": "Every board, group, team and agency that the plans name, from A to Z.",
    "review": "Every review, audit and inspection that the plans name, from A to Z.",
    "document": "Every document that the plans name, from A to Z.",
}
CALLED = ("plan", "called in the plan", "abbreviation", "standing", "part of", "purpose", "meets", BASIS, WHERE)
RELATED = ("plan", "who", "relation", "to whom", "about", BASIS, WHERE)
PART = "its part"
WORK = {"leads": "leads", "enables": "group", "serves": "serves", "owned-by": "owns"}


def lists(story: Story) -> Iterator[Page]:
    """Give the list of all bodies, of all reviews and of all documents."""
    for kind, title in TITLES.items():
        things = [thing for thing in story.things.values() if thing.kind == kind]
        rows = [
            (
                linked(story, thing.iri, thing.name),
                _abbreviations(story, thing),
                "; ".join(kinds(story, thing)),
                ", ".join(thing.plans),
            )
            for thing in things
        ]
        grid = table(
            f"all-{FOLDERS[kind]}",
            ("name", "abbreviation", "what it is", "plans"),
            rows,
            filters=("what it is", "plans"),
        )
        others = row_of([(Link(TITLES[one], LISTS[one]),) for one in TITLES if one != kind], ", ")
        nothing = Prose((f"The plans name no {title.lower()}.",))
        yield Page(LISTS[kind], f"{title}: {len(things):,}", (grid if rows else nothing, sources_of(story, story.chosen)),
                   lead=joined(LEADS[kind], " Also: ", others), area=AREA)  # fmt: skip


def pages(story: Story) -> Iterator[Page]:
    """Give the page of every body, review and named document."""
    for thing in story.things.values():
        yield page(story, thing)


def page(story: Story, thing: Thing) -> Page:
    """Return the page of a body, review or document."""
    blocks = [
        *(_reporting(story, thing) if thing.kind == "body" else ()),
        *_profile(story, thing),
        *_found(story, thing),
    ]
    return Page(
        story.pages[thing.iri], thing.name, tuple(blocks),
        lead=_lead(story, thing), area=AREA, caption=caption(story, thing.plans),
    )  # fmt: skip


def _lead(story: Story, thing: Thing) -> Cell:
    """What it is, its abbreviation, and which plans name it; where, if that is all that is said of it."""
    what, short = "; ".join(kinds(story, thing)), _abbreviations(story, thing)
    said = ", ".join(filter(None, (what, short and f"in short {short}", "named in ")))
    row = _named_once(story, thing)
    once = f", {said_in(story, row)}" if row else ""
    if row and row["called"].casefold() != thing.name.casefold():
        once = f" as “{row['called']}”{once}"
    return joined(f"{said[:1].upper()}{said[1:]}", plan_links(story, thing.plans), f"{once}.")


def _named_once(story: Story, thing: Thing) -> Record | None:
    """The row of a review or document of which one plan says its name in one way and nothing more of it itself."""
    rows = story.of("mentions", "thing", thing.iri) if thing.kind != "body" else []
    more = ("given_abbreviation", "status", "purpose", "meets")
    alone = len(rows) == len(thing.plans) == 1 and not any(rows[0][column] for column in more)
    return rows[0] if alone and rows[0]["basis"] == "stated" else None


def kinds(story: Story, thing: Thing) -> list[str]:
    """Return what kind of body a thing is, in words; a review or document is called so."""
    if thing.kind != "body":
        return [thing.kind]
    return list(dict.fromkeys(story.word("body", row["kind"]) for row in story.of("bodies", "body", thing.iri)))


def _abbreviations(story: Story, thing: Thing) -> str:
    if thing.kind == "body":
        column, rows = "abbreviation", story.of("bodies", "body", thing.iri)
    else:
        column, rows = "given_abbreviation", story.of("mentions", "thing", thing.iri)
    return "; ".join(dict.fromkeys(part for row in rows for part in parts(row[column])))


def _reporting(story: Story, thing: Thing) -> Iterator[Section]:
    """Give the routes upward, and who reports to it."""
    yield Section("route", "Reporting route", tuple(upward(story, thing)))
    below = table("reporting-to-it", ("plan", "who", "how", BASIS, WHERE), reporting_to(story, thing))
    if below.rows:
        yield _part(thing, "below", "Who reports to it", below)


def _part(thing: Thing, name: str, title: str, grid: Grid) -> Section:
    """A part of a page: labelled values if there is one entry, else a table; a thing of one plan needs no column for it."""
    if len(thing.plans) == 1 and grid.columns[0] == "plan" and len(grid.columns) > 1:
        rows = tuple(row[1:] for row in grid.rows)
        grid = Grid(grid.name, grid.columns[1:], rows, tuple(one for one in grid.filters if one != "plan"))
    return Section(name, title, (entry(grid) if len(grid.rows) == 1 else grid,))


def _profile(story: Story, thing: Thing) -> Iterator[Section]:
    """Give what `show` tells, part by part, what is empty left out."""
    grids: Mapping[str, Grid] = {
        profiles.SAID if thing.kind == "body" else profiles.CALLED: _called(story, thing),
        profiles.RELATIONS: _relations(story, thing),
        profiles.DUTIES: _duties(story, thing),
        profiles.LEARNING: _learning(story, thing),
        profiles.ACTIONS: _actions(story, thing),
        profiles.PRIORITIES: _priorities(story, thing),
        profiles.CHANGES: _changes(story, thing),
        profiles.STATEMENTS: _statements(story, thing),
    }
    for title, grid in grids.items():
        if grid.rows and not (title == profiles.CALLED and _named_once(story, thing)):
            yield _part(thing, grid.name, title, grid)


def _called(story: Story, thing: Thing) -> Grid:
    if thing.kind == "body":
        rows = [
            (row["plan"], row["called"], "", row["status"], wholes(story, row["plan"], thing.iri),
             row["purpose"], row["meets"], basis(row), said_in(story, row))
            for row in story.of("bodies", "body", thing.iri)
        ]  # fmt: skip
    else:
        rows = [
            (row["plan"], row["called"], row["given_abbreviation"], row["status"], "", row["purpose"],
             row["meets"], basis(row), said_in(story, row))
            for row in story.of("mentions", "thing", thing.iri)
        ]  # fmt: skip
    return table("called", CALLED, rows)


def related(story: Story, thing: Thing) -> Iterator[Record]:
    """Give the relations from or to a thing, each once, in the order of the query."""
    from_it, to_it = story.of("relations", "from", thing.iri), story.of("relations", "to", thing.iri)
    yield from from_it
    yield from (row for row in to_it if row["from"] != thing.iri)


def _relations(story: Story, thing: Thing) -> Grid:
    """The relations from and to a thing; those that differ only in the other end are one row, which names them all."""
    own = [row for row in related(story, thing) if row["relation"] not in profiles.OF_ACTIONS]
    order = list(story.chosen)
    own.sort(key=lambda row: (order.index(row["plan"]), row["relation"], row["source"], row["target"]))
    alike: dict[tuple[bool, tuple[Cell, ...]], dict[Inline, None]] = {}
    for row in own:
        outward = row["from"] == thing.iri
        other = linked(story, row["to"], row["target"]) if outward else linked(story, row["from"], row["source"])
        said = (row["plan"], story.word("relation", row["relation"]), _about(story, row), basis(row), said_in(story, row))
        alike.setdefault((outward, said), {})[other] = None
    itself = _abbreviations(story, thing).partition("; ")[0] or "it"
    rows: list[tuple[Cell, ...]] = []
    for (outward, (plan, relation, *more)), others in alike.items():
        cell = row_of([(one,) for one in others])
        rows.append((plan, itself if outward else cell, relation, cell if outward else itself, *more))
    return table("relations", RELATED, rows)


def _about(story: Story, row: Record) -> str:
    """From when until when a relation holds, if not always, and what it is about; an action by its number, for its title stands in the tracker and often on the same page."""
    action = story.action.get(row["about_thing"])
    about = f"action {action['action']}" if action else row["about"]
    return "; ".join(filter(None, (held(story, row), row["detail"], about)))


def _duties(story: Story, thing: Thing) -> Grid:
    rows = [
        (row["plan"], row["duty"], row["law"], basis(row), said_in(story, row))
        for row in story.naming("duties", "bodies").get(thing.iri, [])
    ]
    return table("duties", ("plan", "duty", "law", BASIS, WHERE), rows)


def _learning(story: Story, thing: Thing) -> Grid:
    rows = story.naming("learning-threads", "review").get(thing.iri, []) if thing.kind == "review" else []
    return learning_page.grid(story, rows, of_one=True)


def _work(story: Story, thing: Thing) -> dict[str, list[str]]:
    """What a thing has to do with actions and priorities, by their addresses; nothing more for those that only name it."""
    found: dict[str, list[str]] = {}
    for row in related(story, thing):
        if row["relation"] in profiles.OF_ACTIONS:
            other = row["from"] if row["to"] == thing.iri else row["to"]
            found.setdefault(other, []).append(WORK[row["relation"]])
    if thing.kind != "body":
        for row in story.naming("actions", "refers_to").get(thing.iri, []):
            found.setdefault(row["action"], [])
    return found


def _in_order(story: Story, work: Iterable[str]) -> list[str]:
    """Addresses of actions and priorities in the order of the tracker and of the priorities."""
    return sorted((iri for iri in work if iri in story.place), key=story.place.__getitem__)


def _actions(story: Story, thing: Thing) -> Grid:
    work = _work(story, thing)
    rows = [
        (row["plan"], row["action"], row["title"], "; ".join(dict.fromkeys(work[row["iri"]])),
         actions.who(story, row, "leads"), row["target_text"], row["standing"], said_in(story, row))
        for row in (story.action[iri] for iri in _in_order(story, work) if iri in story.action)
    ]  # fmt: skip
    columns = ("plan", "no", "action", PART, "lead", "target date", "how it stands", WHERE)
    return table("actions", columns, rows, filters=("plan", PART, "how it stands"))


def _priorities(story: Story, thing: Thing) -> Grid:
    work = _work(story, thing)
    rows = [
        (row["plan"], row["number"], row["title"], story.word("priority", row["kind"]),
         "; ".join(dict.fromkeys(work[row["priority"]])), basis(row), said_in(story, row))
        for iri in _in_order(story, work) for row in story.of("priorities", "priority", iri)
    ]  # fmt: skip
    return table("priorities", ("plan", "no", "priority", "what it is", PART, BASIS, WHERE), rows)


def _changes(story: Story, thing: Thing) -> Grid:
    rows = [
        (row["plan"], *change_page.cells(story, row))
        for row in story.naming("events", "before", "after").get(thing.iri, [])
    ]
    return table("changes", ("plan", "kind", "what", "before", "after", "date", BASIS, WHERE), rows)


def _statements(story: Story, thing: Thing) -> Grid:
    rows = [
        (
            row["plan"],
            story.word("statement", row["kind"]),
            row["statement"],
            basis(row),
            said_in(story, row),
        )
        for row in story.naming("statements", "subjects").get(thing.iri, [])
    ]
    return table("statements", ("plan", "kind", "what is said", BASIS, WHERE), rows)


def _found(story: Story, thing: Thing) -> Iterator[Block]:
    """Give the findings that concern the thing itself."""
    rows: Sequence[Sequence[Cell]] = [
        (
            gap.plan,
            link(gap.kind),
            gap.detail,
            gap.kind.advice,
            Mark("our reading") if gap.basis == "inferred" else "",
            lines_of(story, gap.plan, gap.source),
        )
        for gap in story.found_about.get(thing.iri, ())
    ]
    if rows:
        grid = table("findings", ("plan", "finding", "what was found", "what to do", "our reading", WHERE), rows)
        yield _part(thing, "findings", "What was found about it", grid)
