"""What do the walks show?"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from diary.access import own_diary
from diary.clock import local_date
from diary.reports import charts_of, own_assessment, report_for
from diary.units import SYSTEMS
from diary.web.guards import signed_in
from diary.wording import charts as chart_words
from diary.wording import pattern as words


@signed_in
@require_safe
def pattern(request: HttpRequest) -> HttpResponse:
    """The sentence, the charts, the five causes and the next useful walk."""
    report, person = report_for(own_diary(request.user)), request.user
    unit = SYSTEMS[person.units][0]
    drawn = charts_of(report, unit, chart_words.words())
    today = local_date(timezone.now(), person.time_zone)
    said = words.page(own_assessment(report), today, person.units)
    beside = {"onset": said.onset, "relief": said.relief}
    context = {"said": said, "charts": chart_words.shown(drawn, beside, person.units)}
    return render(request, "diary/pattern.html", context)
