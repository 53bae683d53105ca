"""Is an entry told in one line as the analyses read it?"""

from __future__ import annotations

import pytest
from django.utils import timezone

from diary.models import Diary
from diary.wording import rows
from diary.wording.lengths import duration

WALK = {
    "id": "0b4a0a34-0000-4000-8000-000000000001",
    "started_at": "2026-05-30T09:00:00Z",
    "distance_m": 600,
}


def line_of(diary: Diary, **said: object) -> rows.Line:
    diary.put("walk", {**WALK, **said}, timezone.now())
    return rows.line(diary.walks.get(), "metric")


CALF = {"site": "calf", "side": "left"}
BUTTOCK = {"site": "buttock", "side": "right", "onset_distance_m": 100}


@pytest.mark.parametrize(
    ("calf_m", "told"),
    [
        (300, "Pain after 100 m · Buttock (right) · and 1 more pain"),
        (80, "Pain after 80 m · Calf (left) · and 1 more pain"),
        (100, "Pain after 100 m · Calf (left) · and 1 more pain"),
        (0, "Pain from the first step · Calf (left) · and 1 more pain"),
        # How far it went without pain is not known: the calf may have come before the buttock.
        (None, "Pain · Calf (left) · and 1 more pain"),
    ],
)
def test_a_walk_is_told_by_the_pain_that_came_first_and_not_by_the_one_typed_first(
    diary, calf_m, told
):
    pain = [{**CALF, "onset_distance_m": calf_m}, BUTTOCK]
    assert line_of(diary, pain=pain).detail == told


@pytest.mark.parametrize(
    ("minutes", "told"),
    [(12.5, "13 minutes"), (4.5, "5 minutes"), (4.4, "4 minutes"), (1.999, "2 minutes"),
     (1.5, "90 seconds"), (119.9, "2 h 0 min"), (140.5, "2 h 21 min")],
)  # fmt: skip
def test_a_half_minute_is_rounded_up_whatever_the_minute(minutes, told):
    assert duration(minutes * 60) == told
