"""Which walks does a person go on: when, how far, how fast and where?"""

from __future__ import annotations

import math

from .draws import Rng, between, chance, lognormal, near, pick
from .people import Person
from .walking import SPEED, Outing

# People who always walk the same one or two routes, half of them one only: a judgement.
FIXED_ROUTES = 0.3


def days_walked(rng: Rng, size: int, span_days: int) -> list[int]:
    """The day of each walk; the first and the last day are always walked."""
    inner = rng.integers(0, span_days + 1, size=max(size - 2, 0))
    return sorted([0, span_days, *(int(day) for day in inner)])


def usual_length_m(rng: Rng, person: Person) -> float:
    """Claudicants plan by their onset: most walk past it, some turn back before it."""
    onsets_m = [threshold.median_m for threshold in person.thresholds]
    if not onsets_m:
        return min(max(lognormal(rng, 2200, 0.45), 500), 8000)
    if person.label == "exertional":
        return min(onsets_m) * between(rng, 1.3, 3.0)
    share = between(rng, 0.55, 1.0) if chance(rng, 0.18) else between(rng, 1.2, 4.5)
    return max(min(onsets_m) * share, 80)


def lengths_m(rng: Rng, person: Person, days: list[int]) -> list[float]:
    """One length a walk: by habit, or one of one or two fixed routes."""
    usual_m = usual_length_m(rng, person)
    routes_m = [usual_m, usual_m * between(rng, 0.5, 1.8)][: 1 + int(chance(rng, 0.5))]
    if chance(rng, FIXED_ROUTES):
        return [routes_m[int(rng.integers(len(routes_m)))] for _ in days]
    spread = between(rng, 0.2, 0.55)
    drift = person.thresholds[0].drift if person.thresholds else None
    grown = [math.exp(0.6 * drift.log_at(day)) if drift else 1.0 for day in days]
    return [max(lognormal(rng, usual_m * factor, spread), 50) for factor in grown]


def outings(rng: Rng, person: Person, size: int) -> list[Outing]:
    days = days_walked(rng, size, person.span_days)
    hilly_share = between(rng, 0, 0.4) if chance(rng, 0.5) else 0.03
    paces = {"slow": between(rng, 0.03, 0.2), "ordinary": 0.75, "brisk": between(rng, 0.03, 0.3)}
    walks = []
    for day, length_m in zip(days, lengths_m(rng, person, days), strict=True):
        pace, hilly = pick(rng, paces), chance(rng, hilly_share)
        speed = person.usual_speed_m_s * SPEED[pace] * near(rng, 1.0, 0.04, 0.85, 1.15)
        walks.append(Outing(day, length_m, pace, hilly, speed * (0.93 if hilly else 1.0)))
    return walks
