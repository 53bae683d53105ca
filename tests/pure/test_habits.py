"""Are the habits counted from what was recorded, and told apart from what was not?"""

from __future__ import annotations

from typing import Any

from diary.analytics.habits import habits
from tests.pure.builders import check_in, diary, episode, on, walk


def of(*walks: Any, **other: Any) -> dict[str, Any]:
    return habits(diary(walks, **other), on(40))


def test_an_empty_diary_gives_zeros_and_nulls() -> None:
    found = of()
    assert found["stretched_before"] == {"n": 0, "of": 0}
    assert found["footwear"] == {"pairs": 0, "of": 0}
    assert found["weight"]["latest_kg"] is None
    assert found["smoking"] is None
    assert found["breaks"] == {"lengths": 0, "wanted": 4, "longer_than_m": None, "n": 0, "of": 0}
    assert found["sudden_load"] == {"n": 0, "of": 0, "latest": None}
    assert found["pain_on_standing"] == {"n": 0, "of": 0}
    assert set(map(str, found["posture_signs"].values())) == {"{'n': 0, 'of': 0}"}
    assert found["painful_days"] == {"n": 0, "first": None, "last": None, "days_between": None}
    assert (found["walks_lately"], found["changes"]) == (0, [])


def test_stretching_that_nobody_noted_is_not_a_no() -> None:
    found = of(walk(0, stretched_before=True), walk(1, stretched_before=False), walk(2))
    assert found["stretched_before"] == {"n": 1, "of": 2}
    assert found["stretched_after"] == {"n": 0, "of": 0}


def test_one_pair_of_shoes_is_one_however_it_is_spelt() -> None:
    found = of(walk(0, footwear="Boots"), walk(1, footwear=" boots "), walk(2, footwear="sandals"))
    assert found["footwear"] == {"pairs": 2, "of": 3}


def test_a_rest_on_a_longer_walk_is_a_break() -> None:
    rest = [episode(rest_s=60)]
    found = of(walk(0, 300, rest), walk(1, 400), walk(2, 900, rest), walk(3, 1000), walk(4, None,
        duration_s=600))  # fmt: skip
    assert found["breaks"] == {"lengths": 4, "wanted": 4, "longer_than_m": 650, "n": 1, "of": 2}
    few = of(walk(0, 300), walk(1, 900))["breaks"]
    assert (few["lengths"], few["longer_than_m"]) == (2, None)
    alike = of(*(walk(day, 500) for day in range(4)))["breaks"]
    assert (alike["longer_than_m"], alike["of"]) == (500, 0)


def test_a_sudden_load_is_told_of_the_walks_that_can_be_compared() -> None:
    found = of(walk(0, 1000), walk(5, 1101), walk(6, 900), walk(7, None, duration_s=60))
    assert found["sudden_load"] == {"n": 1, "of": 2, "latest": on(5)}
    assert of(walk(0, 1000), walk(31, 5000))["sudden_load"]["of"] == 0


def test_what_posture_does_is_counted_where_it_was_asked() -> None:
    found = of(
        walk(0, pain_on_standing=True),
        walk(1, pain_on_standing=False),
        walk(2),
        check_ins=[check_in(0, signs=["better_on_sitting"]), check_in(1, signs=[]), check_in(2)],
    )
    assert found["pain_on_standing"] == {"n": 1, "of": 2}
    assert found["posture_signs"]["better_on_sitting"] == {"n": 1, "of": 2}
    assert found["posture_signs"]["worse_on_standing"] == {"n": 0, "of": 2}


def test_painful_days_count_walks_nights_and_rests_once_a_day() -> None:
    found = of(
        walk(0, pain=[episode()]),
        walk(0, pain=[episode()], hour=15),
        check_ins=[check_in(0, pain_at_rest=3), check_in(5, night_pain=True), check_in(6)],
    )
    assert found["painful_days"] == {"n": 2, "first": on(0), "last": on(5), "days_between": 5}


def test_walks_of_the_last_four_weeks_and_changes_by_kind() -> None:
    changes = [
        {"date": on(day).isoformat(), "kind": kind}
        for day, kind in ((3, "orthotics"), (9, "orthotics"), (5, "injury"))
    ]
    found = of(walk(12), walk(13), walk(40), changes=changes)
    assert found["walks_lately"] == 2
    assert found["changes"] == [
        {"kind": "injury", "n": 1, "latest": on(5)},
        {"kind": "orthotics", "n": 2, "latest": on(9)},
    ]


def test_the_measured_weight_goes_before_that_of_the_profile() -> None:
    profile = {"weight_kg": 90}
    measured = [{"date": on(day).isoformat(), "kind": "weight_kg", "value": kg}
                for day, kg in ((9, 80), (2, 84))]  # fmt: skip
    found = of(profile=profile, measurements=measured)["weight"]
    assert (found["first_kg"], found["latest_kg"], found["n"]) == (84, 80, 2)
    assert of(profile=profile)["weight"]["profile_kg"] == 90
