"""The cast of the app tests: two walkers with diaries, a nurse, and the clock."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
import time_machine
from django.db import transaction
from django.test import Client

from diary import rules
from diary.models import Diary, Person
from tests.app import CANARY, NOW, TRACK
from tests.app.sharing import at_the_clinic, clinician, keep, walks


def diary_named(name: str) -> Diary:
    """A person in London and their empty diary."""
    person = Person.objects.create_user(
        f"{name}@example.org", "a-long-password", name=name, time_zone="Europe/London"
    )
    return Diary.objects.create(owner=person)


@pytest.fixture(scope="module")
def module_db(django_db_setup, django_db_blocker) -> Iterator[None]:
    """The database for what all tests of a module begin with: made once, and undone after them.

    What a test then does is undone at its own end, as ever.
    """
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture
def new_diary(db) -> Callable[[str], Diary]:
    """Make a person in London and their empty diary."""
    return diary_named


@pytest.fixture
def diary(new_diary) -> Diary:
    return new_diary("walker")


@pytest.fixture
def signed_in(diary) -> Client:
    """The walker's browser."""
    client = Client()
    client.force_login(diary.owner)
    return client


@pytest.fixture
def clock() -> Iterator[Any]:
    """The clock, which stands still at noon unless a test moves it."""
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


@pytest.fixture
def nurse(db) -> Person:
    """Somebody with the role of a clinician."""
    return clinician()


@pytest.fixture
def clinic(nurse) -> Client:
    """The nurse's browser, in which a second factor was given."""
    return at_the_clinic(nurse)


@pytest.fixture
def patient(diary) -> Diary:
    """The walker with twenty walks, and as many from before the first of May."""
    keep(
        diary,
        walk=[*walks(20), *walks(20, date(2026, 4, 30), 777, start=100)],
        check_in=[{"date": "2026-05-30", "pain_at_rest": 6, "signs": ["swelling"],
                   "notes": f"{CANARY}-day"}],
    )  # fmt: skip
    return diary


@pytest.fixture
def victim(db) -> Diary:
    return diary_of_victim()


def diary_of_victim() -> Diary:
    """Somebody else's diary with a canary in every text."""
    other = diary_named(f"{CANARY}-name")
    other.take_in(
        rules.document_checked(
            {
                "format": "walking-diary",
                "version": 1,
                "profile": {"birth_year": 1950},
                "walks": [
                    {
                        "id": "aaaaaaaa-0000-4000-8000-000000000001",
                        "started_at": "2026-05-30T09:00:00Z",
                        "distance_m": 600,
                        "footwear": f"{CANARY}-shoes",
                        "notes": f"{CANARY}-walk",
                        "track": TRACK,
                        "pain": [{"onset_distance_m": 250}],
                    }
                ],
                "check_ins": [{"date": "2026-05-30", "notes": f"{CANARY}-day"}],
                "changes": [
                    {
                        "id": "aaaaaaaa-0000-4000-8000-000000000002",
                        "date": "2026-05-01",
                        "kind": "injury",
                        "notes": f"{CANARY}-change",
                    }
                ],
                "routes": [
                    {
                        "id": "aaaaaaaa-0000-4000-8000-000000000005",
                        "name": f"{CANARY}-way",
                        "distance_m": 360,
                        "notes": f"{CANARY}-along",
                    }
                ],
                "measurements": [
                    {
                        "id": "aaaaaaaa-0000-4000-8000-000000000003",
                        "date": "2026-05-01",
                        "kind": "weight_kg",
                        "value": 80,
                        "notes": f"{CANARY}-measured",
                    }
                ],
            }
        ),
        NOW,
    )
    return other
