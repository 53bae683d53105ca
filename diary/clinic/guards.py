"""Who may open the clinic's pages, and which diary does an address mean?"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from diary.access import reading
from diary.door import Door, door, note_seen, stepped_up, where_to_give_it
from diary.shared import NotShared, Shared
from diary.web.guards import signed_in

View = Callable[..., HttpResponse]


def clinician(view: View) -> View:
    """Let a clinician in who has given a second factor in this session, and not long ago."""

    @signed_in
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **named: Any) -> HttpResponse:
        now = timezone.now()
        standing = door(request.user, request.session, now)
        if standing is Door.NONE:  # the same answer wherever they look
            return render(request, "clinic/not_a_clinician.html", status=404)
        if standing is Door.SECOND_FACTOR:
            return redirect(_second_factor(request))
        if standing is Door.LOCKED:
            return once_more(request)
        note_seen(request.session, now)
        try:
            return view(request, *args, **named)
        except NotShared:  # never, or not any more: the answer is the same
            return render(request, "clinic/not_shared.html", status=404)

    return guarded


def _second_factor(request: HttpRequest) -> str:
    return f"{reverse('clinic-second-factor')}?{urlencode({'next': request.path})}"


def leaving(view: View) -> View:
    """Ask for the second factor once more before something leaves the clinic."""

    @clinician
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **named: Any) -> HttpResponse:
        if not stepped_up(request.user, request.session, timezone.now()):
            return once_more(request)
        return view(request, *args, **named)

    return guarded


def once_more(request: HttpRequest) -> HttpResponse:
    """Off to give the second factor, and back; where something was sent, say so and stay.

    A redirect would lose what was typed.
    """
    if request.method not in ("GET", "HEAD"):
        context = {"where": where_to_give_it(request.user)}
        return render(request, "clinic/locked.html", context, status=401)
    query = urlencode({"next": request.get_full_path()})
    return redirect(f"{reverse(where_to_give_it(request.user))}?{query}")


def shared(request: HttpRequest, uid: Any, what: str) -> Shared:
    """The diary of an address as far as it is shared, the reading written down; or NotShared."""
    return reading(request.user, uid, what, timezone.now())
