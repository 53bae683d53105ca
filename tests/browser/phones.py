"""What does a phone say of a walk whose every metre is known?"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random

LATITUDE, LONGITUDE = 51.5, -0.12
NORTH_M = 111_250.0
EAST_M = 69_440.0

Fix = list[float]


def place(east_m: float, north_m: float) -> tuple[float, float]:
    """Latitude and longitude of a place some metres from the start."""
    return LATITUDE + north_m / NORTH_M, LONGITUDE + east_m / EAST_M


@dataclass(frozen=True)
class Walk:
    """Legs of (seconds, metres a second): out and, after half of the way, back along the same road.

    The road bends: a straight one would hide an error of its length.
    """

    legs: Sequence[tuple[float, float]]
    turn_m: float = math.inf
    distances: list[float] = field(default_factory=list)

    def __post_init__(self) -> None:
        total = 0.0
        self.distances.append(0.0)
        for seconds, speed in self.legs:
            for _ in range(round(seconds)):
                total += speed
                self.distances.append(total)

    @property
    def seconds(self) -> int:
        return len(self.distances) - 1

    def where(self, distance_m: float) -> tuple[float, float]:
        """Metres east and north after so far: blocks of 150 m, each at a right angle."""
        along = min(distance_m, 2 * self.turn_m - distance_m)
        block, rest = divmod(along, 150)
        done = [150 * ((int(block) + 1) // 2), 150 * (int(block) // 2)]
        done[int(block) % 2] += rest
        return done[0], done[1]


@dataclass(frozen=True)
class Phone:
    """How well a receiver hears: metres of slow wandering and of quick jitter, slips, silences."""

    wander_m: float = 4.0
    jitter_m: float = 1.5
    accuracy_m: float = 8.0
    slips: float = 0.0
    silences: Sequence[tuple[float, float]] = ()
    first_s: float = 0.0
    wander_s: float = 60.0

    def heard(self, walk: Walk, chance: Random) -> list[Fix]:
        """The fixes of a walk, one a second."""
        keep = math.exp(-1 / self.wander_s)
        push = self.wander_m * math.sqrt(1 - keep * keep)
        off = [chance.gauss(0, self.wander_m), chance.gauss(0, self.wander_m)]
        fixes = []
        for second, distance in enumerate(walk.distances):
            off = [keep * each + push * chance.gauss(0, 1) for each in off]
            quiet = any(start <= second < end for start, end in self.silences)
            if quiet or second < self.first_s:
                continue
            here = [
                each + slow + chance.gauss(0, self.jitter_m)
                for each, slow in zip(walk.where(distance), off, strict=True)
            ]
            if chance.random() < self.slips:
                here[chance.randrange(2)] += chance.choice((-1, 1)) * chance.uniform(60, 400)
            fixes.append([second, *place(*here), self.accuracy_m * chance.uniform(0.7, 1.4)])
        return fixes
