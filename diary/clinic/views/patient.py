"""What does one patient's diary show, and what does the clinician add to it?"""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from diary import exports, rules, values
from diary.access import Conflict
from diary.clinic.forms.patient import NoteForm, PeriodsForm
from diary.clinic.guards import clinician, shared
from diary.clock import local_date
from diary.reports import compared
from diary.shared import Shared
from diary.web.forms.entries import MeasurementForm
from diary.wording import patient as words
from diary.wording import patient_periods, patient_rows, recorded

ROWS_A_PAGE = 50
NOTES_SHOWN, MEASUREMENTS_SHOWN, REVIEWS_SHOWN = 20, 20, 5


@clinician
@require_safe
def patient_show(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """One screen: what the diary shows, on what it rests, and the clinician's own notes."""
    patient = shared(request, uid, "summary")
    face = exports.face(patient, request.user.units, timezone.now())
    context = {
        "patient": face.page.banner,
        "page": face.page,
        "charts": face.charts,
        "measured": _measured(patient),
        "notes": patient.notes()[:NOTES_SHOWN],
        "reviews": patient.reviews()[:REVIEWS_SHOWN],
        "form": NoteForm(),
        "words": words.PATIENTS_WORDS,
        "today": face.today,
    }
    return render(request, "clinic/patient_show.html", context)


@clinician
@require_safe
def patient_rows_list(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """The entries of one kind as they were written, newest first, or from one day back."""
    patient = shared(request, uid, "entries")
    shape = request.GET.get("shape", "walk")
    if shape not in patient_rows.SHAPES:
        raise Http404
    until = _day(request.GET.get("until", ""))
    page = Paginator(patient.rows(shape, until), ROWS_A_PAGE).get_page(request.GET.get("page"))
    banner = _banner(patient)
    context = {
        "patient": banner,
        "shapes": patient_rows.SHAPES,
        "shape": shape,
        "until": until,
        "page": page,
        "entries": patient_rows.entries(page, request.user.units, banner.zone),
        "none": patient_rows.NONE_YET[shape],
        "limit": words.LIMIT,
    }
    return render(request, "clinic/patient_rows.html", context)


@clinician
@require_safe
def patient_compare(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """Two periods side by side."""
    patient = shared(request, uid, "comparison")
    form = PeriodsForm(request.GET, _today(patient))
    said = _compared(patient, form, request.user.units) if form.is_valid() else None
    context = {"patient": _banner(patient), "form": form, "said": said, "limit": words.LIMIT}
    status = 200 if said else 422
    return render(request, "clinic/patient_compare.html", context, status=status)


def _compared(patient: Shared, form: PeriodsForm, system: str) -> Any:
    """Two periods in words; None where they were refused, which the form then says."""
    since, periods = patient.share.since, (form.period("earlier"), form.period("later"))
    try:
        found = compared(patient.diary, since, *periods)
    except rules.Refused as refused:
        for fault in refused.faults:
            form.say(fault)
        return None
    return patient_periods.comparison(found, since, system)


@clinician
@require_POST
def patient_note_add(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """Keep a note of the clinician's own."""
    patient = shared(request, uid, "note")
    form = NoteForm(request.POST)
    note = form.checked()
    if note:
        patient.add_note(note, timezone.now())
        messages.success(request, _("The note is kept. The patient is told that it exists."))
        return redirect("patient-show", uid)
    context = {"patient": _banner(patient), "form": form}
    return render(request, "clinic/patient_note_add.html", context, status=422)


@clinician
@require_POST
def patient_note_show(request: HttpRequest, uid: uuid.UUID, pk: int) -> HttpResponse:
    """Show one's own note to the patient, or no more."""
    patient, shown = shared(request, uid, "note"), request.POST.get("shown") == "yes"
    if not patient.show_note(pk, shown):
        raise Http404
    said = _("The patient can read the note.") if shown else _("The patient cannot read the note.")
    messages.success(request, said)
    return redirect("patient-show", uid)


@clinician
@require_http_methods(["GET", "HEAD", "POST"])
def patient_measurement_add(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """Enter what was measured in clinic into the patient's diary."""
    patient = shared(request, uid, "measurement")
    data = request.POST if request.method == "POST" else None
    form = MeasurementForm(data, initial={"date": _today(patient)})
    if data and form.is_valid() and (row := _entered(patient, form)):
        messages.success(request, recorded.entered(row, patient.share.since))
        return redirect("patient-show", uid)
    context = {"patient": _banner(patient), "form": form}
    status = 422 if data else 200
    return render(request, "clinic/patient_measurement_add.html", context, status=status)


def _entered(patient: Shared, form: MeasurementForm) -> Any:
    """The measurement that was kept; None where it was refused, which the form then says."""
    try:
        return patient.enter_measurement(form.values(), timezone.now())
    except rules.Refused as refused:
        for fault in refused.faults:
            form.say(fault)
    except Conflict:
        form.add_error(None, _("This was entered already. Open the form anew for another value."))
    return None


def _measured(patient: Shared) -> list[tuple[str, str, str, str]]:
    """The newest measurements with who entered them, where rows are shared."""
    if not patient.allows("entries"):
        return []
    return recorded.measurements(patient.rows("measurement")[:MEASUREMENTS_SHOWN])


def _banner(patient: Shared) -> words.Banner:
    return words.banner(patient.share, patient.diary.own_profile().birth_year)


def _today(patient: Shared) -> date:
    return local_date(timezone.now(), patient.diary.owner.time_zone)


def _day(text: str) -> date | None:
    """The day of an address, None where there is none; another one is not found."""
    try:
        return values.Day().read(text) if text else None
    except values.Fail:
        raise Http404 from None
