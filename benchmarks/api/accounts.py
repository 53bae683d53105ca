"""Who asks, and how do both stores come to hold the same walks?"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth import login
from django.contrib.sessions.backends.db import SessionStore
from django.core.cache import caches
from django.db import connection, models
from django.http import HttpRequest
from rest_framework.authtoken.models import Token

from benchmarks.api import walks
from benchmarks.api.timing import OURS, TWIN
from benchmarks.api.twin import models as twin
from diary.models import Diary, Person
from diary.models import walk as ours

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
AT_ONCE = 500
TABLES = {OURS: (ours.Walk, ours.PainEpisode), TWIN: (twin.Walk, twin.PainEpisode)}


@dataclass(frozen=True)
class Account:
    """A person with a token of either kind, and the newest of the walks that both stores hold."""

    person: Person
    diary: Diary
    session_token: str
    auth_token: str
    newest: walks.Row

    def headers(self, whose: str) -> dict[str, str]:
        if whose == OURS:
            return {"X-Session-Token": self.session_token}
        return {"Authorization": f"Token {self.auth_token}"}

    def place(self, template: str) -> str:
        """An address with what it names of the account as it stands now."""
        self.diary.refresh_from_db()
        return template.format(newest=self.newest["id"], cursor=self.diary.revision)


@contextmanager
def scratch_database() -> Iterator[None]:
    """A database for this run alone, with the twin's tables, removed at the end."""
    before = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        with connection.schema_editor() as editor:
            for model in TABLES[TWIN]:
                editor.create_model(model)
        _alike()
        yield
    finally:
        connection.creation.destroy_test_db(before, verbosity=0)


def _alike() -> None:
    """Stop where the twin has fallen behind the diary in a column or an index."""
    for own, others in zip(TABLES[OURS], TABLES[TWIN], strict=True):
        for what in (_columns, _indices):
            unlike = what(own) ^ what(others)
            if unlike:
                raise SystemExit(f"The twin's {others.__name__} differs: {unlike}")


def _columns(model: type[models.Model]) -> set[tuple[str, str | None]]:
    fields = model._meta.concrete_fields
    return {(_owned(each.column), each.db_type(connection)) for each in fields}


def _indices(model: type[models.Model]) -> set[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        there = connection.introspection.get_constraints(cursor, model._meta.db_table)
    return {
        (*map(_owned, each["columns"]), *each.get("orders", ()), each["unique"])
        for each in there.values()
        if each["index"] or each["unique"]
    }


def _owned(column: str) -> str:
    """The twin's name for a column: its rows belong to a person, ours to a diary."""
    return "owner_id" if column == "diary_id" else column


def account(size: int) -> Account:
    """A new person with so many walks, in the diary and in the twin's tables."""
    person = Person.objects.create_user(f"walker-{size}@example.org", time_zone="Europe/London")
    diary = Diary.objects.create(owner=person, revision=size)
    rows = walks.stored(size, size)
    _filled(OURS, {"diary_id": diary.pk}, rows)
    _filled(TWIN, {"owner_id": person.pk}, rows)
    token = Token.objects.create(user=person).key
    return Account(person, diary, _session_token(person), token, rows[-1])


def _session_token(person: Person) -> str:
    request = HttpRequest()
    request.session = SessionStore()
    request.META = {"REMOTE_ADDR": "127.0.0.1", "HTTP_USER_AGENT": "benchmark"}
    login(request, person, backend=BACKEND)
    request.session.save()
    return str(request.session.session_key)


def _filled(whose: str, owner: dict[str, Any], rows: list[walks.Row]) -> None:
    walk, episode = TABLES[whose]
    kept = [walk(**owner, **_columns_of(row, number)) for number, row in enumerate(rows, 1)]
    walk.objects.bulk_create(kept, batch_size=AT_ONCE)
    pains = [
        episode(**owner, walk_id=each.pk, position=position, **pain)
        for each, row in zip(kept, rows, strict=True)
        for position, pain in enumerate(row["pain"])
    ]
    episode.objects.bulk_create(pains, batch_size=AT_ONCE)


def _columns_of(row: walks.Row, revision: int) -> dict[str, Any]:
    told = {name: value for name, value in row.items() if name not in ("id", "pain", "started_at")}
    started_at = datetime.fromisoformat(row["started_at"])
    return {
        **told,
        "uid": row["id"],
        "started_at": started_at,
        "day": twin.local_day(started_at, row["time_zone"]),
        "pain_recorded": True,
        "revision": revision,
    }


def last_rows() -> dict[str, int]:
    """The highest key of either walk table: what comes after it was added by a measurement."""
    return {
        whose: tables[0].objects.aggregate(last=models.Max("pk"))["last"]
        for whose, tables in TABLES.items()
    }


def tidied(last: dict[str, int]) -> None:
    """Take out what was added, and let the next slice begin as every other did."""
    for whose, (walk, episode) in TABLES.items():
        episode.objects.filter(walk_id__gt=last[whose]).delete()
        walk.objects.filter(pk__gt=last[whose]).delete()
    caches["throttle"].clear()
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            return
        for model in (Diary, *TABLES[OURS], *TABLES[TWIN]):
            cursor.execute(f"VACUUM ANALYZE {model._meta.db_table}")
