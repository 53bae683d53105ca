"""Which rows does a chart draw? The same that its data table shows."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from diary.analytics.columns import DiaryFrames
from diary.analytics.onset import first_onsets
from diary.answers import POSTURES

Row = dict[str, Any]

# What became of the pain. A time to relief without a word for it says that the pain went.
OUTCOMES = {"complete": "gone", None: "gone", "partial": "eased", "none": "stayed"}


def onset_rows(assessment: Mapping[str, Any], frames: DiaryFrames) -> list[Row]:
    """Everything that the chart draws, by day: its data table.

    Walks: `kind` 'pain' or 'pain_free', `day`, `walk_id`, `distance_m` (to the first pain, or the
    whole walk). Changes: `kind` 'change', `day`, `until` (None: no end), `change`. Last, where it
    is estimated: `kind` 'median', `day` (as of), `distance_m`, `low_m`, `high_m`, `trend`. Days are
    ISO dates. A diary without a distance to show gives no rows at all.
    """
    as_of = date.fromisoformat(assessment["as_of"])
    frames = frames.until(as_of)
    walks = _walks(frames)
    if not walks:
        return []
    first = date.fromisoformat(min(row["day"] for row in walks))
    ordered = sorted(walks + _changes(frames, first), key=lambda row: row["day"])
    return ordered + _median(assessment["onset"], as_of)


def _walks(frames: DiaryFrames) -> list[Row]:
    found = first_onsets(frames)
    censored = found["censored"].astype(bool)
    return [
        {
            "kind": "pain_free" if free else "pain",
            "day": day.isoformat(),
            "walk_id": walk_id,
            "distance_m": float(distance_m),
        }
        for walk_id, day, free, distance_m in zip(
            found["walk_id"],
            found["day"],
            censored,
            found["walked_m"].where(censored, found["onset_m"]),
            strict=True,
        )
        if distance_m >= 0  # NaN where nobody recorded a distance
    ]


def _changes(frames: DiaryFrames, first: date) -> list[Row]:
    """The changes that touch the time charted; what was over before it is left out."""
    return [
        {
            "kind": "change",
            "day": day.isoformat(),
            "until": until.isoformat() if until else None,
            "change": kind,
        }
        for day, until, kind in zip(
            frames.changes["date"], frames.changes["until"], frames.changes["kind"], strict=True
        )
        if max(day, until or day) >= first
    ]


def _median(onset: Mapping[str, Any], as_of: date) -> list[Row]:
    if onset["median_m"] is None:
        return []
    return [
        {
            "kind": "median",
            "day": as_of.isoformat(),
            "distance_m": onset["median_m"],
            "low_m": onset["low_m"],
            "high_m": onset["high_m"],
            "trend": onset["trend"]["direction"],
        }
    ]


def relief_rows(assessment: Mapping[str, Any], frames: DiaryFrames) -> list[Row]:
    """Everything that the chart draws, by posture and then by day: its data table.

    Rests: `kind` 'gone', 'eased' or 'stayed' (what became of the pain), `day`, `walk_id`, `posture`
    and `relief_s`, each of the last two None where it was not recorded. After the rests of a
    posture, where it is estimated: `kind` 'median', `posture`, `relief_s`. No rests give no rows.
    """
    episodes = frames.until(date.fromisoformat(assessment["as_of"])).episodes
    rests = [
        {
            "kind": OUTCOMES[relief],
            "day": day.isoformat(),
            "walk_id": walk_id,
            "posture": posture,
            "relief_s": float(relief_s) if relief_s >= 0 else None,
        }
        for day, walk_id, posture, relief, relief_s in zip(
            *(episodes[name] for name in ("day", "walk_id", "rest_posture", "relief", "relief_s")),
            strict=True,
        )
        if relief is not None or relief_s >= 0
    ]
    shown: list[Row] = []
    for posture in (*POSTURES, None):
        of_posture = [row for row in rests if row["posture"] == posture]
        found = assessment["relief"]["by_posture"].get(posture or "not_recorded", {})
        shown += of_posture
        if of_posture and found.get("median_s") is not None:
            shown.append({"kind": "median", "posture": posture, "relief_s": found["median_s"]})
    return shown
