"""Which distance or time does the first pain of each walk keep to, and how does it change?

Arrays are diaries by walks: a cohort is fitted as one batch, and one diary is a batch of one. The
model, its worked example and its limits are in docs/methods.md.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields, replace

import numpy as np
from numpy.typing import NDArray
from scipy.special import stdtrit

from diary.analytics.censored import (
    ROWS_AT_A_TIME,
    Fits,
    Prior,
    Rows,
    Truths,
    Values,
    lognormal_fits,
)
from diary.analytics.driver import driver
from diary.analytics.onset_walks import START_S, Bounds, Walks, bounded
from diary.analytics.rivals import (
    KEEPS,
    USUAL_SIGMA,
    VARIATION_PRECISION,
    Words,
    leads,
    odd_walks,
    status_words,
)
from diary.evidence.thresholds import LEAST_ONSETS

# A pain-free walk says no more than one of this many times the longest onset (judgement).
FREE = 2.0
# Drift of the log in TREND_DAYS: untreated 0.08 down (552 to 334 m in six months), with supervised
# exercise 0.15 up (135 to 847 m in twelve): clinical evidence base 4.7. Their middle (judgement).
TREND_DAYS, USUAL_DRIFT = 30, 0.10
# What is expected of each column of the design, as mean and standard deviation of the log. Uphill:
# 0.85 of the level at +2 % slope, and about half at 12 % (Gardner 1993, Cachovan 1997). The others
# are judgement: faster comes sooner, a trolley may change anything, typed distances are off by a
# factor of their own, a treatment changes little or much.
EXPECTED = {
    "level": (0.0, np.inf),
    "month": (0.0, 1.0),
    "treated": (0.0, 0.50),
    "hilly": (float(np.log(0.85)), 0.25),
    "pace": (float(np.log(0.85)), 0.15),
    "leant": (0.0, 0.50),
    "typed": (0.0, 0.25),
}
LEVEL, MONTH, TREATED = range(3)  # the first columns of a design, where it has them
# Fewer onsets give no median, and no column of their own: one or two walks are only themselves
# (judgement).
LEAST_FOR_MEDIAN = 3
# A median this many times beyond the longest distance at which pain came was not reached: it would
# say more of the pain-free walks than of the pain (judgement).
REACH = 1.5
# A trend takes at least eight onsets over two weeks (judgement), and a change of about 30 % to be
# named: two medians of eight walks differ detectably from a quarter on.
LEAST_FOR_TREND, LEAST_SPAN_DAYS = 8, 14
CHANGE, ABOUT = 0.30, 0.27


@dataclass(frozen=True)
class Estimates:
    """What the onsets of each diary say, one entry a diary; NaN where they cannot.

    `recorded`: walks with a known onset. `median`, `low`, `high`: of the onset on level ground at
    the usual pace on the last walk's day. `variation`: the coefficient within the person. `ratio`,
    `ratio_low`, `ratio_high`: of the change in TREND_DAYS. `direction`, `status`: the assessment's
    words. `over_random`, `over_anywhere`: the log of how many times likelier the walks are if the
    pain keeps to its distance than if it came at any moment alike, or anywhere on a walk alike.
    """

    recorded: NDArray[np.int64]
    median: Values
    low: Values
    high: Values
    variation: Values
    ratio: Values
    ratio_low: Values
    ratio_high: Values
    direction: Words
    status: Words
    over_random: Values
    over_anywhere: Values


def onsets(walks: Walks) -> tuple[Estimates, Words, Words]:
    """The estimates of the distance, what drives the pain, and whether it keeps to either.

    Time is asked where it drives the pain, and where the distance does not keep.
    """
    metres, drives = in_metres(walks), driver(walks)
    status = metres.status.copy()
    asked = (drives == "time") | ~np.isin(status, KEEPS)
    if asked.any():
        by_time = in_seconds(walks[asked]).status
        takes = (drives[asked] == "time") | np.isin(by_time, KEEPS)
        status[asked] = np.where(takes, by_time, status[asked])
    drives = np.where((status == "inconsistent") & (drives == "unknown"), "neither", drives)
    return metres, np.where(status == "insufficient_data", "unknown", drives), status


def in_metres(walks: Walks) -> Estimates:
    """The estimates of the onset distance."""
    return _in_turn(walks, _metres)


def in_seconds(walks: Walks) -> Estimates:
    """The estimates of the onset time."""
    return _in_turn(walks, _seconds)


def _in_turn(walks: Walks, model: Callable[[Walks], Estimates]) -> Estimates:
    """The estimates of as many diaries at a time as stay in the processor's cache."""
    diaries, most = walks.day.shape
    step = max(ROWS_AT_A_TIME // max(most, 1), 1)
    parts = [model(walks[at : at + step]) for at in range(0, diaries, step)]
    if len(parts) == 1:
        return parts[0]
    return Estimates(
        *(np.concatenate([getattr(p, f.name) for p in parts]) for f in fields(Estimates))
    )


def _metres(walks: Walks) -> Estimates:
    bounds = bounded(
        walks, walks.onset_m, walks.before_m, walks.walked_m, walks.error, walks.start_m
    )
    return _estimates(walks, bounds, walks.shared)


def _seconds(walks: Walks) -> Estimates:
    none = np.zeros_like(walks.onset_s)
    bounds = bounded(
        walks, walks.onset_s, walks.walked_s, walks.walked_s, walks.error_s, none + START_S
    )
    return _estimates(walks, bounds, none)


def _estimates(walks: Walks, bounds: Bounds, shared: Values) -> Estimates:
    count = bounds.recorded.sum(axis=1)
    found = _nothing(count)
    at_start = bounds.at_start
    found.median[at_start & (count >= LEAST_FOR_MEDIAN)] = 0.0
    found.status[at_start & (count >= LEAST_ONSETS)] = "inconsistent"
    enough = ~at_start & (bounds.exact.sum(axis=1) >= LEAST_FOR_MEDIAN)
    if enough.any():
        some = slice(None) if enough.all() else enough
        modelled = _modelled(walks[some], bounds[some], shared[some])
        for field in fields(Estimates):
            getattr(found, field.name)[some] = getattr(modelled, field.name)
    return found


def _nothing(count: NDArray[np.int64]) -> Estimates:
    """No estimate for any diary."""
    n = len(count)
    median, low, high, variation, ratio, ratio_low, ratio_high, over_random, over_anywhere = (
        np.full((9, n), np.nan)
    )
    direction = np.full(n, "unknown", "U17")
    status = np.full(n, "insufficient_data", "U17")
    trend = (ratio, ratio_low, ratio_high, direction)
    return Estimates(
        count, median, low, high, variation, *trend, status, over_random, over_anywhere
    )


def _modelled(walks: Walks, bounds: Bounds, shared: Values) -> Estimates:
    """The estimates of diaries that have enough onsets for a model."""
    exact = bounds.exact
    longest = np.where(exact, bounds.low, 0.0).max(axis=1)
    months = _months(walks, bounds)
    span = _span(months, exact)
    trended = (exact.sum(axis=1) >= LEAST_FOR_TREND) & (span * TREND_DAYS >= LEAST_SPAN_DAYS)
    columns = _columns(walks, exact, months * trended[:, None])
    odd, weight = odd_walks(bounds)
    design = np.stack([np.nan_to_num(column) for column in columns.values()], axis=2)
    rows = Rows(bounds.low, bounds.high, design, bounds.error, weight, 1.0 + trended)
    fits = lognormal_fits(_capped(rows, FREE * longest), _prior(tuple(columns)))
    freedom = (exact * weight).sum(axis=1) - 1 - trended + VARIATION_PRECISION / 2
    freedom = np.maximum(freedom, 1.0)
    level = _level(fits, trended, freedom, _in_common(shared, exact))
    reached = level[0] <= np.log(REACH * longest)
    treated = np.asarray(columns["treated"].any(axis=1)) if "treated" in columns else None
    median, low, high = (
        np.where(reached, np.exp(np.where(reached, each, 0.0)), np.nan) for each in level
    )
    count, variation = bounds.recorded.sum(axis=1), np.sqrt(np.expm1(fits.sigma**2))
    trend = _trend(fits, trended, treated, span, freedom)
    ahead = leads(bounds, rows, fits, odd)
    status = status_words(count, variation, *ahead)
    return Estimates(count, median, low, high, variation, *trend, status, *ahead)


def _span(months: Values, exact: Truths) -> Values:
    """Over how many months the known onsets of each diary lie."""
    latest = np.where(exact, months, -np.inf).max(axis=1)
    return np.asarray(latest - np.where(exact, months, np.inf).min(axis=1))


def _capped(rows: Rows, longest: Values) -> Rows:
    """The rows with pain-free walks no longer than this: beyond it they say no more."""
    low = np.where(rows.longer, np.fmin(rows.low, longest[:, None]), rows.low)
    return replace(rows, low=low)


def _months(walks: Walks, bounds: Bounds) -> Values:
    """When each walk was, in TREND_DAYS up to the last walk that tells: 0 or less."""
    day = np.where(np.isnan(bounds.low), -np.inf, walks.day)
    months: Values = (walks.day - day.max(axis=1, keepdims=True)) / TREND_DAYS
    return months


def _columns(walks: Walks, exact: Truths, months: Values) -> dict[str, Values]:
    """The columns of the design that any walk of these diaries needs, in the order of EXPECTED.

    Pace and support are counted from what is usual for the person, slope from the level, typed
    distances from measured ones; a diary without three onsets of each kind has no such column.
    """
    both = (_count(exact & (walks.typed == 1)) >= LEAST_FOR_MEDIAN) & (
        _count(exact & (walks.typed == 0)) >= LEAST_FOR_MEDIAN
    )
    paces = [_count(exact & (walks.pace == pace)) for pace in (0, -1, 1)]
    usual = np.array([0.0, -1.0, 1.0])[np.argmax(paces, axis=0)]
    leans = 2 * _count(exact & (walks.leant == 1)) > exact.sum(axis=1)
    treated = {"treated": walks.treated} if walks.treated.any() else {}
    columns = {
        "hilly": walks.hilly,
        "pace": walks.pace - usual[:, None],
        "leant": walks.leant - leans[:, None],
        "typed": walks.typed * both[:, None],
    }
    used = {name: column for name, column in columns.items() if column.any()}
    return {"level": np.ones_like(months), "month": months} | treated | used


def _count(chosen: Truths) -> NDArray[np.int64]:
    count: NDArray[np.int64] = chosen.sum(axis=1)
    return count


def _prior(columns: tuple[str, ...]) -> Prior:
    """What is known of these columns and of the variation."""
    mean, spread = np.array([EXPECTED[name] for name in columns]).T
    return Prior(mean, spread**-2.0, float(np.log(USUAL_SIGMA)), VARIATION_PRECISION)


def _in_common(shared: Values, exact: Truths) -> Values:
    """The variance of the level from errors that all onsets of a diary have in common."""
    mean = np.where(exact, shared, 0.0).sum(axis=1) / exact.sum(axis=1)
    return np.asarray(mean * mean, float)


def _level(
    fits: Fits, trended: Truths, freedom: Values, in_common: Values
) -> tuple[Values, Values, Values]:
    """The log of the median on the last walk's day, and its 95 % interval.

    The course is told from the walks alone; the level also knows how much people usually drift: a
    change too small to be shown would else leave it behind, or a chance slope carry it off.
    """
    cov, slope = fits.covariance, fits.coefficients[:, MONTH]
    drift2 = np.maximum(USUAL_DRIFT**2, slope**2 - cov[:, MONTH, MONTH])
    gain = cov[:, LEVEL, MONTH] / (cov[:, MONTH, MONTH] + np.where(trended, drift2, np.inf))
    level = fits.coefficients[:, LEVEL] - gain * slope
    variance = cov[:, LEVEL, LEVEL] - gain * cov[:, LEVEL, MONTH] + in_common
    half = stdtrit(freedom, 0.975) * np.sqrt(variance)
    return level, level - half, level + half


def _trend(
    fits: Fits, trended: Truths, treated: Truths | None, span: Values, freedom: Values
) -> tuple[Values, Values, Values, Words]:
    """The ratio in TREND_DAYS with its interval, and the word for the change over the span.

    A step at a treatment is part of the change over the recorded span.
    """
    span = np.where(trended, span, 1.0)
    change = fits.coefficients[:, MONTH] * span
    variance = fits.covariance[:, MONTH, MONTH] * span * span
    if treated is not None:
        both = 2 * span * fits.covariance[:, MONTH, TREATED]
        change = change + treated * fits.coefficients[:, TREATED]
        variance = variance + treated * (fits.covariance[:, TREATED, TREATED] + both)
    half = stdtrit(freedom, 0.975) * np.sqrt(variance)
    low, high = change - half, change + half
    ratio, ratio_low, ratio_high = (
        np.where(trended, np.exp(each / span), np.nan) for each in (change, low, high)
    )
    direction = np.where(trended, _direction(change, low, high), "unknown")
    return ratio, ratio_low, ratio_high, direction


def _direction(change: Values, low: Values, high: Values) -> Words:
    """The word for a change of the log over the recorded span, and its interval."""
    words: Words = np.select(
        [
            (low > np.log1p(-CHANGE)) & (high < np.log1p(CHANGE)),
            (high < 0) & (change <= np.log1p(-ABOUT)),
            (low > 0) & (change >= np.log1p(ABOUT)),
        ],
        ["steady", "shortening", "lengthening"],
        "unknown",
    )
    return words
