"""How long do things last, when of some it is known only that they lasted longer, or less long?

Every row is a pair of bounds: equal where the length itself is known, (length, inf) where it was
cut off, (0, length) where it was over by then. The method is in docs/methods.md.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import erfcx, log_ndtr, stdtrit

Values = NDArray[np.float64]

MOST_STEPS = 60
# A step that would gain less than this in log-likelihood is the last.
SMALL_GAIN = 1e-12
# Of the log of sigma in one step: further off, the curvature at its start says nothing.
LONGEST_STEP = 1.0
LOG_SQRT_2PI = 0.5 * float(np.log(2 * np.pi))


@dataclass(frozen=True)
class Prior:
    """What is known beforehand: normal on each coefficient and on the log of sigma.

    A precision of 0 says nothing of that coefficient. With `restricted`, sigma allows for the
    coefficients that were fitted without prior knowledge, as a divisor of n - p does.
    """

    mean: Values
    precision: Values
    log_sigma: float = 0.0
    log_sigma_precision: float = 0.0
    restricted: bool = False

    @property
    def free(self) -> int:
        """How many coefficients only the rows decide."""
        return int((self.precision == 0).sum())

    @property
    def freedom(self) -> float:
        """How many rows the knowledge of sigma is worth: log sigma has a variance of 1/(2n)."""
        return self.log_sigma_precision / 2

    def penalty(self, coefficients: Values, log_sigma: float) -> float:
        """By how much these values lie from what was known, as a loss of log-likelihood."""
        apart = ((coefficients - self.mean) ** 2 * self.precision).sum()
        return 0.5 * float(apart + self.log_sigma_precision * (log_sigma - self.log_sigma) ** 2)


@dataclass(frozen=True)
class Rows:
    """The bounds of n rows and their design, n by p."""

    low: Values
    high: Values
    design: Values

    @property
    def exact(self) -> NDArray[np.bool_]:
        return self.low == self.high

    @property
    def longer(self) -> NDArray[np.bool_]:
        return np.isinf(self.high)

    @property
    def known(self) -> Values:
        """The one finite bound of each row; for a length that is known, that length."""
        return np.where(self.longer, self.low, self.high)


@dataclass(frozen=True)
class Fit:
    """A lognormal regression: log length = design @ coefficients + sigma * normal error."""

    coefficients: Values
    sigma: float
    covariance: Values  # of the coefficients and log sigma
    log_likelihood: float  # of the rows alone, as densities of the length itself
    penalty: float
    freedom: float

    def interval(self, which: int, level: float = 0.95) -> tuple[float, float]:
        """Bounds of a coefficient, by Student's t."""
        error = np.sqrt(self.covariance[which, which])
        half = float(stdtrit(self.freedom, 0.5 + level / 2) * error)
        return self.coefficients[which] - half, self.coefficients[which] + half


def no_prior(coefficients: int) -> Prior:
    """No knowledge beforehand: plain maximum likelihood."""
    return Prior(np.zeros(coefficients), np.zeros(coefficients))


def lognormal_fit(rows: Rows, prior: Prior) -> Fit:
    """The lognormal regression that fits best, by Newton's method.

    Needs at least one known length, and two different ones where sigma has no prior.
    """
    at = _start(rows, prior)
    value, gradient, curvature = _objective(rows, prior, at)
    for _ in range(MOST_STEPS):
        step = _uphill(gradient, curvature)
        step /= max(1.0, abs(step[-1]) / LONGEST_STEP)
        if gradient @ step < SMALL_GAIN:
            break
        for halving in range(40):
            there = at + step * 0.5**halving
            found = _objective(rows, prior, there)
            if found[0] >= value:
                break
        at, (value, gradient, curvature) = there, found
    coefficients, log_sigma = at[:-1], float(at[-1])
    jacobian = np.log(rows.known[rows.exact]).sum()
    flat = prior.free * log_sigma if prior.restricted else 0.0
    penalty = prior.penalty(coefficients, log_sigma)
    exact = int(rows.exact.sum())
    return Fit(
        coefficients,
        float(np.exp(log_sigma)),
        np.asarray(np.linalg.inv(-curvature), float),
        float(value - flat + penalty - jacobian),
        penalty,
        max(exact - prior.free + prior.freedom, 1.0),
    )


def _start(rows: Rows, prior: Prior) -> Values:
    """The mean and spread of the known lengths, the other coefficients as they were expected."""
    logs = np.log(rows.known[rows.exact])
    spread = float(np.exp(prior.log_sigma)) if prior.log_sigma_precision else logs.std()
    return np.array([logs.mean(), *prior.mean[1:], np.log(max(spread, 0.05))])


def _objective(rows: Rows, prior: Prior, at: Values) -> tuple[float, Values, Values]:
    """The penalised log-likelihood of log lengths with its gradient and second derivatives."""
    coefficients, log_sigma = at[:-1], at[-1]
    sigma = np.exp(log_sigma)
    z = (np.log(rows.known) - rows.design @ coefficients) / sigma
    exact, sign = rows.exact, np.where(rows.longer, -1.0, 1.0)
    tail = log_ndtr(sign * z)
    density = -0.5 * z * z - LOG_SQRT_2PI
    # density / tail, without the cancellation that their logarithms have far out
    ratio = sign * np.sqrt(2 / np.pi) / erfcx(-sign * z / np.sqrt(2))
    slope = np.where(exact, -z, ratio)  # d log-likelihood / d z
    bend = np.where(exact, -1.0, -ratio * (ratio + z))
    value = np.where(exact, density - log_sigma, tail).sum()
    gradient = np.append(-(slope @ rows.design) / sigma, -(slope * z).sum() - exact.sum())
    curvature = np.empty((len(at), len(at)))
    curvature[:-1, :-1] = (rows.design.T * bend) @ rows.design / sigma**2
    curvature[:-1, -1] = curvature[-1, :-1] = (bend * z + slope) @ rows.design / sigma
    curvature[-1, -1] = (bend * z * z + slope * z).sum()
    apart = np.append(coefficients - prior.mean, log_sigma - prior.log_sigma)
    precision = np.append(prior.precision, prior.log_sigma_precision)
    flat = prior.free if prior.restricted else 0
    value += flat * log_sigma - prior.penalty(coefficients, float(log_sigma))
    gradient -= precision * apart
    gradient[-1] += flat
    return float(value), gradient, curvature - np.diag(precision)


def _uphill(gradient: Values, curvature: Values) -> Values:
    """Newton's step; where the surface is not a hill there, one that climbs all the same."""
    values, vectors = np.linalg.eigh(-curvature)
    steep = np.maximum(np.abs(values), 1e-9 * max(float(np.abs(values).max()), 1e-9))
    climb: Values = vectors @ ((vectors.T @ gradient) / steep)
    return climb


def exponential_fit(rows: Rows) -> tuple[float, float]:
    """The mean length, and its log-likelihood, if the end came at random, at any moment alike.

    Without rows of which only 'over by then' is known, the mean is the total length by the number
    of known ends. Needs at least one known length.
    """
    known, exact, longer = rows.known, rows.exact, rows.longer
    over = ~exact & ~longer
    log_rate = np.log(exact.sum() / known[~over].sum())
    for _ in range(MOST_STEPS):
        x = np.exp(log_rate) * known
        # x / (e^x - 1), and its derivative by log x
        pull = np.where(over, x * np.exp(-x) / -np.expm1(-x), 0.0)
        fall = np.where(over, pull * (1 - pull - x), 0.0)
        gradient = exact.sum() - x[~over].sum() + pull.sum()
        step = np.clip(gradient / (x[~over].sum() - fall.sum()), -1, 1)
        log_rate += step
        if abs(step) < 1e-12:
            break
    x = np.exp(log_rate) * known
    parts = np.where(over, np.log(-np.expm1(-x)), np.where(exact, log_rate, 0.0) - x)
    return float(np.exp(-log_rate)), float(parts.sum())


def median_survived(lengths: Values, ended: NDArray[np.bool_]) -> float | None:
    """The Kaplan-Meier median: the first length by which half have ended; None if never."""
    order = np.lexsort((~ended, lengths))
    lengths, ended = lengths[order], ended[order]
    at_risk = np.arange(len(lengths), 0, -1)
    left = np.cumprod(np.where(ended, 1 - 1 / at_risk, 1.0))
    # Half of an even number comes out as 0.5 but for rounding.
    reached = np.flatnonzero(left <= 0.5 + 1e-9)
    return float(lengths[reached[0]]) if len(reached) else None
