"""What were the last seven days like?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from diary.wording.lengths import length

DAYS = 7


@dataclass(frozen=True)
class Day:
    """One day of the week at a glance."""

    name: str
    text: str
    walks: int
    painful: int


@dataclass(frozen=True)
class Week:
    """Seven days and what they come to, walking and pain always together."""

    days: list[Day]
    sentence: str


def of(walks: Iterable[Any], today: date, system: str) -> Week:
    """The seven days up to today, from that week's walks."""
    walks = [walk for walk in walks if not walk.clock_suspect]
    days = [_day(today - timedelta(days=back), walks, system) for back in range(DAYS - 1, -1, -1)]
    return Week(days, _sentence(walks, system))


def _day(when: date, walks: list[Any], system: str) -> Day:
    of_day = [walk for walk in walks if walk.day == when]
    painful = sum(bool(walk.episodes.all()) for walk in of_day)
    far_m = sum(walk.distance_m or 0 for walk in of_day)
    text = length(far_m, system) if far_m else ""
    return Day(formats.date_format(when, "D"), text, len(of_day), painful)


def _sentence(walks: list[Any], system: str) -> str:
    if not walks:
        return _("You recorded no walks in the last seven days.")
    measured = [walk.distance_m for walk in walks if walk.distance_m is not None]
    painful = sum(bool(walk.episodes.all()) for walk in walks)
    unknown = sum(not walk.pain_recorded for walk in walks)
    if measured:
        words = ngettext(
            "In the last seven days you recorded %(n)s walk, %(far)s in all.",
            "In the last seven days you recorded %(n)s walks, %(far)s in all.",
            len(walks),
        )
    else:
        words = ngettext(
            "In the last seven days you recorded %(n)s walk.",
            "In the last seven days you recorded %(n)s walks.",
            len(walks),
        )
    said = words % {"n": len(walks), "far": length(sum(measured), system)}
    return " ".join([said, *_pain(painful, unknown, len(walks))])


def _pain(painful: int, unknown: int, walks: int) -> Iterable[str]:
    """Of how many walks it is known that they hurt, or did not, and of how many it is not known."""
    free = walks - painful - unknown
    if walks == 1:
        yield _of_one(painful, unknown)
        return
    if painful:
        yield ngettext("%s of them hurt.", "%s of them hurt.", painful) % painful
    elif not unknown:
        yield _("No leg pain was recorded on them.")
    elif free:
        without = ngettext(
            "%s of them was without leg pain.", "%s of them were without leg pain.", free
        )
        yield without % free
    if unknown:
        not_said = ngettext(
            "For %s of them it was not recorded whether it hurt.",
            "For %s of them it was not recorded whether it hurt.",
            unknown,
        )
        yield not_said % unknown


def _of_one(painful: int, unknown: int) -> str:
    """The same of a single walk."""
    if painful:
        return _("It hurt.")
    return _("It was not recorded whether it hurt.") if unknown else _("It was without leg pain.")
