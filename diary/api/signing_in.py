"""Which of allauth's ways of signing in does the app have, and at which addresses?"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.headless.constants import Client
from allauth.headless.urls import build_urlpatterns
from django.db import DataError
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, path

from diary.api.authentication import HEADER, signed_in
from diary.api.problems import answer

# Phones are nobody's name here, and devices have their own address.
LEFT_OUT = ("manage_phone", "verify_phone", "resend_phone_verification_code", "sessions", "refresh")
View = Callable[..., HttpResponse]


def _kept(patterns: list[Any], prefix: str = "") -> list[URLPattern]:
    """allauth's addresses without their prefixes, each view guarded."""
    kept: list[URLPattern] = []
    for pattern in patterns:
        where = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            kept += _kept(pattern.url_patterns, where)
        elif pattern.name not in LEFT_OUT:
            address = where.removeprefix("v1/")
            kept.append(path(address, guarded(pattern.callback), name=pattern.name))
    return kept


def guarded(view: View) -> View:
    """Keep the account of a demo person, which visitors share; sign out with 204.

    allauth answers a sign-out with 401, because nobody is signed in any more.
    """

    @wraps(view)
    def guarded_view(request: HttpRequest, *args: Any, **named: Any) -> HttpResponse:
        person, _session = signed_in(request.headers.get(HEADER, ""))
        if person is not None and person.is_demo:
            raise Http404
        try:
            response = view(request, *args, **named)
        except (OverflowError, UnicodeEncodeError, DataError):  # ids and texts that nobody has
            return answer("malformed")
        if signs_out(request) and person is not None and response.status_code == 401:
            return HttpResponse(status=204)
        return response

    return guarded_view


def signs_out(request: HttpRequest) -> bool:
    """Whether this is the one request whose success is that nobody is signed in."""
    return request.method == "DELETE" and request.resolver_match.url_name == "current_session"


urlpatterns = _kept(build_urlpatterns(Client.APP))
