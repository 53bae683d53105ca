"""Small diaries for the tests of numbers: name what the test is about, the rest is filled in."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from diary.analytics.columns import DiaryFrames, frames_of_document
from diary.rules import document_checked

Row = dict[str, Any]
FIRST = date(2026, 3, 2)


def on(day: int) -> date:
    """The date of a day of the diary; the first is day 0."""
    return FIRST + timedelta(days=day)


def episode(**said: Any) -> Row:
    """A pain episode of which nothing is known but what is said."""
    return said


def walk(
    day: int = 0,
    distance_m: float | None = 600,
    pain: Sequence[Row] | None = (),
    hour: int = 12,
    **said: Any,
) -> Row:
    """A pain-free walk of 600 m at noon; `pain=None` where nobody said whether it hurt."""
    return {
        "started_at": datetime.combine(on(day), time(hour), UTC).isoformat(),
        "time_zone": "UTC",
        "distance_m": distance_m,
        "pain": None if pain is None else list(pain),
    } | said


def painful(onset_m: float, day: int = 0, distance_m: float | None = None, **said: Any) -> Row:
    """A walk on which the pain came after so many metres, and that went on for half as many."""
    length_m = onset_m * 1.5 + 1 if distance_m is None else distance_m
    return walk(day, length_m, [episode(onset_distance_m=onset_m)], **said)


def check_in(day: int = 0, **said: Any) -> Row:
    """A check-in of which nothing is known but what is said."""
    return {"date": on(day).isoformat()} | said


def diary(
    walks: Sequence[Row] = (),
    check_ins: Sequence[Row] = (),
    profile: Mapping[str, Any] | None = None,
    changes: Sequence[Row] = (),
    measurements: Sequence[Row] = (),
) -> DiaryFrames:
    """The frames of a diary, read as any document is; a walk without an id gets its number."""
    numbered = [{"id": str(uuid.UUID(int=number + 1))} | row for number, row in enumerate(walks)]
    return frames_of_document(
        document_checked(
            {
                "format": "walking-diary",
                "version": 1,
                "profile": dict(profile or {}),
                "walks": numbered,
                "check_ins": list(check_ins),
                "changes": list(changes),
                "measurements": list(measurements),
            }
        )
    )
