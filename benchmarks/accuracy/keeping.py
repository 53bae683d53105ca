"""What stands in the diary document of what truly happened?"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, time, timedelta
from typing import Any
from uuid import UUID

from .draws import Rng, between, chance, lognormal, near, pick
from .keepers import ERRORS, Keeper, placed, rounded, typed_wrong
from .people import Person
from .walking import Bout, Walked

Row = dict[str, Any]


def minutes_s(keeper: Keeper, seconds: float) -> float:
    """Whole minutes (or fives), half a minute at the least."""
    return max(rounded(seconds / 60, keeper.step_min if seconds > 240 else 1.0) * 60, 30.0)


def thinned(rng: Rng, keeper: Keeper, row: Row, kept: Iterable[str] = ()) -> Row:
    """The row with some of its answers left out."""
    always = {"id", "started_at", *kept}
    return {k: v for k, v in row.items() if k in always or not chance(rng, keeper.field_missing)}


class Ruler:
    """How this walk's distances come out: the person's factor, the walk's, each mark's."""

    def __init__(self, rng: Rng, keeper: Keeper, source: str) -> None:
        self.rng, self.keeper, self.source = rng, keeper, source
        _, walk, self.mark = ERRORS[source]
        self.factor = keeper.factor[source] * lognormal(rng, 1.0, walk)

    def total_m(self, true_m: float) -> float:
        return max(rounded(true_m * self.factor, self.keeper.step_m[self.source]), 10.0)

    def mark_m(self, true_m: float, total_m: float | None) -> float:
        seen_m = true_m * self.factor * lognormal(self.rng, 1.0, self.mark)
        written_m = rounded(seen_m, self.keeper.step_m[self.source])
        return written_m if total_m is None else min(written_m, total_m)


def where_and_when(
    rng: Rng, keeper: Keeper, bout: Bout, walk: Walked, ruler: Ruler, total: float | None
) -> Row:
    """The onset by distance, by time, by both or not at all; a 0 is a field left as it was."""
    row: Row = {}
    if not chance(rng, keeper.onset_missing):
        onset_m = ruler.mark_m(bout.onset_m, total)
        untouched = bout is walk.bouts[0] and chance(rng, keeper.onset_zero)
        row["onset_distance_m"] = 0.0 if untouched else onset_m
    if chance(rng, keeper.onset_time_given):
        row["onset_s"] = rounded(walk.clock_s(bout.onset_m) / 60, 1.0) * 60
    return row


def rest_row(keeper: Keeper, bout: Bout) -> Row:
    if bout.posture is None:
        return {}
    row: Row = {"rest_posture": bout.posture, "relief": bout.relief, "resumed": bout.resumed}
    row["rest_s"] = minutes_s(keeper, bout.rest_s)
    if bout.relief_s is not None:
        row["relief_s"] = minutes_s(keeper, bout.relief_s)
    return row


def episode(
    rng: Rng, keeper: Keeper, bout: Bout, walk: Walked, ruler: Ruler, total: float | None
) -> Row:
    row: Row = where_and_when(rng, keeper, bout, walk, ruler, total)
    said: Row = {
        "onset": "sudden" if bout.sudden else "gradual",
        "site": placed(rng, keeper.misplaced, bout.site),
        "side": bout.side,
        "intensity": bout.intensity,
        "response": bout.response,
        "qualities": list(bout.qualities),
        "spread_to": [place for place in bout.spread if place != bout.site],
        **rest_row(keeper, bout),
    }
    if bout.course is not None:
        said["course_while_walking"] = bout.course
    if bout.stopped_m is not None and chance(rng, 0.6):
        stopped_m = ruler.mark_m(bout.stopped_m, total)
        said["stopped_distance_m"] = max(stopped_m, row.get("onset_distance_m", 0.0))
    return row | thinned(rng, keeper, said)


def told(rng: Rng, keeper: Keeper, walk: Walked, ruler: Ruler, total: float | None) -> list[Row]:
    """The episodes that are written down: the later ones often are not."""
    rows = []
    for number, bout in enumerate(walk.bouts):
        if number == 0 or not chance(rng, 0.15 + keeper.field_missing):
            rows.append(episode(rng, keeper, bout, walk, ruler, total))
    return rows


def size_of(rng: Rng, keeper: Keeper, walk: Walked, ruler: Ruler) -> Row:
    """Distance, duration or both; one of them at least."""
    row: Row = {"distance_m": ruler.total_m(walk.length_m)}
    row["duration_s"] = minutes_s(keeper, walk.duration_s)
    if chance(rng, keeper.distance_missing):
        del row["distance_m"]
    elif chance(rng, keeper.duration_missing):
        del row["duration_s"]
    return row


def circumstances(rng: Rng, person: Person, walk: Walked) -> Row:
    hurts_standing = max([a.hurts_standing for a in person.ailments], default=0.0)
    trolley = 0.25 if any(a.cause == "stenosis" for a in person.ailments) else 0.03
    return {
        "terrain": "hilly" if walk.outing.hilly else "flat",
        "ascent_m": float(
            round(walk.length_m * between(rng, 0.03, 0.06) if walk.outing.hilly else 0)
        ),
        "pace": walk.outing.pace,
        "walking_aid": pick(rng, {"none": 0.85, "stick": 0.1, "poles": 0.05, "trolley": trolley}),
        "pain_on_standing": chance(rng, hurts_standing),
        "stretched_before": chance(rng, 0.3),
    }


def walk_row(rng: Rng, person: Person, keeper: Keeper, walk: Walked) -> Row:
    source = keeper.sources[int(rng.integers(len(keeper.sources)))]
    ruler = Ruler(rng, keeper, source)
    clock = time(int(rng.integers(7, 19)), int(rng.integers(60)))
    started = datetime.combine(person.date_of(walk.outing.day), clock, UTC)
    row: Row = {"id": str(UUID(bytes=rng.bytes(16), version=4)), "started_at": started.isoformat()}
    row |= size_of(rng, keeper, walk, ruler)
    if not chance(rng, keeper.source_missing):
        row["distance_source"] = source
    row |= thinned(rng, keeper, circumstances(rng, person, walk))
    if source == "treadmill":
        row["terrain"] = "treadmill"
    row["pain"] = told(rng, keeper, walk, ruler, row.get("distance_m"))
    if chance(rng, 0.05):
        row["notes"] = "Market day, stopped to talk."
    return row


def scaled(row: Row, factor: float) -> Row:
    """The walk with its distances typed wrong by one factor."""
    spoiled = {**row, "pain": [dict(e) for e in row["pain"]]}
    for part in (spoiled, *spoiled["pain"]):
        for name in ("distance_m", "onset_distance_m", "stopped_distance_m"):
            if part.get(name) is not None:
                part[name] = round(min(part[name] * factor, 150_000.0), 1)
    return spoiled


def mishandled(rng: Rng, keeper: Keeper, row: Row, last: Row | None) -> Row:
    """What goes wrong at the desk: the last entry copied, a slip of the unit, the pain left out."""
    if last is not None and last.get("pain") is not None and chance(rng, keeper.copied):
        row = {**last, "id": row["id"], "started_at": row["started_at"]}
    if chance(rng, keeper.typo):
        row = scaled(row, typed_wrong(rng))
    if chance(rng, keeper.clock_suspect):
        row = {**row, "clock_suspect": True}
    return {**row, "pain": None} if chance(rng, keeper.pain_missing) else row


def walk_rows(rng: Rng, person: Person, keeper: Keeper, walks: list[Walked]) -> list[Row]:
    rows: list[Row] = []
    for walk in walks:
        last = rows[-1] if rows else None
        rows.append(mishandled(rng, keeper, walk_row(rng, person, keeper, walk), last))
    return rows


def profile_row(rng: Rng, person: Person, keeper: Keeper) -> Row:
    row: Row = {
        "birth_year": person.first_day.year - person.age,
        "sex": person.sex,
        "smoking": person.smoking,
        "height_cm": person.height_cm,
        "weight_kg": person.weight_kg,
        "conditions": list(person.conditions),
    }
    began = person.first_day - timedelta(days=round(near(rng, 200, 120, 5, 900)))
    if any(a.cause == "hamstring" for a in person.ailments):
        began = person.first_day
    row["symptoms_began"] = began.isoformat()
    return {k: v for k, v in row.items() if not chance(rng, keeper.field_missing * 0.5)}
