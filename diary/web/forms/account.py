"""How does somebody sign up, and choose how pages speak to them?"""

from __future__ import annotations

from datetime import time
from typing import Any

from django import forms
from django.conf import settings
from django.http import HttpRequest
from django.utils.dates import WEEKDAYS
from django.utils.translation import get_language, get_language_info
from django.utils.translation import gettext_lazy as _
from django.utils.translation.trans_real import parse_accept_lang_header

from diary.clock import zone_names
from diary.devices import LONGEST_NAME
from diary.models import Person
from diary.web.forms.fields import time_zone
from diary.wording import labels

AMERICAN = "en-us"


class SignupForm(forms.Form):
    """What sign-up asks beyond the e-mail: nothing; the browser tells its time zone."""

    time_zone = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    def signup(self, request: HttpRequest, person: Person) -> None:
        """Keep the language of the page, the units of whoever reads American English first, and
        the zone that the browser told where it is known.
        """
        person.language = get_language() or settings.LANGUAGE_CODE
        first = parse_accept_lang_header(request.headers.get("Accept-Language", ""))[:1]
        if first and first[0][0] == AMERICAN:
            person.units = "imperial"
        zone = self.cleaned_data.get("time_zone")
        if zone in zone_names():
            person.time_zone = zone
        person.save(update_fields=["time_zone", "language", "units"])


class DeviceForm(forms.Form):
    """A device's name."""

    name = forms.CharField(
        label=_("What do you call this device?"),
        help_text=_("For example: my phone. Leave it empty to have no name of your own."),
        max_length=LONGEST_NAME,
        required=False,
    )


class SettingsForm(forms.ModelForm):
    """Name, units, time zone, and the language where there is more than one."""

    time_zone = forms.CharField(
        label=_("Time zone"),
        help_text=_("By a city whose clock is yours, such as London."),
        max_length=64,
        widget=forms.TextInput(attrs={"list": "zones"}),
    )

    class Meta:
        model = Person
        fields = ["name", "units", "time_zone", "language"]
        labels = {"name": _("What shall we call you?"), "units": _("Distances in")}
        widgets = {"units": forms.RadioSelect}

    def __init__(self, *args: Any, **options: Any):
        super().__init__(*args, **options)
        if len(settings.LANGUAGES) > 1:
            # Each by its own name: whoever looks for theirs may not read this one.
            codes = [code for code, _name in settings.LANGUAGES]
            own = [(code, get_language_info(code)["name_local"]) for code in codes]
            self.fields["language"] = forms.ChoiceField(label=_("Language"), choices=own)
        else:
            del self.fields["language"]
        self.fields["units"].choices = labels.choices(labels.UNIT_SYSTEMS)
        self.zones = sorted(zone for zone in zone_names() if "/" in zone or zone == "UTC")

    def clean_time_zone(self) -> str:
        return time_zone(self.cleaned_data["time_zone"])


class LeavingForm(forms.Form):
    """Whether somebody means it."""

    sure = forms.BooleanField(
        label=_("Yes, delete my account and all of this for good."),
        error_messages={"required": _("Tick this if you mean it. Nothing was deleted.")},
    )


class ReminderForm(forms.Form):
    """At which time of day, and on which days."""

    at = forms.TimeField(
        label=_("At"),
        help_text=_("By your own clock, also when you travel or the clocks change."),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"required": _("Choose a time.")},
    )
    weekdays = forms.TypedMultipleChoiceField(
        label=_("On"),
        choices=list(WEEKDAYS.items()),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one day.")},
    )

    def __init__(self, data: Any, reminder: Any = None):
        chosen = {"at": reminder.at, "weekdays": reminder.weekdays} if reminder else {}
        super().__init__(data, initial=chosen or {"at": time(18), "weekdays": [*WEEKDAYS]})
