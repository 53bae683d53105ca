"""Who may see a page, and what becomes of what somebody typed after the session ran out?"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

View = Callable[..., HttpResponse]


def signed_in(view: View) -> View:
    """Ask strangers to sign in; where they send something, say that nothing was saved, and stay.

    A redirect would lose what was typed.
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **named: Any) -> HttpResponse:
        if request.user.is_authenticated:
            return view(request, *args, **named)
        if request.method in ("GET", "HEAD"):
            return redirect_to_login(request.get_full_path())
        return render(request, "diary/signed_out.html", status=401)

    return guarded
