"""What does a page let somebody do who has no mouse?"""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page

# Whatever can be acted upon and is in sight; of a set of radios the one that Tab stops at.
CONTROLS = """() => {
  const all = [...document.querySelectorAll(
    'a[href], button, input, select, textarea, summary, [tabindex]')];
  const stops = all.filter((one) => one.tabIndex >= 0 && !one.disabled && one.checkVisibility());
  const radios = new Set();
  const named = (one) => `${one.tagName.toLowerCase()} ${one.type === 'radio' ? one.name
    : (one.name || one.getAttribute('aria-label') || one.textContent.trim()).slice(0, 40)}`;
  return stops.filter((one) => one.type !== 'radio'
      || (!radios.has(one.name) && radios.add(one.name)))
    .map((one, number) => {
      const group = one.type === 'radio' ? stops.filter((each) => each.name === one.name) : [one];
      const name = `${number} ${named(one)}`;
      for (const each of group) each.dataset.stop = name;
      return name;
    });
}"""
# Where the focus is: on which control, whether that is marked, and whether it is in sight.
STOP = """async () => {
  const one = document.activeElement;
  if (!one || one === document.body) return null;
  const shown = [one, ...(one.labels ?? [])];
  const marked = (each) => {
    const style = getComputedStyle(each);
    return style.boxShadow !== 'none'
      || (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2);
  };
  const seen = (each) => [...each.getClientRects()].some((box) => {
    const top = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
    return top && [each, each.ownerSVGElement].some(
      (there) => there && (there.contains(top) || top.contains(there)));
  });
  for (let frame = 0; frame < 60 && !shown.some(seen); frame++) {
    await new Promise(requestAnimationFrame);  // it is brought into sight
  }
  return [one.dataset.stop ?? one.outerHTML.slice(0, 80), shown.some(marked), shown.some(seen)];
}"""
FROM_THE_TOP = """() => {
  scrollTo(0, 0);
  document.body.tabIndex = -1;
  document.body.focus();
  document.body.removeAttribute('tabindex');
}"""
MOST = 600


def out_of_reach(page: Page) -> list[str]:
    """What Tab does not come to on a page, and where nobody sees that it did."""
    controls, reached, found = page.evaluate(CONTROLS), [""], []
    page.evaluate(FROM_THE_TOP)
    for _ in range(MOST):
        page.keyboard.press("Tab")
        stop = page.evaluate(STOP)
        if stop is None or stop[0] in reached[:-1]:
            break
        if stop[0] == reached[-1]:  # a date has a stop for the day, the month and the year
            continue
        reached.append(stop[0])
        found += [f"{stop[0]} is not marked"] * (not stop[1])
        found += [f"{stop[0]} is out of sight"] * (not stop[2])
    return [*(f"Tab does not come to {name}" for name in controls if name not in reached), *found]


def tab_to(page: Page, name: str | re.Pattern[str]) -> None:
    """Press Tab until what has the focus begins with a name, says a pattern, or is called so."""
    said = name if isinstance(name, re.Pattern) else re.compile(rf"^{re.escape(name)}")
    for _ in range(120):
        page.keyboard.press("Tab")
        called, *texts = page.evaluate(
            """() => {
              const one = document.activeElement;
              const texts = [one, ...(one.labels ?? [])].map((each) => each.textContent.trim());
              return [one.name ?? "", ...texts];
            }"""
        )
        if called == name or any(said.search(text) for text in texts):
            return
    pytest.fail(f"no Tab leads to {name}")


def press(page: Page, name: str | re.Pattern[str]) -> None:
    """Go to a control by Tab, and press it."""
    tab_to(page, name)
    page.keyboard.press("Enter")


def follow(page: Page, name: str | re.Pattern[str]) -> None:
    """Go to a control by Tab, press it, and wait for the page to which it leads."""
    tab_to(page, name)
    enter(page)


def enter(page: Page) -> None:
    """Press Enter, and wait for the page to which it leads."""
    with page.expect_navigation():
        page.keyboard.press("Enter")


def answer(page: Page, name: str, text: str) -> None:
    """Go to a field by Tab, and type over what it holds."""
    tab_to(page, name)
    page.keyboard.press("Control+a")
    page.keyboard.type(text)
