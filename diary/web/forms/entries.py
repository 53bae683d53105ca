"""How are the days, the changes, the measurements, the routes and the profile typed in?"""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from diary import rules
from diary.web.forms.amounts import Amount, Length, Minutes
from diary.web.forms.fields import (
    OneOf,
    RowForm,
    SeveralOf,
    UnitSelect,
    YesNo,
    scale,
    system_of,
    unit_choices,
)
from diary.wording import labels

ASKED = {"some": _("Yes, these"), "none": _("None of these")}


def day_field(label: Any, required: bool = False, help_text: Any = "") -> forms.DateField:
    return forms.DateField(
        label=label,
        help_text=help_text,
        required=required,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


def kind_field(label: Any, kinds: dict[str, Any]) -> forms.ChoiceField:
    """One of some kinds, none of which is chosen for the walker."""
    return forms.ChoiceField(label=label, choices=[("", _("Choose…")), *labels.choices(kinds)])


def notes_field() -> forms.CharField:
    return forms.CharField(
        label=_("Notes"),
        help_text=_("Nobody is watching these notes."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class AskedList:
    """A list that tells 'asked, and none' from 'not recorded': an answer, and the list itself."""

    def __init__(self, answer: str, name: str):
        self.answer, self.name = answer, name

    def initial(self, row: rules.Row) -> dict[str, Any]:
        stored = row.get(self.name)
        answer = None if stored is None else "some" if stored else "none"
        return {self.answer: answer, self.name: stored or []}

    def value(self, data: dict[str, Any]) -> list[str] | None:
        """The list; ticks without the answer count, and 'none' with ticks is a contradiction."""
        if data.get(self.name):
            return data[self.name]
        return [] if data.get(self.answer) == "none" else None

    def contradicted(self, data: dict[str, Any]) -> str:
        """What is wrong where the answer and the ticks disagree, else ''."""
        answer, ticks = data.get(self.answer), data.get(self.name)
        if answer == "none" and ticks:
            return _("You said none of these, but something is ticked. Which is right?")
        if answer == "some" and not ticks:
            return _("You said yes, but nothing is ticked. Which is right?")
        return ""


class ListsForm(RowForm):
    """A row form with lists that may be asked and empty."""

    lists: tuple[AskedList, ...] = ()

    def _initial(self) -> dict[str, Any]:
        initial = super()._initial()
        for asked in self.lists:
            initial |= asked.initial(self.stored)
        return initial

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        for asked in self.lists:
            contradiction = asked.contradicted(data)
            if contradiction:
                self.add_error(asked.answer, contradiction)
        return data

    def values(self, unit: str = "m") -> rules.Row:
        lists = {asked.name: asked.value(self.cleaned_data) for asked in self.lists}
        return {**super().values(unit), **lists}


class CheckInForm(ListsForm):
    """How one day was apart from the walks."""

    minutes = {"stiffness_minutes": "morning_stiffness_s"}
    plain = ("date", "pain_at_rest", "night_pain", "side", "notes", "signs_began")
    lists = (AskedList("signs_asked", "signs"), AskedList("sites_asked", "sites"))

    revision = forms.IntegerField(required=False, widget=forms.HiddenInput, min_value=0)
    date = day_field(_("Day"), required=True)
    signs_asked = OneOf(ASKED, label=_("Did you notice any of these?"))
    signs = SeveralOf(labels.SIGNS, label=_("What did you notice?"))
    side = OneOf(labels.SIDES, label=_("Which leg?"))
    signs_began = day_field(_("When did the first of these begin?"))
    pain_at_rest = scale(_("Leg pain while resting, at its worst"))
    night_pain = YesNo(label=_("Did leg pain wake you or keep you awake?"))
    stiffness_minutes = Minutes(
        label=_("Minutes of stiffness after getting up"), help_text=_("0 means none.")
    )
    sites_asked = OneOf(ASKED, label=_("Did it hurt anywhere apart from walking?"))
    sites = SeveralOf(labels.SITES, label=_("Where?"))
    notes = notes_field()


class ChangeForm(RowForm):
    """Something that may change the pain."""

    plain = ("date", "until", "kind", "notes")

    id = forms.UUIDField(widget=forms.HiddenInput)
    revision = forms.IntegerField(required=False, widget=forms.HiddenInput, min_value=0)
    kind = kind_field(_("What changed?"), labels.CHANGE_KINDS)
    date = day_field(_("From"), required=True)
    until = day_field(_("Until, if it has ended"))
    notes = notes_field()

    def _initial(self) -> dict[str, Any]:
        return {**super()._initial(), "id": self.stored.get("id") or uuid.uuid4()}

    def values(self, unit: str = "m") -> rules.Row:
        return {**super().values(unit), "id": str(self.cleaned_data["id"])}


class MeasurementForm(RowForm):
    """A value measured in clinic or at home."""

    plain = ("date", "kind", "notes")

    id = forms.UUIDField(widget=forms.HiddenInput)
    revision = forms.IntegerField(required=False, widget=forms.HiddenInput, min_value=0)
    kind = kind_field(_("What was measured?"), labels.MEASUREMENT_KINDS)
    date = day_field(_("Day"), required=True)
    value = Amount(
        label=_("Value"), help_text=_("In the unit named above, where there is one."), required=True
    )
    notes = notes_field()

    def _initial(self) -> dict[str, Any]:
        identity = {"id": self.stored.get("id") or uuid.uuid4(), "value": self.stored.get("value")}
        return {**super()._initial(), **identity}

    def values(self, unit: str = "m") -> rules.Row:
        data = self.cleaned_data
        value = data["value"] if "value" in self.changed_data else self.stored.get("value")
        return {**super().values(unit), "id": str(data["id"]), "value": value}


class RouteForm(RowForm):
    """A way that the walker knows the length of."""

    lengths = {"distance": "distance_m"}
    plain = ("name", "notes")

    id = forms.UUIDField(widget=forms.HiddenInput)
    revision = forms.IntegerField(required=False, widget=forms.HiddenInput, min_value=0)
    name = forms.CharField(
        label=_("What do you call it?"),
        help_text=_("Such as: home to the bench and back."),
        required=False,  # what is missing is refused by the rules, as everywhere
        strip=False,
    )
    distance = Length(label=_("How long is it in all?"))
    distance_unit = forms.ChoiceField(label=_("Unit"), widget=UnitSelect)
    notes = notes_field()

    def __init__(self, *args: Any, **options: Any):
        super().__init__(*args, **options)
        self.fields["distance_unit"].choices = unit_choices(system_of(self.first_unit))

    def _initial(self) -> dict[str, Any]:
        identity = {"id": self.stored.get("id") or uuid.uuid4(), "distance_unit": self.first_unit}
        return {**super()._initial(), **identity}

    def values(self, unit: str = "m") -> rules.Row:
        data = self.cleaned_data
        return {**super().values(data["distance_unit"]), "id": str(data["id"])}


class ProfileForm(ListsForm):
    """What about the walker bears on leg pain."""

    plain = ("sex", "smoking", "symptoms_began")
    lists = (AskedList("conditions_asked", "conditions"),)
    amounts = ("birth_year", "height_cm", "weight_kg", "pack_years")

    revision = forms.IntegerField(required=False, widget=forms.HiddenInput, min_value=0)
    birth_year = Amount(label=_("Year of birth"))
    sex = OneOf(labels.SEXES, label=_("Sex"))
    height_cm = Amount(label=_("Height in centimetres"))
    weight_kg = Amount(label=_("Weight in kilograms"))
    smoking = OneOf(labels.SMOKING, label=_("Smoking"))
    pack_years = Amount(
        label=_("Pack-years"),
        help_text=_("Packs of twenty a day, times the years you smoked."),
    )
    symptoms_began = day_field(_("When did the leg trouble begin?"))
    conditions_asked = OneOf(ASKED, label=_("Do any of these apply to you?"))
    conditions = SeveralOf(labels.CONDITIONS, label=_("Which?"))

    def _initial(self) -> dict[str, Any]:
        return {**super()._initial(), **{name: self.stored.get(name) for name in self.amounts}}

    def values(self, unit: str = "m") -> rules.Row:
        data = self.cleaned_data
        amounts = {
            name: data[name] if name in self.changed_data else self.stored.get(name)
            for name in self.amounts
        }
        return {**super().values(unit), **amounts}
