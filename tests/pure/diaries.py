"""Small diaries for the tests of findings, pattern, causes and flags, one line a walk."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any

from diary.analytics import findings as all_findings
from diary.analytics.columns import DiaryFrames
from diary.analytics.observed import Finding
from diary.analytics.recurrence import recurrence
from diary.analytics.relief import relief
from tests.pure import builders
from tests.pure.builders import FIRST as FIRST
from tests.pure.builders import Row, on


def walk_id(number: int) -> str:
    return str(uuid.UUID(int=number + 1))


def walk(day: int, *pain: Row, number: int | None = None, **said: Any) -> Row:
    """A walk of 1,000 m by GPS, its id from its day; no pain given means that none was felt."""
    row_id = walk_id(day if number is None else number)
    known = {"distance_m": 1000, "distance_source": "gps", "pain": pain, "id": row_id}
    return builders.walk(day, **known | said)


def check_in(day: int, *signs: str, **said: Any) -> Row:
    """A check-in that asked for signs."""
    return builders.check_in(day, **{"signs": list(signs)} | said)


def diary(*walks: Row, **other: Any) -> DiaryFrames:
    return builders.diary(walks, **other)


def onset_of(status: str = "insufficient_data", onsets: int = 0) -> Row:
    """The part of the assessment that the onset model gives, as far as others read it."""
    return {"status": status, "onsets": onsets, "median_m": None, "part_in_step": None}


def found_in(
    frames: DiaryFrames, onset: Row | None = None, day: date | None = None
) -> dict[str, Finding]:
    """The findings of a diary as of its last day, or of another."""
    as_of = day or frames.last_day or on(0)
    return all_findings.findings(
        frames, as_of, onset or onset_of(), relief(frames), recurrence(frames)
    )


# The first pain of a walk, as each of the causes gives it.
CALF = {
    "onset_distance_m": 300, "site": "calf", "side": "left", "spread_to": [],
    "rest_posture": "standing", "relief": "complete", "relief_s": 180, "response": "stopped",
    "onset": "gradual", "course_while_walking": "worsened", "qualities": ["cramping"],
}  # fmt: skip
STOOPING = {
    "onset_distance_m": 250, "site": "buttock", "side": "both", "spread_to": ["back_of_thigh"],
    "rest_posture": "bending_forward", "relief": "complete", "relief_s": 240,
    "response": "stopped", "onset": "gradual", "qualities": ["heaviness", "tingling"],
}  # fmt: skip
TENDON = {
    "onset_distance_m": 0, "site": "achilles", "side": "right", "course_while_walking": "eased",
    "onset": "gradual", "response": "kept_going",
}  # fmt: skip
HAMSTRING = {
    "onset_distance_m": 0, "site": "back_of_thigh", "side": "right", "onset": "sudden",
    "response": "slowed", "course_while_walking": "worsened",
}  # fmt: skip


def arteries() -> DiaryFrames:
    """Twelve walks of an artery's pattern, three of them too short to hurt."""
    onsets = (300, 280, 330, 310, 290, 350, 300, 270, 320)
    walks = [
        walk(3 * number, CALF | {"onset_distance_m": metres}, pain_on_standing=False)
        for number, metres in enumerate(onsets)
    ]
    walks += [walk(40 + number, distance_m=200) for number in range(3)]
    return diary(*walks, profile={"birth_year": 1955, "smoking": "current", "conditions": []})


def stenosis() -> DiaryFrames:
    """Ten walks of a narrow spinal canal, and what its standing and sitting do."""
    onsets = (250, 230, 280, 260, 240, 300, 220, 270, 250, 240)
    walks = [
        walk(2 * number, STOOPING | {"onset_distance_m": metres}, pain_on_standing=True)
        for number, metres in enumerate(onsets)
    ]
    check_ins = [check_in(day, "worse_on_standing", "better_on_sitting") for day in (1, 9, 17)]
    return diary(*walks, check_ins=check_ins, profile={"birth_year": 1950, "conditions": []})


def tendon() -> DiaryFrames:
    """Ten walks of an Achilles tendon: stiff mornings, sore first steps, better on the way."""
    walks = [walk(2 * number, TENDON) for number in range(10)]
    check_ins = [check_in(day, morning_stiffness_s=600) for day in (1, 5, 9, 13)]
    return diary(*walks, check_ins=check_ins, profile={"birth_year": 1972, "conditions": []})


def hamstring() -> DiaryFrames:
    """An injury, a bruise, and the walks after it."""
    walks = [walk(2 * number, HAMSTRING) for number in range(7)]
    return diary(
        *walks,
        check_ins=[check_in(0, "bruising", side="right"), check_in(3)],
        changes=[{"date": on(0).isoformat(), "kind": "injury"}],
        profile={"birth_year": 1985, "conditions": []},
    )


def no_pattern() -> DiaryFrames:
    """An ache now here, now there, that nothing explains."""
    places = ("calf", "back_of_thigh", "knee", "hip", "shin", "calf", "foot", "knee")
    metres = (100, 900, 400, 700, 200, 800, 50, 600)
    return diary(
        *(
            walk(2 * number, {"site": site, "side": "both", "onset_distance_m": far})
            for number, (site, far) in enumerate(zip(places, metres, strict=True))
        )
    )


def pain_free() -> DiaryFrames:
    """Eight walks that did not hurt, and check-ins with nothing to tell."""
    return diary(
        *(walk(2 * number) for number in range(8)),
        check_ins=[check_in(day, pain_at_rest=0) for day in (1, 5, 9)],
        profile={"birth_year": 1950, "smoking": "current", "conditions": ["diabetes"]},
    )
