"""Who stands below whom: from reporting lines first, then from lines that place a part below its whole.

A body may have several superiors. Lines that would close a circle are set aside, so that what is left has a top and a
bottom. A body that reports to nobody in the picture hangs below what it is part of, unless that already stands below it.
"""

from collections import defaultdict
from dataclasses import dataclass

from goldenthread.viz.network import Network

Above = dict[str, list[str]]


@dataclass(frozen=True)
class Standing:
    """Each body's superiors and inferiors, without circles; who is only placed; who has a place in the hierarchy.

    `order` names the bodies of the hierarchy so that every superior comes before its inferiors.
    """

    superiors: Above
    inferiors: Above
    placed: frozenset[str]
    tops: frozenset[str]
    order: tuple[str, ...]

    def layers(self, groups: list[list[str]]) -> dict[str, int]:
        """Return each body's layer: below all its superiors, and below the tops of what it hangs together with."""
        beside_tops = {body for group in groups if not self.tops.isdisjoint(group) for body in group}
        layer: dict[str, int] = {}
        for body in self.order:
            first = 1 if body in beside_tops and body not in self.tops else 0
            layer[body] = max((layer[above] + 1 for above in self.superiors[body]), default=first)
        return layer

    def together(self) -> list[list[str]]:
        """Return the bodies of the hierarchy in groups that hang together; those of the tops come first."""
        group = {body: body for body in self.order}

        def leader(body: str) -> str:
            while group[body] != body:
                group[body] = group[group[body]]
                body = group[body]
            return body

        bodies = [body for body in self.superiors if body in group]
        for body in bodies:
            for above in self.superiors[body]:
                group[leader(above)] = leader(body)
        groups: dict[str, list[str]] = {}
        for body in bodies:
            groups.setdefault(leader(body), []).append(body)
        return sorted(groups.values(), key=self.tops.isdisjoint)


def standing(network: Network) -> Standing:
    """Return who stands below whom in a network."""
    superiors = _lines(network, upward=True)
    starts = [*network.tops, *(node.id for node in network.nodes)]
    _without_circles(starts, superiors, _inferiors(superiors))
    placed = frozenset(_hang(network, superiors))
    inferiors = _inferiors(superiors)
    inside = {body for body in superiors if superiors[body] or inferiors[body] or body in network.tops}
    order = _without_circles([body for body in starts if body in inside], superiors, inferiors)
    return Standing(superiors, inferiors, placed, frozenset(network.tops), tuple(order))


def _lines(network: Network, *, upward: bool) -> Above:
    """Return each body's superiors, in the order of the bodies so that the order of lines does not matter."""
    rank = {node.id: i for i, node in enumerate(network.nodes)}
    wanted = (edge for edge in network.edges if (edge.upward if upward else edge.places and not edge.upward))
    pairs = {(edge.source, edge.target) for edge in wanted if edge.source != edge.target}
    above: Above = {node.id: [] for node in network.nodes}
    for source, target in sorted(pairs, key=lambda pair: (rank[pair[0]], rank[pair[1]])):
        above[source].append(target)
    return above


def _inferiors(superiors: Above) -> Above:
    below: Above = defaultdict(list)
    for body, above in superiors.items():
        for superior in above:
            below[superior].append(body)
    return below


def _hang(network: Network, superiors: Above) -> list[str]:
    """Add what bodies without a superior are part of to their superiors, and return these bodies."""
    hung = []
    tops = set(network.tops)
    for body, wholes in _lines(network, upward=False).items():
        if superiors[body] or body in tops:
            continue
        for whole in wholes:
            if not _stands_below(whole, body, superiors):
                superiors[body].append(whole)
                hung.append(body)
    return list(dict.fromkeys(hung))


def _stands_below(body: str, other: str, superiors: Above) -> bool:
    seen, open_ = {body}, [body]
    while open_:
        if (one := open_.pop()) == other:
            return True
        new = [above for above in superiors[one] if above not in seen]
        seen.update(new)
        open_ += new
    return False


def _without_circles(starts: list[str], superiors: Above, inferiors: Above) -> list[str]:
    """Take out the lines that close a circle, and return the bodies so that every superior comes first."""
    finished: list[str] = []
    state: dict[str, str] = {}
    roots = [body for body in starts if not superiors[body]]
    for start in [*roots, *starts]:
        if start in state:
            continue
        state[start] = "open"
        walk = [(start, iter(list(inferiors[start])))]
        while walk:
            body, below = walk[-1]
            for inferior in below:
                if state.get(inferior) == "open":
                    superiors[inferior].remove(body)
                    inferiors[body].remove(inferior)
                elif inferior not in state:
                    state[inferior] = "open"
                    walk.append((inferior, iter(list(inferiors[inferior]))))
                    break
            else:
                state[body] = "done"
                finished.append(body)
                walk.pop()
    return finished[::-1]
