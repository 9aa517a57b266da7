"""Plans as a network for Gephi and the like: who and what there is as nodes, every relation a plan states as an edge.

Nodes and edges are rows of stored queries. Values are whole numbers or text of one line without characters that XML
cannot hold; what is empty is left out, because neither format knows nothing from an empty text.
"""

import io
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, TypeAlias
from xml.etree.ElementTree import Element, SubElement

import networkx as nx
from networkx.readwrite.gexf import GEXFWriter

from goldenthread.graph.engines import Rows, Value
from goldenthread.graph.exports.description import Description
from goldenthread.graph.printing import CAVEAT

if TYPE_CHECKING:
    from goldenthread.graph.plans import Plans

Record = Mapping[str, Value]
Network: TypeAlias = "nx.MultiDiGraph[str]"
NOT_IN_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
EDGE = ("plan", "basis", "reason", "since", "until", "detail", "about", "document", "line")


def network(plans: "Plans", description: Description, *, plan: str | None = None) -> Network:
    """Return bodies, posts, people, priorities and actions with their relations, of all plans or of one."""
    graph: Network = nx.MultiDiGraph()
    graph.graph.update(_attributes(description))
    relations = _records(plans.rows("relations", plan=plan))
    nodes = _Nodes(plans, plan, description.synthetic)
    for row in relations:
        nodes.named(row["from"], row["source"], row["plan"])
        nodes.named(row["to"], row["target"], row["plan"])
    for address, attributes in nodes.all():
        graph.add_node(address, **attributes)
    words = plans.words("relation")
    for number, row in enumerate(relations, 1):
        kind = str(row["relation"])
        said = {"kind": kind, "label": words.get(kind, kind), **{name: row[name] for name in EDGE}, "weight": 1,
                "synthetic": "yes" if row["plan"] in description.synthetic else None}  # fmt: skip
        graph.add_edge(str(row["from"]), str(row["to"]), key=f"r{number}", **_plain(said))
    return graph


def graphml(graph: Network) -> bytes:
    """Return a network as GraphML."""
    out = io.BytesIO()
    nx.write_graphml_xml(graph, out)
    return out.getvalue() + b"\n"


def gexf(graph: Network, description: Description) -> bytes:
    """Return a network as GEXF, which has no attributes of a whole network: they stand in its description."""
    numbered = graph.copy()
    for _, _, key, attributes in numbered.edges(keys=True, data=True):
        attributes["id"] = key
    writer = GEXFWriter(encoding="utf-8", prettyprint=True, version="1.2draft")
    meta = writer.xml.find("meta")
    meta.attrib.pop("lastmodifieddate", None)  # the same plans give the same bytes on any day
    meta.find("creator").text = f"goldenthread {description.version}"
    SubElement(meta, "keywords").text = "safeguarding, governance, accountability"
    SubElement(meta, "description").text = _line("; ".join(f"{name}: {value}" for name, value in graph.graph.items()))
    writer.add_graph(numbered)
    _without(writer.xml, "networkx_key")  # the edge's id says it already
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue() + b"\n"


def _without(xml: Element, title: str) -> None:
    """Take an attribute of edges out of a GEXF document."""
    for declared in xml.findall("graph/attributes[@class='edge']"):
        for one in declared.findall(f"attribute[@title='{title}']"):
            declared.remove(one)
            for values in xml.iterfind("graph/edges/edge/attvalues"):
                for value in values.findall(f"attvalue[@for='{one.get('id')}']"):
                    values.remove(value)


def _attributes(description: Description) -> dict[str, str | int]:
    plans = description.plans
    return _plain({
        "name": description.title,
        "plans": ", ".join(plan.key for plan in plans),
        "period": ", ".join(dict.fromkeys(f"{plan.since} to {plan.until}" for plan in plans)),
        "version": f"goldenthread {description.version}",
        "sources": " | ".join(map(str, plans)),
        "synthetic": ", ".join(sorted(description.synthetic)),
        "caveat": CAVEAT,
    })  # fmt: skip


class _Nodes:
    """The nodes of a network: what the queries name, each once, with the plans that name it."""

    def __init__(self, plans: "Plans", plan: str | None, synthetic: frozenset[str]) -> None:
        self.known = {row["thing"]: row for row in _records(plans.rows("names"))}
        self.plans: defaultdict[Value, dict[Value, None]] = defaultdict(dict)
        self.said: defaultdict[Value, dict[str, Value]] = defaultdict(dict)
        self.synthetic = synthetic
        bodies, priorities = plans.words("body"), plans.words("priority")
        for row in _records(plans.rows("bodies", plan=plan)):
            kind = str(row["kind"])
            about = ": ".join(filter(None, (bodies.get(kind, kind), str(row["purpose"] or ""))))
            self.named(row["body"], row["name"], row["plan"], type=kind, description=about)
        for row in _records(plans.rows("items", plan=plan)):
            kind = str(row["kind"] or "")
            about = ", ".join(filter(None, (f"{row['plan']} {row['key']}", priorities.get(kind, kind))))
            self.named(row["item"], row["title"], row["plan"], type=kind, description=about)
        for row in _records(plans.rows("people", plan=plan)):
            self.named(row["thing"], row["person"], row["plan"], description=row["post"])

    def named(self, address: Value, label: Value, plan: Value, **said: Value) -> None:
        """Take in that a plan names a thing; what is said of it first stands."""
        self.plans[address][plan] = None
        self.said[address] = {"label": label, **said} | self.said[address]

    def all(self) -> Iterator[tuple[str, dict[str, str | int]]]:
        """Give every node in a fixed order."""
        for address in sorted(self.said, key=str):
            known = self.known.get(address, {})
            named = self.plans[address]
            invented = bool(named) and all(plan in self.synthetic for plan in named)
            yield str(address), _plain({
                "kind": known.get("class") or "thing", **self.said[address], "code": known.get("key"),
                "plans": ", ".join(map(str, named)), "synthetic": "yes" if invented else None,
            })  # fmt: skip


def _records(rows: Rows) -> list[Record]:
    return [dict(zip(rows.columns, row, strict=True)) for row in rows.rows]


def _plain(values: Mapping[str, Value]) -> dict[str, str | int]:
    plain = {name: value if isinstance(value, int) else _line(value or "") for name, value in values.items()}
    return {name: value for name, value in plain.items() if value != ""}


def _line(text: str) -> str:
    return " ".join(NOT_IN_XML.sub("\ufffd", text).split())
