"""Several PDF files of one page each as one file of several pages.

The files are those that Graphviz writes: numbered objects, and a table that says where each begins. The objects get new
numbers, file by file; the pages get one list of pages, which takes the place of each file's own.
"""

import re
from collections.abc import Sequence

_LIST, _CATALOG, _FIRST = 1, 2, 3
_REFERENCE = re.compile(rb"\b(\d+) 0 R\b")
_PARENT = re.compile(rb"/Parent \d+ 0 R")
_DROPPED = (b"/Type /Pages", b"/Type /Catalog", b"/Producer")


def joined(documents: Sequence[bytes]) -> bytes:
    """Return one PDF file with the pages of all, in this order."""
    if len(documents) == 1:
        return documents[0]
    objects: dict[int, bytes] = {}
    pages: list[int] = []
    for document in documents:
        shift = max(objects, default=_FIRST - 1)
        for number, content in _objects(document).items():
            if b"/Type /Page " in content[:40]:
                pages.append(number + shift)
            objects[number + shift] = _renumbered(content, shift)
    kids = b" ".join(b"%d 0 R" % page for page in pages)
    objects[_LIST] = b"<< /Type /Pages\n   /Kids [ %s ]\n   /Count %d\n>>" % (kids, len(pages))
    objects[_CATALOG] = b"<< /Type /Catalog\n   /Pages %d 0 R\n>>" % _LIST
    return _file(objects)


def _objects(document: bytes) -> dict[int, bytes]:
    """Return what a file holds, by number, but for its own list of pages and what it says of itself."""
    table = int(document[document.rindex(b"startxref") :].split()[1])
    count = int(document[table:].split(maxsplit=3)[2])
    first = document.index(b"\n", document.index(b"\n", table) + 1) + 1
    begins = {number: int(document[first + 20 * number :][:10]) for number in range(1, count)}
    ends = dict(zip(sorted(begins.values()), [*sorted(begins.values())[1:], table], strict=True))
    found = {}
    for number, begin in begins.items():
        content = document[begin : ends[begin]].partition(b" obj\n")[2].rpartition(b"\nendobj")[0]
        if not any(kind in content[:40] for kind in _DROPPED):
            found[number] = content
    return found


def _renumbered(content: bytes, shift: int) -> bytes:
    """Return an object with the numbers that it names moved on; what a stream holds stays as it is."""
    head, stream, data = content.partition(b"stream\n")
    head = _REFERENCE.sub(lambda found: b"%d 0 R" % (int(found[1]) + shift), head)
    return _PARENT.sub(b"/Parent %d 0 R" % _LIST, head) + stream + data


def _file(objects: dict[int, bytes]) -> bytes:
    """Return a file of these objects with its table."""
    written, begins = b"%PDF-1.5\n%\xb5\xed\xae\xfb\n", {}
    for number in sorted(objects):
        begins[number] = len(written)
        written += b"%d 0 obj\n%s\nendobj\n" % (number, objects[number])
    size = max(objects) + 1
    free = b"0000000000 65535 f \n"
    rows = [b"%010d 00000 n \n" % begins[number] if number in begins else free for number in range(1, size)]
    trailer = b"trailer\n<< /Size %d\n   /Root %d 0 R\n>>\nstartxref\n%d\n%%%%EOF\n"
    return written + b"xref\n0 %d\n" % size + free + b"".join(rows) + trailer % (size, _CATALOG, len(written))
