"""How long do things last, when of some it is known only that they lasted longer, or less long?

Every row is a pair of bounds: equal where the length itself is known, (length, inf) where it was
cut off, (0, length) where it was over by then. Many samples are fitted at once; one sample is a
batch of one. The method is in docs/methods.md.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace

import numpy as np
from numpy.typing import NDArray
from scipy.special import erfcx, log_ndtr, stdtrit

Values = NDArray[np.float64]
Truths = NDArray[np.bool_]

MOST_STEPS = 80
# A step that would gain less than this in log-likelihood is the last, and brings it to within about
# the square of this of its top.
SMALL_GAIN = 1e-7
# By how many standard deviations a length that was cut off is taken to go on, to begin with.
BEYOND = 1.0
# Of the log of sigma in one step: further off, the curvature at its start says nothing.
LONGEST_STEP = 1.0
# Beyond so many standard deviations inside its bound a row says nothing, and erfcx overflows.
FAR = 35.0
SQRT_HALF, SQRT_2_BY_PI = 0.5**0.5, (2 / np.pi) ** 0.5
LOG_SQRT_2PI = 0.5 * float(np.log(2 * np.pi))
# As many rows at a time as stay in the processor's cache.
ROWS_AT_A_TIME = 2**14


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
    cut: NDArray[np.intp]  # where, in the flattened rows, only a bound is known
    side: Values  # of those, -1 where it lasted longer and 1 where it was over by then
    weight: Values | None  # 0 where a sample has no such row
    exact: Values  # the weight of a known length, 0 of a bound
    free: Values | float
    expected: Values  # the coefficients and log sigma, and how surely
    precision: Values
    penalty: Values  # the same on the diagonal of a matrix


def _work(rows: Rows, prior: Prior) -> _Work:
    there, exact = rows.there, rows.exact
    whole = bool(there.all())
    log_known = np.log(rows.known if whole else np.where(there, rows.known, 1.0))
    cut = np.flatnonzero(~exact if whole else there & ~exact)
    weight, error = rows.weight, rows.error
    if not whole:
        weight = there.astype(float) if weight is None else np.where(there, weight, 0.0)
        error = None if error is None else np.where(there, error, 0.0)
    precision = np.append(prior.precision, prior.log_sigma_precision)
    return _Work(
        log_known,
        rows.design,
        np.ascontiguousarray(rows.design.swapaxes(1, 2)),
        None if error is None else error * error,
        cut,
        np.where(rows.longer.ravel()[cut], -1.0, 1.0),
        weight,
        exact.astype(float) if weight is None else exact * weight,
        0.0 if rows.free is None else rows.free,
        np.append(prior.mean, prior.log_sigma),
        precision,
        np.diag(precision),
    )


@dataclass(frozen=True)
class _Climb:
    """Where each sample stands, one entry a sample: how high, and Newton's step from there.

    `covariance` is the inverse of the curvature, with its sign turned.
    """

    at: Values
    value: Values
    step: Values
    gain: Values
    covariance: Values

    def __getitem__(self, which: Truths | NDArray[np.intp]) -> _Climb:
        return _Climb(*(getattr(self, field.name)[which] for field in fields(self)))


def _fitted(rows: Rows, prior: Prior) -> Fits:
    """The fits of samples that stay in the cache together; those that are done are left behind."""
    work = _work(rows, prior)
    now = _looked(work, _start(work))
    jacobian = (work.exact * work.log_known).sum(axis=1)
    done: list[_Climb] = []
    which: list[NDArray[np.intp]] = []
    members = np.arange(len(rows.low))
    for _ in range(MOST_STEPS):
        rising = now.gain >= SMALL_GAIN
        if not rising.any():
            break
        if 2 * rising.sum() <= len(rising):
            done.append(now[~rising])
            which.append(members[~rising])
            now, members = now[rising], members[rising]
            work = _work(rows[members], prior)
        now = _higher(now, _looked(work, now.at + now.step))
    if done:
        order = np.argsort(np.concatenate([*which, members]))
        now = _Climb(
            *(np.concatenate([getattr(c, f.name) for c in (*done, now)]) for f in fields(_Climb))
        )[order]
    return _fits(rows, prior, now, jacobian)


def _higher(now: _Climb, there: _Climb) -> _Climb:
    """For each sample the higher place; where that is the old one, half the step."""
    better = there.value >= now.value
    if better.all():
        return there
    half = now.step * 0.5
    stuck = np.abs(half).max(axis=1) < 1e-12
    short = replace(now, step=half, gain=np.where(stuck, 0.0, now.gain))
    pairs = ((getattr(there, f.name), getattr(short, f.name)) for f in fields(_Climb))
    return _Climb(*(np.where(better.reshape(-1, *[1] * (a.ndim - 1)), a, b) for a, b in pairs))


def _start(work: _Work) -> Values:
    """A place near the top: the mean and spread of all bounds, moved as far as bounds mislead."""
    weight = np.ones_like(work.log_known) if work.weight is None else work.weight
    count = weight.sum(axis=1)
    mean = (weight * work.log_known).sum(axis=1) / count
    apart = work.log_known - mean[:, None]
    spread = np.maximum(np.sqrt((weight * apart * apart).sum(axis=1) / count), 0.05)
    if len(work.cut):
        short = np.zeros_like(apart)
        short.ravel()[work.cut] = work.side
        mean = mean - BEYOND * spread * (weight * short).sum(axis=1) / count
    at = np.empty((len(mean), len(work.expected)))
    at[:, 0] = mean
    at[:, 1:-1] = work.expected[1:-1]
    at[:, -1] = np.log(spread)
    return at


def _rise(work: _Work, at: Values) -> tuple[Values, Values, Values]:
    """What the rows of each sample add up to: log-likelihood, gradient, and curvature turned."""
    log_sigma = at[:, -1:]
    if work.error2 is None:
        log_root, root, share = log_sigma, np.exp(log_sigma), None
    else:
        sigma2 = np.exp(2 * log_sigma)
        variance = sigma2 + work.error2
        log_root, root, share = 0.5 * np.log(variance), np.sqrt(variance), sigma2 / variance
    z = (work.log_known - (work.design @ at[:, :-1, None])[:, :, 0]) / root
    # The derivatives of each row by its z: the first, minus the second, and that of z times the
    # first, for a length that is known.
    slope = -z
    bend, turned = np.ones_like(z), 2 * slope
    value = 0.5 * slope * z - (log_root + LOG_SQRT_2PI)
    if len(work.cut):
        flat = z.ravel()[work.cut]
        inside = np.minimum(flat * work.side, FAR)
        # The density by the tail, without the cancellation that their logarithms have far out.
        ratio = SQRT_2_BY_PI / erfcx(-SQRT_HALF * inside)
        value.ravel()[work.cut] = -0.5 * inside * inside - np.log(ratio) - LOG_SQRT_2PI
        ratio *= work.side
        fall = ratio * (ratio + flat)
        slope.ravel()[work.cut], bend.ravel()[work.cut] = ratio, fall
        turned.ravel()[work.cut] = ratio - fall * flat
    if work.weight is not None:
        value, slope, bend, turned = (each * work.weight for each in (value, slope, bend, turned))
    held = slope * z + work.exact
    pair = np.empty((*z.shape, 2))
    pair[:, :, 0] = slope / root
    if share is None:
        pair[:, :, 1] = turned / root
        by_sigma, corner = held.sum(axis=1), (turned * z).sum(axis=1)
    else:
        pair[:, :, 1] = share * turned / root
        by_sigma = (share * held).sum(axis=1)
        corner = (share * (share * turned * z - 2 * (1 - share) * held)).sum(axis=1)
    slopes = work.across @ pair
    gradient = -np.concatenate([slopes[:, :, 0], by_sigma[:, None]], axis=1)
    curvature = np.empty((*at.shape, at.shape[1]))
    curvature[:, :-1, :-1] = (work.across * (bend / (root * root))[:, None, :]) @ work.design
    curvature[:, :-1, -1] = curvature[:, -1, :-1] = -slopes[:, :, 1]
    curvature[:, -1, -1] = -corner
    return value.sum(axis=1), gradient, curvature


def _looked(work: _Work, at: Values) -> _Climb:
    """How high it is here with what was known beforehand, and Newton's step from here."""
    value, gradient, curvature = _rise(work, at)
    apart = at - work.expected
    pull = work.precision * apart
    value = np.asarray(value + work.free * at[:, -1] - 0.5 * (pull * apart).sum(axis=1))
    gradient -= pull
    gradient[:, -1] += work.free
    covariance = np.asarray(np.linalg.inv(curvature + work.penalty), float)
    if (covariance[:, -1, -1] <= 0).any():
        covariance = _uphill(covariance)
    step = (covariance @ gradient[:, :, None])[:, :, 0]
    if (np.abs(step[:, -1]) > LONGEST_STEP).any():
        less = np.clip(step[:, -1], -LONGEST_STEP, LONGEST_STEP) - step[:, -1]
        step += (less / covariance[:, -1, -1])[:, None] * covariance[:, :, -1]
    gain = (gradient * step).sum(axis=1)
    return _Climb(at, value, step, gain, covariance)


def _uphill(covariance: Values) -> Values:
    """The inverse of a curvature that has a top everywhere.

    The likelihood is concave in the coefficients. In sigma, the best coefficients being chosen for
    each, it need not be, far from its top: its curvature there takes the other sign.
    """
    along = covariance[:, :, -1]
    turned = np.minimum(0, 2 / covariance[:, -1:, -1:])
    uphill: Values = covariance - turned * along[:, :, None] * along[:, None, :]
    return uphill


def _fits(rows: Rows, prior: Prior, top: _Climb, jacobian: Values) -> Fits:
    """What the samples' tops say of the lengths themselves; `jacobian` turns logs into lengths.

    The last step is taken without looking: so near the top it gains half of what the slope says.
    """
    at, value = top.at + top.step, top.value + 0.5 * top.gain
    expected = np.append(prior.mean, prior.log_sigma)
    precision = np.append(prior.precision, prior.log_sigma_precision)
    loss = 0.5 * (precision * (at - expected) ** 2).sum(axis=1)
    free = 0.0 if rows.free is None else rows.free
    log_likelihood = value - free * at[:, -1] + loss - jacobian
    spread = np.linalg.slogdet(top.covariance)[1] + np.log(precision[precision > 0]).sum()
    average = 0.5 * spread - loss
    return Fits(at[:, :-1], np.exp(at[:, -1]), top.covariance, log_likelihood, average)


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
    known = np.where(there, rows.known, 0.0)
    over = np.flatnonzero(there & ~exact & ~longer)
    sample, by_then = over // known.shape[1], known.ravel()[over]

    def summed(values: Values) -> Values:
        """Of the rows that were over by then, in each sample."""
        return np.bincount(sample, values, len(known)).astype(float)

    ends = exact.sum(axis=1)
    total = known.sum(axis=1) - summed(by_then)
    log_rate = np.log(ends / total)
    for _ in range(MOST_STEPS if len(over) else 1):
        x = np.exp(log_rate)[sample] * by_then
        pull = x * np.exp(-x) / -np.expm1(-x)  # x / (e^x - 1), and its derivative by log x
        gone = np.exp(log_rate) * total
        curvature = gone - summed(pull * (1 - pull - x))
        step = np.clip((ends - gone + summed(pull)) / curvature, -1, 1)
        log_rate += step
        if np.abs(step).max() < 1e-10:
            break
    parts = summed(np.log(-np.expm1(-np.exp(log_rate)[sample] * by_then)))
    log_likelihood = parts + ends * log_rate - np.exp(log_rate) * total
    return np.exp(-log_rate), log_likelihood, -0.5 * np.log(curvature)
