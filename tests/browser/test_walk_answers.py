"""Does one answer on the page of a walk follow another, and none stand for what nobody said?"""

from __future__ import annotations

import re

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from diary.models import Diary
from tests.browser.conftest import PHONE
from tests.browser.test_offline import signed_in, somebody
from tests.browser.test_walk_form import LAST_WALK, until_kept

pytestmark = pytest.mark.django_db(transaction=True)

SENT = "() => [...new FormData(document.querySelector('form.walk'))].map((each) => each.join('='))"


@pytest.fixture
def page(opened) -> Page:
    """The page of a new walk, of somebody with a last walk and a known route."""
    walker = somebody("walker")
    diary = Diary.objects.get()
    diary.put("walk", LAST_WALK, timezone.now())
    diary.put("route", {"name": "To the bench", "distance_m": 360}, timezone.now())
    return signed_in(opened(viewport=PHONE), walker, "/walks/add/")


def test_a_day_that_was_typed_is_dropped_for_an_offered_time(page):
    page.get_by_text("Another time").click()
    page.get_by_label("Day", exact=True).fill("2026-05-30")
    page.get_by_text("1 hour ago").click()
    expect(page.get_by_label("Day", exact=True)).to_have_value("")


def test_another_length_is_another_way_than_the_known_one(page):
    page.get_by_text("To the bench, 360 m").click()
    page.get_by_label("How far?").fill("500")
    expect(page.get_by_label("Another way")).to_be_checked()


def test_zero_on_the_scale_is_said_only_by_whoever_sets_it(page):
    page.get_by_text("Yes, it hurt").click()
    page.get_by_text("More about this pain").click()
    pain = page.get_by_role("group", name="How bad was it at its worst?")
    slider = pain.get_by_role("slider")
    expect(slider).to_have_class(re.compile("unset"))
    expect(slider).to_have_attribute("aria-valuetext", "Not recorded")
    slider.click(position={"x": 3, "y": 10})
    expect(pain.get_by_label("0", exact=True)).to_be_checked()
    expect(slider).not_to_have_class(re.compile("unset"))


def test_the_same_as_last_time_tells_of_no_pain_before_somebody_does(page):
    page.get_by_label("Same as last time").check()
    sent = page.evaluate(SENT)
    assert "terrain=flat" in sent
    assert "pain-0-where=" in sent
    page.get_by_text("Yes, it hurt").click()
    assert "pain-0-where=calf:left" in page.evaluate(SENT)


def test_a_draft_is_asked_about_again_what_is_odd_in_it(page):
    page.get_by_label("How far?").fill("30 km")
    page.get_by_text("No leg pain").click()
    page.get_by_role("button", name="Save the walk").last.click()
    expect(page.locator("#problem")).to_contain_text("That is 30 km. Is that right?")
    page.get_by_label("Notes").fill("up to the church")
    until_kept(page, "up to the church")
    page.goto("/walks/add/")
    page.get_by_role("button", name="Go on with it").click()
    page.get_by_role("button", name="Save the walk").last.click()
    expect(page.locator("#problem")).to_contain_text("That is 30 km. Is that right?")
