"""What does a clinician say of themselves, and which code was read out to them?"""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from diary import rules
from diary.web.forms.fields import WordedForm

LONGEST_CODE = 40


class GranteeForm(WordedForm):
    """Name and role, as the patient will see and confirm them."""

    name = forms.CharField(
        label=_("Your name, as the patient knows you"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    role = forms.CharField(
        label=_("Your role"),
        help_text=_("For example: vascular nurse at the Riverside practice."),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "organization-title"}),
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        said = {name: data.get(name, "") for name in ("name", "role")}
        try:
            return {**data, "grantee": rules.checked("grantee", said)}
        except rules.Refused as refused:
            for fault in refused.faults:
                self.say(fault)
        return data


class CodeForm(GranteeForm):
    """A code that the patient reads out."""

    code = forms.CharField(
        label=_("The code"),
        help_text=_("Ten letters and digits. It works once, for ten minutes."),
        widget=forms.TextInput(
            attrs={
                "autocomplete": "off",
                "autocapitalize": "characters",
                "spellcheck": "false",
                "maxlength": LONGEST_CODE,
            }
        ),
    )
    field_order = ["code", "name", "role"]
