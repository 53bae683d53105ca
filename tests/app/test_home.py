"""Does the first page say what is to come, what the week was like, and how old it all is?"""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone
from lxml import html

from diary.models import Diary
from diary.wording import first_walks, week

TODAY = date(2026, 6, 10)


def put_walk(diary: Diary, number: int, days_ago: int, **said: object) -> None:
    started = timezone.now() - timedelta(days=days_ago, minutes=number)
    walk = {
        "id": f"0b4a0a34-0000-4000-8000-{number:012d}",
        "started_at": started.isoformat(),
        "distance_m": 600,
        **said,
    }
    diary.put("walk", walk, timezone.now())


def text_of(client, selector: str) -> str:
    page = html.fromstring(client.get("/").content.decode())
    return " ".join(" ".join(part.text_content() for part in page.xpath(selector)).split())


def test_an_empty_diary_asks_one_question_and_leads_to_the_first_walk(signed_in):
    page = html.fromstring(signed_in.get("/").content.decode())
    assert page.xpath("string(//h1)") == "When you walk, where does it hurt?"
    (form,) = page.xpath("//main//form")
    assert (form.get("method"), form.get("action")) == ("get", "/walks/add/")
    first = html.fromstring(signed_in.get("/walks/add/?where=calf:left").content.decode())
    assert first.xpath("//input[@name='pain-0-where' and @checked]/@value") == ["calf:left"]
    assert first.xpath("//input[@name='hurt' and @checked]/@value") == ["yes"]


@pytest.mark.parametrize("where", ["elbow:left", '"><b>', "calf:left:left", "x" * 500])
def test_a_place_in_an_address_that_no_body_has_is_left_out(signed_in, where):
    first = signed_in.get("/walks/add/", {"where": where})
    page = html.fromstring(first.content.decode())
    assert page.xpath("//input[@name='pain-0-where' and @checked]/@value") == [""]


@pytest.mark.parametrize(
    ("onsets", "reached", "coming"),
    [(0, [], "1 walk"), (1, ["1 walk"], "2 walks"), (4, ["1 walk", "2 walks"], "5 walks"),
     (7, ["1 walk", "2 walks", "5 walks"], "8 walks")],
)  # fmt: skip
def test_each_of_the_first_walks_says_what_it_will_show(onsets, reached, coming):
    ahead = first_walks.ahead("insufficient_data", onsets)
    assert ahead.heading == f"{onsets} of 8 walks: here is what you will see"
    assert [step.walks for step in ahead.steps if step.reached] == reached
    assert [step.walks for step in ahead.steps if step.is_next] == [coming]


@pytest.mark.parametrize(("state", "onsets"), [("insufficient_data", 8), ("absent", 3)])
def test_nothing_is_promised_once_enough_is_there(state, onsets):
    assert first_walks.ahead(state, onsets) is None


def test_the_first_walks_are_counted_on_the_first_page(signed_in, diary):
    for number in range(3):
        put_walk(diary, number, days_ago=number, pain=[{"onset_distance_m": 300}])
    assert "3 of 8 walks: here is what you will see" in text_of(signed_in, "//h2")
    assert "2 walks Two points side by side" in text_of(signed_in, "//li[@class='reached']")
    assert text_of(signed_in, "//li[@class='coming']").startswith("5 walks")


@pytest.mark.parametrize(("days_ago", "warned"), [(9, False), (10, True), (60, True)])
def test_after_a_long_pause_the_page_begins_with_how_old_things_are(
    signed_in, diary, days_ago, warned
):
    put_walk(diary, 1, days_ago=days_ago, pain=[])
    said = text_of(signed_in, "//main/p[contains(@class, 'warning')]")
    assert ("This page does not show how things are now." in said) is warned
    assert f"{days_ago} days ago" in text_of(signed_in, "//main")


def test_help_is_one_tap_away_on_the_first_page_and_in_the_form(signed_in):
    for path in ("/", "/walks/add/", "/check-ins/add/"):
        page = html.fromstring(signed_in.get(path).content.decode())
        assert page.xpath("//header//a[@class='help-link']/@href") == ["/help/"]


@pytest.mark.parametrize(
    ("pains", "said"),
    [
        ([], "You recorded no walks in the last seven days."),
        ([[], []], "2 walks, 1.2 km in all. No leg pain was recorded on them."),
        ([[{}], []], "2 walks, 1.2 km in all. 1 of them hurt."),
        (
            [[], None],
            "2 walks, 1.2 km in all. 1 of them was without leg pain. "
            "For 1 of them it was not recorded whether it hurt.",
        ),
        ([None], "1 walk, 600 m in all. It was not recorded whether it hurt."),
        ([[]], "1 walk, 600 m in all. It was without leg pain."),
        ([[{}]], "1 walk, 600 m in all. It hurt."),
    ],
)
def test_the_week_says_walking_and_pain_together_and_what_was_not_recorded(diary, pains, said):
    for number, pain in enumerate(pains):
        put_walk(diary, number, days_ago=0, pain=pain)
    today = timezone.localdate()
    sentence = week.of(diary.walks.of_days_up_to(today, 7), today, "metric").sentence
    assert sentence.endswith(said)
