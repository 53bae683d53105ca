"""What does somebody see first, and when they need help?"""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from diary.access import demo_people_are_here, own_diary
from diary.clock import local_date
from diary.demo import DEMO
from diary.reports import own_assessment, report_for
from diary.wording import body, cards, first_walks, pattern, rows, sharing, week

WALKS_SHOWN = 5


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The front door, the first question, or today."""
    if not request.user.is_authenticated:
        shown = settings.DEMO and demo_people_are_here()
        people = DEMO.values() if shown else []
        return render(request, "diary/front.html", {"demo_people": people})
    diary = own_diary(request.user)
    walks = list(diary.walks.kept().newest_first().whole()[:WALKS_SHOWN])
    now = timezone.now()
    today = local_date(now, request.user.time_zone)
    waiting = sharing.waiting(diary.shares.for_owners_word(now))
    if not walks and not diary.check_ins.kept().exists():
        if request.user.is_clinician:
            return redirect("clinic-list")
        context = {"body": body.views(), "waiting": waiting}
        return render(request, "diary/home_empty.html", context)
    said = pattern.summary(own_assessment(report_for(diary)), today, request.user.units)
    context = {
        "today": today,
        "waiting": waiting,
        "walks": [rows.line(walk, request.user.units) for walk in walks],
        "week": week.of(diary.walks.of_days_up_to(today, 7), today, request.user.units),
        "checked_in": diary.check_ins.kept().filter(date=today).exists(),
        "said": said,
        "ahead": first_walks.ahead(said.state, said.onsets),
    }
    return render(request, "diary/home.html", context)


@require_safe
def help_now(request: HttpRequest) -> HttpResponse:
    """When to get help at once: every red flag, without signing in."""
    return render(request, "diary/help.html", cards.help_page())
