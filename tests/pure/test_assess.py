"""Does the one door give the whole assessment, true to its contract, for any diary?"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from diary.analytics.assess import assess
from diary.analytics.columns import DiaryFrames
from diary.answers import CONDITIONS, QUALITIES, SIGNS, SITES
from tests.pure.builders import on
from tests.pure.diaries import (
    CALF,
    TENDON,
    arteries,
    check_in,
    diary,
    hamstring,
    no_pattern,
    pain_free,
    stenosis,
    tendon,
    walk,
    walk_id,
)

SCHEMA = Path(__file__).resolve().parents[3] / "shared/design/assessment.schema.json"


def empty() -> DiaryFrames:
    return diary()


def few() -> DiaryFrames:
    return diary(walk(0, CALF), walk(2, pain=None), walk(3))


def young() -> DiaryFrames:
    return diary(*(walk(day, CALF) for day in range(9)), profile={"birth_year": 1995})


CAST: dict[str, Callable[[], DiaryFrames]] = {
    each.__name__: each
    for each in (
        arteries, stenosis, tendon, hamstring, no_pattern, pain_free, empty, few, young,
    )
}  # fmt: skip
SUPPORTS = ("strong", "moderate", "weak", "none", "against", "insufficient_data")
LEGS = (
    "no_pain", "pain_on_exertion_and_rest", "non_calf", "atypical_calf", "classic_claudication",
    "insufficient_data",
)  # fmt: skip
NUMBER = (int, float)
MAYBE = (int, float, type(None))


def of_type(value: Any, kind: Any) -> bool:
    """A value of a type, of a tuple of types, or one of a tuple of words."""
    if isinstance(kind, tuple) and isinstance(kind[0], str):
        return isinstance(value, str) and value in kind
    return isinstance(value, kind) and not (isinstance(value, bool) and kind is not bool)


# The contract in short: what each part must have.
PARTS: Mapping[str, Mapping[str, Any]] = {
    "walks": dict.fromkeys(("total", "with_pain", "pain_free", "not_recorded"), int),
    "onset": {
        "status": ("consistent", "suggestive", "inconsistent", "insufficient_data"),
        "driver": ("distance", "time", "neither", "unknown"),
        "median_m": MAYBE, "low_m": MAYBE, "high_m": MAYBE, "variation": MAYBE,
        "onsets": int, "censored": int, "trend": dict,
    },
    "relief": {
        "episodes": int, "median_s": MAYBE, "share_within_10_min": MAYBE, "by_posture": dict,
    },
    "recurrence": {"resumed": int, "returned": int},
    "pattern": {
        "claudication": ("present", "possible", "absent", "insufficient_data"),
        "leaning": ("vascular", "neurogenic", "both", "undetermined"),
        "edinburgh": dict, "legs": dict,
    },
}  # fmt: skip
TREND = {
    "direction": ("shortening", "steady", "lengthening", "unknown"),
    "ratio_per_30_days": MAYBE, "low": MAYBE, "high": MAYBE,
}  # fmt: skip
CAUSE = {
    "cause": str, "support": SUPPORTS, "weight": MAYBE, "subtype": (str, type(None)),
    "for": list, "against": list, "missing": list,
}  # fmt: skip
EVIDENCE = {"finding": str, "weight": NUMBER, "entries": list, "source": str}
FLAG = {
    "flag": str, "urgency": ("emergency", "same_day", "soon", "routine"),
    "reasons": list, "entries": list,
}  # fmt: skip


def has(part: Mapping[str, Any], shape: Mapping[str, Any], where: str) -> None:
    for name, kind in shape.items():
        assert name in part, f"{where}.{name} is missing"
        assert of_type(part[name], kind), f"{where}.{name} is {part[name]!r}"


def conforms(assessment: Mapping[str, Any]) -> None:
    """The structure of the contract, and the ties between its parts."""
    assert assessment["format"] == "walking-assessment"
    assert assessment["version"] == 1
    date.fromisoformat(assessment["as_of"])
    for name, shape in PARTS.items():
        has(assessment[name], shape, name)
    has(assessment["onset"]["trend"], TREND, "trend")
    assert set(assessment["pattern"]["legs"]) == {"left", "right"}
    assert set(assessment["pattern"]["legs"].values()) <= set(LEGS)
    read = assessment["pattern"]["edinburgh"]
    assert read["result"] in ("definite", "atypical", "negative", "insufficient_data")
    assert read["grade"] in (1, 2, None)
    if read["result"] in ("negative", "insufficient_data"):
        assert read["grade"] is None
    assert len({row["cause"] for row in assessment["causes"]}) == 5
    for row in assessment["causes"]:
        has(row, CAUSE, row["cause"])
        for each in row["for"] + row["against"]:
            has(each, EVIDENCE, row["cause"])
    for row in assessment["flags"]:
        has(row, FLAG, "flags")
        assert row["reasons"]
        assert row["entries"]
    for row in assessment["factors"]:
        has(row, {"factor": str, "reasons": list}, "factors")
        assert row["reasons"]
    if assessment["next_observation"] is not None:
        shape = {"record": str, "separates": list, "why": str}
        has(assessment["next_observation"], shape, "next_observation")
    walks = assessment["walks"]
    assert walks["total"] == walks["with_pain"] + walks["pain_free"] + walks["not_recorded"]
    assert of_type(assessment["source"], (str, type(None)))
    # Plain JSON: nothing is lost, turned or not a number on the way through a file.
    assert json.loads(json.dumps(assessment, allow_nan=False)) == assessment


@pytest.mark.parametrize("name", CAST)
def test_every_diary_gives_the_whole_assessment(name: str) -> None:
    conforms(assess(CAST[name](), source="a.json"))


@pytest.mark.skipif(not SCHEMA.exists(), reason="the shared contract is not beside this clone")
@pytest.mark.parametrize("name", CAST)
def test_every_assessment_validates_against_the_contract(name: str) -> None:
    jsonschema = pytest.importorskip("jsonschema")
    schema = json.loads(SCHEMA.read_text())
    checker = jsonschema.Draft202012Validator.FORMAT_CHECKER
    jsonschema.Draft202012Validator(schema, format_checker=checker).validate(
        assess(CAST[name](), source="a.json")
    )


@pytest.mark.parametrize(
    ("frames", "cause"),
    [
        (arteries(), "peripheral_artery_disease"),
        (stenosis(), "sciatica"),
        (tendon(), "achilles_tendinopathy"),
        (hamstring(), "hamstring_strain"),
        (no_pattern(), "muscle_imbalance"),
    ],
)
def test_a_diary_of_one_cause_puts_it_first(frames: DiaryFrames, cause: str) -> None:
    found = assess(frames)
    assert found["causes"][0]["cause"] == cause
    if cause != "muscle_imbalance":
        assert found["causes"][0]["support"] in ("strong", "moderate")
        assert found["causes"][1]["support"] not in ("strong", "moderate")
    assert not [row for row in found["flags"] if row["urgency"] == "emergency"]


@pytest.mark.parametrize("frames", [empty(), few(), pain_free()])
def test_a_diary_that_cannot_tell_names_no_cause_and_no_pattern(frames: DiaryFrames) -> None:
    found = assess(frames)
    assert not {row["support"] for row in found["causes"]} & {"strong", "moderate"}
    assert found["pattern"]["claudication"] in ("absent", "insufficient_data")
    assert found["pattern"]["leaning"] == "undetermined"
    assert found["onset"]["median_m"] is None or found["onset"]["onsets"] > 0


def test_an_empty_diary_abstains_throughout() -> None:
    found = assess(empty(), date(2026, 5, 1))
    assert found["as_of"] == "2026-05-01"
    assert {row["support"] for row in found["causes"]} == {"insufficient_data"}
    assert (found["flags"], found["factors"]) == ([], [])
    assert found["standing"] == "not_enough"
    assert found["next_observation"]["why"] == "nothing_recorded"


def test_a_young_walker_with_the_pattern_is_not_given_hardened_arteries() -> None:
    found = assess(young())
    support = {row["cause"]: row["support"] for row in found["causes"]}
    assert support["peripheral_artery_disease"] == "weak"
    assert "exertional_pain_in_a_younger_person" in [row["flag"] for row in found["flags"]]


def test_the_day_is_that_of_the_newest_walk_or_check_in() -> None:
    change = {"date": on(90).isoformat(), "kind": "footwear"}
    frames = diary(walk(3), check_ins=[check_in(5)], changes=[change])
    assert assess(frames)["as_of"] == on(5).isoformat()
    assert assess(diary(changes=[change]))["as_of"] == on(90).isoformat()


def test_what_came_after_the_day_does_not_count() -> None:
    before = [walk(day, CALF) for day in range(5)]
    after = [walk(day, TENDON) for day in range(20, 30)]
    later = diary(
        *before,
        *after,
        check_ins=[check_in(25, "pale_or_blue")],
        measurements=[
            {"date": on(25).isoformat(), "kind": "ankle_brachial_index_left", "value": 0.5}
        ],
        changes=[{"date": on(25).isoformat(), "kind": "injury"}],
    )
    assert assess(later, on(10)) == assess(diary(*before), on(10))
    assert assess(later) != assess(later, on(10))


def test_a_suspect_clock_is_counted_and_left_out() -> None:
    frames = diary(*(walk(day, CALF, clock_suspect=day == 2) for day in range(4)))
    found = assess(frames)
    assert found["walks"]["total"] == 3
    assert found["data"]["clock_suspect"] == 1


@pytest.mark.parametrize(
    ("frames", "days_later", "standing"),
    [
        (few(), 0, "not_enough"),
        (arteries(), 9, "no_clear_change"),
        (arteries(), 10, "old"),
    ],
)
def test_how_the_course_stands(frames: DiaryFrames, days_later: int, standing: str) -> None:
    assert frames.last_day
    found = assess(frames, frames.last_day + timedelta(days=days_later))
    assert found["standing"] == standing
    assert found["data"]["days_since_last_entry"] == days_later


def test_onsets_measured_first_one_way_and_then_another_are_not_compared() -> None:
    onsets = (300, 280, 330, 310, 290, 350, 300, 270, 320, 310)
    walks = [
        walk(
            number,
            CALF | {"onset_distance_m": metres},
            distance_source="estimated" if number < 5 else "gps",
        )
        for number, metres in enumerate(onsets)
    ]
    found = assess(diary(*walks))
    assert found["standing"] == "mixed_sources"
    assert found["data"]["distance_sources"] == {"estimated": 5, "gps": 5}


METRES = st.none() | st.integers(0, 40).map(lambda tens: tens * 25)
EPISODES = st.fixed_dictionaries(
    {},
    optional={
        "onset_distance_m": METRES,
        "onset_s": st.integers(0, 900),
        "onset": st.sampled_from(["gradual", "sudden"]),
        "site": st.sampled_from(SITES),
        "side": st.sampled_from(["left", "right", "both"]),
        "spread_to": st.lists(st.sampled_from(SITES), max_size=2, unique=True),
        "intensity": st.integers(0, 10),
        "qualities": st.lists(st.sampled_from(QUALITIES), max_size=2, unique=True),
        "response": st.sampled_from(["stopped", "slowed", "kept_going"]),
        "stopped_distance_m": METRES,
        "course_while_walking": st.sampled_from(["worsened", "same", "eased"]),
        "rest_posture": st.sampled_from(["standing", "sitting", "bending_forward", "lying"]),
        "relief": st.sampled_from(["complete", "partial", "none"]),
        "relief_s": st.integers(0, 1200),
        "resumed": st.booleans(),
    },
)
WALKS = st.lists(
    st.tuples(
        st.integers(0, 40),
        st.none() | st.lists(EPISODES, max_size=2),
        st.fixed_dictionaries(
            {},
            optional={
                "terrain": st.sampled_from(["flat", "hilly"]),
                "pace": st.sampled_from(["slow", "brisk"]),
                "walking_aid": st.sampled_from(["none", "trolley"]),
                "pain_on_standing": st.booleans(),
                "footwear": st.sampled_from(["boots", "shoes"]),
                "duration_s": st.integers(0, 4000),
            },
        ),
    ),
    max_size=9,
).map(
    lambda rows: [
        walk(day, pain=pain, number=number, **said) for number, (day, pain, said) in enumerate(rows)
    ]
)
CHECK_INS = st.dictionaries(
    st.integers(0, 40),
    st.fixed_dictionaries(
        {},
        optional={
            "signs": st.lists(st.sampled_from(SIGNS), max_size=3, unique=True),
            "side": st.sampled_from(["left", "right", "both"]),
            "pain_at_rest": st.integers(0, 10),
            "night_pain": st.booleans(),
            "morning_stiffness_s": st.integers(0, 900),
            "sites": st.lists(st.sampled_from(SITES), max_size=2, unique=True),
        },
    ),
    max_size=4,
).map(lambda rows: [{"date": on(day).isoformat()} | row for day, row in rows.items()])
PROFILES = st.fixed_dictionaries(
    {},
    optional={
        "birth_year": st.integers(1930, 2005),
        "smoking": st.sampled_from(["current", "former", "never"]),
        "conditions": st.lists(st.sampled_from(CONDITIONS), max_size=3, unique=True),
    },
)
quick = settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))


@quick
@given(WALKS, CHECK_INS, PROFILES)
def test_any_diary_gives_a_whole_assessment(
    walks: list[dict[str, Any]], check_ins: list[dict[str, Any]], profile: dict[str, Any]
) -> None:
    found = assess(diary(*walks, check_ins=check_ins, profile=profile))
    conforms(found)
    named = {row["id"] for row in walks} | {row["date"] for row in check_ins}
    for row in found["flags"]:
        assert all(entry in named or entry.startswith("profile:") for entry in row["entries"])


SWAPPED = {"left": "right", "right": "left"}


def mirrored(row: dict[str, Any]) -> dict[str, Any]:
    """The same row with left and right exchanged, in its episodes too."""
    out = row | {"side": SWAPPED.get(row["side"], row["side"])} if "side" in row else dict(row)
    if out.get("pain"):
        out["pain"] = [mirrored(episode) for episode in out["pain"]]
    return out


@quick
@given(WALKS, CHECK_INS)
def test_left_for_right_changes_the_legs_alone(
    walks: list[dict[str, Any]], check_ins: list[dict[str, Any]]
) -> None:
    found = assess(diary(*walks, check_ins=check_ins))
    other = assess(diary(*map(mirrored, walks), check_ins=[mirrored(row) for row in check_ins]))
    legs, other_legs = found["pattern"].pop("legs"), other["pattern"].pop("legs")
    assert found == other
    assert legs == {"left": other_legs["right"], "right": other_legs["left"]}


@quick
@given(WALKS, CHECK_INS, st.randoms(use_true_random=False))
def test_the_order_in_which_rows_come_changes_nothing(
    walks: list[dict[str, Any]], check_ins: list[dict[str, Any]], random: Any
) -> None:
    found = assess(diary(*walks, check_ins=check_ins))
    random.shuffle(walks)
    random.shuffle(check_ins)
    assert assess(diary(*walks, check_ins=check_ins)) == found


def test_entries_behind_a_statement_are_the_walks_that_say_it() -> None:
    found = assess(arteries())
    calf = next(each for each in found["causes"][0]["for"] if each["finding"] == "calf_site")
    assert calf["entries"] == [walk_id(3 * number) for number in range(9)]
    assert (calf["n"], calf["of"], calf["state"]) == (9, 9, "present")
