"""What comes in from files, and what goes out?"""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from diary import rules
from diary.access import own_diary
from diary.clock import local_date
from diary.exchange import document
from diary.web.forms.files import LARGEST_RECORDING, DocumentForm, RecordingForm
from diary.web.views.walks import recording_form
from diary.wording import imports
from diary.wording.refusals import located, sentence

MOST_FAULTS_SHOWN = 50


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def recording_add(request: HttpRequest) -> HttpResponse:
    """Turn a GPX recording into a walk that waits for the pain to be added; nothing is kept yet."""
    from diary.exchange.gpx import walk_from_gpx  # NumPy and the XML parser load here

    data = request.POST if request.method == "POST" else None
    form = RecordingForm(data, request.FILES if data is not None else None)
    if data is not None and form.is_valid():
        upload = form.cleaned_data["file"]
        try:
            if upload.size > LARGEST_RECORDING:
                most_mb = LARGEST_RECORDING >> 20
                raise rules.Refused([rules.Fault("file", "file_too_large", {"most_mb": most_mb})])
            return recording_form(request, walk_from_gpx(upload.read()))
        except rules.Refused as refused:
            for fault in refused.faults:
                form.add_error("file", sentence(fault))
    status = 200 if data is None else 422
    return render(request, "diary/recording_add.html", {"form": form}, status=status)


@login_required
@require_safe
def document_export(request: HttpRequest) -> HttpResponse:
    """The whole diary as one file."""
    data = document.dumped(own_diary(request.user).document())
    today = local_date(timezone.now(), request.user.time_zone)
    name = f"waymark-diary-{today.isoformat()}.json"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(data, content_type="application/json", headers=headers)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def document_import(request: HttpRequest) -> HttpResponse:
    """Add a diary file to the diary: all of it, or nothing with every reason."""
    data = request.POST if request.method == "POST" else None
    form = DocumentForm(data, request.FILES if data is not None else None)
    faults: list[str] = []
    if data is not None and form.is_valid():
        now = timezone.now()
        try:
            checked = document.loaded(form.cleaned_data["file"].read(), now)
            replace = form.cleaned_data["differing"] == "replace"
            done = own_diary(request.user).take_in(checked, now, replace=replace)
            messages.success(request, imports.told(done))
            return redirect("walk-list")
        except rules.Refused as refused:
            faults = [located(fault) for fault in refused.faults]
    context = {
        "form": form,
        "faults": faults[:MOST_FAULTS_SHOWN],
        "more_faults": max(0, len(faults) - MOST_FAULTS_SHOWN),
    }
    status = 200 if data is None else 422
    return render(request, "diary/document_import.html", context, status=status)
