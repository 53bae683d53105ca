"""Whose token is it, and may it still be used?

The token is the key of the session that signing in made: it says nothing by itself, so that a
device that was signed out is refused with its next request.
"""

from __future__ import annotations

import re
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

from allauth.account.adapter import get_adapter
from django.contrib.auth import get_user
from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.backends.db import SessionStore
from django.utils import timezone
from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from diary.devices import note_use

HEADER = "X-Session-Token"
# A phone that is not used for this long signs in again.
IDLE = timedelta(days=90)


class TokenAuthentication(BaseAuthentication):
    """The person of the X-Session-Token header; nobody without one."""

    def authenticate(self, request: Request) -> tuple[Any, SessionStore] | None:
        token = request.headers.get(HEADER)
        if token is None:
            return None
        person, session = signed_in(token)
        if person is None:
            raise AuthenticationFailed
        self._note_use(request, session)
        return person, session

    def authenticate_header(self, request: Request) -> str:
        return f'{HEADER} realm="Waymark"'

    def _note_use(self, request: Request, session: SessionStore) -> None:
        address = get_adapter().get_client_ip(request._request)
        if note_use(session, timezone.now(), address, IDLE):
            try:
                session.save()
            except UpdateError:  # signed out at this very moment
                raise AuthenticationFailed from None


def signed_in(token: str) -> tuple[Any, SessionStore]:
    """The person whose device has this token, and its session; None for the person of no device."""
    known = re.fullmatch(r"[a-z0-9]{32}", token, re.ASCII)
    session = SessionStore(session_key=token if known else None)
    person = get_user(SimpleNamespace(session=session)) if known else None
    return (person if person and person.is_authenticated else None), session
