"""What does a clinician type in about a patient: a note, and two periods to compare?"""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from diary import rules
from diary.reports import usual_periods
from diary.web.forms.entries import day_field
from diary.wording.refusals import sentence


class NoteForm(forms.Form):
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
                self.add_error(fault.path or None, sentence(fault))
        return None


class PeriodsForm(forms.Form):
    """Two periods; what is not asked for is the last 28 days against the 28 before."""

    earlier_from = day_field(gettext_lazy("From"))
    earlier_until = day_field(gettext_lazy("Until"))
    later_from = day_field(gettext_lazy("From"))
    later_until = day_field(gettext_lazy("Until"))

    def __init__(self, asked: Any, today: date):
        usual = usual_periods(today)
        given = {name: asked.get(name) or day.isoformat() for name, day in usual.items()}
        super().__init__(given)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for side in ("earlier", "later"):
            first, last = data.get(f"{side}_from"), data.get(f"{side}_until")
            if first and last and last < first:
                self.add_error(f"{side}_until", _("This period ends before it begins."))
        until, begins = data.get("later_until"), data.get("earlier_from")
        if until and begins and until < begins and not self.errors:
            self.add_error(
                "later_until",
                _(
                    "The later period lies before the earlier one. Give the older days as the "
                    "earlier period."
                ),
            )
        return data

    def period(self, side: str) -> tuple[date, date]:
        """The first and the last day of a side; to be asked of a valid form."""
        return self.cleaned_data[f"{side}_from"], self.cleaned_data[f"{side}_until"]
