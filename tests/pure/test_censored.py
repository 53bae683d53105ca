"""Does the censored model find what independent software, published tables and hands find?"""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from diary.analytics.censored import (
    Fit,
    Prior,
    Rows,
    exponential_fit,
    lognormal_fit,
    median_survived,
    no_prior,
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
    low, high = (np.array(side, float) for side in zip(*bounds, strict=True))
    return Rows(low, high, np.ones((len(low), 1)))


def fit(*bounds: tuple[float, float]) -> Fit:
    return lognormal_fit(rows(*bounds), no_prior(1))


def test_the_published_fit_of_the_locomotive_controls_is_found() -> None:
    found = fit(*CONTROLS)
    # Published for the decimal logarithms: 2.2223 and 0.3064.
    assert found.coefficients[0] / math.log(10) == pytest.approx(2.2223, abs=2e-4)
    assert found.sigma / math.log(10) == pytest.approx(0.3064, abs=2e-4)


def test_without_censoring_it_is_the_mean_and_spread_of_the_logarithms() -> None:
    found = fit((100.0, 100.0), (400.0, 400.0))
    assert math.exp(found.coefficients[0]) == pytest.approx(200)
    assert found.sigma == pytest.approx(math.log(2))


def test_a_censored_example_solved_by_hand() -> None:
    """Two values at e and 1/e; one known to be below e^d, one above e^-d.

    By symmetry mu is 0. With u = 1/sigma the score of sigma is u^2 - 1 - d u r(d u) = 0, r the
    normal density by its distribution function; for d u = 1, r(1) = 0.24197/0.84134 = 0.28760,
    so that u^2 = 1.28760, u = 1.13473 and d = sigma = 0.88127.
    """
    d = 0.88127
    found = fit((math.e, math.e), (1 / math.e, 1 / math.e), (0, math.exp(d)), (math.exp(-d), INF))
    assert found.coefficients[0] == pytest.approx(0, abs=1e-7)
    assert found.sigma == pytest.approx(0.88127, abs=2e-5)


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
    assert found.log_likelihood >= theirs - 1e-9
    assert found.log_likelihood == pytest.approx(theirs, abs=1e-5)
    assert math.exp(found.coefficients[0]) == pytest.approx(scale, rel=2e-3)
    assert found.sigma == pytest.approx(sigma, rel=5e-3)


def test_the_interval_is_the_textbooks_where_nothing_is_censored() -> None:
    values = [200.0, 250, 300, 350, 400]
    found = fit(*((value, value) for value in values))
    spread = np.log(values).std()  # the plain model divides by n
    half = stats.t.ppf(0.975, 4) * spread / math.sqrt(5)
    low, high = found.interval(0)
    assert (high - low) / 2 == pytest.approx(half, rel=1e-6)


def test_a_slope_is_that_of_ordinary_least_squares_where_nothing_is_censored() -> None:
    when = np.array([-2.0, -1.5, -1, -0.5, 0])
    values = np.array([200.0, 250, 240, 300, 330])
    line = stats.linregress(when, np.log(values))
    design = np.column_stack([np.ones(5), when])
    prior = Prior(np.zeros(2), np.zeros(2), restricted=True)
    found = lognormal_fit(Rows(values, values, design), prior)
    assert found.coefficients == pytest.approx([line.intercept, line.slope])
    assert math.sqrt(found.covariance[1, 1]) == pytest.approx(line.stderr)


def test_pain_at_random_has_a_mean_of_all_the_way_by_the_pains() -> None:
    # 100 + 200 + 300 m to a pain, 400 m without: 1000 m by 3 pains.
    mean, log_likelihood = exponential_fit(rows((100, 100), (200, 200), (300, 300), (400, INF)))
    assert mean == pytest.approx(1000 / 3)
    assert log_likelihood == pytest.approx(3 * math.log(3 / 1000) - 3)


def test_an_end_that_was_over_by_then_counts_in_the_rate() -> None:
    # One end at 1, one over by b. The slope of the likelihood is 1/r - 1 + b/(e^(r b) - 1) = 0;
    # for r b = log 2 it is 1/r - 1 + b = 0 with b = log(2)/r: r = 1 + log 2, b = log 2/(1 + log 2).
    over_by = math.log(2) / (1 + math.log(2))
    mean, _ = exponential_fit(rows((1, 1), (0, over_by)))
    assert 1 / mean == pytest.approx(1 + math.log(2))


@pytest.mark.filterwarnings("error::RuntimeWarning")
def test_a_first_step_that_would_overshoot_is_shortened() -> None:
    known = [(far, far) for far in (270.0, 430, 310)]
    found = fit(*known, *((far, INF) for far in (430.0, 670, 490, 670)))
    assert np.isfinite([*found.coefficients, found.sigma, *found.covariance.ravel()]).all()


def test_far_out_tails_do_not_break_the_fit() -> None:
    found = fit(*[(300.0 + i, 300.0 + i) for i in range(6)], (50_000, INF), (0, 1e-3))
    assert np.isfinite([*found.coefficients, found.sigma, *found.covariance.ravel()]).all()


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
    assert scaled.coefficients[0] == pytest.approx(found.coefficients[0] + math.log(by), abs=1e-4)
    assert scaled.sigma == pytest.approx(found.sigma, rel=1e-4)
    # 1/x: what was longer is shorter, and the median is turned over.
    mirrored = fit(*((1 / high, INF if low == 0 else 1 / low) for low, high in bounds))
    assert mirrored.coefficients[0] == pytest.approx(-found.coefficients[0], abs=1e-4)
    assert mirrored.sigma == pytest.approx(found.sigma, rel=1e-4)


def test_the_median_survived_by_hand() -> None:
    # At risk 5, 4, (one leaves) 2, 1: 4/5, 3/5, then 3/10.
    lengths = np.array([10.0, 20, 25, 30, 40])
    ended = np.array([True, True, False, True, True])
    assert median_survived(lengths, ended) == 30


def test_a_median_that_half_never_reach_is_none() -> None:
    lengths, ended = np.array([10.0, 20, 30]), np.array([True, False, False])
    assert median_survived(lengths, ended) is None
    assert median_survived(np.array([]), np.array([], bool)) is None
