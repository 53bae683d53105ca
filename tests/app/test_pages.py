"""Do the pages keep what people enter, refuse the rest in words, and never break?"""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from lxml import html

from diary import rules
from diary.answers import SIGNS
from diary.models import Diary, Person, StoredReport, Walk
from diary.wording import labels

WALK_ID = "0b4a0a34-0000-4000-8000-000000000001"


def walk_answers(**answers: object) -> dict[str, object]:
    return {
        "id": WALK_ID, "distance": "600", "distance_unit": "m", "hurt": "yes", "when": "just_now",
        "pain-TOTAL_FORMS": "1", "pain-INITIAL_FORMS": "0", "pain-0-where": "calf:left",
        "pain-0-onset_distance": "250", **answers,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ({"distance": "-5"}, "This cannot be less than nothing."),
        ({"distance": "999999"}, "This cannot be more than 200 km."),
        ({"distance": "nan"}, "This should be a number, in digits alone."),
        ({"distance": "1e400"}, "This should be a number, in digits alone."),
        ({"distance": "9" * 400}, "between 0 m and 200 km"),
        ({"distance": "1,200"}, "without a comma"),
        ({"distance": "", "duration": ""}, "Say how far or how long the walk was."),
        ({"distance": "200"}, "The pain cannot come after the end of the walk."),
        ({"pain-0-relief_minutes": "2881"}, "This cannot be more than 48 hours."),
        ({"pain-0-intensity": "11"}, "This is not one of the possible answers."),
        ({"time_zone": "Mars/Olympus"}, "This is not a known time zone."),
        ({"date": "2399-01-01"}, "too far ahead"),
        ({"date": "0001-01-01"}, "too far ahead"),
        ({"date": "yesterday"}, "This is not a date of the calendar."),
        ({"notes": "x" * 10_000}, "at most 4000 fit"),
        ({"notes": "a\x00b"}, "characters"),
        ({"hurt": "no"}, "Which is right?"),
        ({"hurt": "perhaps"}, "This is not one of the possible answers."),
        ({"id": "1"}, "UUID"),
        ({"pain-TOTAL_FORMS": "100000"}, "at most"),
        ({"pain-TOTAL_FORMS": "x"}, "tampered"),
        ({"pain-0-spread_to": "elbow"}, "This is not one of the possible answers."),
        ({"distance": "600 x"}, "This should be a number, in digits alone."),
    ],
)
def test_a_bad_walk_gets_a_sentence_and_nothing_is_saved(signed_in, diary, answers, said):
    response = signed_in.post("/walks/add/", walk_answers(**answers))
    page = response.content.decode()
    assert response.status_code == 422
    assert said in page
    assert 'value="calf:left" checked' in page or "TOTAL_FORMS" in str(answers)
    assert not diary.walks.exists()


def test_ten_megabytes_of_notes_are_refused_without_a_crash(signed_in, diary):
    response = signed_in.post("/walks/add/", walk_answers(notes="x" * 10_000_000))
    assert response.status_code == 400
    assert b"Nothing was changed" in response.content
    assert not diary.walks.exists()


@pytest.mark.parametrize(
    ("answers", "asked"),
    [
        ({"duration": "1"}, "km an hour"),
        ({"duration": "10", "pain-0-onset_minutes": "11"}, "later than the walk lasted"),
        ({"pain-0-relief_minutes": "3"}, "how did you rest?"),
    ],
)
def test_an_odd_walk_is_asked_about_once_and_then_saved_as_it_is(signed_in, diary, answers, asked):
    response = signed_in.post("/walks/add/", walk_answers(**answers))
    page = response.content.decode()
    assert (response.status_code, diary.walks.count()) == (422, 0)
    assert asked in page
    mark = html.fromstring(page).xpath("//input[@name='asked']/@value")[0]
    again = walk_answers(**answers, asked=mark)
    response = signed_in.post("/walks/add/", again, follow=True)
    assert diary.walks.count() == 1
    assert asked not in response.content.decode()


def test_what_is_odd_in_another_way_is_asked_anew(signed_in, diary):
    page = signed_in.post("/walks/add/", walk_answers(distance="30 km")).content.decode()
    mark = html.fromstring(page).xpath("//input[@name='asked']/@value")[0]
    again = signed_in.post("/walks/add/", walk_answers(distance="31 km", asked=mark))
    assert "That is 31 km. Is that right?" in again.content.decode()
    assert not diary.walks.exists()


def test_a_half_finished_walk_can_be_saved_as_it_is(signed_in, diary):
    answers = {"hurt": "", "pain-0-where": "", "pain-0-onset_distance": ""}
    page = signed_in.post("/walks/add/", walk_answers(**answers)).content.decode()
    assert "You did not say whether it hurt" in page
    mark = html.fromstring(page).xpath("//input[@name='asked']/@value")[0]
    signed_in.post("/walks/add/", walk_answers(**answers, asked=mark))
    walk = diary.walks.get()
    assert (walk.distance_m, walk.pain_recorded) == (600, False)


def test_the_same_form_sent_twice_is_one_walk(signed_in, diary):
    for _ in range(2):
        assert signed_in.post("/walks/add/", walk_answers()).status_code == 302
    assert diary.walks.count() == 1


@pytest.mark.parametrize("shape", ["change", "measurement"])
def test_nothing_is_kept_that_nobody_chose(signed_in, diary, shape):
    page = html.fromstring(signed_in.get(f"/{shape}s/add/").content.decode())
    sent = dict(page.forms[-1].form_values(), value="80")
    assert sent["kind"] == ""
    answer = signed_in.post(f"/{shape}s/add/", sent)
    assert answer.status_code == 422
    assert html.fromstring(answer.content.decode()).xpath(
        "//select[@name='kind']/preceding-sibling::*[@class='error']"
    )
    assert not diary.rows(shape).exists()


NEW_FORMS = {
    "walk": ("/walks/add/", walk_answers(), {"notes": "from the phone"}),
    "check_in": ("/check-ins/add/", {"date": "2026-05-30"}, {"notes": "from the phone"}),
    "change": (
        "/changes/add/",
        {"id": WALK_ID, "kind": "injury", "date": "2026-05-01"},
        {"notes": "from the phone"},
    ),
    "measurement": (
        "/measurements/add/",
        {"id": WALK_ID, "kind": "weight_kg", "date": "2026-05-01", "value": "80"},
        {"value": 81},
    ),
    "route": (
        "/routes/add/",
        {"id": WALK_ID, "name": "Home to the bench", "distance": "360", "distance_unit": "m"},
        {"distance_m": 380},
    ),
    "profile": ("/profile/", {"weight_kg": "70"}, {"smoking": "former"}),
}


@pytest.mark.parametrize("shape", NEW_FORMS)
@pytest.mark.parametrize("typed", [{}, {"notes": "typed over it", "height_cm": "170"}])
def test_a_new_form_sent_again_is_not_saved_over_what_a_phone_made_of_it(
    signed_in, diary, shape, typed
):
    where, answers, changes = NEW_FORMS[shape]
    assert signed_in.post(where, answers).status_code == 302
    stored = diary.own_profile() if shape == "profile" else diary.rows(shape).get()
    diary.patch(shape, stored.name, changes, timezone.now(), None)
    response = signed_in.post(where, {**answers, **typed})
    assert response.status_code == 422
    assert "saved somewhere else meanwhile" in response.content.decode()
    there = diary.own_profile() if shape == "profile" else diary.rows(shape).get()
    assert {name: there.told(name) for name in changes} == changes


@pytest.mark.parametrize("shape", ["walk", "check_in", "change", "measurement", "route"])
def test_a_new_form_sent_again_does_not_bring_back_what_was_deleted(signed_in, diary, shape):
    where, answers, _changes = NEW_FORMS[shape]
    signed_in.post(where, answers)
    diary.delete_row(diary.rows(shape).get(), timezone.now())
    response = signed_in.post(where, answers)
    assert response.status_code == 422
    assert "This entry was deleted" in response.content.decode()
    assert not diary.rows(shape).kept().exists()


def test_a_walk_ahead_of_the_clock_is_kept_but_not_counted_until_confirmed(signed_in, diary):
    ahead = timezone.localtime(timezone.now() + timedelta(hours=5), timezone.get_fixed_timezone(0))
    answers = walk_answers(
        date=ahead.date().isoformat(), time=ahead.strftime("%H:%M"), time_zone="UTC"
    )
    page = signed_in.post("/walks/add/", answers, follow=True).content.decode()
    assert "lies in the future" in page
    assert diary.walks.get().clock_suspect is True
    assert "You recorded 0 walks." in signed_in.get("/pattern/").content.decode()

    confirmed = {**answers, "clock_is_right": "on", "revision": diary.walks.get().revision}
    signed_in.post(reverse("walk-edit", args=[WALK_ID]), confirmed)
    assert diary.walks.get().clock_suspect is False
    assert "You recorded 1 walk." in signed_in.get("/pattern/").content.decode()


def test_the_hour_that_comes_twice_takes_the_first_and_says_so(signed_in, diary):
    answers = walk_answers(date="2025-10-26", time="01:30", time_zone="Europe/London")
    page = signed_in.post("/walks/add/", answers, follow=True).content.decode()
    assert "came twice" in page
    assert diary.walks.get().started_at.isoformat() == "2025-10-26T00:30:00+00:00"


def test_a_new_walk_offers_what_the_last_one_said_and_one_tick_takes_it_over(signed_in, diary):
    last = walk_answers(pace="slow", footwear="old boots", notes="private", distance_source="gps")
    signed_in.post("/walks/add/", {**last, "pain-0-both": "on", "pain-0-intensity": "7"})
    page = signed_in.get("/walks/add/").content.decode()
    assert "Pace: Slow · On your feet: old boots · If it hurt: Calf (both sides)" in page
    assert 'id="id_pace_1" checked' not in page
    assert "private" not in page
    same = html.fromstring(page).xpath("//input[@name='same']/@value")[0]
    other = "0b4a0a34-0000-4000-8000-000000000002"
    plain = walk_answers(id=other, same=same, **{"pain-0-where": ""})
    signed_in.post("/walks/add/", plain)
    walk = diary.walks.get(uid=other)
    pain = walk.episodes.get()
    assert (walk.pace, walk.footwear, walk.notes) == ("slow", "old boots", "")
    assert walk.distance_source is None
    assert (pain.site, pain.side, pain.intensity) == ("calf", "both", None)


def test_the_route_that_is_walked_most_stands_first_and_fills_in_its_length(signed_in, diary):
    keys = [f"0b4a0a34-0000-4000-8000-00000000000{letter}" for letter in "abc"]
    for key, length_m in zip(keys, (360.5, 900, 1200), strict=True):
        route = {"id": key, "name": f"route {key[-1]}", "distance_m": length_m}
        diary.put("route", route, timezone.now())
    diary.delete_row(diary.routes.get(uid=keys[2]), timezone.now())
    assert routes_offered(signed_in) == ["", keys[1], keys[0]]
    answers = walk_answers(route=keys[0], distance="")
    assert signed_in.post("/walks/add/", answers).status_code == 302
    walk = diary.walks.get()
    assert (walk.distance_m, walk.distance_source) == (360.5, "known_route")
    assert routes_offered(signed_in) == ["", keys[0], keys[1]]
    walk_page = signed_in.get(f"/walks/{WALK_ID}/").content.decode()
    assert 'name="route"' not in walk_page


def test_a_route_of_somebody_else_is_no_choice(signed_in, diary, victim):
    theirs = {"name": "theirs", "distance_m": 700, "id": "0b4a0a34-0000-4000-8000-00000000000d"}
    victim.put("route", theirs, timezone.now())
    diary.put("route", {**theirs, "id": "0b4a0a34-0000-4000-8000-00000000000e"}, timezone.now())
    answers = walk_answers(route=theirs["id"], distance="")
    assert signed_in.post("/walks/add/", answers).status_code == 422
    assert not diary.walks.exists()


def routes_offered(client) -> list[str]:
    page = html.fromstring(client.get("/walks/add/").content.decode())
    return page.xpath("//input[@name='route']/@value")


def test_text_is_text_wherever_it_is_shown(signed_in, diary):
    evil = "<script>alert(1)</script>"
    signed_in.post("/walks/add/", walk_answers(notes=evil, footwear=evil))
    signed_in.post(
        "/changes/add/",
        {"id": WALK_ID, "kind": "other", "date": "2026-05-01", "notes": evil},
    )
    for path in ("/", "/walks/", f"/walks/{WALK_ID}/", "/changes/", "/pattern/"):
        assert evil not in signed_in.get(path).content.decode()
    assert diary.walks.get().notes == evil


def test_reading_the_pattern_again_works_nothing_out_again(
    signed_in, diary, django_assert_max_num_queries
):
    signed_in.post("/walks/add/", walk_answers())
    signed_in.get("/pattern/")
    first = StoredReport.objects.get()
    with django_assert_max_num_queries(7):
        signed_in.get("/pattern/")
    again = StoredReport.objects.get()
    assert (again.revision, again.charts) == (first.revision, first.charts)
    signed_in.post("/walks/add/", walk_answers(id="0b4a0a34-0000-4000-8000-000000000002"))
    signed_in.get("/pattern/")
    assert StoredReport.objects.get().assessment["walks"]["total"] == 2


def test_strong_pain_at_rest_is_answered_on_the_page_of_its_day(signed_in):
    day = {"date": "2026-05-30", "pain_at_rest": "9", "night_pain": "yes", "sites": ["foot"]}
    page = signed_in.post("/check-ins/add/", day, follow=True).content.decode()
    assert "pain of 7 or more at rest" in page
    assert "do not wait: get emergency help now" in page


@pytest.mark.parametrize("path", ["/", "/walks/", "/check-ins/", "/deleted/"])
def test_a_page_asks_the_database_no_more_for_a_hundred_walks_than_for_one(
    signed_in, diary, path, django_assert_max_num_queries
):
    diary.take_in(
        {
            "profile": None,
            "check_ins": [],
            "changes": [],
            "measurements": [],
            "walks": [checked_walk(number) for number in range(100)],
        },
        timezone.now(),
    )
    if path == "/deleted/":
        for walk in diary.walks.all():
            diary.delete_row(walk, timezone.now())
    signed_in.get(path)
    with django_assert_max_num_queries(12):
        assert signed_in.get(path).status_code == 200


def checked_walk(number: int) -> dict:
    return rules.checked(
        "walk",
        {
            "id": f"0b4a0a34-0000-4000-8000-{number:012d}",
            "started_at": "2026-05-30T09:00:00Z",
            "distance_m": 600,
            "pain": [{"onset_distance_m": 300}, {"onset_distance_m": 500}],
        },
    )


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "empty"),
        (b"hello", "not a GPX recording"),
        (b"<gpx></gpx>", "no track"),
        (b'<!DOCTYPE gpx [<!ENTITY a "b">]><gpx>&a;</gpx>', "never needs"),
        (b"\x89PNG\r\n", "not a GPX recording"),
    ],
)
def test_a_bad_recording_gets_a_sentence_and_changes_nothing(signed_in, diary, data, said):
    response = signed_in.post("/walks/recording/", {"file": SimpleUploadedFile("a.gpx", data)})
    assert response.status_code == 422
    assert said in response.content.decode()
    assert not diary.walks.exists()


def test_a_bad_diary_file_is_refused_with_every_path(signed_in, diary):
    data = (
        b'{"format": "walking-diary", "version": 1, "walks": [{"id": "1", "distance_m": 5,'
        b' "started_at": "2026-05-30T09:00:00Z", "pain": [{"onset_distance_m": 9}]}]}'
    )
    response = signed_in.post(
        "/diary-file/", {"file": SimpleUploadedFile("d.json", data), "differing": "keep"}
    )
    page = response.content.decode()
    assert response.status_code == 422
    assert "walks[0].id: this is not a UUID" in page
    assert (
        "walks[0].pain[0].onset_distance_m: the pain cannot come after the end of the walk" in page
    )
    assert not diary.walks.exists()


def test_a_check_in_of_a_day_that_was_recorded_meanwhile_shows_both(signed_in, diary):
    signed_in.post("/check-ins/add/", {"date": "2026-05-30", "notes": "from the phone"})
    response = signed_in.post("/check-ins/add/", {"date": "2026-05-30", "notes": "from here"})
    assert response.status_code == 422
    assert "from the phone" in response.content.decode()
    assert diary.check_ins.get().notes == "from the phone"


def test_a_card_is_shown_before_anything_else_is_right(signed_in, diary):
    response = signed_in.post(
        "/check-ins/add/",
        {"date": "nonsense", "signs": ["saddle_numbness"], "notes": "since noon", "card": "1"},
    )
    assert response.status_code == 200
    page = response.content.decode()
    assert "Get emergency help now" in page.split('id="cards"')[1].split("<template")[0]
    assert "since noon" in page
    assert "Save the day" in page
    assert not diary.check_ins.exists()


def test_the_card_of_a_day_that_is_changed_stands_where_it_was_asked_for(signed_in, diary):
    signed_in.post("/check-ins/add/", {"date": "2026-05-30", "signs": ["swelling"]})
    ticked = {"date": "2026-05-30", "signs": ["saddle_numbness"], "card": "1"}
    page = signed_in.post("/check-ins/2026-05-30/", ticked).content.decode()
    assert page.count("Get emergency help now") == 1
    assert "Get emergency help now" in page.split('id="cards"')[1]
    assert diary.check_ins.get().signs == ["swelling"]


def test_every_sign_can_be_ticked_in_the_check_in():
    grouped = [sign for _, signs in labels.SIGN_GROUPS.values() for sign in signs]
    assert sorted(grouped) == sorted(SIGNS)


def test_signing_up_keeps_the_browsers_zone_and_opens_an_empty_diary(client, db):
    response = client.post(
        "/account/signup/",
        {
            "email": "New@Example.org",
            "password1": "a-long-walk-to-the-sea",
            "time_zone": "Europe/Ljubljana",
        },
    )
    assert response.status_code == 302
    person = Person.objects.get(email="new@example.org")
    assert person.time_zone == "Europe/Ljubljana"
    assert "where does it hurt?" in client.get("/").content.decode()
    assert Diary.objects.get(owner=person).revision == 0


def test_a_zone_that_is_none_is_left_out_at_sign_up(client, db):
    client.post(
        "/account/signup/",
        {"email": "n@example.org", "password1": "a-long-walk-to-the-sea", "time_zone": "Moon/Sea"},
    )
    assert Person.objects.get().time_zone == "UTC"


@pytest.mark.parametrize(
    ("language", "units"),
    [("en-US,en;q=0.9", "imperial"), ("en-GB,en-US;q=0.9", "metric"), ("de", "metric"),
     ("", "metric")],
)  # fmt: skip
def test_whoever_reads_american_english_first_begins_in_yards_and_miles(
    client, db, language, units
):
    answers = {"email": "n@example.org", "password1": "a-long-walk-to-the-sea"}
    client.post("/account/signup/", answers, headers={"Accept-Language": language})
    assert Person.objects.get().units == units


def test_a_diary_without_a_zone_says_in_which_its_days_are_counted(client, db):
    answers = {"email": "n@example.org", "password1": "a-long-walk-to-the-sea"}
    client.post("/account/signup/", answers)
    assert "Your days are counted in UTC" in client.get("/").content.decode()
    sent = {"name": "", "units": "metric", "time_zone": "london"}
    assert client.post("/settings/", sent).status_code == 302
    assert Person.objects.get().time_zone == "Europe/London"
    assert "counted in UTC" not in client.get("/").content.decode()
    answer = client.post("/settings/", {**sent, "time_zone": "Lond"})
    assert answer.status_code == 422
    assert "not a known time zone. Nearest to it: Europe/London." in answer.content.decode()


def test_a_forgotten_password_can_be_set_anew_with_a_link_that_works_once(client, diary):
    client.post("/account/password/reset/", {"email": "walker@example.org"})
    link = next(line for line in mail.outbox[0].body.split() if "/account/password/reset/" in line)
    page = client.get(link, follow=True)
    assert page.status_code == 200
    form = page.redirect_chain[-1][0]
    assert client.post(form, {"password1": "another-long-walk", "password2": "another-long-walk"})
    diary.owner.refresh_from_db()
    assert diary.owner.check_password("another-long-walk")
    client.logout()
    assert b"used before" in client.get(link, follow=True).content


def test_asking_to_reset_an_unknown_address_gives_the_same_answer(client, diary):
    known = client.post("/account/password/reset/", {"email": "walker@example.org"})
    unknown = client.post("/account/password/reset/", {"email": "nobody@example.org"})
    assert (known.status_code, known.url) == (unknown.status_code, unknown.url)


def test_an_upload_of_a_whole_export_reads_back(signed_in, diary):
    signed_in.post("/walks/add/", walk_answers(date="2026-05-30", time="09:00"))
    data = signed_in.get("/diary-file/export/").content
    Walk.objects.all().delete()
    signed_in.post("/diary-file/", {"file": io.BytesIO(data), "differing": "keep"})
    assert signed_in.get("/diary-file/export/").content == data


def test_an_account_stands_even_when_no_mail_server_answers(client, db, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    answers = {"email": "n@example.org", "password1": "a-long-walk-to-the-sea"}
    page = client.post("/account/signup/", answers, follow=True)
    assert page.status_code == 200
    assert "could not be sent" in page.content.decode()
    assert Person.objects.get().email == "n@example.org"


def test_a_place_that_no_body_has_is_refused(signed_in, diary):
    response = signed_in.post("/walks/add/", walk_answers(**{"pain-0-where": "elbow:left"}))
    assert response.status_code == 422
    assert "This is not one of the possible answers." in response.content.decode()
    assert not diary.walks.exists()


def test_the_same_walk_entered_as_two_is_asked_about(signed_in, diary):
    for number in (1, 2):
        answers = walk_answers(
            id=f"0b4a0a34-0000-4000-8000-00000000000{number}", date="2026-05-30", time="09:00"
        )
        page = signed_in.post("/walks/add/", answers, follow=True).content.decode()
    assert "began at the same time" in page
    assert diary.walks.count() == 2


@pytest.mark.parametrize(
    "answers",
    [
        {"duration": "99999999999999"},
        {"date": "9999-12-31", "time": "23:59"},
        {"date": "0001-01-01", "time": "00:00"},
    ],
)
def test_a_length_of_time_that_no_calendar_holds_gets_a_sentence(signed_in, diary, answers):
    diary.owner.time_zone = "America/New_York"
    diary.owner.save()
    response = signed_in.post("/walks/add/", walk_answers(**answers))
    assert response.status_code == 422
    assert not diary.walks.exists()


def test_a_pain_that_is_described_is_not_forgotten_by_not_remembering(signed_in, diary):
    answers = walk_answers(hurt="unknown") | {"pain-0-onset_distance": "250"}
    response = signed_in.post("/walks/add/", answers)
    assert response.status_code == 422
    assert "Which is right?" in response.content.decode()


def test_yes_with_nothing_ticked_is_asked_about(signed_in, diary):
    response = signed_in.post("/check-ins/add/", {"date": "2026-05-30", "signs_asked": "some"})
    assert response.status_code == 422
    assert not diary.check_ins.exists()


def test_a_file_with_half_a_character_for_a_name_gets_a_sentence(signed_in):
    for whole in (
        b'{"format":"walking-diary","version":1,"\\ud800":1}',
        b'{"format":"walking-diary","version":1,"walks":[{"\\ud800":1}]}',
    ):
        file = SimpleUploadedFile("diary.json", whole)
        assert signed_in.post("/diary-file/", {"file": file}).status_code == 422


def test_an_old_flag_says_how_old_it_is(signed_in, diary):
    day = (timezone.now() - timedelta(days=60)).date()
    diary.put("check_in", {"date": day.isoformat(), "signs": ["chest_pain"]}, timezone.now())
    for path in ("/", "/pattern/"):
        page = signed_in.get(path).content.decode()
        assert f"last on {date_format(day, 'j F Y')}" in page
        assert "60 days ago" in page


@pytest.mark.parametrize("path", ["/account/email/", "/account/password/change/"])
def test_a_visitor_cannot_take_a_demo_person_over(client, diary, path):
    diary.owner.is_demo = True
    diary.owner.save()
    client.force_login(diary.owner)
    for method in (client.get, client.post):
        assert method(path, {"email": "other@example.org", "action_add": "1"}).status_code == 404
    assert mail.outbox == []
    diary.owner.is_demo = False
    diary.owner.save()
    assert client.get(path).status_code in (200, 302)


def test_what_is_typed_of_an_entry_that_was_deleted_meanwhile_is_not_lost(signed_in, diary):
    signed_in.post("/walks/add/", walk_answers())
    walk = diary.walks.get()
    answers = walk_answers(revision=walk.revision, notes="by the river")
    diary.delete_row(walk, timezone.now())
    response = signed_in.post(reverse("walk-edit", args=[WALK_ID]), answers)
    page = response.content.decode()
    assert response.status_code == 422
    assert "This entry was deleted" in page
    assert "by the river" in page
    revision = diary.walks.get().revision
    signed_in.post(reverse("walk-edit", args=[WALK_ID]), {**answers, "revision": revision})
    assert diary.walks.kept().get().notes == "by the river"
