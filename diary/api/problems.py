"""What does the API answer when it does not do what was asked? RFC 9457, always in one shape."""

from __future__ import annotations

import json
import logging
import math
from collections.abc import Callable, Iterable
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.db import OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import is_valid_path, reverse
from django.utils.cache import patch_cache_control
from rest_framework import exceptions
from rest_framework.utils.encoders import JSONEncoder

from diary import rules
from diary.shared import NotShared
from diary.wording.problems import PROBLEMS
from diary.wording.refusals import sentence

MEDIA_TYPE = "application/problem+json"
# How long to wait where nothing better is known: an allauth rate limit, a database that is busy.
RETRY_AFTER_S = 60
# An answer that we did not make ourselves, by its status.
BY_STATUS = {
    400: "malformed", 401: "sign_in_unfinished", 403: "forbidden", 404: "not_found",
    405: "method_not_allowed", 409: "not_now", 410: "session_ended", 413: "too_large",
    415: "unsupported_media_type", 429: "too_many_requests",
}  # fmt: skip
RAISED = (
    (exceptions.NotFound, "not_found"),
    (Http404, "not_found"),
    (NotShared, "not_found"),
    (exceptions.PermissionDenied, "forbidden"),
    (PermissionDenied, "forbidden"),
    (exceptions.ParseError, "malformed"),
    (exceptions.MethodNotAllowed, "method_not_allowed"),
    (exceptions.UnsupportedMediaType, "unsupported_media_type"),
    (exceptions.Throttled, "too_many_requests"),
    (exceptions.AuthenticationFailed, "session_ended"),
    (exceptions.NotAuthenticated, "not_authenticated"),
    (RequestDataTooBig, "too_large"),
    (SuspiciousOperation, "malformed"),
    (OperationalError, "unavailable"),
)
TOO_MANY_TRIES = "too_many_login_attempts"  # allauth tells it like a wrong password
log = logging.getLogger(__name__)


class Refusal(Exception):
    """A problem that a view names itself; `extra` are its extension members."""

    def __init__(self, code: str, wait_s: int = 0, **extra: Any):
        self.code, self.wait_s, self.extra = code, wait_s, extra
        super().__init__(code)


def body(
    code: str, errors: list[dict[str, Any]] | None = None, status: int = 0, **extra: Any
) -> dict[str, Any]:
    """A problem as plain values; without errors of its own the problem itself is the one error."""
    problem = PROBLEMS[code]
    return {
        "type": f"{reverse('api-problems')}#{code}",
        "title": str(problem.title),
        "status": status or problem.status,
        "code": code,
        "errors": errors or [{"attr": None, "code": code, "detail": str(problem.title)}],
        **extra,
    }


def faults_told(faults: Iterable[rules.Fault]) -> list[dict[str, Any]]:
    """Every reason of a refusal, in the words of the pages."""
    return [
        {"attr": fault.path or None, "code": fault.code, "detail": sentence(fault)}
        for fault in faults
    ]


def answer(code: str, **parts: Any) -> HttpResponse:
    """A problem as a response."""
    told = body(code, **parts)
    text = json.dumps(told, allow_nan=False, cls=JSONEncoder)
    return HttpResponse(text, content_type=MEDIA_TYPE, status=told["status"])


def exception_handler(error: Exception, context: dict[str, Any]) -> HttpResponse | None:
    """The answer to what a view raised; None for a failure of ours, which becomes a 500."""
    if isinstance(error, rules.Refused):
        return answer("refused", errors=faults_told(error.faults))
    if isinstance(error, Refusal):
        response = answer(error.code, **error.extra)
        if error.wait_s:
            response["Retry-After"] = str(error.wait_s)
        return response
    code = next((code for kind, code in RAISED if isinstance(error, kind)), None)
    if code is None:
        return None
    response = answer(code)
    if header := getattr(error, "auth_header", None):
        response["WWW-Authenticate"] = header
    if isinstance(error, exceptions.Throttled):
        response["Retry-After"] = str(math.ceil(error.wait or 1))
    if isinstance(error, OperationalError):
        log.error("The database did not answer: %s", type(error.__cause__).__name__)
        response["Retry-After"] = str(RETRY_AFTER_S)
    return response


class ProblemMiddleware:
    """Give every failure under /api/ the same shape, whoever made it, and keep all from caches."""

    def __init__(self, respond: Callable[[HttpRequest], HttpResponse]):
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path.startswith("/api/"):
            return self.respond(request)
        if settings.SECURE_SSL_REDIRECT and not request.is_secure():
            return answer("https_needed")
        if not request.path.endswith("/") and not is_valid_path(request.path_info):
            return _private(answer("not_found"))  # before Django leads to one with a slash
        response = self.respond(request)
        if response.status_code >= HTTPStatus.BAD_REQUEST:
            _reshape(response)
        return _private(response)


def _private(response: HttpResponse) -> HttpResponse:
    if "Cache-Control" not in response:
        patch_cache_control(response, no_store=True, private=True)
    return response


def _reshape(response: HttpResponse) -> None:
    if response["Content-Type"] == MEDIA_TYPE:
        return
    code = BY_STATUS.get(response.status_code, "server_error")
    told = _signing_in(response) if "json" in response["Content-Type"] else {}
    if any(each["code"] == TOO_MANY_TRIES for each in told.get("errors", ())):
        code, response.status_code = "too_many_requests", HTTPStatus.TOO_MANY_REQUESTS
    elif told.get("errors") and code != "not_now":
        code = "refused"
    elif code == "sign_in_unfinished" and not _begun(told):
        code = "not_authenticated"
    if code == "session_ended":
        response.status_code = HTTPStatus.UNAUTHORIZED
    if code == "too_many_requests" and "Retry-After" not in response:
        response["Retry-After"] = str(RETRY_AFTER_S)
    response.content = json.dumps(body(code, status=response.status_code, **told))
    response["Content-Type"] = MEDIA_TYPE
    response["Content-Length"] = str(len(response.content))


def _signing_in(response: HttpResponse) -> dict[str, Any]:
    """What allauth says of a step of signing in: its errors in our shape, its flows as they are."""
    told = json.loads(response.content)
    errors = [
        {"attr": each.get("param"), "code": each["code"], "detail": each["message"]}
        for each in told.get("errors", [])
    ]
    return {"errors": errors, **{name: told[name] for name in ("data", "meta") if name in told}}


def _begun(told: dict[str, Any]) -> bool:
    """Whether somebody is on their way in: a step is due, or a signed-in person must repeat one."""
    flows = told.get("data", {}).get("flows", [])
    return told.get("meta", {}).get("is_authenticated") or any(
        "is_pending" in flow for flow in flows
    )
