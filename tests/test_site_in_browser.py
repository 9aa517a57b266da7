"""A report in a real browser, opened from its folder: what is searched, filtered, sorted and saved is what is seen."""

import csv
import io
import re
from collections.abc import Callable
from dataclasses import replace
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from goldenthread.viz.blocks import Grid, Page, Section
from goldenthread.viz.colours import NIGHT, PAPER, contrast
from goldenthread.viz.site import render, seen
from goldenthread.viz.site.cells import words
from tests.browser import DESKTOP, PHONE, Visiting
from tests.sites import AREAS, CAPTION, COLUMNS, HOSTILE, RISKY, SITE, TRACKER, everywhere

if TYPE_CHECKING:
    from playwright.sync_api import Browser
    from playwright.sync_api import Page as Tab

TABLET = (800, 1000)
GRAVE = ("serious", "critical")
Opening = Callable[..., "Tab"]
ROWS = [[words(cell) for cell in row] for row in TRACKER.rows]
BOX = "Search this table"
DATED = Grid(
    "dated",
    ("what", "date"),
    tuple(
        (str(i), date)
        for i, date in enumerate(
            ("1 March 2025", "", "30/06/2024", "ongoing", "2024-06-29", "Spring 2025", "June 2024 onwards", "02/07/24", "2024")
        )
    ),
)  # fmt: skip
LONG = Grid("long", ("no", "text"), tuple((str(i), f"row {i}") for i in range(1, 621)))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The invented report, written to a folder with a space and a sign in its name, as folders of offices have."""
    place = tmp_path_factory.mktemp("my report & more")
    more = Page("more.html", "More tables", (DATED, Section("rows", "Many rows", (LONG,), closed=True)))
    for site, below in (
        (replace(SITE, pages=(*SITE.pages, more)), ""),
        (everywhere(" ".join(HOSTILE[:6])), "hostile/"),
    ):
        for name, content in render(site):
            file = place / (below + name)
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)
    return place


@pytest.fixture
def opened(visit: Visiting, folder: Path) -> Opening:
    """Open a page of the report; when the test ends, nothing may have come from outside the report's folder."""

    def page(address: str, **how: Any) -> "Tab":
        file, mark, place = address.partition("#")
        return visit(folder / file, mark + place, folder=folder, **how).tab

    return page


def rows(tab: "Tab", grid: str = "actions") -> list[list[str]]:
    """Return the cells of the rows that are seen."""
    found: list[list[str]] = tab.evaluate(
        """(name) => [...document.querySelectorAll(`[data-grid="${name}"] tbody tr`)].filter((row) => !row.hidden)
          .map((row) => [...row.cells].map((cell) => (cell.querySelector(".clamp") ?? cell).textContent))""",
        grid,
    )
    return found


def column(tab: "Tab", grid: str, at: int) -> list[str]:
    return [row[at] for row in rows(tab, grid)]


def saved(tab: "Tab", how: str, at: int = 0) -> tuple[str, bytes]:
    with tab.expect_download() as coming:
        tab.get_by_role("button", name=f"Save as {how}").nth(at).click()
    return coming.value.suggested_filename, Path(coming.value.path()).read_bytes()


def said(tab: "Tab") -> str:
    return tab.locator(".outcome output").first.text_content() or ""


def test_a_table_is_whole_and_says_how_many(opened: Opening) -> None:
    tab = opened("actions.html")
    assert rows(tab) == ROWS
    assert said(tab) == "64 in all"


def test_without_javascript_every_row_is_there_and_the_menu_of_a_phone_opens(browser: "Browser", folder: Path) -> None:
    tab = browser.new_page(java_script_enabled=False, viewport={"width": 390, "height": 844})
    tab.goto(f"{folder.as_uri()}/actions.html")
    assert tab.locator("[data-grid=actions] tbody tr").count() == 64
    assert not tab.get_by_role("link", name="Overlaps").is_visible()
    tab.get_by_text("Menu", exact=True).click()
    with tab.expect_navigation():
        tab.get_by_role("link", name="Overlaps").click()
    assert tab.get_by_role("heading", level=1).inner_text() == "Shared topics"
    with tab.expect_navigation():
        tab.get_by_role("link", name="Elmshire: who").click()
    assert tab.locator(".found").count() == 3
    tab.close()


def test_search_keeps_the_rows_that_hold_every_word(opened: Opening) -> None:
    tab = opened("actions.html")
    tab.get_by_label(BOX).first.fill("audit NEGLECT 2.")
    kept = [row for row in ROWS if all(word in "\n".join(row).lower() for word in ("audit", "neglect", "2."))]
    assert 0 < len(kept) < 64
    assert rows(tab) == kept
    assert said(tab) == f"{len(kept)} of 64"
    tab.get_by_label(BOX).first.fill("nowhere to be found")
    assert rows(tab) == []
    assert tab.get_by_text("No row fits.").first.is_visible()
    tab.get_by_role("button", name="Show all").first.click()
    assert rows(tab) == ROWS
    assert not tab.get_by_text("No row fits.").first.is_visible()


def test_a_filter_offers_each_value_of_its_column_once_and_the_blank(opened: Opening) -> None:
    tab = opened("actions.html")
    assert tab.get_by_label("Lead").locator("option").all_inner_texts() == [
        "All", "Board manager (13)", "Designated nurse (13)", "Head of early help (13)", "not stated (13)",
        "Quality and Audit Group (13)", "(blank) (12)",
    ]  # fmt: skip
    tab.get_by_label("Lead").select_option("Designated nurse")
    assert rows(tab) == [row for row in ROWS if "Designated nurse" in row[2]]
    tab.get_by_label("Topics").select_option("domestic abuse")
    tab.get_by_label("How it stands").select_option("on track")
    kept = [row for row in ROWS if "Designated nurse" in row[2] and row[7] == "domestic abuse" and row[5] == "on track"]
    assert kept
    assert rows(tab) == kept
    tab.get_by_role("button", name="Show all").first.click()
    tab.get_by_label("Lead").select_option("(blank)")
    assert column(tab, "actions", 2) == [""] * 12


def test_numbers_sort_as_people_count_and_a_third_click_brings_the_order_of_the_plan(opened: Opening) -> None:
    tab = opened("more.html#rows")
    button = tab.locator("[data-grid=long] .sort").first
    button.click()
    button.click()
    assert column(tab, "long", 0)[:3] == ["620", "619", "618"]
    assert tab.locator("[data-grid=long] th").first.get_attribute("aria-sort") == "descending"
    button.click()
    assert column(tab, "long", 0)[:3] == ["1", "2", "3"]
    assert tab.locator("[data-grid=long] th").first.get_attribute("aria-sort") is None


def test_dates_sort_day_first_by_time_then_what_is_no_date_then_blanks(opened: Opening) -> None:
    tab = opened("more.html")
    tab.get_by_role("button", name="date").click()
    dated = ["2024", "June 2024 onwards", "2024-06-29", "30/06/2024", "02/07/24", "1 March 2025", "Spring 2025"]
    # A season is its first month as a whole, so that it stands before the days in it.
    dated[-2:] = ["Spring 2025", "1 March 2025"]
    assert column(tab, "dated", 1) == [*dated, "ongoing", ""]
    tab.get_by_role("button", name="date").click()
    assert column(tab, "dated", 1) == [*reversed(dated), "ongoing", ""]


def test_of_very_many_rows_the_first_are_laid_out_and_all_are_found_and_shown_when_asked(opened: Opening) -> None:
    tab = opened("more.html#rows")
    assert len(rows(tab, "long")) == 500
    assert tab.locator("#rows .outcome output").inner_text() == "620 in all"
    tab.get_by_label(BOX).last.fill("61")
    assert column(tab, "long", 0) == ["61", "161", "261", "361", "461", "561", *(str(i) for i in range(610, 620))]
    tab.get_by_label(BOX).last.fill("")
    tab.get_by_role("button", name="Show all 620 rows").click()
    assert len(rows(tab, "long")) == 620


def test_the_address_reopens_the_same_view_of_two_tables(opened: Opening) -> None:
    tab = opened("actions.html")
    tab.get_by_label(BOX).first.fill("audit & neglect")
    tab.get_by_label(BOX).first.fill("audit")
    tab.get_by_label("How it stands").select_option("done, as stated")
    tab.get_by_role("button", name="date", exact=True).click()
    tab.get_by_role("button", name="number").click()
    tab.get_by_role("button", name="number").click()
    again = opened(tab.url.rsplit("/", 1)[1])
    assert rows(again) == rows(tab)
    assert 0 < len(rows(again)) < 64
    assert column(again, "risky", 1) == ["9", "8", "7", "6", "5", "4"]
    assert rows(again, "risky") == rows(tab, "risky")
    assert again.get_by_label(BOX).first.input_value() == "audit"
    assert again.get_by_label("How it stands").input_value() == "done, as stated"
    assert said(again) == said(tab)


def test_a_link_of_the_report_opens_a_filtered_table_and_an_unknown_value_shows_all(opened: Opening) -> None:
    tab = opened("overlaps.html")
    with tab.expect_navigation():
        tab.locator("td a").first.click()
    assert rows(tab) == [row for row in ROWS if "neglect" in row[7]]
    assert tab.get_by_label("Topics").input_value() == "neglect"
    assert rows(opened(seen("actions.html", "actions", ("topics", "gone"), ("gone", "x")))) == ROWS
    assert rows(opened("actions.html#actions~is~lead=gone&x~q=1&actions~sort=gone&%")) == ROWS


def test_csv_holds_the_rows_as_seen_in_their_order_and_what_they_are(opened: Opening) -> None:
    tab = opened("actions.html")
    tab.get_by_label("Lead").select_option("not stated")
    tab.get_by_role("button", name="how it stands").click()
    name, content = saved(tab, "CSV")
    assert name == "actions.csv"
    assert content.startswith(b"\xef\xbb\xbf")
    table = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    blank = table.index([])
    assert table[0] == list(COLUMNS)
    assert table[1:blank] == rows(tab)
    assert len(rows(tab)) == 13
    assert [line for (line,) in table[blank + 1 :]] == [
        "Actions · Elmshire: who answers for what", "13 of 64; lead: not stated", *TRACKER.notes, *CAPTION,
    ]  # fmt: skip


def test_csv_gives_a_spreadsheet_no_formula(opened: Opening) -> None:
    content = saved(opened("actions.html"), "CSV", at=1)[1].decode("utf-8-sig")
    table = list(csv.reader(io.StringIO(content, newline="")))
    assert [row[0] for row in table[1:7]] == ["'=1+1", "'+1+1", "'-1+1", "'@1+1", "11+1", "a1+1"]
    assert [row[2] for row in table[1:7]] == [words(row[2]) for row in RISKY.rows]


def test_a_workbook_opens_with_the_rows_as_seen_and_a_sheet_about_them(opened: Opening) -> None:
    tab = opened("actions.html")
    tab.get_by_label(BOX).first.fill("1.")
    name, content = saved(tab, "Excel")
    book = load_workbook(io.BytesIO(content))
    assert name == "actions.xlsx"
    assert book.sheetnames == ["actions", "About"]
    filed = [[cell.replace(" our reading", " [our reading]") for cell in row] for row in rows(tab)]
    assert filed != rows(tab)
    assert cells(book["actions"]) == [list(COLUMNS), *filed]
    assert [row[0] for row in cells(book["About"])][1:] == [
        f"{len(rows(tab))} of 64; search: 1.",
        *TRACKER.notes,
        *CAPTION,
    ]
    assert book["actions"].freeze_panes == "A2"
    assert book["actions"].auto_filter.ref == f"A1:I{len(rows(tab)) + 1}"


def test_a_workbook_holds_text_that_looks_like_a_formula_as_text_and_whole_numbers_as_numbers(opened: Opening) -> None:
    sheet = load_workbook(io.BytesIO(saved(opened("actions.html"), "Excel", at=1)[1]))["risky"]
    assert [sheet.cell(i, 1).value for i in range(2, 8)] == ["=1+1", "+1+1", "-1+1", "@1+1", "11+1", "a1+1"]
    assert {sheet.cell(i, 1).data_type for i in range(2, 8)} <= {"s", "inlineStr"}
    assert [sheet.cell(i, 1).quotePrefix for i in range(2, 8)] == [True, True, True, True, False, False]
    assert [sheet.cell(i, 2).value for i in range(2, 8)] == [9, 8, 7, 6, 5, 4]
    assert (
        sheet.cell(2, 3).value == '"quoted", =; _x005F_x0041_'
    )  # Excel reads _x0041_ as A unless its sign is written so


def cells(sheet: Worksheet) -> list[list[str]]:
    return [["" if cell is None else str(cell) for cell in row] for row in sheet.iter_rows(values_only=True)]


def test_the_finder_finds_pages_by_words_and_by_initials_from_any_folder(opened: Opening) -> None:
    from playwright.sync_api import expect  # waits: the list of pages is loaded when it is first sought in

    tab = opened("bodies/index.html")
    box = tab.get_by_role("searchbox", name="Find a body")
    box.fill("board safeg")
    expect(tab.locator(".found-pages output")).to_have_text("1 found")
    assert tab.locator(".found-pages a").all_inner_texts() == ["Elmshire Safeguarding Board\nBodies"]
    box.fill("qag")
    expect(tab.locator(".found-pages output")).to_have_text("1 found")
    box.press("ArrowDown")
    tab.keyboard.press("Enter")
    tab.wait_for_url("**/bodies/quality-and-audit-group.html")
    tab.get_by_role("searchbox", name="Find a body").fill("nothing like it")
    expect(tab.locator(".found-pages output")).to_have_text("Nothing found")
    tab.keyboard.press("Escape")
    assert not tab.locator(".found-pages").is_visible()


def test_a_link_opens_the_closed_sections_around_its_place(opened: Opening) -> None:
    tab = opened("structure.html")
    assert not tab.get_by_text("Deep inside.").is_visible()
    assert opened("structure.html#deep").get_by_text("Deep inside.").is_visible()
    assert opened("structure.html#more").get_by_text("Hidden until it is opened.").is_visible()
    assert opened("more.html#long/no/1").locator("[data-grid=long] tr").nth(1).is_visible()
    tab.evaluate("location.hash = '#deep'")
    tab.get_by_text("Deep inside.").wait_for()


def test_a_query_can_be_copied(opened: Opening) -> None:
    tab = opened("questions.html#q1")
    tab.context.grant_permissions(["clipboard-read", "clipboard-write"])
    tab.get_by_role("button", name="Copy").locator("visible=true").click()
    tab.get_by_role("button", name="Copied").wait_for()
    assert tab.evaluate("navigator.clipboard.readText()") == tab.locator("#q1 pre").inner_text()


def test_a_long_cell_is_folded_until_it_is_asked_for(opened: Opening) -> None:
    tab = opened("actions.html")
    folded = tab.locator("td.long").first
    before = folded.bounding_box()
    folded.get_by_role("button", name="more").click()
    after = folded.bounding_box()
    assert before
    assert after
    assert after["height"] > before["height"]
    assert folded.get_by_role("button", name="less").get_attribute("aria-expanded") == "true"


def test_a_heat_map_tells_on_focus_why_nothing_is_known(opened: Opening) -> None:
    tab = opened("overlaps.html")
    cell = tab.locator("td.heat-none").first
    cell.focus()
    widths = [(why.bounding_box() or {"width": 0})["width"] for why in tab.locator("td.heat-none .why").all()[:3]]
    assert widths[0] > 100
    assert max(widths[1:]) <= 1
    assert cell.inner_text().startswith("–")


@pytest.mark.parametrize("size", [DESKTOP, TABLET, PHONE])
def test_no_page_scrolls_sideways_and_tables_of_a_desktop_do_not_either(opened: Opening, folder: Path, size: tuple[int, int]) -> None:  # fmt: skip
    tab = opened("index.html", size=size)
    frames = {DESKTOP: ".grid, .scroll", TABLET: "nothing", PHONE: ".grid"}[size]
    wide = f"[...document.querySelectorAll('{frames}')].filter((one) => one.scrollWidth > one.clientWidth).length"
    found = {}
    for page in SITE.pages:
        tab.goto(f"{folder.as_uri()}/{page.file}")
        found[page.file] = tab.evaluate(f"[document.documentElement.scrollWidth, {wide}]")
    assert found == {page.file: [size[0], 0] for page in SITE.pages}


def test_on_a_phone_each_cell_names_its_column_and_rows_are_still_a_table(opened: Opening) -> None:
    tab = opened("actions.html", size=PHONE)
    row = tab.get_by_role("row").nth(1)
    assert row.get_by_role("cell").count() == 8
    assert row.get_by_role("rowheader").inner_text() == "1.1"
    label = "getComputedStyle(document.querySelectorAll('[data-grid=actions] td')[3], '::before').content"
    assert tab.evaluate(label).startswith('"Date:')


def test_the_row_heading_of_a_heat_map_stays_in_sight_on_a_phone(opened: Opening) -> None:
    tab = opened("overlaps.html", size=PHONE)
    tab.evaluate("document.querySelector('.heatmap .scroll').scrollLeft = 400")
    box = tab.locator(".heat tbody th").first.bounding_box()
    assert box
    assert 0 <= box["x"] <= 20


def test_printed_pages_are_whole_and_carry_no_controls(opened: Opening) -> None:
    tab = opened("actions.html#actions~q=audit")
    tab.emulate_media(media="print")
    for gone in ("nav", ".finder", ".controls", ".saves button", ".more"):
        assert not tab.locator(gone).first.is_visible(), gone
    assert tab.get_by_text("search: audit").is_visible()
    # Headings are repeated on each page, where a browser prints text but no buttons.
    heading = tab.locator("[data-grid=actions] thead th").nth(1)
    assert heading.locator(".printed").is_visible()
    assert not heading.locator("button").is_visible()
    tab = opened("actions.html", size=PHONE)
    tab.emulate_media(media="print")
    assert tab.locator("[data-grid=actions] thead").evaluate("(head) => getComputedStyle(head).display") == "table-header-group"  # fmt: skip
    tab = opened("structure.html")
    tab.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert tab.get_by_text("Deep inside.").is_visible()
    tab.evaluate("dispatchEvent(new Event('afterprint'))")
    tab = opened("overlaps.html")
    tab.emulate_media(media="print")
    map_, table = tab.locator(".heatmap .scroll"), tab.locator(".heatmap table")
    assert map_.evaluate("(frame) => getComputedStyle(frame).maxHeight") == "none"
    framed, whole = map_.bounding_box(), table.bounding_box()
    assert framed
    assert whole
    assert framed["height"] >= whole["height"]
    assert not tab.get_by_text("Deep inside.").is_visible()


def test_a_page_that_the_navigation_does_not_name_gets_it_whole_by_script(opened: Opening) -> None:
    tab = opened("bodies/quality-and-audit-group.html")
    links = tab.get_by_role("navigation", name="Report").get_by_role("link").all()
    assert [link.inner_text() for link in links] == [area.text for area in AREAS]
    assert [link.inner_text() for link in links if link.get_attribute("aria-current")] == ["Bodies"]
    tab.keyboard.press("Tab")
    tab.keyboard.press("Enter")
    assert tab.evaluate("document.activeElement.nodeName") == "MAIN"
    links[0].click()
    assert tab.get_by_role("heading", level=1).inner_text() == "What the plans say"


def test_hostile_text_makes_no_element_and_runs_nothing(opened: Opening) -> None:
    tab = opened("hostile/index.html")
    tab.get_by_role("searchbox", name="Find a body").fill("script")
    tab.locator(".found-pages a").first.wait_for()
    assert tab.locator(".found-pages a").count() == 1
    assert tab.locator("script[src]").count() == tab.locator("script").count() == 2
    assert tab.locator("main b:not(.tree li > b), main i, main img[src=x]").count() == 0


@pytest.mark.parametrize("dark", [False, True])
def test_every_shade_of_a_heat_map_differs_from_the_next_and_its_number_can_be_read(
    opened: Opening, dark: bool
) -> None:
    tab = opened("overlaps.html", dark=dark)
    shades = []
    for depth in range(7):
        look = tab.locator(f"td.heat-{depth}").first.evaluate("(cell) => [getComputedStyle(cell).color, getComputedStyle(cell).backgroundColor]")  # fmt: skip
        ink, ground = ("#" + "".join(f"{int(part):02x}" for part in re.findall(r"\d+", colour)[:3]) for colour in look)
        assert contrast(ink, ground) >= 4.5, (depth, ink, ground)
        shades.append(contrast(ground, NIGHT if dark else PAPER))
    assert shades == sorted(shades)
    assert len(set(shades)) == 7


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("size", [DESKTOP, PHONE])
def test_axe_finds_nothing_serious(opened: Opening, folder: Path, size: tuple[int, int], dark: bool) -> None:
    axe = (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")
    tab, found = opened("index.html", size=size, dark=dark), list[tuple[str, str, list[str]]]()
    # A dark page differs from a light one by its colours only.
    rules: dict[str, list[str]] = {"runOnly": ["color-contrast", "link-in-text-block"]} if dark else {}
    for page in (
        "index.html",
        "structure.html#deep",
        "actions.html#actions~q=1.1",
        "overlaps.html",
        "questions.html#q1",
    ):
        tab.goto(f"{folder.as_uri()}/{page}")
        tab.evaluate(axe)
        said = tab.evaluate("(how) => axe.run({ preload: false, ...how }).then((all) => all.violations)", rules)
        found += [(page, one["id"], node["target"]) for one in said if one["impact"] in GRAVE for node in one["nodes"]]
    assert found == []
