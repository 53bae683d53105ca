"""Are walking and pain, left and right, and the sorts of walks counted as they were recorded?"""

from __future__ import annotations

from datetime import timedelta

import pytest

from diary.analytics.charted import beside
from diary.analytics.places import places
from diary.analytics.sorts import legs, paces
from diary.analytics.weeks import MONTH, less_of_both, span_days, walks_of_weeks, weeks
from tests.pure.builders import FIRST, check_in, diary, episode, on, painful, walk


def of_weeks(frames, last=None):
    return weeks(frames, FIRST, last or frames.last_day)


def test_a_week_without_entries_has_none_and_is_not_left_out():
    told = of_weeks(diary([walk(0, 600), walk(15, 900)], [check_in(16)]))
    assert [week["entries"] for week in told] == [1, 0, 2]
    assert [week["first"] for week in told] == ["2026-03-02", "2026-03-09", "2026-03-16"]
    assert [(week["walks"], week["worst"]) for week in told] == [(1, None), (0, None), (1, None)]


def test_a_check_in_makes_an_entry_and_no_walk():
    (week,) = of_weeks(diary([], [check_in(2)]), on(6))
    assert (week["entries"], week["walks"], week["pain_free"]) == (1, 0, 0)


def test_pain_that_nobody_recorded_is_neither_pain_nor_none():
    (week,) = of_weeks(diary([walk(0, pain=None), walk(1, pain=()), walk(2, pain=[episode()])]))
    assert (week["not_recorded"], week["pain_free"], week["with_pain"]) == (1, 1, 1)
    assert week["worst"] is None


def test_the_worst_pain_of_a_week_is_kept_and_never_averaged():
    rows = [walk(day, pain=[episode(intensity=score)]) for day, score in enumerate((2, 9, 1))]
    assert of_weeks(diary(rows))[0]["worst"] == 9


def test_the_worst_pain_of_a_walk_is_that_of_its_worst_episode():
    pains = [episode(intensity=2), episode(intensity=9), episode()]
    assert list(walks_of_weeks(diary([walk(0, pain=pains)]))["worst"]) == [9]


def test_a_walk_without_a_distance_is_counted_and_adds_nothing():
    sources = [walk(0, 500, distance_source="gps"), walk(1, 300), walk(2, None, duration_s=60)]
    (week,) = of_weeks(diary(sources))
    assert (week["measured_m"], week["estimated_m"], week["unmeasured"]) == (500, 300, 1)


def test_bicycles_are_no_walking():
    (week,) = of_weeks(diary([walk(0, 900, activity="other"), walk(1, 400, activity="hike")]))
    assert (week["walks"], week["estimated_m"]) == (1, 400)


def test_a_week_of_runs_alone_has_entries_and_no_walks():
    told = of_weeks(diary([walk(0), walk(8, 3000, activity="run"), walk(15)]))
    assert [(week["entries"], week["walks"]) for week in told] == [(1, 1), (1, 0), (1, 1)]
    assert told[1]["estimated_m"] == 0


def test_years_are_told_four_weeks_at_a_time():
    told = of_weeks(diary([walk(0), walk(900)]))
    assert {span_days(week) for week in told} == {MONTH}
    assert sum(week["walks"] for week in told) == 2


def test_a_week_that_is_not_shown_whole_is_told():
    whole = diary([walk(0), walk(13)])
    assert not beside(whole, None, on(13))["weeks"]["cut"]
    assert beside(whole, None, on(12))["weeks"]["cut"]
    assert beside(whole, on(1).isoformat(), on(13))["weeks"]["cut"]


def test_of_the_whole_diary_no_week_is_cut_by_the_days_before_and_after_it():
    middle = diary([walk(2), walk(8)], [check_in(1)])
    assert not beside(middle, None, on(8))["weeks"]["cut"]
    assert not beside(middle, on(1).isoformat(), on(8))["weeks"]["cut"]


def test_every_day_is_in_one_week():
    told = of_weeks(diary([walk(3), walk(200)]))
    ends = [week["last"] for week in told]
    assert all(
        (FIRST + timedelta(days=7 * nth)).isoformat() == week["first"]
        for nth, week in enumerate(told)
    )
    assert ends[-1] >= on(200).isoformat()


def avoiding(lately_m: float, hurt_lately: int):
    """Four painful weeks, then four of walks so long, every so many of them painful."""
    rows = [painful(200, day, 1000, distance_source="gps") for day in range(28)]
    rows += [
        painful(200, day, lately_m, distance_source="gps")
        if hurt_lately and day % hurt_lately == 0
        else walk(day, lately_m, distance_source="gps")
        for day in range(28, 56)
    ]
    return diary(rows)


@pytest.mark.parametrize(
    ("lately_m", "hurt_lately", "told"), [(250, 0, True), (1000, 0, False), (250, 1, False)]
)
def test_less_pain_with_less_walking_is_told_as_both(lately_m, hurt_lately, told):
    frames = avoiding(lately_m, hurt_lately)
    assert less_of_both(frames, frames.last_day) is told
    assert beside(frames, None, frames.last_day)["weeks"]["less_of_both"] is told


def test_rides_and_runs_make_neither_less_walking_nor_less_pain():
    rides = [walk(day, 9000, hour=18, activity="other") for day in range(28, 56)]
    hurt = [{**painful(200, day, 9000), "activity": "run"} for day in range(28)]
    walked = [walk(day, 1000 if day < 28 else 250, distance_source="gps") for day in range(56)]
    assert not less_of_both(diary([*walked, *hurt]), on(55))
    rows = [painful(200, day, 1000, distance_source="gps") for day in range(28)]
    rows += [walk(day, 250, distance_source="gps") for day in range(28, 56)]
    assert less_of_both(diary([*rows, *rides]), on(55))


def test_the_weeks_compared_are_the_last_of_those_shown():
    frames = avoiding(250, 0)
    told = beside(frames, None, frames.last_day)["weeks"]
    assert told["lately"] == [on(28).isoformat(), on(55).isoformat()]


def test_left_right_both_and_not_recorded_are_four_counts():
    sides = ("left", "left", "right", "both", None)
    rows = [walk(day, pain=[episode(site="calf", side=side)]) for day, side in enumerate(sides)]
    (calf,) = places(diary(rows))["places"]
    assert calf["n"] == {"left": 2, "right": 1, "both": 1, "not_recorded": 1}


def test_a_pain_that_names_no_place_is_counted_as_one_that_does_not():
    rows = [walk(0, pain=[episode(), episode(site="shin", side="left", intensity=7)])]
    told = places(diary(rows))
    assert (told["of"], told["told"]) == (2, 1)
    assert told["places"][0]["worst"]["left"] == 7
    assert told["places"][0]["worst"]["right"] is None


def test_no_place_is_most_often_where_two_are_as_often():
    pains = [episode(site="calf", side="left"), episode(site="calf", side="right")]
    frames = diary([walk(0, pain=pains)])
    assert beside(frames, None, frames.last_day)["body"]["most"] is None
    more = diary([walk(0, pain=pains), walk(1, pain=pains[:1])])
    most = beside(more, None, more.last_day)["body"]["most"]
    assert most == {"site": "calf", "side": "left", "n": 2}


def test_each_leg_is_told_by_its_own_first_pain_of_a_walk():
    pains = [
        episode(side="left", onset_distance_m=300, intensity=4),
        episode(side="right", onset_distance_m=400),
        episode(side="left", onset_distance_m=500, intensity=6),
        episode(side="both", onset_distance_m=550),
    ]
    found = legs(diary([walk(0, 900, pains), walk(1, 700), walk(2, 500, None)]))
    told = {
        side: (row["distance_m"], row["worst"])
        for side, (_, row) in zip(found["side"], found.iterrows(), strict=True)
    }
    assert told["left"] == (300, 6)
    assert told["right"][0] == 400
    assert told["both"][0] == 550
    assert told[None][0] == 700
    assert len(found) == 4


def test_a_pain_on_a_run_is_no_pain_on_a_walk():
    run = walk(0, 3000, [episode(side="left", site="calf")], activity="run")
    frames = diary([run, walk(1)])
    assert list(legs(frames)["side"]) == [None]
    assert len(paces(frames)) == 1
    assert beside(frames, None, on(1))["legs"]["left"]["walks"] == 0


def test_a_word_of_pace_and_ground_goes_before_the_clock_and_the_climb():
    rows = [
        walk(0, 600, duration_s=600, pace="brisk", terrain="hilly"),
        walk(1, 600, duration_s=600, ascent_m=30),
        walk(2, 600, duration_s=600, ascent_m=2),
        walk(3, 600, duration_s=900),
        walk(4, 600, duration_s=400, terrain="treadmill"),
        walk(5, None, duration_s=60),
    ]
    found = paces(diary(rows))
    assert list(found["pace"]) == [
        "brisk", "ordinary", "ordinary", "slow", "brisk", "not_recorded",
    ]  # fmt: skip
    assert list(found["ground"]) == [
        "uphill", "uphill", "level", "not_recorded", "level", "not_recorded",
    ]  # fmt: skip


def test_an_empty_diary_gives_zeros_and_nothing_else():
    told = beside(diary(), None, FIRST)
    assert (
        told["walks"] == told["weeks"]["weeks"] == told["body"]["of"] == told["pace"]["walks"] == 0
    )
    assert told["body"]["most"] is None
    assert told["legs"]["left"] == {"walks": 0, "worst": None}
