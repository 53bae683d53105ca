"""What did the walker enter, row by row, as FHIR resources?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any

from diary.exchange.bundle import codes
from diary.exchange.bundle.elements import (
    Resource,
    Subject,
    component,
    components,
    date_time,
    item,
    quantity,
    text,
    url,
)
from diary.exchange.document import identified
from diary.rules import Row

WALK_FIELDS = (
    ("terrain", "Terrain", None),
    ("pace", "Pace", None),
    ("ascent_m", "Ascent", "m"),
    ("walking_aid", "Walking aid", None),
    ("stretched_before", "Stretched before", None),
    ("stretched_after", "Stretched after", None),
    ("pain_on_standing", "Standing still brought the pain on this day", None),
    ("clock_suspect", "The recording clock is in doubt", None),
)
PAIN_FIELDS = (
    ("onset_distance_m", "Distance walked when the pain came", "m"),
    ("onset_s", "Time since the start of the walk when the pain came", "s"),
    ("onset", "How the pain came", None),
    ("spread_to", "The pain spread to", None),
    ("qualities", "Quality of the pain", None),
    ("response", "What the pain made the walker do", None),
    ("stopped_distance_m", "Distance walked when the pain forced a stop", "m"),
    ("course_while_walking", "What the pain did while walking went on", None),
    ("rest_posture", "Posture of the rest", None),
    ("relief", "Relief by the rest", None),
    ("relief_s", "Time from the start of the rest to the relief", "s"),
    ("rest_s", "Length of the rest", "s"),
    ("resumed", "Walking went on after the rest", None),
)
DISTANCE_FIELDS = (("distance_source", "How the distance was obtained", None),)
ANY_PAIN, FOOTWEAR = "Leg pain on this walk", "Footwear"
CHECK_IN = "How the day was apart from the walks"
NONE = "None"


def entries(subject: Subject, document: Mapping[str, Any]) -> Iterator[Resource]:
    """Every row's resources, each list in the order of its time whatever order it came in."""
    for walk in sorted(document["walks"], key=lambda row: (row["started_at"], str(row["id"]))):
        yield from _walk(subject, walk)
    for check_in in sorted(document["check_ins"], key=lambda row: row["date"]):
        yield from _check_in(subject, check_in)
    for change in _in_order("change", document["changes"]):
        yield _change(subject, change)
    for measurement in _in_order("measurement", document["measurements"]):
        yield _measurement(subject, measurement)


def _in_order(shape: str, rows: list[Row]) -> list[Row]:
    """Rows with their ids, by date."""
    return sorted(
        (identified(shape, row) for row in rows), key=lambda row: (row["date"], str(row["id"]))
    )


def _walk(subject: Subject, walk: Row) -> Iterator[Resource]:
    """The walk, and what it groups: its distance, its duration and its pains."""
    name = f"walk/{walk['id']}"
    # A walk by a clock in doubt is kept out of every number until the walker confirms its time.
    status = "preliminary" if walk["clock_suspect"] else "final"
    when = {"status": status, **_effective(walk)}
    members = [*_lengths(subject, name, walk, when), *_pains(subject, name, walk, when)]
    parts = components(walk, WALK_FIELDS)
    if text(walk["footwear"] or ""):
        parts.append({"code": codes.concept(FOOTWEAR), "valueString": text(walk["footwear"])})
    if walk["pain"] is not None:
        parts.append(component(ANY_PAIN, bool(walk["pain"])))
    yield subject.observation(
        name,
        "activity",
        codes.WALK,
        note=subject.note(walk),
        valueCodeableConcept=codes.ACTIVITIES.get(walk["activity"]),
        component=parts,
        hasMember=[{"reference": url(member["id"])} for member in members],
        **when,
    )
    yield from members


def _effective(walk: Row) -> Resource:
    start, zone = walk["started_at"], walk["time_zone"]
    if walk["duration_s"] is None:
        return {"effectiveDateTime": date_time(start, zone)}
    end = start + timedelta(seconds=walk["duration_s"])
    return {"effectivePeriod": {"start": date_time(start, zone), "end": date_time(end, zone)}}


def _lengths(subject: Subject, name: str, walk: Row, when: Resource) -> Iterator[Resource]:
    if walk["distance_m"] is not None:
        counted = walk["distance_source"] == "pedometer"
        yield subject.observation(
            f"{name}/distance",
            "activity",
            codes.DISTANCE_BY_PEDOMETER if counted else codes.DISTANCE,
            valueQuantity=quantity(walk["distance_m"], "m"),
            component=components(walk, DISTANCE_FIELDS),
            **when,
        )
    if walk["duration_s"] is not None:
        yield subject.observation(
            f"{name}/duration",
            "activity",
            codes.DURATION,
            valueQuantity=quantity(walk["duration_s"], "s"),
            **when,
        )


def _pains(subject: Subject, name: str, walk: Row, when: Resource) -> Iterator[Resource]:
    """The pains in the order in which they came, each at its onset where that time is known."""
    for number, episode in enumerate(walk["pain"] or ()):
        at = when
        if episode["onset_s"] is not None:
            came = walk["started_at"] + timedelta(seconds=episode["onset_s"])
            onset = date_time(came, walk["time_zone"])
            at = {"status": when["status"], "effectiveDateTime": onset}
        yield subject.observation(
            f"{name}/pain/{number}",
            "survey",
            codes.PAIN_ON_WALK,
            bodySite=codes.body_site(episode["site"], episode["side"]),
            component=[*_side(episode["side"]), *components(episode, PAIN_FIELDS)],
            **_score(episode["intensity"]),
            **at,
        )


def _score(value: int | None) -> Resource:
    """A pain that was recorded without its score says so, and is no pain of 0."""
    if value is None:
        return {"dataAbsentReason": codes.UNKNOWN}
    return {"valueQuantity": quantity(value, "score")}


def _side(side: str | None) -> list[Resource]:
    return [component(codes.LATERALITY, codes.SIDES[side])] if side else []


def _check_in(subject: Subject, row: Row) -> Iterator[Resource]:
    """The day's pain at rest as a score, everything else as questions and answers."""
    name, day = f"check_in/{row['date'].isoformat()}", row["date"]
    if row["pain_at_rest"] is not None:
        sites = row["sites"] or []
        yield subject.observation(
            f"{name}/pain",
            "survey",
            codes.PAIN_AT_REST,
            effectiveDateTime=day.isoformat(),
            bodySite=codes.body_site(sites[0] if len(sites) == 1 else None, row["side"]),
            component=_side(row["side"]),
            **_score(row["pain_at_rest"]),
        )
    items = _answers(subject, row)
    if items:
        yield subject.answers(name, day, CHECK_IN, items)


def _answers(subject: Subject, row: Row) -> list[Resource]:
    """What the day's questions were answered with; a question that was not is not there."""
    items = []
    if row["signs"] is not None:
        items.append(_choices("signs", "Signs noticed", row["signs"]))
    if row["signs_began"] is not None:
        began = row["signs_began"].isoformat()
        items.append(item("signs_began", "When the oldest of these signs began", valueDate=began))
    if row["sites"] is not None:
        items.append(_choices("sites", "Where it hurt apart from walking", row["sites"]))
    if row["side"] is not None:
        items.append(_choices("side", "Side of the pain and of the signs", [row["side"]]))
    if row["night_pain"] is not None:
        items.append(item("night_pain", "Pain at night", valueBoolean=row["night_pain"]))
    if row["morning_stiffness_s"] is not None:
        stiff = quantity(row["morning_stiffness_s"], "s")
        items.append(item("morning_stiffness", "Morning stiffness", valueQuantity=stiff))
    note = subject.note(row)
    if note:
        items.append(item("note", "Note", valueString=note))
    return items


def _choices(link: str, question: str, chosen: list[str]) -> Resource:
    return item(link, question, valueString=[codes.words(each) for each in chosen] or [NONE])


def _change(subject: Subject, row: Row) -> Resource:
    start, until = row["date"].isoformat(), row["until"]
    when: Resource = {"effectiveDateTime": start}
    if until:
        when = {"effectivePeriod": {"start": start, "end": until.isoformat()}}
    return subject.observation(
        f"change/{row['id']}",
        "survey",
        codes.CHANGE,
        note=subject.note(row),
        valueCodeableConcept=codes.concept(codes.words(row["kind"])),
        **when,
    )


def _measurement(subject: Subject, row: Row) -> Resource:
    code, unit, category, side = codes.MEASUREMENTS[row["kind"]]
    theirs = {
        "reported": codes.CLINICIAN_REPORTED, "method": codes.ENTERED_BY_CLINICIAN,
        "performer": None,
    }  # fmt: skip
    return subject.observation(
        f"measurement/{row['id']}",
        category,
        code,
        note=subject.note(row),
        profile=codes.PROFILES.get(row["kind"]),
        effectiveDateTime=row["date"].isoformat(),
        valueQuantity=quantity(row["value"], unit),
        component=_side(side),
        **(theirs if str(row["id"]) in subject.by_clinician else {}),
    )
