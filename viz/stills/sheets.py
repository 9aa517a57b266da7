"""A picture over several sheets, where one A4 page cannot hold it with letters that can be read on paper.

Each sheet is a network of its own: some of the boxes with all that their lines lead to, the headings of the columns and
lanes they stand in, the whole caption. Boxes are kept together with what belongs to them: a learning with its reviews,
its actions and whoever answers for these; a section with its leads and groups. So no line ends in nothing. A box that
several sheets need stands on each and says so. All sheets together hold exactly the boxes and lines of the network.

Where to cut is searched: along lanes or columns, or along the boxes of a column in orders that keep together what is
joined. Boxes without lines may also stand in lanes alone, one for each column, and name their lane: that fills a page
better. The fewest sheets win, then the fewest boxes repeated.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from goldenthread.viz.network import Network
from goldenthread.viz.stills.composition import legible
from goldenthread.viz.stills.threads import Thread, joined, orders

_EVEN = (1.05, 1.15, 1.3)  # so much more than its share a sheet may hold, rather than leave a little for a last one
_EARLIEST = 0.6  # of what fits on a sheet: no sheet ends before it is so full, wherever a better place to cut may be
_AHEAD = 40
_MOST = 130  # boxes on a sheet: more cannot be read, and need not be tried
_ELSEWHERE, _NUMBERED = "also on sheets 8, 9", " (sheet 8 of 9)"  # as long as what will be written there


def sheets(network: Network) -> tuple[Network, ...]:
    """Return the network as the networks of its sheets: itself alone where it can be read on one, or cannot be cut."""
    if not (network.columns or network.lanes):
        return (network,)
    forms = [network, *_listed(network)]
    for form in forms:
        if len(form.nodes) <= _MOST and legible(form):
            return (form,)
    cuts = [(form, found) for form in forms for threads in orders(form) if len(found := _cut(form, threads)) > 1]
    if not cuts:
        return (network,)
    form, best = min(cuts, key=lambda one: _badness(*one))
    return tuple(_sheet(form, best, number) for number in range(len(best)))


def _badness(network: Network, cut: Sequence[Thread]) -> tuple[int, int, int]:
    """Return how many sheets cannot be read (for one thread alone may be too much), how many there are, and boxes."""
    unread = sum(not legible(_part(network, one, {}, ())) for one in cut)
    return unread, len(cut), sum(len(one.boxes) for one in cut)


def _listed(network: Network) -> Iterator[Network]:
    """Give the network with a lane for each column, if no lines ask for columns; each box names the lane that it had."""
    if network.edges or not (network.columns and network.lanes):
        return
    nodes = sorted(network.nodes, key=lambda node: (node.column, node.lane))
    yield replace(
        network,
        nodes=tuple(
            replace(node, lane=node.column, column=0, notes=(*node.notes, network.lanes[node.lane])) for node in nodes
        ),
        columns=(),
        lanes=network.columns,
    )


# where to cut


def _cut(network: Network, threads: Sequence[Thread]) -> list[Thread]:
    """Return what stands on each sheet: as few sheets as this order allows, tidily cut and evenly filled if they can."""
    row = _Row(network, threads, Counter(box for one in threads for box in one.boxes), {})
    fewest = row.filled(len(network.nodes), tidy=False)
    share = sum(len(one.boxes) for one in fewest) / len(fewest)
    for tidy in (True, False):
        for most in (*(int(share * more) for more in _EVEN), len(network.nodes)):
            found = row.filled(most, tidy=tidy)
            if len(found) == len(fewest):
                return found
    return fewest


@dataclass(frozen=True)
class _Row:
    """Threads in a row, to be cut; of how many of them each box is part; how far a sheet surely reaches, and how far not."""

    network: Network
    threads: Sequence[Thread]
    times: Mapping[int, int]
    known: dict[int, tuple[int, int]]

    def filled(self, most: int, *, tidy: bool) -> list[Thread]:
        """Return what stands on each sheet if each is filled as far as it can be read, with so many boxes at most.

        Tidily cut, a sheet ends a little sooner where fewer boxes need be repeated, and no lane or column goes on.
        """
        found: list[Thread] = []
        start = 0
        while start < len(self.threads):
            end = self._reach(start, most)
            if tidy and end < len(self.threads):
                earliest = max(start + 1, start + int((end - start) * _EARLIEST))
                end = min(range(end, earliest - 1, -1), key=lambda at: self._cost(start, at))
            found.append(joined(self.threads[start:end]))
            start = end
        return found

    def _reach(self, start: int, most: int) -> int:
        """Return the end of the longest row of threads from a start on that one sheet holds."""
        held, limit = set(self.threads[start].boxes), start + 1
        while limit < len(self.threads) and len(held := held | self.threads[limit].boxes) <= min(most, _MOST):
            limit += 1
        low, high = self.known.get(start, (start + 1, len(self.threads) + 1))
        while low < limit and high - low > 1:
            middle = (low + min(high, limit + 1)) // 2
            low, high = (middle, high) if self._fits(start, middle) else (low, middle)
        self.known[start] = (low, high)
        return min(low, limit)

    def _fits(self, start: int, end: int) -> bool:
        held = joined(self.threads[start:end])
        here = Counter(box for one in self.threads[start:end] for box in one.boxes)
        repeated = [box for box, times in here.items() if times < self.times[box]]
        begun = {self.network.nodes[box].lane for one in self.threads[:start][-1:] for box in one.boxes}
        return legible(_part(self.network, held, dict.fromkeys(repeated, _ELSEWHERE), begun))

    def _cost(self, start: int, at: int) -> float:
        """Return how bad a place to cut this is: boxes to be repeated, a lane or column that goes on, room left empty."""
        before, after = joined(self.threads[start:at]), joined(self.threads[at : at + _AHEAD])
        goes_on = self.threads[at - 1].part == self.threads[at].part
        return len(before.boxes & after.boxes) / 4 + goes_on - 0.1 * (at - start)


# the sheets


def _sheet(network: Network, cut: Sequence[Thread], number: int) -> Network:
    """Return one sheet: its title says which, and its boxes where else they stand."""
    also = {}
    for box in cut[number].boxes:
        if others := [i + 1 for i, one in enumerate(cut) if i != number and box in one.boxes]:
            also[box] = f"also on {_in_words(others)}"
    begun = {network.nodes[box].lane for one in cut[:number] for box in one.boxes}
    part = _part(network, cut[number], also, begun)
    return replace(part, title=f"{network.title} (sheet {number + 1} of {len(cut)})")


def _in_words(numbers: Sequence[int]) -> str:
    """
    >>> _in_words([2]), _in_words([1, 3]), _in_words([2, 3, 4])
    ('sheet 2', 'sheets 1, 3', 'sheets 2 to 4')
    """
    if len(numbers) > 2 and numbers[-1] - numbers[0] == len(numbers) - 1:
        return f"sheets {numbers[0]} to {numbers[-1]}"
    return f"sheet{'s' if len(numbers) > 1 else ''} {', '.join(map(str, numbers))}"


def _part(network: Network, held: Thread, also: Mapping[int, str], begun: Collection[int]) -> Network:
    """Return a part of the network, with the columns and lanes that it uses; `begun` lanes are continued here."""
    some = {box: network.nodes[box] for box in sorted(held.boxes)}
    columns, lanes = sorted({node.column for node in some.values()}), sorted({node.lane for node in some.values()})
    nodes = tuple(
        replace(
            node,
            column=columns.index(node.column),
            lane=lanes.index(node.lane),
            notes=(*node.notes, *filter(None, (also.get(box),))),
        )
        for box, node in some.items()
    )
    ids = {node.id for node in nodes}
    headings = {one: f"{text} (continued)" if one in begun else text for one, text in enumerate(network.lanes)}
    return replace(
        network,
        title=network.title + _NUMBERED,
        nodes=nodes,
        edges=tuple(network.edges[line] for line in sorted(held.lines)),
        tops=tuple(top for top in network.tops if top in ids),
        columns=tuple(network.columns[one] for one in columns) if network.columns else (),
        lanes=tuple(headings[one] for one in lanes) if network.lanes else (),
    )
