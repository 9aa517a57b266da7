"""Writing files all or nothing: beside the old one, flushed to the disk, then put in its place."""

import os
import secrets
from pathlib import Path


def write_text(path: Path, text: str) -> None:
    """Write text (UTF-8, newlines as they are); the old file stays whole if anything fails."""
    if path.is_symlink():
        raise ValueError(f"{path} is a link; name the file itself")
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
    try:
        with open(beside, "w", encoding="utf-8", newline="") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        os.replace(beside, path)
    finally:
        beside.unlink(missing_ok=True)
