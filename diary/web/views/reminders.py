"""When is somebody reminded, and how is that stopped?"""

from __future__ import annotations

from django.contrib import messages
from django.core.signing import BadSignature
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from diary.access import own_reminder, remind, stop_reminder
from diary.addresses import confirmed
from diary.web.forms.account import ReminderForm
from diary.web.guards import signed_in


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def reminder_edit(request: HttpRequest) -> HttpResponse:
    """Choose the time and the days of one e-mail, or none."""
    person, sent = request.user, request.method == "POST"
    reminder = own_reminder(person)
    possible = confirmed(person) and not person.is_demo
    if sent and "off" in request.POST and reminder:
        reminder.switch_off()
        messages.success(request, _("No more reminders are sent."))
        return redirect("settings-edit")
    form = ReminderForm(request.POST if sent and possible else None, reminder=reminder)
    if form.is_valid():
        remind(person, form.cleaned_data["at"], form.cleaned_data["weekdays"], timezone.now())
        messages.success(request, _("The reminder is on."))
        return redirect("settings-edit")
    context = {"form": form, "on": reminder and reminder.next_at, "possible": possible}
    return render(request, "diary/reminder_edit.html", context, status=422 if sent else 200)


@csrf_exempt  # a mail program sends it, for whoever has the link and nobody else
@require_http_methods(["GET", "HEAD", "POST"])
def reminder_stop(request: HttpRequest, token: str) -> HttpResponse:
    """Stop a reminder by the link in its e-mail, without signing in."""
    stopped = request.method == "POST"
    if stopped:
        try:
            stop_reminder(token)
        except BadSignature:
            raise Http404 from None
    return render(request, "diary/reminder_stop.html", {"stopped": stopped})
