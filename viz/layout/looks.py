"""Which lines lead between a body and those who stand under it, and which of them look the same.

Lines that look the same and lead to the same chief may share their way, as the lines of an organisation chart do.
"""

from collections import defaultdict
from dataclasses import dataclass

from goldenthread.viz.network import Network

Look = tuple[str, bool, int, bool]


@dataclass(frozen=True)
class Tie:
    """A line between a body and its chief: its number, the body below, and how it looks.

    A look is the kind, whether it is our reading, how many things it stands for, and whether it leads up to the chief.
    """

    line: int
    below: str
    look: Look


def ties(network: Network, chiefs: dict[str, str]) -> dict[str, list[Tie]]:
    """Return, for each chief, the lines to and from those who stand under it."""
    found: dict[str, list[Tie]] = defaultdict(list)
    for number, edge in enumerate(network.edges):
        for below, above in ((edge.source, edge.target), (edge.target, edge.source)):
            if chiefs.get(below) == above and below != above:
                look = (edge.kind, edge.inferred, edge.weight, below == edge.source)
                found[above].append(Tie(number, below, look))
                break
    return found


def distinct(lines: list[Tie]) -> list[Look]:
    """Return the looks of these lines, in their order."""
    return list(dict.fromkeys(line.look for line in lines))
