"""How is a day recorded, apart from its walks?"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from diary import answers, rules, values
from diary.access import Diary, own_diary
from diary.clock import local_date
from diary.reports import flags_of_day
from diary.web.forms.entries import CheckInForm
from diary.web.guards import signed_in
from diary.web.views.saving import opened, saved
from diary.wording import body, cards, labels, rows

DAYS_A_PAGE = 50


@signed_in
@require_safe
def check_in_list(request: HttpRequest) -> HttpResponse:
    """Every day that was recorded, newest first."""
    days = own_diary(request.user).check_ins.kept().newest_first()
    page = Paginator(days, DAYS_A_PAGE).get_page(request.GET.get("page"))
    lines = [rows.line(day, request.user.units) for day in page]
    return render(request, "diary/check_in_list.html", {"page": page, "lines": lines})


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def check_in_add(request: HttpRequest) -> HttpResponse:
    """Record today; a day that is already there is opened instead of overwritten."""
    diary = own_diary(request.user)
    today = local_date(timezone.now(), request.user.time_zone)
    if request.method != "POST" and diary.check_ins.kept().filter(date=today).exists():
        return redirect("check-in-edit", today.isoformat())
    return _edit(request, diary, None, {"date": today})


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def check_in_edit(request: HttpRequest, day: str) -> HttpResponse:
    """Change what was recorded of a day."""
    try:
        when = date.fromisoformat(day)
    except ValueError:
        raise Http404 from None
    diary = own_diary(request.user)
    check_in = get_object_or_404(opened(request, diary.check_ins), date=when)
    return _edit(request, diary, check_in, {"revision": check_in.revision})


def _edit(
    request: HttpRequest, diary: Diary, check_in: Any, initial: dict[str, Any]
) -> HttpResponse:
    data = request.POST if request.method == "POST" else None
    form = CheckInForm(data, row=check_in.row() if check_in else None, initial=initial)
    asked = data is not None and "card" in data  # what the ticked signs need, before saving
    if data and not asked and form.is_valid() and _kept(request, diary, form, check_in):
        return redirect("check-in-edit", form.cleaned_data["date"].isoformat())
    context = {
        "form": form,
        "check_in": check_in,
        "groups": sign_groups(form),
        "places": body.places(),
        "cards": _cards(form) if data or not check_in else _cards_of(check_in.row()),
        "asked": asked,
        "blank": [cards.BLANK],
    }
    status = 422 if data and not asked else 200
    return render(request, "diary/check_in_form.html", context, status=status)


def sign_groups(form: CheckInForm) -> list[dict[str, Any]]:
    """The signs that are asked for, in their groups, with what is ticked."""
    ticked = set(form["signs"].value() or [])
    return [
        {
            "heading": heading,
            "signs": [
                {"value": sign, "name": labels.SIGNS[sign], "ticked": sign in ticked}
                for sign in signs
            ],
        }
        for heading, signs in labels.SIGN_GROUPS.values()
    ]


def _cards(form: CheckInForm) -> list[cards.Card]:
    """What the answers on the page ask for at once, whatever else in them is wrong."""
    signs = [sign for sign in form["signs"].value() or [] if sign in answers.SIGNS]
    if not signs:
        return []
    side = form["side"].value()
    row = {
        "date": values.FIRST_DAY,
        "signs": signs,
        "side": side if side in answers.SIDES else None,
    }
    return _cards_of(rules.checked("check_in", row))


def _cards_of(row: rules.Row) -> list[cards.Card]:
    """What a day asks for by itself."""
    return cards.of_flags(flags_of_day(row, row["date"]))


def _kept(request: HttpRequest, diary: Diary, form: CheckInForm, check_in: Any) -> bool:
    """Whether the day was saved; what was refused is said in the form."""
    row = form.values()
    if check_in and row["date"] != check_in.date:
        form.add_error("date", _("A recorded day keeps its date. Record the other day anew."))
        return False
    if not saved(diary, "check_in", row, form):
        return False
    said = _("Your day is saved. Nobody is alerted by what you write.")
    messages.success(request, said, extra_tags=f"saved check_in:{request.path}")
    return True
