"""What does the article on leg pain say, what does the evidence say, and what does a diary show?

Everybody may read it; what a diary shows is only for its owner.
"""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from diary.access import own_diary
from diary.clock import local_date
from diary.evidence.likelihoods import CAUSES
from diary.reports import own_assessment, report_for
from diary.wording.article import page
from diary.wording.causes import NAMES, cause_card


@require_safe
def introduction(request: HttpRequest) -> HttpResponse:
    """What the article is about, and the way to its parts."""
    assessment, system, basis = _reader(request)
    context = {
        "part": page.introduction(assessment, system),
        "basis": basis,
        "causes": [(code, NAMES[code]) for code in CAUSES],
    }
    return render(request, "diary/article.html", context)


@require_safe
def cause(request: HttpRequest, code: str) -> HttpResponse:
    """One of the five causes."""
    assessment, system, basis = _reader(request)
    part = page.cause(code, assessment, system)
    if part is None:
        raise Http404
    rows = [row for row in (assessment or {}).get("causes", ()) if row["cause"] == code]
    context = {"part": part, "basis": basis, "card": cause_card(rows[0]) if rows else None}
    return render(request, "diary/article_cause.html", context)


@require_safe
def questions(request: HttpRequest) -> HttpResponse:
    """The fourteen questions and answers."""
    assessment, system, basis = _reader(request)
    context = {"parts": page.answers(assessment, system), "basis": basis}
    return render(request, "diary/article_questions.html", context)


def _reader(request: HttpRequest) -> tuple[dict[str, Any] | None, str, str]:
    """The reader's assessment, units and how old it is; nothing of a diary unless signed in."""
    if not request.user.is_authenticated:
        return None, "metric", ""
    assessment = own_assessment(report_for(own_diary(request.user)))
    today = local_date(timezone.now(), request.user.time_zone)
    return assessment, request.user.units, page.basis(assessment, today)
