"""How are walks logged, changed and listed?"""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from diary import rules
from diary.access import Diary, own_diary
from diary.clock import WallTime
from diary.web.forms.walk import Episodes, WalkForm, episodes, walk_defaults
from diary.web.guards import signed_in
from diary.web.views.saving import opened, saved
from diary.wording import body, recordings, rows
from diary.wording.refusals import question

WALKS_A_PAGE = 50


@signed_in
@require_safe
def walk_list(request: HttpRequest) -> HttpResponse:
    """Every walk, newest first."""
    walks = own_diary(request.user).walks.kept().newest_first().whole()
    page = Paginator(walks, WALKS_A_PAGE).get_page(request.GET.get("page"))
    lines = [rows.line(walk, request.user.units) for walk in page]
    return render(request, "diary/walk_list.html", {"page": page, "lines": lines})


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def walk_add(request: HttpRequest) -> HttpResponse:
    """Log a walk; the page offers what the last walk said."""
    diary = own_diary(request.user)
    initial = {} if request.method == "POST" else _first_answers(request, diary)
    return _edit(request, diary, None, initial)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def walk_edit(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """Change a walk."""
    diary = own_diary(request.user)
    walk = get_object_or_404(opened(request, diary.walks), uid=uid)
    return _edit(request, diary, walk, {"revision": walk.revision})


def _first_answers(request: HttpRequest, diary: Diary) -> dict[str, Any]:
    last = diary.walks.kept().newest_first().first()
    answers = walk_defaults(last.row() if last else None)
    if request.GET.get("where"):
        answers["hurt"] = "yes"
    return answers


def _edit(request: HttpRequest, diary: Diary, walk: Any, initial: dict[str, Any]) -> HttpResponse:
    data = request.POST if request.method == "POST" else None
    row = walk.row() if walk else None
    form = WalkForm(data, person=request.user, now=timezone.now(), row=row, initial=initial)
    pain = episodes(
        data,
        (row or {}).get("pain") or [],
        extra=0 if row and row["pain"] else 1,
        unit=form.first_unit,
        where=request.GET.get("where", ""),
    )
    if data and "add_episode" in data:
        return _page(request, form, pain.with_one_more(), walk)
    if data and form.is_valid() and _pain_is_valid(form, pain):
        told = pain.pain(form.cleaned_data["hurt"], form.cleaned_data["distance_unit"])
        kept = saved(
            diary,
            "walk",
            form.row(told),
            form,
            lambda fault: pain.say(fault) or form.say(fault),
            request.user.units,
        )
        if kept:
            _tell(request, form, kept)
            return redirect("walk-list")
    return _page(request, form, pain, walk, status=422 if data else 200)


def recording_form(request: HttpRequest, recording: Any) -> HttpResponse:
    """The walk form filled in from a recording; nothing is kept until it is saved."""
    row = rules.checked("walk", {**recording.row, "id": str(uuid.uuid4())})
    form = WalkForm(person=request.user, now=timezone.now(), row=row)
    pain = episodes(None, [], extra=1, unit=form.first_unit)
    return _page(request, form, pain, None, told=recordings.told(recording, request.user.units))


def _page(
    request: HttpRequest,
    form: WalkForm,
    pain: Episodes,
    walk: Any,
    status: int = 200,
    told: list[str] | None = None,
) -> HttpResponse:
    context = {
        "form": form,
        "episodes": pain,
        "walk": walk,
        "told": told or [],
        "body": body.views(),
    }
    return render(request, "diary/walk_form.html", context, status=status)


def _pain_is_valid(form: WalkForm, pain: Episodes) -> bool:
    """Whether the pains can be read, and agree with the answer whether it hurt."""
    hurt = form.cleaned_data["hurt"]
    if hurt in ("no", "unknown") and pain.is_valid() and pain.told:
        said = {
            "no": _("You said it did not hurt, but a pain is described below. Which is right?"),
            "unknown": _("You do not remember, but a pain is described below. Which is right?"),
        }
        form.add_error("hurt", said[hurt])
        return False
    return pain.is_valid()


def _tell(request: HttpRequest, form: WalkForm, walk: Any) -> None:
    messages.success(request, _("Your walk is saved. Nobody is alerted by what you write."))
    if walk.clock_suspect:
        messages.warning(
            request,
            _(
                "This walk lies in the future, so it is kept but not counted. Open it to correct "
                "its time, or to say that the time is right."
            ),
        )
    if form.wall_time is WallTime.AMBIGUOUS:
        messages.info(
            request,
            _("That hour came twice, because the clocks went back. The first was taken."),
        )
    if form.wall_time is WallTime.SKIPPED:
        messages.info(
            request,
            _("That hour was left out when the clocks went forward. The hour after was taken."),
        )
    if own_diary(request.user).walks.begun_with(walk).exists():
        messages.info(
            request,
            _("Another walk in your diary began at the same time. Is it the same walk, twice?"),
        )
    for odd in rules.questions(walk.row()):
        messages.info(request, question(odd))
