"""The structure pictures: a still of each plan, and for each partnership a page with a slider over its plans and dates."""

from collections.abc import Callable, Iterator

from goldenthread.graph import pictures
from goldenthread.graph.report.cells import joined, plan_link, sources_of
from goldenthread.graph.report.page_names import slug, unique
from goldenthread.graph.report.story import Story
from goldenthread.viz.blocks import Block, Link, Page, Picture, Prose, Section
from goldenthread.viz.network import Moment

AREA = "Structure"
FILE = "structure.html"
FOLDER = "pictures"
ASSETS = "assets"
MOST_ON_A_SHEET = 300  # bodies that a still picture can show so that anything is legible


def page(story: Story) -> Page:
    """Return the page that shows every picture."""
    files = interactive_files(story)
    sections = (
        Section(f"of-{story.places[plans[0]]}", partnership, (
            Prose((joined("Search it, follow it through time, and click a line to see where the plan says so: ",
                          Link("the structure as a page", files[partnership])),)),
            *(Section(f"picture-{story.places[plan]}", story.chosen[plan]["title"], (Prose((joined(plan_link(story, plan), f", {story.period(plan)}"),)), *_still(story, plan)))
              for plan in plans),
        ))
        for partnership, plans in story.partnerships.items()
    )  # fmt: skip
    return Page(FILE, AREA, (*sections, sources_of(story, story.chosen)),
                lead="Boards, groups and teams as each plan has them: whoever reports stands below.", area=AREA)  # fmt: skip


def of_plan(story: Story, plan: str) -> Iterator[Block]:
    """Give the section of a plan's own page that shows its structure."""
    yield Section("structure", "Structure", tuple(_still(story, plan)))


def _still(story: Story, plan: str) -> Iterator[Block]:
    page_file = interactive_files(story)[story.chosen[plan]["partnership"]]
    file = still_name(story, plan)
    if file in story.stills:
        said = (
            f"The structure of {story.chosen[plan]['title']}; the list of who reports to whom says the same in words."
        )
        yield Picture(file, said, page_file)
    else:
        yield Prose(
            (
                joined(
                    Link("The structure as a page", page_file),
                    ", to search it and to see where the plan says each line.",
                ),
            )
        )


def still_name(story: Story, plan: str) -> str:
    """Return the file of a plan's still picture."""
    return f"{FOLDER}/{story.places[plan]}.svg"


def interactive_files(story: Story) -> dict[str, str]:
    """Return the page of each partnership's structure."""
    taken: set[str] = set()
    files = {}
    for partnership in story.partnerships:
        name = unique(f"structure-{slug(partnership)}", taken)
        taken.add(name)
        files[partnership] = f"{FOLDER}/{name}.html"
    return files


def stills(story: Story) -> Iterator[tuple[str, bytes]]:
    """Give the still picture of each plan; none where the library that draws them is missing, or of too many bodies."""
    from goldenthread.viz.stills import MissingLibrary
    from goldenthread.viz.written import written

    for plan in story.chosen:
        if len(story.of("bodies", "plan", plan)) > MOST_ON_A_SHEET:
            continue
        network = pictures.structure(story.plans, plan=plan, day=story.day)
        try:
            yield still_name(story, plan), written(network, ".svg")
        except MissingLibrary:
            return


def _page_of(story: Story) -> Callable[[str], str]:
    """Return what leads from a picture's box to the page of the body it stands for."""
    return lambda iri: f"../{story.pages[iri]}" if iri in story.pages else ""


def interactive(story: Story) -> Iterator[tuple[str, bytes]]:
    """Give the page of each partnership's structure through its plans and dates."""
    from goldenthread.viz.page import interactive as drawn

    for partnership, plans in story.partnerships.items():
        moments: list[Moment] = []
        for plan in plans:
            moments += pictures.structures(story.plans, plan=plan, day=story.day, page_of=_page_of(story))
        text = drawn(moments, assets=f"../{ASSETS}/", back=Link("The report", f"{FILE}"))
        yield interactive_files(story)[partnership], text.encode()
