"""Does anybody at the clinic's pages reach more than a patient shares with them?"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

import pytest
import time_machine
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from diary.clinic import urls
from diary.models import Diary, Person, Share
from tests.app import CANARY, NOW, OF_TRACK
from tests.app.api.probes import belongings, of_share
from tests.app.conftest import diary_named, diary_of_victim
from tests.app.grantees import (
    ACTIVE,
    EARLY_M,
    HELD,
    OTHERS,
    colleague_has_a_patient,
    draw,
    may_read,
    note_of,
    readable,
    shared_by,
    uid_of,
)
from tests.app.sharing import give_second_factor

ABSENT, NO_NOTE = "bbbbbbbb-0000-4000-8000-000000000009", 9_999_999
NEW = "ffffffff-0000-4000-8000-000000000009"
METHODS = ("GET", "HEAD", "POST", "PUT", "DELETE")
# Their own account is a clinician's, or was once; the others' is not.
STRANGERS = ("owner", "walker", *OTHERS)
NO_CLINICIANS = ("owner", "walker")


class Page(NamedTuple):
    """An address: what stands in it, what it takes, and the least that opens it."""

    named: tuple[str, ...]
    takes: str
    scope: str = ""
    data: dict[str, Any] = {}


ONE = ("uid",)
MEASURED = {
    "id": NEW, "date": "2026-05-30", "kind": "ankle_brachial_index_left", "value": "0.8",
}  # fmt: skip
TABLE = {
    "clinic-list": Page((), "GET POST", data={"q": CANARY[:6]}),
    "clinic-second-factor": Page((), "GET"),
    "clinic-waiting": Page((), "GET"),
    "code-use": Page((), "GET POST", data={"code": "ABCDEFGHJK", "name": "Dr", "role": "nurse"}),
    "invitation-accept": Page(("token",), "GET POST", data={"name": "Dr", "role": "nurse"}),
    "patient-review": Page(ONE, "POST", "summary", {"note": "mine"}),
    "patient-review-undo": Page(ONE, "POST", "summary"),
    "share-leave": Page(ONE, "POST", "held"),
    "patient-show": Page(ONE, "GET", "summary"),
    "patient-rows": Page(ONE, "GET", "entries"),
    "patient-compare": Page(ONE, "GET", "summary"),
    "patient-note-add": Page(ONE, "POST", "summary", {"text": "mine", "shown": "on"}),
    "patient-note-show": Page(("uid", "pk"), "POST", "summary", {"shown": "yes"}),
    "patient-measurement-add": Page(ONE, "GET POST", "entries", MEASURED),
    "patient-text": Page(ONE, "GET", "summary"),
    "patient-pdf": Page(ONE, "GET", "summary"),
    "patient-csv": Page(ONE, "GET", "entries"),
    "patient-fhir": Page(ONE, "GET", "summary"),
}
# Where an open share is read, in which each may find what they may read.
TELLING = {"clinic-list", "patient-show", "patient-rows", "patient-compare", "patient-text",
           "patient-pdf", "patient-csv", "patient-fhir", "patient-measurement-add"}  # fmt: skip


@pytest.fixture(autouse=True)
def still():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture(scope="module")
def made(module_db) -> dict[str, int]:
    """Everybody with whom the victim shares, the victim, and another walker."""
    with time_machine.travel(NOW, tick=False):
        victim, walker = diary_of_victim(), diary_named("walker")
        people = shared_by(victim, worked_out=True)
        colleague_has_a_patient(walker, people)
        draw(victim)
    people |= {"owner": victim.owner, "walker": walker.owner}
    return {role: person.pk for role, person in people.items()}


@pytest.fixture
def people(made, db) -> dict[str, Person]:
    return {role: Person.objects.get(pk=pk) for role, pk in made.items()}


@pytest.fixture
def victim(people) -> Diary:
    return people["owner"].diary


def browser_of(person: Person) -> Client:
    """Their browser, in which a second factor was given just now, whoever they are."""
    browser = Client()
    browser.force_login(person)
    give_second_factor(browser)
    browser.get("/")  # the first use of a device is noted
    return browser


def address(name: str, **fills: Any) -> str:
    return reverse(name, args=[fills[each] for each in TABLE[name].named])


class Seen(NamedTuple):
    """What came back: the status, and what a reader can find in it."""

    status: int
    text: str

    def without(self, *named: Any) -> Seen:
        """The same without what the address named."""
        text = self.text
        for each in named:
            text = text.replace(str(each), "*")
        return Seen(self.status, text)


@contextmanager
def undone() -> Iterator[list[str]]:
    """What happens within it never was; gives what was written."""
    written: list[str] = []

    def watch(execute: Any, sql: str, *rest: Any) -> Any:
        if sql.startswith(("INSERT", "UPDATE", "DELETE")):
            written.append(sql)
        return execute(sql, *rest)

    with transaction.atomic(), connection.execute_wrapper(watch):
        yield written
        transaction.set_rollback(True)


def seen(browser: Client, method: str, where: str, data: Any = None) -> Seen:
    """What a browser gets; a form token is new in every answer."""
    browser.cookies.pop("messages", None)  # of what was undone
    response = browser.generic(method, where) if method != "POST" else browser.post(where, data)
    text = readable(response.content, response.headers.get("Content-Type", ""))
    text = re.sub(r'(csrfmiddlewaretoken" value=")\w+', r"\1", text)
    headers = sorted(
        pair for pair in response.headers.items() if pair[0] not in ("Content-Length", "Date")
    )
    return Seen(response.status_code, f"{text}\n{headers}")


def leaks(told: Seen, role: str) -> str:
    """What of the victim somebody sees who may not; '' for nothing."""
    text = html.unescape(told.text)
    if role == "owner":  # who reads on some pages with which address they are signed in
        text = text.replace(f"{CANARY}-name@example.org", "")
    hidden = [f"{CANARY}-name@example.org", str(EARLY_M), *OF_TRACK]
    hidden += [f"thoughts of {other}" for other in ACTIVE if other != role]
    if found := [each for each in hidden if each in text]:
        return found[0]
    for each in may_read(role):
        text = text.replace(each, "")
    at = text.find(CANARY)
    return text[at : at + 60] if at >= 0 else ""


def unchanged(before: dict[str, Any], victim: Diary, role: str) -> bool:
    """Whether the victim's rows are as before, but for those of the role's own share."""
    now = belongings(victim)
    if role not in HELD:
        return now == before
    mine = of_share(Share.objects.get(uid=uid_of(role)), role)
    return all(
        [row for row in now[table] if not mine(table, row)]
        == [row for row in rows if not mine(table, row)]
        for table, rows in before.items()
    )


def opens(page: Page, role: str) -> bool:
    """Whether a role's own share opens a page."""
    if page.scope == "held":
        return role in (*ACTIVE, "unconfirmed")
    return role in (ACTIVE if page.scope == "summary" else ("entries", "notes"))


def test_every_address_has_a_row_in_the_table():
    assert {pattern.name for pattern in urls.urlpatterns} == set(TABLE)


def test_nobody_is_asked_to_sign_in_and_nothing_is_kept(people, victim, client):
    before = belongings(victim)
    for name, page in TABLE.items():
        where = address(name, uid=uid_of("notes"), pk=note_of("notes"), token="none")
        for method in METHODS:
            told = seen(client, method, where, page.data)
            asked = 200 if name == "invitation-accept" else 302  # says first what it is for
            assert told.status == (asked if method in ("GET", "HEAD") else 401), name
            assert CANARY not in told.text
    assert belongings(victim) == before


@pytest.mark.parametrize("role", [*STRANGERS, *HELD])
def test_what_is_not_shared_looks_like_what_is_not_there(people, victim, role):
    browser, before = browser_of(people[role]), belongings(victim)
    # Strangers name the share of somebody who may read everything; others their own.
    uid, pk = (uid_of(role), note_of(role)) if role in HELD else (uid_of("notes"), note_of("notes"))
    for name, page in TABLE.items():
        there = address(name, uid=uid, pk=pk, token="none")
        missing = address(name, uid=ABSENT, pk=NO_NOTE, token="other")
        for method in METHODS:
            with undone() as written:
                told = seen(browser, method, there, page.data)
                assert told.status < 500, (name, method)
                assert not leaks(told, role), (name, method)
                assert not written or unchanged(before, victim, role), (name, method)
            if page.scope and not (opens(page, role) and method in (*page.takes.split(), "HEAD")):
                with undone():
                    nothing = seen(browser, method, missing, page.data)
                assert told.without(uid, pk) == nothing.without(ABSENT, NO_NOTE), (name, method)
                assert told.status == 404 or method not in page.takes, (name, method)
            if role in NO_CLINICIANS and name not in ("clinic-second-factor", "invitation-accept"):
                assert told.status == 404, (name, method)


@pytest.mark.parametrize("role", ACTIVE)
def test_who_may_read_reads_at_every_page_what_is_shared_and_no_more(people, role):
    browser, telling, texts = browser_of(people[role]), set(), ""
    for name in TELLING:
        told = seen(browser, "GET", address(name, uid=uid_of(role)))
        assert told.status == (200 if not TABLE[name].scope or opens(TABLE[name], role) else 404)
        if CANARY in told.text:
            telling.add(name)
        texts += told.text
    assert telling == {
        name for name in TELLING if not TABLE[name].scope or opens(TABLE[name], role)
    }
    # All that may be read is read somewhere: the test would see it if it were too much.
    assert [each for each in may_read(role) if each not in texts] == []


@pytest.mark.parametrize("role", ["summary", "entries", "notes"])
def test_a_colleague_of_a_reader_needs_a_share_of_their_own(people, victim, role):
    others = [other for other in (*ACTIVE, "colleague", "operator") if other != role]
    before = belongings(victim)
    for other in others:
        browser = browser_of(people[other])
        for name, page in TABLE.items():
            if page.scope:
                where = address(name, uid=uid_of(role), pk=note_of(role))
                method = page.takes.split()[-1]
                assert seen(browser, method, where, page.data).status == 404, (name, other)
    assert belongings(victim) == before


def test_pages_of_the_clinic_stay_out_of_caches(people):
    browser = browser_of(people["notes"])
    for name, page in TABLE.items():
        if "GET" in page.takes:
            where = address(name, uid=uid_of("notes"), pk=note_of("notes"), token="none")
            assert "no-store" in browser.get(where).headers["Cache-Control"], name
