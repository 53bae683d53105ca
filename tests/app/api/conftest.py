"""Phones of the cast: a client that sends JSON with a token."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth import login
from django.contrib.sessions.backends.db import SessionStore
from django.core.cache import caches
from django.http import HttpRequest
from django.test import Client

from diary.models import Diary, Person


class Phone:
    """A client of the API with a token, or without one."""

    def __init__(self, token: str | None = None):
        self.token = token
        self.client = Client(raise_request_exception=False)

    def send(self, method: str, where: str, data: Any = None, **headers: str) -> Any:
        """Send JSON (bytes as they are) to an address under /api/v1/."""
        if self.token:
            headers = {"X-Session-Token": self.token, **headers}
        body = data if isinstance(data, bytes) else b"" if data is None else json.dumps(data)
        where = where if where.startswith("/") else f"/api/v1/{where}"
        return self.client.generic(method, where, body, "application/json", headers=headers)

    def get(self, where: str, **headers: str) -> Any:
        return self.send("GET", where, **headers)

    def post(self, where: str, data: Any = None, **headers: str) -> Any:
        return self.send("POST", where, data, **headers)

    def put(self, where: str, data: Any = None, **headers: str) -> Any:
        return self.send("PUT", where, data, **headers)

    def patch(self, where: str, data: Any = None, **headers: str) -> Any:
        return self.send("PATCH", where, data, **headers)

    def delete(self, where: str, **headers: str) -> Any:
        return self.send("DELETE", where, **headers)


def token_of(person: Person) -> str:
    """A token as signing in on a new device gives it."""
    request = HttpRequest()
    request.session = SessionStore()
    request.META = {"REMOTE_ADDR": "192.0.2.1", "HTTP_USER_AGENT": "Waymark test"}
    login(request, person, backend="allauth.account.auth_backends.AuthenticationBackend")
    request.session.save()
    return str(request.session.session_key)


@pytest.fixture(autouse=True)
def unthrottled() -> None:
    caches["throttle"].clear()


@pytest.fixture
def new_phone() -> Callable[[Diary], Phone]:
    """Sign a diary's owner in on another phone."""
    return lambda diary: Phone(token_of(diary.owner))


@pytest.fixture
def phone(diary, new_phone) -> Phone:
    """The walker's phone."""
    return new_phone(diary)


@pytest.fixture
def stranger(new_diary, new_phone) -> Phone:
    """The phone of another walker."""
    return new_phone(new_diary("stranger"))


@pytest.fixture
def nobody() -> Phone:
    """A phone that is not signed in."""
    return Phone()
