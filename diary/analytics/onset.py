"""After what distance does the pain come, how surely, and does it keep to that distance?

A diary's walks are brought into the shape of `onset_model`, which holds the model.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, timedelta
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from diary.analytics import onset_model, ways
from diary.analytics.censored import Values
from diary.analytics.columns import DiaryFrames
from diary.analytics.entries import LEANT_ON
from diary.analytics.onset_model import LEAST_FOR_MEDIAN
from diary.analytics.onset_walks import START_M, Walks, stacked
from diary.analytics.rivals import KEEPS
from diary.units import METRES_IN

NUMBERS = ("onset_m", "onset_s", "before_m", "walked_m", "duration_s", "moving_s")
WORDS = ("terrain", "ascent_m", "pace", "walking_aid")
ON_FOOT = ("walk", "hike")
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
_YARDS = tuple(yards * METRES_IN["yd"] for yards in (100, 50, 25, 10))
STEPS_M = tuple(sorted((100.0, 50.0, 25.0, 10.0, *_YARDS), reverse=True))
STEPS_S, IN_STEPS = (300.0, 60.0, 30.0, 10.0), 0.9
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
    used = on_foot(frames) & walks["pain_recorded"].to_numpy(bool)
    first = _first_pains(frames.episodes, len(walks))
    walked_m, duration_s = walks["distance_m"].to_numpy(float), walks["duration_s"].to_numpy(float)
    moving_s = duration_s - first["rested_s"]
    painful = walks["episodes"].to_numpy() > 0
    before_m = np.where(painful, np.fmin(first["earliest_m"], walked_m), np.nan)
    columns = {
        "walk": np.arange(len(walks)),
        "walk_id": walks["id"].to_numpy(),
        "day": walks["day"].to_numpy(),
        "onset_m": first["onset_m"],
        "onset_s": first["onset_s"],
        "before_m": before_m,
        "walked_m": walked_m,
        "duration_s": duration_s,
        "moving_s": np.where(moving_s > 0, moving_s, np.nan),
        "censored": ~painful & (walked_m > 0),
        "painful": painful,
        "source": walks["distance_source"].fillna("estimated").to_numpy(),
    }
    return pd.DataFrame({name: column[used] for name, column in columns.items()})


def on_foot(frames: DiaryFrames) -> NDArray[np.bool_]:
    """Which rows are walks and hikes; one of no recorded activity is a walk."""
    activity = frames.walks["activity"]
    chosen: NDArray[np.bool_] = (activity.isna() | activity.isin(ON_FOOT)).to_numpy(bool)
    return chosen


def _first_pains(episodes: pd.DataFrame, walks: int) -> dict[str, Values]:
    """The first pain of each walk: the earliest by distance, else the one put down first.

    Where the one put down first has no distance, a later one's only says 'before that'.
    """
    walk = episodes["walk"].to_numpy()
    metres, seconds = (episodes[name].to_numpy(float) for name in ("onset_distance_m", "onset_s"))
    earliest_m, onset_s, put_down_m = (np.full(walks, np.nan) for _ in range(3))
    put_down = np.flatnonzero(episodes["position"].to_numpy() == 0)
    onset_s[walk[put_down]], put_down_m[walk[put_down]] = seconds[put_down], metres[put_down]
    np.fmin.at(earliest_m, walk, metres)
    rested_s = np.bincount(walk, np.nan_to_num(episodes["rest_s"].to_numpy(float)), walks)
    onset_m = np.where(np.isnan(put_down_m), np.nan, earliest_m)
    return {
        "onset_m": onset_m, "onset_s": onset_s, "earliest_m": earliest_m, "rested_s": rested_s,
    }  # fmt: skip


def onset(
    frames: DiaryFrames, as_of: date, of_parts: Mapping[str, DiaryFrames] | None = None
) -> dict[str, Any]:
    """The assessment's `onset`; an empty diary gives zeros, nulls and 'insufficient_data'.

    `of_parts` is the diary as each part of the leg would tell it (see `parts`).
    Beyond the schema: `estimate` is 'reached' where there is a median, 'not_reached' where no walk
    hurt or none was nearly long enough for a median, else 'none'; `without_distance` counts the
    walks that hurt and do not say after how far or how long; `since` is the day of the injury with
    which the pain began, before which nothing counts; `part_in_step` is the part of the leg whose
    pain keeps to a distance although the first pain of all does not.
    """
    frames = frames.until(as_of)
    found = first_onsets(frames)
    since = began_with_injury(frames, found)
    if since is not None:
        found = found[(found["day"] >= since).to_numpy(bool)]
    walks = model_walks(frames, found)
    metres, drivers, statuses = onset_model.onsets(walks)
    status = str(statuses[0])
    told = found["onset_m"].notna() | found["onset_s"].notna()
    return {
        "onsets": int(told.sum()),
        "censored": int(found["censored"].sum()),
        "without_distance": int((found["painful"] & ~told).sum()),
        "status": status,
        "driver": str(drivers[0]),
        "since": since,
        "part_in_step": part_in_step(of_parts or {}) if status == "inconsistent" else None,
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


def began_with_injury(frames: DiaryFrames, found: pd.DataFrame) -> date | None:
    """The day of an injury with which the pain began; None where there is none.

    Walks before it say nothing of how far the leg carries now.
    """
    when = _changed(frames, ("injury",))
    before, after = _counted_around(when, found["painful"], found["day"])
    walked, _ = _counted_around(when, found["day"].notna(), found["day"])
    began = (walked > 0) & (before < LEAST_FOR_MEDIAN) & (after >= LEAST_FOR_MEDIAN)
    if not began.any():
        return None
    return date(1970, 1, 1) + timedelta(days=int(when[began][-1]))


def part_in_step(of_parts: Mapping[str, DiaryFrames]) -> str | None:
    """The part of the leg whose own pain keeps to a distance; None where no single one does."""
    if not of_parts:
        return None
    # Each part tells of the same walks, so that their rows make one batch.
    batch = [model_walks(own, first_onsets(own)) for own in of_parts.values()]
    statuses = list(onset_model.in_metres(stacked(batch)).status)
    for word in KEEPS:
        if word in statuses:
            return list(of_parts)[statuses.index(word)]
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
    number = {name: found[name].to_numpy(float) for name in NUMBERS}
    onset_s, walked_m, duration_s = (number[n] for n in ("onset_s", "walked_m", "duration_s"))
    word = {name: frames.walks[name].to_numpy()[found["walk"].to_numpy()] for name in WORDS}
    source = found["source"].to_numpy()
    own_pace = walked_m / number["moving_s"]
    pace, pace_error = _paces(own_pace)
    reckoned_m = np.minimum(onset_s * pace, np.nan_to_num(number["before_m"], nan=np.inf))
    by_time = np.isnan(number["onset_m"]) & ~np.isnan(reckoned_m)
    onset_m = np.where(by_time, reckoned_m, number["onset_m"])
    step_m = _step(onset_m[~by_time], STEPS_M)
    error = np.where(by_time, pace_error, _rounding(onset_m, step_m))
    walks = Walks(
        onset_m=onset_m,
        onset_s=onset_s,
        before_m=number["before_m"],
        walked_m=np.where(np.isnan(walked_m), duration_s * pace, walked_m),
        walked_s=duration_s,
        day=day_numbers(found["day"]),
        painful=found["painful"].to_numpy(bool),
        error=np.hypot(_of_words(source, SOURCE_ERROR), error),
        error_s=_rounding(onset_s, _step(onset_s, STEPS_S)),
        shared=_of_words(source, SHARED_ERROR),
        start_m=np.full(len(found), max(START_M, step_m / 2)),
        hilly=_of_words(
            ways.grounds(word["terrain"], word["ascent_m"].astype(float), walked_m), {"uphill": 1.0}
        ),
        pace=_of_words(ways.paces(word["pace"], own_pace), {"slow": -1.0, "brisk": 1.0}),
        leant=_of_words(word["walking_aid"], dict.fromkeys(LEANT_ON, 1.0)),
        typed=_of_words(source, {"estimated": 1.0}),
        treated=_treated(frames, found),
    )
    return Walks(*(each[None] for each in vars(walks).values()))


def _of_words(words: NDArray[Any], numbers: Mapping[str, float]) -> Values:
    """The number of each word; 0 for any other, and for none."""
    codes, kinds = pd.factorize(words)
    of_kinds = np.array([numbers.get(kind, 0.0) for kind in kinds] + [0.0], float)
    return np.asarray(of_kinds[codes])  # the code of none is -1


def day_numbers(days: pd.Series) -> Values:
    """Days as a count, one after the other."""
    return np.array(days.to_numpy(), "datetime64[D]").astype(float)


def _paces(pace: Values) -> tuple[Values, Values]:
    """The pace of each walk in metres a second, the person's own middle where not known."""
    known = ways.known_paces(pace)
    usual = np.median(pace[known]) if known.any() else np.nan
    return np.where(known, pace, usual), np.where(known, PACE_ERROR, USUAL_PACE_ERROR)


def _step(lengths: Values, steps: tuple[float, ...]) -> float:
    """The step in which these lengths are written down; 0 where they keep to none."""
    known = lengths[lengths > 0]
    for step in steps if len(known) else ():
        parts = known / step
        # A length that came through another unit is off by less than a thousandth of a step.
        if (np.abs(parts - parts.round()) < 1e-3).mean() >= IN_STEPS:
            return step
    return 0.0


def _rounding(lengths: Values, step: float) -> Values:
    """The error of writing lengths down in steps, as a share of each."""
    return step / np.sqrt(12) / np.where(lengths > 0, lengths, np.inf)


def _treated(frames: DiaryFrames, found: pd.DataFrame) -> Values:
    """-1 before the latest treatment that has three onsets on either side, 0 after; 0 for none."""
    made = _changed(frames, TREATMENTS)
    before, after = _counted_around(made, found["onset_m"].notna(), found["day"])
    made = made[np.minimum(before, after) >= LEAST_FOR_MEDIAN]
    return np.where(day_numbers(found["day"]) < made[-1:].max(initial=-np.inf), -1.0, 0.0)


def _changed(frames: DiaryFrames, kinds: Collection[str]) -> Values:
    """When changes of these kinds were made, as a count of days, in their order."""
    changes = frames.changes
    return day_numbers(changes["date"][changes["kind"].isin(kinds).to_numpy(bool)])


def _counted_around(
    when: Values, chosen: pd.Series, days: pd.Series
) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """How many of the chosen walks come before each of these days, and how many from it on."""
    of_chosen = np.sort(day_numbers(days)[chosen.to_numpy(bool)])
    before = np.searchsorted(of_chosen, when)
    return before, len(of_chosen) - before
