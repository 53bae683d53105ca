"""Does the pain keep to its distance, rather than coming at random or anywhere on a walk?

Some walks are odd: a slip of the hand, or a bad day. They count for none of the rivals.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.special import betaln, expit, log_ndtr, logit

from diary.analytics.censored import (
    LOG_SQRT_2PI,
    Fits,
    Rows,
    Truths,
    Values,
    exponential_fits,
    row_likelihoods,
)
from diary.analytics.onset_walks import Bounds
from diary.evidence.thresholds import LEAST_CONSISTENT, LEAST_ONSETS

Words = NDArray[np.str_]

# Within-person variation in daily life: 27 to 32 % in corridor walks (da Cunha-Filho 2007). It
# counts as two residuals do: a variance of 1/4 of log sigma (judgement).
USUAL_VARIATION, VARIATION_PRECISION = 0.30, 4.0
USUAL_SIGMA = float(np.sqrt(np.log1p(USUAL_VARIATION**2)))
# One walk in twenty-five is a slip of the hand or a bad day, off by a factor of four either way
# (judgement): it neither makes nor undoes a pattern. Two in five of those are put down as pain from
# the first step, and a pain that nobody wrote down may be missing from a walk of any length.
ODD, ODD_SPREAD, ODD_AT_START, ODD_FREE = 0.04, 1.5, 0.4, 0.5
KEEPS = ("consistent", "suggestive")
CONSISTENT, LOOSELY_CONSISTENT = 0.40, 0.50
# How many times likelier the walks must be if the pain keeps to a distance than if it comes at
# random: positive and strong evidence in the words of Kass and Raftery (1995).
POSITIVE, STRONG = float(np.log(3)), float(np.log(20))


def odd_walks(bounds: Bounds) -> tuple[Values, Values]:
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


def leads(bounds: Bounds, rows: Rows, fits: Fits, odd: Values) -> tuple[Values, Values]:
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


def _anywhere(bounds: Bounds) -> Values:
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


def status_words(
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
