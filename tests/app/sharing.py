"""A clinician, and diaries that are shared with them."""

from __future__ import annotations

import time
from datetime import datetime
from typing import Any

from django.contrib.sessions.backends.db import SessionStore
from django.test import Client

from diary.clock import months_later
from diary.models import Diary, Person, Share
from diary.models.invitations import invited
from diary.rules import SHARED_MONTHS
from tests.app.conftest import NOW

UNTIL = months_later(NOW.date(), SHARED_MONTHS)


def clinician(name: str = "clinician", **said: Any) -> Person:
    """Somebody with the role."""
    return Person.objects.create_user(
        f"{name}@clinic.example", "a-long-password", name=f"Dr {name}", is_clinician=True, **said
    )


def at_the_clinic(person: Person) -> Client:
    """Their browser, in which a second factor was given just now."""
    client = Client()
    client.force_login(person)
    give_second_factor(client)
    return client


def give_second_factor(client: Client) -> None:
    factor_given(client.session.session_key)


def factor_given(key: str | None) -> None:
    """Give a second factor just now in a session, or on the phone whose token is its key."""
    session = SessionStore(key)
    session["account_authentication_methods"] = [
        {"method": "mfa", "type": "totp", "at": time.time(), "reauthenticated": True}
    ]
    session.save()


def shared_with(
    diary: Diary, person: Person, what: str = "notes", now: datetime = NOW, **terms: Any
) -> Share:
    """An active share of six months, by the way that it comes about."""
    until = months_later(now.date(), SHARED_MONTHS)
    asked = {"email": person.email, "what": what, "since": None, "until": until, **terms}
    invitation = invited(diary, asked, now)
    grantee = {"name": person.name, "role": "Vascular nurse"}
    invitation.share.accept(person, grantee, invitation.secret, now)
    invitation.share.agree(now)
    return invitation.share
