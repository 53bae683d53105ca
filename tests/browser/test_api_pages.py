"""Can somebody who writes an app read how the API works, from files of this site alone?"""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from diary.wording.problems import PROBLEMS
from tests.browser.conftest import PHONE, barriers

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_description_of_the_api_is_drawn_and_a_request_can_be_tried(opened):
    page = opened()
    page.goto("/api/docs/")
    page.get_by_text("Every sign that asks for help, by urgency").click()
    page.get_by_role("button", name="Try it out").click()
    page.get_by_role("button", name="Execute").click()
    expect(page.locator(".live-responses-table")).to_contain_text("emergency")


def test_every_problem_has_its_place_on_the_page_that_its_type_leads_to(opened):
    page = opened(viewport=PHONE, color_scheme="dark")
    page.goto("/api/problems/#start_again")
    expect(page.locator("#start_again")).to_be_in_viewport()
    assert page.locator("main section").count() == len(PROBLEMS)
    assert barriers(page) == []
