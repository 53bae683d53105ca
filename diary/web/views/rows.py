"""How are changes and measurements written down, and how is anything deleted and brought back?"""

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

from diary.access import Diary, own_diary
from diary.clock import local_date
from diary.web.forms.entries import ChangeForm, MeasurementForm
from diary.web.guards import signed_in
from diary.web.views.saving import opened, saved
from diary.wording import rows as row_words

ROWS_A_PAGE = 50
FORMS: dict[str, Any] = {"change": ChangeForm, "measurement": MeasurementForm}
LISTS = {
    "walk": "walk-list",
    "check_in": "check-in-list",
    "change": "change-list",
    "measurement": "measurement-list",
}


@signed_in
@require_safe
def row_list(request: HttpRequest, shape: str) -> HttpResponse:
    """Every change, or every measurement, newest first."""
    rows = own_diary(request.user).rows(shape).kept().newest_first().whole()
    page = Paginator(rows, ROWS_A_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "lines": [row_words.line(row, request.user.units) for row in page]}
    return render(request, f"diary/{shape}_list.html", context)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def row_add(request: HttpRequest, shape: str) -> HttpResponse:
    """Write down a change or a measurement."""
    today = local_date(timezone.now(), request.user.time_zone)
    return _edit(request, shape, None, {"date": today})


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def row_edit(request: HttpRequest, shape: str, uid: uuid.UUID) -> HttpResponse:
    """Correct a change or a measurement."""
    stored = get_object_or_404(opened(request, own_diary(request.user).rows(shape)), uid=uid)
    return _edit(request, shape, stored, {"revision": stored.revision})


def _edit(request: HttpRequest, shape: str, stored: Any, initial: dict[str, Any]) -> HttpResponse:
    data = request.POST if request.method == "POST" else None
    form = FORMS[shape](data, row=stored.row() if stored else None, initial=initial)
    if data and form.is_valid() and saved(own_diary(request.user), shape, form.values(), form):
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
