"""The documentation is true: commands of the README run and print what it shows; generated pages are up to date."""

import re
import shlex
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest

from goldenthread.graph import columns_page, commands_page
from goldenthread.graph.columns import TABLES
from tests.conftest import Run

PROJECT = Path(__file__).parent.parent


def console_commands(page: Path) -> Iterator[tuple[str, list[str]]]:
    """Give each command of a page's console blocks, with the lines that it is shown to print."""
    for block in re.findall(r"```console\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, *shown = part.rstrip("\n").split("\n")
            yield command, shown


README_COMMANDS = list(console_commands(PROJECT / "README.md"))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder in which a reader runs the README's commands, one after the other."""
    return tmp_path_factory.mktemp("reader")


def test_the_readme_shows_commands() -> None:
    assert len(README_COMMANDS) >= 10


@pytest.mark.parametrize(("command", "shown"), README_COMMANDS, ids=[command for command, _ in README_COMMANDS])
def test_each_command_of_the_readme_prints_what_is_shown(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch, command: str, shown: list[str]
) -> None:
    monkeypatch.chdir(folder)
    program, *arguments = shlex.split(command)
    result = run(*arguments)
    assert (program, result.exit_code) == ("goldenthread", 0), result.output
    pattern = "".join(r"(?:.*\n)*?" if line == "..." else re.escape(line) + r"\n" for line in shown)
    assert re.fullmatch(pattern, result.stdout), result.stdout


GUIDE = PROJECT / "docs" / "your-own-plan.md"


def in_guide(after: str) -> list[tuple[str, list[str]]]:
    """The commands of the guide below a heading, with the lines that they are shown to print."""
    text = GUIDE.read_text(encoding="utf-8").split(after, 1)[1]
    found = []
    for block in re.findall(r"```\n(\$ .*?)```", text, re.DOTALL):
        command, *shown = block.rstrip("\n").split("\n")
        found.append((command.removeprefix("$ "), shown))
    return found


def test_the_guide_to_a_plan_of_ones_own_shows_what_its_commands_print(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (slips, shown), (sound, none), *others = in_guide("## 3.")
    assert run("new", "plan.xlsx", "--example").exit_code == 0
    book = openpyxl.load_workbook("plan.xlsx")
    book["bodies"]["D3"] = "leadership"
    book["actions"]["H4"] = "Practice and Lerning Group"
    book.save("plan.xlsx")
    assert run(*shlex.split(slips)[1:]).output.splitlines() == shown
    assert run("new", "plan.xlsx", "--example", "--force").exit_code == 0
    assert run(*shlex.split(sound)[1:]).output.splitlines() == none
    assert len(others) >= 3
    for command, lines in others:
        pattern = "".join(r"(?:.*\n)*?" if line == "..." else re.escape(line) + r"\n" for line in lines)
        assert re.fullmatch(pattern, run(*shlex.split(command)[1:]).stdout), command


def test_the_page_of_commands_is_what_help_prints() -> None:
    assert (PROJECT / "docs" / "commands.md").read_text(encoding="utf-8") == commands_page.page(), "run `make docs`"


def test_the_page_of_columns_is_up_to_date() -> None:
    assert (PROJECT / "data" / "README.md").read_text(encoding="utf-8") == columns_page.page(PROJECT / "data"), "run `make docs`"


DRAWN = re.findall(r"bin/goldenthread (draw .* -o )(docs/pictures/\S+\.svg)", (PROJECT / "Makefile").read_text(encoding="utf-8"))


def written_in(picture: Path) -> list[str]:
    """Everything that a picture says: titles of boxes and lines, and words."""
    return [text for element in ET.parse(picture).getroot().iter() if (text := (element.text or "").strip())]


def sheets_kept(picture: str) -> list[Path]:
    """The file of a picture, or those of its sheets."""
    name = re.compile(rf"{re.escape(Path(picture).stem)}(-\d+)?\.svg")
    return [file for file in (PROJECT / "docs" / "pictures").iterdir() if name.fullmatch(file.name)]


@pytest.mark.parametrize(("command", "picture"), DRAWN, ids=[picture for _, picture in DRAWN])
def test_the_pictures_of_the_documentation_are_what_is_drawn_now(
    run: Run, tmp_path: Path, command: str, picture: str
) -> None:
    assert run(*shlex.split(command), tmp_path / Path(picture).name).exit_code == 0
    now = {file.name: written_in(file) for file in tmp_path.iterdir()}
    assert {file.name: written_in(file) for file in sheets_kept(picture)} == now, "run `make docs`"


def test_every_picture_of_the_documentation_is_made_by_make_docs() -> None:
    pages = [PROJECT / "README.md", *(PROJECT / "docs").glob("*.md")]
    shown = {
        (page.parent / found).relative_to(PROJECT).as_posix()
        for page in pages
        for found in re.findall(r"!\[[^\]]*\]\(([^)]+)\)", page.read_text(encoding="utf-8"))
    }
    kept = {file.relative_to(PROJECT).as_posix() for file in (PROJECT / "docs" / "pictures").iterdir()}
    made = {file.relative_to(PROJECT).as_posix() for _, picture in DRAWN for file in sheets_kept(picture)}
    assert shown == kept == made


def test_the_commands_of_the_page_of_pictures_are_those_that_made_them() -> None:
    commands = [command for command, _ in console_commands(PROJECT / "docs" / "pictures.md")]
    assert {shlex.join(shlex.split(one)[:-2]) for one in commands} < {
        shlex.join(["goldenthread", *shlex.split(command)[:-1]]) for command, _ in DRAWN
    }


def test_every_column_is_explained() -> None:
    page = columns_page.page(PROJECT / "data")
    for table in TABLES:
        assert f"### {table.name}.csv" in page
        for column in table.columns:
            assert f"| {column.name}{' *' if column.required else ''} | {column.meaning} |" in page


def test_every_file_that_the_guide_names_exists() -> None:
    guide = (PROJECT / "docs" / "how-a-fact-travels.md").read_text(encoding="utf-8")
    for name in re.findall(r"`((?:graph|viz|queries|ontology|tests|data)/[\w./-]+\.\w+)`", guide):
        assert (PROJECT / name).is_file(), name


def test_every_module_of_graph_that_a_fact_passes_is_in_the_guide() -> None:
    guide = (PROJECT / "docs" / "how-a-fact-travels.md").read_text(encoding="utf-8")
    for module in ("columns", "tables", "facts", "dates", "registry", "entries", "building", "store", "queries", "engines", "chains", "printing", "cli"):
        assert f"{module}.py" in guide
