"""Does somebody see where they are signed in, and end it at once?"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.test import Client

from diary import devices
from diary.web import middleware
from diary.wording import devices as device_words
from tests.app.conftest import NOW

FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:128.0) Gecko/20100101 Firefox/128.0"
IPHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like "
    "Gecko) Version/17.5 Mobile/15E148 Safari/604.1"
)


def signed_in_with(email: str, user_agent: str, password: str = "a-long-password") -> Client:
    """A browser in which somebody has signed in with their password."""
    client = Client(headers={"user-agent": user_agent})
    answer = client.post("/account/login/", {"login": email, "password": password})
    assert answer.status_code == 302
    return client


def device_of(client: Client) -> UserSession:
    return UserSession.objects.get(session_key=client.session.session_key)


def is_signed_in(client: Client) -> bool:
    return client.get("/walks/").status_code == 200


@pytest.fixture
def desk(diary) -> Client:
    """The walker's computer."""
    EmailAddress.objects.create(
        user=diary.owner, email=diary.owner.email, verified=True, primary=True
    )
    return signed_in_with("walker@example.org", FIREFOX)


@pytest.fixture
def phone(desk) -> Client:
    """The walker's phone."""
    return signed_in_with("walker@example.org", IPHONE)


def test_every_device_is_listed_and_this_one_is_known(desk, phone):
    page = desk.get("/devices/").content.decode()
    assert "Firefox on Windows" in page
    assert "Safari on an iPhone" in page
    assert page.count("This is the device before you.") == 1
    assert page.count("Signed in on") == 2
    assert "127.0.0.1" not in page


def test_a_device_that_is_signed_out_is_nobodys_with_its_next_request(desk, phone):
    assert is_signed_in(phone)
    answer = desk.post(f"/devices/{device_of(phone).pk}/sign-out/")
    assert answer.url == "/devices/"
    assert not is_signed_in(phone)
    assert phone.post("/walks/add/").status_code == 401
    assert is_signed_in(desk)
    assert "iPhone" not in desk.get("/devices/").content.decode()


def test_signing_out_of_this_very_device_ends_on_the_front_page(desk, phone):
    answer = desk.post(f"/devices/{device_of(desk).pk}/sign-out/", follow=True)
    assert answer.redirect_chain == [("/", 302)]
    assert "Create an account" in answer.content.decode()
    assert not is_signed_in(desk)
    assert is_signed_in(phone)
    assert UserSession.objects.count() == 1


def test_everywhere_else_is_everywhere_else(desk, phone):
    signed_in_with("walker@example.org", "Waymark/1.0 (Android 14)")
    page = desk.post("/devices/sign-out/", follow=True).content.decode()
    assert "2 other devices are signed out." in page
    assert UserSession.objects.get() == device_of(desk)
    assert not is_signed_in(phone)
    assert is_signed_in(desk)


def test_nobody_ends_or_renames_the_device_of_another(desk, phone, new_diary):
    new_diary("other")
    other = signed_in_with("other@example.org", FIREFOX)
    pk = device_of(phone).pk
    assert other.post(f"/devices/{pk}/sign-out/").status_code == 404
    assert other.post(f"/devices/{pk}/", {"name": "mine"}).status_code == 404
    assert "iPhone" not in other.get("/devices/").content.decode()
    other.post("/devices/sign-out/")
    assert is_signed_in(phone)
    assert device_of(phone).data == {}


def test_a_device_takes_a_name_and_gives_it_back(desk):
    url = f"/devices/{device_of(desk).pk}/"
    page = desk.post(url, {"name": "  The <study> "}, follow=True).content.decode()
    assert "The &lt;study&gt;" in page
    assert "Firefox on Windows" in page
    assert "The &lt;study&gt;" in desk.get(url).content.decode()
    desk.post(url, {"name": ""})
    assert device_of(desk).data == {"name": ""}
    assert "Firefox on Windows" in desk.get("/devices/").content.decode()


@pytest.mark.parametrize(("name", "said"), [("x" * 101, "at most 100"), ("a\x00b", "characters")])
def test_a_name_that_cannot_be_kept_gets_a_sentence(desk, name, said):
    answer = desk.post(f"/devices/{device_of(desk).pk}/", {"name": name})
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert device_of(desk).data == {}


@pytest.mark.parametrize("pk", ["0", "9" * 30])
def test_a_device_that_never_was_is_not_found(desk, pk):
    assert desk.get(f"/devices/{pk}/").status_code == 404
    assert desk.post(f"/devices/{pk}/sign-out/").status_code == 404


def test_the_last_use_is_kept_to_the_hour(diary):
    with time_machine.travel(NOW, tick=False) as clock:
        client = signed_in_with("walker@example.org", FIREFOX)
        client.get("/walks/")
        clock.shift(timedelta(minutes=59))
        client.get("/walks/")
        assert device_of(client).last_seen_at == NOW
        clock.shift(timedelta(minutes=1))
        answer = client.get("/walks/", REMOTE_ADDR="203.0.113.9")
        assert device_of(client).last_seen_at == NOW + timedelta(hours=1)
        assert device_of(client).ip == "203.0.113.9"
        assert "sessionid" in answer.cookies
        assert "sessionid" not in client.get("/walks/").cookies


def test_a_browser_that_is_used_stays_signed_in_and_one_that_is_not_does_not(diary):
    with time_machine.travel(NOW, tick=False) as clock:
        client = signed_in_with("walker@example.org", FIREFOX)
        for _ in range(3):
            clock.shift(timedelta(days=29))
            assert is_signed_in(client)
        clock.shift(timedelta(days=31))
        assert not is_signed_in(client)


def test_a_page_opens_while_its_session_is_ended_and_the_session_stays_ended(desk, monkeypatch):
    noted = devices.note_use

    def ended_meanwhile(session, *rest):
        Session.objects.all().delete()
        session.pop(devices.SEEN_AT, None)
        return noted(session, *rest)

    monkeypatch.setattr(middleware.devices, "note_use", ended_meanwhile)
    assert desk.get("/walks/").status_code == 200
    assert not Session.objects.exists()
    assert not is_signed_in(desk)


def test_a_changed_password_signs_the_other_devices_out(desk, phone):
    new = "another-long-password"
    answers = {"oldpassword": "a-long-password", "password1": new, "password2": new}
    assert desk.post("/account/password/change/", answers).status_code == 302
    assert is_signed_in(desk)
    assert not is_signed_in(phone)
    assert "iPhone" not in desk.get("/devices/").content.decode()


def test_demo_people_have_no_devices_to_look_at(client, diary):
    diary.owner.is_demo = True
    diary.owner.save()
    client.force_login(diary.owner)
    for path in ("/devices/", "/devices/1/", "/devices/sign-out/", "/devices/1/sign-out/"):
        assert client.get(path).status_code == 404
        assert client.post(path).status_code == 404
    assert "/devices/" not in client.get("/settings/").content.decode()


@pytest.mark.parametrize(
    ("user_agent", "said"),
    [
        (FIREFOX, "Firefox on Windows"),
        (IPHONE, "Safari on an iPhone"),
        (f"{FIREFOX} Chrome/126.0 Safari/537.36 Edg/126.0", "Edge on Windows"),
        ("Mozilla/5.0 (X11; Linux x86_64) Chrome/126.0 Safari/537.36", "Chrome on Linux"),
        ("Mozilla/5.0 (Linux; Android 14) SamsungBrowser/25 Chrome/121", "Samsung Internet on"),
        ("Mozilla/5.0 (X11; CrOS x86_64) Chrome/126.0 Safari/537.36", "Chrome on a Chromebook"),
        ("Waymark/1.2 (Android 14)", "Waymark app on Android"),
        ("Waymark/1.2", "Waymark app"),
        ("curl on Linux", "Something on Linux"),
        ("", "A device without a name"),
        ("<b>", "A device without a name"),
    ],
)
def test_a_device_is_called_what_it_is(user_agent, said):
    assert device_words.called(user_agent).startswith(said)


@pytest.mark.parametrize(
    ("ago", "said"),
    [
        (timedelta(minutes=59), "last used less than an hour ago"),
        (timedelta(minutes=61), "last used about an hour ago"),
        (timedelta(hours=5), "last used about 5 hours ago"),
        (timedelta(days=3), "last used on 29 May 2026"),
    ],
)
def test_the_last_use_is_said_as_exactly_as_it_is_kept(ago, said):
    assert device_words.used(datetime(2026, 6, 1, 12, tzinfo=UTC) - ago, NOW) == said
