"""Does an owner share exactly what they mean to, see who looked, and stop it at once?"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import date, timedelta
from smtplib import SMTPServerDisconnected
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from diary import access, letters, rules
from diary.answers import READINGS, SCOPES
from diary.models import AccessRecord, ClinicNote, Diary, Person, Share, ShareEvent
from diary.models.codes import CLEAR, code_parts, hashed
from diary.shared import NotShared
from diary.wording import looks
from diary.wording import sharing as words
from tests.app.conftest import NOW
from tests.app.test_wording import ALLOWED, FORBIDDEN

# 13:00 on the owner's clock, in London's summer.
TERMS = {"email": "nurse@clinic.example", "what": "entries", "since": "", "until": "2026-12-01"}
NAMED = {"name": "Dr A", "role": "vascular nurse"}


@pytest.fixture
def clock():
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


@pytest.fixture
def owner(clock, diary) -> Client:
    """The owner's browser, at noon."""
    client = Client()
    client.force_login(diary.owner)
    return client


@pytest.fixture
def nurse(db) -> Person:
    return Person.objects.create_user("nurse@clinic.example", "a-long-password", is_clinician=True)


def text(response: Any) -> str:
    """What a page says."""
    plain = re.sub(r"<[^>]+>", " ", response.content.decode())
    return re.sub(r"\s+", " ", plain).replace("&#x27;", "'")


def row(**other: Any) -> rules.Row:
    return {**TERMS, "since": None, **other}


def accepted(diary: Diary, person: Person, now=NOW, **terms: Any) -> Share:
    """A share that waits for the owner's word."""
    made = access.invite(diary, row(email=person.email, **terms), now)
    made.share.accept(person, NAMED, made.secret, now)
    return made.share


def active(diary: Diary, person: Person, now=NOW, **terms: Any) -> Share:
    share = accepted(diary, person, now, **terms)
    share.agree(now)
    return share


def opened_by(token: str) -> Share | None:
    return Share.objects.filter(secret_hash=hashed(token)).first()


def url(share: Share, verb: str = "detail") -> str:
    return reverse(f"share-{verb}", args=[share.uid])


def looked(share: Share, *times: Any, reading: str = "summary", refused: bool = False) -> None:
    for at in times:
        AccessRecord.of(share, reading, at, refused).save()


# Invitations


def test_an_invitation_is_mailed_and_its_token_is_kept_nowhere(owner, diary):
    answer = owner.post("/sharing/invite/", TERMS, follow=True)
    assert answer.redirect_chain == [("/sharing/", 302)]
    assert "nurse@clinic.example is invited" in text(answer)
    [letter] = mail.outbox
    assert letter.to == ["nurse@clinic.example"]
    token = re.search(r"http://testserver/clinic/invitation/([\w-]+)/", letter.body)[1]
    assert opened_by(token) == diary.shares.get()
    assert token not in answer.content.decode()
    assert token not in str([*Share.objects.values(), *ShareEvent.objects.values()])
    assert token not in str(dict(owner.session))


def test_the_e_mail_says_who_invites_and_what_is_needed_and_nothing_of_the_diary(owner, diary):
    diary.owner.name = "Vera Sole"
    diary.owner.save()
    owner.post("/sharing/invite/", {**TERMS, "since": "2026-03-04"})
    [letter] = mail.outbox
    said = re.sub(r"\s+", " ", letter.body)
    assert "Vera Sole (walker@example.org) invites you to look at a walking diary" in said
    assert "seven days" in said
    assert "this address, nurse@clinic.example" in said
    assert "authenticator app or a passkey" in said
    assert "nobody is alerted" in said
    assert letter.subject == "An invitation to look at a walking diary"
    assert not re.search(r"\bleg|\bpain|\bcalf|summary|entries|March|2026", said, re.IGNORECASE)
    assert not letter.alternatives
    assert not letter.attachments


@pytest.mark.parametrize(
    "name",
    ["Your bank: https://evil.example", "evil.example", "a@evil.example", "evil.example/a", ""],
)
def test_a_name_that_a_mail_program_makes_a_link_of_is_not_mailed(db, name):
    person = Person(email="w@example.org", name=name)
    assert letters.sender(person) == "w@example.org"
    assert (
        letters.sender(Person(email="w@example.org", name="Dr. A\nB")) == "Dr. A B (w@example.org)"
    )


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"email": ""}, "Their e-mail address : This is needed."),
        ({"email": "nobody"}, "This is not an e-mail address."),
        ({"email": "Walker@Example.org"}, "This is your own address."),
        ({"what": ""}, "What may they see? : This is needed."),
        ({"what": "everything"}, "What may they see?"),
        ({"until": ""}, "Until when? : This is needed."),
        ({"until": "2026-05-31"}, "This day is over already."),
        ({"until": "2028-06-03"}, "A diary can be shared for 24 months at most."),
        ({"until": "soon"}, "Until when?"),
        ({"since": "2026-07-01"}, "This lies more than two days ahead."),
    ],
)
def test_what_cannot_be_shared_is_refused_in_words_beside_its_field(owner, diary, wrong, said):
    answer = owner.post("/sharing/invite/", {**TERMS, **wrong})
    assert answer.status_code == 422
    assert said in text(answer)
    assert "Nobody is invited yet." in text(answer)
    assert not diary.shares.exists()
    assert mail.outbox == []


def test_a_form_that_says_nothing_names_all_that_is_missing(owner, diary):
    answer = owner.post("/sharing/invite/", {})
    assert answer.status_code == 422
    assert text(answer).count(": This is needed.") == 3


def test_the_day_that_ends_it_is_one_of_the_owners_calendar(owner, diary, clock):
    diary.owner.time_zone = "Pacific/Auckland"
    diary.owner.save()
    clock.move_to(NOW + timedelta(hours=1))  # 2 June, 01:00 there
    answer = owner.post("/sharing/invite/", {**TERMS, "until": "2026-06-01"})
    assert answer.status_code == 422
    assert "This day is over already." in text(answer)
    owner.post("/sharing/invite/", {**TERMS, "until": "2026-06-02"})
    assert access.share_end(diary.shares.get()) == date(2026, 6, 2)
    assert 'value="2026-12-02"' in owner.get("/sharing/invite/").content.decode()


def test_the_form_proposes_the_least_for_six_months(owner):
    page = owner.get("/sharing/invite/").content.decode()
    assert re.search(r'value="summary"[^>]*checked', page)
    assert not re.search(r'value="(entries|notes)"[^>]*checked', page)
    assert 'value="2026-12-01"' in page
    for scope in SCOPES:
        assert str(words.INCLUDES[scope]) in text(owner.get("/sharing/invite/"))


@pytest.mark.parametrize("error", [OSError, SMTPServerDisconnected, ValueError])
def test_an_invitation_whose_e_mail_cannot_be_sent_is_withdrawn(owner, diary, monkeypatch, error):
    def fails(*_args: Any, **_options: Any) -> int:
        raise error("nurse@clinic.example")

    monkeypatch.setattr(letters.EmailMultiAlternatives, "send", fails)
    answer = owner.post("/sharing/invite/", TERMS)
    assert answer.status_code == 422
    assert "could not be sent" in text(answer)
    assert 'value="nurse@clinic.example"' in answer.content.decode()
    assert diary.shares.get().state == "stopped"
    assert diary.shares.get().secret_hash == ""


def test_inviting_the_same_address_again_ends_the_earlier_invitation_and_says_so(owner, diary):
    ended = "You had invited this address before: the link of the earlier e-mail no longer works."
    first = owner.post("/sharing/invite/", {**TERMS, "what": "notes"}, follow=True)
    again = owner.post("/sharing/invite/", {**TERMS, "what": "summary"}, follow=True)
    assert ended not in text(first)
    assert ended in text(again)
    history = text(owner.get("/sharing/history/"))
    assert (
        "You invited nurse@clinic.example again. The link of this earlier e-mail no longer works."
        in history
    )
    assert "withdrawn" not in history
    first, second = diary.shares.order_by("pk")
    assert (first.state, second.state) == ("stopped", "invited")
    old, new = (re.search(r"invitation/([\w-]+)/", letter.body)[1] for letter in mail.outbox)
    assert opened_by(old) is None
    assert opened_by(new) == second


def test_there_is_an_end_to_open_invitations_and_to_those_of_a_day(owner, diary, clock):
    for number in range(access.MOST_OPEN):
        access.invite(diary, row(email=f"n{number}@clinic.example"), NOW)
    answer = owner.post("/sharing/invite/", TERMS)
    assert answer.status_code == 422
    assert "There are 20 open invitations" in text(answer)
    assert mail.outbox == []
    again = owner.post("/sharing/invite/", {**TERMS, "email": "n3@clinic.example"})
    assert again.status_code == 302
    for share in diary.shares.filter(state="invited"):
        share.stop(NOW)
    for _ in range(access.MOST_A_DAY - diary.shares.count()):
        assert owner.post("/sharing/code/", {"until": "2026-12-01"}).status_code == 200
    answer = owner.post("/sharing/invite/", TERMS)
    assert answer.status_code == 422
    assert "Wait until tomorrow" in text(answer)
    clock.shift(timedelta(days=1, minutes=1))
    assert owner.post("/sharing/invite/", TERMS).status_code == 302


def test_a_demo_person_is_shown_the_link_and_nothing_is_sent(owner, diary):
    diary.owner.is_demo = True
    diary.owner.save()
    answer = owner.post("/sharing/invite/", TERMS)
    token = re.search(r"http://testserver/clinic/invitation/([\w-]+)/", answer.content.decode())[1]
    assert opened_by(token) == diary.shares.get()
    assert mail.outbox == []
    assert "no-store" in answer["Cache-Control"]
    assert token not in owner.get("/sharing/").content.decode()
    code = owner.post("/sharing/code/", {"until": "2026-12-01"})
    assert code.status_code == 200
    assert owner.post(url(diary.shares.first(), "stop")).status_code == 302


@pytest.mark.parametrize("path", ["/sharing/invite/", "/sharing/code/"])
def test_an_owner_without_a_name_is_asked_for_it_and_it_is_kept(owner, diary, path):
    Person.objects.filter(pk=diary.owner_id).update(name="")
    assert "so that they know whose it is" in text(owner.get(path))
    refused = owner.post(path, {**TERMS, "name": "x" * 101})
    assert refused.status_code == 422
    assert "Your name : This is 101 characters long" in text(refused)
    assert not diary.shares.exists()
    owner.post(path, {**TERMS, "name": "  Vera Sole "})
    assert Person.objects.get(pk=diary.owner_id).name == "Vera Sole"
    assert diary.shares.count() == 1
    assert "so that they know whose it is" not in text(owner.get(path))
    owner.post(path, {**TERMS, "name": "Somebody Else"})
    assert Person.objects.get(pk=diary.owner_id).name == "Vera Sole"


def test_a_name_may_stay_unsaid(owner, diary):
    Person.objects.filter(pk=diary.owner_id).update(name="")
    assert owner.post("/sharing/invite/", {**TERMS, "name": ""}).status_code == 302
    assert Person.objects.get(pk=diary.owner_id).name == ""


# A code


def shown_code(page: str) -> str:
    return re.search(rf"[{CLEAR}]{{4}}-[{CLEAR}]{{6}}", page)[0]


def test_a_code_is_shown_once_and_opens_a_summary_until_a_local_time(owner, diary, nurse):
    answer = owner.post("/sharing/code/", {"until": "2026-12-01", "what": "notes"})
    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]
    code = shown_code(answer.content.decode())
    assert "until 13:10" in text(answer)
    assert all(str(words.SPOKEN[letter]) in text(answer) for letter in code.replace("-", ""))
    share, secret = diary.shares.get(), code_parts(code)[1]
    assert (share.handle, share.what) == (code[:4], "summary")
    assert share.secret_hash == hashed(secret)
    for path in ("/sharing/code/", "/sharing/", url(share), "/sharing/history/"):
        page = owner.get(path).content.decode()
        assert code not in page
        assert secret not in page
    assert access.use_code(nurse, code, NAMED, NOW) == share
    page = text(owner.get("/sharing/"))
    assert "Dr A, vascular nurse" in page
    assert "Stop sharing" in page


def test_asking_for_another_code_makes_the_old_one_void(owner, diary, nurse):
    first = shown_code(owner.post("/sharing/code/", {"until": "2026-12-01"}).content.decode())
    second = shown_code(owner.post("/sharing/code/", {"until": "2026-12-01"}).content.decode())
    assert first != second
    assert "You made a newer code. This one no longer works." in text(
        owner.get("/sharing/history/")
    )
    assert access.use_code(nurse, first, NAMED, NOW) is None
    assert owner.get("/sharing/").content.decode().count("A code to read out</h3>") == 1
    assert access.use_code(nurse, second, NAMED, NOW) is not None


def test_looking_at_the_page_makes_no_code_and_a_wrong_day_neither(owner, diary):
    owner.get("/sharing/code/")
    answer = owner.post("/sharing/code/", {"until": "2026-01-01"})
    assert answer.status_code == 422
    assert "This day is over already." in text(answer)
    assert not diary.shares.exists()


def test_every_letter_of_a_code_can_be_said():
    assert set(words.SPOKEN) == set(CLEAR)
    assert code_parts(words.grouped("ABCDEFGHJK")) == ("ABCD", "EFGHJK")


# The owner's word, and the end


def test_the_owner_is_asked_and_agrees(owner, diary, nurse):
    share = accepted(diary, nurse, since="2026-03-01")
    for path in ("/", "/sharing/", url(share)):
        page = text(owner.get(path))
        assert "Dr A" in page
        assert "vascular nurse" in page
    page = text(owner.get("/sharing/"))
    assert "Is this the person you invited? You invited nurse@clinic.example." in page
    assert "From 1 March 2026 on. Until 1 December 2026." in page
    assert "Nobody is alerted. This diary is not monitored." in page
    assert not Share.objects.open_to(nurse, NOW).exists()
    answer = owner.post(url(share, "agree"), follow=True)
    assert "Dr A (vascular nurse) can look from now on." in text(answer)
    assert Share.objects.open_to(nurse, NOW).get() == share
    assert "Is this the person" not in text(owner.get("/sharing/"))
    assert "Is this right?" not in text(owner.get("/"))


def test_the_home_page_says_how_many_wait_and_nothing_when_none_does(
    owner, diary, nurse, new_diary
):
    assert "accepted your invitation" not in text(owner.get("/"))
    accepted(diary, nurse)
    assert "Dr A (vascular nurse) accepted your invitation" in text(owner.get("/"))
    accepted(diary, new_diary("other").owner)
    assert "2 people accepted your invitations" in text(owner.get("/"))
    day = {"date": "2026-06-01", "pain_at_rest": 2}
    diary.put("check_in", day, NOW)
    assert "2 people accepted your invitations" in text(owner.get("/"))


def test_stopping_takes_one_click_and_works_at_once(owner, diary, nurse):
    share = active(diary, nurse)
    access.reading(nurse, share.uid, "summary", NOW)
    answer = owner.post(url(share, "stop"), follow=True)
    assert answer.redirect_chain == [("/sharing/", 302)]
    assert "Stopped: Dr A (vascular nurse) can no longer see your diary" in text(answer)
    assert "invite them again" in text(answer)
    with pytest.raises(NotShared):
        access.reading(nurse, share.uid, "summary", NOW)
    assert "Refused: you had stopped sharing. Nothing was shown." in text(owner.get("/sharing/"))


def test_saying_no_and_withdrawing_say_what_they_did(owner, diary, nurse):
    answer = owner.post(url(accepted(diary, nurse), "stop"), follow=True)
    assert "You said no: Dr A (vascular nurse) sees nothing" in text(answer)
    made = access.invite(diary, row(email="b@clinic.example"), NOW)
    answer = owner.post(url(made.share, "stop"), follow=True)
    assert "Withdrawn: the invitation to b@clinic.example no longer works." in text(answer)
    assert opened_by(made.secret) is None
    owner.post("/sharing/code/", {"until": "2026-12-01"})
    answer = owner.post(url(diary.shares.newest_first().first(), "stop"), follow=True)
    assert "Withdrawn: the code no longer works." in text(answer)


def stopped_first(share: Share) -> None:
    share.stop(NOW)


def agreed_first(share: Share) -> None:
    share.agree(NOW)


@pytest.mark.parametrize(
    ("elsewhere", "verb", "said"),
    [
        (stopped_first, "agree", "This has ended already, and nothing is shared by it."),
        (stopped_first, "stop", "This has ended already, and nothing is shared by it."),
        (agreed_first, "agree", "You agreed to this already: Dr A (vascular nurse) can look."),
    ],
)
def test_the_second_of_two_tabs_is_told_how_things_stand(
    owner, diary, nurse, elsewhere, verb, said
):
    share = accepted(diary, nurse)
    elsewhere(Share.objects.get(pk=share.pk))
    before = list(ShareEvent.objects.values()), Share.objects.values().get(pk=share.pk)
    answer = owner.post(url(share, verb), follow=True)
    assert answer.redirect_chain == [("/sharing/", 302)]
    assert said in text(answer)
    assert "Stopped: " not in text(answer)
    after = list(ShareEvent.objects.values()), Share.objects.values().get(pk=share.pk)
    assert after == before


def test_nobody_is_agreed_to_who_has_not_accepted_or_whose_time_is_over(owner, diary, nurse, clock):
    made = access.invite(diary, row(email="b@clinic.example"), NOW)
    answer = owner.post(url(made.share, "agree"), follow=True)
    assert "Nobody has answered this invitation yet" in text(answer)
    share = accepted(diary, nurse, until="2026-06-02")
    clock.shift(timedelta(days=2))
    answer = owner.post(url(share, "agree"), follow=True)
    assert "This has ended already" in text(answer)
    assert not diary.shares.filter(state="active").exists()


def test_what_waits_or_was_never_answered_is_gone_when_its_time_is_over(owner, diary, nurse, clock):
    access.invite(diary, row(email="b@clinic.example"), NOW)
    accepted(diary, nurse, until="2026-06-02")
    clock.shift(timedelta(days=8))
    page = text(owner.get("/sharing/"))
    assert "b@clinic.example" not in page
    assert "Dr A" not in page
    assert "Nobody but you can see this diary." in page
    assert "Dr A" not in text(owner.get("/"))
    history = text(owner.get("/sharing/history/"))
    assert "Nobody used it before the time was over, on 8 June 2026, 13:00." in history
    assert "The time was over on 3 June 2026, 00:00." in history


# Terms


def test_terms_are_changed_and_the_change_is_told(owner, diary, nurse):
    share = active(diary, nurse, what="notes")
    page = owner.get(url(share)).content.decode()
    assert re.search(r'value="notes"[^>]*checked', page)
    changed = {"what": "summary", "since": "2026-05-01", "until": "2026-07-01"}
    answer = owner.post(url(share), changed, follow=True)
    assert "Dr A (vascular nurse) can now see: Summary. From 1 May 2026 on." in text(answer)
    assert "You changed what Dr A (vascular nurse) can see." in text(answer)
    with pytest.raises(NotShared):
        access.reading(nurse, share.uid, "entries", NOW)
    assert access.reading(nurse, share.uid, "summary", NOW).share.since == date(2026, 5, 1)


def test_terms_that_cannot_be_are_refused_and_nothing_is_changed(owner, diary, nurse):
    share = active(diary, nurse)
    before = Share.objects.values().get(pk=share.pk)
    wrong = {"what": "everything", "until": "2030-01-01"}
    answer = owner.post(url(share), wrong)
    assert answer.status_code == 422
    assert "Nothing is changed yet." in text(answer)
    answer = owner.post(url(share), {**wrong, "what": "summary"})
    assert "A diary can be shared for 24 months at most." in text(answer)
    assert Share.objects.values().get(pk=share.pk) == before


def test_terms_changed_in_one_tab_after_stopping_in_another_stay_stopped(owner, diary, nurse):
    share = active(diary, nurse)
    share.stop(NOW)
    answer = owner.post(url(share), {"what": "notes", "until": "2026-12-01"}, follow=True)
    assert "This has ended already, and nothing is shared by it." in text(answer)
    assert "Changed." not in text(answer)
    assert not Share.objects.open_to(nurse, NOW).exists()
    assert Share.objects.get(pk=share.pk).what == "entries"


def test_every_step_is_told_in_words(owner, diary, nurse, clock):
    share = active(diary, nurse)
    clock.shift(timedelta(hours=1))
    owner.post(url(share), {"what": "notes", "until": "2026-12-01"})
    share.leave(nurse, timezone.now())
    page = text(owner.get(url(share)))
    told = [
        "1 June 2026, 13:00 You invited nurse@clinic.example. Entries.",
        "Dr A (vascular nurse) accepted the invitation.",
        "You agreed to Dr A (vascular nurse).",
        "1 June 2026, 14:00 You changed what Dr A (vascular nurse) can see. Entries with notes.",
        "1 June 2026, 14:00 Dr A (vascular nurse) gave it up.",
    ]
    places = [page.find(said) for said in told]
    assert -1 not in places
    assert places == sorted(places)
    assert "They gave it up on 1 June 2026, 14:00." in page


def test_what_was_withdrawn_refused_or_replaced_is_named_so_in_the_history(owner, diary, nurse):
    access.invite(diary, row(email="b@clinic.example"), NOW).share.stop(NOW)
    accepted(diary, nurse).stop(NOW)
    active(diary, nurse)
    active(diary, nurse, what="summary")
    page = text(owner.get("/sharing/history/"))
    for said in (
        "The invitation was withdrawn.",
        "You said no to Dr A (vascular nurse).",
        "A newer sharing with Dr A (vascular nurse) took its place.",
        "Ended before anybody used it, on", "You said no on", "Stopped on",
    ):  # fmt: skip
        assert page.count(said) == 1


def test_every_kind_of_step_and_reading_has_its_words():
    from diary.models.steps import STEPS

    assert set(words.EVENTS) == set(STEPS)
    assert set(looks.READINGS) == set(READINGS)
    assert set(words.INCLUDES) == set(SCOPES)


def test_the_owner_is_told_how_many_notes_there_are_and_reads_those_that_are_shown(
    owner, diary, nurse
):
    share, other = active(diary, nurse), access.invite(diary, row(email="b@c.example"), NOW).share
    for note, shown in (("Ask about <shoes>", True), ("kept-back", False)):
        ClinicNote.objects.create(
            share=share, diary=diary, author=nurse, text=note, shown=shown, made_at=NOW, **NAMED
        )
    page = owner.get(url(share))
    assert "They keep 2 notes about your diary." in text(page)
    assert "Ask about &lt;shoes&gt;" in page.content.decode()
    assert "kept-back" not in page.content.decode()
    assert "Their notes" not in text(owner.get(url(other)))


# Others


@pytest.mark.parametrize("verb", ["detail", "agree", "stop"])
def test_anothers_share_is_not_there_not_even_for_the_one_it_is_with(
    clock, diary, nurse, new_diary, verb
):
    share = accepted(diary, nurse)
    for person in (nurse, new_diary("other").owner):
        client = Client()
        client.force_login(person)
        missing = reverse(f"share-{verb}", args=["bbbbbbbb-0000-4000-8000-000000000009"])
        for method in ("get", "post"):
            found = getattr(client, method)(
                url(share, verb), {"what": "notes", "until": "2027-01-01"}
            )
            gone = getattr(client, method)(missing, {"what": "notes", "until": "2027-01-01"})
            assert found.status_code == gone.status_code
            assert found.status_code in (404, 405)
            if method == "post":
                assert found.status_code == 404
    assert Share.objects.get(pk=share.pk).state == "accepted"
    assert ShareEvent.objects.filter(share=share).count() == 2


# Who has looked


def test_looks_are_grouped_by_day_on_the_owners_clock(owner, diary, nurse):
    share = active(diary, nurse)
    late = NOW.replace(hour=22, minute=58)
    looked(share, late, late + timedelta(minutes=4), late + timedelta(minutes=7))
    diary.owner.time_zone = "Europe/London"
    page = text(owner.get("/sharing/looked/"))
    assert re.search(
        r"Tuesday 2 June 2026 Dr A, vascular nurse : the summary, 2 times: 00:02, 00:05 "
        r"Monday 1 June 2026 Dr A, vascular nurse : the summary, 23:58",
        page,
    )
    diary.owner.time_zone = "America/New_York"
    diary.owner.save()
    page = text(owner.get("/sharing/looked/"))
    assert (
        "Monday 1 June 2026 Dr A, vascular nurse : the summary, 3 times: 18:58, 19:02, 19:05"
        in page
    )
    assert "Tuesday" not in page


def test_one_kind_of_one_person_on_one_day_is_one_line_and_no_time_is_lost(
    owner, diary, nurse, new_diary
):
    share = active(diary, nurse)
    other = active(diary, new_diary("other").owner)
    looked(share, *(NOW + timedelta(minutes=minutes) for minutes in (0, 0, 59, 60, 121)))
    looked(share, NOW + timedelta(minutes=30), NOW + timedelta(minutes=31), reading="pdf")
    looked(other, NOW + timedelta(minutes=30), NOW + timedelta(minutes=30))
    days = looks.looks(diary.access_records.newest_first())
    with timezone.override("Europe/London"):
        assert [(look.text, look.each) for look in days[0].looks] == [
            (
                "the summary, 5 times from 13:00 to 15:01",
                ["13:00 (2 times)", "13:59", "14:00", "15:01"],
            ),
            ("the report as a PDF file, 2 times: 13:30, 13:31", []),
            ("the summary, 2 times at 13:30", []),
        ]
    assert "13:00 (2 times), 13:59, 14:00, 15:01" in text(owner.get("/sharing/looked/"))


def test_tries_after_a_stop_are_written_down_once_a_minute_and_the_first_always(
    owner, diary, nurse, clock
):
    share = active(diary, nurse)
    share.stop(timezone.now())

    def tried(reading: str) -> None:
        with pytest.raises(NotShared):
            access.reading(nurse, share.uid, reading, timezone.now())

    for _ in range(5):
        tried("summary")
        tried("entries")
        clock.shift(timedelta(seconds=10))
    assert diary.access_records.filter(refused=True).count() == 2
    clock.shift(timedelta(seconds=10))
    tried("summary")
    assert diary.access_records.filter(refused=True).count() == 3
    active(diary, nurse)
    assert diary.access_records.filter(refused=False).count() == 0


@pytest.mark.parametrize(
    ("end", "said"),
    [
        (lambda share, nurse: share.stop(NOW), "Refused: you had stopped sharing."),
        (lambda share, nurse: share.leave(nurse, NOW), "Refused: they had given it up."),
        (lambda share, nurse: None, "Refused: this was not shared with them."),
    ],
)
def test_a_refused_try_is_named_as_such_and_why(owner, diary, nurse, end, said):
    share = active(diary, nurse, what="summary")
    looked(share, NOW - timedelta(minutes=30), reading="entries")
    end(share, nurse)
    with pytest.raises(NotShared):
        access.reading(nurse, share.uid, "entries", NOW + timedelta(minutes=1))
    page = text(owner.get("/sharing/looked/"))
    assert f"the entries, 13:01 {said} Nothing was shown." in page
    assert "the entries, 12:30 Dr" not in page
    assert page.count("Refused") == 1


def test_a_try_after_the_time_was_over_is_named_so(owner, diary, nurse, clock):
    share = active(diary, nurse, until="2026-06-02")
    clock.shift(timedelta(days=3))
    with pytest.raises(NotShared):
        access.reading(nurse, share.uid, "summary", timezone.now())
    assert "Refused: the time was over." in text(owner.get("/sharing/looked/"))


def test_looks_come_in_pages_and_a_stranger_page_is_the_last(owner, diary, nurse):
    share = active(diary, nurse)
    looked(share, *(NOW - timedelta(days=days) for days in range(250)))
    first, last = owner.get("/sharing/looked/"), owner.get("/sharing/looked/?page=99")
    assert "Page 1 of 2" in text(first)
    assert text(first).count("Dr A, vascular nurse") == 200
    assert text(last).count("Dr A, vascular nurse") == 50
    assert owner.get("/sharing/").content.decode().count("the summary,") == 5


def test_before_anybody_looks_every_page_says_what_it_will_show(owner):
    page = text(owner.get("/sharing/"))
    assert "Nobody but you can see this diary." in page
    assert "this diary is not monitored" in page
    for said in words.INCLUDES.values():
        assert str(said) in page
    assert "Nobody else has looked" in text(owner.get("/sharing/looked/"))
    assert "Nothing was ever shared." in text(owner.get("/sharing/history/"))


# All of it


def test_the_file_has_every_step_and_every_look_newest_last(owner, diary, nurse, new_diary):
    share = active(diary, nurse, since="2026-03-01")
    active(new_diary("other"), nurse)  # not in this file
    looked(share, NOW + timedelta(hours=1), NOW)
    share.stop(NOW + timedelta(hours=2))
    looked(share, NOW + timedelta(hours=3), refused=True)
    answer = owner.get("/sharing/history/export/")
    assert answer["Content-Disposition"] == 'attachment; filename="waymark-sharing-2026-06-01.json"'
    assert "no-store" in answer["Cache-Control"]
    whole = json.loads(answer.content)
    assert [each["event"] for each in whole["consents"]] == [
        "invited", "accepted", "agreed", "stopped",
    ]  # fmt: skip
    assert whole["consents"][-1] == {
        "at": "2026-06-01T14:00:00Z", "share_uid": str(share.uid), "event": "stopped",
        "by_owner": True, "what": "entries", "since": "2026-03-01",
        "ends_at": "2026-12-02T00:00:00Z", "email": "nurse@clinic.example", **NAMED,
    }  # fmt: skip
    assert [each["at"][11:16] for each in whole["access"]] == ["12:00", "13:00", "15:00"]
    assert whole["access"][-1] == {
        "at": "2026-06-01T15:00:00Z", "share_uid": str(share.uid), "reading": "summary",
        "refused": True, **NAMED,
    }  # fmt: skip
    for kind in ("consents", "access"):
        assert all(list(each) == list(whole["fields"][kind]) for each in whole[kind])


def queries(ask: Callable[[], Any]) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert ask().status_code == 200
    return len(asked.captured_queries)


@pytest.mark.parametrize("path", ["/", "/sharing/", "/sharing/looked/", "/sharing/history/"])
def test_a_page_asks_as_much_of_the_database_for_many_as_for_one(owner, diary, new_diary, path):
    def one_more(number: int) -> None:
        person = new_diary(f"n{number}").owner
        share = active(diary, person)
        looked(share, NOW - timedelta(days=number), refused=bool(number % 2))
        accepted(diary, new_diary(f"w{number}").owner)
        access.invite(diary, row(email=f"i{number}@clinic.example"), NOW)

    one_more(0)
    owner.get(path)  # the day's first use of a device is noted
    few = queries(lambda: owner.get(path))
    for number in range(1, 6):
        one_more(number)
    assert queries(lambda: owner.get(path)) == few
    assert few <= 10


def test_the_pages_of_one_share_ask_as_much_with_a_long_history(owner, diary, nurse):
    share = active(diary, nurse)
    owner.get(url(share))
    few = queries(lambda: owner.get(url(share)))
    for month in range(7, 12):
        share.change(rules.checked("share", {"what": "notes", "until": f"2026-{month:02}-01"}), NOW)
    assert queries(lambda: owner.get(url(share))) == few


def test_no_page_and_no_e_mail_has_a_word_that_soothes(owner, diary, nurse, new_diary):
    share = active(diary, nurse)
    accepted(diary, new_diary("other").owner)
    access.invite(diary, row(email="b@clinic.example"), NOW)
    looked(share, NOW)
    owner.post("/sharing/invite/", {**TERMS, "email": "c@clinic.example"})
    paths = ["invite/", "code/", "looked/", "history/", "", f"{share.uid}/"]
    said = [text(owner.get(f"/sharing/{path}")) for path in paths]
    for each in [*said, mail.outbox[0].body]:
        assert FORBIDDEN.findall(ALLOWED.sub("", each)) == []
        assert not re.search(r"%\(|%s|\bNone\b", each)


@pytest.mark.parametrize("path", ["/", "/settings/", "/sharing/invite/", "/sharing/looked/"])
def test_the_way_to_sharing_is_on_every_page(owner, path):
    assert 'href="/sharing/"' in owner.get(path).content.decode()


def test_the_list_itself_tells_that_notes_are_kept(owner, diary, nurse):
    share = active(diary, nurse)
    assert "They keep" not in owner.get("/sharing/").content.decode()
    for number in (1, 2):
        shared = access.reading(nurse, share.uid, "note", NOW)
        shared.add_note({"text": f"note {number}", "shown": False}, NOW)
    said = owner.get("/sharing/").content.decode()
    assert "They keep 2 notes about your diary." in said
    assert "note 1" not in said
