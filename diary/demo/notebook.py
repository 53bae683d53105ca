"""How is an invented diary written down, the way a person would keep it?"""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

from diary.clock import instant_of
from diary.rules import Row, utc

# A person's ids hang on the name and the place in the diary, not on the day the demo is loaded:
# loading it again on a later day moves the same rows, it does not double them.
IDS = uuid.UUID("6c1f5d0e-3f0b-5b0c-9a57-6d7c6a1d2b90")
# How finely each kind of distance is written down, and the times that go with it.
ROUNDED_TO_M = {"gps": 5, "treadmill": 10, "known_route": 10, "pedometer": 10, "estimated": 50}
ROUNDED_TO_S = {"gps": 5, "treadmill": 10, "known_route": 60, "pedometer": 60, "estimated": 300}
# What people leave out of an entry made in the evening, and how often.
FORGOTTEN = {
    "onset_s": 0.35,
    "stopped_distance_m": 0.25,
    "qualities": 0.2,
    "relief_s": 0.08,
    "rest_s": 0.25,
    "course_while_walking": 0.3,
    "onset": 0.3,
    "intensity": 0.05,
    "resumed": 0.08,
}


@dataclass
class Outing:
    """A walk as it happens: metres covered, seconds gone, pains on the way."""

    length_m: float
    speed_m_s: float
    metres: float = 0.0
    seconds: float = 0.0
    pain: list[Row] = field(default_factory=list)

    def go(self, metres: float) -> None:
        """Walk on, no further than the end of the walk."""
        step = min(metres, self.length_m - self.metres)
        self.metres += step
        self.seconds += step / self.speed_m_s

    def hurts(self, after_m: float, **said: Any) -> bool:
        """Walk on until it hurts, and keep going; False when the walk ends before that."""
        if self.metres + after_m >= self.length_m:
            return False
        self.go(after_m)
        self.pain.append({"onset_distance_m": self.metres, "onset_s": self.seconds, **said})
        return True

    def stops(self, after_m: float, rest_s: float, **said: Any) -> None:
        """Carry the last pain a little further, then rest."""
        self.go(after_m)
        self.pain[-1] |= {
            "response": "stopped",
            "stopped_distance_m": self.metres,
            "rest_s": rest_s,
            "resumed": self.metres < self.length_m,
            **said,
        }
        self.seconds += rest_s


class Notebook:
    """One person's diary while it is being written; day 0 is its first day."""

    def __init__(self, name: str, time_zone: str, days: int, last_day: date):
        self.name, self.time_zone, self.days, self.last_day = name, time_zone, days, last_day
        self.first_day = last_day - timedelta(days=days - 1)
        self.random = Random(f"waymark {name}")
        self.profile: Row = {}
        self.rows: dict[str, list[Row]] = {
            "walks": [], "check_ins": [], "changes": [], "measurements": [], "routes": [],
        }  # fmt: skip

    def document(self) -> Row:
        """What was written, as a diary document."""
        for plural, key in (("walks", "started_at"), ("check_ins", "date"), ("changes", "date")):
            self.rows[plural].sort(key=lambda row: row[key])
        return {"format": "walking-diary", "version": 1, "profile": self.profile, **self.rows}

    def person(self, age: int, **known: Any) -> None:
        """Who keeps this diary."""
        self.profile = {"birth_year": self.last_day.year - age, **known}

    def on(self, day: int) -> str:
        """The date of a day; days before the diary are negative."""
        return (self.first_day + timedelta(days=day)).isoformat()

    def chance(self, share: float) -> bool:
        """True this share of the time."""
        return self.random.random() < share

    def between(self, low: float, high: float) -> float:
        """Any number in between."""
        return self.random.uniform(low, high)

    def about(self, middle: float, spread: float = 0.15) -> float:
        """A length that varies as lengths do: lognormal, `spread` its coefficient of variation."""
        return middle * self.random.lognormvariate(0, spread)

    def one_of(self, *values: Any) -> Any:
        """One of the values; name one twice to have it twice as often."""
        return self.random.choice(values)

    def note(self, notes: Mapping[int, str]) -> str:
        """What is written beside the next walk, by the number of the walk."""
        return notes.get(len(self.rows["walks"]) + 1, "")

    def walking_days(
        self, share: float, start: int = 0, stop: int | None = None, away: Sequence[int] = ()
    ) -> Iterator[int]:
        """The days with a walk, up to the day before the last: that day's walk is still to come."""
        for day in range(start, self.days - 1 if stop is None else stop):
            if self.chance(share) and day not in away:
                yield day

    def walk(
        self,
        day: int,
        outing: Outing,
        source: str | None = "known_route",
        *,
        vivid: bool = False,
        left_open: bool = False,
        **said: Any,
    ) -> None:
        """Write a walk down after coming home.

        Nothing of a vivid walk is forgotten; of one left open nobody said whether it hurt.
        """
        outing.go(outing.length_m)
        wall = datetime.combine(
            self.first_day + timedelta(days=day),
            time(self.one_of(8, 9, 10, 11, 14, 15, 16), self.one_of(0, 5, 15, 20, 30, 40, 45)),
        )
        kind = source or "estimated"
        distance_m = _rounded(outing.metres, ROUNDED_TO_M[kind], least=True)
        self._add(
            "walks",
            started_at=utc(instant_of(wall, self.time_zone)[0]),
            time_zone=self.time_zone,
            distance_m=distance_m,
            distance_source=source,
            duration_s=_rounded(outing.seconds, ROUNDED_TO_S[kind], least=True),
            pain=None
            if left_open
            else [self._remembered(each, kind, distance_m, vivid) for each in outing.pain],
            **said,
        )

    def check_in(self, day: int, **said: Any) -> None:
        """Write down how a day was apart from the walks."""
        self.rows["check_ins"].append({"date": self.on(day), **said})

    def change(self, day: int, kind: str, notes: str = "", until: int | None = None) -> None:
        """Write down something that may change the pain."""
        ends = {} if until is None else {"until": self.on(until)}
        self._add("changes", date=self.on(day), kind=kind, notes=notes, **ends)

    def measurement(self, day: int, kind: str, value: float, notes: str = "") -> None:
        """Write down a value measured in clinic or at home."""
        self._add("measurements", date=self.on(day), kind=kind, value=value, notes=notes)

    def route(self, name: str, distance_m: float) -> None:
        """Write down a way that is known by its length."""
        self._add("routes", name=name, distance_m=distance_m)

    def _add(self, plural: str, **row: Any) -> None:
        number = len(self.rows[plural])
        row_id = str(uuid.uuid5(IDS, f"{self.name}/{plural}/{number}"))
        known = {
            name: value
            for name, value in row.items()
            if name == "pain" or (value is not None and value != "")
        }
        self.rows[plural].append({"id": row_id, **known})

    def _remembered(self, episode: Row, source: str, distance_m: int, vivid: bool) -> Row:
        """An episode as it was remembered in the evening: rounded, with gaps."""
        kept = {
            name: value
            for name, value in episode.items()
            if value is not None and (vivid or not self.chance(FORGOTTEN.get(name, 0)))
        }
        for name in ("onset_distance_m", "stopped_distance_m"):
            if name in kept:
                kept[name] = min(_rounded(kept[name], ROUNDED_TO_M[source]), distance_m)
        for name, step_s in (("onset_s", 30), ("relief_s", 30), ("rest_s", 30)):
            if name in kept:
                kept[name] = _rounded(kept[name], step_s)
        return kept


def _rounded(value: float, step: int, least: bool = False) -> int:
    """To the nearest step; with `least`, at least one step."""
    return max(round(value / step), int(least)) * step
