"""How deep the cells of a heat map are coloured: seven shades in even steps, and the legend that says which is which."""

from collections.abc import Iterable
from dataclasses import dataclass

DEEPEST = 6


@dataclass(frozen=True)
class Shade:
    """One shade and the numbers that it stands for."""

    depth: int
    numbers: str


def depth(number: int, most: int) -> int:
    """Return the shade of a number, 0 for none and 6 for the most.

    >>> [depth(number, 12) for number in (0, 1, 2, 3, 12)]
    [0, 1, 1, 2, 6]
    """
    return 0 if number <= 0 else -(-number * DEEPEST // max(most, DEEPEST))


def most(numbers: Iterable[int | None]) -> int:
    """Return the largest number, 0 where there is none."""
    return max((number for number in numbers if number is not None), default=0)


def shades(largest: int) -> tuple[Shade, ...]:
    """Return the shades in use up to the largest number, each with its numbers.

    >>> [shade.numbers for shade in shades(12)]
    ['0', '1–2', '3–4', '5–6', '7–8', '9–10', '11–12']
    """
    by_depth: dict[int, list[int]] = {}
    for number in range(largest + 1):
        ends = by_depth.setdefault(depth(number, largest), [number, number])
        ends[1] = number
    return tuple(
        Shade(deep, str(first) if first == last else f"{first}–{last}") for deep, (first, last) in by_depth.items()
    )
