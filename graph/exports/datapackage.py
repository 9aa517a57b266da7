"""The two files that say what a folder of an export holds: datapackage.json (Frictionless, version 1) and README.txt.

A data package has no date here, so that the same plans give the same bytes. Sizes and digests of the files tell later
whether anything in the folder has been changed since.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from goldenthread.graph import replacing
from goldenthread.graph.exports.csv_files import CsvFile, ending
from goldenthread.graph.exports.description import LICENCE, Description
from goldenthread.graph.printing import CAVEAT

FILE, README, RDF = "datapackage.json", "README.txt", "description.ttl"
MAKER = "goldenthread"
OTHERWISE = "name a new folder, or a file with an ending such as .ttl or .xlsx"


def package(description: Description, files: Iterable[CsvFile], written: Mapping[str, bytes], *, bom: bool) -> bytes:
    """Return datapackage.json: the description, then every file with its columns, size and digest."""
    said: dict[str, object] = {
        "profile": "data-package",
        "name": f"{MAKER}-{description.name}",
        "title": description.title,
        "description": description.text,
        "version": description.version,
        "made_by": MAKER,
    }
    if description.licensed:
        said["licenses"] = [LICENCE]
    said["sources"] = [
        {"title": str(plan), "path": plan.document, "plan": plan.key, "since": plan.since, "until": plan.until}
        for plan in description.plans
    ]
    said["synthetic"] = sorted(description.synthetic)
    said["resources"] = [_resource(file, written[file.path], bom=bom) for file in files] + [
        {"name": name.casefold(), "path": name, "mediatype": mediatype, "encoding": "utf-8", **_digest(written[name])}
        for name, mediatype in ((README, "text/plain"), (RDF, "text/turtle"))
    ]
    return (json.dumps(said, ensure_ascii=False, indent=2) + "\n").encode()


def _resource(file: CsvFile, content: bytes, *, bom: bool) -> dict[str, object]:
    schema: dict[str, object] = {"fields": [field.schema() for field in file.fields], "missingValues": [""]}
    if file.key:
        schema["primaryKey"] = list(file.key)
    inert = "" if file.read_back else "; text that begins like a formula has an apostrophe in front"
    return {
        "profile": "tabular-data-resource",
        "name": file.name,
        "title": file.meaning,
        "description": file.meaning + inert,
        "path": file.path,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {"delimiter": ",", "quoteChar": '"', "doubleQuote": True, "header": True, "lineTerminator": ending(bom=bom)},
        "schema": schema,
        **_digest(content),
    }  # fmt: skip


def _digest(content: bytes) -> dict[str, object]:
    return {"bytes": len(content), "hash": f"sha256:{hashlib.sha256(content).hexdigest()}"}


def readme(description: Description, files: Sequence[CsvFile], *, bom: bool, notes: Sequence[str] = ()) -> bytes:
    """Return README.txt, for whoever opens the folder without having asked for it."""
    folders = {file.path.partition("/")[0] for file in files}
    lines = [description.title, "", description.text, "", "Plans and their sources"]
    lines += [f"- {plan}" for plan in description.plans]
    lines += ["", f"What a plan states holds for its period: {CAVEAT}.", ""]
    if description.marked:
        invented = ", ".join(sorted(description.synthetic))
        lines += [f"{description.marked}: {invented}. Rows of invented plans say yes in the column synthetic;",
                  "the tables in tables/ say it in partnership.csv.", ""]  # fmt: skip
    lines += ["What is in here", *(text for folder, text in CONTENTS.items() if folder in folders or "/" not in folder)]
    lines += ["", *notes, *([""] if notes else [])]
    lines += [SAFETY, "", EXCEL if bom else PLAIN, "", *_licence(description)]
    return ("\n".join(lines).rstrip() + "\n").encode()


CONTENTS = {
    "tables": "- tables/   what was entered, table by table; goldenthread --data tables reads it again",
    "answers": "- answers/  what the stored questions answer; several values in a cell are joined with “; ”",
    "long": "- long/     the same one value a row; key is the key of the row in answers/",
    "coverage.csv": "- coverage.csv       how many entries have a field filled, of how many",
    FILE: f"- {FILE}   every file with its columns and what they mean",
    RDF: f"- {RDF}    the same description for catalogues of data",
}
SAFETY = (
    "In answers/, long/ and coverage.csv, text that begins with = + - @, a tab or a line end has an apostrophe (') in\n"
    "front, so that no spreadsheet runs it as a formula. In tables/ text stands as it was entered: look at it as text."
)
PLAIN = "Files are UTF-8 text without byte order mark; lines end with LF. For Excel, export with a byte order mark."
EXCEL = "CSV files are UTF-8 text with a byte order mark, for Excel; their lines end with CRLF."


def _licence(description: Description) -> list[str]:
    if description.licensed:
        return [f"Licence: {LICENCE['title']} ({LICENCE['path']}). The documents belong to their publishers."]
    return ["Licence: not stated. Ask whose plans these are before passing them on."]


def check_replaceable(folder: Path) -> None:
    """Make sure that a folder may be replaced: it is not there, empty, or one of ours that nobody has touched."""
    replacing.check_replaceable(folder, replacing.Ours("export", "exported", FILE, OTHERWISE, _known))


def _known(folder: Path) -> dict[str, str] | None:
    """The digests that the folder's data package gives; None if it has none of ours."""
    path = folder / FILE
    if path.is_symlink():
        return None
    try:
        said = json.loads(path.read_bytes())
        if said["made_by"] != MAKER:
            return None
        return {str(one["path"]): str(one["hash"]).removeprefix("sha256:") for one in said["resources"]}
    except (OSError, ValueError, KeyError, TypeError):
        return None
