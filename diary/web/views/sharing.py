"""With whom does an owner share the diary, how is that begun and ended, and who has looked?"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from diary import rules
from diary.access import (
    Diary,
    Invitation,
    NotPossible,
    Share,
    change_terms,
    invite,
    own_diary,
    own_share,
    share_end,
    sharing_history,
)
from diary.clock import local_date
from diary.exchange import consents
from diary.letters import send_invitation
from diary.web.forms.sharing import CodeForm, InviteForm, TermsForm, proposed
from diary.web.guards import signed_in
from diary.wording import looks
from diary.wording import sharing as words

LOOKS_SHOWN = 5
LOOKS_A_PAGE, SHARES_A_PAGE = 200, 20


@signed_in
@require_safe
def share_list(request: HttpRequest) -> HttpResponse:
    """Who may look, who waits for the owner's word, who is invited, and who looked last."""
    diary, now = own_diary(request.user), timezone.now()
    cards = [words.card(share, now) for share in diary.shares.current(now)]
    context: dict[str, Any] = {
        state: [card for card in cards if card.state == state]
        for state in ("waiting", "open", "invited")
    }
    days = looks.looks(diary.access_records.newest_first()[:LOOKS_A_PAGE])
    context |= {"days": looks.newest(days, LOOKS_SHOWN), "includes": words.scopes()}
    return render(request, "diary/share_list.html", context)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def share_invite(request: HttpRequest) -> HttpResponse:
    """Invite somebody by e-mail; a demo person is shown the link instead, and nothing is sent."""
    diary, now = own_diary(request.user), timezone.now()
    data = request.POST if request.method == "POST" else None
    today = local_date(now, request.user.time_zone)
    form = InviteForm(data, row=proposed(today), asks_name=not request.user.name)
    made = _made(diary, form, now)
    if made and request.user.is_demo:
        context = {
            "link": _link(request, made),
            "share": words.card(made.share, now),
            "ended": words.EARLIER_LINK if made.again else "",
        }
        return render(request, "diary/share_invite.html", context)
    if made and _sent(request, made, form):
        return redirect("share-list")
    return render(request, "diary/share_invite.html", {"form": form}, status=_status(data))


def _made(diary: Diary, form: Any, now: datetime, with_code: bool = False) -> Invitation | None:
    """The invitation that a form asks for; None where it was refused, which the form then says."""
    if not form.is_valid():
        return None
    try:
        name = form.cleaned_data.get("name", "")
        return invite(diary, form.values(), now, with_code, name)
    except rules.Refused as refused:
        for fault in refused.faults:
            form.say(fault)
    return None


def _link(request: HttpRequest, made: Invitation) -> str:
    return request.build_absolute_uri(reverse("invitation-accept", args=[made.secret]))


def _sent(request: HttpRequest, made: Invitation, form: Any) -> bool:
    """Whether the e-mail is on its way; else the invitation is withdrawn, and the form says so."""
    if send_invitation(made.share, _link(request, made)):
        messages.success(request, words.invited(made.share, made.again))
        return True
    with suppress(NotPossible):
        made.share.stop(timezone.now())
    form.add_error(None, words.not_sent())
    return False


def _status(data: Any) -> int:
    return 200 if data is None else 422


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def share_code(request: HttpRequest) -> HttpResponse:
    """Make a code to read out; the answer shows it, and nothing shows it again."""
    diary, now = own_diary(request.user), timezone.now()
    data = request.POST if request.method == "POST" else None
    today = local_date(now, request.user.time_zone)
    form = CodeForm(data, row=proposed(today), asks_name=not request.user.name)
    context: dict[str, Any] = {"form": form, "includes": words.INCLUDES["summary"]}
    made = _made(diary, form, now, with_code=True)
    if made is None:
        return render(request, "diary/share_code.html", context, status=_status(data))
    context |= {
        "code": words.grouped(made.secret),
        "spoken": words.spoken(made.secret),
        "ends": words.code_ends(made.share),
        "share": words.card(made.share, now),
        "ended": words.EARLIER_CODE if made.again else "",
    }
    return render(request, "diary/share_code.html", context)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def share_detail(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """One share: its terms, which its owner can change, its steps, and the other's notes."""
    share, now = _own(request, uid), timezone.now()
    data = request.POST if request.method == "POST" else None
    terms = {"what": share.what, "since": share.since, "until": share_end(share)}
    form = TermsForm(data, row=terms)
    if form.is_valid() and _changed(request, share, form, now):
        return redirect("share-detail", share.uid)
    events = share.diary.share_events.filter(share=share).order_by("at", "pk")
    context = {
        "form": form,
        "share": words.card(_own(request, uid), now),
        "steps": words.steps(events),
        "notes": list(share.notes.order_by("-made_at", "-pk")),
    }
    return render(request, "diary/share_detail.html", context, status=_status(data))


def _changed(request: HttpRequest, share: Share, form: Any, now: datetime) -> bool:
    """Whether the terms are settled: changed, or past changing, which a message says."""
    try:
        change_terms(share, form.values(), now)
        messages.success(request, words.changed(share))
    except rules.Refused as refused:
        for fault in refused.faults:
            form.say(fault)
        return False
    except NotPossible:
        messages.warning(request, words.not_possible(_own(request, share.uid), now))
    return True


@signed_in
@require_POST
def share_agree(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """The owner agrees to the person who accepted."""
    share, now = _own(request, uid), timezone.now()
    return _taken(request, share, lambda: share.agree(now), words.agreed(share))


@signed_in
@require_POST
def share_stop(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """The owner ends a share, says no to somebody, or withdraws an invitation: at once."""
    share, now = _own(request, uid), timezone.now()
    return _taken(request, share, lambda: share.stop(now), words.stopped(share))


def _taken(request: HttpRequest, share: Share, step: Callable[[], None], said: str) -> HttpResponse:
    """Take a step, and say what it did, or how things stand by now where it was not possible."""
    try:
        step()
        messages.success(request, said)
    except NotPossible:
        messages.warning(request, words.not_possible(_own(request, share.uid), timezone.now()))
    return redirect("share-list")


def _own(request: HttpRequest, uid: uuid.UUID) -> Share:
    share = own_share(request.user, uid)
    if share is None:
        raise Http404
    return share


@signed_in
@require_safe
def access_list(request: HttpRequest) -> HttpResponse:
    """Who has looked, by day; tries that were refused are there too."""
    records = own_diary(request.user).access_records.newest_first()
    page = Paginator(records, LOOKS_A_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "days": looks.looks(page)}
    return render(request, "diary/access_list.html", context)


@signed_in
@require_safe
def share_history(request: HttpRequest) -> HttpResponse:
    """Every share that there ever was, with its steps."""
    diary, now = own_diary(request.user), timezone.now()
    page = Paginator(diary.shares.newest_first(), SHARES_A_PAGE).get_page(request.GET.get("page"))
    steps: dict[int, list[Any]] = {share.pk: [] for share in page}
    for event in diary.share_events.filter(share__in=steps).order_by("at", "pk"):
        steps[event.share_id].append(event)
    shares = [(words.card(share, now), words.steps(steps[share.pk])) for share in page]
    return render(request, "diary/share_history.html", {"page": page, "shares": shares})


@signed_in
@require_safe
def share_history_export(request: HttpRequest) -> HttpResponse:
    """Every consent and every look as one file."""
    now = timezone.now()
    data = consents.dumped(*sharing_history(own_diary(request.user)), now)
    today = local_date(now, request.user.time_zone)
    name = f"waymark-sharing-{today.isoformat()}.json"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(data, content_type="application/json", headers=headers)
