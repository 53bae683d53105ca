"""How does somebody sign up, and choose how pages speak to them?"""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from diary.clock import zone_names
from diary.devices import LONGEST_NAME
from diary.models import Person
from diary.rules import Fault
from diary.web.forms.fields import refused
from diary.wording import labels


class SignupForm(forms.Form):
    """What sign-up asks beyond the e-mail: nothing; the browser tells its time zone."""

    time_zone = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    def signup(self, request: HttpRequest, person: Person) -> None:
        """Keep the zone that the browser told, where it is a known one."""
        zone = self.cleaned_data.get("time_zone")
        if zone in zone_names():
            person.time_zone = zone
            person.save(update_fields=["time_zone"])


class DeviceForm(forms.Form):
    """A device's name."""

    name = forms.CharField(
        label=_("What do you call this device?"),
        help_text=_("For example: my phone. Leave it empty to have no name of your own."),
        max_length=LONGEST_NAME,
        required=False,
    )


class SettingsForm(forms.ModelForm):
    """Name, units and time zone."""

    time_zone = forms.CharField(
        label=_("Time zone"), max_length=64, widget=forms.TextInput(attrs={"list": "zones"})
    )

    class Meta:
        model = Person
        fields = ["name", "units", "time_zone"]
        labels = {"name": _("What shall we call you?"), "units": _("Distances in")}
        widgets = {"units": forms.RadioSelect}

    def __init__(self, *args: Any, **options: Any):
        super().__init__(*args, **options)
        self.fields["units"].choices = labels.choices(labels.UNIT_SYSTEMS)
        self.zones = sorted(zone for zone in zone_names() if "/" in zone or zone == "UTC")

    def clean_time_zone(self) -> str:
        zone = self.cleaned_data["time_zone"]
        if zone not in zone_names():
            raise refused(Fault("time_zone", "unknown_zone"))
        return zone


class LeavingForm(forms.Form):
    """Whether somebody means it."""

    sure = forms.BooleanField(
        label=_("Yes, delete my account and all of this for good."),
        error_messages={"required": _("Tick this if you mean it. Nothing was deleted.")},
    )
