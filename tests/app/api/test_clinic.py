"""Does a clinician see over the API what the pages show them, by the same rules?"""

from __future__ import annotations

import io
import json
import zipfile
from datetime import date, timedelta
from typing import Any

import pypdf
import pytest
from allauth.mfa.totp.internal.auth import TOTP
from django.core import mail
from django.core.cache import caches

from diary import exports, pictures, reports
from diary.access import invite
from diary.models import AccessRecord, Diary, Person, Review, Share
from diary.shared import Shared
from tests.app.api.conftest import Phone, token_of
from tests.app.api.doors import is_problem
from tests.app.api.test_sharing import ABSENT, TERMS, fits
from tests.app.conftest import CANARY, NOW
from tests.app.sharing import clinician, factor_given, shared_with
from tests.app.test_second_factor import digits

GRANTEE = {"name": "Dr Lind", "role": "Surgeon"}
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
MEASURED = {
    "id": "cccccccc-0000-4000-8000-000000000003", "date": "2026-05-20",
    "kind": "ankle_brachial_index_left", "value": 0.62,
}  # fmt: skip
pytestmark = pytest.mark.usefixtures("clock")
FILES = {"report.pdf": "pdf", "entries.zip": "csv", "bundle.json": "fhir", "document/": "entries"}


@pytest.fixture
def clinic(nurse) -> Phone:
    """The nurse's phone, on which a second factor was given."""
    return phone_of(nurse)


def phone_of(person: Person) -> Phone:
    """A phone on which the person has just given a second factor."""
    phone = Phone(token_of(person))
    factor_given(phone.token)
    return phone


def at(share: Share, where: str = "") -> str:
    return f"clinic/patients/{share.uid}/{where}"


def test_the_work_list_says_what_the_page_says_and_is_written_down(patient, nurse, clinic):
    share = shared_with(patient, nurse)
    reports.bring_up_to_date(share)
    told = fits(clinic.get("clinic/patients/"), "PatientPage")
    (line,) = told["results"]
    assert (line["uid"], line["patient"], line["group"]) == (str(share.uid), "walker", "red_flag")
    assert "deep vein thrombosis" in line["sentence"]
    assert line["last_entry_on"] == "2026-06-01"
    assert line["chart"].startswith("<svg")
    assert told["counts"]["red_flag"] == 1
    assert told["behind_since"] is None
    assert clinic.get("clinic/patients/?group=quiet").json()["results"] == []
    assert clinic.post("clinic/patients/", {"q": "WALK"}).json()["results"] == [line]
    assert clinic.post("clinic/patients/", {"q": "nobody"}).json()["results"] == []
    assert is_problem(clinic.get("clinic/patients/?q=WALK"), 422, "refused")
    assert is_problem(clinic.get("clinic/patients/?group=all"), 422, "refused")
    assert {each.reading for each in AccessRecord.objects.all()} == {"work_list"}


def test_the_list_says_since_when_it_is_behind(patient, nurse, clinic, clock):
    shared_with(patient, nurse)
    clock.shift(timedelta(minutes=5))
    told = clinic.get("clinic/patients/").json()
    assert told["behind_since"] == "2026-06-01T12:00:00Z"
    assert "behind" in told["words"]["behind"]


def test_an_invitation_is_accepted_and_opens_nothing_before_the_owners_word(patient, phone, clock):
    person = Person.objects.create_user("lind@clinic.example", "a-long-password", name="Lind")
    at_clinic = phone_of(person)
    assert at_clinic.get("clinic/patients/").status_code == 404
    phone.post("shares/", {"email": person.email, **TERMS})
    token = mail.outbox[-1].body.split("/invitation/")[1].split("/")[0]
    assert is_problem(
        at_clinic.post("clinic/invitations/", {"token": token, "name": " "}), 422, "refused"
    )
    told = fits(at_clinic.post("clinic/invitations/", {"token": token, **GRANTEE}), "Opened")
    assert told["patient"] == "walker"
    again = at_clinic.post("clinic/invitations/", {"token": token, **GRANTEE})
    assert is_problem(again, 404, "not_found")
    assert "Ask the patient for a new one." in again.json()["errors"][0]["detail"]
    waiting = fits(at_clinic.get("clinic/waiting/"), "Waiting")
    assert [each["uid"] for each in waiting["results"]] == [told["uid"]]
    where = f"clinic/patients/{told['uid']}/"
    missing = at_clinic.get(f"clinic/patients/{ABSENT}/")
    assert at_clinic.get(where).content == missing.content
    assert phone.post(f"shares/{told['uid']}/agree/").status_code == 200
    assert at_clinic.get(where).status_code == 200
    assert at_clinic.get("clinic/waiting/").json()["results"] == []


def test_a_token_of_another_is_answered_like_one_that_is_none(patient, phone, clinic):
    phone.post("shares/", {"email": "other@clinic.example", **TERMS})
    token = mail.outbox[-1].body.split("/invitation/")[1].split("/")[0]
    theirs = clinic.post("clinic/invitations/", {"token": token, **GRANTEE})
    missing = clinic.post("clinic/invitations/", {"token": "nothing", **GRANTEE})
    assert theirs.content == missing.content
    assert theirs.status_code == 404
    assert Share.objects.get().state == "invited"


def test_a_code_opens_a_summary_once(patient, phone, clinic):
    code = phone.post("shares/code/", {"until": "2026-11-30"}).json()["code"]
    wrong = clinic.post("clinic/codes/", {"code": "ABCDEFGHJK", **GRANTEE})
    assert is_problem(wrong, 422, "refused")
    assert wrong.json()["errors"][0]["code"] == "wrong_code"
    told = fits(clinic.post("clinic/codes/", {"code": code.lower(), **GRANTEE}), "Opened")
    assert told["what"] == "summary"
    assert clinic.get(f"clinic/patients/{told['uid']}/").status_code == 200
    assert clinic.post("clinic/codes/", {"code": code, **GRANTEE}).content == wrong.content


def test_codes_are_tried_as_often_as_on_the_page_and_no_more(clinic, clock):
    caches["default"].clear()
    for _ in range(20):
        assert clinic.post("clinic/codes/", {"code": "ABCDEFGHJK", **GRANTEE}).status_code == 422
    answer = clinic.post("clinic/codes/", {"code": "ABCDEFGHJK", **GRANTEE})
    assert is_problem(answer, 429, "too_many_requests")
    assert answer["Retry-After"] == "3600"
    assert "try again in 60 minutes" in answer.json()["errors"][0]["detail"]
    clock.shift(timedelta(minutes=20, seconds=30))
    later = clinic.post("clinic/codes/", {"code": "ABCDEFGHJK", **GRANTEE})
    assert later["Retry-After"] == "2370"
    assert "try again in 40 minutes" in later.json()["errors"][0]["detail"]
    clock.shift(timedelta(seconds=int(later["Retry-After"])))
    factor_given(clinic.token)
    assert clinic.post("clinic/codes/", {"code": "ABCDEFGHJK", **GRANTEE}).status_code == 422


def test_nobody_uses_their_own_code(nurse, clinic):
    diary = Diary.objects.create(owner=nurse)
    made = invite(diary, {"until": date(2026, 11, 30)}, NOW, with_code=True)
    answer = clinic.post("clinic/codes/", {"code": made.secret, **GRANTEE})
    assert is_problem(answer, 422, "refused")
    assert answer.json()["errors"][0]["code"] == "own_diary"


def test_a_summary_has_the_words_of_the_page_and_names_no_entry(patient, nurse, clinic):
    share = shared_with(patient, nurse, "summary")
    answer = clinic.get(at(share))
    told = fits(answer, "Patient")
    words = told["words"]
    assert words["cards"][0]["urgency"] == "same_day"
    assert words["period"][2] == ["Last entry", "today, 1 June 2026"]
    assert "summary" in words["shared"]
    assert len(words["weighing"]["causes"]) == 5
    assert told["assessment"]["walks"]["total"] == 40
    assert {each["name"] for each in told["charts"]} == {"onset", "relief"}
    assert told["measured"] == []
    text = answer.content.decode()
    assert '"entries"' not in json.dumps(told["assessment"])
    assert CANARY not in text
    assert f'"{patient.pk}"' not in text
    assert patient.walks.first().uid.hex[:8] not in text


def test_only_shared_days_are_told(patient, nurse, clinic):
    share = shared_with(patient, nurse, since=date(2026, 5, 1))
    told = clinic.get(at(share)).json()
    assert told["assessment"]["walks"]["total"] == 20
    assert len(clinic.get(at(share, "document/")).json()["walks"]) == 20
    compared = fits(clinic.get(at(share, "comparison/")), "Comparison")
    assert compared["earlier"]["first"] == "2026-05-01"
    assert compared["words"]["rows"]


def test_periods_are_asked_for_and_refused_by_the_rule_of_the_page(patient, nurse, clinic):
    share = shared_with(patient, nurse, "summary")
    told = clinic.get(at(share, "comparison/?earlier_from=2026-04-01&earlier_until=2026-04-20"))
    assert told.json()["earlier"]["first"] == "2026-04-01"
    wrong = clinic.get(at(share, "comparison/?later_from=2026-05-10&later_until=2026-05-09"))
    assert is_problem(wrong, 422, "refused")
    assert wrong.json()["errors"][0]["attr"] == "later_until"
    turned = clinic.get(at(share, "comparison/?later_from=2026-01-01&later_until=2026-01-28"))
    assert is_problem(turned, 422, "refused")
    assert turned.json()["errors"] == [
        {
            "attr": "later_until",
            "code": "out_of_order",
            "detail": "The later period lies before the earlier one. Give the older days as the "
            "earlier period.",
        }
    ]


@pytest.mark.parametrize("picture", ["onset.svg", "relief.png"])
def test_a_chart_is_a_picture_of_the_shared_days(patient, nurse, clinic, picture):
    answer = clinic.get(at(shared_with(patient, nurse, "summary"), f"charts/{picture}?size=phone"))
    assert answer.status_code == 200
    assert answer["Content-Type"] == pictures.FORMS[picture[-3:]]
    assert "no-store" in answer["Cache-Control"]
    assert AccessRecord.objects.get().reading == "summary"


@pytest.mark.parametrize("where", FILES)
def test_a_file_is_the_pages_file_and_is_written_down(patient, nurse, clinic, where):
    share = shared_with(patient, nurse, "entries")
    answer = clinic.get(at(share, where))
    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]
    assert AccessRecord.objects.get().reading == FILES[where]
    if where == "report.pdf":
        text = " ".join(
            page.extract_text() for page in pypdf.PdfReader(io.BytesIO(answer.content)).pages
        )
        assert "Self-reported" in text
    elif where == "entries.zip":
        assert "walks.csv" in zipfile.ZipFile(io.BytesIO(answer.content)).namelist()
    elif where == "bundle.json":
        assert fits(answer, "Bundle")["resourceType"] == "Bundle"
    else:
        assert len(fits(answer, "Document")["walks"]) == 40
    assert CANARY not in answer.content.decode("latin-1")


@pytest.mark.parametrize("where", ["entries.zip", "document/", "measurements/"])
def test_a_summary_opens_no_entries_and_the_try_is_written_down(patient, nurse, clinic, where):
    share = shared_with(patient, nurse, "summary")
    answer = clinic.send("POST" if where == "measurements/" else "GET", at(share, where), MEASURED)
    assert is_problem(answer, 404, "not_found")
    assert AccessRecord.objects.get().refused


@pytest.mark.parametrize("where", FILES)
def test_a_share_that_is_stopped_while_a_file_is_made_sends_nothing(
    patient, nurse, clinic, where, monkeypatch
):
    share = shared_with(patient, nurse)

    made = Shared.document if where in ("entries.zip", "document/") else exports.report_for

    def stopping(*said: Any, **named: Any) -> Any:
        share.stop(NOW)
        return made(*said, **named)

    monkeypatch.setattr(exports, "report_for", stopping)
    monkeypatch.setattr(Shared, "document", stopping)
    answer = clinic.get(at(share, where))
    assert is_problem(answer, 404, "not_found")


def test_notes_are_ones_own_and_shown_by_ones_own_switch(patient, nurse, clinic, phone):
    share, other = shared_with(patient, nurse, "summary"), clinician("other")
    theirs = shared_with(patient, other, "summary")
    assert is_problem(clinic.post(at(share, "notes/"), {"text": "  "}), 422, "refused")
    note = fits(clinic.post(at(share, "notes/"), {"text": "stairs?"}), "ClinicNote")
    assert note["shown"] is False
    assert fits(clinic.get(at(share, "notes/")), "ClinicNotes")["results"] == [note]
    colleague = phone_of(other)
    assert colleague.get(at(theirs, "notes/")).json()["results"] == []
    where = f"notes/{note['id']}/"
    for answer in (
        colleague.patch(at(theirs, where), {"shown": True}),
        colleague.patch(at(share, where), {"shown": True}),
        clinic.patch(at(share, "notes/999999/"), {"shown": True}),
    ):
        assert is_problem(answer, 404, "not_found")
    assert phone.get(f"shares/{share.uid}/").json()["notes"][0]["text"] is None
    assert fits(clinic.patch(at(share, where), {"shown": True}), "ClinicNote")["shown"] is True
    assert phone.get(f"shares/{share.uid}/").json()["notes"][0]["text"] == "stairs?"


def test_a_measurement_is_entered_once_with_ones_name(patient, nurse, clinic):
    share = shared_with(patient, nurse, "entries")
    told = fits(clinic.post(at(share, "measurements/"), MEASURED), "EnteredMeasurement")
    assert told["words"] == "Saved in the patient's diary, with your name."
    assert clinic.post(at(share, "measurements/"), MEASURED).json() == told
    other = clinic.post(at(share, "measurements/"), {**MEASURED, "value": 0.9})
    assert is_problem(other, 409, "entered_already")
    assert "0.62" not in other.content.decode()
    (measured,) = clinic.get(at(share)).json()["measured"]
    assert measured["by"] == "entered by Dr clinician, Vascular nurse"
    refused = clinic.post(at(share, "measurements/"), {**MEASURED, "value": -1})
    assert is_problem(refused, 422, "refused")


def test_a_review_is_ticked_off_noted_and_undone(patient, nurse, clinic):
    share = shared_with(patient, nurse, "summary")
    reports.bring_up_to_date(share)
    reason = clinic.get("clinic/patients/").json()["results"][0]["reason"]
    old = clinic.post(at(share, "review/"), {"reason": "another", "note": "Called"})
    assert is_problem(old, 409, "new_reason")
    assert is_problem(clinic.post(at(share, "review/"), {"note": "Called"}), 422, "refused")
    for _ in range(2):
        sent = {"note": "Called", "reason": reason}
        assert fits(clinic.post(at(share, "review/"), sent), "Reviewed") == {"reviewed": True}
    assert clinic.get(at(share)).json()["reviews"][0]["note"] == "Called"
    assert Review.objects.get().note == "Called"
    assert clinic.get("clinic/patients/").json()["results"][0]["group"] == "reviewed"
    for _ in range(2):
        assert clinic.delete(at(share, "review/")).status_code == 204
    assert clinic.get("clinic/patients/").json()["results"][0]["group"] == "red_flag"


def test_the_text_is_that_of_the_page(patient, nurse, clinic):
    share = shared_with(patient, nurse, "summary")
    told = fits(clinic.get(at(share, "text/")), "RecordText")
    assert len(told["text"].splitlines()) <= 10
    assert "walker" in told["text"]


def test_who_leaves_finds_nothing_any_more(patient, nurse, clinic, phone):
    share = shared_with(patient, nurse)
    assert clinic.delete(at(share)).status_code == 204
    for answer in (clinic.delete(at(share)), clinic.get(at(share))):
        assert answer.content == clinic.get(f"clinic/patients/{ABSENT}/").content
    assert phone.get(f"shares/{share.uid}/").json()["state"] == "ended"
    assert phone.post(f"shares/{share.uid}/stop/").json()["steps"][-1]["event"] == "left"


def test_a_stop_bites_with_the_next_request(patient, nurse, clinic, phone):
    share = shared_with(patient, nurse)
    assert clinic.get(at(share)).status_code == 200
    phone.post(f"shares/{share.uid}/stop/")
    assert clinic.get(at(share)).content == clinic.get(f"clinic/patients/{ABSENT}/").content
    looks = phone.get("shares/accesses/").json()["results"]
    assert [each["refused"] for each in looks] == [True, False]
    assert looks[0]["words"]["refused"].startswith("Refused: you had stopped sharing.")


# The door


def test_whoever_is_no_clinician_finds_nothing_but_the_invitation(phone, diary):
    factor_given(phone.token)
    for where in ("patients/", "waiting/", "codes/", f"patients/{ABSENT}/"):
        answer = phone.send("POST" if where == "codes/" else "GET", f"clinic/{where}")
        assert is_problem(answer, 404, "not_found")
    accept = phone.post("clinic/invitations/", {"token": "x", **GRANTEE})
    assert accept.json()["errors"][0]["code"] == "unusable"


def test_a_second_factor_is_needed_in_this_very_session(patient, nurse):
    share = shared_with(patient, nurse)
    phone = Phone(token_of(nurse))
    for where in ("clinic/patients/", at(share), at(share, "report.pdf")):
        assert is_problem(phone.get(where), 403, "second_factor_needed")
    accept = phone.post("clinic/invitations/", {"token": "x", **GRANTEE})
    assert is_problem(accept, 403, "second_factor_needed")
    TOTP.activate(nurse, SECRET)
    accept = phone.post("clinic/invitations/", {"token": "x", **GRANTEE})
    assert is_problem(accept, 403, "second_factor_again")
    assert not AccessRecord.objects.exists()
    assert phone.post("auth/2fa/reauthenticate", {"code": digits(SECRET)}).status_code == 200
    assert phone.get(at(share, "report.pdf")).status_code == 200


def test_the_clinic_locks_when_it_is_not_used_and_files_ask_once_more(
    patient, nurse, clinic, clock
):
    TOTP.activate(nurse, SECRET)
    share = shared_with(patient, nurse)
    clock.shift(timedelta(minutes=6))
    assert clinic.get(at(share)).status_code == 200
    for where in FILES:
        assert is_problem(clinic.get(at(share, where)), 403, "second_factor_again")
    clock.shift(timedelta(minutes=29))
    assert clinic.get(at(share)).status_code == 200
    clock.shift(timedelta(minutes=31))
    assert is_problem(clinic.get(at(share)), 403, "second_factor_again")
    assert clinic.post("auth/2fa/reauthenticate", {"code": digits(SECRET)}).status_code == 200
    for where in FILES:
        assert clinic.get(at(share, where)).status_code == 200


def test_a_demo_clinicians_one_click_counts_as_everything(patient, nurse):
    Person.objects.filter(pk=nurse.pk).update(is_demo=True)
    share = shared_with(patient, Person.objects.get(pk=nurse.pk))
    assert Phone(token_of(nurse)).get(at(share, "report.pdf")).status_code == 200
