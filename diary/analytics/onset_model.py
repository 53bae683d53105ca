"""Which distance or time does the first pain of each walk keep to, and how does it change?

Arrays are diaries by walks: a cohort is fitted as one batch, and one diary is a batch of one. The
model, its worked example and its limits are in docs/methods.md.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields, replace

import numpy as np
from numpy.typing import NDArray
from scipy.special import betaln, expit, log_ndtr, logit, stdtrit

from diary.analytics.censored import (
    LOG_SQRT_2PI,
    ROWS_AT_A_TIME,
    Fits,
    Prior,
    Rows,
    Truths,
    Values,
    exponential_fits,
    lognormal_fits,
    row_likelihoods,
)
from diary.evidence.thresholds import LEAST_CONSISTENT, LEAST_ONSETS

Words = NDArray[np.str_]

# A pain that came with the first steps came somewhere before this (judgement), or before half of
# the step in which distances are written down.
START_M, START_S = 10.0, 10.0
# Within-person variation in daily life: 27 to 32 % in corridor walks (da Cunha-Filho 2007). It
# counts as two residuals do: a variance of 1/4 of log sigma (judgement).
USUAL_VARIATION, VARIATION_PRECISION = 0.30, 4.0
USUAL_SIGMA = float(np.sqrt(np.log1p(USUAL_VARIATION**2)))
# One walk in twenty-five is a slip of the hand or a bad day, off by a factor of four either way
# (judgement): it neither makes nor undoes a pattern. Two in five of those are put down as pain from
# the first step, and a pain that nobody wrote down may be missing from a walk of any length.
ODD, ODD_SPREAD, ODD_AT_START, ODD_FREE = 0.04, 1.5, 0.4, 0.5
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
KEEPS = ("consistent", "suggestive")
CONSISTENT, LOOSELY_CONSISTENT = 0.40, 0.50
# How many times likelier the walks must be if the pain keeps to a distance than if it comes at
# random: positive and strong evidence in the words of Kass and Raftery (1995).
POSITIVE, STRONG = float(np.log(3)), float(np.log(20))
# Distance and time can only be told apart where the pace varies, and by lengths that are known much
# better than they vary: whole minutes of a pain after one minute do not vary at all (judgement).
LEAST_PAIRS, LEAST_PACE_SD, MOST_ERROR, PAIR_LEVEL = 5, 0.10, 0.12, 0.95


@dataclass(frozen=True)
class Walks:
    """The first onset of each walk, diaries by walks; NaN where not recorded.

    `onset_m`, `onset_s`: the first pain. `before_m`: a pain without its distance came by then.
    `walked_m`, `walked_s`: the whole walk. `day`: a count of days, NaN where a diary has no such
    walk. `painful`: whether it hurt. `error`, `error_s`: how surely its distances and times are
    known, as a standard deviation of their log; `shared`: an error that all walks of a diary so
    measured have in common. `start_m`: an onset up to this says only that it came by then.
    `hilly`, `leant`, `typed`: 1 for so, 0 for not so or not known; `pace`: -1 slow, 1 brisk;
    `treated`: -1 before the latest change that may have changed the pain, else 0.
    """

    onset_m: Values
    onset_s: Values
    before_m: Values
    walked_m: Values
    walked_s: Values
    day: Values
    painful: Truths
    error: Values
    error_s: Values
    shared: Values
    start_m: Values
    hilly: Values
    pace: Values
    leant: Values
    typed: Values
    treated: Values

    def __getitem__(self, which: Truths | slice) -> Walks:
        """Some of the diaries."""
        return Walks(*(getattr(self, field.name)[which] for field in fields(self)))


def stacked(diaries: Sequence[Walks]) -> Walks:
    """A cohort of diaries with as many walks each."""
    return Walks(
        *(
            np.concatenate([getattr(each, field.name) for each in diaries])
            for field in fields(Walks)
        )
    )


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


@dataclass(frozen=True)
class _Bounds:
    """First onsets in one unit: bounds of each, and the walk's whole length."""

    low: Values
    high: Values
    recorded: Truths  # the onset itself, and not only a bound of it
    length: Values
    error: Values

    @property
    def exact(self) -> Truths:
        return self.low == self.high

    @property
    def at_start(self) -> Truths:
        """Whether half or more of the pains came with the first steps: a spread means nothing."""
        early = (self.recorded & ~self.exact).sum(axis=1)
        half: Truths = 2 * early >= np.maximum(self.recorded.sum(axis=1), 1)
        return half

    def __getitem__(self, which: Truths | slice) -> _Bounds:
        return _Bounds(*(getattr(self, field.name)[which] for field in fields(self)))


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
    bounds = _bounded(
        walks, walks.onset_m, walks.before_m, walks.walked_m, walks.error, walks.start_m
    )
    return _estimates(walks, bounds, walks.shared)


def _seconds(walks: Walks) -> Estimates:
    none = np.zeros_like(walks.onset_s)
    bounds = _bounded(
        walks, walks.onset_s, walks.walked_s, walks.walked_s, walks.error_s, none + START_S
    )
    return _estimates(walks, bounds, none)


def _bounded(
    walks: Walks, onset: Values, before: Values, length: Values, error: Values, start: Values
) -> _Bounds:
    """What each walk says of its first onset; NaN for the walks that say nothing."""
    recorded = walks.painful & ~np.isnan(onset)
    late = recorded & (onset > start)
    low = np.where(walks.painful, np.where(late, onset, 0.0), length)
    high = np.where(walks.painful, np.where(recorded, np.fmax(onset, start), before), np.inf)
    tells = (high > 0) & (walks.painful | (low > 0)) & ~np.isnan(walks.day)
    low[~tells], high[~tells] = np.nan, np.nan
    return _Bounds(low, high, recorded & tells, length, error)


def _estimates(walks: Walks, bounds: _Bounds, shared: Values) -> Estimates:
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


def _modelled(walks: Walks, bounds: _Bounds, shared: Values) -> Estimates:
    """The estimates of diaries that have enough onsets for a model."""
    exact = bounds.exact
    longest = np.where(exact, bounds.low, 0.0).max(axis=1)
    months = _months(walks, bounds)
    span = _span(months, exact)
    trended = (exact.sum(axis=1) >= LEAST_FOR_TREND) & (span * TREND_DAYS >= LEAST_SPAN_DAYS)
    columns = _columns(walks, exact, months * trended[:, None])
    odd, weight = _odd(bounds)
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
    leads = _leads(bounds, rows, fits, odd)
    status = _status(count, variation, *leads)
    return Estimates(count, median, low, high, variation, *trend, status, *leads)


def _span(months: Values, exact: Truths) -> Values:
    """Over how many months the known onsets of each diary lie."""
    latest = np.where(exact, months, -np.inf).max(axis=1)
    return np.asarray(latest - np.where(exact, months, np.inf).min(axis=1))


def _capped(rows: Rows, longest: Values) -> Rows:
    """The rows with pain-free walks no longer than this: beyond it they say no more."""
    low = np.where(rows.longer, np.fmin(rows.low, longest[:, None]), rows.low)
    return replace(rows, low=low)


def _months(walks: Walks, bounds: _Bounds) -> Values:
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


def _odd(bounds: _Bounds) -> tuple[Values, Values]:
    """The log-likelihood of each walk as a slip or a bad day, and how far it counts as none.

    By the middle and the spread of the known onsets. Only painful walks are odd for the fit: how
    much they count hangs on one another, and not on the pain-free walks, so that a longer one never
    makes the median shorter.
    """
    exact, free = bounds.exact, np.isinf(bounds.high)
    known = np.log(np.where(free, bounds.low, bounds.high))
    apart = known - _middle(known, exact)
    spread = np.maximum(1.4826 * _middle(np.abs(apart), exact), USUAL_SIGMA)
    even, odd = (_density(apart, each, exact, free) for each in (spread, ODD_SPREAD))
    odd = np.where(bounds.recorded & ~exact, np.log(ODD_AT_START), odd + np.log1p(-ODD_AT_START))
    share = np.where(free | np.isnan(odd), 0.0, expit(odd - even + logit(ODD)))
    return np.where(free, np.log(ODD_FREE), odd - np.where(exact, known, 0.0)), 1 - share


def _density(apart: Values, spread: Values | float, exact: Truths, free: Truths) -> Values:
    """The log-likelihood of logs so far from their middle, normal with this spread."""
    z = apart / spread
    density: Values = -0.5 * z * z - (LOG_SQRT_2PI + np.log(spread))
    cut = ~exact
    density[cut] = log_ndtr(np.where(free[cut], -z[cut], z[cut]))
    return density


def _middle(values: Values, chosen: Truths) -> Values:
    """The median of the chosen values of each diary, as a column."""
    ordered = np.sort(np.where(chosen, values, np.inf), axis=1)
    count, diary = chosen.sum(axis=1), np.arange(len(chosen))
    return ((ordered[diary, (count - 1) // 2] + ordered[diary, count // 2]) / 2)[:, None]


def _leads(bounds: _Bounds, rows: Rows, fits: Fits, odd: Values) -> tuple[Values, Values]:
    """How far onsets that keep to a distance are ahead of pain at random, and of pain anywhere."""
    _, at_random, average = exponential_fits(rows)
    keeps = _keeps(rows, fits, odd)
    return keeps - at_random - average, keeps - _anywhere(bounds)


def _keeps(rows: Rows, fits: Fits, odd: Values) -> Values:
    """The evidence for onsets that keep to their level but for odd walks."""
    even = np.where(rows.there, row_likelihoods(rows, fits), 0.0) + np.log1p(-ODD)
    odds = np.where(rows.there, odd, 0.0) + np.log(ODD)
    either = np.where(rows.there, np.logaddexp(even, odds), 0.0)
    evidence: Values = either.sum(axis=1) + fits.average
    return evidence


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


def _anywhere(bounds: _Bounds) -> Values:
    """The evidence for pain anywhere on a walk alike, on a share of the walks that may be any.

    A walk of unknown length counts as twice as long as its onset (judgement): neither for nor
    against.
    """
    there, free = ~np.isnan(bounds.low), np.isinf(bounds.high)
    painful = there & ~free
    length = np.where(bounds.length >= bounds.high, bounds.length, 2 * bounds.high)
    width = np.where(bounds.exact, 1.0, np.where(painful, bounds.high, 1.0))
    parts = np.where(painful, np.log(width) - np.log(np.where(painful, length, 1.0)), 0.0)
    share = betaln(painful.sum(axis=1) + 1, (there & free).sum(axis=1) + 1)
    evidence: Values = parts.sum(axis=1) + share
    return evidence


def _status(
    count: NDArray[np.int64], variation: Values, over_random: Values, over_anywhere: Values
) -> Words:
    """Whether the pain keeps to its distance or time rather than coming at random.

    Where walks end soon after the pain, pain anywhere on them looks much the same: that is not
    enough to tell, and speaks against a distance only where it is strong.
    """
    words: Words = np.select(
        [
            count < LEAST_ONSETS,
            (over_random < 0) | (variation > LOOSELY_CONSISTENT) | (over_anywhere < -STRONG),
            (over_random < POSITIVE) | (over_anywhere < -POSITIVE),
            (count >= LEAST_CONSISTENT)
            & (variation <= CONSISTENT)
            & (over_random >= STRONG)
            & (over_anywhere >= POSITIVE),
        ],
        ["insufficient_data", "inconsistent", "insufficient_data", "consistent"],
        "suggestive",
    )
    return words


def driver(walks: Walks) -> Words:
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
    words: Words = np.where(tells, np.where(t < 0, "distance", "time"), "unknown")
    return words


def _centred(lengths: Values, chosen: Truths, count: Values) -> Values:
    """The logs of the chosen lengths about their mean, 0 elsewhere."""
    logs = np.log(np.where(chosen, lengths, 1.0))
    mean = logs.sum(axis=1) / count
    return np.where(chosen, logs - mean[:, None], 0.0)
