"""What may a row of the diary say?

One table of fields for each kind of row, in the shapes of the diary document, and the few rules
that tie fields together. Forms, models, imports and the API all ask here, so that the same walk is
refused everywhere for the same reason. Faults are codes; `wording` turns them into sentences.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

from diary.answers import (
    ACTIVITIES,
    CHANGE_KINDS,
    CONDITIONS,
    COURSES,
    DISTANCE_SOURCES,
    MEASUREMENT_RANGES,
    ONSETS,
    PACES,
    POSTURES,
    QUALITIES,
    RELIEFS,
    RESPONSES,
    SCOPES,
    SEXES,
    SIDES,
    SIGNS,
    SITES,
    SMOKING,
    TERRAINS,
    WALKING_AIDS,
)
from diary.clock import months_later
from diary.values import (
    Choice,
    Choices,
    Day,
    Email,
    Fail,
    Identifier,
    Instant,
    Number,
    Text,
    Track,
    Truth,
    Zone,
)

Row = dict[str, Any]

LONGEST_DISTANCE_M = 200_000
LONGEST_DURATION_S = 172_800
LONGEST_NOTE = 4_000
MOST_EPISODES = 100
SHORTEST_ROUTE_M = 1
FIRST_YEAR = 1890
LONGEST_NAME = 100
# How long a diary is shared for, unless its owner says otherwise, and at most.
SHARED_MONTHS, MOST_SHARED_MONTHS = 6, 24
# A phone's clock may be this far ahead without a word; further is stored as suspect; past the
# second bound it is refused.
CLOCK_TOLERANCE = timedelta(minutes=10)
FURTHEST_AHEAD = timedelta(hours=48)


@dataclass(frozen=True)
class Fault:
    """Why a value was refused, or what is odd about it: where, a code, and the code's numbers."""

    path: str
    code: str
    params: Mapping[str, Any] = field(default_factory=dict)


class Refused(ValueError):
    """A row or a document that may not be kept, with every reason."""

    def __init__(self, faults: Iterable[Fault]):
        self.faults = tuple(faults)
        super().__init__("; ".join(f"{fault.path}: {fault.code}" for fault in self.faults))


@dataclass(frozen=True)
class Episodes:
    """The pain episodes of a walk. An empty list means no leg pain on this walk."""

    def read(self, value: Any) -> list[Row]:
        if not isinstance(value, list | tuple):
            raise Fail("not_a_list")
        if len(value) > MOST_EPISODES:
            raise Fail("too_many", most=MOST_EPISODES)
        return list(value)


METRES = Number(0, LONGEST_DISTANCE_M)
SECONDS = Number(0, LONGEST_DURATION_S)
SCALE = Number(0, 10, whole=True)
NOTES = Text(LONGEST_NOTE)
NAME = Text(LONGEST_NAME, blank=False)
ANY_SITE = Choices(SITES)

FIELDS: dict[str, dict[str, Any]] = {
    "profile": {
        "birth_year": Number(FIRST_YEAR, 2199, whole=True),
        "sex": Choice(SEXES),
        "height_cm": Number(30, 280),
        "weight_kg": Number(2, 650),
        "smoking": Choice(SMOKING),
        "conditions": Choices(CONDITIONS),
        "pack_years": Number(0, 300),
        "symptoms_began": Day(date(FIRST_YEAR, 1, 1)),
    },
    "walk": {
        "id": Identifier(),
        "started_at": Instant(),
        "time_zone": Zone(),
        "activity": Choice(ACTIVITIES),
        "distance_m": METRES,
        "distance_source": Choice(DISTANCE_SOURCES),
        "duration_s": SECONDS,
        "ascent_m": METRES,
        "terrain": Choice(TERRAINS),
        "pace": Choice(PACES),
        "footwear": Text(100),
        "stretched_before": Truth(),
        "stretched_after": Truth(),
        "walking_aid": Choice(WALKING_AIDS),
        "pain_on_standing": Truth(),
        "notes": NOTES,
        "pain": Episodes(),
        "clock_suspect": Truth(),
        "track": Track(),
    },
    "pain": {
        "onset_distance_m": METRES,
        "onset_s": SECONDS,
        "onset": Choice(ONSETS),
        "site": Choice(SITES),
        "side": Choice(SIDES),
        "spread_to": ANY_SITE,
        "intensity": SCALE,
        "qualities": Choices(QUALITIES),
        "response": Choice(RESPONSES),
        "stopped_distance_m": METRES,
        "course_while_walking": Choice(COURSES),
        "rest_posture": Choice(POSTURES),
        "relief": Choice(RELIEFS),
        "relief_s": SECONDS,
        "rest_s": SECONDS,
        "resumed": Truth(),
    },
    "check_in": {
        "date": Day(),
        "pain_at_rest": SCALE,
        "night_pain": Truth(),
        "morning_stiffness_s": SECONDS,
        "side": Choice(SIDES),
        "signs": Choices(SIGNS),
        "notes": NOTES,
        "sites": ANY_SITE,
        "signs_began": Day(date(FIRST_YEAR, 1, 1)),
    },
    "change": {
        "id": Identifier(),
        "date": Day(date(FIRST_YEAR, 1, 1)),
        "until": Day(date(FIRST_YEAR, 1, 1)),
        "kind": Choice(CHANGE_KINDS),
        "notes": NOTES,
    },
    "measurement": {
        "id": Identifier(),
        "date": Day(date(FIRST_YEAR, 1, 1)),
        "kind": Choice(tuple(MEASUREMENT_RANGES)),
        "value": Number(-1e12, 1e12),
        "notes": NOTES,
    },
    "route": {
        "id": Identifier(),
        "name": NAME,
        "distance_m": Number(SHORTEST_ROUTE_M, LONGEST_DISTANCE_M),
        "notes": NOTES,
    },
    # What is agreed of a diary rather than entered into it.
    "share": {"email": Email(), "what": Choice(SCOPES), "since": Day(), "until": Day()},
    "grantee": {"name": NAME, "role": NAME},
    "clinic_note": {"text": Text(LONGEST_NOTE, blank=False), "shown": Truth()},
}
REQUIRED = {
    "profile": (),
    "walk": ("id", "started_at"),
    "pain": (),
    "check_in": ("date",),
    "change": ("date", "kind"),
    "measurement": ("date", "kind", "value"),
    "route": ("name", "distance_m"),
    "share": ("what", "until"),
    "grantee": ("name", "role"),
    "clinic_note": ("text",),
}
# What names a row within its diary; there is one profile.
KEYS = {"walk": "id", "check_in": "date", "change": "id", "measurement": "id", "route": "id"}
# The document names its lists in the plural; 'profile' stands alone.
LISTS = {
    "walks": "walk",
    "check_ins": "check_in",
    "changes": "change",
    "measurements": "measurement",
    "routes": "route",
}
# What stays with a diary's owner, whatever is shared: known ways, and the lines that were walked.
OWN_KINDS = ("route",)
OWN_FIELDS = {"walk": ("track",)}


def checked(kind: str, row: Any, now: datetime | None = None, path: str = "") -> Row:
    """The row with every value read and every absent field as None (notes as '').

    `now` bounds how far ahead a row may lie; without it (an old file read offline) nothing is too
    late. Raises Refused with every fault of the row, paths starting at `path`.
    """
    faults: list[Fault] = []
    clean = _read(kind, row, path, faults)
    if clean is not None:
        refused = {fault.path for fault in faults}
        faults += [fault for fault in _ties(kind, clean, now, path) if fault.path not in refused]
    if clean is None or faults:
        raise Refused(faults)
    return clean


def _at(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name


def printable(name: Any) -> str:
    """A field's name as a page can show it: JSON may hold halves of characters."""
    return str(name)[:80].encode("utf-8", "replace").decode()


def _read(kind: str, row: Any, path: str, faults: list[Fault]) -> Row | None:
    if not isinstance(row, Mapping):
        faults.append(Fault(path, "not_an_object"))
        return None
    fields = FIELDS[kind]
    for name in row:
        if name not in fields:
            faults.append(Fault(_at(path, printable(name)), "unknown_field"))
    clean: Row = {}
    for name, reader in fields.items():
        value = row.get(name)
        clean[name] = "" if isinstance(reader, Text) and name == "notes" else None
        if value is None:
            if name in REQUIRED[kind]:
                faults.append(Fault(_at(path, name), "required"))
            elif name == "notes" and name in row:
                faults.append(Fault(_at(path, name), "not_text"))
            continue
        try:
            clean[name] = reader.read(value)
        except Fail as fail:
            faults.append(Fault(_at(path, name), fail.code, fail.params))
    if kind == "walk" and clean["pain"] is not None:
        clean["pain"] = [
            _read("pain", episode, f"{_at(path, 'pain')}[{index}]", faults)
            for index, episode in enumerate(clean["pain"])
        ]
    return clean


def _ties(kind: str, row: Row, now: datetime | None, path: str) -> Iterable[Fault]:
    """The rules that tie one field to another, or to today."""
    if kind == "walk":
        if row["distance_m"] is None and row["duration_s"] is None:
            yield Fault(_at(path, "distance_m"), "distance_or_duration")
        if now and row["started_at"] and row["started_at"] > now + FURTHEST_AHEAD:
            yield Fault(_at(path, "started_at"), "too_far_ahead")
        for index, episode in enumerate(row["pain"] or ()):
            if _comes_after_the_end(episode, row["distance_m"]):
                where = f"{_at(path, 'pain')}[{index}].onset_distance_m"
                yield Fault(where, "onset_after_end")
    if kind == "change" and row["until"] and row["date"] and row["until"] < row["date"]:
        yield Fault(_at(path, "until"), "ends_before_it_begins")
    if kind == "share" and now and row["until"]:
        if row["until"] < now.date():
            yield Fault(_at(path, "until"), "over_already")
        if row["until"] > months_later(now.date() + timedelta(days=1), MOST_SHARED_MONTHS):
            yield Fault(_at(path, "until"), "shared_too_long", {"most": MOST_SHARED_MONTHS})
        if row["since"] and row["since"] > now.date() + timedelta(days=1):
            yield Fault(_at(path, "since"), "too_far_ahead")
    if kind == "measurement" and row["kind"] and row["value"] is not None:
        low, high = MEASUREMENT_RANGES[row["kind"]]
        if not low <= row["value"] <= high:
            yield Fault(_at(path, "value"), "out_of_range", {"low": low, "high": high})
    if now:
        last = (now + FURTHEST_AHEAD).date()
        for name in ("date", "signs_began", "symptoms_began"):
            if row.get(name) and row[name] > last:
                yield Fault(_at(path, name), "too_far_ahead")
        if row.get("birth_year") and row["birth_year"] > last.year:
            yield Fault(_at(path, "birth_year"), "too_far_ahead")


def _comes_after_the_end(episode: Row | None, distance_m: float | None) -> bool:
    onset_m = episode["onset_distance_m"] if episode else None
    return onset_m is not None and distance_m is not None and onset_m > distance_m


def first_onset(onsets_m: Sequence[float | None]) -> int:
    """Which of a walk's pains came first: the nearest, where the one put down first has a distance.

    Where it has none, how far the walk went without pain is not known, whatever a later one says.
    """
    told = [onset_m for onset_m in onsets_m if onset_m is not None]
    return 0 if onsets_m[0] is None else onsets_m.index(min(told))


def name(kind: str, row: Row) -> Any:
    """What names a checked row within its diary: an id, a date; None for the profile."""
    return row[KEYS[kind]] if kind in KEYS else None


def clock_is_suspect(started_at: datetime, now: datetime) -> bool:
    """Whether a walk lies so far ahead that the recording clock must have been off."""
    return started_at > now + CLOCK_TOLERANCE


def document_checked(document: Any, now: datetime | None = None) -> Row:
    """A whole diary document with every row checked; raises Refused with every fault by path."""
    if not isinstance(document, Mapping):
        raise Refused([Fault("", "not_an_object")])
    faults: list[Fault] = []
    if document.get("format") != "walking-diary":
        faults.append(Fault("format", "not_a_diary"))
    if document.get("version") != 1 or isinstance(document.get("version"), bool):
        faults.append(Fault("version", "unknown_version"))
    known = {"format", "version", "profile", *LISTS}
    faults += [Fault(printable(name), "unknown_field") for name in document if name not in known]
    clean: Row = {"format": "walking-diary", "version": 1, "profile": None}
    if "profile" in document:
        clean["profile"] = _gather("profile", document["profile"], now, "profile", faults)
    for plural, kind in LISTS.items():
        rows = document.get(plural, [])
        if not isinstance(rows, list | tuple):
            faults.append(Fault(plural, "not_a_list"))
            rows = []
        clean[plural] = [
            _gather(kind, row, now, f"{plural}[{index}]", faults) for index, row in enumerate(rows)
        ]
        faults.extend(_repeats(plural, KEYS[kind], clean[plural]))
    if faults:
        raise Refused(faults)
    return clean


def _gather(kind: str, row: Any, now: datetime | None, path: str, faults: list[Fault]) -> Row:
    try:
        return checked(kind, row, now, path)
    except Refused as refused:
        faults.extend(refused.faults)
        return {}


def _repeats(plural: str, key: str, rows: list[Row]) -> Iterable[Fault]:
    seen = set()
    for index, row in enumerate(rows):
        value = row.get(key)
        if value is not None and value in seen:
            yield Fault(f"{plural}[{index}].{key}", f"repeated_{key}")
        seen.add(value)


def utc(moment: datetime) -> str:
    """An instant as the document writes it: UTC, without needless digits."""
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")
