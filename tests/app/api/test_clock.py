"""What becomes of a walk whose time lies ahead of ours?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine

from tests.app.api.doors import a_walk, is_problem, item, match, stored, synced
from tests.app.conftest import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock() -> Iterator[Any]:
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


def ahead(**by: float) -> dict[str, Any]:
    """A walk that a phone with so fast a clock recorded a moment ago."""
    return a_walk(started_at=(NOW + timedelta(**by)).isoformat().replace("+00:00", "Z"))


def sent_through(phone: Any, door: str, walk: dict[str, Any]) -> dict[str, Any]:
    """The walk as it is stored after it came through a door."""
    if door == "put":
        assert phone.put(f"walks/{walk['id']}/", walk).status_code == 201
    elif door == "post":
        assert phone.post("walks/", walk).status_code == 201
    else:
        assert synced(phone, item("walk", walk))[0]["status"] == "created"
    return phone.get(f"walks/{walk['id']}/").json()


doors = pytest.mark.parametrize("door", ["put", "post", "sync"])


@doors
@pytest.mark.parametrize("by", [{"seconds": 90}, {"minutes": 10}, {"days": -900}])
def test_a_phone_that_is_a_little_fast_is_not_doubted(phone, door, by):
    walk = ahead(**by)
    assert sent_through(phone, door, walk) == {**walk, "revision": 1}


@doors
@pytest.mark.parametrize("by", [{"minutes": 10, "seconds": 1}, {"days": 1}, {"hours": 48}])
def test_a_phone_that_is_a_day_fast_is_doubted_and_its_walk_kept(phone, door, by):
    walk = ahead(**by)
    assert sent_through(phone, door, walk) == {**walk, "clock_suspect": True, "revision": 1}


@doors
@pytest.mark.parametrize("by", [{"hours": 48, "seconds": 1}, {"days": 3}, {"days": 3650}])
def test_a_walk_of_days_ahead_is_refused_in_words(phone, diary, door, by):
    walk = ahead(**by)
    if door == "sync":
        (told,) = synced(phone, item("walk", walk))
        assert told["status"] == "invalid"
        (error,) = told["errors"]
        assert error["attr"] == "value.started_at"
    else:
        answer = (
            phone.post("walks/", walk)
            if door == "post"
            else phone.put(f"walks/{walk['id']}/", walk)
        )
        assert is_problem(answer, 422, "refused")
        (error,) = answer.json()["errors"]
        assert error["attr"] == "started_at"
    assert error["code"] == "too_far_ahead"
    assert error["detail"] == "This lies more than two days ahead."
    assert stored(diary) == {}


def walks_counted(phone: Any) -> int:
    return phone.get("assessment/").json()["walks"]["total"]


def test_a_doubted_walk_counts_once_its_time_is_confirmed(phone, clock):
    there, walk = a_walk(), ahead(days=1)
    synced(phone, item("walk", there), item("walk", walk))
    assert walks_counted(phone) == 1
    clock.shift(timedelta(days=2))
    assert synced(phone, item("walk", walk))[0]["status"] == "unchanged"
    assert walks_counted(phone) == 1
    answer = phone.patch(f"walks/{walk['id']}/", {"clock_suspect": False}, **match(2))
    assert answer.json() == {**walk, "clock_suspect": False, "revision": 3}
    assert walks_counted(phone) == 2


def test_a_confirmed_walk_stays_confirmed(phone):
    walk = ahead(days=1)
    sent_through(phone, "put", walk)
    phone.patch(f"walks/{walk['id']}/", {"clock_suspect": False}, **match(1))
    changed = phone.patch(f"walks/{walk['id']}/", {"notes": "uphill"}, **match(2))
    assert changed.json()["clock_suspect"] is False
    (told,) = synced(phone, item("walk", {**walk, "notes": "uphill"}, 2))
    assert told == {"status": "unchanged", "revision": 3}


def test_a_doubted_walk_whose_time_is_put_right_is_doubted_no_more(phone):
    walk = ahead(days=1)
    sent_through(phone, "put", walk)
    right = {**walk, "started_at": "2026-05-31T12:00:00Z"}
    assert phone.put(f"walks/{walk['id']}/", right, **match(1)).json() == {**right, "revision": 2}
    assert walks_counted(phone) == 1


def test_a_patch_of_the_time_alone_ends_the_doubt_too(phone):
    walk = ahead(days=1)
    sent_through(phone, "put", walk)
    answer = phone.patch(f"walks/{walk['id']}/", {"started_at": "2026-05-31T12:00:00Z"}, **match(1))
    assert "clock_suspect" not in answer.json()
    assert walks_counted(phone) == 1


def test_a_confirmed_walk_that_is_moved_ahead_is_doubted_again(phone):
    walk = ahead(days=1)
    sent_through(phone, "put", walk)
    phone.patch(f"walks/{walk['id']}/", {"clock_suspect": False}, **match(1))
    moved = {"started_at": ahead(days=1, hours=1)["started_at"]}
    answer = phone.patch(f"walks/{walk['id']}/", moved, **match(2))
    assert answer.json()["clock_suspect"] is True
    told = phone.patch(f"walks/{walk['id']}/", {**moved, "clock_suspect": False}, **match(3))
    assert told.json()["clock_suspect"] is False


def test_a_walk_that_is_moved_ahead_is_doubted(phone):
    walk = a_walk()
    sent_through(phone, "put", walk)
    answer = phone.patch(
        f"walks/{walk['id']}/", {"started_at": ahead(days=1)["started_at"]}, **match(1)
    )
    assert answer.json()["clock_suspect"] is True
    assert walks_counted(phone) == 0
