"""What do the walks show?"""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from diary.access import own_diary
from diary.clock import local_date
from diary.reports import report_for
from diary.wording import pattern as words


@login_required
@require_safe
def pattern(request: HttpRequest) -> HttpResponse:
    """The sentence, the charts, the five causes and the next useful walk."""
    report = report_for(own_diary(request.user))
    today = local_date(timezone.now(), request.user.time_zone)
    context = {
        "said": words.page(report.assessment, today, request.user.units),
        "charts": report.charts(request.user),
    }
    return render(request, "diary/pattern.html", context)
