"""How are numbers and days written on a chart? From the caller's templates, never from here."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from diary.charts.look import Unit
from diary.units import in_unit

Words = Mapping[str, str]


def number(value: float, decimals: int, words: Words) -> str:
    """A number with at most so many decimals, in the reader's decimal mark."""
    text = f"{value:.{decimals}f}"
    if decimals:
        text = text.rstrip("0").rstrip(".")
    return text.replace(".", words["decimal_mark"])


def distance(length_m: float, unit: Unit, words: Words) -> str:
    """A distance as exact as walkers know theirs: whole metres or yards, hundredths of the rest."""
    decimals = 0 if unit in ("m", "yd") else 2
    return words[f"length_{unit}"] % {"number": number(in_unit(length_m, unit), decimals, words)}


def minutes(duration_s: float, words: Words) -> str:
    """A time in minutes, to the tenth."""
    return words["minutes"] % {"number": number(duration_s / 60, 1, words)}


def day(when: date, words: Words) -> str:
    """A date in full."""
    month = words[f"month_{when.month}"]
    return words["date"] % {"day": when.day, "month": month, "year": when.year}


def day_of_year(when: date, words: Words) -> str:
    """A date without its year."""
    return words["day_month"] % {"day": when.day, "month": words[f"month_{when.month}"]}
