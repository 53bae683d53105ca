"""How much does a request ask of the database, however much the diary holds?"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from diary import rules
from diary.models import Diary
from tests.app.api.doors import KINDS, NAMED, a_walk, item, match, synced
from tests.app.conftest import NOW

pytestmark = pytest.mark.django_db
MUCH = 5_000
# The session, the person and the diary: what each request asks before anything else.
WHO = 3


def filled(diary: Diary, walks: int) -> None:
    """So many walks in a diary, each of which hurt."""
    whole = {"format": "walking-diary", "version": 1, "walks": [a_walk() for _ in range(walks)]}
    diary.take_in(rules.document_checked(whole), NOW)


def queries(ask: Callable[[], Any], statuses: tuple[int, ...] = (200,)) -> int:
    """How many statements a request took, transactions not counted."""
    with CaptureQueriesContext(connection) as asked:
        answer = ask()
    assert answer.status_code in statuses, answer.content
    return sum(
        not each["sql"].startswith(("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT"))
        for each in asked.captured_queries
    )


@pytest.fixture
def phone(phone):
    phone.get("profile/")  # the day's first use of a device is noted
    return phone


def test_a_page_of_walks_with_their_pain_takes_four(phone, diary):
    filled(diary, 120)
    assert queries(lambda: phone.get("walks/?limit=100")) <= 4
    assert len(phone.get("walks/?limit=100").json()["results"]) == 100


@pytest.mark.parametrize("shape", ["walk", "check_in", "change", "measurement", "route"])
def test_a_page_takes_as_many_whatever_its_length(phone, diary, shape):
    kind = KINDS[shape]
    synced(phone, item(shape, kind.row))
    few = queries(lambda: phone.get(kind.where))
    filled(diary, 300)
    days = [{**kind.row, "date": f"2026-05-{day:02}"} for day in range(1, 29)]
    synced(phone, *(item("check_in", {"date": row["date"]}) for row in days))
    assert queries(lambda: phone.get(f"{kind.where}?limit=500")) == few


def test_a_batch_takes_as_many_in_a_diary_of_nothing_and_of_thousands(phone, stranger, diary):
    stranger.get("profile/")
    filled(diary, MUCH)

    def batch() -> dict[str, Any]:
        return {"items": [item("walk", a_walk()) for _ in range(1_000)]}

    def both(first: dict[str, Any], second: dict[str, Any]) -> int:
        took = queries(lambda: stranger.post("sync/", first))
        assert queries(lambda: phone.post("sync/", second)) == took
        return took

    empty, full = batch(), batch()
    # A statement of SQLite takes a thousand values, so that many rows are many statements.
    assert both(empty, full) <= WHO + 60
    assert both(empty, full) <= WHO + 8
    for each in (*empty["items"], *full["items"]):
        each["value"] = {**each["value"], "distance_m": 500}
    assert both(empty, full) <= WHO + 8
    assert diary.walks.count() == MUCH + 1_000


def test_a_batch_of_one_takes_little_more_than_the_row_by_itself(phone, diary):
    filled(diary, 200)
    by_itself = a_walk()
    alone = queries(lambda: phone.put(f"walks/{by_itself['id']}/", by_itself), (201,))
    assert queries(lambda: phone.post("sync/", {"items": [item("walk", a_walk())]})) <= alone + 1


def test_a_feed_without_news_takes_four(phone, diary):
    filled(diary, 200)
    cursor = phone.get("sync/").json()["cursor"]
    assert queries(lambda: phone.get(f"sync/?since={cursor}")) <= 4


def test_a_feed_with_news_takes_as_many_however_much_it_is(phone, diary):
    filled(diary, 10)
    few = queries(lambda: phone.get("sync/"))
    filled(diary, 400)
    synced(phone, *(item(kind.shape, kind.row) for kind in NAMED))
    assert queries(lambda: phone.get("sync/")) == few <= WHO + 8


@pytest.mark.parametrize(
    ("what", "most"),
    [
        ("create", 5), ("repeat", 3), ("replace", 7), ("patch", 9), ("read", 2), ("known", 1),
        ("delete", 6), ("refused", 0), ("gone", 1), ("conflict", 4),
    ],
)  # fmt: skip
def test_a_walk_by_itself_takes_few(phone, diary, what, most):
    filled(diary, 300)
    there, new = a_walk(), a_walk()
    synced(phone, item("walk", there))
    where, seen = f"walks/{there['id']}/", match(301)
    ask, status = {
        "create": (lambda: phone.put(f"walks/{new['id']}/", new), 201),
        "repeat": (lambda: phone.put(where, there), 200),
        "replace": (lambda: phone.put(where, {**there, "pain": [{"intensity": 3}]}, **seen), 200),
        "patch": (lambda: phone.patch(where, {"notes": "dry"}, **seen), 200),
        "read": (lambda: phone.get(where), 200),
        "known": (lambda: phone.get(where, **{"If-None-Match": '"301"'}), 304),
        "delete": (lambda: phone.delete(where, **seen), 204),
        "refused": (lambda: phone.put(where, {**there, "distance_m": -1}, **seen), 422),
        "gone": (lambda: phone.get(f"walks/{new['id']}/"), 404),
        "conflict": (lambda: phone.put(where, {**there, "notes": "wet"}, **match(1)), 412),
    }[what]
    assert queries(ask, (status,)) <= WHO + most


def test_who_is_not_signed_in_asks_the_database_nothing(nobody):
    assert queries(lambda: nobody.get("walks/"), (401,)) == 0
    nobody.token = "no token at all"
    assert queries(lambda: nobody.get("walks/"), (401,)) == 0
