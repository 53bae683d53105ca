"""How soon does a rest relieve the pain, and in which posture?"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from diary.analytics.censored import Values
from diary.analytics.columns import DiaryFrames
from diary.analytics.entries import RELIEF_LIMIT_S
from diary.analytics.survival import median_survived
from diary.answers import POSTURES

NO_POSTURE = "not_recorded"


def relief(frames: DiaryFrames) -> dict[str, Any]:
    """The assessment's `relief`; without a recorded relief zero episodes and nulls.

    Beyond the schema `timed` and `judged` are how many episodes stand behind the median and the
    share, `within_10_min` how many of these had it soon, `not_relieved` how many had none, `partly`
    how many of the relieved were so only in part.
    `by_posture` has only the postures that occur, and 'not_recorded' for the rest.
    """
    told = frames.episodes["relief"].notna() | frames.episodes["relief_s"].notna()
    rests = frames.episodes[told.to_numpy(bool)]
    within = _within_limit(rests)
    posture = rests["rest_posture"].fillna(NO_POSTURE)
    judged = ~np.isnan(within)
    return {
        **_summary(rests),
        "share_within_10_min": float(within[judged].mean()) if judged.any() else None,
        "judged": int(judged.sum()),
        "within_10_min": int(np.nansum(within)),
        "not_relieved": int((~_relieved(rests)).sum()),
        "by_posture": {
            name: _summary(rests[(posture == name).to_numpy(bool)])
            for name in (*POSTURES, NO_POSTURE)
            if (posture == name).any()
        },
    }


def _summary(rests: pd.DataFrame) -> dict[str, Any]:
    seconds, relieved = _times(rests)
    return {
        "episodes": len(rests),
        "relieved": int(_relieved(rests).sum()),
        "partly": int((rests["relief"] == "partial").sum()),
        "median_s": median_survived(seconds, relieved),
        "timed": len(seconds),
    }


def _relieved(rests: pd.DataFrame) -> NDArray[np.bool_]:
    """Wholly or in part; a time of relief without a word for it says that the pain went."""
    return ~(rests["relief"] == "none").to_numpy(bool)


def _times(rests: pd.DataFrame) -> tuple[Values, NDArray[np.bool_]]:
    """Times to relief, and whether it came: without relief it would have taken longer than that."""
    relieved = _relieved(rests)
    seconds = np.where(relieved, rests["relief_s"].to_numpy(float), _rested_s(rests))
    timed = ~np.isnan(seconds)
    return seconds[timed], relieved[timed]


def _rested_s(rests: pd.DataFrame) -> Values:
    """How long each rest was; where it did not relieve, a time of relief can only mean that."""
    rest_s, relief_s = rests["rest_s"].to_numpy(float), rests["relief_s"].to_numpy(float)
    return np.where(np.isnan(rest_s) & ~_relieved(rests), relief_s, rest_s)


def _within_limit(rests: pd.DataFrame) -> Values:
    """1 where relief came within ten minutes, 0 where not, NaN where it cannot be judged.

    A rest known to be shorter without relief does not tell, nor does a relief without any time.
    """
    relieved = _relieved(rests)
    relief_s, rest_s = rests["relief_s"].to_numpy(float), _rested_s(rests)
    soon = np.where(rest_s <= RELIEF_LIMIT_S, 1.0, np.nan)  # it came before the rest was over
    timed = np.where(np.isnan(relief_s), soon, (relief_s <= RELIEF_LIMIT_S).astype(float))
    return np.where(relieved, timed, np.where(rest_s < RELIEF_LIMIT_S, np.nan, 0.0))
