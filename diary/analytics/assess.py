"""What does this diary show? The one door to the analyses: assess(frames) -> assessment."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from diary.analytics.around import around_changes
from diary.analytics.causes import causes
from diary.analytics.columns import DiaryFrames
from diary.analytics.factors import factors
from diary.analytics.findings import findings, findings_of_part
from diary.analytics.flags import flags, painful_walks
from diary.analytics.habits import habits
from diary.analytics.observation import next_observation
from diary.analytics.observed import Finding
from diary.analytics.onset import onset
from diary.analytics.parts import by_part
from diary.analytics.pattern import leaning_parts, pattern
from diary.analytics.recorded import (
    check_ins_counted,
    data_recorded,
    newest_measurements,
    walks_counted,
)
from diary.analytics.recurrence import recurrence
from diary.analytics.relief import relief
from diary.evidence.likelihoods import PAD, SCIATICA
from diary.evidence.thresholds import OLD_DAYS
from diary.values import FIRST_DAY

Assessment = dict[str, Any]


def assess(frames: DiaryFrames, as_of: date | None = None, source: str | None = None) -> Assessment:
    """The assessment of a diary as of the end of a day, as plain JSON types.

    Without `as_of` it is the day of the newest walk or check-in; without those the newest date of
    any other row; a diary without any date stands at the first day that a row may carry, so that
    callers who know what day it is should say so. Beyond the assessment's schema it has `standing`,
    `data`, `changes`, `habits`, `check_ins`, `measurements` and `findings`, which pages show.
    """
    day = as_of or frames.last_day or _newest_other_day(frames)
    frames = frames.until(day)
    of_parts = by_part(frames)
    onsets, relieved, recurred = onset(frames, day, of_parts), relief(frames), recurrence(frames)
    found = findings(frames, day, onsets, relieved, recurred)
    parts = {part: findings_of_part(own, found, relief(own)) for part, own in of_parts.items()}
    read = pattern(frames, onsets, relieved, found, parts)
    rows = causes(found, onsets, painful_walks(frames), _apart(parts))
    data = data_recorded(frames, day)
    assessment = {
        "format": "walking-assessment",
        "version": 1,
        "as_of": day,
        "walks": walks_counted(frames),
        "onset": onsets,
        "relief": relieved,
        "recurrence": recurred,
        "pattern": read,
        "causes": rows,
        "flags": flags(frames, day, read),
        "factors": factors(frames, day, found),
        "next_observation": next_observation(frames, onsets, read, found, rows),
        "source": source,
        "standing": _standing(onsets, data),
        "data": data,
        "changes": around_changes(frames, day),
        "habits": habits(frames, day),
        "check_ins": check_ins_counted(frames),
        "measurements": newest_measurements(frames),
        "findings": {code: _counted(finding) for code, finding in found.items()},
    }
    plain: Assessment = _plain(assessment)
    return plain


def _apart(parts: Mapping[str, Mapping[str, Finding]]) -> dict[str, Mapping[str, Finding]]:
    """The findings by which arteries and nerves are weighed where each has its own part."""
    leaning = leaning_parts(parts)
    if len(leaning) < 2:
        return {}
    return {PAD: parts[leaning["vascular"]], SCIATICA: parts[leaning["neurogenic"]]}


def _newest_other_day(frames: DiaryFrames) -> date:
    days = [*frames.changes["date"], *frames.measurements["date"]]
    return max(days, default=FIRST_DAY)


def _standing(onsets: Mapping[str, Any], data: Mapping[str, Any]) -> str:
    """Which of five sentences opens a page about this diary's course."""
    if onsets["median_m"] is None or onsets["status"] == "insufficient_data":
        return "not_enough"
    if data["days_since_last_entry"] is None or data["days_since_last_entry"] >= OLD_DAYS:
        return "old"
    if data["measuring_changed"]:
        return "mixed_sources"
    changed = onsets["trend"]["direction"] in ("shortening", "lengthening")
    return "change" if changed else "no_clear_change"


def _counted(finding: Finding) -> dict[str, Any]:
    return {"state": str(finding.state), "n": finding.n, "of": finding.of}


def _plain(value: Any) -> Any:
    """The same in JSON's own types: no NumPy, no NaN, dates in ISO form."""
    if isinstance(value, Mapping):
        return {str(name): _plain(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    if isinstance(value, np.generic):
        value = value.item()
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, date):
        return value.isoformat()
    return None if value is pd.NA else value
