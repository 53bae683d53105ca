"""Does a second factor keep out whoever has the password alone, and let its owner in?"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import re
import struct
import time
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from allauth.account.models import EmailAddress
from allauth.mfa import urls as mfa_urls
from allauth.mfa.models import Authenticator
from django.core import mail
from django.test import Client
from django.urls import reverse

from tests.app.conftest import NOW

ROOT = Path(__file__).resolve().parents[2]
ABOUT_HEALTH = re.compile(r"\b(leg|legs|pain|walk|walks|walking|health|diary)\b", re.IGNORECASE)


def digits(secret: str) -> str:
    """What an authenticator app shows now (RFC 6238), worked out without allauth."""
    counter = struct.pack(">Q", int(time.time()) // 30)
    made = hmac.new(base64.b32decode(secret), counter, hashlib.sha1).digest()
    start = made[-1] & 15
    number = struct.unpack(">I", made[start : start + 4])[0] & 0x7FFFFFFF
    return f"{number % 1_000_000:06}"


@pytest.fixture
def clock():
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


@pytest.fixture
def walker(clock, diary, client) -> Client:
    """The walker's browser, signed in with the password, which was asked for once more."""
    EmailAddress.objects.create(
        user=diary.owner, email=diary.owner.email, verified=True, primary=True
    )
    sign_in(client)
    asked = client.post("/account/reauthenticate/", {"password": "a-long-password"})
    assert asked.status_code == 302
    return client


def sign_in(client: Client, password: str = "a-long-password"):
    return client.post(
        "/account/login/", {"login": "walker@example.org", "password": password}, follow=True
    )


def is_signed_in(client: Client) -> bool:
    return client.get("/walks/").status_code == 200


@pytest.fixture
def secret(walker) -> str:
    """The key of the walker's authenticator app, which is switched on."""
    key = walker.get("/account/2fa/totp/activate/").context["form"].secret
    answer = walker.post("/account/2fa/totp/activate/", {"code": digits(key)})
    assert answer.url == "/account/2fa/recovery-codes/"
    return key


@pytest.fixture
def codes(walker, secret) -> list[str]:
    """The walker's recovery codes."""
    return walker.get("/account/2fa/recovery-codes/").context["unused_codes"]


def test_the_password_is_asked_for_before_anything_is_changed(client, diary):
    client.force_login(diary.owner)
    for name in ("mfa_activate_totp", "mfa_add_webauthn", "mfa_generate_recovery_codes"):
        answer = client.get(reverse(name))
        assert answer.url.startswith("/account/reauthenticate/"), name
    assert not Authenticator.objects.exists()


def test_an_unconfirmed_address_is_confirmed_first(walker):
    EmailAddress.objects.update(verified=False)
    page = walker.get("/account/2fa/totp/activate/", follow=True)
    assert page.redirect_chain == [("/account/2fa/", 302)]
    assert "First confirm your e-mail address walker@example.org." in page.content.decode()


def test_digits_that_are_not_the_apps_do_not_switch_it_on(walker):
    key = walker.get("/account/2fa/totp/activate/").context["form"].secret
    page = walker.post("/account/2fa/totp/activate/", {"code": "000000"})
    assert "was not accepted" in page.content.decode()
    assert page.context["form"].secret == key
    assert not Authenticator.objects.exists()


def test_the_app_is_asked_for_at_every_sign_in_once_it_is_on(walker, secret):
    walker.post("/account/logout/")
    page = sign_in(walker)
    assert page.redirect_chain[-1] == ("/account/2fa/authenticate/", 302)
    assert not is_signed_in(walker)
    page = walker.post("/account/2fa/authenticate/", {"code": "000000"})
    assert "was not accepted" in page.content.decode()
    assert not is_signed_in(walker)
    walker.post("/account/2fa/authenticate/", {"code": digits(secret)})
    assert is_signed_in(walker)


def test_the_digits_are_not_accepted_twice(walker, secret, clock):
    used = digits(secret)
    other = Client()
    for client, accepted in ((walker, True), (other, False)):
        client.post("/account/logout/")
        sign_in(client)
        client.post("/account/2fa/authenticate/", {"code": used})
        assert is_signed_in(client) is accepted
    clock.shift(timedelta(seconds=30))
    other.post("/account/2fa/authenticate/", {"code": used})
    assert not is_signed_in(other)
    other.post("/account/2fa/authenticate/", {"code": digits(secret)})
    assert is_signed_in(other)


def test_digits_cannot_be_guessed_by_trying_them_all(walker, secret):
    walker.post("/account/logout/")
    sign_in(walker)
    for guess in range(12):
        page = walker.post("/account/2fa/authenticate/", {"code": f"{guess:06}"})
    assert "Too many tries" in page.content.decode()
    walker.post("/account/2fa/authenticate/", {"code": digits(secret)})
    assert not is_signed_in(walker)


def test_no_secret_can_be_read_from_the_database(walker, secret, codes):
    kept = {row.type: row.data for row in Authenticator.objects.all()}
    assert secret not in json.dumps(kept)
    assert base64.b32decode(secret).hex() not in json.dumps(kept)
    assert kept["totp"]["secret"].startswith("gAAAA")
    assert kept["recovery_codes"]["seed"].startswith("gAAAA")
    assert not any(code in json.dumps(kept) for code in codes)
    assert secret not in json.dumps(dict(walker.session))


def test_a_recovery_code_lets_in_once(walker, codes):
    for client, accepted in ((walker, True), (Client(), False)):
        client.post("/account/logout/")
        sign_in(client)
        client.post("/account/2fa/authenticate/", {"code": codes[3]})
        assert is_signed_in(client) is accepted
    page = walker.get("/account/2fa/").content.decode()
    assert "9 codes are left." in page


def test_new_recovery_codes_end_the_old_ones(walker, codes):
    page = walker.post("/account/2fa/recovery-codes/generate/", follow=True)
    assert not set(page.context["unused_codes"]) & set(codes)
    file = walker.get("/account/2fa/recovery-codes/download/")
    assert "no-store" in file["Cache-Control"]
    assert all(code in file.content.decode() for code in page.context["unused_codes"])
    walker.post("/account/logout/")
    sign_in(walker)
    walker.post("/account/2fa/authenticate/", {"code": codes[0]})
    assert not is_signed_in(walker)


def test_without_the_app_the_password_opens_the_diary_again(walker, secret):
    walker.post("/account/2fa/totp/deactivate/")
    assert not Authenticator.objects.exists()
    walker.post("/account/logout/")
    sign_in(walker)
    assert is_signed_in(walker)


def test_a_code_by_e_mail_signs_in_and_a_wrong_one_does_not(client, diary):
    client.post("/account/login/code/", {"email": "walker@example.org"})
    assert "code" in mail.outbox[0].subject
    code = re.search(r"^\w+-\w+$", mail.outbox[0].body, re.MULTILINE)[0]
    page = client.post("/account/login/code/confirm/", {"code": "BBBB-BBBB"})
    assert "This is not the code that we sent." in page.content.decode()
    assert not is_signed_in(client)
    client.post("/account/login/code/confirm/", {"code": code.lower()})
    assert is_signed_in(client)


def test_three_wrong_codes_end_the_try(client, diary):
    client.post("/account/login/code/", {"email": "walker@example.org"})
    code = re.search(r"^\w+-\w+$", mail.outbox[0].body, re.MULTILINE)[0]
    for _ in range(3):
        client.post("/account/login/code/confirm/", {"code": "BBBB-BBBB"})
    client.post("/account/login/code/confirm/", {"code": code})
    assert not is_signed_in(client)


def test_a_code_by_e_mail_grows_old(client, diary, clock):
    client.post("/account/login/code/", {"email": "walker@example.org"})
    code = re.search(r"^\w+-\w+$", mail.outbox[0].body, re.MULTILINE)[0]
    clock.shift(timedelta(minutes=16))
    client.post("/account/login/code/confirm/", {"code": code})
    assert not is_signed_in(client)


def test_another_code_can_be_sent_and_ends_the_first(client, diary):
    client.post("/account/login/code/", {"email": "walker@example.org"})
    client.post("/account/login/code/confirm/", {"action": "resend"})
    first, second = (re.search(r"^\w+-\w+$", each.body, re.MULTILINE)[0] for each in mail.outbox)
    client.post("/account/login/code/confirm/", {"code": first})
    assert not is_signed_in(client)
    client.post("/account/login/code/confirm/", {"code": second})
    assert is_signed_in(client)


def test_asking_for_a_code_gives_an_unknown_address_the_same_answer(client, diary):
    answers = [
        Client().post("/account/login/code/", {"email": f"{name}@example.org"})
        for name in ("walker", "nobody")
    ]
    assert {(answer.status_code, answer.url) for answer in answers} == {
        (302, "/account/login/code/confirm/")
    }
    assert mail.outbox[1].subject == "No account at Waymark with this address"


def test_a_code_by_e_mail_does_not_stand_in_for_the_app(walker, secret):
    walker.post("/account/logout/")
    walker.post("/account/login/code/", {"email": "walker@example.org"})
    code = re.search(r"^\w+-\w+$", mail.outbox[-1].body, re.MULTILINE)[0]
    answer = walker.post("/account/login/code/confirm/", {"code": code})
    assert answer.url == "/account/2fa/authenticate/"
    assert not is_signed_in(walker)


def test_a_change_of_how_one_signs_in_is_told_by_e_mail(walker, secret):
    walker.post("/account/2fa/totp/deactivate/")
    told = mail.outbox[-1]
    assert told.to == ["walker@example.org"]
    assert told.subject == "The authenticator app for Waymark is switched off"
    assert "1 June 2026, 13:00" in told.body
    assert "127.0.0.1" in told.body
    assert secret not in told.body


def test_no_e_mail_says_anything_about_health():
    texts = sorted(ROOT.glob("templates/*/email/*.txt"))
    assert len(texts) > 25
    for path in texts:
        assert not ABOUT_HEALTH.search(path.read_text()), path.name


def test_a_strangers_passkey_looks_like_one_that_does_not_exist(walker, new_diary):
    theirs = Authenticator.objects.create(
        user=new_diary("other").owner, type="webauthn", data={"name": "theirs"}
    )
    for name in ("mfa_edit_webauthn", "mfa_remove_webauthn"):
        for method in (walker.get, walker.post):
            found = method(reverse(name, args=[theirs.pk]), {"name": "mine"})
            missing = method(reverse(name, args=[theirs.pk + 1]), {"name": "mine"})
            assert found.status_code == missing.status_code == 404
    theirs.refresh_from_db()
    assert theirs.data == {"name": "theirs"}


def names(patterns) -> set[str]:
    """The names of all addresses below some, those that are included too."""
    found = set()
    for pattern in patterns:
        below = getattr(pattern, "url_patterns", None)
        found |= names(below) if below is not None else {pattern.name}
    return found


@pytest.mark.parametrize("name", sorted(names(mfa_urls.urlpatterns)))
def test_demo_people_have_no_second_factor_to_change(client, diary, name):
    diary.owner.is_demo = True
    diary.owner.save()
    client.force_login(diary.owner)
    keyed = name in ("mfa_edit_webauthn", "mfa_remove_webauthn")
    url = reverse(name, args=[1] if keyed else None)
    assert client.get(url).status_code == 404
    assert client.post(url, {"code": "000000"}).status_code == 404


def test_the_settings_of_a_demo_person_lead_to_no_account_page(client, diary):
    client.force_login(diary.owner)
    assert "/account/2fa/" in client.get("/settings/").content.decode()
    diary.owner.is_demo = True
    diary.owner.save()
    page = client.get("/settings/").content.decode()
    assert not re.search(r'href="/(account|devices)/', page)


def test_no_account_page_has_a_script_or_a_style_of_its_own(walker, secret, codes):
    paths = [
        "/account/2fa/", "/account/2fa/totp/deactivate/", "/account/2fa/recovery-codes/",
        "/account/2fa/recovery-codes/generate/", "/account/2fa/webauthn/",
        "/account/2fa/webauthn/add/", "/account/2fa/reauthenticate/", "/account/reauthenticate/",
        "/devices/", "/settings/",
    ]  # fmt: skip
    pages = [walker.get(path) for path in paths]
    walker.post("/account/logout/")
    pages += [walker.get(path) for path in ("/account/login/", "/account/login/code/")]
    pages.append(sign_in(walker))
    for page in pages:
        text = page.content.decode()
        assert page.status_code == 200
        assert "Waymark" in text
        assert not re.search(r"<style| style=| on\w+=", text)
        for script in re.findall(r"<script[^>]*>", text):
            assert "src=" in script or 'type="application/json"' in script


def test_too_many_tries_get_a_sentence(client, db):
    for _ in range(11):
        answer = client.post("/account/2fa/webauthn/login/", {"credential": "{}"})
    assert answer.status_code == 429
    assert "Wait a few minutes, and try again." in answer.content.decode()


def test_the_clinic_asks_for_it_with_a_reason_of_its_own(walker, secret):
    said, where = "after half an hour without use", "/account/2fa/reauthenticate/"
    assert said in walker.get(f"{where}?next=/clinic/").content.decode()
    assert said in walker.post(where, {"code": "1", "next": "/clinic/"}).content.decode()
    assert said not in walker.get(f"{where}?next=/settings/").content.decode()
