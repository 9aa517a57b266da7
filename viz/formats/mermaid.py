"""Mermaid flowcharts, for pages that draw them from text (GitHub, GitLab, wikis).

Bodies are called n0, n1 ...; a comment says which is which, so that the text can be read back. In labels every character
with a meaning to Mermaid or HTML is written as its number. `%%` begins a comment; `%%{` would be an instruction, so a
space always follows. Columns and lanes are subgraphs with their headings.
"""

import re
from collections.abc import Iterator

from goldenthread.viz.labels import ON_THE_BOX, OUR_READING, plain, wrapped
from goldenthread.viz.legend import in_words, legend
from goldenthread.viz.network import Edge, Network, Node, Style

_SPECIAL = re.compile(r"[^\w ,()'’–—/+-]|_|(?<=\d)\.")
_DASHES = {"dashed": "6 4", "dotted": "2 4"}
_READING = "10 3 2 3"
_WIDTH = 24


def mermaid(network: Network) -> str:
    """Return the network as a Mermaid flowchart, with legend and caption as comments."""
    names = {node.id: f"n{i}" for i, node in enumerate(network.nodes)}
    lines = [_comment(network.title), *(_comment(line) for line in network.caption), *map(_comment, in_words(network))]
    lines.append("flowchart LR" if network.columns else "flowchart BT")
    lines += _boxes(network, names)
    lines += [_line(edge, network.edge_styles[edge.kind], names) for edge in network.edges]
    lines += _classes(network, names)
    lines += [f"  linkStyle {i} {_link_style(edge, network)}" for i, edge in enumerate(network.edges)]
    return "\n".join(lines) + "\n"


def _comment(text: str) -> str:
    return f"%% {_one_line(text)}"


def _one_line(text: str) -> str:
    return " ".join(plain(text).split())


def _label(text: str) -> str:
    return _SPECIAL.sub(lambda found: f"#{ord(found[0])};", text)


def _boxes(network: Network, names: dict[str, str]) -> Iterator[str]:
    """Give the boxes, column by column and lane by lane where there are such."""
    for column, heading in enumerate(network.columns or ("",)):
        if heading:
            yield f'  subgraph c{column}["{_label(_one_line(heading))}"]'
        for lane, row in enumerate(network.lanes or ("",)):
            inside = [node for node in network.nodes if (node.column, node.lane) == (column, lane)]
            if row and inside:
                yield f'  subgraph c{column}l{lane}["{_label(_one_line(row))}"]'
            for node in inside:
                yield from _box(node, network.node_styles[node.kind], names[node.id])
            if row and inside:
                yield "  end"
        if heading:
            yield "  end"


def _box(node: Node, style: Style, name: str) -> Iterator[str]:
    rows = [_label(line) for text in (node.label, *node.notes) for line in wrapped(text, _WIDTH)]
    if node.unknown:
        rows.append(ON_THE_BOX)
    left, right = ('(["', '"])') if style.shape == "ellipse" else ('["', '"]')
    yield f"  %% {name} is {node.id}"
    yield f"  {name}{left}{'<br/>'.join(rows)}{right}"


def _line(edge: Edge, style: Style, names: dict[str, str]) -> str:
    says = _label(_one_line(style.label)) + (f", {edge.weight}" if edge.weight > 1 else "")
    says += f" ({OUR_READING})" if edge.inferred else ""
    arrow = "-.->" if edge.inferred or style.stroke != "solid" else "-->"
    return f'  {names[edge.source]} {arrow}|"{says}"| {names[edge.target]}'


def _link_style(edge: Edge, network: Network) -> str:
    style = network.edge_styles[edge.kind]
    dashes = _READING if edge.inferred else _DASHES.get(style.stroke)
    width = f",stroke-width:{min(2 + edge.weight.bit_length(), 8)}px" if edge.weight > 1 else ""
    return f"stroke:{style.colour}{width}" + (f",stroke-dasharray:{dashes}" if dashes else "")


def _classes(network: Network, names: dict[str, str]) -> list[str]:
    lines = []
    for i, (kind, style) in enumerate(legend(network).bodies):
        dashes = f",stroke-dasharray:{_DASHES[style.stroke]}" if style.stroke in _DASHES else ""
        lines.append(f"  classDef kind{i} fill:{style.fill},stroke:{style.colour},color:#14202e{dashes}")
        lines.append(f"  class {','.join(names[node.id] for node in network.nodes if node.kind == kind)} kind{i}")
    unknown = [names[node.id] for node in network.nodes if node.unknown]
    if unknown:
        lines += ["  classDef unknown stroke-dasharray:2 4", f"  class {','.join(unknown)} unknown"]
    return lines
