"""What do the addresses do with which a diary's owner shares it?"""

from __future__ import annotations

from typing import Any

from diary.answers import READINGS, SCOPES
from diary.api.openapi.components import MOMENT, TEXT, TEXTS, Schema, an_object, ref
from diary.api.openapi.operations import DAY, Operation, Paths, asked, operation
from diary.api.openapi.sharing_examples import UID
from diary.wording.sharing import EVENTS

STATES = ("active", "waiting", "invited", "ended")
UUID: Schema = {"type": "string", "format": "uuid"}
DAY_OR_NONE: Schema = {"type": ["string", "null"], "format": "date"}
MOMENT_OR_NONE: Schema = {"type": ["string", "null"], "format": "date-time"}
SINCE: Schema = {**DAY_OR_NONE, "description": "The first day that is shared; null: every day."}
UNTIL: Schema = {**DAY, "description": "The last day of the share, by the owner's calendar."}
WHAT: Schema = {"enum": list(SCOPES), "description": "Each tells more than the one before."}
TERMS: Schema = {"what": WHAT, "since": SINCE, "until": UNTIL}
PERSON: Schema = {"name": TEXT, "role": TEXT}
NUMBERS: Schema = {"page": {"type": "integer"}, "more": {"type": "boolean"}}
ANY: Schema = {"type": "object"}


def several(items: Schema) -> Schema:
    """A list of one shape."""
    return {"type": "array", "items": items}


def components() -> dict[str, Schema]:
    """Every shape that only an owner's sharing has."""
    step = an_object(
        {
            "at": MOMENT,
            "event": {"enum": ["invited", *EVENTS]},
            "by_owner": {"type": "boolean"},
            **TERMS,
            "words": TEXT,
        }
    )
    share = {
        "uid": UUID,
        "state": {"enum": list(STATES), "description": "waiting: for the owner's word."},
        **TERMS,
        "email": {**TEXT, "description": "Who was invited; empty for a code."},
        **PERSON,
        "created_at": MOMENT,
        "invitation_until": {**MOMENT_OR_NONE, "description": "While nobody has answered."},
        "agreed_at": MOMENT_OR_NONE,
        "ended_at": {**MOMENT_OR_NONE, "description": "By a step; null where the time ran out."},
        "steps": several(step),
        "words": an_object(dict.fromkeys(("who", "what", "days", "stands"), TEXT)),
    }
    note = an_object(
        {"at": MOMENT, "text": {"type": ["string", "null"], "description": "Null: not shown."}}
    )
    look = an_object(
        {
            "at": MOMENT,
            "share": UUID,
            **PERSON,
            "reading": {"enum": list(READINGS)},
            "refused": {"type": "boolean", "description": "It was tried; nothing was shown."},
            "words": an_object(dict.fromkeys(("who", "what", "refused"), TEXT)),
        }
    )
    invite = {"email": {"type": "string", "format": "email", "maxLength": 254}, **TERMS}
    link = {"type": ["string", "null"], "description": "Only for demo people, who send nothing."}
    return {
        "Share": an_object(share, about="A share as the diary's owner sees it."),
        "SharePage": an_object({**NUMBERS, "results": several(ref("Share"))}),
        "ShareAlone": an_object({**share, "notes": several(note)}),
        "Invite": an_object(invite, ["email", "what", "until"]),
        "Invited": an_object({**share, "link": link}),
        "CodeTerms": an_object({"since": SINCE, "until": UNTIL}, ["until"]),
        "Code": an_object(
            {
                "code": {**TEXT, "description": "Told here and never again."},
                "spoken": TEXTS,
                "until": MOMENT,
                "share": ref("Share"),
            }
        ),
        "ShareChanges": an_object(TERMS, [], about="The terms to change."),
        "LookPage": an_object({**NUMBERS, "results": several(look)}),
        "SharingHistory": an_object(
            {
                "format": {"const": "walking-diary-sharing"},
                "version": {"const": 1},
                "written_at": MOMENT,
                "fields": {**ANY, "description": "What each member means."},
                "consents": several(ANY),
                "access": several(ANY),
            }
        ),
    }


def _owned(*args: Any, **named: Any) -> Operation:
    return operation(*args, tag="sharing", **named)


PAGES = (
    asked("page", {"type": "integer", "minimum": 1, "maximum": 1_000_000}, "Which page; 1."),
    asked("limit", {"type": "integer", "minimum": 1, "maximum": 100}, "Rows a page; 50."),
)
ONE = asked("uid", UUID, "A share.", "path", UID)


def operations() -> Paths:
    """Every address of an owner's sharing under /api/v1."""
    steps = {"parameters": [ONE], "problems": (404, 409, 422)}
    return {
        "/shares/": {
            "get": _owned(
                "list_shares", "Every share there is or was, newest first",
                {200: "SharePage"}, parameters=PAGES, problems=(422,),
            ),
            "post": _owned(
                "invite", "Invite a clinician by e-mail; they see nothing before you agree",
                {201: "Invited"}, body="Invite",
            ),
        },
        "/shares/code/": {
            "post": _owned(
                "make_code", "A code to read out, for a summary; the last one ends",
                {201: "Code"}, body="CodeTerms",
            )
        },
        "/shares/accesses/": {
            "get": _owned(
                "list_accesses", "Who has looked, newest first, refused tries too",
                {200: "LookPage"}, parameters=PAGES, problems=(422,),
            )
        },
        "/shares/history/": {
            "get": _owned(
                "export_sharing", "Every consent and every look there was",
                {200: "SharingHistory"}, problems=(422,),
            )
        },
        "/shares/{uid}/": {
            "get": _owned(
                "read_share", "One share, and the notes that its holder shows",
                {200: "ShareAlone"}, parameters=[ONE], problems=(404, 422),
            ),
            "patch": _owned(
                "change_share", "New terms; what is not named stays", {200: "Share"},
                body="ShareChanges", parameters=[ONE], problems=(404, 409),
            ),
        },
        "/shares/{uid}/agree/": {
            "post": _owned(
                "agree_to_share", "Agree to the person who accepted; sent again it changes nothing",
                {200: "Share"}, **steps,
            )
        },
        "/shares/{uid}/stop/": {
            "post": _owned(
                "stop_share", "End a share, with the next request of anybody else; again: the same",
                {200: "Share"}, **steps,
            )
        },
    }  # fmt: skip
