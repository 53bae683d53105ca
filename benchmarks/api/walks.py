"""Which walks are sent and stored? Such as a phone would log, the same ones for both."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import count
from random import Random
from typing import Any
from uuid import UUID

Row = dict[str, Any]
NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
APART, CLOSE = timedelta(hours=2), timedelta(seconds=10)


def episode(draw: Random, distance_m: int) -> Row:
    onset_m = draw.randrange(50, distance_m)
    return {
        "onset_distance_m": onset_m,
        "onset_s": onset_m * 0.9,
        "site": draw.choice(("calf", "buttock", "achilles")),
        "side": draw.choice(("left", "right")),
        "intensity": draw.randrange(1, 10),
        "qualities": ["cramping", "tightness"],
        "response": "stopped",
        "rest_posture": "standing",
        "relief": "complete",
        "relief_s": draw.randrange(60, 600),
    }


def walk(draw: Random, started_at: datetime, pains: int) -> Row:
    """One walk with so many pains, as JSON has it."""
    distance_m = draw.randrange(200, 3000)
    return {
        "id": str(UUID(int=draw.getrandbits(128), version=4)),
        "started_at": started_at.isoformat(),
        "time_zone": "Europe/London",
        "activity": "walk",
        "distance_m": distance_m,
        "distance_source": "gps",
        "duration_s": distance_m * 0.9,
        "ascent_m": draw.randrange(0, 60),
        "terrain": draw.choice(("flat", "hilly")),
        "pace": "ordinary",
        "stretched_before": draw.random() < 0.5,
        "pain": [episode(draw, distance_m) for _ in range(pains)],
    }


def stored(seed: int, walks: int) -> list[Row]:
    """The walks of an account, the oldest first: with one pain, two, none, and again."""
    draw = Random(seed)
    first = NOW - APART * (walks + 11)
    return [walk(draw, first + APART * number, (number + 1) % 3) for number in range(walks)]


def fresh(seed: int, pains: int | None = None) -> Iterator[Row]:
    """Walks after all stored ones, with so many pains, or with one, two and none in turn."""
    draw, first = Random(seed), NOW - APART * 10
    for number in count():
        yield walk(draw, first + CLOSE * number, (number + 1) % 3 if pains is None else pains)
