"""What do a person's check-ins and noted changes say of the days apart from the walks?"""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from .ailments import Ailment, Hazard
from .draws import Rng, chance, lognormal, near, pick, several
from .keepers import Keeper
from .keeping import Row, minutes_s, thinned
from .people import Person

# Everyday troubles that are nobody's emergency, by check-in.
COMMON = {"back_pain": 0.03, "swelling": 0.004, "breathlessness": 0.0015, "palpitations": 0.004}
EARLY_ONLY = {"pop_felt": 2, "bruising": 12, "thigh_tenderness": 20}


def signs_of(rng: Rng, ailment: Ailment, day: int) -> list[str]:
    """The signs of one ailment on one day; those of an injury pass."""
    began = ailment.onset.began_day if isinstance(ailment.onset, Hazard) else None
    signs = []
    for sign in several(rng, ailment.signs):
        since = None if began is None else day - began
        if sign not in EARLY_ONLY or (since is not None and 0 <= since <= EARLY_ONLY[sign]):
            signs.append(sign)
    return signs


def at_rest(rng: Rng, ailments: tuple[Ailment, ...]) -> int:
    hurting = [a.rest_intensity for a in ailments if chance(rng, a.rest_pain)]
    return round(near(rng, max(hurting), 1, 1, 6)) if hurting else 0


def check_in(rng: Rng, person: Person, keeper: Keeper, day: int) -> Row:
    signs = [sign for ailment in person.ailments for sign in signs_of(rng, ailment, day)]
    signs += several(rng, COMMON)
    stiff_s = max([a.stiffness_s for a in person.ailments], default=0.0)
    pain = at_rest(rng, person.ailments)
    row: Row = {
        "date": person.date_of(day).isoformat(),
        "pain_at_rest": pain,
        "night_pain": any(chance(rng, a.night) for a in person.ailments),
        "morning_stiffness_s": 0.0,
        "signs": list(dict.fromkeys(signs)),
    }
    if stiff_s and chance(rng, 0.85):
        row["morning_stiffness_s"] = minutes_s(keeper, lognormal(rng, stiff_s, 0.4))
    if person.ailments and (signs or pain):
        row["side"] = person.ailments[0].side
    if pain and person.ailments:
        row["sites"] = [pick(rng, person.ailments[0].sites)]
    return thinned(rng, keeper, row, kept=("date",))


def check_ins(rng: Rng, person: Person, keeper: Keeper) -> list[Row]:
    daily = keeper.check_ins_per_week / 7
    days = [day for day in range(person.span_days + 1) if chance(rng, daily)]
    return [check_in(rng, person, keeper, day) for day in days]


def change(rng: Rng, person: Person, day: float, kind: str) -> Row:
    when = person.first_day + timedelta(days=round(day))
    return {"id": str(UUID(bytes=rng.bytes(16), version=4)), "date": when.isoformat(), "kind": kind}


def changes(rng: Rng, person: Person, keeper: Keeper) -> list[Row]:
    """Treatments, injuries and new loads, as far as the person notes them."""
    rows = []
    for ailment in person.ailments:
        if isinstance(ailment.onset, Hazard):
            if ailment.cause == "hamstring" and chance(rng, 0.5):
                rows.append(change(rng, person, ailment.onset.began_day or 0, "injury"))
            if ailment.cause == "achilles" and chance(rng, 0.35):
                kind = pick(rng, {"new_activity": 0.6, "footwear": 0.4})
                rows.append(change(rng, person, near(rng, -10, 8, -30, 5), kind))
            continue
        drift = ailment.onset.drift
        if drift.plan == "surgery" and drift.step_day is not None and chance(rng, 0.8):
            rows.append(change(rng, person, drift.step_day, "surgery"))
        if drift.plan == "exercise" and chance(rng, 0.7):
            rows.append(change(rng, person, 0, "supervised_exercise"))
    if chance(rng, 0.15):
        kind = pick(rng, {"footwear": 1, "stretching": 1, "medication": 1, "physiotherapy": 1})
        rows.append(change(rng, person, near(rng, 10, 8, 0, person.span_days), kind))
    return [row for row in rows if not chance(rng, keeper.field_missing)]
