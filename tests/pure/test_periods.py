"""Are two periods told side by side, and is a difference named only where it may be?"""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest

from diary.analytics.periods import compared
from diary.analytics.recorded import check_ins_counted, newest_measurements
from tests.pure.builders import check_in, diary, episode, on, painful, walk

EARLIER, LATER = (on(0), on(27)), (on(28), on(55))


def both(onset_m: float, later_m: float, each: int = 20, **said):
    """So many painful walks in each period, the onsets spread a little about these."""
    spread = [0.97, 1.0, 1.03]
    return diary(
        [painful(onset_m * spread[day % 3], day, **said) for day in range(28 - each, 28)]
        + [painful(later_m * spread[day % 3], day, **said) for day in range(56 - each, 56)]
    )


def test_nothing_recorded_gives_zeros_and_no_comparison():
    found = compared(diary(), EARLIER, LATER)
    assert found["state"] == "not_enough"
    assert not found["less_of_both"]
    for side in (found["earlier"], found["later"]):
        assert side["walks"] == {"total": 0, "with_pain": 0, "pain_free": 0, "not_recorded": 0}
        assert (side["days_with_entries"], side["span_days"]) == (0, 28)
        assert side["onset"]["median_m"] is None
        assert side["pain"] == {"n": 0, "of": 0, "middle": None, "worst": None}
        assert side["check_ins"]["pain_at_rest"]["worst"] is None


def test_one_walk_is_counted_where_it_lies_and_is_not_enough():
    found = compared(diary([painful(300, 27)]), EARLIER, LATER)
    assert [found[side]["walks"]["total"] for side in ("earlier", "later")] == [1, 0]
    assert [found[side]["onset"]["onsets"] for side in ("earlier", "later")] == [1, 0]
    assert found["state"] == "not_enough"


def test_the_first_and_the_last_day_belong_to_a_period_and_their_neighbours_do_not():
    walks = [walk(day) for day in (0, 27, 28, 55, 56)]
    found = compared(diary(walks), EARLIER, LATER)
    assert found["earlier"]["walks"]["total"] == found["later"]["walks"]["total"] == 2


@pytest.mark.parametrize(
    ("now_m", "state"),
    [(400, "no_clear_difference"), (290, "no_clear_difference"), (200, "shorter"),
     (600, "no_clear_difference"), (900, "longer")],
)  # fmt: skip
def test_a_difference_is_named_only_beyond_what_matters_to_people(now_m, state):
    found = compared(both(400, now_m, distance_source="gps"), EARLIER, LATER)
    assert found["earlier"]["onset"]["median_m"] == pytest.approx(400, rel=0.05)
    assert found["later"]["onset"]["median_m"] == pytest.approx(now_m, rel=0.05)
    assert found["state"] == state


def test_days_without_entries_take_the_word_away():
    assert compared(both(400, 200, each=10), EARLIER, LATER)["state"] == "not_enough"


def test_a_period_that_fell_silent_before_its_end_is_not_compared():
    walks = [painful(400, day) for day in range(28)] + [painful(200, day) for day in range(28, 48)]
    assert compared(diary(walks), EARLIER, LATER)["state"] == "not_enough"


def test_walks_measured_in_different_ways_are_not_compared():
    walks = [painful(400, day, distance_source="gps") for day in range(28)]
    walks += [painful(200, day, distance_source="estimated") for day in range(28, 56)]
    assert compared(diary(walks), EARLIER, LATER)["state"] == "mixed_sources"


def test_periods_that_overlap_are_not_compared():
    found = compared(both(400, 200), EARLIER, (on(27), on(55)))
    assert found["state"] == "overlapping"


def recorded(was: list, now: list, **said) -> dict:
    """Two periods with a check-in on each day, or on those that are said, and these walks."""
    days = [*said.get("was_days", range(28)), *said.get("now_days", range(28, 56))]
    frames = diary([*was, *now], [check_in(day) for day in days])
    return compared(frames, said.get("earlier", EARLIER), said.get("later", LATER))


def hurting(first: int, count: int, painless: int = 0, intensity: float = 5) -> list:
    """Walks on as many days in a row, of 600 m each: those with pain come first."""
    pain = [episode(onset_distance_m=300, intensity=intensity)]
    return [walk(first + day, pain=pain if day < count else []) for day in range(count + painless)]


def test_less_pain_beside_less_walking_is_said_and_less_pain_alone_is_not():
    was = hurting(0, 20)
    assert recorded(was, hurting(28, 4, 4))["less_of_both"]
    assert recorded(was, hurting(28, 8, intensity=3))["less_of_both"]
    assert not recorded(was, hurting(28, 10, 10))["less_of_both"]
    assert not recorded(was, hurting(28, 8))["less_of_both"]  # as many of them hurt as before


def test_less_walking_is_reckoned_by_the_day_and_not_by_the_length_of_a_period():
    earlier, later = (on(0), on(40)), (on(41), on(60))
    edith = recorded(
        hurting(0, 20, 6), hurting(41, 5, 9), now_days=range(41, 61), was_days=range(41),
        earlier=earlier, later=later,
    )  # fmt: skip
    assert not edith["less_of_both"]  # 14 walks in 20 days are more than 26 in 41


def test_less_walking_is_fewer_metres_a_day_where_every_length_is_known():
    was = [walk(day, 600, [episode(intensity=6)]) for day in range(20)]
    longer = [walk(day, 1500, []) for day in range(28, 36)]
    shorter = [walk(day, 200, []) for day in range(28, 48)]
    assert not recorded(was, longer)["less_of_both"]
    assert recorded(was, shorter)["less_of_both"]
    unknown = [walk(day, None, [], duration_s=900) for day in range(28, 36)]
    assert recorded(was, unknown)["less_of_both"]


def test_metres_that_were_measured_in_different_ways_do_not_say_less_walking():
    pain = [episode(onset_distance_m=300, intensity=6)]
    was = [walk(day, 1200, pain, distance_source="gps") for day in range(20)]
    mild = [episode(onset_distance_m=300, intensity=2)]
    now = [walk(day, 400, mild, distance_source="estimated") for day in range(28, 48)]
    assert not recorded(was, now)["less_of_both"]
    alike = [row | {"distance_source": "gps"} for row in now]
    assert recorded(was, alike)["less_of_both"]


@pytest.mark.parametrize(
    ("was", "now"),
    [
        (hurting(0, 18, 3), hurting(28, 16, 4)),  # 86 % and 80 % of the walks
        (hurting(0, 18, 3), hurting(28, 8, 2)),
        (hurting(0, 20), hurting(28, 8, intensity=4)),  # one point
        (hurting(0, 20), hurting(28, 1, 3)),  # four walks
        (hurting(0, 20), [walk(day, pain=None) for day in range(28, 36)]),
    ],
)
def test_less_pain_takes_a_difference_that_matters_and_enough_walks(was, now):
    assert not recorded(was, now)["less_of_both"]


def test_nothing_is_said_of_less_where_periods_cannot_be_compared():
    was, now = hurting(0, 20), hurting(28, 4, 4)
    assert recorded(was, now)["less_of_both"]
    assert not recorded(was, now, earlier=(on(0), on(28)))["less_of_both"]
    assert not recorded(was, now, now_days=range(28, 36))["less_of_both"]  # silent since
    assert not recorded(was, now, earlier=LATER, later=EARLIER)["less_of_both"]


def test_a_later_period_before_the_earlier_one_is_told_as_such():
    found = compared(both(200, 400, distance_source="gps"), LATER, EARLIER)
    assert found["state"] == "out_of_order"


def test_scores_and_rests_carry_how_many_told_of_them():
    pains = [
        episode(onset_distance_m=200, intensity=6, relief="complete", relief_s=120),
        episode(onset_distance_m=200),
        episode(onset_distance_m=200, intensity=2, relief="none", rest_s=60),
    ]
    found = compared(
        diary([walk(day, pain=[pain]) for day, pain in enumerate(pains)]), EARLIER, LATER
    )
    assert found["earlier"]["pain"] == {"n": 2, "of": 3, "middle": 4.0, "worst": 6.0}
    assert found["earlier"]["relief"]["episodes"] == 2
    assert found["earlier"]["relief"]["relieved"] == 1


def test_check_ins_tell_not_asked_from_none():
    frames = diary(
        check_ins=[
            check_in(0),
            check_in(1, pain_at_rest=0, night_pain=False, signs=[]),
            check_in(2, pain_at_rest=7, night_pain=True, signs=["swelling"]),
            check_in(3, pain_at_rest=3, signs=["swelling", "fever"]),
        ]
    )
    found = check_ins_counted(frames)
    assert found["days"] == 4
    assert found["pain_at_rest"] == {"of": 3, "n": 2, "latest": on(3), "worst": 7.0}
    assert found["night_pain"] == {"of": 2, "n": 1, "latest": on(2)}
    assert found["morning_stiffness"]["of"] == 0
    assert found["morning_stiffness"]["longest_s"] is None
    assert (found["signs"]["of"], found["signs"]["none"]) == (3, 1)
    assert [(row["sign"], row["n"], row["latest"]) for row in found["signs"]["ticked"]] == [
        ("swelling", 2, on(3)), ("fever", 1, on(3)),
    ]  # fmt: skip


def test_signs_that_raise_a_flag_are_told_first_by_urgency_however_rare_they_are():
    often = ["better_on_sitting", "cold_foot", "swelling", "warmth"]
    rows = [check_in(day, signs=often) for day in range(9)]
    rows.append(check_in(9, signs=["wound_not_healing"]))
    rows.append(check_in(10, signs=["saddle_numbness"]))
    told = check_ins_counted(diary(check_ins=rows))["signs"]["ticked"]
    assert [row["sign"] for row in told] == [
        "saddle_numbness", "swelling", "wound_not_healing", "cold_foot", "warmth",
        "better_on_sitting",
    ]  # fmt: skip
    together = check_in(11, signs=["redness"])
    told = check_ins_counted(diary(check_ins=[*rows, together]))["signs"]["ticked"]
    assert [row["sign"] for row in told][1:4] == ["swelling", "warmth", "redness"]


def test_of_each_kind_the_newest_measurement_is_told():
    kind = "ankle_brachial_index_left"
    rows = [
        {"date": (on(0) + timedelta(days=day)).isoformat(), "kind": kind, "value": value}
        for day, value in ((5, 0.7), (9, 0.6), (1, 0.9))
    ]
    rows = [{"id": str(UUID(int=number)), **row} for number, row in enumerate(rows, 1)]
    found = newest_measurements(diary(measurements=rows))
    assert found == [
        {"kind": kind, "n": 3, "value": 0.6, "date": on(9), "entries": [str(UUID(int=2))]}
    ]
