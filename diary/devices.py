"""On which devices is a person signed in, and which of them may still be?

A device is a session: a browser's, or a mobile app's whose token is the session's key. Ending it
takes effect with its next request.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from allauth.usersessions.models import UserSession
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.base import SessionBase
from django.db import models

from diary.models import Person

# The last use of a device is kept to the hour, so that reading does not write each time.
NOTED_EVERY = timedelta(hours=1)
LONGEST_NAME = 100
LONGEST_AGENT = UserSession._meta.get_field("user_agent").max_length
SEEN_AT = "seen_at"


def devices(person: Person) -> models.QuerySet[UserSession]:
    """The devices on which the person is signed in, last used first."""
    UserSession.objects.purge_and_list(person)
    return UserSession.objects.filter(user=person).order_by("-last_seen_at", "-pk")


def note_use(
    session: SessionBase, now: datetime, address: str, agent: str, idle: timedelta
) -> None:
    """Keep when and from where a device was last used, and let it stay signed in for longer.

    Raises UpdateError where it was signed out at this very moment.
    """
    if now.timestamp() - session.get(SEEN_AT, 0) < NOTED_EVERY.total_seconds():
        return
    session[SEEN_AT] = now.timestamp()
    session.set_expiry(idle)
    key, used = session.session_key, {"last_seen_at": now, "ip": address}
    known = UserSession.objects.filter(session_key=key).update(**used)
    session.save()
    if not known:  # a session that none could see is none that could be ended
        used |= {"user_id": session[SESSION_KEY], "user_agent": agent[:LONGEST_AGENT]}
        UserSession.objects.get_or_create(session_key=key, defaults=used)


def rename(device: UserSession, name: str) -> None:
    """Give a device a name of the person's own; an empty one goes back to what it calls itself."""
    device.data = {**device.data, "name": name.strip()}
    device.save(update_fields=["data"])


def sign_out_others(person: Person, current_key: str | None) -> int:
    """End every other session of the person, and say how many there were."""
    others = devices(person).exclude(session_key=current_key)
    count = len(others)
    for device in others:
        device.end()
    return count


def told(device: UserSession, current_key: str | None) -> dict[str, Any]:
    """What is said of a device: its name, if any, what it calls itself, and when it was used."""
    return {
        "id": device.pk,
        "name": device.data.get("name", ""),
        "user_agent": device.user_agent,
        "signed_in_at": device.created_at,
        "last_used_at": device.last_seen_at,
        "this_device": device.session_key == current_key,
    }
