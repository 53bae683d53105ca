"""Does somebody see in the app where they are signed in, and end it at once?"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from allauth.usersessions.models import UserSession
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client

from diary import devices
from tests.app.api.conftest import Phone
from tests.app.conftest import NOW

EMAIL, PASSWORD = "walker@example.org", "a-long-password"
ANDROID, TABLET = "Waymark/1.2 (Android 14)", "Waymark/1.2 (iPadOS 17)"
DAY = timedelta(days=1)


def sign_in(agent: str = ANDROID, email: str = EMAIL) -> Phone:
    """A phone on which somebody has signed in with their password."""
    sent = {"email": email, "password": PASSWORD}
    answer = Phone().post("auth/login", sent, **{"User-Agent": agent})
    return Phone(answer.json()["meta"]["session_token"])


def listed(phone: Phone) -> list[dict[str, Any]]:
    answer = phone.get("devices/")
    assert answer.status_code == 200
    return answer.json()["results"]


def this_one(phone: Phone) -> dict[str, Any]:
    return next(each for each in listed(phone) if each["this_device"])


def is_signed_in(phone: Phone) -> bool:
    answer = phone.get("walks/")
    if answer.status_code == 401:
        assert answer.json()["code"] == "session_ended"
    return answer.status_code == 200


def at(text: str) -> datetime:
    return datetime.fromisoformat(text.replace("Z", "+00:00"))


@pytest.fixture(autouse=True)
def clock() -> Iterator[Any]:
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


@pytest.fixture
def phone(diary) -> Phone:
    """The walker's phone."""
    return sign_in()


@pytest.fixture
def tablet(phone, clock) -> Phone:
    """The walker's tablet, signed in a day later, and used."""
    clock.shift(DAY)
    tablet = sign_in(TABLET)
    assert is_signed_in(tablet)
    return tablet


@contextmanager
def meanwhile(statement: str, happen: Any) -> Iterator[list[str]]:
    """Let something happen just before the first statement that begins so."""
    seen: list[str] = []

    def watch(execute: Any, sql: str, *rest: Any) -> Any:
        if sql.startswith(statement) and not seen:
            seen.append(sql)
            happen()
        return execute(sql, *rest)

    with connection.execute_wrapper(watch):
        yield seen


def test_every_device_is_listed_last_used_first(phone, tablet):
    assert listed(tablet) == [
        {
            "id": this_one(tablet)["id"],
            "name": "",
            "user_agent": TABLET,
            "signed_in_at": "2026-06-02T12:00:00Z",
            "last_used_at": "2026-06-02T12:00:00Z",
            "this_device": True,
        },
        {
            "id": this_one(phone)["id"],
            "name": "",
            "user_agent": ANDROID,
            "signed_in_at": "2026-06-01T12:00:00Z",
            "last_used_at": "2026-06-01T12:00:00Z",
            "this_device": False,
        },
    ]


def test_neither_tokens_nor_addresses_of_devices_are_told(phone, tablet):
    told = tablet.get("devices/").content.decode()
    assert phone.token not in told
    assert tablet.token not in told
    assert "127.0.0.1" not in told


def test_a_browser_is_a_device_too_and_can_be_signed_out_from_the_phone(phone):
    browser = Client(headers={"user-agent": "Mozilla/5.0 Firefox/128.0"})
    browser.post("/account/login/", {"login": EMAIL, "password": PASSWORD})
    assert browser.get("/walks/").status_code == 200
    (found,) = [each for each in listed(phone) if "Firefox" in each["user_agent"]]
    assert phone.delete(f"devices/{found['id']}/").status_code == 204
    assert browser.get("/walks/").status_code == 302
    assert is_signed_in(phone)


def test_a_device_takes_a_name_and_every_device_is_told_it(phone, tablet):
    number = this_one(phone)["id"]
    answer = tablet.patch(f"devices/{number}/", {"name": "  The <green> phone "})
    assert answer.status_code == 200
    assert answer.json() == next(each for each in listed(tablet) if each["id"] == number)
    assert answer.json()["name"] == "The <green> phone"
    assert answer.json()["user_agent"] == ANDROID
    assert not answer.json()["this_device"]
    assert this_one(phone)["name"] == "The <green> phone"
    assert tablet.patch(f"devices/{number}/", {"name": "Pocket"}).json()["name"] == "Pocket"


@pytest.mark.parametrize(
    ("sent", "attr"),
    [
        ({"name": "x" * 101}, "name"),
        ({"name": "a\x00b"}, "name"),
        ({"name": 7}, "name"),
        ({"name": None}, "name"),
        ({}, "name"),
        ({"name": "mine", "user_agent": "other"}, "user_agent"),
        ({"name": "mine", "id": 1}, "id"),
        ({"name": "mine", "revision": 1}, "revision"),
        (["mine"], None),
        ("mine", None),
    ],
)
def test_what_cannot_be_a_name_is_refused_and_nothing_changes(phone, sent, attr):
    answer = phone.patch(f"devices/{this_one(phone)['id']}/", sent)
    assert answer.status_code == 422
    assert answer["Content-Type"] == "application/problem+json"
    assert [each["attr"] for each in answer.json()["errors"]] == [attr]
    assert this_one(phone)["name"] == ""


def test_a_device_that_is_signed_out_is_nobodys_with_its_next_request(phone, tablet):
    answer = tablet.delete(f"devices/{this_one(phone)['id']}/")
    assert (answer.status_code, answer.content) == (204, b"")
    assert not is_signed_in(phone)
    assert phone.put("profile/", {"birth_year": 1950}).status_code == 401
    assert is_signed_in(tablet)
    assert len(listed(tablet)) == 1
    assert not Session.objects.filter(session_key=phone.token).exists()


def test_a_device_can_sign_itself_out(phone, tablet):
    assert phone.delete(f"devices/{this_one(phone)['id']}/").status_code == 204
    assert not is_signed_in(phone)
    assert is_signed_in(tablet)


def test_signing_out_twice_finds_nothing_the_second_time(phone, tablet):
    where = f"devices/{this_one(phone)['id']}/"
    assert [tablet.delete(where).status_code for _ in range(2)] == [204, 404]


def test_nobody_sees_names_or_ends_the_device_of_another(phone, new_diary):
    new_diary("other")
    other = sign_in(TABLET, "other@example.org")
    number = this_one(phone)["id"]
    for answer in (
        other.delete(f"devices/{number}/"),
        other.patch(f"devices/{number}/", {"name": "mine"}),
    ):
        assert answer.status_code == 404
    assert [each["user_agent"] for each in listed(other)] == [TABLET]
    assert is_signed_in(phone)
    assert this_one(phone)["name"] == ""


@pytest.mark.parametrize("number", ["0", "9" * 30, "-1", "x", "1.0", "%00"])
def test_a_device_that_never_was_is_not_found(phone, number):
    assert phone.delete(f"devices/{number}/").status_code == 404
    assert phone.patch(f"devices/{number}/", {"name": "mine"}).status_code == 404


def test_the_last_use_is_kept_to_the_hour(phone, clock):
    is_signed_in(phone)
    clock.shift(timedelta(minutes=59))
    assert at(this_one(phone)["last_used_at"]) == NOW
    clock.shift(timedelta(minutes=1))
    assert at(this_one(phone)["last_used_at"]) == NOW + timedelta(hours=1)


def test_reading_within_the_hour_writes_nothing(phone, clock):
    is_signed_in(phone)
    clock.shift(timedelta(minutes=59))
    for statement in ("INSERT", "UPDATE", "DELETE"):
        with meanwhile(statement, lambda: None) as written:
            is_signed_in(phone)
        assert written == []
    clock.shift(timedelta(minutes=1))
    with meanwhile("UPDATE", lambda: None) as written:
        is_signed_in(phone)
    assert written


def test_a_phone_that_is_used_now_and_then_stays_signed_in(phone, clock):
    assert is_signed_in(phone)
    for _ in range(4):
        clock.shift(89 * DAY)
        assert is_signed_in(phone)


def test_a_phone_that_is_not_used_for_91_days_signs_in_again(phone, clock):
    assert is_signed_in(phone)
    clock.shift(91 * DAY)
    assert not is_signed_in(phone)
    assert phone.get("auth/session").status_code == 401
    again = sign_in()
    assert [each["this_device"] for each in listed(again)] == [True]


def test_looking_at_the_session_alone_does_not_bring_an_old_one_back(phone, clock):
    assert is_signed_in(phone)
    clock.shift(91 * DAY)
    for _ in range(2):
        assert phone.get("auth/session").status_code == 401
        assert not is_signed_in(phone)


def test_a_session_that_is_ended_while_a_request_renews_it_stays_ended(phone, clock):
    assert is_signed_in(phone)
    clock.shift(DAY)

    def sign_out() -> None:
        UserSession.objects.get(session_key=phone.token).end()

    with meanwhile('UPDATE "usersessions_usersession"', sign_out) as seen:
        answer = phone.get("walks/")
    assert seen
    assert answer.status_code == 401
    assert answer.json()["code"] == "session_ended"
    assert not Session.objects.exists()
    assert not UserSession.objects.exists()
    assert not is_signed_in(phone)


@pytest.mark.parametrize(
    ("where", "sent"),
    [
        ("auth/reauthenticate", {"password": PASSWORD}),
        ("account/password/change", {"current_password": PASSWORD, "new_password": "x" * 20 + "y"}),
    ],
)
def test_a_session_that_is_ended_while_it_proves_itself_stays_ended(phone, where, sent):
    with meanwhile('INSERT INTO "cache"', Session.objects.all().delete) as seen:
        answer = phone.post(where, sent)
    assert seen
    assert answer.status_code == 401 or answer.json()["meta"]["session_token"] != phone.token
    assert not is_signed_in(phone)


def test_demo_people_have_no_devices(diary, phone):
    number = this_one(phone)["id"]
    diary.owner.is_demo = True
    diary.owner.save()
    for answer in (
        phone.get("devices/"),
        phone.delete(f"devices/{number}/"),
        phone.patch(f"devices/{number}/", {"name": "mine"}),
    ):
        assert answer.status_code == 404
        assert answer.json()["code"] == "not_found"
    assert is_signed_in(phone)


def test_a_session_of_no_known_device_is_listed_once_it_is_used_and_can_be_ended(phone, tablet):
    UserSession.objects.filter(session_key=tablet.token).delete()
    session = SessionStore(tablet.token)
    del session[devices.SEEN_AT]
    session.save()
    assert tablet.get("walks/", **{"User-Agent": TABLET}).status_code == 200
    (found,) = [each for each in listed(phone) if not each["this_device"]]
    assert found["user_agent"] == TABLET
    assert phone.delete(f"devices/{found['id']}/").status_code == 204
    assert not is_signed_in(tablet)
