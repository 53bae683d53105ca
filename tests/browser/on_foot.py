"""Somebody who walks with a phone, as fast as a test runs."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from diary.models import Person, Walk
from tests.browser.conftest import PHONE
from tests.browser.phones import place
from tests.browser.test_offline import signed_in

PACE_M_S = 1.25
STEP_S = 5
START = "2026-11-20T10:00:00Z"


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
    come_back(walker)


def come_back(walker: Walker) -> None:
    """On to the second pain, told of at once, and home."""
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


def kept(page: Page) -> list[str]:
    """What this phone still holds of a walk."""
    return page.evaluate(
        """async () => {
          const { all } = await import("/static/diary/offline/store.js");
          return (await all("live")).map(([key]) => key);
        }"""
    )
