"""Does an owner share over the API by the rules and in the words of the pages?"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.urls import reverse

from diary import letters
from diary.models import Diary, Person, Share
from tests.app.api.conftest import Phone, token_of
from tests.app.api.doors import is_problem, strict
from tests.app.api.test_contract import validator
from tests.app.conftest import NOW
from tests.app.sharing import clinician, shared_with

pytestmark = pytest.mark.usefixtures("clock")
TERMS = {"what": "summary", "until": "2026-11-30"}
INVITE = {"email": "Nurse@Clinic.example", **TERMS}
ABSENT = "bbbbbbbb-0000-4000-8000-000000000009"


def fits(answer: Any, name: str) -> Any:
    """What an answer says, which is as its description has it."""
    told = strict(answer)
    assert [error.message for error in validator(name).iter_errors(told)] == []
    assert "no-store" in answer["Cache-Control"]
    return told


def accepted(diary: Diary, phone: Phone, person: Person) -> str:
    """The uid of a share that somebody accepted."""
    told = phone.post("shares/", {**INVITE, "email": person.email}).json()
    share = Share.objects.get(uid=told["uid"])
    token = mail.outbox[-1].body.split("/invitation/")[1].split("/")[0]
    share.accept(person, {"name": "Dr Lind", "role": "surgeon"}, token, NOW)
    return told["uid"]


def test_an_invitation_is_e_mailed_as_from_the_pages(phone, diary):
    told = fits(phone.post("shares/", INVITE), "Invited")
    assert (told["state"], told["email"], told["link"]) == ("invited", "nurse@clinic.example", None)
    assert told["invitation_until"] == "2026-06-08T12:00:00Z"
    (letter,) = mail.outbox
    assert letter.to == ["nurse@clinic.example"]
    assert "http://testserver/clinic/invitation/" in letter.body
    assert diary.shares.get().email == told["email"]


def test_terms_are_refused_with_the_sentences_of_the_pages(phone, signed_in):
    sent = {"email": "nobody", "what": "all", "until": "2020-01-01", "notes": 1}
    answer = phone.post("shares/", sent)
    assert is_problem(answer, 422, "refused")
    assert answer.json()["errors"][0]["attr"] == "notes"
    del sent["notes"]
    errors = {each["attr"]: each["detail"] for each in phone.post("shares/", sent).json()["errors"]}
    assert errors["email"] == "This is not an e-mail address."
    assert {*errors} == {"email", "what", "until"}
    late = {**INVITE, "until": "2020-01-01"}
    page = signed_in.post(reverse("share-invite"), late).content.decode()
    (error,) = phone.post("shares/", late).json()["errors"]
    assert error["detail"] in page
    (own,) = phone.post("shares/", {**INVITE, "email": "walker@example.org"}).json()["errors"]
    assert own["detail"] == "This is your own address."
    assert not Share.objects.exists()
    assert mail.outbox == []


def test_an_invitation_that_cannot_be_sent_is_withdrawn_and_says_so(phone, monkeypatch):
    monkeypatch.setattr(letters.EmailMultiAlternatives, "send", lambda *_said: 0)
    answer = phone.post("shares/", INVITE)
    assert is_problem(answer, 422, "refused")
    (error,) = answer.json()["errors"]
    assert error["code"] == "not_sent"
    assert "nobody is invited" in error["detail"]
    assert Share.objects.get().state == "stopped"


def test_a_demo_person_is_shown_the_link_and_nothing_is_sent(phone, diary):
    Person.objects.filter(pk=diary.owner_id).update(is_demo=True)
    told = fits(phone.post("shares/", INVITE), "Invited")
    assert told["link"].startswith("http://testserver/clinic/invitation/")
    assert mail.outbox == []


def test_a_code_is_told_once(phone, diary):
    told = fits(phone.post("shares/code/", {"until": "2026-11-30"}), "Code")
    assert len(told["code"].replace("-", "")) == len(told["spoken"]) == 10
    assert told["until"] == "2026-06-01T12:10:00Z"
    assert told["share"]["what"] == "summary"
    secret = told["code"].split("-")[1]
    assert secret not in phone.get("shares/").content.decode()
    assert secret not in phone.get(f"shares/{told['share']['uid']}/").content.decode()
    for more in ({"what": "notes"}, {"email": "nurse@clinic.example"}):
        assert is_problem(
            phone.post("shares/code/", {"until": "2026-11-30", **more}), 422, "refused"
        )


def test_every_share_is_listed_with_its_state_and_steps(phone, diary, nurse, clock):
    active = shared_with(diary, nurse)
    waiting = accepted(diary, phone, clinician("other"))
    invited = phone.post("shares/", INVITE).json()["uid"]
    ended = phone.post("shares/code/", {"until": "2026-11-30"}).json()["share"]["uid"]
    clock.shift(timedelta(minutes=10))
    told = fits(phone.get("shares/"), "SharePage")
    states = {each["uid"]: each["state"] for each in told["results"]}
    assert states == {
        str(active.uid): "active", waiting: "waiting", invited: "invited", ended: "ended"
    }  # fmt: skip
    (first,) = (each for each in told["results"] if each["uid"] == str(active.uid))
    assert [each["event"] for each in first["steps"]] == ["invited", "accepted", "agreed"]
    assert first["steps"][-1]["words"] == "You agreed to Dr clinician (Vascular nurse)."
    two = phone.get("shares/?limit=2").json()
    assert (len(two["results"]), two["more"]) == (2, True)
    rest = phone.get("shares/?limit=2&page=2").json()
    assert (len(rest["results"]), rest["more"]) == (2, False)
    assert is_problem(phone.get("shares/?state=active"), 422, "refused")


def test_steps_can_be_sent_again_and_an_ended_share_takes_none(phone, diary, nurse, clock):
    uid = accepted(diary, phone, nurse)
    assert is_problem(phone.patch(f"shares/{uid}/", {"what": "notes"}), 409, "not_possible")
    agreed = fits(phone.post(f"shares/{uid}/agree/"), "Share")
    assert agreed["state"] == "active"
    clock.shift(timedelta(minutes=1))
    assert phone.post(f"shares/{uid}/agree/").json() == agreed
    changed = fits(phone.patch(f"shares/{uid}/", {"what": "notes"}), "Share")
    assert (changed["what"], changed["until"]) == ("notes", "2026-11-30")
    clock.shift(timedelta(minutes=1))
    assert phone.patch(f"shares/{uid}/", {"what": "notes"}).json() == changed
    assert is_problem(phone.patch(f"shares/{uid}/", {"email": "a@b.example"}), 422, "refused")
    assert is_problem(phone.patch(f"shares/{uid}/", {"until": None}), 422, "refused")
    stopped = fits(phone.post(f"shares/{uid}/stop/"), "Share")
    assert stopped["state"] == "ended"
    clock.shift(timedelta(minutes=1))
    assert phone.post(f"shares/{uid}/stop/").json() == stopped
    for answer in (
        phone.post(f"shares/{uid}/agree/"), phone.patch(f"shares/{uid}/", {"what": "summary"}),
    ):  # fmt: skip
        assert is_problem(answer, 409, "not_possible")
        assert answer.json()["current"] == stopped
        (error,) = answer.json()["errors"]
        assert error["detail"] == "This has ended already, and nothing is shared by it."
    events = [each["event"] for each in stopped["steps"]]
    assert events == ["invited", "accepted", "agreed", "changed", "stopped"]


def test_anothers_share_is_answered_like_one_that_is_not_there(phone, stranger, diary, nurse):
    uid = str(shared_with(diary, nurse).uid)
    for method, step, body in (
        ("GET", "", None), ("PATCH", "", {"what": "notes"}), ("POST", "agree/", None),
        ("POST", "stop/", None),
    ):  # fmt: skip
        theirs = stranger.send(method, f"shares/{uid}/{step}", body)
        missing = stranger.send(method, f"shares/{ABSENT}/{step}", body)
        assert is_problem(theirs, 404, "not_found")
        assert theirs.content == missing.content
    assert Share.objects.get().state == "active"


def test_the_owner_reads_who_looked_and_takes_it_all_out(phone, diary, nurse):
    share = shared_with(diary, nurse)
    share.diary.access_records.model.of(share, "summary", NOW).save()
    share.diary.access_records.model.of(share, "entries", NOW, refused=True).save()
    told = fits(phone.get("shares/accesses/"), "LookPage")
    assert [each["refused"] for each in told["results"]] == [True, False]
    assert told["results"][1]["words"]["what"] == "the summary"
    whole = fits(phone.get("shares/history/"), "SharingHistory")
    assert [each["event"] for each in whole["consents"]] == ["invited", "accepted", "agreed"]
    assert [each["reading"] for each in whole["access"]] == ["summary", "entries"]


def test_a_note_is_told_of_and_read_only_where_it_is_shown(phone, diary, nurse):
    share = shared_with(diary, nurse)
    for text, shown in (("for me", False), ("for you", True)):
        share.notes.create(diary=diary, author=nurse, text=text, shown=shown, made_at=NOW)
    told = fits(phone.get(f"shares/{share.uid}/"), "ShareAlone")
    assert [each["text"] for each in told["notes"]] == ["for you", None]


def test_causes_are_withheld_from_the_owner_where_the_site_says_so(phone, diary, settings):
    diary.take_in(_hurt(), NOW)
    open_tag = phone.get("assessment/")["ETag"]
    assert len(phone.get("assessment/").json()["causes"]) == 5
    assert phone.get("causes/sciatica/").json()["weighed"]
    settings.CAUSES_FOR = "clinicians"
    closed = phone.get("assessment/", **{"If-None-Match": open_tag})
    assert closed.status_code == 200
    assert closed.json()["causes"] == []
    assert phone.get("causes/sciatica/").json()["weighed"] is None
    assert {each["weighed"] for each in phone.get("causes/").json()["results"]} == {None}


def _hurt() -> dict[str, Any]:
    from diary import rules
    from tests.app.api.doors import a_walk

    walks = [a_walk(started_at=f"2026-05-{day:02}T09:00:00Z") for day in range(1, 15)]
    return rules.document_checked({"format": "walking-diary", "version": 1, "walks": walks})


def test_a_clinician_without_a_diary_of_patients_shares_like_anybody(nurse):
    phone = Phone(token_of(nurse))
    assert phone.get("shares/").json() == {"page": 1, "more": False, "results": []}
