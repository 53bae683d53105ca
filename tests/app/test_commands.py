"""Do the commands do what they say, from any machine?"""

from __future__ import annotations

import io
import json
import os
import secrets
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from diary.access import reading, work_list
from diary.demo import documents
from diary.exchange import document
from diary.models import Diary, Person
from diary.shared import NotShared
from tests.app.conftest import NOW
from tests.app.sharing import clinician, shared_with

ROOT = Path(__file__).resolve().parents[2]
BARE = {"PATH": os.environ["PATH"], "HOME": os.environ.get("HOME", "/")}


def manage(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """manage.py in a process of its own, with nothing set but what is given."""
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env={**BARE, **environment},
        capture_output=True,
        text=True,
    )


def test_assess_needs_no_settings_and_no_database_and_goes_on_after_a_bad_file(tmp_path):
    for name, whole in documents(date(2026, 4, 20)).items():
        (tmp_path / f"{name}.json").write_text(json.dumps(whole))
    (tmp_path / "bad.json").write_text(
        '{"format": "walking-diary", "version": 1, "walks": [{"id": "x", "distance_m": -1}]}'
    )
    files = sorted(str(path) for path in tmp_path.iterdir())
    done = manage("assess", *files, str(tmp_path / "absent.json"))
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 1
    assert [line["source"] for line in lines] == [
        Path(name).name for name in files if "bad" not in name
    ]
    assert "bad.json: walks[0].distance_m: this cannot be less than nothing" in done.stderr
    assert "absent.json: No such file" in done.stderr
    assert "Traceback" not in done.stderr


def test_assess_of_good_files_ends_well(tmp_path):
    empty = tmp_path / "empty.json"
    empty.write_text('{"format": "walking-diary", "version": 1}')
    done = manage("assess", str(empty))
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)["walks"]["total"] == 0


@pytest.mark.parametrize(
    ("environment", "said"),
    [
        ({}, "SECRET_KEY"),
        ({"SECRET_KEY": "short"}, "SECRET_KEY"),
        ({"SECRET_KEY": "a" * 60}, "SECRET_KEY"),
        ({"SECRET_KEY": "django-insecure-" + secrets.token_urlsafe(60)}, "SECRET_KEY"),
        ({"SECRET_KEY": secrets.token_urlsafe(60)}, "ALLOWED_HOSTS"),
        ({"SECRET_KEY": secrets.token_urlsafe(60), "ALLOWED_HOSTS": "*"}, "ALLOWED_HOSTS"),
        (
            {
                "SECRET_KEY": secrets.token_urlsafe(60),
                "ALLOWED_HOSTS": "a.example",
                "WAYMARK_DEBUG": "1",
            },
            "WAYMARK_DEBUG",
        ),
        (
            {
                "SECRET_KEY": secrets.token_urlsafe(60),
                "ALLOWED_HOSTS": "a.example",
                "WAYMARK_DEMO": "1",
            },
            "WAYMARK_DEMO",
        ),
    ],
)
def test_an_unsafe_start_is_refused_with_what_to_do(environment, said):
    done = manage("check", **environment)
    assert done.returncode != 0
    assert said in done.stderr.splitlines()[-1]


def test_a_safe_production_start_is_let_through(tmp_path):
    done = manage(
        "check",
        SECRET_KEY=secrets.token_urlsafe(60),
        ALLOWED_HOSTS="a.example",
        WAYMARK_DATA=str(tmp_path),
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.django_db
def test_the_demo_loads_its_people_once_and_renews_their_diaries():
    said = io.StringIO()
    call_command("demo", stdout=said)
    assert Person.objects.filter(is_demo=True).count() == 9
    assert Person.objects.get(is_clinician=True).email == "ingrid@demo.example"
    assert "vera@demo.example" in said.getvalue()
    assert "walk-a-while" in said.getvalue()
    vera = Diary.objects.get(owner__email="vera@demo.example")
    assert vera.walks.latest("day").day >= timezone.now().date() - timedelta(days=7)
    walks = vera.walks.count()
    call_command("demo", stdout=io.StringIO())
    assert Person.objects.count() == 9
    assert Diary.objects.get(owner__email="vera@demo.example").walks.count() == walks > 30


@pytest.mark.django_db
def test_the_demo_leaves_a_database_with_people_alone_when_told_to(diary):
    call_command("demo", "--if-empty", stdout=io.StringIO())
    assert Person.objects.count() == 1


@pytest.mark.django_db
def test_the_demo_is_refused_outside_demo_mode(settings):
    settings.DEMO = False
    with pytest.raises(CommandError, match="not a demo"):
        call_command("demo")
    assert not Person.objects.exists()


@pytest.mark.django_db
def test_purge_removes_only_what_was_deleted_a_month_ago(diary):
    now = timezone.now()
    for days, name in ((40, "old"), (10, "new")):
        row = {"date": (now - timedelta(days=50)).date(), "kind": "injury", "notes": name}
        change, _ = diary.put("change", row, now)
        diary.delete_row(change, now - timedelta(days=days))
    said = io.StringIO()
    call_command("purge", stdout=said)
    assert [change.notes for change in diary.changes.all()] == ["new"]
    assert said.getvalue().startswith("1 ")


@pytest.mark.django_db
def test_every_demo_document_is_what_the_export_gives_back(new_diary):
    for name, whole in documents(date(2026, 4, 20)).items():
        diary = new_diary(name)
        now = timezone.now()
        diary.take_in(document.loaded(json.dumps(whole).encode(), now), now)
        data = document.dumped(diary.document())
        again = new_diary(f"{name}-again")
        again.take_in(document.loaded(data, now), now)
        assert document.dumped(again.document()) == data


def test_the_role_of_a_clinician_is_given_and_taken_away_by_the_operator(new_diary, capsys):
    person, diary = clinician(), new_diary("walker")
    share = shared_with(diary, person)
    call_command("clinician", person.email.upper(), "--remove")
    person.refresh_from_db()
    assert not person.is_clinician
    with pytest.raises(NotShared):
        reading(person, share.uid, "summary", NOW)
    assert diary.share_events.latest("pk").event == "role_removed"
    call_command("clinician", person.email)
    person.refresh_from_db()
    assert person.is_clinician
    assert "second factor" in capsys.readouterr().out
    with pytest.raises(NotShared):  # what was shared with them stays ended
        reading(person, share.uid, "summary", NOW)
    with pytest.raises(CommandError, match="no account"):
        call_command("clinician", "nobody@example.org")


def test_patients_are_invented_in_a_demo_alone(db, settings):
    settings.DEMO = True
    with pytest.raises(CommandError, match="load the demo first"):
        call_command("patients", 3)
    call_command("demo", stdout=io.StringIO())
    call_command("patients", 30, stdout=io.StringIO())
    ingrid = Person.objects.get(email="ingrid@demo.example")
    there = work_list(ingrid, timezone.now(), most=50)
    assert len(there.shares) == 38
    assert there.behind_since is None
    assert all(share.standing for share in there.shares)
    assert {share.diary.walks.count() for share in there.shares} > {6}
    settings.DEMO = False
    with pytest.raises(CommandError, match="not a demo"):
        call_command("patients", 3)
