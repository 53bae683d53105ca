"""Which diary belongs to a seed and a size, and what is true of the person behind it?"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from .ailments import Ailment, Threshold
from .danger import Plant, collapsed, plant_for, sown
from .days import changes, check_ins
from .draws import Rng
from .habits import outings
from .keepers import Keeper, keeper
from .keeping import Row, profile_row, walk_rows
from .people import Person, sampled
from .walking import walked


@dataclass(frozen=True)
class Truth:
    """What an assessor cannot see. Distances in true metres, level ground, ordinary pace."""

    seed: int
    size: int
    label: str
    kind: str
    sources: tuple[str, ...]
    age: int
    causes: frozenset[str]
    styled: bool
    tied: bool
    kinds_of_claudication: frozenset[str]
    median_m: float | None
    variation: float | None
    change: float | None
    time_driven: bool | None
    plant: Plant | None
    collapsed: bool

    @property
    def source(self) -> str:
        return "/".join(sorted(self.sources))


def first_pain_m(rng: Rng, person: Person, day: float) -> tuple[float, float]:
    """Median and variation of the first effort pain; of two ailments the earlier one counts."""
    if len(person.thresholds) == 1:
        only = person.thresholds[0]
        return only.median_on(day), only.variation
    draws = [
        t.median_on(day) * np.exp(t.sigma * rng.standard_normal(4000)) for t in person.thresholds
    ]
    first = np.minimum.reduce(draws)
    return float(np.median(first)), float(np.std(first) / np.mean(first))


def truth_of(person: Person, size: int, plant: Plant | None, kept: Keeper, rng: Rng) -> Truth:
    kinds = {"pad": "vascular", "exertional": "vascular", "stenosis": "neurogenic"}
    median_m = variation = moved = None
    if person.thresholds:
        median_m, variation = first_pain_m(rng, person, person.span_days)
        moved = median_m / first_pain_m(rng, person, 0)[0]
    return Truth(
        seed=person.seed,
        size=size,
        label=person.label,
        kind=kept.kind,
        sources=kept.sources,
        age=person.age,
        causes=person.causes,
        styled=bool(person.thresholds),
        tied=person.tied,
        kinds_of_claudication=frozenset(kinds[a.cause] for a in person.styled),
        median_m=median_m,
        variation=variation,
        change=moved,
        time_driven=person.thresholds[0].time_driven if len(person.thresholds) == 1 else None,
        plant=plant,
        collapsed=plant is not None and plant.kind == "collapse",
    )


def torn_on_a_walk(ailment: Ailment, days: list[int]) -> Ailment:
    """An injury within the diary happens on one of its walks."""
    onset = ailment.onset
    if isinstance(onset, Threshold) or onset.began_day is None or onset.began_day < 0:
        return ailment
    day = min(day for day in days if day >= onset.began_day)
    return replace(ailment, onset=replace(onset, began_day=float(day)))


def written(rng: Rng, person: Person, kept: Keeper, size: int) -> Row:
    """The whole document of one person."""
    meant = outings(rng, person, size)
    ailments = tuple(torn_on_a_walk(a, [outing.day for outing in meant]) for a in person.ailments)
    walks = [walked(rng, ailments, outing) for outing in meant]
    return {
        "format": "walking-diary",
        "version": 1,
        "profile": profile_row(rng, person, kept),
        "walks": walk_rows(rng, person, kept, walks),
        "check_ins": check_ins(rng, person, kept),
        "changes": changes(rng, person, kept),
        "measurements": [],
    }


def diary(seed: int, size: int) -> tuple[Row, Truth]:
    """The document and the truth, the same for the same seed and size."""
    person = sampled(seed, size, np.random.default_rng(seed))
    rng = np.random.default_rng([seed, size])
    kept, plant = keeper(rng, person.keeper), plant_for(rng, person)
    if plant is not None and plant.kind.startswith("collapse"):
        fallen, planted = collapsed(rng, person, plant)
        for _ in range(20):
            document = written(rng, fallen, kept, size)
            if sown(rng, document, fallen, planted):
                document["profile"]["conditions"] = list(fallen.conditions)
                return document, truth_of(fallen, size, planted, kept, rng)
        plant = None
    document = written(rng, person, kept, size)
    if plant is not None:
        plant = sown(rng, document, person, plant)
    return document, truth_of(person, size, plant, kept, rng)
