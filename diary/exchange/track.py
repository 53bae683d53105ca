"""Which walk do timed positions describe: how far, how long, and with which rests?

Knows no file format: GPX today, other recorders' files later.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import astuple, dataclass, replace
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from diary.clock import zone_names
from diary.exchange.places import (
    FASTEST_ON_FOOT_M_S,
    Place,
    Point,
    drawn_length_m,
    outings,
    positions,
)
from diary.polyline import encoded, thinned
from diary.rules import LONGEST_DISTANCE_M, LONGEST_DURATION_S, Fault, Refused, Row, utc

# More than this share of the way at that speed, and it was not a walk.
VEHICLE_SHARE = 0.5
# Positions are averaged over STEP_S; the speed is that between two places 4 steps apart, so that
# 5 m of jitter while standing stays below STILL_M_S, and a slow walker (0.6 m/s) above.
STEP_S = 5.0
HALF_WINDOW = 2
STILL_M_S = 0.4
SHORTEST_REST_S = 20.0
# A receiver at rest also wanders, as fast as a slow walker but to nowhere: who stays DWELL_STEPS
# within DWELL_M is at rest too, but for the edges of that time, where walking may begin or end.
DWELL_STEPS, DWELL_EDGE_STEPS, DWELL_M = 19, 4, 25.0
# Less movement than this between two rests is drift, not walking.
DRIFT_M = 15.0
# A recorder paused and taken up again within this distance stood still in between.
PAUSED_WITHIN_M = 50.0
# Longer than any rest from claudication (10 min by every definition): the recorder was forgotten.
FORGOTTEN_S = 600.0
SHORTEST_M, SHORTEST_S = 10.0, 10.0
# Up and down less than this is noise of the height.
HEIGHT_NOISE_M = 5.0
HEIGHT_WINDOW_STEPS = 13

Numbers = NDArray[np.float64]


@dataclass(frozen=True)
class Stop:
    """A rest: after how much way and time it began, and how long it lasted."""

    after_m: float
    after_s: float
    length_s: float


@dataclass(frozen=True)
class Recording:
    """What a recording says of a walk; the pain is for the walker to add.

    `duration_s` includes the rests. `fast_m` is how much of the way was faster than anybody goes
    on foot: a question for the walker. `others` counts further walks in the same file, left out.
    `complete` is False for a file that breaks off. `track` is the line, for whoever wants it kept.
    """

    started_at: datetime
    time_zone: str | None
    distance_m: float
    duration_s: float
    ascent_m: float | None
    stops: tuple[Stop, ...]
    points: int
    fast_m: float = 0.0
    others: int = 0
    complete: bool = True
    track: str = ""

    @property
    def row(self) -> Row:
        """The walk's fields as the diary document names them, without an id and without pain."""
        row: dict[str, Any] = {
            "started_at": utc(self.started_at),
            "time_zone": self.time_zone,
            "distance_m": self.distance_m,
            "distance_source": "gps",
            "duration_s": self.duration_s,
            "ascent_m": self.ascent_m,
        }
        return {name: value for name, value in row.items() if value is not None}


@dataclass(frozen=True)
class _Walk:
    """One walk of a file, measured."""

    began: float
    duration_s: float
    distance_m: float
    fast_m: float
    ascent_m: float | None
    stops: tuple[Stop, ...]
    points: int


def recording_of(segments: Sequence[Sequence[Point]], complete: bool = True) -> Recording:
    """The longest walk of a file's segments; the way between two segments is not guessed.

    Refused at the path 'file' with no_usable_times (distance_m: the length of the line, to be
    typed in), not_a_walk (km_h: its speed while moving, distance_m), too_short (distance_m) or
    walk_too_long (km, hours: what a walk may have).
    """
    everything = [point for segment in segments for point in segment]
    timed = [point for point in everything if point.at is not None]
    found = outings(segments)
    walks = [_measured(pieces) for pieces in found]
    if len(timed) < max(2, len(everything) / 2) or all(walk.duration_s <= 0 for walk in walks):
        raise refusal("no_usable_times", distance_m=round(drawn_length_m(segments), -1))
    longest = max(range(len(walks)), key=lambda number: walks[number].distance_m)
    walk = walks[longest]
    _check(walk)
    start = min(timed, key=lambda point: abs((point.at or 0.0) - walk.began))
    return Recording(
        started_at=datetime.fromtimestamp(math.floor(walk.began), UTC),
        time_zone=_time_zone(start.latitude, start.longitude),
        distance_m=float(round(walk.distance_m)),
        duration_s=float(round(walk.duration_s)),
        ascent_m=walk.ascent_m,
        stops=walk.stops,
        points=walk.points,
        fast_m=float(round(walk.fast_m)),
        others=sum(each.distance_m >= SHORTEST_M for each in walks) - 1,
        complete=complete,
        track=encoded(thinned(positions(segments, found[longest]))),
    )


def refusal(code: str, **params: float) -> Refused:
    """The refusal of a whole file for one reason."""
    return Refused([Fault("file", code, params)])


def _check(walk: _Walk) -> None:
    if walk.distance_m < SHORTEST_M or walk.duration_s < SHORTEST_S:
        raise refusal("too_short", distance_m=round(walk.distance_m))
    if walk.fast_m > VEHICLE_SHARE * walk.distance_m:
        moving_s = walk.duration_s - sum(stop.length_s for stop in walk.stops)
        km_h = round(3.6 * walk.distance_m / max(moving_s, STEP_S))
        raise refusal("not_a_walk", km_h=km_h, distance_m=round(walk.distance_m, -1))
    if walk.distance_m > LONGEST_DISTANCE_M or walk.duration_s > LONGEST_DURATION_S:
        raise refusal(
            "walk_too_long", km=LONGEST_DISTANCE_M // 1000, hours=LONGEST_DURATION_S // 3600
        )


@dataclass(frozen=True)
class _Path:
    """A piece at even steps of time: seconds since 1970, metres east and north, averaged."""

    at: Numbers
    east: Numbers
    north: Numbers

    def apart(self, first: int, last: int) -> float:
        """Metres in a straight line between two steps."""
        return math.hypot(self.east[last] - self.east[first], self.north[last] - self.north[first])

    def speeds(self) -> Numbers:
        """Metres a second at each step, over the steps around it."""
        steps = np.arange(len(self.at))
        before = np.maximum(steps - HALF_WINDOW, 0)
        after = np.minimum(steps + HALF_WINDOW, len(steps) - 1)
        way = np.hypot(self.east[after] - self.east[before], self.north[after] - self.north[before])
        return way / np.maximum(self.at[after] - self.at[before], 1e-3)


def _path(piece: list[Place]) -> _Path:
    at, east, north = (np.array(each) for each in list(zip(*piece, strict=True))[:3])
    steps = max(1, math.ceil((at[-1] - at[0]) / STEP_S))
    grid = np.linspace(at[0], at[-1], steps + 1)
    inner = np.minimum(((at[1:-1] - at[0]) / STEP_S).astype(int), steps - 1)
    counts = np.bincount(inner, minlength=steps)
    held = counts > 0

    def averaged(values: Numbers) -> Numbers:
        means = np.bincount(inner, values[1:-1], minlength=steps)[held] / counts[held]
        return np.concatenate((values[:1], means, values[-1:]))

    knots = averaged(at)
    return _Path(
        grid,
        _smooth(np.interp(grid, knots, averaged(east))),
        _smooth(np.interp(grid, knots, averaged(north))),
    )


def _smooth(values: Numbers) -> Numbers:
    """Each inner value averaged with its neighbours, 1-2-1."""
    inner = (values[:-2] + 2 * values[1:-1] + values[2:]) / 4
    return np.concatenate((values[:1], inner, values[-1:])) if len(values) > 2 else values


def _still(path: _Path) -> NDArray[np.bool_]:
    """At which steps a piece stands still: too slow for walking, or going nowhere."""
    still = path.speeds() < STILL_M_S
    if len(path.at) > DWELL_STEPS:
        spans = [
            window.max(axis=1) - window.min(axis=1)
            for window in (
                np.lib.stride_tricks.sliding_window_view(each, DWELL_STEPS)
                for each in (path.east, path.north)
            )
        ]
        for first in np.flatnonzero(np.hypot(*spans) < DWELL_M).tolist():
            still[first + DWELL_EDGE_STEPS : first + DWELL_STEPS - DWELL_EDGE_STEPS] = True
    return still


def _rests(path: _Path) -> list[tuple[int, int]]:
    """First and last step of each rest of a piece."""
    still = np.concatenate(([False], _still(path), [False])).astype(int)
    starts, ends = np.flatnonzero(np.diff(still) == 1), np.flatnonzero(np.diff(still) == -1) - 1
    joined: list[tuple[int, int]] = []
    for start, end in zip(starts.tolist(), ends.tolist(), strict=True):
        if joined and path.apart(joined[-1][1], start) < DRIFT_M:
            start = joined.pop()[0]
        joined.append((start, end))
    # The window loses half a step at each end, and a turn on the spot is still for three steps.
    return [
        (start, end)
        for start, end in joined
        if path.at[end] - path.at[start] >= SHORTEST_REST_S - STEP_S
    ]


def _measured(pieces: list[list[Place]]) -> _Walk:
    """One walk's figures; standing adds to its length only what lies between start and end."""
    began, ended = pieces[0][0].at, pieces[-1][-1].at
    metres = fast_m = 0.0
    stops: list[Stop] = []
    for before, piece in zip([None, *pieces], pieces, strict=False):
        if before and _paused(before[-1], piece[0]):
            stops.append(Stop(metres, before[-1].at - began, piece[0].at - before[-1].at))
        path = _path(piece)
        rests = _rests(path)
        legs = np.hypot(np.diff(path.east), np.diff(path.north))
        for start, end in rests:
            legs[start:end] = path.apart(start, end) / (end - start)
        so_far = metres + np.concatenate(([0.0], np.cumsum(legs)))
        stops += [_stop(path, so_far, start, end, began) for start, end in rests]
        fast = path.speeds() > FASTEST_ON_FOOT_M_S
        fast_m += float(legs[fast[:-1] & fast[1:]].sum())
        metres = float(so_far[-1])
    whole = _Walk(
        began, ended - began, metres, fast_m, _ascent_m(pieces), tuple(_joined(stops)),
        sum(map(len, pieces)),
    )  # fmt: skip
    return _trimmed(whole)


def _paused(before: Place, after: Place) -> bool:
    apart_m = math.hypot(after.east - before.east, after.north - before.north)
    return after.at - before.at >= SHORTEST_REST_S and apart_m <= PAUSED_WITHIN_M


def _stop(path: _Path, so_far: Numbers, start: int, end: int, began: float) -> Stop:
    """A rest as the walker would tell it, given back the half step that the window took."""
    first = max(path.at[start] - STEP_S / 2, path.at[0])
    last = min(path.at[end] + STEP_S / 2, path.at[-1])
    return Stop(float(so_far[start]), float(first - began), float(last - first))


def _joined(stops: list[Stop]) -> list[Stop]:
    """Stops that a pause of the recorder had cut, made whole; in round metres and seconds."""
    whole: list[Stop] = []
    for stop in stops:
        if whole and stop.after_s - (whole[-1].after_s + whole[-1].length_s) <= STEP_S:
            earlier = whole.pop()
            length_s = stop.after_s + stop.length_s - earlier.after_s
            stop = Stop(earlier.after_m, earlier.after_s, length_s)
        whole.append(stop)
    return [Stop(*(float(round(value)) for value in astuple(stop))) for stop in whole]


def _trimmed(walk: _Walk) -> _Walk:
    """A walk without the time that a recorder lay forgotten before or after it."""
    if walk.stops and walk.stops[-1].length_s > FORGOTTEN_S:
        last = walk.stops[-1]
        if last.after_s + last.length_s >= walk.duration_s - STEP_S:
            walk = replace(walk, duration_s=last.after_s, stops=walk.stops[:-1])
    if walk.stops and walk.stops[0].length_s > FORGOTTEN_S and walk.stops[0].after_s <= STEP_S:
        lost_s = walk.stops[0].after_s + walk.stops[0].length_s
        walk = replace(
            walk,
            began=walk.began + lost_s,
            duration_s=walk.duration_s - lost_s,
            stops=tuple(replace(stop, after_s=stop.after_s - lost_s) for stop in walk.stops[1:]),
        )
    return walk


def _ascent_m(pieces: list[list[Place]]) -> float | None:
    """Metres climbed, from smoothed heights; None where most points have no height."""
    heights: list[float] = []
    known = 0
    for piece in pieces:
        with_height = [(place.at, place.height_m) for place in piece if place.height_m is not None]
        known += len(with_height)
        if with_height:
            at, metres = (np.array(each) for each in zip(*with_height, strict=True))
            grid = np.arange(at[0], at[-1] + STEP_S, STEP_S)
            heights += _moving_mean(np.interp(grid, at, metres)).tolist()
    if known < sum(map(len, pieces)) / 2:
        return None
    climbed, low = 0.0, math.inf
    for height in heights:
        if height - low > HEIGHT_NOISE_M:
            climbed, low = climbed + height - low, height
        low = min(low, height)
    return float(round(climbed))


def _moving_mean(values: Numbers) -> Numbers:
    window = np.ones(min(HEIGHT_WINDOW_STEPS, len(values)))
    return np.convolve(values, window, "same") / np.convolve(np.ones(len(values)), window, "same")


@lru_cache(maxsize=1)
def _zones() -> Any:
    # Its map of the world is read only when somebody brings a recording.
    from timezonefinder import TimezoneFinder

    return TimezoneFinder()


def _time_zone(latitude: float, longitude: float) -> str | None:
    """The IANA zone of a place; None where it has none that a walk may carry."""
    zone = _zones().timezone_at(lat=latitude, lng=longitude)
    return zone if zone in zone_names() else None
