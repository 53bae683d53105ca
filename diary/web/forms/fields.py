"""How does a form read what people type, and say what is wrong with it?"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from diary import rules
from diary.units import SYSTEMS, in_unit, metres
from diary.wording import labels, rows
from diary.wording.refusals import sentence

LONGEST_NUMBER = 40
NOT_SAID = ("", _("Not recorded"))


class Amount(forms.Field):
    """A number as people type it, with a decimal point or comma; None where nothing was typed."""

    def __init__(self, **options: Any):
        options.setdefault("required", False)
        options.setdefault("widget", forms.TextInput)
        super().__init__(**options)
        self.widget.attrs["inputmode"] = "decimal"
        self.widget.attrs["autocomplete"] = "off"

    def to_python(self, value: Any) -> float | None:
        text = str(value if value is not None else "").strip()[:LONGEST_NUMBER]
        if not text:
            return None
        if re.fullmatch(
            r"[-+]?[1-9]\d{0,2}([.,]\d{3}){2,}|[-+]?[1-9]\d{0,2},\d{3}", text, re.ASCII
        ):
            # Twelve hundred for one reader, one point two for another.
            raise forms.ValidationError(sentence(rules.Fault("", "ambiguous_number")))
        if not re.fullmatch(r"[-+]?(\d+([.,]\d*)?|[.,]\d+)", text, re.ASCII):
            raise forms.ValidationError(sentence(rules.Fault("", "not_a_number")))
        return float(text.replace(",", "."))

    def prepare_value(self, value: Any) -> Any:
        return shown(value) if isinstance(value, int | float) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether the text differs from what the page showed, so that a rounded number is kept."""
        return (self.prepare_value(initial) or "") != str(data or "").strip()


def as_walked(length_m: float, unit: str) -> float:
    """A length as a form shows it: nobody paces out a part of a yard in hundreds of them."""
    amount = in_unit(length_m, unit)
    return round(amount) if amount >= 100 else amount


def shown(value: float) -> str:
    """A number as a form shows it: at most two decimals, no needless zeros."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


class OneOf(forms.ChoiceField):
    """One answer of a list, or not recorded."""

    def __init__(self, words: Mapping[str, Any], **options: Any):
        options.setdefault("required", False)
        options.setdefault("widget", forms.RadioSelect)
        super().__init__(choices=[NOT_SAID, *labels.choices(dict(words))], **options)

    def clean(self, value: Any) -> str | None:
        return super().clean(value) or None


class YesNo(OneOf):
    """Yes, no, or not recorded."""

    def __init__(self, **options: Any):
        super().__init__(labels.YES_NO, **options)

    def clean(self, value: Any) -> Any:
        answer = super().clean(value)
        return None if answer is None else answer == "yes"

    def prepare_value(self, value: Any) -> Any:
        return {True: "yes", False: "no"}.get(value, value) if isinstance(value, bool) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        return (self.prepare_value(initial) or "") != (data or "")


class SeveralOf(forms.MultipleChoiceField):
    """Any answers of a list."""

    def __init__(self, words: Mapping[str, Any], **options: Any):
        options.setdefault("required", False)
        options.setdefault("widget", forms.CheckboxSelectMultiple)
        super().__init__(choices=labels.choices(dict(words)), **options)


class RowForm(forms.Form):
    """A form that reads and writes one row in the shape of the diary document.

    `lengths`, `minutes` and `plain` map form fields to the row's fields. A value that the page
    showed rounded and that nobody changed keeps its exact stored value.
    """

    lengths: Mapping[str, str] = {}
    minutes: Mapping[str, str] = {}
    plain: tuple[str, ...] = ()

    def __init__(self, *args: Any, row: rules.Row | None = None, unit: str = "m", **options: Any):
        self.stored = row or {}
        self.first_unit = unit
        options["initial"] = {**self._initial(), **(options.get("initial") or {})}
        super().__init__(*args, **options)

    def _initial(self) -> dict[str, Any]:
        row = self.stored
        shown_lengths = {
            name: None if row.get(field) is None else as_walked(row[field], self.first_unit)
            for name, field in self.lengths.items()
        }
        shown_minutes = {
            name: None if row.get(field) is None else row[field] / 60
            for name, field in self.minutes.items()
        }
        return {**shown_lengths, **shown_minutes, **{name: row.get(name) for name in self.plain}}

    def values(self, unit: str) -> rules.Row:
        """The row's fields that this form knows, lengths read in `unit`."""
        data, row = self.cleaned_data, {}
        for name, field in self.lengths.items():
            same = name not in self.changed_data and unit == self.first_unit
            value = data.get(name)
            row[field] = (
                self.stored.get(field) if same else None if value is None else metres(value, unit)
            )
        for name, field in self.minutes.items():
            value = data.get(name)
            row[field] = (
                self.stored.get(field)
                if name not in self.changed_data
                else None if value is None else round(value * 60, 3)
            )  # fmt: skip
        row.update({name: data.get(name) for name in self.plain})
        return row

    def field_for(self, path: str) -> str | None:
        """The form's field for one of the row's, None where the form has none."""
        names = {field: name for name, field in {**self.lengths, **self.minutes}.items()}
        name = names.get(path, path)
        return name if name in self.fields else None

    def warn_of(self, stored: Any, system: str = "metric") -> None:
        """Show the version that was saved meanwhile; saving again then replaces it."""
        self.data = self.data.copy()
        self.data[self.add_prefix("revision")] = str(stored.revision)
        self.add_error(None, rows.conflict(stored, system))

    def say(self, fault: rules.Fault, path: str | None = None) -> None:
        """Show a refusal beside its field."""
        name = self.field_for(fault.path if path is None else path)
        self.add_error(name, refused(fault))


def refused(fault: rules.Fault) -> forms.ValidationError:
    """A refusal as Django's forms carry it."""
    return forms.ValidationError(sentence(fault), code=fault.code)


def unit_choices(system: str) -> list[tuple[str, Any]]:
    """The units offered to a person, their own system first."""
    first = SYSTEMS[system]
    return labels.choices(
        labels.UNITS, [*first, *(unit for unit in labels.UNITS if unit not in first)]
    )
