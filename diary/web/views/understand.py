"""What do the walks show?"""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import condition, require_safe

from diary.access import own_diary
from diary.clock import local_date
from diary.pictures import FORMS, PICTURES, THEMES, charted, drawing
from diary.reports import edition, own_assessment, report_for
from diary.units import SYSTEMS
from diary.web.forms.period import PeriodForm, PictureForm
from diary.web.guards import signed_in
from diary.wording import beside, charts, drawn, periods
from diary.wording import pattern as words


@signed_in
@require_safe
def pattern(request: HttpRequest) -> HttpResponse:
    """The sentence, the charts of the days asked for, the five causes and the next useful walk."""
    report, person = report_for(own_diary(request.user)), request.user
    today = local_date(timezone.now(), person.time_zone)
    form = PeriodForm(request.GET, today)
    told = charted(report, form.span)
    said = words.page(own_assessment(report), today, person.units)
    sentences = (
        beside.of_days(told["beside"], told["assessment"], person.units)
        if form.span
        else beside.told(told["beside"], said.onset, said.relief)
    )
    context = {
        "said": said,
        "charts": charts.shown(told["tables"], sentences, person.units),
        "period": periods.period(form.chosen, form.span, told["assessment"]),
        "span": form.span,
        "form": form,
    }
    status = 200 if form.is_valid() else 422
    return render(request, "diary/pattern.html", context, status=status)


def _mark(request: HttpRequest, **_named: Any) -> str:
    """What a picture hangs on besides its address."""
    person, diary = request.user, own_diary(request.user)
    return f'"{diary.pk}-{diary.revision}-{edition()[:12]}-{person.units}-{person.language}"'


@signed_in
@require_safe
@condition(etag_func=_mark)
def pattern_chart(request: HttpRequest, name: str) -> HttpResponse:
    """One picture of the Pattern page; with a theme it is whole by itself, without the page's."""
    form = PictureForm(request.GET, local_date(timezone.now(), request.user.time_zone))
    if name not in PICTURES or not form.is_valid():
        raise Http404
    alone = bool(form.cleaned_data["theme"])
    look = {
        "size": form.cleaned_data["size"],
        "theme": form.cleaned_data["theme"] or THEMES[0],
        "unit": SYSTEMS[request.user.units][0],
    }
    report = report_for(own_diary(request.user))
    picture = drawing(report, name, look, drawn.words(), form.span, alone)
    return HttpResponse(picture, content_type=FORMS["svg"])
