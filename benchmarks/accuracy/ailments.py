"""What does a simulated trouble of the leg consist of: when it comes, where, and what eases it?"""

from __future__ import annotations

import math
from dataclasses import dataclass, field

CLAUDICATION_STYLE = {"pad", "stenosis", "exertional"}
NAMED_CAUSE = {
    "pad": "peripheral_artery_disease",
    "stenosis": "sciatica",
    "disc": "sciatica",
    "pregnancy": "sciatica",
    "achilles": "achilles_tendinopathy",
    "hamstring": "hamstring_strain",
    "nonspecific": "muscle_imbalance",
}


@dataclass(frozen=True)
class Drift:
    """How the median onset moves: a slope on the log scale, and a step from one day on."""

    log_per_30_days: float = 0.0
    step_day: float | None = None
    step_log: float = 0.0
    plan: str = "steady"

    def log_at(self, day: float) -> float:
        step = self.step_log if self.step_day is not None and day >= self.step_day else 0.0
        return self.log_per_30_days * day / 30 + step


@dataclass(frozen=True)
class Threshold:
    """Pain that comes after a certain effort: claudication of arteries, spine or compartment."""

    median_m: float
    sigma: float
    time_driven: bool
    hill: float
    brisk: float
    slow: float
    drift: Drift

    def median_on(self, day: float) -> float:
        return self.median_m * math.exp(self.drift.log_at(day))

    @property
    def variation(self) -> float:
        return math.sqrt(math.expm1(self.sigma**2))


@dataclass(frozen=True)
class Hazard:
    """Pain that comes on some walks, at the first steps or anywhere; it may start and heal.

    `tires_at_m` and `shape` are a Weibull's: a joint that tires with the distance, loosely or not.
    `late_at` is the share of the route about which the pain comes, however long the route is.
    """

    per_walk: float
    at_first_steps: float
    uniform: bool
    scale_share: float
    returns: float = 0.2
    tires_at_m: float | None = None
    shape: float = 1.0
    late_at: float | None = None
    began_day: float | None = None
    heals_in_days: float | None = None

    @property
    def tied(self) -> bool:
        """Has the pain any true tie to the distance walked?"""
        return self.tires_at_m is not None

    def strength_on(self, day: float) -> float:
        if self.began_day is not None and day < self.began_day:
            return 0.0
        if self.heals_in_days is None:
            return 1.0
        return math.exp(-math.log(4) * (day - (self.began_day or 0.0)) / self.heals_in_days)


@dataclass(frozen=True)
class Ease:
    """What one posture does: how often relief is complete or none, and how long it takes."""

    complete: float
    none: float
    median_s: float
    sigma: float = 0.35


@dataclass(frozen=True)
class Ailment:
    cause: str
    onset: Threshold | Hazard
    sites: dict[str, float]
    side: str
    qualities: dict[str, float]
    intensity: float
    responses: dict[str, float]
    courses: dict[str, float]
    postures: dict[str, float]
    eases: dict[str, Ease]
    spread: dict[str, float] = field(default_factory=dict)
    sudden: float = 0.03
    hurts_standing: float = 0.02
    signs: dict[str, float] = field(default_factory=dict)
    rest_pain: float = 0.05
    rest_intensity: float = 2.0
    night: float = 0.03
    stiffness_s: float = 0.0
    gives_up: float = 0.12
