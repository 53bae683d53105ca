"""What does a clinician take away of a diary that is shared with them?

A FHIR R4 (4.0.1) Bundle of type collection. What the patient reported is marked so, row by row.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Collection, Mapping
from typing import Any

from diary.exchange.bundle.codes import URI, concept
from diary.exchange.bundle.elements import Resource, Subject, instant, text, url
from diary.exchange.bundle.entries import entries
from diary.exchange.bundle.people import Shared, people
from diary.exchange.bundle.summary import effective, summary

__all__ = ["Shared", "bundle"]

REPORT = concept("Walking and leg-pain diary, as the patient recorded it")
REPORT_CATEGORY = concept("Self-reported")


def bundle(
    shared: Shared,
    assessment: Mapping[str, Any],
    document: Mapping[str, Any] | None,
    *,
    conclusion: str,
    pdf: bytes,
    by_clinician: Collection[str] = (),
) -> bytes:
    """The file's bytes; the same input gives the same.

    `document` holds the checked rows that the share allows, from `Diary.document_shared`; none of
    it is read where the scope is 'summary', and no note unless it is 'notes'. `assessment` is of
    those same rows. `conclusion` is the sentence over the report; an empty one, or no `pdf`, is
    left out. `by_clinician` are the ids of measurements that a clinician entered, which are not
    marked as self-reported. What is not recorded is absent; an empty diary gives a valid file.
    """
    subject = Subject(shared.uid, shared.scope == "notes", by_clinician)
    told = [*summary(subject, assessment)]
    if document is not None and shared.scope != "summary":
        told += entries(subject, document)
    report = _report(subject, shared, assessment, told, conclusion, pdf)
    resources = [*people(subject, shared), report, *told]
    uid = subject.named(f"bundle/{instant(shared.made_at)}")
    whole = {
        "resourceType": "Bundle",
        "id": uid,
        "identifier": {"system": URI, "value": url(uid)},
        "type": "collection",
        "timestamp": instant(shared.made_at),
        # A row that came twice without an id is the same resource twice: once is enough.
        "entry": [*{each["id"]: _entry(each) for each in resources}.values()],
    }
    written = json.dumps(whole, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return written.encode()


def _entry(resource: Resource) -> Resource:
    return {"fullUrl": url(resource["id"]), "resource": resource}


def _report(
    subject: Subject,
    shared: Shared,
    assessment: Mapping[str, Any],
    told: list[Resource],
    conclusion: str,
    pdf: bytes,
) -> Resource:
    """The report over all Observations; those grouped under another are found through it."""
    return subject.resource(
        "DiagnosticReport",
        "report",
        # R4: 'final' and 'preliminary' are verified by somebody, 'partial' may be unverified.
        status="partial",
        category=[REPORT_CATEGORY],
        code=REPORT,
        subject=subject.reference("patient"),
        issued=instant(shared.made_at),
        result=_results(told),
        conclusion=text(conclusion),
        presentedForm=[_attachment(shared, pdf)] if pdf else None,
        **effective(assessment),
    )


def _results(told: list[Resource]) -> list[Resource]:
    members = {each["reference"] for resource in told for each in resource.get("hasMember", ())}
    all_urls = dict.fromkeys(
        url(each["id"]) for each in told if each["resourceType"] == "Observation"
    )
    return [{"reference": each} for each in all_urls if each not in members]


def _attachment(shared: Shared, pdf: bytes) -> Resource:
    return {
        "contentType": "application/pdf",
        "data": base64.b64encode(pdf).decode(),
        "title": REPORT["text"],
        "creation": instant(shared.made_at),
    }
