"""Are the invented people believable, valid and the same every time?"""

from __future__ import annotations

import json
from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import jsonschema
import pytest

from diary.analytics.columns import frames_of_document
from diary.clock import local_date
from diary.demo import DEMO, document, documents
from diary.questions import questions
from diary.rules import document_checked

LAST_DAY = date(2026, 4, 20)  # three weeks after the clocks of Europe went forward
SCHEMA = Path(__file__).parents[2] / "docs" / "diary-document.schema.json"
WALKERS = [name for name, story in DEMO.items() if story.write]
KEEPERS = [name for name in WALKERS if name != "nina"]
# Signs that raise a flag by themselves, emergency or same day; Walter's sore is the only one.
ALARMING = {
    "pale_or_blue", "cold_foot", "numbness", "weakness", "sudden_severe_pain", "saddle_numbness",
    "bladder_or_bowel_change", "breathlessness", "coughing_blood", "chest_pain", "fainting",
    "palpitations", "swelling", "warmth", "redness", "calf_tenderness",
    "relieved_by_hanging_leg_down", "wound_not_healing", "black_or_blue_toe", "foot_drop",
    "pop_felt", "cannot_rise_on_toes", "fever", "cannot_put_weight_on_leg",
    "unexplained_weight_loss",
}  # fmt: skip


def onsets_m(name):
    return [
        walk["pain"][0]["onset_distance_m"]
        for walk in document(name, LAST_DAY)["walks"]
        if walk["pain"]
    ]


def episodes(name):
    return [pain for walk in document(name, LAST_DAY)["walks"] for pain in walk["pain"] or ()]


def signs(name):
    return Counter(
        sign
        for check_in in document(name, LAST_DAY)["check_ins"]
        for sign in check_in["signs"] or ()
    )


@pytest.mark.parametrize("name", WALKERS)
def test_every_diary_is_a_valid_document_without_an_odd_walk(name):
    checked = document_checked(document(name, LAST_DAY))

    assert [fault for walk in checked["walks"] for fault in questions(walk)] == []
    assert frames_of_document(checked).last_day <= LAST_DAY


@pytest.mark.parametrize("name", WALKERS)
def test_every_diary_validates_against_the_published_schema(name):
    jsonschema.validate(
        document(name, LAST_DAY),
        json.loads(SCHEMA.read_text()),
        format_checker=jsonschema.FormatChecker(),
    )


@pytest.mark.parametrize("name", WALKERS)
def test_the_same_day_gives_the_same_bytes(name):
    assert json.dumps(document(name, LAST_DAY)) == json.dumps(document(name, LAST_DAY))


def test_one_persons_diary_does_not_depend_on_the_others():
    assert documents(LAST_DAY)["luka"] == DEMO["luka"].document(LAST_DAY)
    assert list(documents(LAST_DAY)) == WALKERS


@pytest.mark.parametrize("name", WALKERS)
def test_a_later_day_moves_the_diary_and_keeps_its_ids(name):
    today, tomorrow = (document(name, LAST_DAY + timedelta(days=days)) for days in (0, 1))

    assert [walk["id"] for walk in today["walks"]] == [walk["id"] for walk in tomorrow["walks"]]
    assert [walk["pain"] for walk in today["walks"]] == [walk["pain"] for walk in tomorrow["walks"]]
    newest = [max(each["date"] for each in diary["changes"] + diary["check_ins"])
              for diary in (today, tomorrow) if diary["check_ins"]]  # fmt: skip
    assert newest == sorted(set(newest))


def test_all_ids_of_the_demo_differ():
    ids = [
        row["id"]
        for diary in documents(LAST_DAY).values()
        for rows in ("walks", "changes", "measurements", "routes")
        for row in diary[rows]
    ]

    assert len(ids) == len(set(ids)) > 300


@pytest.mark.parametrize("name", KEEPERS)
def test_a_diary_covers_eight_to_sixteen_weeks_up_to_the_day_before(name):
    checked = document_checked(document(name, LAST_DAY))
    days = [local_date(walk["started_at"], walk["time_zone"]) for walk in checked["walks"]]

    assert timedelta(weeks=8) <= LAST_DAY - min(days) <= timedelta(weeks=16)
    assert timedelta(days=1) <= LAST_DAY - max(days) <= timedelta(days=5)


@pytest.mark.parametrize("name", KEEPERS)
def test_a_diary_has_walks_that_hurt_and_walks_that_did_not(name):
    walks = document(name, LAST_DAY)["walks"]

    assert sum(bool(walk["pain"]) for walk in walks) >= 10
    assert sum(walk["pain"] == [] for walk in walks) >= 8


def test_the_diaries_are_as_untidy_as_real_ones():
    walks = [walk for diary in documents(LAST_DAY).values() for walk in diary["walks"]]
    pains = [pain for walk in walks for pain in walk["pain"] or ()]
    check_ins = [each for diary in documents(LAST_DAY).values() for each in diary["check_ins"]]

    assert any(walk["pain"] is None for walk in walks)
    assert {"gps", "known_route", "estimated", None} <= {w.get("distance_source") for w in walks}
    assert any("relief_s" not in pain for pain in pains if pain.get("relief") == "complete")
    assert {None, 0} <= {
        None if each["signs"] is None else len(each["signs"]) for each in check_ins
    }
    assert any(walk.get("notes") for walk in walks)


def test_vera_stops_at_250_to_350_metres_and_standing_relieves_it():
    onsets = onsets_m("vera")
    rests = [pain for pain in episodes("vera") if "relief_s" in pain]

    assert sum(250 <= onset <= 350 for onset in onsets) / len(onsets) > 0.7
    assert {pain["site"] for pain in episodes("vera")} == {"calf"}
    assert {pain["rest_posture"] for pain in rests} == {"standing"}
    assert all(90 <= pain["relief_s"] <= 270 for pain in rests)
    assert any(
        len(walk["pain"]) > 1 for walk in document("vera", LAST_DAY)["walks"] if walk["pain"]
    )


def test_toms_heel_hurts_from_the_first_steps_and_eases():
    pains = episodes("tom")

    assert {pain["site"] for pain in pains} == {"achilles"}
    assert max(onsets_m("tom")) <= 50
    assert {pain.get("course_while_walking") for pain in pains} <= {"eased", None}
    assert "new_activity" in {change["kind"] for change in document("tom", LAST_DAY)["changes"]}


def test_amaras_thigh_hurt_at_once_and_mends():
    pains = episodes("amara")

    assert {pain["site"] for pain in pains} == {"back_of_thigh"}
    assert pains[0]["onset"] == "sudden"
    assert pains[-1]["intensity"] < pains[0]["intensity"]
    assert "injury" in {change["kind"] for change in document("amara", LAST_DAY)["changes"]}


def test_lukas_pain_runs_below_the_knee_at_no_steady_distance():
    onsets = onsets_m("luka")

    assert all({"calf", "foot"} & {*pain["spread_to"], pain["site"]} for pain in episodes("luka"))
    assert max(onsets) > 8 * min(onsets)
    assert {"worse_on_sitting", "tingling", "back_pain"} <= set(signs("luka"))


def test_ediths_pain_leaves_on_sitting_or_bending_and_never_on_standing():
    relieved = {pain["rest_posture"] for pain in episodes("edith") if pain["relief"] == "complete"}

    assert relieved == {"sitting", "bending_forward"}
    assert {"worse_on_standing", "better_on_sitting"} <= set(signs("edith"))
    assert any(walk.get("pain_on_standing") for walk in document("edith", LAST_DAY)["walks"])


def test_junes_ache_points_to_nothing():
    sites = {pain["site"] for pain in episodes("june")}

    assert not sites & {"calf", "achilles", "back_of_thigh", "buttock", "lower_back"}
    assert max(onsets_m("june")) > 5 * min(onsets_m("june"))
    assert not signs("june")


def test_walter_has_both_a_calf_and_a_buttock_pain():
    assert {"calf", "buttock"} == {pain["site"] for pain in episodes("walter")}


def test_nina_has_three_walks():
    assert len(document("nina", LAST_DAY)["walks"]) == 3


def test_only_walter_has_a_sign_that_cannot_wait():
    alarming = {name: ALARMING & set(signs(name)) for name in WALKERS}

    assert {name: found for name, found in alarming.items() if found} == {
        "walter": {"wound_not_healing"}
    }


def test_the_clinician_keeps_no_diary():
    clinicians = [name for name, story in DEMO.items() if story.role == "clinician"]

    assert clinicians == ["ingrid"]
    assert DEMO["ingrid"].email == "ingrid@demo.example"
    assert DEMO["ingrid"].document(LAST_DAY) is None
    with pytest.raises(KeyError):
        document("ingrid", LAST_DAY)
