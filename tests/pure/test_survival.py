"""Is the curve of what is left the one that textbooks and independent software draw?"""

from __future__ import annotations

import warnings

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from diary.analytics.survival import curve, free_of_pain, median_survived
from diary.evidence.thresholds import LEAST_ONSETS
from tests.pure.builders import diary, episode, painful, walk

# Weeks in remission of 21 children given 6-mercaptopurine (Freireich and others 1963, the worked
# example of most textbooks); those of the second row were still in remission when last seen.
RELAPSED = [6, 6, 6, 7, 10, 13, 16, 22, 23]
SEEN = [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35]
# At the week: still at risk, in remission after it, and the 95 % interval on the log of minus the
# log (Cleves, Gould and Marchenko, An Introduction to Survival Analysis Using Stata).
PUBLISHED = [
    (6, 21, 0.8571, 0.6197, 0.9516),
    (7, 17, 0.8067, 0.5631, 0.9228),
    (10, 15, 0.7529, 0.5032, 0.8894),
    (13, 12, 0.6902, 0.4316, 0.8491),
    (16, 11, 0.6275, 0.3675, 0.8049),
    (22, 7, 0.5378, 0.2678, 0.7468),
    (23, 6, 0.4482, 0.1881, 0.6801),
]


def test_the_curve_of_the_textbook():
    lengths = np.array([*RELAPSED, *SEEN], float)
    found = curve(lengths, np.arange(len(lengths)) < len(RELAPSED))
    told = zip(found.at, found.at_risk, found.left, found.low, found.high, strict=True)
    for (at, at_risk, left, low, high), published in zip(told, PUBLISHED, strict=True):
        assert (at, at_risk) == published[:2]
        assert (left, low, high) == pytest.approx(published[2:], abs=6e-5)


lengths = st.lists(st.tuples(st.integers(1, 30), st.booleans()), min_size=1, max_size=40).filter(
    lambda rows: any(ended for _, ended in rows)
)


@given(lengths)
def test_the_curve_is_that_of_independent_software(rows):
    of, ended = np.array([row[0] for row in rows], float), np.array([row[1] for row in rows])
    found = curve(of, ended)
    other = stats.ecdf(stats.CensoredData(uncensored=of[ended], right=of[~ended])).sf
    jumps = np.isin(other.quantiles, found.at)
    assert found.left == pytest.approx(other.probabilities[jumps])
    with np.errstate(divide="ignore", invalid="ignore"), warnings.catch_warnings(action="ignore"):
        bounds = other.confidence_interval(method="log-log")
    some = found.left > 0
    assert found.low[some] == pytest.approx(bounds.low.probabilities[jumps][some])
    assert found.high[some] == pytest.approx(bounds.high.probabilities[jumps][some])
    assert np.isnan(found.low[~some]).all()


def test_the_median_survived_by_hand():
    # At risk 5, 4, (one leaves) 2, 1: 4/5, 3/5, then 3/10.
    lengths = np.array([10.0, 20, 25, 30, 40])
    ended = np.array([True, True, False, True, True])
    assert median_survived(lengths, ended) == 30


def test_a_median_that_half_never_reach_is_none():
    lengths, ended = np.array([10.0, 20, 30]), np.array([True, False, False])
    assert median_survived(lengths, ended) is None
    assert median_survived(np.array([]), np.array([], bool)) is None


def walks(onsets, free, source):
    return [
        *(painful(m, day, distance_source=source) for day, m in enumerate(onsets)),
        *(walk(40 + day, m, distance_source=source) for day, m in enumerate(free)),
    ]


def test_measured_and_estimated_distances_are_never_in_one_line():
    measured, estimated = (100, 200, 300, 400, 500), (150, 250, 350, 450, 550, 650)
    rows = walks(measured, [700], "gps") + walks(estimated, [], "pedometer")
    told = free_of_pain(diary(rows))
    assert [step["distance_m"] for step in told["measured"]["steps"]] == list(measured)
    assert [step["distance_m"] for step in told["estimated"]["steps"]] == list(estimated)
    alone = free_of_pain(diary(walks(measured, [700], "gps")))
    assert told["measured"] == alone["measured"]


def test_a_pain_free_walk_is_at_risk_up_to_its_end_and_not_dropped():
    onsets = (100, 200, 300, 400, 500)
    told = free_of_pain(diary(walks(onsets, [250], "gps")))["measured"]
    assert (told["pains"], told["pain_free"]) == (5, 1)
    assert [step["at_risk"] for step in told["steps"]] == [6, 5, 3, 2, 1]
    shares = [step["share"] for step in told["steps"]]
    assert shares == pytest.approx([5 / 6, 4 / 6, 4 / 9, 2 / 9, 0])
    assert [step["low"] is None for step in told["steps"]] == [False] * 4 + [True]


def test_too_few_pains_give_no_line_and_keep_their_counts():
    onsets = [100.0 * (1 + n) for n in range(LEAST_ONSETS - 1)]
    told = free_of_pain(diary(walks(onsets, [900], "gps")))["measured"]
    assert told == {"pains": LEAST_ONSETS - 1, "pain_free": 1, "steps": []}


def test_walks_that_do_not_tell_how_far_are_counted_as_left_out():
    unknown = [walk(1, 600, [episode()]), walk(2, None, duration_s=60), walk(3, 600, None)]
    told = free_of_pain(diary(unknown))
    assert told["left_out"] == 2  # of the third nobody said whether it hurt
    assert told["measured"]["pains"] == told["estimated"]["pains"] == 0
    assert free_of_pain(diary())["left_out"] == 0
