"""Does the diary file bring back exactly what it took out?"""

import json
from datetime import UTC, datetime

import pytest
from django.db import connection

from diary import rules
from diary.exchange import document
from diary.models import Diary, Person, Walk

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
WALK_ID = "0b4a0a34-0000-4000-8000-000000000001"
WHOLE = {
    "format": "walking-diary",
    "version": 1,
    "profile": {"birth_year": 1953, "conditions": [], "smoking": "former", "height_cm": 171.5},
    "walks": [
        {
            "id": WALK_ID,
            "started_at": "2026-05-30T10:30:15.250000+01:00",
            "distance_m": 812.4,
            "duration_s": 900,
            "pain": [
                {"onset_distance_m": 0, "site": "calf", "spread_to": ["foot", "heel"]},
                {"relief": "none", "resumed": False},
            ],
            "notes": "Ünïcode – and a ‘quote’",
        },
        {"id": "0b4a0a34-0000-4000-8000-000000000002", "started_at": "2026-05-29T10:00:00Z",
         "duration_s": 60, "pain": []},
        {"id": "0b4a0a34-0000-4000-8000-000000000003", "started_at": "2026-05-29T10:00:00Z",
         "duration_s": 60, "pain": None, "time_zone": "Asia/Kolkata"},
    ],
    "check_ins": [{"date": "2026-05-30", "signs": []}, {"date": "2026-05-29", "pain_at_rest": 0}],
    "changes": [{"date": "2026-05-01", "kind": "footwear"}],
    "measurements": [{"date": "2026-05-02", "kind": "weight_kg", "value": 81.25}],
}  # fmt: skip


def new_diary(name: str) -> Diary:
    return Diary.objects.create(
        owner=Person.objects.create_user(f"{name}@example.org", time_zone="Europe/London")
    )


def taken_in(diary: Diary, whole: dict, **options: bool):
    return diary.take_in(document.loaded(json.dumps(whole).encode(), NOW), NOW, **options)


def exported(diary: Diary) -> bytes:
    return document.dumped(Diary.objects.get(pk=diary.pk).document())


def test_export_import_export_gives_the_same_bytes():
    first, second = new_diary("first"), new_diary("second")
    taken_in(first, WHOLE)
    data = exported(first)
    second.take_in(document.loaded(data, NOW), NOW)
    assert exported(second) == data
    walk = next(walk for walk in json.loads(data)["walks"] if walk["id"] == WALK_ID)
    assert walk["started_at"] == "2026-05-30T09:30:15.250000Z"
    assert walk["distance_m"] == 812.4
    assert walk["pain"][0] == {"onset_distance_m": 0, "site": "calf", "spread_to": ["foot", "heel"]}


def test_an_empty_diary_survives_the_round_trip():
    first, second = new_diary("first"), new_diary("second")
    data = exported(first)
    second.take_in(document.loaded(data, NOW), NOW)
    assert exported(second) == data


def test_importing_twice_changes_nothing():
    diary = new_diary("walker")
    first = taken_in(diary, WHOLE)
    before, revision = exported(diary), Diary.objects.get(pk=diary.pk).revision
    again = taken_in(diary, WHOLE)
    assert (first.created, again.created, again.unchanged) == (7, 0, 7)
    assert exported(diary) == before
    assert Diary.objects.get(pk=diary.pk).revision == revision


def test_a_change_without_an_id_gets_the_same_id_every_time():
    one = rules.checked("change", {"date": "2026-05-01", "kind": "footwear"})
    two = rules.checked("change", {"kind": "footwear", "date": "2026-05-01", "notes": ""})
    other = rules.checked("change", {"date": "2026-05-02", "kind": "footwear"})
    assert document.derived_id("change", one) == document.derived_id("change", two)
    assert document.derived_id("change", one) != document.derived_id("change", other)


def test_one_bad_row_keeps_the_whole_file_out_and_every_fault_is_named():
    diary = new_diary("walker")
    bad = json.loads(json.dumps(WHOLE))
    bad["walks"][0]["pain"][0]["onset_distance_m"] = 900
    bad["check_ins"][0]["signs"] = ["sneezing"]
    bad["walks"][1]["colour"] = "red"
    with pytest.raises(rules.Refused) as refused:
        taken_in(diary, bad)
    assert {(fault.path, fault.code) for fault in refused.value.faults} == {
        ("walks[0].pain[0].onset_distance_m", "onset_after_end"),
        ("check_ins[0].signs", "not_choices"),
        ("walks[1].colour", "unknown_field"),
    }
    assert exported(diary) == exported(new_diary("empty"))


def test_an_entry_that_differs_is_left_alone_unless_the_file_shall_win():
    diary = new_diary("walker")
    taken_in(diary, WHOLE)
    changed = json.loads(json.dumps(WHOLE))
    changed["walks"][0]["notes"] = "an older note"
    changed["profile"]["smoking"] = "never"

    kept = taken_in(diary, changed)
    assert (kept.kept, kept.updated) == (1, 0)
    assert diary.walks.get(uid=WALK_ID).notes == WHOLE["walks"][0]["notes"]
    assert diary.own_profile().smoking == "former"

    replaced = taken_in(diary, changed, replace=True)
    assert (replaced.kept, replaced.updated) == (0, 1)
    assert diary.walks.get(uid=WALK_ID).notes == "an older note"
    assert diary.own_profile().smoking == "never"


def test_importing_brings_back_what_was_deleted():
    diary = new_diary("walker")
    taken_in(diary, WHOLE)
    diary.delete_row(diary.walks.get(uid=WALK_ID), NOW)
    assert taken_in(diary, WHOLE).created == 1
    assert diary.walks.kept().filter(uid=WALK_ID).exists()


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "not_json"),
        (b"\xff\xfe\x00", "not_json"),
        (b"[" * 100_000, "not_json"),
        (b"null", "not_an_object"),
        (b'{"format": "walking-diary", "version": 2}', "unknown_version"),
        (b'{"format": "other", "version": 1}', "not_a_diary"),
    ],
)
def test_a_file_that_is_no_diary_is_refused_in_words(data, code):
    with pytest.raises(rules.Refused) as refused:
        document.loaded(data, NOW)
    assert code in {fault.code for fault in refused.value.faults}


class PowerCut(Exception):
    """What the fuse below raises."""


class Fuse:
    """Lets so many statements through to the database, then fails."""

    def __init__(self, statements: int):
        self.left = statements

    def __call__(self, execute, sql, params, many, context):
        self.left -= 1
        if self.left < 0:
            raise PowerCut
        return execute(sql, params, many, context)


@pytest.mark.django_db(transaction=True)
def test_an_import_that_fails_at_any_statement_leaves_all_or_nothing():
    diary = new_diary("walker")
    before = exported(diary)
    statements = 0
    while True:
        try:
            with connection.execute_wrapper(Fuse(statements)):
                taken_in(diary, WHOLE)
            break
        except PowerCut:
            assert exported(diary) == before
            assert not Walk.objects.exists()
        statements += 1
    assert statements > 8
    assert len(json.loads(exported(diary))["walks"]) == 3
