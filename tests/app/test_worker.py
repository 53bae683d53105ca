"""Does what somebody writes reach whom they share with, however often a worker dies?

A real worker does it, in processes of its own, on the database of the test.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from pathlib import Path
from random import Random
from time import monotonic, sleep
from urllib.parse import urlsplit

import pytest
import time_machine
from django.db import connection
from django.utils import timezone
from django_q.models import Failure, OrmQ, Success

from diary import tasks
from diary.models import Diary, Share
from tests.app.agreements import agreed, diary_of, person
from tests.app.conftest import NOW
from tests.app.test_races import a_walk

# One worker of pytest runs all of these: each has processes of its own besides.
pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.xdist_group("bursts"),
]
ROOT = Path(__file__).resolve().parents[2]
LONGEST_START_S, LONGEST_EFFECT_S = 90, 5


def address() -> str:
    """The database of the test as DATABASE_URL has it."""
    given = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{given['NAME']}"
    return urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{given['NAME']}").geturl()


# The shell ends the whole group when its input does: with the test, however that ends.
COMMAND = '"$0" manage.py worker & read -r _; kill -KILL 0'


class Worker:
    """`manage.py worker` in a process group of its own."""

    def __init__(self, log: Path):
        environment = {
            **os.environ,
            "DATABASE_URL": address(),
            "DJANGO_SETTINGS_MODULE": "tests.worker_settings",
        }
        self.log = log.open("ab")
        self.process = subprocess.Popen(
            ["sh", "-c", COMMAND, sys.executable],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            env=environment,
            stdout=self.log,
            stderr=self.log,
            start_new_session=True,
        )

    def kill(self) -> None:
        """At once, all of its processes, and wait until none is left."""
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.communicate()
        self.log.close()
        assert until(lambda: not alive(self.process.pid), 20)


def alive(group: int) -> list[str]:
    """Processes of a group that have not ended (a zombie that nobody fetched has)."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            after = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(after[2]) == group and after[0] != "Z":
            found.append(stat.parent.name)
    return found


@contextmanager
def worker(log: Path) -> Iterator[Worker]:
    there = Worker(log)
    try:
        yield there
    finally:
        there.kill()


def until(holds: Callable[[], object], seconds: float) -> bool:
    """Whether it holds before the time is over."""
    deadline = monotonic() + seconds
    while not holds():
        if monotonic() > deadline:
            return False
        sleep(0.05)
    return True


def write(diary: Diary, **said: object) -> None:
    Diary.objects.get(pk=diary.pk).put("walk", a_walk(**said), NOW)


def is_fresh(share: Share) -> bool:
    """Whether what is shown is of the newest revision: each write adds a walk."""
    there = Share.objects.get(pk=share.pk)
    walks = Diary.objects.get(pk=share.diary_id).walks.count()
    return there.behind_since is None and there.standing["walks"] == walks


@pytest.fixture
def shares() -> list[Share]:
    """Three diaries that are shared with one clinician."""
    cora, now = person("cora", is_clinician=True), timezone.now()
    return [agreed(diary_of(person(f"owner-{each}"), NOW, 3), cora, now) for each in range(3)]


@pytest.fixture
def log(tmp_path) -> Path:
    return tmp_path / "worker.log"


def test_what_is_written_is_shown_within_five_seconds(shares, log):
    diary = shares[0].diary
    with worker(log):
        assert until(lambda: all(map(is_fresh, shares)), LONGEST_START_S), log.read_text()
        took = []
        for number in range(4):
            began = monotonic()
            write(diary, distance_m=500 + number)
            assert not is_fresh(shares[0])
            assert until(lambda: is_fresh(shares[0]), 30), log.read_text()
            took.append(monotonic() - began)
        assert min(took) < LONGEST_EFFECT_S
        assert sorted(took)[1] < LONGEST_EFFECT_S, took
        assert until(lambda: not OrmQ.objects.exists(), 10)
    assert not Failure.objects.exists()
    assert Success.objects.filter(func="diary.tasks.refresh_shares").exists()


def test_while_no_worker_runs_a_share_says_since_when_it_is_behind(shares):
    diary = shares[0].diary
    tasks.refresh_shares(diary.pk)
    assert is_fresh(shares[0])
    before = timezone.now()
    write(diary)
    write(diary)
    there = Share.objects.get(pk=shares[0].pk)
    assert before <= there.behind_since <= timezone.now()
    assert there.standing["walks"] == 3


@pytest.mark.parametrize(
    ("kills", "writes"), [(3, 30), pytest.param(20, 200, marks=pytest.mark.long, id="long")]
)
def test_every_diary_ends_fresh_however_often_the_worker_is_killed(shares, log, kills, writes):
    rng, groups, done = Random(kills), [], 0
    for kill in range(1, kills + 1):
        with worker(log) as there:
            groups.append(there.process.pid)
            begun = Success.objects.count()
            while done < writes * kill // kills:
                write(rng.choice(shares).diary)
                done += 1
                sleep(rng.uniform(0, 0.02))
            # It is at work; where in it, is chance.
            assert until(lambda begun=begun: Success.objects.count() > begun, LONGEST_START_S)
            write(rng.choice(shares).diary)
            sleep(rng.uniform(0, 0.8))
    assert done == writes
    with worker(log) as there:
        groups.append(there.process.pid)
        assert until(lambda: all(map(is_fresh, shares)), LONGEST_START_S), log.read_text()
        assert until(lambda: not OrmQ.objects.exists(), LONGEST_START_S)
        assert all(map(is_fresh, shares))
        write(shares[0].diary)
        assert until(lambda: is_fresh(shares[0]), 30)
    assert len({*groups}) == kills + 1
    assert [alive(group) for group in groups] == [[]] * len(groups)
    assert Diary.objects.get(pk=shares[0].diary_id).walks.count() > 3


def poison(share: Share) -> None:
    """A row of a kind that no door lets in, so that the diary cannot be worked out."""
    walk = share.diary.walks.first()
    type(walk).objects.filter(pk=walk.pk).update(time_zone="Mars/Olympus")


def test_a_diary_that_cannot_be_worked_out_blocks_no_other_and_is_parked(shares, log):
    bad, *good = shares
    poison(bad)
    with worker(log):
        assert until(lambda: all(map(is_fresh, good)), LONGEST_START_S), log.read_text()
        assert until(lambda: not OrmQ.objects.exists(), 60)
        write(good[0].diary)
        assert until(lambda: is_fresh(good[0]), 30)
    (failed,) = Failure.objects.all()
    assert (failed.func, failed.args) == ("diary.tasks.refresh_shares", (bad.diary_id,))
    assert failed.attempt_count == 2
    assert Share.objects.get(pk=bad.pk).behind_since is not None


def test_a_share_that_cannot_be_worked_out_keeps_none_of_its_diary_from_the_worker(shares):
    bad, now = shares[0], timezone.now()
    first = bad.diary.walks.order_by("started_at").first()
    type(first).objects.filter(pk=first.pk).update(time_zone="Mars/Olympus")
    since = (first.day + timedelta(days=1)).isoformat()
    other = agreed(bad.diary, person("dev", is_clinician=True), now, since=since)
    with pytest.raises(RuntimeError):
        tasks.refresh_shares(bad.diary_id)
    assert Share.objects.get(pk=other.pk).behind_since is None
    assert Share.objects.get(pk=bad.pk).behind_since is not None


def test_what_a_dead_worker_left_is_taken_up_past_what_cannot_be_worked_out(shares):
    """No task is in the queue; the first diary fails, the others are done all the same."""
    poison(shares[0])
    OrmQ.objects.all().delete()
    tasks.refresh_left()
    assert not any(Share.objects.exclude(behind_since=None).filter(standing__isnull=False))
    long_ago = timezone.now() - tasks.LEFT_AFTER - timedelta(seconds=1)
    Share.objects.update(behind_since=long_ago)
    tasks.refresh_left()
    assert [is_fresh(share) for share in shares[1:]] == [True, True]
    assert Share.objects.get(pk=shares[0].pk).behind_since == long_ago
    tasks.refresh_left()
    assert [is_fresh(share) for share in shares[1:]] == [True, True]


def test_doing_a_task_twice_changes_nothing(shares):
    share = shares[0]
    for _ in range(2):
        tasks.refresh_shares(share.diary_id)
        there = Share.objects.filter(pk=share.pk).values().get()
    assert is_fresh(share)
    tasks.refresh_shares(share.diary_id)
    assert Share.objects.filter(pk=share.pk).values().get() == there


@pytest.fixture
def clock():
    with time_machine.travel(timezone.now(), tick=False) as clock:
        yield clock


def tries(share: Share) -> int:
    """How often it came to nothing, after one more sweep of what was left."""
    tasks.refresh_left()
    return Share.objects.get(pk=share.pk).tries


@pytest.fixture
def put_off(shares, clock) -> Share:
    """One that failed many times, and is not to be tried for an hour."""
    poison(shares[0])
    clock.shift(timedelta(minutes=1))
    Share.objects.filter(pk=shares[0].pk).update(tries=8)
    assert tries(shares[0]) == tries(shares[0]) == 9
    return shares[0]


def test_what_cannot_be_worked_out_is_tried_later_and_later_up_to_an_hour(shares, clock):
    bad, waited = shares[0], []
    poison(bad)
    clock.shift(timedelta(minutes=1))
    assert tries(bad) == 1
    for number in range(2, 10):
        assert tries(bad) == tries(bad) == number
        try_at = Share.objects.get(pk=bad.pk).try_at
        waited.append((try_at - timezone.now()).total_seconds() / 60)
        clock.move_to(try_at)
    assert waited == [2, 4, 8, 16, 32, 60, 60, 60]
    assert [is_fresh(share) for share in shares[1:]] == [True, True]
    assert Share.objects.get(pk=bad.pk).behind_since is not None


def test_what_is_mended_is_worked_out_within_the_hour(put_off, clock):
    walk = put_off.diary.walks.first()
    type(walk).objects.filter(pk=walk.pk).update(time_zone="Europe/London")
    assert tries(put_off) == 9
    clock.shift(timedelta(hours=1))
    assert tries(put_off) == 0
    assert is_fresh(put_off)
    assert Share.objects.get(pk=put_off.pk).try_at is None


def test_a_new_write_is_tried_at_once_however_often_it_failed(put_off):
    OrmQ.objects.all().delete()
    write(put_off.diary)
    assert OrmQ.objects.count() == 1
    assert tries(put_off) == 1


def test_other_analyses_are_tried_at_once_however_often_it_failed(put_off):
    Share.objects.filter(pk=put_off.pk).update(edition="of yesterday")
    assert tries(put_off) == 1


def test_what_kills_its_worker_is_put_off_like_what_fails(shares, clock):
    """The task comes back by itself whenever its worker dies: it must find nothing to do then."""
    share, read = shares[0], []

    def dies(execute, sql, params, many, context):
        if "diary_walk" in sql and sql.startswith("SELECT"):
            read.append(sql)
            raise SystemExit
        return execute(sql, params, many, context)

    for _ in range(5):
        with connection.execute_wrapper(dies), suppress(SystemExit):
            tasks.refresh_shares(share.diary_id)
    assert len(read) == 2
    assert Share.objects.get(pk=share.pk).behind_since is not None
    clock.shift(timedelta(minutes=2, seconds=1))
    tasks.refresh_shares(share.diary_id)
    assert is_fresh(share)
