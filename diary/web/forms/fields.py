"""How does a form read what people type, and say what is wrong with it?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from diary import rules
from diary.clock import zones_named, zones_near
from diary.units import METRES_IN, SYSTEMS, in_unit
from diary.web.forms.amounts import Typed
from diary.wording import labels, rows
from diary.wording.lengths import unit_text
from diary.wording.refusals import sentence

NOT_SAID = ("", _("Not recorded"))
MOST_ZONES = 3  # that are named where none was meant exactly


def as_walked(length_m: float, unit: str) -> float:
    """A length as a form shows it: nobody paces out a part of a yard in hundreds of them."""
    amount = in_unit(length_m, unit)
    return round(amount) if amount >= 100 else amount


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


def scale(label: Any) -> forms.TypedChoiceField:
    """How bad a pain was, from 0 to 10, or not recorded."""
    return forms.TypedChoiceField(
        label=label,
        help_text=_("0 is no pain, 10 is the worst pain you can think of."),
        choices=[NOT_SAID, *[(n, str(n)) for n in range(11)]],
        coerce=int,
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
    )


def time_zone(text: str) -> str:
    """The zone that somebody typed, by its name or city; others are refused with the nearest."""
    named = zones_named(text)
    if len(named) == 1:
        return named[0]
    near = (named or zones_near(text))[:MOST_ZONES]
    if near:
        raise refused(rules.Fault("time_zone", "zones_near", {"zones": ", ".join(near)}))
    raise refused(rules.Fault("time_zone", "unknown_zone"))


class WordedForm(forms.Form):
    """A form that refuses in the sentences that a row is refused in, not in Django's own."""

    def __init__(self, *args: Any, **options: Any):
        super().__init__(*args, **options)
        for field in self.fields.values():
            of_day = isinstance(field, forms.DateField)
            known = {"required": "required", "invalid_choice": "not_a_choice"}
            known |= {"invalid": "not_a_date"} if of_day else {}
            said = {code: sentence(rules.Fault("", name)) for code, name in known.items()}
            field.error_messages = {**field.error_messages, **said}

    def field_for(self, path: str) -> str | None:
        """The form's field for one of the row's, None where the form has none."""
        return path if path in self.fields else None

    def say(self, fault: rules.Fault, path: str | None = None) -> None:
        """Show a refusal beside its field."""
        name = self.field_for(fault.path if path is None else path)
        self.add_error(name, refused(fault))


class RowForm(WordedForm):
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
        for name in self.lengths:
            self.fields[name].system = system_of(unit)

    @property
    def typed_unit(self) -> str:
        """The unit of a length that is typed without one."""
        return self.first_unit

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
            row[field] = self.stored.get(field) if same else self._metres(name, unit)
        for name, field in self.minutes.items():
            value = data.get(name)
            row[field] = (
                self.stored.get(field)
                if name not in self.changed_data
                else None if value is None else round(value * 60, 3)
            )  # fmt: skip
        row.update({name: data.get(name) for name in self.plain})
        return row

    def _metres(self, name: str, unit: str) -> float | None:
        length: Typed | None = self.cleaned_data.get(name)
        return None if length is None else length.metres(unit)

    def field_for(self, path: str) -> str | None:
        """The form's field for one of the row's, None where the form has none."""
        names = {field: name for name, field in {**self.lengths, **self.minutes}.items()}
        return super().field_for(names.get(path, path))

    def warn_of(self, stored: Any, system: str = "metric") -> None:
        """Show the version that was saved meanwhile; saving again then replaces it."""
        self.data = self.data.copy()
        self.data[self.add_prefix("revision")] = str(stored.revision)
        self.add_error(None, rows.conflict(stored, system))


def refused(fault: rules.Fault) -> forms.ValidationError:
    """A refusal as Django's forms carry it."""
    return forms.ValidationError(sentence(fault), code=fault.code)


def system_of(unit: str) -> str:
    """The system of units that a unit belongs to."""
    return next(system for system, units in SYSTEMS.items() if unit in units)


class UnitSelect(forms.Select):
    """The units, each with what a script needs to say a length in another one."""

    def create_option(self, name: str, value: Any, *args: Any, **named: Any) -> dict[str, Any]:
        option = super().create_option(name, value, *args, **named)
        option["attrs"] |= {
            "data-metres": METRES_IN[value],
            "data-system": system_of(value),
            "data-text": unit_text("%s", value),
        }
        return option


def unit_choices(system: str) -> list[tuple[str, Any]]:
    """The units offered to a person, their own system first."""
    first = SYSTEMS[system]
    return labels.choices(
        labels.UNITS, [*first, *(unit for unit in labels.UNITS if unit not in first)]
    )
