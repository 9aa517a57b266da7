"""Pictures in a notebook: a still where Graphviz is at hand, else the interactive page in a frame of its own.

The frame has no address and none of the notebook's rights: it runs the page's own scripts, saves files and prints, no more.
"""

from dataclasses import dataclass
from html import escape

from goldenthread.viz.network import Moment, Network

HEIGHT = "42em"
RIGHTS = "allow-scripts allow-downloads allow-modals"


@dataclass(frozen=True)
class Frame:
    """A picture, or a series of them with a slider, as the interactive page that shows itself in a notebook."""

    what: Network | tuple[Moment, ...]

    @property
    def title(self) -> str:
        """The title of the picture, or of the first of the series."""
        return self.what.title if isinstance(self.what, Network) else self.what[0].network.title

    def _repr_html_(self) -> str:
        from goldenthread.viz.page import interactive

        page = escape(interactive(self.what), quote=True)
        look = f"width: 100%; height: {HEIGHT}; border: 1px solid rgba(128, 128, 128, .4)"
        return f'<iframe title="{escape(self.title)}" sandbox="{RIGHTS}" style="{look}" srcdoc="{page}"></iframe>'


def shown(network: Network) -> dict[str, str]:
    """Return a network as a notebook wants it, by media type: SVG or a frame, and always plain text."""
    from goldenthread.viz.stills import MissingLibrary, svg

    said = f"{network.title}: {len(network.nodes)} boxes, {len(network.edges)} lines"
    try:
        picture = {"image/svg+xml": svg(network)}
    except MissingLibrary:
        picture = {"text/html": Frame(network)._repr_html_()}
    return {"text/plain": "\n".join((said, *network.caption)), **picture}
