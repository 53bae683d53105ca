"""What did the assessor say of one diary, beside what is true of it?"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

from .ailments import NAMED_CAUSE
from .diaries import Truth

MOVED_LOG = math.log(1.3)
MIXED_SITES = {"pad+achilles", "stenosis+hamstring"}
GRADE = {"routine": 0, "soon": 1, "same_day": 2, "emergency": 3}
GRAVER = {"acute_limb_ischaemia", "cauda_equina", "deep_vein_thrombosis"}


@dataclass(frozen=True)
class Outcome:
    truth: Truth
    said: dict[str, Any]

    @property
    def called(self) -> bool:
        return self.said["pattern"]["claudication"] in ("present", "possible")

    @property
    def leaning(self) -> str:
        return str(self.said["pattern"]["leaning"])

    @property
    def first(self) -> dict[str, Any]:
        return dict(self.said["causes"][0])

    @property
    def named(self) -> bool:
        """Is a cause said to be well supported?"""
        return self.first["support"] in ("moderate", "strong")

    @property
    def measurable(self) -> bool:
        """Has the onset one true value: effort pain comes first and nothing has collapsed?"""
        truth = self.truth
        return truth.styled and truth.label not in MIXED_SITES and not truth.collapsed

    @property
    def estimate_m(self) -> float | None:
        value = self.said["onset"]["median_m"]
        return value if self.measurable and value and value > 0 else None

    @property
    def interval_m(self) -> tuple[float, float] | None:
        onset = self.said["onset"]
        if self.estimate_m is None or not onset["low_m"] or not onset["high_m"]:
            return None
        return onset["low_m"], onset["high_m"]

    @property
    def estimated_source(self) -> bool:
        return "estimated" in self.truth.sources

    @property
    def direction(self) -> str:
        return str(self.said["onset"]["trend"]["direction"])

    @property
    def log_change(self) -> float:
        return math.log(self.truth.change) if self.truth.change else 0.0

    @property
    def one_cause(self) -> bool:
        return "+" not in self.truth.label and self.truth.label in NAMED_CAUSE

    @property
    def emergency(self) -> bool:
        return any(flag["urgency"] == "emergency" for flag in self.said["flags"])

    @property
    def alarmed(self) -> bool:
        return any(GRADE[flag["urgency"]] >= 2 for flag in self.said["flags"])


def first_right(outcome: Outcome) -> bool:
    """The true cause first; imbalance also when nothing is above weak."""
    first = outcome.first
    if outcome.truth.label == "nonspecific":
        return first["cause"] == "muscle_imbalance" or not outcome.named
    return first["cause"] in outcome.truth.causes


def named_right(outcome: Outcome) -> bool:
    return outcome.first["cause"] in outcome.truth.causes


def leaning_right(outcome: Outcome) -> bool:
    """The true kind; of two kinds at once either one, or both."""
    kinds = outcome.truth.kinds_of_claudication
    return outcome.leaning in kinds or (outcome.leaning == "both" and len(kinds) == 2)


def log_error(estimate_m: float | None, true_m: float | None) -> float:
    return abs(math.log((estimate_m or 1.0) / (true_m or 1.0)))


def driver_named(outcome: Outcome) -> bool:
    return outcome.said["onset"]["driver"] in ("distance", "time")


def onset_error(outcome: Outcome) -> float:
    return log_error(outcome.estimate_m, outcome.truth.median_m)


def covered(outcome: Outcome) -> bool:
    low_m, high_m = outcome.interval_m or (0.0, 0.0)
    return low_m <= (outcome.truth.median_m or 0.0) <= high_m


def high_to_low(outcome: Outcome) -> float:
    low_m, high_m = outcome.interval_m or (1.0, 1.0)
    return high_m / low_m


def variation_error(outcome: Outcome) -> float:
    return abs(outcome.said["onset"]["variation"] - (outcome.truth.variation or 0.0))


def moved(outcome: Outcome) -> bool:
    return abs(outcome.log_change) >= MOVED_LOG


def direction_right(outcome: Outcome) -> bool:
    return outcome.direction == ("lengthening" if outcome.log_change > 0 else "shortening")


def direction_wrong(outcome: Outcome) -> bool:
    """A direction that is not so; within 5 % of no change, neither way is so."""
    change = outcome.log_change
    return {
        "lengthening": change < 0.05,
        "shortening": change > -0.05,
        "steady": moved(outcome),
    }.get(outcome.direction, False)


def flag_raised(outcome: Outcome) -> bool:
    """The planted flag at its urgency or above; a graver one may stand in for a mild one."""
    plant = outcome.truth.plant
    if plant is None:
        return False
    for flag in outcome.said["flags"]:
        if flag["flag"] == plant.flag and GRADE[flag["urgency"]] >= GRADE[plant.urgency]:
            return True
        if plant.flag == "swelling_or_numbness" and flag["flag"] in GRAVER:
            return True
    return False


def in_a_line(outcome: Outcome) -> str:
    """Truth and answer side by side, for the developer who looks at a failure."""
    truth, said = outcome.truth, outcome.said
    onset, pattern = said["onset"], said["pattern"]
    true_m = f"{truth.median_m:.0f} m" if truth.median_m else "-"
    change = f"x{truth.change:.2f}" if truth.change else "-"
    cv = f"{truth.variation:.2f}" if truth.variation is not None else "-"
    causes = ", ".join(f"{c['cause'][:9]} {c['weight']} {c['support']}" for c in said["causes"][:2])
    flags = ", ".join(f"{f['flag']}:{f['urgency']}" for f in said["flags"])
    plant = f"{truth.plant.flag}:{truth.plant.urgency} {truth.plant.signs}" if truth.plant else "-"
    return (
        f"{truth.seed}:{truth.size} {truth.label} {truth.kind} {'/'.join(truth.sources)}"
        f" | true {true_m} cv {cv} change {change} plant {plant}"
        f" | {pattern['claudication']}, {pattern['leaning']}, {pattern['edinburgh']['result']}"
        f" | {onset['status']} {onset['driver']} {onset['median_m']}"
        f" [{onset['low_m']}, {onset['high_m']}] cv {onset['variation']}"
        f" n {onset['onsets']}+{onset['censored']} {onset['trend']['direction']}"
        f" | {causes} | {flags}"
    )
