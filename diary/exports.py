"""What leaves the clinic of a shared diary, and in which form?

Every face hands in what `access.reading` gave it. What takes long to make is not handed out where
it is not shared any more by then.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from diary.clock import local_date
from diary.pictures import charts_of
from diary.reports import report_for
from diary.shared import NotShared, Shared, still_shared
from diary.units import SYSTEMS
from diary.wording import charts, drawn, patient, patient_text, recorded


@dataclass(frozen=True)
class Face:
    """What a shared diary shows as of the patient's today, in words and drawn."""

    page: patient.Page
    charts: list[charts.Chart]
    assessment: dict[str, Any]
    today: date


@dataclass(frozen=True)
class Output:
    """A file: its content, its type, and a name that says neither who nor what."""

    content: bytes
    content_type: str
    name: str


def face(shared: Shared, system: str, now: datetime) -> Face:
    """A shared diary in the reader's units and language, from its stored report.

    Asks once more whether it is shared, as all that is made here: raises NotShared.
    """
    share = shared.share
    report = report_for(shared.diary, share.since)
    today = local_date(now, shared.diary.owner.time_zone)
    born = shared.diary.own_profile().birth_year
    by = _measured_by(shared)
    page = patient.page(share, born, report.assessment, by, today, system)
    pictures = charts_of(report, SYSTEMS[system][0], drawn.words())
    beside = {"onset": page.said.onset, "relief": page.said.relief[:-1]}  # told apart: Edinburgh
    still_shared(shared, "summary", timezone.now())
    return Face(page, charts.shown(pictures, beside, system), report.assessment, today)


def _measured_by(shared: Shared) -> dict[str, str]:
    """Who entered the measurements that the patient did not, as far as they are named."""
    return {
        uid: recorded.measured_by(share) if share else str(recorded.BY_CLINICIAN)
        for uid, share in shared.entered_by_clinicians().items()
    }


def text(shared: Shared, system: str, now: datetime) -> str:
    """A note of at most ten lines, ready for a record."""
    told = face(shared, system, now)
    return patient_text.text(told.page, told.assessment, told.today, system)


def file(shared: Shared, what: str, system: str, now: datetime) -> Output:
    """The file of one kind of reading: 'pdf', 'csv' or 'fhir'; raises NotShared."""
    content_type, ending = KINDS[what]
    share = shared.share
    name = f"waymark-{str(share.uid)[:8]}-{local_date(now, shared.diary.owner.time_zone)}.{ending}"
    made = Output(MADE[what](shared, system, now), content_type, name)
    still_shared(shared, what, timezone.now())
    return made


def _pdf(shared: Shared, system: str, now: datetime) -> bytes:
    return _printed(shared, face(shared, system, now), system)


def _printed(shared: Shared, told: Face, system: str) -> bytes:
    from diary.exchange.report_pdf import pdf
    from diary.wording.patient_report import report

    reader = (shared.share.name, shared.share.role)
    return pdf(report(told.page, told.assessment, told.charts, reader, told.today, system))


def _csv(shared: Shared, _system: str, now: datetime) -> bytes:
    from diary.exchange.spreadsheet import archive

    told = shared.share
    about = "\n".join([
        _("Entries of a walking and leg-pain diary, one file each list."),
        patient.banner(told, shared.diary.own_profile().birth_year).title,
        patient.terms(told),
        str(patient.LIMIT),
        _("An empty cell means not recorded; “none” means asked and none; 0 is a zero."),
    ])  # fmt: skip
    zone = shared.diary.owner.time_zone
    return archive(shared.document(), zone, about + "\n", notes=shared.allows("notes"))


def _fhir(shared: Shared, system: str, now: datetime) -> bytes:
    from diary.exchange import bundle

    share = shared.share
    if share.agreed_at is None:
        raise NotShared
    told = face(shared, system, now)
    whose = bundle.Shared(
        uid=str(share.uid),
        patient=shared.diary.owner.name,
        born=shared.diary.own_profile().birth_year,
        clinician=share.name,
        role=share.role,
        scope=share.what,
        since=share.since,
        until=share.ends_at,
        agreed_at=share.agreed_at,
        made_at=now,
    )
    document = shared.document() if shared.allows("entries") else None
    return bundle.bundle(
        whose,
        told.assessment,
        document,
        conclusion=f"{patient_text.flags(told.assessment)} {told.page.said.said.sentence}",
        pdf=_printed(shared, told, system),
        by_clinician=shared.entered_by_clinicians(),
    )


KINDS = {
    "pdf": ("application/pdf", "pdf"),
    "csv": ("application/zip", "zip"),
    "fhir": ("application/fhir+json", "json"),
}
MADE: dict[str, Callable[[Shared, str, datetime], bytes]] = {
    "pdf": _pdf,
    "csv": _csv,
    "fhir": _fhir,
}
