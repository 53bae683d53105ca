"""Does the page of what waits say at once what asks for help, and lose nothing of two versions?"""

from __future__ import annotations

from datetime import date

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from diary.models import Person
from tests.browser.conftest import PHONE, barriers
from tests.browser.test_journeys import sign_up
from tests.browser.test_offline import (
    KEEP,
    RECORDS,
    SEND,
    cut,
    item,
    log_walk,
    signed_in,
    somebody,
    walk,
)

pytestmark = pytest.mark.django_db(transaction=True)

EMERGENCY = "Get emergency help now"


@pytest.fixture
def walker() -> Person:
    return somebody("walker")


def check_in(page: Page, *signs: str, notes: str = "") -> None:
    """Record today's signs where the site cannot be reached."""
    page.goto("/check-ins/add/")
    for sign in signs:
        page.get_by_label(sign).check()
    page.get_by_label("Notes").fill(notes)
    page.get_by_role("button", name="Save the day").click()
    expect(item(page).last).to_contain_text(signs[0])


def test_the_card_stands_above_what_waits_and_stays_when_it_is_sent(opened, walker):
    page = signed_in(opened(viewport=PHONE), walker)
    cut(page)
    check_in(page, "Leg or foot pale or blue")
    card = page.locator("#cards .card.emergency")
    expect(card).to_contain_text(EMERGENCY)
    assert card.bounding_box()["y"] < item(page).bounding_box()["y"]
    assert barriers(page) == []
    page.reload()
    expect(card).to_contain_text(EMERGENCY)
    cut(page, off=False)
    expect(page.locator("#none")).to_be_visible()
    expect(page.locator("#outcome")).to_contain_text("Sent")
    expect(card).to_contain_text("pale or blue")
    assert walker.diary.check_ins.get().signs == ["pale_or_blue"]


def test_every_page_says_what_a_sign_that_waits_asks_for(opened, walker):
    page = signed_in(opened(viewport=PHONE), walker)
    cut(page)
    check_in(page, "Leg or foot pale or blue")
    expect(page.locator("#asks")).to_be_hidden()
    page.goto("/walks/add/")
    expect(page.locator("#asks")).to_contain_text(EMERGENCY)
    assert barriers(page) == []
    cut(page, off=False)
    page.evaluate(SEND)
    expect(page.locator("#asks a")).to_be_hidden()
    expect(page.locator("#asks")).to_be_visible()


def test_what_is_thrown_away_asks_for_nothing_until_it_is_back(opened, walker):
    page = signed_in(opened(viewport=PHONE), walker)
    cut(page)
    check_in(page, "Leg or foot pale or blue")
    page.goto("/walks/add/")
    page.locator("#asks").get_by_role("link").click()
    item(page).get_by_role("button", name="Throw it away").click()
    expect(page.locator("#cards .card")).to_have_count(0)
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("#cards .card")).to_contain_text(EMERGENCY)


@pytest.mark.parametrize(
    ("choice", "signs"),
    [
        ("Keep both together", {"numbness", "pale_or_blue"}),
        ("Keep the one on this device", {"pale_or_blue"}),
        ("Keep the one in the diary", {"numbness"}),
    ],
)
def test_of_two_versions_of_a_day_no_sign_is_lost_unasked(opened, walker, choice, signs):
    page = signed_in(opened(viewport=PHONE), walker)
    cut(page)
    check_in(page, "Leg or foot pale or blue", notes="from this device")
    stored = {"date": date.today(), "signs": ["numbness"], "notes": "from the other"}
    walker.diary.put("check_in", stored, timezone.now())
    cut(page, off=False)
    expect(item(page).locator(".stored")).to_contain_text("from the other")
    expect(page.locator("#cards")).to_contain_text("numbness")
    expect(page.locator("#cards .card.emergency")).to_have_count(1)
    assert barriers(page) == []
    item(page).get_by_role("button", name=choice).click()
    expect(page.locator("#none")).to_be_visible()
    kept = walker.diary.check_ins.get()
    assert set(kept.signs) == signs
    assert ("from this device" in kept.notes) == ("pale_or_blue" in signs)
    assert ("from the other" in kept.notes) == ("numbness" in signs)
    expect(page.locator("#cards .card.emergency")).to_have_count(int("pale_or_blue" in signs))


def test_what_is_sent_by_itself_is_said_without_a_contradiction(opened, walker, line):
    page = signed_in(opened(viewport=PHONE, base_url=line.url), walker)
    line.cut()
    log_walk(page)
    expect(page.locator("#away")).to_be_visible()
    line.join()
    page.evaluate("() => { window.dispatchEvent(new Event('online')); }")
    expect(page.locator("#none")).to_be_visible()
    expect(page.locator("#outcome")).to_contain_text("Sent")
    expect(page.locator("#away")).to_be_hidden()
    expect(page.locator("#waits")).to_be_hidden()


def test_signing_out_of_this_device_asks_about_what_is_not_sent(opened):
    page = opened()
    sign_up(page)
    page.goto("/devices/")
    page.evaluate(KEEP, walk(distance_m="far"))  # which the server will not take
    page.locator("form[data-leaves] button").click()
    dialog = page.locator("#unsent")
    expect(dialog).to_contain_text("Entries that wait to be sent: 1")
    dialog.get_by_role("button", name="Send, then sign out").click()
    dialog.get_by_role("link", name="Look at what waits on this device").click()
    expect(item(page)).to_have_count(1)
    page.goto("/devices/")
    page.locator("form[data-leaves] button").click()
    dialog.get_by_role("button", name="Sign out and throw this away").click()
    expect(page.get_by_role("link", name="Sign in").first).to_be_visible()
    assert page.evaluate(RECORDS) == []
