"""The report: the whole story as pages that open in any browser, offline. Here it is put together and written.

Each page is a module of its own; what they say comes from stored queries, what it looks like is viz's.
"""

import hashlib
import json
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from goldenthread.graph.replacing import SHORTEST, Ours, check_replaceable
from goldenthread.graph.writing import write_bytes, write_folder

if TYPE_CHECKING:
    from goldenthread.graph.plans import Plans
    from goldenthread.graph.report.story import Story

Progress = Callable[[int, int], None]
FIRST, MARKER, MAKER = "index.html", "report.json", "goldenthread report"
ZIP, PAGES = ".zip", (".html", ".htm", ".pdf", ".docx")
OTHERWISE = "name a new folder, or a file that ends in .zip"
_BEFORE = re.compile(r"index\.html|structure-[^/]+\.html")  # what the first version wrote, without a marker
_GENERATOR = b'<meta name="generator" content="goldenthread">'


def write_report(
    plans: "Plans",
    output: Path,
    *,
    version: str,
    plan: str | None = None,
    day: str | None = None,
    progress: Progress | None = None,
) -> Path:
    """Write the report into a folder, or as one zip file; return its first page, or the zip file.

    ValueError if no plan is asked, or if the folder holds anything but a report of ours. `progress` is told how many of how
    many pages are made.
    """
    zipped = output.suffix.casefold() == ZIP
    if output.suffix.casefold() in PAGES:
        raise ValueError(f"{output}: a report is a folder of pages; name a folder, or a file that ends in .zip")
    if not zipped:
        check_replaceable(output, Ours("report", "written", MARKER, OTHERWISE, _known))
    files = report(plans, version=version, plan=plan, day=day, progress=progress)
    if zipped:
        from goldenthread.graph.report.data_page import zipped as packed

        write_bytes(output, packed(files))
        return output
    write_folder(output, files)
    return output / FIRST


def report(
    plans: "Plans", *, version: str, plan: str | None = None, day: str | None = None, progress: Progress | None = None
) -> dict[str, bytes]:
    """Return every file of the report by its name; ValueError if no plan is asked."""
    from goldenthread.graph.report.once import asked_once
    from goldenthread.graph.report.story import Story

    story = Story(asked_once(plans), version, plan, day)
    if not story.chosen:
        raise ValueError("no plan is loaded, or none covers what was asked")
    with story.asking_ahead():
        files = dict(_files(story, progress or (lambda done, of: None)))
    files[MARKER] = _marker(files, version)
    return files


def _files(story: "Story", tell: Progress) -> Iterator[tuple[str, bytes]]:
    """Give the files, and tell of each page twice: when its words are put together, and when it is laid out."""
    from goldenthread.graph.report.contents import number_of_pages, site
    from goldenthread.viz.site import render

    tell(0, 1)
    pages = number_of_pages(story)
    whole = site(story, lambda number: tell(number, 2 * pages))
    for number, file in enumerate(render(whole), 1):
        yield file
        tell(min(pages + number, 2 * pages), 2 * pages)


def _marker(files: Mapping[str, bytes], version: str) -> bytes:
    """The file by which a later run knows that the folder is ours, and whether anybody has changed it."""
    digests: dict[str, dict[str, str]] = {}
    for name, content in files.items():
        folder, _, file = name.rpartition("/")
        digests.setdefault(folder, {})[file] = hashlib.sha256(content).hexdigest()[:SHORTEST]
    return (json.dumps({"made_by": MAKER, "version": version, "folders": digests}, indent=0, sort_keys=True) + "\n").encode()


def _known(folder: Path) -> dict[str, str] | None:
    """The digests of a report's files; None if the folder is no report of ours."""
    path = folder / MARKER
    if path.is_symlink():
        return None
    if not path.exists():
        return _first_version(folder)
    try:
        said = json.loads(path.read_bytes())
        return dict(_digests(said)) if said["made_by"] == MAKER else None
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def _digests(said: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Give the digest of each file by its path; before names stood by their folders, whole paths did under "files"."""
    for folder, some in said.get("folders", {"": said.get("files", {})}).items():
        yield from ((f"{folder}/{name}" if folder else name, str(digest)) for name, digest in some.items())


def _first_version(folder: Path) -> dict[str, str] | None:
    """The pages of a report of the first version, which had no marker: one page, and a picture a plan."""
    pages = [path for path in folder.iterdir() if path.is_file() and _BEFORE.fullmatch(path.name)]
    index = folder / FIRST
    if index not in pages or _GENERATOR not in index.read_bytes():
        return None
    return {page.name: hashlib.sha256(page.read_bytes()).hexdigest() for page in pages}
