"""Which alarm is planted in a diary, and how urgent must it be called?"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np

from .ailments import Threshold
from .draws import Rng, between, chance, pick
from .keeping import Row
from .people import Person

ADMITTED = ("atrial_fibrillation", "aneurysm", "recent_surgery_or_immobility")
COLLAPSE = "acute_limb_ischaemia:collapse"


@dataclass(frozen=True)
class Plant:
    """A flag that must be raised with at least this urgency, by these signs of the last days."""

    flag: str
    urgency: str
    signs: tuple[str, ...] = ()
    kind: str = "signs"
    side: str | None = None


def one(flag: str, urgency: str, *signs: str, side: str | None = None) -> Plant:
    return Plant(flag, urgency, signs, "signs", side)


LIMB, CLTI, DVT = (
    "acute_limb_ischaemia",
    "chronic_limb_threatening_ischaemia",
    "deep_vein_thrombosis",
)
PLANTS = (
    one(LIMB, "emergency", "pale_or_blue"),
    one(LIMB, "emergency", "cold_foot", "numbness"),
    one(LIMB, "emergency", "cold_foot", "weakness"),
    one(LIMB, "emergency", "sudden_severe_pain", "cold_foot"),
    one("cauda_equina", "emergency", "saddle_numbness"),
    one("cauda_equina", "emergency", "bladder_or_bowel_change"),
    one("pulmonary_embolism", "emergency", "breathlessness"),
    one("pulmonary_embolism", "emergency", "coughing_blood"),
    one("cardiac_symptoms", "emergency", "chest_pain"),
    one("cardiac_symptoms", "emergency", "fainting"),
    one(DVT, "same_day", "swelling", side="left"),
    one(DVT, "same_day", "swelling"),
    one(DVT, "same_day", "warmth", "redness"),
    one(DVT, "same_day", "redness", "calf_tenderness"),
    one(CLTI, "same_day", "relieved_by_hanging_leg_down"),
    one(CLTI, "same_day", "wound_not_healing"),
    one(CLTI, "same_day", "black_or_blue_toe"),
    one("progressive_weakness", "same_day", "foot_drop"),
    one("tendon_or_muscle_rupture", "same_day", "pop_felt"),
    one("tendon_or_muscle_rupture", "same_day", "cannot_rise_on_toes"),
    one("infection_or_fracture", "same_day", "fever"),
    one("infection_or_fracture", "same_day", "cannot_put_weight_on_leg"),
    one("swelling_or_numbness", "soon", "swelling", side="both"),
    one("swelling_or_numbness", "soon", "numbness"),
    Plant("severe_pain", "soon", kind="severe_pain"),
    Plant("persistent_pain", "soon", kind="persistent_pain"),
    Plant("exertional_pain_in_a_younger_person", "soon", kind="younger"),
)


def plant_for(rng: Rng, person: Person) -> Plant | None:
    """About one diary in seven; a collapse only where there is a distance to collapse."""
    if not chance(rng, 0.15):
        return None
    steady = all(t.drift.plan == "steady" for t in person.thresholds)
    if person.label in ("pad", "stenosis") and steady and chance(rng, 0.35):
        return Plant(LIMB, "same_day", kind=pick(rng, {"collapse": 0.5, "collapse_af": 0.5}))
    choices = [p for p in PLANTS if p.kind != "younger" or (person.age < 49 and person.ailments)]
    return choices[int(rng.integers(len(choices)))]


def collapsed(rng: Rng, person: Person, plant: Plant) -> tuple[Person, Plant]:
    """The person whose walking distance falls in the last days, and what must be raised."""
    day = person.span_days - between(rng, 5, 9)
    step = float(np.log(between(rng, 0.12, 0.3)))
    ailments = tuple(
        replace(
            a, onset=replace(a.onset, drift=replace(a.onset.drift, step_day=day, step_log=step))
        )
        if isinstance(a.onset, Threshold)
        else a
        for a in person.ailments
    )
    known = tuple(c for c in person.conditions if c not in ADMITTED)
    if plant.kind == "collapse_af":
        known, plant = (*known, "atrial_fibrillation"), replace(plant, urgency="emergency")
    return replace(person, ailments=ailments, conditions=known), replace(plant, kind="collapse")


def newest_day(document: Row) -> date:
    walks = [date.fromisoformat(row["started_at"][:10]) for row in document["walks"]]
    return max([*walks, *(date.fromisoformat(row["date"]) for row in document["check_ins"])])


def day_row(document: Row, day: date) -> Row:
    """The check-in of that day, made if there is none."""
    for row in document["check_ins"]:
        if row["date"] == day.isoformat():
            return row
    row = {"date": day.isoformat()}
    document["check_ins"].append(row)
    document["check_ins"].sort(key=lambda r: r["date"])
    return row


def sow_signs(rng: Rng, document: Row, plant: Plant) -> None:
    day = newest_day(document) - timedelta(days=int(rng.integers(0, 13)))
    row = day_row(document, day)
    others = set(row.get("signs") or []) - {"swelling", "both_legs_affected"}
    row["signs"] = sorted({*others, *plant.signs})
    row["side"] = plant.side


def sow_severe_pain(rng: Rng, document: Row) -> bool:
    """The last painful walk, if it was lately, hurt badly."""
    last = newest_day(document) - timedelta(days=10)
    lately = [w for w in document["walks"] if date.fromisoformat(w["started_at"][:10]) >= last]
    for walk in reversed(lately):
        if walk.get("pain") and not walk.get("clock_suspect"):
            walk["pain"][0]["intensity"] = int(rng.integers(7, 11))
            return True
    return False


def sow_persistent_pain(rng: Rng, document: Row) -> None:
    """Pain at rest on five days of eleven, the last entry among them."""
    last = newest_day(document)
    for back in (0, 2, 4, 7, 11):
        day_row(document, last - timedelta(days=back))["pain_at_rest"] = int(rng.integers(3, 6))


def usable(walk: Row) -> list[float]:
    """The first onset of a level, ordinary, trusted walk, if it is recorded."""
    plain = walk.get("terrain") == "flat" and walk.get("pace") == "ordinary"
    if not plain or walk.get("clock_suspect") or not walk.get("pain"):
        return []
    onset_m = walk["pain"][0].get("onset_distance_m")
    return [onset_m] if onset_m else []


def collapse_shows(document: Row, person: Person) -> bool:
    """Is the fall there to be seen: four comparable onsets before it, two after, all halved?"""
    drifts = [threshold.drift.step_day for threshold in person.thresholds]
    fell = person.first_day + timedelta(days=int(np.ceil(max(day or 0.0 for day in drifts))))
    before: list[float] = []
    after: list[float] = []
    for walk in document["walks"]:
        day = date.fromisoformat(walk["started_at"][:10])
        (after if day >= fell else before).extend(usable(walk))
    return len(before) >= 4 and len(after) >= 2 and max(after) <= 0.45 * float(np.median(before))


def young_shows(document: Row) -> bool:
    """Five walks on which pain came after some way, not at the first step."""
    hurt = [w for w in document["walks"] if w.get("pain") and not w.get("clock_suspect")]
    return sum((w["pain"][0].get("onset_distance_m") or 0) > 50 for w in hurt) >= 5


def sown(rng: Rng, document: Row, person: Person, plant: Plant) -> Plant | None:
    """The plant if the diary now shows it, None if it cannot."""
    if plant.kind == "signs":
        sow_signs(rng, document, plant)
    elif plant.kind == "persistent_pain":
        sow_persistent_pain(rng, document)
    shows = {
        "severe_pain": lambda: sow_severe_pain(rng, document),
        "collapse": lambda: collapse_shows(document, person),
        "younger": lambda: young_shows(document) and "birth_year" in document["profile"],
    }
    return plant if shows.get(plant.kind, lambda: True)() else None
