"""Does a row sent over HTTP become what was meant, once, and never what somebody else wrote?"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine

from diary import rules
from diary.models import Diary
from tests.app.api.doors import (
    ANY,
    ID,
    KINDS,
    NAMED,
    a_walk,
    is_problem,
    match,
    name_of,
    stored,
    strict,
)  # fmt: skip
from tests.app.conftest import NOW

pytestmark = pytest.mark.django_db
every_kind = pytest.mark.parametrize("kind", KINDS.values(), ids=[*KINDS])
every_named_kind = pytest.mark.parametrize("kind", NAMED, ids=[kind.shape for kind in NAMED])


def revision_of(diary: Diary) -> int:
    return Diary.objects.get(pk=diary.pk).revision


@pytest.fixture
def meanwhile(monkeypatch):
    """Let something happen just before the next request takes the diary's lock."""

    def let(happen: Callable[[], Any]) -> None:
        def writing(diary: Diary) -> Any:
            monkeypatch.undo()
            happen()
            return diary.writing()

        monkeypatch.setattr(Diary, "writing", writing)

    return let


@every_kind
def test_a_row_is_created_once_and_said_again_the_same(phone, diary, kind):
    first = phone.put(kind.address, kind.row)
    assert first.status_code == 201
    assert first.json() == {**kind.row, "revision": 1}
    assert first["ETag"] == '"1"'
    for _ in range(2):
        again = phone.put(kind.address, kind.row)
        assert (again.status_code, again.json(), again["ETag"]) == (200, first.json(), '"1"')
    read = phone.get(kind.address)
    assert (read.status_code, read.json(), read["ETag"]) == (200, first.json(), '"1"')
    assert [*stored(diary).values()] == [kind.row]
    assert revision_of(diary) == 1


@every_named_kind
def test_a_posted_row_is_created_once_and_never_replaced(phone, diary, kind):
    first = phone.post(kind.where, kind.row)
    assert first.status_code == 201
    assert first.json() == {**kind.row, "revision": 1}
    assert first["Location"] == f"http://testserver/api/v1/{kind.address}"
    again = phone.post(kind.where, kind.row)
    assert (again.status_code, again.json(), again["ETag"]) == (200, first.json(), '"1"')
    assert phone.put(kind.address, kind.row).status_code == 200

    answer = phone.post(kind.where, kind.other)
    assert is_problem(answer, 409, "conflict")
    assert answer.json()["current"] == first.json()
    assert answer.json()["sent"] == kind.other
    assert phone.get(kind.address).json() == first.json()
    assert revision_of(diary) == 1


@every_kind
def test_what_is_stored_is_replaced_only_by_who_has_seen_it(phone, kind):
    current = phone.put(kind.address, kind.row).json()
    for headers, status, code in (
        ({}, 428, "unseen"),
        (match(99), 412, "stale"),
        ({"If-Match": 'W/"1"'}, 412, "stale"),
        ({"If-Match": "1"}, 412, "stale"),
        ({"If-Match": "nonsense"}, 412, "stale"),
        ({"If-Match": '"\u0661"'.encode().decode("latin-1")}, 412, "stale"),
        ({"If-Match": f'"{"9" * 400}"'}, 412, "stale"),
        ({"If-Match": ""}, 412, "stale"),
    ):
        for send in (phone.put, phone.patch):
            answer = send(kind.address, kind.other, **headers)
            assert is_problem(answer, status, code), headers
            assert answer.json()["current"] == current
            assert answer.json()["sent"] == kind.other
    assert phone.get(kind.address).json() == current

    replaced = phone.put(kind.address, kind.other, **match(current))
    assert (replaced.status_code, replaced["ETag"]) == (200, '"2"')
    assert replaced.json() == {**kind.other, "revision": 2}
    stale = phone.put(kind.address, kind.row, **match(current))
    assert is_problem(stale, 412, "stale")
    assert stale.json()["current"] == replaced.json()
    over = phone.put(kind.address, kind.row, **ANY)
    assert over.json() == {**kind.row, "revision": 3}


@every_kind
def test_one_of_several_revisions_may_be_the_stored_one(phone, kind):
    phone.put(kind.address, kind.row)
    answer = phone.put(kind.address, kind.other, **{"If-Match": '"99", "1"'})
    assert (answer.status_code, answer["ETag"]) == (200, '"2"')


@every_kind
def test_the_same_again_is_well_whatever_revision_was_seen(phone, diary, kind):
    """An app whose first answer was lost sends the change again, with the revision of before."""
    phone.put(kind.address, kind.row)
    first = phone.put(kind.address, kind.other, **match(1))
    for headers in (match(1), match(99), match(2), ANY, {}):
        for send, row in ((phone.put, kind.other), (phone.patch, kind.said)):
            again = send(kind.address, row, **headers)
            assert (again.status_code, again.json()) == (200, first.json()), headers
    assert revision_of(diary) == 2


@every_kind
def test_an_answer_can_be_sent_back_with_its_revision_in_it(phone, kind):
    told = phone.put(kind.address, kind.row).json()
    assert phone.put(kind.address, told).json() == told
    assert phone.put(kind.address, {**told, **kind.said}, **match(told)).status_code == 200
    answer = phone.put(kind.address, {**told, "revision": "new"})
    assert is_problem(answer, 422, "refused")
    assert answer.json()["errors"][0]["attr"] == "revision"


@pytest.mark.parametrize(
    ("shape", "changes", "left"),
    [
        ("walk", {"notes": "wet leaves"}, {"notes": "wet leaves"}),
        ("walk", {"pain": []}, {"pain": []}),
        ("walk", {"pain": None}, {"pain": None}),
        ("walk", {"pain": [{"intensity": 3}]}, {"pain": [{"intensity": 3}]}),
        ("walk", {"duration_s": 500, "distance_m": None}, {"duration_s": 500, "distance_m": None}),
        ("check_in", {"signs": None, "notes": None}, {"signs": None, "notes": None}),
        ("change", {"until": "2026-05-03"}, {"until": "2026-05-03"}),
        ("walk", {"track": None}, {"track": None}),
        ("measurement", {"value": 79}, {"value": 79}),
        ("route", {"name": "The long way"}, {"name": "The long way"}),
        ("profile", {"weight_kg": None, "sex": "female"}, {"weight_kg": None, "sex": "female"}),
        ("profile", {"conditions": None}, {"conditions": None}),
        ("profile", {}, {}),
    ],
)
def test_a_patch_changes_what_it_names_and_null_takes_out(phone, shape, changes, left):
    kind = KINDS[shape]
    told = phone.put(kind.address, kind.row).json()
    answer = phone.patch(kind.address, changes, **match(told))
    expected = {name: value for name, value in {**told, **left}.items() if value is not None}
    assert answer.status_code == 200
    assert answer.json() == {**expected, "revision": 2 if changes else 1}
    assert phone.get(kind.address).json() == answer.json()


@every_named_kind
def test_a_row_keeps_the_name_of_its_address(phone, diary, kind):
    phone.put(kind.address, kind.row)
    (key,) = name_of(kind.shape, kind.row)
    for value in ("0b4a0a34-0000-4000-8000-0000000000ff", "2026-05-29", 7, [ID], ""):
        for send in (phone.put, phone.patch):
            answer = send(kind.address, {**kind.other, key: value}, **ANY)
            assert is_problem(answer, 422, "refused")
            assert {error["attr"] for error in answer.json()["errors"]} == {key}
    phone.patch(kind.address, {**kind.said, key: None}, **ANY)
    assert {name[1] for name in stored(diary)} == {kind.row[key]}


@pytest.mark.parametrize("shape", ["change", "measurement", "route"])
def test_a_row_takes_its_name_from_its_address_where_it_may_come_without(phone, shape):
    kind = KINDS[shape]
    row = {name: value for name, value in kind.row.items() if name != "id"}
    answer = phone.put(kind.address, row)
    assert (answer.status_code, answer.json()["id"]) == (201, ID)


@pytest.mark.parametrize("shape", ["change", "measurement", "route"])
def test_a_row_without_an_id_gets_the_same_one_each_time(phone, diary, shape):
    kind = KINDS[shape]
    row = {name: value for name, value in kind.row.items() if name != "id"}
    first = phone.post(kind.where, row)
    assert first.status_code == 201
    again = phone.post(kind.where, row)
    assert (again.status_code, again.json()) == (200, first.json())
    assert phone.get(first["Location"].partition("testserver")[2]).json() == first.json()
    assert len(stored(diary)) == 1


@every_named_kind
def test_a_deleted_row_is_gone_until_somebody_who_knows_brings_it_back(phone, diary, kind):
    told = phone.put(kind.address, kind.row).json()
    for headers, status, code in (({}, 428, "unseen"), (match(99), 412, "stale")):
        answer = phone.delete(kind.address, **headers)
        assert is_problem(answer, status, code)
        assert answer.json()["current"] == told
    answer = phone.delete(kind.address, **match(told))
    assert (answer.status_code, answer.content) == (204, b"")
    for send in (phone.get, phone.delete):
        assert is_problem(send(kind.address, **ANY), 404, "not_found")
    assert is_problem(phone.patch(kind.address, kind.said, **ANY), 404, "not_found")
    assert phone.get(kind.where).json()["results"] == []

    tombstone = {**name_of(kind.shape, kind.row), "revision": 2, "deleted": True}
    for send, where in ((phone.put, kind.address), (phone.post, kind.where)):
        for row in (kind.row, kind.other):
            late = send(where, row)
            assert is_problem(late, 409, "deleted")
            assert late.json()["current"] == tombstone
            assert late.json()["sent"] == row
    stale = phone.put(kind.address, kind.row, **match(told))
    assert is_problem(stale, 412, "stale")
    assert stale.json()["current"] == tombstone
    nothing_there = phone.put(kind.address, kind.row, **ANY)
    assert is_problem(nothing_there, 412, "stale")
    assert stored(diary) == {}

    back = phone.put(kind.address, kind.other, **match(tombstone))
    assert (back.status_code, back.json()) == (201, {**kind.other, "revision": 3})
    assert phone.get(kind.address).json() == back.json()


@every_named_kind
def test_what_was_never_there_is_neither_changed_nor_deleted(phone, diary, kind):
    for headers in ({}, ANY, match(1)):
        assert is_problem(phone.get(kind.address, **headers), 404, "not_found")
        assert is_problem(phone.patch(kind.address, kind.said, **headers), 404, "not_found")
        assert is_problem(phone.delete(kind.address, **headers), 404, "not_found")
    for headers in (ANY, match(1), match(99)):
        answer = phone.put(kind.address, kind.row, **headers)
        assert is_problem(answer, 412, "stale")
        assert answer.json()["current"] is None
        assert answer.json()["sent"] == kind.row
    assert stored(diary) == {}


@pytest.mark.parametrize("shape", ["walk", "change", "measurement", "route"])
def test_an_id_is_the_same_in_any_case(phone, diary, shape):
    kind = KINDS[shape]
    upper = {**kind.row, "id": ID.upper()}
    assert phone.put(f"{kind.where}{ID.upper()}/", upper).json() == {**kind.row, "revision": 1}
    assert phone.post(kind.where, kind.row).status_code == 200
    assert phone.put(kind.address, upper).status_code == 200
    assert phone.put(f"{kind.where}{ID.upper()}/", kind.row).status_code == 200
    assert phone.get(f"{kind.where}{ID.title()}/").json()["id"] == ID
    assert phone.delete(f"{kind.where}{ID.upper()}/", **match(1)).status_code == 204
    assert stored(diary) == {}


@pytest.mark.parametrize("key", ["1", "x" * 5_000, "%00", "2026-02-30", ID[:-1], f"{ID}0", "{}"])
@every_named_kind
def test_what_is_no_name_is_found_nowhere(phone, diary, kind, key):
    where = f"{kind.where}{key}/"
    for answer in (
        phone.get(where), phone.patch(where, kind.said, **ANY), phone.delete(where, **ANY)
    ):  # fmt: skip
        assert is_problem(answer, 404, "not_found")
    answer = phone.put(where, kind.row)
    assert is_problem(answer, 422, "refused")
    (error,) = answer.json()["errors"]
    assert error["attr"] == rules.KEYS[kind.shape]
    assert error["code"] in ("not_a_uuid", "not_a_date")
    assert stored(diary) == {}


@every_kind
def test_a_reader_who_has_the_row_is_told_so(phone, kind):
    phone.put(kind.address, kind.row)
    for known in ('"1"', '"7", "1"', 'W/"1"', "*"):
        answer = phone.get(kind.address, **{"If-None-Match": known})
        assert (answer.status_code, answer.content) == (304, b""), known
        assert answer["ETag"] == '"1"'
    for known in ('"2"', "nonsense", ""):
        assert phone.get(kind.address, **{"If-None-Match": known}).status_code == 200
    phone.put(kind.address, kind.other, **match(1))
    answer = phone.get(kind.address, **{"If-None-Match": '"1"'})
    assert (answer.status_code, answer["ETag"]) == (200, '"2"')


@every_kind
def test_a_patch_never_undoes_what_another_phone_changed_meanwhile(phone, meanwhile, kind):
    phone.put(kind.address, kind.row)
    other = {"walk": "footwear", "check_in": "side", "profile": "sex"}.get(kind.shape, "notes")
    value = {"side": "left", "sex": "female"}.get(other, "from the other phone")
    answers = []
    meanwhile(lambda: answers.append(phone.patch(kind.address, {other: value}, **ANY)))
    answers.append(phone.patch(kind.address, kind.said, **ANY))
    assert [each.status_code for each in answers] == [200, 200]
    expected = {**kind.other, other: value, "revision": 3}
    assert phone.get(kind.address).json() == answers[1].json() == expected


@every_named_kind
def test_what_was_deleted_meanwhile_is_not_brought_back(phone, diary, meanwhile, kind):
    for send, status in (("put", 412), ("patch", 404), ("delete", 404)):
        tombstone = phone.put(kind.address, kind.row).json().get("current")
        if tombstone:
            phone.put(kind.address, kind.row, **match(tombstone))
        assert len(stored(diary)) == 1
        meanwhile(lambda: phone.delete(kind.address, **ANY))
        body = () if send == "delete" else (kind.other,)
        answer = getattr(phone, send)(kind.address, *body, **ANY)
        assert answer.status_code == status
        assert stored(diary) == {}


def test_what_is_said_of_if_match_tells_a_version_from_what_is_none(phone):
    kind = KINDS["walk"]
    phone.put(kind.address, kind.row)
    for header in ("1", "banana", "", 'W/"1"', '"one"'):
        for send in (phone.put, phone.patch):
            (error,) = send(kind.address, kind.other, **{"If-Match": header}).json()["errors"]
            assert (error["attr"], error["code"]) == ("If-Match", "not_a_revision")
    (error,) = phone.put(kind.address, kind.other, **match(7)).json()["errors"]
    assert (error["attr"], error["code"]) == (None, "stale")


def test_a_patch_may_go_by_its_own_name_and_nothing_else_may(phone):
    kind = KINDS["walk"]
    phone.put(kind.address, kind.row)

    def sent(method: str) -> Any:
        return phone.client.generic(
            method, f"/api/v1/{kind.address}", json.dumps(kind.said),
            "application/merge-patch+json",
            headers={"X-Session-Token": phone.token, **ANY},
        )  # fmt: skip

    assert sent("PATCH").json() == {**kind.other, "revision": 2}
    assert is_problem(sent("PUT"), 415, "unsupported_media_type")


@every_kind
def test_a_parameter_that_is_none_is_refused_at_every_address(phone, diary, kind):
    phone.put(kind.address, kind.row)
    before = stored(diary)
    where = f"{kind.address}?dry_run=1"
    asks = [
        phone.get(where),
        phone.put(where, kind.other, **ANY),
        phone.patch(where, kind.said, **ANY),
        phone.post("sync/?dry_run=1", {"items": []}),
    ]
    if kind.shape != "profile":  # which takes neither
        asks += [phone.post(f"{kind.where}?dry_run=1", kind.row), phone.delete(where, **ANY)]
    for answer in asks:
        assert is_problem(answer, 422, "refused")
        (error,) = answer.json()["errors"]
        assert (error["attr"], error["code"]) == ("dry_run", "unknown_parameter")
    assert stored(diary) == before


def test_a_profile_that_says_nothing_needs_no_row(phone):
    answer = phone.put("profile/", {})
    assert (answer.status_code, answer.json()) == (200, {"revision": 0})
    assert phone.put("profile/", {"weight_kg": 70}, **ANY).status_code == 201


def test_a_profile_is_there_from_the_beginning_and_says_nothing(phone):
    empty = phone.get("profile/")
    assert (empty.json(), empty["ETag"]) == ({"revision": 0}, '"0"')
    assert phone.patch("profile/", {"weight_kg": 70}, **match(0)).json()["revision"] == 1
    assert is_problem(phone.patch("profile/", {"weight_kg": 71}, **match(0)), 412, "stale")
    assert phone.delete("profile/", **ANY).status_code == 405


@every_kind
def test_two_people_with_one_name_for_a_row_never_meet(phone, stranger, diary, kind):
    mine = phone.put(kind.address, kind.row)
    theirs = stranger.put(kind.address, kind.other)
    assert (mine.status_code, theirs.status_code) == (201, 201)
    assert stranger.put(kind.address, kind.row, **match(1)).status_code == 200
    assert stranger.put(kind.address, kind.other, **match(2)).status_code == 200
    if kind.shape != "profile":
        assert stranger.delete(kind.address, **match(3)).status_code == 204
        assert is_problem(stranger.get(kind.address), 404, "not_found")
    assert phone.get(kind.address).json() == mine.json()
    assert [*stored(diary).values()] == [kind.row]


def test_a_repeat_is_the_same_walk_after_the_walker_moved_and_the_clock_went_on(phone, diary):
    with time_machine.travel(NOW, tick=False) as clock:
        ahead = (NOW + timedelta(hours=1)).isoformat()
        sent = a_walk(started_at=ahead, time_zone=None)
        first = phone.put(f"walks/{sent['id']}/", sent)
        assert first.json()["clock_suspect"] is True
        assert first.json()["time_zone"] == "Europe/London"
        diary.owner.time_zone = "America/New_York"
        diary.owner.save()
        clock.shift(timedelta(days=2))
        for answer in (phone.put(f"walks/{sent['id']}/", sent), phone.post("walks/", sent)):
            assert (answer.status_code, answer.json()) == (200, first.json())


@pytest.mark.parametrize(
    "body", [b'{"notes": 1e400}', b'{"notes": "\\ud800"}', b'{"\\udfff": 1}', b"[1e400]"]
)
def test_what_no_json_can_say_is_not_said_back(phone, body):
    """The body is refused, or the version asked about; either way the answer can be read."""
    walk = a_walk()
    where = f"walks/{walk['id']}/"
    phone.put(where, walk)
    for method in ("PUT", "PATCH", "DELETE"):
        for at in (where, f"walks/{uuid4()}/"):
            for headers in ({}, ANY, match(99)):
                answer = phone.send(method, at, body, **headers)
                if answer.status_code != 204:
                    assert answer.status_code in (400, 404, 412, 422, 428)
                    strict(answer)
                    continue
                back = {"If-Match": f'"{phone.put(where, walk).json()["current"]["revision"]}"'}
                phone.put(where, walk, **back)
