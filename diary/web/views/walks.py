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
from diary.reports import flags_of_walk
from diary.web.forms.episodes import Episodes, episodes, pain_is_valid
from diary.web.forms.walk import BOTH, WHERE, WalkForm, filled, usual
from diary.web.guards import signed_in
from diary.web.views.saving import opened, saved
from diary.wording import body, cards, last_time, recordings, rows, walk_lines
from diary.wording.refusals import question

WALKS_A_PAGE = 50
SAVED = "saved walk:"
LAST_WALKS = 10  # among which each answer is looked for that may be the same again


@signed_in
@require_safe
def walk_list(request: HttpRequest) -> HttpResponse:
    """Every walk, newest first."""
    walks = own_diary(request.user).walks.kept().newest_first().defer("track").whole()
    page = Paginator(walks, WALKS_A_PAGE).get_page(request.GET.get("page"))
    lines = [rows.line(walk, request.user.units) for walk in page]
    context = {"page": page, "lines": lines, "cards": _cards_of_saved(request)}
    return render(request, "diary/walk_list.html", context)


def _cards_of_saved(request: HttpRequest) -> list[cards.Card]:
    """What the walks ask for that were saved just now, as the page's messages say."""
    tags = [message.extra_tags for message in messages.get_messages(request)]
    names = [tag.removeprefix(SAVED) for tag in tags if tag.startswith(SAVED)]
    walks = own_diary(request.user).walks.kept().filter(uid__in=names).whole()
    return cards.of_flags(flag for walk in walks for flag in flags_of_walk(walk))


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def walk_add(request: HttpRequest) -> HttpResponse:
    """Log a walk; the page offers what the last one had in common with most."""
    diary = own_diary(request.user)
    where = request.GET.get("where", "")
    initial = {"hurt": "yes"} if where and request.method != "POST" else {}
    return _edit(request, diary, None, initial)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def walk_edit(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """Change a walk."""
    diary = own_diary(request.user)
    walk = get_object_or_404(opened(request, diary.walks), uid=uid)
    return _edit(request, diary, walk, {"revision": walk.revision})


def _edit(request: HttpRequest, diary: Diary, walk: Any, initial: dict[str, Any]) -> HttpResponse:
    data = filled(request.POST) if request.method == "POST" else None
    row = walk.row() if walk else None
    form = WalkForm(
        data,
        person=request.user,
        now=timezone.now(),
        row=row,
        routes=[] if walk else [route.row() for route in diary.routes.kept().most_used_first()],
        initial=initial,
    )
    where = request.GET.get("where", "")
    pain = episodes(
        data,
        (row or {}).get("pain") or [],
        extra=0 if row and row["pain"] else 1,
        unit=form.first_unit,
        where=where if body.is_a_place(where) else "",
        typed_unit=form.typed_unit,
    )
    if data and "add_episode" in data:
        return _page(request, form, pain.with_one_more(), walk)
    asks: list[rules.Fault] = []
    if data and form.is_valid() and pain_is_valid(form, pain):
        told, reread = pain.pain(
            form.cleaned_data["hurt"], form.cleaned_data["distance_unit"], form.walked_m
        )
        asks = form.asks(form.row(told), reread)
        if not asks and (kept := _kept(request, diary, form, pain, told)):
            _tell(request, form, kept)
            return redirect("walk-list")
    return _page(request, form, pain, walk, status=422 if data else 200, asks=asks)


def _kept(
    request: HttpRequest, diary: Diary, form: WalkForm, pain: Episodes, told: list[rules.Row] | None
) -> Any:
    """The saved walk; None where it was refused or in conflict, which the forms then say."""

    def say(fault: rules.Fault) -> None:
        pain.say(fault) or form.say(fault)

    return saved(diary, "walk", form.row(told), form, say, request.user.units)


def recording_form(request: HttpRequest, recording: Any, keep_line: bool) -> HttpResponse:
    """The walk form filled in from a recording; nothing is kept until it is saved."""
    line = {"track": recording.track} if keep_line else {}
    row = rules.checked("walk", {**recording.row, **line, "id": str(uuid.uuid4())})
    form = WalkForm(person=request.user, now=timezone.now(), row=row)
    pain = episodes(None, [], extra=1, unit=form.first_unit)
    told = recordings.told(recording, request.user.units, keep_line)
    return _page(request, form, pain, None, told=told)


def _page(
    request: HttpRequest,
    form: WalkForm,
    pain: Episodes,
    walk: Any,
    status: int = 200,
    told: list[str] | None = None,
    asks: list[rules.Fault] | None = None,
) -> HttpResponse:
    context = {
        "form": form,
        "episodes": pain,
        "walk": walk,
        "told": told or [],
        "body": body.views(),
        "questions": [_question(form, pain, fault) for fault in asks or []],
        "same": None if walk else _same(request),
        "line": walk_lines.drawn(walk.track, request.user.units) if walk and walk.track else None,
    }
    return render(request, "diary/walk_form.html", context, status=status)


def _question(form: WalkForm, pain: Episodes, fault: rules.Fault) -> dict[str, Any]:
    """What is asked before a walk is saved, and the field that it is about."""
    of_pain, path = pain.place_of(fault) or (form, fault.path)
    name = of_pain.field_for(path)
    return {"text": question(fault, form.person.units), "field": of_pain[name] if name else None}


def _same(request: HttpRequest) -> last_time.Same | None:
    """What can be the same as last time; None where there is no last time, or it said nothing."""
    walks = own_diary(request.user).walks.kept().newest_first().whole()
    answers = usual([walk.row() for walk in walks[:LAST_WALKS]])
    chosen = bool(request.POST.get("same"))
    return last_time.same(answers, WHERE, BOTH, chosen) if answers else None


def _tell(request: HttpRequest, form: WalkForm, walk: Any) -> None:
    said = _("Your walk is saved. Nobody is alerted by what you write.")
    messages.success(request, said, extra_tags=f"{SAVED}{walk.uid}")
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
