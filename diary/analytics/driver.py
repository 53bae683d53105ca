"""Is it the distance or the time that the pain keeps to?"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.special import stdtrit

from diary.analytics.censored import Truths, Values
from diary.analytics.onset_walks import START_M, START_S, Walks
from diary.analytics.rivals import LOOSELY_CONSISTENT

# Distance and time can only be told apart where the pace varies, and by lengths that are known much
# better than they vary: whole minutes of a pain after one minute do not vary at all (judgement).
LEAST_PAIRS, LEAST_PACE_SD, MOST_ERROR, PAIR_LEVEL = 5, 0.10, 0.12, 0.95


def driver(walks: Walks) -> NDArray[np.str_]:
    """Whether distance or time varies less, by Pitman's test of two paired spreads; else 'unknown'.

    The product of the sum and the difference of the two logs is on average the difference of their
    variances; what measuring adds to each is taken off. Of the two, one that varies by more than
    LOOSELY_CONSISTENT drives nothing.
    """
    both = walks.painful & (walks.onset_m > START_M) & (walks.onset_s > START_S)
    both &= (walks.error <= MOST_ERROR) & (walks.error_s <= MOST_ERROR)
    count = np.maximum(both.sum(axis=1), 2.0)
    metres, seconds = (_centred(each, both, count) for each in (walks.onset_m, walks.onset_s))
    apart = metres - seconds
    of_metres, of_seconds = (
        np.where(both, each, 0.0) ** 2 for each in (walks.error, walks.error_s)
    )
    ahead = np.where(both, (metres + seconds) * apart - of_metres + of_seconds, 0.0)
    mean = ahead.sum(axis=1) / count
    spread = np.sqrt(np.where(both, (ahead - mean[:, None]) ** 2, 0.0).sum(axis=1) / (count - 1))
    t = mean * np.sqrt(count) / np.maximum(spread, 1e-12)
    pace_sd = np.sqrt((apart * apart).sum(axis=1) / (count - 1))
    kept = np.where((t < 0)[:, None], metres, seconds)
    variance = (kept * kept).sum(axis=1) / (count - 1)
    tells = (both.sum(axis=1) >= LEAST_PAIRS) & (pace_sd >= LEAST_PACE_SD)
    tells &= np.abs(t) >= stdtrit(count - 1, 0.5 + PAIR_LEVEL / 2)
    tells &= np.expm1(variance) <= LOOSELY_CONSISTENT**2
    words: NDArray[np.str_] = np.where(tells, np.where(t < 0, "distance", "time"), "unknown")
    return words


def _centred(lengths: Values, chosen: Truths, count: Values) -> Values:
    """The logs of the chosen lengths about their mean, 0 elsewhere."""
    logs = np.log(np.where(chosen, lengths, 1.0))
    mean = logs.sum(axis=1) / count
    return np.where(chosen, logs - mean[:, None], 0.0)
