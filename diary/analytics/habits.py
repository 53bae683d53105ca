"""What did the walker record of the habits and circumstances that an article on leg pain speaks of?

Counts and dates only: none of them is weighed here.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import numpy as np
import pandas as pd

from diary.analytics.columns import DiaryFrames
from diary.analytics.entries import includes
from diary.analytics.factors import load_spikes, loads

# How far back 'lately' goes, and from how many walks a person's own middle length is told
# (judgement).
LATELY_DAYS, LEAST_LENGTHS = 28, 4
# What a check-in may say of posture and pain.
POSTURE_SIGNS = (
    "better_on_sitting", "better_on_bending_forward", "worse_on_standing", "worse_on_sitting",
    "worse_on_bending_forward",
)  # fmt: skip


def habits(frames: DiaryFrames, as_of: date) -> dict[str, Any]:
    """What was recorded of each habit, with how many entries tell; takes frames cut at `as_of`.

    An empty diary gives zeros, nulls and empty lists.
    """
    walks = frames.walks
    return {
        "stretched_before": _yes(walks["stretched_before"]),
        "stretched_after": _yes(walks["stretched_after"]),
        "footwear": _footwear(walks["footwear"]),
        "sudden_load": _sudden_load(frames),
        "weight": _weight(frames),
        "smoking": frames.profile.get("smoking"),
        "symptoms_began": frames.profile.get("symptoms_began"),
        "breaks": _breaks(frames),
        "posture_signs": _posture_signs(frames),
        "pain_on_standing": _yes(walks["pain_on_standing"]),
        "painful_days": _painful_days(frames),
        "walks_lately": int((walks["day"] > as_of - timedelta(days=LATELY_DAYS)).sum()),
        "changes": _changes(frames),
    }


def _yes(answers: pd.Series) -> dict[str, int]:
    told = answers.dropna()
    return {"n": int(told.sum()), "of": len(told)}


def _footwear(footwear: pd.Series) -> dict[str, int]:
    """How many different pairs on how many walks that name one."""
    named = footwear.dropna().astype(str).str.strip().str.casefold()
    named = named[(named != "").to_numpy(bool)]
    return {"pairs": named.nunique(), "of": len(named)}


def _sudden_load(frames: DiaryFrames) -> dict[str, Any]:
    """How many of the walks with another in the 30 days before were much longer, and the latest."""
    walks, spiked = frames.walks, set(load_spikes(frames)["id"])
    days = [day for row_id, day in zip(walks["id"], walks["day"], strict=True) if row_id in spiked]
    return {"n": len(days), "of": len(loads(frames)), "latest": max(days, default=None)}


def _posture_signs(frames: DiaryFrames) -> dict[str, dict[str, int]]:
    """In how many of the check-ins that say so or not each was ticked."""
    ticked = {sign: includes(frames.check_ins["signs"], {sign}) for sign in POSTURE_SIGNS}
    return {
        sign: {"n": int(np.nansum(told)), "of": int((~np.isnan(told)).sum())}
        for sign, told in ticked.items()
    }


def _weight(frames: DiaryFrames) -> dict[str, Any]:
    """The first and the latest measured weight; without one, what the profile says."""
    measured = frames.measurements
    weights = measured[(measured["kind"] == "weight_kg").to_numpy(bool)]
    known = {"n": len(weights), "profile_kg": frames.profile.get("weight_kg")}
    if weights.empty:
        return known | {"first_kg": None, "first_day": None, "latest_kg": None, "latest_day": None}
    first, latest = weights.iloc[0], weights.iloc[-1]
    return known | {
        "first_kg": float(first["value"]),
        "first_day": first["date"],
        "latest_kg": float(latest["value"]),
        "latest_day": latest["date"],
    }


def _breaks(frames: DiaryFrames) -> dict[str, Any]:
    """On how many of the walks longer than the person's middle length a rest was recorded."""
    walks, episodes = frames.walks, frames.episodes
    length = walks["distance_m"].to_numpy(float)
    known = ~np.isnan(length)
    told = {"lengths": int(known.sum()), "wanted": LEAST_LENGTHS}
    if known.sum() < LEAST_LENGTHS:
        return told | {"longer_than_m": None, "n": 0, "of": 0}
    middle = float(np.median(length[known]))
    rested = episodes[["rest_s", "rest_posture", "relief_s"]].notna().any(axis=1).to_numpy(bool)
    paused = np.isin(np.arange(len(walks)), episodes["walk"].to_numpy()[rested])
    long = known & (length > middle)
    return told | {
        "longer_than_m": middle,
        "n": int((long & paused).sum()),
        "of": int(long.sum()),
    }


def _painful_days(frames: DiaryFrames) -> dict[str, Any]:
    """On how many days pain was recorded, on walks or at rest, and the first and last of them."""
    check_ins = frames.check_ins
    sore = (check_ins["pain_at_rest"] > 0) | check_ins["night_pain"].fillna(False)
    days = sorted({*frames.episodes["day"], *check_ins["date"][sore.to_numpy(bool)]})
    if not days:
        return {"n": 0, "first": None, "last": None, "days_between": None}
    between = (days[-1] - days[0]).days
    return {"n": len(days), "first": days[0], "last": days[-1], "days_between": between}


def _changes(frames: DiaryFrames) -> list[dict[str, Any]]:
    """The recorded changes by kind, with how many and the latest."""
    changes = frames.changes
    return [
        {"kind": kind, "n": len(dates), "latest": max(dates)}
        for kind, dates in changes.groupby("kind", sort=True)["date"]
    ]
