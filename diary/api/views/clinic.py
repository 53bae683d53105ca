"""What does a clinician see and do of the diaries that are shared with them? As on the pages."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from allauth.core import ratelimit
from django.contrib.sessions.backends.base import UpdateError
from django.http import Http404, HttpResponse
from django.utils import timezone
from rest_framework.exceptions import AuthenticationFailed, MethodNotAllowed
from rest_framework.request import Request
from rest_framework.response import Response

from diary import exports, rules, values
from diary.access import (
    BEHIND_AFTER_S,
    Conflict,
    NotPossible,
    Shared,
    held_share,
    invitation,
    reading,
    review,
    share_end,
    still_shared,
    undo_review,
    use_code,
    waiting_for,
    work_list,
)
from diary.analytics.reasons import REASONS
from diary.api.fields import fields_sent
from diary.api.pages import NUMBERED, NUMBERED_SIZE
from diary.api.parsing import row_sent
from diary.api.problems import Refusal
from diary.api.views.diary import PersonalView, shown
from diary.api.views.reading import LOOK, drawn
from diary.clock import local_date
from diary.door import (
    Door,
    door,
    has_second_factor,
    note_seen,
    second_factor_given,
    stepped_up,
)
from diary.exchange import document
from diary.reports import FORMS, PICTURES, compared, report_for, usual_periods
from diary.wording import clinic as list_words
from diary.wording import invitations as invitation_words
from diary.wording import patient as words
from diary.wording import patient_periods, recorded
from diary.wording.lengths import day

LIST = {
    "group": values.Choice((*list_words.GROUPS, "reviewed")),
    "sort": values.Choice(tuple(list_words.SORTS)),
    **NUMBERED,
}
SEARCH = {"q": values.Text(rules.LONGEST_NAME)}
PERIODS = dict.fromkeys(
    ("earlier_from", "earlier_until", "later_from", "later_until"), values.Day()
)
GRANTEE = rules.FIELDS["grantee"]
TOKEN, CODE = values.Text(200), values.Text(40)
REVIEW = {"note": values.Text(rules.LONGEST_NOTE), "reason": values.Text(64)}
CODES_WAIT_S = 3600
NOTES_SHOWN, MEASUREMENTS_SHOWN, REVIEWS_SHOWN = 20, 20, 5


def known_method(view: PersonalView) -> None:
    """Refuse a method that an address does not take, whoever asks: that tells nothing."""
    if view.request.method not in view.allowed_methods:
        raise MethodNotAllowed(str(view.request.method))


class ClinicView(PersonalView):
    """A view for a clinician who gave a second factor in this session, and not long ago."""

    leaving = False  # whether something goes out of the clinic, which asks for it once more

    def admit(self) -> None:
        known_method(self)
        person, session, now = self.request.user, self.request.auth, timezone.now()
        standing = door(person, session, now)
        if standing is Door.NONE:
            raise Http404
        if standing is Door.SECOND_FACTOR:
            raise Refusal("second_factor_needed")
        if standing is Door.LOCKED:
            raise Refusal("second_factor_again")
        if note_seen(session, now):
            try:
                session.save()
            except UpdateError:  # signed out at this very moment
                raise AuthenticationFailed from None
        if self.leaving and not stepped_up(person, session, now):
            raise Refusal("second_factor_again")


class PatientView(ClinicView):
    """A view of one diary that is shared with the clinician."""

    def shared(self, uid: uuid.UUID, what: str) -> Shared:
        """The diary as far as it is shared, the reading written down; or 404."""
        return reading(self.request.user, uid, what, timezone.now())


def held(share: Any) -> dict[str, Any]:
    """A share as the person sees it who holds it."""
    return {
        "uid": str(share.uid),
        "patient": share.diary.owner.name or share.diary.owner.email,
        "what": share.what,
        "since": share.since,
        "until": share_end(share),
        "name": share.name,
        "role": share.role,
    }


class PatientsView(ClinicView):
    """The work list: whom to look at, and why, most pressing first.

    POST searches it: a name is sent, and never a part of an address.
    """

    def readers(self) -> Mapping[str, Any]:
        return LIST

    def get(self, request: Request) -> Response:
        return self.told("")

    def post(self, request: Request) -> Response:
        return self.told(fields_sent(request, SEARCH).get("q", "").strip())

    def told(self, name: str) -> Response:
        asked, person, now = self.asked, self.request.user, timezone.now()
        page, limit = asked["page"] or 1, asked["limit"] or NUMBERED_SIZE
        there = work_list(
            person, now, asked["group"] or "", name, asked["sort"] or "reason",
            (page - 1) * limit, limit,
        )  # fmt: skip
        today = local_date(now, person.time_zone)
        counts = {each.code: each.count for each in list_words.tallies(there.counts, "")}
        return Response({
            "page": page,
            "more": there.more,
            "counts": counts,
            "behind_since": there.behind_since,
            "words": {
                "behind": list_words.behind(there.behind_since, now, BEHIND_AFTER_S),
                "limit": list_words.LIMIT,
            },
            "results": [_line(share, today, person.units) for share in there.shares],
        })  # fmt: skip


def _line(share: Any, today: Any, system: str) -> dict[str, Any]:
    line = list_words.line(share, today, system)
    return {
        "uid": str(share.uid),
        "patient": line.name,
        "reason": line.reason,
        "group": "reviewed" if share.reviewed else REASONS[share.rank],
        "last_entry_on": share.last_entry_on,
        "sentence": line.sentence,
        "last_entry": line.last_entry,
        "chart": line.spark,
    }


class WaitingView(ClinicView):
    """Whose word the clinician still waits for."""

    def get(self, request: Request) -> Response:
        waiting = waiting_for(request.user, timezone.now())
        return Response({"results": [held(share) for share in waiting]})


class InvitationsView(PersonalView):
    """Accept an e-mailed invitation: the owner then agrees to the name and role given here."""

    def admit(self) -> None:
        known_method(self)
        person, session, now = self.request.user, self.request.auth, timezone.now()
        if not second_factor_given(person, session, now):
            again = has_second_factor(person)
            raise Refusal("second_factor_again" if again else "second_factor_needed")

    def post(self, request: Request) -> Response:
        token, grantee = _opens(request, "token", TOKEN)
        now = timezone.now()
        share = invitation(token, request.user, now)
        if share is None:
            raise _unusable()
        try:
            share.accept(request.user, grantee, token, now)
        except NotPossible as why:
            if why.code == "own_diary":
                raise _said("refused", "token", "own_diary", invitation_words.OWN_DIARY) from None
            raise _unusable() from None
        told = {**held(share), "words": str(invitation_words.ACCEPTED)}
        return Response(told, status=201)


def _opens(request: Request, name: str, reader: Any) -> tuple[str, rules.Row]:
    """What opens a share, and name and role of whoever opens it; raises rules.Refused."""
    sent = fields_sent(request, {name: reader, **GRANTEE})
    secret = sent.pop(name, "")
    faults = [] if secret else [rules.Fault(name, "required")]
    try:
        grantee = rules.checked("grantee", sent)
    except rules.Refused as refused:
        raise rules.Refused([*faults, *refused.faults]) from None
    if faults:
        raise rules.Refused(faults)
    return secret, grantee


def _said(code: str, attr: str, error: str, detail: Any, wait_s: int = 0) -> Refusal:
    """A problem with the sentence that the pages have for it."""
    told = {"attr": attr, "code": error, "detail": str(detail)}
    return Refusal(code, wait_s, errors=[told])


def _unusable() -> Refusal:
    return _said("not_found", "token", "unusable", invitation_words.UNUSABLE)


class CodesView(ClinicView):
    """Open a summary with a code that the patient reads out."""

    def post(self, request: Request) -> Response:
        code, grantee = _opens(request, "code", CODE)
        if not ratelimit.consume(request._request, action="use_code", user=request.user):
            told = invitation_words.TOO_MANY_TRIES
            raise _said("too_many_requests", "code", "too_many_tries", told, CODES_WAIT_S)
        try:
            share = use_code(request.user, code, grantee, timezone.now())
        except NotPossible:
            raise _said("refused", "code", "own_diary", invitation_words.OWN_DIARY) from None
        if share is None:
            raise _said("refused", "code", "wrong_code", invitation_words.WRONG_CODE)
        said = invitation_words.OPENED % {"day": day(share_end(share))}
        return Response({**held(share), "words": said}, status=201)


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
    rows = patient.rows("measurement").select_related("entered_through")[:MEASUREMENTS_SHOWN]
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
        if name not in PICTURES or form not in FORMS:
            raise Http404
        patient = self.shared(uid, "summary")
        report = report_for(patient.diary, patient.share.since)
        picture = drawn(report, name, form, self.asked, request.user)
        still_shared(patient, "summary", timezone.now())
        return HttpResponse(picture, content_type=FORMS[form])


class PatientDocumentView(PatientView):
    """The entries that are shared, as a diary document."""

    leaving = True

    def get(self, request: Request, uid: uuid.UUID) -> HttpResponse:
        patient = self.shared(uid, "entries")
        data = document.dumped(patient.document())
        still_shared(patient, "entries", timezone.now())
        return HttpResponse(data, content_type="application/json")


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
        faults = [
            rules.Fault(f"{side}_until", "ends_before_it_begins")
            for side, (first, last) in (("earlier", earlier), ("later", later))
            if last < first
        ]
        if faults:
            raise rules.Refused(faults)
        since = patient.share.since
        found = compared(patient.diary, since, earlier, later)
        said = asdict(patient_periods.comparison(found, since, request.user.units))
        still_shared(patient, "comparison", timezone.now())
        return Response({**found, "words": said})


class ReviewView(PatientView):
    """Tick a diary off until there is a new reason to look; DELETE takes the last tick back."""

    def post(self, request: Request, uid: uuid.UUID) -> Response:
        patient, sent = self.shared(uid, "review"), fields_sent(request, REVIEW)
        if "reason" not in sent:
            raise rules.Refused([rules.Fault("reason", "required")])
        try:
            review(patient, sent.get("note", "").strip(), sent["reason"], timezone.now())
        except NotPossible:
            raise Refusal("new_reason") from None
        return Response({"reviewed": True})

    def delete(self, request: Request, uid: uuid.UUID) -> Response:
        undo_review(self.shared(uid, "review"), timezone.now())
        return Response(status=204)


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
