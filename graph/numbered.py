"""Files of the sheets of one picture: beside the name that was asked for, with a number before the ending."""

from collections.abc import Sequence
from pathlib import Path

from goldenthread.graph.writing import write_files

_OURS = b"goldenthread"
_HEAD = 50_000  # bytes: our pictures say at their beginning what made them


def write_sheets(output: Path, sheets: Sequence[bytes]) -> list[Path]:
    """Write one file under its name, several as NAME-1, NAME-2 ..., all or none; return the files.

    The name that was asked for may be replaced; a numbered one was not asked for, and is replaced only if it is a
    picture of ours: ValueError if it is not.
    """
    if len(sheets) == 1:
        paths = [output]
    else:
        paths = [numbered(output, number) for number in range(1, len(sheets) + 1)]
        for path in paths:
            if path.is_file() and _OURS not in path.read_bytes()[:_HEAD]:
                raise ValueError(f"{path} is there and no picture of goldenthread; move it away or name another file")
    write_files(dict(zip(paths, sheets, strict=True)))
    return paths


def numbered(output: Path, number: int) -> Path:
    """Return the file of one sheet.

    >>> numbered(Path("pictures") / "load.svg", 2).name
    'load-2.svg'
    """
    return output.with_name(f"{output.stem}-{number}{output.suffix}")


def left_over(output: Path, written: Sequence[Path]) -> list[Path]:
    """Return the sheets of earlier drawings under the same name that were not written anew."""
    found = [output] if output.exists() and output not in written else []
    number = 1
    while (path := numbered(output, number)).exists() or path in written:
        found += [path] if path not in written else []
        number += 1
    return found
