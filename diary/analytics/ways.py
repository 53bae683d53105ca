"""At which pace was a walk, and on which ground? By the word given, or else by the numbers."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from diary.analytics.censored import Values
from diary.analytics.entries import HARD_TERRAIN

PACES = ("slow", "ordinary", "brisk", "not_recorded")
GROUNDS = ("level", "uphill", "not_recorded")
# Above 2 % a way is no longer level (clinical evidence base 4.5).
LEVEL_SLOPE = 0.02
# Faster or slower than the person's own middle by this is another pace (clinical evidence base
# 4.5), where nobody gave it a word.
OTHER_PACE = 0.15


def known_paces(pace: Values) -> NDArray[np.bool_]:
    """Which paces, in metres a second, say anything."""
    known: NDArray[np.bool_] = np.isfinite(pace) & (pace > 0)
    return known


def paces(words: NDArray[Any], pace: Values) -> NDArray[Any]:
    """One of PACES for each walk; by the clock against the person's own middle."""
    known = known_paces(pace)
    usual = np.median(pace[known]) if known.any() else np.nan
    by_clock = np.where(pace > usual * (1 + OTHER_PACE), "brisk", "ordinary")
    by_clock = np.where(pace < usual * (1 - OTHER_PACE), "slow", by_clock)
    return np.where(pd.isna(words), np.where(known, by_clock, "not_recorded"), words)


def grounds(words: NDArray[Any], ascent_m: Values, walked_m: Values) -> NDArray[Any]:
    """One of GROUNDS for each walk; stairs count as uphill."""
    by_climb = np.where(ascent_m > LEVEL_SLOPE * walked_m, "uphill", "level")
    by_climb = np.where(np.isnan(ascent_m + walked_m), "not_recorded", by_climb)
    said = np.where(np.isin(words.astype(str), HARD_TERRAIN), "uphill", "level")
    return np.where(pd.isna(words), by_climb, said)
