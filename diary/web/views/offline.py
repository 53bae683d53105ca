"""What works without a connection, and what waits on this device?"""

from __future__ import annotations

from functools import partial
from types import SimpleNamespace
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from diary.web import kept
from diary.web.forms.entries import ChangeForm, CheckInForm, MeasurementForm, ProfileForm
from diary.web.forms.episodes import episodes
from diary.web.forms.walk import WalkForm
from diary.web.views import live
from diary.web.views.check_ins import sign_groups
from diary.web.views.waiting import KINDS
from diary.wording import body, cards

ICONS = (("icon-192", 192, "any"), ("icon-512", 512, "any"), ("icon-maskable", 512, "maskable"))


def _made(request: HttpRequest, template: str, **context: Any) -> HttpResponse:
    """A page as it is for nobody: no name, no rows, no token, the same each time."""
    given = {"for_offline": True, "csrf_token": "", **context}
    return render(request, template, given)


def _waiting(request: HttpRequest) -> HttpResponse:
    return _made(request, "diary/waiting.html", forms=KINDS, blank=[cards.BLANK])


def _help(request: HttpRequest) -> HttpResponse:
    return _made(request, "diary/help.html", **cards.help_page())


def _walk(request: HttpRequest) -> HttpResponse:
    """The walk's form; its id and time zone are the device's to fill in."""
    nobody = SimpleNamespace(time_zone="UTC", units="metric")
    form = WalkForm(person=nobody, now=timezone.now(), initial={"id": "", "time_zone": ""})
    pain = episodes(None, [], extra=1, unit=form.first_unit)
    return _made(request, "diary/walk_form.html", form=form, episodes=pain, body=body.views())


def _live(request: HttpRequest) -> HttpResponse:
    return _made(request, "diary/walk_live.html", **live.shown("metric"))


def _check_in(request: HttpRequest) -> HttpResponse:
    form = CheckInForm()
    return _made(
        request,
        "diary/check_in_form.html",
        form=form,
        groups=sign_groups(form),
        places=body.places(),
        blank=[cards.BLANK],
    )


def _plain(request: HttpRequest, template: str, form: Any) -> HttpResponse:
    return _made(request, template, form=form(initial={"id": ""}))


# By the address that it is opened at: `/` stands for every page that is not kept.
PAGES: dict[str, kept.Page] = {
    "/": partial(_made, template="diary/offline.html"),
    "/not-sent/": partial(_made, template="diary/not_sent.html"),
    "/waiting/": _waiting,
    "/help/": _help,
    "/walks/add/": _walk,
    "/walk/live/": _live,
    "/check-ins/add/": _check_in,
    "/changes/add/": partial(_plain, template="diary/change_form.html", form=ChangeForm),
    "/measurements/add/": partial(
        _plain, template="diary/measurement_form.html", form=MeasurementForm
    ),
    "/profile/": partial(_plain, template="diary/profile_edit.html", form=ProfileForm),
}


@require_safe
def kept_page(request: HttpRequest, page: str) -> HttpResponse:
    """A page that devices keep, whoever asks for it."""
    if f"/{page}" not in PAGES:
        raise Http404
    request.user = AnonymousUser()
    return PAGES[f"/{page}"](request)


@require_safe
@never_cache
def worker(request: HttpRequest) -> HttpResponse:
    """The service worker, at the root so that it serves every page."""
    request.user = AnonymousUser()
    return HttpResponse(kept.worker(request, PAGES), content_type="text/javascript")


@require_safe
def manifest(request: HttpRequest) -> HttpResponse:
    """How the site stands among a device's apps."""
    icons = [
        {
            "src": static(f"diary/{name}.png"),
            "sizes": f"{size}x{size}",
            "type": "image/png",
            "purpose": purpose,
        }
        for name, size, purpose in ICONS
    ]
    told = {
        "id": "/",
        "name": _("Waymark: a walking and leg-pain diary"),
        "short_name": "Waymark",
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "background_color": "#f7f8f6",
        "theme_color": "#0b5f7a",
        "icons": icons,
    }
    return JsonResponse(told, content_type="application/manifest+json")
