"""What does a row of the diary document look like, as JSON Schema (2020-12)?

Made from `rules`, so that what is described is what is refused. Rules that tie fields together
cannot be put into a schema, and stand in the descriptions.
"""

from __future__ import annotations

from typing import Any

from diary import polyline, rules, values
from diary.answers import MEASUREMENT_RANGES

Schema = dict[str, Any]

NAMES = {
    "profile": "Profile",
    "walk": "Walk",
    "pain": "PainEpisode",
    "check_in": "CheckIn",
    "change": "Change",
    "measurement": "Measurement",
    "route": "Route",
}
ABOUT = {
    "profile": "What about the walker bears on leg pain.",
    "walk": (
        "One walk. At least one of distance_m and duration_s is given, and no pain comes after the "
        "distance walked. A start further ahead than "
        f"{rules.FURTHEST_AHEAD.total_seconds() / 3600:.0f} hours is refused."
    ),
    "pain": "One pain of a walk, in the order in which they came.",
    "check_in": "How one day was, apart from its walks; a day has one.",
    "change": "Something that may change the pain; `until` is not before `date`.",
    "measurement": "A value measured in clinic or at home, within the bounds of its kind: "
    + "; ".join(f"{kind} {low:g} to {high:g}" for kind, (low, high) in MEASUREMENT_RANGES.items())
    + ".",
    "route": "A way that the walker knows the length of. It stays with the diary's owner.",
}
_NOTES = "What the walker wrote; nobody is alerted by it."
_SIDE = "Which leg."
_AHEAD_MIN = rules.CLOCK_TOLERANCE.total_seconds() / 60
MEANINGS: dict[str, dict[str, str]] = {
    "profile": {
        "birth_year": "Year of birth.",
        "sex": "Sex, as it bears on the risk of narrowed arteries.",
        "height_cm": "Height in centimetres.",
        "weight_kg": "Weight in kilograms.",
        "smoking": "Whether the walker smokes.",
        "conditions": "Known conditions that bear on leg pain; empty: asked, and none.",
        "pack_years": "Packs of cigarettes a day times years.",
        "symptoms_began": "The day on which the leg trouble began, as remembered.",
    },
    "walk": {
        "id": "Made by whoever logs the walk, and kept for ever: sending it again changes nothing.",
        "started_at": "When it began, with its offset from UTC.",
        "time_zone": "IANA zone of the walker; the account's where it is left out.",
        "activity": "What it was; a walk where it is left out.",
        "distance_m": "Distance walked, in metres.",
        "distance_source": "How the distance was obtained; estimated where it is left out.",
        "duration_s": "Time on foot, rests included, in seconds.",
        "ascent_m": "Metres climbed.",
        "terrain": "The ground.",
        "pace": "How fast, as the walker felt it.",
        "footwear": "What was worn.",
        "stretched_before": "Whether the walker stretched before.",
        "stretched_after": "Whether the walker stretched after.",
        "walking_aid": "What was held or pushed; `none`: nothing.",
        "pain_on_standing": "Whether standing still brought the pain on that day.",
        "notes": _NOTES,
        "pain": "Episodes in order. Empty: no leg pain on this walk. Left out: not recorded.",
        "clock_suspect": (
            "The recording clock was off: the walk is kept out of the analyses until this is "
            f"false. Set by the server where a walk lies more than {_AHEAD_MIN:.0f} minutes ahead."
        ),
        "track": (
            "The line walked, kept only where the walker asked for it: an encoded polyline to five "
            f"decimals, of 2 to {polyline.MOST_POINTS} points. It stays with the diary's owner."
        ),
    },
    "pain": {
        "onset_distance_m": "Metres walked when the pain came; 0: from the first step.",
        "onset_s": "Seconds since the start when the pain came.",
        "onset": "How it came.",
        "site": "Where it was.",
        "side": _SIDE,
        "spread_to": "Where else it ran, in order.",
        "intensity": "The worst of it on the 0-10 numeric rating scale.",
        "qualities": "What it felt like.",
        "response": "What the walker did.",
        "stopped_distance_m": "Metres walked when the pain forced a stop.",
        "course_while_walking": "What the pain did while walking went on.",
        "rest_posture": "How the walker rested.",
        "relief": "Whether rest took the pain away.",
        "relief_s": "Seconds of rest until it eased.",
        "rest_s": "Seconds of the whole rest.",
        "resumed": "Whether walking went on after it.",
    },
    "check_in": {
        "date": "The day, by the walker's own calendar; it names the check-in.",
        "pain_at_rest": "The worst leg pain at rest, on the 0-10 numeric rating scale.",
        "night_pain": "Whether leg pain came at night.",
        "morning_stiffness_s": "Seconds of stiffness after getting up.",
        "side": _SIDE,
        "signs": "Signs noticed on the day; empty: asked, and none.",
        "notes": _NOTES,
        "sites": "Where the signs or the pain were.",
        "signs_began": "The day on which the signs began.",
    },
    "change": {
        "id": "Derived from the content where it is left out.",
        "date": "The day, or the first day.",
        "until": "The last day; left out: it goes on.",
        "kind": "What changed.",
        "notes": _NOTES,
    },
    "measurement": {
        "id": "Derived from the content where it is left out.",
        "date": "The day.",
        "kind": "What was measured, and in which unit.",
        "value": "The value, in the unit that its kind names.",
        "notes": _NOTES,
    },
    "route": {
        "id": "Derived from the content where it is left out.",
        "name": "What the walker calls it; not blank.",
        "distance_m": "Its whole length, in metres.",
        "notes": _NOTES,
    },
}


def row_schema(kind: str, refer: str) -> Schema:
    """The schema of one kind of row; `refer` leads from a name to where schemas stand."""
    fields = rules.FIELDS[kind]
    return {
        "type": "object",
        "description": ABOUT[kind],
        "additionalProperties": False,
        "required": list(rules.REQUIRED[kind]),
        "properties": {
            name: {
                **_value(reader, name in rules.REQUIRED[kind] or name == "notes", refer),
                "description": MEANINGS[kind][name],
            }
            for name, reader in fields.items()
        },
    }


def document_schema(refer: str) -> Schema:
    """The schema of a whole diary document."""
    lists = {
        plural: {"type": "array", "items": {"$ref": refer + NAMES[kind]}}
        for plural, kind in rules.LISTS.items()
    }
    return {
        "type": "object",
        "description": "One person's whole diary. What is absent or null was not recorded.",
        "additionalProperties": False,
        "required": ["format", "version"],
        "properties": {
            "format": {"const": "walking-diary"},
            "version": {"const": 1},
            "profile": {"$ref": refer + NAMES["profile"]},
            **lists,
        },
    }


def whole() -> Schema:
    """The schema of a whole diary document by itself, as docs/diary-document.schema.json has it."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A walking diary, version 1",
        **document_schema("#/$defs/"),
        "$defs": {name: row_schema(kind, "#/$defs/") for kind, name in NAMES.items()},
    }


def _value(reader: Any, needed: bool, refer: str) -> Schema:
    """The schema of what one reader reads; null stands for not recorded, unless it is needed."""
    schema = _read(reader, refer)
    if needed:
        return schema
    if "enum" in schema:
        schema["enum"] = [*schema["enum"], None]
    return {**schema, "type": [schema["type"], "null"]}


def _read(reader: Any, refer: str) -> Schema:
    match reader:
        case values.Number(low, high, whole):
            return {"type": "integer" if whole else "number", "minimum": low, "maximum": high}
        case values.Choice(words):
            return {"type": "string", "enum": list(words)}
        case values.Choices(words):
            return {"type": "array", "items": {"type": "string", "enum": list(words)}}
        case values.Text(longest, blank):
            said = {} if blank else {"pattern": r"\S"}
            return {"type": "string", "maxLength": longest, **said}
        case values.Track():
            return {"type": "string", "pattern": "^[?-~]+$", "maxLength": polyline.LONGEST}
        case values.Truth():
            return {"type": "boolean"}
        case values.Day():
            return {"type": "string", "format": "date"}
        case values.Instant():
            return {"type": "string", "format": "date-time"}
        case values.Zone():
            return {"type": "string", "maxLength": 64}
        case values.Identifier():
            return {"type": "string", "format": "uuid"}
        case rules.Episodes():
            return {
                "type": "array",
                "items": {"$ref": refer + NAMES["pain"]},
                "maxItems": rules.MOST_EPISODES,
            }
    raise TypeError(f"{reader} has no schema")
