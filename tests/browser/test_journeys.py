"""Can somebody who has never seen the site log walks, and read what they show?"""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, barriers

pytestmark = pytest.mark.django_db(transaction=True)

SAMPLES = Path(__file__).resolve().parents[3] / "shared" / "samples" / "gpx"
OWN_SAMPLE = Path(__file__).resolve().parents[1] / "data" / "walk.gpx"
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
    page.locator("label[for]", has_text="Left calf").first.click()
    page.get_by_label("After how far did it come?").fill(str(onset_m))
    page.get_by_text("More about this pain").click()
    page.get_by_text("Standing still", exact=True).click()
    page.get_by_text("It went away", exact=True).click()
    page.get_by_label("After how many minutes of rest did it ease?").fill("2")
    page.get_by_text("Another time").click()
    page.get_by_label("Day").fill(day.isoformat())
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
    assert page.locator("figure svg:visible [data-kind=pain] title").count() == len(ONSETS_M)
    expect(page.locator("article.cause")).to_have_count(5)
    expect(page.locator("article.cause").first).to_contain_text("Peripheral artery disease")
    assert barriers(page) == []
