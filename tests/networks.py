"""What the tests of pictures and pages share: invented networks, hostile names, and readers of what was drawn."""

import json
import os
import re
import sys
import xml.etree.ElementTree as ET
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from goldenthread.viz.labels import plain
from goldenthread.viz.network import Edge, Network, Node, Style
from goldenthread.viz.page.packing import ROUND

ROOT = Path(__file__).parents[1]
NODE_STYLES = {
    "board": Style("board", fill="#c7d7ee"),
    "group": Style("group or subgroup", fill="#dcefe6", colour="#146551"),
    "forum": Style("forum", shape="ellipse", fill="#f4e6c8", colour="#8a5a00"),
    "agency": Style("unused kind of body", stroke="dashed"),
}
EDGE_STYLES = {
    "reports-to": Style("reports to"),
    "coordinates": Style("coordinates with", stroke="dashed", colour="#0f766e"),
    "advises": Style("unused kind of line", stroke="dotted"),
}
SAID = (("where it says so", "elmshire-2024, line 45"),)
NODES = (
    Node("board", "Elmshire Safeguarding Board", "board", (("chair", "Independent Chair"),)),
    Node("lead", "Leadership Group", "group"),
    Node("quality", "Performance, Improvement and Quality Assurance Group", "group"),
    Node("audit", "Multi-Agency Audit Group", "group"),
    Node("deaths", "Child Death Overview Panel", "group"),
    Node("policy", "Policy and Procedures Group", "group"),
    Node("training", "Workforce Development Group", "group"),
    Node("neglect", "Neglect Strategy Group", "group", unknown=True),
    Node("adults", "Elmshire Safeguarding Adults Board", "board"),
    Node("inquiry", "Adults Inquiry Group", "group"),
    Node("forum", "Public Protection Forum", "forum"),
    Node("youth", "Youth Voice Group", "group"),
    Node("pool", "Joint Trainers' Pool", "group"),
)
EDGES = (
    Edge("lead", "board", "reports-to", upward=True, detail=SAID),
    Edge("quality", "lead", "reports-to", upward=True, detail=SAID),
    Edge("audit", "quality", "reports-to", upward=True, detail=SAID),
    Edge("deaths", "quality", "reports-to", upward=True, detail=SAID),
    Edge("deaths", "board", "reports-to", upward=True, inferred=True, detail=SAID),
    Edge("policy", "quality", "reports-to", upward=True, detail=SAID),
    Edge("training", "quality", "reports-to", upward=True, detail=SAID),
    Edge("inquiry", "adults", "reports-to", upward=True, detail=SAID),
    Edge("pool", "deaths", "reports-to", upward=True, detail=SAID),
    Edge("pool", "audit", "reports-to", upward=True, detail=SAID),
    Edge("pool", "policy", "reports-to", upward=True, detail=SAID),
    Edge("pool", "training", "reports-to", upward=True, detail=SAID),
    Edge("forum", "board", "coordinates", detail=SAID),
    Edge("forum", "adults", "coordinates", detail=SAID),
)
CAPTION = ("elmshire-2024", "April 2024 to March 2026", "As the plan states, not confirmed since")
ELMSHIRE = Network("Elmshire: who reports to whom", NODES, EDGES, NODE_STYLES, EDGE_STYLES, CAPTION)

HOSTILE = (
    "<script>alert(1)</script>",
    "</script><script>alert(2)</script>",
    '"><img src=x onerror=alert(3)>',
    "javascript:alert(4)",
    "<b>bold</b>",
    'a]];\n click n0 href "https://example.org" %%{init: {}}%%',
    "\\N \\G & &lt;i&gt; `code` #35;",
    "{{ 7*7 }} {% raw %} </title></style><!-- ]]>",
    "nul\x00 and \u202eright to left \ud800",
)
HOSTILE_IDS = tuple(" ".join(plain(name).split()) for name in HOSTILE)
HOSTILE_NETWORK = Network(
    HOSTILE[0],
    tuple(Node(name, HOSTILE[i], "group", ((name, name),), unknown=True) for i, name in enumerate(HOSTILE_IDS)),
    tuple(
        Edge(name, HOSTILE_IDS[0], HOSTILE[i], i % 2 == 0, True, ((name, name),))
        for i, name in enumerate(HOSTILE_IDS)
        if i
    ),
    {"group": Style(HOSTILE[1])},
    {name: Style(name) for name in HOSTILE},
    HOSTILE,
)

HOSTILE_TABLE = replace(
    HOSTILE_NETWORK,
    nodes=tuple(
        replace(node, notes=HOSTILE, column=i % len(HOSTILE), lane=i % 2)
        for i, node in enumerate(HOSTILE_NETWORK.nodes)
    ),
    edges=tuple(replace(edge, weight=3) for edge in HOSTILE_NETWORK.edges),
    columns=HOSTILE,
    lanes=HOSTILE[:2],
)

TOPICS = Network(
    "Elmshire: topics that boards share",
    (
        Node("children", "Elmshire Safeguarding Children Board", "board", notes=("chair: Independent Chair",)),
        Node("adults", "Elmshire Safeguarding Adults Board", "board", unknown=True),
        Node("neglect", "Neglect", "forum", column=1),
        Node("training", "Training and workforce development", "forum", column=1),
        Node("audit", "Multi-agency audit programme", "group", column=2, notes=("4 actions", "no date")),
        Node("audit-2", "Multi-agency audit of practice", "group", column=2),
    ),
    (
        Edge("children", "neglect", "reports-to", weight=12, detail=SAID),
        Edge("children", "training", "reports-to", weight=3, inferred=True, detail=SAID),
        Edge("adults", "training", "reports-to", detail=SAID),
        Edge("training", "audit", "coordinates", detail=SAID),
        Edge("children", "audit-2", "coordinates", detail=SAID),
        Edge("audit", "audit-2", "coordinates", detail=SAID),
    ),
    NODE_STYLES,
    EDGE_STYLES,
    CAPTION,
    columns=("Board", "Topic that two boards claim", "Action"),
)


def timeline(quarters: int, groups: int, actions: int) -> Network:
    """Actions by date and group; an action's place follows from its number."""
    nodes = (
        Node(f"a{i}", f"{i // 9 + 1}.{i % 9 + 1} Multi-agency audit of practice"[: 14 + i % 19], "group",
             notes=("lead: Director",) * (i % 3 == 0), column=i * i % 11 % quarters, lane=i * 7 % groups)
        for i in range(actions)
    )  # fmt: skip
    columns = tuple(f"Quarter {i % 4 + 1} of {2024 + i // 4}" for i in range(quarters))
    lanes = tuple(f"Performance and Quality Group {i + 1}" for i in range(groups))
    return Network("Actions by date", tuple(nodes), (), NODE_STYLES, EDGE_STYLES, CAPTION, columns=columns, lanes=lanes)


def structure(bodies: int, others: int) -> Network:
    """A board's structure with this many bodies and lines of other kinds; who answers to whom follows from numbers."""
    names = ("Quality", "Workforce Development", "Performance, Improvement and Audit", "Neglect Strategy", "Review")
    nodes = [Node("b0", "Elmshire Safeguarding Partnership", "board", notes=("chair: Independent Chair",))]
    edges = []
    for i in range(1, bodies):
        notes = ("chair: Director of Children's Services",) * (i % 4 == 0)
        nodes.append(Node(f"b{i}", f"{names[i % 5]} Group {i}", "group", notes=notes, unknown=i % 11 == 0))
        above = f"b{0 if i < 9 else i * 5 % min(i, 24)}"
        if i % 10:
            part = i % 11 == 0
            kind = "coordinates" if part else "reports-to"
            edges.append(Edge(f"b{i}", above, kind, upward=not part, places=part, inferred=i % 5 == 0))
    edges += [Edge(f"b{i * 7 % bodies}", f"b{i * 11 % bodies}", "coordinates") for i in range(1, others + 1)]
    return Network("Who reports to whom", tuple(nodes), tuple(edges), NODE_STYLES, EDGE_STYLES, CAPTION, tops=("b0",))


Pairs = list[tuple[str, str]]


def unpacked(text: str) -> list[dict[str, Any]]:
    """Read a page's data as its script does: nodes and edges of vis-network, and what stands on boxes and lines."""
    page = json.loads(text)
    return [_moment(page, moment) for moment in page["moments"]]


def _moment(page: dict[str, Any], moment: dict[str, Any]) -> dict[str, Any]:
    ids = [page["base"] + one for one in page["ids"]]
    found: dict[str, Any] = {"nodes": [], "edges": [], "bodies": {}, "lines": [], "boxRows": [], "lineRows": []}
    places = moment["boxes"]
    for number, x, y in zip(places[::3], places[1::3], places[2::3], strict=True):
        body, look, high, rows, *more = page["boxes"][number]
        small, name, row = (more + ["", "", number][len(more) :])[:3]
        drawn = {"shape": "box", **page["boxLooks"][look]}
        label = "\n".join(filter(None, (rows, small)))
        found["nodes"].append({"id": ids[body], "label": label, "x": x, "y": y, **drawn})
        said = {"name": name or rows.replace("\n", " "), "rows": rows.split("\n"), "wide": moment["wide"], "high": high}
        found["bodies"][ids[body]] = {**said, "kind": drawn["kind"], "unknown": drawn.get("unknown", False)}
        found["boxRows"].append(row)
    for number, steps, *_ in moment["lines"]:
        source, target, look, row = (*page["lines"][number], number)[:4]
        found["edges"].append({"from": ids[source], "to": ids[target], **page["lineLooks"][look]})
        way = _way(steps)
        found["lines"].append({"way": way[:-6], "tip": way[-2:]})
        found["lineRows"].append(row)
    return found


def _way(steps: str) -> list[float]:
    points: list[float] = []
    x = y = 0.0
    for step, said in re.findall(r"([a-zM])([-\d ]*)", steps):
        numbers = [int(number) / 10 for number in re.findall(r"-?\d+", said)]
        a, b = {"h": (numbers[0], 0.0), "v": (0.0, numbers[0])}.get(step, tuple(numbers[-2:]))
        across, down = {"r": ((0.0, a - a * ROUND), (b * ROUND, b)), "s": ((a * ROUND, a), (0.0, b - b * ROUND))}.get(
            step, ((a / 3, a / 1.5), (b / 3, b / 1.5))
        )
        handles = numbers[:4] if step == "c" else [across[0], down[0], across[1], down[1]]
        if step != "M":
            points += [x + handles[0], y + handles[1], x + handles[2], y + handles[3]]
        x, y = x + a, y + b
        points += [x, y]
    return points


class Page(HTMLParser):
    """What a browser would make of a page: its elements, and the text of its scripts and cells."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.texts: list[tuple[str, str]] = []
        self.open = ""
        self.rows: list[list[list[str]]] = []
        self.within = False
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        self.open = tag
        if tag == "tbody":
            self.rows.append([])
            self.within = True
        elif self.within and tag == "tr":
            self.rows[-1].append([])
        elif self.within and tag in ("th", "td"):
            self.rows[-1][-1].append("")

    def handle_endtag(self, tag: str) -> None:
        self.within = self.within and tag != "tbody"

    def handle_data(self, data: str) -> None:
        self.texts.append((self.open, data))
        if data.strip() and self.within:
            self.rows[-1][-1][-1] += data

    def of(self, tag: str) -> list[dict[str, str]]:
        return [attributes for name, attributes in self.elements if name == tag]

    def tables(self) -> list[list[list[str]]]:
        """The rows of each table as the text of their cells: end tags of rows and tables are there, of cells not always."""
        return self.rows

    def data(self, moment: int = 0) -> dict[str, Any]:
        """What the page's script draws at a moment."""
        return unpacked(next(text for tag, text in self.texts if tag == "script"))[moment]


LOOKS = ("fill", "stroke", "stroke-width", "stroke-dasharray", "font-family", "font-size", "text-anchor")


def spelt_out(picture: str) -> ET.Element:
    """An SVG with everything said at each line, box and word that its groups say of all in them, and whole ids."""
    root = ET.fromstring(picture)
    open_ = [root]
    for element in open_:  # grows as it is walked
        for child in element:
            for name in LOOKS:
                if name in element.attrib and name not in child.attrib:
                    child.set(name, element.attrib[name])
            open_.append(child)
    if beginning := root.get("data-ids"):
        for group in root.findall(".//{*}g"):
            title = group.find("{*}title")
            if title is not None:
                title.text = re.sub(r"(^|->):", lambda found: found[1] + beginning, title.text or "")
    return root


def groups(picture: str, kind: str) -> list[ET.Element]:
    return [group for group in spelt_out(picture).findall(".//{*}g") if group.get("class", "").split()[:1] == [kind]]


def titles(picture: str, kind: str) -> list[str]:
    return sorted(group.findtext("{*}title") or "" for group in groups(picture, kind))


def read_mermaid(text: str) -> tuple[set[str], Pairs]:
    ids = dict(re.findall(r"^  %% (n\d+) is (.*)$", text, re.M))
    boxes = set(re.findall(r"^  (n\d+)[\[(]", text, re.M))
    assert boxes == set(ids)
    lines = re.findall(r'^  (n\d+) -\.?->\|"[^"]*"\| (n\d+)$', text, re.M)
    return {ids[box] for box in boxes}, sorted((ids[source], ids[target]) for source, target in lines)


def pairs(network: Network) -> Pairs:
    return sorted((edge.source, edge.target) for edge in network.edges)


REMOTE = re.compile(
    r"""(?:\b(?:src|href|action|poster|data|srcset)\s*=\s*["']?|url\(\s*["']?|@import\s*["']?)(?:https?:)?//""", re.I
)


def network(lines: tuple[tuple[str, str], ...]) -> Network:
    bodies = dict.fromkeys(end for line in lines for end in reversed(line))
    edges = tuple(Edge(source, target, "reports-to", upward=True) for source, target in lines)
    return Network(
        "invented", tuple(Node(body, f"Group {body}", "group") for body in bodies), edges, NODE_STYLES, EDGE_STYLES, ()
    )


def environment(seed: str) -> dict[str, str]:
    return {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
