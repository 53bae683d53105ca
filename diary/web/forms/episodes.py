"""How are the pains of a walk typed in, one after another?"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from diary import rules
from diary.units import SYSTEMS
from diary.web.forms.amounts import Length, Minutes
from diary.web.forms.fields import OneOf, RowForm, SeveralOf, YesNo, refused, scale, system_of
from diary.wording import body, labels

# What the form of a pain asks without unfolding more.
IN_SIGHT = {"where", "both", "onset_distance", forms.formsets.DELETION_FIELD_NAME}


class EpisodeForm(RowForm):
    """One pain of a walk."""

    lengths = {"onset_distance": "onset_distance_m", "stopped_distance": "stopped_distance_m"}
    minutes = {"onset_minutes": "onset_s", "relief_minutes": "relief_s", "rest_minutes": "rest_s"}
    plain = (
        "onset", "intensity", "qualities", "spread_to", "response", "course_while_walking",
        "rest_posture", "relief", "resumed",
    )  # fmt: skip

    where = forms.CharField(label=_("Where did it hurt most?"), required=False, max_length=40)
    both = forms.BooleanField(label=_("The same place in both legs"), required=False)
    onset_distance = Length(
        label=_("After how far did it come?"), help_text=_("0 means from the first step.")
    )
    onset_minutes = Minutes(label=_("After how many minutes did it come?"))
    intensity = scale(_("How bad was it at its worst?"))
    response = OneOf(labels.RESPONSES, label=_("What did you do?"))
    rest_posture = OneOf(labels.POSTURES, label=_("How did you rest?"))
    relief = OneOf(labels.RELIEFS, label=_("Did the rest help?"))
    relief_minutes = Minutes(label=_("After how many minutes of rest did it ease?"))
    rest_minutes = Minutes(label=_("How many minutes did you rest?"))
    resumed = YesNo(label=_("Did you walk on afterwards?"))
    onset = OneOf(labels.ONSETS, label=_("How did it come?"))
    course_while_walking = OneOf(
        labels.COURSES, label=_("If you walked on with the pain, what did it do?")
    )
    stopped_distance = Length(label=_("After how far did it stop you?"))
    qualities = SeveralOf(labels.QUALITIES, label=_("What did it feel like?"))
    spread_to = SeveralOf(labels.SITES, label=_("Where else did it run?"))

    def __init__(self, *args: Any, typed_unit: str | None = None, **options: Any):
        self._typed_unit = typed_unit
        super().__init__(*args, **options)

    @property
    def typed_unit(self) -> str:
        return self._typed_unit or self.first_unit

    def _initial(self) -> dict[str, Any]:
        """The drawing shows what the row says of the place."""
        site, side = self.stored.get("site"), self.stored.get("side")
        chosen, both = body.chosen(site, side)
        return {**super()._initial(), "where": chosen, "both": both}

    @property
    def elsewhere(self) -> str:
        """What is chosen that the drawing has no region for, in words; else ''."""
        return body.unlisted(str(self["where"].value() or ""))

    @property
    def unfolded(self) -> bool:
        """Whether the folded part holds an answer or an error, so that the page opens it."""
        folded = set(self.fields) - IN_SIGHT
        return any(self[name].value() not in (None, "", []) for name in folded) or bool(
            folded & set(self.errors)
        )

    def clean_where(self) -> str:
        where = self.cleaned_data["where"]
        if where and not body.is_a_place(where):
            raise refused(rules.Fault("site", "not_a_choice"))
        return where

    def values(self, unit: str) -> rules.Row:
        data = self.cleaned_data
        site, side = body.place(data.get("where") or "", data["both"])
        return {**super().values(unit), "site": site, "side": side}

    @property
    def says_something(self) -> bool:
        return bool(self.cleaned_data.get("both")) or any(
            value not in (None, "", [])
            for name, value in self.cleaned_data.items()
            if name not in ("both", forms.formsets.DELETION_FIELD_NAME)
        )

    @property
    def removed(self) -> bool:
        return bool(self.cleaned_data.get(forms.formsets.DELETION_FIELD_NAME))

    def episode(self, unit: str, walked_m: float | None) -> tuple[rules.Row, list[rules.Fault]]:
        """The pain as a row, and what in it was read otherwise than typed.

        Lists that were never asked for stay not recorded.
        """
        row = self.values(unit)
        for name in ("qualities", "spread_to"):
            before = self.stored.get(name)
            if before is not None and set(before) == set(row[name]):
                row[name] = list(before)
            elif not row[name] and before is None:
                row[name] = None
        return row, self._brought_nearer(row, unit, walked_m)

    def _brought_nearer(
        self, row: rules.Row, unit: str, walked_m: float | None
    ) -> list[rules.Fault]:
        """Read 250 as metres where 250 km would lie beyond the end of a walk of 2 km."""
        short, said = SYSTEMS[system_of(unit)][0], []
        for name, field in self.lengths.items():
            typed = self.cleaned_data.get(name)
            if walked_m is None or typed is None or typed.unit or name not in self.changed_data:
                continue
            if typed.metres(short) <= walked_m < row[field]:
                params = {"typed_m": row[field], "length_m": typed.metres(short)}
                row[field] = params["length_m"]
                said.append(rules.Fault(field, "read_in_short_unit", params))
        return said

    def field_for(self, path: str) -> str | None:
        return super().field_for({"site": "where", "side": "where"}.get(path, path))


class Episodes(forms.BaseFormSet):
    """The pains of a walk, in order."""

    def __init__(
        self, *args: Any, rows: list[rules.Row] | None = None, where: str = "", **options: Any
    ):
        self.rows, self.where = rows or [], where
        super().__init__(*args, **options)

    def get_form_kwargs(self, index: int | None) -> dict[str, Any]:
        """The stored pain of each form; the first new one starts where the walker pointed."""
        known = index is not None and index < len(self.rows)
        pointed = {"where": self.where} if self.where else {}
        return {
            **super().get_form_kwargs(index),
            "row": self.rows[index] if known and index is not None else None,
            "initial": pointed if index == 0 and not self.rows else {},
        }

    def initial_form_count(self) -> int:
        return super().initial_form_count() if self.is_bound else len(self.rows)

    @property
    def told(self) -> list[EpisodeForm]:
        """The forms that describe a pain."""
        return [form for form in self.forms if not form.removed and form.says_something]

    def pain(
        self, hurt: str, unit: str, walked_m: float | None = None
    ) -> tuple[list[rules.Row] | None, list[rules.Fault]]:
        """The walk's pain, and what in it was read otherwise than typed.

        None where nobody knows, [] for none, at least one where it hurt.
        """
        rows, reread = [], []
        for index, form in enumerate(self.told):
            row, faults = form.episode(unit, walked_m)
            rows.append(row)
            reread += [replace(fault, path=f"pain[{index}].{fault.path}") for fault in faults]
        return rows or {"yes": [{}], "no": []}.get(hurt), reread

    def place_of(self, fault: rules.Fault) -> tuple[EpisodeForm, str] | None:
        """The form and the field of the pain that a fault is about; None where it is about none."""
        found = re.fullmatch(r"pain\[(\d+)\]\.(\w+)", fault.path)
        if not found or int(found[1]) >= len(self.told):
            return None
        return self.told[int(found[1])], found[2]

    def say(self, fault: rules.Fault) -> bool:
        """Show a refusal beside the field of the pain it is about; False where it is about none."""
        place = self.place_of(fault)
        if place:
            form, path = place
            form.say(fault, path)
        return place is not None

    def with_one_more(self) -> Episodes:
        """The same answers, not yet checked, and room for another pain."""
        data = self.data.copy()
        count = min(self.total_form_count() + 1, rules.MOST_EPISODES)
        data[f"{self.prefix}-TOTAL_FORMS"] = str(count)
        return type(self)(data, rows=self.rows, prefix=self.prefix, form_kwargs=self.form_kwargs)


def pain_is_valid(form: forms.Form, pain: Episodes) -> bool:
    """Whether the pains can be read, and agree with the answer whether it hurt."""
    hurt = form.cleaned_data["hurt"]
    if hurt in ("no", "unknown") and pain.is_valid() and pain.told:
        said = {
            "no": _("You said it did not hurt, but a pain is described below. Which is right?"),
            "unknown": _("You do not remember, but a pain is described below. Which is right?"),
        }
        form.add_error("hurt", said[hurt])
        return False
    return pain.is_valid()


def episodes(
    data: Mapping[str, Any] | None,
    rows: list[rules.Row],
    extra: int,
    unit: str,
    where: str = "",
    typed_unit: str | None = None,
) -> Episodes:
    """The forms of a walk's pains and `extra` empty ones.

    `unit` is the one in which the page showed lengths, `typed_unit` the one that was chosen since.
    """
    units = {"unit": unit, "typed_unit": typed_unit}
    factory = forms.formset_factory(
        EpisodeForm,
        formset=Episodes,
        extra=extra,
        can_delete=True,
        max_num=rules.MOST_EPISODES,
        absolute_max=rules.MOST_EPISODES + 1,
        validate_max=True,
    )
    return factory(data, rows=rows, where=where, prefix="pain", form_kwargs=units)
