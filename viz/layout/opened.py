"""Room for a short line: boxes close below one another that a line joins are moved apart, and all below with them.

Else there is no room for an arrow head, for the dashes that tell our reading from what is stated, and for a letter.
"""

from collections.abc import Mapping

from goldenthread.viz.network import Network

JOINED = 24.0
_IN_LINE = 0.5  # of a box's width: so far aside a line still runs straight from one to the other

Places = dict[str, tuple[float, float]]


def opened(
    network: Network, places: Places, chiefs: Mapping[str, str], high: Mapping[str, float], width: float
) -> Places:
    """Return the places with room between boxes that a line joins; lines to a chief have their own already."""
    top = {body: y - high[body] / 2 for body, (_, y) in places.items()}
    moves: list[tuple[float, float]] = []

    def moved(body: str) -> float:
        return sum(far for start, far in moves if top[body] >= start)

    for lower, upper in sorted(_close(network, places, chiefs, width), key=lambda pair: (top[pair[0]], pair)):
        gap = top[lower] + moved(lower) - top[upper] - moved(upper) - high[upper]
        if 0 <= gap < JOINED:
            moves.append((top[lower], JOINED - gap))
    return {body: (x, y + moved(body)) for body, (x, y) in places.items()} if moves else places


def _close(network: Network, places: Places, chiefs: Mapping[str, str], width: float) -> set[tuple[str, str]]:
    """Return the pairs that a line joins and that stand below one another, the lower first."""
    found = set()
    for edge in network.edges:
        one, other = edge.source, edge.target
        (x, y), (to_x, to_y) = places[one], places[other]
        if one != other and abs(x - to_x) < _IN_LINE * width and other != chiefs.get(one) and one != chiefs.get(other):
            found.add((one, other) if y > to_y else (other, one))
    return found
