"""After what distance does the pain come, how surely, and does it keep to that distance?

A diary's walks are brought into the shape of `onset_model`, which holds the model.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from diary.analytics import onset_model
from diary.analytics.censored import Truths, Values
from diary.analytics.columns import DiaryFrames
from diary.analytics.entries import HARD_TERRAIN, LEANT_ON
from diary.analytics.onset_model import LEAST_FOR_MEDIAN, START_M, Walks
from diary.analytics.parts import by_part

ON_FOOT = ("walk", "hike")
KEEPS = ("consistent", "suggestive")
# Above 2 % a way is no longer level (clinical evidence base 4.5).
LEVEL_SLOPE = 0.02
# Faster or slower than the person's own middle by this is another pace (clinical evidence base
# 4.5), where nobody gave it a word.
OTHER_PACE = 0.15
# Judgement, informed by: claimed against measured distances scatter by 55 %, 42 % between devices
# and ground (Fokkenrood). Of each walk by itself, and of all walks measured so in one diary.
SOURCE_ERROR = {
    "gps": 0.05, "treadmill": 0.03, "known_route": 0.05, "pedometer": 0.08, "estimated": 0.20,
}  # fmt: skip
SHARED_ERROR = {
    "gps": 0.02, "treadmill": 0.02, "known_route": 0.03, "pedometer": 0.05, "estimated": 0.12,
}  # fmt: skip
# A distance reckoned from the time takes the walk's mean pace for its first, or the person's usual
# pace where the walk's own is not known (judgement).
PACE_ERROR, USUAL_PACE_ERROR = 0.10, 0.20
# Distances and times are written down in steps: the largest that nearly all of them keep to
# (judgement). A step of r has a standard deviation of r / sqrt(12).
STEPS_M, STEPS_S, IN_STEPS = (100.0, 50.0, 25.0, 10.0), (300.0, 60.0, 30.0, 10.0), 0.9
# Changes that may change the pain at a stroke; smoking and long journeys do not.
TREATMENTS = (
    "footwear", "orthotics", "physiotherapy", "stretching", "strengthening",
    "supervised_exercise", "medication", "injury", "surgery",
)  # fmt: skip


def first_onsets(frames: DiaryFrames) -> pd.DataFrame:
    """One row a walk on foot whose pain was recorded: after how far, or no pain for how long.

    Columns: `walk` (row number), `walk_id`, `day`; `onset_m` and `onset_s` of the first pain, NaN
    where not recorded; `before_m`, for a pain without `onset_m`: it came by then; `walked_m`,
    `duration_s`, NaN where not recorded; `moving_s`, the duration without the recorded rests;
    `censored`: a pain-free walk of known distance; `painful`; `source`. An empty diary gives no
    rows.
    """
    walks = frames.walks
    on_foot = walks["activity"].isna() | walks["activity"].isin(ON_FOOT)
    walks = walks[on_foot.to_numpy(bool) & walks["pain_recorded"].to_numpy(bool)]
    first = _first_episodes(frames.episodes).reindex(walks.index)
    rested_s = frames.episodes.groupby("walk")["rest_s"].sum().reindex(walks.index).fillna(0.0)
    painful = walks["episodes"] > 0
    return pd.DataFrame(
        {
            "walk": walks.index,
            "walk_id": walks["id"],
            "day": walks["day"],
            "onset_m": first["onset_distance_m"],
            "onset_s": first["onset_s"],
            "before_m": np.fmin(first["before_m"], walks["distance_m"]).where(painful),
            "walked_m": walks["distance_m"],
            "duration_s": walks["duration_s"],
            "moving_s": (walks["duration_s"] - rested_s).where(lambda left: left > 0),
            "censored": ~painful & (walks["distance_m"] > 0),
            "painful": painful,
            "source": walks["distance_source"].fillna("estimated"),
        }
    ).reset_index(drop=True)


def _first_episodes(episodes: pd.DataFrame) -> pd.DataFrame:
    """The first pain of each walk, by walk: the earliest by distance, else the one put down first.

    Where the one put down first has no distance, a later one's only says 'before that'.
    """
    earliest = episodes.groupby("walk")["onset_distance_m"].min()
    put_down = episodes.drop_duplicates("walk").set_index("walk")
    measured = put_down["onset_distance_m"].notna()
    return pd.DataFrame(
        {
            "onset_distance_m": earliest.reindex(put_down.index).where(measured),
            "onset_s": put_down["onset_s"],
            "before_m": earliest.reindex(put_down.index),
        }
    )


def onset(frames: DiaryFrames, as_of: date) -> dict[str, Any]:
    """The assessment's `onset`; an empty diary gives zeros, nulls and 'insufficient_data'.

    Beyond the schema: `estimate` is 'reached' where there is a median, 'not_reached' where no walk
    hurt or none was nearly long enough for a median, else 'none'; `part_in_step` is the part of the
    leg whose pain keeps to a distance although the first pain of all does not.
    """
    frames = frames.until(as_of)
    found = first_onsets(frames)
    walks = model_walks(frames, found)
    metres = onset_model.in_metres(walks)
    driver = str(onset_model.driver(walks)[0])
    status = str(metres.status[0])
    if driver == "time" or status not in KEEPS:
        by_time = str(onset_model.in_seconds(walks).status[0])
        status = by_time if driver == "time" or by_time in KEEPS else status
    if status == "inconsistent" and driver == "unknown":
        driver = "neither"
    return {
        "onsets": int((found["onset_m"].notna() | found["onset_s"].notna()).sum()),
        "censored": int(found["censored"].sum()),
        "status": status,
        "driver": "unknown" if status == "insufficient_data" else driver,
        "part_in_step": part_in_step(frames) if status == "inconsistent" else None,
        "median_m": _number(metres.median, 1),
        "low_m": _number(metres.low, 1),
        "high_m": _number(metres.high, 1),
        "estimate": _estimate(metres, found),
        "variation": _number(metres.variation, 4),
        "trend": {
            "direction": str(metres.direction[0]),
            "ratio_per_30_days": _number(metres.ratio, 4),
            "low": _number(metres.ratio_low, 4),
            "high": _number(metres.ratio_high, 4),
        },
    }


def part_in_step(frames: DiaryFrames) -> str | None:
    """The part of the leg whose own pain keeps to a distance; None where no single one does."""
    statuses = {
        part: str(onset_model.in_metres(model_walks(own, first_onsets(own))).status[0])
        for part, own in by_part(frames).items()
    }
    for word in KEEPS:
        for part, status in statuses.items():
            if status == word:
                return part
    return None


def _number(values: Values, digits: int) -> float | None:
    """The one diary's value; None where there is none."""
    return None if np.isnan(values[0]) else round(float(values[0]), digits)


def _estimate(metres: onset_model.Estimates, found: pd.DataFrame) -> str:
    if not np.isnan(metres.median[0]):
        return "reached"
    free = bool(found["censored"].any()) and not found["painful"].any()
    return "not_reached" if free or not np.isnan(metres.variation[0]) else "none"


def model_walks(frames: DiaryFrames, found: pd.DataFrame) -> Walks:
    """The first onsets of one diary as the model takes them: a batch of one."""
    walks, source = frames.walks.loc[found["walk"]], found["source"]
    pace, pace_error = _paces(_numbers(found["walked_m"] / found["moving_s"]))
    reckoned_m = _numbers((found["onset_s"] * pace).clip(upper=found["before_m"]))
    by_time = np.isnan(_numbers(found["onset_m"])) & ~np.isnan(reckoned_m)
    onset_m = np.where(by_time, reckoned_m, _numbers(found["onset_m"]))
    onset_s = _numbers(found["onset_s"])
    step_m = _step(onset_m[~by_time], STEPS_M)
    error = np.where(by_time, pace_error, _rounding(onset_m, step_m))
    error = np.hypot(_numbers(source.map(SOURCE_ERROR)), error)
    day = pd.to_datetime(found["day"]).to_numpy("datetime64[D]").astype(float)
    return Walks(
        onset_m=onset_m[None],
        onset_s=onset_s[None],
        before_m=_numbers(found["before_m"])[None],
        walked_m=_numbers(found["walked_m"].fillna(found["duration_s"] * pace))[None],
        walked_s=_numbers(found["duration_s"])[None],
        day=day[None],
        painful=found["painful"].to_numpy(bool)[None],
        error=np.asarray(error, float)[None],
        error_s=_rounding(onset_s, _step(onset_s, STEPS_S))[None],
        shared=_numbers(source.map(SHARED_ERROR))[None],
        start_m=np.full((1, len(found)), max(START_M, step_m / 2)),
        hilly=_hilly(walks).astype(float)[None],
        pace=_pace_words(walks, pace)[None],
        leant=_numbers(walks["walking_aid"].isin(LEANT_ON))[None],
        typed=_numbers(source == "estimated")[None],
        treated=_treated(frames, found)[None],
    )


def _numbers(column: pd.Series) -> Values:
    return np.asarray(column, float)


def _paces(pace: Values) -> tuple[Values, Values]:
    """The pace of each walk in metres a second, the person's own middle where not known."""
    known = ~np.isnan(pace) & np.isfinite(pace) & (pace > 0)
    usual = np.median(pace[known]) if known.any() else np.nan
    return np.where(known, pace, usual), np.where(known, PACE_ERROR, USUAL_PACE_ERROR)


def _step(lengths: Values, steps: tuple[float, ...]) -> float:
    """The step in which these lengths are written down; 0 where they keep to none."""
    known = lengths[lengths > 0]
    kept = (step for step in steps if len(known) and (known % step == 0).mean() >= IN_STEPS)
    return next(kept, 0.0)


def _rounding(lengths: Values, step: float) -> Values:
    """The error of writing lengths down in steps, as a share of each."""
    return step / np.sqrt(12) / np.where(lengths > 0, lengths, np.inf)


def _hilly(walks: pd.DataFrame) -> Truths:
    """Walks uphill or on stairs, by the word or else by the climb."""
    terrain = walks["terrain"]
    steep = (walks["ascent_m"] > LEVEL_SLOPE * walks["distance_m"]).to_numpy(bool)
    return terrain.isin(HARD_TERRAIN).to_numpy(bool) | (terrain.isna().to_numpy(bool) & steep)


def _pace_words(walks: pd.DataFrame, pace: Values) -> Values:
    """-1 slow, 1 brisk, 0 ordinary; by the word, or else against the person's own middle."""
    word = walks["pace"]
    said = word.map({"slow": -1.0, "ordinary": 0.0, "brisk": 1.0}).astype(float).to_numpy()
    usual = np.nanmedian(pace) if not np.isnan(pace).all() else np.nan
    faster = (pace > usual * (1 + OTHER_PACE)).astype(float)
    slower = (pace < usual * (1 - OTHER_PACE)).astype(float)
    return np.where(np.isnan(said), faster - slower, said)


def _treated(frames: DiaryFrames, found: pd.DataFrame) -> Values:
    """-1 before the latest treatment that has three onsets on either side, 0 after; 0 for none."""
    day, onsets = found["day"].to_numpy(), found["onset_m"].notna().to_numpy(bool)
    changes = frames.changes
    for when, kind in zip(changes["date"][::-1], changes["kind"][::-1], strict=True):
        before = np.array([each < when for each in day], bool)
        if kind in TREATMENTS and min(onsets[before].sum(), onsets[~before].sum()) >= (
            LEAST_FOR_MEDIAN
        ):
            return np.where(before, -1.0, 0.0)
    return np.zeros(len(found))
