"""Which rows does a chart draw? The same that its data table shows."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import numpy as np

from diary.analytics.columns import DiaryFrames
from diary.analytics.onset import first_onsets
from diary.analytics.places import SIDES, places
from diary.analytics.recorded import is_measured
from diary.analytics.sorts import legs, paces
from diary.analytics.survival import GROUPS, at_risk, free_of_pain
from diary.analytics.weeks import walks_of_weeks, weeks
from diary.answers import POSTURES

Row = dict[str, Any]

# What became of the pain. A time to relief without a word for it says that the pain went.
OUTCOMES = {"complete": "gone", None: "gone", "partial": "eased", "none": "stayed"}


def onset_rows(assessment: Mapping[str, Any], frames: DiaryFrames) -> list[Row]:
    """Everything that the chart draws, by day: its data table.

    Walks: `kind` 'pain' or 'pain_free', `day`, `walk_id`, `distance_m` (to the first pain, or the
    whole walk), `measured` (or else estimated). Changes: `kind` 'change', `day`, `until` (None: no
    end), `change`. Last, where it is estimated: `kind` 'median', `day` (as of), `distance_m`,
    `low_m`, `high_m`, `trend`. Days are ISO dates. A diary without a distance to show gives no
    rows at all.
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
            "measured": measured,
        }
        for walk_id, day, free, distance_m, measured in zip(
            found["walk_id"],
            found["day"],
            censored,
            found["walked_m"].where(censored, found["onset_m"]),
            is_measured(found["source"]).tolist(),
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


def charted_from(assessment: Mapping[str, Any], first: str) -> date:
    """The day on which a time axis begins: that of the period asked for, or of the first entry."""
    return date.fromisoformat(assessment.get("charted_from") or first)


def pain_free_rows(assessment: Mapping[str, Any], frames: DiaryFrames) -> list[Row]:
    """How far walks went without pain: the lines, and then the walks behind them.

    Steps of a line: `kind` 'step', `group` ('measured' or 'estimated'), `distance_m`, `at_risk`
    (walks that got this far), `came` (pains at it), `share` still without pain, `low` and `high`.
    Walks: as in `onset_rows`, with their `group` and `at_risk`. No known distance gives no rows.
    """
    frames = frames.until(date.fromisoformat(assessment["as_of"]))
    found = free_of_pain(frames)
    steps = [
        {"kind": "step", "group": group, **step}
        for group in GROUPS
        for step in found[group]["steps"]
    ]
    walks = [{**row, "group": GROUPS[not row["measured"]]} for row in _walks(frames)]
    for group in GROUPS:
        of_group = [row for row in walks if row["group"] == group]
        lengths = np.array([row["distance_m"] for row in of_group])
        for row, n in zip(of_group, at_risk(lengths, lengths).tolist(), strict=True):
            row["at_risk"] = n
    return steps + walks


def weeks_rows(assessment: Mapping[str, Any], frames: DiaryFrames) -> list[Row]:
    """Walking and pain together: each week, each walk, and the changes.

    Weeks: `kind` 'week' and what `analytics.weeks.weeks` says. Walks: `kind` 'scored', 'free' or
    'unscored', `day`, `walk_id`, `score`. Changes as in `onset_rows`. No walk gives no rows.
    """
    as_of = date.fromisoformat(assessment["as_of"])
    frames = frames.until(as_of)
    walks = walks_of_weeks(frames)
    if not len(walks):
        return []
    first = charted_from(assessment, min(walks["day"]).isoformat())
    told = [{"kind": "week", **week} for week in weeks(frames, first, as_of)]
    hurt = walks[(walks["said"] != "not_recorded").to_numpy(bool)]
    shown = [
        {
            "kind": "free" if said == "pain_free" else "scored" if score >= 0 else "unscored",
            "day": day.isoformat(),
            "walk_id": walk_id,
            "score": float(score) if score >= 0 else None,
        }
        for day, walk_id, said, score in zip(
            *(hurt[name] for name in ("day", "walk_id", "said", "worst")), strict=True
        )
    ]
    return told + shown + _changes(frames, first)


def body_rows(assessment: Mapping[str, Any], frames: DiaryFrames) -> list[Row]:
    """How often each place hurt, on which side: `kind` 'place', `site`, `side`, `n`, `of`, `worst`.

    Last, where some pains name no place: `kind` 'unplaced', `n`, `of`. No named place, no rows.
    """
    found = places(frames.until(date.fromisoformat(assessment["as_of"])))
    rows = [
        {
            "kind": "place",
            "site": place["site"],
            "side": side,
            "n": place["n"][side],
            "of": found["told"],
            "worst": place["worst"][side],
        }
        for place in found["places"]
        for side in SIDES
        if place["n"][side]
    ]
    missing = found["of"] - found["told"]
    if rows and missing:
        rows.append({"kind": "unplaced", "n": missing, "of": found["of"]})
    return rows


def legs_rows(assessment: Mapping[str, Any], frames: DiaryFrames) -> list[Row]:
    """The first pain of each leg on each walk, and the walks without pain.

    `kind` 'pain' or 'pain_free', `lane` ('left', 'right', 'both', 'not_recorded' or 'pain_free'),
    `day`, `walk_id`, `distance_m` (None where not recorded), `measured`, `worst` (None: no score).
    """
    found = legs(frames.until(date.fromisoformat(assessment["as_of"])))
    return [
        {
            "kind": "pain" if side else "pain_free",
            "lane": side or "pain_free",
            "day": day.isoformat(),
            "walk_id": walk_id,
            "distance_m": float(distance_m) if distance_m >= 0 else None,
            "measured": measured,
            "worst": float(worst) if worst >= 0 else None,
        }
        for side, day, walk_id, distance_m, measured, worst in zip(
            *(found[n] for n in ("side", "day", "walk_id", "distance_m", "measured", "worst")),
            strict=True,
        )
    ]


def pace_rows(assessment: Mapping[str, Any], frames: DiaryFrames) -> list[Row]:
    """Each walk by its pace and its ground.

    `kind` 'pain' or 'pain_free', `pace`, `ground`, `day`, `walk_id`, `distance_m` (None where not
    recorded) and `measured`.
    """
    found = paces(frames.until(date.fromisoformat(assessment["as_of"])))
    return [
        {
            "kind": "pain_free" if free else "pain",
            "pace": pace,
            "ground": ground,
            "day": day.isoformat(),
            "walk_id": walk_id,
            "distance_m": float(distance_m) if distance_m >= 0 else None,
            "measured": measured,
        }
        for free, pace, ground, day, walk_id, distance_m, measured in zip(
            *(
                found[n]
                for n in ("pain_free", "pace", "ground", "day", "walk_id", "distance_m", "measured")
            ),
            strict=True,
        )
    ]


TABLES = {
    "onset": onset_rows,
    "pain_free": pain_free_rows,
    "weeks": weeks_rows,
    "body": body_rows,
    "legs": legs_rows,
    "relief": relief_rows,
    "pace": pace_rows,
}


def told(name: str, rows: list[Row], most: int) -> tuple[list[Row], int]:
    """The rows of a chart that its table shows, and how many it leaves out to be short.

    Of rows that have days, the `most` newest. Of lines along the distance, as many of their steps
    in even spaces, each with its first and last. Counts by place are few: all are shown.
    """
    if name == "weeks":
        weeks = [row for row in rows if row["kind"] == "week"]
        return weeks[-most:], max(len(weeks) - most, 0)
    if name == "pain_free":
        groups = [along for group in GROUPS if (along := _along(rows, group))]
        shown = [row for along in groups for row in _spaced(along, most // len(groups))]
        return shown, sum(map(len, groups)) - len(shown)
    dated = [at for at, row in enumerate(rows) if "day" in row]
    old = {*sorted(dated, key=lambda at: rows[at]["day"])[:-most]}
    return [row for at, row in enumerate(rows) if at not in old], len(old)


def _along(rows: list[Row], group: str) -> list[Row]:
    """The steps of a line; where there are too few pains for one, the walks by their distance."""
    of_group = [row for row in rows if row["group"] == group]
    steps = [row for row in of_group if row["kind"] == "step"]
    return steps or sorted(of_group, key=lambda row: row["distance_m"])


def _spaced(rows: list[Row], most: int) -> list[Row]:
    if len(rows) <= most:
        return rows
    return [rows[at] for at in np.linspace(0, len(rows) - 1, most).round().astype(int)]
