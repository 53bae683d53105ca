"""How are changes, measurements and routes kept, and how is anything deleted and brought back?"""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from diary.access import STORED, Conflict, Diary, own_diary
from diary.clock import local_date
from diary.units import shown_in
from diary.web.forms.entries import ChangeForm, MeasurementForm, RouteForm
from diary.web.guards import signed_in
from diary.web.views.saving import opened, saved
from diary.wording import rows as row_words

ROWS_A_PAGE = 50
FORMS: dict[str, Any] = {
    "change": ChangeForm,
    "measurement": MeasurementForm,
    "route": RouteForm,
}
LISTS = {
    "walk": "walk-list",
    "check_in": "check-in-list",
    "change": "change-list",
    "measurement": "measurement-list",
    "route": "route-list",
}


@signed_in
@require_safe
def row_list(request: HttpRequest, shape: str) -> HttpResponse:
    """Every row of a shape, newest first."""
    rows = own_diary(request.user).rows(shape).kept().newest_first().whole()
    page = Paginator(rows, ROWS_A_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "lines": [row_words.line(row, request.user.units) for row in page]}
    return render(request, f"diary/{shape}_list.html", context)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def row_add(request: HttpRequest, shape: str) -> HttpResponse:
    """Write down a change or a measurement, or a route that is known."""
    today = local_date(timezone.now(), request.user.time_zone)
    return _edit(request, shape, None, {"date": today})


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def route_from_walk(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """Make a walk's distance a route that is known."""
    walk = get_object_or_404(own_diary(request.user).walks.kept(), uid=uid)
    return _edit(request, "route", None, {}, {"distance_m": walk.distance_m})


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def walk_line_delete(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """Ask, then delete the line of a walk for good; the walk stays."""
    diary = own_diary(request.user)
    walk = get_object_or_404(diary.walks.kept().exclude(track=None), uid=uid)
    if request.method == "POST":
        try:
            diary.patch("walk", walk.name, {"track": None}, timezone.now(), STORED)
        except Conflict:  # deleted meanwhile
            raise Http404 from None
        messages.success(request, _("The line is deleted. The walk is still here."))
        return redirect("walk-edit", uid)
    context = {"line": row_words.line(walk, request.user.units)}
    return render(request, "diary/walk_line_delete.html", context)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def row_edit(request: HttpRequest, shape: str, uid: uuid.UUID) -> HttpResponse:
    """Correct one of them."""
    stored = get_object_or_404(opened(request, own_diary(request.user).rows(shape)), uid=uid)
    return _edit(request, shape, stored, {"revision": stored.revision})


def _edit(
    request: HttpRequest,
    shape: str,
    stored: Any,
    initial: dict[str, Any],
    known: dict[str, Any] | None = None,
) -> HttpResponse:
    """The form of a row: of a stored one, or of a new one of which something is `known`."""
    data = request.POST if request.method == "POST" else None
    row = stored.row() if stored else known
    system = request.user.units
    unit = shown_in((row or {}).get("distance_m"), system)
    form = FORMS[shape](data, row=row, unit=unit, initial=initial)
    if (
        data
        and form.is_valid()
        and saved(own_diary(request.user), shape, form.values(), form, system=system)
    ):
        messages.success(request, _("Saved."))
        return redirect(LISTS[shape])
    status = 422 if data else 200
    context = {"form": form, "stored": stored, "shape": shape}
    return render(request, f"diary/{shape}_form.html", context, status=status)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def row_delete(request: HttpRequest, shape: str, key: str) -> HttpResponse:
    """Ask, then delete; for thirty days it can be brought back."""
    diary = own_diary(request.user)
    row = _row_or_404(diary, shape, key, deleted=False)
    if request.method == "POST":
        diary.delete_row(row, timezone.now())
        undo = row_words.line(row, request.user.units).restore_url
        messages.success(request, row_words.deleted(row), extra_tags=f"undo {undo}")
        return redirect(LISTS[shape])
    context = {"line": row_words.line(row, request.user.units), "back": LISTS[shape]}
    return render(request, "diary/row_delete.html", context)


@signed_in
@require_safe
def deleted_list(request: HttpRequest) -> HttpResponse:
    """What was deleted in the last thirty days."""
    diary, now = own_diary(request.user), timezone.now()
    rows = [
        row_words.line(row, request.user.units)
        for shape in LISTS
        for row in diary.rows(shape).deleted_since(now).whole()
    ]
    return render(request, "diary/deleted_list.html", {"lines": rows})


@signed_in
@require_POST
def row_restore(request: HttpRequest, shape: str, key: str) -> HttpResponse:
    """Bring back what was deleted."""
    diary = own_diary(request.user)
    row = _row_or_404(diary, shape, key, deleted=True)
    if not diary.restore_row(row, timezone.now()):
        raise Http404
    messages.success(request, _("It is back."))
    return redirect(LISTS[shape])


def _row_or_404(diary: Diary, shape: str, key: str, deleted: bool) -> Any:
    row = diary.row_named(shape, key) if shape in LISTS else None
    if row is None or (row.deleted_at is not None) is not deleted:
        raise Http404
    return row
