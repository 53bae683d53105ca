"""Do the same rows give the same diary, whatever the door, the order, and how often they come?"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from diary import rules
from diary.exchange.document import written
from diary.models import Diary
from tests.app.api.conftest import Phone, token_of, unthrottled  # noqa: F401
from tests.app.api.doors import Copy, gone, item, send, stored, synced, with_id
from tests.pure.documents import ZONES, document

pytestmark = pytest.mark.django_db
LATER = datetime(2026, 11, 1, 12, tzinfo=UTC)  # than every day of a generated diary
DOORS = st.sampled_from(("put", "post", "sync", "sync", "new batch"))
ZONE = "Europe/London"
Named = tuple[str, rules.Row]


def in_cases(of: int) -> settings:
    return settings(
        max_examples=of,
        deadline=None,
        database=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    )


def rows_of(whole: rules.Row) -> list[Named]:
    """Every row of a document; `sync` and POST may send them without an id."""
    rows = [(shape, row) for plural, shape in rules.LISTS.items() for row in whole.get(plural, ())]
    return [*rows, *([("profile", whole["profile"])] if whole.get("profile") else [])]


@st.composite
def diaries(draw: Any, most: int = 6) -> list[Named]:
    """The rows of a random diary, each with pain and all that a walk may say."""
    seed, walks = draw(st.integers(0, 2**32)), draw(st.integers(1, most))
    return rows_of(document(Random(seed), walks))


@dataclass
class Sending:
    """Some rows through one door."""

    door: str
    rows: list[Named]


def sendings(draw: Any, rows: list[Named]) -> list[Sending]:
    """Rows in a drawn order, each through a drawn door; some of `sync` stand in one batch."""
    sent: list[Sending] = []
    for row in draw(st.permutations(rows)):
        door = draw(DOORS)
        if door == "sync" and sent and sent[-1].door == "sync":
            sent[-1].rows.append(row)
        else:
            sent.append(Sending("sync" if door == "new batch" else door, [row]))
    return sent


@st.composite
def ways(draw: Any) -> tuple[list[Named], list[Sending]]:
    """A diary, and a way of sending it in which each row comes once or many times."""
    rows = draw(diaries())
    again = draw(st.lists(st.sampled_from(rows), max_size=2 * len(rows)))
    return rows, sendings(draw, [*rows, *again])


def expected(rows: list[Named]) -> dict[tuple[str, Any], rules.Row]:
    """What a diary of these rows says, by kind and name."""
    said = {}
    for shape, row in rows:
        told = written(rules.checked(shape, with_id(shape, row)))
        if shape == "walk":
            told.setdefault("time_zone", ZONE)
        if told:
            said[shape, rules.name(shape, told)] = told
    return said


def newly(row: Named) -> str:
    """What the first sending of a row is answered; a profile of nothing says nothing new."""
    return "created" if expected([row]) else "unchanged"


def a_diary(new_diary: Any) -> tuple[Diary, Phone]:
    diary = new_diary(uuid4().hex)
    return diary, Phone(token_of(diary.owner))


@in_cases(60)
@given(way=ways(), limit=st.integers(1, 7), data=st.data())
def test_any_way_of_sending_gives_the_same_diary_and_the_same_copy(new_diary, way, limit, data):
    rows, sent = way
    with time_machine.travel(LATER, tick=False):
        diary, phone = a_diary(new_diary)
        along = Copy(phone)
        came: set[str] = set()
        for each in sent:
            became = send(phone, each.door, each.rows)
            for (shape, row), told in zip(each.rows, became, strict=True):
                name = json.dumps([shape, with_id(shape, row)], sort_keys=True)
                assert told == ("unchanged" if name in came else newly((shape, row)))
                came.add(name)
            if data.draw(st.booleans(), "read now"):
                along.read(limit)
        along.read(limit)
        afterwards = Copy(phone)
        afterwards.read(limit)
        assert stored(diary) == expected(rows)
        assert along.rows == afterwards.rows == stored(diary)
        assert Diary.objects.get(pk=diary.pk).revision == len(expected(rows))


@pytest.mark.parametrize("door", ["put", "sync"])
def test_a_profile_that_says_nothing_changes_nothing_of_an_empty_diary(new_diary, door):
    diary, phone = a_diary(new_diary)
    nothing = {"weight_kg": None, "conditions": None}
    assert send(phone, door, [("profile", nothing)]) == ["unchanged"]
    assert Diary.objects.get(pk=diary.pk).revision == 0
    assert send(phone, door, [("profile", {"conditions": []})]) == ["created"]


@in_cases(40)
@given(rows=diaries(), data=st.data())
def test_a_repeat_changes_nothing_whatever_the_clock_and_wherever_the_walker_is(
    new_diary, rows, data
):
    """What was sent first is kept, with the zone of then and the doubt of then."""
    diary, phone = a_diary(new_diary)
    latest = max(
        datetime.fromisoformat(row["started_at"]) for shape, row in rows if shape == "walk"
    )
    days = [date for _, row in rows for date in (row.get("date"), row.get("signs_began")) if date]
    last = max([latest, *(datetime.fromisoformat(f"{day}T00:00Z") for day in days)])
    hours = st.integers(0, 60)

    def moved(clock: Any) -> None:
        clock.shift(timedelta(hours=data.draw(hours, "the clock goes on")))
        diary.owner.time_zone = data.draw(st.sampled_from(ZONES[1:]), "the walker moves")
        diary.owner.save()

    with time_machine.travel(last - timedelta(hours=30), tick=False) as clock:
        for each in sendings(data.draw, rows):
            assert send(phone, each.door, each.rows) == [newly(row) for row in each.rows]
            moved(clock)
        first, revision = stored(diary), Diary.objects.get(pk=diary.pk).revision
        for each in sendings(data.draw, rows):
            assert {*send(phone, each.door, each.rows)} == {"unchanged"}
            moved(clock)
        assert stored(diary) == first
        assert Diary.objects.get(pk=diary.pk).revision == revision
        copy = Copy(phone)
        copy.read()
        assert copy.rows == first


STEPS = st.lists(
    st.tuples(
        st.sampled_from(("first", "second")),
        st.sampled_from(("change", "change", "delete", "send", "read", "lose")),
        st.integers(0, 3),
        st.integers(0, 9),
    ),
    max_size=30,
)


class Device:
    """An app that keeps a copy, a queue of what it did, and asks its walker in a conflict."""

    def __init__(self, phone: Phone):
        self.copy, self.queue = Copy(phone), []
        self.seen: dict[str, int] = {}

    def does(self, what: str, walk: rules.Row) -> None:
        base = self.seen.get(walk["id"], 0)
        make = gone if what == "delete" else item
        self.queue.append(make("walk", walk, base))

    def reads(self, limit: int) -> None:
        self.copy.read(limit)
        self.seen |= {name: revision for _, name, revision in self.copy.heard}

    def sends(self, lose: bool) -> None:
        """Send the queue in order; a lost answer leaves it. In a conflict the server's stays."""
        told = synced(self.copy.phone, *self.queue)
        assert len(told) == len(self.queue)
        assert {each["status"] for each in told} <= {
            "created", "updated", "unchanged", "deleted", "conflict",
        }  # fmt: skip
        if not lose:
            self.queue = []


@in_cases(60)
@given(steps=STEPS, limit=st.integers(1, 5))
def test_two_devices_that_write_lose_answers_and_read_end_with_the_same_copy(
    new_diary, steps, limit
):
    diary, phone = a_diary(new_diary)
    devices = {"first": Device(phone), "second": Device(Phone(token_of(diary.owner)))}
    for who, what, which, number in steps:
        device = devices[who]
        walk = {
            "id": f"0b4a0a34-0000-4000-8000-00000000000{which}",
            "started_at": "2026-05-30T09:00:00Z",
            "time_zone": ZONE,
            "distance_m": 100 + number,
            "pain": [{"intensity": number}] * (number % 3),
        }
        if what in ("send", "lose"):
            device.sends(lose=what == "lose")
        elif what == "read":
            device.reads(limit)
        else:
            device.does(what, walk)
    for device in devices.values():
        device.sends(lose=False)
    for device in devices.values():
        device.reads(limit)
        assert device.copy.rows == stored(diary)
    revisions = [revision for _, _, revision in devices["first"].copy.heard]
    assert revisions == sorted({*revisions})
