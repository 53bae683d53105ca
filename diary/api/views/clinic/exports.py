"""How does a clinician take what a diary shows out of here?"""

from __future__ import annotations

import uuid

from django.http import HttpResponse
from django.utils import timezone
from rest_framework.request import Request
from rest_framework.response import Response

from diary import exports
from diary.api.views.clinic.guards import PatientView
from diary.exchange import document
from diary.shared import still_shared


class PatientDocumentView(PatientView):
    """The entries that are shared, as a diary document."""

    leaving = True

    def get(self, request: Request, uid: uuid.UUID) -> HttpResponse:
        patient = self.shared(uid, "entries")
        data = document.dumped(patient.document())
        still_shared(patient, "entries", timezone.now())
        return HttpResponse(data, content_type="application/json")


class TextView(PatientView):
    """A note of at most ten lines, ready for a record."""

    def get(self, request: Request, uid: uuid.UUID) -> Response:
        patient = self.shared(uid, "text")
        return Response({"text": exports.text(patient, request.user.units, timezone.now())})


class FileView(PatientView):
    """The report or the entries as a file; a share that was stopped meanwhile sends nothing."""

    leaving = True
    what = ""

    def get(self, request: Request, uid: uuid.UUID) -> HttpResponse:
        patient = self.shared(uid, self.what)
        made = exports.file(patient, self.what, request.user.units, timezone.now())
        headers = {"Content-Disposition": f'attachment; filename="{made.name}"'}
        return HttpResponse(made.content, content_type=made.content_type, headers=headers)
