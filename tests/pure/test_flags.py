"""Is every red flag raised by exactly the entries that should raise it?"""

from __future__ import annotations

from itertools import combinations
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diary.analytics.columns import DiaryFrames
from diary.analytics.flags import collapsed_walks, flags
from diary.answers import SIGNS
from tests.pure.builders import on
from tests.pure.diaries import check_in, diary, walk, walk_id

QUIET = {"claudication": "insufficient_data"}
URGENCIES = ["emergency", "same_day", "soon", "routine"]
TODAY = 20


def raised(
    frames: DiaryFrames, day: int = TODAY, claudication: str = "insufficient_data"
) -> dict[str, str]:
    """Flag and urgency, in the order given."""
    rows = flags(frames.until(on(day)), on(day), {"claudication": claudication})
    return {row["flag"]: row["urgency"] for row in rows}


def by_signs(*signs: str, **said: Any) -> dict[str, str]:
    return raised(diary(check_ins=[check_in(TODAY, *signs, **said)]))


# The assessment's own text, sign by sign.
ALONE = {
    "swelling": {"deep_vein_thrombosis": "same_day"},
    "warmth": {},
    "redness": {},
    "calf_tenderness": {},
    "bruising": {},
    "pop_felt": {"tendon_or_muscle_rupture": "same_day"},
    "pale_or_blue": {"acute_limb_ischaemia": "emergency"},
    "cold_foot": {"chronic_limb_threatening_ischaemia": "soon"},
    "wound_not_healing": {"chronic_limb_threatening_ischaemia": "same_day"},
    "sudden_severe_pain": {"severe_pain": "soon"},
    "numbness": {"swelling_or_numbness": "soon"},
    "tingling": {},
    "weakness": {"progressive_weakness": "soon"},
    "foot_drop": {"progressive_weakness": "same_day"},
    "saddle_numbness": {"cauda_equina": "emergency"},
    "bladder_or_bowel_change": {"cauda_equina": "emergency"},
    "back_pain": {},
    "worse_on_cough_or_sneeze": {},
    "worse_on_standing": {},
    "better_on_sitting": {},
    "better_on_bending_forward": {},
    "worse_on_sitting": {},
    "tendon_swelling": {},
    "fever": {"infection_or_fracture": "same_day"},
    "chest_pain": {"cardiac_symptoms": "emergency"},
    "breathlessness": {"pulmonary_embolism": "emergency"},
    "black_or_blue_toe": {"chronic_limb_threatening_ischaemia": "same_day"},
    "relieved_by_hanging_leg_down": {"chronic_limb_threatening_ischaemia": "same_day"},
    "worse_on_bending_forward": {},
    "cannot_put_weight_on_leg": {"infection_or_fracture": "same_day"},
    "cannot_rise_on_toes": {"tendon_or_muscle_rupture": "same_day"},
    "both_legs_affected": {},
    "coughing_blood": {"pulmonary_embolism": "emergency"},
    "fainting": {"cardiac_symptoms": "emergency"},
    "palpitations": {"cardiac_symptoms": "soon"},
    "unexplained_weight_loss": {"infection_or_fracture": "soon"},
    "thigh_tenderness": {},
}


def test_the_table_names_every_sign_that_a_check_in_can_have() -> None:
    assert set(ALONE) == set(SIGNS)


@pytest.mark.parametrize("sign", SIGNS)
def test_each_sign_alone_raises_what_the_contract_says(sign: str) -> None:
    assert by_signs(sign) == ALONE[sign]


@pytest.mark.parametrize(
    "pair", list(combinations(("cold_foot", "numbness", "weakness", "sudden_severe_pain"), 2))
)
def test_two_limb_signs_are_an_emergency(pair: tuple[str, str]) -> None:
    assert by_signs(*pair)["acute_limb_ischaemia"] == "emergency"
    apart = diary(check_ins=[check_in(TODAY - 13, pair[0]), check_in(TODAY, pair[1])])
    assert raised(apart)["acute_limb_ischaemia"] == "emergency"


@pytest.mark.parametrize("pair", list(combinations(("warmth", "redness", "calf_tenderness"), 2)))
def test_two_signs_of_a_clot_want_help_the_same_day(pair: tuple[str, str]) -> None:
    assert by_signs(*pair) == {"deep_vein_thrombosis": "same_day"}


@pytest.mark.parametrize(
    ("signs", "side", "flag"),
    [
        (["swelling"], "left", "deep_vein_thrombosis"),
        (["swelling"], "right", "deep_vein_thrombosis"),
        (["swelling"], None, "deep_vein_thrombosis"),
        (["swelling", "both_legs_affected"], "left", "deep_vein_thrombosis"),
        (["swelling"], "both", "swelling_or_numbness"),
        (["swelling", "both_legs_affected"], None, "deep_vein_thrombosis"),
    ],
)
def test_swelling_is_a_clot_until_it_is_marked_on_both_sides(
    signs: list[str], side: str | None, flag: str
) -> None:
    assert list(by_signs(*signs, side=side)) == [flag]


def test_one_sided_swelling_counts_beside_another_day_of_swelling_on_both() -> None:
    days = [check_in(18, "swelling", side="both"), check_in(19, "swelling", side="left")]
    (row,) = flags(diary(check_ins=days), on(TODAY), QUIET)
    assert (row["flag"], row["entries"]) == ("deep_vein_thrombosis", [on(19).isoformat()])


@pytest.mark.parametrize(("day", "counts"), [(20, True), (7, True), (6, False), (21, False)])
def test_signs_count_for_fourteen_days_and_not_before_they_came(day: int, counts: bool) -> None:
    assert bool(raised(diary(check_ins=[check_in(day, "pale_or_blue")]))) is counts


def test_a_sign_with_an_old_beginning_still_counts() -> None:
    began = on(-300).isoformat()
    assert by_signs("wound_not_healing", signs_began=began)
    assert by_signs("pale_or_blue", signs_began=began)["acute_limb_ischaemia"] == "emergency"


def test_flags_add_and_the_most_urgent_comes_first() -> None:
    found = by_signs("swelling", "chest_pain", "palpitations", "fever", side="left")
    assert list(found.values()) == ["emergency", "same_day", "same_day"]
    assert found["cardiac_symptoms"] == "emergency"


def test_a_flag_gives_its_reasons_and_the_entries_that_raised_it() -> None:
    days = [check_in(12, "cold_foot"), check_in(15), check_in(17, "numbness", "back_pain")]
    row = flags(diary(check_ins=days), on(TODAY), QUIET)[0]
    assert row == {
        "flag": "acute_limb_ischaemia",
        "urgency": "emergency",
        "reasons": ["cold_foot", "numbness"],
        "entries": [on(12).isoformat(), on(17).isoformat()],
        "latest": on(17),
    }


def onsets(earlier: list[float], recent: list[float], **other: Any) -> DiaryFrames:
    """Earlier onsets two days apart, and recent ones on the last days before TODAY."""
    first = TODAY - 16 - 2 * len(earlier)
    walks = [
        walk(first + 2 * number, {"onset_distance_m": metres}, number=number)
        for number, metres in enumerate(earlier)
    ]
    walks += [
        walk(TODAY - len(recent) + number, {"onset_distance_m": metres}, number=100 + number)
        for number, metres in enumerate(recent)
    ]
    return diary(*walks, **other)


STEADY = [300, 320, 280, 310.0]


def collapse(frames: DiaryFrames) -> tuple[str, ...]:
    return collapsed_walks(frames, on(TODAY))


@pytest.mark.parametrize(
    ("earlier", "recent", "fallen"),
    [
        (STEADY, [140, 150], 2),
        (STEADY, [152.5, 152.5], 2),  # exactly half of 305
        (STEADY, [153, 140], 0),
        (STEADY, [140], 0),
        (STEADY, [300, 140, 290, 150], 2),
        (STEADY[:3], [140, 150], 2),
        (STEADY[:2], [140, 150], 0),
        ([100, 300, 320, 90, 310], [140, 150], 2),  # scattered, but down and not back
        ([100, 300, 320, 90, 310], [140, 150, 300], 0),  # always scattered, and back
        ([40, 45, 40, 45], [0, 10], 0),  # no distance left to halve
    ],
)
def test_a_collapse_is_two_walks_at_half_the_earlier_median(
    earlier: list[float], recent: list[float], fallen: int
) -> None:
    assert len(collapse(onsets(earlier, recent))) == fallen


def test_a_collapse_is_seen_in_a_diary_that_began_a_week_before_it() -> None:
    metres = [300, 320, 280, 310, 150, 140, 130]
    walks = [walk(8 + n, {"onset_distance_m": far}, number=n) for n, far in enumerate(metres)]
    assert collapse(diary(*walks)) == tuple(walk_id(n) for n in (4, 5, 6))
    assert collapse(diary(*walks[:5])) == ()
    assert collapse(diary(*walks[3:])) == ()  # two walks are no level to fall from


@pytest.mark.parametrize("sign", ["cold_foot", "numbness", "weakness", "sudden_severe_pain"])
def test_a_collapse_with_a_sign_of_the_limb_is_an_emergency(sign: str) -> None:
    fallen = onsets(STEADY, [140, 150], check_ins=[check_in(TODAY, sign)])
    assert raised(fallen)["acute_limb_ischaemia"] == "emergency"
    old = [check_in(TODAY - 30, sign), check_in(TODAY, sign)]
    assert raised(onsets(STEADY, [140, 150], check_ins=old))["acute_limb_ischaemia"] == "same_day"
    held = onsets(STEADY, [290, 300], check_ins=[check_in(TODAY, sign)])
    assert "emergency" not in raised(held).values()


def test_a_collapse_wants_help_the_same_day() -> None:
    frames = onsets(STEADY, [140, 150])
    row = flags(frames, on(TODAY), QUIET)[0]
    assert (row["flag"], row["urgency"]) == ("acute_limb_ischaemia", "same_day")
    assert row["entries"] == [walk_id(100), walk_id(101)]


@pytest.mark.parametrize(
    "condition", ["atrial_fibrillation", "aneurysm", "recent_surgery_or_immobility"]
)
def test_a_collapse_with_a_source_of_clots_is_an_emergency(condition: str) -> None:
    profile = {"conditions": [condition]}
    row = flags(onsets(STEADY, [140, 150], profile=profile), on(TODAY), QUIET)[0]
    assert row["urgency"] == "emergency"
    assert f"profile:{condition}" in row["entries"]
    steady = flags(onsets(STEADY, [290, 280], profile=profile), on(TODAY), QUIET)
    assert "emergency" not in {row["urgency"] for row in steady}


@pytest.mark.parametrize(("days_ago", "urgency"), [(10, "emergency"), (200, "same_day")])
def test_surgery_is_recent_for_twelve_weeks(days_ago: int, urgency: str) -> None:
    surgery = [{"date": on(TODAY - days_ago).isoformat(), "kind": "surgery"}]
    assert raised(onsets(STEADY, [140, 150], changes=surgery))["acute_limb_ischaemia"] == urgency


def test_steeper_faster_or_unsupported_walks_are_no_collapse() -> None:
    for other in ({"terrain": "hilly"}, {"pace": "brisk"}, {"activity": "run"}):
        walks = [
            walk(day, {"onset_distance_m": 300 + day}, walking_aid="none") for day in range(0, 6, 2)
        ]
        walks += [walk(day, {"onset_distance_m": 100}, **other) for day in (18, 19)]
        assert collapse(diary(*walks)) == ()


def test_stops_collapse_where_onsets_were_not_recorded() -> None:
    walks = [walk(day, {"stopped_distance_m": 400 + day}) for day in (0, 2, 4)]
    walks += [walk(day, {"stopped_distance_m": 150}) for day in (18, 19)]
    assert collapse(diary(*walks)) == (walk_id(18), walk_id(19))


def painful(*days: int, free: tuple[int, ...] = ()) -> DiaryFrames:
    return diary(*(walk(day, {"site": "calf"}) for day in days), *(walk(day) for day in free))


@pytest.mark.parametrize(
    ("days", "free", "persists"),
    [
        ((10, 12, 15), (), True),
        ((10, 12, 14), (), False),
        ((10, 15), (), False),
        ((10, 12, 15), (17,), True),
        ((10, 12, 15), (17, 18), False),
        ((10, 12, 15, 19), (17, 18), False),
    ],
)
def test_pain_persists_over_more_than_five_days_and_to_the_latest_entries(
    days: tuple[int, ...], free: tuple[int, ...], persists: bool
) -> None:
    assert ("persistent_pain" in raised(painful(*days, free=free))) is persists


def test_pain_at_rest_and_at_night_persists_too() -> None:
    days = [
        check_in(10, pain_at_rest=2), check_in(13, night_pain=True), check_in(16, pain_at_rest=1),
    ]  # fmt: skip
    assert raised(diary(check_ins=days)) == {"persistent_pain": "soon"}


@pytest.mark.parametrize(("pain", "severe"), [(7, True), (10, True), (6, False)])
def test_a_worst_pain_of_seven_is_severe_on_a_walk_and_at_rest(pain: int, severe: bool) -> None:
    assert ("severe_pain" in raised(diary(walk(3, {"intensity": pain})))) is severe
    assert ("severe_pain" in raised(diary(check_ins=[check_in(3, pain_at_rest=pain)]))) is severe


@pytest.mark.parametrize(
    ("born", "walks", "flagged"), [(1977, 5, True), (1976, 5, False), (1990, 4, False)]
)
def test_five_painful_walks_below_fifty_have_their_own_flag(
    born: int, walks: int, flagged: bool
) -> None:
    frames = diary(
        *(walk(day, {"site": "calf"}) for day in range(walks)), profile={"birth_year": born}
    )
    assert ("exertional_pain_in_a_younger_person" in raised(frames)) is flagged


@pytest.mark.parametrize(
    ("claudication", "urgency"),
    [("present", "soon"), ("possible", "routine"), ("absent", None), ("insufficient_data", None)],
)
def test_the_pattern_is_flagged_when_it_is_there(claudication: str, urgency: str | None) -> None:
    found = raised(diary(walk(20, {"site": "calf"})), claudication=claudication)
    assert found.get("claudication_pattern") == urgency


def test_numbness_on_a_walk_is_mild_until_a_graver_flag_has_it() -> None:
    numb = walk(19, {"qualities": ["numbness"]})
    assert raised(diary(numb)) == {"swelling_or_numbness": "soon"}
    graver = raised(diary(numb, check_ins=[check_in(TODAY, "numbness", "cold_foot")]))
    assert "swelling_or_numbness" not in graver
    assert raised(diary(walk(2, {"qualities": ["numbness"]}))) == {}


def test_weakness_on_a_walk_is_flagged_as_weakness_of_a_day_is() -> None:
    weak = walk(19, {"qualities": ["weakness", "numbness"]})
    both = {"progressive_weakness": "soon", "swelling_or_numbness": "soon"}
    assert raised(diary(weak)) == both
    graver = raised(diary(weak, check_ins=[check_in(TODAY, "foot_drop")]))
    assert graver["progressive_weakness"] == "same_day"
    assert raised(diary(walk(2, {"qualities": ["weakness"]}))) == {}


def test_foot_pain_at_rest_for_two_weeks_points_to_the_arteries() -> None:
    nights = [check_in(day, night_pain=True, sites=["foot"]) for day in (2, 9, 16)]
    assert raised(diary(check_ins=nights))["chronic_limb_threatening_ischaemia"] == "soon"
    assert "chronic_limb_threatening_ischaemia" not in raised(diary(check_ins=nights[:2]), 9)


def test_a_quiet_diary_raises_nothing() -> None:
    frames = diary(*(walk(day) for day in range(10)), check_ins=[check_in(day) for day in range(9)])
    assert raised(frames) == {}
    assert raised(diary()) == {}


# Which signs can be behind which emergency, from the assessment's text.
TRIGGERS = {
    "acute_limb_ischaemia": {
        "pale_or_blue", "cold_foot", "numbness", "weakness", "sudden_severe_pain",
    },
    "cauda_equina": {"saddle_numbness", "bladder_or_bowel_change"},
    "pulmonary_embolism": {"breathlessness", "coughing_blood"},
    "cardiac_symptoms": {"chest_pain", "fainting"},
}  # fmt: skip

check_ins = st.dictionaries(
    st.integers(0, TODAY),
    st.fixed_dictionaries(
        {
            "signs": st.one_of(
                st.none(), st.lists(st.sampled_from(SIGNS), max_size=4, unique=True)
            ),
            "side": st.sampled_from([None, "left", "right", "both"]),
            "pain_at_rest": st.one_of(st.none(), st.integers(0, 10)),
        }
    ),
    max_size=6,
).map(lambda rows: [{"date": on(day).isoformat()} | row for day, row in rows.items()])


def most_urgent(frames: DiaryFrames) -> int:
    rows = flags(frames, on(TODAY), QUIET)
    return min((URGENCIES.index(row["urgency"]) for row in rows), default=len(URGENCIES))


@settings(max_examples=60, deadline=None)
@given(check_ins)
def test_an_emergency_always_lists_an_entry_with_its_sign(rows: list[dict[str, Any]]) -> None:
    signs = {row["date"]: set(row["signs"] or ()) for row in rows}
    found = flags(diary(check_ins=rows), on(TODAY), QUIET)
    for row in found:
        if row["urgency"] == "emergency":
            assert any(signs[entry] & TRIGGERS[row["flag"]] for entry in row["entries"])
    recent = {day: ticked for day, ticked in signs.items() if day > on(TODAY - 14).isoformat()}
    for flag in ("cauda_equina", "pulmonary_embolism", "cardiac_symptoms"):
        emergencies = {row["flag"] for row in found if row["urgency"] == "emergency"}
        assert (flag in emergencies) == any(day & TRIGGERS[flag] for day in recent.values())


@settings(max_examples=40, deadline=None)
@given(check_ins, st.sampled_from(SIGNS), st.sampled_from([None, "left", "both"]))
def test_one_more_sign_never_lowers_the_urgency(
    rows: list[dict[str, Any]], sign: str, side: str | None
) -> None:
    today = on(TODAY).isoformat()
    before = [row for row in rows if row["date"] != today]
    after = [*before, {"date": today, "signs": [sign], "side": side}]
    assert most_urgent(diary(check_ins=after)) <= most_urgent(diary(check_ins=before))


@settings(max_examples=30, deadline=None)
@given(check_ins, st.randoms(use_true_random=False))
def test_flags_know_neither_the_order_of_entries_nor_left_from_right(
    rows: list[dict[str, Any]], random: Any
) -> None:
    swap = {"left": "right", "right": "left"}
    mirrored = [row | {"side": swap.get(row["side"], row["side"])} for row in rows]
    random.shuffle(mirrored)
    found = flags(diary(check_ins=rows), on(TODAY), QUIET)
    assert flags(diary(check_ins=mirrored), on(TODAY), QUIET) == found
