"""Is one walk one walk when many requests bring it at once, and is no change lost among others?"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connections
from rest_framework.throttling import SimpleRateThrottle

from diary.models import Diary
from tests.app.api.conftest import Phone, token_of
from tests.app.api.doors import KINDS, a_walk, item, stored

# One worker runs all of these: a PostgreSQL takes a hundred connections as it comes.
pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.xdist_group("bursts"),
]
THREADS, BURSTS = 64, 50
WRITERS, EDITS = 8, 150


class Crowd:
    """Threads with a phone each, that begin each piece of work at the same moment."""

    def __init__(self, diary: Diary, size: int):
        token = token_of(diary.owner)
        self.phones = [Phone(token) for _ in range(size)]
        self.start = Barrier(size, timeout=60)
        self.pool = ThreadPoolExecutor(size)
        self.do(lambda phone, _: phone.get("profile/"))  # the way is paved, the use is noted

    def do(self, work: Callable[[Phone, int], Any]) -> list[Any]:
        """What each thread's work gave."""

        def run(number: int) -> Any:
            self.start.wait()
            return work(self.phones[number], number)

        return [*self.pool.map(run, range(len(self.phones)))]

    def go(self) -> None:
        self.do(lambda *_: connections.close_all())
        self.pool.shutdown()


@pytest.fixture(autouse=True)
def unbounded(monkeypatch):
    """Thousands of requests a minute are what this is about."""
    rates = {"user": None, "anon": None}
    monkeypatch.setattr(SimpleRateThrottle, "THROTTLE_RATES", rates)


@pytest.fixture
def crowd(new_diary) -> Iterator[Callable[[Diary, int], Crowd]]:
    crowds: list[Crowd] = []

    def make(diary: Diary, size: int) -> Crowd:
        crowds.append(Crowd(diary, size))
        return crowds[-1]

    yield make
    for each in crowds:
        each.go()


def sent(phone: Phone, door: int, row: dict[str, Any]) -> tuple[int, str, int]:
    """A walk through one of three doors: the status, what became of it, and its revision."""
    if door == 0:
        answer = phone.put(f"walks/{row['id']}/", row)
    elif door == 1:
        answer = phone.post("walks/", row)
    else:
        answer = phone.post("sync/", {"items": [item("walk", row)]})
        assert answer.status_code == 200, answer.content
        (told,) = answer.json()["results"]
        return 201 if told["status"] == "created" else 200, told["status"], told["revision"]
    assert answer.status_code in (200, 201), answer.content
    assert answer.json()["id"] == row["id"]
    became = "created" if answer.status_code == 201 else "unchanged"
    return answer.status_code, became, answer.json()["revision"]


def test_one_walk_sent_by_many_at_once_is_one_walk_each_time(new_diary, crowd):
    diary = new_diary("walker")
    people = crowd(diary, THREADS)
    walks = [a_walk(started_at="2025-05-30T09:00:00Z") for _ in range(BURSTS)]
    for burst, walk in enumerate(walks, 1):
        told = people.do(
            lambda phone, number, walk=walk, burst=burst: sent(phone, (number + burst) % 3, walk)
        )
        assert [became for _, became, _ in told].count("created") == 1
        assert {became for _, became, _ in told} == {"created", "unchanged"}
        assert {revision for _, _, revision in told} == {burst}
    assert stored(diary) == {("walk", walk["id"]): walk for walk in walks}
    assert diary.walks.count() == BURSTS
    assert Diary.objects.get(pk=diary.pk).revision == BURSTS


@pytest.mark.parametrize("shape", ["check_in", "change", "measurement", "route", "profile"])
def test_any_other_row_sent_by_many_at_once_is_one_row(new_diary, crowd, shape):
    diary, kind = new_diary("walker"), KINDS[shape]
    people = crowd(diary, WRITERS)
    for revision in range(1, 6):
        row = {**kind.row}
        row |= {"date": f"2025-05-0{revision}"} if "date" in row else {}
        row |= {"id": f"0b4a0a34-0000-4000-8000-00000000000{revision}"} if "id" in row else {}
        if shape == "profile":
            row, headers = {"weight_kg": 60 + revision}, {"If-Match": f'"{revision - 1}"'}
        else:
            headers = {}
        where = kind.where if shape == "profile" else f"{kind.where}{row.get('id') or row['date']}/"
        answers = people.do(
            lambda phone, _, row=row, where=where, headers=headers: phone.put(where, row, **headers)
        )
        assert {answer.json()["revision"] for answer in answers} == {revision}
        statuses = [answer.status_code for answer in answers]
        assert {*statuses} <= {200, 201}
        assert statuses.count(201) == (shape != "profile" or revision == 1)
    assert len(stored(diary)) == (1 if shape == "profile" else 5)


def test_no_guarded_change_is_lost_among_those_of_others(new_diary, crowd):
    """Each says who made it: two that are the same to the letter are one change, answered twice."""
    diary = new_diary("walker")
    people = crowd(diary, WRITERS)
    row = a_walk(started_at="2025-05-30T09:00:00Z", duration_s=0)
    where = f"walks/{row['id']}/"
    first = people.phones[0].put(where, row).json()

    def add(phone: Phone, number: int) -> list[int]:
        seen, revisions = first, []
        for edit in range(EDITS):
            while True:
                more = {"duration_s": seen["duration_s"] + 1, "notes": f"{number}: {edit}"}
                answer = phone.patch(where, more, **{"If-Match": f'"{seen["revision"]}"'})
                told = answer.json()
                if answer.status_code == 200:
                    break
                assert answer.status_code == 412, answer.content
                assert told["sent"] == more
                seen = told["current"]
            seen = told
            assert {**seen, **more} == seen
            revisions.append(seen["revision"])
        return revisions

    made = people.do(add)
    assert diary.walks.get().duration_s == WRITERS * EDITS
    revisions = [revision for each in made for revision in each]
    assert sorted(revisions) == [*range(2, WRITERS * EDITS + 2)]
    assert all(each == sorted(each) for each in made)


def test_a_feed_that_is_read_while_many_write_misses_nothing(new_diary, crowd):
    diary = new_diary("walker")
    people = crowd(diary, WRITERS)
    walks = [a_walk(started_at="2025-05-30T09:00:00Z") for _ in range(4)]

    def work(phone: Phone, number: int) -> dict[str, Any]:
        if number % 2:
            for edit in range(40):
                row = {**walks[edit % 4], "notes": f"{number}: {edit}"}
                where = f"walks/{row['id']}/"
                if phone.put(where, row).status_code >= 400:  # it is there, and says something else
                    phone.put(where, row, **{"If-Match": "*"})
            return {}
        rows, cursor, heard = {}, "0", []
        for _ in range(60):
            page = phone.get(f"sync/?since={cursor}&limit={number + 1}").json()
            heard += [each["revision"] for each in page["items"]]
            rows |= {each["value"]["id"]: each["value"] for each in page["items"]}
            cursor = page["cursor"]
        assert heard == sorted({*heard})
        return {"rows": rows, "cursor": cursor}

    read = [each for each in people.do(work) if each]
    final = {name: row for (_, name), row in stored(diary).items()}
    for each in read:
        cursor, more = each["cursor"], True
        while more:
            page = people.phones[0].get(f"sync/?since={cursor}").json()
            each["rows"] |= {row["value"]["id"]: row["value"] for row in page["items"]}
            cursor, more = page["cursor"], page["more"]
        assert each["rows"] == final
