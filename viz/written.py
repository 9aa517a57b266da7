"""A network as the bytes of a file; the file's ending says what kind. Each loads only the libraries that it needs.

A still that one A4 page cannot hold legibly goes on over several sheets (`goldenthread.viz.stills.sheets`): a PDF then
has several pages, while an SVG or PNG file of the whole has one sheet, however small.
"""

from collections.abc import Sequence

from goldenthread.viz.network import Network

ENDINGS: tuple[str, ...] = (".html", ".svg", ".png", ".pdf", ".mmd", ".dot", ".graphml", ".gexf")


def written(network: Network, ending: str) -> bytes:
    """Return the network as a file with this ending; ValueError for another one, MissingLibrary without Graphviz."""
    match ending.casefold():
        case ".html":
            from goldenthread.viz.page import interactive

            return interactive(network).encode("utf-8")
        case ".svg" | ".png" | ".pdf":
            return _still(network, ending.casefold())
        case ".mmd":
            from goldenthread.viz.formats.mermaid import mermaid

            return mermaid(network).encode("utf-8")
        case ".dot":
            from goldenthread.viz.formats.dot import dot

            return dot(network).encode("utf-8")
        case ".graphml":
            from goldenthread.viz.formats.exchange import graphml

            return graphml(network)
        case ".gexf":
            from goldenthread.viz.formats.exchange import gexf

            return gexf(network)
    raise ValueError(f"cannot draw {ending or 'a file without ending'}; use {', '.join(ENDINGS)}")


def sheets_written(network: Network, sheets: Sequence[Network], ending: str) -> tuple[bytes, ...]:
    """Return the sheets of a network as .svg or .png files, or as one .pdf file of so many pages."""
    if ending.casefold() == ".pdf":
        from goldenthread.viz.stills import pdf

        return (pdf(network, sheets),)
    return tuple(_still(sheet, ending.casefold()) for sheet in sheets)


def _still(network: Network, ending: str) -> bytes:
    from goldenthread.viz.stills import pdf, png, sheets, svg

    if ending == ".svg":
        return svg(network).encode("utf-8")
    return png(network) if ending == ".png" else pdf(network, sheets(network))
