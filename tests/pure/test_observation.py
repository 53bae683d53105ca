"""Is the next thing to record the one that would tell most?"""

from __future__ import annotations

from typing import Any

import pytest

from diary.analytics.causes import causes
from diary.analytics.columns import DiaryFrames
from diary.analytics.flags import painful_walks
from diary.analytics.observation import RECORDS, next_observation
from diary.analytics.observed import NOT_RECORDED, Finding, State
from diary.analytics.pattern import pattern
from diary.analytics.relief import relief
from diary.evidence.likelihoods import FINDINGS, Kind
from tests.pure.diaries import CALF, check_in, diary, found_in, onset_of, walk


def asked(
    frames: DiaryFrames, status: str = "insufficient_data", onsets: int = 0
) -> dict[str, Any] | None:
    onset = onset_of(status, onsets)
    found = found_in(frames, onset)
    rows = causes(found, onset, painful_walks(frames))
    return next_observation(
        frames, onset, pattern(frames, onset, relief(frames), found, {}), found, rows
    )


BARE = {"site": "calf"}


@pytest.mark.parametrize(
    ("frames", "onsets", "record", "why"),
    [
        (diary(), 0, "walks", "nothing_recorded"),
        (diary(walk(0, pain=None), walk(1)), 0, "walks", "too_few_onsets"),
        (diary(walk(0, pain=None), walk(1, pain=None)), 0, "pain_or_not", "pain_not_recorded"),
        (diary(walk(0, BARE), walk(1, BARE)), 0, "onset_distance", "onset_not_recorded"),
        (
            diary(walk(0, BARE | {"onset_distance_m": 300})),
            1,
            "relief_and_posture",
            "relief_not_recorded",
        ),
        (diary(walk(0, CALF), walk(1, CALF)), 2, "walks", "too_few_onsets"),
    ],
)
def test_what_keeps_the_pattern_open_is_asked_for_first(
    frames: DiaryFrames, onsets: int, record: str, why: str
) -> None:
    assert asked(frames, onsets=onsets) == {"record": record, "separates": [], "why": why}


def test_arteries_or_stenosis_is_a_question_of_what_standing_still_does() -> None:
    """Posture is the published separator: 4.85 and 0.36 for the one, the inverse for the other."""
    pain = {
        "site": "calf", "side": "left", "spread_to": ["calf"], "onset_distance_m": 300,
        "qualities": ["tingling"], "onset": "gradual", "course_while_walking": "worsened",
        "rest_posture": "sitting", "relief": "complete", "relief_s": 200,
    }  # fmt: skip
    frames = diary(
        *(walk(day, pain) for day in range(8)),
        check_ins=[
            check_in(day, "back_pain", morning_stiffness_s=0, pain_at_rest=0) for day in range(4)
        ],
    )
    found = asked(frames, "consistent", 8)
    assert found is not None
    assert found["separates"] == ["peripheral_artery_disease", "sciatica"]
    assert found["record"] == "rest_standing"
    assert found["why"] == "separates_leading_causes"


def test_what_was_answered_is_not_asked_for_again() -> None:
    stood = CALF | {"qualities": ["tingling"]}
    frames = diary(*(walk(day, stood, pain_on_standing=True) for day in range(8)))
    found = asked(frames, "consistent", 8)
    assert found is not None
    assert found["record"] not in ("rest_standing", "pain_on_standing", "site", "side")


@pytest.mark.parametrize(
    ("open_codes", "record"),
    [
        (("low_ankle_pressure", "shooting_pain"), "qualities"),
        (("low_ankle_pressure",), "ankle_pressure"),
    ],
)
def test_the_clinic_is_asked_for_only_after_everything_at_home(
    open_codes: tuple[str, ...], record: str
) -> None:
    """A measured pressure would tell more (6.5) than shooting pain (0.5), and costs a visit."""
    onset = onset_of("consistent", 8)
    known = {code: Finding(State.ABSENT, 0, 9) for codes in RECORDS.values() for code in codes}
    frames = diary(*(walk(day, CALF) for day in range(8)))
    found = found_in(frames, onset) | known | dict.fromkeys(open_codes, NOT_RECORDED)
    for code in ("calf_site", "relieved_by_standing", "relieved_within_10_min"):
        found[code] = Finding(State.PRESENT, 9, 9)
    rows = causes(found, onset, painful_walks(frames))
    asked_for = next_observation(frames, onset, {"claudication": "present"}, found, rows)
    assert asked_for
    assert asked_for["record"] == record


def test_answers_enough_that_say_neither_are_not_asked_for_again() -> None:
    """Half of the pains at the back of the thigh, half at the tendon: the site is not missing."""
    places = [{"site": "back_of_thigh"}, {"site": "achilles"}, {"site": "knee"}] * 3
    many = diary(*(walk(day, pain) for day, pain in enumerate(places)))
    once = diary(walk(0, places[0]))
    told, untold = (asked(frames, "inconsistent", 6) for frames in (many, once))
    assert told
    assert told["record"] != "site"
    assert untold
    assert untold["record"] == "site"


def test_every_finding_that_a_walker_can_record_has_a_record_that_settles_it() -> None:
    settled = {code for codes in RECORDS.values() for code in codes}
    assert settled <= set(FINDINGS)
    unasked = {code for code, of in FINDINGS.items() if of.kind is not Kind.RISK} - settled
    # These follow from other records, or are signs that nobody is asked to look for.
    assert unasked == {
        "suggestive_onset", "returns_on_walking", "easier_with_support", "cold_foot",
        "wound_not_healing", "discoloured_foot", "relieved_by_hanging_leg_down", "leg_weakness",
    }  # fmt: skip
