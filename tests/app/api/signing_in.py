"""How an app signs in: with a password, and with a passkey that needs no phone."""

from __future__ import annotations

import hashlib
import json
import secrets
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from fido2.cose import ES256
from fido2.utils import websafe_decode
from fido2.webauthn import (
    AttestationObject,
    AttestedCredentialData,
    AuthenticationResponse,
    AuthenticatorAssertionResponse,
    AuthenticatorAttestationResponse,
    AuthenticatorData,
    CollectedClientData,
    RegistrationResponse,
)

from tests.app.api.conftest import Phone

EMAIL, PASSWORD = "walker@example.org", "a-long-password"
HOST, ORIGIN = "testserver", "https://testserver"
FLAG = AuthenticatorData.FLAG


def token(answer: Any) -> str:
    return answer.json()["meta"]["session_token"]


def after(answer: Any, before: Phone) -> Phone:
    """The phone after a step of signing in that worked: a new token takes the old one's place."""
    assert answer.status_code == 200, answer.content
    return Phone(answer.json()["meta"].get("session_token", before.token))


def sign_in(email: str = EMAIL, password: str = PASSWORD, **headers: str) -> Phone:
    """A new phone on which somebody has signed in, or half of it where a second factor is due."""
    answer = Phone().post("auth/login", {"email": email, "password": password}, **headers)
    return Phone(token(answer))


def is_signed_in(phone: Phone) -> bool:
    answer = phone.get("walks/")
    assert answer.status_code in (200, 401)
    return answer.status_code == 200


def is_problem(answer: Any, status: int, code: str) -> bool:
    told = answer.json()
    assert answer["Content-Type"] == "application/problem+json"
    assert (answer.status_code, told["status"], told["code"]) == (status, status, code), told
    assert all(set(each) == {"attr", "code", "detail"} for each in told["errors"])
    return bool(told["errors"]) and told["type"].endswith(f"#{code}")


class Passkey:
    """One pair of keys that its owner has unlocked."""

    def __init__(self) -> None:
        self.private = ec.generate_private_key(ec.SECP256R1())
        self.id = secrets.token_bytes(16)
        self.owner = b""

    def made(self, options: dict[str, Any]) -> dict[str, Any]:
        """What a browser answers to the options of a new passkey."""
        asked = options["publicKey"]
        self.owner = websafe_decode(asked["user"]["id"])
        public = ES256.from_cryptography_key(self.private.public_key())
        kept = AttestedCredentialData.create(bytes(16), self.id, public)
        data = AuthenticatorData.create(_host(), FLAG.UP | FLAG.UV | FLAG.AT, 0, kept)
        client = _client(CollectedClientData.TYPE.CREATE, asked)
        said = AuthenticatorAttestationResponse(
            client_data=client, attestation_object=AttestationObject.create("none", data, {})
        )
        answer = _plain(RegistrationResponse(raw_id=self.id, response=said))
        return {**answer, "clientExtensionResults": {"credProps": {"rk": True}}}

    def used(self, options: dict[str, Any]) -> dict[str, Any]:
        """What a browser answers to the options of signing in."""
        data = AuthenticatorData.create(_host(), FLAG.UP | FLAG.UV, 1)
        client = _client(CollectedClientData.TYPE.GET, options["publicKey"])
        signature = self.private.sign(data + client.hash, ec.ECDSA(SHA256()))
        said = AuthenticatorAssertionResponse(
            client_data=client,
            authenticator_data=data,
            signature=signature,
            user_handle=self.owner,
        )
        return _plain(AuthenticationResponse(raw_id=self.id, response=said))


def _host() -> bytes:
    return hashlib.sha256(HOST.encode()).digest()


def _client(kind: str, asked: dict[str, Any]) -> CollectedClientData:
    return CollectedClientData.create(str(kind), asked["challenge"], ORIGIN)


def _plain(answer: Any) -> dict[str, Any]:
    return json.loads(json.dumps(dict(answer), default=dict))
