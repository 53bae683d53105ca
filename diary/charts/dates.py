"""Where on a time axis do the dates stand, and what do they say?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from diary.charts.labels import Words, day_of_year

# Steps that people count in. Months and years begin on their first day.
STEPS_IN_DAYS = (1, 2, 7, 14)
STEPS_IN_MONTHS = (1, 2, 3, 6, 12, 24, 60, 120, 240, 600)


@dataclass(frozen=True)
class Days:
    """A time axis in pixels from left to right, with a little room before and after its days."""

    first: date
    last: date
    left: float
    right: float

    @property
    def spare(self) -> float:
        return max(0.7, 0.025 * (self.last - self.first).days)

    @property
    def limits(self) -> tuple[float, float]:
        """The axis's two ends as ordinal days."""
        return self.first.toordinal() - self.spare, self.last.toordinal() + self.spare

    def x(self, when: date) -> float:
        """Where a day stands; days beyond the axis stand at its ends."""
        start, end = self.limits
        share = (min(max(when, self.first), self.last).toordinal() - start) / (end - start)
        return self.left + share * (self.right - self.left)


def ticks(first: date, last: date, most: int, words: Words) -> list[tuple[date, str]]:
    """At most `most` days from first to last with their labels.

    The year stands on a second line where it begins to count; from a step of a year on, alone.
    """
    for step in STEPS_IN_DAYS:
        if (last - first).days // step < most:
            days = [
                first + timedelta(days=ahead) for ahead in range(0, (last - first).days + 1, step)
            ]
            return _with_years([(when, day_of_year(when, words)) for when in days])
    for step in STEPS_IN_MONTHS:
        days = list(_firsts_of_months(first, last, step))
        if len(days) <= most:
            break
    if step >= 12:
        return [(when, str(when.year)) for when in days]
    return _with_years([(when, words[f"month_{when.month}"]) for when in days])


def _firsts_of_months(first: date, last: date, step: int) -> Iterator[date]:
    for months in range(first.year * 12 + first.month - 1, last.year * 12 + last.month):
        when = date(months // 12, months % 12 + 1, 1)
        if months % step == 0 and when >= first:
            yield when


def _with_years(labelled: list[tuple[date, str]]) -> list[tuple[date, str]]:
    shown, year = [], None
    for when, label in labelled:
        shown.append((when, label if when.year == year else f"{label}\n{when.year}"))
        year = when.year
    return shown
