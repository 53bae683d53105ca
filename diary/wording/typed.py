"""Which words do people write behind a number, and what does a typed length come to?"""

from __future__ import annotations

import re

from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from diary.units import SYSTEMS, metres
from diary.wording.lengths import length, plain_number, unit_text

# Words in small letters, the symbol first, separated by spaces.
UNIT_WORDS = {
    "m": pgettext_lazy("words for the unit", "m metre metres meter meters"),
    "km": pgettext_lazy("words for the unit", "km kms kilometre kilometres kilometer kilometers"),
    "yd": pgettext_lazy("words for the unit", "yd yds yard yards"),
    "mi": pgettext_lazy("words for the unit", "mi mile miles"),
}
TIME_WORDS = {
    3600: pgettext_lazy("words for the unit", "h hr hrs hour hours"),
    60: pgettext_lazy("words for the unit", "min mins minute minutes"),
    1: pgettext_lazy("words for the unit", "s sec secs second seconds"),
}
PART = re.compile(r"(\d+(?:[.,]\d+)?)\s*([^\W\d_]*)\.?(?:\s+|(?=\d)|$)")


def unit_of(word: str) -> str | None:
    """The unit that a word in small letters names, None where it names none."""
    return next((unit for unit, words in UNIT_WORDS.items() if word in str(words).split()), None)


def seconds_of(text: str) -> float | None:
    """A time written with its units, as in 1 h 20 or 90 sec; None where it cannot be read."""
    total, last, at, text = 0.0, 0, 0, text.casefold()
    while at < len(text):
        part = PART.match(text, at)
        size = _seconds_in(part[2], last) if part else None
        if part is None or size is None or (last and size >= last):
            return None
        total += float(part[1].replace(",", ".")) * size
        last, at = size, part.end()
    return total


def _seconds_in(word: str, last: int) -> int | None:
    """How many seconds a word stands for; a number alone is in minutes after hours."""
    if not word:
        return last // 60 if last > 1 else None
    return next((size for size, words in TIME_WORDS.items() if word in str(words).split()), None)


def both_ways(amount: float, unit: str) -> str:
    """A length as it was typed and in the other system: 500 yd = 457 m."""
    other = next(system for system, units in SYSTEMS.items() if unit not in units)
    return _("%(typed)s = %(other)s") % {
        "typed": unit_text(plain_number(amount), unit),
        "other": length(metres(amount, unit), other),
    }
