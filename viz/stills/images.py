"""What a picture file says of itself: title and caption in PNG and PDF, and no date, so that bytes stay the same.

PNG: a text chunk for each word of the standard (Title, Description), marked as UTF-8 where Latin letters do not do, and
the dots to the metre. PDF: the date that Graphviz' writer puts in is set to a fixed day, and a further section of the
file (the format allows adding to its end) gives the document's information anew.
"""

import re
import struct
import zlib

About = tuple[str, tuple[str, ...]]
_DATE = re.compile(rb"/CreationDate \(D:\d{14}")
_FIXED = b"/CreationDate (D:20000101000000"


def described_png(picture: bytes, about: About, dots_per_inch: int) -> bytes:
    """Return a PNG picture with its title, its caption and its dots to the inch inside."""
    title, caption = about
    head = 8 + 25  # the signature, and the first chunk, which must stay first
    per_metre = round(dots_per_inch / 0.0254)
    chunks = [
        _chunk(b"pHYs", struct.pack(">IIB", per_metre, per_metre, 1)),
        _text("Title", title),
        *(_text("Description", line) for line in caption),
        _text("Software", "goldenthread"),
    ]
    return picture[:head] + b"".join(chunks) + _without(picture[head:], b"pHYs")


def _text(keyword: str, text: str) -> bytes:
    try:
        return _chunk(b"tEXt", keyword.encode() + b"\0" + text.encode("latin-1"))
    except UnicodeEncodeError:
        return _chunk(b"iTXt", keyword.encode() + b"\0\0\0\0\0" + text.encode("utf-8", "replace"))


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def _without(chunks: bytes, kind: bytes) -> bytes:
    kept, at = [], 0
    while at < len(chunks):
        end = at + 12 + struct.unpack(">I", chunks[at : at + 4])[0]
        if chunks[at + 4 : at + 8] != kind:
            kept.append(chunks[at:end])
        at = end
    return b"".join(kept)


def described_pdf(picture: bytes, about: About) -> bytes:
    """Return a PDF file with its title and caption in the document's information."""
    title, caption = about
    trailer = picture[picture.rindex(b"trailer") :]
    size, root, start = (
        int(found[1]) if (found := re.search(pattern, trailer)) else 0
        for pattern in (rb"/Size (\d+)", rb"/Root (\d+) 0 R", rb"startxref\s+(\d+)")
    )
    picture = _DATE.sub(_FIXED, picture)
    entries = ((b"/Title", title), (b"/Subject", "; ".join(caption)), (b"/Creator", "goldenthread"))
    information = b" ".join(name + b" " + _string(text) for name, text in entries)
    at = len(picture)
    added = b"%d 0 obj\n<< %s >>\nendobj\n" % (size, information)
    table = b"xref\n0 1\n0000000000 65535 f \n%d 1\n%010d 00000 n \n" % (size, at)
    ending = b"trailer\n<< /Size %d /Root %d 0 R /Info %d 0 R /Prev %d >>\nstartxref\n%d\n%%%%EOF\n" % (
        size + 1, root, size, start, at + len(added),
    )  # fmt: skip
    return picture + added + table + ending


def _string(text: str) -> bytes:
    """Return a text as PDF writes it: UTF-16 in hexadecimal digits, so that no sign can end it."""
    return b"<" + ("\ufeff" + text).encode("utf-16-be", "replace").hex().encode() + b">"
