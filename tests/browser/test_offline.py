"""Is what was entered without a signal kept on the device, and sent once, by whoever wrote it?"""

from __future__ import annotations

import random
import re
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Page, Response, expect

from diary import answers, rules
from diary.models import Diary, Person
from diary.reports import flags_of_day
from diary.wording import cards
from tests.browser.conftest import PHONE, barriers

pytestmark = pytest.mark.django_db(transaction=True)

WALK = "0b4a0a34-0000-4000-8000-0000000000a1"
OUTBOX = "const box = await import('/static/diary/offline/outbox.js'); "
KEEP = f"async (item) => {{ {OUTBOX} return box.keep(item); }}"
SEND = f"async () => {{ {OUTBOX} return box.send(); }}"
WAITING = f"async () => {{ {OUTBOX} return box.waiting(); }}"
# Every record of everybody on the device, read behind the back of the page's own functions.
RECORDS = """() => new Promise((resolve) => {
    indexedDB.open("waymark").onsuccess = ({ target: { result: db } }) => {
        const stores = [...db.objectStoreNames];
        const reading = stores.map((name) => new Promise((got) => {
            db.transaction(name).objectStore(name).getAll().onsuccess = (e) => got(e.target.result);
        }));
        Promise.all(reading).then((found) => { db.close(); resolve(found.flat()); });
    };
})"""
WORKS = "() => navigator.serviceWorker.controller !== null"


def somebody(name: str) -> Person:
    person = Person.objects.create_user(f"{name}@example.org", "a-long-password")
    Diary.objects.get_or_create(owner=person)
    return person


@pytest.fixture
def walker() -> Person:
    return somebody("walker")


def signed_in(page: Page, person: Person, path: str = "/settings/", script: bool = True) -> Page:
    """The page, with the cookie of somebody's session, once it works without a connection."""
    client = Client()
    client.force_login(person)
    cookie = client.cookies["sessionid"].value
    page.goto("/help/")
    site = page.url.removesuffix("help/")
    page.context.add_cookies([{"name": "sessionid", "value": cookie, "url": site}])
    page.goto(path)
    if script:
        page.wait_for_function(WORKS)
    return page


def cut(page: Page, off: bool = True) -> None:
    page.context.set_offline(off)


def walk(**said: Any) -> dict[str, Any]:
    return {
        "kind": "walk",
        "value": {"id": WALK, "started_at": "2026-05-30T09:00:00Z", "distance_m": 600, **said},
    }


def sent(page: Page) -> list[Response]:
    """The answers of the sync API that the page, its tabs and its worker get from now on."""
    answers: list[Response] = []
    page.context.on(
        "response",
        lambda answer: (
            answer.request.method == "POST" and "/sync/" in answer.url and answers.append(answer)
        ),
    )
    return answers


def log_walk(page: Page, metres: str = "600") -> None:
    page.goto("/walks/add/")
    page.get_by_label("How far?").fill(metres)
    page.get_by_text("Yes, it hurt").click()
    page.get_by_label("Left Calf").check()
    page.get_by_label("After how far did it come?").fill("250")
    page.get_by_role("button", name="Save the walk").click()
    expect(page).to_have_url(re.compile("/waiting/"))


def item(page: Page) -> Any:
    return page.locator("#items > li")


def test_a_walk_waits_through_a_reload_and_is_sent_once(opened, walker):
    page = signed_in(opened(viewport=PHONE), walker)
    answers_of_sync = sent(page)
    cut(page)
    log_walk(page)
    expect(page.locator("#outcome")).to_contain_text("Kept on this device")
    page.reload()
    expect(item(page)).to_contain_text("Left Calf")
    expect(page.locator("#waits")).to_contain_text("One entry waits on this device since")
    assert barriers(page) == []
    cut(page, off=False)
    expect(page.locator("#none")).to_be_visible()
    stored = walker.diary.walks.get()
    assert (stored.distance_m, stored.time_zone) == (600, "Europe/London")
    assert [pain.site for pain in stored.episodes.all()] == ["calf"]
    assert len(answers_of_sync) == 1


def test_two_tabs_send_what_waits_once(opened, walker):
    page = signed_in(opened(), walker)
    second = page.context.new_page()
    second.goto("/settings/")
    answers_of_sync = sent(page)
    cut(page)
    for number in range(3):
        page.evaluate(KEEP, walk(id=f"{WALK[:-1]}{number}"))
    cut(page, off=False)
    for _ in range(2):
        page.evaluate("() => { window.dispatchEvent(new Event('online')); }")
        second.evaluate("() => { window.dispatchEvent(new Event('online')); }")
    second.evaluate(SEND)
    page.evaluate(SEND)
    assert page.evaluate(WAITING) == []
    assert walker.diary.walks.count() == 3
    told = [each["status"] for answer in answers_of_sync for each in answer.json()["results"]]
    assert told == ["created"] * 3


def test_the_card_of_a_red_flag_comes_without_a_connection(opened, walker):
    page = signed_in(opened(viewport=PHONE), walker)
    cut(page)
    page.goto("/check-ins/add/")
    page.get_by_label("Leg or foot pale or blue").check()
    card = page.locator("main .card.emergency")
    expect(card).to_contain_text("Get emergency help now")
    expect(card).to_contain_text("This app has told nobody")
    page.get_by_role("button", name="Save the day").click()
    expect(item(page)).to_contain_text("pale or blue")
    item(page).get_by_text("Change it").click()
    expect(card).to_contain_text("Get emergency help now")
    page.goto("/help/")
    expect(page.locator("main .card.emergency")).to_contain_text("Get emergency help now")
    cut(page, off=False)
    page.goto("/waiting/")
    expect(page.locator("#none")).to_be_visible()
    assert walker.diary.check_ins.get().date == date.today()


def test_the_cards_of_the_page_are_those_of_the_server(opened, walker):
    page = signed_in(opened(), walker, "/check-ins/add/")
    chance = random.Random(7)
    asked = [([], None), ([*answers.SIGNS], "left"), ([*answers.SIGNS], "both")]
    for sign in answers.SIGNS:
        asked += [([sign], "left"), ([sign], "both")]
    for _ in range(80):
        asked.append((chance.sample(answers.SIGNS, chance.randint(2, 6)), chance.choice(SIDES)))
    shown = page.evaluate(
        """async (asked) => {
            const { cardsOf } = await import("/static/diary/cards.js");
            const { table } = await (await fetch("/api/v1/help/")).json();
            return asked.map(([signs, side]) => cardsOf(table, signs, side));
        }""",
        asked,
    )
    for (signs, side), found in zip(asked, shown, strict=True):
        assert found == of_the_server(signs, side), (signs, side)


SIDES = (None, "left", "right", "both")


def of_the_server(signs: list[str], side: str | None) -> list[dict[str, Any]]:
    day = date(2026, 6, 1)
    row = rules.checked("check_in", {"date": day, "signs": signs, "side": side})
    return [
        {"urgency": c.urgency, "word": c.urgency_word, "action": c.action, "why": c.why}
        for c in cards.of_flags(flags_of_day(row, day))
    ]


def test_an_edit_that_meets_another_shows_both_versions(opened, walker):
    walker.diary.put("walk", walk(pain=[])["value"], timezone.now())
    page = signed_in(opened(), walker, f"/walks/{WALK}/")
    cut(page)
    page.get_by_label("Notes").fill("from this device")
    page.get_by_role("button", name="Save the walk").click()
    expect(item(page)).to_contain_text("from this device")
    walker.diary.put(
        "walk", walk(pain=[], notes="from the other", distance_m=700)["value"], timezone.now()
    )
    cut(page, off=False)
    expect(item(page).locator(".mine")).to_contain_text("from this device")
    expect(item(page).locator(".stored")).to_contain_text("from the other")
    expect(item(page).locator(".stored .differs").first).to_have_text("700")
    assert barriers(page) == []
    item(page).get_by_role("button", name="Keep both").click()
    expect(page.locator("#none")).to_be_visible()
    assert sorted(each.notes for each in walker.diary.walks.kept()) == [
        "from the other", "from this device",
    ]  # fmt: skip


def test_of_two_versions_the_chosen_one_is_kept(opened, walker):
    walker.diary.put("walk", walk(notes="first")["value"], timezone.now())
    page = signed_in(opened(), walker)
    cut(page)
    page.evaluate(KEEP, {**walk(notes="mine"), "base_revision": 0})
    cut(page, off=False)
    page.goto("/waiting/")
    expect(item(page).locator(".stored")).to_contain_text("first")
    item(page).get_by_role("button", name="Keep the one on this device").click()
    expect(page.locator("#none")).to_be_visible()
    assert walker.diary.walks.get().notes == "mine"


def test_what_is_refused_keeps_its_answers_and_says_why(opened, walker):
    page = signed_in(opened(), walker)
    cut(page)
    log_walk(page, metres="200")
    cut(page, off=False)
    expect(item(page)).to_contain_text("The pain cannot come after the end of the walk.")
    assert not walker.diary.walks.exists()
    item(page).get_by_text("Change it").click()
    expect(page.locator("#said")).to_contain_text("The pain cannot come after the end of the walk.")
    expect(page.get_by_label("How far?")).to_have_value("200")
    page.get_by_label("How far?").fill("700")
    page.get_by_role("button", name="Save the walk").click()
    expect(page.locator("#none")).to_be_visible()
    assert walker.diary.walks.get().distance_m == 700


def test_what_is_thrown_away_can_be_brought_back(opened, walker):
    page = signed_in(opened(), walker)
    cut(page)
    log_walk(page)
    item(page).get_by_role("button", name="Throw it away").click()
    expect(item(page)).to_have_count(0)
    page.get_by_role("button", name="Undo").click()
    expect(item(page)).to_contain_text("Left Calf")


@pytest.mark.parametrize(("hours", "said"), [(1, None), (25, "a day"), (73, "three days")])
def test_how_long_something_waits_is_said_in_words(opened, walker, hours, said):
    page = signed_in(opened(), walker)
    cut(page)
    page.clock.install()
    page.evaluate(KEEP, walk())
    page.clock.fast_forward(hours * 3_600_000)
    page.goto("/waiting/")
    age = item(page).locator(".age")
    expect(item(page).locator(".since")).to_contain_text("Waits since")
    if said:
        expect(age).to_contain_text(f"more than {said}")
    else:
        expect(age).to_be_hidden()


def test_signing_out_asks_about_what_is_not_sent_and_wipes_the_device(opened, walker):
    page = signed_in(opened(), walker)
    page.evaluate(KEEP, walk(distance_m="far"))  # which the server will not take
    page.locator("details.more summary").click()
    page.get_by_role("button", name="Sign out", exact=True).click()
    dialog = page.locator("#unsent")
    expect(dialog).to_contain_text("Entries that wait to be sent: 1")
    assert barriers(page) == []
    dialog.get_by_role("button", name="Send, then sign out").click()
    expect(dialog.get_by_text("Something could not be sent")).to_be_visible()
    dialog.get_by_role("button", name="Keep me signed in").click()
    assert len(page.evaluate(RECORDS)) == 1
    page.get_by_role("button", name="Sign out", exact=True).click()
    dialog.get_by_role("button", name="Sign out and throw this away").click()
    expect(page.get_by_role("link", name="Sign in").first).to_be_visible()
    assert page.evaluate(RECORDS) == []
    assert not walker.diary.walks.exists()


def test_signing_out_without_a_connection_throws_nothing_away(opened, walker):
    page = signed_in(opened(), walker)
    cut(page)
    page.evaluate(KEEP, walk())
    page.locator("details.more summary").click()
    page.get_by_role("button", name="Sign out", exact=True).click()
    page.get_by_role("button", name="Sign out and throw this away").click()
    expect(page.locator("#unsent")).to_contain_text("Signing out needs a connection")
    assert len(page.evaluate(RECORDS)) == 1


def test_deleting_the_account_wipes_the_device_too(opened, walker):
    page = signed_in(opened(viewport=PHONE), walker)
    page.evaluate(KEEP, walk(distance_m="far"))
    page.goto("/settings/delete/")
    page.get_by_role("link", name="Go on").click()
    page.get_by_label("Password", exact=True).fill("a-long-password")
    page.get_by_role("button", name="Go on").click()
    page.get_by_label("Yes, delete my account").check()
    page.get_by_role("button", name="Delete my account").click()
    expect(page.get_by_role("heading", name="Your account is deleted")).to_be_visible()
    page.wait_for_load_state("networkidle")
    assert page.evaluate(RECORDS) == []
    expect(page.locator("#waits")).to_be_hidden()
    assert not Person.objects.exists()


def test_another_person_on_the_device_sees_nothing_and_sends_nothing(opened, walker):
    page = signed_in(opened(), walker)
    cut(page)
    log_walk(page)
    page.context.clear_cookies()
    cut(page, off=False)
    other = somebody("other")
    signed_in(page, other, "/waiting/")
    expect(page.locator("#none")).to_be_visible()
    assert page.evaluate(SEND)["owner"] == other.tag
    assert not other.diary.walks.exists()
    cut(page)
    page.goto("/waiting/")
    expect(page.locator("#none")).to_be_visible()
    cut(page, off=False)
    signed_in(page, walker, "/waiting/")
    page.evaluate(SEND)
    assert walker.diary.walks.count() == 1


def test_a_session_that_ended_keeps_what_waits(opened, walker):
    page = signed_in(opened(), walker)
    cut(page)
    log_walk(page)
    page.context.clear_cookies()
    cut(page, off=False)
    page.goto("/help/")
    expect(page.locator("#waits")).to_contain_text("until whoever wrote it signs in")
    assert len(page.evaluate(RECORDS)) == 1


def test_no_cache_of_the_device_holds_anything_of_anybody(opened, walker):
    walker.diary.put("walk", walk(notes="canary-7f3a")["value"], timezone.now())
    page = signed_in(opened(), walker, f"/walks/{WALK}/")
    expect(page.get_by_label("Notes")).to_have_value("canary-7f3a")
    page.goto("/walks/")
    kept = page.evaluate(
        """async () => {
            const texts = [];
            for (const name of await caches.keys()) {
                const cache = await caches.open(name);
                for (const request of await cache.keys()) {
                    texts.push(request.url, await (await cache.match(request)).text());
                }
            }
            return texts.join();
        }"""
    )
    assert "/offline/walks/add/" in kept
    for told in ("canary-7f3a", walker.tag, walker.email, WALK):
        assert told not in kept
