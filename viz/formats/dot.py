"""Graphviz' own language, for whoever wants to draw the picture anew; no library is needed to write it.

Bodies are called n0, n1 ...; their true ids stand in the attribute `id` and in a comment. Positions are those of our own
pictures, pinned, for `neato` (the file names it); headings of columns and lanes are boxes without a frame, called
heading0 ... In quoted text, quotes and backslashes are escaped, and `&`, which would begin an entity.
"""

from goldenthread.viz.labels import OUR_READING, plain
from goldenthread.viz.layout import Layout, layout
from goldenthread.viz.layout.boxes import Face, face
from goldenthread.viz.legend import in_words
from goldenthread.viz.network import Edge, Network, Node, Style

_HEAD = """  graph [layout=neato, inputscale=72, splines=true, outputorder=edgesfirst, labelloc=t, labeljust=l, fontname="Arial"]
  node [fontname="Arial", fontsize=13, margin="0.05,0.04"]
  edge [fontname="Arial", fontsize=10]"""


def dot(network: Network) -> str:
    """Return the network as a DOT file, with title and caption as its label, and the legend as comments."""
    placed = layout(network)
    names = {node.id: f"n{i}" for i, node in enumerate(network.nodes)}
    about = "\\l".join(_text(line) for line in (network.title, *network.caption)) + "\\l"
    lines = [_comment(line) for line in (network.title, *network.caption, *in_words(network))]
    lines += ["digraph {", _HEAD, f'  label="{about}"']
    for i, heading in enumerate(placed.headings):
        words = "\\n".join(map(_text, heading.lines))
        lines.append(f'  heading{i} [shape=plaintext, label="{words}", pos="{_at(heading.x, heading.y)}"]')
    for node in network.nodes:
        lines.append(_comment(f"{names[node.id]} is {node.id}"))
        lines.append(_box(names[node.id], node, network.node_styles[node.kind], placed))
    for i, edge in enumerate(network.edges):
        lines.append(_line(i, edge, network.edge_styles[edge.kind], names))
    return "\n".join([*lines, "}"]) + "\n"


def _box(name: str, node: Node, style: Style, placed: Layout) -> str:
    lines: Face = face(node, style, placed.width)
    stroke = "dotted" if node.unknown else style.stroke
    look = {
        "id": _text(node.id),
        "label": "\\n".join(map(_text, lines.lines)),
        "pos": _at(*placed.positions[node.id]),
        "shape": style.shape,
        "style": f"filled,{stroke}" + (",rounded" if style.shape == "box" else ""),
        "color": style.colour,
        "fillcolor": style.fill,
        "width": f"{(placed.width - 10) / 72:.3f}",
    }
    return f"  {name} [{_attributes(look)}]"


def _line(number: int, edge: Edge, style: Style, names: dict[str, str]) -> str:
    says = " ".join(filter(None, (
        _text(style.label), str(edge.weight) if edge.weight > 1 else "", f"({OUR_READING})" if edge.inferred else "",
    )))  # fmt: skip
    look = {
        "key": f"e{number}",
        "label": says,
        "color": style.colour,
        "style": style.stroke,
        "penwidth": f"{1 + 0.6 * (edge.weight.bit_length() - 1):.1f}",
        "arrowhead": "vee" if edge.inferred else "normal",
    }
    return f"  {names[edge.source]} -> {names[edge.target]} [{_attributes(look)}]"


def _attributes(look: dict[str, str]) -> str:
    return ", ".join(f'{name}="{value}"' for name, value in look.items())


def _at(x: float, y: float) -> str:
    return f"{x:.1f},{-y + 0.0:.1f}!"


def _comment(text: str) -> str:
    return "// " + _one_line(text)


def _text(text: str) -> str:
    """Return a line of text as it stands between quotes."""
    return _one_line(text).replace("&", "&amp;").replace("\\", "\\\\").replace('"', '\\"')


def _one_line(text: str) -> str:
    return " ".join(plain(text).split())
