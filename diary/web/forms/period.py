"""Of which days does somebody ask to see the charts?"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from diary.clock import months_later
from diary.pictures import SIZES, THEMES, Span
from diary.values import FIRST_DAY
from diary.web.forms.entries import day_field
from diary.wording.periods import PERIODS

MONTHS_BACK = {"quarter": 3, "month": 1}
OWN = "own"


class PeriodForm(forms.Form):
    """A period by its name, or its first and last day; nothing asked for is the whole diary."""

    period = forms.ChoiceField(choices=[*PERIODS.items(), (OWN, OWN)], required=False)
    first = day_field(gettext_lazy("From"))
    last = day_field(gettext_lazy("Until"))

    def __init__(self, asked: Any, today: date):
        self.today = today
        super().__init__(asked)
        self.fields["first"].required = asked.get("period") == OWN

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("period") == OWN and not self.errors:
            if data["first"] > self.today:
                self.add_error("first", _("This period has not begun yet."))
            elif (data["last"] or self.today) < data["first"]:
                self.add_error("last", _("This period ends before it begins."))
        return data

    @property
    def chosen(self) -> str:
        """The period that is shown; the whole diary where what was asked for makes none."""
        return (self.cleaned_data["period"] or "all") if self.is_valid() else "all"

    @property
    def span(self) -> Span | None:
        """The days that are shown; None for the whole diary."""
        if self.chosen == OWN:
            last = self.cleaned_data["last"] or self.today
            return span(self.cleaned_data["first"], last, self.today)
        if self.chosen in MONTHS_BACK:
            back = months_later(self.today, -MONTHS_BACK[self.chosen])
            return span(back + timedelta(days=1), self.today, self.today)
        return None


class PictureForm(forms.Form):
    """How a picture is asked for: for which screen, of which days, alone in which colours."""

    size = forms.ChoiceField(choices=[(name, name) for name in SIZES])
    theme = forms.ChoiceField(choices=[(name, name) for name in THEMES], required=False)
    first = forms.DateField(required=False)
    last = forms.DateField(required=False)

    def __init__(self, asked: Any, today: date):
        self.today = today
        super().__init__(asked)

    @property
    def span(self) -> Span | None:
        first, last = self.cleaned_data["first"], self.cleaned_data["last"]
        return span(first, last, self.today) if first and last else None


def span(first: date, last: date, today: date) -> Span:
    """Days that a diary can have, and none that are still to come."""
    last = min(last, today)
    return max(min(first, last), FIRST_DAY), max(last, FIRST_DAY)
