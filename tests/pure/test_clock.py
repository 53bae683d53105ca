"""Is a walk on the day that the walker's own clock shows?"""

from datetime import UTC, date, datetime

import pytest

from diary.clock import (
    WallTime,
    instant_of,
    local_date,
    months_later,
    zone_names,
    zones_named,
    zones_near,
)


@pytest.mark.parametrize(
    ("zone", "wall", "instant", "how"),
    [
        # Clocks go forward: 01:30 does not exist in London on 29 March 2026.
        ("Europe/London", (2026, 3, 29, 0, 59), "2026-03-29T00:59Z", WallTime.PLAIN),
        ("Europe/London", (2026, 3, 29, 1, 30), "2026-03-29T01:30Z", WallTime.SKIPPED),
        ("Europe/London", (2026, 3, 29, 2, 0), "2026-03-29T01:00Z", WallTime.PLAIN),
        # Clocks go back: 01:30 comes twice on 25 October 2026; the first is summer time.
        ("Europe/London", (2026, 10, 25, 0, 59), "2026-10-24T23:59Z", WallTime.PLAIN),
        ("Europe/London", (2026, 10, 25, 1, 30), "2026-10-25T00:30Z", WallTime.AMBIGUOUS),
        ("Europe/London", (2026, 10, 25, 2, 0), "2026-10-25T02:00Z", WallTime.PLAIN),
        ("Europe/Ljubljana", (2026, 3, 29, 2, 30), "2026-03-29T01:30Z", WallTime.SKIPPED),
        ("Europe/Ljubljana", (2026, 10, 25, 2, 30), "2026-10-25T00:30Z", WallTime.AMBIGUOUS),
        ("America/New_York", (2026, 3, 8, 2, 30), "2026-03-08T07:30Z", WallTime.SKIPPED),
        ("America/New_York", (2026, 11, 1, 1, 30), "2026-11-01T05:30Z", WallTime.AMBIGUOUS),
        # The southern autumn is in April; Lord Howe moves its clocks by half an hour.
        ("Australia/Sydney", (2026, 4, 5, 2, 30), "2026-04-04T15:30Z", WallTime.AMBIGUOUS),
        ("Australia/Lord_Howe", (2026, 4, 5, 1, 45), "2026-04-04T14:45Z", WallTime.AMBIGUOUS),
        ("Asia/Kolkata", (2026, 3, 29, 2, 30), "2026-03-28T21:00Z", WallTime.PLAIN),
    ],
)
def test_a_wall_time_becomes_one_instant_on_both_change_nights(zone, wall, instant, how):
    found, standing = instant_of(datetime(*wall), zone)
    assert found == datetime.fromisoformat(instant)
    assert standing is how


@pytest.mark.parametrize(
    ("instant", "zone", "day"),
    [
        ("2026-05-30T23:30:00Z", "Europe/London", date(2026, 5, 31)),
        ("2026-01-30T23:30:00Z", "Europe/London", date(2026, 1, 30)),
        ("2026-05-30T03:30:00Z", "America/New_York", date(2026, 5, 29)),
        ("2026-12-31T12:00:00Z", "Pacific/Kiritimati", date(2027, 1, 1)),
        ("2026-10-25T00:30:00Z", "Europe/London", date(2026, 10, 25)),
        ("2026-05-31T00:30:00+02:00", None, date(2026, 5, 31)),
    ],
)
def test_the_local_day_of_an_instant(instant, zone, day):
    assert local_date(datetime.fromisoformat(instant), zone) == day


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2026, 6, 1), 0, date(2026, 6, 1)),
        (date(2026, 6, 15), 6, date(2026, 12, 15)),
        (date(2026, 7, 15), 6, date(2027, 1, 15)),
        (date(2026, 11, 30), 1, date(2026, 12, 30)),
        (date(2026, 12, 31), 1, date(2027, 1, 31)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2027, 8, 31), 6, date(2028, 2, 29)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2024, 2, 29), 48, date(2028, 2, 29)),
        (date(2026, 10, 31), 1, date(2026, 11, 30)),
        (date(2026, 1, 1), 24, date(2028, 1, 1)),
    ],
)
def test_some_months_later_is_the_same_day_or_the_last_of_its_month(day, months, later):
    assert months_later(day, months) == later


def test_every_hour_of_a_year_comes_back_from_its_wall_time_but_for_the_second_of_two():
    zones = ("Europe/London", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu")
    for zone in zones:
        wrong = 0
        for day in range(1, 366):
            start = datetime.fromordinal(date(2026, 1, 1).toordinal() + day - 1)
            for hour in range(24):
                instant = start.replace(hour=hour, tzinfo=UTC)
                wall = local_wall(instant, zone)
                back, how = instant_of(wall, zone)
                assert how is not WallTime.SKIPPED
                wrong += back != instant
        assert wrong <= 1


def local_wall(instant: datetime, zone: str) -> datetime:
    from zoneinfo import ZoneInfo

    return instant.astimezone(ZoneInfo(zone)).replace(tzinfo=None)


def test_every_zone_is_named_by_its_own_name_in_letters_of_any_size():
    for name in zone_names():
        assert zones_named(name.lower()) == [name]


@pytest.mark.parametrize(
    ("text", "named", "near"),
    [
        ("london", ["Europe/London"], ["Europe/London"]),
        (" new york ", ["America/New_York"], ["America/New_York"]),
        ("Lond", [], ["Europe/London"]),
        ("Londn", [], ["Europe/London"]),
        ("Istanbul", ["Asia/Istanbul", "Europe/Istanbul"], ["Asia/Istanbul", "Europe/Istanbul"]),
        ("Mars", [], []),
        (" ", [], []),
    ],
)
def test_a_city_names_its_zone_and_a_slip_is_near_one(text, named, near):
    assert (zones_named(text), zones_near(text)) == (named, near)
