"""Does the form of a walk take over, keep and ask only what it should?"""

from __future__ import annotations

from typing import Any

import pytest

from diary import rules
from diary.web.forms.walk import BOTH, WHERE, WalkForm, usual
from diary.wording import last_time
from tests.app import TRACK
from tests.app.test_forms import NOW, WALK_ID, typed, walker


def stored(**said: Any) -> rules.Row:
    return rules.checked(
        "walk", {"id": WALK_ID, "started_at": "2026-05-30T09:00:00Z", "distance_m": 600, **said}
    )


def test_what_was_said_last_is_what_may_be_the_same_again():
    walks = [stored(pace="slow"), stored(pace="brisk", terrain="hilly"), stored(terrain="flat")]
    assert usual(walks) == {"pace": "slow", "terrain": "hilly"}


def test_what_is_the_same_again_names_both_legs():
    answers = usual([stored(pain=[{"site": "calf", "side": "both"}])])
    assert answers == {WHERE: "calf:left", BOTH: "on"}
    assert "both sides" in last_time.same(answers, WHERE, BOTH, chosen=False).text


def test_the_same_number_in_another_unit_is_another_length():
    assert typed(row=stored(), distance="600", distance_unit="yd")["distance_m"] == 548.64


def test_saving_again_keeps_the_line_of_a_walk():
    assert typed(row=stored(track=TRACK), distance="600", distance_unit="m")["track"] == TRACK


@pytest.mark.parametrize(("date", "suspect"), [("2026-05-30", True), ("2026-05-29", None)])
def test_a_new_time_of_a_walk_is_judged_anew(date, suspect):
    row = stored(time_zone="Europe/London", clock_suspect=True)
    answers = {"distance": "600", "when": "at", "date": date, "time": "10:00"}
    assert typed(row=row, time_zone="Europe/London", **answers)["clock_suspect"] is suspect


def test_a_pain_that_was_removed_is_not_kept():
    pain = {"pain-0-where": "calf:left", "pain-0-DELETE": "on"}
    assert typed(distance="600", hurt="unknown", **pain)["pain"] is None


def test_what_was_asked_about_is_taken_when_it_is_sent_again():
    answers = {"id": WALK_ID, "distance": "30", "distance_unit": "km", "hurt": "no"}

    def asks(mark: str) -> tuple[list[str], str]:
        form = WalkForm({**answers, "asked": mark}, person=walker(), now=NOW)
        assert form.is_valid(), form.errors
        return [fault.code for fault in form.asks(form.row([]), [])], form.data["asked"]

    codes, mark = asks("")
    assert codes == ["odd_distance"]
    assert asks(mark)[0] == []
    answers["distance"] = "40"
    assert asks(mark)[0] == ["odd_distance"]
