"""Is a press on a walk answered at once, on a slow phone and late on a long walk?

Run it with `.venv/bin/python -m benchmarks.live`; CHROMIUM is the browser if Playwright has none.
The walk has two hours of positions behind it. It prints, for each button, as ratios to the 100 ms
that the project set itself (below 1 holds): the processor's time of the page from the press until
everything has its new place, times four, which is what a phone four times slower needs; and the
time until the next picture while the page is slowed down four times (Event Timing), in which
everything else that this machine does is contained. `measure` is one measuring of the whole way,
which no press waits for.
"""

from __future__ import annotations

import os
import statistics
import tempfile
from pathlib import Path
from random import Random
from typing import Any

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
os.environ["WAYMARK_DATA"] = tempfile.mkdtemp(prefix="waymark-benchmark-")
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

import django

django.setup()

from django.contrib.staticfiles import finders
from django.core.management import call_command
from django.test import Client
from playwright.sync_api import Page, Route, sync_playwright

from diary.models import Diary, Person
from tests.browser.phones import Phone, Walk
from tests.browser.speed import LIMIT_MS, SLOWER, counter

ROUNDS = 5
PAUSE_MS = 600
WALKED_S = 7200
SITE = "http://localhost"
PRESSES = ("hurt", "rest", "still", "gone", "on")
KEPT = """async ([walk, fixes]) => {
  const { put } = await import("/static/diary/offline/store.js");
  walk.reading.wall_ms = Date.now();
  await put("live", "walk", walk);
  await put("live", `fixes:${walk.id}:000001`, fixes);
}"""
WATCH = """() => {
  window.waits = [];
  new PerformanceObserver((list) => {
    for (const each of list.getEntries()) if (each.interactionId) window.waits.push(each.duration);
  }).observe({ type: "event", durationThreshold: 16 });
}"""
MEASURE = """async (fixes) => {
  const { measured } = await import("/static/diary/live/distance.js");
  const began = performance.now();
  measured(fixes);
  return performance.now() - began;
}"""


def page_of_a_walker() -> str:
    """The page of the walk as a signed-in walker gets it."""
    person = Person.objects.create_user("walker@example.org")
    Diary.objects.create(owner=person)
    client = Client(headers={"host": "localhost"})
    client.force_login(person)
    return client.get("/walk/live/").content.decode()


def served(html: str) -> Any:
    """Answer the browser from the page and the static files: what is measured is no server."""

    def answer(route: Route) -> None:
        address = route.request.url.removeprefix(SITE).split("?")[0]
        if address == "/walk/live/":
            route.fulfill(body=html, content_type="text/html")
        elif path := finders.find(address.removeprefix("/static/")):
            route.fulfill(path=Path(path))
        else:
            route.fulfill(status=404)

    return answer


def walk_so_far() -> tuple[dict[str, Any], list[list[float]]]:
    walk = {
        "id": "aaaaaaaa-0000-4000-8000-000000000001", "started_at": "2026-11-20T10:00:00Z",
        "time_zone": "Europe/London", "presses": [], "said": {},
        "reading": {"elapsed_ms": WALKED_S * 1000, "wall_ms": 0, "even_ms": None},
    }  # fmt: skip
    return walk, Phone().heard(Walk([(WALKED_S, 1.2)]), Random(1))


def waits(page: Page, kind: str) -> float:
    """Milliseconds from a press to the picture that shows it; 16 where it was quicker.

    It pauses for longer than a bouncing finger, and than any answer.
    """
    page.evaluate("() => { window.waits.length = 0; }")
    page.locator(f"#going [data-press={kind}]").click()
    page.wait_for_timeout(PAUSE_MS)
    return max(page.evaluate("() => window.waits"), default=16)


def main() -> None:
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    html = page_of_a_walker()
    walk, fixes = walk_so_far()
    with sync_playwright() as playwright:
        where = os.environ.get("CHROMIUM")
        browser = playwright.chromium.launch(executable_path=where, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 390, "height": 844})
        page.route(f"{SITE}/**", served(html))
        page.goto(f"{SITE}/walk/live/")
        page.evaluate(KEPT, [walk, fixes])
        page.reload()
        page.locator("#going").wait_for()
        page.evaluate(WATCH)
        press = counter(page)
        worked: dict[str, list[float]] = {kind: [] for kind in PRESSES}
        for kind in PRESSES * ROUNDS:
            worked[kind].append(press(kind) * SLOWER)
            page.wait_for_timeout(PAUSE_MS)
        slowed = page.context.new_cdp_session(page)
        slowed.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
        found: dict[str, list[float]] = {kind: [] for kind in PRESSES}
        for kind in PRESSES * ROUNDS:
            found[kind].append(waits(page, kind))
        measuring = statistics.median(page.evaluate(MEASURE, fixes) for _ in range(ROUNDS))
        browser.close()
    for kind, each in found.items():
        work, middle = (statistics.median(times) / LIMIT_MS for times in (worked[kind], each))
        print(  # noqa: T201
            f"{kind:<8} work {work:.2f} of the limit, at most {max(worked[kind]) / LIMIT_MS:.2f}; "
            f"slowed down {middle:.2f}, at most {max(each) / LIMIT_MS:.2f}"
        )
    print(f"measure  {measuring:.0f} ms for {len(fixes)} positions")  # noqa: T201


if __name__ == "__main__":
    main()
