"""How does somebody delete their account?"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from diary.door import proved_again
from diary.leaving import Counts, delete_account, held
from diary.letters import send_goodbye
from diary.web.forms.account import LeavingForm
from diary.web.guards import signed_in
from diary.wording import leaving


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def account_delete(request: HttpRequest) -> HttpResponse:
    """Say what goes, ask once more who it is and whether they mean it; then it is gone."""
    now, person = timezone.now(), request.user
    sent, proved = request.method == "POST", proved_again(request.session, now)
    if sent and not person.is_demo and not proved:
        return redirect(f"{reverse('account_reauthenticate')}?next={request.path}")
    form = LeavingForm(request.POST if sent and not person.is_demo else None)
    if form.is_valid():
        return _deleted(request, now)
    counts = held(person, now)
    context = {"form": form, "proved": proved, "has_notes": counts["note"], **_told(counts)}
    status = 200 if not sent else 403 if person.is_demo else 422
    return render(request, "diary/account_delete.html", context, status=status)


def _deleted(request: HttpRequest, now: datetime) -> HttpResponse:
    email, language, tag = request.user.email, request.user.language, request.user.tag
    gone = delete_account(request.user, now)
    logout(request)
    context = {"told": send_goodbye(email, language), "tag": tag, **_told(gone)}
    return render(request, "diary/account_deleted.html", context)


def _told(counts: Counts) -> dict[str, Any]:
    return {"goes": leaving.goes(counts), "stays": leaving.stays(counts)}
