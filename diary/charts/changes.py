"""Where do the numbers of changes stand above a time axis, so that none covers another?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from math import ceil

from diary.charts.apart import apart
from diary.charts.look import Look
from diary.charts.sheet import EDGE, text_width

GAP = 8  # pixels between two numbers, and between the bars of two changes that last


@dataclass(frozen=True)
class Flag:
    """A change on the time axis, from where to where in pixels, and what is said of it.

    `until` equals `x` where no end is known. Its `number` stands at `at`, in one of few rows; the
    bar of its duration has a `level` of its own.
    """

    x: float
    until: float
    says: str
    number: int = 0
    at: float = 0.0
    row: int = 0
    level: int = 0


def numbered(flags: Iterable[Flag], look: Look, left: float) -> list[Flag]:
    """The flags from left to right with their numbers, each as near its line as others let it."""
    ordered = sorted(flags, key=lambda flag: flag.x)
    done = [replace(flag, number=nth) for nth, flag in enumerate(ordered, 1)]
    sizes = [text_width(str(flag.number), look.lengths.text) + GAP for flag in done]
    right = look.lengths.width - EDGE / 2
    rows = max(1, ceil(sum(sizes) / (right - left)))
    for row in range(rows):
        of_row = slice(row, None, rows)
        places = apart([flag.x for flag in done[of_row]], sizes[of_row], left, right)
        done[of_row] = [
            replace(flag, at=at, row=row) for flag, at in zip(done[of_row], places, strict=True)
        ]
    return _levelled(done)


def _levelled(flags: Iterable[Flag]) -> list[Flag]:
    """Each bar on the lowest level that is free where it begins."""
    ends: list[float] = []
    done = []
    for flag in flags:
        if flag.until > flag.x:
            free = (level for level, end in enumerate(ends) if end + GAP <= flag.x)
            level = next(free, len(ends))
            ends[level : level + 1] = [flag.until]
            flag = replace(flag, level=level)
        done.append(flag)
    return done
