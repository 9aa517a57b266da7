"""Networks for Gephi, yEd, Cytoscape and the like: GraphML and GEXF, through networkx.

Every value is a number or one line of text that XML can hold; what is empty is left out, because neither format knows
nothing from an empty text. Positions are those of our own pictures, y growing upwards as these programs have it. Neither
file says on what day it was written: the same network gives the same bytes.
"""

import io
from typing import TYPE_CHECKING, TypeAlias
from xml.etree.ElementTree import Element, SubElement

from goldenthread.viz.labels import NOT_STATED, OUR_READING, STATED, plain
from goldenthread.viz.layout import layout
from goldenthread.viz.legend import in_words
from goldenthread.viz.network import Edge, Network, Node, Pairs

if TYPE_CHECKING:
    import networkx as nx

    Graph: TypeAlias = "nx.MultiDiGraph[str]"

Values = dict[str, str | int | float]


def graphml(network: Network) -> bytes:
    """Return the network as GraphML."""
    import networkx as nx

    out = io.BytesIO()
    nx.write_graphml_xml(_graph(network), out)
    return out.getvalue() + b"\n"


def gexf(network: Network) -> bytes:
    """Return the network as GEXF, with places and colours; title and caption stand in its description."""
    from networkx.readwrite.gexf import GEXFWriter

    graph = _graph(network)
    about = "; ".join(f"{name}: {value}" for name, value in graph.graph.items())
    graph.graph.clear()
    for node in network.nodes:
        told = graph.nodes[node.id]
        told["viz"] = {
            "position": {"x": told.pop("x"), "y": told.pop("y"), "z": 0.0},
            "color": _colour(network.node_styles[node.kind].fill),
        }
    for _, _, key, told in graph.edges(keys=True, data=True):
        told["id"] = key
    writer = GEXFWriter(encoding="utf-8", prettyprint=True, version="1.2draft")
    meta = writer.xml.find("meta")
    meta.attrib.pop("lastmodifieddate", None)
    meta.find("creator").text = "goldenthread"
    SubElement(meta, "description").text = about
    writer.add_graph(graph)
    _without(writer.xml, "networkx_key")  # the line's id says it already
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue() + b"\n"


def _graph(network: Network) -> "Graph":
    import networkx as nx

    graph: Graph = nx.MultiDiGraph()
    graph.graph.update(_filled({
        "title": _line(network.title),
        "caption": " | ".join(map(_line, network.caption)),
        "legend": " | ".join(map(_line, in_words(network))),
    }))  # fmt: skip
    places = layout(network).positions
    for node in network.nodes:
        x, y = places[node.id]
        graph.add_node(node.id, **_filled(_of_node(node, network)), x=round(x, 1), y=round(-y, 1) + 0.0)
    for number, edge in enumerate(network.edges):
        graph.add_edge(edge.source, edge.target, key=f"e{number}", **_filled(_of_edge(edge, network)))
    return graph


def _of_node(node: Node, network: Network) -> Values:
    return {
        "label": _line(node.label),
        "kind": _line(network.node_styles[node.kind].label),
        "notes": "; ".join(map(_line, node.notes)),
        "unknown": NOT_STATED if node.unknown else "",
        "column": _line(network.columns[node.column]) if network.columns else "",
        "lane": _line(network.lanes[node.lane]) if network.lanes else "",
        "detail": _pairs(node.detail),
    }


def _of_edge(edge: Edge, network: Network) -> Values:
    return {
        "label": _line(network.edge_styles[edge.kind].label),
        "basis": OUR_READING if edge.inferred else STATED,
        "reporting_line": "yes" if edge.upward else "no",
        "weight": edge.weight,
        "detail": _pairs(edge.detail),
    }


def _pairs(detail: Pairs) -> str:
    return "; ".join(f"{_line(label)}: {_line(value)}" for label, value in detail)


def _line(text: str) -> str:
    return " ".join(plain(text).split())


def _filled(values: Values) -> Values:
    return {name: value for name, value in values.items() if value != ""}


def _colour(written: str) -> dict[str, int]:
    return {part: int(written[at : at + 2], 16) for part, at in (("r", 1), ("g", 3), ("b", 5))}


def _without(xml: Element, title: str) -> None:
    """Take an attribute of lines out of a GEXF document."""
    for declared in xml.findall("graph/attributes[@class='edge']"):
        for one in declared.findall(f"attribute[@title='{title}']"):
            declared.remove(one)
            for values in xml.iterfind("graph/edges/edge/attvalues"):
                for value in values.findall(f"attvalue[@for='{one.get('id')}']"):
                    values.remove(value)
