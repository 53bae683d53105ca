"""A clinician, diaries that are shared with them, and what their pages say."""

from __future__ import annotations

import re
import time
from datetime import date, datetime, timedelta
from typing import Any

from django.contrib.sessions.backends.db import SessionStore
from django.test import Client
from django.urls import reverse

from diary.clock import months_later
from diary.models import Diary, Person, Share
from diary.models.invitations import invited
from diary.rules import SHARED_MONTHS
from tests.app import CANARY, NOW

TODAY = NOW.date()
UNTIL = months_later(TODAY, SHARED_MONTHS)


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


def walks(count: int, ended: date = TODAY, onset_m: float = 250, start: int = 0) -> list[dict]:
    """One walk a day up to a day, with its pain and a note."""
    return [
        {
            "id": f"cccccccc-0000-4000-8000-{start + back:012}",
            "started_at": f"{ended - timedelta(days=back)}T09:00:00Z",
            "time_zone": "Europe/London",
            "distance_m": 800,
            "distance_source": "gps",
            "notes": f"{CANARY}-note-{back}",
            "pain": [
                {"onset_distance_m": onset_m + 7 * (back % 3), "site": "calf", "side": "left",
                 "intensity": 5, "relief": "complete", "relief_s": 150, "rest_posture": "standing"}
            ],
        }
        for back in range(count)
    ]  # fmt: skip


def keep(diary: Diary, **rows: list[dict]) -> None:
    """Put rows into a diary, by their shapes."""
    for shape, some in rows.items():
        for row in some:
            diary.put(shape, row, NOW)


def at(share: Share, page: str, *more: Any) -> str:
    """The address of a page about a share's patient."""
    return reverse(f"patient-{page}", args=[share.uid, *more])


def text(response: Any) -> str:
    """What a page says."""
    plain = re.sub(r"<[^>]+>", " ", response.content.decode())
    return re.sub(r"\s+", " ", plain).replace("&#x27;", "'").replace("&quot;", '"')


def measured(**answers: str) -> dict[str, str]:
    """What a clinician enters of a measurement."""
    usual = {"kind": "ankle_brachial_index_left", "value": "0.62", "date": "2026-06-01"}
    return {"id": "dddddddd-0000-4000-8000-000000000001", "notes": "", **usual, **answers}
