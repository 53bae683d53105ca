"""How much work is a press for the page, whatever else the machine does?"""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page

LIMIT_MS = 100
SLOWER = 4  # how much slower than this machine the phone is
PRESSED = """(kind) => {
  document.querySelector(`#going [data-press=${kind}]`).click();
  document.body.getBoundingClientRect();
}"""


def counter(page: Page) -> Callable[[str], float]:
    """A function that presses a button, and says for how many milliseconds the page worked on it.

    The processor's time of the page's own thread, from the press until everything is in its place:
    no other process is in it.
    """
    session = page.context.new_cdp_session(page)
    session.send("Performance.setTimeDomain", {"timeDomain": "threadTicks"})
    session.send("Performance.enable")

    def worked_ms() -> float:
        found = session.send("Performance.getMetrics")["metrics"]
        return next(each["value"] for each in found if each["name"] == "TaskDuration") * 1000

    def press(kind: str) -> float:
        before = worked_ms()
        page.evaluate(PRESSED, kind)
        return worked_ms() - before

    return press
