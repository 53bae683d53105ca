"""By which figures is an assessor judged, and on which diaries does each figure rest?"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from . import outcome as o
from .outcome import Outcome

SIZES = (8, 20, 60)


@dataclass(frozen=True)
class Target:
    """What is hoped for at 8, 20 and 60 walks, as a floor, a ceiling or a range."""

    text: str
    bounds: tuple[tuple[float, float] | None, ...]

    def met(self, size: int, value: float) -> bool | None:
        bounds = dict(zip(SIZES, self.bounds, strict=True)).get(size)
        return None if bounds is None else bounds[0] <= value <= bounds[1]


def floor(*values: float | None) -> Target:
    text = " / ".join("-" if v is None else f"{v:.2f}" for v in values)
    return Target(f">= {text}", tuple(None if v is None else (v, np.inf) for v in values))


def ceiling(*values: float) -> Target:
    text = " / ".join(f"{v:.2f}" for v in values)
    return Target(f"<= {text}", tuple((-np.inf, v) for v in values))


NO_TARGET = Target("", (None, None, None))


@dataclass(frozen=True)
class Metric:
    """A figure: of the outcomes it applies to, the mean (or a quantile) of a value."""

    title: str
    applies: Callable[[Outcome], bool]
    value: Callable[[Outcome], float | bool]
    target: Target = NO_TARGET
    quantile: float | None = None
    bad_when: bool = False

    def figure(self, outcomes: Sequence[Outcome]) -> tuple[float, int]:
        values = [float(self.value(x)) for x in outcomes if self.applies(x)]
        if not values:
            return float("nan"), 0
        if self.quantile is None:
            return float(np.mean(values)), len(values)
        return float(np.quantile(values, self.quantile)), len(values)

    def failures(self, outcomes: Sequence[Outcome]) -> list[Outcome]:
        """Those that went wrong; of a quantile's, the worst first."""
        applying = [x for x in outcomes if self.applies(x)]
        if self.quantile is not None:
            return sorted(applying, key=self.value, reverse=True)[: max(len(applying) // 5, 1)]
        return [x for x in applying if bool(self.value(x)) == self.bad_when]


def both_kinds(x: Outcome) -> bool:
    return len(x.truth.kinds_of_claudication) == 2


def decided(x: Outcome) -> bool:
    return x.truth.styled and x.leaning != "undetermined"


METRICS = {
    "five_onsets": Metric(
        "Five onsets or more recorded, of claudication style",
        lambda x: x.truth.styled,
        lambda x: x.said["onset"]["onsets"] >= 5,
    ),
    "pattern_sensitivity": Metric(
        "Claudication style found",
        lambda x: x.truth.styled,
        lambda x: x.called,
        floor(0.75, 0.85, 0.9),
    ),
    "pattern_specificity": Metric(
        "Other pain, or none, not called so",
        lambda x: not x.truth.styled,
        lambda x: not x.called,
        floor(0.93, 0.93, 0.95),
    ),
    "leaning_right": Metric(
        "Leaning right, of those decided", decided, o.leaning_right, floor(0.87, 0.9, 0.93)
    ),
    "leaning_decided": Metric(
        "Leaning decided", lambda x: x.truth.styled, lambda x: x.leaning != "undetermined"
    ),
    "leaning_both": Metric(
        "Leaning 'both', of arteries and spine at once", both_kinds, lambda x: x.leaning == "both"
    ),
    "first_cause": Metric(
        "First cause right", lambda x: x.one_cause, o.first_right, floor(0.8, 0.87, 0.9)
    ),
    "named_cause": Metric(
        "... of those moderate or strong",
        lambda x: x.one_cause and x.named,
        o.named_right,
        floor(0.88, 0.92, 0.94),
    ),
    "named_share": Metric("Moderate or strong", lambda x: x.one_cause, lambda x: x.named),
    "young_named_arterial": Metric(
        "Clogged arteries named in a young person's exertional pain",
        lambda x: x.truth.label == "exertional",
        lambda x: x.named and x.first["cause"] == "peripheral_artery_disease",
        bad_when=True,
    ),
    "onset_given": Metric(
        "Onset estimated", lambda x: x.measurable, lambda x: x.estimate_m is not None
    ),
    "onset_error": Metric(
        "Onset error, median of the absolute log",
        lambda x: x.estimate_m is not None,
        o.onset_error,
        ceiling(0.14, 0.11, 0.07),
        quantile=0.5,
    ),
    "onset_error_p90": Metric(
        "Onset error, 90th percentile",
        lambda x: x.estimate_m is not None,
        o.onset_error,
        ceiling(0.42, 0.28, 0.2),
        quantile=0.9,
    ),
    "coverage": Metric(
        "Interval holds the truth",
        lambda x: x.interval_m is not None,
        o.covered,
        Target("0.90 - 0.98", ((0.9, 0.98),) * 3),
    ),
    "coverage_measured": Metric(
        "... where no distance is estimated",
        lambda x: x.interval_m is not None and not x.estimated_source,
        o.covered,
        Target("0.90 - 0.98", ((0.9, 0.98),) * 3),
    ),
    "coverage_estimated": Metric(
        "... where some are", lambda x: x.interval_m is not None and x.estimated_source, o.covered
    ),
    "high_to_low": Metric(
        "Interval's high / low, median",
        lambda x: x.interval_m is not None,
        o.high_to_low,
        ceiling(2.3, 1.8, 1.5),
        quantile=0.5,
    ),
    "onset_error_second_pain": Metric(
        "Onset error, with another pain besides",
        lambda x: x.truth.label in o.MIXED_SITES and bool(x.said["onset"]["median_m"]),
        lambda x: o.log_error(x.said["onset"]["median_m"], x.truth.median_m),
        quantile=0.5,
    ),
    "driver_right": Metric(
        "Driver right, of those named distance or time",
        lambda x: x.measurable and x.truth.time_driven is not None and o.driver_named(x),
        lambda x: x.said["onset"]["driver"] == ("time" if x.truth.time_driven else "distance"),
    ),
    "variation_error": Metric(
        "Variation error, median",
        lambda x: x.measurable and x.said["onset"]["variation"] is not None,
        o.variation_error,
        ceiling(0.08, 0.07, 0.05),
        quantile=0.5,
    ),
    "trend_right": Metric(
        "Trend named rightly, of 30 % moves",
        lambda x: x.measurable and o.moved(x),
        o.direction_right,
        floor(None, 0.3, 0.75),
    ),
    "trend_wrong": Metric(
        "Trend named wrongly, of all",
        lambda x: x.measurable,
        o.direction_wrong,
        ceiling(0.05, 0.1, 0.08),
        bad_when=True,
    ),
    "falsely_consistent": Metric(
        "Called consistent though it is not",
        lambda x: not x.truth.tied,
        lambda x: x.said["onset"]["status"] == "consistent",
        ceiling(0.02, 0.02, 0.02),
        bad_when=True,
    ),
    "flag_recall": Metric(
        "Planted flag raised",
        lambda x: x.truth.plant is not None,
        o.flag_raised,
        floor(1.0, 1.0, 1.0),
    ),
    "false_emergency": Metric(
        "Emergency where none was planted",
        lambda x: x.truth.plant is None or x.truth.plant.urgency != "emergency",
        lambda x: x.emergency,
        ceiling(0.04, 0.05, 0.06),
        bad_when=True,
    ),
    "false_alarm": Metric(
        "Emergency or same day where nothing was",
        lambda x: x.truth.plant is None,
        lambda x: x.alarmed,
        bad_when=True,
    ),
}
