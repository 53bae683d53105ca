"""Is what was entered without a signal kept on the device, and sent once, by whoever wrote it?"""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Page

from diary.models import Diary, Person

pytestmark = pytest.mark.django_db(transaction=True)

WALK = "0b4a0a34-0000-4000-8000-0000000000a1"
KEEP = """async (item) => {
    const { keep } = await import("/static/diary/offline/outbox.js");
    return keep(item);
}"""
SEND = """async () => {
    const { send } = await import("/static/diary/offline/outbox.js");
    return send();
}"""
WAITING = """async () => {
    const { waiting } = await import("/static/diary/offline/outbox.js");
    return waiting();
}"""


@pytest.fixture
def walker() -> Person:
    return somebody("walker")


def somebody(name: str) -> Person:
    person = Person.objects.create_user(f"{name}@example.org", "a-long-password")
    Diary.objects.get_or_create(owner=person)
    return person


def signed_in(page: Page, person: Person, path: str = "/settings/") -> Page:
    """The page, with the cookie of somebody's session."""
    client = Client()
    client.force_login(person)
    cookie = client.cookies["sessionid"].value
    page.goto("/help/")
    site = page.url.removesuffix("help/")
    page.context.add_cookies([{"name": "sessionid", "value": cookie, "url": site}])
    page.goto(path)
    return page


def walk(**said: Any) -> dict[str, Any]:
    return {
        "kind": "walk",
        "value": {"id": WALK, "started_at": "2026-05-30T09:00:00Z", "distance_m": 600, **said},
    }


def test_what_is_kept_waits_until_it_is_sent_and_is_sent_once(opened, walker):
    page = signed_in(opened(), walker)
    page.context.set_offline(True)
    assert page.evaluate(KEEP, walk()) == f"walk:{WALK}"
    assert page.evaluate(SEND) == {"owner": None, "reached": False}
    assert [item["key"] for item in page.evaluate(WAITING)] == [f"walk:{WALK}"]
    page.context.set_offline(False)
    assert page.evaluate(SEND) == {"owner": walker.tag, "reached": True}
    assert page.evaluate(WAITING) == []
    assert walker.diary.walks.get().distance_m == 600
