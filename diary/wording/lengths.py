"""How is a length, a time or a date written for this reader?"""

from __future__ import annotations

import math
from datetime import date, datetime, time

from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from diary.units import METRES_IN, SYSTEMS, in_unit

# Below this many of the short unit the long one is not used: 900 m, 1.2 km; 900 yd, 1.2 miles.
SHORT_UP_TO = 1000


def length(length_m: float, system: str) -> str:
    """A length in the reader's units, as exact as a walker's distances are."""
    short, long = SYSTEMS[system]
    amount = in_unit(length_m, short)
    if round(amount) < SHORT_UP_TO:
        return unit_text(formats.number_format(round(amount), use_l10n=True), short)
    return unit_text(formats.number_format(round(length_m / METRES_IN[long], 1)), long)


def exact_length(length_m: float, system: str) -> str:
    """A length in the reader's units as it was typed, to two decimals and without needless ones."""
    short, long = SYSTEMS[system]
    unit = short if in_unit(length_m, short) < SHORT_UP_TO else long
    return unit_text(plain_number(in_unit(length_m, unit)), unit)


def plain_number(amount: float) -> str:
    """A number to two decimals, without needless ones."""
    amount = round(amount, 2)
    return formats.number_format(int(amount) if amount.is_integer() else amount, use_l10n=True)


def about(length_m: float, system: str) -> str:
    """A length as a sentence says it, no more exact than a walk is: to tens of the short unit."""
    short, _long = SYSTEMS[system]
    amount = in_unit(length_m, short)
    step = 10 if amount >= 100 else 5
    return length(round(amount / step) * step * METRES_IN[short], system)


def plain(value: float) -> str:
    """A number with no more decimals than it has, and two at most."""
    return formats.number_format(int(value) if value == int(value) else round(value, 2))


def unit_text(number: str, unit: str) -> str:
    """A number with its unit."""
    texts = {"m": _("%s m"), "km": _("%s km"), "yd": _("%s yd"), "mi": _("%s miles")}
    return texts[unit] % number


def duration(duration_s: float) -> str:
    """A time in minutes, or hours and minutes; seconds below two minutes."""
    seconds, minutes = _whole(duration_s), _whole(duration_s / 60)
    if seconds < 120:
        return ngettext("%(n)s second", "%(n)s seconds", seconds) % {"n": seconds}
    if minutes < 120:
        return ngettext("%(n)s minute", "%(n)s minutes", minutes) % {"n": minutes}
    return _("%(hours)s h %(minutes)s min") % {"hours": minutes // 60, "minutes": minutes % 60}


def _whole(value: float) -> int:
    """The nearest whole number, halves up: 12.5 minutes are 13, and not 12."""
    return math.floor(value + 0.5)


def day(when: date) -> str:
    """A date as the reader's language writes it."""
    return formats.date_format(when, "DATE_FORMAT")


def weekday(when: date) -> str:
    """A date with its weekday, both short; of a moment the time too."""
    # Translators: how a short date is written, in the letters of Django's `date` filter.
    short = formats.date_format(when, pgettext("date format", "D j M Y"))
    return f"{short}, {clock(when)}" if isinstance(when, datetime) else short


def moment(when: datetime) -> str:
    """A day and a time, by the reader's clock."""
    local = timezone.localtime(when)
    return f"{day(local)}, {clock(local)}"


def clock(when: datetime | time) -> str:
    """A time of day."""
    return formats.time_format(when, "TIME_FORMAT")


def days_ago(when: date, today: date) -> str:
    """How long ago a day was."""
    days = (today - when).days
    if days < 0:
        return _("dated %s, which is still to come") % day(when)
    if days == 0:
        return _("today")
    if days == 1:
        return _("yesterday")
    return ngettext("%(n)s day ago", "%(n)s days ago", days) % {"n": days}
