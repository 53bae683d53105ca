"""On which devices is a person signed in, and which of them may still be?

A device is a session: a browser's, or a mobile app's whose token is the session's key. Ending it
takes effect with its next request.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from allauth.usersessions.models import UserSession
from django.contrib.sessions.backends.base import SessionBase
from django.db import models

from diary.models import Person

# The last use of a device is kept to the hour, so that reading does not write each time.
NOTED_EVERY = timedelta(hours=1)
LONGEST_NAME = 100
SEEN_AT = "seen_at"


def devices(person: Person) -> models.QuerySet[UserSession]:
    """The devices on which the person is signed in, last used first."""
    UserSession.objects.purge_and_list(person)
    return UserSession.objects.filter(user=person).order_by("-last_seen_at", "-pk")


def note_use(session: SessionBase, now: datetime, address: str, idle: timedelta) -> bool:
    """Keep when and from where a device was last used, and let it stay signed in for longer.

    True where the session has something new that its caller is to save.
    """
    if now.timestamp() - session.get(SEEN_AT, 0) < NOTED_EVERY.total_seconds():
        return False
    session[SEEN_AT] = now.timestamp()
    session.set_expiry(idle)
    UserSession.objects.filter(session_key=session.session_key).update(last_seen_at=now, ip=address)
    return True


def rename(device: UserSession, name: str) -> None:
    """Give a device a name of the person's own; an empty one goes back to what it calls itself."""
    device.data = {**device.data, "name": name.strip()[:LONGEST_NAME]}
    device.save(update_fields=["data"])


def sign_out(device: UserSession) -> None:
    """End the device's session: with its next request it is nobody's."""
    device.end()


def sign_out_others(person: Person, current_key: str | None) -> int:
    """End every other session of the person, and say how many there were."""
    others = devices(person).exclude(session_key=current_key)
    count = len(others)
    for device in others:
        sign_out(device)
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
