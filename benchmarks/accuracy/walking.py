"""What truly happens on one walk: when does each pain come, and what ends it?"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

from .ailments import Ailment, Hazard, Threshold
from .draws import Rng, between, chance, lognormal, near, pick, several

SPEED = {"slow": 0.82, "ordinary": 1.0, "brisk": 1.17}
RECOVERY_S = 300.0


@dataclass(frozen=True)
class Outing:
    """A walk as it was meant: how far, how fast, how steep."""

    day: int
    length_m: float
    pace: str
    hilly: bool
    speed_m_s: float


@dataclass(frozen=True)
class Bout:
    """One true episode of pain; distances and times from the start of the walk."""

    ailment: Ailment
    onset_m: float
    site: str
    side: str
    spread: tuple[str, ...]
    intensity: int
    qualities: tuple[str, ...]
    response: str
    course: str | None
    sudden: bool
    stopped_m: float | None = None
    posture: str | None = None
    relief: str | None = None
    relief_s: float | None = None
    rest_s: float = 0.0
    resumed: bool | None = None


@dataclass(frozen=True)
class Walked:
    outing: Outing
    length_m: float
    bouts: tuple[Bout, ...]

    @property
    def duration_s(self) -> float:
        return self.length_m / self.outing.speed_m_s + sum(bout.rest_s for bout in self.bouts)

    def clock_s(self, onset_m: float) -> float:
        """Time from the start to a distance, the rests before it included."""
        rests = sum(
            b.rest_s for b in self.bouts if b.stopped_m is not None and b.stopped_m < onset_m
        )
        return onset_m / self.outing.speed_m_s + rests


def reach_m(rng: Rng, onset: Threshold, outing: Outing, recovery: float) -> float:
    """How far this bout goes before the pain comes."""
    median_m = onset.median_on(outing.day)
    if onset.time_driven:
        median_m *= SPEED[outing.pace]
    else:
        median_m *= {"slow": onset.slow, "ordinary": 1.0, "brisk": onset.brisk}[outing.pace]
    if outing.hilly:
        median_m *= lognormal(rng, onset.hill, 0.08)
    sigma = onset.sigma * (1.0 if recovery == 1.0 else 1.3)
    return median_m * recovery * math.exp(sigma * rng.standard_normal())


def felt(rng: Rng, ailment: Ailment, onset_m: float, milder: float = 1.0) -> Bout:
    """The pain itself, before anything is done about it."""
    response = pick(rng, ailment.responses)
    side = ailment.side
    if side == "both" and chance(rng, 0.15):
        side = pick(rng, {"left": 1, "right": 1})
    return Bout(
        ailment=ailment,
        onset_m=onset_m,
        site=pick(rng, ailment.sites),
        side=side,
        spread=several(rng, ailment.spread),
        intensity=round(near(rng, ailment.intensity * milder, 1.0, 1, 9)),
        qualities=several(rng, ailment.qualities),
        response=response,
        course=None if response == "stopped" else pick(rng, ailment.courses),
        sudden=chance(rng, ailment.sudden),
    )


def rested(rng: Rng, bout: Bout, stopped_m: float) -> Bout:
    """The same pain after a stop: the posture, the relief and whether walking went on."""
    posture = pick(rng, bout.ailment.postures)
    ease = bout.ailment.eases[posture]
    rest = 1 - ease.complete - ease.none
    relief = pick(rng, {"complete": ease.complete, "partial": rest, "none": ease.none})
    relief_s = None if relief == "none" else lognormal(rng, ease.median_s, ease.sigma)
    patience = between(rng, 0.3, 0.7) if chance(rng, 0.25) else between(rng, 1.0, 1.4)
    rest_s = (relief_s or lognormal(rng, 300, 0.5)) * patience
    return replace(
        bout,
        stopped_m=stopped_m,
        posture=posture,
        relief=relief,
        relief_s=relief_s,
        rest_s=min(rest_s, 1500),
        resumed=not chance(rng, bout.ailment.gives_up),
    )


def effort_bouts(rng: Rng, ailment: Ailment, onset: Threshold, outing: Outing) -> list[Bout]:
    """Pain after an effort, and again, sooner, after each rest."""
    bouts: list[Bout] = []
    from_m, recovery = 0.0, 1.0
    while len(bouts) < 6:
        onset_m = from_m + reach_m(rng, onset, outing, recovery)
        if onset_m >= outing.length_m:
            break
        bout = felt(rng, ailment, onset_m)
        limit_m = onset_m + (onset_m - from_m) * between(rng, 0.5, 1.4)
        halted_m = onset_m if bout.response == "stopped" else limit_m
        if halted_m >= outing.length_m or bout.course in ("eased", "same"):
            return [*bouts, bout]
        bout = rested(rng, bout, halted_m)
        bouts.append(bout)
        if not bout.resumed:
            break
        from_m, recovery = halted_m, 0.5 + 0.5 * (1 - math.exp(-bout.rest_s / RECOVERY_S))
    return bouts


def hazard_onset_m(rng: Rng, onset: Hazard, length_m: float) -> float:
    if chance(rng, onset.at_first_steps):
        return float(min(rng.exponential(12.0), length_m * 0.2))
    if onset.late_at is not None:
        return length_m * near(rng, onset.late_at, 0.12, 0.3, 0.97)
    if onset.tires_at_m is not None:
        return float(onset.tires_at_m * rng.weibull(onset.shape))
    if onset.uniform:
        return between(rng, 0, length_m)
    return float(rng.exponential(onset.scale_share * length_m))


def torn(rng: Rng, ailment: Ailment, outing: Outing) -> Bout:
    """The walk of the injury itself: sudden, anywhere, and worse than what follows."""
    bout = felt(rng, ailment, between(rng, 0.05, 0.95) * outing.length_m, 1.25)
    return replace(bout, sudden=chance(rng, 0.92), response=pick(rng, {"stopped": 3, "slowed": 2}))


def hazard_bouts(rng: Rng, ailment: Ailment, onset: Hazard, outing: Outing) -> list[Bout]:
    """Pain at the first steps or anywhere, on some walks; seldom twice."""
    if onset.began_day == outing.day:
        return [torn(rng, ailment, outing)]
    strength = onset.strength_on(outing.day)
    if not chance(rng, onset.per_walk * strength):
        return []
    onset_m = hazard_onset_m(rng, onset, outing.length_m)
    if onset_m >= outing.length_m:
        return []
    bout = felt(rng, ailment, onset_m, 0.4 + 0.6 * strength)
    if bout.response == "stopped":
        bout = rested(rng, bout, onset_m)
    again_m = between(rng, max(onset_m, outing.length_m * 0.6), outing.length_m)
    if bout.resumed is False or not chance(rng, onset.returns):
        return [bout]
    later = felt(rng, ailment, again_m, 0.4 + 0.6 * strength)
    return [bout, replace(later, response="kept_going", course="worsened")]


def walked(rng: Rng, ailments: tuple[Ailment, ...], outing: Outing) -> Walked:
    """Every ailment on its own; two of them do not spare each other. A walk given up ends there."""
    bouts: list[Bout] = []
    for ailment in ailments:
        if isinstance(ailment.onset, Threshold):
            bouts += effort_bouts(rng, ailment, ailment.onset, outing)
        else:
            bouts += hazard_bouts(rng, ailment, ailment.onset, outing)
    ends_m = [b.stopped_m for b in bouts if b.resumed is False and b.stopped_m is not None]
    length_m = min([outing.length_m, *ends_m])
    kept = sorted((b for b in bouts if b.onset_m <= length_m), key=lambda bout: bout.onset_m)
    kept = [
        b if b.stopped_m is None or b.stopped_m <= length_m else replace(b, stopped_m=None)
        for b in kept
    ]
    return Walked(outing, length_m, tuple(kept))
