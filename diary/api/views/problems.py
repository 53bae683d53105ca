"""Which problems does the API know, and what does a client do about each?"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from diary.wording.problems import PROBLEMS


@require_safe
def problems(request: HttpRequest) -> HttpResponse:
    """What `type` of a problem leads to."""
    return render(request, "api/problems.html", {"problems": PROBLEMS.items()})
