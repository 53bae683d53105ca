"""Does an app see and change how its person is spoken to, as on the page?"""

from __future__ import annotations

import pytest

from diary.models import Person

SET = {"name": "walker", "time_zone": "Europe/London", "units": "metric", "language": "en-gb"}


def test_settings_are_read_and_changed_one_by_one(phone):
    assert phone.get("settings/").json() == SET
    answer = phone.patch("settings/", {"time_zone": "Europe/Paris"})
    assert (answer.status_code, answer.json()) == (200, {**SET, "time_zone": "Europe/Paris"})
    phone.patch("settings/", {"units": "imperial", "name": ""})
    changed = {**SET, "time_zone": "Europe/Paris", "units": "imperial", "name": ""}
    assert phone.get("settings/").json() == changed
    assert phone.patch("settings/", {}).json() == changed


def test_a_walk_without_a_zone_takes_the_new_one(phone):
    phone.patch("settings/", {"time_zone": "Europe/Paris"})
    row = {"id": "0b4a0a34-0000-4000-8000-000000000001", "started_at": "2026-05-30T09:00:00Z"}
    assert phone.post("walks/", {**row, "distance_m": 600}).json()["time_zone"] == "Europe/Paris"


@pytest.mark.parametrize(
    ("sent", "attr", "code"),
    [
        ({"time_zone": "Mars"}, "time_zone", "unknown_zone"),
        ({"time_zone": None}, "time_zone", "unknown_zone"),
        ({"units": "furlongs"}, "units", "not_a_choice"),
        ({"language": "tlh"}, "language", "not_a_choice"),
        ({"name": "x" * 101}, "name", "too_long"),
        ({"name": "a\x00b"}, "name", "bad_characters"),
        ({"email": "other@example.org"}, "email", "unknown_field"),
        ({"is_clinician": True}, "is_clinician", "unknown_field"),
        ([], None, "not_an_object"),
    ],
)
def test_what_cannot_be_kept_is_told_and_nothing_changes(phone, sent, attr, code):
    more = {**sent, "units": "imperial"} if isinstance(sent, dict) and "units" not in sent else sent
    answer = phone.patch("settings/", more)
    assert answer.status_code == 422
    (error,) = answer.json()["errors"]
    assert (error["attr"], error["code"]) == (attr, code)
    assert phone.get("settings/").json() == SET
    assert not Person.objects.filter(is_clinician=True).exists()


def test_an_unknown_zone_gets_the_sentence_of_the_page(phone, signed_in):
    sent = {"name": "", "units": "metric", "time_zone": "Mars"}
    detail = phone.patch("settings/", {"time_zone": "Mars"}).json()["errors"][0]["detail"]
    assert detail in signed_in.post("/settings/", sent).content.decode()
