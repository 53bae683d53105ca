"""Is the onset's median honest about pain-free walks, and its word on consistency earned?"""

from __future__ import annotations

import json
import math
import random
from pathlib import Path
from statistics import NormalDist
from typing import Any

import jsonschema
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diary.analytics.columns import DiaryFrames
from diary.analytics.onset import first_onsets, onset
from tests.pure.builders import Row, diary, episode, on, painful, walk

SCHEMA = Path(__file__).parents[3] / "shared/design/assessment.schema.json"
FIVE = [200, 250, 300, 350, 400]
WORKED = [201, 252, 298, 347, 403]
EIGHT = [260, 280, 290, 300, 300, 310, 330, 350]
RANDOM = [40, 700, 150, 900, 20, 420, 1300, 90]


def found(*walks: Row, as_of: int = 200) -> dict[str, Any]:
    return onset(diary(walks), on(as_of))


def pains(*onsets_m: float, step: int = 1, **said: Any) -> list[Row]:
    return [painful(metres, step * day, **said) for day, metres in enumerate(onsets_m)]


def first(*walks: Row) -> dict[str, Any]:
    """The one row of a diary with one walk."""
    row: dict[str, Any] = first_onsets(diary(walks)).to_dict("records")[0]
    return row


# Which walks, and what each says.


def test_an_empty_diary_gives_zeros_and_nulls() -> None:
    assert found() == {
        "onsets": 0, "censored": 0, "without_distance": 0, "status": "insufficient_data",
        "driver": "unknown", "since": None, "part_in_step": None,
        "median_m": None, "low_m": None, "high_m": None, "estimate": "none", "variation": None,
        "trend": {"direction": "unknown", "ratio_per_30_days": None, "low": None, "high": None},
    }  # fmt: skip
    assert first_onsets(diary()).empty


def test_a_walk_that_hurt_after_nobody_knows_how_far_is_neither_an_onset_nor_free_of_pain() -> None:
    told = found(walk(0, 900, [episode()]), walk(1, 900, [episode(onset_s=200)]), walk(2, 500))
    assert (told["onsets"], told["censored"], told["without_distance"]) == (1, 1, 1)


def test_only_walks_on_foot_with_an_answer_to_the_question_of_pain_are_used() -> None:
    walks = [
        walk(0, activity="run"),
        walk(1, pain=None),
        walk(2, activity="hike"),
        walk(3, activity="other", pain=[episode(onset_distance_m=100)]),
        walk(4),
    ]
    used = first_onsets(diary(walks))
    assert list(used["walk"]) == [2, 4]
    assert found(*walks)["censored"] == 2


def test_the_first_pain_of_a_walk_counts_and_later_ones_do_not() -> None:
    row = first(walk(0, 900, [episode(onset_distance_m=m, onset_s=m) for m in (250, 600, 800)]))
    assert (row["onset_m"], row["onset_s"], row["censored"]) == (250, 250, False)


def test_the_second_pain_does_not_stand_in_for_a_first_without_its_distance() -> None:
    row = first(walk(0, 900, [episode(site="calf"), episode(onset_distance_m=700)]))
    assert math.isnan(row["onset_m"])
    assert row["before_m"] == 700


def test_walks_after_the_day_asked_for_do_not_count() -> None:
    walks = [*pains(*FIVE), walk(50, 5000)]
    assert found(*walks, as_of=49) == found(*pains(*FIVE), as_of=49)
    assert found(*walks, as_of=50)["censored"] == 1


# The median.


def test_without_pain_free_walks_the_median_is_the_geometric_mean() -> None:
    result = found(*pains(*FIVE))
    assert result["median_m"] == pytest.approx((200 * 250 * 300 * 350 * 400) ** 0.2, rel=0.01)
    assert result["low_m"] < 250 < 350 < result["high_m"]


def test_a_pain_free_walk_is_censored_not_dropped() -> None:
    """Dropped, the three long walks would leave 291.4 m; half of all eight walks got past 400 m."""
    result = found(*pains(*FIVE), walk(6, 450), walk(7, 500), walk(8, 600))
    assert result["censored"] == 3
    assert 350 < result["median_m"] < 450


def test_the_worked_example_of_the_methods() -> None:
    """By GPS, on odd metres; the numbers were found by a search over the likelihood in words."""
    result = found(*pains(*WORKED, distance_source="gps"))
    assert (result["median_m"], result["low_m"], result["high_m"]) == (291.8, 213.3, 399.1)
    assert (result["status"], round(result["variation"], 2)) == ("suggestive", 0.28)
    free = (walk(6 + n, metres, distance_source="gps") for n, metres in enumerate((450, 500, 600)))
    result = found(*pains(*WORKED, distance_source="gps"), *free)
    assert (result["median_m"], result["low_m"], result["high_m"]) == (403.5, 260.5, 624.9)
    assert (result["status"], round(result["variation"], 2)) == ("insufficient_data", 0.48)


def test_a_pain_free_walk_far_shorter_than_every_onset_says_next_to_nothing() -> None:
    alone = found(*pains(*FIVE))
    result = found(*pains(*FIVE), *(walk(6 + day, 60) for day in range(6)))
    assert result["censored"] == 6
    assert result["median_m"] == pytest.approx(alone["median_m"], rel=0.01)


def test_a_painful_walk_without_a_distance_of_the_pain_says_that_it_came_before_the_end() -> None:
    alone = found(*pains(*EIGHT))
    shorter = found(*pains(*EIGHT), *(walk(20 + d, 200, [episode(site="calf")]) for d in range(4)))
    assert shorter["onsets"] == alone["onsets"] == 8
    assert shorter["median_m"] < alone["median_m"] - 10


def test_an_onset_known_by_its_time_is_reckoned_from_the_pace_between_rests() -> None:
    timed = [
        walk(
            day,
            1000,
            # 1000 m in 1000 s of walking and 500 s of rest: 300 s are 300 m.
            [episode(onset_s=metres, rest_s=500, rest_posture="standing")],
            duration_s=1500,
        )
        for day, metres in enumerate(FIVE)
    ]
    result = found(*timed)
    assert result["onsets"] == 5
    assert result["median_m"] == pytest.approx(found(*pains(*FIVE))["median_m"], rel=0.01)


def test_fewer_than_three_onsets_give_no_median() -> None:
    result = found(*pains(300, 310), walk(5, 400))
    assert (result["onsets"], result["median_m"], result["variation"]) == (2, None, None)
    assert result["estimate"] == "none"
    assert found(*pains(300, 310, 320))["median_m"] is not None


def test_a_diary_without_pain_says_not_reached() -> None:
    result = found(*(walk(day, 2000) for day in range(6)))
    assert (result["estimate"], result["median_m"], result["censored"]) == ("not_reached", None, 6)
    assert result["status"] == "insufficient_data"


def test_a_median_far_beyond_every_walk_is_not_given() -> None:
    result = found(*pains(400, 700, 900), *(walk(5 + day, 1000) for day in range(60)))
    assert (result["estimate"], result["median_m"]) == ("not_reached", None)


def test_pain_with_the_first_steps_has_no_distance_to_keep_to() -> None:
    result = found(*pains(0, 0, 0, 0, 0, 0, 0, 300, distance_m=800))
    assert (result["median_m"], result["status"]) == (0, "inconsistent")
    assert result["low_m"] is None


def test_one_onset_at_zero_neither_breaks_the_median_nor_makes_it_surer() -> None:
    clean, slip = found(*pains(*EIGHT)), found(*pains(*EIGHT, 0, distance_m=600))
    assert slip["high_m"] / slip["low_m"] >= clean["high_m"] / clean["low_m"]
    assert 0.85 * clean["median_m"] < slip["median_m"] <= clean["median_m"]


def test_walks_uphill_are_brought_to_the_level() -> None:
    level, uphill = pains(*EIGHT), pains(*(0.85 * m for m in EIGHT), terrain="hilly")
    mixed = [*level, *pains(*(0.85 * m for m in EIGHT), terrain="hilly", hour=18)]
    alone = found(*level)
    assert found(*mixed)["median_m"] == pytest.approx(alone["median_m"], rel=0.01)
    reckoned = found(*uphill)  # only from what is known of slopes, and so less surely
    assert reckoned["median_m"] == pytest.approx(alone["median_m"], rel=0.01)
    assert reckoned["high_m"] / reckoned["low_m"] > 1.2 * alone["high_m"] / alone["low_m"]


def test_a_persons_own_hills_tell_more_than_the_usual_ones() -> None:
    steep = [*pains(*EIGHT), *pains(*(0.5 * m for m in EIGHT), ascent_m=40, hour=18)]
    assert found(*steep)["median_m"] == pytest.approx(found(*pains(*EIGHT))["median_m"], rel=0.07)


def test_the_pace_that_is_usual_for_the_person_is_the_one_that_counts() -> None:
    brisk = pains(*EIGHT, pace="brisk")
    assert found(*brisk)["median_m"] == found(*pains(*EIGHT))["median_m"]
    both = [*brisk, *pains(*(1.3 * m for m in EIGHT[:3]), pace="slow", hour=18)]
    assert found(*both)["median_m"] == pytest.approx(found(*brisk)["median_m"], rel=0.06)


def test_leaning_on_a_trolley_is_told_from_walking_without() -> None:
    leant = pains(*(3 * m for m in EIGHT[:4]), walking_aid="trolley", hour=18)
    result = found(*pains(*EIGHT), *leant)
    assert result["median_m"] == pytest.approx(found(*pains(*EIGHT))["median_m"], rel=0.1)
    assert result["status"] == "consistent"


def test_typed_distances_off_by_a_factor_do_not_carry_measured_ones_with_them() -> None:
    typed = pains(*(1.8 * m for m in EIGHT), distance_source="estimated", hour=18)
    measured = pains(*EIGHT, distance_source="gps")
    median_m = found(*typed, *measured)["median_m"]
    assert median_m == pytest.approx(found(*measured)["median_m"], rel=0.15)


def test_a_step_at_a_treatment_is_not_smeared_into_a_slope() -> None:
    before, after = pains(*EIGHT, step=2), pains(*(2 * m for m in EIGHT), step=2)
    later = [row | {"started_at": walk(20 + 2 * n)["started_at"]} for n, row in enumerate(after)]
    change = [{"date": on(18).isoformat(), "kind": "surgery"}]
    result = onset(diary([*before, *later], changes=change), on(40))
    assert result["median_m"] == pytest.approx(2 * found(*pains(*EIGHT))["median_m"], rel=0.1)
    assert result["variation"] < found(*before, *later)["variation"]
    assert result["trend"]["direction"] == "lengthening"


def test_walks_before_the_injury_with_which_the_pain_began_do_not_count() -> None:
    free = [walk(day, 3000, []) for day in range(10)]
    hurt = pains(*EIGHT)
    later = [row | {"started_at": walk(20 + n)["started_at"]} for n, row in enumerate(hurt)]
    injury = [{"date": on(15).isoformat(), "kind": "injury"}]
    result = onset(diary([*free, *later], changes=injury), on(40))
    assert result["since"] == on(15)
    assert (result["onsets"], result["censored"]) == (8, 0)
    assert result["median_m"] == found(*hurt)["median_m"]
    # Pain that was there before did not begin with it.
    earlier = [*hurt, *later]
    assert onset(diary(earlier, changes=injury), on(40))["since"] is None


def test_a_walk_without_its_length_takes_the_persons_own_pace() -> None:
    known = [
        walk(day, 1000, [episode(onset_distance_m=m, onset_s=m)], duration_s=1000)
        for day, m in enumerate(EIGHT)
    ]
    timed = [walk(10 + day, None, [], duration_s=600) for day in range(3)]
    free = [walk(10 + day, 600, []) for day in range(3)]
    assert found(*known, *timed)["median_m"] == pytest.approx(found(*known, *free)["median_m"])


# Consistency.


def test_eight_onsets_close_together_are_consistent_and_seven_only_suggest_it() -> None:
    assert found(*pains(*EIGHT))["status"] == "consistent"
    assert found(*pains(*EIGHT[:7]))["status"] == "suggestive"
    assert found(*pains(*EIGHT[:4]))["status"] == "insufficient_data"


def test_pain_anywhere_is_inconsistent_and_keeps_to_neither() -> None:
    result = found(*pains(*RANDOM, distance_m=1400))
    assert (result["status"], result["driver"]) == ("inconsistent", "neither")
    assert result["variation"] > 0.5


def test_long_pain_free_walks_speak_against_a_consistent_distance() -> None:
    walks = pains(*EIGHT)
    assert found(*walks, *(walk(20 + d, 1500) for d in range(8)))["status"] == "inconsistent"
    assert found(*walks, *(walk(20 + d, 150) for d in range(8)))["status"] == "consistent"


def test_onsets_that_vary_by_more_than_half_are_inconsistent_however_many() -> None:
    spread = [300 * math.exp(0.6 * NormalDist().inv_cdf((k + 0.5) / 20)) for k in range(20)]
    result = found(*pains(*spread, distance_source="gps", step=0))
    assert 0.5 < result["variation"] < 0.7
    assert result["status"] == "inconsistent"


def test_pain_at_a_consistent_time_is_found_where_no_distance_is_known() -> None:
    walks = [
        walk(day, None, [episode(onset_s=seconds)], duration_s=900)
        for day, seconds in enumerate(EIGHT)
    ]
    result = found(*walks)
    assert (result["onsets"], result["status"], result["median_m"]) == (8, "consistent", None)


def test_the_error_of_the_measuring_is_taken_out_of_the_variation() -> None:
    values = [180, 220, 260, 300, 340, 400, 300, 280]
    gps = found(*pains(*values, distance_source="gps"))["variation"]
    typed = found(*pains(*values, distance_source="estimated"))["variation"]
    assert 0.1 < typed < gps - 0.015
    assert typed == found(*pains(*values))["variation"]  # nobody said: the least sure


# Distance or time.


@pytest.mark.parametrize(("kept", "driver"), [("distance", "distance"), ("time", "time")])
def test_what_varies_less_when_the_pace_varies_drives_the_pain(kept: str, driver: str) -> None:
    paces = [0.4, 0.5, 0.7, 0.9, 1.1, 1.4, 1.7, 2.0]  # distances would only be suggestive
    near = [298, 305, 300, 295, 302, 300, 306, 297]
    walks = []
    for day, (pace, about) in enumerate(zip(paces, near, strict=True)):
        metres, seconds = (about, about / pace) if kept == "distance" else (about * pace, about)
        said = episode(onset_distance_m=metres, onset_s=seconds)
        walks.append(walk(day, 900, [said], duration_s=900 / pace, distance_source="gps"))
    result = found(*walks)
    assert (result["driver"], result["status"]) == (driver, "consistent")


def test_at_one_pace_distance_and_time_cannot_be_told_apart() -> None:
    walks = [
        walk(day, 900, [episode(onset_distance_m=m, onset_s=m / 1.1)], duration_s=820)
        for day, m in enumerate(EIGHT)
    ]
    assert found(*walks)["driver"] == "unknown"


# The trend.


def falling(ratio_per_30_days: float, days: int = 60, every: int = 3) -> list[Row]:
    """Onsets of 400 m that change so, 8 % up and down by turns."""
    return [
        painful(
            400 * ratio_per_30_days ** (day / 30) * (1.08 if day % 2 else 1 / 1.08),
            day,
            distance_source="gps",
        )
        for day in range(0, days + 1, every)
    ]


def test_a_halving_is_found_with_its_rate_and_the_median_of_the_last_day() -> None:
    result = found(*falling(0.7))
    assert result["trend"]["direction"] == "shortening"
    assert result["trend"]["ratio_per_30_days"] == pytest.approx(0.7, abs=0.03)
    assert result["trend"]["low"] < 0.7 < result["trend"]["high"] < 1
    assert result["median_m"] == pytest.approx(400 * 0.49, rel=0.07)
    assert result["variation"] < 0.15


def test_a_trend_the_other_way_is_a_lengthening() -> None:
    result = found(*falling(1.4))
    assert result["trend"]["direction"] == "lengthening"
    assert result["median_m"] == pytest.approx(400 * 1.96, rel=0.07)


def test_level_onsets_are_steady_and_a_change_under_a_third_is_not_claimed() -> None:
    assert found(*falling(1.0))["trend"]["direction"] == "steady"
    small = found(*falling(0.9))["trend"]
    assert small["high"] < 1
    assert small["direction"] in ("steady", "unknown")


def test_a_clear_change_of_a_quarter_is_neither_claimed_nor_ruled_out() -> None:
    trend = found(*falling(0.86, every=5))["trend"]
    assert trend["high"] < 1
    assert trend["low"] ** 2 < 0.7  # over sixty days
    assert trend["direction"] == "unknown"


def test_a_trend_is_not_carried_beyond_the_last_walk() -> None:
    walks = falling(0.7)
    assert found(*walks, as_of=60) == found(*walks, as_of=200)


def test_a_change_too_small_to_be_shown_still_moves_and_widens_the_median() -> None:
    """A fall of 14 % in 30 days over 57 days: onsets of 399 m at first, of 300 m at last."""
    draw = np.random.default_rng(20260303)
    held, unknown = [], []
    for _ in range(60):
        noise = draw.normal(0, math.sqrt(math.log1p(0.3**2)), 20)
        metres = 300 * np.exp(noise - 0.15 * (np.arange(0, 60, 3) - 57) / 30)
        result = found(*(painful(m, 3 * n) for n, m in enumerate(metres)))
        held.append(result["low_m"] <= 300 <= result["high_m"])
        unknown.append(result["trend"]["direction"] == "unknown")
    assert np.mean(unknown) > 0.5
    assert np.mean(held) >= 0.85


def test_ten_days_are_too_short_for_a_trend() -> None:
    assert found(*pains(*reversed(EIGHT)))["trend"]["direction"] == "unknown"
    assert found(*pains(*reversed(EIGHT)))["trend"]["low"] is None


# Whatever the diary.

some_metres = st.integers(0, 3000)
any_walk = st.fixed_dictionaries(
    {
        "day": st.integers(0, 60),
        "distance_m": st.none() | some_metres,
        "onset_m": st.none() | some_metres,
        "onset_s": st.none() | some_metres,
        "free": st.booleans(),
        "duration_s": some_metres,
        "terrain": st.sampled_from([None, "flat", "hilly"]),
        "distance_source": st.sampled_from([None, "gps", "estimated"]),
    }
)


def as_walk(said: Row) -> Row:
    onset_m, distance_m = said["onset_m"], said["distance_m"]
    if onset_m is not None and distance_m is not None:
        onset_m = min(onset_m, distance_m)
    pain = [] if said["free"] else [episode(onset_distance_m=onset_m, onset_s=said["onset_s"])]
    rest = {name: said[name] for name in ("duration_s", "terrain", "distance_source")}
    return walk(said["day"], distance_m, pain, **rest)


@settings(max_examples=40, deadline=None)
@given(st.lists(any_walk, max_size=25), st.randoms(use_true_random=False))
def test_any_diary_gives_plain_finite_numbers_whatever_the_order(
    said: list[Row], order: random.Random
) -> None:
    walks = [as_walk(each) | {"id": None} for each in said]
    result = found(*_numbered(walks))
    json.dumps(result, allow_nan=False)
    if result["low_m"] is not None:
        assert 0 <= result["low_m"] <= result["median_m"] <= result["high_m"]
    shuffled = _numbered(walks)
    order.shuffle(shuffled)
    assert found(*shuffled) == result


@pytest.mark.skipif(not SCHEMA.exists(), reason="the assessment's schema is not beside the project")
@pytest.mark.parametrize("walks", [[], [walk()], [painful(m, d) for d, m in enumerate(EIGHT)]])
def test_it_is_what_the_schema_of_the_assessment_says(walks: list[Row]) -> None:
    schema = json.loads(SCHEMA.read_text())["properties"]["onset"]
    jsonschema.validate(found(*walks), schema)


def _numbered(walks: list[Row]) -> list[Row]:
    return [
        row | {"id": f"00000000-0000-0000-0000-{number:012d}"} for number, row in enumerate(walks)
    ]


@settings(max_examples=40, deadline=None)
@given(
    onsets=st.lists(st.floats(50, 1500), min_size=3, max_size=12),
    free=st.lists(st.floats(20, 1500), max_size=6),
    longer=st.floats(1, 3),
)
def test_a_longer_pain_free_walk_never_shortens_the_median(
    onsets: list[float], free: list[float], longer: float
) -> None:
    walks = [painful(metres) for metres in onsets] + [walk(0, metres) for metres in free]
    before = found(*walks)
    after = found(*walks, walk(0, longer * max(onsets + free)))
    if after["median_m"] is None:
        assert after["estimate"] == "not_reached"
    elif before["median_m"] is not None:
        assert after["median_m"] >= before["median_m"]


odd_metres = st.integers(50, 800).map(lambda metres: metres + 0.37)  # written down in no steps


@settings(max_examples=20, deadline=None)
@given(
    st.lists(odd_metres, min_size=5, max_size=12),
    st.lists(odd_metres, max_size=5),
    st.integers(2, 5),
)
def test_distances_in_another_scale_give_the_same_pattern(
    onsets: list[float], free: list[float], by: int
) -> None:
    def said(scale: int) -> dict[str, Any]:
        return found(
            *(painful(m * scale, distance_m=m * scale) for m in onsets),
            *(walk(0, m * scale) for m in free),
        )

    small, large = said(1), said(by)
    assert large["status"] == small["status"]
    assert large["variation"] == pytest.approx(small["variation"], abs=2e-4)
    if small["median_m"] is not None:
        assert large["median_m"] == pytest.approx(by * small["median_m"], abs=0.06 * by)


def test_the_interval_holds_the_true_median_about_as_often_as_it_says() -> None:
    """True median 300 m, true variation 0.30, walks of 150 to 700 m: about half are pain-free."""
    draw = np.random.default_rng(20260302)
    sigma = math.sqrt(math.log1p(0.3**2))
    held, ratios = [], []
    for _ in range(100):
        result = onset(_simulated(draw, 14, sigma), on(14))
        if result["median_m"] is not None:
            held.append(result["low_m"] <= 300 <= result["high_m"])
            ratios.append(result["high_m"] / result["low_m"])
    assert len(held) > 90
    assert 0.90 <= np.mean(held) <= 0.99
    assert np.median(ratios) < 1.8


def _simulated(draw: np.random.Generator, walks: int, sigma: float) -> DiaryFrames:
    length_m = draw.uniform(150, 700, walks)
    onset_m = 300 * np.exp(draw.normal(0, sigma, walks))
    return diary(
        [
            walk(
                day,
                far,
                [episode(onset_distance_m=pain)] if pain <= far else [],
                distance_source="gps",
            )
            for day, (far, pain) in enumerate(zip(length_m, onset_m, strict=True))
        ]
    )


@pytest.mark.parametrize(
    "odd",
    [
        {"distance_m": 600, "pain": [episode(onset_distance_m=0)]},
        {"distance_m": 600, "pain": [episode(onset_distance_m=30)]},
        {"distance_m": 5000, "pain": []},
    ],
)
def test_one_odd_walk_does_not_undo_what_eight_others_show(odd):
    steady = [250, 270, 290, 300, 310, 320, 340, 350]
    walks = [
        walk(2 * day, distance_m=600, pain=[episode(onset_distance_m=onset_m)])
        for day, onset_m in enumerate(steady)
    ]
    frames = diary([*walks, walk(20, **odd)])
    assert onset(frames, frames.last_day)["status"] in ("suggestive", "consistent")


def test_a_median_is_not_given_far_beyond_where_pain_ever_came():
    before = [walk(day, distance_m=5000, pain=[]) for day in range(18)]
    after = [
        walk(20 + day, distance_m=800, pain=[episode(onset_distance_m=200 + 50 * day)])
        for day in range(6)
    ]
    frames = diary([*before, *after])
    found = onset(frames, frames.last_day)
    assert found["estimate"] == "not_reached"
    assert found["median_m"] is None
