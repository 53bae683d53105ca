"""Which places did a recorder really pass, in order of time?

Recorded positions carry slips of the receiver, lost clocks and several outings in one file.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from diary.plan import degree_lengths_m, turned
from diary.polyline import Position

# Recordings further apart than this are different walks.
LONGEST_BREAK_S = 30 * 60
# A leg faster than the first is a slip of the receiver if the next minute comes back to walking
# pace; faster than the second, nothing on the ground moves.
SLIP_M_S, IMPOSSIBLE_M_S = 15.0, 100.0
SLIP_LASTS_S, SLIP_LASTS_POINTS = 60.0, 15
# Sustained speed above this is a vehicle: over a good club runner (10 km in 40 min is 4.2 m/s).
FASTEST_ON_FOOT_M_S = 5.0


class Point(NamedTuple):
    """One recorded position; `at` in seconds since 1970, None where no usable time was recorded."""

    latitude: float
    longitude: float
    at: float | None
    height_m: float | None = None


class Place(NamedTuple):
    """A timed position in metres of a plane laid at the first point of the file."""

    at: float
    east: float
    north: float
    height_m: float | None


def outings(segments: Sequence[Sequence[Point]]) -> list[list[list[Place]]]:
    """The outings of a file, each as its unbroken pieces in order of time."""
    pieces = [piece for piece in map(_in_time, _on_a_plane(segments)) if piece]
    pieces.sort(key=lambda piece: piece[0].at)
    found: list[list[list[Place]]] = []
    last_at = -math.inf
    for piece in pieces:
        current: list[Place] | None = None
        for place in piece:
            if abs(place.at - last_at) > LONGEST_BREAK_S:
                found.append([])
                current = None
            elif place.at <= last_at:
                continue  # the same minutes twice, or a clock set back a little
            if current is None:
                current = []
                found[-1].append(current)
            current.append(place)
            last_at = place.at
    return [[kept for piece in outing for kept in _without_slips(piece)] for outing in found]


def _on_a_plane(segments: Sequence[Sequence[Point]]) -> list[list[Place]]:
    """The timed points in metres east and north of the file's first point."""
    origin = next((point for segment in segments for point in segment), None)
    if origin is None:
        return []
    east_m, north_m = degree_lengths_m(origin.latitude)
    return [
        [
            Place(
                point.at,
                turned(point.longitude - origin.longitude) * east_m,
                (point.latitude - origin.latitude) * north_m,
                point.height_m,
            )
            for point in segment
            if point.at is not None
        ]
        for segment in segments
    ]


def positions(segments: Sequence[Sequence[Point]], pieces: list[list[Place]]) -> list[Position]:
    """Where on the earth the places of a file's outing lie, in order."""
    origin = next(point for segment in segments for point in segment)
    east_m, north_m = degree_lengths_m(origin.latitude)
    return [
        (origin.latitude + place.north / north_m, turned(origin.longitude + place.east / east_m))
        for piece in pieces
        for place in piece
    ]


def _in_time(places: list[Place]) -> list[Place]:
    """A segment without single points whose clock was far off."""

    def strays(index: int) -> bool:
        before, here, after = (places[index + step].at for step in (-1, 0, 1))
        far = min(abs(here - before), abs(after - here)) > LONGEST_BREAK_S
        return far and abs(after - before) <= LONGEST_BREAK_S

    last = len(places) - 1
    return [place for i, place in enumerate(places) if i in (0, last) or not strays(i)]


def _speed(first: Place, second: Place) -> float:
    return math.hypot(second.east - first.east, second.north - first.north) / (second.at - first.at)


def _without_slips(places: list[Place]) -> list[list[Place]]:
    """A piece without the receiver's slips, cut where it leaps and does not come back."""
    pieces = [places[:1]]
    i = 1
    while i < len(places):
        last = pieces[-1][-1]
        speed = _speed(last, places[i])
        back = _return(places, i, last) if speed > SLIP_M_S else None
        if back is not None:
            i = back
        elif speed > IMPOSSIBLE_M_S:
            pieces.append([])
        pieces[-1].append(places[i])
        i += 1
    return pieces


def _return(places: list[Place], slip: int, last: Place) -> int | None:
    """Where, soon after a slip, the way goes on from its last good place."""
    for index in range(slip + 1, min(slip + SLIP_LASTS_POINTS, len(places))):
        if places[index].at - last.at > SLIP_LASTS_S:
            return None
        if _speed(last, places[index]) <= FASTEST_ON_FOOT_M_S:
            return index
    return None


def drawn_length_m(segments: Sequence[Sequence[Point]]) -> float:
    """The length of the drawn line, for want of times without removing jitter."""
    return sum(
        math.hypot(
            turned(second.longitude - first.longitude) * degree_lengths_m(first.latitude)[0],
            (second.latitude - first.latitude) * degree_lengths_m(first.latitude)[1],
        )
        for segment in segments
        for first, second in pairwise(segment)
    )
