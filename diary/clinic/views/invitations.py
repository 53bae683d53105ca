"""How does a clinician come to see a diary, and how do they give it up?"""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from diary.access import NotPossible, held_share, invitation, share_end, use_code
from diary.clinic.forms.invitations import CodeForm, GranteeForm
from diary.clinic.guards import clinician, once_more
from diary.door import code_wait_s, has_second_factor, second_factor_given, where_to_give_it
from diary.web.guards import signed_in
from diary.wording import invitations as words
from diary.wording.lengths import day

# The invitation that somebody is on their way to, in their own browser alone.
WAY_BACK, WAY_BACK_LASTS = "invitation", timedelta(hours=2)


@signed_in
@require_safe
def clinic_second_factor(request: HttpRequest) -> HttpResponse:
    """Why a second factor is needed, and where to set one up or give it."""
    back = request.GET.get("next", "")
    known = url_has_allowed_host_and_scheme(back, {request.get_host()}, request.is_secure())
    context = {
        "back": back if known else "",
        "has_one": has_second_factor(request.user),
        "where": where_to_give_it(request.user),
        "invited": back.startswith(reverse("invitation-accept", args=["-"]).rstrip("-/")),
    }
    return render(request, "clinic/clinic_second_factor.html", context)


def invitation_accept(request: HttpRequest, token: str) -> HttpResponse:
    """Accept an e-mailed invitation, or read what comes before that; each page says what is next.

    The browser keeps the way back until the end of it, as the second factor is set up elsewhere.
    """
    if not request.user.is_authenticated and request.method in ("GET", "HEAD"):
        return _on_the_way(request, token, render(request, "clinic/invitation_begin.html"))
    return _accepted(request, token)


def _on_the_way(request: HttpRequest, token: str, response: HttpResponse) -> HttpResponse:
    response.set_cookie(
        WAY_BACK, token, WAY_BACK_LASTS, secure=request.is_secure(), httponly=True, samesite="Lax"
    )
    return response


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def _accepted(request: HttpRequest, token: str) -> HttpResponse:
    """The patient then agrees to the name and role given here."""
    person, now = request.user, timezone.now()
    if not second_factor_given(person, request.session, now):
        return _on_the_way(request, token, _second_factor_first(request))
    share = invitation(token, person, now)
    if share is None:
        context = {"why": words.UNUSABLE}
        return _over(render(request, "clinic/invitation_unusable.html", context, status=404))
    form = GranteeForm(request.POST or None, initial={"name": person.name})
    if form.is_valid():
        try:
            share.accept(person, form.cleaned_data["grantee"], token, now)
            messages.success(request, words.ACCEPTED)
            return _over(redirect("clinic-list"))
        except NotPossible as why:
            form.add_error(None, words.OWN_DIARY if why.code == "own_diary" else words.UNUSABLE)
    context = {"form": form, "share": share, "until": day(share_end(share))}
    status = 422 if request.method == "POST" else 200
    return render(request, "clinic/invitation_accept.html", context, status=status)


def _second_factor_first(request: HttpRequest) -> HttpResponse:
    if has_second_factor(request.user):
        return once_more(request)
    query = urlencode({"next": request.path})
    return redirect(f"{reverse('clinic-second-factor')}?{query}")


def _over(response: HttpResponse) -> HttpResponse:
    response.delete_cookie(WAY_BACK)
    return response


@clinician
@require_http_methods(["GET", "HEAD", "POST"])
def code_use(request: HttpRequest) -> HttpResponse:
    """Open a summary with a code that the patient reads out."""
    form = CodeForm(request.POST or None, initial={"name": request.user.name})
    if form.is_valid() and (share := _opened(request, form)):
        messages.success(request, words.OPENED % {"day": day(share_end(share))})
        return redirect("patient-show", share.uid)
    status = 422 if request.method == "POST" else 200
    return render(request, "clinic/code_use.html", {"form": form}, status=status)


def _opened(request: HttpRequest, form: CodeForm) -> Any:
    """The share that the code of a form opens; None where it opens none, and the form says so."""
    if wait_s := code_wait_s(request, request.user):
        form.add_error("code", words.too_many_tries(wait_s))
        return None
    try:
        said = form.cleaned_data
        share = use_code(request.user, said["code"], said["grantee"], timezone.now())
    except NotPossible:
        form.add_error("code", words.OWN_DIARY)
        return None
    if share is None:
        form.add_error("code", words.WRONG_CODE)
    return share


@clinician
@require_POST
def share_leave(request: HttpRequest, uid: Any) -> HttpResponse:
    """Give up access to a diary; only its owner can give it again."""
    share = held_share(request.user, uid, timezone.now())
    if share is None:
        raise Http404
    try:
        share.leave(request.user, timezone.now())
        messages.success(request, words.LEFT)
    except NotPossible:
        pass  # stopped meanwhile: there is nothing left to give up
    return redirect("clinic-list")
