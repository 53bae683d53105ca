"""Who shares what with whom, until when, as FHIR resources?"""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from diary.exchange.bundle.codes import HL7, URI, coding, concept
from diary.exchange.bundle.elements import Resource, Subject, instant, said, text

SCOPES = {
    "summary": "The summary of the diary",
    "entries": "The entries of the diary, without notes",
    "notes": "The entries of the diary, with notes",
}
PRIVACY = concept("Privacy", coding(f"{HL7}/consentscope", "patient-privacy", "Privacy Consent"))
ACCESS = concept(
    "Access to the diary", coding(f"{HL7}/v3-ActCode", "INFA", "information access")
)  # fmt: skip
# R4 asks for a policy. There is none but the patient's own word.
POLICY = concept(
    "The patient shares the diary with the person named here, and can stop at any time",
    coding(f"{HL7}/v3-ActCode", "OPTIN", "opt-in"),
)
RECIPIENT = concept(
    "Reads the diary", coding(f"{HL7}/v3-ParticipationType", "IRCP", "information recipient")
)


@dataclass(frozen=True)
class Shared:
    """One share of a diary: between whom, of what, for how long."""

    uid: str  # the share's UUID: the patient's only identifier in the file
    patient: str  # the name as the patient wrote it; may be empty
    born: int | None  # the year, as the patient wrote it: R4's dates may be a year alone
    clinician: str
    role: str
    scope: str  # one of SCOPES
    since: date | None  # the first day that is shared; None: from the beginning
    until: datetime  # when the share ends
    agreed_at: datetime
    made_at: datetime  # when the file is made


def people(subject: Subject, shared: Shared) -> Iterator[Resource]:
    """The patient, the clinician in their role, and what the one allows the other."""
    identifier = {"system": URI, "value": uuid.UUID(shared.uid).urn}
    yield subject.resource(
        "Patient",
        "patient",
        identifier=[identifier],
        name=_names(shared.patient),
        birthDate=f"{shared.born:04d}" if shared.born else None,
    )
    yield subject.resource(
        "Practitioner", "clinician", reported=None, name=_names(shared.clinician)
    )
    yield subject.resource(
        "PractitionerRole",
        "role",
        reported=None,
        practitioner=subject.reference("clinician"),
        code=[concept(text(shared.role))] if text(shared.role) else None,
    )
    yield _consent(subject, shared)


def _names(name: str) -> list[Resource]:
    return [{"text": text(name)}] if text(name) else []


def _consent(subject: Subject, shared: Shared) -> Resource:
    actor = {"role": RECIPIENT, "reference": subject.reference("role")}
    provision = said(
        type="permit",
        period={"start": instant(shared.agreed_at), "end": instant(shared.until)},
        actor=[actor],
        code=[concept(SCOPES[shared.scope])],
        dataPeriod={"start": shared.since.isoformat()} if shared.since else None,
    )
    return subject.resource(
        "Consent",
        "consent",
        status="active",
        scope=PRIVACY,
        category=[ACCESS],
        patient=subject.reference("patient"),
        dateTime=instant(shared.agreed_at),
        performer=[subject.reference("patient")],
        policyRule=POLICY,
        provision=provision,
    )
