"""Does a walk that is saved say at once what its answers ask for?"""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from lxml import html

from diary.models import Diary
from tests.app.test_pages import walk_answers

SUDDEN_AND_NUMB = {
    "pain-0-onset": "sudden",
    "pain-0-qualities": ["weakness", "numbness"],
}


def saved(client: Client, **answers: object) -> html.HtmlElement:
    """The page after saving."""
    answer = client.post("/walks/add/", walk_answers(**answers), follow=True)
    assert answer.redirect_chain == [("/walks/", 302)]
    return html.fromstring(answer.content.decode())


def cards(page: html.HtmlElement) -> dict[str, str]:
    """What each card says, by its urgency."""
    return {
        card.get("class").removeprefix("card "): " ".join(card.text_content().split())
        for card in page.xpath("//main//section[starts-with(@class, 'card')]")
    }


def test_a_walk_that_says_weakness_and_numbness_is_answered_with_both(signed_in):
    card = cards(saved(signed_in, **SUDDEN_AND_NUMB))["soon"]
    assert "You recorded: weakness of the leg on a walk." in card
    assert "You recorded: numbness on a walk." in card
    assert "If it is new and came suddenly, do not wait: get emergency help now." in card
    assert cards(html.fromstring(signed_in.get("/walks/").content.decode())) == {}


@pytest.mark.parametrize("path", ["/", "/pattern/"])
def test_what_a_walk_said_is_named_wherever_flags_are(signed_in, path):
    saved(signed_in, **SUDDEN_AND_NUMB)
    card = cards(html.fromstring(signed_in.get(path).content.decode()))["soon"]
    assert "weakness of the leg on a walk" in card
    assert "numbness on a walk" in card


def test_severe_pain_is_answered_and_bearable_pain_is_not(signed_in):
    assert cards(saved(signed_in, **{"pain-0-intensity": "6"})) == {}
    there = {"id": "0b4a0a34-0000-4000-8000-000000000002", "pain-0-intensity": "7"}
    assert "pain of 7 or more on a walk" in cards(saved(signed_in, **there))["soon"]


def test_a_distance_that_fell_is_answered_on_the_walk_that_shows_it(signed_in, diary):
    for number, (days_ago, onset_m) in enumerate([(40, 400), (38, 420), (36, 390), (2, 120)]):
        put_walk(diary, number, days_ago, onset_m)
    card = cards(saved(signed_in, **{"pain-0-onset_distance": "110"}))["same_day"]
    assert "the distance before pain has fallen to half" in card


def put_walk(diary: Diary, number: int, days_ago: int, onset_m: int) -> None:
    walk = {
        "id": f"1b4a0a34-0000-4000-8000-{number:012d}",
        "started_at": (timezone.now() - timedelta(days=days_ago)).isoformat(),
        "distance_m": 600,
        "pain": [{"onset_distance_m": onset_m}],
    }
    diary.put("walk", walk, timezone.now())
