"""Is each contributing factor named only where something recorded gives it?"""

from __future__ import annotations

from typing import Any

import pytest

from diary.analytics.columns import DiaryFrames
from diary.analytics.factors import factors, load_spikes
from tests.pure.builders import on
from tests.pure.diaries import check_in, diary, found_in, stenosis, walk, walk_id


def named(frames: DiaryFrames, day: int = 60) -> dict[str, list[str]]:
    """Reasons by factor."""
    found = found_in(frames, day=on(day))
    return {row["factor"]: row["reasons"] for row in factors(frames, on(day), found)}


@pytest.mark.parametrize(
    ("profile", "expected"),
    [
        ({"smoking": "current"}, {"smoking": ["smokes_now"]}),
        ({"smoking": "former"}, {"smoking": ["smoked_before"]}),
        ({"smoking": "never"}, {}),
        ({"height_cm": 170, "weight_kg": 72}, {}),  # 24.9
        ({"height_cm": 170, "weight_kg": 73}, {"excess_weight": ["overweight"]}),  # 25.3
        ({"height_cm": 170, "weight_kg": 87}, {"excess_weight": ["obese"]}),  # 30.1
        ({"weight_kg": 120}, {}),
        ({"birth_year": 1961}, {"age": ["age_65_or_more"]}),
        ({"birth_year": 1962}, {}),
        (
            {"conditions": ["diabetes", "fluoroquinolone_use", "pregnancy"]},
            {
                "diabetes": ["diabetes"],
                "fluoroquinolone": ["fluoroquinolone_use"],
                "pregnancy": ["pregnancy"],
            },
        ),
        ({"conditions": ["leg_fracture_or_cast"]}, {"immobility": ["leg_fracture_or_cast"]}),
        ({}, {}),
    ],
)
def test_the_profile_names_its_factors(
    profile: dict[str, Any], expected: dict[str, list[str]]
) -> None:
    assert named(diary(profile=profile)) == expected


def test_the_latest_weight_counts() -> None:
    frames = diary(
        profile={"height_cm": 170, "weight_kg": 90},
        measurements=[
            {"date": on(day).isoformat(), "kind": "weight_kg", "value": value}
            for day, value in ((0, 88), (50, 70))
        ],
    )
    assert named(frames) == {}


@pytest.mark.parametrize(
    ("lengths", "spiked"),
    [
        ({0: 1000, 5: 1100}, []),
        ({0: 1000, 5: 1101}, [5]),
        ({0: 1000, 30: 5000}, [30]),
        ({0: 1000, 31: 5000}, []),  # nothing in the 30 days before to compare with
        ({0: 3000, 10: 1000, 20: 2900}, []),
        ({0: 1000, 2: 1200, 4: 1250, 6: 1400}, [2, 6]),
        ({0: 0, 2: 500}, []),
    ],
)
def test_a_spike_is_a_tenth_longer_than_the_longest_of_thirty_days(
    lengths: dict[int, float], spiked: list[int]
) -> None:
    frames = diary(*(walk(day, distance_m=metres) for day, metres in lengths.items()))
    assert list(load_spikes(frames)["id"]) == [walk_id(day) for day in spiked]
    assert ("load_spike" in named(frames)) is bool(spiked)


def test_a_new_activity_is_a_load_of_its_own() -> None:
    frames = diary(changes=[{"date": on(0).isoformat(), "kind": "new_activity"}])
    assert named(frames) == {"load_spike": ["new_activity"]}


def test_pain_that_sitting_and_bending_ease_is_posture() -> None:
    assert named(stenosis())["posture"][0] == "relief_needs_sitting_or_bending"
    ticked = diary(check_ins=[check_in(0, "better_on_bending_forward")])
    assert named(ticked) == {"posture": ["eased_by_bending_forward"]}


@pytest.mark.parametrize(
    ("answers", "expected"),
    [([False] * 3, True), ([False] * 2, False), ([True, False, True], False), ([None] * 5, False)],
)
def test_no_warm_up_needs_three_answers(answers: list[bool | None], expected: bool) -> None:
    frames = diary(*(walk(day, stretched_before=each) for day, each in enumerate(answers)))
    assert ("no_warm_up" in named(frames)) is expected


def test_one_pair_of_shoes_in_which_it_hurts_more_is_named_with_its_walks() -> None:
    pain = {"site": "heel"}
    walks = [walk(day, pain, footwear="Old boots ") for day in range(3)]
    walks += [walk(10 + day, footwear="trainers") for day in range(3)]
    walks += [walk(20, pain, footwear="old boots")]
    frames = diary(*walks)
    assert named(frames)["footwear"] == ["more_pain_in_one_footwear"]
    rows = factors(frames, on(60), found_in(frames, day=on(60)))
    worse = next(row for row in rows if row["factor"] == "footwear")
    assert worse["entries"] == [walk_id(day) for day in (0, 1, 2, 20)]


@pytest.mark.parametrize(
    ("kind", "day", "until", "factor"),
    [
        ("footwear", 0, None, "footwear"),
        ("footwear", -60, None, None),
        ("long_journey_or_bed_rest", 40, None, "immobility"),
        ("long_journey_or_bed_rest", 10, None, None),
        ("long_journey_or_bed_rest", 10, 50, "immobility"),
    ],
)
def test_changes_count_while_they_are_recent(
    kind: str, day: int, until: int | None, factor: str | None
) -> None:
    ends = {} if until is None else {"until": on(until).isoformat()}
    frames = diary(changes=[{"date": on(day).isoformat(), "kind": kind, **ends}])
    assert list(named(frames)) == ([factor] if factor else [])
