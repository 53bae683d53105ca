"""Can anybody reach through the API what is not theirs?"""

from __future__ import annotations

import base64
import logging
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.urls import reverse

from diary.models import Diary, Person
from diary.rules import LISTS
from tests.app import CANARY, NOW, OF_TRACK, TRACK
from tests.app.api.access import (
    ACTORS,
    AT_THE_CLINIC,
    NOBODYS,
    ROWS,
    TABLE,
    THEIR_PASSWORD,
    THEIRS,
    document,
    items,
    made_world,
)  # fmt: skip
from tests.app.api.probes import (
    CLINIC,
    METHODS,
    OWN,
    Ask,
    World,
    addresses,
    asks,
    belongings,
    elsewhere,
    judged,
    plainly,
    probe,
    probe_held,
    revoked,
    shown,
    stopped_meanwhile,
)  # fmt: skip
from tests.app.grantees import ACTIVE, HELD, uid_of

CLINICS = [address for address, route in TABLE.items() if route.access == CLINIC]
FAMILIES = sorted({address.split("/")[1] or address for address in TABLE} - {"clinic"})
API = {address: route for address, route in TABLE.items() if address.startswith("v1/")}
PRIVATE = {address: route for address, route in TABLE.items() if route.access in (OWN, CLINIC)}
# Where the owner of a diary reads their own texts: what the probes would find if they were let in.
TELLING = {
    "v1/walks/", "v1/walks/{key}/", "v1/check-ins/", "v1/check-ins/{key}/", "v1/changes/",
    "v1/changes/{key}/", "v1/measurements/", "v1/measurements/{key}/", "v1/routes/",
    "v1/routes/{key}/", "v1/sync/", "v1/document/", "v1/settings/", "v1/devices/",
    "v1/auth/session", "v1/account/email", "v1/account/authenticators", "v1/shares/",
    "v1/shares/accesses/", "v1/shares/history/", "v1/shares/{uid}/",
}  # fmt: skip
# Where each who may read something does read something of the victim's.
SUMMARIES = {
    "patients/", "patients/{uid}/", "patients/{uid}/text/", "patients/{uid}/report.pdf",
    "patients/{uid}/bundle.json",
}  # fmt: skip
ENTRIES = {"patients/{uid}/document/", "patients/{uid}/entries.zip"}


@pytest.fixture(autouse=True)
def clock() -> Iterator[Any]:
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


@pytest.fixture
def logged(caplog) -> Iterator[pytest.LogCaptureFixture]:
    """All that is logged at the levels of a deployment."""
    loggers = [logging.getLogger(name) for name in ("django", "django.request", "django.server")]
    for logger in loggers:
        logger.addHandler(caplog.handler)
    yield caplog
    for logger in loggers:
        logger.removeHandler(caplog.handler)


@pytest.fixture
def victim(world) -> Diary:
    return world.victim


@pytest.fixture(scope="module")
def made(module_db) -> World:
    with time_machine.travel(NOW, tick=False):
        return made_world()


@pytest.fixture
def world(made, db) -> World:
    return made.anew()


def browser_of(diary: Diary) -> Client:
    browser = Client()
    browser.force_login(diary.owner)
    return browser


def test_every_address_has_a_row_in_the_table():
    assert sorted(addresses()) == sorted(TABLE)


@pytest.mark.parametrize("family", FAMILIES)
def test_nobody_learns_or_changes_anything_of_another_walker(world, logged, family):
    for address in (each for each in TABLE if (each.split("/")[1] or each) == family):
        assert probe(world, address, TABLE[address], ACTORS) == []
    assert CANARY not in logged.text


@pytest.mark.parametrize("address", CLINICS)
def test_at_the_clinic_nobody_reads_more_than_is_shared_with_them(world, logged, address):
    assert probe(world, address, TABLE[address], AT_THE_CLINIC) == []
    for role in HELD:
        assert probe_held(world, address, TABLE[address], role) == []
    assert CANARY not in logged.text


def test_whoever_may_read_something_at_the_clinic_reads_it(world):
    for role in ACTIVE:
        target = replace(THEIRS, share=uid_of(role))
        telling = set()
        for address in CLINICS:
            answer, _unchanged = world.ask(role, asks(address, TABLE[address], target, world)[0])
            if shown(answer, [CANARY], NOBODYS, ""):
                telling.add(address.removeprefix("v1/clinic/"))
        assert telling == SUMMARIES | (ENTRIES if role != "summary" else set())


def test_a_share_that_is_stopped_while_an_answer_is_made_sends_nothing(world):
    made = {each: stopped_meanwhile(world, each, TABLE[each]) for each in CLINICS}
    long = {each.removeprefix("v1/clinic/") for each, (stopped, _out) in made.items() if stopped}
    assert long == (SUMMARIES - {"patients/"}) | ENTRIES | {
        "patients/{uid}/charts/{name}.{form}", "patients/{uid}/comparison/",
    }  # fmt: skip
    assert [each for each, (stopped, out) in made.items() if stopped and out] == []


def test_the_owner_reads_at_every_address_what_nobody_else_may(world):
    telling = set()
    for address, route in TABLE.items():
        answer, _unchanged = world.ask("owner", asks(address, route, THEIRS, world)[0])
        if shown(answer, [CANARY], NOBODYS, ""):
            telling.add(address)
    assert telling == TELLING


def test_no_picture_of_anothers_tells_of_the_victim(world):
    route = TABLE["v1/charts/{name}.{form}"]
    for picture in ("onset.svg", "onset.png", "relief.svg", "relief.png"):
        for actor in ("walker", "twin", "nobody", "ended"):
            ask = Ask("GET", f"/api/v1/charts/{picture}?size=phone&theme=dark&unit=yd")
            answer, unchanged = world.ask(actor, ask)
            assert [*judged(world, route, actor, ask, answer, unchanged)] == []
            assert answer.status == (200 if actor in ("walker", "twin") else 401)


def test_two_walkers_may_have_a_row_of_the_same_id(world, victim):
    before = belongings(victim)
    mine = Diary.objects.get(owner__email="clinician@example.org")
    for shape, row_of in ROWS.items():
        row = row_of(THEIRS)
        (name, key), *_rest = row.items()
        item = {"kind": shape, "op": "put", "value": row}
        gone = {"kind": shape, "op": "delete", "value": {name: key}}
        asked = [{**gone, "base_revision": base} for base in (None, 1, victim.revision)]
        asked += [{**item, "base_revision": 1}, item]
        told = world.phone("clinician").post("sync/", {"items": asked}).json()["results"]
        assert told[:3] == [{"status": "unchanged", "revision": 0}] * 3
        assert told[3] == {"status": "conflict", "stored": None, "sent": row}
        assert told[4]["status"] == "created"
        assert mine.row_named(shape, key).row() != victim.row_named(shape, key).row()
    assert belongings(victim) == before


def test_a_document_with_the_ids_of_another_makes_rows_of_ones_own(world, victim):
    before = belongings(victim)
    sent = document(THEIRS)
    answer = world.phone("clinician").post("document/?differing=replace", sent)
    assert answer.json()["created"] == 5  # a row of each list of the document
    assert belongings(victim) == before


FORMS: tuple[Callable[[str], str], ...] = (
    str.upper, lambda key: key.replace("-", ""), lambda key: f"{{{key}}}",
    lambda key: f"{key}%00", lambda key: f"%20{key}", lambda key: f"urn:uuid:{key}",
    lambda key: f"{key}T00:00:00Z", lambda key: f"../{key}", lambda key: f"x/../{key}",
    lambda key: f"{key};", lambda key: key + "x" * 5000, lambda key: f"%EF%BC%92{key[1:]}",
)  # fmt: skip


def test_a_name_in_another_form_leads_no_further(world):
    for address in ("v1/walks/{key}/", "v1/check-ins/{key}/"):
        route = TABLE[address]
        key = getattr(THEIRS, route.key)
        for ask in plainly(asks(address, route, THEIRS, world)):
            for written in FORMS:
                there = ask._replace(where=ask.where.replace(key, written(key)))
                found = [*judged(world, route, "walker", there, *world.ask("walker", there))]
                assert found == []


def test_a_token_opens_nothing_but_in_its_own_header(world):
    for address, route in API.items():
        assert elsewhere(world, address, route, world.tokens["owner"]) == []


def test_a_browser_that_is_signed_in_has_no_right_on_the_api(world, victim):
    browser = browser_of(victim)
    assert browser.get("/walks/").status_code == 200
    world.remember()  # with the browser itself
    for address, route in API.items():
        assert elsewhere(world, address, route, browser.session.session_key) == []


def test_what_is_no_token_is_told_to_sign_in(world):
    for token in (
        "", " ", "x", "0" * 32, "A" * 32, "a" * 33, "a" * 10_000, "ａ" * 32, "null", "../../x",
    ):  # fmt: skip
        for address, route in PRIVATE.items():
            ask = asks(address, route, THEIRS, world)[0]
            there = ask._replace(headers={"X-Session-Token": token})
            answer, _unchanged = world.ask("nobody", there)
            assert answer.status == 401
            assert answer.code == "session_ended"


def password_changed(world: World, victim: Diary) -> None:
    sent = {"current_password": THEIR_PASSWORD, "new_password": "a-brand-new-password"}
    answer = world.phone("spare").post("account/password/change", sent)
    assert answer.status_code == 200


ENDINGS = {
    "from another phone": lambda world, victim: world.phone("spare").delete(
        f"devices/{THEIRS.device}/"
    ),
    "on a page": lambda world, victim: browser_of(victim).post(
        reverse("device-sign-out", args=[THEIRS.device])
    ),
    "everywhere, on a page": lambda world, victim: browser_of(victim).post(
        reverse("device-sign-out-others")
    ),
    "by itself": lambda world, victim: world.phone("owner").delete("auth/session"),
    "in the database": lambda world, victim: UserSession.objects.get(pk=THEIRS.device).end(),
    "by another password": password_changed,
    "with the person": lambda world, victim: Person.objects.filter(pk=victim.owner_id).update(
        is_active=False
    ),
    "with the account": lambda world, victim: Person.objects.get(pk=victim.owner_id).delete(),
    "by its age": None,
}


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_token_that_was_ended_opens_nothing_with_the_next_request(world, victim, clock, ending):
    for address, route in PRIVATE.items():  # whatever is kept for the owner is kept by now
        assert world.ask("owner", asks(address, route, THEIRS, world)[0])[0].status < 406
    if ending == "by its age":
        clock.shift(timedelta(days=91))
    else:
        ENDINGS[ending](world, victim)
    assert world.phone("owner").get("walks/").status_code == 401
    world.remember()
    for address, route in API.items():
        assert revoked(world, address, route) == []


def kept_elsewhere() -> str:
    """The tables of sessions and of the cache, as their readers would see them."""
    text = [str(each.get_decoded()) for each in Session.objects.all()]
    with connection.cursor() as cursor:
        cursor.execute("SELECT cache_key, value FROM cache")
        rows = cursor.fetchall()
    text += [key + base64.b64decode(value).decode("latin-1") for key, value in rows]
    return "\n".join(text)


def test_what_is_entered_is_neither_logged_nor_cached_nor_kept_in_a_session(world, logged):
    note = {"notes": f"{CANARY}-walk"}
    wrong = {"notes": [f"{CANARY}-walk"], f"{CANARY}-field": 1}
    line = {"track": TRACK}
    for extra in (note, {**note, **wrong}, wrong):
        for address, route in PRIVATE.items():
            body = route.body(THEIRS) if route.body else {}
            if address == "v1/sync/":
                for item in body["items"]:
                    item["value"] |= extra
            elif address == "v1/document/":
                for rows in LISTS:
                    body[rows][0] |= extra
                body["walks"][0] |= line
            else:
                body |= extra if "device" not in address else {"name": f"{CANARY}-device"}
                body |= line if "walks" in address else {}
            path = asks(address, route, THEIRS, world)[0].where
            caches["throttle"].clear()
            for method in METHODS if route.key != "device" else ("PATCH",):
                for tag in ({}, {"If-Match": "*"}, {"If-Match": '"1"'}):
                    world.phone("owner").send(method, path, body, **tag)
                world.phone("owner").send(method, f"{path}?q={CANARY}", body)
                world.phone("owner").send(method, path, f'{{"notes": "{CANARY}'.encode())
    assert world.phone("owner").get("walks/").status_code == 200
    kept = kept_elsewhere().replace(THEIRS.email, "")
    for hidden in (CANARY, *OF_TRACK):
        assert hidden not in kept
        assert hidden not in logged.text


def test_demo_people_have_no_account_and_no_devices_to_look_at(world):
    demo = Diary.objects.get(owner__email="demo@example.org")
    before = belongings(demo)
    for address, route in TABLE.items():
        if address == "v1/account/":
            continue  # there they are told why they stay
        if address.startswith(("v1/auth", "v1/account", "v1/devices")):
            for ask in asks(address, route, NOBODYS, world):
                if ask.method == "DELETE" and address == "v1/auth/session":
                    continue  # visitors sign out for themselves
                answer = world.phone("demo").send(ask.method, ask.where.split("?")[0], ask.data)
                taken = ask.method in route.takes.split()
                assert answer.status_code in ((404,) if taken else (404, 405))
    assert belongings(demo) == before
    assert world.phone("demo").get("walks/").status_code == 200


def test_an_address_that_is_none_is_answered_alike_whatever_it_names(world):
    for actor in ("walker", "nobody", "ended"):
        answers = set()
        for key in (THEIRS.walk, NOBODYS.walk, str(THEIRS.device), "people/1"):
            answer, _unchanged = world.ask(actor, Ask("GET", f"/api/v1/nowhere/{key}/"))
            answers.add(answer)
        assert len(answers) == 1
        assert answers.pop().code == "not_found"


def test_items_of_a_sync_never_reach_the_rows_of_another(world, victim):
    before = belongings(victim)
    for _ in range(2):
        answer = world.phone("walker").post("sync/", items(THEIRS))
        assert answer.status_code == 200
        assert CANARY not in answer.content.decode()
    assert belongings(victim) == before
