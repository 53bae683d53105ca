"""Does the work list say whom to look at, why, and nothing that is not shared?"""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
import time_machine
from django.urls import reverse

from diary.analytics.reasons import REASONS
from diary.models import AccessRecord, Diary, Review, Share
from diary.reports import bring_up_to_date
from diary.tasks import refresh_left, refresh_shares
from diary.wording.clinic import GROUPS
from tests.app.conftest import CANARY, NOW
from tests.app.sharing import UNTIL, at_the_clinic, clinician, shared_with

LIST, TODAY = reverse("clinic-list"), NOW.date()
pytestmark = pytest.mark.usefixtures("clock")
ASKED = ("", "?group=quiet", "?group=reviewed", "?sort=last", "?sort=name")


def days_of_walks(count: int, onset_m: float | None = 250, ended: date = TODAY) -> list[dict]:
    """One walk a day up to a day, on each of which it hurt after so many metres, or not."""
    rows = []
    for back in range(count):
        day = ended - timedelta(days=back)
        pain = [{"onset_distance_m": onset_m + 7 * (back % 3), "site": "calf", "side": "left",
                 "response": "stopped", "rest_posture": "standing", "relief": "complete",
                 "relief_s": 150}] if onset_m else []  # fmt: skip
        rows.append({
            "id": f"cccccccc-0000-4000-8000-{count:04}{back:08}",
            "started_at": f"{day.isoformat()}T09:00:00Z", "distance_m": 800, "duration_s": 720,
            "distance_source": "gps", "pain": pain,
        })  # fmt: skip
    return rows


def keep(diary: Diary, walks: list[dict], check_ins: list[dict] = ()) -> None:
    for row in walks:
        diary.put("walk", row, NOW)
    for row in check_ins:
        diary.put("check_in", row, NOW)


def tick(clinic, share: Share, **said: str):
    """Tick a line off as it stands."""
    where = reverse("patient-review", args=[share.uid])
    return clinic.post(where, {"reason": share.reason, **said})


def shown(share: Share) -> str:
    """The group that a share is in once the worker has seen to it."""
    refresh_shares(share.diary_id)
    share.refresh_from_db()
    return "reviewed" if share.reviewed else REASONS[share.rank]


def test_each_reason_to_look_has_its_group_and_a_sentence_with_its_numbers(
    new_diary, nurse, clinic
):
    flagged, steady, quiet, few = (new_diary(name) for name in ("flag", "steady", "quiet", "few"))
    keep(flagged, days_of_walks(3), [{"date": "2026-05-31", "signs": ["pale_or_blue"]}])
    keep(steady, days_of_walks(20))
    keep(quiet, days_of_walks(2, ended=date(2026, 5, 1)))
    keep(few, days_of_walks(2))
    groups = [shown(shared_with(each, nurse)) for each in (flagged, steady, quiet, few)]
    assert groups == ["red_flag", "pattern", "quiet", "not_enough"]
    page = clinic.get(LIST).content.decode()
    for name, words in (
        ("flag", r"Emergency: .*pale.*, in 1 entry, last on 31 May 2026. That can mean "
                 r"acute limb ischaemia \(3 walks, 3 onsets\)"),
        ("steady", r"pattern present(, leaning to the arteries)?: 2\d0.m before pain "
                   r"\(95 % 2\d0.m to 2\d0.m\) \(20 walks, 20 onsets\)"),
        ("quiet", r"Nothing recorded lately, which does not show how things are: before, 2 walks"),
        ("few", r"Not enough yet: 2 walks, 2 onsets, of about 8 onsets needed"),
    ):  # fmt: skip
        assert re.search(rf">{name}</a>.*?{words}", page, re.S), name
    assert page.index(">flag<") < page.index(">steady<") < page.index(">quiet<")


def test_what_was_reviewed_comes_back_for_a_new_reason_only(new_diary, nurse, clinic):
    diary = new_diary("vera")
    keep(diary, days_of_walks(20))
    share = shared_with(diary, nurse)
    assert shown(share) == "pattern"
    answer = tick(clinic, share, note="rang her")
    assert answer.status_code == 302
    assert str(share.uid) in answer["Location"]
    assert Review.objects.get().note == "rang her"
    assert shown(share) == "reviewed"
    diary.put("walk", {**days_of_walks(1)[0], "id": "dddddddd-0000-4000-8000-000000000001"}, NOW)
    assert shown(share) == "reviewed"
    diary.put("check_in", {"date": "2026-06-01", "signs": ["saddle_numbness"]}, NOW)
    assert shown(share) == "red_flag"


def test_what_nobody_saw_is_not_ticked_off(new_diary, nurse, clinic):
    diary = new_diary("vera")
    keep(diary, days_of_walks(20))
    share = shared_with(diary, nurse)
    shown(share)
    seen = share.reason
    diary.put("check_in", {"date": "2026-06-01", "signs": ["pale_or_blue"]}, NOW)
    assert shown(share) == "red_flag"
    where = reverse("patient-review", args=[share.uid])
    answer = clinic.post(where, {"reason": seen, "note": "rang her"}, follow=True)
    assert "Not ticked off" in answer.content.decode()
    assert shown(share) == "red_flag"
    assert diary.clinic_notes.get().text == "rang her"


def test_what_was_seen_under_other_terms_is_forgotten_with_them(new_diary, nurse, clinic):
    diary = new_diary("vera")
    keep(diary, days_of_walks(30, onset_m=250))
    share = shared_with(diary, nurse)
    shown(share)
    tick(clinic, share)
    terms = {"what": "summary", "since": date(2026, 5, 20), "until": UNTIL}
    share.change(terms, NOW)
    share.refresh_from_db()
    assert (share.seen, share.standing, share.reviewed) == (None, None, False)
    assert share.undo_review(NOW) is False
    share.refresh_from_db()
    assert share.seen is None


def test_a_review_is_undone_and_the_reason_stands_again(new_diary, nurse, clinic):
    diary = new_diary("vera")
    keep(diary, days_of_walks(20))
    share = shared_with(diary, nurse)
    assert shown(share) == "pattern"
    tick(clinic, share)
    for _ in range(2):  # the second undo has nothing to take back
        answer = clinic.post(
            reverse("patient-review-undo", args=[share.uid]), {"back": "sort=last"}
        )
        assert answer["Location"] == f"{LIST}?sort=last"
        assert shown(share) == "pattern"
    assert Review.objects.get().undone_at == NOW


def test_a_note_that_comes_after_the_tick_belongs_to_it(new_diary, nurse, clinic):
    share = shared_with(new_diary("vera"), nurse)
    shown(share)
    for note in ("", "rang her"):
        tick(clinic, share, note=note)
    assert [each.note for each in Review.objects.all()] == ["rang her"]


def test_each_clinician_has_their_own_ticks(new_diary, nurse, clinic):
    diary = new_diary("vera")
    keep(diary, days_of_walks(20))
    share, other = shared_with(diary, nurse), shared_with(diary, clinician("other"))
    shown(share)
    tick(clinic, share)
    assert (shown(share), shown(other)) == ("reviewed", "pattern")
    assert tick(clinic, other).status_code == 404
    assert shown(other) == "pattern"


def test_that_a_diary_was_in_the_list_is_written_down_before_it_is_shown(
    new_diary, nurse, clinic, monkeypatch
):
    shares = [shared_with(new_diary(name), nurse) for name in ("vera", "walter")]
    clinic.get(LIST)
    kept = AccessRecord.objects.values_list("share_id", "reading", "refused")
    assert sorted(kept) == sorted((share.pk, "work_list", False) for share in shares)

    def full(*_args, **_options):
        raise OSError("the disk is full")

    monkeypatch.setattr(AccessRecord.objects.__class__, "bulk_create", full)
    with pytest.raises(OSError, match="full"):
        clinic.get(LIST)


def test_the_list_holds_what_is_shared_now_and_nothing_else(victim, new_diary, nurse, clinic):
    shares = {name: shared_with(new_diary(name), nurse) for name in ("vera", "walter", "tom")}
    shared_with(victim, clinician("other"))
    shares["walter"].stop(NOW)
    page = clinic.get(LIST).content.decode()
    assert [name for name in shares if f">{name}<" in page] == ["vera", "tom"]
    assert CANARY not in page
    with time_machine.travel(shares["tom"].ends_at, tick=False):
        page = at_the_clinic(nurse).get(LIST).content.decode()
    assert [name for name in shares if f">{name}<" in page] == []
    assert "No diary is shared with you yet" in page


def test_a_line_of_the_list_knows_only_the_days_that_are_shared(new_diary, nurse):
    diary = new_diary("vera")
    keep(diary, days_of_walks(40))
    share = shared_with(diary, nurse, "summary", since=date(2026, 5, 31))
    assert shown(share) == "not_enough"
    assert share.standing["walks"] == 2
    assert share.spark.count("<circle") == 2


def test_a_write_puts_a_line_behind_until_a_worker_has_seen_to_it(new_diary, nurse, clinic):
    diary = new_diary("vera")
    share = shared_with(diary, nurse)
    shown(share)
    assert share.behind_since is None
    keep(diary, days_of_walks(1))
    share.refresh_from_db()
    assert share.behind_since == NOW
    assert "This list is behind" not in clinic.get(LIST).content.decode()
    with time_machine.travel(NOW + timedelta(minutes=1), tick=False):
        page = clinic.get(LIST).content.decode()
        assert "This list is behind: what was recorded since 1 June, 12:00" in page
        assert "Not up to date: what was recorded since 1 June, 12:00 may not be in this" in page
        refresh_left()
        page = clinic.get(LIST).content.decode()
        assert "This list is behind" not in page
        assert "Not up to date" not in page
    share.refresh_from_db()
    assert share.standing["walks"] == 1


def test_a_diary_that_moved_on_while_it_was_worked_out_stays_behind(new_diary, nurse, monkeypatch):
    diary = new_diary("vera")
    share = shared_with(diary, nurse)
    keep(diary, days_of_walks(1))
    share.refresh_from_db()
    newest = Diary.newest_revision

    def late(self):
        monkeypatch.setattr(Diary, "newest_revision", newest)
        self.put("check_in", {"date": "2026-06-01", "pain_at_rest": 1}, NOW)
        return newest(self)

    monkeypatch.setattr(Diary, "newest_revision", late)
    assert bring_up_to_date(share) is False
    share.refresh_from_db()
    assert share.behind_since is not None
    assert shown(share) == "not_enough"
    assert share.behind_since is None


def test_who_goes_quiet_is_found_without_a_write(new_diary, nurse):
    diary = new_diary("vera")
    keep(diary, days_of_walks(2))
    share = shared_with(diary, nurse)
    assert shown(share) == "not_enough"
    with time_machine.travel(NOW + timedelta(days=12), tick=False):
        refresh_left()
    share.refresh_from_db()
    assert REASONS[share.rank] == "quiet"


@pytest.mark.parametrize("asked", ASKED)
def test_a_page_takes_five_queries_however_many_patients(
    new_diary, nurse, clinic, django_assert_num_queries, asked
):
    shared_with(new_diary("first"), nurse)
    clinic.get(LIST + asked)
    for count in (1, 12):
        for number in range(count):
            shared_with(new_diary(f"patient-{count}-{number}"), nurse)
        with django_assert_num_queries(5):
            clinic.get(LIST + asked)


def test_the_list_is_filtered_sorted_searched_and_paged(new_diary, nurse, clinic):
    for number in range(30):
        diary = new_diary(f"patient{number:02}")
        if number % 2:
            keep(diary, days_of_walks(1, ended=date(2026, 5, 31) - timedelta(days=number % 5)))
        shown(shared_with(diary, nurse))

    def names(query: str) -> list[str]:
        page = clinic.get(f"{LIST}?{query}").content.decode()
        return re.findall(r'class="who"[^>]*>(patient\d+)<', page)

    pages = [names(f"page={number}") for number in (1, 2, 3, 4)]
    assert [len(page) for page in pages] == [10, 10, 10, 0]
    assert len({name for page in pages for name in page}) == 30
    found = clinic.post(LIST, {"q": "ENT07"}).content.decode()
    assert re.findall(r'class="who"[^>]*>(patient\d+)<', found) == ["patient07"]
    assert (
        len(re.findall('class="who"', clinic.post(LIST, {"q": "patient"}).content.decode())) == 30
    )
    assert names("sort=name") == sorted(names("sort=name"))
    assert len(names("group=not_enough")) == 10
    assert names("group=red_flag") == []
    for odd in ("group=x", "sort=x", "page=x", "page=-1", "page=99999999999999999999"):
        assert clinic.get(f"{LIST}?{odd}").status_code == 200


def test_every_reason_has_its_name_and_its_sentence():
    assert tuple(GROUPS) == REASONS
