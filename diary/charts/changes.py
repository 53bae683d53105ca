"""Where do the names of changes stand above a time axis, so that none covers another?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from diary.charts.look import Look
from diary.charts.sheet import text_width

# Rows of names above the plot; a change that finds no place keeps its mark and its tooltip.
MOST_ROWS = 4
GAP = 6  # pixels between a flag's line and its name, and between neighbours


@dataclass(frozen=True)
class Flag:
    """A change on the time axis: from where to where in pixels, its name, its tooltip, its place.

    `until` equals `x` where no end is known; without a `row` there was no room for the name.
    """

    x: float
    until: float
    name: str
    says: str
    align: str = "left"
    row: int | None = None

    def span(self, size: int) -> tuple[float, float]:
        """What the name and the bar of its duration cover, from left to right."""
        width = text_width(self.name, size) + GAP
        if self.align == "right":
            return self.x - width, max(self.x, self.until)
        return self.x, max(self.x + width, self.until)


def placed(flags: Iterable[Flag], look: Look) -> list[Flag]:
    """The flags, each in the lowest row where it crosses no other, names cut to what is readable.

    A flag's line falls from its name to the axis: it may not cross a name below it, and no line
    from above may cross its own name. So names are placed from the right end to the left, each a
    step higher than those it would touch; those too near the right end the other way round, before
    or after the rest, whichever leaves fewer without a name.
    """
    cut = [replace(flag, name=_cut(flag.name, look.lengths.longest_label)) for flag in flags]
    size, width = look.lengths.text, look.lengths.width
    near_end = [flag for flag in cut if flag.span(size)[1] > width]
    others = [flag for flag in cut if flag.span(size)[1] <= width]
    near_end.sort(key=lambda flag: flag.x)
    others.sort(key=lambda flag: -flag.x)
    ways = [_placed_in_turn(turn, look) for turn in (near_end + others, others + near_end)]
    return min(ways, key=lambda way: sum(flag.row is None for flag in way))


def _placed_in_turn(flags: Sequence[Flag], look: Look) -> list[Flag]:
    done: list[Flag] = []
    for flag in flags:
        done.append(_place(flag, done, look))
    return done


def _place(flag: Flag, others: Sequence[Flag], look: Look) -> Flag:
    size = look.lengths.text
    for align in ("left", "right"):
        for row in range(MOST_ROWS):
            tried = replace(flag, align=align, row=row)
            start, end = tried.span(size)
            fits = start >= 0 and end <= look.lengths.width
            if fits and not any(_crosses(tried, row, other, size) for other in others):
                return tried
    return flag


def _crosses(flag: Flag, row: int, other: Flag, size: int) -> bool:
    if other.row is None:
        return False
    (start, end), (other_start, other_end) = flag.span(size), other.span(size)
    if row == other.row:
        return start < other_end + GAP and other_start < end + GAP
    if row > other.row:
        return other_start - GAP < flag.x < other_end + GAP
    return start - GAP < other.x < end + GAP


def _cut(name: str, longest: int) -> str:
    return name if len(name) <= longest else f"{name[: longest - 1].rstrip()}…"
