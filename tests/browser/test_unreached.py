"""Does anything get lost, or pass for saved, where the site or the device itself lets one down?"""

from __future__ import annotations

import re

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import expect

from diary.models import Person
from tests.browser.conftest import PHONE, barriers
from tests.browser.on_foot import Walker, is_as_it_was, rest_and_come_back, walk_out_and_rest
from tests.browser.test_offline import (
    RECORDS,
    SEND,
    WAITING,
    cut,
    item,
    log_walk,
    signed_in,
    somebody,
)

pytestmark = pytest.mark.django_db(transaction=True)

# As on a device that is full, or whose browser keeps nothing: every change fails.
FULL = (
    "IDBObjectStore.prototype.put = () => { throw new DOMException('full', 'QuotaExceededError'); }"
)
SHUT = (
    "IDBDatabase.prototype.transaction = () => { throw new DOMException('shut', 'UnknownError'); }"
)


# Whether the phone keeps how the walker rests.
RESTED = """async () => {
    const { get } = await import("/static/diary/offline/store.js");
    return Boolean((await get("live", "walk")).presses.at(-1).posture);
}"""


@pytest.fixture
def walker() -> Person:
    return somebody("walker")


def test_a_form_is_kept_while_the_site_is_down_and_sent_when_it_is_back(opened, walker, line):
    page = signed_in(opened(viewport=PHONE, base_url=line.url), walker, "/walks/add/")
    line.cut()
    page.get_by_label("How far?").fill("600")
    page.get_by_text("No leg pain").click()
    page.get_by_role("button", name="Save the walk").last.click()
    expect(item(page)).to_contain_text("600")
    log_walk(page, "700")
    expect(item(page)).to_have_count(2)
    expect(page.locator("#away")).to_be_visible()
    assert all(asked.strip() for asked in item(page).locator("dt").all_inner_texts())
    line.join()
    page.get_by_role("button", name="Send all now").click()
    expect(page.locator("#none")).to_be_visible()
    assert sorted(each.distance_m for each in walker.diary.walks.all()) == [600, 700]


def test_a_walk_goes_on_while_the_site_is_down_and_is_sent_when_it_is_back(opened, walker, line):
    on_foot = Walker(opened, walker, base_url=line.url)
    line.cut()
    walk_out_and_rest(on_foot)
    on_foot.page.wait_for_function(RESTED)
    on_foot.page.reload()
    on_foot.says("You are resting")
    rest_and_come_back(on_foot)
    on_foot.press("Save this walk")
    on_foot.says("Your walk is kept on this phone")
    expect(on_foot.page.get_by_text("There is no connection to your diary now")).to_be_visible()
    expect(on_foot.page.get_by_role("link", name="See what your diary shows")).to_be_hidden()
    on_foot.page.goto("/waiting/")
    for told in ("Left Calf", "Standing still", "How many minutes?"):
        expect(item(on_foot.page)).to_contain_text(told)
    line.join()
    assert on_foot.page.evaluate(SEND)["reached"]
    is_as_it_was(walker.diary.walks.get())


def test_a_walk_that_ends_after_the_session_is_kept_until_its_walker_signs_in(opened, walker):
    on_foot = Walker(opened, walker)
    on_foot.begin()
    on_foot.walk(100)
    Session.objects.all().delete()
    on_foot.press("Finish the walk")
    on_foot.press("Save this walk")
    on_foot.says("Your walk is kept on this phone")
    expect(on_foot.page.get_by_text("You are signed out, so it could not be sent")).to_be_visible()
    expect(on_foot.page.get_by_role("link", name="See what your diary shows")).to_be_hidden()
    on_foot.page.get_by_role("link", name="Sign in").last.click()
    signed_in(on_foot.page, walker, "/waiting/")
    expect(on_foot.page.locator("#none")).to_be_visible()
    assert walker.diary.walks.count() == 1


def test_nobody_starts_a_walk_that_cannot_be_kept(opened, walker):
    page = signed_in(opened(viewport=PHONE), walker)
    page.context.clear_cookies()
    page.evaluate("() => localStorage.clear()")
    cut(page)
    page.goto("/walk/live/")
    expect(page.get_by_role("heading", name="Nobody is signed in on this phone")).to_be_visible()
    expect(page.get_by_role("button", name="Start")).to_be_hidden()
    page.goto("/walks/add/")
    page.get_by_label("How far?").fill("600")
    page.get_by_role("button", name="Save the walk").last.click()
    expect(page.locator("#nobody")).to_be_focused()
    expect(page.get_by_label("How far?")).to_have_value("600")


def test_a_second_tap_on_save_keeps_one_walk(opened, walker):
    page = signed_in(opened(viewport=PHONE), walker)
    cut(page)
    page.goto("/walks/add/")
    page.get_by_label("How far?").fill("600")
    page.evaluate(
        """() => {
            const form = document.querySelector("form.walk");
            form.requestSubmit();
            form.requestSubmit();
        }"""
    )
    expect(page).to_have_url(re.compile("/waiting/"))
    expect(item(page)).to_have_count(1)


def test_what_a_device_cannot_keep_is_said_and_stays_on_the_page(opened, walker):
    page = signed_in(opened(viewport=PHONE), walker)
    cut(page)
    page.goto("/walks/add/")
    page.get_by_label("How far?").fill("600")
    page.evaluate(f"() => {{ {FULL} }}")
    page.get_by_role("button", name="Save the walk").last.click()
    expect(page.locator("#not-kept")).to_be_focused()
    expect(page.locator("#not-kept")).to_contain_text("This device could not keep it")
    expect(page.get_by_label("How far?")).to_have_value("600")
    expect(page.get_by_role("button", name="Save the walk").last).to_be_enabled()
    assert barriers(page) == []


def test_a_form_that_cannot_wait_is_not_called_kept(opened, walker):
    page = signed_in(opened(viewport=PHONE), walker)
    page.get_by_label("What shall we call you?").fill("Ada")
    cut(page)
    page.get_by_role("button", name="Save").first.click()
    expect(page.locator("#not-saved")).to_be_focused()
    expect(page.get_by_label("What shall we call you?")).to_have_value("Ada")
    assert barriers(page) == []
    cut(page, off=False)
    page.get_by_role("button", name="Save").first.click()
    expect(page.get_by_text("Your settings are saved.")).to_be_visible()
    walker.refresh_from_db()
    assert walker.name == "Ada"


def test_a_form_that_the_worker_cannot_keep_is_not_called_kept(opened, walker):
    page = signed_in(opened(viewport=PHONE), walker, "/walks/add/")
    page.get_by_label("How far?").fill("600")
    page.context.service_workers[0].evaluate(f"() => {{ {SHUT} }}")
    cut(page)
    page.get_by_role("button", name="Save the walk").last.click()
    expect(page.locator("#not-saved")).to_be_focused()
    expect(page.get_by_label("How far?")).to_have_value("600")


def test_nothing_is_called_sent_where_nobody_is_signed_in(opened, walker):
    page = signed_in(opened(viewport=PHONE), walker)
    cut(page)
    log_walk(page)
    page.context.clear_cookies()
    cut(page, off=False)
    page.goto("/waiting/")
    expect(page.locator("#sign-in")).to_be_visible()
    expect(page.locator("#none")).to_be_hidden()
    expect(page.locator("#waits")).to_contain_text("until whoever wrote it signs in")


def test_one_entry_that_the_site_fails_on_holds_up_no_other(opened, walker):
    page = signed_in(opened(viewport=PHONE), walker)
    cut(page)
    for metres in ("600", "700", "800"):
        log_walk(page, metres)
    page.context.route(
        "**/waiting/read/",
        lambda route: (
            route.abort("connectionrefused")
            if '"distance","700"' in (route.request.post_data or "")
            else route.continue_()
        ),
    )
    cut(page, off=False)
    page.goto("/waiting/")
    expect(item(page)).to_have_count(1)
    expect(page.locator("#away")).to_be_visible()
    assert sorted(each.distance_m for each in walker.diary.walks.all()) == [600, 800]


def test_a_sign_out_that_leaves_something_behind_says_so(opened, walker):
    page = signed_in(opened(), walker)
    page.evaluate(f"() => {{ {SHUT} }}")
    page.locator("details.more summary").click()
    page.get_by_role("button", name="Sign out", exact=True).click()
    dialog = page.locator("#unsent")
    expect(dialog.get_by_text("You are signed out, but what this device kept")).to_be_visible()
    assert barriers(page) == []
    dialog.get_by_role("link", name="Go on").click()
    expect(page.get_by_role("link", name="Sign in").first).to_be_visible()


def test_the_browser_is_told_that_what_waits_was_not_sent(opened, walker):
    page = signed_in(opened(viewport=PHONE), walker)
    cut(page)
    log_walk(page)
    sync = """() => new Promise((resolve) => {
        const event = new ExtendableEvent("sync");
        event.waitUntil = (sent) => sent.then(() => resolve("sent"), () => resolve("try again"));
        self.dispatchEvent(event);
    })"""
    assert page.context.service_workers[0].evaluate(sync) == "try again"
    cut(page, off=False)
    assert page.context.service_workers[0].evaluate(sync) == "sent"
    assert page.evaluate(WAITING) == []
    assert page.evaluate(RECORDS) == []
