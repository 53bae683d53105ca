"""Can somebody who has never seen the site log walks, and read what they show?"""

from __future__ import annotations

import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, barriers

pytestmark = pytest.mark.django_db(transaction=True)

SAMPLES = Path(__file__).resolve().parents[3] / "shared" / "samples" / "gpx"
ONSETS_M = (250, 270, 300, 310, 330, 350)


def sign_up(page: Page) -> None:
    page.goto("/")
    page.get_by_role("link", name="Create an account").first.click()
    page.get_by_label("Email").fill("new@example.org")
    page.get_by_label("Password", exact=True).fill("a-long-walk-to-the-sea")
    page.get_by_role("button", name="Create").click()


def log_walk(page: Page, days_ago: int, onset_m: int) -> None:
    """Log one walk of 600 metres with calf pain that standing eases."""
    day = date.today() - timedelta(days=days_ago)
    page.goto("/walks/add/")
    page.get_by_label("How far?").fill("600")
    page.get_by_text("Yes, it hurt").click()
    page.get_by_label("Left Calf").check()
    page.get_by_label("After how far did it come?").fill(str(onset_m))
    page.get_by_text("More about this pain").click()
    page.get_by_text("Standing still", exact=True).click()
    page.get_by_text("It went away", exact=True).click()
    page.get_by_label("After how many minutes of rest did it ease?").fill("2")
    page.get_by_text("Another time").click()
    page.get_by_label("Day", exact=True).fill(day.isoformat())
    page.get_by_label("Time you set off").fill("10:00")
    page.get_by_role("button", name="Save").first.click()
    expect(page).to_have_url("/walks/")


def test_six_walks_become_a_pattern(opened):
    page = opened()
    sign_up(page)
    for number, onset_m in enumerate(ONSETS_M):
        log_walk(page, days_ago=12 - 2 * number, onset_m=onset_m)
    page.goto("/pattern/")
    sentence = page.locator(".sentence")
    expect(sentence).to_contain_text("claudication-style pattern")
    expect(sentence).to_contain_text("6 walks")
    chart = page.locator("figure svg[role=img]").first
    expect(chart).to_be_visible()
    pains = chart.locator("[data-kind=pain] title, [data-kind=pain_estimated] title")
    expect(pains).to_have_count(len(ONSETS_M))
    expect(page.locator("article.cause")).to_have_count(5)
    expect(page.locator("article.cause").first).to_contain_text("Peripheral artery disease")
    assert barriers(page) == []


def as_demo(page: Page, name: str) -> None:
    page.goto("/")
    page.locator(f"form[action='/demo/{name}/'] button").click()
    expect(page.get_by_role("link", name="Log a walk")).to_be_visible()


@pytest.mark.skipif(not SAMPLES.exists(), reason="the real recordings are not beside this checkout")
def test_a_real_recording_becomes_a_walk(opened):
    page = opened()
    sign_up(page)
    page.goto("/walks/recording/")
    page.get_by_label("Recording").set_input_files(SAMPLES / "cerknicko-jezero.gpx")
    page.get_by_role("button", name="Read the recording").click()
    expect(page.get_by_text("Nothing is saved yet")).to_be_visible()
    assert 4000 < float(page.get_by_label("How far?").input_value()) < 5000
    page.get_by_text("No leg pain").click()
    page.get_by_role("button", name="Save the walk").click()
    expect(page).to_have_url(re.compile("/walks/$"))
    expect(page.locator(".lines li")).to_have_count(1)
    expect(page.locator(".lines")).to_contain_text("4.4 km")
    expect(page.locator(".lines")).to_contain_text("No leg pain")


@pytest.mark.skipif(not SAMPLES.exists(), reason="the real recordings are not beside this checkout")
@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("around-visnjan-with-car.gpx", "too fast for a walk"),
        ("cerknicko-without-times.gpx", "no usable times"),
        ("unicode_with_bom.gpx", "no track"),
    ],
)
def test_a_recording_that_is_no_walk_gets_a_sentence(opened, name, said):
    page = opened()
    sign_up(page)
    page.goto("/walks/recording/")
    page.get_by_label("Recording").set_input_files(SAMPLES / name)
    page.get_by_role("button", name="Read the recording").click()
    expect(page.locator(".field .error")).to_contain_text(said)
    page.goto("/walks/")
    expect(page.get_by_text("No walks yet")).to_be_visible()


def test_a_red_flag_card_comes_before_anything_is_saved(opened):
    page = opened(viewport=PHONE)
    sign_up(page)
    page.goto("/check-ins/add/")
    page.get_by_label("Leg or foot pale or blue").check()
    card = page.locator(".card.emergency")
    expect(card).to_contain_text("Get emergency help now")
    expect(card).to_contain_text("This app has told nobody")
    page.get_by_label("Leg or foot pale or blue").uncheck()
    expect(card).to_have_count(0)
    page.goto("/check-ins/")
    expect(page.get_by_text("No check-ins yet")).to_be_visible()


def test_without_a_script_the_card_comes_on_saving(opened):
    page = opened(java_script_enabled=False)
    sign_up(page)
    page.goto("/check-ins/add/")
    page.get_by_label("Chest pain").check()
    page.get_by_role("button", name="Save the day").click()
    expect(page.locator(".card.emergency")).to_contain_text("Get emergency help now")


def test_a_walk_is_logged_changed_deleted_and_brought_back_without_a_script(opened):
    page = opened(java_script_enabled=False, viewport=PHONE)
    sign_up(page)
    page.goto("/")
    page.get_by_label("Left Calf").check()
    page.get_by_role("button", name="Log my first walk").click()
    page.get_by_label("How far?").fill("600")
    page.get_by_label("After how far did it come?").fill("250")
    page.get_by_role("button", name="Save the walk").click()
    expect(page.locator(".lines")).to_contain_text("Pain after 250 m · Calf (left)")

    page.locator(".lines a").click()
    page.get_by_label("How far?").fill("200")
    page.get_by_role("button", name="Save the walk").click()
    expect(page.locator(".error").first).to_contain_text(
        "The pain cannot come after the end of the walk."
    )
    assert page.get_by_label("How far?").input_value() == "200"
    page.get_by_label("How far?").fill("700")
    page.get_by_role("button", name="Save the walk").click()
    expect(page.locator(".lines")).to_contain_text("700 m")

    page.locator(".lines a").click()
    page.get_by_role("link", name="Delete this walk").click()
    page.get_by_role("button", name="Delete it").click()
    expect(page.get_by_text("No walks yet")).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(".lines")).to_contain_text("700 m")


def test_two_tabs_that_change_one_walk_both_see_it(opened):
    first = opened()
    sign_up(first)
    log_walk(first, days_ago=1, onset_m=300)
    first.locator(".lines a").click()
    second = first.context.new_page()
    second.goto(first.url)
    second.get_by_label("Notes").fill("from the second tab")
    second.get_by_role("button", name="Save the walk").click()
    first.get_by_label("Notes").fill("from the first tab")
    first.get_by_role("button", name="Save the walk").click()
    expect(first.locator("#problem")).to_contain_text("from the second tab")
    assert first.get_by_label("Notes").input_value() == "from the first tab"
    first.get_by_role("button", name="Save the walk").click()
    first.locator(".lines a").click()
    expect(first.get_by_label("Notes")).to_have_value("from the first tab")


def test_a_diary_goes_out_and_comes_back_in(opened, demo_people, tmp_path):
    page = opened()
    as_demo(page, "vera")
    page.goto("/diary-file/")
    with page.expect_download() as download:
        page.get_by_role("link", name="Save my diary as a file").click()
    file = tmp_path / "diary.json"
    download.value.save_as(file)
    other = opened()
    sign_up(other)
    other.goto("/diary-file/")
    other.get_by_label("Diary file").set_input_files(file)
    other.get_by_role("button", name="Read it in").click()
    expect(other.locator(".message.success")).to_contain_text("entries were added")
    other.goto("/pattern/")
    expect(other.locator(".sentence")).to_contain_text("claudication-style pattern")


def test_the_main_journey_works_with_the_keyboard_alone(opened):
    page = opened()
    sign_up(page)
    page.goto("/walks/add/")
    page.get_by_label("How far?").focus()
    page.keyboard.type("600")
    for key in ("Tab", "Tab", "Tab", "Space", "Tab"):  # unit, minutes, 'Yes, it hurt', how far
        page.keyboard.press(key)
    page.keyboard.type("300")
    page.keyboard.press("Tab")  # the body
    page.keyboard.press("Space")
    chosen = page.locator(".body-map input:checked")
    expect(chosen).to_have_count(1)
    for _ in range(4):  # from 'Not recorded' down
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/walks/$"))
    expect(page.locator(".lines")).to_contain_text("Pain after 300 m · Back of thigh")
