"""Are the pattern and the two questionnaires read as their rules say?"""

from __future__ import annotations

from typing import Any

import pytest

from diary.analytics.assess import assess
from diary.analytics.columns import DiaryFrames
from diary.analytics.pattern import pattern
from diary.analytics.relief import relief
from tests.pure.diaries import (
    CALF,
    STOOPING,
    TENDON,
    arteries,
    check_in,
    diary,
    found_in,
    hamstring,
    no_pattern,
    onset_of,
    pain_free,
    stenosis,
    tendon,
    walk,
)


def read(frames: DiaryFrames, status: str = "insufficient_data", onsets: int = 0) -> dict[str, Any]:
    onset = onset_of(status, onsets)
    found = found_in(frames, onset)
    return pattern(frames, onset, relief(frames), found, {})


def walks(*pains: dict[str, Any], **said: Any) -> DiaryFrames:
    return diary(*(walk(day, pain, **said) for day, pain in enumerate(pains)))


UNRELIEVED = CALF | {"relief": "none", "relief_s": None}
UNTIMED = CALF | {"relief_s": None, "rest_posture": "lying"}
UNRESTED = {"onset_distance_m": 300, "site": "calf"}


@pytest.mark.parametrize(
    ("pains", "status", "onsets", "claudication"),
    [
        ([CALF] * 8, "consistent", 8, "present"),
        ([CALF] * 6, "suggestive", 6, "possible"),
        ([UNRESTED] * 8, "consistent", 8, "possible"),
        ([UNRESTED] * 6, "suggestive", 6, "insufficient_data"),
        ([CALF] * 6, "inconsistent", 6, "absent"),
        ([CALF] * 4, "insufficient_data", 4, "possible"),
        ([CALF] * 2, "insufficient_data", 2, "insufficient_data"),
        ([UNRESTED] * 4, "insufficient_data", 4, "insufficient_data"),
        ([UNRELIEVED] * 8, "consistent", 8, "absent"),
        ([UNRELIEVED] * 2, "insufficient_data", 2, "insufficient_data"),
        ([UNRELIEVED] * 3, "insufficient_data", 3, "absent"),
        ([STOOPING] * 8, "consistent", 8, "present"),
        ([UNTIMED] * 8, "consistent", 8, "present"),
        ([CALF | {"course_while_walking": "eased"}] * 8, "consistent", 8, "possible"),
        ([TENDON] * 8, "consistent", 8, "absent"),
    ],
)
def test_the_pattern_is_consistency_and_relief_by_rest(
    pains: list[dict[str, Any]], status: str, onsets: int, claudication: str
) -> None:
    assert read(walks(*pains), status, onsets)["claudication"] == claudication


def test_five_walks_without_pain_show_no_pattern_and_four_show_nothing() -> None:
    assert read(diary(*(walk(day) for day in range(5))))["claudication"] == "absent"
    assert read(diary(*(walk(day) for day in range(4))))["claudication"] == "insufficient_data"
    untold = diary(*(walk(day, pain=None) for day in range(9)))
    assert read(untold)["claudication"] == "insufficient_data"


def test_sitting_that_ends_what_standing_does_not_is_relief_by_rest() -> None:
    stood = {"rest_posture": "standing", "relief": "none", "site": "buttock"}
    sat = {"rest_posture": "sitting", "relief": "complete", "relief_s": 900, "site": "buttock"}
    frames = diary(*(walk(day, stood, sat) for day in range(8)))
    assert read(frames, "consistent", 8)["claudication"] == "present"


@pytest.mark.parametrize(
    ("frames", "leaning"),
    [
        (arteries(), "vascular"),
        (stenosis(), "neurogenic"),
        (tendon(), "undetermined"),
        (hamstring(), "undetermined"),
        (no_pattern(), "undetermined"),
        (diary(), "undetermined"),
    ],
)
def test_the_leaning_follows_posture_site_and_trigger(frames: DiaryFrames, leaning: str) -> None:
    assert read(frames)["leaning"] == leaning


def test_two_conditions_in_one_person_lean_both_ways() -> None:
    ticks = [
        check_in(day, "worse_on_standing", "better_on_bending_forward") for day in range(3)
    ]  # fmt: skip
    frames = diary(*(walk(day, CALF) for day in range(8)), check_ins=ticks)
    assert read(frames)["leaning"] == "both"


NOT_STANDING = {"pain_on_standing": False}


@pytest.mark.parametrize(
    ("pain", "said", "result", "grade"),
    [
        ({}, NOT_STANDING, "definite", 2),
        ({}, NOT_STANDING | {"terrain": "hilly"}, "definite", None),
        ({}, NOT_STANDING | {"pace": "brisk"}, "definite", None),
        ({"site": "buttock"}, NOT_STANDING, "atypical", 2),
        ({"site": "front_of_thigh"}, NOT_STANDING, "atypical", 2),
        ({"site": "back_of_thigh"}, NOT_STANDING, "negative", None),
        ({"site": "foot"}, NOT_STANDING, "negative", None),
        ({"site": "knee"}, NOT_STANDING, "negative", None),
        ({"site": "lower_back", "spread_to": ["calf"]}, NOT_STANDING, "negative", None),
        ({"site": None}, NOT_STANDING, "insufficient_data", None),
        ({}, {"pain_on_standing": True}, "negative", None),
        ({}, {}, "definite", 2),  # relief by standing still answers the standing question
        ({"relief": "none", "relief_s": None}, {}, "negative", None),
        ({"relief_s": 660}, NOT_STANDING, "negative", None),
        ({"relief_s": 600}, NOT_STANDING, "definite", 2),
        ({"rest_posture": "sitting"}, NOT_STANDING, "insufficient_data", None),
        ({"rest_posture": None}, NOT_STANDING, "definite", 2),
        ({"relief": None, "relief_s": None}, NOT_STANDING, "insufficient_data", None),
        ({"site": None, "relief": "none", "relief_s": None}, {}, "negative", None),
        # A rest of three minutes that did not help leaves ten minutes unanswered.
        (
            {"relief": "none", "relief_s": None, "rest_s": 180},
            NOT_STANDING,
            "insufficient_data",
            None,
        ),
    ],
)
def test_the_edinburgh_rule(
    pain: dict[str, Any], said: dict[str, Any], result: str, grade: int | None
) -> None:
    found = read(walks(*[CALF | pain] * 4, **said))["edinburgh"]
    assert found == {"result": result, "grade": grade}


def test_hills_that_hurt_and_level_walks_that_do_not_are_grade_one() -> None:
    steep = [walk(day, CALF, terrain="hilly", pain_on_standing=False) for day in range(4)]
    level = [walk(10 + day, terrain="flat", pain_on_standing=False) for day in range(3)]
    found = read(diary(*steep, *level))["edinburgh"]
    assert found == {"result": "definite", "grade": 1}


def test_other_sites_may_be_marked_beside_the_calf_and_a_slip_is_no_mark() -> None:
    knee = CALF | {"site": "knee"}
    assert read(walks(CALF, *[knee] * 3))["edinburgh"]["result"] == "definite"
    assert read(walks(CALF, *[knee] * 9))["edinburgh"]["result"] == "negative"


def test_nobody_who_walks_without_pain_has_claudication_by_the_questionnaire() -> None:
    assert read(pain_free())["edinburgh"] == {"result": "negative", "grade": None}
    nothing = {"result": "insufficient_data", "grade": None}
    assert read(diary())["edinburgh"] == nothing
    assert read(walks(CALF))["edinburgh"] == nothing


@pytest.mark.parametrize(
    ("pain", "said", "category"),
    [
        ({}, NOT_STANDING, "classic_claudication"),
        ({"response": "kept_going"}, NOT_STANDING, "atypical_calf"),
        ({"course_while_walking": "eased"}, NOT_STANDING, "atypical_calf"),
        ({"relief": "none", "relief_s": None}, NOT_STANDING, "atypical_calf"),
        ({"site": "buttock"}, NOT_STANDING, "non_calf"),
        ({}, {"pain_on_standing": True}, "pain_on_exertion_and_rest"),
        ({"site": "buttock"}, {"pain_on_standing": True}, "pain_on_exertion_and_rest"),
        ({"site": None}, NOT_STANDING, "insufficient_data"),
        ({"relief": None, "relief_s": None}, NOT_STANDING, "insufficient_data"),
    ],
)
def test_the_san_diego_category_of_a_leg(
    pain: dict[str, Any], said: dict[str, Any], category: str
) -> None:
    legs = read(walks(*[CALF | pain] * 5, **said))["legs"]
    assert legs == {"left": category, "right": "no_pain"}


def test_each_leg_is_read_from_its_own_episodes() -> None:
    right = {"site": "knee", "side": "right", "onset_distance_m": 500}
    frames = diary(*(walk(day, CALF, right, pain_on_standing=False) for day in range(5)))
    assert read(frames)["legs"] == {"left": "classic_claudication", "right": "non_calf"}
    both = walks(*[CALF | {"side": "both"}] * 5)
    assert read(both)["legs"] == dict.fromkeys(("left", "right"), "classic_claudication")


def test_a_pain_without_a_side_leaves_both_legs_open() -> None:
    frames = walks(*[CALF | {"side": None}] * 6)
    assert read(frames)["legs"] == dict.fromkeys(("left", "right"), "insufficient_data")


def test_pain_at_rest_in_one_leg_says_nothing_of_the_other() -> None:
    frames = diary(
        *(walk(day, CALF | {"side": "both"}) for day in range(5)),
        check_ins=[check_in(day, pain_at_rest=4, side="left") for day in range(3)],
    )
    assert read(frames)["legs"] == {
        "left": "pain_on_exertion_and_rest",
        "right": "classic_claudication",
    }


def test_a_calf_that_standing_relieves_and_a_buttock_that_it_does_not_are_two_troubles() -> None:
    walks = [walk(2 * day, CALF) for day in range(6)]
    walks += [walk(2 * day + 1, STOOPING, pain_on_standing=True) for day in range(6)]
    found = assess(diary(*walks))
    assert found["pattern"]["leaning"] == "both"
    weights = {row["cause"]: row["weight"] for row in found["causes"]}
    assert weights["peripheral_artery_disease"] >= 0.5
    assert weights["sciatica"] >= 0.5
    alone = assess(diary(*walks[:6]))
    assert alone["pattern"]["leaning"] == "vascular"


def test_a_heel_that_hurts_from_the_first_step_does_not_hide_a_calf_in_step() -> None:
    metres = (280, 300, 320, 290, 310, 300, 330, 270)
    walks = [
        walk(2 * day, TENDON, CALF | {"onset_distance_m": far}) for day, far in enumerate(metres)
    ]
    found = assess(diary(*walks))
    assert found["onset"]["part_in_step"] == "calf_or_shin"
    assert found["pattern"]["claudication"] == "possible"
