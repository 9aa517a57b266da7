"""An SVG is less than half of what Graphviz writes, and shows the same."""

import re
import xml.etree.ElementTree as ET
from collections import Counter

import pytest

from goldenthread.viz import stills
from goldenthread.viz.network import Network
from goldenthread.viz.stills.slim import shared, without
from tests.networks import ELMSHIRE, TOPICS, groups, spelt_out, structure, timeline

pytest.importorskip("pygraphviz")

SHAPES = {"structure": ELMSHIRE, "sixty": structure(60, 20), "columns": TOPICS, "lanes": timeline(6, 4, 40)}
IRI = "https://w3id.org/goldenthread/id/"
every_shape = pytest.mark.parametrize("network", SHAPES.values(), ids=SHAPES)


def before(network: Network, monkeypatch: pytest.MonkeyPatch) -> str:
    with monkeypatch.context() as patched:
        patched.setattr(stills, "slim", lambda root: None)
        return stills.svg(network)


def looks(picture: str) -> Counter[tuple[str, ...]]:
    """The look of each shape, and of each line of text with its words."""
    found: Counter[tuple[str, ...]] = Counter()
    for element in spelt_out(picture).iter():
        tag = element.tag.rpartition("}")[2]
        if tag == "text":
            size = f"{float(element.get('font-size', '0')):.1f}"
            found[
                "text",
                element.text or "",
                size,
                *(element.get(name, "") for name in ("font-family", "fill", "text-anchor", "font-weight")),
            ] += 1
        elif tag in ("path", "rect", "polygon", "ellipse"):
            stroke = element.get("stroke", "none")
            width = f"{float(element.get('stroke-width', '1')):.2f}" if stroke != "none" else ""
            found["shape", element.get("fill", ""), stroke, width, element.get("stroke-dasharray", "")] += 1
    return found  # fmt: skip


@every_shape
def test_every_shape_and_word_keeps_its_look(network: Network, monkeypatch: pytest.MonkeyPatch) -> None:
    assert looks(stills.svg(network)) == looks(before(network, monkeypatch))


@every_shape
def test_a_picture_is_half_as_long_as_graphviz_writes_it(network: Network, monkeypatch: pytest.MonkeyPatch) -> None:
    assert len(stills.svg(network)) < 0.55 * len(before(network, monkeypatch))


def followed(way: str) -> list[tuple[float, float]]:
    """The points at which the pieces of a path end."""
    x = y = 0.0
    found = []
    for command, said in re.findall(r"([MChvlc])([^MChvlc]*)", way):
        numbers = [float(number) for number in re.findall(r"-?\d*\.?\d+", said)]
        if command == "M":
            x, y = numbers
        elif command == "C":
            found += list(zip(numbers[4::6], numbers[5::6], strict=True))[:-1]
            x, y = numbers[-2:]
        else:
            x += numbers[0] if command == "h" else 0.0 if command == "v" else numbers[-2]
            y += numbers[0] if command == "v" else 0.0 if command == "h" else numbers[-1]
        found.append((x, y))
    return found


@every_shape
def test_lines_lead_through_the_same_places(network: Network, monkeypatch: pytest.MonkeyPatch) -> None:
    ways = [
        [path.get("d", "") for group in groups(picture, "edge") for path in group.findall("{*}path")]
        for picture in (before(network, monkeypatch), stills.svg(network))
    ]
    assert len(ways[0]) == len(ways[1]) == len(network.edges)
    for old, new in zip(*ways, strict=True):
        places = followed(old)
        for x, y in followed(new):
            assert any(abs(x - at) < 0.11 and abs(y - down) < 0.11 for at, down in places)
        assert abs(followed(new)[-1][0] - places[-1][0]) < 0.11


@every_shape
def test_a_box_keeps_its_place_and_size(network: Network, monkeypatch: pytest.MonkeyPatch) -> None:
    for old, new in zip(groups(before(network, monkeypatch), "node"), groups(stills.svg(network), "node"), strict=True):
        box = new.find("{*}rect")
        if box is None:
            assert new.find("{*}ellipse") is not None
            continue
        numbers = [float(number) for number in re.findall(r"-?[\d.]+", old.find("{*}path").get("d"))]  # type: ignore[union-attr,arg-type]
        left, top, wide, high = (float(box.get(name, "")) for name in ("x", "y", "width", "height"))
        assert abs(min(numbers[::2]) - left) < 0.11
        assert abs(min(numbers[1::2]) - top) < 0.11
        assert abs(max(numbers[::2]) - left - wide) < 0.21
        assert abs(max(numbers[1::2]) - top - high) < 0.21


def test_ids_are_said_without_what_all_addresses_share_and_read_back_whole() -> None:
    ids = [f"{IRI}norfolk/body/piqag", f"{IRI}norfolk/post/chair", "section 1"]
    beginning = shared(ids)
    assert beginning == f"{IRI}norfolk/"
    assert [without(one, beginning) for one in ids] == [":body/piqag", ":post/chair", "section 1"]
    assert shared(["section 1", "section 2"]) == ""
    assert shared([*ids, ":odd"]) == ""
    assert shared(["https://a.org/x", "http://b.org/x"]) == ""


def test_nothing_is_written_but_the_picture() -> None:
    picture = stills.svg(ELMSHIRE)
    assert "\n" not in picture.strip()
    assert not [element for element in ET.fromstring(picture).iter("{*}g") if len(element) == 0]
