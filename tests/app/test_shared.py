"""Does a shared diary hand out no more than was agreed, and take in nothing once it is stopped?"""

from __future__ import annotations

import pytest

from diary import access, rules
from diary.exchange.document import dumped
from diary.models import ClinicNote, Measurement, Person, Review, Share
from diary.shared import NotShared, Shared
from tests.app import NOW, TRACK
from tests.app.agreements import DAYS, NOTE, agreed, diary_of, person

pytestmark = pytest.mark.django_db
SHAPES = [shape for shape in rules.LISTS.values() if shape not in rules.OWN_KINDS]
MEASURED = {"date": "2026-05-01", "kind": "weight_kg", "value": 80}


@pytest.fixture
def cora() -> Person:
    return person("cora", is_clinician=True)


def reading(cora: Person, what: str, scope: str, **terms: str) -> Shared:
    share = agreed(diary_of(person("ada"), NOW), cora, NOW, what=scope, **terms)
    return access.reading(cora, share.uid, what, NOW)


@pytest.mark.parametrize("shape", SHAPES)
def test_rows_have_their_notes_only_where_notes_are_shared(cora, shape):
    shared = reading(cora, "entries", "notes")
    assert [row.notes for row in shared.rows(shape)[:2]] == [f"{NOTE} 11", f"{NOTE} 10"]
    access.change_terms(shared.share, {"what": "entries"}, NOW)
    without = access.reading(cora, shared.share.uid, "entries", NOW).rows(shape)
    assert len(without) == DAYS
    assert {row.notes for part in (without[:], without[3:5]) for row in part} == {""}
    assert {row.row()["notes"] for row in without[:]} == {""}


@pytest.mark.parametrize("shape", SHAPES)
def test_a_summary_has_no_rows(cora, shape):
    shared = reading(cora, "summary", "summary")
    with pytest.raises(NotShared):
        shared.rows(shape)


@pytest.mark.parametrize("scope", ["entries", "notes"])
def test_lines_and_routes_stay_with_the_owner_whatever_is_shared(cora, scope):
    shared = reading(cora, "entries", scope)
    shared.diary.patch(
        "walk", shared.diary.walks.newest_first()[0].name, {"track": TRACK}, NOW, None
    )
    assert any(walk["track"] == TRACK for walk in shared.diary.document()["walks"])
    assert {row.row()["track"] for row in shared.rows("walk")[:]} == {None}
    told = shared.document()
    assert {walk["track"] for walk in told["walks"]} == {None}
    assert "routes" not in told
    assert TRACK not in dumped(told).decode()
    with pytest.raises(NotShared):
        shared.rows("route")


def test_nothing_is_taken_in_once_the_share_is_stopped(cora):
    shared = reading(cora, "measurement", "notes")
    shared.diary.shares.get().stop(NOW)
    for write in (
        lambda: shared.review("", shared.share.reason, NOW),
        lambda: shared.undo_review(NOW),
        lambda: shared.add_note({"text": "a", "shown": False}, NOW),
        lambda: shared.enter_measurement(MEASURED, NOW),
    ):
        with pytest.raises(NotShared):
            write()
    assert not Review.objects.exists()
    assert not ClinicNote.objects.exists()
    assert Measurement.objects.count() == DAYS


def test_two_windows_that_tick_off_at_once_tick_once(cora):
    first = reading(cora, "review", "summary")
    second = Shared(Share.objects.get(pk=first.share.pk))
    first.review("rang", first.share.reason, NOW)
    second.review("", second.share.reason, NOW)
    assert [review.note for review in Review.objects.all()] == ["rang"]
    assert second.undo_review(NOW)
    assert not Share.objects.get(pk=first.share.pk).reviewed
