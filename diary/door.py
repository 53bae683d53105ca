"""May this session look at other people's diaries now?

A clinician has given a second factor in this very session, and used the clinic not long ago;
what leaves them asks for it once more. The session says so, so that no page pays a query for it.
"""

from __future__ import annotations

import time
from datetime import datetime, timedelta
from enum import StrEnum
from math import ceil
from typing import Any

from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.core.internal import ratelimit
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.contrib.sessions.backends.base import SessionBase
from django.core.cache import cache
from django.http import HttpRequest

from diary.models import Person

IDLE = timedelta(minutes=30)
LONGEST = timedelta(hours=12)
STEP_UP = timedelta(minutes=5)
SEEN_EVERY = timedelta(minutes=1)  # so that reading does not write each time
COUNTED = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
SEEN_AT = "clinic_seen_at"
# How tries of a code are counted: by allauth, in the cache, as tries of a password are.
TRIES: dict[str, str] = {"app": "allauth.account", "action": "use_code"}


class Door(StrEnum):
    """How the door to the clinic stands."""

    OPEN = "open"
    SECOND_FACTOR = "second_factor"  # none was given in this session
    LOCKED = "locked"  # it was given too long ago
    NONE = "none"  # this person has no business there


def door(person: Person, session: SessionBase, now: datetime) -> Door:
    """How the door stands for a session; a demo clinician's one click counts as everything."""
    if not person.is_clinician:
        return Door.NONE
    if person.is_demo:
        return Door.OPEN
    given = _second_factor_at(session)
    if given is None:
        return Door.SECOND_FACTOR
    used = max(given, session.get(SEEN_AT, 0))
    idle = now.timestamp() - used > IDLE.total_seconds()
    return Door.LOCKED if idle or now.timestamp() - given > LONGEST.total_seconds() else Door.OPEN


def has_second_factor(person: Person) -> bool:
    """Whether the person has set up anything that counts as one."""
    return person.is_demo or bool(is_mfa_enabled(person, list(COUNTED)))


def where_to_give_it(person: Person) -> str:
    """The name of the page on which the person gives their second factor once more."""
    by_app = is_mfa_enabled(person, [Authenticator.Type.TOTP])
    return "mfa_reauthenticate" if by_app else "mfa_reauthenticate_webauthn"


def second_factor_given(person: Person, session: SessionBase, now: datetime) -> bool:
    """Whether a second factor was given in this session today, whoever the person is."""
    given = _second_factor_at(session) or 0
    return person.is_demo or now.timestamp() - given <= LONGEST.total_seconds()


def note_seen(session: SessionBase, now: datetime) -> bool:
    """Keep that the clinic was used; True where the session has something new to save."""
    if now.timestamp() - session.get(SEEN_AT, 0) < SEEN_EVERY.total_seconds():
        return False
    session[SEEN_AT] = now.timestamp()
    return True


def stepped_up(person: Person, session: SessionBase, now: datetime) -> bool:
    """Whether the second factor was given just now, as what leaves the clinic asks for."""
    given = _second_factor_at(session) or 0
    return person.is_demo or now.timestamp() - given <= STEP_UP.total_seconds()


def proved_again(session: SessionBase, now: datetime) -> bool:
    """Whether somebody who is signed in said just now once more who they are, in whichever way."""
    methods = session.get(AUTHENTICATION_METHODS_SESSION_KEY) or []
    given = max((each["at"] for each in methods if each.get("reauthenticated")), default=0)
    return now.timestamp() - given <= STEP_UP.total_seconds()


def code_wait_s(request: HttpRequest, person: Person) -> int:
    """Count a try of a code; 0, or in how many seconds the next is let through."""
    if ratelimit.consume(request, user=person, **TRIES):
        return 0
    waits = [0.0]
    for rate in ratelimit.get_rates(**TRIES):
        key = ratelimit.get_cache_key(request, rate=rate, user=person, **TRIES)
        tried_at = cache.get(key, [])  # newest first
        if len(tried_at) >= rate.amount:
            waits.append(tried_at[rate.amount - 1] + rate.duration - time.time())
    return max(ceil(max(waits)), 1)


def _second_factor_at(session: SessionBase) -> Any:
    methods = session.get(AUTHENTICATION_METHODS_SESSION_KEY) or []
    return max((each["at"] for each in methods if each.get("method") == "mfa"), default=None)
