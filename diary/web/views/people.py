"""Who is signed in, and how do they want to be spoken to?"""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from diary.access import demo_person, own_diary, own_reminder
from diary.demo import DEMO
from diary.web.forms.account import SettingsForm
from diary.web.forms.entries import ProfileForm
from diary.web.guards import signed_in
from diary.web.views.saving import saved
from diary.wording import reminders


@require_POST
def demo_sign_in(request: HttpRequest, name: str) -> HttpResponse:
    """Sign in as a demo person, only where the demo is loaded."""
    person = demo_person(DEMO[name].email) if settings.DEMO and name in DEMO else None
    if person is None:
        raise Http404
    login(request, person, backend=settings.AUTHENTICATION_BACKENDS[0])
    return redirect("home")


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def settings_edit(request: HttpRequest) -> HttpResponse:
    """Name, units, time zone and language, and the way to all else that an account has."""
    data = request.POST if request.method == "POST" else None
    form = SettingsForm(data, instance=request.user)
    if data and form.is_valid():
        form.save()
        translation.activate(request.user.language)
        messages.success(request, _("Your settings are saved."))
        return redirect("settings-edit")
    context = {"form": form, "reminder": reminders.state(own_reminder(request.user))}
    return render(request, "diary/settings_edit.html", context, status=422 if data else 200)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def profile_edit(request: HttpRequest) -> HttpResponse:
    """What about the walker bears on leg pain."""
    diary = own_diary(request.user)
    data = request.POST if request.method == "POST" else None
    profile = diary.own_profile()
    form = ProfileForm(data, row=profile.row(), initial={"revision": profile.revision})
    if data and form.is_valid() and saved(diary, "profile", form.values(), form):
        messages.success(request, _("Saved."))
        return redirect("profile-edit")
    return render(request, "diary/profile_edit.html", {"form": form}, status=422 if data else 200)
