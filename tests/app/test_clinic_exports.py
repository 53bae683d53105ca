"""Does what leaves the clinic tell what is shared, all of it, and only while it is shared?"""

from __future__ import annotations

import base64
import csv
import io
import json
import re
import zipfile
from datetime import date, timedelta
from typing import Any

import pypdf
import pytest
from django.test import Client
from django.urls import reverse

from diary import exports
from diary.access import change_terms
from diary.models import AccessRecord, Diary, Share
from diary.shared import Shared
from tests.app.conftest import CANARY, NOW
from tests.app.sharing import (
    UNTIL,
    at,
    at_the_clinic,
    clinician,
    give_second_factor,
    keep,
    measured,
    shared_with,
    text,
    walks,
)
from tests.app.test_wording import ALLOWED, FORBIDDEN

FILES = ("pdf", "csv", "fhir")
pytestmark = pytest.mark.usefixtures("clock")
MEASURED = {
    "id": "aaaaaaaa-0000-4000-8000-000000000003", "date": "2026-05-20",
    "kind": "ankle_brachial_index_left", "value": 0.62,
}  # fmt: skip


@pytest.fixture
def patient(patient) -> Diary:
    """The patient, once measured by themselves."""
    keep(patient, measurement=[MEASURED])
    return patient


def of_pdf(content: bytes) -> list[str]:
    """What each page says; words of a line may stand apart."""
    pages = pypdf.PdfReader(io.BytesIO(content)).pages
    return [re.sub(r"\s+", " ", page.extract_text()) for page in pages]


def of_zip(content: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(content)) as files:
        return {name: files.read(name).decode("utf-8-sig") for name in files.namelist()}


def everything(what: str, content: bytes) -> str:
    """All that somebody can read in a file, in the PDF within a bundle too."""
    if what == "pdf":
        return "\n".join(of_pdf(content))
    if what == "csv":
        return "\n".join(of_zip(content).values())
    said, report = content.decode(), parsed(content)["DiagnosticReport"][0]
    attached = base64.b64decode(report["presentedForm"][0]["data"])
    return said + "\n".join(of_pdf(attached))


def parsed(content: bytes) -> dict[str, list[dict]]:
    found: dict[str, list[dict]] = {}
    for entry in json.loads(content)["entry"]:
        found.setdefault(entry["resource"]["resourceType"], []).append(entry["resource"])
    return found


def note(clinic: Client, share: Share) -> list[str]:
    page = clinic.get(at(share, "text")).content.decode()
    found = re.search(r"<textarea[^>]*>(.*?)</textarea>", page, re.S)
    assert found
    return found[1].strip().splitlines()


def test_a_file_is_an_attachment_for_nobodys_cache_named_after_neither_person_nor_illness(
    patient, nurse, clinic
):
    share = shared_with(patient, nurse)
    for what, ending in zip(FILES, ("pdf", "zip", "json"), strict=True):
        response = clinic.get(at(share, what))
        assert response.headers["Content-Disposition"] == (
            f'attachment; filename="waymark-{str(share.uid)[:8]}-2026-06-01.{ending}"'
        )
        assert "no-store" in response.headers["Cache-Control"]
        assert response.headers["Content-Type"] == exports.KINDS[what][0]


def test_the_report_names_patient_period_n_and_self_reported_on_each_page(patient, nurse, clinic):
    pages = of_pdf(clinic.get(at(shared_with(patient, nurse), "pdf")).content)
    assert len(pages) <= 2
    for page in pages:
        for words in ("walker", "Self-reported", "40 walks, 40 with pain", "of 52 days",
                      "makes no diagnosis", "censored lognormal"):  # fmt: skip
            assert words in page, words
    said = " ".join(pages)
    for words in ("Speak to a doctor today", "claudication-style pattern", "pain on walks",
                  "Right: no pain recorded",
                  "Peripheral artery disease", "LR", "Ankle-brachial index, left: 0.62",
                  "Dr clinician, Vascular nurse", "worst 6 of 10"):  # fmt: skip
        assert words in said, words
    assert FORBIDDEN.findall(ALLOWED.sub("", said)) == []


def test_the_entries_are_csv_files_that_read_back(patient, nurse, clinic):
    files = of_zip(clinic.get(at(shared_with(patient, nurse), "csv")).content)
    assert set(files) == {"README.txt", "walks.csv", "pains.csv", "check_ins.csv", "changes.csv",
                          "measurements.csv"}  # fmt: skip
    rows = list(csv.DictReader(io.StringIO(files["walks.csv"])))
    assert len(rows) == 40
    assert {row["notes"] for row in rows} >= {f"{CANARY}-note-0"}
    for words in ("walker", "entries with notes", "Self-reported"):
        assert words in files["README.txt"]


def test_the_bundle_holds_the_consent_the_report_and_the_entries(patient, nurse, clinic):
    patient.put("profile", {"birth_year": 1950}, NOW)
    found = parsed(clinic.get(at(shared_with(patient, nurse), "fhir")).content)
    assert found["Patient"][0]["name"] == [{"text": "walker"}]
    assert found["Patient"][0]["birthDate"] == "1950"
    assert found["Practitioner"][0]["name"] == [{"text": "Dr clinician"}]
    assert found["Consent"][0]["status"] == "active"
    report = found["DiagnosticReport"][0]
    assert re.match(
        r"Signs that ask for help: Same day: .*; Same day: swelling of a leg \(30 May 2026\).*"
        r"claudication-style pattern", report["conclusion"]
    )  # fmt: skip
    assert report["presentedForm"][0]["contentType"] == "application/pdf"
    assert len(found["Observation"]) > 100


def test_the_bundle_tells_who_measured(patient, nurse, clinic):
    share = shared_with(patient, nurse)
    clinic.post(at(share, "measurement-add"), measured(value="0.71"))
    found = parsed(clinic.get(at(share, "fhir")).content)["Observation"]
    by_patient = {
        each["valueQuantity"]["value"]: "performer" in each
        for each in found
        if each.get("valueQuantity", {}).get("value") in (0.62, 0.71)
    }
    assert by_patient == {0.62: True, 0.71: False}


def test_the_bundle_of_a_summary_has_no_entry(patient, nurse, clinic):
    share = shared_with(patient, nurse, "summary")
    found = parsed(clinic.get(at(share, "fhir")).content)
    assert len(found["Observation"]) == 3  # walks, onset, relief
    assert clinic.get(at(share, "csv")).status_code == 404


def test_the_text_is_ten_lines_of_plain_words_each_with_its_n(patient, nurse, clinic):
    lines = note(clinic, shared_with(patient, nurse))
    assert len(lines) <= 10
    assert "walker, year of birth not given" in lines[0]
    assert "self-reported" in lines[0]
    for line in lines[1:9]:
        assert re.search(r"\d", line), line
    said = "\n".join(lines)
    for words in ("40: 40 with pain", "Same day: swelling of a leg",
                  "signs answered in 1 of 1 check-ins", "n = 40 onsets",
                  "standing still 40/40",
                  "Ankle-brachial index, left 0.62 on 20 May 2026"):  # fmt: skip
        assert words in said, words
    assert FORBIDDEN.findall(ALLOWED.sub("", said)) == []
    assert "<" not in said


def test_who_measured_is_told_in_the_text_and_in_the_report(patient, nurse, clinic):
    share = shared_with(patient, nurse)
    assert "entered by the patient" in "\n".join(note(clinic, share))
    clinic.post(at(share, "measurement-add"), measured(value="0.71"))
    summary = shared_with(patient, clinician("second"), "summary")
    for held, opened, by in (
        (share, clinic, "entered by Dr clinician, Vascular nurse"),
        (summary, at_the_clinic(summary.grantee), "entered by a clinician"),
    ):
        for said in ("\n".join(note(opened, held)),
                     " ".join(of_pdf(opened.get(at(held, "pdf")).content))):  # fmt: skip
            assert f"0.71 on 1 June 2026, the newest of 2, {by}" in said
            assert "entered by the patient" not in said


def test_a_negative_edinburgh_rule_is_told_with_what_it_misses(diary, nurse, clinic):
    back = walks(12)
    for row in back:
        row["pain"] = [{"onset_distance_m": 100, "site": "lower_back", "side": "left",
                        "relief": "none", "rest_s": 600}]  # fmt: skip
    keep(diary, walk=back)
    said = "\n".join(note(clinic, shared_with(diary, nurse)))
    assert re.search(
        "negative .many people with narrowed arteries do not match it either.", said
    )  # fmt: skip


def test_the_report_has_one_thought_a_sentence_and_its_signs_by_urgency(diary, nurse, clinic):
    signs = ["better_on_sitting", "worse_on_standing", "swelling", "warmth", "fever"]
    rows = walks(12)
    rows[0]["clock_suspect"] = True
    keep(
        diary,
        walk=rows,
        check_in=[{"date": f"2026-05-{day}", "signs": signs} for day in range(10, 20)]
        + [{"date": "2026-05-30", "signs": ["wound_not_healing"]},
           {"date": "2026-05-31", "signs": []}],
        change=[{"id": f"aaaaaaaa-0000-4000-8000-00000000001{number}", "date": f"2026-05-2{number}",
                 "kind": "physiotherapy"} for number in range(3)],
    )  # fmt: skip
    pages = of_pdf(clinic.get(at(shared_with(diary, nurse), "pdf")).content)
    said = " ".join(pages)
    for words in ("In 1 of them none was ticked. Swelling", "A sore on the foot",
                  "1 of 12, last on",
                  "Nothing measured.", "Left out: 1 walk, because its time is in doubt",
                  "And 2 more on the screen."):  # fmt: skip
        assert words in said, words
    assert not re.search(r"\.;|\. ;|\.\.|and \d+ more [A-Z]", said)
    assert all("Left out" in page for page in pages)


@pytest.mark.parametrize("count", [0, 1, 3])
def test_the_text_of_next_to_nothing_says_what_is_not_known(diary, nurse, clinic, count):
    keep(diary, walk=walks(count))
    lines = note(clinic, shared_with(diary, nurse))
    assert len(lines) <= 10
    said = "\n".join(lines)
    if count < 3:  # three such walks may show a pattern already
        assert "none recorded (signs answered in 0 of 0 check-ins; what was not asked" in said
        assert "not enough recorded to tell" in said
    assert "None" not in said


@pytest.mark.parametrize("what", ["summary", "entries", "notes"])
def test_no_file_has_a_note_that_is_not_shared(victim, nurse, clinic, what):
    share = shared_with(victim, nurse, what)
    found = {}
    for file in FILES if what != "summary" else ("pdf", "fhir"):
        said = everything(file, clinic.get(at(share, file)).content)
        found[file] = set(re.findall(rf"{CANARY}-(?!name)(\w+)", said))
    words = {"walk", "day", "change", "measured"}
    assert found["pdf"] == set()
    if what == "entries":
        assert found["csv"] == found["fhir"] == {"shoes"}
    if what == "notes":
        assert found["csv"] == found["fhir"] == {"shoes", *words}
    assert not any(f"{CANARY}-{word}" in "\n".join(note(clinic, share)) for word in words)


def test_no_file_has_what_came_before_the_shared_days(patient, nurse, clinic):
    share = shared_with(patient, nurse, since=date(2026, 5, 1))
    for file in FILES:
        said = everything(file, clinic.get(at(share, file)).content)
        assert not re.search(r"\b77[7-9]\b|\b78[0-9]\b|\b79[01]\b|2026-04-|April 2026", said), file
        assert "40 walks" not in said
    assert "20: 20 with pain" in "\n".join(note(clinic, share))


@pytest.mark.parametrize("what", FILES)
def test_a_share_that_is_stopped_while_the_file_is_made_sends_nothing(
    patient, nurse, clinic, monkeypatch, what
):
    share, made = shared_with(patient, nurse), exports.MADE[what]

    def stopped_meanwhile(*given: Any) -> bytes:
        content = made(*given)
        Share.objects.get(pk=share.pk).stop(NOW)
        return content

    monkeypatch.setitem(exports.MADE, what, stopped_meanwhile)
    response = clinic.get(at(share, what))
    assert response.status_code == 404
    assert b"walker" not in response.content
    assert "Content-Disposition" not in response.headers


@pytest.mark.parametrize("what", FILES)
def test_a_share_that_is_narrowed_while_the_file_is_made_sends_nothing(
    patient, nurse, clinic, monkeypatch, what
):
    share, made = shared_with(patient, nurse), exports.MADE[what]

    def narrowed_meanwhile(*given: Any) -> bytes:
        content = made(*given)
        terms = {"what": "entries", "since": None, "until": UNTIL.isoformat()}
        change_terms(Share.objects.get(pk=share.pk), terms, NOW)
        return content

    monkeypatch.setitem(exports.MADE, what, narrowed_meanwhile)
    assert clinic.get(at(share, what)).status_code == 404


@pytest.mark.parametrize("what", FILES)
def test_a_file_asks_for_the_second_factor_once_more(patient, nurse, clinic, clock, what):
    share = shared_with(patient, nurse)
    clock.shift(timedelta(minutes=6))
    asked = clinic.get(at(share, what))
    assert asked.status_code == 302
    assert asked.url.startswith(reverse("mfa_reauthenticate_webauthn"))
    assert not AccessRecord.objects.exists()
    give_second_factor(clinic)
    assert clinic.get(at(share, what)).status_code == 200
    assert list(AccessRecord.objects.values_list("reading", "refused")) == [(what, False)]


@pytest.mark.parametrize("what", FILES)
def test_without_a_record_no_file_goes_out(patient, nurse, clinic, monkeypatch, what):
    share = shared_with(patient, nurse)

    def broken(*_args: Any, **_options: Any) -> None:
        raise OSError("the disk is full")

    monkeypatch.setattr(AccessRecord, "save", broken)
    clinic.raise_request_exception = False
    response = clinic.get(at(share, what))
    assert response.status_code == 500
    assert "Content-Disposition" not in response.headers


def test_files_of_an_empty_diary_are_whole(diary, nurse, clinic):
    share = shared_with(diary, nurse)
    assert "No walks and no check-ins" in "".join(of_pdf(clinic.get(at(share, "pdf")).content))
    assert len(of_zip(clinic.get(at(share, "csv")).content)) == 6
    assert "Consent" in parsed(clinic.get(at(share, "fhir")).content)


def test_yards_are_read_in_the_report_and_in_the_text(patient, nurse, clinic):
    nurse.units = "imperial"
    nurse.save()
    share = shared_with(patient, nurse)
    said = " ".join(of_pdf(clinic.get(at(share, "pdf")).content))
    assert re.search(r"\d.?yd\b", said)
    assert not re.search(r"\d.m\b", said)
    assert re.search(r"middle \d+.yd", "\n".join(note(clinic, share)))


def test_the_button_to_copy_needs_no_script_to_read_the_text(patient, nurse, clinic):
    response = clinic.get(at(shared_with(patient, nurse), "text"))
    page = response.content.decode()
    assert re.search(r"<textarea[^>]*readonly", page)
    assert re.search(r'<button type="button" data-copies="note" hidden>', page)
    assert "Copy as text" in text(response)


def test_a_file_that_a_share_never_allowed_is_refused_by_the_maker_too(patient, nurse):
    share = shared_with(patient, nurse, "summary")
    with pytest.raises(exports.NotShared):
        exports.file(Shared(share), "csv", "metric", NOW)
