"""Is each diary in a work list for the one reason that matters most, and for no reason twice?"""

from __future__ import annotations

import json
import random
from datetime import date, timedelta

import pytest

from diary.analytics.assess import assess
from diary.analytics.columns import frames_of_document
from diary.analytics.reasons import (
    LEVELS,
    OWN_FLAGS,
    REASONS,
    SOON_DAYS,
    Reason,
    facts,
    reason,
)
from diary.demo import documents
from diary.evidence.thresholds import OLD_DAYS
from diary.rules import document_checked
from tests.pure.documents import document

TODAY = date(2026, 4, 20)
# A diary of which there is nothing to say: enough of it, no pattern, written in today.
PLAIN = {
    "as_of": "2026-04-20", "last_day": "2026-04-20", "days_with_entries": 30, "span_days": 60,
    "measuring_changed": None, "walks": 30, "with_pain": 12, "claudication": "absent",
    "leaning": "unclear", "status": "consistent", "onsets": 12, "censored": 8, "median_m": 300.0,
    "low_m": 250.0, "high_m": 350.0, "direction": "steady", "ratio_per_30_days": 1.0, "flags": [],
}  # fmt: skip
FEW = {**PLAIN, "status": "insufficient_data", "median_m": None, "direction": "insufficient_data"}
FLAG = {"flag": "chronic_limb_threatening_ischaemia", "urgency": "same_day", "latest": "2026-04-18"}
NEVER = None


def code(now, seen=NEVER, today=TODAY) -> str:
    before = None if seen is NEVER else {**PLAIN, **seen}
    return reason({**PLAIN, **now}, before, today).code


def assessed(rows, as_of=None):
    frames = frames_of_document(document_checked(rows))
    return assess(frames, as_of or frames.last_day or TODAY, "test")


@pytest.mark.parametrize(
    ("now", "seen", "expected"),
    [
        ({"flags": [FLAG]}, NEVER, "red_flag"),
        ({"flags": [FLAG]}, {"flags": [FLAG]}, "red_flag"),
        ({"claudication": "possible"}, NEVER, "pattern"),
        ({"claudication": "present"}, NEVER, "pattern"),
        ({"claudication": "present"}, {"claudication": "possible"}, "pattern"),
        ({"claudication": "present"}, {"claudication": "absent"}, "pattern"),
        ({"claudication": "possible"}, {"claudication": "insufficient_data"}, "pattern"),
        ({"claudication": "possible"}, {"claudication": "present"}, "no_clear_change"),
        ({"claudication": "present"}, {"claudication": "present"}, "no_clear_change"),
        ({"claudication": "absent"}, {}, "no_clear_change"),
        ({"claudication": "insufficient_data"}, {}, "no_clear_change"),
        ({"direction": "shortening"}, NEVER, "shortening"),
        ({"direction": "shortening"}, {"direction": "shortening"}, "shortening"),
        ({"direction": "lengthening"}, {}, "no_clear_change"),
        ({"median_m": 210.0}, {}, "shortening"),
        ({"median_m": 210.1}, {}, "no_clear_change"),
        ({"median_m": 100.0}, NEVER, "enough"),
        ({"median_m": 100.0}, {"median_m": None}, "no_clear_change"),
        ({"median_m": None}, {}, "no_clear_change"),
        ({"median_m": 0.0}, {"median_m": 0.0}, "no_clear_change"),
        ({"median_m": 100.0, "measuring_changed": "2026-04-01"}, {}, "no_clear_change"),
        ({"median_m": 100.0}, {"status": "insufficient_data"}, "enough"),
        ({}, NEVER, "enough"),
        ({}, FEW, "enough"),
        ({}, {}, "no_clear_change"),
        (FEW, NEVER, "not_enough"),
        (FEW, {}, "not_enough"),
        ({"last_day": "2026-04-01"}, {}, "quiet"),
        ({"last_day": "2026-04-01"}, NEVER, "enough"),
        ({**FEW, "last_day": "2026-04-01"}, NEVER, "quiet"),
        ({**FEW, "last_day": None}, NEVER, "not_enough"),
    ],
)
def test_the_reason_of_a_diary(now, seen, expected):
    assert code(now, seen) == expected


def test_the_first_reason_that_holds_is_the_one_in_the_order_that_is_shown():
    """Everything at once; then the first is taken away, and the next one shows."""
    now = {
        "flags": [FLAG], "claudication": "present", "direction": "shortening",
        "last_day": "2026-04-01",
    }  # fmt: skip
    without = [
        {"flags": []},
        {"claudication": "absent"},
        {"direction": "steady"},
        {"status": "insufficient_data"},
        {"last_day": "2026-04-20", "status": "consistent"},
        {"status": "insufficient_data"},
    ]
    seen, found = NEVER, [code(now)]
    for change in without:
        now |= change
        if change.get("status") == "consistent":
            seen = PLAIN
        found.append(code(now, seen))
    assert found == list(REASONS)
    assert [Reason(each, "").rank for each in REASONS] == [*range(len(REASONS))]


@pytest.mark.parametrize("days", range(OLD_DAYS - 2, OLD_DAYS + 3))
def test_a_diary_is_quiet_from_the_tenth_day_on(days):
    last = (TODAY - timedelta(days=days)).isoformat()
    assert OLD_DAYS == 10
    assert code({"last_day": last}, PLAIN) == ("quiet" if days >= 10 else "no_clear_change")


def test_a_new_flag_or_a_newer_one_is_another_reason_than_the_flag_that_was_seen():
    def mark(*flags):
        return reason({**PLAIN, "flags": list(flags)}, None, TODAY)

    newer, other = {**FLAG, "latest": "2026-04-19"}, {**FLAG, "flag": "deep_vein_thrombosis"}
    marks = {mark(FLAG), mark(newer), mark(FLAG, other), mark(other)}
    assert len({each.mark for each in marks}) == 4
    assert mark(FLAG, other) == mark(other, FLAG)
    assert {each.code for each in marks} == {"red_flag"}


def test_the_same_facts_are_the_same_reason_and_stronger_ones_another():
    present = reason({**PLAIN, "claudication": "present"}, None, TODAY)
    possible = reason({**PLAIN, "claudication": "possible"}, None, TODAY)
    assert present != possible
    assert present == reason({**PLAIN, "claudication": "present", "walks": 31}, None, TODAY)
    quiet = [reason({**PLAIN, "last_day": f"2026-04-0{day}"}, PLAIN, TODAY) for day in (1, 2)]
    assert quiet[0] != quiet[1]
    shorter = reason({**PLAIN, "direction": "shortening"}, PLAIN, TODAY)
    further = reason({**PLAIN, "direction": "shortening", "median_m": 100.0}, PLAIN, TODAY)
    assert shorter.code == further.code == "shortening"
    assert shorter != further


@pytest.mark.parametrize(
    ("flag", "urgency", "days_ago", "told"),
    [
        ("deep_vein_thrombosis", "emergency", 0, True),
        ("deep_vein_thrombosis", "emergency", SOON_DAYS + 1, True),
        ("deep_vein_thrombosis", "same_day", SOON_DAYS + 1, True),
        ("deep_vein_thrombosis", "soon", SOON_DAYS, True),
        ("deep_vein_thrombosis", "soon", SOON_DAYS + 1, False),
        ("deep_vein_thrombosis", "routine", 0, False),
        *((flag, urgency, 0, False) for flag in OWN_FLAGS for urgency in ("soon", "same_day")),
    ],
)
def test_what_is_routine_or_is_why_one_keeps_a_diary_is_no_flag_to_look_at(
    flag, urgency, days_ago, told
):
    whole = assessed(documents(TODAY)["june"], TODAY)
    latest = (date.fromisoformat(whole["as_of"]) - timedelta(days=days_ago)).isoformat()
    raised = {"flag": flag, "urgency": urgency, "latest": latest, "reasons": ["swelling"]}
    whole["flags"] = [{**raised, "entries": ["2026-04-18", "2026-04-19"]}]
    assert facts(whole)["flags"] == [{**raised, "entries": 2}] * told


@pytest.mark.parametrize(
    ("urgency", "another"),
    [("emergency", True), ("same_day", True), ("soon", False)],
)
def test_a_newer_entry_of_what_can_wait_is_no_new_reason(urgency, another):
    old = {**FLAG, "urgency": urgency}
    new = {**old, "latest": "2026-04-19"}
    marks = [reason({**PLAIN, "flags": [flag]}, None, TODAY).mark for flag in (old, new)]
    assert (marks[0] != marks[1]) == another


def test_the_levels_of_a_pattern_are_those_that_an_assessment_can_have():
    found = {assessed(rows, TODAY)["pattern"]["claudication"] for rows in documents(TODAY).values()}
    assert found <= {*LEVELS}
    assert {"present", "insufficient_data"} <= found


STORIES = {
    "vera": "pattern", "tom": "enough", "amara": "enough", "luka": "enough", "edith": "pattern",
    "june": "enough", "walter": "red_flag", "nina": "not_enough",
}  # fmt: skip


def test_every_demo_diary_is_told_for_its_story():
    found = {
        name: reason(facts(assessed(rows, TODAY)), None, TODAY).code
        for name, rows in documents(TODAY).items()
    }
    assert found == STORIES


def holds(rows) -> str:
    """One reason now, one after a review, both the same from what was kept as JSON."""
    assessment = assessed(rows)
    now = facts(assessment)
    kept = json.loads(json.dumps(now, allow_nan=False))
    assert kept == now
    assert set(now) == set(PLAIN)
    today = date.fromisoformat(now["as_of"])
    first, after = reason(now, None, today), reason(now, now, today)
    assert (first, after) == (reason(kept, None, today), reason(kept, kept, today))
    assert {first.code, after.code} <= {*REASONS}
    assert after.rank >= first.rank
    assert after.code not in ("pattern", "enough")
    assert (first.code == "red_flag") == bool(now["flags"]) == (after.code == "red_flag")
    later = reason(now, now, today + timedelta(days=400))
    assert later.code in ("red_flag", "shortening", "quiet") or now["last_day"] is None
    return first.code


def test_every_diary_has_one_reason_and_facts_that_can_be_kept():
    rng = random.Random(5)
    found = {holds(document(rng)) for _ in range(25)}
    found |= {holds(rows) for rows in documents(TODAY).values()}
    found.add(holds({"format": "walking-diary", "version": 1}))
    assert {"red_flag", "pattern", "not_enough"} <= found


@pytest.mark.long
def test_a_thousand_diaries_have_one_reason_and_facts_that_can_be_kept():
    rng = random.Random(6)
    found = {holds(document(rng)) for _ in range(1000)}
    assert len(found) >= 4
