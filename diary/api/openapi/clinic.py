"""What do the addresses of the clinic do?"""

from __future__ import annotations

from typing import Any

from diary import rules
from diary.api.openapi.components import MOMENT, TEXT, TEXTS, Schema, an_object, ref
from diary.api.openapi.operations import DAY, LANGUAGES, Operation, Paths, asked, operation
from diary.api.openapi.sharing import (
    ANY,
    DAY_OR_NONE,
    MOMENT_OR_NONE,
    NUMBERS,
    ONE,
    PAGES,
    PERSON,
    TERMS,
    UUID,
    several,
)
from diary.api.openapi.sharing_examples import SHAPES
from diary.pictures import FORMS, OF_CLINIC, SIZES, THEMES
from diary.units import METRES_IN
from diary.wording.clinic import GROUPS, SORTS

NAME: Schema = {"type": "string", "minLength": 1, "maxLength": rules.LONGEST_NAME}
PAIRS: Schema = {"type": "array", "items": TEXTS}


def components() -> dict[str, Schema]:
    """Every shape that only the clinic has."""
    held = {"uid": UUID, "patient": TEXT, **TERMS, **PERSON}
    line = an_object(
        {
            "uid": UUID,
            "patient": TEXT,
            "reason": {**TEXT, "description": "A mark of what is told: a tick says it back."},
            "group": {"enum": [*GROUPS, "reviewed"]},
            "last_entry_on": DAY_OR_NONE,
            "sentence": TEXT,
            "last_entry": TEXT,
            "behind": {**TEXT, "description": "That the line is older than the diary; or empty."},
            "chart": {**TEXT, "description": "A small SVG; empty where none is made yet."},
        }
    )
    listed = {
        **NUMBERS,
        "counts": {**ANY, "additionalProperties": {"type": "integer"}},
        "behind_since": MOMENT_OR_NONE,
        "words": an_object({"behind": TEXT, "limit": TEXT}),
        "results": several(line),
    }
    texts = dict.fromkeys(("basis", "flags", "onset", "relief", "changes", "factors"), TEXTS)
    words = {
        **dict.fromkeys(("title", "shared", "time_zone", "sentence", "age", "edinburgh"), TEXT),
        "cards": {**several(ref("Card")), "description": "Red flags, to be shown first."},
        **texts,
        **dict.fromkeys(("check_ins", "signs"), TEXTS),
        **dict.fromkeys(("period", "legs", "measurements"), PAIRS),
        **dict.fromkeys(("changes_limit", "limit", "patients_words"), TEXT),
        "weighing": {**ANY, "description": "For and against each cause, weights and sources."},
    }
    chart = an_object(
        {
            **dict.fromkeys(("name", "heading"), TEXT),
            "beside": TEXTS,
            "head": TEXTS,
            "rows": PAIRS,
            "left_out": {"type": "integer"},
        }
    )
    note = {"id": {"type": "integer"}, "at": MOMENT, "text": TEXT, "shown": {"type": "boolean"}}
    text: Schema = {"type": "string", "minLength": 1, "maxLength": rules.LONGEST_NOTE}
    shown: Schema = {"type": "boolean", "description": "Whether the diary's owner can read it."}
    compared = an_object(
        {
            **dict.fromkeys(("sentence", "limit"), TEXT),
            **dict.fromkeys(("also", "heads"), TEXTS),
            "rows": PAIRS,
        }
    )
    return {
        "PatientPage": an_object(listed, about="Whom to look at, and why: most pressing first."),
        "Held": an_object(held, about="A share as the person sees it who holds it."),
        "Waiting": an_object({"results": several(ref("Held"))}),
        "Accept": an_object({"token": {**TEXT, "minLength": 1, "maxLength": 200}, **_named()}),
        "UseCode": an_object({"code": {**TEXT, "minLength": 1, "maxLength": 40}, **_named()}),
        "Opened": an_object({**held, "words": TEXT}),
        "Patient": an_object(
            {
                "share": ref("Held"),
                "today": {**DAY, "description": "The patient's."},
                "assessment": {
                    **ANY,
                    "description": "Of the shared days; entries are named only where shared.",
                },
                "words": an_object(words),
                "charts": {**several(chart), "description": "Their numbers, for those who listen."},
                "measured": several(an_object(dict.fromkeys(("kind", "value", "day", "by"), TEXT))),
                "notes": {**several(ref("ClinicNote")), "description": "The newest of one's own."},
                "reviews": several(an_object({"at": MOMENT, "note": TEXT})),
            }
        ),
        "Comparison": an_object(
            {
                "earlier": ANY,
                "later": ANY,
                "state": TEXT,
                "less_of_both": {"type": "boolean"},
                "words": compared,
            }
        ),
        "ReviewNote": an_object(
            {
                "reason": {**TEXT, "maxLength": 64, "description": "Of the line that was read."},
                "note": {"type": "string", "maxLength": rules.LONGEST_NOTE},
            },
            ["reason"],
        ),
        "Search": an_object({"q": {"type": "string", "maxLength": rules.LONGEST_NAME}}, []),
        "Reviewed": an_object({"reviewed": {"type": "boolean"}}),
        "ClinicNote": an_object(note),
        "ClinicNotes": an_object({"results": several(ref("ClinicNote"))}),
        "NewClinicNote": an_object({"text": text, "shown": shown}, ["text"]),
        "ClinicNoteChanges": an_object({"shown": shown}),
        "EnteredMeasurement": {
            "description": "As it is stored, and what is said of it.",
            "allOf": [{"type": "object", "required": ["id", "revision", "words"]}],
        },
        "RecordText": an_object({"text": TEXT}),
        "Bundle": an_object({"resourceType": {"const": "Bundle"}}, more=True, about="HL7 FHIR R4."),
    }


def _named() -> Schema:
    about = "As the patient sees it, and agrees to it."
    return {name: {**NAME, "description": about} for name in ("name", "role")}


def _clinical(name: str, summary: str, answers: Any, **named: Any) -> Operation:
    problems = (*named.pop("problems", ()), 403, 404, 422)
    return operation(name, summary, answers, tag="clinic", problems=problems, **named)


def operations() -> Paths:
    """Every address of the clinic under /api/v1."""
    return {**_clinic(), **_patient()}


def _clinic() -> Paths:
    listed = (
        asked("group", {"type": "string", "enum": [*GROUPS, "reviewed"]}, "One reason to look."),
        asked("sort", {"type": "string", "enum": list(SORTS)}, "In which order; reason."),
        *PAGES,
    )
    return {
        "/clinic/patients/": {
            "get": _clinical(
                "list_patients", "The work list: whom to look at, and why",
                {200: "PatientPage"}, parameters=listed,
            ),
            "post": _clinical(
                "search_patients", "The work list of those whose name has a text in it",
                {200: "PatientPage"}, parameters=listed, body="Search",
            ),
        },
        "/clinic/waiting/": {
            "get": _clinical(
                "list_waiting", "Whose word is waited for: accepted, not agreed to yet",
                {200: "Waiting"},
            )
        },
        "/clinic/invitations/": {
            "post": _clinical(
                "accept_invitation", "Accept an e-mailed invitation; needs a second factor",
                {201: "Opened"}, body="Accept",
            )
        },
        "/clinic/codes/": {
            "post": _clinical(
                "use_code", "Open a summary with a code that the patient reads out",
                {201: "Opened"}, body="UseCode",
            )
        },
    }  # fmt: skip


def _file(media: str, **content: Any) -> Schema:
    return {"description": "The file.", "content": {media: content}}


def _patient() -> Paths:
    words = {"type": "string"}
    look = [
        ONE,
        asked("name", {**words, "enum": list(OF_CLINIC)}, "Which chart.", "path", "onset"),
        asked("form", {**words, "enum": list(FORMS)}, "As which kind of picture.", "path", "svg"),
        asked("size", {**words, "enum": list(SIZES)}, "For which screen; page."),
        asked("theme", {**words, "enum": list(THEMES)}, "light, unless dark is asked for."),
        asked("unit", {**words, "enum": list(METRES_IN)}, "Of distances; the account's."),
        asked("language", {**words, "enum": LANGUAGES}, "Of the words; the account's."),
    ]
    picture = {"description": "The picture.", "content": {media: {} for media in FORMS.values()}}
    periods = [
        asked(f"{side}_{end}", DAY, f"Of the {side} period; the last 28 days, and the 28 before.")
        for side in ("earlier", "later")
        for end in ("from", "until")
    ]
    where = "/clinic/patients/{uid}/"
    one = {"parameters": [ONE]}
    number = asked("id", {"type": "integer"}, "A note of one's own.", "path", 4)
    bundle = _file(
        "application/fhir+json", schema=ref("Bundle"),
        examples={"Bundle": {"value": SHAPES["Bundle"]}},
    )  # fmt: skip
    return {
        where: {
            "get": _clinical(
                "read_patient", "What a diary shows, as far as it is shared",
                {200: "Patient"}, **one,
            ),
            "delete": _clinical(
                "leave_patient", "Give up access; only the patient can give it again",
                {204: None}, **one,
            ),
        },
        f"{where}charts/{{name}}.{{form}}": {
            "get": _clinical(
                "read_patient_chart", "One chart of a diary", {200: picture}, parameters=look
            )
        },
        f"{where}document/": {
            "get": _clinical(
                "read_patient_document", "The shared entries; a second factor is due once more",
                {200: "Document"}, **one,
            )
        },
        f"{where}comparison/": {
            "get": _clinical(
                "compare_periods", "Two periods side by side", {200: "Comparison"},
                parameters=[ONE, *periods],
            )
        },
        f"{where}review/": {
            "post": _clinical(
                "review_patient", "Tick off what the work list says, until there is more",
                {200: "Reviewed"}, body="ReviewNote", problems=(409,), **one,
            ),
            "delete": _clinical(
                "undo_review", "Take the last tick back; none is fine", {204: None}, **one
            ),
        },
        f"{where}notes/": {
            "get": _clinical(
                "list_clinic_notes", "One's own notes, newest first", {200: "ClinicNotes"}, **one
            ),
            "post": _clinical(
                "add_clinic_note", "Keep a note; the patient is told that it exists",
                {201: "ClinicNote"}, body="NewClinicNote", **one,
            ),
        },
        f"{where}notes/{{id}}/": {
            "patch": _clinical(
                "show_clinic_note", "Show a note to the patient, or no more",
                {200: "ClinicNote"}, body="ClinicNoteChanges", parameters=[ONE, number],
            )
        },
        f"{where}measurements/": {
            "post": _clinical(
                "enter_measurement", "Enter what was measured in clinic, with one's name",
                {201: "EnteredMeasurement"}, body="Measurement", problems=(409,), **one,
            )
        },
        f"{where}text/": {
            "get": _clinical(
                "read_patient_text", "Ten lines to copy into a record", {200: "RecordText"}, **one
            )
        },
        f"{where}report.pdf": {
            "get": _clinical(
                "read_patient_report", "The report; a second factor is due once more",
                {200: _file("application/pdf")}, **one,
            )
        },
        f"{where}entries.zip": {
            "get": _clinical(
                "read_patient_entries", "The entries as CSV; a second factor is due once more",
                {200: _file("application/zip")}, **one,
            )
        },
        f"{where}bundle.json": {
            "get": _clinical(
                "read_patient_bundle", "A FHIR R4 bundle; a second factor is due once more",
                {200: bundle}, **one,
            )
        },
    }  # fmt: skip
