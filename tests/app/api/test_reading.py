"""What does the API show of a diary, in which forms, and how is a diary taken out and in?"""

from __future__ import annotations

import json
import re
from datetime import timedelta
from typing import get_args

import pytest
import time_machine

from diary import pictures, reports, rules
from diary.analytics.assess import assess
from diary.charts.drawings import CHARTS
from diary.charts.look import SIZES, Theme
from diary.demo import documents
from diary.exchange.document import dumped
from diary.frames import frames
from diary.wording import drawn as chart_words
from tests.app.api.doors import ID
from tests.app.conftest import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def vera(diary):
    """The walker's diary, with the entries of a demo person."""
    whole = json.loads(dumped(documents(NOW.date())["vera"]))
    diary.take_in(rules.document_checked(whole), NOW)
    return diary


def test_the_names_of_charts_are_those_of_the_charts():
    assert set(pictures.PICTURES) == set(CHARTS)
    assert set(pictures.SIZES) == set(SIZES)
    assert set(pictures.THEMES) == set(get_args(Theme))


def test_the_assessment_is_that_of_the_frames_and_says_what_the_pages_say(vera, phone, client):
    told = phone.get("assessment/").json()
    words = told.pop("words")
    rows = frames(vera)
    assert told == json.loads(json.dumps(assess(rows, rows.last_day, source=str(vera.pk))))
    client.force_login(vera.owner)
    page = client.get("/pattern/").content.decode()
    assert words["sentence"] in page
    assert words["limit"] in page
    assert words["cards"][0]["action"] in page


def test_an_empty_diary_has_an_assessment_that_says_so(phone):
    told = phone.get("assessment/").json()
    assert told["walks"]["total"] == 0
    assert told["onset"]["median_m"] is None
    assert told["words"]["cards"] == []


@pytest.mark.parametrize(
    "where", ["assessment/", "charts/onset.svg", "charts/relief.png", "document/"]
)
def test_what_is_known_already_is_not_sent_again(vera, phone, where):
    first = phone.get(where)
    for known in (first["ETag"], f'"other", W/{first["ETag"]}', "*"):
        again = phone.get(where, **{"If-None-Match": known})
        assert (first.status_code, again.status_code, again.content) == (200, 304, b"")
    assert phone.post("check-ins/", {"date": "2020-01-01"}).status_code == 201
    fresh = phone.get(where, **{"If-None-Match": first["ETag"]})
    assert fresh.status_code == 200
    assert fresh["ETag"] != first["ETag"]


def test_the_age_of_the_last_entry_is_told_and_grows_with_the_days(vera, phone):
    with time_machine.travel(NOW, tick=False) as clock:
        first = phone.get("assessment/")
        clock.shift(timedelta(days=80))
        later = phone.get("assessment/", **{"If-None-Match": first["ETag"]})
    assert "does not show how things are now" not in first.json()["words"]["age"]
    assert later.status_code == 200
    assert "does not show how things are now" in later.json()["words"]["age"]


def test_words_in_other_units_are_another_version(vera, phone):
    metric = phone.get("assessment/")
    vera.owner.units = "imperial"
    vera.owner.save()
    imperial = phone.get("assessment/", **{"If-None-Match": metric["ETag"]})
    assert imperial.status_code == 200
    assert imperial.json()["words"]["sentence"] != metric.json()["words"]["sentence"]


def test_a_chart_comes_in_the_form_size_theme_and_unit_that_is_asked_for(vera, phone):
    page = phone.get("charts/onset.svg?size=page&theme=light&unit=m")
    assert page["Content-Type"] == "image/svg+xml"
    assert page.content.startswith(b"<svg")
    for asked in ("size=phone", "theme=dark", "unit=yd"):
        other = phone.get(f"charts/onset.svg?size=page&theme=light&unit=m&{asked}")
        assert other.status_code == 200
        assert other.content != page.content, asked
    picture = phone.get("charts/onset.png?theme=dark")
    assert picture["Content-Type"] == "image/png"
    assert picture.content.startswith(b"\x89PNG")


@pytest.mark.parametrize(("theme", "ink"), [("light", "#ffffff"), ("dark", "#14191f")])
def test_a_drawing_by_itself_has_a_background_and_names_no_table(vera, phone, theme, ink):
    for name in pictures.PICTURES:
        drawn = phone.get(f"charts/{name}.svg?theme={theme}").content.decode()
        first = re.search(r"<(?:path|rect) [^>]*>", drawn)
        assert f'fill="{ink}"' in first[0]
        assert "table" not in drawn
    drawn = pictures.charts_of(reports.report_for(vera), "m", chart_words.words())
    page = drawn["onset"]["page"]
    assert 'fill="#ffffff"' not in re.search(r"<(?:path|rect) [^>]*>", page)[0]
    assert "in the table below" in page


def test_a_chart_of_walks_without_a_word_of_pain_says_what_is_missing(phone):
    phone.post("walks/", {"id": ID, "started_at": "2026-05-30T09:00:00Z", "distance_m": 600})
    drawn = phone.get("charts/onset.svg").content.decode()
    assert "No walk yet that says where pain came" in drawn


def test_an_import_says_what_it_brought_back_and_what_of_the_profile_it_left(phone):
    walk = {"id": ID, "started_at": "2026-05-30T09:00:00Z", "distance_m": 600}
    phone.put(f"walks/{ID}/", walk)
    phone.delete(f"walks/{ID}/", **{"If-Match": "*"})
    phone.put("profile/", {"weight_kg": 80})
    whole = {
        "format": "walking-diary", "version": 1, "walks": [{**walk, "distance_m": 999}],
        "profile": {"weight_kg": 70, "sex": "female"},
    }  # fmt: skip
    told = phone.post("document/", whole).json()
    assert (told["created"], told["brought_back"]) == (1, 1)
    assert (told["profile"], told["profile_kept"], told["profile_replaced"]) == (True, True, False)
    assert told["told"] == (
        "1 that you had deleted differs from the file and is back as it was. What is known about "
        "you was added to. Some of what the file says about you differs and was left as it is in "
        "your diary."
    )
    assert phone.get("profile/").json()["weight_kg"] == 80
    told = phone.post("document/?differing=replace", whole).json()
    assert (told["profile_kept"], told["profile_replaced"]) == (False, True)
    assert "replaced by what the file says" in told["told"]
    assert phone.get(f"walks/{ID}/").json()["distance_m"] == 999


def test_an_import_of_what_was_deleted_and_is_the_same_adds_it(phone):
    walk = {"id": ID, "started_at": "2026-05-30T09:00:00Z", "distance_m": 600}
    phone.put(f"walks/{ID}/", walk)
    phone.delete(f"walks/{ID}/", **{"If-Match": "*"})
    told = phone.post("document/", {"format": "walking-diary", "version": 1, "walks": [walk]})
    assert (told.json()["created"], told.json()["brought_back"]) == (1, 0)
    assert told.json()["told"] == "1 entry was added."


@pytest.mark.parametrize("diary_is", ["empty", "vera's"])
@pytest.mark.parametrize("name", pictures.PICTURES)
def test_every_chart_can_be_drawn_for_any_diary(request, phone, name, diary_is):
    if diary_is == "vera's":
        request.getfixturevalue("vera")
    for form, media in pictures.FORMS.items():
        answer = phone.get(f"charts/{name}.{form}")
        assert (answer.status_code, answer["Content-Type"]) == (200, media)


@pytest.mark.parametrize(
    ("where", "status"),
    [
        ("charts/pain.svg", 404),
        ("charts/onset.pdf", 404),
        ("charts/onset.svg?size=wall", 422),
        ("charts/onset.svg?language=tlh", 422),
        ("charts/onset.svg?colour=red", 422),
        ("assessment/?as_of=2020-01-01", 422),
        ("causes/gout/", 404),
        ("document/?differing=merge", 422),
    ],
)
def test_what_cannot_be_read_is_said(phone, where, status):
    answer = phone.get(where)
    assert answer.status_code == status
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["errors"][0]["detail"]


def test_a_diary_goes_out_and_comes_in_elsewhere_as_it_was(vera, phone, stranger):
    sent = phone.get("document/").content
    done = stranger.post("document/", sent).json()
    assert done["created"] > 50
    assert stranger.get("document/").content == sent
    again = stranger.post("document/", sent).json()
    assert (again["created"], again["updated"], again["kept"]) == (0, 0, 0)


def test_a_document_with_one_fault_changes_nothing_and_says_where(vera, phone, stranger):
    whole = json.loads(phone.get("document/").content)
    whole["walks"][3]["distance_m"] = -1
    answer = stranger.post("document/", whole)
    assert answer.status_code == 422
    assert [error["attr"] for error in answer.json()["errors"]] == ["walks[3].distance_m"]
    assert stranger.get("walks/").json()["results"] == []


def test_a_row_that_differs_is_kept_unless_it_is_to_be_replaced(vera, phone):
    whole = json.loads(phone.get("document/").content)
    whole["walks"][0]["notes"] = "in another hand"
    name = whole["walks"][0]["id"]
    assert phone.post("document/", whole).json()["kept"] == 1
    assert phone.get(f"walks/{name}/").json().get("notes") != "in another hand"
    assert phone.post("document/?differing=replace", whole).json()["updated"] == 1
    assert phone.get(f"walks/{name}/").json()["notes"] == "in another hand"


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"\xff", b'{"format": "walking-diary"}'])
def test_what_is_no_diary_is_refused(phone, body):
    answer = phone.post("document/", body)
    assert answer.status_code in (400, 422)
    assert answer["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize("where", ["questions/", "causes/"])
def test_the_article_is_for_everybody_and_a_diary_for_its_owner_alone(vera, phone, nobody, where):
    public, own = nobody.get(where).json(), phone.get(where).json()
    assert [part["article"] for part in public["results"]] == [
        part["article"] for part in own["results"]
    ]
    assert public["basis"] == ""
    assert all(part["shows"] == [] for part in public["results"])
    assert any(part["shows"] for part in own["results"]) or where == "causes/"
    assert own["basis"]
    if where == "causes/":
        assert all(part["weighed"] is None for part in public["results"])
        assert all(part["weighed"]["support_word"] for part in own["results"])


def test_the_signs_that_ask_for_help_are_for_everybody_as_on_the_page(nobody, client):
    levels = nobody.get("help/").json()["results"]
    page = client.get("/help/").content.decode()
    assert levels[0]["urgency"] == "emergency"
    for level in levels:
        assert level["action"] in page
        for entry in level["entries"]:
            assert entry["signs"] in page
