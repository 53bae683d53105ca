"""How are two ways compared on a machine that others use too? In turn, by CPU time."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from itertools import cycle

OURS, TWIN = "ours", "twin"
SHORT, LONG = 100, 100_000
Slice = tuple[str, int]  # whose, and how many walks are in the account
IN_TURN: tuple[Slice, ...] = ((OURS, SHORT), (TWIN, SHORT), (OURS, LONG), (TWIN, LONG))


@dataclass
class Costs:
    """Milliseconds of CPU a request, one figure a round for each slice."""

    rounds: dict[Slice, list[float]] = field(default_factory=lambda: {each: [] for each in IN_TURN})

    def median(self, whose: str, walks: int) -> float:
        return statistics.median(self.rounds[whose, walks])

    def ratio(self, over: Slice, under: Slice) -> float:
        """The median of the rounds' own ratios: what drifts between rounds falls out."""
        pairs = zip(self.rounds[over], self.rounds[under], strict=True)
        return statistics.median(one / other for one, other in pairs)

    def beside_twin(self, walks: int) -> float:
        return self.ratio((OURS, walks), (TWIN, walks))

    def flatness(self, whose: str) -> float:
        return self.ratio((whose, LONG), (whose, SHORT))


def in_turn(rounds: int, measured: Callable[[Slice], float]) -> Costs:
    """Every slice once a round; every other round goes backwards, so that no slice is favoured."""
    costs = Costs()
    orders: Iterable[tuple[Slice, ...]] = cycle((IN_TURN, IN_TURN[::-1]))
    for _, order in zip(range(rounds), orders, strict=False):
        for each in order:
            costs.rounds[each].append(measured(each))
    return costs
