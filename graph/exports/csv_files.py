"""CSV files that leave the tool: their columns declared, their text inert where a spreadsheet opens them.

A spreadsheet runs text that begins like a formula. So such text gets an apostrophe in front in the files that are made
for spreadsheets; tables that are read back stay as they are.
"""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from goldenthread.graph.engines import Value

RISKY = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")  # the wide ones are read as the narrow ones


def harmless(text: str) -> str:
    """Return text that no spreadsheet takes for a formula: with an apostrophe in front if it begins like one.

    >>> harmless("=1+1"), harmless("1+1")
    ("'=1+1", '1+1')
    """
    return f"'{text}" if text.startswith(RISKY) else text


@dataclass(frozen=True, slots=True)
class Field:
    """A column of a CSV file, in the words of a Frictionless table schema."""

    name: str
    type: str
    description: str
    constraints: Mapping[str, object] = field(default_factory=dict)

    def schema(self) -> dict[str, object]:
        """Return the field as its schema says it."""
        said: dict[str, object] = {"name": self.name, "type": self.type, "description": self.description}
        return said | ({"constraints": dict(self.constraints)} if self.constraints else {})


@dataclass(frozen=True, slots=True)
class CsvFile:
    """A CSV file of an export: path below the folder, what it holds, its columns and rows."""

    path: str
    meaning: str
    fields: tuple[Field, ...]
    rows: Sequence[Sequence[Value]]
    read_back: bool = False  # then its text is left as it stands
    key: tuple[str, ...] = ()  # the columns that identify a row

    @property
    def name(self) -> str:
        """The file's name in the data package."""
        return self.path.removesuffix(".csv")

    def content(self, *, bom: bool) -> bytes:
        """Return the file in UTF-8: for Excel with a byte order mark and CRLF, else with neither."""
        out = io.StringIO()
        writer = csv.writer(out, lineterminator=ending(bom=bom))
        writer.writerow([field.name for field in self.fields])
        writer.writerows([self._cell(value) for value in row] for row in self.rows)
        return out.getvalue().encode("utf-8-sig" if bom else "utf-8")

    def _cell(self, value: Value) -> str:
        if value is None:
            return ""
        return str(value) if self.read_back or isinstance(value, int) else harmless(value)


def ending(*, bom: bool) -> str:
    """Return what ends a line: CRLF in files for Excel."""
    return "\r\n" if bom else "\n"


def type_of(name: str, values: Sequence[Value]) -> str:
    """Return the type of a column: a whole number if it holds nothing else, a date if it is a bound, else text."""
    held = [value for value in values if value is not None]
    if held and all(isinstance(value, int) for value in held):
        return "integer"
    return "date" if name in ("earliest", "latest") else "string"
