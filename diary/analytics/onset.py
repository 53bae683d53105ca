"""After what distance does the pain come, how surely, and does it keep to that distance?

The model, its worked example and its limits are in docs/methods.md.
"""

from __future__ import annotations

from dataclasses import astuple, dataclass
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.special import stdtrit

from diary.analytics.censored import (
    Fit,
    Prior,
    Rows,
    Values,
    exponential_fit,
    lognormal_fit,
)
from diary.analytics.columns import DiaryFrames
from diary.analytics.entries import hard_walks

ON_FOOT = ("walk", "hike")
# A pain that came with the first steps came somewhere before this (judgement).
START_M, START_S = 10.0, 10.0
# Onset uphill against on the level, at +2 % slope (Gardner 1993: 0.85 of the time).
HARDER = 0.85
# Within-person variation in daily life: 27 to 32 % in corridor walks (da Cunha-Filho 2007). It
# counts as two residuals do: a variance of 1/4 of log sigma (judgement).
USUAL_VARIATION, VARIATION_PRECISION = 0.30, 4.0
# Fewer onsets give no median: one or two walks are only themselves (judgement).
LEAST_FOR_MEDIAN = 3
# A walk so many standard deviations from all others is taken for a slip or a bad day (judgement).
ODD = 4.0
# A median this many times beyond the longest distance at which pain came was not reached: it would
# say more of the pain-free walks than of the pain (judgement).
REACH = 1.5
# A trend takes at least eight onsets over two weeks (judgement), and a change of about 30 % to be
# named: two medians of eight walks differ detectably from a quarter on.
LEAST_FOR_TREND, LEAST_SPAN_DAYS, TREND_DAYS = 8, 14, 30
CHANGE = 0.30
# Drift of the log in TREND_DAYS: untreated 0.08 down (552 to 334 m in six months), with supervised
# exercise 0.15 up (135 to 847 m in twelve): clinical evidence base 4.7. Their middle (judgement).
USUAL_DRIFT = 0.10
# No word on consistency below five onsets, 'consistent' from eight on, at a variation of 0.35
# (simulated: fewer would let one in seven random patterns pass).
LEAST_ONSETS, LEAST_CONSISTENT = 5, 8
CONSISTENT, LOOSELY_CONSISTENT = 0.35, 0.50
# By how much the lognormal model's log-likelihood beats pain at random, each parameter paid for
# by 1: about e^2, seven times as likely (judgement).
LEAD = 2.0
# Judgement, informed by: claimed against measured distances scatter by 55 %, 42 % between devices
# and ground (Fokkenrood); what remains within one person and one device is less.
SOURCE_ERROR = {
    "gps": 0.05, "treadmill": 0.03, "known_route": 0.05, "pedometer": 0.12, "estimated": 0.25,
}  # fmt: skip
# A distance reckoned from the time takes the walk's mean pace for its first (judgement).
PACE_ERROR = 0.10
# How these errors are distributed is a guess, so that at most half of what is seen is taken for
# them (judgement): nobody's pain comes at one distance exactly.
MOST_ERROR = 0.5
# Distance and time can only be told apart where the pace varies (judgement).
LEAST_PAIRS, LEAST_PACE_SD, PAIR_LEVEL = 5, 0.10, 0.95

_USUAL_LOG_SIGMA = float(np.log(np.sqrt(np.log1p(USUAL_VARIATION**2))))
NO_TREND = {"direction": "unknown", "ratio_per_30_days": None, "low": None, "high": None}


def first_onsets(frames: DiaryFrames) -> pd.DataFrame:
    """One row a walk on foot whose pain was recorded: after how far, or no pain for how long.

    Columns: `walk` (row number), `walk_id`, `day`; `onset_m` and `onset_s` of the first pain, NaN
    where not recorded; `before_m`, for a pain without `onset_m`: it came by then; `walked_m`,
    `duration_s`, NaN where not recorded; `moving_s`, the duration without the recorded rests;
    `censored`: a pain-free walk of known distance; `painful`; `hard`; `source`. An empty diary
    gives no rows.
    """
    walks = frames.walks.assign(hard=hard_walks(frames.walks))
    on_foot = walks["activity"].isna() | walks["activity"].isin(ON_FOOT)
    used = walks[on_foot.to_numpy(bool) & walks["pain_recorded"].to_numpy(bool)]
    first = _first_episodes(frames.episodes).reindex(used.index)
    rested_s = frames.episodes.groupby("walk")["rest_s"].sum().reindex(used.index).fillna(0.0)
    painful = used["episodes"] > 0
    return pd.DataFrame(
        {
            "walk": used.index,
            "walk_id": used["id"],
            "day": used["day"],
            "onset_m": first["onset_distance_m"],
            "onset_s": first["onset_s"],
            "before_m": np.fmin(first["before_m"], used["distance_m"]).where(painful),
            "walked_m": used["distance_m"],
            "duration_s": used["duration_s"],
            "moving_s": (used["duration_s"] - rested_s).where(lambda left: left > 0),
            "censored": ~painful & (used["distance_m"] > 0),
            "painful": painful,
            "hard": used["hard"],
            "source": used["distance_source"],
        }
    ).reset_index(drop=True)


def _first_episodes(episodes: pd.DataFrame) -> pd.DataFrame:
    """The first pain of each walk, by walk: the earliest by distance, else the one put down first.

    Where the one put down first has no distance, a later one's only says 'before that'.
    """
    earliest = episodes.groupby("walk")["onset_distance_m"].min()
    put_down = episodes[(episodes["position"] == 0).to_numpy(bool)].set_index("walk")
    measured = put_down["onset_distance_m"].notna()
    return pd.DataFrame(
        {
            "onset_distance_m": earliest.reindex(put_down.index).where(measured),
            "onset_s": put_down["onset_s"],
            "before_m": earliest.reindex(put_down.index),
        }
    )


@dataclass(frozen=True)
class _Onsets:
    """First onsets in one unit: their bounds, and how and when each was measured."""

    low: Values
    high: Values
    recorded: NDArray[np.bool_]  # the onset itself, and not only a bound of it
    error: Values
    months: Values  # of TREND_DAYS, up to the last walk: 0 or less

    @property
    def exact(self) -> NDArray[np.bool_]:
        return self.low == self.high

    @property
    def at_start(self) -> bool:
        """Whether half or more of the pains came with the first steps: a spread means nothing."""
        return 2 * int((self.recorded & ~self.exact).sum()) >= max(int(self.recorded.sum()), 1)

    @property
    def fits(self) -> bool:
        return int(self.exact.sum()) >= LEAST_FOR_MEDIAN and not self.at_start

    def away(self, fit: Fit) -> Values:
        """How far each row is from the model's level, in logs; a bound that holds is not away."""
        known = np.log(np.where(self.exact | np.isinf(self.high), self.low, self.high))
        beyond = known - float(fit.coefficients[0])
        return np.where(self.exact, np.abs(beyond), np.where(np.isinf(self.high), beyond, -beyond))

    def oddest(self, fit: Fit) -> int:
        """The row furthest from the model's level."""
        return int(self.away(fit).argmax())

    def without(self, row: int) -> _Onsets:
        """The onsets but for one row."""
        return _Onsets(*(np.delete(each, row) for each in astuple(self)))

    def fit(self, drift: float | None = None) -> Fit:
        """The model of the level on the last walk's day; with `drift` it changes by the month.

        `drift` is how much it usually does, as a standard deviation of the log in TREND_DAYS; inf
        leaves it to the walks alone.
        """
        ones = np.ones(len(self.low))
        design = ones[:, None] if drift is None else np.column_stack([ones, self.months])
        precision = np.array([0.0] if drift is None else [0.0, drift**-2])
        prior = Prior(
            np.zeros(len(precision)), precision, _USUAL_LOG_SIGMA, VARIATION_PRECISION, True
        )
        return lognormal_fit(Rows(self.low, self.high, design), prior)


def onset(frames: DiaryFrames, as_of: date) -> dict[str, Any]:
    """The assessment's `onset`; an empty diary gives zeros, nulls and 'insufficient_data'.

    Beyond the schema: `estimate` is 'reached' where there is a median, 'not_reached' where no walk
    hurt or none was nearly long enough for a median, else 'none'.
    """
    found = first_onsets(frames.until(as_of))
    metres, seconds = _in_metres(found), _in_seconds(found)
    fit, trend = _fitted(metres)
    driver = _driver(found)
    by_time = driver == "time" or metres.recorded.sum() < LEAST_ONSETS
    status = _status(seconds, _fitted(seconds)[0]) if by_time else _status(metres, fit)
    if status == "inconsistent" and driver == "unknown":
        driver = "neither"
    return {
        "onsets": int((found["onset_m"].notna() | found["onset_s"].notna()).sum()),
        "censored": int(found["censored"].sum()),
        "status": status,
        "driver": "unknown" if status == "insufficient_data" else driver,
        **_median(metres, fit, found),
        "variation": None if fit is None else round(_variation(fit, metres), 4),
        "trend": trend,
    }


def _in_metres(found: pd.DataFrame) -> _Onsets:
    """Onset distances; one known by its time alone is reckoned from the walk's mean pace."""
    pace = found["walked_m"] / found["moving_s"]
    reckoned = (found["onset_s"] * pace).clip(upper=found["before_m"])
    by_time = (found["onset_m"].isna() & reckoned.notna()).to_numpy(bool)
    onset_m = found["onset_m"].where(~by_time, reckoned)
    source = found["source"].fillna("estimated").map(SOURCE_ERROR).to_numpy(float)
    error = np.where(by_time, np.hypot(source, PACE_ERROR), source)
    hard = found["hard"].to_numpy(bool)
    # Where every walk is hard, hard is usual.
    level = np.where(hard, HARDER, 1.0) if not hard.all() else np.ones(len(found))
    return _bounded(found, onset_m / level, found["before_m"] / level, "walked_m", level, error)


def _in_seconds(found: pd.DataFrame) -> _Onsets:
    """Onset times. A clock is read with no error worth taking out."""
    one = np.ones(len(found))
    return _bounded(
        found, found["onset_s"], found["duration_s"], "duration_s", one, np.zeros(len(found))
    )


def _bounded(
    found: pd.DataFrame,
    first: pd.Series,
    before: pd.Series,
    length: str,
    level: Values,
    error: Values,
) -> _Onsets:
    """What each walk says of its first onset, without the walks that say nothing."""
    start = START_M if length == "walked_m" else START_S
    value, bound = first.to_numpy(float), before.to_numpy(float)
    end = found[length].to_numpy(float) / level
    painful = found["painful"].to_numpy(bool)
    recorded = painful & ~np.isnan(value)
    late = value > start
    low = np.where(painful, np.where(late, value, 0.0), end)
    high = np.where(painful, np.where(recorded, np.where(late, value, start), bound), np.inf)
    tells = np.where(painful, high > 0, end > 0)
    days = pd.to_datetime(found["day"]).to_numpy("datetime64[D]").astype(float)
    months = (days - days[tells].max(initial=-np.inf)) / TREND_DAYS
    return _Onsets(low[tells], high[tells], recorded[tells], error[tells], months[tells])


def _fitted(onsets: _Onsets) -> tuple[Fit | None, dict[str, Any]]:
    """The model of the onsets and what it says of their course; no model for too few of them.

    The course is told from the walks alone. The level of the last day also knows how much people
    usually drift: a change too small to be shown would else leave it behind, and too sure.
    """
    if not onsets.fits:
        return None, NO_TREND
    when = onsets.months[onsets.exact]
    span = float(np.ptp(when))
    if len(when) < LEAST_FOR_TREND or span * TREND_DAYS < LEAST_SPAN_DAYS:
        return onsets.fit(), NO_TREND
    moving = onsets.fit(np.inf)
    low, high = moving.interval(1)
    ratio, low_ratio, high_ratio = (float(np.exp(x)) for x in (moving.coefficients[1], low, high))
    trend = {
        "direction": _direction(float(moving.coefficients[1]) * span, low * span, high * span),
        "ratio_per_30_days": round(ratio, 4),
        "low": round(low_ratio, 4),
        "high": round(high_ratio, 4),
    }
    return onsets.fit(USUAL_DRIFT), trend


def _direction(change: float, low: float, high: float) -> str:
    """The word for a change of the log over the recorded span, and its interval."""
    shorter, longer = float(np.log1p(-CHANGE)), float(-np.log1p(-CHANGE))
    if shorter < low and high < longer:
        return "steady"
    if high < 0 and change <= shorter:
        return "shortening"
    if low > 0 and change >= longer:
        return "lengthening"
    return "unknown"


def _median(onsets: _Onsets, fit: Fit | None, found: pd.DataFrame) -> dict[str, Any]:
    """The median as of the last walk with its interval, and whether it was reached."""
    nothing = {"median_m": None, "low_m": None, "high_m": None}
    if fit is None:
        if onsets.recorded.sum() >= LEAST_FOR_MEDIAN and onsets.at_start:
            return {**nothing, "median_m": 0.0, "estimate": "reached"}
        free = bool(len(onsets.low)) and not found["painful"].any()
        return {**nothing, "estimate": "not_reached" if free else "none"}
    middle = float(fit.coefficients[0])
    seen = onsets.low[onsets.exact]
    if middle > np.log(REACH * (seen if len(seen) else onsets.low).max()):
        return {**nothing, "estimate": "not_reached"}
    median, low, high = (round(float(np.exp(x)), 1) for x in (middle, *fit.interval(0)))
    return {"median_m": median, "low_m": low, "high_m": high, "estimate": "reached"}


def _variation(fit: Fit, onsets: _Onsets) -> float:
    """The coefficient of variation left when the error of the measuring is taken out."""
    seen, error = fit.sigma**2, float((onsets.error[onsets.exact] ** 2).mean())
    return _coefficient(seen - min(error, MOST_ERROR * seen))


def _coefficient(variance: float) -> float:
    """The coefficient of variation of a lognormal value with this variance of its log."""
    return float(np.sqrt(np.expm1(variance)))


def _status(onsets: _Onsets, fit: Fit | None) -> str:
    """Whether the pain keeps to its distance or time rather than coming at random.

    One odd walk of many (a slip of the hand, a bad day) does not undo what the others show: where
    the pain keeps to its distance but for the oddest walk, that is suggestive.
    """
    status = _keeps(onsets, fit)
    if status != "inconsistent" or fit is None or onsets.recorded.sum() < LEAST_CONSISTENT:
        return status
    odd = onsets.oddest(fit)
    rest = onsets.without(odd)
    model = _fitted(rest)[0]
    if model is None or onsets.away(model)[odd] < ODD * model.sigma:
        return status
    steady = _keeps(rest, model) != "inconsistent" and _variation(model, rest) <= CONSISTENT
    return "suggestive" if steady else status


def _keeps(onsets: _Onsets, fit: Fit | None) -> str:
    """The same of these walks as they stand."""
    count = int(onsets.recorded.sum())
    if count < LEAST_ONSETS:
        return "insufficient_data"
    if fit is None:
        return "inconsistent" if onsets.at_start else "insufficient_data"
    rows = Rows(onsets.low, onsets.high, np.ones((len(onsets.low), 1)))
    at_random = exponential_fit(rows)[1] - 1
    keeps = fit.log_likelihood - len(fit.coefficients) - 1
    variation = _variation(fit, onsets)
    if keeps - at_random < LEAD or variation > LOOSELY_CONSISTENT:
        return "inconsistent"
    enough = count >= LEAST_CONSISTENT and variation <= CONSISTENT
    return "consistent" if enough else "suggestive"


def _driver(found: pd.DataFrame) -> str:
    """Whether distance or time varies less, by Pitman's test of two paired spreads."""
    both = found[(found["onset_m"] > START_M) & (found["onset_s"] > START_S)]
    metres, seconds = (np.log(both[name].to_numpy(float)) for name in ("onset_m", "onset_s"))
    if len(both) < LEAST_PAIRS or (metres - seconds).std(ddof=1) < LEAST_PACE_SD:
        return "unknown"
    total, apart = metres + seconds, metres - seconds
    if total.std() == 0:
        return "unknown"
    r = float(np.clip(np.corrcoef(total, apart)[0, 1], -0.999999, 0.999999))
    freedom = len(both) - 2
    t = r * np.sqrt(freedom / (1 - r * r))
    if abs(t) < stdtrit(freedom, 0.5 + PAIR_LEVEL / 2):
        return "unknown"
    kept, name = (metres, "distance") if t < 0 else (seconds, "time")
    return name if _coefficient(float(kept.var(ddof=1))) <= LOOSELY_CONSISTENT else "unknown"
