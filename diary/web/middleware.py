"""In whose language and time zone is this page, may a cache keep it, and how is it sent?"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.contrib.sessions.backends.base import UpdateError
from django.http import Http404, HttpRequest, HttpResponse
from django.middleware.gzip import GZipMiddleware
from django.utils import timezone, translation
from django.utils.cache import patch_cache_control

from diary import devices

IDLE = timedelta(seconds=settings.SESSION_COOKIE_AGE)
PRIVATE = ("account_", "mfa_", "device-")


class CompressPages(GZipMiddleware):
    """Send pages compressed, padded by a random length so that it tells nothing of what is in them.

    Pages alone: the API's answers keep the tags that If-Match compares byte by byte.
    """

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        if response.get("Content-Type", "").startswith("text/html"):
            return super().process_response(request, response)
        return response


class PersonMiddleware:
    """Speak the signed-in person's language and zone; keep their pages out of every cache."""

    def __init__(self, respond: Callable[[HttpRequest], HttpResponse]):
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        signed_in = request.user.is_authenticated
        if signed_in:
            translation.activate(request.user.language)
            timezone.activate(request.user.time_zone)
        else:
            timezone.deactivate()
        response = self.respond(request)
        if signed_in and request.user.is_authenticated:
            note_use(request)
        if signed_in or request.method != "GET":
            patch_cache_control(response, no_store=True, private=True)
        return response

    def process_view(self, request: HttpRequest, *_view: Any) -> None:
        """Keep a demo person's ways to sign in, and devices: whoever looks around shares them."""
        name = request.resolver_match.url_name or ""
        private = name.startswith(PRIVATE) and name not in ("account_logout", "account_login")
        if private and request.user.is_authenticated and request.user.is_demo:
            raise Http404


def note_use(request: HttpRequest) -> None:
    """Keep that the device was used; a session that was ended meanwhile stays ended."""
    address = get_adapter().get_client_ip(request)
    agent = request.headers.get("User-Agent", "")
    try:
        devices.note_use(request.session, timezone.now(), address, agent, IDLE)
    except UpdateError:
        request.session.modified = False
