"""How exactly, and how faithfully, does a person write things down?"""

from __future__ import annotations

from dataclasses import dataclass

from .draws import Rng, between, chance, lognormal, pick

# Judgements. People guess the same route alike from day to day, so most of an estimate's error is
# the person's own factor.
# By source: the person's own factor, the scatter of each walk, and of each mark along it (sigma).
ERRORS = {
    "gps": (0.01, 0.025, 0.02),
    "pedometer": (0.10, 0.05, 0.04),
    "known_route": (0.03, 0.02, 0.08),
    "treadmill": (0.005, 0.005, 0.01),
    "estimated": (0.20, 0.12, 0.10),
}
STEPS_M = {
    "gps": {"1": 0.5, "10": 0.35, "50": 0.15},
    "pedometer": {"10": 0.6, "50": 0.3, "100": 0.1},
    "known_route": {"10": 0.3, "50": 0.5, "100": 0.2},
    "treadmill": {"10": 0.9, "50": 0.1},
    "estimated": {"10": 0.15, "50": 0.5, "100": 0.35},
}
SOURCES = {
    "gps": 0.36,
    "pedometer": 0.17,
    "known_route": 0.15,
    "treadmill": 0.04,
    "estimated": 0.28,
}


@dataclass(frozen=True)
class Keeper:
    """Shares of entries, from 0 to 1, unless a unit is named."""

    kind: str
    sources: tuple[str, ...]
    factor: dict[str, float]
    step_m: dict[str, float]
    step_min: float
    field_missing: float
    misplaced: float
    onset_missing: float
    onset_time_given: float
    distance_missing: float
    duration_missing: float
    pain_missing: float
    source_missing: float
    onset_zero: float
    copied: float
    typo: float
    clock_suspect: float
    check_ins_per_week: float


# Judgements: leaving out is common, a slip (an onset left at 0, a typing error) is rare, because
# one of them spoils a plain coefficient of variation.
# field, onset, distance, duration, pain, source missing; onset 0; typo; check-ins a week
RATES = {
    "careful": (0.04, 0.03, 0.02, 0.05, 0.01, 0.01, 0.001, 0.001, 3.0),
    "ordinary": (0.18, 0.12, 0.05, 0.15, 0.04, 0.08, 0.004, 0.003, 1.2),
    "sloppy": (0.40, 0.30, 0.12, 0.30, 0.12, 0.30, 0.03, 0.008, 0.4),
}


# Who copies the last entry at times, and of those, who does so for most walks: judgements.
COPIERS = {"careful": 0.0, "ordinary": 0.15, "sloppy": 0.3}
MOSTLY_COPIES = 0.3


def copied_share(rng: Rng, kind: str) -> float:
    if not chance(rng, COPIERS[kind]):
        return 0.0
    return between(rng, 0.4, 0.7) if chance(rng, MOSTLY_COPIES) else between(rng, 0.05, 0.3)


def keeper(rng: Rng, kind: str) -> Keeper:
    sources = [pick(rng, SOURCES)]
    if chance(rng, 0.2):
        sources.append(pick(rng, SOURCES))
    rates = RATES[kind]
    return Keeper(
        kind=kind,
        sources=tuple(dict.fromkeys(sources)),
        factor={source: lognormal(rng, 1.0, errors[0]) for source, errors in ERRORS.items()},
        step_m={source: float(pick(rng, steps)) for source, steps in STEPS_M.items()},
        step_min=float(pick(rng, {"1": 0.65, "5": 0.35})),
        field_missing=rates[0] * between(rng, 0.6, 1.4),
        misplaced={"careful": 0.03, "ordinary": 0.08, "sloppy": 0.15}[kind],
        onset_missing=rates[1] * between(rng, 0.5, 1.5),
        onset_time_given=between(rng, 0.2, 0.9),
        distance_missing=rates[2],
        duration_missing=rates[3],
        pain_missing=rates[4],
        source_missing=rates[5],
        onset_zero=rates[6],
        copied=copied_share(rng, kind),
        typo=rates[7],
        clock_suspect=0.01,
        check_ins_per_week=rates[8],
    )


# Whom a map of the leg confuses, and with what.
NEIGHBOURS = {
    "lower_back": ("buttock", "hip"),
    "buttock": ("hip", "back_of_thigh", "lower_back"),
    "hip": ("buttock", "outer_thigh", "front_of_thigh"),
    "front_of_thigh": ("outer_thigh", "knee", "hip"),
    "outer_thigh": ("hip", "front_of_thigh"),
    "back_of_thigh": ("buttock", "back_of_knee"),
    "knee": ("back_of_knee", "front_of_thigh", "shin"),
    "back_of_knee": ("calf", "knee", "back_of_thigh"),
    "calf": ("achilles", "back_of_knee", "shin"),
    "shin": ("calf", "ankle"),
    "ankle": ("achilles", "foot", "shin"),
    "achilles": ("calf", "heel", "ankle"),
    "heel": ("achilles", "foot"),
    "foot": ("ankle", "heel"),
}


def placed(rng: Rng, misplaced: float, site: str) -> str:
    """The site as it is marked, now and then the one beside it."""
    near_by = NEIGHBOURS[site]
    return near_by[int(rng.integers(len(near_by)))] if chance(rng, misplaced) else site


def typed_wrong(rng: Rng) -> float:
    """The factor of a slip: a nought too many or too few, or another unit."""
    slips = {"10": 0.25, "0.1": 0.25, "1.609": 0.15, "0.621": 0.15, "1.094": 0.1, "0.914": 0.1}
    return float(pick(rng, slips))


def rounded(value: float, step: float) -> float:
    """To the person's step, but never down to nothing unless it is nearly nothing."""
    if value < step / 2:
        step = min(step, 10.0)
    return float(round(value / step) * step)
