"""The data of a page's pictures, each thing said once however many moments it stands in: the page's script unpacks them.

A box or line names its look, its body and its words by their number; a moment says which boxes and lines it has, and
where. What is alike in most is left out. Positions are in tenths of a pixel.
"""

import json
from collections.abc import Mapping, Sequence
from itertools import takewhile
from typing import Any

from goldenthread.viz.page.tables import Rows

ROUND = 0.5523  # how far the handles of a quarter of a circle reach
_NEAR = 2  # tenths of a pixel

Scene = Mapping[str, Any]  # what `canvas.drawn` returns of a moment


class _Once:
    """Things by number, in the order in which they were first met."""

    def __init__(self) -> None:
        self.numbers: dict[str, int] = {}
        self.things: list[Any] = []

    def number(self, thing: Any) -> int:
        """Return the number of a thing; one that is like another has its number."""
        key = json.dumps(thing, sort_keys=True)
        if key not in self.numbers:
            self.numbers[key] = len(self.things)
            self.things.append(thing)
        return self.numbers[key]


def packed(scenes: Sequence[Scene], rows: Rows) -> dict[str, object]:
    """Return the scenes as the page's script reads them (see network-data.js)."""
    ids, box_looks, line_looks, words, boxes, lines = (_Once() for _ in range(6))
    moments = []
    for number, scene in enumerate(scenes):
        places: list[float] = []
        for row, node in zip(rows.boxes_at[number], scene["nodes"], strict=True):
            box = _box(node, scene["bodies"][node["id"]], row, ids, box_looks)
            places += [boxes.number(box), _short(node["x"]), _short(node["y"])]
        ways = []
        for row, edge, line in zip(rows.lines_at[number], scene["edges"], scene["lines"], strict=True):
            look = line_looks.number(_line_look(edge, line))
            drawn = lines.number([ids.number(edge["from"]), ids.number(edge["to"]), look, row])
            said = [_said(line[one], words) if one in line else 0 for one in ("words", "short")]
            ways.append(_trimmed([drawn, steps(line["way"], line["tip"]), *said]))
        caption = [words.number(line) for line in scene["caption"]]
        moments.append({**_of_moment(scene), "caption": caption, "boxes": places, "lines": ways})
    base = _base(ids.things)
    return {
        "base": base,
        "ids": [one.removeprefix(base) for one in ids.things],
        "boxLooks": box_looks.things,
        "lineLooks": line_looks.things,
        "words": words.things,
        "boxes": [_trimmed(box[:-1]) if box[-1] == i else box for i, box in enumerate(boxes.things)],
        "lines": [line[:-1] if line[-1] == i else line for i, line in enumerate(lines.things)],
        "moments": moments,
    }


def steps(way: Sequence[float], tip: Sequence[float]) -> str:
    """Return a way of Bezier curves, and its tip, much as an SVG path writes them: in tenths, each step from where one is.

    A rounded corner is `r` where the way is upright before it and `s` where it is level.

    >>> steps([0, 0, 0, 10, 0, 20, 0, 30, 0, 33.9, 3.1, 37, 7, 37], [-20, 37])
    'M0 0v300r70 70h-270'
    """
    tenths = [round(10 * number) for number in way]
    x, y = tenths[:2]
    path = f"M{_numbers(x, y)}"
    for at in range(2, len(tenths), 6):
        (a, b), (c, d), (across, down) = ((tenths[at + i] - x, tenths[at + i + 1] - y) for i in (0, 2, 4))
        path += _step(a, b, c, d, across, down)
        x, y = x + across, y + down
    return path + _straight(round(10 * tip[0]) - x, round(10 * tip[1]) - y)


def _step(a: int, b: int, c: int, d: int, across: int, down: int) -> str:
    """Return a curve by its handles and its end; where these say so, as a straight line or a quarter of a circle."""
    ends = {
        _straight(across, down): (across / 3, down / 3, across / 1.5, down / 1.5),
        f"r{_numbers(across, down)}": (0, down * ROUND, across - across * ROUND, down),
        f"s{_numbers(across, down)}": (across * ROUND, 0, across, down - down * ROUND),
    }
    for written, handles in ends.items():
        if all(abs(one - other) < _NEAR for one, other in zip((a, b, c, d), handles, strict=True)):
            return written
    return f"c{_numbers(a, b, c, d, across, down)}"


def _straight(across: int, down: int) -> str:
    if not down:
        return f"h{across}"
    return f"l{_numbers(across, down)}" if across else f"v{down}"


def _numbers(*numbers: int) -> str:
    """Return numbers apart: a minus sign parts them too."""
    return " ".join(map(str, numbers)).replace(" -", "-")


def _box(node: Scene, body: Scene, row: int, ids: _Once, looks: _Once) -> list[Any]:
    """Return a box: id, look, height, lines of its name, small lines; then its name if it reads otherwise; its row."""
    look = {key: value for key, value in node.items() if key not in ("id", "label", "x", "y", "color", "borderWidth")}
    if look["shape"] == "box":
        del look["shape"]
    if not look["shapeProperties"]["borderDashes"]:
        del look["shapeProperties"]
    look |= {key: body[key] for key in ("kind", "unknown") if body[key]}
    name = body["name"] if body["name"] != " ".join(body["rows"]) else ""
    said = ["\n".join(body["rows"]), "\n".join(body["small"]), name]
    return [ids.number(node["id"]), looks.number(look), _short(body["high"]), *said, row]


def _line_look(edge: Scene, line: Scene) -> dict[str, object]:
    look = {key: value for key, value in edge.items() if key not in ("id", "from", "to", "smooth")}
    look |= {"kind": line["kind"]}
    if look.get("arrows") == "to":
        del look["arrows"]
    if line["inferred"]:
        look["inferred"] = True
    if line["weight"] > 1:
        look["weight"] = line["weight"]
    return look


def _said(mark: Sequence[Any], words: _Once) -> list[int]:
    text, x, y = mark
    return [words.number(text), round(x), round(y)]


def _of_moment(scene: Scene) -> dict[str, object]:
    """Return what a moment says of itself; headings and columns only where it has some."""
    said = {key: scene[key] for key in ("label", "title", "wide")}
    return said | {key: scene[key] for key in ("headings", "columns") if scene[key]}


def _base(ids: Sequence[str]) -> str:
    """Return what all ids begin with, up to the sign that ends a part of them."""
    pairs = zip(min(ids, default=""), max(ids, default=""), strict=False)
    begin = "".join(one for one, _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
    return begin[: max(begin.rfind("/"), begin.rfind("#")) + 1]


def _short(number: float) -> float:
    return int(number) if number == int(number) else number


def _trimmed(values: list[Any]) -> list[Any]:
    """Return the values up to the last that says something."""
    while not values[-1]:
        values = values[:-1]
    return values
