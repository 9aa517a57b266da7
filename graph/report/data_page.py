"""Downloads: the answers as tables, the action tracker as a workbook, the graph as RDF, and how to cite them.

The pages must fit a memory stick or a mail, and a graph of five plans as Turtle is larger than all pages together. So
tables and graph are one archive, packed so that what they share is held once (half the size of two zip files); Windows
11, macOS, 7-Zip and tar open it without more. The tracker lies beside it for those who need nothing else.
"""

import io
import lzma
import tarfile
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from goldenthread.graph.answers import Table
from goldenthread.graph.exports import description, rdf_files
from goldenthread.graph.exports.csv_files import CsvFile
from goldenthread.graph.exports.description import LICENCE, Description
from goldenthread.graph.exports.long_tables import answers
from goldenthread.graph.gaps import as_table
from goldenthread.graph.printing import CAVEAT, as_csv
from goldenthread.graph.report import query_page, structure_page
from goldenthread.graph.report.cells import joined, plan_sources, sources_of, table
from goldenthread.graph.report.once import as_given
from goldenthread.graph.report.story import Story
from goldenthread.viz.blocks import Link, Listing, Page, Prose, Section

if TYPE_CHECKING:
    from goldenthread.graph.plans import Plans

AREA = "Data"
FILE = "data.html"
TRACKER, ARCHIVE = "data/action-tracker.xlsx", "data/goldenthread.tar.xz"
GRAPH = "plans.ttl"
THOROUGH = 16_000_000  # bytes up to which an archive is packed as small as can be, half a second a million
TOLD = (
    "actions",
    "board-by-topic",
    "bodies",
    "changes",
    "counts",
    "duties",
    "events",
    "follow-ups",
    "learning",
    "learning-threads",
    "load",
    "measures",
    "meetings",
    "mentions",
    "overlaps",
    "people",
    "plans",
    "priorities",
    "records",
    "relations",
    "statements",
)  # what the pages tell of: findings have a table of their own, steps of other questions none
FINDINGS = "findings.csv"
MADE = (1980, 1, 1, 0, 0, 0)  # the first day that a zip file knows: the same plans give the same bytes
MEANINGS = {
    TRACKER: "every action with who, by when and how it stands, as a workbook",
    ARCHIVE: "what the pages tell as CSV tables, findings among them, and the whole graph as RDF (Turtle) for Protege, a "
    "SPARQL engine or goldenthread --data; Windows 11, macOS, 7-Zip and tar open it",
}


def page(story: Story, files: Mapping[str, bytes]) -> Page:
    """Return the page that offers these files."""
    about = describe(story)
    rows = [
        (Link(name.rpartition("/")[2], name), _meaning(name), _size(len(content))) for name, content in files.items()
    ]
    pictures = tuple(
        Link(f"Structure through time: {partnership}", file)
        for partnership, file in structure_page.interactive_files(story).items()
    )
    return Page(FILE, "The data, to take elsewhere", (
        Section("files", "Files", (table("files", ("file", "what it holds", "size"), rows),)),
        Section("pictures", "Pictures that can be searched", (Listing(pictures),)),
        Section("questions", "Questions", (Prose((joined(
            "Every table of this report is the answer to a stored question: ", Link("the questions, word for word", query_page.FILE)),)),)),
        Section("licence", "Licence, and how to cite", (Prose(tuple(_licence(about))), Listing(tuple(_citation(story, about))))),
        sources_of(story, story.chosen),
    ), lead=f"Tables for a spreadsheet and the graph for other tools, {CAVEAT}.", area=AREA)  # fmt: skip


def describe(story: Story) -> Description:
    """Return what the downloads are: plans, version, licence."""
    about = description.describe(story.plans, version=story.version, plan=story.plan)
    return replace(about, plans=tuple(one for one in about.plans if one.key in story.chosen))


def files(story: Story) -> dict[str, bytes]:
    """Return the files to download; those that need the store are left out where an endpoint is asked."""
    about = describe(story)
    found: dict[str, bytes] = {}
    if story.actions:
        found[TRACKER] = tracker_workbook(story)
    some = [
        _narrowed(story, file) for file in answers(story.plans, plan=story.plan, synthetic=about.synthetic, names=TOLD)
    ]
    packed = {file.path: file.content(bom=True) for file in some if file.rows}
    packed |= {FINDINGS: b"\xef\xbb\xbf" + as_csv(as_table(story.found)).encode(), "README.txt": _readme(story, about)}
    plans = as_given(story.plans)
    if rdf_files.is_local(plans) and (story.plan or not story.day):
        packed[GRAPH] = _turtle(plans, story.plan)
    found[ARCHIVE] = archived(packed)
    return found


def _turtle(plans: "Plans", plan: str | None) -> bytes:
    return rdf_files.serialised(rdf_files.published(plans, plan=plan), ".ttl")


def _narrowed(story: Story, file: CsvFile) -> CsvFile:
    """The file with the rows of the plans chosen only."""
    names = [field.name for field in file.fields]
    between = ("plan", "other_plan") if "plan" in names else ("earlier", "later")  # those of a follow-up are titles
    at = [names.index(name) for name in between if name in names]
    rows = [row for row in file.rows if all(row[index] in story.chosen for index in at)]
    return replace(file, rows=rows)


def tracker_workbook(story: Story) -> bytes:
    """Return the action tracker as a workbook."""
    from pathlib import Path
    from tempfile import TemporaryDirectory

    from goldenthread.graph.printing import as_xlsx

    columns = tuple(column for column in story.actions[0] if column != "iri")
    rows = [tuple(row[column] for column in columns) for row in story.actions]
    with TemporaryDirectory() as folder:
        file = Path(folder) / "tracker.xlsx"
        as_xlsx(Table(columns, rows, (f"standing on {story.on}", *plan_sources(story))), file)
        return _undated(file.read_bytes())


def _undated(workbook: bytes) -> bytes:
    """A workbook with the dates of its making taken out, packed anew."""
    import re

    with zipfile.ZipFile(io.BytesIO(workbook)) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    core = "docProps/core.xml"
    if core in parts:
        parts[core] = re.sub(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z", b"1980-01-01T00:00:00Z", parts[core])
    return zipped(parts)


def zipped(contents: Mapping[str, bytes]) -> bytes:
    """Return files as one zip file, always the same for the same files: sorted, without dates, deflated."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as packed:
        for name in sorted(contents):
            entry = zipfile.ZipInfo(name, MADE)
            entry.compress_type, entry.create_system, entry.external_attr = zipfile.ZIP_DEFLATED, 3, 0o100644 << 16
            packed.writestr(entry, contents[name])
    return out.getvalue()


def archived(contents: Mapping[str, bytes]) -> bytes:
    """Return files as one tar.xz file, always the same for the same files: sorted, without dates and owners."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as packed:
        for name in sorted(contents):
            entry = tarfile.TarInfo(name)
            entry.size = len(contents[name])
            packed.addfile(entry, io.BytesIO(contents[name]))
    thorough = {"id": lzma.FILTER_LZMA2, "preset": 6, "lc": 4, "lp": 0, "pb": 0, "nice_len": 273, "depth": 100}
    quick = {"id": lzma.FILTER_LZMA2, "preset": 1}
    return lzma.compress(out.getvalue(), filters=[thorough if len(out.getvalue()) <= THOROUGH else quick])


def _readme(story: Story, about: Description) -> bytes:
    lines = [about.title, "", about.text, "", "Plans and their sources", *(f"- {line}" for line in plan_sources(story)), "",
             "- answers/  what the stored questions answer; several values in a cell are joined with “; ”",
             "- long/     the same one value a row; key is the key of the row in answers/",
             f"- {FINDINGS}  what is missing, contradictory or remarkable, the rule beside each",
             f"- {GRAPH}  the whole graph, unless an endpoint was asked or the report is of one day", "",
             "Text that begins like a formula has an apostrophe (') in front, so that no spreadsheet runs it.", "",
             *_licence(about)]  # fmt: skip
    return ("\n".join(lines) + "\n").encode()


def _licence(about: Description) -> Iterator[str]:
    if about.licensed:
        yield f"Licence: {LICENCE['title']} ({LICENCE['path']}). The documents themselves belong to their publishers."
    else:
        yield "Licence: not stated. Ask whose plans these are before passing them on."


def _citation(story: Story, about: Description) -> Iterator[str]:
    yield f"{about.title}. Made by goldenthread {story.version} from:"
    yield from plan_sources(story)


def _meaning(name: str) -> str:
    if name in MEANINGS:
        return MEANINGS[name]
    return f"the answer to the stored question {name.rpartition('/')[2].removesuffix('.csv')}, as a CSV table for Excel"


def _size(number: int) -> str:
    """Return a size in words.

    >>> _size(900), _size(1_530_000)
    ('1 KB', '1.5 MB')
    """
    return f"{number / 1e6:.1f} MB" if number >= 1e6 else f"{max(1, round(number / 1000))} KB"
