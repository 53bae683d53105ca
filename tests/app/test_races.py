"""Does a diary stay whole when several write at once, or when the machine stops?"""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from uuid import uuid4

import pytest
from django.db import connection, connections

from diary.models import Conflict, Diary, Outcome, Walk
from tests.app.conftest import NOW

pytestmark = pytest.mark.django_db(transaction=True)

THREADS = 8
ROOT = Path(__file__).resolve().parents[2]


def a_walk(**fields: object) -> dict[str, object]:
    return {"id": str(uuid4()), "started_at": "2026-05-30T09:00:00Z", "distance_m": 600, **fields}


def at_once(work, jobs):
    """The results of all jobs, each begun by its own thread at the same moment."""
    jobs = list(jobs)
    start = Barrier(len(jobs))

    def run(job):
        try:
            start.wait()
            return work(job)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(jobs)) as pool:
        return list(pool.map(run, jobs))


def test_the_same_walk_sent_at_once_is_one_walk(new_diary):
    diary = new_diary("walker")
    for _ in range(5):
        walk = a_walk(pain=[{"onset_distance_m": 300}])
        results = at_once(
            lambda _, walk=walk: Diary.objects.get(pk=diary.pk).put("walk", walk, NOW),
            range(THREADS),
        )
        assert len({stored.pk for stored, _ in results}) == 1
        assert [outcome for _, outcome in results].count(Outcome.CREATED) == 1
    assert diary.walks.count() == 5


def test_every_write_gets_a_revision_of_its_own(new_diary):
    diary = new_diary("walker")

    def write_ten(_):
        for _ in range(10):
            Diary.objects.get(pk=diary.pk).put("walk", a_walk(), NOW)

    at_once(write_ten, range(THREADS))
    revisions = sorted(Walk.objects.values_list("revision", flat=True))
    assert revisions == list(range(1, THREADS * 10 + 1))
    assert Diary.objects.get(pk=diary.pk).revision == THREADS * 10


def test_no_acknowledged_change_disappears(new_diary):
    diary = new_diary("walker")
    walk = a_walk(duration_s=0)
    diary.put("walk", walk, NOW)

    def add_ten(_):
        done = 0
        while done < 10:
            mine = Diary.objects.get(pk=diary.pk)
            stored = mine.walks.get()
            row = {**stored.row(), "duration_s": stored.duration_s + 1}
            try:
                _, outcome = mine.put("walk", row, NOW, base_revision=stored.revision)
            except Conflict:
                continue
            # 'Unchanged' says that somebody else wrote the same: this one's is still to come.
            done += outcome is Outcome.UPDATED

    at_once(add_ten, range(4))
    assert diary.walks.get().duration_s == 40


WRITER = """
import os, sys, uuid
os.environ["DJANGO_SETTINGS_MODULE"] = "tracker_site.settings"
import django
django.setup()
from django.utils import timezone
from diary.models import Diary, Person
diary = Diary.objects.get_or_create(
    owner=Person.objects.filter(email="w@example.org").first()
    or Person.objects.create_user("w@example.org"))[0]
while True:
    name = str(uuid.uuid4())
    diary.put("walk", {"id": name, "started_at": "2026-05-30T09:00:00Z", "distance_m": 600,
                       "pain": [{"onset_distance_m": 300}]}, timezone.now())
    sys.stdout.write(name + "\\n")
    sys.stdout.flush()
"""


def killed_after(acknowledged: int, folder: Path) -> list[str]:
    """The walks that a writer said were kept before it was killed in the middle of its work."""
    environment = {**os.environ, "WAYMARK_DATA": str(folder), "WAYMARK_LOCAL": "1"}
    environment.pop("DATABASE_URL", None)
    with subprocess.Popen(
        [sys.executable, "-c", WRITER], cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True
    ) as writer:
        assert writer.stdout is not None
        kept = [writer.stdout.readline().strip() for _ in range(acknowledged)]
        writer.send_signal(signal.SIGKILL)
        kept += [line.strip() for line in writer.stdout if line.endswith("\n")]
    return kept


@pytest.mark.skipif(connection.vendor != "sqlite", reason="kills a writer of an SQLite file")
@pytest.mark.parametrize(
    "crashes", [3, pytest.param(40, marks=pytest.mark.long, id="forty crashes")]
)
def test_no_acknowledged_walk_is_lost_when_the_writer_is_killed(tmp_path, crashes):
    environment = {**os.environ, "WAYMARK_DATA": str(tmp_path), "WAYMARK_LOCAL": "1"}
    environment.pop("DATABASE_URL", None)
    subprocess.run(
        [sys.executable, "manage.py", "migrate", "-v0"], cwd=ROOT, env=environment, check=True
    )
    kept: list[str] = []
    for crash in range(crashes):
        kept += killed_after(5 + 3 * crash % 17, tmp_path)
    with sqlite3.connect(tmp_path / "waymark.sqlite3") as database:
        stored = {row[0] for row in database.execute("select uid from diary_walk")}
        broken = database.execute(
            "select count(*) from diary_walk w where not exists"
            " (select 1 from diary_painepisode e where e.walk_id = w.id)"
        ).fetchone()[0]
        assert database.execute("pragma integrity_check").fetchone() == ("ok",)
    assert {name.replace("-", "") for name in kept} <= stored
    assert broken == 0


@pytest.mark.skipif(connection.vendor != "sqlite", reason="is about SQLite")
def test_sqlite_runs_with_the_settings_that_keep_acknowledged_writes(new_diary):
    new_diary("walker")
    asked = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}
    with connection.cursor() as cursor:
        found = {name: cursor.execute(f"pragma {name}").fetchone()[0] for name in asked}
    assert found == asked
    assert connection.settings_dict["CONN_MAX_AGE"] is None
    assert connection.transaction_mode == "IMMEDIATE"
