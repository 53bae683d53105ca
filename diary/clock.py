"""On which day, by the walker's own clock, did something happen?"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Collection
from datetime import UTC, date, datetime, time, timedelta
from difflib import get_close_matches
from enum import StrEnum
from functools import lru_cache
from zoneinfo import ZoneInfo, available_timezones


class WallTime(StrEnum):
    """How a wall-clock time stands in its zone."""

    PLAIN = "plain"
    AMBIGUOUS = "ambiguous"  # the hour that comes twice when clocks go back
    SKIPPED = "skipped"  # the hour that is missing when clocks go forward


@lru_cache(maxsize=1)
def zone_names() -> frozenset[str]:
    """Every IANA zone name that a walk may carry."""
    return frozenset(available_timezones())


def zones_named(text: str) -> list[str]:
    """The zones that a text names in letters of any size: by their own name, else by their city."""
    said = _place(text)
    own = [name for name in sorted(zone_names()) if name.casefold() == said]
    return own or [name for name, city in _cities() if city == said]


def zones_near(text: str) -> list[str]:
    """The zones whose city has a text as a part, else those whose city is written much like it."""
    said = _place(text)
    parts = [name for name, city in _cities() if said and said in city]
    nearly = get_close_matches(said, [city for _name, city in _cities()], n=3, cutoff=0.8)
    return parts or [name for name, city in _cities() if city in nearly]


def _place(text: str) -> str:
    return text.strip().replace(" ", "_").casefold()


def _cities() -> list[tuple[str, str]]:
    """The zones that are named after a city, each with that city in small letters."""
    names = [name for name in sorted(zone_names()) if "/" in name]
    return [(name, name.rsplit("/", 1)[1].casefold()) for name in names]


def local_date(instant: datetime, time_zone: str | None) -> date:
    """The walker's calendar day of an aware instant.

    Without a zone the offset that the instant carries decides.
    """
    return local_time(instant, time_zone).date()


def local_time(instant: datetime, time_zone: str | None) -> datetime:
    """The same instant on the walker's clock."""
    return instant.astimezone(ZoneInfo(time_zone)) if time_zone else instant


def months_later(day: date, months: int) -> date:
    """The same day of a later month; the month's last day where it has no such day."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def instant_of(wall: datetime, time_zone: str) -> tuple[datetime, WallTime]:
    """The UTC instant of a naive wall-clock time, and how that time stands in its zone.

    A time that comes twice takes the first. A time that the clocks leap over is read as if they
    had not yet been put forward, so that 01:30 in London's missing hour is 01:30 UTC, 02:30 there.
    """
    zone = ZoneInfo(time_zone)
    first, second = (wall.replace(tzinfo=zone, fold=fold) for fold in (0, 1))
    instant = first.astimezone(UTC)
    if instant.astimezone(zone).replace(tzinfo=None) != wall:
        return instant, WallTime.SKIPPED
    if first.utcoffset() != second.utcoffset():
        return instant, WallTime.AMBIGUOUS
    return instant, WallTime.PLAIN


def next_at(
    wall: time, weekdays: Collection[int], time_zone: str, after: datetime, done_on: date | None
) -> datetime:
    """The next instant at which a clock in a zone shows a time on one of the weekdays (0: Monday).

    It lies after an instant, and on a later day than `done_on`: who travels west meets the same
    evening twice.
    """
    first = local_date(after, time_zone)
    if done_on:
        first = max(first, done_on + timedelta(days=1))
    for days in range(15):
        day = first + timedelta(days=days)
        instant, _how = instant_of(datetime.combine(day, wall), time_zone)
        if day.weekday() in weekdays and instant > after:
            return instant
    raise ValueError("no weekday was named")
