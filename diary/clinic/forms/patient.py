"""What does a clinician type in about a patient: a note, and two periods to compare?"""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from diary import rules
from diary.reports import usual_periods
from diary.web.forms.entries import day_field
from diary.web.forms.fields import WordedForm


class NoteForm(WordedForm):
    """A clinician's own note on a diary."""

    text = forms.CharField(
        label=gettext_lazy("Your note"),
        help_text=gettext_lazy(
            "The patient is told that a note exists, and when it was written. Nobody is alerted by "
            "it."
        ),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    shown = forms.BooleanField(label=gettext_lazy("Show this note to the patient"), required=False)

    def checked(self) -> rules.Row | None:
        """The note as it may be kept; None where it was refused, which the form then says."""
        if not self.is_valid():
            return None
        try:
            return rules.checked("clinic_note", self.cleaned_data)
        except rules.Refused as refused:
            for fault in refused.faults:
                self.say(fault)
        return None


class PeriodsForm(WordedForm):
    """Two periods; what is not asked for is the last 28 days against the 28 before."""

    earlier_from = day_field(gettext_lazy("Earlier period, from"))
    earlier_until = day_field(gettext_lazy("Earlier period, until"))
    later_from = day_field(gettext_lazy("Later period, from"))
    later_until = day_field(gettext_lazy("Later period, until"))

    def __init__(self, asked: Any, today: date):
        usual = usual_periods(today)
        given = {name: asked.get(name) or day.isoformat() for name, day in usual.items()}
        super().__init__(given)

    def period(self, side: str) -> tuple[date, date]:
        """The first and the last day of a side; to be asked of a valid form."""
        return self.cleaned_data[f"{side}_from"], self.cleaned_data[f"{side}_until"]
