"""How do labels make room for each other, and points that would cover each other?"""

from __future__ import annotations

from collections.abc import Sequence
from statistics import fmean

# Pixels from point to point in a lane, and of one lane at the least.
STEP, CROWDED_STEP, LANE = 11, 9, 46


def apart(middles: Sequence[float], sizes: Sequence[float], low: float, high: float) -> list[float]:
    """Middles moved as little as is needed, so that each has its size and none leaves its turn."""
    starts = [sum(sizes[:at]) + size / 2 for at, size in enumerate(sizes)]
    together: list[list[float]] = []
    for middle, start in zip(middles, starts, strict=True):
        together.append([middle - start])
        while len(together) > 1 and fmean(together[-2]) > fmean(together[-1]):
            last = together.pop()
            together[-1] += last
    moved = [fmean(those) for those in together for _ in those]
    furthest = max(low, high - sum(sizes))
    return [
        min(max(move, low), furthest) + start for move, start in zip(moved, starts, strict=True)
    ]


def seats(along: Sequence[float], step: float, most: int) -> list[float]:
    """How far below the middle each point stands, a step apart while there are seats.

    Those that find none stand between two others, so that each is still seen.
    """
    taken = [float("-inf")] * most
    down, without = [0.0] * len(along), 0
    for at in sorted(range(len(along)), key=along.__getitem__):
        free = (seat for seat, last in enumerate(taken) if along[at] - last >= step)
        seat, aside = next(free, None), 0.0
        if seat is None:
            seat, aside = without % most, step / 2
            without += 1
        else:
            taken[seat] = along[at]
        down[at] = (seat + 1) // 2 * step * (-1 if seat % 2 else 1) + aside
    return down


def lane_height(down: Sequence[float], step: float) -> float:
    """The pixels that a lane needs for points which stand so far from its middle."""
    return max(LANE, 2 * max(map(abs, down), default=0.0) + step)
