"""What does the line of a walk look like from above, north up?

Drawn from its own positions alone: no map, and no place that a page would name.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from diary.polyline import Position
from diary.units import METRES_IN, SYSTEMS

# The drawing's own units: its width, the most height of the line, and the edge around it.
WIDTH, HIGHEST, EDGE = 400.0, 300.0, 24.0
# Below the line: the bar that says how long a length is.
BAR_FROM_FOOT, FOOT = 14.0, 44.0
# A line that goes nowhere is drawn as if it went so far.
LEAST_EXTENT_M = 10.0
# The bar is a round number of the reader's units, and takes at most this share of the width.
BAR_SHARE = 0.4
ROUND_SHORT = (1, 2, 5, 10, 20, 50, 100, 200, 500)
ROUND_LONG = (1, 2, 5, 10, 20, 50, 100)
# The receiver's error: what ends within it of where it began came back.
BACK_WITHIN_M = 25.0


@dataclass(frozen=True)
class Plan:
    """A line in the drawing's own units, x to the east and y to the south."""

    width: float
    height: float
    points: tuple[tuple[float, float], ...]
    bar: float
    bar_m: float
    length_m: float
    apart_m: float  # from its start to its end

    @property
    def came_back(self) -> bool:
        return self.apart_m <= BACK_WITHIN_M

    @property
    def bar_y(self) -> float:
        return self.height - BAR_FROM_FOOT

    @property
    def path(self) -> str:
        """The points as <polyline> has them."""
        return " ".join(f"{x:.1f},{y:.1f}" for x, y in self.points)


def plan(positions: Sequence[Position], system: str) -> Plan:
    """The line from above, with a bar in the reader's units; takes two positions or more."""
    places = on_a_plane(positions)
    east, north = ([place[axis] for place in places] for axis in (0, 1))
    wide_m, high_m = (max(max(each) - min(each), LEAST_EXTENT_M) for each in (east, north))
    scale = min((WIDTH - 2 * EDGE) / wide_m, (HIGHEST - 2 * EDGE) / high_m)
    middle = (max(east) + min(east)) / 2
    top = max(north) + (high_m - (max(north) - min(north))) / 2
    bar_m = _bar_m(BAR_SHARE * WIDTH / scale, system)
    return Plan(
        width=WIDTH,
        height=round(high_m * scale + 2 * EDGE + FOOT),
        points=tuple(
            (WIDTH / 2 + (x - middle) * scale, EDGE + (top - y) * scale) for x, y in places
        ),
        bar=bar_m * scale,
        bar_m=bar_m,
        length_m=sum(math.dist(*pair) for pair in pairwise(places)),
        apart_m=math.dist(places[0], places[-1]),
    )


def on_a_plane(positions: Sequence[Position]) -> list[tuple[float, float]]:
    """Metres east and north of the first position."""
    latitude, longitude = positions[0]
    east_m, north_m = degree_lengths_m(latitude)
    return [(turned(b - longitude) * east_m, (a - latitude) * north_m) for a, b in positions]


def turned(degrees: float) -> float:
    """A difference of longitudes the short way round."""
    return (degrees + 180) % 360 - 180


def degree_lengths_m(latitude: float) -> tuple[float, float]:
    """Metres in a degree of longitude and of latitude: series for the WGS 84 ellipsoid."""
    phi = math.radians(latitude)
    east_m = 111_412.84 * math.cos(phi) - 93.5 * math.cos(3 * phi) + 0.118 * math.cos(5 * phi)
    north_m = 111_132.954 - 559.822 * math.cos(2 * phi) + 1.175 * math.cos(4 * phi)
    return east_m, north_m


def _bar_m(most_m: float, system: str) -> float:
    short, long = (METRES_IN[unit] for unit in SYSTEMS[system])
    lengths = [n * short for n in ROUND_SHORT] + [n * long for n in ROUND_LONG]
    return max((each for each in lengths if each <= most_m), default=lengths[0])
