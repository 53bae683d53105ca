"""What do requests and answers look like? One invented walker's, everywhere the same."""

from __future__ import annotations

from typing import Any

from diary.api.openapi import sharing_examples

Example = dict[str, Any]
TOKEN = "3kq0v8c1n5x7z2m4b6t9r0w8y1h5j7d2"
EMAIL, PASSWORD = "vera@example.org", "uphill and down again"
MOMENT = 1780315200.0

WALK = {
    "id": "018f9d5c-6a00-7c3e-9a51-2f0c1d7b8e40",
    "started_at": "2026-05-30T09:00:00Z",
    "time_zone": "Europe/London",
    "distance_m": 600,
    "distance_source": "gps",
    "duration_s": 900,
    "pain": [
        {
            "onset_distance_m": 250,
            "site": "calf",
            "side": "left",
            "intensity": 5,
            "response": "stopped",
            "rest_posture": "standing",
            "relief": "complete",
            "relief_s": 120,
        }
    ],
}
ROWS: dict[str, Example] = {
    "Walk": WALK,
    "CheckIn": {"date": "2026-05-30", "pain_at_rest": 2, "signs": [], "night_pain": False},
    "Change": {
        "id": "018f9d5c-6a00-7c3e-9a51-2f0c1d7b8e41",
        "date": "2026-05-01",
        "kind": "supervised_exercise",
    },
    "Measurement": {
        "id": "018f9d5c-6a00-7c3e-9a51-2f0c1d7b8e42",
        "date": "2026-05-02",
        "kind": "ankle_brachial_index_left",
        "value": 0.82,
    },
    "Route": {
        "id": "018f9d5c-6a00-7c3e-9a51-2f0c1d7b8e43",
        "name": "Home to the bench and back",
        "distance_m": 360,
    },
    "Profile": {"birth_year": 1951, "smoking": "former", "conditions": ["diabetes"]},
}
CHANGES: dict[str, Example] = {
    "Walk": {"duration_s": 960},
    "CheckIn": {"pain_at_rest": 3},
    "Change": {"until": "2026-06-30"},
    "Measurement": {"value": 0.85},
    "Route": {"distance_m": 380},
    "Profile": {"weight_kg": 71.5},
}
FED: Example = {"kind": "walk", "op": "put", "revision": 7, "value": WALK}
DEVICE: Example = {
    "id": 12,
    "name": "Vera's phone",
    "user_agent": "Waymark for phones/1.0",
    "signed_in_at": "2026-05-30T09:00:00Z",
    "last_used_at": "2026-06-01T12:00:00Z",
    "this_device": True,
}
HOLDS = {
    "walk": 24, "check_in": 12, "change": 2, "measurement": 1, "route": 2, "deleted": 0,
    "profile": 1, "share": 1, "invitation": 0, "look": 9, "patient": 0, "note": 0,
    "shown_note": 0, "device": 2, "address": 1, "factor": 0,
}  # fmt: skip
SETTINGS = {"name": "Vera", "time_zone": "Europe/London", "units": "metric", "language": "en-gb"}
BASIS = "This describes what you recorded. It is not a diagnosis, and it cannot rule anything out."
CARD: Example = {
    "urgency": "same_day",
    "urgency_word": "Same day",
    "action": "Speak to a doctor today.",
    "why": ["You recorded: swelling of a leg (last on 31 May 2026)."],
}
TABLE = {
    "rules": [
        {
            "flag": "cardiac_symptoms",
            "urgency": "emergency",
            "signs": ["chest_pain", "fainting"],
            "at_least": 1,
            "one_sided": False,
        }
    ],
    "mild": {"flag": "swelling_or_numbness", "urgency": "soon", "signs": ["swelling", "numbness"]},
    "flags": ["cardiac_symptoms", "swelling_or_numbness"],
    "urgencies": [
        {"urgency": "emergency", "word": "Emergency", "action": "Get emergency help now. ..."}
    ],
    "meanings": {"cardiac_symptoms": "These can be signs of trouble with the heart."},
    "haste": {},
    "reasons": {"chest_pain": "chest pain"},
    "recorded": "You recorded: %s.",
    "listed": "%(first)s and %(last)s",
}
LEVEL: Example = {
    "urgency": "same_day",
    "word": "Same day",
    "action": "Speak to a doctor today.",
    "entries": [
        {
            "signs": "Swelling of a leg.",
            "meaning": "These can be signs of a blood clot in a deep vein of the leg.",
        }
    ],
}
PART: Example = {
    "code": "sciatica",
    "heading": "Sciatica",
    "article": "Sciatica is trouble of the long nerve that leads from the back into the leg.",
    "evidence": "Posture helps to tell these apart.",
    "dated": "",
    "sources": ["Suri P, Rainville J, Kalichman L, Katz JN. JAMA 2010;304:2628-2636."],
    "shows": [],
    "urgent": True,
}
CAUSE: Example = {**PART, "weighed": None}

# By the names of the shapes in components.py.
SHAPES: dict[str, Example] = {
    **ROWS,
    **{f"Stored{name}": {**row, "revision": 7} for name, row in ROWS.items()},
    **{
        f"{name}Page": {"next": None, "previous": None, "results": [{**row, "revision": 7}]}
        for name, row in ROWS.items()
    },
    **{f"{name}Changes": changes for name, changes in CHANGES.items()},
    "Batch": {
        "items": [
            {"kind": "walk", "op": "put", "base_revision": None, "value": WALK},
            {
                "kind": "check_in",
                "op": "delete",
                "base_revision": 12,
                "value": {"date": "2026-05-29"},
            },
        ]
    },
    "Document": {"format": "walking-diary", "version": 1, "walks": [WALK]},
    "Import": {
        "created": 1,
        "updated": 0,
        "unchanged": 3,
        "kept": 0,
        "brought_back": 0,
        "profile": False,
        "profile_kept": False,
        "profile_replaced": False,
        "told": "1 entry was added. 3 were already here.",
    },
    "Results": {
        "revision": 13,
        "results": [
            {"status": "created", "revision": 13},
            {
                "status": "conflict",
                "stored": {
                    "kind": "check_in",
                    "op": "put",
                    "revision": 9,
                    "value": {"date": "2026-05-29", "pain_at_rest": 2},
                },
                "sent": {"date": "2026-05-29"},
            },
        ],
    },
    "Feed": {
        "cursor": "8",
        "more": False,
        "items": [
            FED,
            {"kind": "check_in", "op": "delete", "revision": 8, "value": {"date": "2026-05-29"}},
        ],
    },
    "Assessment": {
        "format": "walking-assessment",
        "version": 1,
        "as_of": "2026-05-31",
        "walks": {"total": 2, "with_pain": 2, "pain_free": 0, "not_recorded": 0},
        "onset": {"onsets": 2, "median_m": None, "low_m": None, "high_m": None},
        "relief": {"timed": 1, "median_s": 120.0},
        "recurrence": None,
        "pattern": None,
        "causes": [],
        "flags": [],
        "factors": [],
        "next_observation": None,
        "words": {
            "cards": [CARD],
            "age": "",
            "sentence": "You recorded 2 walks, 2 of them with leg pain.",
            "basis": [],
            "limit": BASIS,
        },
    },
    "Help": {"results": [LEVEL], "table": TABLE},
    "Questions": {"basis": BASIS, "results": [{**PART, "code": "prevention"}]},
    "Causes": {"basis": BASIS, "results": [CAUSE]},
    "CauseAlone": {"basis": BASIS, **CAUSE},
    "Settings": SETTINGS,
    "SettingsChanges": {"time_zone": "Europe/Paris"},
    "AccountHolds": HOLDS,
    "AccountDeleted": {"deleted": HOLDS},
    "Device": DEVICE,
    "Devices": {"results": [DEVICE]},
    "DeviceName": {"name": "Vera's phone"},
    "SignedIn": {
        "status": 200,
        "data": {
            "user": {"id": 7, "display": "Vera", "email": EMAIL, "has_usable_password": True},
            "methods": [{"method": "password", "at": MOMENT, "email": EMAIL}],
        },
        "meta": {"is_authenticated": True, "session_token": TOKEN},
    },
    "Told": {"status": 200},
    **sharing_examples.SHAPES,
}

CODE = {"code": "123456"}
MADE: Example = {"id": "bWFkZQ", "rawId": "bWFkZQ", "type": "public-key", "response": {}}
# By the names of the operations of signing in, whose bodies and answers share their shapes.
SENT: dict[str, Example] = {
    "sign_up": {"email": EMAIL, "password": PASSWORD, "time_zone": "Europe/London"},
    "sign_in": {"email": EMAIL, "password": PASSWORD},
    "reauthenticate": {"password": PASSWORD},
    "request_code": {"email": EMAIL},
    "confirm_code": {"code": "BCDF-GHJK"},
    "request_password_reset": {"email": EMAIL},
    "reset_password": {"key": "7-abc-def", "password": "downhill and up again"},
    "verify_email": {"key": "Nw:1abcde:f"},
    "authenticate_second_factor": CODE,
    "reauthenticate_second_factor": CODE,
    "activate_totp": CODE,
    "passkey_login": {"credential": MADE},
    "passkey_authenticate": {"credential": MADE},
    "passkey_reauthenticate": {"credential": MADE},
    "add_passkey": {"name": "Vera's phone", "credential": MADE, "passwordless": True},
    "name_passkey": {"id": 3, "name": "Vera's tablet"},
    "delete_passkeys": {"authenticators": [3]},
    "change_password": {"current_password": PASSWORD, "new_password": "downhill and up again"},
    "add_email": {"email": "vera@example.com"},
    "resend_email": {"email": "vera@example.com"},
    "choose_email": {"email": "vera@example.com", "primary": True},
    "delete_email": {"email": "vera@example.com"},
}
OWNER: Example = {"status": 200, "data": {"user": {"id": 7, "display": "Vera", "email": EMAIL}}}
TOTP: Example = {"type": "totp", "created_at": MOMENT, "last_used_at": None}
PASSKEY: Example = {
    "id": 3,
    "type": "webauthn",
    "name": "Vera's phone",
    "created_at": MOMENT,
    "last_used_at": None,
    "is_passwordless": True,
}
CODES: Example = {
    "type": "recovery_codes",
    "created_at": MOMENT,
    "last_used_at": None,
    "total_code_count": 10,
    "unused_code_count": 2,
    "unused_codes": ["55009373", "72270511"],
}
EMAILS: Example = {
    "status": 200,
    "data": [{"email": EMAIL, "verified": True, "primary": True}],
}
ASKED: Example = {
    "status": 200,
    "data": {
        "request_options": {
            "publicKey": {
                "challenge": "9cOr07aa0",
                "rpId": "example.org",
                "allowCredentials": [],
                "userVerification": "required",
            }
        }
    },
}
TOLD: dict[str, Example] = {
    "read_config": {
        "status": 200,
        "data": {
            "account": {"login_methods": ["email"], "is_open_for_signup": True},
            "mfa": {"supported_types": ["totp", "recovery_codes", "webauthn"]},
        },
    },
    "resend_code": {"status": 200},
    "read_password_reset": OWNER,
    "read_email_verification": {**OWNER, "data": {**OWNER["data"], "email": EMAIL}},
    "list_second_factors": {"status": 200, "data": [TOTP, PASSKEY]},
    "read_totp": {"status": 200, "data": TOTP},
    "activate_totp": {"status": 200, "data": TOTP},
    "read_recovery_codes": {"status": 200, "data": CODES},
    "new_recovery_codes": {"status": 200, "data": CODES},
    "read_passkey_login": ASKED,
    "read_passkey_authenticate": ASKED,
    "read_passkey_reauthenticate": ASKED,
    "read_passkey_request": {
        "status": 200,
        "data": {
            "creation_options": {
                "publicKey": {
                    "rp": {"name": "Waymark", "id": "example.org"},
                    "user": {"name": EMAIL, "id": "Nw", "displayName": "Vera"},
                    "challenge": "hiosoxq1R",
                    "pubKeyCredParams": [{"type": "public-key", "alg": -7}],
                }
            }
        },
    },
    "add_passkey": {"status": 200, "data": PASSKEY},
    "name_passkey": {"status": 200, "data": {**PASSKEY, "name": "Vera's tablet"}},
    **dict.fromkeys(
        ("list_emails", "add_email", "resend_email", "choose_email", "delete_email"), EMAILS
    ),
}
