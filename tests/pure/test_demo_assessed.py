"""Does each invented diary read as the story that it was written from?"""

from __future__ import annotations

from datetime import date

import pytest

from diary.analytics.assess import assess
from diary.analytics.columns import frames_of_document
from diary.demo import DEMO, document
from diary.rules import document_checked

LAST_DAY = date(2026, 4, 20)
LEADING = {
    "vera": ("peripheral_artery_disease", None, "strong"),
    "tom": ("achilles_tendinopathy", None, "strong"),
    "amara": ("hamstring_strain", None, "strong"),
    "luka": ("sciatica", "disc_herniation", "strong"),
    "edith": ("sciatica", "spinal_stenosis", "strong"),
    "june": ("muscle_imbalance", None, "weak"),
}


def assessment(name):
    return assess(frames_of_document(document_checked(document(name, LAST_DAY))), LAST_DAY, name)


@pytest.mark.parametrize("name", LEADING)
def test_the_right_cause_leads_in_every_story_of_one_cause(name):
    first, second = assessment(name)["causes"][:2]

    assert (first["cause"], first["subtype"], first["support"]) == LEADING[name]
    assert second["support"] not in ("strong", "moderate")


def test_vera_shows_a_claudication_style_pattern():
    read = assessment("vera")

    assert read["pattern"]["claudication"] == "present"
    assert read["pattern"]["leaning"] == "vascular"
    assert read["onset"]["status"] == "consistent"
    assert 250 <= read["onset"]["median_m"] <= 350


def test_walter_leans_both_ways():
    read = assessment("walter")

    assert read["pattern"]["leaning"] == "both"
    assert {row["cause"] for row in read["causes"][:2]} == {"peripheral_artery_disease", "sciatica"}


def test_nothing_is_concluded_from_three_walks():
    read = assessment("nina")

    assert read["pattern"]["claudication"] == "insufficient_data"
    assert {row["support"] for row in read["causes"]} <= {"weak", "none", "insufficient_data"}


def test_only_walter_has_a_flag_that_cannot_wait():
    urgent = {
        (name, flag["flag"], flag["urgency"])
        for name, story in DEMO.items()
        if story.write
        for flag in assessment(name)["flags"]
        if flag["urgency"] in ("emergency", "same_day")
    }

    assert urgent == {("walter", "chronic_limb_threatening_ischaemia", "same_day")}
