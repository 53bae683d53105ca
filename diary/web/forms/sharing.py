"""How does an owner say with whom, what and for how long a diary is shared?"""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from diary import rules
from diary.clock import months_later
from diary.web.forms.entries import day_field
from diary.web.forms.fields import RowForm
from diary.wording import labels
from diary.wording.sharing import INCLUDES


def proposed(today: date) -> rules.Row:
    """The least, for the usual time: what a form shows before anything is chosen."""
    return {"what": "summary", "until": months_later(today, rules.SHARED_MONTHS)}


class CodeForm(RowForm):
    """From when and until when; what a code opens is not a choice."""

    plain: tuple[str, ...] = ("since", "until")

    since = day_field(
        _("From which day of your diary?"),
        help_text=_("Leave it empty for every day. What you said under About you has no day."),
    )
    until = day_field(
        _("Until when?"),
        help_text=_("Six months unless you say otherwise; 24 at most. You can stop it sooner."),
    )

    def values(self, unit: str = "m") -> rules.Row:
        return {name: value or None for name, value in super().values(unit).items()}


class TermsForm(CodeForm):
    """What of a diary is shared."""

    plain = ("what", "since", "until")

    what = forms.ChoiceField(
        label=_("What may they see?"),
        choices=labels.choices(labels.SCOPES),
        required=False,
        widget=forms.RadioSelect,
    )

    def scopes(self) -> list[tuple[Any, Any]]:
        """Each answer with what it includes."""
        return [(option, INCLUDES[option.data["value"]]) for option in self["what"]]


class InviteForm(TermsForm):
    """Who is invited by e-mail, and on which terms."""

    plain = ("email", "what", "since", "until")
    field_order = plain

    email = forms.CharField(
        label=_("Their e-mail address"),
        help_text=_("The address that they give you for their work."),
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
