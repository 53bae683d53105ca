"""What comes in from files, and what goes out?"""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from diary import rules
from diary.access import own_diary
from diary.clock import local_date
from diary.exchange import document
from diary.web.forms.files import DocumentForm, RecordingForm
from diary.web.guards import signed_in
from diary.web.views.walks import recording_form
from diary.wording import imports
from diary.wording.refusals import located, sentence

MOST_FAULTS_SHOWN = 50


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def recording_add(request: HttpRequest) -> HttpResponse:
    """Turn a GPX recording into a walk that waits for the pain to be added; nothing is kept yet."""
    from diary.exchange.gpx import LARGEST_BYTES, walk_from_gpx  # NumPy loads here

    sent = request.method == "POST"
    form = RecordingForm(request.POST, request.FILES) if sent else RecordingForm()
    if form.is_valid():
        try:
            data = form.cleaned_data["file"].read(LARGEST_BYTES + 1)
            keep_line = form.cleaned_data["keep_line"]
            return recording_form(request, walk_from_gpx(data), keep_line)
        except rules.Refused as refused:
            for fault in refused.faults:
                form.add_error("file", sentence(fault))
    status = 422 if sent else 200
    return render(request, "diary/recording_add.html", {"form": form}, status=status)


@signed_in
@require_safe
def document_export(request: HttpRequest) -> HttpResponse:
    """The whole diary as one file."""
    data = document.dumped(own_diary(request.user).document())
    today = local_date(timezone.now(), request.user.time_zone)
    name = f"waymark-diary-{today.isoformat()}.json"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(data, content_type="application/json", headers=headers)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def document_import(request: HttpRequest) -> HttpResponse:
    """Add a diary file to the diary: all of it, or nothing with every reason."""
    sent = request.method == "POST"
    form = DocumentForm(request.POST, request.FILES) if sent else DocumentForm()
    faults: list[str] = []
    if form.is_valid():
        now = timezone.now()
        try:
            file = form.cleaned_data["file"].read(document.LARGEST_BYTES + 1)
            checked = document.loaded(file, now)
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
    status = 422 if sent else 200
    return render(request, "diary/document_import.html", context, status=status)
