"""How long do things last, when of some it is known only that they lasted longer, or less long?

Every row is a pair of bounds: equal where the length itself is known, (length, inf) where it was
cut off, (0, length) where it was over by then. Many samples are fitted at once; one sample is a
batch of one. The method is in docs/methods.md.
"""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray
from scipy.special import erfcx, log_ndtr, stdtrit

Values = NDArray[np.float64]
Truths = NDArray[np.bool_]

MOST_STEPS = 80
# A step that would gain less than this in log-likelihood is the last.
SMALL_GAIN = 1e-11
# Of the log of sigma in one step: further off, the curvature at its start says nothing.
LONGEST_STEP = 1.0
# Beyond so many standard deviations inside its bound a row says nothing, and erfcx overflows.
FAR = 35.0
SQRT_HALF, SQRT_2_BY_PI = 0.5**0.5, (2 / np.pi) ** 0.5
LOG_SQRT_2PI = 0.5 * float(np.log(2 * np.pi))
# As many rows at a time as stay in the processor's cache.
ROWS_AT_A_TIME = 2**15


@dataclass(frozen=True)
class Rows:
    """The bounds of samples of up to n rows each, and their design of p columns.

    `low`, `high`: samples by n, NaN where a sample has fewer rows. `design`: samples by n by p.
    `error`: samples by n, the standard deviation of the log that measuring each row adds to sigma;
    None where it adds nothing. `weight`: samples by n, how much each row counts; None: each whole.
    `free`: for how many coefficients sigma allows, as a divisor of n - free does; None is plain
    maximum likelihood.
    """

    low: Values
    high: Values
    design: Values
    error: Values | None = None
    weight: Values | None = None
    free: Values | None = None

    @property
    def there(self) -> Truths:
        return ~np.isnan(self.low)

    @property
    def exact(self) -> Truths:
        return self.low == self.high

    @property
    def longer(self) -> Truths:
        return np.isinf(self.high)

    @property
    def known(self) -> Values:
        """The one finite bound of each row; for a length that is known, that length."""
        return np.where(self.longer, self.low, self.high)

    def __getitem__(self, which: slice | Truths | NDArray[np.intp]) -> Rows:
        """Some of the samples."""
        error, weight, free = (
            None if each is None else each[which] for each in (self.error, self.weight, self.free)
        )
        return Rows(self.low[which], self.high[which], self.design[which], error, weight, free)


@dataclass(frozen=True)
class Prior:
    """What is known beforehand: normal on each coefficient and on the log of sigma.

    A precision of 0 says nothing of that coefficient.
    """

    mean: Values
    precision: Values
    log_sigma: float = 0.0
    log_sigma_precision: float = 0.0


@dataclass(frozen=True)
class Fits:
    """Lognormal regressions: log length = design @ coefficients + sigma * normal error.

    One entry a sample in each: `coefficients` samples by p; `covariance`, of the coefficients and
    log sigma, samples by p + 1 by p + 1; `log_likelihood` of the rows alone, as densities of the
    length itself; `average`, what to add to it for the logarithm of the likelihood averaged over
    what was known beforehand, by Laplace's method, what was not known having a standard deviation
    of 1.
    """

    coefficients: Values
    sigma: Values
    covariance: Values
    log_likelihood: Values
    average: Values

    def interval(self, which: int, freedom: Values, level: float = 0.95) -> tuple[Values, Values]:
        """Bounds of a coefficient, by Student's t."""
        error = np.sqrt(self.covariance[:, which, which])
        half = stdtrit(freedom, 0.5 + level / 2) * error
        return self.coefficients[:, which] - half, self.coefficients[:, which] + half


def no_prior(coefficients: int) -> Prior:
    """No knowledge beforehand: plain maximum likelihood."""
    return Prior(np.zeros(coefficients), np.zeros(coefficients))


def lognormal_fits(rows: Rows, prior: Prior) -> Fits:
    """The lognormal regressions that fit best, by Newton's method with analytic derivatives.

    Every sample needs at least one known length, and two different ones where sigma has no prior.
    """
    samples, most = rows.low.shape
    step = max(ROWS_AT_A_TIME // max(most, 1), 1)
    parts = [_fitted(rows[at : at + step], prior) for at in range(0, samples, step)]
    if len(parts) == 1:
        return parts[0]
    return Fits(*(np.concatenate([getattr(p, f.name) for p in parts]) for f in fields(Fits)))


@dataclass(frozen=True)
class _Work:
    """Samples made ready: what does not change from step to step."""

    log_known: Values
    design: Values
    across: Values  # the design, samples by p by n
    error2: Values | None
    exact: Truths
    cut: NDArray[np.intp]  # where, in the flattened rows, only a bound is known
    side: Values  # of those, -1 where it lasted longer and 1 where it was over by then
    weight: Values | None  # 0 where a sample has no such row
    free: Values | float


def _work(rows: Rows) -> _Work:
    there, exact = rows.there, rows.exact
    whole = bool(there.all())
    log_known = np.log(rows.known if whole else np.where(there, rows.known, 1.0))
    cut = np.flatnonzero(~exact if whole else there & ~exact)
    side = np.where(rows.longer.ravel()[cut], -1.0, 1.0)
    weight, error = rows.weight, rows.error
    if not whole:
        weight = there.astype(float) if weight is None else np.where(there, weight, 0.0)
        error = None if error is None else np.where(there, error, 0.0)
    return _Work(
        log_known,
        rows.design,
        np.ascontiguousarray(rows.design.swapaxes(1, 2)),
        None if error is None else error * error,
        exact,
        cut,
        side,
        weight,
        0.0 if rows.free is None else rows.free,
    )


@dataclass(frozen=True)
class _Climb:
    """Where each sample stands, one entry a sample: how high, how steep, and where to go next."""

    at: Values
    value: Values
    step: Values
    gain: Values
    covariance: Values

    def __getitem__(self, which: Truths) -> _Climb:
        return _Climb(*(getattr(self, field.name)[which] for field in fields(self)))


def _fitted(rows: Rows, prior: Prior) -> Fits:
    """The fits of samples that stay in the cache together; those that are done are left behind."""
    work = _work(rows)
    now = _looked(work, prior, _start(work, prior))
    done: list[_Climb] = []
    which: list[NDArray[np.intp]] = []
    members = np.arange(len(rows.low))
    for _ in range(MOST_STEPS):
        open_ = now.gain >= SMALL_GAIN
        if not open_.any():
            break
        if 2 * open_.sum() <= len(open_):
            done.append(now[~open_])
            which.append(members[~open_])
            now, members = now[open_], members[open_]
            work = _work(rows[members])
        there = _looked(work, prior, now.at + now.step)
        now = _chosen(now, there)
    done.append(now)
    order = np.argsort(np.concatenate([*which, members]))
    whole = _Climb(
        *(np.concatenate([getattr(each, f.name) for each in done])[order] for f in fields(_Climb))
    )
    return _fits(rows, prior, whole)


def _chosen(now: _Climb, there: _Climb) -> _Climb:
    """For each sample the higher place; where that is the old one, half the step."""
    better = there.value >= now.value
    if better.all():
        return there
    half = now.step * 0.5
    stuck = np.abs(half).max(axis=1) < 1e-12
    short = _Climb(now.at, now.value, half, np.where(stuck, 0.0, now.gain), now.covariance)
    pairs = ((getattr(there, f.name), getattr(short, f.name)) for f in fields(_Climb))
    return _Climb(*(np.where(better.reshape(-1, *[1] * (a.ndim - 1)), a, b) for a, b in pairs))


def _start(work: _Work, prior: Prior) -> Values:
    """The mean and spread of the known lengths, the other coefficients as they were expected."""
    exact = work.exact
    count = exact.sum(axis=1)
    mean = np.where(exact, work.log_known, 0.0).sum(axis=1) / count
    at = np.empty((len(count), work.design.shape[2] + 1))
    at[:, 0] = mean
    at[:, 1:-1] = prior.mean[1:]
    if prior.log_sigma_precision:
        at[:, -1] = prior.log_sigma
    else:
        apart = np.where(exact, work.log_known - mean[:, None], 0.0)
        at[:, -1] = np.log(np.maximum(np.sqrt((apart * apart).sum(axis=1) / count), 0.05))
    return at


def _looked(work: _Work, prior: Prior, at: Values) -> _Climb:
    """The penalised log-likelihood of the log lengths here, and Newton's step from here."""
    sigma2 = np.exp(2 * at[:, -1:])
    variance = sigma2 if work.error2 is None else sigma2 + work.error2
    root = np.sqrt(variance)
    share = sigma2 / variance  # of sigma in the spread of each row
    z = (work.log_known - (work.design @ at[:, :-1, None])[:, :, 0]) / root
    value = -0.5 * z * z - np.log(root)
    slope, bend = -z, np.full_like(z, -1.0)  # the derivatives of each row by its z
    kept = work.exact * share
    if len(work.cut):
        flat = z.ravel()[work.cut]
        inside = np.minimum(flat * work.side, FAR)
        # The density by the tail, without the cancellation that their logarithms have far out.
        ratio = SQRT_2_BY_PI / erfcx(-SQRT_HALF * inside)
        value.ravel()[work.cut] = -0.5 * inside * inside - np.log(ratio)
        ratio *= work.side
        slope.ravel()[work.cut] = ratio
        bend.ravel()[work.cut] = -ratio * (ratio + flat)
    value -= LOG_SQRT_2PI
    if work.weight is not None:
        value, slope = value * work.weight, slope * work.weight
        bend, kept = bend * work.weight, kept * work.weight
    return _climb(work, prior, at, value.sum(axis=1), slope, bend, kept, z, root, share)


def _climb(
    work: _Work,
    prior: Prior,
    at: Values,
    value: Values,
    slope: Values,
    bend: Values,
    kept: Values,
    z: Values,
    root: Values,
    share: Values,
) -> _Climb:
    """The step from the rows' derivatives, solved for the coefficients first and sigma last.

    The likelihood is concave in the coefficients; in sigma it need not be far from its top, where
    the step then still goes uphill.
    """
    apart = at[:, :-1] - prior.mean
    apart_sigma = at[:, -1] - prior.log_sigma
    across = work.across
    gradient = -(across @ (slope / root)[:, :, None])[:, :, 0] - prior.precision * apart
    turned = slope * z
    gradient_sigma = -(turned * share).sum(axis=1) - kept.sum(axis=1)
    gradient_sigma += work.free - prior.log_sigma_precision * apart_sigma
    inner = (across * (-bend / (root * root))[:, None, :]) @ work.design
    inner += np.diag(prior.precision)
    mixed = -(across @ (share * (bend * z + slope) / root)[:, :, None])
    still = 2 * share * (1 - share)
    corner = share * share * (bend * z * z + turned) - still * turned
    corner_sigma = prior.log_sigma_precision - (corner - kept * (2 - 2 * share)).sum(axis=1)
    solved = np.linalg.solve(inner, np.concatenate([gradient[:, :, None], mixed], axis=2))
    ahead, along = solved[:, :, 0], solved[:, :, 1]
    left = corner_sigma - (mixed[:, :, 0] * along).sum(axis=1)
    left = np.maximum(np.abs(left), 1e-9)
    step_sigma = (gradient_sigma - (mixed[:, :, 0] * ahead).sum(axis=1)) / left
    step_sigma = np.clip(step_sigma, -LONGEST_STEP, LONGEST_STEP)
    step = np.concatenate([ahead - along * step_sigma[:, None], step_sigma[:, None]], axis=1)
    gain = (gradient * step[:, :-1]).sum(axis=1) + gradient_sigma * step_sigma
    loss = (prior.precision * apart * apart).sum(axis=1)
    loss += prior.log_sigma_precision * apart_sigma**2
    value = value + work.free * at[:, -1] - 0.5 * loss
    return _Climb(at, value, step, gain, _covariance(inner, along, left))


def _covariance(inner: Values, along: Values, left: Values) -> Values:
    """The inverse of the whole curvature, from its parts."""
    whole = np.empty((len(left), along.shape[1] + 1, along.shape[1] + 1))
    by_left = along / left[:, None]
    whole[:, :-1, :-1] = np.linalg.inv(inner) + along[:, :, None] * by_left[:, None, :]
    whole[:, :-1, -1] = whole[:, -1, :-1] = -by_left
    whole[:, -1, -1] = 1 / left
    return whole


def _fits(rows: Rows, prior: Prior, top: _Climb) -> Fits:
    """What the samples' tops say of the lengths themselves."""
    coefficients, log_sigma = top.at[:, :-1], top.at[:, -1]
    exact = rows.exact
    logs = np.log(np.where(exact, rows.known, 1.0))
    weight = 1.0 if rows.weight is None else np.where(exact, rows.weight, 0.0)
    jacobian = (logs * weight).sum(axis=1)
    apart = coefficients - prior.mean
    loss = 0.5 * (prior.precision * apart * apart).sum(axis=1)
    loss += 0.5 * prior.log_sigma_precision * (log_sigma - prior.log_sigma) ** 2
    free = 0.0 if rows.free is None else rows.free
    log_likelihood = top.value - free * log_sigma + loss - jacobian
    precision = np.append(prior.precision, prior.log_sigma_precision)
    spread = np.linalg.slogdet(top.covariance)[1] + np.log(precision[precision > 0]).sum()
    average = 0.5 * spread - loss
    return Fits(coefficients, np.exp(log_sigma), top.covariance, log_likelihood, average)


def row_likelihoods(rows: Rows, fits: Fits) -> Values:
    """The log-likelihood of each row in its sample's fit, samples by n; NaN where there is none."""
    sigma = fits.sigma[:, None]
    spread = sigma if rows.error is None else np.hypot(sigma, rows.error)
    known, exact = np.log(rows.known), rows.exact
    z = (known - (rows.design @ fits.coefficients[:, :, None])[:, :, 0]) / spread
    likelihoods: Values = -0.5 * z * z - LOG_SQRT_2PI - np.log(spread) - known
    cut = ~exact
    likelihoods[cut] = log_ndtr(np.where(rows.longer, -z, z)[cut])
    return likelihoods


def exponential_fits(rows: Rows) -> tuple[Values, Values, Values]:
    """If the end came at random, at any moment alike: mean length, log-likelihood and average.

    One of each a sample; only the bounds are read. Without rows of which only 'over by then' is
    known, the mean is the total length by the number of known ends. Needs at least one known
    length. The average is that of `Fits`.
    """
    there, exact, longer = rows.there, rows.exact, rows.longer
    known, over = np.where(there, rows.known, 0.0), there & ~exact & ~longer
    ends = exact.sum(axis=1)
    total = np.where(over, 0.0, known).sum(axis=1)
    by_then = np.where(over, known, 1.0)
    log_rate = np.log(ends / total)
    for _ in range(MOST_STEPS if over.any() else 1):
        x = np.exp(log_rate)[:, None] * by_then
        # x / (e^x - 1), and its derivative by log x
        pull = np.where(over, x * np.exp(-x) / -np.expm1(-x), 0.0)
        fall = np.where(over, pull * (1 - pull - x), 0.0).sum(axis=1)
        gone = np.exp(log_rate) * total
        curvature = gone - fall
        step = np.clip((ends - gone + pull.sum(axis=1)) / curvature, -1, 1)
        log_rate += step
        if np.abs(step).max() < 1e-10:
            break
    parts = np.where(over, np.log(-np.expm1(-np.exp(log_rate)[:, None] * by_then)), 0.0)
    log_likelihood = parts.sum(axis=1) + ends * log_rate - np.exp(log_rate) * total
    return np.exp(-log_rate), log_likelihood, -0.5 * np.log(curvature)


def median_survived(lengths: Values, ended: NDArray[np.bool_]) -> float | None:
    """The Kaplan-Meier median: the first length by which half have ended; None if never."""
    order = np.lexsort((~ended, lengths))
    lengths, ended = lengths[order], ended[order]
    at_risk = np.arange(len(lengths), 0, -1)
    left = np.cumprod(np.where(ended, 1 - 1 / at_risk, 1.0))
    # Half of an even number comes out as 0.5 but for rounding.
    reached = np.flatnonzero(left <= 0.5 + 1e-9)
    return float(lengths[reached[0]]) if len(reached) else None
