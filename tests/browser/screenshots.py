"""What does the site look like? `make screenshots` draws docs/screenshots/ anew."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "docs" / "screenshots"
PORT = "8797"
SCREENS = {"phone": (390, 844), "desktop": (1280, 800)}
THEMES = ("light", "dark")
# By the name of the picture: who looks ("" for nobody), and at which address.
PICTURES = {
    "front": ("", "/"),
    "help": ("", "/help/"),
    "home": ("vera", "/"),
    "walk-add": ("vera", "/walks/add/"),
    "walk-live": ("vera", "/walk/live/"),
    "check-in": ("vera", "/check-ins/add/"),
    "pattern": ("vera", "/pattern/"),
    "sharing": ("vera", "/sharing/"),
    "settings": ("vera", "/settings/"),
    "work-list": ("ingrid", "/clinic/"),
    "patient": ("ingrid", "/clinic/?q=Vera"),
}


@contextmanager
def site() -> Iterator[str]:
    """The site with its demo people, in a folder that goes away."""
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "PORT": PORT, "WAYMARK_DATA": folder}
        with subprocess.Popen(
            [sys.executable, "run_local.py"],
            cwd=ROOT,
            env=environment,
            stdout=subprocess.PIPE,
            text=True,
        ) as running:
            try:
                assert running.stdout is not None
                found = (re.search(r"http://\S+", line) for line in running.stdout)
                address = next(match[0] for match in found if match)
                answers(address)
                yield address
            finally:
                running.terminate()


def answers(address: str) -> None:
    """Wait until the site answers; raises OSError where it does not within a minute."""
    last = time.monotonic() + 60
    while True:
        try:
            urllib.request.urlopen(address, timeout=10).close()
            return
        except OSError:
            if time.monotonic() > last:
                raise
            time.sleep(0.2)


def opened(browser: Browser, address: str, person: str, screen: str, theme: str) -> Page:
    """A window in which somebody is signed in."""
    width, height = SCREENS[screen]
    context = browser.new_context(
        base_url=address,
        viewport={"width": width, "height": height},
        color_scheme=theme,
        reduced_motion="reduce",
        locale="en-GB",
        timezone_id="Europe/London",
    )
    page = context.new_page()
    if person:
        page.goto("/")
        page.locator(f"form[action='/demo/{person}/'] button").click()
    return page


def draw(browser: Browser, address: str, screen: str, theme: str) -> None:
    """Every picture in one look."""
    pages: dict[str, Page] = {}
    for name, (person, path) in PICTURES.items():
        if person not in pages:
            pages[person] = opened(browser, address, person, screen, theme)
        page = pages[person]
        page.goto(path)
        if name == "patient":
            page.get_by_role("link", name="Vera", exact=True).click()
        page.wait_for_load_state("networkidle")
        page.screenshot(path=FOLDER / f"{name}-{screen}-{theme}.png")
    if (screen, theme) == ("desktop", "light"):
        pages["vera"].goto("/pattern/")
        pages["vera"].wait_for_load_state("networkidle")
        pages["vera"].pdf(path=FOLDER / "pattern-printed.pdf", format="A4")


def main() -> None:
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(parents=True)
    with site() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM") or shutil.which("chromium"),
            args=["--no-sandbox"],
        )
        for screen in SCREENS:
            for theme in THEMES:
                draw(browser, address, screen, theme)
        browser.close()


if __name__ == "__main__":
    main()
