"""How is one thing drawn at random, the same way for the same seed?"""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np

Rng = np.random.Generator


def chance(rng: Rng, probability: float) -> bool:
    return bool(rng.random() < probability)


def pick(rng: Rng, weights: Mapping[str, float]) -> str:
    """One of the words, each as likely as its weight."""
    words = list(weights)
    shares = np.array([weights[word] for word in words], dtype=float)
    return words[int(rng.choice(len(words), p=shares / shares.sum()))]


def several(rng: Rng, chances: Mapping[str, float]) -> tuple[str, ...]:
    """Each of the words for itself, with its own chance."""
    return tuple(word for word, probability in chances.items() if chance(rng, probability))


def lognormal(rng: Rng, median: float, sigma: float) -> float:
    return float(median * math.exp(sigma * rng.standard_normal()))


def between(rng: Rng, low: float, high: float) -> float:
    return float(rng.uniform(low, high))


def near(rng: Rng, mean: float, sd: float, low: float, high: float) -> float:
    """A normal draw held between two bounds."""
    return float(min(max(rng.normal(mean, sd), low), high))
