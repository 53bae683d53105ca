"""What do the entries say, one question at a time?"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date, timedelta
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from diary.analytics.columns import DiaryFrames
from diary.analytics.observed import Finding, fact, habit

Values = NDArray[np.float64]

# The ten minutes of every published definition of claudication (ACC/AHA 2024; Rose 1962).
RELIEF_LIMIT_S = 600
# A rest of less than a minute is too short to say that resting so does not help (judgement).
LEAST_REST_S = 60
# A partial relief is neither a yes nor a no (judgement).
PARTLY = 0.4
# Check-ins tick what stood out that day: a quarter of them makes a habit (judgement).
TICKED, NEVER_TICKED, LEAST_TICKED_NEVER = 0.25, 0.1, 3
# Two sorts of walk are compared from three of each (judgement).
LEAST_COMPARED = 3
HARD_TERRAIN = ("hilly", "stairs")
LEANT_ON = ("rollator", "trolley")


def hard_walks(walks: pd.DataFrame) -> NDArray[np.bool_]:
    """Walks uphill, on stairs or at a brisk pace; what was not recorded counts as level, usual."""
    hilly = walks["terrain"].isin(HARD_TERRAIN).to_numpy(bool)
    return hilly | (walks["pace"] == "brisk").to_numpy(bool)


def first_pains(frames: DiaryFrames) -> pd.DataFrame:
    """The first pain episode of each painful walk."""
    return frames.episodes[(frames.episodes["position"] == 0).to_numpy(bool)]


def rest_values(
    episodes: pd.DataFrame,
    limit_s: float | None = RELIEF_LIMIT_S,
    least_rest_s: float = LEAST_REST_S,
) -> Values:
    """How far each rest relieved: 1 wholly, PARTLY in part, 0 not or too late, NaN not told.

    A time of relief without a word for it counts as whole relief, a relief without its time as
    soon enough. A rest known to be shorter than `least_rest_s` that did not relieve does not tell.
    """
    relief_s, rest_s = episodes["relief_s"].to_numpy(float), episodes["rest_s"].to_numpy(float)
    word = episodes["relief"]
    values = np.where((word == "partial").to_numpy(bool), PARTLY, np.nan)
    whole = (word == "complete").to_numpy(bool) | (word.isna().to_numpy(bool) & (relief_s >= 0))
    values = np.where(whole, 1.0, values)
    failed = (word == "none").to_numpy(bool) & ~(rest_s < least_rest_s)
    values = np.where(failed, 0.0, values)
    if limit_s is not None:
        values = np.where((values > 0) & (relief_s > limit_s), 0.0, values)
    return values


def median_onset_m(frames: DiaryFrames, chosen: NDArray[np.bool_]) -> float | None:
    """The median first onset of the chosen walks; None below LEAST_COMPARED onsets."""
    first = first_pains(frames)
    metres = first["onset_distance_m"].to_numpy(float)[chosen[first["walk"].to_numpy()]]
    metres = metres[~np.isnan(metres)]
    return float(np.median(metres)) if len(metres) >= LEAST_COMPARED else None


def changes_of(frames: DiaryFrames, kind: str, as_of: date, days: int) -> tuple[str, ...]:
    """The recorded changes of a kind in the days up to `as_of`: their ids, else their dates."""
    changes = frames.changes
    first = as_of - timedelta(days=days)
    return tuple(
        str(row_id or day.isoformat())
        for row_id, day, each in zip(changes["id"], changes["date"], changes["kind"], strict=True)
        if each == kind and day >= first
    )


def age(frames: DiaryFrames, as_of: date) -> int | None:
    """The age that the walker reaches in the year of `as_of`; None without a birth year."""
    born = frames.profile.get("birth_year")
    return None if born is None else as_of.year - int(born)


def condition(profile: Mapping[str, Any], name: str) -> Finding:
    """Whether the profile lists a condition; not recorded where conditions were never asked."""
    listed: Collection[str] | None = profile.get("conditions")
    return fact(None if listed is None else name in listed, f"profile:{name}")


def ticked(frames: DiaryFrames, *signs: str, share: float = TICKED) -> Finding:
    """Whether any of the signs is ticked in at least this share of the check-ins that asked.

    One tick is enough for a sign with share 0; none ticked is an absence from three check-ins on.
    """
    values = includes(frames.check_ins["signs"], set(signs))
    return habit(
        values,
        dates(frames),
        mostly=max(share, 1e-9),
        rarely=NEVER_TICKED,
        least=1,
        least_absent=LEAST_TICKED_NEVER,
    )


def felt(frames: DiaryFrames, *qualities: str) -> Finding:
    """Whether the pain feels so in at least a third of the episodes that describe it."""
    values = includes(frames.episodes["qualities"], set(qualities))
    return habit(values, list(frames.episodes["walk_id"]), mostly=1 / 3, rarely=0.1)


def includes(lists: Iterable[Collection[str] | None], wanted: set[str]) -> Values:
    return np.array(
        [np.nan if each is None else float(not wanted.isdisjoint(each)) for each in lists], float
    )


def at_least(numbers: pd.Series, limit: float) -> Values:
    values = numbers.to_numpy(float)
    return np.where(np.isnan(values), np.nan, (values >= limit).astype(float))


def truths(truths: pd.Series) -> Values:
    return truths.to_numpy(float, na_value=np.nan)


def dates(frames: DiaryFrames) -> list[str]:
    return [day.isoformat() for day in frames.check_ins["date"]]
