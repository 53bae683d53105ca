"""Is what happens on a walk what the diary gets, whatever the phone goes through?"""

from __future__ import annotations

import re
from contextlib import suppress

import pytest
from playwright.sync_api import Error, expect

from diary.models import Person, Walk
from tests.browser.conftest import barriers
from tests.browser.on_foot import (
    Walker,
    come_back,
    is_as_it_was,
    kept,
    rest_and_come_back,
    wait_until_sent,
    walk_out_and_rest,
)
from tests.browser.speed import LIMIT_MS, SLOWER, counter
from tests.browser.test_offline import signed_in, somebody

pytestmark = pytest.mark.django_db(transaction=True)

SMALL = {"width": 320, "height": 640}


@pytest.fixture
def person() -> Person:
    return somebody("walker")


PRESSES = """async () => {
  const { get } = await import("/static/diary/offline/store.js");
  return (await get("live", "walk")).presses.map((press) => press.kind);
}"""


def test_a_walk_with_two_pains_is_measured_and_stored(opened, person):
    walker = Walker(opened, person)
    walk_out_and_rest(walker)
    rest_and_come_back(walker)
    walker.press("Save this walk")
    walker.says("Your walk is in your diary")
    is_as_it_was(Walk.objects.get())
    assert len(walker.sent) == 1
    assert kept(walker.page) == []


def test_a_walk_outlives_a_lost_network_a_reload_and_a_dead_phone_and_is_sent_once(opened, person):
    walker = Walker(opened, person)
    other = walker.page.context.new_page()
    other.goto("/walks/")
    walker.page.bring_to_front()
    walk_out_and_rest(walker)
    walker.page.reload()
    walker.says("You are resting")
    expect(walker.page.get_by_label("Standing still")).to_be_checked()
    walker.stand(60)
    walker.page.wait_for_function("() => navigator.serviceWorker.controller !== null")
    walker.page.context.set_offline(True)
    walker.stand(120)
    walker.press("It has gone")
    walker.stand(10)
    walker.press("Walking on")
    walker.page.reload()
    walker.says("You are walking")
    come_back(walker)
    walker.press("Save this walk")
    walker.says("Your walk is kept on this phone")
    assert not Walk.objects.exists()
    walker.sent.clear()
    walker.page.context.set_offline(False)
    wait_until_sent(walker.page)
    wait_until_sent(other)
    is_as_it_was(Walk.objects.get())
    assert len(walker.sent) == 1


def test_a_press_is_kept_before_a_second_has_passed(opened, person):
    walker = Walker(opened, person)
    walker.begin()
    for name, kind in (("It hurts now", "hurt"), ("I am resting", "rest"), ("It has gone", "gone")):
        walker.page.clock.run_for(1000)
        walker.page.get_by_role("button", name=name, exact=True).click()
        assert walker.page.evaluate(PRESSES)[-1] == kind


def test_the_phone_dies_and_the_walk_goes_on(opened, person):
    walker = Walker(opened, person)
    walker.begin()
    walker.walk(200)
    walker.press("It hurts now")
    with walker.page.expect_event("crash"), suppress(Error):
        walker.page.goto("chrome://crash")
    dead, walker.page = walker.page, walker.page.context.new_page()
    dead.close()
    walker.page.goto("/walk/live/")
    walker.says("You are walking in pain")
    walker.walk(100)
    walker.press("Finish the walk")
    walker.press("Save this walk")
    walker.says("Your walk is in your diary")
    walk = Walk.objects.get()
    assert walk.episodes.get().onset_distance_m == pytest.approx(200, rel=0.08)
    assert walk.duration_s == pytest.approx(240, abs=15)


def test_a_position_that_is_taken_away_on_the_way_is_said(opened, person):
    walker = Walker(opened, person)
    walker.begin()
    walker.walk(100)
    position = walker.page.locator("#going [data-position]")
    expect(position).to_have_text("Your position is known.")
    walker.page.clock.run_for(30_000)
    expect(position).to_have_text(re.compile("No position since 1:"))


def test_a_press_of_long_ago_is_not_taken_back_by_a_slip(opened, person):
    walker = Walker(opened, person)
    walker.begin()
    walker.press("It hurts now")
    undo = walker.page.get_by_role("button", name="Undo")
    expect(undo).to_have_text("Undo: It hurts now")
    walker.page.clock.run_for(110_000)
    expect(undo).to_be_visible()
    walker.page.clock.run_for(20_000)
    expect(undo).to_be_hidden()
    walker.says("You are walking in pain")


def test_the_last_press_can_be_taken_back(opened, person):
    walker = Walker(opened, person)
    walker.begin()
    expect(walker.page.get_by_role("button", name="Undo")).to_be_hidden()
    walker.press("It hurts now")
    walker.press("I am resting")
    walker.press("Undo: I am resting")
    expect(walker.page.get_by_text("Taken back: I am resting.")).to_be_visible()
    walker.says("You are walking in pain")
    walker.press("Undo: It hurts now")
    walker.says("You are walking")
    walker.page.reload()
    walker.says("You are walking")
    walker.walk(100)
    walker.press("Finish the walk")
    walker.press("Go on walking")
    walker.press("Finish the walk")
    walker.page.get_by_text("No leg pain").click()
    walker.press("Save this walk")
    walker.says("Your walk is in your diary")
    assert Walk.objects.get().row()["pain"] == []


def test_a_tap_that_bounces_is_one_press(opened, person):
    walker = Walker(opened, person)
    walker.begin()
    walker.page.get_by_role("button", name="It hurts now").dblclick()
    walker.says("You are walking in pain")
    assert walker.page.evaluate(PRESSES) == ["hurt"]


def test_a_walk_is_thrown_away_only_when_asked_twice(opened, person):
    walker = Walker(opened, person)
    walker.begin()
    walker.walk(40)
    walker.press("Finish the walk")
    walker.press("Throw this walk away")
    walker.press("Keep it")
    walker.says("Your walk")
    walker.press("Throw this walk away")
    walker.press("Throw it away")
    walker.says("The walk is thrown away")
    assert kept(walker.page) == []
    assert not Walk.objects.exists()


def test_one_window_measures_a_walk(opened, person):
    walker = Walker(opened, person)
    walker.begin()
    walker.press("It hurts now")
    other = walker.page.context.new_page()
    other.goto("/walk/live/")
    expect(other.get_by_role("heading", name="Your walk is open in another window")).to_be_visible()
    other.get_by_role("button", name="Go on here").click()
    expect(other.get_by_role("heading", name="You are walking in pain")).to_be_visible()
    walker.says("Your walk is open in another window")


def test_the_signs_that_need_help_are_one_tap_away_and_the_walk_goes_on(opened, person):
    walker = Walker(opened, person)
    walker.begin()
    walker.page.get_by_role("link", name="Get help").first.click()
    expect(walker.page.get_by_role("dialog")).to_contain_text("Get emergency help now")
    walker.walk(100)
    walker.press("Back to my walk")
    distance = walker.page.locator("#going [data-distance]")
    expect(distance).to_have_text(re.compile(r"^(9\d|10\d) m$"))


def test_a_walk_is_walked_with_the_keyboard_alone(opened, person):
    walker = Walker(opened, person)
    keys = walker.page.keyboard

    def reach(name: str) -> None:
        for _ in range(30):
            keys.press("Tab")
            if walker.page.evaluate("() => document.activeElement.textContent.trim()") == name:
                break
        keys.press("Enter")
        walker.page.clock.run_for(500)

    expect(walker.page.get_by_role("button", name="Start")).to_be_visible()
    for name in ("Start", "It hurts now", "I am resting", "It has gone", "Walking on"):
        reach(name)
    walker.says("You are walking")
    walker.walk(60)
    reach("Finish the walk")
    reach("Save this walk")
    walker.says("Your walk is in your diary")
    assert Walk.objects.get().episodes.get().relief == "complete"


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_no_part_of_a_walk_keeps_anybody_out(opened, person, theme):
    walker = Walker(opened, person, viewport=SMALL, color_scheme=theme)
    found = {}

    def look(at: str) -> None:
        wide = walker.page.evaluate("() => document.documentElement.scrollWidth") > SMALL["width"]
        found[at] = [*barriers(walker.page), *(["wider than the screen"] if wide else [])]

    walker.says("Walk with your phone")
    look("ready")
    walker.begin()
    walker.walk(40)
    look("walking")
    walker.press("It hurts now")
    look("hurting")
    walker.press("I am resting")
    look("resting")
    small = walker.page.evaluate(
        """() => [...document.querySelectorAll("#going button, #going label")]
          .filter((each) => each.getClientRects().length)
          .filter((each) => Math.min(each.offsetWidth, each.offsetHeight) < 48)
          .map((each) => each.textContent.trim())"""
    )
    walker.page.get_by_role("link", name="Get help").first.click()
    look("help")
    walker.press("Back to my walk")
    walker.press("Finish the walk")
    look("summary")
    assert {at: each for at, each in found.items() if each} == {}
    assert small == []


def test_every_press_is_answered_at_once_on_a_phone_four_times_slower(opened, person):
    walker = Walker(opened, person)
    walker.begin()
    walker.walk(100)
    press = counter(walker.page)
    worked: dict[str, float] = {}
    for kind in (
        "hurt",
        "rest",
        "still",
        "gone",
        "on",
    ) * 3:  # the least of three: the rest is noise
        walker.page.clock.run_for(500)
        worked[kind] = min(press(kind) * SLOWER, worked.get(kind, LIMIT_MS))
    assert {kind: each for kind, each in worked.items() if each >= LIMIT_MS} == {}


def test_without_a_script_the_page_says_how_to_log_the_walk_afterwards(opened, person):
    page = signed_in(opened(java_script_enabled=False), person, "/walk/live/", script=False)
    page.get_by_role("link", name="Log the walk when you are back").click()
    expect(page).to_have_url(re.compile("/walks/add/$"))
