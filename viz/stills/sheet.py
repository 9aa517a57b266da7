"""The sheet that a still picture is written on: title above, legend and caption below, and what size fits an A4 page.

Writing on the sheet has a size in points of the finished page, whatever the size of the boxes. Legend entries stand in
as many columns as there is room for, each as wide as its longest entry. Kinds of box that look the same share one.
"""

from collections import defaultdict
from dataclasses import dataclass, replace

from goldenthread.viz.labels import NOT_STATED, OUR_READING, STATED, plain
from goldenthread.viz.legend import Legend, letters
from goldenthread.viz.letters import fitted, width
from goldenthread.viz.network import Network, Style

UPRIGHT, LENGTHWISE = (170.0, 242.0), (257.0, 168.0)  # millimetres that an A4 page leaves for a picture
POINT = 25.4 / 72  # millimetres
SMALLEST = 7.2  # points
MARGIN = 3.0  # points around everything (four or five of a drawing's units): letters reach beyond their measure
_NARROWEST = 330.0  # points: a sheet's writing is not squeezed below this
_MANY = 9  # legend entries that ask for the whole width of the page
_LARGEST = 0.85  # of a drawing's own size: names on boxes are then as large as the text of a report
_SAMPLE = 25.0
_SURE = 0.94  # of a line: small letters are set a little wider than their measure
_FLAT = 1.7  # on a page so much wider than high the legend takes the whole width


@dataclass(frozen=True)
class Entry:
    """An entry of the legend: its words, the look of its sample, and what the sample is: box, line or reading."""

    text: str
    style: Style
    sample: str
    mark: str = ""


@dataclass(frozen=True)
class Words:
    """Lines of text on the sheet: left edge, top, size of letters, all in points."""

    lines: tuple[str, ...]
    x: float
    y: float
    size: float
    bold: bool = False


@dataclass(frozen=True)
class Sheet:
    """A sheet in points: its size, where the drawing stands, the drawing's scale, and what is written around it."""

    width: float
    height: float
    top: float
    scale: float
    words: tuple[Words, ...]
    samples: tuple[tuple[Entry, float, float], ...]


def sheet(network: Network, kinds: Legend, size: tuple[float, float], page: tuple[float, float]) -> Sheet:
    """Return the sheet on which a drawing of this size (its own units) is largest on this page (millimetres)."""
    wide, high = page[0] / POINT - 2 * MARGIN, page[1] / POINT - 2 * MARGIN
    scale = min(_LARGEST, wide / size[0], high / size[1])
    for _ in range(6):
        trial = _composed(network, kinds, size, scale, wide, flat=wide > _FLAT * high)
        spare = high - (trial.height - size[1] * scale)
        fitting = min(_LARGEST, wide / size[0], max(spare, high * 0.1) / size[1])
        if abs(fitting - scale) < 0.002 * scale:
            break
        scale = fitting
    while True:
        found = _composed(network, kinds, size, scale, wide, flat=wide > _FLAT * high)
        if found.height <= high or scale * size[1] < high * 0.1:
            return _within(found)
        scale *= 0.998


def _within(found: Sheet) -> Sheet:
    """Return a sheet with its margin around it."""
    return replace(
        found,
        width=found.width + 2 * MARGIN,
        height=found.height + 2 * MARGIN,
        top=found.top + MARGIN,
        words=tuple(replace(words, x=words.x + MARGIN, y=words.y + MARGIN) for words in found.words),
        samples=tuple((entry, x + MARGIN, y + MARGIN) for entry, x, y in found.samples),
    )


def entries(network: Network, kinds: Legend) -> tuple[Entry, ...]:
    """Return the legend's entries, boxes before lines."""
    alike: dict[tuple[str, str, str, str], list[Style]] = defaultdict(list)
    for _, style in kinds.bodies:
        alike[style.stroke, style.colour, style.shape, style.fill].append(style)
    found = [Entry(", ".join(plain(style.label) for style in same), same[0], "box") for same in alike.values()]
    if kinds.unknown:
        found.append(Entry(NOT_STATED, Style(NOT_STATED, "dotted", "#333333", fill="#ffffff"), "box"))
    marked = letters(network)
    found += [Entry(plain(style.label), style, "line", marked.get(kind, "")) for kind, style in kinds.lines]
    if kinds.inferred:
        says = f"{OUR_READING}; all other lines are {STATED}"
        found.append(Entry(says, Style(OUR_READING, colour="#333333"), "reading"))
    return tuple(found)


def _composed(
    network: Network, kinds: Legend, size: tuple[float, float], scale: float, page: float, *, flat: bool
) -> Sheet:
    letter = max(SMALLEST, 11 * scale)
    listed = entries(network, kinds)
    wide = page if flat or len(listed) > _MANY else min(page, max(size[0] * scale, _NARROWEST))
    words: list[Words] = []
    title = max(9.5, min(14.0, 20 * scale))
    lines = fitted(network.title, wide / title * _SURE, bold=True)
    words.append(Words(lines, 0.0, 0.0, title, bold=True))
    top = title * 1.25 * len(lines) + 6
    y = top + size[1] * scale + 8
    samples = []
    for entry, x, down, says in _columns(listed, wide, letter):
        samples.append((entry, x, y + down + letter * 0.62))
        words.append(Words(says, x + _SAMPLE + 6, y + down, letter))
    if samples:
        y = max(word.y + word.size * 1.25 * len(word.lines) for word in words[1:]) + letter * 0.9
    small = max(SMALLEST - 0.2, letter * 0.92)
    caption = fitted("  ·  ".join(network.caption), wide / small * _SURE) if network.caption else ()
    if caption:
        words.append(Words(caption, 0.0, y, small))
        y += small * 1.25 * len(caption)
    return Sheet(wide, y, top, scale, tuple(words), tuple(samples))


def _columns(found: tuple[Entry, ...], wide: float, letter: float) -> list[tuple[Entry, float, float, tuple[str, ...]]]:
    """Return each entry with its place: in the largest number of columns that fits."""
    if not found:
        return []
    room = [_SAMPLE + 6 + width(entry.text) * letter * 1.06 + 12 for entry in found]
    widest = [wide]
    for columns in range(len(found), 0, -1):
        rows = -(-len(found) // columns)
        widths = [max(room[i : i + rows]) for i in range(0, len(found), rows)]
        if sum(widths) - 12 <= wide:
            widest = widths
            break
    rows = -(-len(found) // len(widest))
    placed = []
    for column, across in enumerate(widest):
        down = 0.0
        for entry in found[column * rows : (column + 1) * rows]:
            says = fitted(entry.text, max(4.0, (min(across, wide) - _SAMPLE - 8) / letter))
            placed.append((entry, sum(widest[:column]), down, says))
            down += letter * (1.25 * len(says) + 0.2)
    return placed
