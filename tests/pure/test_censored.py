"""Does the censored model find what independent software, published tables and hands find?"""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import optimize, stats

from diary.analytics.censored import (
    Fits,
    Prior,
    Rows,
    exponential_fits,
    lognormal_fits,
    no_prior,
    row_likelihoods,
)

INF = math.inf
# Thousands of miles of locomotive controls until they failed; 59 more still ran at 135
# (Schmee and Nelson 1977; Lawless, Statistical Models and Methods for Lifetime Data).
FAILED = [
    22.5, 37.5, 46.0, 48.5, 51.5, 53.0, 54.5, 57.5, 66.5, 68.0, 69.5, 76.5, 77.0, 78.5, 80.0, 81.5,
    82.0, 83.0, 84.0, 91.5, 93.5, 102.5, 107.0, 108.5, 112.5, 113.5, 116.0, 117.0, 118.5, 119.0,
    120.0, 122.5, 123.0, 127.5, 131.0, 132.5, 134.0,
]  # fmt: skip
CONTROLS = [(miles, miles) for miles in FAILED] + [(135.0, INF)] * 59


def rows(*bounds: tuple[float, float]) -> Rows:
    """A batch of one sample, with a level and nothing else."""
    low, high = (np.array([side], float) for side in zip(*bounds, strict=True))
    return Rows(low, high, np.ones((*low.shape, 1)))


def fit(*bounds: tuple[float, float]) -> Fits:
    return lognormal_fits(rows(*bounds), no_prior(1))


def half_width(found: Fits, freedom: float) -> float:
    low, high = found.interval(0, np.array([freedom]))
    return float(high[0] - low[0]) / 2


def test_the_published_fit_of_the_locomotive_controls_is_found() -> None:
    found = fit(*CONTROLS)
    # Published for the decimal logarithms: 2.2223 and 0.3064.
    assert found.coefficients[0, 0] / math.log(10) == pytest.approx(2.2223, abs=2e-4)
    assert found.sigma[0] / math.log(10) == pytest.approx(0.3064, abs=2e-4)


def test_without_censoring_it_is_the_mean_and_spread_of_the_logarithms() -> None:
    found = fit((100.0, 100.0), (400.0, 400.0))
    assert math.exp(found.coefficients[0, 0]) == pytest.approx(200)
    assert found.sigma[0] == pytest.approx(math.log(2))


def test_a_censored_example_solved_by_hand() -> None:
    """Two values at e and 1/e; one known to be below e^d, one above e^-d.

    By symmetry mu is 0. With u = 1/sigma the score of sigma is u^2 - 1 - d u r(d u) = 0, r the
    normal density by its distribution function; for d u = 1, r(1) = 0.24197/0.84134 = 0.28760,
    so that u^2 = 1.28760, u = 1.13473 and d = sigma = 0.88127.
    """
    d = 0.88127
    found = fit((math.e, math.e), (1 / math.e, 1 / math.e), (0, math.exp(d)), (math.exp(-d), INF))
    assert found.coefficients[0, 0] == pytest.approx(0, abs=1e-7)
    assert found.sigma[0] == pytest.approx(0.88127, abs=2e-5)


@pytest.mark.parametrize("seed", range(8))
def test_no_other_software_finds_a_higher_likelihood(seed: int) -> None:
    draw = np.random.default_rng(seed)
    length = np.exp(draw.normal(5.7, 0.4, 30))
    kind = np.concatenate([[0] * 5, draw.choice([0, 0, 1, -1], 25)])
    bound = np.where(kind == 1, length * draw.uniform(0.4, 1, 30), length)
    bound = np.where(kind == -1, length * draw.uniform(1, 2, 30), bound)
    found = fit(*zip(np.where(kind == -1, 0, bound), np.where(kind == 1, INF, bound), strict=True))
    data = stats.CensoredData(bound[kind == 0], left=bound[kind == -1], right=bound[kind == 1])
    sigma, _, scale = stats.lognorm.fit(data, floc=0)
    model = stats.lognorm(sigma, scale=scale)
    theirs = (
        model.logpdf(bound[kind == 0]).sum()
        + model.logcdf(bound[kind == -1]).sum()
        + model.logsf(bound[kind == 1]).sum()
    )
    assert found.log_likelihood[0] >= theirs - 1e-9
    assert found.log_likelihood[0] == pytest.approx(theirs, abs=1e-5)
    assert math.exp(found.coefficients[0, 0]) == pytest.approx(scale, rel=2e-3)
    assert found.sigma[0] == pytest.approx(sigma, rel=5e-3)


def test_the_interval_is_the_textbooks_where_nothing_is_censored() -> None:
    values = [200.0, 250, 300, 350, 400]
    found = fit(*((value, value) for value in values))
    spread = np.log(values).std()  # the plain model divides by n
    half = stats.t.ppf(0.975, 4) * spread / math.sqrt(5)
    assert half_width(found, 4) == pytest.approx(half, rel=1e-4)


def test_a_slope_is_that_of_ordinary_least_squares_where_nothing_is_censored() -> None:
    when = np.array([-2.0, -1.5, -1, -0.5, 0])
    values = np.array([200.0, 250, 240, 300, 330])
    line = stats.linregress(when, np.log(values))
    design = np.column_stack([np.ones(5), when])[None]
    sample = Rows(values[None], values[None], design, free=np.array([2.0]))
    found = lognormal_fits(sample, no_prior(2))
    assert found.coefficients[0] == pytest.approx([line.intercept, line.slope])
    assert math.sqrt(found.covariance[0, 1, 1]) == pytest.approx(line.stderr, rel=1e-4)


def test_pain_at_random_has_a_mean_of_all_the_way_by_the_pains() -> None:
    # 100 + 200 + 300 m to a pain, 400 m without: 1000 m by 3 pains.
    mean, log_likelihood, _ = exponential_fits(rows((100, 100), (200, 200), (300, 300), (400, INF)))
    assert mean == pytest.approx([1000 / 3])
    assert log_likelihood == pytest.approx([3 * math.log(3 / 1000) - 3])


def test_an_end_that_was_over_by_then_counts_in_the_rate() -> None:
    # One end at 1, one over by b. The slope of the likelihood is 1/r - 1 + b/(e^(r b) - 1) = 0;
    # for r b = log 2 it is 1/r - 1 + b = 0 with b = log(2)/r: r = 1 + log 2, b = log 2/(1 + log 2).
    over_by = math.log(2) / (1 + math.log(2))
    mean, _, _ = exponential_fits(rows((1, 1), (0, over_by)))
    assert 1 / mean == pytest.approx([1 + math.log(2)])


@pytest.mark.filterwarnings("error::RuntimeWarning")
def test_a_first_step_that_would_overshoot_is_shortened() -> None:
    known = [(far, far) for far in (270.0, 430, 310)]
    found = fit(*known, *((far, INF) for far in (430.0, 670, 490, 670)))
    assert all(np.isfinite(each).all() for each in vars(found).values())


def test_far_out_tails_do_not_break_the_fit() -> None:
    found = fit(*[(300.0 + i, 300.0 + i) for i in range(6)], (50_000, INF), (0, 1e-3))
    assert all(np.isfinite(each).all() for each in vars(found).values())


lengths = st.floats(20, 5000)


@settings(max_examples=40, deadline=None)
@given(
    exact=st.lists(lengths, min_size=3, max_size=12, unique_by=lambda x: round(x)),
    longer=st.lists(lengths, max_size=6),
    shorter=st.lists(lengths, max_size=4),
    by=st.floats(0.01, 100),
)
def test_scaling_scales_and_mirroring_mirrors(
    exact: list[float], longer: list[float], shorter: list[float], by: float
) -> None:
    bounds = [(x, x) for x in exact] + [(x, INF) for x in longer] + [(0.0, x) for x in shorter]
    found = fit(*bounds)
    scaled = fit(*((low * by, high * by) for low, high in bounds))
    assert scaled.coefficients[0, 0] == pytest.approx(
        found.coefficients[0, 0] + math.log(by), abs=1e-4
    )
    assert scaled.sigma[0] == pytest.approx(found.sigma[0], rel=1e-4)
    # 1/x: what was longer is shorter, and the median is turned over.
    mirrored = fit(*((1 / high, INF if low == 0 else 1 / low) for low, high in bounds))
    assert mirrored.coefficients[0, 0] == pytest.approx(-found.coefficients[0], abs=1e-4)
    assert mirrored.sigma[0] == pytest.approx(found.sigma[0], rel=1e-4)


# The whole regression against a search that knows no derivatives, row by row.


def messy(seed: int, n: int = 25) -> tuple[Rows, Prior]:
    """A sample with every kind of row, a design of three columns, errors and weights."""
    draw = np.random.default_rng(seed)
    length = np.exp(draw.normal(5.5, 0.4, n))
    low, high = length.copy(), length.copy()
    low[:4], high[4:9] = 0.0, INF
    design = np.stack([np.ones(n), draw.normal(size=n), draw.integers(0, 2, n)], axis=1)
    sample = Rows(
        low[None], high[None], design[None], draw.uniform(0, 0.3, (1, n)),
        draw.uniform(0.2, 1, (1, n)), np.array([1.0]),
    )  # fmt: skip
    return sample, Prior(np.array([0, 0.1, -0.2]), np.array([0, 4.0, 25.0]), -1.2, 4.0)


def penalised(sample: Rows, prior: Prior, at: np.ndarray) -> float:
    """What the fit claims to make as large as can be, in plain words."""
    total = float(at[-1]) * sample.free[0]
    for low, high, x, error, weight in zip(
        sample.low[0], sample.high[0], sample.design[0], sample.error[0], sample.weight[0],
        strict=True,
    ):  # fmt: skip
        model = stats.norm(x @ at[:-1], math.hypot(math.exp(at[-1]), error))
        if low == high:
            total += weight * model.logpdf(math.log(low))
        elif high == INF:
            total += weight * model.logsf(math.log(low))
        else:
            total += weight * model.logcdf(math.log(high))
    total -= 0.5 * prior.log_sigma_precision * (at[-1] - prior.log_sigma) ** 2
    return total - 0.5 * float((prior.precision * (at[:-1] - prior.mean) ** 2).sum())


@pytest.mark.parametrize("seed", range(4))
def test_no_search_without_derivatives_finds_a_higher_place(seed: int) -> None:
    sample, prior = messy(seed)
    found = lognormal_fits(sample, prior)
    at = np.append(found.coefficients[0], math.log(found.sigma[0]))
    options = {"maxiter": 20000, "maxfev": 20000, "xatol": 1e-9, "fatol": 1e-12}
    theirs = optimize.minimize(
        lambda at: -penalised(sample, prior, at), at + 0.1, method="Nelder-Mead", options=options
    )
    assert penalised(sample, prior, at) >= -theirs.fun - 1e-9
    assert at == pytest.approx(theirs.x, abs=1e-4)


def test_the_covariance_is_the_inverse_of_the_curvature() -> None:
    sample, prior = messy(7)
    found = lognormal_fits(sample, prior)
    at = np.append(found.coefficients[0], math.log(found.sigma[0]))
    step = 1e-4
    curvature = np.empty((4, 4))
    for i, j in np.ndindex(4, 4):
        a, b = step * np.eye(4)[i], step * np.eye(4)[j]
        around = [penalised(sample, prior, at + p * a + q * b) for p in (1, -1) for q in (1, -1)]
        curvature[i, j] = (around[0] - around[1] - around[2] + around[3]) / (4 * step * step)
    assert found.covariance[0] == pytest.approx(np.linalg.inv(-curvature), rel=1e-3, abs=1e-5)


def test_a_cohort_is_fitted_as_each_of_its_diaries_alone() -> None:
    """Of unequal length: what a sample lacks is NaN."""
    singles = [messy(seed, n) for seed, n in enumerate((12, 25, 40, 18))]
    prior = singles[0][1]

    def filled(values: np.ndarray) -> np.ndarray:
        room = [(0, 40 - len(values))] + [(0, 0)] * (values.ndim - 1)
        return np.pad(values, room, constant_values=0 if values.ndim == 2 else np.nan)

    cohort = Rows(
        *(
            np.stack([filled(getattr(sample, name)[0]) for sample, _ in singles])
            for name in ("low", "high", "design", "error", "weight")
        ),
        free=np.ones(4),
    )
    together = lognormal_fits(cohort, prior)
    for number, (sample, _) in enumerate(singles):
        alone = lognormal_fits(sample, prior)
        for name, values in vars(alone).items():
            assert getattr(together, name)[number] == pytest.approx(values[0], rel=1e-5, abs=1e-7)


def test_the_likelihoods_of_the_rows_add_up_to_that_of_the_sample() -> None:
    found = fit((100, 100), (300, 300), (0, 50.0), (400, INF))
    each = row_likelihoods(rows((100, 100), (300, 300), (0, 50.0), (400, INF)), found)
    assert each.sum() == pytest.approx(found.log_likelihood[0])
