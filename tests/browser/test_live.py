"""Is what happens on a walk what the diary gets, whatever the phone goes through?"""

from __future__ import annotations

import re
from contextlib import suppress

import pytest
from playwright.sync_api import Error, Page, expect

from diary import polyline
from diary.models import Person, Walk
from tests.browser.conftest import PHONE, barriers
from tests.browser.phones import place
from tests.browser.speed import LIMIT_MS, SLOWER, counter
from tests.browser.test_offline import signed_in, somebody

pytestmark = pytest.mark.django_db(transaction=True)

PACE_M_S = 1.25
STEP_S = 5
START = "2026-11-20T10:00:00Z"
SMALL = {"width": 320, "height": 640}


@pytest.fixture
def person() -> Person:
    return somebody("walker")


PRESSES = """async () => {
  const { get } = await import("/static/diary/offline/store.js");
  return (await get("live", "walk")).presses.map((press) => press.kind);
}"""


class Walker:
    """Somebody with a phone: walks, stands, presses; the phone's clock runs as fast as the test."""

    def __init__(self, opened, person: Person, located: bool = True, **options):
        allowed = ["geolocation"] if located else []
        self.page: Page = opened(**{"viewport": PHONE, "permissions": allowed, **options})
        self.walked_m = 0.0
        self.sent: list[str] = []
        self.page.context.on("request", self.note)
        self.page.clock.install(time=START)
        self.hear()
        signed_in(self.page, person, "/walk/live/")

    def note(self, request) -> None:
        if request.url.endswith("/sync/"):
            self.sent.append(request.url)

    def hear(self) -> None:
        """The phone hears where it is: the road goes 400 m out and back."""
        latitude, longitude = place(0, min(self.walked_m, 800 - self.walked_m))
        self.page.context.set_geolocation(
            {"latitude": latitude, "longitude": longitude, "accuracy": 6}
        )

    def walk(self, metres: float) -> None:
        for _ in range(round(metres / PACE_M_S / STEP_S)):
            self.walked_m += PACE_M_S * STEP_S
            self.pass_time(STEP_S)

    def stand(self, seconds: float) -> None:
        for _ in range(round(seconds / STEP_S)):
            self.pass_time(STEP_S)

    def pass_time(self, seconds: float) -> None:
        self.page.clock.run_for(seconds * 1000)
        self.hear()

    def press(self, name: str) -> None:
        """Press a button; nobody presses two within half a second."""
        self.page.get_by_role("button", name=name, exact=True).click()
        self.page.clock.run_for(500)

    def says(self, text: str) -> None:
        expect(
            self.page.locator("h1, h2").filter(has_text=text).locator("visible=true")
        ).to_have_count(1)

    def begin(self) -> None:
        self.press("Start")
        self.says("You are walking")


def walk_out_and_rest(walker: Walker) -> None:
    walker.begin()
    walker.walk(300)
    walker.press("It hurts now")
    walker.walk(20)
    walker.press("I am resting")
    walker.page.get_by_label("Standing still").check()


def rest_and_come_back(walker: Walker) -> None:
    walker.stand(180)
    walker.press("It has gone")
    walker.stand(10)
    walker.press("Walking on")
    walker.walk(280)
    walker.press("It hurts now")
    walker.page.get_by_text("7", exact=True).click()
    walker.page.get_by_label("Left Calf").check()
    walker.walk(200)
    walker.press("Finish the walk")


def is_as_it_was(walk: Walk) -> None:
    """The stored walk against the one that was walked."""
    first, second = walk.episodes.all()
    assert walk.distance_m == pytest.approx(800, rel=0.05)
    assert walk.distance_source == "gps"
    assert walk.time_zone == "Europe/London"
    assert first.onset_distance_m == pytest.approx(300, rel=0.05)
    assert first.stopped_distance_m == pytest.approx(320, rel=0.05)
    assert first.relief_s == pytest.approx(180, abs=5)
    assert first.rest_s == pytest.approx(190, abs=5)
    assert (first.relief, first.rest_posture, first.resumed) == ("complete", "standing", True)
    assert second.onset_distance_m == pytest.approx(600, rel=0.05)
    assert (second.site, second.side, second.intensity) == ("calf", "left", 7)
    assert (second.relief, second.resumed) == (None, None)


def test_a_walk_with_two_pains_is_measured_and_stored(opened, person):
    walker = Walker(opened, person)
    walk_out_and_rest(walker)
    rest_and_come_back(walker)
    walker.press("Save this walk")
    walker.says("Your walk is in your diary")
    is_as_it_was(Walk.objects.get())
    assert len(walker.sent) == 1
    assert kept(walker.page) == []


def kept(page: Page) -> list[str]:
    """What this phone still holds of a walk."""
    return page.evaluate(
        """async () => {
          const { all } = await import("/static/diary/offline/store.js");
          return (await all("live")).map(([key]) => key);
        }"""
    )


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
    walker.walk(280)
    walker.press("It hurts now")
    walker.page.get_by_text("7", exact=True).click()
    walker.page.get_by_label("Left Calf").check()
    walker.walk(200)
    walker.press("Finish the walk")
    walker.press("Save this walk")
    walker.says("Your walk is kept on this phone")
    assert not Walk.objects.exists()
    walker.sent.clear()
    walker.page.context.set_offline(False)
    wait_until_sent(walker.page)
    wait_until_sent(other)
    is_as_it_was(Walk.objects.get())
    assert len(walker.sent) == 1


def wait_until_sent(page: Page) -> None:
    """Both windows send at the same moment."""
    left = page.evaluate(
        """async () => {
          const { send, waiting } = await import("/static/diary/offline/outbox.js");
          await send();
          return (await waiting()).length;
        }"""
    )
    assert left == 0


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


def test_without_a_position_the_time_is_measured_and_the_distance_asked_for(opened, person):
    walker = Walker(opened, person, located=False)
    walker.begin()
    expect(walker.page.get_by_text("Your position is not used")).to_be_visible()
    walker.stand(240)
    walker.press("It hurts now")
    walker.stand(60)
    walker.press("Finish the walk")
    expect(walker.page.get_by_text("Your phone could not tell how far")).to_be_visible()
    walker.page.get_by_label("How far?").fill("400")
    walker.page.get_by_label("After how far did it come?").fill("500")
    walker.press("Save this walk")
    problem = walker.page.locator("#summary .problem")
    expect(problem).to_have_text("The pain cannot come after the end of the walk.")
    walker.page.get_by_label("After how far did it come?").fill("")
    walker.press("Save this walk")
    walker.says("Your walk is in your diary")
    walk = Walk.objects.get()
    assert (walk.distance_m, walk.distance_source) == (400, "estimated")
    assert walk.duration_s == pytest.approx(300, abs=5)
    pain = walk.episodes.get()
    assert pain.onset_distance_m is None
    assert pain.onset_s == pytest.approx(240, abs=5)


def test_a_position_that_is_taken_away_on_the_way_is_said(opened, person):
    walker = Walker(opened, person)
    walker.begin()
    walker.walk(100)
    position = walker.page.locator("#going [data-position]")
    expect(position).to_have_text("Your position is known.")
    walker.page.clock.run_for(30_000)
    expect(position).to_have_text(re.compile("No position since 1:"))


def test_the_last_press_can_be_taken_back(opened, person):
    walker = Walker(opened, person)
    walker.begin()
    expect(walker.page.get_by_role("button", name="Undo")).to_be_hidden()
    walker.press("It hurts now")
    walker.press("I am resting")
    walker.press("Undo")
    expect(walker.page.get_by_text("Taken back: I am resting.")).to_be_visible()
    walker.says("You are walking in pain")
    walker.press("Undo")
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


def test_nothing_pressed_and_nothing_answered_is_no_answer(opened, person):
    walker = Walker(opened, person)
    walker.begin()
    walker.walk(100)
    walker.press("Finish the walk")
    walker.press("Save this walk")
    walker.says("Your walk is in your diary")
    assert Walk.objects.get().row()["pain"] is None


def test_a_forgotten_walk_is_offered_and_can_be_finished_where_it_was(opened, person):
    walker = Walker(opened, person)
    walker.begin()
    walker.walk(200)
    walker.page.goto("/walks/")
    notice = walker.page.locator("#walk-going")
    expect(notice).to_contain_text("A walk is not finished on this phone.")
    walker.page.clock.run_for(3600_000)
    notice.get_by_role("link").click()
    walker.says("This walk is not finished")
    walker.press("Finish it there")
    walker.page.get_by_text("No leg pain").click()
    walker.press("Save this walk")
    walker.says("Your walk is in your diary")
    walk = Walk.objects.get()
    assert walk.duration_s == pytest.approx(160, abs=12)
    assert walk.distance_m == pytest.approx(200, rel=0.08)


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


def test_the_line_of_a_walk_is_kept_only_where_it_is_asked_for(opened, person):
    walker = Walker(opened, person)
    sent = []
    walker.page.on("request", lambda request: sent.append(request.post_data or ""))
    walker.begin()
    walker.walk(100)
    walker.press("Finish the walk")
    walker.press("Save this walk")
    walker.says("Your walk is in your diary")
    assert not any("track" in body or "51.5" in body for body in sent)
    assert kept(walker.page) == []


def test_a_line_that_is_asked_for_is_where_the_walk_went(opened, person):
    walker = Walker(opened, person)
    walker.begin()
    walker.walk(100)
    walker.press("Finish the walk")
    walker.page.get_by_label("Keep the line of where I went").check()
    walker.press("Save this walk")
    walker.says("Your walk is in your diary")
    line = polyline.decoded(Walk.objects.get().row()["track"])
    assert line[0] == pytest.approx(place(0, 0), abs=1e-4)
    assert line[-1] == pytest.approx(place(0, 100), abs=1e-4)


def test_without_a_script_the_page_says_how_to_log_the_walk_afterwards(opened, person):
    page = signed_in(opened(java_script_enabled=False), person, "/walk/live/", script=False)
    page.get_by_role("link", name="Log the walk when you are back").click()
    expect(page).to_have_url(re.compile("/walks/add/$"))
