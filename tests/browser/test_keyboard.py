"""Can somebody without a mouse do all that the site is for, from signing up to leaving?"""

from __future__ import annotations

import re

import pytest
from django.core import mail
from django.utils import timezone
from playwright.sync_api import Page, expect

from diary.models import Person
from diary.tasks import refresh_shares
from tests.app.sharing import shared_with
from tests.browser.keyboard import answer, enter, follow, press, tab_to
from tests.browser.people import NURSE, OWNER, PASSWORD, person

pytestmark = pytest.mark.django_db(transaction=True)


WEIGHT = re.compile("Weight")


def sign_in(page: Page, email: str) -> None:
    page.goto("/")
    follow(page, "Sign in")
    answer(page, "login", email)
    answer(page, "password", PASSWORD)
    enter(page)
    expect(page.get_by_role("link", name="Pattern", exact=True)).to_be_visible()


def go_to(page: Page, place: str) -> None:
    """Open a page by the menu."""
    press(page, "More")
    follow(page, place)


def test_an_account_is_made_and_left_by_keyboard_alone(opened):
    page = opened()
    page.goto("/")
    follow(page, "Create an account")
    answer(page, "email", "new@example.org")
    answer(page, "password1", PASSWORD)
    enter(page)
    expect(page.get_by_role("link", name="Pattern", exact=True)).to_be_visible()
    go_to(page, "Settings")
    follow(page, "Delete your account")
    follow(page, "Go on")
    answer(page, "password", PASSWORD)
    enter(page)
    tab_to(page, "sure")
    page.keyboard.press("Space")
    follow(page, "Delete my account")
    expect(page.get_by_role("heading", name="Your account is deleted")).to_be_visible()
    assert not Person.objects.exists()


def test_settings_and_a_reminder_are_chosen_by_keyboard_alone(opened):
    walker, page = person(OWNER, "Vera"), opened()
    sign_in(page, OWNER)
    go_to(page, "Settings")
    tab_to(page, "units")
    page.keyboard.press("ArrowRight")
    answer(page, "time_zone", "Europe/Paris")
    follow(page, "Save")
    expect(page.locator(".message.success")).to_be_visible()
    walker.refresh_from_db()
    assert (walker.units, walker.time_zone) == ("imperial", "Europe/Paris")
    follow(page, "A reminder")
    tab_to(page, "at")
    page.keyboard.type("1830")
    tab_to(page, "weekdays")
    page.keyboard.press("Space")
    follow(page, "Switch it on")
    expect(page.locator(".message.success")).to_be_visible()
    assert walker.reminder.next_at is not None
    go_to(page, "Diary file")
    with page.expect_download() as file:
        press(page, "Save my diary as a file")
    assert file.value.suggested_filename.endswith(".json")


def test_entries_are_made_changed_deleted_and_had_back_by_keyboard_alone(opened):
    walker, page = person(OWNER, "Vera"), opened()
    sign_in(page, OWNER)
    go_to(page, "Measurements")
    follow(page, "Add a measurement")
    tab_to(page, "kind")
    page.keyboard.type("Weight")
    answer(page, "value", "70,5")
    follow(page, "Save")
    expect(page.locator(".lines")).to_contain_text("70.5")
    follow(page, WEIGHT)
    answer(page, "value", "71")
    follow(page, "Save")
    expect(page.locator(".lines")).to_contain_text("71")
    follow(page, WEIGHT)
    follow(page, "Delete this entry")
    follow(page, "Delete")
    expect(page.locator(".lines")).to_have_count(0)
    follow(page, "Undo")
    expect(page.locator(".lines")).to_contain_text("71")
    go_to(page, "Changes and treatments")
    follow(page, "Add a change")
    tab_to(page, "kind")
    page.keyboard.type("Injury")
    follow(page, "Save")
    expect(page.locator(".lines")).to_have_count(1)
    go_to(page, "About you")
    answer(page, "birth_year", "1950")
    follow(page, "Save")
    assert walker.diary.own_profile().birth_year == 1950


def test_a_diary_is_shared_and_shared_no_more_by_keyboard_alone(opened, diary):
    page = opened()
    sign_in(page, OWNER)
    go_to(page, "Sharing")
    follow(page, "Invite somebody by e-mail")
    answer(page, "email", NURSE)
    tab_to(page, "what")
    page.keyboard.press("ArrowDown")
    follow(page, "Send the invitation")
    expect(page.get_by_text(NURSE).first).to_be_visible()
    assert [letter.to for letter in mail.outbox if letter.to == [NURSE]] == [[NURSE]]
    follow(page, "Withdraw")
    expect(page.locator(".message.success")).to_be_visible()
    follow(page, "Make a code to read out")
    follow(page, "Make a code")
    expect(page.locator(".spoken li")).to_have_count(10)
    follow(page, "See who may look")
    nurse = person(NURSE, "Ingrid")
    share = shared_with(diary, nurse, now=timezone.now())
    refresh_shares(diary.pk)
    page.reload()
    follow(page, "Stop sharing")
    expect(page.locator(".message.success")).to_be_visible()
    share.refresh_from_db()
    assert share.state == "stopped"


def test_the_pattern_is_read_and_its_days_chosen_by_keyboard_alone(opened, diary):
    page = opened()
    sign_in(page, OWNER)
    follow(page, "Pattern")
    expect(page.locator(".on-its-way")).to_have_count(0, timeout=30_000)
    follow(page, "Last month")
    expect(page).to_have_url(re.compile("period=month"))
    expect(page.locator(".on-its-way")).to_have_count(0, timeout=30_000)
    press(page, "The numbers as a table")
    expect(page.locator("table").first).to_be_visible()
    press(page, "Where the weights come from")
    expect(page.locator("article.cause details[open]")).to_have_count(1)
    follow(page, "Read about this")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
