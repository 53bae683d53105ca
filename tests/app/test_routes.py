"""Can a walker keep the ways they know, and the lines of their walks, and let them go again?"""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from pandas.testing import assert_frame_equal

from diary import polyline, rules
from diary.exchange import document
from diary.frames import frames
from diary.models import Diary, Route
from tests.app import NOW, OF_TRACK, TRACK
from tests.app.test_pages import walk_answers
from tests.pure.test_gpx import gpx, straight

pytestmark = pytest.mark.django_db
ID = "0b4a0a34-0000-4000-8000-0000000000aa"
BENCH = {"id": ID, "name": "Home to the bench and back", "distance": "360", "distance_unit": "m"}
WALK = {
    "id": ID, "started_at": "2026-05-30T09:00:00Z", "distance_m": 642.4, "duration_s": 600,
    "track": TRACK,
}  # fmt: skip


def page(client, where: str) -> str:
    answer = client.get(where)
    assert answer.status_code == 200
    return answer.content.decode()


def test_without_routes_the_page_says_how_one_comes_about(signed_in):
    assert "No routes yet" in page(signed_in, "/routes/")


def test_a_route_is_added_corrected_deleted_and_brought_back(signed_in, diary):
    assert signed_in.post("/routes/add/", BENCH).status_code == 302
    assert "Home to the bench and back" in page(signed_in, "/routes/")
    assert "360 m" in page(signed_in, "/routes/")

    where = reverse("route-edit", args=[ID])
    longer = {**BENCH, "distance": "380", "revision": diary.routes.get().revision}
    assert signed_in.post(where, longer).status_code == 302
    assert diary.routes.get().row() == {
        "id": ID, "name": "Home to the bench and back", "distance_m": 380.0, "notes": "",
    }  # fmt: skip

    gone = signed_in.post(reverse("row-delete", args=["route", ID]), follow=True)
    assert "The route is deleted" in gone.content.decode()
    assert "bench" not in page(signed_in, "/routes/")
    assert "Home to the bench and back" in page(signed_in, "/deleted/")
    signed_in.post(reverse("row-restore", args=["route", ID]))
    assert "Home to the bench and back" in page(signed_in, "/routes/")


def test_a_route_is_read_and_shown_in_the_walkers_units(signed_in, diary):
    diary.owner.units = "imperial"
    diary.owner.save()
    signed_in.post("/routes/add/", {**BENCH, "distance": "400", "distance_unit": "yd"})
    assert diary.routes.get().distance_m == 365.76
    assert "400 yd" in page(signed_in, "/routes/")
    assert 'value="400"' in page(signed_in, reverse("route-edit", args=[ID]))


def test_a_long_route_is_asked_for_in_the_long_unit(signed_in, diary):
    diary.put("route", {"id": ID, "name": "Over the hill", "distance_m": 12_345}, NOW)
    shown = page(signed_in, reverse("route-edit", args=[ID]))
    assert 'value="12.35"' in shown
    assert '<option value="km" selected' in shown


def test_a_walk_becomes_a_known_route_with_its_exact_distance(signed_in, diary):
    diary.put("walk", WALK, NOW)
    make = reverse("route-from-walk", args=[ID])
    assert make in page(signed_in, reverse("walk-edit", args=[ID]))
    assert 'value="642"' in page(signed_in, make)
    typed = {"id": ID, "name": "To the mill", "distance": "642", "distance_unit": "m"}
    assert signed_in.post(make, typed).status_code == 302
    assert diary.routes.get().distance_m == 642.4


def test_a_walk_that_was_only_timed_is_not_offered_as_a_route(signed_in, diary):
    diary.put("walk", {**WALK, "distance_m": None}, NOW)
    shown = page(signed_in, reverse("walk-edit", args=[ID]))
    assert reverse("route-from-walk", args=[ID]) not in shown


def test_the_database_refuses_what_the_rules_refuse(diary):
    good = {"diary": diary, "uid": ID, "title": "The park", "distance_m": 360}
    for wrong in ({"title": ""}, {"distance_m": 0.5}, {"distance_m": 200_001}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Route.objects.create(**{**good, **wrong})
    Route.objects.create(**good)
    with pytest.raises(IntegrityError), transaction.atomic():
        Route.objects.create(**good)
    walk, _outcome = diary.put("walk", WALK, NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        diary.walks.filter(pk=walk.pk).update(track="")


def test_a_document_with_routes_and_lines_comes_back_byte_for_byte(diary, new_diary):
    rows = {"walks": [WALK], "routes": [{"name": "The park", "distance_m": 360, "notes": "a"}]}
    whole = rules.document_checked({"format": "walking-diary", "version": 1, **rows})
    diary.take_in(whole, NOW)
    data = document.dumped(Diary.objects.get(pk=diary.pk).document())
    other = new_diary("other")
    first = other.take_in(document.loaded(data, NOW), NOW)
    again = other.take_in(document.loaded(data, NOW), NOW)
    assert (first.created, again.created, again.unchanged) == (2, 0, 2)
    assert document.dumped(Diary.objects.get(pk=other.pk).document()) == data
    assert TRACK in data.decode()
    assert Diary.objects.get(pk=other.pk).revision == 2


def test_correcting_a_walk_keeps_its_line(signed_in, diary):
    walk, _outcome = diary.put("walk", WALK, timezone.now())
    where = reverse("walk-edit", args=[ID])
    assert TRACK not in page(signed_in, where)  # nothing that a page need not know
    typed = walk_answers(id=ID, revision=walk.revision, distance="700")
    assert signed_in.post(where, typed).status_code == 302
    assert (diary.walks.get().distance_m, diary.walks.get().track) == (700, TRACK)


def test_a_kept_line_is_drawn_without_saying_where(signed_in, diary):
    diary.put("walk", WALK, NOW)
    answer = signed_in.get(reverse("walk-edit", args=[ID]))
    shown = answer.content.decode()
    assert "<polyline" in shown
    assert "The line is 550 m long. It comes back to where it began." in shown
    assert "style=" not in shown
    for hidden in OF_TRACK:
        assert hidden not in shown
    assert "no-store" in answer["Cache-Control"]


def test_a_walk_without_a_line_shows_none(signed_in, diary):
    diary.put("walk", {**WALK, "track": None}, NOW)
    assert "<polyline" not in page(signed_in, reverse("walk-edit", args=[ID]))
    assert signed_in.get(reverse("walk-line-delete", args=[ID])).status_code == 404


def test_the_line_is_deleted_and_the_walk_stays(signed_in, diary):
    diary.put("walk", WALK, NOW)
    where = reverse("walk-line-delete", args=[ID])
    assert "it cannot be" in page(signed_in, where)
    assert diary.walks.get().track == TRACK
    answer = signed_in.post(where, follow=True)
    assert "The line is deleted. The walk is still here." in answer.content.decode()
    walk = diary.walks.get()
    assert (walk.track, walk.distance_m, walk.revision) == (None, 642.4, 2)


def test_a_line_changes_nothing_of_what_the_analyses_see(diary):
    diary.put("walk", {**WALK, "track": None}, NOW)
    before = frames(diary)
    diary.patch("walk", ID, {"track": TRACK}, NOW, None)
    diary.put("route", {"name": "The park", "distance_m": 360}, NOW)
    after = frames(diary)
    assert_frame_equal(after.walks, before.walks)
    assert "track" not in after.walks.columns


@pytest.mark.parametrize("keep", [True, False])
def test_the_line_of_a_recording_is_kept_only_where_it_is_asked_for(signed_in, diary, keep):
    file = SimpleUploadedFile("a.gpx", gpx(straight(120)))
    read = signed_in.post(
        "/walks/recording/", {"file": file} | ({"keep_line": "on"} if keep else {})
    )
    assert read.status_code == 200
    form = read.context["form"]
    typed = {
        name: form[name].value() for name in form.fields if form[name].value() not in (None, "")
    }
    typed = {name: str(value) for name, value in typed.items()}
    typed |= {"pain-TOTAL_FORMS": "0", "pain-INITIAL_FORMS": "0", "hurt": "no"}
    assert ("track" in typed) is keep
    assert (f'name="track" value="{typed.get("track", "")}"' in read.content.decode()) is keep
    assert signed_in.post("/walks/add/", typed).status_code == 302
    line = diary.walks.get().track
    assert (line is not None) is keep
    if keep:
        assert len(polyline.decoded(line)) > 20


def test_deleted_routes_are_gone_after_thirty_days(diary):
    diary.put("route", {"id": ID, "name": "The park", "distance_m": 360}, NOW)
    diary.delete_row(diary.routes.get(), NOW)
    assert diary.purge(NOW + timedelta(days=31)) == 1
    assert not Route.objects.exists()
    assert json.loads(document.dumped(diary.document()))["routes"] == []
