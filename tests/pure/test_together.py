"""Is anything lost of a day of which two versions were written?"""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from diary.rules import Row, checked
from diary.together import together

DAY = date(2026, 6, 1)


def day(**said: Any) -> Row:
    return checked("check_in", {"date": DAY, **said})


def test_every_sign_and_place_that_either_version_names_is_kept():
    one = day(signs=["pale_or_blue", "warmth"], sites=["calf"], side="left")
    other = day(signs=["numbness", "warmth"], sites=[], side="left")
    both = together(one, other)
    assert set(both["signs"]) == {"pale_or_blue", "warmth", "numbness"}
    assert (both["sites"], both["side"]) == (["calf"], "left")
    assert checked("check_in", both) == both


def test_of_each_answer_the_worse_one_is_kept():
    one = day(pain_at_rest=2, night_pain=True, signs_began=date(2026, 5, 30))
    other = day(pain_at_rest=8, night_pain=False, signs_began=date(2026, 5, 12))
    both = together(one, other)
    assert (both["pain_at_rest"], both["night_pain"]) == (8, True)
    assert both["signs_began"] == date(2026, 5, 12)
    assert both["morning_stiffness_s"] is None


@pytest.mark.parametrize(
    ("one", "other", "both"),
    [(None, None, None), (None, [], []), ([], None, []), ([], ["fever"], ["fever"])],
)
def test_none_of_these_and_not_recorded_stay_apart(one, other, both):
    assert together(day(signs=one), day(signs=other))["signs"] == both


def test_a_leg_is_kept_only_where_both_name_the_same():
    one = day(signs=["swelling"], side="left")
    assert together(one, day(signs=["numbness"], side="right"))["side"] is None
    assert together(one, day(signs=["numbness"]))["side"] is None
    assert together(one, day(signs=[], side="right"))["side"] == "left"


def test_the_notes_of_both_are_kept_once():
    assert together(day(notes="by the river"), day(notes="slept badly"))["notes"] == (
        "by the river\nslept badly"
    )
    assert together(day(notes="by the river"), day(notes="by the river"))["notes"] == "by the river"
    assert together(day(), day(notes="slept badly"))["notes"] == "slept badly"
