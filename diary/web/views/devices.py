"""Where is somebody signed in, and how is that ended?"""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from diary.devices import devices, rename, sign_out_others, told
from diary.web.forms.account import DeviceForm
from diary.web.guards import signed_in
from diary.wording import devices as device_words


@signed_in
@require_safe
def device_list(request: HttpRequest) -> HttpResponse:
    """Every device on which the person is signed in, last used first."""
    now, current = timezone.now(), request.session.session_key
    lines = [device_words.line(told(device, current), now) for device in devices(request.user)]
    return render(request, "diary/device_list.html", {"lines": lines})


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def device_rename(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a device a name of one's own."""
    device = get_object_or_404(devices(request.user), pk=pk)
    said = told(device, request.session.session_key)
    data = request.POST if request.method == "POST" else None
    form = DeviceForm(data, initial={"name": said["name"]})
    if data and form.is_valid():
        rename(device, form.cleaned_data["name"])
        return redirect("device-list")
    context = {"form": form, "device": device_words.line(said, timezone.now())}
    return render(request, "diary/device_rename.html", context, status=422 if data else 200)


@signed_in
@require_POST
def device_sign_out(request: HttpRequest, pk: int) -> HttpResponse:
    """Sign out of one device; out of this very one, that is the end of the visit."""
    device = get_object_or_404(devices(request.user), pk=pk)
    this_device = device.session_key == request.session.session_key
    device.end()
    if this_device:
        logout(request)
        return redirect("home")
    messages.success(request, _("That device is signed out."))
    return redirect("device-list")


@signed_in
@require_POST
def device_sign_out_others(request: HttpRequest) -> HttpResponse:
    """Sign out everywhere but here."""
    count = sign_out_others(request.user, request.session.session_key)
    messages.success(request, device_words.signed_out(count))
    return redirect("device-list")
