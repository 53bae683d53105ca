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


class DaysForm(RowForm):
    """From when and until when."""

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


class NamedForm(RowForm):
    """Whose diary it is, asked of an owner who has not said it yet."""

    name = forms.CharField(
        label=_("Your name"),
        help_text=_(
            "It stands above your diary, so that they know whose it is. Without it they read "
            "“No name given”."
        ),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )

    def __init__(self, *args: Any, asks_name: bool = False, **options: Any):
        super().__init__(*args, **options)
        if not asks_name:
            del self.fields["name"]


class CodeForm(NamedForm, DaysForm):
    """What a code opens is not a choice."""


class TermsForm(DaysForm):
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


class InviteForm(NamedForm, TermsForm):
    """Who is invited by e-mail, and on which terms."""

    plain = ("email", "what", "since", "until")
    field_order = ("name", *plain)

    email = forms.CharField(
        label=_("Their e-mail address"),
        help_text=_(
            "The address that they give you for their work. If you invite the same address again, "
            "the link of the earlier e-mail no longer works."
        ),
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
