"""Is every item of a batch decided on its own, in order, and is nobody's change written over?"""

from __future__ import annotations

import json
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from diary import rules
from diary.exchange.sync import MOST_ITEMS
from diary.models import Diary
from tests.app.api.doors import (
    ID,
    KINDS,
    NAMED,
    a_walk,
    gone,
    is_problem,
    item,
    match,
    name_of,
    stored,
    strict,
    synced,
)  # fmt: skip

pytestmark = pytest.mark.django_db
every_kind = pytest.mark.parametrize("kind", KINDS.values(), ids=[*KINDS])
every_named_kind = pytest.mark.parametrize("kind", NAMED, ids=[kind.shape for kind in NAMED])
MEGABYTE = 1024 * 1024


def fed(shape: str, row: rules.Row, revision: int, op: str = "put") -> rules.Row:
    """A row as a conflict tells what is stored."""
    return {"kind": shape, "op": op, "revision": revision, "value": row}


@every_named_kind
def test_each_outcome_has_its_answer_in_its_place(phone, diary, kind):
    shape, row, other = kind.shape, kind.row, kind.other
    told = synced(
        phone,
        item(shape, row),
        item(shape, row),
        item(shape, other, 1),
        item(shape, row, 1),
        item(shape, {**row, "notes": 7}),
        gone(shape, row, 1),
        gone(shape, row, 2),
        gone(shape, row, 2),
        item(shape, row),
        item(shape, row, 3),
        "not an item",
    )
    assert [each["status"] for each in told] == [
        "created", "unchanged", "updated", "conflict", "invalid", "conflict", "deleted",
        "unchanged", "conflict", "created", "invalid",
    ]  # fmt: skip
    assert [each.get("revision") for each in told[6:8]] == [3, 3]
    assert told[9]["revision"] == 4
    assert stored(diary) == {(shape, row[rules.KEYS[shape]]): row}


@every_kind
def test_a_batch_answers_with_the_revision_of_each_row_and_of_the_diary(phone, diary, kind):
    answer = phone.post("sync/", {"items": [item(kind.shape, kind.row)]})
    assert answer.json() == {"revision": 1, "results": [{"status": "created", "revision": 1}]}
    answer = phone.post("sync/", {"items": [item(kind.shape, kind.other, 1)]})
    assert answer.json() == {"revision": 2, "results": [{"status": "updated", "revision": 2}]}
    for base in (None, 0, 1, 2, 99):
        answer = phone.post("sync/", {"items": [item(kind.shape, kind.other, base)]})
        assert answer.json() == {"revision": 2, "results": [{"status": "unchanged", "revision": 2}]}
    assert phone.get(kind.address)["ETag"] == '"2"'
    assert phone.post("sync/", {"items": []}).json() == {"revision": 2, "results": []}


@every_kind
def test_a_conflict_tells_both_versions_and_changes_nothing(phone, diary, kind):
    synced(phone, item(kind.shape, kind.row))
    for base in (None, 0, 99):
        (told,) = synced(phone, item(kind.shape, kind.other, base))
        current = fed(kind.shape, kind.row, 1)
        assert told == {"status": "conflict", "stored": current, "sent": kind.other}
    assert [*stored(diary).values()] == [kind.row]
    assert Diary.objects.get(pk=diary.pk).revision == 1


@every_named_kind
def test_a_deleted_row_is_in_conflict_until_it_is_seen(phone, diary, kind):
    synced(phone, item(kind.shape, kind.row), gone(kind.shape, kind.row, 1))
    tombstone = fed(kind.shape, name_of(kind.shape, kind.row), 2, "delete")
    for base in (None, 1):
        for row in (kind.row, kind.other):
            (told,) = synced(phone, item(kind.shape, row, base))
            assert told == {"status": "conflict", "stored": tombstone, "sent": row}
    assert stored(diary) == {}
    (told,) = synced(phone, item(kind.shape, kind.other, 2))
    assert told == {"status": "created", "revision": 3}
    assert [*stored(diary).values()] == [kind.other]


@every_named_kind
def test_a_delete_of_what_was_changed_is_a_conflict(phone, diary, kind):
    synced(phone, item(kind.shape, kind.row), item(kind.shape, kind.other, 1))
    (told,) = synced(phone, gone(kind.shape, kind.row, 1))
    assert told["status"] == "conflict"
    assert told["stored"] == fed(kind.shape, kind.other, 2)
    assert told["sent"] == name_of(kind.shape, kind.row)
    assert len(stored(diary)) == 1


@every_named_kind
def test_a_delete_of_nothing_is_done_already(phone, diary, kind):
    for base in (None, 0, 1, 99):
        assert synced(phone, gone(kind.shape, kind.row, base)) == [
            {"status": "unchanged", "revision": 0}
        ]
    assert Diary.objects.get(pk=diary.pk).revision == 0


@every_named_kind
def test_what_was_seen_once_but_is_no_longer_there_is_a_conflict_with_nothing(phone, diary, kind):
    (told,) = synced(phone, item(kind.shape, kind.row, 7))
    assert told == {"status": "conflict", "stored": None, "sent": kind.row}
    assert stored(diary) == {}


def test_an_item_that_is_refused_stops_no_other(phone, diary):
    good = [a_walk() for _ in range(4)]
    bad = {**good[0], "distance_m": -1, "time_zone": "Mars/Olympus", "speed": 4}
    told = synced(
        phone,
        item("walk", good[0]),
        item("walk", bad),
        item("walk", good[1]),
        {"kind": "journey", "op": "upsert", "base_revision": -1, "value": good[2], "more": 1},
        item("walk", good[2]),
        {},
        [],
        None,
        item("walk", None),
        {"kind": "walk", "op": "delete", "value": []},
        {"kind": "walk", "op": "delete", "value": {"id": "1"}},
        {"kind": "profile", "op": "delete", "value": {}},
        item("walk", good[3]),
    )
    assert [n for n, each in enumerate(told) if each["status"] == "created"] == [0, 2, 4, 12]
    assert {name for _, name in stored(diary)} == {walk["id"] for walk in good}
    attrs = [[error["attr"] for error in each.get("errors", ())] for each in told]
    assert sorted(attrs[1]) == ["value.distance_m", "value.speed", "value.time_zone"]
    assert sorted(attrs[3]) == ["base_revision", "kind", "more", "op"]
    assert attrs[5] == ["kind", "op"]
    assert attrs[6] == attrs[7] == [None]
    assert attrs[8:12] == [["value"], ["value"], ["value.id"], ["op"]]
    for each in told:
        for error in each.get("errors", ()):
            assert error["detail"].endswith(".")


def test_one_row_several_times_in_a_batch_is_decided_in_order(phone, diary):
    walk = a_walk()
    versions = [
        {**walk, "notes": str(number), "pain": [{"intensity": number}]} for number in range(5)
    ]
    told = synced(
        phone,
        item("walk", versions[0]),
        *(item("walk", version, base) for base, version in enumerate(versions[1:], 1)),
        item("walk", versions[0], 1),
    )
    assert [each["status"] for each in told] == ["created", *["updated"] * 4, "conflict"]
    assert told[-1]["stored"] == fed("walk", versions[4], 5)
    assert [*stored(diary).values()] == [versions[4]]


def test_a_row_created_and_deleted_in_one_batch_leaves_only_its_tombstone(phone, diary):
    walk = a_walk()
    told = synced(phone, item("walk", walk), gone("walk", walk, 1))
    assert [each["status"] for each in told] == ["created", "deleted"]
    assert stored(diary) == {}
    feed = phone.get("sync/").json()
    assert feed["items"] == [fed("walk", {"id": walk["id"]}, 2, "delete")]


def test_a_result_tells_of_its_own_item_whatever_comes_after_it(phone):
    walk = a_walk()
    other, third = {**walk, "notes": "second"}, {**walk, "notes": "third"}
    told = synced(
        phone,
        item("walk", walk), item("walk", other), item("walk", third, 1), gone("walk", walk, 2),
    )  # fmt: skip
    assert [(each["status"], each.get("revision")) for each in told] == [
        ("created", 1), ("conflict", None), ("updated", 2), ("deleted", 3)
    ]  # fmt: skip
    assert told[1]["stored"] == fed("walk", walk, 1)


def test_a_row_may_be_sent_as_it_was_read_with_its_revision(phone):
    walk = a_walk()
    read = phone.put(f"walks/{walk['id']}/", walk).json()
    (told,) = synced(phone, item("walk", {**read, "notes": "dry"}, read["revision"]))
    assert told == {"status": "updated", "revision": 2}


@pytest.mark.parametrize("shape", ["walk", "change", "measurement", "route"])
def test_an_id_in_a_batch_is_the_same_in_any_case(phone, diary, shape):
    row = KINDS[shape].row
    told = synced(phone, item(shape, {**row, "id": ID.upper()}), item(shape, row))
    assert [each["status"] for each in told] == ["created", "unchanged"]
    (told,) = synced(phone, gone(shape, {"id": ID.upper()}, 1))
    assert told["status"] == "deleted"


@every_kind
def test_two_people_with_one_name_for_a_row_sync_their_own(phone, stranger, diary, kind):
    synced(phone, item(kind.shape, kind.row))
    assert synced(stranger, item(kind.shape, kind.other)) == [{"status": "created", "revision": 1}]
    if kind.shape != "profile":
        assert synced(stranger, gone(kind.shape, kind.row, 1))[0]["status"] == "deleted"
    assert [*stored(diary).values()] == [kind.row]
    assert [each["value"] for each in phone.get("sync/").json()["items"]] == [kind.row]


def test_a_batch_and_the_rows_by_themselves_are_one_diary(phone):
    walk = a_walk()
    synced(phone, item("walk", walk))
    assert phone.put(f"walks/{walk['id']}/", walk).status_code == 200
    changed = phone.patch(f"walks/{walk['id']}/", {"notes": "dry"}, **match(1)).json()
    (told,) = synced(phone, item("walk", {**walk, "notes": "wet"}, 1))
    assert told["stored"]["value"]["notes"] == "dry"
    assert told["stored"]["revision"] == changed["revision"] == 2


def test_a_thousand_items_are_taken_and_one_more_is_not(phone, diary):
    items = [item("walk", a_walk()) for _ in range(MOST_ITEMS)]
    answer = phone.post("sync/", {"items": [*items, item("walk", a_walk())]})
    assert is_problem(answer, 422, "refused")
    assert answer.json()["errors"] == [
        {"attr": "items", "code": "too_many", "detail": "There can be at most 1000 of these."}
    ]
    assert stored(diary) == {}
    assert {each["status"] for each in synced(phone, *items)} == {"created"}
    assert len(stored(diary)) == MOST_ITEMS


def test_two_megabytes_are_taken_and_one_byte_more_is_not(phone, diary):
    sent = json.dumps({"items": [item("walk", a_walk())]}).encode()
    assert phone.post("sync/", sent.ljust(2 * MEGABYTE)).status_code == 200
    for size in (2 * MEGABYTE + 1, 9 * MEGABYTE):
        more = json.dumps({"items": [item("walk", a_walk())]}).encode().ljust(size)
        assert is_problem(phone.post("sync/", more), 413, "too_large")
    assert len(stored(diary)) == 1


@pytest.mark.parametrize("length", ["", "0", "-1", "many", "12.5", "40"])
def test_a_body_whose_length_is_not_said_rightly_is_not_read(phone, diary, length):
    sent = json.dumps({"items": [item("walk", a_walk())]}).encode()
    answer = phone.client.generic(
        "POST", "/api/v1/sync/", sent, "application/json",
        headers={"X-Session-Token": phone.token}, CONTENT_LENGTH=length,
    )  # fmt: skip
    assert is_problem(answer, 400, "malformed")
    assert stored(diary) == {}


@pytest.mark.parametrize(
    "body",
    [
        b"", b"{", b'{"items": [}', b"\xff\xfe", b"items=1", b'{"items": []} and more',
        b'{"items": [NaN]}', b'{"items": [Infinity]}', b'{"items": [{"value": -Infinity}]}',
        b"[" * 1_000_000, b'{"a":' * 300_000, b'{"items": ' + b"[" * 5_000 + b"]" * 5_000 + b"}",
        b'{"items": [' + b"9" * 5_000 + b"]}",
    ],
    ids=lambda body: body[:24].decode("latin-1"),
)  # fmt: skip
def test_what_is_no_json_is_refused_as_such(phone, diary, body):
    assert is_problem(phone.post("sync/", body), 400, "malformed")
    assert Diary.objects.get(pk=diary.pk).revision == 0


@pytest.mark.parametrize(
    "body", [b"[]", b"7", b'"x"', b"null", b"{}", b'{"items": {}}', b'{"items": null}']
)
def test_what_is_no_batch_is_refused_in_words(phone, body):
    assert is_problem(phone.post("sync/", body), 422, "refused")
    answer = phone.post("sync/", {"items": [], "since": 4})
    assert answer.json()["errors"][0]["attr"] == "since"


@pytest.mark.parametrize("odd", ["1e400", '"\\ud800"', '{"\\udfff": 1}', "[" * 200 + "]" * 200])
@pytest.mark.parametrize("op", ["put", "delete"])
@pytest.mark.parametrize("where", ["value", "key", "base_revision", "notes"])
def test_an_odd_item_spoils_no_batch(phone, diary, odd, op, where):
    """What was kept is acknowledged, and the answer can be read, whatever an item held."""
    there, new = a_walk(), a_walk()
    synced(phone, item("walk", there))
    value = {"id": there["id"], "notes": "ODD"} if where == "notes" else "ODD"
    sent = item("walk", value if where in ("value", "notes") else there, 99, op)
    if where == "key":
        sent["value"] = {**there, "more": "ODD"}
    if where == "base_revision":
        sent["base_revision"] = "ODD"
    body = json.dumps({"items": [item("walk", new), sent]}).replace('"ODD"', odd)
    answer = phone.post("sync/", body.encode())
    if answer.status_code == 400:
        assert ("walk", new["id"]) not in stored(diary)
        return
    assert answer.status_code == 200
    kept, other = strict(answer)["results"]
    assert kept == {"status": "created", "revision": 2}
    assert other["status"] in ("conflict", "invalid")
    assert ("walk", there["id"]) in stored(diary)


def test_a_walk_of_many_pains_is_kept_whole(phone, diary):
    walk = a_walk(pain=[{"intensity": number % 11} for number in range(rules.MOST_EPISODES)])
    other = {**walk, "id": str(uuid4()), "pain": [*walk["pain"], {}]}
    told = synced(phone, item("walk", walk), item("walk", other))
    assert [each["status"] for each in told] == ["created", "invalid"]
    assert [*stored(diary).values()] == [walk]


def handed_in(browser: Client, owner: str, token: str) -> Any:
    """What a page of the site is answered when it sends a walk that waited for `owner`."""
    return browser.post(
        "/api/v1/sync/",
        {"items": [item("walk", a_walk(id=ID))]},
        "application/json",
        headers={"X-Owner": owner, "X-CSRFToken": token},
    )


@pytest.fixture
def browser(diary) -> Client:
    """The walker's browser, which must show the form's token like any other."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(diary.owner)
    return client


def test_a_page_hands_in_what_waited_in_the_browser(browser, diary):
    session = browser.get("/waiting/session/").json()
    assert session["owner"] == diary.owner.tag
    for status in ("created", "unchanged"):
        answer = handed_in(browser, **session)
        assert [each["status"] for each in answer.json()["results"]] == [status]
    assert diary.walks.count() == 1


def test_a_cookie_without_the_forms_token_is_refused(browser, diary):
    session = browser.get("/waiting/session/").json()
    for token in ("", "x" * 64, session["token"][::-1]):
        assert is_problem(handed_in(browser, session["owner"], token), 403, "forbidden")
    assert not diary.walks.exists()


def test_what_waited_for_one_person_is_not_taken_for_another(browser, diary, new_diary):
    session = browser.get("/waiting/session/").json()
    other = new_diary("other")
    for owner in (other.owner.tag, "", diary.owner.email):
        assert is_problem(handed_in(browser, owner, session["token"]), 401, "not_authenticated")
    assert not diary.walks.exists()
    assert not other.walks.exists()


def test_the_cookie_reads_nothing_from_the_feed(browser, diary):
    session = browser.get("/waiting/session/").json()
    headers = {"X-Owner": session["owner"], "X-CSRFToken": session["token"]}
    answer = browser.get("/api/v1/sync/", headers=headers)
    assert is_problem(answer, 401, "not_authenticated")


def test_nobody_is_told_a_tag_or_a_token(client):
    assert client.get("/waiting/session/").json() == {"owner": ""}
