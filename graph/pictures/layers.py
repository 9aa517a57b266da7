"""How far below the top a body stands, to draw the upper layers only.

A body stands one layer below the nearest body to which it reports; where it reports to nobody, one below the whole of
which it is a part. Whoever has neither, such as a board or a forum, stands in the uppermost layer.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from goldenthread.viz.network import Edge


def upper(bodies: Iterable[str], edges: Sequence[Edge], depth: int) -> set[str]:
    """Return the bodies at most `depth` layers below the uppermost; bodies that only stand in circles stay."""
    all_bodies = list(bodies)
    above: defaultdict[str, set[str]] = defaultdict(set)
    for kind in ("upward", "places"):
        reporting = set(above)
        for edge in edges:
            if getattr(edge, kind) and edge.source not in reporting and edge.source != edge.target:
                above[edge.source].add(edge.target)
    below: defaultdict[str, list[str]] = defaultdict(list)
    for body, superiors in above.items():
        for superior in superiors:
            below[superior].append(body)
    layer = {body: 0 for body in all_bodies if body not in above}
    reached = list(layer)
    for body in reached:  # grows as it is walked: breadth first, so that the nearest way up counts
        for inferior in below[body]:
            if inferior not in layer:
                layer[inferior] = layer[body] + 1
                reached.append(inferior)
    return {body for body in all_bodies if layer.get(body, 0) <= depth}
