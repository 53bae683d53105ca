"""What is a device called, and when was it used?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from diary.wording.lengths import day

APP = "Waymark"
# The first whose mark is in the text: browsers name their forebears too.
BROWSERS = {
    "Edg": "Edge",
    "OPR/": "Opera",
    "SamsungBrowser": "Samsung Internet",
    "Firefox": "Firefox",
    "FxiOS": "Firefox",
    "CriOS": "Chrome",
    "Chrome": "Chrome",
    "Safari": "Safari",
}
SYSTEMS = {
    "iPhone": gettext_noop("an iPhone"),
    "iPad": gettext_noop("an iPad"),
    "Android": gettext_noop("Android"),
    "Windows": gettext_noop("Windows"),
    "CrOS": gettext_noop("a Chromebook"),
    "Macintosh": gettext_noop("a Mac"),
    "Linux": gettext_noop("Linux"),
}


@dataclass(frozen=True)
class Line:
    """One device for a list: its name, what it is, when it was used, and what may be done."""

    name: str
    kind: str  # what it calls itself, where the name is the person's own
    since: str
    used: str
    this_device: bool
    rename_url: str
    sign_out_url: str


def line(told: dict[str, Any], now: datetime) -> Line:
    """A device as `devices.told` tells it."""
    kind = called(told["user_agent"])
    return Line(
        told["name"] or kind,
        kind if told["name"] else "",
        _("Signed in on %s") % day(timezone.localdate(told["signed_in_at"])),
        _("in use now") if told["this_device"] else used(told["last_used_at"], now),
        told["this_device"],
        reverse("device-rename", args=[told["id"]]),
        reverse("device-sign-out", args=[told["id"]]),
    )


def called(user_agent: str) -> str:
    """What a device calls itself: 'Firefox on Windows', 'Waymark app on an iPhone'."""
    browser = next((name for mark, name in BROWSERS.items() if mark in user_agent), None)
    if user_agent.startswith(APP):
        browser = _("Waymark app")
    system = next((_(name) for mark, name in SYSTEMS.items() if mark in user_agent), None)
    if browser and system:
        return _("%(browser)s on %(system)s") % {"browser": browser, "system": system}
    return browser or (_("Something on %s") % system if system else _("A device without a name"))


def used(when: datetime, now: datetime) -> str:
    """How long ago a device was used, as exact as that is kept: to the hour."""
    hours = int((now - when).total_seconds() // 3600)
    if hours < 1:
        return _("last used less than an hour ago")
    if hours < 24:
        said = ngettext("about an hour ago", "about %(n)s hours ago", hours) % {"n": hours}
        return _("last used %s") % said
    return _("last used on %s") % day(timezone.localdate(when))


def signed_out(count: int) -> str:
    """How many other devices were signed out."""
    if not count:
        return _("There was no other device to sign out.")
    return ngettext(
        "One other device is signed out.", "%(n)s other devices are signed out.", count
    ) % {"n": count}
