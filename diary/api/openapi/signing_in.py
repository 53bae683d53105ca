"""How does an app sign in? The addresses that allauth answers, as we keep them."""

from __future__ import annotations

from typing import Any

from diary.api.openapi.components import Schema, an_object
from diary.api.openapi.operations import Operation, Paths, asked, operation

TEXT: Schema = {"type": "string"}
TEXT_OR_NOTHING: Schema = {"type": ["string", "null"]}
EMAIL: Schema = {"type": "string", "format": "email"}
OPEN: list[dict[str, Any]] = [{}]
EITHER: list[dict[str, Any]] = [{}, {"token": []}]
# What any step of signing in may answer.
STEP = (400, 401, 403, 404, 409, 422)


def _fields(*needed: str, **optional: Schema) -> Schema:
    """A body of texts; e-mail addresses where they are named so."""
    properties = {name: EMAIL if name == "email" else TEXT for name in needed}
    return an_object({**properties, **optional}, required=[*needed], more=True)


def _step(
    name: str,
    summary: str,
    body: Schema | None = None,
    *,
    answer: str = "SignedIn",
    security: list[dict[str, Any]] | None = None,
    parameters: tuple[Schema, ...] = (),
    tag: str = "more ways of signing in",
) -> Operation:
    return operation(
        name, summary, {200: answer}, tag=tag, problems=STEP + ((415,) if body else ()),
        security=EITHER if security is None else security, parameters=parameters, body=body,
    )  # fmt: skip


PASSKEY = _fields(credential={"type": "object", "description": "What the passkey answered."})
CODE = _fields("code")
KEY = _fields("key")
RESET_KEY = asked("X-Password-Reset-Key", TEXT, "The key of the e-mailed link.", "header")
VERIFY_KEY = asked("X-Email-Verification-Key", TEXT, "The key of the e-mailed link.", "header")
OWN: list[dict[str, Any]] = [{"token": []}]


def components() -> dict[str, Schema]:
    """What allauth answers: where signing in stands, and what it tells besides."""
    token = {**TEXT, "description": "Send it as X-Session-Token. Absent where it is as before."}
    user = an_object({"id": {"type": "integer"}, "email": {"type": ["string", "null"]}}, [], True)
    told = {"status": {"type": "integer"}, "data": {"description": "What was asked for."}}
    return {
        "SignedIn": an_object(
            {
                "status": {"type": "integer"},
                "data": an_object({"user": user}, [], True),
                "meta": an_object(
                    {"is_authenticated": {"type": "boolean"}, "session_token": token}, [], True
                ),
            },
            required=["status"],
            more=True,
            about="Signed in, or what was asked for is done.",
        ),
        "Told": an_object(
            {**told, "meta": {"type": "object"}}, ["status"], more=True, about="What was asked for."
        ),
    }


def operations() -> Paths:
    """Every step of signing in, and of what an account has to sign in with."""
    return {**_entering(), **_by_mail(), **_second_factor(), **_passkeys(), **_account()}


def _entering() -> Paths:
    return {
        "/config": {
            "get": _step("read_config", "Which ways of signing in there are", answer="Told",
                         security=OPEN, tag="signing in"),
        },
        "/auth/session": {
            "get": _step("read_session", "Whether the token is signed in", tag="signing in"),
            "delete": operation("sign_out", "Sign this device out", {204: None}, tag="signing in",
                                problems=(404,)),
        },
        "/auth/signup": {
            "post": _step("sign_up", "Make an account; `time_zone`, an IANA name, is taken too",
                          _fields("email", "password", time_zone=TEXT_OR_NOTHING), security=OPEN,
                          tag="signing in"),
        },
        "/auth/login": {
            "post": _step(
                "sign_in", "Sign in with a password; 401 where a second factor is due",
                _fields("email", "password"), security=OPEN, tag="signing in",
            ),
        },
        "/auth/reauthenticate": {
            "post": _step("reauthenticate", "Say the password again", _fields("password")),
        },
    }  # fmt: skip


def _by_mail() -> Paths:
    return {
        "/auth/code/request": {
            "post": _step("request_code", "Have a code e-mailed; answered with 401 and its flow",
                          _fields("email"), security=OPEN),
        },
        "/auth/code/resend": {
            "post": _step("resend_code", "Have the code e-mailed again"),
        },
        "/auth/code/confirm": {
            "post": _step("confirm_code", "Sign in with the e-mailed code", CODE),
        },
        "/auth/password/request": {
            "post": _step("request_password_reset", "Have a link to a new password e-mailed",
                          _fields("email"), answer="Told", security=OPEN),
        },
        "/auth/password/reset": {
            "get": _step("read_password_reset", "Whether a link still holds", answer="Told",
                         parameters=(RESET_KEY,)),
            "post": _step("reset_password", "Choose a new password with the key of the link",
                          _fields("key", "password")),
        },
        "/auth/email/verify": {
            "get": _step("read_email_verification", "Whose address a key confirms", answer="Told",
                         parameters=(VERIFY_KEY,)),
            "post": _step("verify_email", "Confirm an address", KEY),
        },
        "/auth/email/verify/resend": {
            "post": _step("resend_email_verification", "Have the key e-mailed again"),
        },
    }  # fmt: skip


def _second_factor() -> Paths:
    return {
        "/auth/2fa/authenticate": {
            "post": _step("authenticate_second_factor",
                          "Finish signing in with a code of the authenticator app, or a recovery "
                          "code", CODE),
        },
        "/auth/2fa/reauthenticate": {
            "post": _step("reauthenticate_second_factor", "Say such a code again", CODE),
        },
        "/account/authenticators": {
            "get": _step("list_second_factors", "Which second factors the account has",
                         answer="Told", security=OWN),
        },
        "/account/authenticators/totp": {
            "get": _step("read_totp", "The authenticator app; 404 with a new secret in `meta`",
                         answer="Told", security=OWN),
            "post": _step("activate_totp", "Begin with an authenticator app", CODE, answer="Told",
                          security=OWN),
            "delete": _step("deactivate_totp", "End with it", answer="Told", security=OWN),
        },
        "/account/authenticators/recovery-codes": {
            "get": _step("read_recovery_codes", "The recovery codes that are left", answer="Told",
                         security=OWN),
            "post": _step("new_recovery_codes", "New ones; the old are no longer taken",
                          answer="Told", security=OWN),
        },
    }  # fmt: skip


def _passkeys() -> Paths:
    paths: Paths = {
        f"/auth/webauthn/{name}": {
            "get": _step(f"read_passkey_{name}", f"What a passkey is asked for {why}",
                         answer="Told"),
            "post": _step(f"passkey_{name}", f"The passkey's answer {why}", PASSKEY),
        }
        for name, why in (
            ("login", "to sign in"),
            ("authenticate", "as a second factor"),
            ("reauthenticate", "to prove it again"),
        )
    }  # fmt: skip
    credential = {"credential": {"type": "object"}, "passwordless": {"type": "boolean"}}
    paths["/account/authenticators/webauthn"] = {
        "get": _step("read_passkey_request", "What a new passkey is asked for", answer="Told",
                     security=OWN),
        "post": _step("add_passkey", "Add a passkey", _fields("name", **credential), answer="Told",
                      security=OWN),
        "put": _step("name_passkey", "Name a passkey", _fields("name", id={"type": "integer"}),
                     answer="Told", security=OWN),
        "delete": _step(
            "delete_passkeys", "Delete passkeys",
            _fields(authenticators={"type": "array", "items": {"type": "integer"}}),
            answer="Told", security=OWN,
        ),
    }  # fmt: skip
    return paths


def _account() -> Paths:
    email = _fields("email")
    return {
        "/account/password/change": {
            "post": _step("change_password", "Choose another password",
                          _fields("new_password", current_password=TEXT), security=OWN),
        },
        "/account/email": {
            "get": _step("list_emails", "The account's e-mail addresses", answer="Told",
                         security=OWN),
            "post": _step("add_email", "Add one", email, answer="Told", security=OWN),
            "put": _step("resend_email", "Have its confirmation e-mailed again", email,
                         answer="Told", security=OWN),
            "patch": _step("choose_email", "Make one the first",
                           _fields("email", primary={"type": "boolean"}), answer="Told",
                           security=OWN),
            "delete": _step("delete_email", "Take one out", email, answer="Told", security=OWN),
        },
    }  # fmt: skip
