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
from allauth.headless.tokens.strategies.sessions import SessionTokenStrategy
from django.contrib.auth import SESSION_KEY, get_user
from django.contrib.sessions.backends.base import SessionBase, UpdateError
from django.contrib.sessions.backends.db import SessionStore
from django.http import HttpRequest
from django.utils import timezone
from rest_framework.authentication import BaseAuthentication, SessionAuthentication
from rest_framework.exceptions import AuthenticationFailed, Throttled
from rest_framework.request import Request

from diary.api.throttles import GuessThrottle
from diary.devices import note_use

HEADER = "X-Session-Token"
OWNER = "X-Owner"  # the tag of the person whose rows a browser sends
# A phone that is not used for this long signs in again.
IDLE = timedelta(days=90)
# Where somebody begins to sign in, or needs not: what is left of an old token keeps nobody out.
BEGINNINGS = (
    "config", "login", "signup", "request_login_code", "request_password_reset", "reset_password",
    "login_webauthn", "verify_email",
)  # fmt: skip


class TokenAuthentication(BaseAuthentication):
    """The person of the X-Session-Token header; nobody without one."""

    def authenticate(self, request: Request) -> tuple[Any, SessionStore] | None:
        token = request.headers.get(HEADER)
        if token is None:
            return None
        try:
            person, session = signed_in(token)
            if person is not None:
                address = get_adapter().get_client_ip(request._request)
                agent = request.headers.get("User-Agent", "")
                note_use(session, timezone.now(), address, agent, IDLE)
        except UpdateError:  # signed out at this very moment
            person = None
        if person is None:
            raise _failed(request)
        return person, session

    def authenticate_header(self, request: Request) -> str:
        return f'{HEADER} realm="Waymark"'


class TokenIfAny(TokenAuthentication):
    """For what everybody may read: whoever has a token that ended reads it as nobody."""

    def authenticate(self, request: Request) -> tuple[Any, SessionStore] | None:
        try:
            return super().authenticate(request)
        except AuthenticationFailed:
            return None


class BrowserAuthentication(SessionAuthentication):
    """For what waited in a browser: the person of its cookie, if the rows are said to be theirs.

    What was kept under another person's tag is nobody's here; without a form token it is refused.
    """

    def authenticate(self, request: Request) -> tuple[Any, None] | None:
        person = request._request.user
        sends = request.method == "POST" and person.is_authenticated
        if not sends or request.headers.get(OWNER) != person.tag:
            return None
        return super().authenticate(request)


class TokenStrategy(SessionTokenStrategy):
    """allauth's steps take the same tokens as we do: a session whose person is gone has ended."""

    def get_session_token(self, request: HttpRequest) -> str | None:
        token = super().get_session_token(request)
        begins = request.resolver_match.url_name in BEGINNINGS
        return None if token and begins and not self.lookup_session(token) else token

    def lookup_session(self, session_token: str) -> SessionBase | None:
        person, session = signed_in(session_token)
        if person is None and SESSION_KEY in session:
            return None
        return SessionStore(session.session_key) if session.session_key else None


class _KeptKey(SessionStore):
    """A session whose key its phone holds: Django would exchange it along with SECRET_KEY."""

    key_salt = SessionStore().key_salt

    def cycle_key(self) -> None:
        pass


def signed_in(token: str) -> tuple[Any, SessionStore]:
    """The person whose device has this token, and its session; None for the person of no device.

    Without a session its key is None; the session of half a sign-in has one.
    """
    if not re.fullmatch(r"[a-z0-9]{32}", token, re.ASCII):
        return None, SessionStore()
    session = _KeptKey(session_key=token)
    person = get_user(SimpleNamespace(session=session))
    if not person.is_authenticated:
        return None, session
    if session.modified:  # signed anew, with the SECRET_KEY of today
        session.save()
    return person, session


def _failed(request: Request) -> AuthenticationFailed | Throttled:
    """What a token of nobody is answered; guesses of one address are counted as its requests."""
    throttle = GuessThrottle()
    if throttle.allow_request(request, None):
        return AuthenticationFailed()
    return Throttled(throttle.wait())
