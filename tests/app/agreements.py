"""A diary whose every day and note can be told apart, and how far its owner lets others see it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from diary import rules
from diary.access import Share, invite
from diary.models import Diary, Person

FIRST_DAY = date(2026, 4, 20)
DAYS = 12
NOTE = "a note of day"
GRANTEE = {"name": "Dr Cora Lind", "role": "vascular surgeon"}


def day(number: int) -> date:
    return FIRST_DAY + timedelta(days=number)


def document(days: int = DAYS, zone: str = "Europe/London") -> rules.Row:
    """A diary with a row of every kind on each of its days; walks begin late in the evening."""
    rows: dict[str, list[rules.Row]] = {name: [] for name in rules.LISTS}
    for number in range(days):
        on, name = day(number).isoformat(), f"{number:012d}"
        started = datetime.combine(day(number), time(23, 30), ZoneInfo(zone)).astimezone(UTC)
        said = {"notes": f"{NOTE} {number}"}
        walk = {"id": f"aaaaaaaa-0000-4000-8000-{name}", "started_at": started.isoformat()}
        pain = [{"onset_distance_m": 200 + number, "site": "calf", "side": "left"}]
        rows["walks"].append(walk | said | {"time_zone": zone, "distance_m": 600, "pain": pain})
        rows["check_ins"].append({"date": on, "pain_at_rest": 2} | said)
        change = {"id": f"bbbbbbbb-0000-4000-8000-{name}", "date": on, "kind": "footwear"}
        rows["changes"].append(change | said)
        measured = {"id": f"cccccccc-0000-4000-8000-{name}", "date": on, "kind": "weight_kg"}
        rows["measurements"].append(measured | said | {"value": 80})
        way = {"id": f"dddddddd-0000-4000-8000-{name}", "name": f"the way of day {number}"}
        rows["routes"].append(way | said | {"distance_m": 360})
    return rules.document_checked({"format": "walking-diary", "version": 1, **rows})


def person(name: str, zone: str = "Europe/London", **fields: Any) -> Person:
    made = Person(email=f"{name}@example.org", name=name, time_zone=zone, **fields)
    made.save()
    return made


def diary_of(owner: Person, now: datetime, days: int = DAYS) -> Diary:
    """The owner's diary with `document` in it."""
    made = Diary.objects.create(owner=owner)
    made.take_in(document(days, owner.time_zone), now)
    return made


def terms(now: datetime, **said: Any) -> rules.Row:
    """What an owner enters: everything with notes, for ninety days."""
    until = (now + timedelta(days=90)).date()
    return {"what": "notes", "until": until.isoformat()} | said


def accepted(diary: Diary, grantee: Person, now: datetime, **said: Any) -> Share:
    """A share that somebody accepted and that waits for the owner's word."""
    made = invite(diary, terms(now, email=grantee.email, **said), now)
    made.share.accept(grantee, GRANTEE, made.secret, now)
    return Share.objects.get(pk=made.share.pk)


def agreed(diary: Diary, grantee: Person, now: datetime, **said: Any) -> Share:
    """A share that gives its right."""
    share = accepted(diary, grantee, now, **said)
    share.agree(now)
    return share


def days_and_notes(told: rules.Row, zone: str) -> Iterator[tuple[date, str]]:
    """Of every row of a document its day on the walker's clock, and its note."""
    for plural, rows in told.items():
        for row in rows if plural in rules.LISTS else ():
            if "started_at" in row:
                yield row["started_at"].astimezone(ZoneInfo(zone)).date(), row["notes"]
            else:
                yield row["date"], row["notes"]
