"""Whom should a clinician look at, and why?"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from diary import rules
from diary.access import NotPossible, waiting_for, work_list
from diary.clinic.guards import clinician, shared
from diary.wording import clinic as words

LINES_A_PAGE = 10
LINES_FOUND = 50


@clinician
@require_http_methods(["GET", "HEAD", "POST"])
def clinic_list(request: HttpRequest) -> HttpResponse:
    """Every diary that is shared with the clinician, most pressing first.

    A name that is searched for is sent, never a part of an address.
    """
    searched = request.method == "POST"
    asked, now = _asked(request.POST if searched else request.GET), timezone.now()
    name = request.POST.get("q", "").strip()[: rules.LONGEST_NAME]
    page, person = int(asked["page"]), request.user
    most = LINES_FOUND if name else LINES_A_PAGE
    there = work_list(person, now, asked["group"], name, asked["sort"], (page - 1) * most, most)
    patients = sum(there.counts.values())
    context = {
        "asked": asked,
        "name": name,
        "back": _query(asked),
        "groups": words.grouped(there.shares, now, person.units),
        "tallies": words.tallies(there.counts, asked["group"]),
        "patients": patients,
        "waiting": 0 if patients else len(waiting_for(person, now)),
        "sorts": words.SORTS,
        "behind": words.behind(there.behind_since, now),
        "newer": _query({**asked, "page": page - 1}) if page > 1 else "",
        "older": _query({**asked, "page": page + 1}) if there.more and not name else "",
        "too_many": there.more and bool(name),
        "done": request.GET.get("done", ""),
        "limit": words.LIMIT,
    }
    return render(request, "clinic/clinic_list.html", context)


@clinician
@require_safe
def clinic_waiting(request: HttpRequest) -> HttpResponse:
    """Whose word the clinician still waits for."""
    waiting = waiting_for(request.user, timezone.now())
    return render(request, "clinic/clinic_waiting.html", {"waiting": waiting})


@clinician
@require_POST
def patient_review(request: HttpRequest, uid: Any) -> HttpResponse:
    """Tick a patient off until there is a new reason to look; a note may come with it, or later."""
    note = request.POST.get("note", "").strip()[: rules.LONGEST_NOTE]
    patient, now = shared(request, uid, "review"), timezone.now()
    try:
        patient.review(note, request.POST.get("reason", ""), now)
    except NotPossible:
        if note:
            patient.add_note({"text": note, "shown": False}, now)
        messages.warning(request, words.NEW_REASON)
        return _back(request)
    if note:
        messages.success(request, words.NOTE_KEPT)
    return _back(request, uid)


@clinician
@require_POST
def patient_review_undo(request: HttpRequest, uid: Any) -> HttpResponse:
    """Take the last tick back."""
    shared(request, uid, "review").undo_review(timezone.now())
    return _back(request)


def _asked(query: QueryDict) -> dict[str, str]:
    """What the list is asked for; what it does not know is as if it were not there."""
    page = query.get("page", "").lstrip("0")
    group, sort = query.get("group", ""), query.get("sort", "")
    return {
        "group": group if group in words.GROUPS or group == "reviewed" else "",
        "sort": sort if sort in words.SORTS else "reason",
        "page": page if page.isascii() and page.isdigit() and len(page) < 7 else "1",
    }


def _query(asked: dict[str, Any]) -> str:
    plain = {"sort": "reason", "page": "1"}
    return urlencode(
        {name: value for name, value in asked.items() if value and str(value) != plain.get(name)}
    )


def _back(request: HttpRequest, done: Any = "") -> HttpResponse:
    """To the list as it was, or to where the form stood."""
    asked = _asked(QueryDict(request.POST.get("back", "")))
    query = _query({**asked, "done": done})
    return redirect(f"{reverse('clinic-list')}?{query}")
