"""Is a walk logged in few taps, and does nothing that was typed get lost on the way?"""

from __future__ import annotations

import gzip
import re

import pytest
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from diary.models import Diary
from tests.browser.conftest import PHONE, barriers
from tests.browser.test_journeys import sign_up

pytestmark = pytest.mark.django_db(transaction=True)

NARROW = {"width": 320, "height": 640}
# A page of 1280 pixels at 200 % zoom has 640 of them.
ZOOMED = {"width": 640, "height": 400}
MOST_TAPS, MOST_BYTES = 5, 60_000


LAST_WALK = {
    "id": "0b4a0a34-0000-4000-8000-000000000001",
    "started_at": "2026-05-30T09:00:00Z",
    "distance_m": 700,
    "terrain": "flat",
    "pace": "slow",
    "pain": [{"onset_distance_m": 300, "site": "calf", "side": "left"}],
}


@pytest.fixture
def phone(opened) -> Page:
    """The phone of somebody who logged one walk, on which the left calf hurt."""
    page = opened(viewport=PHONE, has_touch=True)
    sign_up(page)
    expect(page.get_by_role("link", name="Walks")).to_be_visible()
    Diary.objects.get().put("walk", LAST_WALK, timezone.now())
    page.goto("/")
    return page


def test_a_walk_with_pain_takes_at_most_five_taps_beside_typing(phone):
    taps: list[str] = []

    def tap(where: Locator) -> None:
        taps.append(str(where))
        where.tap()

    tap(phone.get_by_role("link", name="Log a walk"))
    expect(phone.get_by_label("How far?")).to_be_focused()
    phone.keyboard.type("600")
    tap(phone.get_by_text("Yes, it hurt"))
    expect(phone.get_by_label("After how far did it come?")).to_be_in_viewport(ratio=1)
    tap(phone.get_by_label("After how far did it come?"))
    phone.keyboard.type("250")
    tap(phone.get_by_text("Left Calf", exact=True))
    tap(phone.locator(".sticky").get_by_role("button", name="Save the walk"))
    expect(phone.locator(".lines li").first).to_contain_text("Pain after 250 m · Calf (left)")
    assert len(taps) <= MOST_TAPS


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_only_what_is_answered_or_wrong_is_unfolded(opened, script):
    page = opened(java_script_enabled=script, viewport=PHONE)
    sign_up(page)
    page.goto("/walks/add/")
    onset = page.get_by_label("After how far did it come?")
    more = page.locator("main details[open]")
    expect(onset).to_be_hidden()
    save = page.locator(".sticky").get_by_role("button", name="Save the walk")
    save.click()
    expect(page.locator("#problem")).to_contain_text("Say how far or how long the walk was.")
    expect(onset).to_be_hidden()
    expect(more).to_have_count(0)
    page.get_by_text("Yes, it hurt").click()
    expect(onset).to_be_visible()
    page.get_by_text("No leg pain").click()
    expect(onset).to_be_hidden()
    page.get_by_text("Yes, it hurt").click()
    onset.fill("700")
    page.get_by_label("How far?").fill("600")
    save.click()
    expect(page.locator("#problem")).to_contain_text("The pain cannot come after the end")
    expect(onset).to_have_value("700")
    expect(more).to_have_count(0)
    onset.fill("300")
    page.get_by_text("More about this pain").click()
    page.get_by_label("How many minutes did you rest?").fill("long")
    save.click()
    expect(more).to_have_count(1)
    expect(page.get_by_label("How many minutes did you rest?")).to_have_value("long")
    page.get_by_label("How many minutes did you rest?").fill("3")
    page.get_by_text("No leg pain").click()
    save.click()
    expect(page.locator("#problem")).to_contain_text("Which is right?")
    expect(onset).to_have_value("300")


def test_one_tick_takes_over_what_the_last_walk_said(phone):
    phone.goto("/walks/add/")
    same = phone.get_by_label("Same as last time")
    same.check()
    expect(phone.get_by_label("Flat", exact=True)).to_be_checked()
    phone.get_by_text("Yes, it hurt").click()
    expect(phone.get_by_label("Left Calf")).to_be_checked()
    assert phone.get_by_label("After how far did it come?").input_value() == ""
    phone.get_by_text("No leg pain").click()
    phone.get_by_label("How far?").fill("600")
    same.uncheck()
    expect(phone.get_by_label("Flat", exact=True)).not_to_be_checked()
    same.check()
    phone.get_by_role("button", name="Save the walk").last.click()
    expect(phone.locator(".lines li").first).to_contain_text("No leg pain")


def test_a_known_route_says_how_far_it_was(phone):
    route = {"name": "To the bench", "distance_m": 360}
    Diary.objects.get().put("route", route, timezone.now())
    phone.goto("/walks/add/")
    phone.get_by_text("To the bench, 360 m").click()
    expect(phone.get_by_label("How far?")).to_have_value("360")
    phone.get_by_label("Unit").select_option("km")
    expect(phone.get_by_label("How far?")).to_have_value("0.36")
    phone.get_by_text("No leg pain").click()
    phone.locator(".sticky").get_by_role("button", name="Save the walk").click()
    expect(phone.locator(".lines li").first).to_contain_text("360 m")
    assert Diary.objects.get().walks.filter(distance_source="known_route").count() == 1


def test_the_log_page_weighs_at_most_sixty_kilobytes(phone):
    weights: dict[str, int] = {}

    def weigh(response) -> None:
        weights[response.url] = len(gzip.compress(response.body(), 9))

    page = phone.context.new_page()
    page.on("response", weigh)
    page.goto("/walks/add/")
    page.wait_for_load_state("networkidle")
    assert any("walk.js" in url for url in weights)
    assert sum(weights.values()) <= MOST_BYTES, weights
    sent = page.request.get("/walks/add/", headers={"Accept-Encoding": "gzip"})
    assert sent.headers["content-encoding"] == "gzip"


def test_a_half_finished_walk_survives_a_closed_tab(phone):
    phone.goto("/walks/add/")
    phone.get_by_label("How far?").fill("600")
    phone.get_by_text("Yes, it hurt").click()
    phone.get_by_label("Left Calf").check()
    phone.get_by_role("button", name="Another pain on this walk").click()
    phone.get_by_label("Right Buttock").nth(1).check()
    phone.get_by_label("After how far did it come?").nth(1).fill("350")
    phone.get_by_label("Notes").fill("up to the church")
    until_kept(phone, "up to the church")
    page = phone.context.new_page()
    phone.close()
    page.goto("/walks/add/")
    expect(page.locator(".draft")).to_contain_text(re.compile(r"You began this at \d\d:\d\d"))
    page.get_by_role("button", name="Go on with it").click()
    expect(page.get_by_label("Right Buttock").nth(1)).to_be_checked()
    expect(page.get_by_label("Notes")).to_have_value("up to the church")
    page.get_by_role("button", name="Save the walk").last.click()
    expect(page.locator(".lines li").first).to_contain_text("and 1 more pain")
    until_kept(page, None)
    page.goto("/walks/add/")
    expect(page.get_by_label("How far?")).to_have_value("")
    expect(page.locator(".draft")).to_be_hidden()


def test_a_draft_that_is_thrown_away_is_gone(phone):
    phone.goto("/check-ins/add/")
    phone.get_by_label("Minutes of stiffness after getting up").fill("15")
    until_kept(phone, "15")
    phone.reload()
    phone.get_by_role("button", name="Throw it away").click()
    until_kept(phone, None)
    phone.reload()
    expect(phone.locator(".draft")).to_be_hidden()


def test_what_is_typed_beside_an_offered_draft_is_not_written_over_it(phone):
    stiffness = phone.get_by_label("Minutes of stiffness after getting up")
    phone.goto("/check-ins/add/")
    stiffness.fill("15")
    until_kept(phone, '"15"')
    phone.reload()
    expect(phone.locator(".draft")).to_be_visible()
    stiffness.fill("20")
    until_kept(phone, '"20"')
    phone.reload()
    phone.get_by_role("button", name="Throw it away").click()
    expect(phone.locator(".draft")).to_be_visible()
    stiffness.fill("30")
    phone.get_by_role("button", name="Go on with it").click()
    expect(stiffness).to_have_value("15")
    until_kept(phone, '"30"')
    phone.get_by_role("button", name="Save the day").click()
    expect(phone).to_have_url(re.compile(r"/check-ins/\d{4}-"))
    until_gone(phone, '"15"')
    until_kept(phone, '"30"')


def test_a_draft_brings_back_its_card_and_its_slider(phone):
    phone.goto("/check-ins/add/")
    phone.get_by_label("Leg or foot pale or blue").check()
    phone.get_by_role("group", name="Leg pain while resting").get_by_label("7", exact=True).check()
    until_kept(phone, "pale_or_blue")
    phone.reload()
    phone.get_by_role("button", name="Go on with it").click()
    expect(phone.locator(".card.emergency")).to_contain_text("Get emergency help now")
    expect(phone.get_by_role("slider")).to_have_value("7")


def test_a_card_that_could_not_be_looked_up_is_looked_up_again(opened):
    page = opened(service_workers="block")
    sign_up(page)
    page.route("**/api/v1/help/", lambda route: route.abort("connectionrefused"))
    page.goto("/check-ins/add/")
    page.get_by_label("Leg or foot pale or blue").check()
    expect(page.locator("#cards")).to_contain_text("this cannot be looked up now")
    page.unroute("**/api/v1/help/")
    page.get_by_label("Bruising").check()
    expect(page.locator("#cards")).to_contain_text("Get emergency help now")


def test_what_the_browser_puts_back_is_shown_as_if_it_were_answered_now(phone):
    phone.goto("/walks/add/")
    phone.get_by_text("Yes, it hurt").click()
    phone.goto("/help/")
    phone.go_back()
    expect(phone.get_by_label("Yes, it hurt")).to_be_checked()
    expect(phone.get_by_label("Left Calf")).to_be_visible()
    phone.goto("/check-ins/add/")
    phone.get_by_label("Leg or foot pale or blue").check()
    phone.goto("/help/")
    phone.go_back()
    expect(phone.get_by_label("Leg or foot pale or blue")).to_be_checked()
    expect(phone.locator("#cards")).to_contain_text("Get emergency help now")


def until_kept(page: Page, text: str | None) -> None:
    """Wait until the device keeps a draft that holds a text, or none at all."""
    assert kept_soon(page, text or "path", text is not None)


def until_gone(page: Page, text: str) -> None:
    """Wait until no draft on the device holds a text."""
    assert kept_soon(page, text, False)


def kept_soon(page: Page, text: str, kept: bool) -> bool:
    return page.evaluate(
        """async ([text, kept]) => {
          const { all } = await import("/static/diary/offline/store.js");
          for (const until = Date.now() + 10000; Date.now() < until;) {
            if (JSON.stringify(await all("drafts")).includes(text) === kept) return true;
            await new Promise(requestAnimationFrame);
          }
          return false;
        }""",
        [text, kept],
    )


def test_slider_and_buttons_keep_step_and_lengths_are_said_in_both_systems(phone):
    phone.goto("/walks/add/")
    phone.get_by_label("How far?").fill("1,5")
    phone.get_by_label("Unit").select_option("km")
    expect(phone.get_by_text("1.5 km = 0.9 miles")).to_be_visible()
    phone.get_by_label("How far?").fill("1,500")  # which saving asks about
    expect(phone.locator(".echo").first).to_have_text("")
    phone.get_by_label("How far?").fill("2 miles")
    expect(phone.get_by_text("2 miles = 3.2 km")).to_be_visible()
    phone.get_by_text("Yes, it hurt").click()
    phone.get_by_text("More about this pain").click()
    pain = phone.get_by_role("group", name="How bad was it at its worst?")
    slider = pain.get_by_role("slider")
    slider.fill("7")
    expect(pain.get_by_label("7", exact=True)).to_be_checked()
    pain.get_by_label("3", exact=True).check()
    expect(slider).to_have_value("3")
    phone.locator(".sticky").get_by_role("button", name="Save the walk").click()
    expect(phone.locator(".lines li").first).to_contain_text("3 of 10")


@pytest.mark.parametrize(
    ("size", "theme"), [(NARROW, "light"), (ZOOMED, "dark")], ids=["narrow", "zoomed"]
)
def test_the_whole_form_keeps_nobody_out(opened, size, theme):
    page = opened(viewport=size, color_scheme=theme)
    sign_up(page)
    page.goto("/walks/add/?where=calf:left")
    page.get_by_role("button", name="Another pain on this walk").click()
    for folded in page.locator("main details").all():
        folded.locator("summary").click()
    page.get_by_label("How far?").fill("30 km")
    assert barriers(page) == []
    assert page.evaluate("() => document.documentElement.scrollWidth") <= size["width"]
    page.get_by_role("button", name="Save the walk").last.click()
    expect(page.locator("#problem")).to_be_focused()
    expect(page.locator("#problem")).to_contain_text("That is 30 km. Is that right?")
    assert barriers(page) == []


def test_a_day_is_recorded_on_the_drawing_with_the_keyboard_alone(opened):
    page = opened()
    sign_up(page)
    page.goto("/check-ins/add/")
    page.get_by_label("Heel", exact=True).focus()
    page.keyboard.press("Space")
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Space")
    expect(page.get_by_label("Yes, these").last).to_be_checked()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/check-ins/\d{4}-"))
    page.goto("/check-ins/")
    expect(page.locator(".lines")).to_contain_text("Sore: Achilles tendon, above the heel, Heel")


def test_everything_works_without_a_script(opened):
    page = opened(java_script_enabled=False, viewport=PHONE)
    sign_up(page)
    page.goto("/walks/add/")
    page.get_by_label("How far?").fill("30 km")
    page.get_by_text("Yes, it hurt").click()
    page.get_by_label("Left Calf").check()
    page.get_by_role("button", name="Another pain on this walk").click()
    page.get_by_label("Right Foot").nth(1).check()
    page.get_by_role("button", name="Save the walk").last.click()
    page.get_by_role("button", name="Yes, save it like this").click()
    expect(page.locator(".lines")).to_contain_text("30.0 km")
    expect(page.locator(".lines")).to_contain_text("Calf (left) · and 1 more pain")
    page.locator(".lines a").click()
    expect(page.get_by_text("30 km = 18.6 miles")).to_be_visible()
    page.get_by_label("The same place in both legs").first.check()
    page.get_by_role("button", name="Save the walk").last.click()
    page.get_by_role("button", name="Yes, save it like this").click()
    expect(page.locator(".lines")).to_contain_text("Calf (both sides)")
    page.goto("/check-ins/add/")
    page.get_by_label("Knee", exact=True).check()
    page.get_by_role("button", name="Save the day").click()
    expect(page.get_by_label("Knee", exact=True)).to_be_checked()
    page.goto("/pattern/")
    expect(page.locator(".sentence")).to_contain_text("You recorded 1 walk")
