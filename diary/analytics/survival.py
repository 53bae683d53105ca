"""What share is still left after a length, where some were only seen for a part of it?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from diary.analytics.censored import Values
from diary.analytics.columns import DiaryFrames
from diary.analytics.onset import first_onsets
from diary.analytics.recorded import is_measured
from diary.evidence.thresholds import LEAST_ONSETS

Z = 1.959963984540054  # 95 % of a normal distribution lie within this many standard deviations
# Distances from an instrument or a known way, and those reckoned by a person or by steps: they are
# never put into one line.
GROUPS = ("measured", "estimated")


@dataclass(frozen=True)
class Curve:
    """A Kaplan-Meier curve, one value for each length at which something ended.

    `at_risk` had not ended before that length, `ended` did at it, `left` is the share that had not
    ended after it, `low` and `high` its 95 % interval, NaN where nothing is left.
    """

    at: Values
    at_risk: NDArray[np.intp]
    ended: NDArray[np.intp]
    left: Values
    low: Values
    high: Values


def at_risk(lengths: Values, at: Values) -> NDArray[np.intp]:
    """How many of the lengths come up to each of these."""
    return len(lengths) - np.searchsorted(np.sort(lengths), at)


def curve(lengths: Values, ended: NDArray[np.bool_]) -> Curve:
    """The curve of these lengths; those that had not ended were longer than theirs.

    The interval is Greenwood's, on the log of minus the log, so that it stays between 0 and 1.
    """
    at, counts = np.unique(lengths[ended], return_counts=True)
    risk = at_risk(lengths, at)
    left = np.cumprod(1 - counts / risk)
    with np.errstate(divide="ignore", invalid="ignore"):
        spread = np.sqrt(np.cumsum(counts / (risk * (risk - counts)))) / -np.log(left)
        low, high = (left ** np.exp(sign * Z * spread) for sign in (1, -1))
    gone = left < 1e-12
    low[gone], high[gone] = np.nan, np.nan
    return Curve(at, risk, counts, np.where(gone, 0.0, left), low, high)


def median_survived(lengths: Values, ended: NDArray[np.bool_]) -> float | None:
    """The Kaplan-Meier median: the first length by which half have ended; None if never."""
    found = curve(lengths, ended)
    # Half of an even number comes out as 0.5 but for rounding.
    reached = np.flatnonzero(found.left <= 0.5 + 1e-9)
    return float(found.at[reached[0]]) if len(reached) else None


def free_of_pain(frames: DiaryFrames) -> dict[str, Any]:
    """How far walks went without pain, for each way of measuring by itself.

    Of each group: `pains` and `pain_free` walks, and the `steps` of its curve, from LEAST_ONSETS
    pains at a known distance on; a bound that there is none of is None. `left_out`: walks that tell
    of pain and not of how far.
    """
    found = first_onsets(frames)
    lengths = np.where(found["painful"], found["onset_m"], found["walked_m"])
    known = ~np.isnan(lengths) & (found["painful"] | (lengths > 0)).to_numpy(bool)
    measured = is_measured(found["source"])
    told: dict[str, Any] = {"left_out": int((~known).sum())}
    for group, chosen in zip(GROUPS, (measured, ~measured), strict=True):
        told[group] = _group(lengths[known & chosen], found["painful"][known & chosen])
    return told


def _group(lengths: Values, painful: pd.Series) -> dict[str, Any]:
    pains = painful.to_numpy(bool)
    enough = int(pains.sum()) >= LEAST_ONSETS
    found = curve(lengths, pains)
    names = ("distance_m", "at_risk", "came", "share", "low", "high")
    bounds = [
        [None if np.isnan(v) else v for v in each.tolist()] for each in (found.low, found.high)
    ]
    known = [each.tolist() for each in (found.at, found.at_risk, found.ended, found.left)]
    steps = zip(*known, *bounds, strict=True)
    return {
        "pains": int(pains.sum()),
        "pain_free": int((~pains).sum()),
        "steps": [dict(zip(names, step, strict=True)) for step in steps] if enough else [],
    }
