"""Pictures for a page of a Word report: SVG, PNG and PDF, each of a size that fits A4, the same bytes every time.

What is drawn where is decided before (composition, drawing); Graphviz writes it down. The SVG's titles are the true ids
of bodies and lines. Title and caption stand in the picture, and in each file's own description of itself.
"""

import xml.etree.ElementTree as ET
from collections.abc import Mapping, Sequence

from goldenthread.viz.formats.mermaid import mermaid
from goldenthread.viz.labels import plain
from goldenthread.viz.layout.boxes import FONT, NOTE
from goldenthread.viz.network import Network
from goldenthread.viz.stills.composition import LETTERS, NAMES, composed
from goldenthread.viz.stills.drawing import drawn, patterns
from goldenthread.viz.stills.graphviz import MissingLibrary, written
from goldenthread.viz.stills.images import described_pdf, described_png
from goldenthread.viz.stills.pages import joined
from goldenthread.viz.stills.sheet import POINT, Sheet
from goldenthread.viz.stills.sheets import sheets
from goldenthread.viz.stills.slim import shared, slim, without
from goldenthread.viz.ways.curves import PATTERN, Pattern

__all__ = ["LETTERS", "NAMES", "MissingLibrary", "letters", "mermaid", "pdf", "png", "sheets", "svg"]

DOTS_PER_INCH = 300
_SVG = "http://www.w3.org/2000/svg"
_DC = "http://purl.org/dc/elements/1.1/"


def svg(network: Network) -> str:
    """Return the network as an SVG picture that fits an A4 page."""
    composition = composed(network)
    picture = written(drawn(composition, dashed=False), "svg").decode("utf-8")
    dashes = {f"e{i}": parts for i, parts in patterns(composition).items()}
    return _finished(picture, network, composition.sheet, dashes)


def png(network: Network, *, within: tuple[float, float] | None = None) -> bytes:
    """Return the network as a PNG picture with 300 dots to the inch of an A4 page, or of so much room (millimetres)."""
    composition = composed(network, within)
    page = drawn(composition, dashed=True)
    page.graph_attr["dpi"] = f"{DOTS_PER_INCH * composition.sheet.scale:.4f}"
    return described_png(written(page, "png"), _about(network), DOTS_PER_INCH)


def pdf(network: Network, pages: Sequence[Network] = ()) -> bytes:
    """Return the network, or its sheets, as pages of a PDF file, each of its picture's size; text can be searched."""
    return described_pdf(joined([_page(part) for part in pages or (network,)]), _about(network))


def _page(network: Network) -> bytes:
    composition = composed(network)
    page = drawn(composition, dashed=True)
    sheet = composition.sheet
    page.graph_attr["size"] = f"{sheet.width / 72:.4f},{sheet.height / 72:.4f}"
    return written(page, "pdf")


def letters(network: Network) -> tuple[float, float]:
    """Return how high the names on the boxes of a still are, in points, and how high its smallest letters."""
    picture = composed(network)
    noted = any(lines.notes for lines in picture.faces.values())
    drawn_ones = (FONT, *((NOTE,) if noted else ()), *((picture.small,) if picture.marks else ()))
    written_ones = (words.size for words in picture.sheet.words)
    return FONT * picture.sheet.scale, min(*(size * picture.sheet.scale for size in drawn_ones), *written_ones)


def _about(network: Network) -> tuple[str, tuple[str, ...]]:
    """Return title and caption, each in one line."""
    title, *caption = (" ".join(plain(line).split()) for line in (network.title, *network.caption))
    return title, tuple(caption)


def _finished(picture: str, network: Network, sheet: Sheet, dashes: Mapping[str, Pattern]) -> str:
    """Give the picture its size, title and sources; put the true ids in; and take Graphviz' own ids out."""
    ET.register_namespace("", _SVG)
    ET.register_namespace("dc", _DC)
    root = ET.fromstring(picture)
    beginning = shared([node.id for node in network.nodes])
    titles = {f"n{i}": without(node.id, beginning) for i, node in enumerate(network.nodes)}
    for i, edge in enumerate(network.edges):
        titles[f"e{i}"] = "->".join(without(end, beginning) for end in (edge.source, edge.target))
    for group in root.iter(f"{{{_SVG}}}g"):
        title = group.find(f"{{{_SVG}}}title")
        name = group.attrib.pop("id", "")
        if name in titles and title is not None:
            title.text = titles[name]
        elif title is not None:
            group.remove(title)
            group.set("class", group.get("class", "").replace("node", "legend").replace("edge", "legend"))
        if "reading" in group.get("class", "").split():
            parts = ",".join(f"{part:.1f}".removesuffix(".0") for part in dashes.get(name, PATTERN))
            for path in group.iter(f"{{{_SVG}}}path"):
                path.set("stroke-dasharray", parts)
    slim(root)
    if beginning:
        root.set("data-ids", beginning)  # for which a colon stands in the titles
    _describe(root, network)
    root.set("width", f"{sheet.width * POINT:.1f}mm")
    root.set("height", f"{sheet.height * POINT:.1f}mm")
    return ET.tostring(root, encoding="unicode") + "\n"


def _describe(root: ET.Element, network: Network) -> None:
    title, caption = plain(network.title), [plain(line) for line in network.caption]
    about = "; ".join(caption)
    root.set("role", "img")
    metadata = ET.Element(f"{{{_SVG}}}metadata")
    for name, said in (("title", title), *(("source", line) for line in caption)):
        ET.SubElement(metadata, f"{{{_DC}}}{name}").text = said
    for tag, said in (("desc", about), ("title", title)):
        element = ET.Element(f"{{{_SVG}}}{tag}")
        element.text = said
        root.insert(0, element)
    root.insert(2, metadata)
