"""Does a finding say what the entries say, of the person and not of the episode?"""

from __future__ import annotations

from typing import Any

import pytest

from diary.analytics.columns import DiaryFrames
from diary.analytics.observed import Finding, State
from diary.evidence.likelihoods import FINDINGS
from tests.pure.builders import on
from tests.pure.diaries import CALF, check_in, diary, found_in, onset_of, walk, walk_id

PRESENT, ABSENT, UNCLEAR, NOT_RECORDED = State


def found(frames: DiaryFrames, **onset: Any) -> dict[str, Finding]:
    return found_in(frames, onset_of(**onset))


def rests(*outcomes: dict[str, Any], posture: str = "standing") -> DiaryFrames:
    """One walk an outcome, each with one rest."""
    return diary(
        *(
            walk(day, {"site": "calf", "rest_posture": posture, **outcome})
            for day, outcome in enumerate(outcomes)
        )
    )


COMPLETE = {"relief": "complete", "relief_s": 120}
LATE = {"relief": "complete", "relief_s": 720}
NONE = {"relief": "none"}
PARTIAL = {"relief": "partial", "relief_s": 60}


def test_every_code_of_the_evidence_table_is_found_and_an_empty_diary_records_none() -> None:
    empty = found(diary())
    assert set(empty) == set(FINDINGS)
    assert {finding.state for finding in empty.values()} == {NOT_RECORDED}


@pytest.mark.parametrize(
    ("outcomes", "state", "n", "of"),
    [
        ([COMPLETE], UNCLEAR, 1, 1),
        ([COMPLETE, COMPLETE], PRESENT, 2, 2),
        ([COMPLETE, COMPLETE, PARTIAL, NONE], PRESENT, 2, 4),
        ([COMPLETE, COMPLETE, PARTIAL, NONE, LATE], UNCLEAR, 2, 5),
        ([PARTIAL, PARTIAL, PARTIAL], UNCLEAR, 0, 3),
        ([LATE, LATE], ABSENT, 0, 2),
        ([NONE, NONE, NONE, NONE, COMPLETE], ABSENT, 1, 5),
        ([{"relief_s": 120}, {"relief_s": 200}], PRESENT, 2, 2),
        ([{}, {}], NOT_RECORDED, 0, 0),
        ([NONE | {"rest_s": 59}] * 3, NOT_RECORDED, 0, 0),
        ([NONE | {"rest_s": 60}] * 3, ABSENT, 0, 3),
    ],
)
def test_relief_by_standing_is_a_habit_of_the_person(
    outcomes: list[dict[str, Any]], state: State, n: int, of: int
) -> None:
    finding = found(rests(*outcomes))["relieved_by_standing"]
    assert (finding.state, finding.n, finding.of) == (state, n, of)


def test_a_finding_names_the_walks_that_say_so_each_once() -> None:
    frames = diary(walk(0, CALF, CALF), walk(1, CALF), walk(2, {"site": "knee"}))
    finding = found(frames)["calf_site"]
    assert finding.state is PRESENT
    assert finding.entries == (walk_id(0), walk_id(1))
    assert (finding.n, finding.of) == (3, 4)


def test_a_rest_in_sitting_says_nothing_of_standing() -> None:
    seated = found(rests(COMPLETE, COMPLETE, COMPLETE, posture="sitting"))
    assert seated["relieved_by_standing"].state is NOT_RECORDED
    assert seated["relief_needs_sitting_or_bending"].state is NOT_RECORDED
    assert seated["relieved_within_10_min"].state is PRESENT


def test_sitting_is_needed_only_where_standing_fails() -> None:
    def both(standing: dict[str, Any]) -> State:
        pain = [{"rest_posture": "standing", **standing}, {"rest_posture": "sitting", **COMPLETE}]
        frames = diary(*(walk(day, *pain) for day in range(3)))
        return found(frames)["relief_needs_sitting_or_bending"].state

    assert both(NONE) is PRESENT
    assert both(COMPLETE) is ABSENT
    assert both(PARTIAL) is PRESENT


def test_bending_tells_nothing_where_standing_still_does_as_well() -> None:
    rests_both_ways = [
        {"rest_posture": each, **COMPLETE} for each in ("standing", "bending_forward")
    ]
    frames = diary(*(walk(day, *rests_both_ways) for day in range(3)))
    assert found(frames)["eased_by_bending_forward"].state is UNCLEAR
    assert (
        found(rests(COMPLETE, COMPLETE, posture="bending_forward"))[
            "eased_by_bending_forward"
        ].state
        is PRESENT
    )


@pytest.mark.parametrize(
    ("walks", "signs", "state"),
    [
        ([True, True, False], [], PRESENT),
        ([False, False, False], [], ABSENT),
        ([False, False, False], [["worse_on_standing"]], PRESENT),
        ([None, None], [[], []], UNCLEAR),
        ([None, None], [[], [], []], ABSENT),
        ([None], [["worse_on_standing"], [], []], PRESENT),
        ([True, True, True], [[], [], [], []], PRESENT),
        ([None], [], NOT_RECORDED),
    ],
)
def test_standing_is_asked_of_walks_and_ticked_in_check_ins(
    walks: list[bool | None], signs: list[list[str]], state: State
) -> None:
    frames = diary(
        *(walk(day, CALF, pain_on_standing=answer) for day, answer in enumerate(walks)),
        check_ins=[check_in(day, *ticked) for day, ticked in enumerate(signs)],
    )
    assert found(frames)["worse_on_standing"].state is state


def test_not_asked_and_asked_and_none_stay_apart() -> None:
    never = diary(check_ins=[{"date": on(day).isoformat()} for day in range(4)])
    asked = diary(check_ins=[check_in(day) for day in range(4)])
    assert found(never)["cold_foot"].state is NOT_RECORDED
    assert found(asked)["cold_foot"].state is ABSENT


def test_one_tick_is_enough_for_a_fact_of_the_leg_but_not_for_a_habit() -> None:
    ticks = [check_in(0, "wound_not_healing", "worse_on_sitting"), *map(check_in, range(1, 10))]
    finding = found(diary(check_ins=ticks))
    assert finding["wound_not_healing"].state is PRESENT
    assert finding["wound_not_healing"].entries == (on(0).isoformat(),)
    assert finding["worse_on_sitting"].state is ABSENT


@pytest.mark.parametrize(
    ("pain", "state"),
    [
        ({"onset_distance_m": 0}, PRESENT),
        ({"onset_distance_m": 30, "onset_s": 400}, PRESENT),
        ({"onset_distance_m": 31}, ABSENT),
        ({"onset_s": 20}, PRESENT),
        ({"onset_s": 200}, ABSENT),
        ({}, NOT_RECORDED),
    ],
)
def test_the_first_step_is_read_from_distance_and_else_from_time(
    pain: dict[str, Any], state: State
) -> None:
    assert found(diary(walk(0, pain), walk(1, pain)))["pain_from_first_step"].state is state


def test_later_pains_of_a_walk_are_not_pain_from_the_first_step() -> None:
    frames = diary(*(walk(day, CALF, CALF | {"onset_distance_m": 0}) for day in range(3)))
    assert found(frames)["pain_from_first_step"].state is ABSENT


def test_hills_bring_the_pain_sooner_only_with_three_of_each() -> None:
    def sooner(hilly: int, at_m: float) -> State:
        level = [walk(day, CALF) for day in range(3)]
        steep = [
            walk(10 + day, CALF | {"onset_distance_m": at_m}, terrain="hilly")
            for day in range(hilly)
        ]
        return found(diary(*level, *steep))["sooner_uphill_or_fast"].state

    assert sooner(2, 150) is NOT_RECORDED
    assert sooner(3, 150) is PRESENT
    assert sooner(3, 300) is ABSENT


def test_pain_runs_below_the_knee_only_from_above_it() -> None:
    def runs(site: str, spread: list[str] | None) -> State:
        frames = diary(*(walk(day, {"site": site, "spread_to": spread}) for day in range(2)))
        return found(frames)["below_knee_radiation"].state

    assert runs("buttock", ["back_of_thigh", "calf"]) is PRESENT
    assert runs("calf", ["foot"]) is ABSENT
    assert runs("buttock", []) is ABSENT
    assert runs("buttock", None) is NOT_RECORDED


@pytest.mark.parametrize(
    ("values", "state"),
    [
        ({"left": 0.72, "right": 1.1}, PRESENT),
        ({"left": 0.90}, PRESENT),
        ({"left": 0.95, "right": 1.1}, UNCLEAR),
        ({"left": 1.05}, UNCLEAR),
        ({"left": 1.05, "right": 1.1}, ABSENT),
        ({"left": 1.6, "right": 1.5}, UNCLEAR),
        ({}, NOT_RECORDED),
    ],
)
def test_a_low_ankle_index_in_either_leg_counts(values: dict[str, float], state: State) -> None:
    frames = diary(
        measurements=[
            {"date": on(0).isoformat(), "kind": f"ankle_brachial_index_{leg}", "value": value}
            for leg, value in values.items()
        ]
    )
    assert found(frames)["low_ankle_pressure"].state is state


def test_an_index_that_was_measured_again_replaces_the_earlier_one() -> None:
    frames = diary(
        measurements=[
            {"date": on(day).isoformat(), "kind": "ankle_brachial_index_left", "value": value}
            for day, value in ((0, 0.6), (30, 0.85), (60, 0.97))
        ]
    )
    assert found(frames)["low_ankle_pressure"].state is UNCLEAR


def test_a_sudden_beginning_counts_though_later_walks_hurt_gradually() -> None:
    sudden, gradual = {"onset": "sudden"}, {"onset": "gradual"}
    begun = diary(walk(0, sudden), *(walk(day, gradual) for day in range(1, 8)))
    later = diary(*(walk(day, gradual) for day in range(1, 12)), walk(12, sudden))
    assert found(begun)["sudden_onset_event"].state is PRESENT
    assert found(later)["sudden_onset_event"].state is ABSENT


def test_an_injury_of_last_year_is_no_sudden_start() -> None:
    def start(day: int) -> State:
        frames = diary(
            *(walk(each, {"onset": "gradual"}) for each in (400, 402, 404)),
            changes=[{"date": on(day).isoformat(), "kind": "injury"}],
        )
        return found(frames)["sudden_onset_event"].state

    assert start(390) is PRESENT
    assert start(5) is ABSENT


def test_both_legs_are_both_at_once_or_each_in_turn() -> None:
    def sides(*named: str) -> State:
        frames = diary(*(walk(day, {"side": side}) for day, side in enumerate(named)))
        return found(frames)["both_legs"].state

    assert sides("both", "both") is PRESENT
    assert sides("left", "right", "left", "right") is PRESENT
    assert sides("left", "left", "left", "left") is ABSENT


def test_both_buttocks_or_thighs_takes_the_place_and_the_sides() -> None:
    def state(site: str, side: str | None) -> State:
        frames = diary(*(walk(day, {"site": site, "side": side}) for day in range(3)))
        return found(frames)["both_buttocks_or_thighs"].state

    assert state("buttock", "both") is PRESENT
    assert state("calf", "both") is ABSENT
    assert state("buttock", "left") is ABSENT
    assert state("buttock", None) is NOT_RECORDED


@pytest.mark.parametrize(
    ("status", "consistent", "suggestive"),
    [
        ("consistent", PRESENT, UNCLEAR),
        ("suggestive", UNCLEAR, PRESENT),
        ("inconsistent", ABSENT, UNCLEAR),
        ("insufficient_data", UNCLEAR, UNCLEAR),
    ],
)
def test_the_onset_model_alone_says_how_consistent_the_onsets_are(
    status: str, consistent: State, suggestive: State
) -> None:
    finding = found(diary(walk(0, CALF)), status=status, onsets=6)
    assert finding["consistent_onset"].state is consistent
    assert finding["suggestive_onset"].state is suggestive


def test_conditions_never_asked_are_not_conditions_denied() -> None:
    assert found(diary(profile={}))["diabetes"].state is NOT_RECORDED
    assert found(diary(profile={"conditions": []}))["diabetes"].state is ABSENT
    asked = found(diary(profile={"conditions": ["diabetes"]}))["diabetes"]
    assert (asked.state, asked.entries) == (PRESENT, ("profile:diabetes",))
