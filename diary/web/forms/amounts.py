"""How is a number read as people type it, with a comma, a unit, or both?"""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from django import forms
from django.utils import formats
from django.utils.functional import cached_property

from diary import rules
from diary.units import SYSTEMS, metres
from diary.wording import typed
from diary.wording.refusals import sentence

LONGEST_NUMBER = 40
NUMBER = r"(\d+(?:[.,]\d*)?|[.,]\d+)"
# Twelve hundred for one reader, one point two for another.
TWO_READINGS = r"[-+]?[1-9]\d{0,2}([.,]\d{3}){2,}|[-+]?[1-9]\d{0,2},\d{3}"
# Where the comma is the decimal sign, a point may stand between thousands.
POINT_TOO = r"|[-+]?[1-9]\d{0,2}\.\d{3}"


class Amount(forms.Field):
    """A number as people type it, with a decimal point or comma; None where nothing was typed."""

    def __init__(self, **options: Any):
        options.setdefault("required", False)
        options.setdefault("widget", forms.TextInput)
        super().__init__(**options)
        self.widget.attrs["inputmode"] = "decimal"
        self.widget.attrs["autocomplete"] = "off"

    def to_python(self, value: Any) -> Any:
        text = typed_text(value)
        return number(text) if text else None

    def prepare_value(self, value: Any) -> Any:
        return shown(value) if isinstance(value, int | float) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether the text differs from what the page showed, so that a rounded number is kept."""
        return (self.prepare_value(initial) or "") != str(data or "").strip()


class Typed(NamedTuple):
    """A length as it was typed: a number, and the unit where one was typed with it."""

    amount: float
    unit: str | None

    def metres(self, unit: str) -> float:
        """In metres; a number alone is in `unit`."""
        return metres(self.amount, self.unit or unit)


class BoundLength(forms.BoundField):
    """A length on a page, and the same length in the other system of units."""

    @cached_property
    def echo(self) -> str:
        """What stands beside the field: 500 yd = 457 m; '' where no length is typed."""
        try:
            there = self.field.to_python(self.field.prepare_value(self.value()))
        except forms.ValidationError:
            return ""
        if there is None or there.amount < 0:
            return ""
        return typed.both_ways(there.amount, there.unit or self.field.unit or self.form.typed_unit)


class Length(Amount):
    """A length as people type it: 600, 600 m, 1,2 km; read by the form in the unit it shows."""

    bound_field_class = BoundLength
    system = "metric"  # of the walker, for whom 'm' may be metres or miles

    def __init__(self, unit: str | None = None, **options: Any):
        """With `unit` a number alone is always in it, whatever the form's unit is."""
        super().__init__(**options)
        self.unit = unit
        if unit:
            self.widget.attrs["data-unit"] = unit

    def to_python(self, value: Any) -> Typed | None:
        text = typed_text(value)
        if not text:
            return None
        digits, word = _split(text)
        unit = self._unit(word) if word else None
        return Typed(number(digits), unit)

    def _unit(self, word: str) -> str:
        unit = typed.unit_of(word)
        if unit is None:
            raise _refused("not_a_number")
        if word == "m" and "m" not in SYSTEMS[self.system]:
            raise _refused("metres_or_miles")
        return unit


class Minutes(Amount):
    """A time in minutes as people type it: 20, 20 min, 1 h 20, 90 s."""

    def prepare_value(self, value: Any) -> Any:
        """From a minute on in tenths: 24.6 of a measured 24.62; what nobody changes stays exact."""
        measured = isinstance(value, int | float) and value >= 1
        return super().prepare_value(round(value, 1) if measured else value)

    def to_python(self, value: Any) -> float | None:
        text = typed_text(value)
        if not text or not re.search(r"[^\W\d_]", text):
            return super().to_python(value)
        seconds = typed.seconds_of(text)
        if seconds is None:
            raise _refused("not_a_number")
        return seconds / 60


def typed_text(value: Any) -> str:
    """What was typed, without spaces around it, and no longer than a number can be."""
    return str(value if value is not None else "").strip()[:LONGEST_NUMBER]


def number(text: str) -> float:
    """A number in digits; refuses one that could be read in two ways, or in none."""
    unclear = TWO_READINGS + (POINT_TOO if _decimal_mark() == "," else "")
    if re.fullmatch(unclear, text, re.ASCII):
        raise _refused("ambiguous_number")
    if not re.fullmatch(r"[-+]?" + NUMBER, text, re.ASCII):
        raise _refused("not_a_number")
    return float(text.replace(",", "."))


def _split(text: str) -> tuple[str, str]:
    """The digits of a text, and the word behind them in small letters."""
    found = re.fullmatch(r"([-+]?[\d.,]+)\s*([^\W\d_]+)\.?", text)
    return (found[1], found[2].casefold()) if found else (text, "")


def _refused(code: str) -> forms.ValidationError:
    return forms.ValidationError(sentence(rules.Fault("", code)), code=code)


def shown(value: float) -> str:
    """A number as a form shows it: at most two decimals, no needless zeros."""
    return f"{value:.2f}".rstrip("0").rstrip(".").replace(".", _decimal_mark())


def _decimal_mark() -> str:
    return str(formats.get_format("DECIMAL_SEPARATOR"))
