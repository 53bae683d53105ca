"""A real Chromium, a real server, and a page that fails its test on any error in the console."""

from __future__ import annotations

import io
import os
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.management import call_command
from playwright.sync_api import Browser, BrowserContext, Page, expect

from diary.models import Diary
from tests.browser.keyboard import out_of_reach
from tests.browser.line import Line
from tests.browser.people import veras_diary

# Playwright runs its own event loop in the test's thread; the ORM is used between its calls only.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# What a page says of a server that a test has put out of reach.
UNREACHED = ("net::ERR_INTERNET_DISCONNECTED", "net::ERR_CONNECTION_REFUSED")
# axe leaves out what WCAG 2.2 added, unless it is asked for.
AXE = {"resultTypes": ["violations"], "rules": {"target-size": {"enabled": True}}}
LOOKS = (("light", 320), ("light", 1280), ("dark", 1280), ("dark", 320))
# A desk, and the same desk at 200 %.
KEYS = ({"width": 1280, "height": 800}, {"width": 640, "height": 400})
PHONE, DESKTOP = {"width": 390, "height": 844}, {"width": 1280, "height": 800}


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    launch: dict[str, Any] = {"args": QUIET}
    if os.environ.get("CHROMIUM"):
        launch["executable_path"] = os.environ["CHROMIUM"]
    return launch


@pytest.fixture
def opened(browser: Browser, live_server) -> Iterator[Callable[..., Page]]:
    """Open a new browser window on the site; every complaint of the page fails the test."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def window(**options: Any) -> Page:
        place = {"locale": "en-GB", "timezone_id": "Europe/London", "base_url": live_server.url}
        given: dict[str, Any] = {"viewport": DESKTOP, **place, **options}
        context = browser.new_context(**given)
        contexts.append(context)
        context.set_default_timeout(10_000)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(f"error: {error}"))
        page.on(
            "console",
            lambda said: said.type == "error" and complaints.append(f"console: {said.text}"),
        )
        page.on(
            "requestfailed",  # what is given up because the next page opens is no fault
            lambda request: (
                request.failure in ("net::ERR_ABORTED", *UNREACHED)
                or complaints.append(f"failed: {request.url}")
            ),
        )
        page.on(
            "request",
            lambda request: (
                request.url.startswith((given["base_url"], "data:", "blob:"))
                or complaints.append(f"left the site: {request.url}")
            ),
        )
        return page

    yield window
    for context in contexts:
        context.close()
    expected = ("the server responded with a status of 422", *UNREACHED)
    assert [text for text in complaints if not any(each in text for each in expected)] == []


def barriers(page: Page) -> list[str]:
    """What axe finds in a page that keeps people out, the size of what is tapped included."""
    found = Axe().run(page, options=AXE).response["violations"]
    return [f"{each['id']}: {each['nodes'][0]['html'][:200]}" for each in found]


def trouble(page: Page, path: str) -> list[str]:
    """What keeps people out of a page: small, large, light, dark, without a mouse."""
    answer = page.goto(path)
    assert answer is not None
    assert answer.ok, path
    found = []
    for theme, width in LOOKS:
        page.emulate_media(color_scheme=theme, reduced_motion="reduce")
        resize(page, {"width": width, "height": 800})
        here = [*barriers(page), *too_wide(page)]
        found += [f"{theme}, {width} px: {each}" for each in here]
    for size in KEYS:
        resize(page, size)
        here = [*too_wide(page), *out_of_reach(page)]
        found += [f"by keyboard, {size['width']} px: {each}" for each in here]
    return found


def resize(page: Page, size: Any) -> None:
    """Give the page another size, and wait for the pictures that it asks for then."""
    page.set_viewport_size(size)
    page.evaluate("() => new Promise(requestAnimationFrame)")
    expect(page.locator("figure[aria-busy=true]")).to_have_count(0, timeout=30_000)


def too_wide(page: Page) -> list[str]:
    """Whether a page has to be pushed sideways, and by how much."""
    wide = page.evaluate("() => document.documentElement.scrollWidth - window.innerWidth")
    return [f"{wide} px too wide"] if wide > 0 else []


@pytest.fixture
def demo_people():
    """The demo people, loaded as `manage.py demo` loads them."""
    call_command("demo", stdout=io.StringIO())


@pytest.fixture
def diary() -> Diary:
    """Vera's."""
    return veras_diary()


@pytest.fixture
def line(live_server) -> Iterator[Line]:
    """A way to the site that can be cut."""
    line = Line(live_server.url)
    yield line
    line.cut()
