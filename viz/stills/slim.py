"""An SVG picture in fewer words, looking as before: a report holds several, and a Word document carries them along.

Graphviz says everything of each line, box and letter. Here what most of them share is said once on the group around
them (as attributes: Word reads no more), numbers have one decimal, straight pieces of a line are straight, corners come
from the box, and ids of boxes are said without the part that all have in common.
"""

import math
import re
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Iterable, Sequence

_SVG = "{http://www.w3.org/2000/svg}"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_NUMBER = re.compile(r"-?\d*\.?\d+")
_SHAPES = frozenset(f"{_SVG}{tag}" for tag in ("path", "polygon", "polyline", "ellipse", "rect"))
_PLACES = ("x", "y", "cx", "cy", "rx", "ry", "width", "height", "transform", "viewBox")
_LINES = ("fill", "stroke", "stroke-width")
_WORDS = ("font-family", "font-size", "text-anchor", "fill")
_CORNERS = 8  # lines and rounded corners of a box, as Graphviz draws it
_STRAIGHT = 0.06
Point = tuple[float, float]


def slim(root: ET.Element) -> None:
    """Make a picture of Graphviz short; groups of boxes and lines keep their class, their title and their order."""
    graph = root.find(f"{_SVG}g")
    if graph is None:
        return
    for element in root.iter():
        _shape(element)
        element.attrib.pop(_SPACE, None)
        if element.tag != f"{_SVG}text":
            element.text = (element.text or "").strip() if len(element) == 0 else None
        element.tail = None
        for name in set(_PLACES) & set(element.attrib):
            element.set(name, _NUMBER.sub(lambda found: _short(float(found[0])), element.get(name, "")))
    graph.set("transform", graph.get("transform", "").replace("scale(1 1) rotate(0) ", ""))
    _grouped(graph)


def shared(ids: Sequence[str]) -> str:
    """Return the beginning that ids which are addresses have in common; empty if it is not worth it, or would mislead.

    >>> shared(["https://example.org/a/b", "https://example.org/a/c", "section 1"])
    'https://example.org/a/'
    """
    addresses = [one for one in ids if "://" in one]
    if len(addresses) < 2 or any(one.startswith(":") for one in ids):
        return ""
    first, last = min(addresses), max(addresses)
    same = next((i for i, (a, b) in enumerate(zip(first, last, strict=False)) if a != b), len(first))
    return first[: first.rfind("/", 0, same) + 1] if "://" in first[:same] else ""


def without(name: str, beginning: str) -> str:
    """Return an id with a colon in place of the beginning that it shares with others."""
    return f":{name[len(beginning) :]}" if beginning and name.startswith(beginning) else name


# what is said once


def _grouped(graph: ET.Element) -> None:
    """Put lines into one group and boxes and words into another, and say there what most of them share."""
    lines, words = ET.Element(f"{_SVG}g"), ET.Element(f"{_SVG}g")
    ground, *found = list(graph)
    for element in (ground, *found):
        graph.remove(element)
    for element in found:
        group = words if element.get("class", "").split()[:1] == ["node"] or _written(element) else lines
        group = words if len(words) else group
        group.extend(list(element) if element.get("class", "").startswith("legend") else [element])
    for group in lines:
        _said_once(group, [one for one in group if one.tag in _SHAPES], _LINES)
    shapes = [one for one in lines.iter() if one.tag in _SHAPES]
    _said_once(lines, [*(one for one in shapes if one in list(lines)), *(one for one in lines if len(one))], _LINES[1:])
    _said_once(words, [one for one in words.iter() if one.tag in _SHAPES], ("stroke-width",))
    _said_once(words, [one for one in words.iter() if one.tag == f"{_SVG}text"], _WORDS)
    graph.extend([ground, *(group for group in (lines, words) if len(group))])


def _written(element: ET.Element) -> bool:
    return element.find(f"{_SVG}text") is not None


def _said_once(group: ET.Element, elements: Sequence[ET.Element], names: Iterable[str]) -> None:
    """Move what most elements say onto the group, if all of them say something."""
    for name in names:
        said = Counter(element.get(name, "") for element in elements)
        if not said or "" in said:
            continue
        most = max(said, key=lambda value: (said[value], value))
        group.set(name, most)
        for element in elements:
            if element.get(name) == most:
                del element.attrib[name]


# shapes


def _shape(element: ET.Element) -> None:
    """Shorten what a shape says; a stroke has its width said, so that groups may say another."""
    if element.tag not in _SHAPES:
        return
    if element.get("stroke", "none") != "none":
        element.set("stroke-width", _short(float(element.get("stroke-width", "1")), 2))
    else:
        element.set("stroke-width", "1")
    if element.tag == f"{_SVG}path":
        start, curves = _curves(element.get("d", ""))
        if len(curves) == _CORNERS and element.get("fill") != "none":
            _box(element, [start, *(point for curve in curves for point in curve)])
        else:
            element.set("d", _path(start, curves))
    elif "points" in element.attrib:
        numbers = list(map(float, _NUMBER.findall(element.get("points", ""))))
        points = list(zip(numbers[::2], numbers[1::2], strict=True))
        if points[0] == points[-1]:
            points.pop()  # a polygon closes itself
        element.set("points", " ".join(f"{_short(x)},{_short(y)}" for x, y in points))


def _box(element: ET.Element, points: Sequence[Point]) -> None:
    """Make a box with round corners of its outline."""
    left, right = min(x for x, _ in points), max(x for x, _ in points)
    top, bottom = min(y for _, y in points), max(y for _, y in points)
    corner = min(x for x, y in points if y == top) - left
    del element.attrib["d"]
    element.tag = f"{_SVG}rect"
    for name, value in (
        ("x", left), ("y", top), ("width", right - left), ("height", bottom - top), ("rx", corner),
    ):  # fmt: skip
        element.set(name, _short(value))


def _curves(way: str) -> tuple[Point, list[tuple[Point, Point, Point]]]:
    """Return the start of a path of Graphviz, and its curves: two points that bend, and the end."""
    numbers = list(map(float, _NUMBER.findall(way)))
    points = list(zip(numbers[::2], numbers[1::2], strict=True))
    return points[0], [(points[i], points[i + 1], points[i + 2]) for i in range(1, len(points) - 2, 3)]


def _path(start: Point, curves: Sequence[tuple[Point, Point, Point]]) -> str:
    """Return a path that goes from point to point; each piece begins where the rounded one before ended."""
    at = (round(start[0], 1), round(start[1], 1))
    found = [f"M{_short(at[0])} {_short(at[1])}"]
    before, straight, turn = start, (0.0, 0.0), ""

    def flush() -> None:
        if turn:
            found.append(turn + _row(straight if turn == "l" else straight[:1] if turn == "h" else straight[1:]))

    for one, other, end in curves:
        steps = [(round(x - at[0], 1), round(y - at[1], 1)) for x, y in (one, other, end)]
        if _is_straight(before, one, other, end):
            step = steps[-1]
            kind = "h" if step[1] == 0 else "v" if step[0] == 0 else "l"
            if kind == turn and kind != "l" and (step[0] * straight[0] > 0 or step[1] * straight[1] > 0):
                straight = (straight[0] + step[0], straight[1] + step[1])
            else:
                flush()
                straight, turn = step, kind
        else:
            flush()
            turn = ""
            found.append("c" + _row([number for step in steps for number in step]))
        at = (round(at[0] + steps[-1][0], 1), round(at[1] + steps[-1][1], 1))
        before = end
    flush()
    return "".join(found)


def _is_straight(a: Point, b: Point, c: Point, d: Point) -> bool:
    """Say whether a curve is a straight line: what bends it lies on it."""
    long = math.dist(a, d)
    if long < _STRAIGHT:
        return max(math.dist(a, b), math.dist(a, c)) < _STRAIGHT
    for x, y in (b, c):
        away = abs((d[0] - a[0]) * (a[1] - y) - (a[0] - x) * (d[1] - a[1])) / long
        along = ((x - a[0]) * (d[0] - a[0]) + (y - a[1]) * (d[1] - a[1])) / long
        if away > _STRAIGHT or not -_STRAIGHT <= along <= long + _STRAIGHT:
            return False
    return True


def _row(numbers: Iterable[float]) -> str:
    """Return numbers in a row; a minus parts them as a blank does.

    >>> _row([1.0, -2.5, 0.04])
    '1-2.5 0'
    """
    return " ".join(map(_short, numbers)).replace(" -", "-")


def _short(number: float, decimals: int = 1) -> str:
    """
    >>> _short(12.04), _short(-0.01), _short(0.55, 2)
    ('12', '0', '0.55')
    """
    text = f"{number:.{decimals}f}".rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text
