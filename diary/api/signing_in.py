"""Which of allauth's ways of signing in does the app have, and at which addresses?"""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.headless.constants import Client
from allauth.headless.urls import build_urlpatterns
from django.db import DataError
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, path

from diary.api.authentication import HEADER, signed_in
from diary.api.problems import answer, faults_told
from diary.rules import Fault

# Phones are nobody's name here, and devices have their own address.
LEFT_OUT = ("manage_phone", "verify_phone", "resend_phone_verification_code", "sessions", "refresh")
TEXTS = ("email", "password", "new_password", "current_password", "code", "key", "name")
METHODS = ("get", "post", "put", "patch", "delete")
# What ids and texts raise that no account can have, and what a library reading the answer of a
# passkey raises where it is none.
NOBODY_HAS = (OverflowError, RecursionError, UnicodeEncodeError, DataError)
NO_PASSKEY = (AttributeError, KeyError, TypeError, ValueError)
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

    methods = [name for name in METHODS if hasattr(view.view_class, name)]
    if "get" in methods:
        methods.append("head")

    @wraps(view)
    def guarded_view(request: HttpRequest, *args: Any, **named: Any) -> HttpResponse:
        if request.method.lower() not in methods:
            return _not_taken(methods)
        if faults := _not_texts(request):
            return answer("refused", errors=faults_told(faults))
        person, _session = signed_in(request.headers.get(HEADER, ""))
        if person is not None and person.is_demo:
            raise Http404
        try:
            response = view(request, *args, **named)
        except NOBODY_HAS:
            return answer("malformed")
        except NO_PASSKEY:
            if "webauthn" not in request.path:
                raise
            return answer("malformed")
        if signs_out(request) and person is not None and response.status_code == 401:
            return HttpResponse(status=204)
        return response

    return guarded_view


def _not_texts(request: HttpRequest) -> list[Fault]:
    """What should be text and is not; allauth would take a list for the text Python makes of it."""
    try:
        sent = json.loads(request.body)
    except (ValueError, RecursionError):  # allauth says so
        return []
    if not isinstance(sent, dict):
        return []
    return [Fault(name, "not_text") for name in TEXTS if not isinstance(sent.get(name, ""), str)]


def _not_taken(methods: list[str]) -> HttpResponse:
    response = answer("method_not_allowed")
    response["Allow"] = ", ".join(methods).upper()
    return response


def signs_out(request: HttpRequest) -> bool:
    """Whether this is the one request whose success is that nobody is signed in."""
    return request.method == "DELETE" and request.resolver_match.url_name == "current_session"


urlpatterns = _kept(build_urlpatterns(Client.APP))
