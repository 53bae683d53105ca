"""How does a form that waited on a device become a row, and how does a row fill in a form again?

The forms themselves read and fill in, as on their pages: a device knows their answers, and nothing
of what they mean.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.http import QueryDict

from diary import rules
from diary.models import Person
from diary.web.forms.entries import ChangeForm, CheckInForm, MeasurementForm, ProfileForm
from diary.web.forms.episodes import Episodes, episodes, pain_is_valid
from diary.web.forms.fields import RowForm
from diary.web.forms.walk import WalkForm
from diary.web.forms.walk import filled as with_last_time

PLAIN: dict[str, Any] = {
    "check_in": CheckInForm,
    "change": ChangeForm,
    "measurement": MeasurementForm,
    "profile": ProfileForm,
}
KINDS = ("walk", *PLAIN)

Answers = list[tuple[str, str]]
Error = dict[str, Any]


def read(
    kind: str,
    answers: Answers,
    person: Person,
    kept_at: datetime,
    row: rules.Row | None,
    routes: Sequence[rules.Row] = (),
) -> tuple[RowForm, rules.Row | None, list[Error]]:
    """A form with its answers, and the row that they are; None and every fault where it is none.

    `row` is what is stored, as on the form's page: what nobody changed keeps its exact value.
    `routes` are those that a new walk may have gone. What is typed is taken as it is: nobody is
    there to be asked whether it is meant otherwise.
    """
    data = QueryDict(mutable=True)
    for name, text in answers:
        data.appendlist(name, text)
    if kind == "walk":
        data = with_last_time(data)
    form = _form(kind, data, person, kept_at, row, routes)
    pain = _pains(form, data, row) if isinstance(form, WalkForm) else None
    if not form.is_valid() or (pain is not None and not pain_is_valid(form, pain)):
        return form, None, [*_errors(form), *_errors_of_all(pain)]
    return form, _row(form, pain), []


def filled(kind: str, row: rules.Row, person: Person, now: datetime) -> Answers:
    """The answers with which the form of a row would be sent if nothing in it were changed."""
    form = _form(kind, None, person, now, row)
    parts: list[Any] = [form]
    if isinstance(form, WalkForm):
        pain = _pains(form, None, row)
        parts += [pain.management_form, *pain]
    return [answer for part in parts for field in part for answer in _answers(field)]


def _form(
    kind: str,
    data: Any,
    person: Person,
    now: datetime,
    row: rules.Row | None,
    routes: Sequence[rules.Row] = (),
) -> RowForm:
    if kind == "walk":
        return WalkForm(data, person=person, now=now, row=row, routes=routes)
    return PLAIN[kind](data, row=row)


def _pains(form: WalkForm, data: Any, row: rules.Row | None) -> Episodes:
    told = (row or {}).get("pain") or []
    units = {"unit": form.first_unit, "typed_unit": form.typed_unit}
    return episodes(data, told, extra=0 if told else 1, **units)


def _row(form: Any, pain: Episodes | None) -> rules.Row:
    if pain is None:
        return form.values()
    said = form.cleaned_data
    return form.row(pain.pain(said["hurt"], said["distance_unit"])[0])


def _errors(form: forms.BaseForm) -> list[Error]:
    return [
        {"attr": form.add_prefix(name), "code": each.code or "", "detail": sentence}
        for name, faults in form.errors.as_data().items()
        for each in faults
        for sentence in each.messages
    ]


def _errors_of_all(pain: Episodes | None) -> Iterable[Error]:
    for form in pain or ():
        if form.is_bound:
            yield from _errors(form)


def _answers(field: forms.BoundField) -> Answers:
    value = field.value()
    if isinstance(field.field.widget, forms.CheckboxInput):
        return [(field.html_name, "on")] if value else []
    shown = field.field.widget.format_value(value)
    texts = shown if isinstance(shown, list) else [shown]
    return [(field.html_name, str(text)) for text in texts if text not in (None, "")]
