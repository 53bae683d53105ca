"""Is an account that was deleted really gone, from every table and every file?

Every table of the database is read as the database has it, and every file under the data folder
byte by byte: for a canary that stands in every text of the person's, and for the numbers of the
person and of their diary.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import time, timedelta
from io import StringIO
from pathlib import Path

import pytest
import time_machine
from allauth.account.models import EmailAddress, EmailConfirmation
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth.models import Group
from django.contrib.sessions.backends.db import SessionStore
from django.core import mail
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.utils import timezone
from django_q.models import OrmQ, Task

from diary import leaving, rules
from diary.access import remind
from diary.later import later
from diary.models import AccessRecord, ClinicNote, Diary, Person, Review, Share
from diary.models.batch import TABLES
from diary.models.invitations import invited
from diary.reports import report_for
from diary.wording.leaving import COUNTED, STAYS
from tests.app import CANARY, TRACK
from tests.app.api.conftest import Phone, token_of
from tests.app.sharing import clinician, give_second_factor, shared_with

NUMBER, DIARY = 7_654_321, 8_765_432
PASSWORD = "a-long-password"
WHERE = "/settings/delete/"
# Where other people keep whom they invited, and who looked at their diaries.
OTHERS_OWN = {
    "diary_share.name", "diary_share.email", "diary_shareevent.name", "diary_shareevent.email",
    "diary_accessrecord.name", "diary_clinicnote.name",
}  # fmt: skip


def everything() -> Iterator[tuple[str, str]]:
    """Every value of every column of every table, as text."""
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        if connection.vendor == "sqlite":
            tables.append("sqlite_sequence")
        for table in sorted(tables):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            for row in cursor.fetchall():
                for column, value in zip(cursor.description, row, strict=True):
                    yield f"{table}.{column[0]}", str(value)


def readable() -> Iterator[tuple[str, str]]:
    """What is packed into a column besides: sessions, and tasks with their results."""
    for session in SessionStore.get_model_class().objects.all():
        yield "a session", str(session.get_decoded())
    for queued in OrmQ.objects.all():
        yield "the queue", str(queued.task)
    for task in Task.objects.all():
        yield "a result", str((task.args, task.result))


def found(*needles: object) -> list[str]:
    """Where something of the person stands; on SQLite in the bytes of the files too."""
    texts = [str(needle) for needle in needles]
    places = {
        where
        for where, value in (*everything(), *readable())
        if any(text in value for text in texts)
    }
    for path in Path(settings.DATA_DIR).rglob("*"):
        if path.is_file() and any(text.encode() in path.read_bytes() for text in texts):
            places.add(path.name)
    return sorted(places)


def texts(prefix: str = CANARY) -> rules.Row:
    """A diary with a text wherever there can be one, long enough to overflow a page."""
    many = range(60)
    long = (f"{prefix} " * 900)[: rules.LONGEST_NOTE]
    uid = "aaaaaaaa-0000-4000-8000-{:012d}"
    document = {
        "format": "walking-diary", "version": 1, "profile": {"birth_year": 1950},
        "walks": [
            {"id": uid.format(n), "started_at": f"2026-05-{n % 28 + 1:02d}T09:00:00Z",
             "distance_m": 600, "footwear": f"{prefix} shoes", "pain": [{"onset_distance_m": 250}],
             "notes": long if n % 20 == 0 else f"{prefix} walk {n}",
             "track": TRACK if prefix == CANARY else None}
            for n in many
        ],
        "check_ins": [
            {"date": f"2026-05-{n % 28 + 1:02d}", "notes": f"{prefix} day"} for n in range(28)
        ],
        "changes": [
            {"id": uid.format(100 + n), "date": "2026-05-01", "kind": "injury",
             "notes": f"{prefix} change"} for n in range(3)
        ],
        "measurements": [
            {"id": uid.format(200), "date": "2026-05-01", "kind": "weight_kg", "value": 80,
             "notes": f"{prefix} measured"}
        ],
        "routes": [
            {"id": uid.format(300), "name": f"{prefix} way", "distance_m": 360,
             "notes": f"{prefix} along"}
        ],
    }  # fmt: skip
    return rules.document_checked(document)


def person_with_everything() -> Person:
    """Somebody with a canary in each text of each table that an account can fill."""
    now = timezone.now()
    person = Person(
        pk=NUMBER, email=f"{CANARY}@example.org", name=f"{CANARY} name", is_clinician=True
    )
    person.set_password(PASSWORD)
    person.save()
    person.groups.add(Group.objects.create(name="testers"))
    diary = Diary.objects.create(pk=DIARY, owner=person)
    diary.take_in(texts(), now)
    diary.delete_row(diary.walks.first(), now)
    report_for(diary)
    nurse = clinician("nurse")
    share = shared_with(diary, nurse, now=now, until=(now + timedelta(days=90)).date())
    AccessRecord.of(share, "summary", now).save()
    note = {"share": share, "diary": diary, "author": nurse, "made_at": now}
    ClinicNote.objects.create(**note, text=f"{CANARY} noted of the walker")
    invited(diary, {"email": f"{CANARY}-gp@example.org", "what": "notes", "since": None,
                    "until": (now + timedelta(days=90)).date()}, now)  # fmt: skip
    other = EmailAddress.objects.create(user=person, email=f"{CANARY}-other@example.org")
    EmailConfirmation.create(other)
    Authenticator.objects.create(user=person, type="webauthn", data={"name": f"{CANARY} key"})
    remind(person, time(18), [0], now)
    session = token_of(person)
    UserSession.objects.create(
        user=person, session_key=session, ip="203.0.113.7", user_agent=f"{CANARY} phone",
        data={"name": f"{CANARY} phone"},
    )  # fmt: skip
    half = SessionStore()
    half["account_login"] = {"user_pk": str(NUMBER), "email": None}
    half.save()
    asking = SessionStore()
    asking["account_login_code"] = {"code": "x", "email": person.email.upper()}
    asking.save()
    cache.set(f"allauth:rl:account:use_code:20/3600/user:user:{NUMBER}", [1.0])
    cache.set(f"allauth.mfa.totp.used?user={NUMBER}&code=123456", "y")
    later("refresh_shares", DIARY)
    Task.objects.create(
        id="1" * 32, name="x", func="diary.tasks.refresh_shares", args=(DIARY,),
        result=f"diary {DIARY}: ValueError", started=now, stopped=now, success=False,
    )  # fmt: skip
    return person


def patient_of(person: Person, new_diary) -> Diary:
    """A patient of theirs, with a note that was shown, one that was not, and a tick."""
    patient, now = new_diary("patient"), timezone.now()
    share = shared_with(patient, person, now=now, until=(now + timedelta(days=90)).date())
    note = {"share": share, "diary": patient, "author": person, "made_at": now, "name": share.name}
    ClinicNote.objects.create(**note, text=f"{CANARY} for me alone")
    ClinicNote.objects.create(**note, text="for the patient", shown=True)
    Review.objects.create(share=share, at=now, note=f"{CANARY} looked", reason="x")
    AccessRecord.of(share, "summary", now).save()
    return patient


def somebody_comes_after() -> None:
    """A newer account and diary, so that SQLite's count of ids names neither."""
    after = Person.objects.create(pk=NUMBER + 1000, email="after@example.org")
    Diary.objects.create(pk=DIARY + 1000, owner=after)


@pytest.mark.django_db(transaction=True)
def test_of_a_deleted_account_nothing_is_left_in_any_table_or_file(new_diary):
    bystander = new_diary("bystander")
    bystander.take_in(texts("somebody else's"), timezone.now())
    stays = Phone(token_of(bystander.owner))
    person = person_with_everything()
    later("refresh_shares", bystander.pk)
    somebody_comes_after()
    walks = person.diary.walks.kept().count()
    before, document = found(CANARY, NUMBER, DIARY, TRACK), bystander.document()
    counts = leaving.delete_account(person, timezone.now())
    assert found(CANARY, NUMBER, DIARY, TRACK) == []
    assert len(before) > 35, before
    assert (counts["walk"], counts["deleted"], counts["address"]) == (walks, 1, 2)
    assert bystander.document() == document
    assert stays.get("settings/").status_code == 200
    assert [each.args() for each in OrmQ.objects.all()] == [(bystander.pk,)]


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL has no such file")
def test_no_page_of_the_file_is_left_over_and_the_log_is_empty(new_diary):
    """What is in free pages and in the gaps of others can be read by whoever has the file."""
    leaving.delete_account(person_with_everything(), timezone.now())
    with connection.cursor() as cursor:
        free = cursor.execute("PRAGMA freelist_count").fetchone()[0]
    log = Path(f"{connection.settings_dict['NAME']}-wal")
    assert (free, log.stat().st_size) == (0, 0)


def test_a_clinicians_own_notes_go_and_what_they_showed_stays_with_the_patient(new_diary):
    person = person_with_everything()
    patient = patient_of(person, new_diary)
    counts = leaving.delete_account(person, timezone.now())
    assert (counts["patient"], counts["note"], counts["shown_note"]) == (1, 1, 1)
    share = Share.objects.get(diary=patient)
    assert (share.state, share.grantee_id) == ("left", None)
    assert share.events.last().event == "account_deleted"
    assert [note.text for note in patient.clinic_notes.all()] == ["for the patient"]
    assert not Review.objects.exists()
    assert patient.access_records.get().name == f"{CANARY} name"
    places = {where for where, value in (*everything(), *readable()) if CANARY in value}
    assert places == OTHERS_OWN
    assert not [where for where, value in everything() if value == str(NUMBER)]


def test_who_looked_at_the_diary_learns_only_that_it_is_not_shared_any_more(db):
    person = person_with_everything()
    share = Share.objects.get(grantee__isnull=False)
    nurse = Client()
    nurse.force_login(share.grantee)
    give_second_factor(nurse)
    where = f"/clinic/patients/{share.uid}/"
    assert nurse.get(where).status_code == 200
    leaving.delete_account(person, timezone.now())
    there, never = (
        nurse.get(where),
        nurse.get("/clinic/patients/aaaaaaaa-0000-4000-8000-000000000000/"),
    )
    assert there.status_code == never.status_code == 404
    assert CANARY not in there.content.decode() + nurse.get("/clinic/").content.decode()


def test_a_worker_that_was_at_a_diary_while_it_went_leaves_nothing_either(diary):
    now = timezone.now()
    made = {"name": "x", "func": "diary.tasks.refresh_shares", "started": now, "stopped": now}
    Task.objects.create(id="1" * 32, args=(DIARY,), **made)
    Task.objects.create(id="2" * 32, args=(diary.pk,), **made)
    Task.objects.create(id="3" * 32, args=(), **made)
    leaving.tidy()
    assert {task.id[0] for task in Task.objects.all()} == {"2", "3"}


def test_every_kind_of_thing_that_an_account_holds_has_words():
    assert set(leaving.HELD) == set(COUNTED) | set(STAYS)
    assert set(TABLES) <= set(COUNTED)


@pytest.fixture
def walker(diary) -> Client:
    """The walker's browser; the password was not asked again yet."""
    diary.take_in(texts(), timezone.now())
    client = Client()
    client.force_login(diary.owner)
    return client


def prove(client: Client) -> None:
    asked = client.post(f"/account/reauthenticate/?next={WHERE}", {"password": PASSWORD})
    assert (asked.status_code, asked.url) == (302, WHERE)


def test_the_page_says_what_goes_and_asks_who_it_is_before_it_asks_whether_they_mean_it(walker):
    page = walker.get(WHERE).content.decode()
    assert "60 walks" in page
    assert "28 check-ins" in page
    assert "/diary-file/export/" in page
    assert 'name="sure"' not in page
    prove(walker)
    assert 'name="sure"' in walker.get(WHERE).content.decode()


def test_without_a_proof_just_now_nothing_is_deleted(walker, diary):
    assert walker.post(WHERE, {"sure": "on"}).url.startswith("/account/reauthenticate/")
    assert Person.objects.filter(pk=diary.owner_id).exists()
    prove_later = timezone.now() + timedelta(minutes=6)
    prove(walker)
    with time_machine.travel(prove_later):
        assert walker.post(WHERE, {"sure": "on"}).url.startswith("/account/reauthenticate/")
    assert Person.objects.filter(pk=diary.owner_id).exists()


def test_without_the_tick_nothing_is_deleted(walker, diary):
    prove(walker)
    answer = walker.post(WHERE, {})
    assert answer.status_code == 422
    assert "Nothing was deleted" in answer.content.decode()
    assert diary.walks.count() == 60


def test_with_both_it_is_gone_and_the_last_page_and_an_e_mail_say_so(walker, diary):
    prove(walker)
    answer = walker.post(WHERE, {"sure": "on"})
    page = answer.content.decode()
    assert "60 walks" in page
    assert "Your account is deleted" in page
    assert not Person.objects.filter(pk=diary.owner_id).exists()
    assert walker.get("/walks/").status_code == 302
    (letter,) = mail.outbox
    assert letter.to == [diary.owner.email]
    assert "walk" not in letter.subject + letter.body.lower()


def test_a_demo_person_is_told_that_nobody_can_delete_them(walker, diary):
    Person.objects.update(is_demo=True)
    page = walker.get(WHERE).content.decode()
    assert "nobody can delete it" in page
    assert walker.post(WHERE, {"sure": "on"}).status_code == 403
    phone = Phone(token_of(diary.owner))
    refused = phone.delete("account/?confirm=everything")
    assert (refused.status_code, refused.json()["code"]) == (403, "demo_stays")
    with pytest.raises(CommandError, match="demo"):
        call_command("delete_account", diary.owner.email, "--yes")
    assert diary.walks.count() == 60


def test_an_app_deletes_with_a_proof_and_a_word(walker, diary):
    phone = Phone(token_of(diary.owner))
    assert phone.get("account/").json()["walk"] == 60
    assert phone.delete("account/?confirm=everything").json()["code"] == "proof_needed"
    assert phone.post("auth/reauthenticate", {"password": PASSWORD}).status_code == 200
    assert phone.delete("account/").status_code == 422
    answer = phone.delete("account/?confirm=everything")
    assert (answer.status_code, answer.json()["deleted"]["walk"]) == (200, 60)
    assert phone.get("account/").status_code == 401
    assert not Person.objects.filter(pk=diary.owner_id).exists()


def test_the_operator_sees_what_goes_before_it_goes(walker, diary):
    out = StringIO()
    call_command("delete_account", diary.owner.email.upper(), stdout=out)
    assert "60 walks" in out.getvalue()
    assert diary.walks.count() == 60
    call_command("delete_account", diary.owner.email, "--yes", stdout=out)
    assert not Person.objects.filter(pk=diary.owner_id).exists()
    with pytest.raises(CommandError, match="no account"):
        call_command("delete_account", "nobody@example.org")


def test_a_second_window_that_deletes_too_finds_nothing_left_to_delete(walker, diary):
    again = Person.objects.get(pk=diary.owner_id)
    assert leaving.delete_account(diary.owner, timezone.now())["walk"] == 60
    assert {*leaving.delete_account(again, timezone.now()).values()} == {0}
