"""Who keeps a diary, and what truly ails them?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np

from .ailments import CLAUDICATION_STYLE, NAMED_CAUSE, Ailment, Threshold
from .draws import Rng, between, chance, near, pick
from .mimics import imitating, resting_habits
from .spinal import disc, pregnancy, stenosis
from .tissue import achilles, background, hamstring, nonspecific
from .vascular import arterial, exertional

MIX = {
    "pad": 0.26,
    "stenosis": 0.14,
    "disc": 0.09,
    "pregnancy": 0.03,
    "achilles": 0.10,
    "hamstring": 0.08,
    "nonspecific": 0.14,
    "pain_free": 0.05,
    "exertional": 0.04,
    "pad+stenosis": 0.03,
    "pad+achilles": 0.02,
    "stenosis+hamstring": 0.02,
}
# By the first cause: mean age, its spread, the youngest and oldest, and the share of women.
AGES = {
    "pad": (69, 9, 46, 90, 0.42),
    "stenosis": (70, 9, 48, 90, 0.55),
    "disc": (46, 13, 20, 78, 0.45),
    "pregnancy": (31, 5, 20, 43, 1.0),
    "achilles": (49, 13, 20, 80, 0.42),
    "hamstring": (40, 14, 18, 75, 0.35),
    "nonspecific": (54, 17, 18, 88, 0.55),
    "pain_free": (55, 17, 18, 88, 0.5),
    "exertional": (25, 5, 16, 38, 0.4),
}
# Shares of known conditions at about 65 years, without arterial disease and with it.
COMORBID = {
    "diabetes": (0.12, 0.35),
    "hypertension": (0.4, 0.7),
    "high_cholesterol": (0.3, 0.6),
    "heart_disease": (0.1, 0.32),
    "stroke": (0.03, 0.1),
    "atrial_fibrillation": (0.06, 0.12),
    "aneurysm": (0.01, 0.05),
    "kidney_disease": (0.05, 0.12),
    "anticoagulant_use": (0.05, 0.12),
    "steroid_use": (0.02, 0.03),
    "back_problem": (0.15, 0.15),
    "peripheral_artery_disease": (0.02, 0.0),
    "previous_hamstring_injury": (0.03, 0.02),
}
KNOWN_CAUSE = {
    "pad": {"peripheral_artery_disease": 0.2},
    "stenosis": {"spinal_stenosis": 0.2, "back_problem": 0.55},
    "disc": {"disc_herniation": 0.2, "back_problem": 0.5},
    "pregnancy": {"pregnancy": 0.95},
    "achilles": {"fluoroquinolone_use": 0.05},
    "hamstring": {"previous_hamstring_injury": 0.35},
}


@dataclass(frozen=True)
class Person:
    seed: int
    label: str
    ailments: tuple[Ailment, ...]
    age: int
    sex: str
    smoking: str
    height_cm: float
    weight_kg: float
    conditions: tuple[str, ...]
    usual_speed_m_s: float
    first_day: date
    span_days: int
    keeper: str

    @property
    def causes(self) -> frozenset[str]:
        return frozenset(NAMED_CAUSE[a.cause] for a in self.ailments if a.cause in NAMED_CAUSE)

    @property
    def styled(self) -> tuple[Ailment, ...]:
        """The ailments that come after a certain effort."""
        return tuple(a for a in self.ailments if a.cause in CLAUDICATION_STYLE)

    @property
    def thresholds(self) -> tuple[Threshold, ...]:
        return tuple(a.onset for a in self.styled if isinstance(a.onset, Threshold))

    @property
    def tied(self) -> bool:
        """Has any of the pains a true tie to the distance walked?"""
        return any(isinstance(a.onset, Threshold) or a.onset.tied for a in self.ailments)

    def date_of(self, day: int) -> date:
        return self.first_day + timedelta(days=day)


def label_of(seed: int) -> str:
    """What ails this seed's person; neighbouring seeds share the mix out evenly."""
    place = seed * 0.6180339887498949 % 1.0
    bounds = np.cumsum(list(MIX.values())) / sum(MIX.values())
    return list(MIX)[int(np.searchsorted(bounds, place, side="right"))]


def ailing(rng: Rng, label: str, span_days: int) -> tuple[Ailment, ...]:
    makers: dict[str, Any] = {
        "pad": lambda: arterial(rng, span_days),
        "stenosis": lambda: stenosis(rng),
        "disc": lambda: disc(rng),
        "pregnancy": lambda: pregnancy(rng),
        "achilles": lambda: achilles(rng),
        "hamstring": lambda: hamstring(rng, span_days),
        "nonspecific": lambda: nonspecific(rng),
        "exertional": lambda: exertional(rng),
    }
    ailments = [imitating(rng, makers[cause]()) for cause in label.split("+") if cause in makers]
    if ailments and chance(rng, 0.1):
        ailments.append(background(rng))
    return resting_habits(rng, tuple(ailments))


def smoked(rng: Rng, label: str) -> str:
    if "pad" in label:
        return pick(rng, {"current": 0.36, "former": 0.46, "never": 0.18})
    if label in ("pregnancy", "exertional"):
        return pick(rng, {"current": 0.08, "former": 0.12, "never": 0.8})
    return pick(rng, {"current": 0.16, "former": 0.3, "never": 0.54})


def known_conditions(rng: Rng, label: str, age: int) -> tuple[str, ...]:
    """What the person has been told, which is rarely the cause of the pain itself."""
    arterial_person, weight = "pad" in label, min(max((age - 25) / 40, 0.05), 1.3)
    known = [
        name
        for name, (without, having) in COMORBID.items()
        if chance(rng, (having if arterial_person else without) * weight)
    ]
    for cause in label.split("+"):
        known += [name for name, p in KNOWN_CAUSE.get(cause, {}).items() if chance(rng, p)]
    return tuple(dict.fromkeys(known))


def sampled(seed: int, size: int, rng: Rng) -> Person:
    """One person, and over how many days they will keep a diary of so many walks."""
    label = label_of(seed)
    walks_per_week = between(rng, 2.0, 6.5)
    span_days = max(round(size / walks_per_week * 7), size // 2)
    mean, sd, low, high, women = AGES[label.split("+")[0]]
    age = round(near(rng, mean, sd, low, high))
    sex = "female" if chance(rng, women) else "male"
    height_cm = near(rng, 163 if sex == "female" else 176, 7, 145, 200)
    bmi = near(rng, 27.5 if label != "exertional" else 23.5, 4.5, 18, 45)
    walking_badly = label.startswith(("pad", "stenosis"))
    return Person(
        seed=seed,
        label=label,
        ailments=ailing(rng, label, span_days),
        age=age,
        sex=sex,
        smoking=smoked(rng, label),
        height_cm=round(height_cm),
        weight_kg=round(bmi * (height_cm / 100) ** 2, 1),
        conditions=known_conditions(rng, label, age),
        usual_speed_m_s=near(rng, 1.0 if walking_badly else 1.25, 0.12, 0.6, 1.6),
        first_day=date(2024, 1, 1) + timedelta(days=int(rng.integers(0, 400))),
        span_days=span_days,
        keeper=pick(rng, {"careful": 0.3, "ordinary": 0.45, "sloppy": 0.25}),
    )
