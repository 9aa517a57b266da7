"""Mermaid flowcharts, for pages that draw them from text (GitHub, GitLab, wikis).

Bodies are called n0, n1 ...; a comment says which is which, so that the text can be read back. In labels every character
with a meaning to Mermaid or HTML is written as its number. `%%` begins a comment; `%%{` would be an instruction, so a
space always follows.
"""

import re

from goldenthread.viz.labels import NOT_STATED, ON_THE_BOX, OUR_READING, STATED, plain, wrapped
from goldenthread.viz.legend import legend
from goldenthread.viz.network import Edge, Network, Style

_SPECIAL = re.compile(r"[^\w ,()'’–—/+-]|_|(?<=\d)\.")
_DASHES = {"dashed": "6 4", "dotted": "2 4"}
_READING = "10 3 2 3"


def mermaid(network: Network) -> str:
    """Return the network as a Mermaid flowchart, with legend and caption as comments."""
    names = {node.id: f"n{i}" for i, node in enumerate(network.nodes)}
    lines = [_comment(network.title), *(_comment(line) for line in network.caption), *_legend(network)]
    lines.append("flowchart BT")
    for node in network.nodes:
        name = names[node.id]
        style = network.node_styles[node.kind]
        rows = [_label(line) for line in wrapped(node.label, 24)]
        if node.unknown:
            rows.append(ON_THE_BOX)
        left, right = ('(["', '"])') if style.shape == "ellipse" else ('["', '"]')
        lines += [f"  %% {name} is {node.id}", f"  {name}{left}{'<br/>'.join(rows)}{right}"]
    for edge in network.edges:
        lines.append(_line(edge, network.edge_styles[edge.kind], names))
    lines += _classes(network, names)
    lines += [f"  linkStyle {i} {_link_style(edge, network)}" for i, edge in enumerate(network.edges)]
    return "\n".join(lines) + "\n"


def _comment(text: str) -> str:
    return f"%% {_one_line(text)}"


def _one_line(text: str) -> str:
    return " ".join(plain(text).split())


def _label(text: str) -> str:
    return _SPECIAL.sub(lambda found: f"#{ord(found[0])};", text)


def _line(edge: Edge, style: Style, names: dict[str, str]) -> str:
    says = _label(_one_line(style.label)) + (f" ({OUR_READING})" if edge.inferred else "")
    arrow = "-.->" if edge.inferred or style.stroke != "solid" else "-->"
    return f'  {names[edge.source]} {arrow}|"{says}"| {names[edge.target]}'


def _link_style(edge: Edge, network: Network) -> str:
    style = network.edge_styles[edge.kind]
    dashes = _READING if edge.inferred else _DASHES.get(style.stroke)
    return f"stroke:{style.colour}" + (f",stroke-dasharray:{dashes}" if dashes else "")


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


def _legend(network: Network) -> list[str]:
    kinds = legend(network)
    lines = [_comment(f"Box: {style.label} ({style.shape}, {style.fill})") for _, style in kinds.bodies]
    lines += [_comment(f"Line: {style.label} ({style.stroke}, {style.colour})") for _, style in kinds.lines]
    if kinds.inferred:
        lines.append(_comment(f"Line marked '{OUR_READING}': not the plan's words; all others are {STATED}"))
    if kinds.unknown:
        lines.append(_comment(f"Box marked {ON_THE_BOX}: {NOT_STATED}, such as the line upward"))
    return lines
