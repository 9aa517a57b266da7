"""Is this file a workbook that may be opened? Its sizes, names and markup are looked through before openpyxl sees it.

A workbook is a zip of XML, and comes from anywhere: a small file can be made to unpack or expand to more than memory
holds, or to name parts outside itself.
"""

import re
import zipfile
from typing import BinaryIO

MOST_MEMBERS, MOST_BYTES, MOST_RATIO, SMALL = 2_000, 200_000_000, 200, 1_000_000
ENCODINGS = (b"utf-8", b"utf-16", b"us-ascii", b"ascii", b"iso-8859-1")  # others could hide markup from the search
ROW = re.compile(rb"<(?:\w+:)?row\s(?:[^>]*?\s)?r\s*=\s*[\"'](\d+)[\"']")
SAVE_AGAIN = "open it in Excel and save it again as .xlsx"


class Refused(ValueError):
    """The file is no workbook that may be opened; the message says why and what to do."""


def check_safe(file: BinaryIO) -> None:
    """Look through an open file; Refused says why it may not be opened as a workbook."""
    start = file.read(8)
    if start.startswith(b"\xd0\xcf\x11\xe0"):
        raise Refused(f"this is an old .xls workbook or one with a password; {SAVE_AGAIN}, without password")
    if not start.startswith(b"PK") or not zipfile.is_zipfile(file):
        raise Refused(f"this is not a workbook; {SAVE_AGAIN} (an old .xls too)")
    with zipfile.ZipFile(file) as archive:
        members = archive.infolist()
        if len(members) > MOST_MEMBERS:
            raise Refused(
                f"the workbook has {len(members)} parts, at most {MOST_MEMBERS} are read; copy the tables only"
            )
        if sum(member.file_size for member in members) > MOST_BYTES:
            raise Refused(f"the workbook unpacks to more than {MOST_BYTES // 1_000_000} MB; copy the tables only")
        for member in members:
            _check_member(archive, member)
    file.seek(0)


def _check_member(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> None:
    name = member.filename
    if name.startswith(("/", "\\")) or ":" in name or ".." in re.split(r"[/\\]", name):
        raise Refused(f"a part of the workbook is to stand outside of it ({name[:80]!r}); {SAVE_AGAIN}")
    if member.flag_bits & 1:
        raise Refused(f"the workbook is protected by a password; {SAVE_AGAIN}, without password")
    if member.file_size > SMALL and member.file_size > MOST_RATIO * member.compress_size:
        raise Refused(f"a part of the workbook is packed more than {MOST_RATIO} to 1 ({name[:80]!r}); {SAVE_AGAIN}")
    if "worksheets/" in name and not _in_order(archive, member):
        raise Refused(f"rows stand in another order than their numbers say ({name[:80]!r}); {SAVE_AGAIN}")
    if _declares_markup(archive, member):
        raise Refused(f"a part of the workbook declares its own markup ({name[:80]!r}); {SAVE_AGAIN}")


def _in_order(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bool:
    """Return whether a sheet's rows are numbered upwards; openpyxl passes over a row that comes too late."""
    last, end = 0, b""
    with archive.open(member) as part:
        while chunk := part.read(1 << 20):
            text, _, start = (end + chunk.replace(b"\0", b"")).rpartition(b"<")
            for match in ROW.finditer(text):
                if int(match[1]) <= last:
                    return False
                last = int(match[1])
            end = b"<" + start
    return True


def _declares_markup(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bool:
    """Return whether a part has a DOCTYPE or ENTITY, or an encoding that would hide one; UTF-16 is seen through."""
    end = b""
    with archive.open(member) as part:
        while chunk := part.read(1 << 20):
            text = end + chunk.replace(b"\0", b"")
            if not end:
                declared = re.match(rb"[^<]{0,4}<\?xml[^>]*?encoding\s*=\s*[\"']([^\"']*)", text[:300])
                if declared and declared[1].lower() not in ENCODINGS:
                    return True
            if b"<!DOCTYPE" in text or b"<!ENTITY" in text:
                return True
            end = text[-16:]
    return False
