"""Is somebody who was invited told at each step what comes next?"""

from __future__ import annotations

import re

import pytest
import time_machine
from django.test import Client

from diary import access
from diary.models import Person
from tests.app.conftest import NOW
from tests.app.sharing import UNTIL, at_the_clinic
from tests.app.test_sharing_pages import text

NURSE = "nurse@clinic.example"
STEPS = ["Sign in", "A second factor", "Your name and role", "The patient agrees"]
ON_THE_WAY = "You are on your way to accept an invitation."


@pytest.fixture
def clock():
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


@pytest.fixture
def link(diary, clock) -> str:
    """The address in the e-mail."""
    terms = {"email": NURSE, "what": "entries", "since": None, "until": UNTIL}
    return f"/clinic/invitation/{access.invite(diary, terms, NOW).secret}/"


@pytest.fixture
def nurse(db) -> Person:
    """Somebody with an account of their own, and nothing else."""
    return Person.objects.create_user(NURSE, "a-long-password")


def steps(page: str) -> list[str]:
    """The names of all steps, then that of the one to be taken now."""
    names = re.findall(r"<strong>(.*?)</strong>", page[page.index('class="way-in"') :])[:4]
    now = re.search(r'aria-current="step">\s*<strong>(.*?)</strong>', page)
    return [*names, now[1]]


def test_a_stranger_reads_what_the_link_is_for_and_how_to_go_on(client, link):
    page = client.get(link)
    assert page.status_code == 200
    assert "You are invited to look at a walking diary" in text(page)
    assert steps(page.content.decode()) == [*STEPS, "Sign in"]
    for way in ("login", "signup"):
        assert f'href="/account/{way}/?next={link}"' in page.content.decode()
    assert "sign in with the address that it was sent to" in text(client.get("/account/login/"))


def test_any_link_reads_the_same_to_a_stranger(client, link):
    known, unknown = (client.get(path) for path in (link, "/clinic/invitation/abc/"))
    same = [
        page.content.decode().replace(page.request["PATH_INFO"], "") for page in (known, unknown)
    ]
    assert same[0] == same[1]


def test_what_a_stranger_sends_is_not_taken(client, link, diary):
    answer = client.post(link, {"name": "Eve", "role": "nurse"})
    assert answer.status_code == 401
    assert diary.shares.get().state == "invited"


def test_the_second_factor_is_named_as_the_next_step_and_every_page_leads_back(nurse, link):
    browser = Client()
    browser.force_login(nurse)
    page = browser.get(link, follow=True)
    assert steps(page.content.decode()) == [*STEPS, "A second factor"]
    assert ON_THE_WAY not in text(page)
    for path in ("/", "/account/email/"):
        on_the_way = browser.get(path)
        assert ON_THE_WAY in text(on_the_way)
        assert f'href="{link}"' in on_the_way.content.decode()
    assert link.split("/")[3] not in str(dict(browser.session))


def test_the_last_steps_are_named_and_the_way_ends_with_the_answer(nurse, link, diary):
    browser = at_the_clinic(nurse)
    browser.cookies["invitation"] = link.split("/")[3]
    page = browser.get(link)
    assert steps(page.content.decode()) == [*STEPS, "Your name and role"]
    refused = browser.post(link, {"name": "", "role": ""})
    assert refused.status_code == 422
    assert text(refused).count(": This is needed.") == 2
    assert "Nothing is accepted yet." in text(refused)
    accepted = text(browser.post(link, {"name": "Ingrid", "role": "nurse"}, follow=True))
    assert "No e-mail tells you when they do: look here again." in accepted
    assert "You accepted one invitation. The patient has not agreed yet" in accepted
    assert ON_THE_WAY not in accepted
    assert browser.cookies["invitation"].value == ""


def test_an_invitation_that_leads_nowhere_says_who_is_signed_in_and_ends_the_way(nurse, clock):
    browser = at_the_clinic(nurse)
    browser.cookies["invitation"] = "abc"
    page = browser.get("/clinic/invitation/abc/")
    assert page.status_code == 404
    assert f"You are signed in as {NURSE}." in text(page)
    assert browser.cookies["invitation"].value == ""


def test_a_way_back_that_is_no_way_is_not_shown(client, db):
    client.cookies["invitation"] = "a/b"
    assert "To accept the invitation" not in text(client.get("/account/login/"))


@pytest.mark.parametrize("path", ["/clinic/", "/clinic/code/", "/clinic/waiting/"])
def test_whoever_is_no_clinician_yet_is_told_how_one_becomes_one(nurse, path):
    browser = Client()
    browser.force_login(nurse)
    page = browser.get(path)
    assert page.status_code == 404
    assert "open the link in the e-mail" in text(page)
    assert NURSE in text(page)
