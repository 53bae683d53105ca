"""What does a clinician say of themselves, and which code was read out to them?"""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from diary import rules


class GranteeForm(forms.Form):
    """Name and role, as the patient will see and confirm them."""

    name = forms.CharField(
        label=_("Your name, as the patient knows you"), max_length=rules.LONGEST_NAME
    )
    role = forms.CharField(
        label=_("Your role"),
        help_text=_("For example: vascular nurse at the Riverside practice."),
        max_length=rules.LONGEST_NAME,
    )

    def row(self) -> rules.Row:
        return rules.checked(
            "grantee", {name: self.cleaned_data[name] for name in ("name", "role")}
        )


class CodeForm(GranteeForm):
    """A code that the patient reads out."""

    code = forms.CharField(
        label=_("The code"),
        help_text=_("Ten letters and digits. It works once, for ten minutes."),
        max_length=40,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
    )
    field_order = ["code", "name", "role"]
