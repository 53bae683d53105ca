"""What do requests and answers about sharing look like? Vera's diary, and a nurse who reads it."""

from __future__ import annotations

from typing import Any

Example = dict[str, Any]
UID = "6f1c2a52-7d0f-4b7e-9f0a-3f5b8a1f6c20"
NURSE = {"name": "Cora Lind", "role": "Vascular nurse"}
AT, LATER = "2026-05-30T09:00:00Z", "2026-05-30T17:12:00Z"
MARK = "9b2f61c0a7"
TERMS: Example = {"what": "summary", "since": None, "until": "2026-11-30"}

SHARE: Example = {
    "uid": UID,
    "state": "active",
    **TERMS,
    "email": "cora@clinic.example",
    **NURSE,
    "created_at": AT,
    "invitation_until": None,
    "agreed_at": LATER,
    "ended_at": None,
    "steps": [
        {
            "at": AT, "event": "invited", "by_owner": True, **TERMS,
            "words": "You invited cora@clinic.example.",
        },
        {
            "at": LATER, "event": "agreed", "by_owner": True, **TERMS,
            "words": "You agreed to Cora Lind (Vascular nurse).",
        },
    ],
    "words": {
        "who": "Cora Lind, Vascular nurse",
        "what": "The summary",
        "days": "From the first day of your diary. Until 30 November 2026.",
        "stands": "They can look, until you stop it or the time is over.",
    },
}  # fmt: skip
INVITED: Example = {
    **SHARE,
    "state": "invited",
    "name": "",
    "role": "",
    "invitation_until": "2026-06-06T09:00:00Z",
    "agreed_at": None,
    "steps": SHARE["steps"][:1],
    "words": {
        **SHARE["words"],
        "who": "cora@clinic.example",
        "stands": "Not accepted yet. The link in the e-mail works until 6 June 2026, 10:00.",
    },
}
HELD: Example = {"uid": UID, "patient": "Vera", **TERMS, **NURSE}
LIMIT = "Self-reported. It describes a diary and makes no diagnosis."
NOTE: Example = {"id": 4, "at": LATER, "text": "Ask about the stairs.", "shown": False}
CARD: Example = {
    "urgency": "same_day",
    "urgency_word": "Same day",
    "action": "Speak to a doctor today.",
    "why": ["You recorded: swelling of a leg (last on 31 May 2026)."],
}
MEASURED: Example = {
    "id": "018f9d5c-6a00-7c3e-9a51-2f0c1d7b8e42",
    "date": "2026-05-02",
    "kind": "ankle_brachial_index_left",
    "value": 0.82,
}
PERIOD: Example = {"span_days": 28, "days_with_entries": 20}

SHAPES: dict[str, Example] = {
    "Share": SHARE,
    "SharePage": {"page": 1, "more": False, "results": [SHARE]},
    "ShareAlone": {**SHARE, "notes": [{"at": LATER, "text": None}]},
    "Invite": {"email": "cora@clinic.example", **TERMS},
    "Invited": {**INVITED, "link": None},
    "CodeTerms": {"since": "2026-04-01", "until": "2026-11-30"},
    "Code": {
        "code": "ABCD-EFGHJK",
        "spoken": ["Alpha", "Bravo", "Charlie", "Delta", "Echo", "Foxtrot", "Golf", "Hotel",
                   "Juliet", "Kilo"],
        "until": "2026-05-30T09:10:00Z",
        "share": {**INVITED, "email": ""},
    },
    "ShareChanges": {"what": "entries", "until": "2026-08-31"},
    "LookPage": {
        "page": 1,
        "more": False,
        "results": [
            {
                "at": LATER,
                "share": UID,
                **NURSE,
                "reading": "summary",
                "refused": False,
                "words": {
                    "who": "Cora Lind, Vascular nurse", "what": "the summary", "refused": "",
                },
            }
        ],
    },
    "SharingHistory": {
        "format": "walking-diary-sharing",
        "version": 1,
        "written_at": LATER,
        "fields": {"consents": {"at": "when it happened, in UTC"}, "access": {}},
        "consents": [
            {"at": AT, "share_uid": UID, "event": "invited", "by_owner": True, "what": "summary"}
        ],
        "access": [{"at": LATER, "share_uid": UID, "reading": "summary", "refused": False}],
    },
    "PatientPage": {
        "page": 1,
        "more": False,
        "counts": {"red_flag": 1, "no_clear_change": 0},
        "behind_since": None,
        "words": {"behind": "", "limit": LIMIT},
        "results": [
            {
                "uid": UID,
                "patient": "Vera",
                "reason": MARK,
                "group": "red_flag",
                "last_entry_on": "2026-05-31",
                "sentence": "Same day: recorded signs that can mean deep vein thrombosis, last on "
                "31 May 2026 (2 walks, 2 onsets).",
                "last_entry": "Last entry 1 day ago",
                "behind": "",
                "chart": "",
            }
        ],
    },
    "Waiting": {"results": [HELD]},
    "Accept": {"token": "uS5lYz1rVb8yPz1sQ6c0mW3nT7kX9aEd", **NURSE},
    "UseCode": {"code": "ABCD-EFGHJK", **NURSE},
    "Opened": {**HELD, "words": "The summary is open to you until 30 November 2026."},
    "Patient": {
        "share": HELD,
        "today": "2026-06-01",
        "assessment": {
            "format": "walking-assessment",
            "version": 1,
            "as_of": "2026-05-31",
            "walks": {"total": 2, "with_pain": 2, "pain_free": 0, "not_recorded": 0},
        },
        "words": {
            "title": "Vera, born 1951",
            "shared": "Shared by the patient with Cora Lind, Vascular nurse: summary: what the "
            "diary shows, without its entries; every day; until 30 November 2026.",
            "time_zone": "Europe/London",
            "cards": [CARD],
            "sentence": "You recorded 2 walks, 2 of them with leg pain.",
            "age": "",
            "period": [["Period", "30 May 2026 to 31 May 2026"]],
            "basis": [],
            "flags": ["Deep vein thrombosis: 1 entry, last on 31 May 2026"],
            "onset": [],
            "relief": [],
            "legs": [["Left", "pain on walks"]],
            "changes": [],
            "changes_limit": "",
            "weighing": {"causes": [], "sources": [], "method": "LR: likelihood ratio."},
            "edinburgh": "Edinburgh questionnaire: not enough recorded.",
            "factors": [],
            "check_ins": ["1 check-in."],
            "signs": [],
            "measurements": [],
            "limit": LIMIT,
            "patients_words": "Sentences with “you” are those that the patient reads.",
        },
        "charts": [
            {
                "name": "onset",
                "heading": "Distance before the pain came",
                "beside": [],
                "head": ["Day", "Pain after"],
                "rows": [["30 May 2026", "250 m"]],
                "left_out": 0,
            }
        ],
        "measured": [],
        "notes": [NOTE],
        "reviews": [{"at": LATER, "note": "Called; comes on Thursday."}],
    },
    "Comparison": {
        "earlier": PERIOD,
        "later": PERIOD,
        "state": "not_enough",
        "less_of_both": False,
        "words": {
            "sentence": "That is not enough to compare.",
            "also": [],
            "heads": ["7 April 2026 to 4 May 2026", "5 May 2026 to 1 June 2026"],
            "rows": [["Days with entries", "20 of 28", "20 of 28"]],
            "limit": "Self-reported.",
        },
    },
    "ReviewNote": {"reason": MARK, "note": "Called; comes on Thursday."},
    "Search": {"q": "ver"},
    "Reviewed": {"reviewed": True},
    "ClinicNote": NOTE,
    "ClinicNotes": {"results": [NOTE]},
    "NewClinicNote": {"text": "Ask about the stairs.", "shown": False},
    "ClinicNoteChanges": {"shown": True},
    "EnteredMeasurement": {
        **MEASURED, "revision": 8, "words": "Saved in the patient's diary, with your name.",
    },
    "RecordText": {"text": "Walking and leg-pain diary of Vera, born 1951."},
    "Bundle": {"resourceType": "Bundle", "type": "collection", "entry": []},
}  # fmt: skip
