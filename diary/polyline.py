"""How is a line on the ground written as one short text?

The encoded polyline format, to five decimals of a degree: about a metre.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

MOST_POINTS = 1_000
# A degree is kept to five decimals, a difference of degrees in at most six letters of five bits.
STEPS = 100_000
MOST_LETTERS = 6
LONGEST = MOST_POINTS * 2 * MOST_LETTERS
FIRST, BITS, MORE = 63, 5, 32

Position = tuple[float, float]


def decoded(text: str) -> list[Position]:
    """The latitudes and longitudes along a line; raises ValueError for what is not one."""
    points = []
    latitude = longitude = 0
    differences = _differences(text)
    for north in differences:
        latitude += north
        longitude += next(differences, 4 * 180 * STEPS)  # half a position lies nowhere
        if abs(latitude) > 90 * STEPS or abs(longitude) > 180 * STEPS:
            raise ValueError("a position that is not on the earth")
        points.append((latitude / STEPS, longitude / STEPS))
    return points


def _differences(text: str) -> Iterator[int]:
    value = letters = 0
    for letter in text:
        bits = ord(letter) - FIRST
        if not 0 <= bits < 2 * MORE or letters == MOST_LETTERS:
            raise ValueError("not an encoded polyline")
        value |= bits % MORE << BITS * letters
        letters += 1
        if bits < MORE:
            yield ~(value >> 1) if value & 1 else value >> 1
            value = letters = 0
    if letters:
        raise ValueError("an encoded polyline that breaks off")


def encoded(points: Iterable[Position]) -> str:
    """A line as text, whatever its length."""
    steps = [(0, 0), *((round(a * STEPS), round(b * STEPS)) for a, b in points)]
    return "".join(
        _letters(after[axis] - before[axis]) for before, after in pairwise(steps) for axis in (0, 1)
    )


def thinned(points: Sequence[Position]) -> list[Position]:
    """A line with at most MOST_POINTS of its points, evenly left out; its ends stay."""
    step = max(1, math.ceil((len(points) - 1) / (MOST_POINTS - 1)))
    return [*points[:-1:step], *points[-1:]]


def _letters(difference: int) -> str:
    value = ~(difference << 1) if difference < 0 else difference << 1
    text = ""
    while value >= MORE:
        text += chr((value % MORE | MORE) + FIRST)
        value >>= BITS
    return text + chr(value + FIRST)
