"""What does one patient's diary show, and what does the clinician add to it?"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from django.http import Http404, HttpResponse
from django.utils import timezone
from rest_framework.request import Request
from rest_framework.response import Response

from diary import exports, rules, values
from diary.access import Conflict, NotPossible, held_share
from diary.api.fields import fields_sent
from diary.api.parsing import row_sent
from diary.api.problems import Refusal
from diary.api.views.clinic.guards import PatientView
from diary.api.views.clinic.invitations import held
from diary.api.views.diary import shown
from diary.api.views.reading import LOOK, drawn
from diary.clock import local_date
from diary.pictures import FORMS, OF_CLINIC
from diary.reports import compared, report_for, usual_periods
from diary.shared import Shared, still_shared
from diary.wording import patient as words
from diary.wording import patient_periods, recorded

PERIODS = dict.fromkeys(
    ("earlier_from", "earlier_until", "later_from", "later_until"), values.Day()
)
NOTES_SHOWN, MEASUREMENTS_SHOWN, REVIEWS_SHOWN = 20, 20, 5


class OnePatientView(PatientView):
    """What one diary shows, as far as it is shared; DELETE gives it up."""

    def get(self, request: Request, uid: uuid.UUID) -> Response:
        patient = self.shared(uid, "summary")
        face = exports.face(patient, request.user.units, timezone.now())
        answer = {
            "share": held(patient.share),
            "today": face.today,
            "assessment": patient.told(face.assessment),
            "words": _words(face.page),
            "charts": [_table(chart) for chart in face.charts],
            "measured": _measured(patient),
            "notes": [noted(note) for note in patient.notes()[:NOTES_SHOWN]],
            "reviews": [
                {"at": each.at, "note": each.note} for each in patient.reviews()[:REVIEWS_SHOWN]
            ],
        }
        return Response(answer)

    def delete(self, request: Request, uid: uuid.UUID) -> Response:
        share = held_share(request.user, uid, timezone.now())
        if share is None:
            raise Http404
        try:
            share.leave(request.user, timezone.now())
        except NotPossible:
            raise Http404 from None  # stopped meanwhile
        return Response(status=204)


def _words(page: words.Page) -> dict[str, Any]:
    """Everything that the clinic's page says of a patient: an app shows these words."""
    said = page.said
    return {
        "title": page.banner.title,
        "shared": page.banner.shared,
        "time_zone": page.banner.zone,
        "cards": [asdict(card) for card in said.said.cards],
        "sentence": said.said.sentence,
        "age": said.said.age,
        "period": page.period,
        "basis": said.basis,
        "flags": [each.text for each in page.behind],
        "onset": said.onset,
        "relief": said.relief,
        "legs": said.legs,
        "changes": said.changes,
        "changes_limit": said.changes_limit,
        "weighing": asdict(page.weighing),
        "edinburgh": page.edinburgh,
        "factors": said.factors,
        "check_ins": page.check_ins,
        "signs": page.signs,
        "measurements": page.measurements,
        "limit": page.limit,
        "patients_words": str(words.PATIENTS_WORDS),
    }


def _table(chart: Any) -> dict[str, Any]:
    """What a chart shows, in rows; the picture has an address of its own."""
    return {
        "name": chart.name,
        "heading": chart.heading,
        "beside": chart.beside,
        "head": chart.head,
        "rows": chart.rows,
        "left_out": chart.left_out,
    }


def _measured(patient: Shared) -> list[dict[str, str]]:
    """The newest measurements with who entered them, where rows are shared."""
    if not patient.allows("entries"):
        return []
    rows = patient.rows("measurement")[:MEASUREMENTS_SHOWN]
    named = ("kind", "value", "day", "by")
    return [dict(zip(named, row, strict=True)) for row in recorded.measurements(rows)]


def noted(note: Any) -> dict[str, Any]:
    """A note of the clinician's own."""
    return {"id": note.pk, "at": note.made_at, "text": note.text, "shown": note.shown}


class PatientChartView(PatientView):
    """One chart of a diary as a picture."""

    def readers(self) -> Mapping[str, Any]:
        return LOOK

    def get(self, request: Request, uid: uuid.UUID, name: str, form: str) -> HttpResponse:
        if name not in OF_CLINIC or form not in FORMS:
            raise Http404
        patient = self.shared(uid, "summary")
        report = report_for(patient.diary, patient.share.since)
        picture = drawn(report, name, form, self.asked, request.user)
        still_shared(patient, "summary", timezone.now())
        return HttpResponse(picture, content_type=FORMS[form])


class ComparisonView(PatientView):
    """Two periods side by side."""

    def readers(self) -> Mapping[str, Any]:
        return PERIODS

    def get(self, request: Request, uid: uuid.UUID) -> Response:
        patient = self.shared(uid, "comparison")
        today = local_date(timezone.now(), patient.diary.owner.time_zone)
        days = {name: self.asked[name] or usual for name, usual in usual_periods(today).items()}
        earlier, later = (
            (days[f"{side}_from"], days[f"{side}_until"]) for side in ("earlier", "later")
        )
        since = patient.share.since
        found = compared(patient.diary, since, earlier, later)
        said = asdict(patient_periods.comparison(found, since, request.user.units))
        still_shared(patient, "comparison", timezone.now())
        return Response({**found, "words": said})


class NotesView(PatientView):
    """The clinician's own notes on a diary; its owner is told that they exist."""

    def get(self, request: Request, uid: uuid.UUID) -> Response:
        notes = self.shared(uid, "note").notes()
        return Response({"results": [noted(note) for note in notes]})

    def post(self, request: Request, uid: uuid.UUID) -> Response:
        patient = self.shared(uid, "note")
        note = rules.checked("clinic_note", fields_sent(request, rules.FIELDS["clinic_note"]))
        return Response(noted(patient.add_note(note, timezone.now())), status=201)


class OneNoteView(PatientView):
    """One note of the clinician's own: whether its diary's owner can read it."""

    def patch(self, request: Request, uid: uuid.UUID, pk: int) -> Response:
        patient = self.shared(uid, "note")
        sent = fields_sent(request, {"shown": values.Truth()})
        if sent.get("shown") is None:
            raise rules.Refused([rules.Fault("shown", "required")])
        if not patient.show_note(pk, sent["shown"]):
            raise Http404
        return Response(noted(patient.notes().get(pk=pk)))


class PatientMeasurementsView(PatientView):
    """Enter what was measured in clinic into the patient's diary."""

    def post(self, request: Request, uid: uuid.UUID) -> Response:
        patient = self.shared(uid, "measurement")
        try:
            row = patient.enter_measurement(row_sent(request), timezone.now())
        except Conflict:
            raise Refusal("entered_already") from None
        said = recorded.entered(row, patient.share.since)
        return Response({**shown(row.row(), row.revision), "words": said}, status=201)
