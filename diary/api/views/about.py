"""How is the API described to those who write an app?"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from diary.api.openapi.document import text
from diary.wording.problems import PROBLEMS

OPENAPI = "application/vnd.oai.openapi; charset=utf-8"


@require_safe
def schema(request: HttpRequest) -> HttpResponse:
    """The OpenAPI document, as docs/openapi.yaml has it."""
    return HttpResponse(text(), content_type=OPENAPI)


@require_safe
def docs(request: HttpRequest) -> HttpResponse:
    """The same as a page, on which requests can be tried."""
    return render(request, "api/docs.html")


@require_safe
def problems(request: HttpRequest) -> HttpResponse:
    """Every problem, and what a client does about it: what the `type` of one leads to."""
    return render(request, "api/problems.html", {"problems": PROBLEMS.items()})
