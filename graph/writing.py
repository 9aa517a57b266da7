"""Writing files all or nothing: beside the old one, flushed to the disk, then put in its place."""

import os
import secrets
import shutil
from collections.abc import Mapping
from pathlib import Path, PurePosixPath


def write_text(path: Path, text: str) -> None:
    """Write text (UTF-8, newlines as they are); the old file stays whole if anything fails."""
    write_bytes(path, text.encode())


def write_bytes(path: Path, content: bytes) -> None:
    """Write a file as it is given; the old one stays whole if anything fails."""
    write_files({path: content})


def write_files(contents: Mapping[Path, bytes]) -> None:
    """Write several files that belong together, all or none; the old ones stay whole if anything fails."""
    for path in contents:
        if path.is_symlink():
            raise ValueError(f"{path} is a link; name the file itself")
        if path.is_dir():
            raise ValueError(f"{path} is a folder; name a file")
        path.parent.mkdir(parents=True, exist_ok=True)
    new = {path: _beside(path) for path in contents}
    old = {path: path.read_bytes() for path in contents if len(contents) > 1 and path.exists()}
    done: list[Path] = []
    try:
        for path, content in contents.items():
            _flushed(new[path], content)
        for path in contents:
            os.replace(new[path], path)
            done.append(path)
    except BaseException:
        for path in done:
            if path in old:
                path.write_bytes(old[path])
            else:
                path.unlink(missing_ok=True)
        raise
    finally:
        for part in new.values():
            part.unlink(missing_ok=True)


def write_folder(folder: Path, files: Mapping[str, bytes]) -> list[Path]:
    """Write a folder of files, given by path below it, in place of the folder that may stand there; return the files.

    Whether the old folder may go is for the caller to say; it stays whole until the new one is complete.
    """
    if folder.is_symlink():
        raise ValueError(f"{folder} is a link; name the folder itself")
    folder.parent.mkdir(parents=True, exist_ok=True)
    beside, before = _beside(folder), _beside(folder)
    try:
        paths = [_within(beside, name) for name in files]
        for path, content in zip(paths, files.values(), strict=True):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        for path in paths:  # after all are written, so that one flush of the disk's journal does for most
            _flush(path)
        _exchange(folder, beside, before)
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    return [folder / name for name in sorted(files)]


def _exchange(folder: Path, new: Path, before: Path) -> None:
    """Put the new folder in the old one's place; the old one comes back if that fails."""
    if not folder.exists():
        new.rename(folder)
        return
    folder.rename(before)
    try:
        new.rename(folder)
    except OSError:
        before.rename(folder)
        raise
    shutil.rmtree(before, ignore_errors=True)


def _within(folder: Path, name: str) -> Path:
    """Return the path of a file of the folder; ValueError for a name that would lead out of it."""
    parts = PurePosixPath(name).parts
    if not parts or name.startswith("/") or any(part in ("..", "/") or "\\" in part for part in parts):
        raise ValueError(f"{name!r} is no name of a file within the folder")
    return folder.joinpath(*parts)


def _beside(path: Path) -> Path:
    return path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")


def _flush(path: Path) -> None:
    with open(path, "rb+") as file:
        os.fsync(file.fileno())


def _flushed(path: Path, content: bytes) -> None:
    with open(path, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
