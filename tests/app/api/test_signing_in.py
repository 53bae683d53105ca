"""Does the app sign in and out, by every way, and does a token end when it must?"""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from allauth.usersessions.models import UserSession
from django.apps import apps
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core import mail
from django.db import OperationalError, connection
from django.test import Client
from django.urls import resolve

from diary.models import Person
from tests.app.api.conftest import Phone
from tests.app.api.signing_in import (
    EMAIL,
    PASSWORD,
    after,
    is_problem,
    is_signed_in,
    sign_in,
    token,
)
from tests.app.conftest import NOW

HALF_A_MINUTE = timedelta(seconds=30)


def digits(secret: str) -> str:
    """What an authenticator app shows now."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


@pytest.fixture(autouse=True)
def clock() -> Iterator[Any]:
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


@pytest.fixture
def walker(diary) -> Person:
    """The walker, whose address is confirmed."""
    EmailAddress.objects.create(user=diary.owner, email=EMAIL, verified=True, primary=True)
    return diary.owner


@pytest.fixture
def phone(walker) -> Phone:
    """The walker's phone, on which the password was asked for once more a moment ago."""
    phone = sign_in()
    assert phone.post("auth/reauthenticate", {"password": PASSWORD}).status_code == 200
    return phone


@pytest.fixture
def secret(phone, clock) -> str:
    """The key of the walker's authenticator app, which is switched on."""
    key = phone.get("account/authenticators/totp").json()["meta"]["secret"]
    answer = phone.post("account/authenticators/totp", {"code": digits(key)})
    assert answer.json()["data"]["type"] == "totp"
    clock.shift(HALF_A_MINUTE)
    return key


@pytest.fixture
def codes(phone, secret) -> list[str]:
    """The walker's recovery codes."""
    return phone.post("account/authenticators/recovery-codes").json()["data"]["unused_codes"]


def test_somebody_new_signs_up_and_keeps_a_diary(db):
    sent = {"email": "New@Example.org", "password": PASSWORD, "time_zone": "Europe/Paris"}
    answer = Phone().post("auth/signup", sent)
    assert answer.status_code == 200
    assert answer.json()["data"]["user"]["email"] == "new@example.org"
    phone = Phone(token(answer))
    row = {"id": "0b4a0a34-0000-4000-8000-000000000001", "started_at": "2026-05-30T09:00:00Z"}
    assert phone.post("walks/", {**row, "distance_m": 600}).json()["time_zone"] == "Europe/Paris"
    assert Person.objects.get().time_zone == "Europe/Paris"


@pytest.mark.parametrize(
    ("sent", "attr"),
    [
        ({"email": "new@example.org", "password": "short"}, "password"),
        ({"email": "new@example.org", "password": "1234567890"}, "password"),
        ({"email": "new", "password": PASSWORD}, "email"),
        ({"email": EMAIL.upper(), "password": PASSWORD}, "email"),
        ({"password": PASSWORD}, "email"),
        ({"email": "new@example.org"}, "password"),
    ],
)
def test_signing_up_says_what_is_wrong_and_makes_nobody(walker, sent, attr):
    answer = Phone().post("auth/signup", sent)
    assert is_problem(answer, 400, "refused")
    assert {each["attr"] for each in answer.json()["errors"]} == {attr}
    assert Person.objects.count() == 1
    assert "session_token" not in answer.content.decode()


def test_a_password_signs_in_whatever_the_case_of_the_address(walker):
    phone = sign_in("Walker@Example.ORG")
    assert is_signed_in(phone)
    told = phone.get("auth/session").json()
    assert told["meta"]["is_authenticated"]
    assert told["data"]["user"]["email"] == EMAIL
    assert "session_token" not in json.dumps(told)


def test_a_wrong_password_and_an_unknown_address_are_answered_alike(walker):
    answers = [
        Phone().post("auth/login", {"email": email, "password": "not-the-password"})
        for email in (EMAIL, "unknown@example.org")
    ]
    assert is_problem(answers[0], 400, "refused")
    assert answers[0].content == answers[1].content
    assert answers[0].headers == answers[1].headers
    assert Session.objects.count() == 0


def test_somebody_who_may_no_longer_sign_in_does_not(walker):
    Person.objects.update(is_active=False)
    answer = Phone().post("auth/login", {"email": EMAIL, "password": PASSWORD})
    assert answer.status_code in (400, 401)
    assert answer["Content-Type"] == "application/problem+json"
    assert not UserSession.objects.exists()


def test_failed_tries_are_stopped_and_told_for_how_long(walker):
    for _ in range(11):
        Phone().post("auth/login", {"email": EMAIL, "password": "not-the-password"})
    right = Phone().post("auth/login", {"email": EMAIL, "password": PASSWORD})
    assert is_problem(right, 429, "too_many_requests")
    assert right.json()["errors"][0]["code"] == "too_many_login_attempts"
    assert int(right["Retry-After"]) > 0
    assert not UserSession.objects.exists()


def test_an_address_that_tries_too_often_gets_429_with_retry_after(walker):
    for number in range(31):
        sent = {"email": f"nobody{number}@example.org", "password": "not-the-password"}
        answer = Phone().post("auth/login", sent)
    assert is_problem(answer, 429, "too_many_requests")
    assert int(answer["Retry-After"]) > 0


def test_an_e_mailed_code_signs_in_once(walker):
    asked = Phone().post("auth/code/request", {"email": EMAIL})
    assert is_problem(asked, 401, "sign_in_unfinished")
    assert {"id": "login_by_code", "is_pending": True} in asked.json()["data"]["flows"]
    code = re.search(r"^\w+-\w+$", mail.outbox[0].body, re.MULTILINE)[0]
    pending = Phone(token(asked))
    assert not is_signed_in(pending)
    wrong = pending.post("auth/code/confirm", {"code": "BBBB-BBBB"})
    assert is_problem(wrong, 400, "refused")
    answer = pending.post("auth/code/confirm", {"code": code})
    assert is_signed_in(after(answer, pending))
    again = pending.post("auth/code/confirm", {"code": code})
    assert is_problem(again, 401, "session_ended")


def test_a_code_for_an_unknown_address_is_asked_for_alike(walker):
    told = set()
    for email in (EMAIL, "no@example.org"):
        answer = Phone().post("auth/code/request", {"email": email})
        told.add((answer.status_code, answer.content.decode().replace(token(answer), "")))
    assert [status for status, _content in told] == [401]


def test_the_app_asks_for_the_digits_after_the_password(secret):
    answer = Phone().post("auth/login", {"email": EMAIL, "password": PASSWORD})
    assert is_problem(answer, 401, "sign_in_unfinished")
    flows = {each["id"]: each for each in answer.json()["data"]["flows"]}
    assert flows["mfa_authenticate"]["is_pending"]
    assert flows["mfa_authenticate"]["types"] == ["recovery_codes", "totp"]
    half = Phone(token(answer))
    assert not is_signed_in(half)
    assert is_problem(half.post("auth/2fa/authenticate", {"code": "000000"}), 400, "refused")
    assert not is_signed_in(half)
    whole = half.post("auth/2fa/authenticate", {"code": digits(secret)})
    assert is_signed_in(after(whole, half))
    assert not is_signed_in(half)


def test_digits_cannot_be_guessed_by_trying_them_all(secret):
    half = sign_in()
    for guess in range(12):
        answer = half.post("auth/2fa/authenticate", {"code": f"{guess:06}"})
    assert answer.json()["errors"][0]["code"] == "too_many_login_attempts"
    assert half.post("auth/2fa/authenticate", {"code": digits(secret)}).status_code != 200
    assert not is_signed_in(half)


def test_a_recovery_code_signs_in_once(codes):
    half = sign_in()
    answer = half.post("auth/2fa/authenticate", {"code": codes[0]})
    assert is_signed_in(after(answer, half))
    again = sign_in().post("auth/2fa/authenticate", {"code": codes[0]})
    assert is_problem(again, 400, "refused")


def test_neither_the_secret_nor_a_recovery_code_can_be_read_in_the_database(secret, codes):
    kept = everything_kept()
    assert secret not in kept
    assert not any(code in kept for code in codes)
    assert Authenticator.objects.count() == 2


def test_the_key_of_an_authenticator_app_is_shown_only_until_it_is_on(phone, secret):
    answer = phone.get("account/authenticators/totp")
    assert answer.status_code == 200
    assert secret not in answer.content.decode()


def test_how_one_signs_in_is_changed_only_soon_after_signing_in(phone, secret, clock):
    clock.shift(timedelta(hours=1))
    where = "account/authenticators/totp"
    answer = phone.delete(where)
    assert is_problem(answer, 401, "sign_in_unfinished")
    assert Authenticator.objects.filter(type="totp").exists()
    assert phone.post("auth/reauthenticate", {"password": "not-it"}).status_code == 400
    assert phone.delete(where).status_code == 401
    assert phone.post("auth/reauthenticate", {"password": PASSWORD}).status_code == 200
    assert phone.delete(where).status_code == 200
    assert not Authenticator.objects.exists()


def test_signing_out_ends_the_token_with_the_next_request(phone):
    other = sign_in()
    answer = phone.delete("auth/session")
    assert (answer.status_code, answer.content) == (204, b"")
    assert not is_signed_in(phone)
    assert is_problem(phone.get("walks/"), 401, "session_ended")
    assert is_problem(phone.get("auth/session"), 401, "session_ended")
    assert is_problem(phone.delete("auth/session"), 401, "session_ended")
    assert is_signed_in(other)


def test_a_changed_password_signs_every_other_device_out(phone):
    other, browser = sign_in(), Client()
    browser.post("/account/login/", {"login": EMAIL, "password": PASSWORD})
    assert browser.get("/walks/").status_code == 200
    sent = {"current_password": PASSWORD, "new_password": "another-long-password"}
    answer = phone.post("account/password/change", sent)
    assert answer.status_code == 200
    assert not is_signed_in(phone)
    new = Phone(token(answer))
    assert is_signed_in(new)
    assert not is_signed_in(other)
    assert browser.get("/walks/").status_code == 302
    assert len(new.get("devices/").json()["results"]) == 1


def everything_kept(without: tuple[str, ...] = ()) -> str:
    """The whole database as text, but for some columns."""
    text = []
    for model in apps.get_models(include_auto_created=True):
        names = [
            field.attname
            for field in model._meta.concrete_fields
            if f"{model._meta.db_table}.{field.column}" not in without
        ]
        text += [str(row) for row in model._base_manager.values_list(*names)]
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM cache")
        text += [str(row) for row in cursor.fetchall()]
    sessions = [str(each.get_decoded()) for each in Session.objects.all()]
    return "\n".join([*text, *sessions])


def test_a_token_is_kept_only_as_the_key_of_its_session(phone, codes):
    phone.get("devices/")
    Phone().post("auth/login", {"email": EMAIL, "password": "not-the-password"})
    assert phone.token in everything_kept()
    columns = ("usersessions_usersession.session_key", "django_session.session_key")
    assert phone.token not in everything_kept(without=columns)


@pytest.mark.parametrize("name", settings.HEADLESS_FRONTEND_URLS)
def test_every_address_that_an_e_mail_may_name_is_that_of_a_page(name):
    assert resolve(settings.HEADLESS_FRONTEND_URLS[name].format(key="x-y-z")).url_name == name


@pytest.mark.parametrize(
    ("where", "sent", "page"),
    [
        ("auth/signup", {"email": "new@example.org", "password": PASSWORD}, "/account/confirm-"),
        ("auth/password/request", {"email": EMAIL}, "/account/password/reset/key/"),
        ("auth/password/request", {"email": "no@example.org"}, "/account/signup/"),
        ("auth/code/request", {"email": "no@example.org"}, "/account/signup/"),
    ],
)
def test_the_links_of_e_mails_lead_to_pages(walker, where, sent, page):
    Phone().post(where, sent)
    links = [link for each in mail.outbox for link in re.findall(r"https?://\S+", each.body)]
    assert any(f"testserver{page}" in link for link in links)
    for link in links:
        answer = Client().get(link.partition("testserver")[2], follow=True)
        assert answer.status_code == 200
        assert "could not" not in answer.content.decode()


def test_the_link_to_a_new_password_gives_one_and_signs_the_phone_out(phone):
    Phone().post("auth/password/request", {"email": EMAIL})
    link = re.search(r"/account/password/reset/key/\S+", mail.outbox[-1].body)[0]
    browser = Client()
    form = browser.get(link, follow=True)
    new = "another-long-password"
    browser.post(form.redirect_chain[-1][0], {"password1": new, "password2": new})
    assert not is_signed_in(phone)
    assert is_signed_in(sign_in(password=new))


def test_the_app_can_set_a_new_password_with_the_key_of_the_e_mail(phone):
    Phone().post("auth/password/request", {"email": EMAIL})
    key = re.search(r"/account/password/reset/key/([^/\s]+)", mail.outbox[-1].body)[1]
    sent = {"key": key, "password": "another-long-password"}
    Phone().post("auth/password/reset", sent)
    assert not is_signed_in(phone)
    assert is_signed_in(sign_in(password="another-long-password"))
    assert is_problem(Phone().post("auth/password/reset", sent), 400, "refused")


@pytest.mark.parametrize("signed_up", [True, False])
@pytest.mark.parametrize("way", ["code", "password"])
def test_an_address_that_another_added_unproven_leads_to_nobodys_diary(new_diary, signed_up, way):
    """Else its owner would write into the diary of whoever added it."""
    other, email = new_diary("other").owner, "owner@example.org"
    EmailAddress.objects.create(user=other, email=other.email, verified=True, primary=True)
    if signed_up:
        Phone().post("auth/signup", {"email": email, "password": PASSWORD})
    sign_in(other.email).post("account/email", {"email": email})
    mail.outbox.clear()
    asked = Phone().post(f"auth/{way}/request", {"email": email})
    for sent in [each.body for each in mail.outbox]:
        if way == "code" and (code := re.search(r"^\w+-\w+$", sent, re.MULTILINE)):
            answer = Phone(token(asked)).post("auth/code/confirm", {"code": code[0]})
            assert answer.json()["data"]["user"]["email"] == email
        if key := re.search(r"/account/password/reset/key/([^/\s]+)", sent):
            told = Phone().send("GET", "auth/password/reset", **{"X-Password-Reset-Key": key[1]})
            assert told.json()["data"]["user"]["email"] == email


def test_an_address_that_another_added_unproven_is_free_for_its_owner_to_sign_up_with(new_diary):
    other, email = new_diary("other").owner, "owner@example.org"
    adding = sign_in(other.email)
    adding.post("account/email", {"email": email})
    assert [each["email"] for each in adding.get("account/email").json()["data"]] == [email]
    phone = Phone(token(Phone().post("auth/signup", {"email": email, "password": PASSWORD})))
    assert phone.get("auth/session").json()["data"]["user"]["email"] == email
    (own,) = phone.get("account/email").json()["data"]
    assert own == {"email": email, "primary": True, "verified": False}
    assert email not in adding.get("account/email").content.decode()


@pytest.mark.parametrize("way", ["login_by_code", "password_reset"])
def test_the_pages_lead_only_to_the_owner_of_an_address_too(new_diary, way):
    other, email = new_diary("other").owner, "owner@example.org"
    sign_in(other.email).post("account/email", {"email": email})
    mail.outbox.clear()
    where = {"login_by_code": "/account/login/code/", "password_reset": "/account/password/reset/"}
    assert Client().post(where[way], {"email": email}).status_code == 302
    (sent,) = mail.outbox
    assert "/account/signup/" in sent.body
    signed_up = Client().post("/account/signup/", {"email": email, "password1": PASSWORD})
    assert signed_up.status_code == 302
    assert Person.objects.filter(email=email).exists()


def test_a_proven_address_leads_to_whoever_proved_it(new_diary):
    """Though another account was made with it, by somebody who never read its mail."""
    other, proven = new_diary("squatter").owner, new_diary("owner").owner
    EmailAddress.objects.create(user=proven, email=other.email, verified=True)
    asked = Phone().post("auth/code/request", {"email": other.email})
    code = re.search(r"^\w+-\w+$", mail.outbox[0].body, re.MULTILINE)[0]
    answer = Phone(token(asked)).post("auth/code/confirm", {"code": code})
    assert answer.json()["data"]["user"]["email"] == proven.email


DEAD = ("zzz", "a" * 32, "", "ended")


@pytest.mark.parametrize("dead", DEAD)
@pytest.mark.parametrize(
    ("where", "sent", "status"),
    [
        ("auth/login", {"email": EMAIL, "password": PASSWORD}, 200),
        ("auth/signup", {"email": "new@example.org", "password": PASSWORD}, 200),
        ("auth/password/request", {"email": EMAIL}, 200),
        ("auth/code/request", {"email": EMAIL}, 401),
    ],
)
def test_a_token_that_ended_keeps_nobody_from_signing_in(walker, dead, where, sent, status):
    """The guide says: with every request."""
    ended = sign_in()
    UserSession.objects.get(session_key=ended.token).end()
    phone = Phone()
    header = {"X-Session-Token": ended.token if dead == "ended" else dead}
    answer = phone.post(where, sent, **header)
    plain = phone.post(where, sent)
    assert answer.status_code == status
    assert answer.json().get("code") != "session_ended"
    if where == "auth/login":
        assert is_signed_in(Phone(token(answer)))
        assert answer.json().keys() == plain.json().keys()


@pytest.mark.parametrize("where", ["help/", "questions/", "causes/", "causes/sciatica/", "config"])
def test_what_everybody_may_read_is_read_with_a_token_that_ended_or_is_not_whole(secret, where):
    half, plain = sign_in(), Phone().get(where)
    assert not is_signed_in(half)
    for phone in (half, Phone("zzz"), Phone("a" * 32)):
        answer = phone.get(where)
        assert (answer.status_code, answer.content) == (200, plain.content)


@pytest.mark.parametrize("zone", ["Mars", 5, "", ["Europe/London"]])
def test_an_unknown_time_zone_is_told_at_signing_up(db, zone):
    sent = {"email": "new@example.org", "password": PASSWORD, "time_zone": zone}
    answer = Phone().post("auth/signup", sent)
    assert is_problem(answer, 422, "refused")
    (error,) = answer.json()["errors"]
    assert (error["attr"], error["code"]) == ("time_zone", "unknown_zone")
    assert not Person.objects.exists()


@pytest.mark.parametrize("media", ["text/plain", "application/x-www-form-urlencoded", ""])
def test_only_json_makes_an_account(db, media):
    sent = json.dumps({"email": "new@example.org", "password": PASSWORD})
    answer = Phone().client.generic("POST", "/api/v1/auth/signup", sent, media)
    assert is_problem(answer, 415, "unsupported_media_type")
    assert not Person.objects.exists()


def test_a_database_that_does_not_answer_is_told_with_how_long_to_wait(walker):
    def broken(*_statement: Any) -> Any:
        raise OperationalError

    with connection.execute_wrapper(broken):
        answer = Phone().post("auth/login", {"email": EMAIL, "password": PASSWORD})
    assert is_problem(answer, 503, "unavailable")
    assert int(answer["Retry-After"]) > 0


def test_a_token_outlives_an_exchange_of_the_secret_key(phone, settings):
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another-key-of-this-deployment-for-the-test-0123456789"
    assert [phone.get("walks/").status_code for _ in range(2)] == [200, 200]
    assert [phone.get("auth/session").status_code for _ in range(2)] == [200, 200]
    assert len(phone.get("devices/").json()["results"]) == 1
    settings.SECRET_KEY_FALLBACKS = []
    assert is_signed_in(phone)


def test_an_exchange_of_the_secret_key_keeps_a_token_that_is_first_seen_by_signing_in(
    phone, settings
):
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another-key-of-this-deployment-for-the-test-0123456789"
    assert [phone.get("auth/session").status_code for _ in range(2)] == [200, 200]
    assert is_signed_in(phone)


@pytest.mark.parametrize("where", ["walks/", "help/"])
def test_tokens_that_are_nobodys_are_counted_as_requests_of_their_address(walker, phone, where):
    for number in range(120):
        assert Phone(f"{number:032}").get("walks/").status_code == 401
    answer = Phone("0" * 32).get(where)
    assert is_problem(answer, 429, "too_many_requests")
    assert int(answer["Retry-After"]) > 0
    assert is_signed_in(phone)


def test_a_visitor_signs_out_as_a_demo_person_for_themselves_alone(walker):
    Person.objects.update(is_demo=True)
    phone, other = sign_in(), sign_in()
    assert phone.get("auth/session").status_code == 404
    assert phone.delete("auth/session").status_code == 204
    assert not is_signed_in(phone)
    assert is_signed_in(other)


def test_an_address_must_be_confirmed_before_a_second_factor_is_switched_on(diary):
    EmailAddress.objects.create(user=diary.owner, email=EMAIL, primary=True)
    answer = sign_in().get("account/authenticators/totp")
    assert is_problem(answer, 409, "not_now")
    assert answer.json()["errors"][0]["code"] == "unverified_email"
