"""Does one screen show what is shared of a patient, all of it, and nothing besides?"""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from diary import rules
from diary.models import AccessRecord, ClinicNote, Measurement
from diary.wording import weighing
from tests.app.conftest import CANARY, NOW
from tests.app.sharing import at, at_the_clinic, clinician, keep, measured, shared_with, text, walks
from tests.app.test_wording import ALLOWED, FORBIDDEN

TODAY = NOW.date()
PAGES = ("show", "rows", "compare", "text", "measurement-add")
OF_ENTRIES = ("rows", "measurement-add", "csv")
pytestmark = pytest.mark.usefixtures("clock")


def test_one_screen_says_whose_diary_it_is_how_complete_and_what_it_shows(diary, nurse, clinic):
    keep(
        diary,
        walk=walks(20),
        check_in=[
            {"date": "2026-05-30", "pain_at_rest": 6, "night_pain": True, "signs": ["swelling"]},
            {"date": "2026-05-29", "pain_at_rest": 0, "signs": []},
            {"date": "2026-05-28"},
        ],
        change=[{"id": "aaaaaaaa-0000-4000-8000-000000000002", "date": "2026-05-20",
                 "kind": "physiotherapy", "notes": f"{CANARY}-change"}],
        measurement=[{"id": "aaaaaaaa-0000-4000-8000-000000000003", "date": "2026-05-20",
                      "kind": "ankle_brachial_index_left", "value": 0.62}],
    )  # fmt: skip
    share = shared_with(diary, nurse)
    response = clinic.get(at(share, "show"))
    said = text(response)
    assert "walker, year of birth not given. Read on 1 June 2026." in said
    assert re.search(r"<title>\s*walker, year of birth not given", response.content.decode())
    for words in (
        "Shared by the patient with Dr clinician, Vascular nurse: entries with notes; every day",
        "13 May 2026 to 1 June 2026", "20 of 20", "today, 1 June 2026",
        "20: 20 with pain, 0 without, 0 where pain was not recorded",
        "Speak to a doctor today", "Deep vein thrombosis: 1 entry, last on 30 May 2026",
        "claudication-style pattern",
        "Left pain on walks, and also when standing still, sitting or lying",
        "Right no pain recorded on walks",
        "Peripheral artery disease", "LR", "Nadeau 2013",
        "3 check-ins.", "Pain at rest: 1 (days that told: 2), worst 6 of 10",
        "Pain at night: 1 (days that told: 1)", "Morning stiffness: not recorded",
        "Signs: answered in 2 of 3 check-ins. In 1 of them none was ticked.",
        "Ankle-brachial index, left: 0.62 , 20 May 2026, entered by the patient",
        "Physiotherapy, 20 May 2026: before it", "makes no diagnosis. Nobody is alerted",
    ):  # fmt: skip
        assert words in said, words
    assert CANARY not in said  # a patient's notes stand among the entries alone
    assert FORBIDDEN.findall(ALLOWED.sub("", said)) == []


def test_walks_that_are_left_out_because_their_time_is_in_doubt_are_told(diary, nurse, clinic):
    rows = walks(3)
    for row in rows[:2]:
        row["clock_suspect"] = True
    keep(diary, walk=rows)
    share = shared_with(diary, nurse)
    for page in ("show", "text"):
        assert re.search("Left out:? 2 walks, because their time is in doubt",
                         text(clinic.get(at(share, page))))  # fmt: skip
    keep(diary, walk=[{**row, "clock_suspect": True} for row in rows])
    said = text(clinic.get(at(share, "show")))
    assert "No walks and no check-ins in the days that are shared Left out 3 walks" in said


def test_one_finding_is_no_findings_and_an_ankle_brachial_index_has_two_decimals(
    diary, nurse, clinic
):
    keep(
        diary,
        walk=walks(1),
        check_in=[{"date": "2026-05-30", "signs": ["swelling"]}],
        measurement=[{"id": "aaaaaaaa-0000-4000-8000-000000000003", "date": "2026-05-20",
                      "kind": "ankle_brachial_index_left", "value": 0.9},
                     {"id": "aaaaaaaa-0000-4000-8000-000000000004", "date": "2026-05-20",
                      "kind": "weight_kg", "value": 81.5}],
    )  # fmt: skip
    share = shared_with(diary, nurse)
    said = text(clinic.get(at(share, "show")))
    assert "Ankle-brachial index, left: 0.90 , 20 May 2026" in said
    assert ": 81.5 , 20 May 2026" in said
    assert "none was ticked" not in said
    rows = text(clinic.get(f"{at(share, 'rows')}?shape=measurement"))
    assert "Ankle-brachial index, left: 0.90" in rows
    assert "left 0.90 on 20 May 2026, entered by the patient" in text(clinic.get(at(share, "text")))
    one = {"for": [{"weight": 0.5}], "against": [], "weight": 0.5}
    assert weighing.total(one) == "LR 3.2, n = 1 finding"
    assert weighing.total({**one, "against": [{"weight": -0.1}]}).endswith("n = 2 findings")


def test_an_empty_diary_says_that_nothing_is_there_and_no_more(diary, nurse, clinic):
    share = shared_with(diary, nurse)
    said = text(clinic.get(at(share, "show")))
    assert "No walks and no check-ins in the days that are shared" in said
    assert "No check-ins in the days that are shared." in said
    assert "No walks in the days that are shared." in text(clinic.get(at(share, "rows")))
    assert "0 of 28" in text(clinic.get(at(share, "compare")))


@pytest.mark.parametrize("what", ["summary", "entries", "notes"])
def test_each_scope_opens_its_pages_and_no_other(victim, nurse, clinic, what):
    share = shared_with(victim, nurse, what)
    for page in PAGES:
        expected = 404 if what == "summary" and page in OF_ENTRIES else 200
        assert clinic.get(at(share, page)).status_code == expected, page
    summary = clinic.get(at(share, "show")).content.decode()
    assert (at(share, "rows") in summary) is (what != "summary")
    refused = AccessRecord.objects.filter(share=share, refused=True)
    assert refused.count() == (2 if what == "summary" else 0)


@pytest.mark.parametrize("what", ["summary", "entries", "notes"])
def test_a_note_is_read_only_where_notes_are_shared(victim, nurse, clinic, what):
    share = shared_with(victim, nurse, what)
    pages = [at(share, page) for page in PAGES]
    pages += [
        f"{at(share, 'rows')}?shape={shape}" for shape in ("check_in", "change", "measurement")
    ]
    found = set()
    for page in pages:
        found |= set(re.findall(rf"{CANARY}-(?!name)(\w+)", text(clinic.get(page))))
    shown = {"summary": set(), "entries": {"shoes"},
             "notes": {"shoes", "walk", "day", "change", "measured"}}  # fmt: skip
    assert found == shown[what]
    if what == "entries":
        assert "Notes are not shared" in text(clinic.get(at(share, "rows")))


def test_what_came_before_the_shared_days_is_nowhere(diary, nurse, clinic):
    keep(
        diary,
        walk=[*walks(9), *walks(20, date(2026, 4, 30), 777, start=100)],
        check_in=[{"date": "2026-04-20", "pain_at_rest": 9, "signs": ["saddle_numbness"]}],
        change=[{"id": "aaaaaaaa-0000-4000-8000-000000000002", "date": "2026-04-20",
                 "kind": "surgery"}],
        measurement=[{"id": "aaaaaaaa-0000-4000-8000-000000000003", "date": "2026-04-20",
                      "kind": "weight_kg", "value": 87.65}],
    )  # fmt: skip
    share = shared_with(diary, nurse, since=date(2026, 5, 1))
    pages = [at(share, page) for page in PAGES[:4]]
    pages += [
        f"{at(share, 'rows')}?shape={shape}" for shape in ("check_in", "change", "measurement")
    ]
    earlier = re.compile(
        r"\b77[0-9] m|\b79[0-9] m|Apr(?:il)? 2026|87\.65|9 of 10|[Ss]urgery|saddle"
    )
    for page in pages:
        asked = f"{page}{'&' if '?' in page else '?'}earlier_from=2026-05-01"
        assert earlier.findall(text(clinic.get(asked))) == [], page
    assert "9: 9 with pain" in text(clinic.get(at(share, "show")))
    assert "No walks in the days" in text(clinic.get(f"{at(share, 'rows')}?until=2026-04-30"))
    before = f"{at(share, 'compare')}?earlier_from=2026-03-01&earlier_until=2026-04-30"
    said = text(clinic.get(before))
    assert "No day of this period is shared" in said
    assert "Only days from 1 May 2026 on are shared" in said


def test_every_reading_is_written_down_before_it_is_shown(victim, nurse, clinic):
    share = shared_with(victim, nurse)
    for page in PAGES:
        clinic.get(at(share, page))
    clinic.post(at(share, "note-add"), {"text": "a"})
    read = AccessRecord.objects.filter(share=share).order_by("pk")
    assert list(read.values_list("reading", "refused")) == [
        (what, False)
        for what in ("summary", "entries", "comparison", "text", "measurement", "note")
    ]


@pytest.mark.parametrize("page", PAGES)
def test_without_a_record_nothing_is_shown(victim, nurse, clinic, monkeypatch, page):
    share = shared_with(victim, nurse)

    def broken(*_args: Any, **_options: Any) -> None:
        raise OSError("the disk is full")

    monkeypatch.setattr(AccessRecord, "save", broken)
    clinic.raise_request_exception = False
    response = clinic.get(at(share, page))
    assert response.status_code == 500
    assert CANARY not in response.content.decode()
    assert "600" not in text(response)


@pytest.mark.parametrize("page", [*PAGES, "pdf", "csv", "fhir"])
def test_a_share_that_is_over_opens_nothing(victim, nurse, clinic, clock, page):
    share = shared_with(victim, nurse)
    assert clinic.get(at(share, page)).status_code == 200
    share.stop(NOW)
    gone = clinic.get(at(share, page))
    assert gone.status_code == 404
    assert CANARY not in gone.content.decode()
    assert AccessRecord.objects.filter(share=share, refused=True).count() == 1


def test_an_expired_share_and_a_strangers_look_alike(victim, nurse, clinic, clock):
    share = shared_with(victim, nurse, until=date(2026, 6, 1))
    other = at_the_clinic(clinician("other"))
    assert other.get(at(share, "show")).status_code == 404
    clock.shift(timedelta(days=1))
    assert at_the_clinic(nurse).get(at(share, "show")).status_code == 404


@pytest.mark.parametrize("page", PAGES)
def test_without_a_second_factor_no_page_opens(victim, nurse, page):
    share = shared_with(victim, nurse)
    client = Client()
    client.force_login(nurse)
    response = client.get(at(share, page))
    assert response.status_code == 302
    assert response.url.startswith(reverse("clinic-second-factor"))
    assert not AccessRecord.objects.exists()


def test_entries_are_told_by_the_patients_clock_and_paged(diary, nurse, clinic):
    diary.owner.time_zone = "America/New_York"
    diary.owner.save()
    rows = walks(60)
    rows[0]["time_zone"] = "America/New_York"
    keep(diary, walk=rows)
    share = shared_with(diary, nurse)
    first = text(clinic.get(at(share, "rows")))
    assert "local times (America/New_York)" in first
    assert "Mon 1 Jun 2026, 05:00 800" in first
    assert "Sun 31 May 2026, 10:00 (Europe/London) 800" in first
    assert first.count("Pain after") == 50
    assert "Page 1 of 2" in first
    second = text(clinic.get(f"{at(share, 'rows')}?page=2"))
    assert second.count("Pain after") == 10
    since = text(clinic.get(f"{at(share, 'rows')}?until=2026-05-20"))
    assert "From 20 May 2026 back." in since
    assert "Thu 21 May 2026" not in since
    for wrong in ("?shape=profile", "?until=yesterday", "?until=0000-00-00"):
        assert clinic.get(at(share, "rows") + wrong).status_code == 404


def test_a_walk_is_told_with_everything_that_was_recorded_of_its_pains(diary, nurse, clinic):
    row = walks(1)[0]
    row["pain"] += [{"onset_distance_m": 500, "qualities": ["cramping"], "resumed": False}]
    keep(diary, walk=[row, {**walks(1, start=7)[0], "pain": None}])
    said = text(clinic.get(at(shared_with(diary, nurse), "rows")))
    assert re.search(
        "Pain after 250.m · Calf .left. · 5 of 10 · rest: Standing still · It went away · "
        "after 3 minutes", said
    )  # fmt: skip
    assert re.search("Pain after 500.m · Cramping · did not walk on", said)
    assert "Pain not recorded" in said


def test_a_note_is_the_clinicians_own_hidden_until_it_is_shown(victim, nurse, clinic):
    share = shared_with(victim, nurse, "summary")
    kept = clinic.post(at(share, "note-add"), {"text": "Ask about <b>pulses</b>"})
    assert kept.status_code == 302
    note = ClinicNote.objects.get()
    assert (note.author, note.shown, note.diary) == (nurse, False, victim)
    page = clinic.get(at(share, "show")).content.decode()
    assert "Ask about &lt;b&gt;pulses" in page
    assert "knows that it exists and cannot read it" in page
    for answer, shown in (("yes", True), ("no", False)):
        assert clinic.post(at(share, "note-show", note.pk), {"shown": answer}).status_code == 302
        note.refresh_from_db()
        assert note.shown is shown


def test_a_colleagues_note_is_neither_seen_nor_shown(victim, nurse, clinic):
    colleague = clinician("colleague")
    theirs = shared_with(victim, colleague)
    at_the_clinic(colleague).post(at(theirs, "note-add"), {"text": "between us", "shown": "on"})
    note, share = ClinicNote.objects.get(), shared_with(victim, nurse)
    assert note.shown
    assert "between us" not in text(clinic.get(at(share, "show")))
    assert clinic.post(at(share, "note-show", note.pk), {"shown": "no"}).status_code == 404
    assert clinic.post(at(theirs, "note-show", note.pk), {"shown": "no"}).status_code == 404
    note.refresh_from_db()
    assert note.shown


@pytest.mark.parametrize(
    ("note", "said"),
    [("", "This is needed."), ("  \n", "This is needed."), ("x" * 4001, "at most 4000 fit"),
     ("a\x00b", "characters")],
)  # fmt: skip
def test_a_note_that_cannot_be_kept_says_why_and_is_still_there(victim, nurse, clinic, note, said):
    response = clinic.post(at(shared_with(victim, nurse), "note-add"), {"text": note})
    assert response.status_code == 422
    assert said.lower() in text(response).lower()
    assert not ClinicNote.objects.exists()


def test_a_measurement_stands_in_the_patients_diary_with_who_entered_it(victim, nurse, clinic):
    share = shared_with(victim, nurse, "entries")
    assert clinic.post(at(share, "measurement-add"), measured()).status_code == 302
    kept = Measurement.objects.get(uid=measured()["id"])
    assert (kept.diary, kept.value, kept.entered_through) == (victim, 0.62, share)
    assert "0.62 , 1 June 2026, entered by Dr clinician, Vascular nurse" in text(
        clinic.get(at(share, "show"))
    )
    owner = Client()
    owner.force_login(victim.owner)
    assert "0.62, entered by Dr clinician, Vascular nurse" in text(
        owner.get(reverse("measurement-list"))
    )
    share.stop(NOW)  # it stays the patient's
    assert "0.62, entered by Dr clinician" in text(owner.get(reverse("measurement-list")))


def test_the_same_form_twice_keeps_one_measurement_and_another_value_is_refused(
    victim, nurse, clinic
):
    url = at(shared_with(victim, nurse, "entries"), "measurement-add")
    assert [clinic.post(url, measured()).status_code for _ in range(2)] == [302, 302]
    other = clinic.post(url, measured(value="0.7"))
    assert other.status_code == 422
    assert "entered already" in text(other)
    assert Measurement.objects.get(uid=measured()["id"]).value == 0.62


@pytest.mark.parametrize(
    ("answers", "said"),
    [({"value": "9"}, "between 0 and 5"), ({"date": "2399-01-01"}, "too far ahead"),
     ({"kind": "mood"}, "not one of the possible answers"), ({"value": ""}, "This is needed."),
     ({"id": "1"}, "UUID")],
)  # fmt: skip
def test_a_measurement_that_cannot_be_is_refused_in_words(victim, nurse, clinic, answers, said):
    response = clinic.post(at(shared_with(victim, nurse), "measurement-add"), measured(**answers))
    assert response.status_code == 422
    assert said.lower() in text(response).lower()


def test_a_measurement_of_a_day_that_is_not_shared_is_kept_and_that_is_said(victim, nurse, clinic):
    share = shared_with(victim, nurse, since=date(2026, 5, 1))
    answers = measured(date="2026-04-01")
    response = clinic.post(at(share, "measurement-add"), answers, follow=True)
    assert "not shown here" in text(response)
    assert "0.62" not in text(response)
    assert Measurement.objects.filter(uid=answers["id"]).exists()


def test_two_periods_stand_side_by_side_and_a_difference_is_named_only_where_it_may(
    diary, nurse, clinic
):
    keep(diary, walk=[*walks(28), *walks(28, TODAY - timedelta(days=28), 500, start=100)])
    share = shared_with(diary, nurse, "summary")
    said = text(clinic.get(at(share, "compare")))
    assert "7 April 2026 to 4 May 2026" in said
    assert "5 May 2026 to 1 June 2026" in said
    assert re.search(
        r"The distance before pain was shorter in the later period: middle value 510.m "
        r"\(28 walks\) in the earlier, 260.m \(28 walks\) in the later", said
    )  # fmt: skip
    few = text(clinic.get(f"{at(share, 'compare')}?later_from=2026-05-31&earlier_until=2026-04-09"))
    assert "That is not enough to compare" in few
    assert "It does not mean that things are the same" in few
    assert "not enough yet (n = 2, 5 wanted)" in few
    wrong = clinic.get(f"{at(share, 'compare')}?later_until=2026-01-01")
    assert wrong.status_code == 422
    assert "Later period, until : This cannot end before it begins." in text(wrong)
    soon = clinic.get(f"{at(share, 'compare')}?later_until=soon")
    assert soon.status_code == 422
    assert "Later period, until : This is not a date of the calendar." in text(soon)
    turned = clinic.get(f"{at(share, 'compare')}?later_from=2026-01-01&later_until=2026-01-28")
    assert turned.status_code == 422
    assert "The later period lies before the earlier one." in text(turned)


def test_a_reader_in_yards_reads_yards_everywhere(diary, nurse, clinic):
    nurse.units = "imperial"
    nurse.save()
    keep(diary, walk=walks(20))
    share = shared_with(diary, nurse)
    for page in ("show", "rows", "text", "compare"):
        said = text(clinic.get(at(share, page)))
        assert re.search(r"\d.yd\b", said), page
        assert not re.search(r"\d.k?m\b", said), page


def queries(clinic: Client, url: str) -> int:
    clinic.get(url)  # the report and its charts are made at the first look
    with CaptureQueriesContext(connection) as asked:
        assert clinic.get(url).status_code == 200
    return len(asked)


def test_a_page_asks_the_same_few_questions_of_ten_walks_as_of_four_hundred(
    new_diary, nurse, clinic
):
    few, many = new_diary("few"), new_diary("many")
    for each, count in ((few, 10), (many, 400)):
        each.take_in(
            {"profile": None, "walks": checked(walks(count)), "check_ins": [], "changes": [],
             "measurements": []}, NOW,
        )  # fmt: skip
    shares = [shared_with(each, nurse) for each in (few, many)]
    for page in PAGES:
        asked = [queries(clinic, at(share, page)) for share in shares]
        assert asked[0] == asked[1] <= 18, page


def checked(rows: list[dict]) -> list[dict]:
    return [rules.checked("walk", row) for row in rows]
