"""Does a passkey sign its owner in, and nobody else?"""

from __future__ import annotations

import pytest
from allauth.account.models import EmailAddress

from tests.app.api.conftest import Phone
from tests.app.api.signing_in import (
    EMAIL,
    PASSWORD,
    Passkey,
    after,
    is_problem,
    is_signed_in,
    sign_in,
    token,
)  # fmt: skip


@pytest.fixture
def phone(diary) -> Phone:
    """The walker's phone, on which the password was asked for once more a moment ago."""
    EmailAddress.objects.create(user=diary.owner, email=EMAIL, verified=True, primary=True)
    phone = sign_in()
    phone.post("auth/reauthenticate", {"password": PASSWORD})
    return phone


@pytest.fixture
def passkey(phone) -> Passkey:
    """A passkey of the walker's."""
    where, made = "account/authenticators/webauthn", Passkey()
    options = phone.get(f"{where}?passwordless").json()["data"]["creation_options"]
    sent = {"name": "My phone", "credential": made.made(options), "passwordless": True}
    assert phone.post(where, sent).json()["data"]["name"] == "My phone"
    return made


def test_a_passkey_signs_in_without_a_password(passkey):
    asked = Phone().get("auth/webauthn/login")
    options = asked.json()["data"]["request_options"]
    assert options["publicKey"]["rpId"] == "testserver"
    pending = Phone(token(asked))
    answer = pending.post("auth/webauthn/login", {"credential": passkey.used(options)})
    assert is_signed_in(after(answer, pending))


def test_another_passkey_does_not_sign_in(passkey):
    other = Passkey()
    other.id, other.owner = passkey.id, passkey.owner
    asked = Phone().get("auth/webauthn/login")
    options, pending = asked.json()["data"]["request_options"], Phone(token(asked))
    answer = pending.post("auth/webauthn/login", {"credential": other.used(options)})
    assert is_problem(answer, 400, "refused")
    assert not is_signed_in(pending)


def test_a_passkey_is_not_used_a_second_time_with_the_same_answer(passkey):
    asked = Phone().get("auth/webauthn/login")
    used = passkey.used(asked.json()["data"]["request_options"])
    assert Phone(token(asked)).post("auth/webauthn/login", {"credential": used}).status_code == 200
    again = Phone(token(Phone().get("auth/webauthn/login")))
    assert again.post("auth/webauthn/login", {"credential": used}).status_code == 400
    assert not is_signed_in(again)


@pytest.mark.parametrize(
    "credential",
    [{"id": "AAAA"}, {"id": "AAAA", "rawId": "AAAA"}, {"rawId": 7}, {"response": []}, {}, [], "x"],
)
def test_what_is_no_passkey_is_refused(passkey, credential):
    asked = Phone().get("auth/webauthn/login")
    answer = Phone(token(asked)).post("auth/webauthn/login", {"credential": credential})
    assert answer.status_code == 400
    assert answer["Content-Type"] == "application/problem+json"


def test_a_fault_of_our_own_is_not_put_down_to_the_passkey(passkey, monkeypatch):
    def broken(*_args: object) -> None:
        raise AttributeError

    asked = Phone().get("auth/webauthn/login")
    options, pending = asked.json()["data"]["request_options"], Phone(token(asked))
    monkeypatch.setattr("allauth.mfa.webauthn.internal.auth.get_credentials", broken)
    answer = pending.post("auth/webauthn/login", {"credential": passkey.used(options)})
    assert is_problem(answer, 500, "server_error")
