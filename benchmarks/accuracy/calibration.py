"""Are the weights of the causes worth what they say: does +1 mean ten times the odds?"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from scipy.optimize import brentq

from .outcome import Outcome

BINS = ((-9.0, -0.5), (-0.5, -0.1), (-0.1, 0.1), (0.1, 0.5), (0.5, 1.0), (1.0, 9.0))
Rows = list[tuple[str, float, bool]]


def weighed(outcomes: Sequence[Outcome]) -> Rows:
    """Cause, weight and truth of each row of a person in pain; the residual cause has no weight."""
    return [
        (row["cause"], row["weight"], row["cause"] in x.truth.causes)
        for x in outcomes
        if x.truth.label != "pain_free"
        for row in x.said["causes"]
        if row["weight"] is not None and row["cause"] != "muscle_imbalance"
    ]


def shift(priors: list[float], trues: int) -> float:
    """By how many tens the odds in a bin are raised over each cause's own base rate."""
    logits = np.array([math.log(p / (1 - p)) for p in priors])
    hoped = min(max(trues, 0.5), len(priors) - 0.5)
    surplus = lambda s: float((1 / (1 + np.exp(-logits - s))).sum()) - hoped  # noqa: E731
    return float(brentq(surplus, -30, 30)) / math.log(10)


def calibration(outcomes: Sequence[Outcome]) -> list[tuple[str, float, float, int]]:
    """Per bin: its bounds, the mean weight, the observed log10 odds ratio and n."""
    rows = weighed(outcomes)
    prior = {
        cause: float(np.mean([true for name, _, true in rows if name == cause]))
        for cause in {name for name, _, _ in rows}
    }
    found = []
    for low, high in BINS:
        inside = [(c, w, t) for c, w, t in rows if low <= w < high and 0 < prior[c] < 1]
        if inside:
            observed = shift([prior[c] for c, _, _ in inside], sum(t for _, _, t in inside))
            mean = float(np.mean([w for _, w, _ in inside]))
            found.append(
                (f"{max(low, -2):+.1f} .. {min(high, 2):+.1f}", mean, observed, len(inside))
            )
    return found
