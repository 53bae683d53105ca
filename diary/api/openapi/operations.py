"""What does each address of ours do, what does it take, and what does it answer?"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from diary import rules
from diary.api import problems as told
from diary.api.openapi.components import KINDS, Schema, ref
from diary.api.openapi.examples import ROWS, SENT, SHAPES, TOLD
from diary.exchange import schema
from diary.pictures import FORMS, PICTURES, SIZES, THEMES
from diary.units import METRES_IN
from diary.wording.problems import PROBLEMS

Operation = dict[str, Any]
Paths = dict[str, dict[str, Operation]]

JSON = "application/json"
MERGE_PATCH = "application/merge-patch+json"
PROBLEM_JSON = "application/problem+json"
PROBLEM = "#/components/responses/Problem"
TOKEN = [{"token": []}]
# The site's own pages hand in what waited in the browser: with all three, or not at all.
BROWSER = [{"cookie": [], "form_token": [], "owner": []}]
# What every address may answer, and what those that read a body may.
ALWAYS = (401, 429, 500, 503)
READS = (400, 413, 415, 422)
ETAG = {"ETag": {"schema": {"type": "string"}, "description": "The revision, in quotes."}}
LANGUAGES = ["en-gb"]


def operation(
    name: str,
    summary: str,
    answers: dict[int, Any],
    *,
    tag: str,
    problems: Iterable[int] = (),
    body: str | Schema | None = None,
    parameters: Iterable[Schema] = (),
    security: list[dict[str, Any]] | None = None,
) -> Operation:
    """One operation; `answers` are shapes by status (None: nothing), `problems` statuses."""
    made: Operation = {
        "operationId": name,
        "summary": summary,
        "tags": [tag],
        "security": TOKEN if security is None else security,
        "responses": {str(code): _answer(shape, TOLD.get(name)) for code, shape in answers.items()},
    }
    statuses = {*problems, *ALWAYS, *(READS if body is not None else ())}
    made["responses"] |= {str(code): {"$ref": PROBLEM + str(code)} for code in sorted(statuses)}
    if [*parameters]:
        made["parameters"] = [*parameters]
    if body is not None:
        media = (JSON, MERGE_PATCH) if str(body).endswith("Changes") else (JSON,)
        content = _content(body, SENT.get(name))
        made["requestBody"] = {"required": True, "content": dict.fromkeys(media, content)}
    return made


def _content(shape: str | Schema, example: Any = None) -> Schema:
    """JSON of a shape, with an example: the operation's own, or that of the shape."""
    name = shape if isinstance(shape, str) else "example"
    example = SHAPES.get(name) if example is None else example
    content: Schema = {"schema": ref(shape) if isinstance(shape, str) else shape}
    return content if example is None else {**content, "examples": {name: {"value": example}}}


def _answer(shape: Any, example: Any) -> Schema:
    if shape is None:
        return {"description": "Done; nothing to say."}
    if isinstance(shape, dict) and "content" in shape:
        return shape
    name = shape if isinstance(shape, str) else ""
    answer = {"description": name or "An answer.", "content": {JSON: _content(shape, example)}}
    return {**answer, "headers": ETAG} if name.startswith(("Stored", "Assessment")) else answer


def problems() -> dict[str, Schema]:
    """What is answered with each status that is a problem."""
    statuses = sorted({each.status for each in PROBLEMS.values()} | {*ALWAYS, *READS})
    return {f"Problem{status}": _problem(status) for status in statuses}


def _problem(status: int) -> Schema:
    codes = [code for code, each in PROBLEMS.items() if each.status == status]
    examples = {code: {"value": told.body(code)} for code in codes}
    answer: Schema = {
        "description": " ".join(str(PROBLEMS[code].title) for code in codes),
        "content": {PROBLEM_JSON: {"schema": ref("Problem"), "examples": examples}},
    }
    if status in (429, 503):
        answer["headers"] = {
            "Retry-After": {"schema": {"type": "string"}, "description": "Seconds to wait."}
        }
    return answer


def asked(
    name: str, shape: Schema, about: str, where: str = "query", example: Any = None
) -> Schema:
    """A parameter; one of the path is always needed."""
    made = {"name": name, "in": where, "required": where == "path", "description": about}
    return {**made, "schema": shape} | ({} if example is None else {"example": example})


IF_MATCH = asked(
    "If-Match",
    {"type": "string", "examples": ['"7"']},
    "The revision that is changed, in quotes. Without it only what changes nothing is taken.",
    "header",
)
IF_NONE_MATCH = asked(
    "If-None-Match",
    {"type": "string"},
    "An ETag of an earlier answer: 304 where it holds.",
    "header",
)
DAY = {"type": "string", "format": "date"}
DAYS = (
    asked("from", DAY, "From this day on, by the walker's own calendar."),
    asked("until", DAY, "Up to and with this day."),
)
LIST = (
    asked("limit", {"type": "integer", "minimum": 1, "maximum": 500}, "Rows a page; 100."),
    asked("cursor", {"type": "string", "maxLength": 500}, "Where a page begins: from `next`."),
)
CONFIRMED = (
    {
        **asked(
            "confirm", {"enum": ["everything"]}, "That the person means it: they were asked.",
            example="everything",
        ),
        "required": True,
    },
)  # fmt: skip
UNCHANGED = {304: None}
VERSIONS = (412, 428)


def _rows_of(kind: str, plural: str) -> Paths:
    name = schema.NAMES[kind]
    key = rules.KEYS[kind]
    shape = DAY if key == "date" else {"type": "string", "format": "uuid"}
    about = "The day." if key == "date" else "The id, made by whoever logged it."
    named = [asked("key", shape, about, "path", ROWS[name][key])]
    one, stored, tag = kind.replace("_", "-"), f"Stored{name}", plural
    dated = "started_at" in rules.FIELDS[kind] or "date" in rules.FIELDS[kind]
    return {
        f"/{plural}/": {
            "get": operation(
                f"list_{kind}s", f"Every {one}, newest first", {200: f"{name}Page"},
                tag=tag, parameters=[*(DAYS if dated else ()), *LIST], problems=(404, 422),
            ),
            "post": operation(
                f"create_{kind}", f"Keep a {one}; a known one is answered as it is stored",
                {200: stored, 201: stored}, tag=tag, body=name, problems=(409,),
            ),
        },
        f"/{plural}/{{key}}/": {
            "get": operation(
                f"read_{kind}", f"One {one}", {200: stored, **UNCHANGED}, tag=tag,
                parameters=[*named, IF_NONE_MATCH], problems=(404, 422),
            ),
            "put": operation(
                f"put_{kind}", f"Create or replace a {one}; the same again changes nothing",
                {200: stored, 201: stored}, tag=tag, body=name,
                parameters=[*named, IF_MATCH], problems=(404, 409, *VERSIONS),
            ),
            "patch": operation(
                f"change_{kind}", f"Change some fields of a {one}", {200: stored}, tag=tag,
                body=f"{name}Changes", parameters=[*named, IF_MATCH], problems=(404, *VERSIONS),
            ),
            "delete": operation(
                f"delete_{kind}", f"Delete a {one}; for thirty days it can be brought back",
                {204: None}, tag=tag, parameters=[*named, IF_MATCH],
                problems=(404, 422, *VERSIONS),
            ),
        },
    }  # fmt: skip


def _profile() -> Paths:
    stored = "StoredProfile"
    return {
        "/profile/": {
            "get": operation(
                "read_profile", "The profile; revision 0 until something was entered",
                {200: stored, **UNCHANGED}, tag="profile", parameters=[IF_NONE_MATCH],
                problems=(422,),
            ),
            "put": operation(
                "put_profile", "Create or replace the profile", {200: stored, 201: stored},
                tag="profile", body="Profile", parameters=[IF_MATCH], problems=VERSIONS,
            ),
            "patch": operation(
                "change_profile", "Change some fields of the profile",
                {200: stored}, tag="profile", body="ProfileChanges",
                parameters=[IF_MATCH], problems=VERSIONS,
            ),
        }
    }  # fmt: skip


def _sync() -> Paths:
    since = asked(
        "since", {"type": "string", "maxLength": 40, "pattern": r"^\d{1,15}(\.\d{1,15})?$"},
        "The cursor of the last answer; without it, everything.",
    )  # fmt: skip
    limit = asked("limit", {"type": "integer", "minimum": 1, "maximum": 1000}, "Items a page.")
    return {
        "/sync/": {
            "get": operation(
                "read_changes", "Everything that changed since a cursor, deleted rows too",
                {200: "Feed"}, tag="sync", parameters=[since, limit], problems=(410, 422),
            ),
            "post": operation(
                "send_batch",
                f"Up to 1,000 writes of any kind ({', '.join(KINDS)}), each decided on its own",
                {200: "Results"}, tag="sync", body="Batch", problems=(403,),
                security=[*TOKEN, *BROWSER],
            ),
        }
    }  # fmt: skip


def _reading() -> Paths:
    words = {"type": "string"}
    look = [
        asked("name", {**words, "enum": list(PICTURES)}, "Which chart.", "path", "onset"),
        asked("form", {**words, "enum": list(FORMS)}, "As which kind of picture.", "path", "svg"),
        asked("size", {**words, "enum": list(SIZES)}, "For which screen; page."),
        asked("theme", {**words, "enum": list(THEMES)}, "light, unless dark is asked for."),
        asked("unit", {**words, "enum": list(METRES_IN)}, "Of distances; the account's."),
        asked("language", {**words, "enum": LANGUAGES}, "Of the words; the account's."),
        IF_NONE_MATCH,
    ]
    picture = {
        "description": "The picture.",
        "headers": ETAG,
        "content": {media: {} for media in FORMS.values()},
    }
    differing = asked(
        "differing", {**words, "enum": ["keep", "replace"]},
        "What becomes of a row that the diary has in another form; it is kept.",
    )  # fmt: skip
    code = asked("code", words, "Which cause.", "path", "sciatica")
    either = [{"token": []}, {}]
    return {
        "/assessment/": {
            "get": operation(
                "read_assessment", "What the diary shows as of its last day",
                {200: "Assessment", **UNCHANGED}, tag="reading", parameters=[IF_NONE_MATCH],
                problems=(422,),
            )
        },
        "/charts/{name}.{form}": {
            "get": operation(
                "read_chart", "One chart of the diary", {200: picture, **UNCHANGED},
                tag="reading", parameters=look, problems=(404, 422),
            )
        },
        "/document/": {
            "get": operation(
                "export_document", "The whole diary", {200: "Document", **UNCHANGED},
                tag="reading", parameters=[IF_NONE_MATCH], problems=(422,),
            ),
            "post": operation(
                "import_document", "Read a diary document into the diary: all of it, or nothing",
                {200: "Import"}, tag="reading", body="Document", parameters=[differing],
            ),
        },
        "/help/": {
            "get": operation(
                "read_help", "Every sign that asks for help, by urgency; keep it on the phone",
                {200: "Help"}, tag="article", problems=(422,), security=either,
            )
        },
        "/questions/": {
            "get": operation(
                "read_questions", "The article's fourteen questions", {200: "Questions"},
                tag="article", problems=(422,), security=either,
            )
        },
        "/causes/": {
            "get": operation(
                "read_causes", "The article's five causes", {200: "Causes"}, tag="article",
                problems=(422,), security=either,
            )
        },
        "/causes/{code}/": {
            "get": operation(
                "read_cause", "One of the five causes", {200: "CauseAlone"}, tag="article",
                parameters=[code], problems=(404, 422), security=either,
            )
        },
    }  # fmt: skip


def _account() -> Paths:
    one = [asked("id", {"type": "integer"}, "A device of the list.", "path", 12)]
    return {
        "/settings/": {
            "get": operation(
                "read_settings", "Name, time zone, units and language of the account",
                {200: "Settings"}, tag="account", problems=(422,),
            ),
            "patch": operation(
                "change_settings", "Change some of them", {200: "Settings"}, tag="account",
                body="SettingsChanges",
            ),
        },
        "/account/": {
            "get": operation(
                "read_account", "How much the account holds of each kind of thing",
                {200: "AccountHolds"}, tag="account", problems=(422,),
            ),
            "delete": operation(
                "delete_account",
                "Delete the account and all that it holds, at once and for good; offer the export "
                "first (/document/)",
                {200: "AccountDeleted"}, tag="account", problems=(403, 422), parameters=CONFIRMED,
            ),
        },
        "/devices/": {
            "get": operation(
                "list_devices", "Where the person is signed in, last used first", {200: "Devices"},
                tag="account", problems=(404, 422),
            )
        },
        "/devices/{id}/": {
            "patch": operation(
                "name_device", "Give a device a name", {200: "Device"}, tag="account",
                body="DeviceName", parameters=one, problems=(404,),
            ),
            "delete": operation(
                "sign_out_device", "Sign a device out; its token is refused from now on",
                {204: None}, tag="account", parameters=one, problems=(404, 422),
            ),
        },
    }  # fmt: skip


def operations() -> Paths:
    """Every address of ours under /api/v1, with what it does by method."""
    plurals = {"walk": "walks", "check_in": "check-ins", "change": "changes"}
    plurals |= {"measurement": "measurements", "route": "routes"}
    rows: Paths = {}
    for kind, plural in plurals.items():
        rows |= _rows_of(kind, plural)
    return {**_sync(), **rows, **_profile(), **_reading(), **_account()}
