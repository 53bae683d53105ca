"""Which shapes do requests and answers have, and what do they look like?"""

from __future__ import annotations

from typing import Any

from diary import devices, leaving, rules
from diary.api.openapi.examples import SHAPES
from diary.evidence.red_flags import URGENCIES
from diary.exchange import schema, sync
from diary.models.person import LONGEST_NAME, SETTINGS
from diary.wording.problems import PROBLEMS

Schema = dict[str, Any]
HERE = "#/components/schemas/"
ASSESSED = (
    "walks", "onset", "relief", "recurrence", "pattern", "causes", "flags", "factors",
    "next_observation",
)  # fmt: skip
KINDS = ["profile", *rules.KEYS]
REVISION = {
    "type": "integer",
    "minimum": 0,
    "maximum": sync.REVISION.high,
    "description": "The version of the row: its ETag, and what If-Match and base_revision name. "
    "Left unread where it is sent: If-Match or base_revision says it.",
}
TEXT: Schema = {"type": "string"}
TEXTS: Schema = {"type": "array", "items": TEXT}
MOMENT: Schema = {"type": "string", "format": "date-time"}


def ref(name: str) -> Schema:
    """A reference to a component."""
    return {"$ref": HERE + name}


def an_object(
    properties: Schema, required: list[str] | None = None, more: bool = False, about: str = ""
) -> Schema:
    """An object whose properties are all there, unless `required` says which; no others."""
    made: Schema = {
        "type": "object",
        "properties": properties,
        "required": list(properties) if required is None else required,
    }
    if not more:
        made["additionalProperties"] = False
    return {**made, "description": about} if about else made


def components() -> dict[str, Schema]:
    """Every named shape."""
    return {**_rows(), **_problems(), **_sync(), **_reading(), **_account()}


def _rows() -> dict[str, Schema]:
    rows = {name: schema.row_schema(kind, HERE) for kind, name in schema.NAMES.items()}
    shapes = {**rows, "Document": schema.document_schema(HERE)}
    for kind, name in schema.NAMES.items():
        if kind != "pain":
            told = rows[name]
            # What was read can be sent back: the revision is left unread.
            shapes[name] = {
                **told,
                "properties": {**told["properties"], "revision": REVISION},
            }
            shapes[f"Stored{name}"] = {
                "description": "As it is stored.",
                "allOf": [ref(name)],
                "required": ["revision"],
            }
            if kind != "profile":
                shapes[f"{name}Page"] = _page(f"Stored{name}")
            shapes[f"{name}Changes"] = _changes(told)
    shapes["Import"] = an_object(
        {
            **{name: {"type": "integer"} for name in ("created", "updated", "unchanged", "kept")},
            "brought_back": {
                "type": "integer",
                "description": "Of the created: deleted rows that came back as they were, though "
                "the document says otherwise.",
            },
            "profile": {"type": "boolean", "description": "Whether it changed."},
            "profile_kept": {
                "type": "boolean",
                "description": "Whether the document says otherwise of it and was not followed.",
            },
            "profile_replaced": {"type": "boolean", "description": "Whether it was followed."},
            "told": TEXT,
        },
        about="Rows by outcome; `kept` differed from the document and were left as they were.",
    )
    return shapes


def _page(row: str) -> Schema:
    address = {"type": ["string", "null"], "format": "uri"}
    return an_object(
        {"next": address, "previous": address, "results": {"type": "array", "items": ref(row)}}
    )


def _changes(row: Schema) -> Schema:
    """What PATCH takes: any of the row's fields; null takes one out."""
    return {
        "type": "object",
        "additionalProperties": False,
        "description": "The fields to change (RFC 7396): null takes one out, lists are replaced.",
        "properties": {
            name: _or_null(value)
            for name, value in {**row["properties"], "revision": REVISION}.items()
        },
    }


def _or_null(value: Schema) -> Schema:
    kind = value["type"]
    if isinstance(kind, list):
        return value
    made = {**value, "type": [kind, "null"]}
    return {**made, "enum": [*value["enum"], None]} if "enum" in value else made


def _problems() -> dict[str, Schema]:
    error = an_object(
        {
            "attr": {"type": ["string", "null"], "description": "Which field, as a path."},
            "code": TEXT,
            "detail": {**TEXT, "description": "A sentence for people, the same as on the pages."},
        }
    )
    return {
        "Error": error,
        "Problem": an_object(
            {
                "type": {"type": "string", "format": "uri-reference"},
                "title": TEXT,
                "status": {"type": "integer"},
                "code": {"enum": list(PROBLEMS)},
                "errors": {"type": "array", "items": ref("Error")},
                "current": {
                    "type": ["object", "null"],
                    "description": "What is stored, where versions differ.",
                },
                "sent": {"description": "What was sent, where versions differ."},
                "data": {"description": "Where signing in stands: its flows."},
                "meta": {"description": "Where signing in stands: its token."},
            },
            required=["type", "title", "status", "code", "errors"],
            about="RFC 9457. `type` leads to what a client does about it.",
        ),
    }


def _sync() -> dict[str, Schema]:
    base = {
        "type": ["integer", "null"],
        "minimum": 0,
        "maximum": sync.REVISION.high,
        "description": "The revision last seen; null or 0: none.",
    }
    value = {"type": "object", "description": "The row, in the shape of the diary document."}
    item = an_object(
        {
            "kind": {"type": "string", "enum": KINDS},
            "op": {"type": "string", "enum": list(sync.OPS.values)},
            "base_revision": base,
            "value": {
                **value,
                "description": "put: the row, in the shape of its kind. delete: its id or date.",
            },
        },
        required=["kind", "op", "value"],
    )
    fed = an_object(
        {
            "kind": {"enum": KINDS},
            "op": {"enum": list(sync.OPS.values)},
            "revision": {"type": "integer"},
            "value": value,
        },
        about="A row as it is by now; deleted: its id or date alone.",
    )
    result = an_object(
        {
            "status": {
                "enum": ["created", "updated", "unchanged", "deleted", "conflict", "invalid"]
            },
            "revision": {"type": "integer", "description": "The row's, where it was decided."},
            "stored": {
                "oneOf": [ref("FedItem"), {"type": "null"}],
                "description": "conflict: what is stored; null where nothing is.",
            },
            "sent": {"description": "conflict: the value that was sent."},
            "errors": {"type": "array", "items": ref("Error"), "description": "invalid: why."},
        },
        required=["status"],
    )
    return {
        "BatchItem": item,
        "Batch": an_object(
            {
                "items": {
                    "type": "array",
                    "maxItems": sync.MOST_ITEMS,
                    "items": {
                        "description": "A BatchItem. One that is not is answered as invalid, and "
                        "the others are decided all the same.",
                        "examples": [SHAPES["Batch"]["items"][0]],
                    },
                }
            }
        ),
        "Result": result,
        "Results": an_object(
            {
                "revision": {"type": "integer", "description": "The diary's, after the batch."},
                "results": {"type": "array", "items": ref("Result")},
            },
            about="One result for each item, in the order of the items.",
        ),
        "FedItem": fed,
        "Feed": an_object(
            {
                "cursor": {**TEXT, "description": "What `since` is next time."},
                "more": {"type": "boolean", "description": "Whether to ask again at once."},
                "items": {"type": "array", "items": ref("FedItem")},
            },
            about="Rows in the order of their last change, deleted ones too.",
        ),
    }


def _table() -> Schema:
    """From signs to cards as data; what it means stands in `wording.cards.table`."""
    word, words = {"type": "string"}, {"type": "array", "items": {"type": "string"}}
    texts = {"type": "object", "additionalProperties": word}
    rule = {"flag": word, "urgency": word, "signs": words}
    graded = {"at_least": {"type": "integer", "minimum": 1}, "one_sided": {"type": "boolean"}}
    level = {"urgency": word, "word": word, "action": word}
    made = {
        "rules": {"type": "array", "items": an_object({**rule, **graded})},
        "mild": an_object(rule),
        "flags": words,
        "urgencies": {"type": "array", "items": an_object(level)},
        "meanings": texts,
        "haste": texts,
        "reasons": texts,
        "recorded": word,
        "listed": word,
    }
    about = (
        "The rules from signs to cards, to be applied without a connection, before anything is "
        "saved. A rule raises its flag where `at_least` of its signs are there; with `one_sided` "
        "no sign counts that is on both sides. A mild sign that is no rule's reason raises `mild`. "
        "A flag has its gravest urgency; a card says `action`, then for each flag `recorded` with "
        "its reasons (`listed`), its meaning, and where it is `soon` the `haste` of each reason "
        "that has one. Read it anew whenever there is a connection."
    )
    return an_object(made, about=about)


def _reading() -> dict[str, Schema]:
    part = {
        "code": TEXT,
        "heading": TEXT,
        "article": TEXT,
        "evidence": TEXT,
        "dated": {**TEXT, "description": "Where the article is out of date."},
        "sources": TEXTS,
        "shows": {**TEXTS, "description": "What the reader's own diary shows on it."},
        "urgent": {
            "type": "boolean",
            "description": "Whether the signs that need help belong here.",
        },
    }
    basis = {**TEXT, "description": "How old the diary's entries are, and what they cannot tell."}
    weighed = {"type": ["object", "null"], "description": "What the reader's diary says for it."}
    cause = {**part, "weighed": weighed}
    states: Schema = {"type": ["object", "array", "null"]}
    urgency = {"urgency": {"enum": list(URGENCIES)}}
    card = {**urgency, "urgency_word": TEXT, "action": TEXT, "why": TEXTS}
    level = {
        **urgency,
        "word": TEXT,
        "action": TEXT,
        "entries": {"type": "array", "items": an_object({"signs": TEXT, "meaning": TEXT})},
    }
    return {
        "Card": an_object(card, about="What to do, and everything recorded that asks for it."),
        "Words": an_object(
            {
                "cards": {**_list_of("Card"), "description": "Red flags, to be shown first."},
                "age": {**TEXT, "description": "How long ago the last entry was; shown beside it."},
                "sentence": TEXT,
                "basis": {**TEXTS, "description": "What it rests on."},
                "limit": {**TEXT, "description": "What it is not; shown beside it."},
            },
            about="What the pages say of it, for an app to say.",
        ),
        "Help": an_object(
            {"results": {"type": "array", "items": an_object(level)}, "table": _table()}
        ),
        "Question": an_object(part),
        "Cause": an_object(cause),
        "CauseAlone": an_object({"basis": basis, **cause}),
        "Questions": an_object({"basis": basis, "results": _list_of("Question")}),
        "Causes": an_object({"basis": basis, "results": _list_of("Cause")}),
        "Assessment": an_object(
            {
                "format": {"const": "walking-assessment"},
                "version": {"const": 1},
                "as_of": {"type": "string", "format": "date"},
                **dict.fromkeys(ASSESSED, states),
                "words": ref("Words"),
            },
            more=True,
            about=(
                "What the analyses say of the diary as of its last day. `words.cards` come first "
                "on any screen, most urgent first. It describes a diary and is no diagnosis; "
                "numbers are null where the diary cannot support them. More members may come."
            ),
        ),
    }


def _account() -> dict[str, Schema]:
    settings: Schema = {
        "name": {"type": "string", "maxLength": LONGEST_NAME},
        "time_zone": {**TEXT, "description": "IANA; it says on which day a walk falls."},
        **{name: {"enum": list(SETTINGS[name].values)} for name in ("units", "language")},
    }
    holds = an_object(
        {name: {"type": "integer", "minimum": 0} for name in leaving.HELD},
        about=(
            "How many of each there are: entries by kind, `deleted` ones that could come back, who "
            "may look (`share`) and who looked (`look`), and, of a clinician, patients and notes."
        ),
    )
    return {
        "Settings": an_object(settings, about="How the person is spoken to."),
        "SettingsChanges": an_object(settings, [], about="The settings to change."),
        "AccountHolds": holds,
        "AccountDeleted": an_object({"deleted": ref("AccountHolds")}),
        "Device": an_object(
            {
                "id": {"type": "integer"},
                "name": TEXT,
                "user_agent": TEXT,
                "signed_in_at": MOMENT,
                "last_used_at": {**MOMENT, "description": "To the hour."},
                "this_device": {"type": "boolean"},
            }
        ),
        "Devices": an_object({"results": _list_of("Device")}),
        "DeviceName": an_object(
            {"name": {"type": "string", "maxLength": devices.LONGEST_NAME}},
            about="An empty name goes back to what the device calls itself.",
        ),
    }


def _list_of(name: str) -> Schema:
    return {"type": "array", "items": ref(name)}
