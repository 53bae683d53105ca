"""Does a diary keep what it was given, refuse what it must, and tell which version it is?"""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from diary import rules
from diary.models import NEW, Conflict, Diary, Outcome, PainEpisode, Person, StoredReport, Walk
from diary.reports import report_for
from diary.rules import document_checked

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)


@pytest.fixture
def diary() -> Diary:
    person = Person.objects.create_user(
        "walker@example.org", "a-long-password", time_zone="Europe/London"
    )
    return Diary.objects.create(owner=person)


def a_walk(**fields: object) -> rules.Row:
    return {
        "id": str(uuid4()),
        "started_at": "2026-05-30T09:00:00Z",
        "distance_m": 600,
        "pain": [{"onset_distance_m": 300, "site": "calf", "side": "left", "qualities": []}],
        **fields,
    }


def test_the_same_walk_sent_twice_is_one_walk_and_one_revision(diary):
    walk = a_walk()
    first, outcome = diary.put("walk", walk, NOW)
    again, second_outcome = diary.put("walk", walk, NOW)
    assert (outcome, second_outcome) == (Outcome.CREATED, Outcome.UNCHANGED)
    assert first.pk == again.pk
    assert diary.walks.count() == 1
    assert Diary.objects.get(pk=diary.pk).revision == 1


def test_every_change_stamps_the_row_with_the_next_revision(diary):
    walk = a_walk()
    diary.put("walk", walk, NOW)
    diary.put("check_in", {"date": "2026-05-30", "signs": []}, NOW)
    changed, outcome = diary.put("walk", {**walk, "distance_m": 700}, NOW)
    assert outcome is Outcome.UPDATED
    assert changed.revision == diary.revision == 3
    assert diary.check_ins.get().revision == 2


def test_not_recorded_none_and_zero_stay_three_things(diary):
    unknown, _ = diary.put("walk", a_walk(pain=None), NOW)
    free, _ = diary.put("walk", a_walk(pain=[]), NOW)
    zero, _ = diary.put("walk", a_walk(pain=[{"onset_distance_m": 0}]), NOW)
    rows = [Walk.objects.get(pk=walk.pk).row()["pain"] for walk in (unknown, free, zero)]
    assert rows[:2] == [None, []]
    assert rows[2][0]["onset_distance_m"] == 0
    assert rows[2][0]["intensity"] is None

    diary.put("check_in", {"date": "2026-05-30"}, NOW)
    diary.put("check_in", {"date": "2026-05-31", "signs": []}, NOW)
    assert [check_in.signs for check_in in diary.check_ins.order_by("date")] == [None, []]


def test_replacing_a_walk_replaces_its_pain(diary):
    walk = a_walk()
    diary.put("walk", walk, NOW)
    diary.put("walk", {**walk, "pain": [{"intensity": 4}, {"intensity": 6}]}, NOW)
    assert [pain.intensity for pain in diary.walks.get().episodes.all()] == [4, 6]
    assert PainEpisode.objects.count() == 2


def test_a_refused_walk_leaves_the_diary_as_it_was(diary):
    with pytest.raises(rules.Refused) as refused:
        diary.put("walk", a_walk(pain=[{"onset_distance_m": 601}]), NOW)
    assert [(fault.path, fault.code) for fault in refused.value.faults] == [
        ("pain[0].onset_distance_m", "onset_after_end")
    ]
    assert not diary.walks.exists()
    assert Diary.objects.get(pk=diary.pk).revision == 0


def test_a_walk_changed_elsewhere_is_a_conflict_and_not_overwritten(diary):
    walk = a_walk()
    stored, _ = diary.put("walk", walk, NOW)
    seen = stored.revision
    diary.put("walk", {**walk, "notes": "from the phone"}, NOW, base_revision=seen)
    with pytest.raises(Conflict) as conflict:
        diary.put("walk", {**walk, "notes": "from the browser"}, NOW, base_revision=seen)
    assert conflict.value.stored.notes == "from the phone"
    assert diary.walks.get().notes == "from the phone"


def test_sending_what_is_stored_already_is_no_conflict(diary):
    walk = a_walk()
    diary.put("walk", walk, NOW)
    _, outcome = diary.put("walk", walk, NOW, base_revision=99)
    assert outcome is Outcome.UNCHANGED


@pytest.mark.parametrize(
    ("ahead", "suspect"),
    [
        (timedelta(seconds=90), None),
        (timedelta(hours=1), True),
        (timedelta(hours=47), True),
    ],
)
def test_a_walk_in_the_future_is_kept_with_a_doubt(diary, ahead, suspect):
    walk, _ = diary.put("walk", a_walk(started_at=(NOW + ahead).isoformat()), NOW)
    assert walk.clock_suspect is suspect


def test_a_walk_more_than_two_days_ahead_is_refused(diary):
    with pytest.raises(rules.Refused) as refused:
        diary.put("walk", a_walk(started_at=(NOW + timedelta(hours=49)).isoformat()), NOW)
    assert refused.value.faults[0].code == "too_far_ahead"


def test_a_confirmed_time_stays_confirmed(diary):
    walk = a_walk(started_at=(NOW + timedelta(hours=3)).isoformat(), clock_suspect=False)
    stored, _ = diary.put("walk", walk, NOW)
    assert stored.clock_suspect is False


def test_a_deleted_walk_comes_back_as_it_was_and_goes_after_thirty_days(diary):
    walk, _ = diary.put("walk", a_walk(notes="by the river"), NOW)
    before = walk.row()
    diary.delete_row(walk, NOW)
    assert not diary.walks.kept().exists()
    assert diary.purge(NOW + timedelta(days=29)) == 0

    assert diary.restore_row(walk, NOW + timedelta(days=29))
    assert diary.walks.kept().get().row() == before

    diary.delete_row(walk, NOW)
    assert not diary.restore_row(walk, NOW + timedelta(days=31))
    assert diary.purge(NOW + timedelta(days=31)) == 1
    assert not Walk.objects.exists()
    assert not PainEpisode.objects.exists()
    assert not diary.restore_row(walk, NOW)


def test_nothing_worked_out_of_a_purged_walk_is_kept(diary):
    walk, _ = diary.put("walk", a_walk(), NOW)
    report_for(diary)
    diary.delete_row(walk, NOW)
    diary.purge(NOW + timedelta(days=31))
    assert not StoredReport.objects.exists()


def test_a_day_that_was_deleted_is_not_overwritten_without_being_asked(diary):
    day = {"date": "2026-05-30", "notes": "the long note"}
    stored, _ = diary.put("check_in", day, NOW)
    diary.delete_row(stored, NOW)
    with pytest.raises(Conflict) as conflict:
        diary.put("check_in", {**day, "notes": "short"}, NOW, NEW)
    assert conflict.value.stored.notes == "the long note"
    assert diary.check_ins.deleted_since(NOW).get().notes == "the long note"
    again, outcome = diary.put(
        "check_in", {**day, "notes": "short"}, NOW, conflict.value.stored.revision
    )
    assert (again.notes, outcome) == ("short", Outcome.CREATED)


def test_an_import_brings_a_deleted_row_back_as_it_was(diary):
    mine = a_walk(notes="newer, longer")
    walk, _ = diary.put("walk", mine, NOW)
    diary.delete_row(walk, NOW)
    older = document_checked(
        {"format": "walking-diary", "version": 1, "walks": [{**mine, "notes": "old"}]}
    )
    assert diary.take_in(older, NOW).created == 1
    assert diary.walks.kept().get().notes == "newer, longer"
    diary.delete_row(diary.walks.get(), NOW)
    diary.take_in(older, NOW, replace=True)
    assert diary.walks.kept().get().notes == "old"


def test_a_profile_that_was_changed_elsewhere_is_not_overwritten(diary):
    diary.put("profile", {"smoking": "current"}, NOW, 0)
    with pytest.raises(Conflict):
        diary.put("profile", {"weight_kg": 70}, NOW, 0)
    assert diary.own_profile().smoking == "current"
    diary.put("profile", {"weight_kg": 70}, NOW, diary.own_profile().revision)
    assert (diary.own_profile().smoking, diary.own_profile().weight_kg) == (None, 70)


def test_two_people_may_use_the_same_id(diary):
    other = Diary.objects.create(owner=Person.objects.create_user("other@example.org"))
    walk = a_walk()
    mine, _ = diary.put("walk", walk, NOW)
    theirs, outcome = other.put("walk", {**walk, "notes": "theirs"}, NOW)
    assert outcome is Outcome.CREATED
    assert mine.pk != theirs.pk
    assert diary.walks.get().notes == ""


def test_a_walk_without_a_zone_takes_the_walkers(diary):
    walk, _ = diary.put("walk", a_walk(started_at="2026-05-30T23:30:00Z"), NOW)
    assert walk.time_zone == "Europe/London"
    assert walk.day.isoformat() == "2026-05-31"


def test_the_models_own_check_says_the_same_as_the_rules(diary):
    walk, _ = diary.put("walk", a_walk(), NOW)
    walk.distance_m = 200
    with pytest.raises(ValidationError) as refused:
        walk.full_clean()
    assert "onset_after_end" in refused.value.messages


@pytest.mark.parametrize(
    "fields",
    [
        {"distance_m": -1},
        {"distance_m": 200_001},
        {"duration_s": 172_801},
        {"distance_m": None, "duration_s": None},
        {"pace": "sprint"},
    ],
)
def test_the_database_itself_refuses_what_no_door_may_let_in(diary, fields):
    walk, _ = diary.put("walk", a_walk(), NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        Walk.objects.filter(pk=walk.pk).update(**fields)


def test_an_email_is_one_person_whatever_its_case(diary):
    with pytest.raises((IntegrityError, ValidationError)), transaction.atomic():
        Person.objects.create_user("Walker@Example.org")
