"""Is the simulator of the accuracy benchmark repeatable, honest, and rightly scored?"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from benchmarks.accuracy.ailments import Hazard
from benchmarks.accuracy.diaries import Truth, diary
from benchmarks.accuracy.mimics import SHARES, imitating
from benchmarks.accuracy.outcome import Outcome
from benchmarks.accuracy.people import MIX, ailing, label_of
from benchmarks.accuracy.scoring import METRICS
from benchmarks.accuracy.walking import hazard_onset_m
from diary.rules import document_checked

FIRST_SEED = {
    label: next(seed for seed in range(500_000, 501_000) if label_of(seed) == label)
    for label in MIX
}


@pytest.mark.parametrize("size", [8, 20])
@pytest.mark.parametrize("label", MIX)
def test_a_diary_of_each_kind_is_read_like_any_other_and_is_the_same_each_time(
    label: str, size: int
) -> None:
    seed = FIRST_SEED[label]
    document, truth = diary(seed, size)
    assert diary(seed, size) == (document, truth)
    assert len(document_checked(document)["walks"]) == size
    assert (truth.seed, truth.size, truth.label) == (seed, size, label)


@pytest.mark.parametrize("cause", SHARES)
def test_an_imitation_keeps_its_cause_and_only_a_load_pain_is_tied_to_the_distance(
    cause: str,
) -> None:
    rng = np.random.default_rng(7)
    plans = set()
    for _ in range(120):
        ailment = ailing(rng, cause, 60)[0]
        imitation = imitating(rng, ailment)
        assert imitation.cause == cause
        assert isinstance(imitation.onset, Hazard)
        plans.add("late" if imitation.onset.late_at else "load" if imitation.onset.tied else "none")
    assert plans >= {*SHARES[cause], "none"}


def test_a_late_pain_follows_the_length_of_the_route_and_a_load_pain_does_not() -> None:
    rng = np.random.default_rng(7)
    late = Hazard(1.0, 0.0, False, 1.0, late_at=0.7)
    load = Hazard(1.0, 0.0, False, 1.0, tires_at_m=700.0, shape=4.0)
    for onset, ratio in ((late, 3.0), (load, 1.0)):
        short, long = (
            np.mean([hazard_onset_m(rng, onset, length_m) for _ in range(400)])
            for length_m in (1000.0, 3000.0)
        )
        assert long / short == pytest.approx(ratio, rel=0.1)


CLAUDICANT = Truth(
    seed=1,
    size=20,
    label="pad",
    kind="careful",
    sources=("gps",),
    age=70,
    causes=frozenset({"peripheral_artery_disease"}),
    styled=True,
    tied=True,
    kinds_of_claudication=frozenset({"vascular"}),
    median_m=200.0,
    variation=0.25,
    change=1.0,
    time_driven=False,
    plant=None,
    collapsed=False,
)
TENDON = replace(
    CLAUDICANT,
    label="achilles",
    causes=frozenset({"achilles_tendinopathy"}),
    styled=False,
    tied=False,
    kinds_of_claudication=frozenset(),
    median_m=None,
    variation=None,
    change=None,
    time_driven=None,
)
TIRED_TENDON = replace(TENDON, tied=True)


def said(claudication: str, status: str, cause: str, median_m: float) -> dict[str, Any]:
    """An assessment whose interval reaches from 0.8 to 1.25 of its median."""
    return {
        "onset": {
            "status": status,
            "median_m": median_m,
            "low_m": median_m * 0.8,
            "high_m": median_m * 1.25,
            "variation": 0.3,
            "onsets": 9,
            "driver": "distance",
            "trend": {"direction": "steady"},
        },
        "pattern": {"claudication": claudication, "leaning": "vascular"},
        "causes": [{"cause": cause, "weight": 1.0, "support": "moderate"}],
        "flags": [],
    }


THREE = [
    Outcome(CLAUDICANT, said("present", "consistent", "peripheral_artery_disease", 240.0)),
    Outcome(TENDON, said("absent", "inconsistent", "achilles_tendinopathy", 400.0)),
    Outcome(TIRED_TENDON, said("possible", "consistent", "peripheral_artery_disease", 700.0)),
]


@pytest.mark.parametrize(
    ("name", "value", "n"),
    [
        ("pattern_sensitivity", 1.0, 1),
        ("pattern_specificity", 0.5, 2),
        ("leaning_right", 1.0, 1),
        ("first_cause", 2 / 3, 3),
        ("named_cause", 2 / 3, 3),
        ("onset_error", np.log(240 / 200), 1),
        ("coverage", 1.0, 1),
        ("high_to_low", 1.5625, 1),
        ("variation_error", 0.05, 1),
        ("driver_right", 1.0, 1),
        ("trend_wrong", 0.0, 1),
        ("falsely_consistent", 0.0, 1),
        ("false_emergency", 0.0, 3),
    ],
)
def test_figures_are_what_they_are_by_hand(name: str, value: float, n: int) -> None:
    assert METRICS[name].figure(THREE) == (pytest.approx(value), n)


def test_only_pain_without_any_tie_to_distance_counts_as_falsely_consistent() -> None:
    wrong = Outcome(TENDON, said("possible", "consistent", "achilles_tendinopathy", 400.0))
    assert METRICS["falsely_consistent"].figure([*THREE, wrong]) == (0.5, 2)
