"""How does a clinician take what a diary shows out of here?"""

from __future__ import annotations

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from diary import exports
from diary.clinic.guards import clinician, leaving, shared
from diary.wording import patient as words


@clinician
@require_safe
def patient_text(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """A note of at most ten lines to copy into a record."""
    patient = shared(request, uid, "text")
    banner = words.banner(patient.share, patient.diary.own_profile().birth_year)
    note = exports.text(patient, request.user.units, timezone.now())
    context = {"patient": banner, "note": note, "lines": len(note.splitlines()) + 1}
    return render(request, "clinic/patient_text.html", context)


@leaving
@require_safe
def patient_file(request: HttpRequest, uid: uuid.UUID, what: str) -> HttpResponse:
    """The report or the entries as a file; a share that was stopped meanwhile sends nothing."""
    patient = shared(request, uid, what)
    made = exports.file(patient, what, request.user.units, timezone.now())
    headers = {"Content-Disposition": f'attachment; filename="{made.name}"'}
    return HttpResponse(made.content, content_type=made.content_type, headers=headers)
