"""Whether a folder may be replaced: it is not there, empty, or one that we wrote and that nobody has touched since.

Whoever writes folders puts a file in them that gives every other file's digest; without it the folder is not ours.
"""

import hashlib
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

SHORTEST = 16  # hexadecimal signs of a digest that are enough to notice a change


@dataclass(frozen=True)
class Ours:
    """How folders of one kind are known: `digests` gives those of a folder's files, None if it is none of ours.

    `marker` is the file that holds them; the other words are for messages: what such a folder is called, what was done
    when it was written, and what to name in place of a file.
    """

    what: str
    done: str
    marker: str
    otherwise: str
    digests: Callable[[Path], Mapping[str, str] | None]


def check_replaceable(folder: Path, ours: Ours) -> None:
    """Make sure that a folder may be replaced; ValueError if it holds what is not ours, or was changed since."""
    if folder.is_symlink():
        raise ValueError(f"{folder} is a link; name the folder itself")
    if not folder.exists():
        return
    if not folder.is_dir():
        raise ValueError(f"{folder} is a file; {ours.otherwise}")
    found = files(folder)
    if not found:
        return
    digests = ours.digests(folder)
    if digests is None:
        raise ValueError(f"{folder} is not empty and no {ours.what} of goldenthread; name a new folder")
    for name, path in found.items():
        if name == ours.marker:
            continue
        if path.is_symlink() or path.is_dir() or name not in digests:
            raise ValueError(
                f"{folder} holds {name}, which is not part of the {ours.what}; move it away or name a new folder"
            )
        if not _same(path, digests[name]):
            raise ValueError(f"{path} has been changed since it was {ours.done}; move it away or name a new folder")


def _same(path: Path, digest: str) -> bool:
    return len(digest) >= SHORTEST and hashlib.sha256(path.read_bytes()).hexdigest().startswith(digest)


def files(folder: Path) -> dict[str, Path]:
    """Return every file below a folder by its path there; links and empty folders count, and no link is followed."""
    found = {}
    for root, folders, names in os.walk(folder):
        links = [name for name in folders if (Path(root) / name).is_symlink()]
        for name in [*names, *links]:
            path = Path(root) / name
            found[path.relative_to(folder).as_posix()] = path
        if not folders and not names and Path(root) != folder:
            found[Path(root).relative_to(folder).as_posix()] = Path(root)
    return found
