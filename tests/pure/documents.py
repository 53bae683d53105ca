"""Whole diary documents, any that the rules allow, the same for the same random source.

One writer serves both ways of asking: hypothesis draws (and shrinks) a seed and a number of walks,
and `random.Random(seed)` makes the same thousand every time. People have habits (a place, a
distance, a way of resting) that they keep to more or less, so that patterns, trends and changes of
measuring occur beside mere scatter.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from random import Random
from typing import Any, TypeVar

from diary import answers, polyline
from tests.pure.builders import Row, on

Value = TypeVar("Value")

MOST_WALKS = 25
ZONES = (None, "UTC", "Europe/London", "America/New_York", "Pacific/Auckland")
NOTES = ("", "wet leaves", "café → église, 3 × up the hill", "<b>bold</b> & 'quoted'")
SHOES = ("boots", "shoes", "Shoes ", "sandals")
STEPS_M = (1, 10, 50, 100)


@dataclass(frozen=True)
class Habits:
    """How one person walks, hurts and writes things down."""

    days: int
    said: float  # how likely each thing is to be written down at all
    kept: float  # how likely each thing is to be as it usually is
    hurt: float  # how many of the walks hurt
    onset_m: float
    scatter: float
    drift: float  # the onset at the end of the diary over that at its beginning
    step_m: int
    sources: tuple[str, str]  # of the first half of the diary and of the second
    usual: Row


class Writer:
    """One person's diary, drawn from a random source."""

    def __init__(self, rng: Random):
        self.rng = rng
        choice = rng.choice
        source = choice(answers.DISTANCE_SOURCES)
        self.habits = Habits(
            days=choice((30, 3, 10, 60, 120)),
            said=choice((0.5, 0.1, 0.9, 1.0)),
            kept=choice((0.9, 0.5, 0.0)),
            hurt=choice((0.8, 0.0, 0.4, 1.0)),
            onset_m=choice((300, 0, 60, 150, 700, 2500)),
            scatter=choice((0.1, 0.0, 0.3, 0.8)),
            drift=choice((1.0, 1.0, 0.4, 2.5)),
            step_m=choice(STEPS_M),
            sources=(source, choice((source, source, choice(answers.DISTANCE_SOURCES)))),
            usual={
                "site": choice(("calf", "buttock", "achilles", "back_of_thigh", "foot")),
                "side": choice(answers.SIDES),
                "rest_posture": choice(answers.POSTURES),
                "relief": choice(answers.RELIEFS),
                "response": choice(answers.RESPONSES),
                "onset": choice(answers.ONSETS),
                "course_while_walking": choice(answers.COURSES),
            },
        )

    def often(self, share: float) -> bool:
        return self.rng.random() < share

    def some(self, words: Sequence[str], most: int = 3) -> list[str]:
        return self.rng.sample(words, self.rng.randint(0, most))

    def told(self, **said: Callable[[], Any]) -> Row:
        """What was written down of these: most is, some is left out, a little is null."""
        row = {}
        for name, value in said.items():
            if self.often(self.habits.said):
                row[name] = value()
            elif name != "notes" and self.often(0.2):
                row[name] = None
        return row

    def usual(self, name: str, words: Sequence[str]) -> Callable[[], str]:
        """As it usually is, or any other."""
        return lambda: (
            self.habits.usual[name] if self.often(self.habits.kept) else self.rng.choice(words)
        )

    def whole(self, low: int, high: int) -> Callable[[], int]:
        return lambda: self.rng.randint(low, high)

    def one_of(self, words: Sequence[Value]) -> Callable[[], Value]:
        return lambda: self.rng.choice(words)

    def yes_no(self) -> bool:
        return self.often(0.5)

    def day(self) -> int:
        return self.rng.randint(0, self.habits.days)

    def new_id(self) -> str:
        return str(uuid.UUID(int=self.rng.getrandbits(128), version=4))

    def in_steps(self, length_m: float) -> float:
        return round(length_m / self.habits.step_m) * self.habits.step_m

    def document(self, walks: int) -> Row:
        """The whole diary with so many walks; a list that is empty may be left out."""
        rng, choice = self.rng, self.rng.choice
        days = sorted(self.day() for _ in range(walks))
        check_in_days = rng.sample(range(self.habits.days + 1), min(rng.randint(0, 6), 4))
        lists = {
            "walks": [self.walk(day) for day in days],
            "check_ins": [self.check_in(day) for day in check_in_days],
            "changes": [self.change() for _ in range(choice((0, 1, 3)))],
            "measurements": [self.measurement() for _ in range(choice((0, 1, 3)))],
            "routes": [self.route() for _ in range(choice((0, 1, 3)))],
        }
        return {
            "format": "walking-diary",
            "version": 1,
            **({"profile": self.profile()} if self.often(0.8) else {}),
            **{name: rows for name, rows in lists.items() if rows or self.often(0.5)},
        }

    def profile(self) -> Row:
        return self.told(
            birth_year=self.whole(1925, 2005),
            sex=self.one_of(answers.SEXES),
            height_cm=self.whole(140, 200),
            weight_kg=self.whole(45, 140),
            smoking=self.one_of(answers.SMOKING),
            conditions=lambda: self.some(answers.CONDITIONS),
            pack_years=self.whole(0, 60),
            symptoms_began=lambda: on(-self.rng.randint(0, 2000)).isoformat(),
        )

    def walk(self, day: int) -> Row:
        habits = self.habits
        middle_m = habits.onset_m * habits.drift ** (day / max(habits.days, 1))
        pain, walked_m = self.pain(middle_m)
        started = datetime.combine(on(day), time(self.rng.choice((12, 0, 7, 23))), UTC)
        started += timedelta(minutes=self.rng.randint(0, 59))
        walked = self.told(distance_m=lambda: walked_m)
        duration_s = 60 * max(1, round(walked_m / 60 / self.rng.choice((1.2, 0.8, 1.5))))
        if walked.get("distance_m") is None or self.often(habits.said):
            walked["duration_s"] = duration_s
        return {
            "id": self.new_id(),
            "started_at": started.isoformat().replace("+00:00", "Z"),
            **walked,
            **({"pain": pain} if pain is not None or self.often(0.5) else {}),
            **self.told(
                time_zone=self.one_of(ZONES),
                activity=self.one_of(("walk", "walk", "walk", *answers.ACTIVITIES)),
                distance_source=lambda: habits.sources[day > habits.days / 2],
                ascent_m=self.whole(0, 80),
                terrain=self.one_of(("flat", "flat", *answers.TERRAINS)),
                pace=self.one_of(answers.PACES),
                footwear=self.one_of(SHOES),
                stretched_before=self.yes_no,
                stretched_after=self.yes_no,
                walking_aid=self.one_of(answers.WALKING_AIDS),
                pain_on_standing=self.yes_no,
                notes=self.one_of(NOTES),
                clock_suspect=lambda: self.often(0.05),
                track=self.track,
            ),
        }

    def track(self) -> str:
        """A line somewhere on the earth, the date line and the poles among it."""
        middle = self.rng.choice((51.5, 0.0, -89.999)), self.rng.choice((-0.12, 179.999, 0.0))
        points = [
            tuple(round(at + self.rng.uniform(-0.001, 0.001), 5) for at in middle)
            for _ in range(self.rng.choice((2, 3, 20)))
        ]
        return polyline.encoded(points)

    def pain(self, middle_m: float) -> tuple[list[Row] | None, float]:
        """The pains of a walk (None: nobody said), and how far it went."""
        if not self.often(self.habits.hurt):
            free_m = self.in_steps((middle_m + 100) * self.rng.uniform(0.2, 2.0)) or 100
            return ([], free_m) if self.often(0.8) else (None, free_m)
        onset_m = self.in_steps(middle_m * (1 + self.habits.scatter * self.rng.uniform(-1, 1)))
        pains, reached_m = [], onset_m
        for _ in range(self.rng.choice((1, 1, 1, 2, 4))):
            pains.append(self.episode(reached_m))
            reached_m += self.in_steps(middle_m * self.rng.uniform(0.1, 1)) + 10
        return pains, reached_m

    def episode(self, onset_m: float) -> Row:
        usual = self.habits.usual
        return self.told(
            onset_distance_m=lambda: onset_m,
            onset_s=lambda: round(onset_m / 1.2),
            site=self.usual("site", answers.SITES),
            side=self.usual("side", answers.SIDES),
            spread_to=lambda: self.some(answers.SITES, 2),
            intensity=self.whole(0, 10),
            qualities=lambda: self.some(answers.QUALITIES),
            stopped_distance_m=lambda: onset_m + self.rng.randint(0, 9),
            relief_s=self.one_of((60, 120, 240, 0, 599, 600, 601, 1800)),
            rest_s=self.one_of((180, 0, 30, 600, 1800)),
            resumed=self.yes_no,
            **{
                name: self.usual(name, getattr(answers, words))
                for name, words in (
                    ("onset", "ONSETS"),
                    ("response", "RESPONSES"),
                    ("course_while_walking", "COURSES"),
                    ("rest_posture", "POSTURES"),
                    ("relief", "RELIEFS"),
                )
                if name in usual
            },
        )

    def check_in(self, day: int) -> Row:
        return {"date": on(day).isoformat()} | self.told(
            pain_at_rest=self.whole(0, 10),
            night_pain=self.yes_no,
            morning_stiffness_s=self.one_of((0, 60, 600, 3600)),
            side=self.usual("side", answers.SIDES),
            signs=lambda: self.some(answers.SIGNS),
            sites=lambda: self.some(answers.SITES),
            signs_began=lambda: on(day - self.rng.randint(0, 40)).isoformat(),
            notes=self.one_of(NOTES),
        )

    def change(self) -> Row:
        day = self.day()
        return {
            "date": on(day).isoformat(),
            "kind": self.rng.choice(answers.CHANGE_KINDS),
            **({"id": self.new_id()} if self.often(0.8) else {}),
            **self.told(
                until=lambda: on(day + self.rng.randint(0, 60)).isoformat(),
                notes=self.one_of(NOTES),
            ),
        }

    def measurement(self) -> Row:
        values = {
            "ankle": (0.3, 1.6), "six": (50, 700), "treadmill": (0, 1500), "weight": (45, 140),
            "calf": (25, 50),
        }  # fmt: skip
        kind = self.rng.choice(tuple(answers.MEASUREMENT_RANGES))
        low, high = values[kind.split("_")[0]]
        return {
            "date": on(self.day()).isoformat(),
            "kind": kind,
            "value": round(self.rng.uniform(low, high), 2),
            **({"id": self.new_id()} if self.often(0.8) else {}),
            **self.told(notes=self.one_of(NOTES)),
        }

    def route(self) -> Row:
        return {
            "name": self.rng.choice(("Home to the bench and back", "café → église", "<b>park</b>")),
            "distance_m": self.rng.choice((360, 1, 1200.5, 200_000)),
            **({"id": self.new_id()} if self.often(0.8) else {}),
            **self.told(notes=self.one_of(NOTES)),
        }


def document(rng: Random, walks: int | None = None) -> Row:
    """A whole diary document that the rules and the contract allow; any number of walks or this."""
    count = rng.randint(0, MOST_WALKS) if walks is None else walks
    return Writer(rng).document(count)
