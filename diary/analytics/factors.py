"""What has the walker recorded that may contribute to leg pain?

Each is a known risk factor or circumstance, never a cause found in this person.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import numpy as np
import pandas as pd

from diary.analytics.columns import DiaryFrames
from diary.analytics.observed import Finding, State, unique

# A walk this much longer than the longest of the 30 days before it (Frandsen 2025, runners).
SPIKE_RATIO, SPIKE_WINDOW = 1.10, "30D"
# World Health Organization bands of the body mass index, kg per square metre.
OVERWEIGHT, OBESE = 25, 30
# Judgement: how long a change of shoes, a new activity, a journey, bed rest or surgery counts.
FOOTWEAR_DAYS, ACTIVITY_DAYS, IMMOBILITY_DAYS = 90, 180, 28
# Judgement: two sorts of footwear are compared from three walks each.
LEAST_IN_ONE, MORE_OFTEN = 3, 0.3
POSTURE = ("relief_needs_sitting_or_bending", "eased_by_sitting", "eased_by_bending_forward")


def factors(
    frames: DiaryFrames, as_of: date, findings: Mapping[str, Finding]
) -> list[dict[str, Any]]:
    """The recorded factors with the reasons for each and its entries; none from an empty diary."""
    found = {
        "smoking": _present(findings, "smokes_now", "smoked_before"),
        "excess_weight": _weight(frames),
        "diabetes": _present(findings, "diabetes"),
        "age": _present(findings, "age_65_or_more"),
        "footwear": _footwear(frames, as_of),
        "load_spike": _load(frames, as_of),
        "posture": _present(findings, *POSTURE),
        "no_warm_up": _no_stretching(frames),
        "fluoroquinolone": _conditions(frames, "fluoroquinolone_use"),
        "pregnancy": _conditions(frames, "pregnancy"),
        "immobility": _conditions(frames, "recent_surgery_or_immobility", "leg_fracture_or_cast")
        | _changed(frames, as_of, "long_journey_or_bed_rest", IMMOBILITY_DAYS),
    }
    return [
        {
            "factor": factor,
            "reasons": list(reasons),
            "entries": list(unique(entry for entries in reasons.values() for entry in entries)),
        }
        for factor, reasons in found.items()
        if reasons
    ]


Reasons = dict[str, tuple[str, ...]]


def load_spikes(frames: DiaryFrames) -> pd.DataFrame:
    """Walks longer by SPIKE_RATIO than the longest of the 30 days before: `id` and `ratio`."""
    compared = loads(frames)
    return compared[(compared["ratio"] > SPIKE_RATIO).to_numpy(bool)]


def loads(frames: DiaryFrames) -> pd.DataFrame:
    """Every walk beside the longest of the 30 days before it: `id` and `ratio`.

    A walk without an earlier one in those days is compared with nothing, and left out.
    """
    walks = frames.walks[frames.walks["distance_m"].notna().to_numpy(bool)]
    walked = pd.Series(walks["distance_m"].to_numpy(float), index=pd.Index(walks["started_at"]))
    before = walked.rolling(SPIKE_WINDOW, closed="left").max().to_numpy(float)
    ratio = walked.to_numpy(float) / np.where(before > 0, before, np.nan)
    told = ~np.isnan(ratio)
    return pd.DataFrame({"id": walks["id"].to_numpy()[told], "ratio": ratio[told]})


def _present(findings: Mapping[str, Finding], *codes: str) -> Reasons:
    return {
        code: findings[code].entries
        for code in codes
        if code in findings and findings[code].state is State.PRESENT
    }


def _conditions(frames: DiaryFrames, *names: str) -> Reasons:
    listed = frames.profile.get("conditions") or ()
    return {name: (f"profile:{name}",) for name in names if name in listed}


def _weight(frames: DiaryFrames) -> Reasons:
    measured = frames.measurements
    weights = measured[(measured["kind"] == "weight_kg").to_numpy(bool)]
    weight_kg, entry = frames.profile.get("weight_kg"), "profile:weight_kg"
    if not weights.empty:
        last = weights.iloc[-1]
        weight_kg = float(last["value"])
        entry = f"measurement:{last['id'] or last['date'].isoformat()}"
    height_cm = frames.profile.get("height_cm")
    if not weight_kg or not height_cm:
        return {}
    index = weight_kg / (height_cm / 100) ** 2
    if index < OVERWEIGHT:
        return {}
    return {"obese" if index >= OBESE else "overweight": (entry,)}


def _changed(frames: DiaryFrames, as_of: date, kind: str, days: int) -> Reasons:
    """A change of this kind that was made, or lasted, in the days up to `as_of`."""
    changes = frames.changes
    first = as_of - timedelta(days=days)
    entries = tuple(
        str(row_id or day.isoformat())
        for row_id, day, until, each in zip(
            changes["id"], changes["date"], changes["until"], changes["kind"], strict=True
        )
        if each == kind and (until or day) >= first
    )
    return {_REASONS.get(kind, kind): entries} if entries else {}


_REASONS = {"footwear": "footwear_changed"}


def _load(frames: DiaryFrames, as_of: date) -> Reasons:
    spikes = load_spikes(frames)
    longer: Reasons = {"longer_than_30_days": tuple(spikes["id"])} if len(spikes) else {}
    return longer | _changed(frames, as_of, "new_activity", ACTIVITY_DAYS)


def _footwear(frames: DiaryFrames, as_of: date) -> Reasons:
    return _changed(frames, as_of, "footwear", FOOTWEAR_DAYS) | _worse_shoes(frames.walks)


def _worse_shoes(walks: pd.DataFrame) -> Reasons:
    """One pair in which walks hurt clearly more often than in the others."""
    told = walks[(walks["pain_recorded"] & walks["footwear"].notna()).to_numpy(bool)]
    pair = told["footwear"].astype(str).str.strip().str.casefold().to_numpy(str)
    hurt = told["episodes"].to_numpy() > 0
    for name in sorted(set(pair) - {""}):
        worn = pair == name
        if (
            min(worn.sum(), (~worn).sum()) >= LEAST_IN_ONE
            and hurt[worn].mean() - hurt[~worn].mean() >= MORE_OFTEN
        ):
            return {"more_pain_in_one_footwear": tuple(told["id"].to_numpy()[worn & hurt])}
    return {}


def _no_stretching(frames: DiaryFrames) -> Reasons:
    told = frames.walks["stretched_before"].to_numpy(float, na_value=np.nan)
    answers = told[~np.isnan(told)]
    if len(answers) < LEAST_IN_ONE or answers.mean() >= 0.5:
        return {}
    return {"no_stretching_before": tuple(frames.walks["id"].to_numpy()[told == 0])}
