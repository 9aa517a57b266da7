"""Where it says so: passages of a document's text, their digests, and a phrase to search for.

Lines are split at "\\n" only and counted from 1. A printed passage shows posts instead of names unless names are
asked for. `python -m goldenthread.graph.sources DATA DOCUMENTS` writes every plan's sources.csv.
"""

import csv
import hashlib
import io
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from goldenthread.graph.columns import table
from goldenthread.graph.facts import Partnership, read
from goldenthread.graph.folders import partnership_folders

PHRASE_LENGTHS = (5, 6, 7, 8, 4, 3)  # words, in the order tried


@dataclass(slots=True)
class Document:
    """A document's text, by line."""

    name: str
    lines: list[str]
    digest: str

    @classmethod
    def read(cls, path: Path) -> "Document":
        """Read a document's text (UTF-8); OSError or UnicodeDecodeError if it cannot be."""
        content = path.read_bytes()
        return cls(path.name, content.decode("utf-8").split("\n"), hashlib.sha256(content).hexdigest())

    def passage(self, lines: str) -> str:
        """Return the text of `74` or `74-75`; ValueError if the document has no such line."""
        first, _, last = lines.partition("-")
        if int(last or first) > len(self.lines):
            raise ValueError(f"{self.name} has {len(self.lines)} lines, so no line {lines}")
        return "\n".join(self.lines[int(first) - 1 : int(last or first)])


def digest(passage: str) -> str:
    """Return the SHA-256 of a passage as it stands."""
    return hashlib.sha256(passage.encode()).hexdigest()


def readable(passage: str) -> str:
    """Return a passage without the marks of its conversion: tags, tabs and asterisks."""
    text = re.sub(r"</?[a-z]+[^>]*>", " ", passage)
    text = re.sub(r"\*\*|^#+ ", "", text)
    return re.sub(r"[ \xa0]+", " ", re.sub(r"\s*\t\s*", " | ", text)).strip(" |\n")


@dataclass(slots=True)
class Redaction:
    """Replaces the names of people by how they are shown; initials only where they fill a cell of leads."""

    shown: dict[str, str] = field(default_factory=dict)  # a spelling -> what is shown instead

    def __call__(self, text: str) -> str:
        """Return the text without names."""
        for spelling in sorted(self.shown, key=len, reverse=True):
            word = re.escape(spelling)
            if re.fullmatch(r"[A-Z]{2,3}", spelling):
                pattern = rf"(?:(?<=[\t/])|(?<=& )|^){word}(?=[\t/]| &| and |$)"
            else:
                pattern = rf"\b{word}\b"
            text = re.sub(pattern, f"[{self.shown[spelling]}]", text)
        return text


def spellings(partnerships: Iterable[Partnership]) -> dict[str, str]:
    """Return every spelling of every name in the people tables, with "named person 3" to show instead."""
    return {
        spelling: f"named person {row.text('key').lstrip('p')}"
        for partnership in partnerships
        for row in partnership.rows["people"]
        for spelling in (row.text("name"), *row.many("also"))
    }


def _words(text: str) -> Iterator[list[str]]:
    """Give the runs of words of a text between tabs, tags, line ends and bullets."""
    for run in re.split(r"</?[a-z]+[^>]*>|[\t\n•○|]+|\*\*|(?<=\s)[-#]+\s", text):
        if words := run.split():
            yield words[1:] if re.fullmatch(r"[-#·*]+", words[0]) else words


def find_phrase(passage: str, whole: str, names: Sequence[str]) -> str:
    """Return a phrase of three to eight words of a passage that stands only once in the whole text, case aside.

    Phrases that bear a name of a person are passed over; "" if there is none.
    """
    flat = " ".join(whole.split()).casefold()
    parts = {part for name in names for part in (name, *name.split()) if len(part) > 3 or part.isupper()}
    bearing_names = re.compile("|".join(rf"\b{re.escape(part)}\b" for part in sorted(parts)) or r"(?!)")
    runs = list(_words(passage))
    for length in PHRASE_LENGTHS:
        for words in runs:
            for start in range(len(words) - length + 1):
                phrase = " ".join(words[start : start + length])
                if ";" not in phrase and flat.count(phrase.casefold()) == 1 and not bearing_names.search(phrase):
                    return phrase
    return ""


def write_sources(partnerships: Sequence[Partnership], folder: Path, documents: Path) -> int:
    """Write sources.csv of every plan of a data folder whose document is at hand; return how many."""
    written = 0
    names = list(spellings(partnerships))
    folders = {read([one])[0].key: one for one in partnership_folders(folder)}
    for partnership in partnerships:
        for plan in partnership.plans:
            path = documents / plan.row.text("document")
            if path.is_file():
                text = _sources_table(plan.rows, Document.read(path), names)
                target = folders[partnership.key] / plan.folder / "sources.csv"
                target.write_text(text, encoding="utf-8", newline="")
                written += 1
    return written


def _sources_table(rows: dict[str, list], document: Document, names: Sequence[str]) -> str:  # type: ignore[type-arg]
    cited = {
        lines
        for name, some in rows.items()
        if name not in ("sources", "sections")
        for row in some
        for lines in row.many("lines")
    }
    whole = "\n".join(document.lines)
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([column.name for column in table("sources").columns])
    for lines in sorted(cited, key=lambda lines: [int(part) for part in lines.split("-")]):
        passage = document.passage(lines)
        writer.writerow([lines, digest(passage), find_phrase(passage, whole, names)])
    return out.getvalue()


if __name__ == "__main__":
    data, texts = Path(sys.argv[1]), Path(sys.argv[2])
    print(f"wrote {write_sources(read([data]), data, texts)} tables of sources")
