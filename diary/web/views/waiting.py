"""What waits on this device, and what does the server say of it before it is handed in?"""

from __future__ import annotations

import json
from typing import Any

from django.contrib import messages
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from diary import rules, values
from diary.access import Diary, own_diary
from diary.exchange.document import written
from diary.together import together
from diary.web.forms import waiting as forms
from diary.web.forms.walk import WalkForm
from diary.web.guards import signed_in
from diary.web.views.saving import is_the_same
from diary.wording import cards
from diary.wording.refusals import question

# What each kind is called, and the page with its form that was made for nobody.
KINDS = (
    ("walk", _("A walk"), "/offline/walks/add/"),
    ("check_in", _("A check-in"), "/offline/check-ins/add/"),
    ("change", _("A change"), "/offline/changes/add/"),
    ("measurement", _("A measurement"), "/offline/measurements/add/"),
    ("profile", _("About you"), "/offline/profile/"),
)


@require_safe
@never_cache
def session(request: HttpRequest) -> HttpResponse:
    """Who is signed in here, and the token with which a page that was kept may send for them."""
    if not request.user.is_authenticated:
        return JsonResponse({"owner": ""})
    return JsonResponse({"owner": request.user.tag, "token": get_token(request)})


@signed_in
@require_POST
def read(request: HttpRequest) -> HttpResponse:
    """The row that a form which waited is; or why it is none, in the form's own words."""
    said, diary = _said(request, ("fields", "kept_at")), own_diary(request.user)
    stored = _stored(diary, said["kind"], dict(said["fields"]))
    edits = stored is not None and dict(said["fields"]).get("revision")
    routes = [] if edits else [route.row() for route in diary.routes.kept().most_used_first()]
    base = stored.row() if edits else _row(said)  # a form that was opened as new showed no row
    form, row, errors = forms.read(
        said["kind"], said["fields"], request.user, said["kept_at"], base, routes
    )
    if row is None:
        return JsonResponse({"errors": errors}, status=422)
    if stored is not None and not edits and is_the_same(form, row, stored):
        row = stored.row()
    elif isinstance(form, WalkForm):
        _ask(request, form, row)
    return JsonResponse({"value": written(row)})


def _ask(request: HttpRequest, form: WalkForm, row: rules.Row) -> None:
    """Ask on the next page what is odd about a walk that nobody could be asked about before."""
    odd = [fault for fault in form.asks(row, []) if fault.code != "pain_not_said"]
    asked = messages.get_messages(request)
    tag = f"open {reverse('walk-edit', args=[row['id']])}"
    if odd and all(each.extra_tags != tag for each in asked):
        sentences = " ".join(question(fault, form.person.units) for fault in odd)
        said = gettext("About a walk that waited on this device: %s") % sentences
        messages.warning(request, said, extra_tags=tag)
    asked.used = False  # they are still to be shown


@signed_in
@require_POST
def filled(request: HttpRequest) -> HttpResponse:
    """The answers that a form shows for a row, or for a day and its other version together.

    None where it cannot show them.
    """
    said = _said(request)
    row, other = _row(said), _row(said, "other")
    if row and other and said["kind"] == "check_in":
        row = together(row, other)
    fields = forms.filled(said["kind"], row, request.user, timezone.now()) if row else []
    return JsonResponse({"fields": fields})


READERS: dict[str, Any] = {
    "fields": lambda fields: [(str(name), str(text)) for name, text in fields],
    "kept_at": values.Instant().read,
}


def _said(request: HttpRequest, needed: tuple[str, ...] = ()) -> dict[str, Any]:
    """What a page of ours sends for the person it was made for; nobody else's is looked at."""
    if request.headers.get("X-Owner") != request.user.tag:
        raise PermissionDenied
    try:
        said = json.loads(request.body)
        if said["kind"] not in forms.KINDS:
            raise ValueError
        return {**said, **{name: READERS[name](said[name]) for name in needed}}
    except (ValueError, KeyError, TypeError, RecursionError, values.Fail):
        raise BadRequest from None


def _row(said: dict[str, Any], name: str = "row") -> rules.Row | None:
    """A row that was sent along; None without one, or where it cannot be kept as it is."""
    try:
        return rules.checked(said["kind"], said.get(name))
    except rules.Refused:
        return None


def _stored(diary: Diary, kind: str, said: dict[str, str]) -> Any:
    if kind == "profile":
        return diary.own_profile()
    return diary.row_named(kind, said.get(rules.KEYS[kind], ""))


@require_safe
def waiting(request: HttpRequest) -> HttpResponse:
    """What is kept on this device until the server has it; a script writes the list."""
    return render(request, "diary/waiting.html", {"forms": KINDS, "blank": [cards.BLANK]})
