"""Is the time to relief honest about rests that did not relieve, and about what was not told?"""

from __future__ import annotations

import random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diary.analytics.relief import relief
from tests.pure.builders import Row, diary, episode, walk


def found(*rests: Row) -> dict[str, Any]:
    """The relief of one walk a rest."""
    return relief(diary([walk(day, pain=[rest]) for day, rest in enumerate(rests)]))


def after(relief_s: float, **said: Any) -> Row:
    return episode(relief="complete", relief_s=relief_s, rest_posture="standing", **said)


def without(rest_s: float | None = None, **said: Any) -> Row:
    return episode(relief="none", rest_s=rest_s, rest_posture="standing", **said)


def test_an_empty_diary_gives_zeros_and_nulls() -> None:
    nothing = {
        "episodes": 0, "relieved": 0, "partly": 0, "median_s": None, "timed": 0,
        "share_within_10_min": None, "judged": 0, "within_10_min": 0, "not_relieved": 0,
        "by_posture": {},
    }  # fmt: skip
    assert found() == nothing
    assert found(episode(site="calf", rest_posture="standing", rest_s=300)) == nothing


def test_the_median_is_the_middle_time() -> None:
    assert found(after(60), after(120), after(600))["median_s"] == 120


def test_a_rest_without_relief_is_censored_not_dropped() -> None:
    """By hand: 60 s leaves 4/5, 120 s 3/5; the rest of 200 s leaves none gone; 240 s 3/10."""
    rests = [after(60), after(120), without(200), after(240), after(300)]
    assert found(*rests)["median_s"] == 240
    assert found(*(rest for rest in rests if rest["relief"] != "none"))["median_s"] < 240


def test_where_most_rests_do_not_relieve_the_median_is_not_reached() -> None:
    result = found(after(60), without(900), without(900))
    assert (result["median_s"], result["timed"]) == (None, 3)
    assert (result["episodes"], result["relieved"]) == (3, 1)


def test_a_relief_without_its_time_is_counted_but_has_no_part_in_the_median() -> None:
    result = found(after(60), episode(relief="partial"), episode(relief_s=90))
    assert (result["episodes"], result["relieved"], result["timed"]) == (3, 3, 2)
    assert result["partly"] == 1
    assert result["median_s"] == 60


@pytest.mark.parametrize(
    ("rest", "share"),
    [
        (after(600), 1.0),
        (after(601), 0.0),
        (without(600), 0.0),
        (without(599), None),  # it might have come a second later
        (without(), 0.0),
        (episode(relief="complete", rest_s=300), 1.0),
        (episode(relief="complete", rest_s=900), None),
        (episode(relief="partial"), None),
        (episode(relief_s=0), 1.0),
    ],
)
def test_ten_minutes_are_judged_only_where_the_entry_tells(rest: Row, share: float | None) -> None:
    result = found(rest)
    assert result["share_within_10_min"] == share
    assert result["judged"] == (0 if share is None else 1)


def test_each_posture_speaks_for_itself() -> None:
    result = found(
        after(300),
        episode(rest_posture="sitting", relief="complete", relief_s=60),
        episode(rest_posture="sitting", relief="none", rest_s=30),
        episode(relief="complete", relief_s=90),
    )
    assert result["by_posture"] == {
        "standing": {"episodes": 1, "relieved": 1, "partly": 0, "median_s": 300.0, "timed": 1},
        "sitting": {"episodes": 2, "relieved": 1, "partly": 0, "median_s": 60.0, "timed": 2},
        "not_recorded": {"episodes": 1, "relieved": 1, "partly": 0, "median_s": 90.0, "timed": 1},
    }


times = st.integers(1, 1200)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(times, min_size=1, max_size=12),
    st.lists(times, max_size=6),
    st.randoms(use_true_random=False),
)
def test_the_order_does_not_matter_and_failed_rests_never_make_relief_sooner(
    reliefs: list[int], failed: list[int], order: random.Random
) -> None:
    rests = [after(seconds) for seconds in reliefs] + [without(seconds) for seconds in failed]
    result = found(*rests)
    order.shuffle(rests)
    assert found(*rests) == result
    longest = found(*rests, without(1201))
    if longest["median_s"] is not None:
        assert longest["median_s"] >= result["median_s"]


def test_the_rests_that_failed_and_those_that_were_soon_are_counted() -> None:
    rests = [
        episode(relief="complete", relief_s=120), episode(relief="complete", relief_s=900),
        episode(relief="none", rest_s=1200), episode(relief="complete"),
    ]  # fmt: skip
    result = found(*rests)
    assert (result["episodes"], result["relieved"], result["not_relieved"]) == (4, 3, 1)
    assert (result["within_10_min"], result["judged"]) == (1, 3)
