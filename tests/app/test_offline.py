"""What does a device keep, and what does the server say of what waited on one?"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from diary.web import kept
from diary.web.views.offline import PAGES
from diary.wording import cards
from tests.app.conftest import CANARY, NOW

pytestmark = pytest.mark.django_db
WALK = "0b4a0a34-0000-4000-8000-0000000000a1"
ANSWERS = [
    ("id", WALK), ("revision", ""), ("pain-TOTAL_FORMS", "1"), ("pain-INITIAL_FORMS", "0"),
    ("distance", "600"), ("distance_unit", "m"), ("duration", "10"), ("hurt", "yes"),
    ("pain-0-where", "calf:left"), ("pain-0-onset_distance", "250"), ("when", "just_now"),
    ("time_zone", "Europe/London"),
]  # fmt: skip


def asked(browser: Client, address: str, owner: str, **said: Any) -> Any:
    return browser.post(address, json.dumps(said), "application/json", headers={"X-Owner": owner})


def read(browser: Client, diary: Any, answers: Any, **said: Any) -> Any:
    given = {"kind": "walk", "kept_at": NOW.isoformat(), "fields": answers, **said}
    return asked(browser, "/waiting/read/", diary.owner.tag, **given)


def config(client: Client) -> dict[str, Any]:
    found = re.search(r"work\((.*)\);", client.get("/sw.js").content.decode())
    return json.loads(found[1])


def test_the_worker_keeps_pages_that_are_the_same_for_everybody(client, signed_in, victim):
    for address in PAGES:
        path = f"/offline{address}"
        theirs, nobodys = signed_in.get(path).content, client.get(path).content
        assert theirs == nobodys == client.get(path).content
        assert b"csrfmiddlewaretoken" not in theirs
        assert CANARY.encode() not in theirs
    assert client.get("/sw.js").content == signed_in.get("/sw.js").content


def test_who_is_on_the_way_to_an_invitation_gets_the_same_pages(client):
    before = {address: client.get(f"/offline{address}").content for address in PAGES}
    client.cookies["invitation"] = "token"
    assert {address: client.get(f"/offline{address}").content for address in PAGES} == before


OF_THEIR_OWN = {"/", "/waiting/", "/not-sent/"}


@pytest.mark.parametrize("address", sorted(PAGES.keys() - OF_THEIR_OWN))
def test_a_page_that_is_kept_asks_and_says_what_its_page_does(signed_in, diary, address):
    online, offline = (main(signed_in.get(path)) for path in (address, f"/offline{address}"))
    assert controls(offline) == controls(online)
    assert told(offline) == told(online)


def main(answer: Any) -> str:
    return answer.content.decode().split('<main id="main">')[1].split("</main>")[0]


def controls(html: str) -> list[tuple[str, str]]:
    """Every control of a page's forms with its fixed value, whoever they are shown to."""
    tags = re.findall(r"<(?:input|select|textarea)\b[^>]*>", html)
    found = [(re.search(r'name="([^"]*)"', tag), tag) for tag in tags]
    picked = re.compile(r'type="(?:radio|checkbox)".*?value="([^"]*)"', re.S)
    return [
        (name[1], value[1] if (value := picked.search(tag)) else "")
        for name, tag in found
        if name and name[1] != "csrfmiddlewaretoken"
    ]


def told(html: str) -> list[str]:
    """The headings and the language of each part."""
    return re.findall(r'<(?:h1|h2|legend)\b[^>]*>\s*([^<]*?)\s*<|<div lang="([^"]*)"', html)


def test_the_worker_names_every_file_that_its_pages_need(client):
    kept = config(client)
    assert kept["pages"]["/help/"] == "/offline/help/"
    for path in ("diary/app.css", "diary/offline/store.js", "vendor/idb/index.js"):
        assert f"/static/{path}" in kept["files"]
    for address in PAGES:
        html = client.get(f"/offline{address}").content.decode()
        named = set(re.findall(r'(?:href|src)="(/static/[^"#]+)', html))
        assert named - {*kept["files"]} == set()


@pytest.fixture(autouse=True)
def fresh() -> Iterator[None]:
    """Nothing that was made in another test, or for it."""
    kept.made.clear()
    yield
    kept.made.clear()


def test_the_worker_changes_with_what_it_keeps(client, monkeypatch):
    before = config(client)["version"]
    kept.made.clear()
    monkeypatch.setitem(cards.ACTIONS, "emergency", "Go at once.")
    assert config(client)["version"] != before


def test_the_worker_serves_the_whole_site_and_only_what_is_ours(client):
    answer = client.get("/sw.js")
    assert answer["Content-Type"].startswith("text/javascript")
    assert "no-cache" in answer["Cache-Control"]
    assert "worker-src 'self'" in answer["Content-Security-Policy"]


def test_the_site_can_be_installed(client):
    told = client.get("/manifest.webmanifest").json()
    assert (told["start_url"], told["display"]) == ("/", "standalone")
    assert {icon["purpose"] for icon in told["icons"]} == {"any", "maskable"}
    assert "/manifest.webmanifest" in client.get("/").content.decode()


def test_a_form_that_waited_is_read_as_of_when_it_was_kept(signed_in, diary):
    answer = read(signed_in, diary, ANSWERS)
    assert answer.json()["value"] == {
        "id": WALK, "started_at": (NOW - timedelta(minutes=10)).isoformat().replace("+00:00", "Z"),
        "time_zone": "Europe/London", "distance_m": 600, "duration_s": 600,
        "pain": [{"onset_distance_m": 250, "site": "calf", "side": "left"}],
    }  # fmt: skip
    assert not diary.walks.exists()


def test_what_cannot_be_read_is_said_in_the_forms_own_words(signed_in, diary):
    answers = [("distance", "about a mile") if name == "distance" else (name, text)
               for name, text in ANSWERS]  # fmt: skip
    answer = read(signed_in, diary, answers)
    assert answer.status_code == 422
    page = signed_in.post("/walks/add/", dict(answers)).content.decode()
    for error in answer.json()["errors"]:
        assert error["attr"] == "distance"
        assert error["detail"] in page


ODD = "That is 30 km. Is that right?"


def test_what_is_odd_about_a_walk_that_waited_is_asked_once_on_the_next_page(signed_in, diary):
    answers = answered(
        distance="30", distance_unit="km", duration="300", pain_0_onset_distance="25"
    )
    for _try in range(2):  # the second as after a connection that broke
        value = read(signed_in, diary, answers).json()["value"]
    diary.put("walk", value, NOW)
    page = signed_in.get("/").content.decode()
    assert page.count(ODD) == 1
    assert f'href="/walks/{WALK}/"' in page.split(ODD)[1].split("<main")[0]
    assert ODD not in signed_in.get("/").content.decode()


def test_what_was_asked_before_a_walk_waited_is_not_asked_again(signed_in, diary):
    answers = answered(
        distance="30", distance_unit="km", duration="300", pain_0_onset_distance="25"
    )
    page = signed_in.post("/walks/add/", dict(answers)).content.decode()
    assert ODD in page
    asked = re.search(r'name="asked" value="(\w+)"', page)
    read(signed_in, diary, [*answers, ("asked", asked[1])])
    assert ODD not in signed_in.get("/").content.decode()


def test_a_form_that_did_arrive_is_read_as_what_is_stored(signed_in, diary):
    signed_in.post("/walks/add/", dict(ANSWERS))
    stored = diary.walks.get()
    value = read(signed_in, diary, ANSWERS).json()["value"]
    assert value["started_at"] == stored.started_at.isoformat().replace("+00:00", "Z")


def answered(**said: str) -> list[tuple[str, str]]:
    return [(name, said.get(name.replace("-", "_"), text)) for name, text in ANSWERS]


def test_a_walk_by_a_known_route_is_as_long_as_the_route(signed_in, diary):
    route, _outcome = diary.put("route", {"name": "Round the park", "distance_m": 1234}, NOW)
    answers = [*answered(distance="1.23", distance_unit="km"), ("route", str(route.uid))]
    value = read(signed_in, diary, answers).json()["value"]
    assert (value["distance_m"], value["distance_source"]) == (1234, "known_route")


def test_an_onset_that_waited_is_taken_as_it_is_typed(signed_in, diary):
    answers = answered(distance="2", distance_unit="km", pain_0_onset_distance="2.5")
    value = read(signed_in, diary, answers).json()["value"]
    assert value["pain"][0]["onset_distance_m"] == 2500  # which the sync refuses, in its own words


def test_a_form_that_did_arrive_and_was_made_impossible_since_is_read_all_the_same(
    signed_in, diary
):
    signed_in.post("/walks/add/", dict(ANSWERS))
    answer = read(signed_in, diary, answered(distance="", duration=""))
    assert answer.status_code == 200
    assert "distance_m" not in answer.json()["value"]


def test_an_edit_keeps_the_exact_value_of_what_nobody_changed(signed_in, diary):
    row = {"id": WALK, "started_at": "2026-05-30T09:00:00Z", "distance_m": 603.377, "pain": []}
    diary.put("walk", row, NOW)
    told = asked(signed_in, "/waiting/filled/", diary.owner.tag, kind="walk", row=row)
    fields = [*told.json()["fields"], ["revision", "1"], ["notes", "by the river"]]
    value = read(signed_in, diary, fields).json()["value"]
    assert (value["distance_m"], value["notes"]) == (603.377, "by the river")


@pytest.mark.parametrize(
    ("kind", "row"),
    [
        ("walk", {"id": WALK, "started_at": "2026-05-30T09:00:00Z", "time_zone": "Europe/London",
                  "distance_m": 500, "duration_s": 900, "terrain": "hilly", "notes": "n",
                  "stretched_before": False, "pain": [
                      {"onset_distance_m": 0, "site": "calf", "side": "right", "intensity": 4},
                      {"site": "calf", "side": "left", "qualities": ["cramping", "tightness"]}]}),
        ("check_in", {"date": "2026-05-30", "signs": ["swelling", "warmth"], "side": "left",
                      "pain_at_rest": 0, "sites": [], "night_pain": True}),
        ("change", {"id": WALK, "date": "2026-05-01", "kind": "injury", "notes": "the step"}),
        ("measurement", {"id": WALK, "date": "2026-05-01", "kind": "weight_kg", "value": 81.5}),
        ("profile", {"birth_year": 1950, "sex": "female", "conditions": ["diabetes"]}),
    ],
)  # fmt: skip
def test_a_row_fills_in_its_form_and_is_read_back_the_same(signed_in, diary, kind, row):
    told = asked(signed_in, "/waiting/filled/", diary.owner.tag, kind=kind, row=row)
    value = read(signed_in, diary, told.json()["fields"], kind=kind).json()["value"]
    assert {name: value.get(name) for name in row} == row


def test_nothing_is_read_for_somebody_else(signed_in, diary, victim):
    for owner in (victim.owner.tag, "", "x"):
        for address in ("/waiting/read/", "/waiting/filled/"):
            said = {"kind": "walk", "kept_at": NOW.isoformat(), "fields": ANSWERS, "row": None}
            assert asked(signed_in, address, owner, **said).status_code == 403


@pytest.mark.parametrize("body", ["", "[]", "{}", '{"kind": "diary"}', "[" * 5000, "7", "null"])
def test_what_is_no_form_is_refused(signed_in, diary, body):
    for address in ("/waiting/read/", "/waiting/filled/"):
        headers = {"X-Owner": diary.owner.tag}
        answer = signed_in.post(address, body, "application/json", headers=headers)
        assert answer.status_code == 400


@pytest.mark.parametrize("wrong", [{"fields": 7}, {"fields": [["a"]]}, {"kept_at": "soon"}])
def test_what_is_half_a_form_is_refused(signed_in, diary, wrong):
    fields = wrong.pop("fields", ANSWERS)
    assert read(signed_in, diary, fields, **wrong).status_code == 400
