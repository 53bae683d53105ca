"""Do the pictures of the Pattern page come to all: by pointer, by keyboard, without a script?"""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import DESKTOP, PHONE, barriers
from tests.browser.test_journeys import as_demo

PICTURES = 7


@pytest.mark.parametrize(("screen", "theme"), [(DESKTOP, "light"), (PHONE, "dark")])
def test_every_point_says_what_it_is_to_pointer_and_keyboard(opened, demo_people, screen, theme):
    page = opened(viewport=screen, color_scheme=theme)
    as_demo(page, "nina")
    page.goto("/pattern/")
    drawings = page.locator("figure.chart > svg[role=img]")
    expect(drawings).to_have_count(PICTURES - 1)  # she recorded no rest, which is told in words
    point = drawings.first.locator("[tabindex='0']").first
    point.focus()
    expect(point).to_be_focused()
    assert point.get_attribute("aria-label") == point.locator("title").text_content()
    expect(page.locator(".on-its-way")).to_have_count(0)
    assert page.evaluate("() => document.documentElement.scrollWidth - innerWidth") <= 0
    assert barriers(page) == []


def test_a_drawing_is_one_stop_and_says_beneath_it_what_the_chosen_point_is(opened, demo_people):
    page = opened(viewport=PHONE, has_touch=True)
    as_demo(page, "vera")
    page.goto("/pattern/?period=month")
    drawing = page.locator("svg#onset-phone")
    points, said = drawing.locator("[aria-label]"), page.locator(".chosen").first
    expect(page.locator(".on-its-way")).to_have_count(0, timeout=30_000)
    expect(said).to_contain_text("Choose a point")
    assert drawing.locator("[tabindex='0']").count() == 1
    row = sorted(points.all(), key=lambda point: point.bounding_box()["x"])
    assert len(row) > 5
    row[0].focus()
    for key, place in (
        ("ArrowRight", 1),
        ("ArrowDown", 2),
        ("ArrowLeft", 1),
        ("End", -1),
        ("ArrowRight", -1),
        ("Home", 0),
    ):
        page.keyboard.press(key)
        chosen = page.locator(":focus")
        assert chosen.bounding_box()["x"] == row[place].bounding_box()["x"]
        expect(said).to_have_text(chosen.get_attribute("aria-label"))
    assert drawing.locator("[tabindex='0']").count() == 1
    box = row[-1].bounding_box()
    page.touchscreen.tap(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    expect(row[-1]).to_be_focused()
    expect(said).to_have_text(row[-1].get_attribute("aria-label"))


def test_a_turned_screen_gets_the_picture_that_fits_it(opened, demo_people):
    page = opened(viewport=PHONE)
    as_demo(page, "nina")
    page.goto("/pattern/")
    expect(page.locator("svg#onset-phone")).to_be_visible()
    page.set_viewport_size(DESKTOP)
    expect(page.locator("svg#onset-page")).to_be_visible()
    expect(page.locator("svg#onset-phone")).to_have_count(0)


def test_a_picture_that_does_not_come_is_told_and_its_table_is_there(opened, demo_people):
    page = opened()
    as_demo(page, "nina")
    page.route("**/pattern/charts/onset.svg*", lambda route: route.fulfill(status=422))
    page.goto("/pattern/")
    expect(page.locator("figure.chart").first).to_contain_text("could not be fetched")
    expect(page.locator("svg#weeks-page")).to_be_visible()
    page.locator("summary", has_text="The numbers as a table").first.click()
    expect(page.locator("table").first).to_be_visible()


def test_without_a_script_each_picture_is_an_image_with_its_own_colours(opened, demo_people):
    page = opened(java_script_enabled=False, color_scheme="dark", viewport=PHONE)
    as_demo(page, "nina")
    answered = []
    page.on("response", lambda answer: answered.append((answer.url, answer.status)))
    page.goto("/pattern/?period=month")
    images = page.locator("figure.chart img")
    expect(images).to_have_count(PICTURES - 1)
    asked = [(url, status) for url, status in answered if "/pattern/charts/" in url]
    assert len(asked) == PICTURES - 1
    assert all(status == 200 and "size=phone&theme=dark&first=" in url for url, status in asked)
    expect(page.locator(".on-its-way").first).to_be_hidden()
    page.get_by_role("link", name="Everything").click()
    expect(page.locator(".period")).to_contain_text("your whole diary")


def test_what_is_printed_from_a_dark_screen_is_light(opened, demo_people):
    page = opened(color_scheme="dark")
    as_demo(page, "nina")
    page.goto("/pattern/")
    expect(page.locator(".on-its-way")).to_have_count(0, timeout=30_000)
    ink = """() => ['body', '.sentence', 'figure.chart text'].map(
        (each) => getComputedStyle(document.querySelector(each)).color
            + getComputedStyle(document.querySelector(each)).fill)"""
    dark = page.evaluate(ink)
    page.emulate_media(media="print", color_scheme="dark")
    on_paper = page.evaluate(ink)
    page.emulate_media(media="print", color_scheme="light")
    assert on_paper == page.evaluate(ink)
    assert on_paper != dark
