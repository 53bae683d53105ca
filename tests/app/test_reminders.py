"""Does a reminder come when it was asked for, once, and is it stopped with one tap?"""

from __future__ import annotations

import re
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client

from diary import tasks
from diary.access import remind
from diary.clock import next_at
from diary.models import Person, Reminder

EVERY_DAY = [*range(7)]
# What somebody else who sees the screen should not read.
ABOUT_HEALTH = re.compile(
    r"\b(leg|pain|walk\w*|health|diary|entr(y|ies)|log|missed|forg[eo]t\w*|streak|doctor)\b", re.I
)


@pytest.fixture
def person(diary) -> Person:
    owner = diary.owner
    EmailAddress.objects.create(user=owner, email=owner.email, verified=True, primary=True)
    return owner


def at(text: str, zone: str = "Europe/London") -> datetime:
    """An instant as a clock in the zone shows it."""
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone))


def minutes_of(first: datetime, last: datetime, step: int = 15) -> int:
    """Let a worker look every few minutes, and say how many e-mails went out."""
    before, now = len(mail.outbox), first
    while now <= last:
        with time_machine.travel(now, tick=False):
            tasks.send_reminders()
        now = (now.astimezone(UTC) + timedelta(minutes=step)).astimezone(first.tzinfo)
    return len(mail.outbox) - before


def test_it_comes_at_its_time_on_its_days_and_on_no_other(person):
    remind(person, time(18), [0, 3], at("2026-06-01T12:00"))  # a Monday
    assert minutes_of(at("2026-06-01T12:00"), at("2026-06-01T17:59")) == 0
    assert minutes_of(at("2026-06-01T18:00"), at("2026-06-01T18:00")) == 1
    assert minutes_of(at("2026-06-01T18:15"), at("2026-06-04T17:45"), 60) == 0
    assert minutes_of(at("2026-06-04T18:00"), at("2026-06-04T23:00")) == 1


@pytest.mark.parametrize(
    ("day", "wall", "expected"),
    [
        # London's clocks leap from 01:00 to 02:00 on 29 March, and back from 02:00 on 25 October.
        ("2026-03-29", time(1, 30), "2026-03-29T01:30+00:00"),
        ("2026-03-29", time(18), "2026-03-29T17:00+00:00"),
        ("2026-10-25", time(1, 30), "2026-10-25T00:30+00:00"),
        ("2026-10-25", time(18), "2026-10-25T18:00+00:00"),
    ],
)
def test_it_comes_once_on_the_days_on_which_the_clocks_change(person, day, wall, expected):
    remind(person, wall, EVERY_DAY, at(f"{day}T00:00"))
    assert Reminder.objects.get().next_at == datetime.fromisoformat(expected)
    assert minutes_of(at(f"{day}T00:00"), at(f"{day}T23:45")) == 1


def test_who_travels_gets_it_by_the_clock_there_and_once_a_day(person):
    remind(person, time(18), EVERY_DAY, at("2026-06-01T12:00"))
    assert minutes_of(at("2026-06-01T18:00"), at("2026-06-01T18:30")) == 1
    Person.objects.update(time_zone="America/New_York")
    there = "America/New_York"
    assert minutes_of(at("2026-06-01T14:00", there), at("2026-06-01T23:45", there)) == 0
    assert minutes_of(at("2026-06-02T00:00", there), at("2026-06-02T17:45", there)) == 0
    assert minutes_of(at("2026-06-02T18:00", there), at("2026-06-02T18:15", there)) == 1


def test_two_workers_that_saw_it_due_send_one(person, monkeypatch):
    remind(person, time(18), EVERY_DAY, at("2026-06-01T12:00"))
    now = at("2026-06-01T18:00")
    seen_by_both = [Reminder.objects.get(), Reminder.objects.get()]
    assert [each.take(now) for each in seen_by_both] == [True, False]


def test_a_worker_that_was_off_for_days_sends_no_pile(person):
    remind(person, time(18), EVERY_DAY, at("2026-06-01T12:00"))
    assert minutes_of(at("2026-06-09T18:20"), at("2026-06-09T20:20"), 1) == 1


def test_one_that_is_hours_late_is_left_out_and_not_sent_at_night(person):
    remind(person, time(18), EVERY_DAY, at("2026-06-01T12:00"))
    assert minutes_of(at("2026-06-02T03:00"), at("2026-06-02T17:45")) == 0
    assert minutes_of(at("2026-06-02T18:00"), at("2026-06-02T18:00")) == 1


def test_none_goes_to_an_address_that_nobody_confirmed_or_to_a_closed_account(person):
    remind(person, time(18), EVERY_DAY, at("2026-06-01T12:00"))
    EmailAddress.objects.update(verified=False)
    assert minutes_of(at("2026-06-01T18:00"), at("2026-06-01T18:00")) == 0
    EmailAddress.objects.update(verified=True)
    Person.objects.update(is_active=False)
    assert minutes_of(at("2026-06-01T18:15"), at("2026-06-01T18:15")) == 0


@pytest.fixture
def letter(person):
    remind(person, time(18), EVERY_DAY, at("2026-06-01T12:00"))
    assert minutes_of(at("2026-06-01T18:00"), at("2026-06-01T18:00")) == 1
    return mail.outbox[0]


def test_it_says_nothing_of_health_and_blames_nobody(letter):
    assert not ABOUT_HEALTH.search(re.sub(r"http\S+", "", letter.subject + letter.body))
    assert letter.to == ["walker@example.org"]


def test_its_link_stops_it_without_signing_in(letter):
    (stop,) = re.findall(r"http\S+(/reminder/stop/\S+)", letter.body)
    browser = Client(enforce_csrf_checks=True)
    assert "Stop the reminder?" in browser.get(stop).content.decode()
    assert Reminder.objects.get().next_at  # looking at a link, as mail scanners do, stops nothing
    assert "No more reminders" in browser.post(stop).content.decode()
    assert Reminder.objects.get().next_at is None
    assert minutes_of(at("2026-06-02T18:00"), at("2026-06-02T18:00")) == 0
    assert browser.post(stop).status_code == 200  # a second time


def test_a_mail_program_stops_it_with_one_click(letter):
    where = letter.extra_headers["List-Unsubscribe"].strip("<>")
    assert letter.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    path = where.removeprefix("http://localhost:8000")
    sent = "List-Unsubscribe=One-Click"
    Client(enforce_csrf_checks=True).post(path, sent, "application/x-www-form-urlencoded")
    assert Reminder.objects.get().next_at is None


def test_a_link_that_was_tampered_with_stops_nothing(letter):
    (stop,) = re.findall(r"http\S+(/reminder/stop/\S+)", letter.body)
    token = stop.split("/")[3]
    assert Client().post(f"/reminder/stop/{token[:-1]}x/").status_code == 404
    assert Reminder.objects.get().next_at


def test_it_is_off_until_somebody_switches_it_on_and_they_can_switch_it_off(person, signed_in):
    assert "Off. You can have" in signed_in.get("/settings/").content.decode()
    sent = {"at": "07:30", "weekdays": ["0", "2"]}
    assert signed_in.post("/settings/reminder/", sent).url == "/settings/"
    assert "7:30" in signed_in.get("/settings/").content.decode()
    assert "Wednesday" in signed_in.get("/settings/").content.decode()
    signed_in.post("/settings/reminder/", {"off": "1"})
    assert "Off. You can have" in signed_in.get("/settings/").content.decode()


@pytest.mark.parametrize("sent", [{"at": "07:30"}, {"weekdays": ["0"]}, {"at": "x"}, {}])
def test_without_a_time_or_a_day_none_is_switched_on(person, signed_in, sent):
    assert signed_in.post("/settings/reminder/", sent).status_code == 422
    assert not Reminder.objects.exists()


def test_an_unconfirmed_address_and_a_demo_person_get_none(diary, signed_in):
    sent = {"at": "07:30", "weekdays": ["0"]}
    assert "First confirm" in signed_in.get("/settings/reminder/").content.decode()
    assert signed_in.post("/settings/reminder/", sent).status_code == 422
    EmailAddress.objects.create(user=diary.owner, email=diary.owner.email, verified=True)
    Person.objects.update(is_demo=True)
    assert "no e-mail is sent" in signed_in.get("/settings/reminder/").content.decode()
    assert signed_in.post("/settings/reminder/", sent).status_code == 422
    assert not Reminder.objects.exists()


def test_a_day_that_is_skipped_over_by_the_date_line_is_passed():
    # Apia had no 30 December 2011.
    after = at("2011-12-29T20:00", "Pacific/Apia")
    found = next_at(time(18), [4], "Pacific/Apia", after, None)
    assert found.astimezone(ZoneInfo("Pacific/Apia")).hour == 18


def test_choosing_another_time_on_the_day_it_came_brings_none_again(person):
    remind(person, time(18), EVERY_DAY, at("2026-06-01T12:00"))
    assert minutes_of(at("2026-06-01T18:00"), at("2026-06-01T18:00")) == 1
    remind(person, time(20), EVERY_DAY, at("2026-06-01T18:30"))
    assert minutes_of(at("2026-06-01T18:30"), at("2026-06-01T23:00")) == 0
    assert minutes_of(at("2026-06-02T20:00"), at("2026-06-02T20:00")) == 1
