"""Which of allauth's ways of signing in does the app have, and at which addresses?"""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.headless.account.inputs import SignupInput
from allauth.headless.constants import Client
from allauth.headless.urls import build_urlpatterns
from django.contrib.sessions.backends.base import UpdateError
from django.db import DataError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, path
from django.utils import translation
from fido2.webauthn import AuthenticationResponse, RegistrationResponse

from diary.addresses import Claim, CodeForm, ResetForm
from diary.api.authentication import HEADER, signed_in
from diary.api.problems import answer, exception_handler, faults_told
from diary.rules import Fault
from diary.values import Fail, Zone

# Phones are nobody's name here, and devices have their own address.
LEFT_OUT = ("manage_phone", "verify_phone", "resend_phone_verification_code", "sessions", "refresh")
TEXTS = ("email", "password", "new_password", "current_password", "code", "key", "name")
METHODS = ("get", "post", "put", "patch", "delete")
# What ids and texts raise that no account can have.
NOBODY_HAS = (OverflowError, RecursionError, UnicodeEncodeError, DataError)
# What reading the answer of a passkey raises where it is none.
NO_PASSKEY = (AttributeError, KeyError, TypeError, ValueError)
View = Callable[..., HttpResponse]


class SignupAsOwner(Claim, SignupInput):
    """The app's form of signing up."""


# By the names of their addresses: whose account an e-mail address is, is decided as on the pages.
INPUTS = {
    "signup": SignupAsOwner,
    "request_login_code": CodeForm,
    "request_password_reset": ResetForm,
}


def _kept(patterns: list[Any], prefix: str = "") -> list[URLPattern]:
    """allauth's addresses without their prefixes, each view guarded."""
    kept: list[URLPattern] = []
    for pattern in patterns:
        where = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            kept += _kept(pattern.url_patterns, where)
        elif pattern.name not in LEFT_OUT:
            view = pattern.callback
            if read := INPUTS.get(pattern.name):
                view = view.view_class.as_api_view(client=Client.APP, input_class=read)
            kept.append(path(where.removeprefix("v1/"), guarded(view), name=pattern.name))
    return kept


def guarded(view: View) -> View:
    """Refuse what allauth would guess at, and say what it would break at.

    Signing out is answered with 204; allauth says 401, because nobody is signed in any more.
    """
    methods = [name for name in METHODS if hasattr(view.view_class, name)]
    if "get" in methods:
        methods.append("head")

    @wraps(view)
    def guarded_view(request: HttpRequest, *args: Any, **named: Any) -> HttpResponse:
        if request.method.lower() not in methods:
            return _not_taken(methods)
        if refused := _not_read(request):
            return refused
        own = request.user, request.session
        try:
            person, _session = signed_in(request.headers.get(HEADER, ""))
            if person is not None and person.is_demo and not signs_out(request):
                raise Http404  # visitors share the account
            if person is not None:
                translation.activate(person.language)
            response = view(request, *args, **named)
        except NOBODY_HAS:
            return answer("malformed")
        except NO_PASSKEY:
            if _of_passkey(request):
                raise
            return answer("malformed")
        except UpdateError:  # signed out at this very moment
            return answer("session_ended")
        except OperationalError as error:
            return exception_handler(error, {})
        finally:  # allauth does not where it failed to save the token's session
            request.user, request.session = own
        if signs_out(request) and person is not None and response.status_code == 401:
            return HttpResponse(status=204)
        return response

    return guarded_view


def _not_read(request: HttpRequest) -> HttpResponse | None:
    """Why a body is not handed on to allauth; what is no JSON at all, it refuses itself."""
    if not request.body:
        return None
    if request.content_type != "application/json":
        return answer("unsupported_media_type")
    try:
        sent = json.loads(request.body)
    except (ValueError, RecursionError):
        return None
    if not isinstance(sent, dict):
        return None
    faults = [Fault(name, "not_text") for name in TEXTS if not isinstance(sent.get(name, ""), str)]
    if request.resolver_match.url_name == "signup" and sent.get("time_zone") is not None:
        try:
            Zone().read(sent["time_zone"])
        except Fail as fail:
            faults.append(Fault("time_zone", fail.code, fail.params))
    return answer("refused", errors=faults_told(faults)) if faults else None


def _of_passkey(request: HttpRequest) -> bool:
    """Whether a body has what a passkey can answer; any other failure is one of ours."""
    name = request.resolver_match.url_name
    if "webauthn" not in name:
        return True
    kind = RegistrationResponse if name == "manage_webauthn" else AuthenticationResponse
    try:
        kind.from_dict(json.loads(request.body)["credential"])
    except NO_PASSKEY:
        return False
    return True


def _not_taken(methods: list[str]) -> HttpResponse:
    response = answer("method_not_allowed")
    response["Allow"] = ", ".join(methods).upper()
    return response


def signs_out(request: HttpRequest) -> bool:
    """Whether this is the one request whose success is that nobody is signed in."""
    return request.method == "DELETE" and request.resolver_match.url_name == "current_session"


urlpatterns = _kept(build_urlpatterns(Client.APP))
