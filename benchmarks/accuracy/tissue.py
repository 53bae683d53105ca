"""How do a sore Achilles tendon, a torn hamstring and pain without a name behave on a walk?"""

from __future__ import annotations

from dataclasses import replace

from .ailments import Ailment, Ease, Hazard
from .draws import Rng, between, chance, lognormal, near, pick

ONE_SIDE = {"left": 0.5, "right": 0.5}


def achilles(rng: Rng) -> Ailment:
    """Sore at the first steps and in the morning, easier once warm, sore again after long walks."""
    warms_up = chance(rng, 0.75)
    insertion = chance(rng, 0.3)
    shares = {"tendon_swelling": 0.4, "warmth": 0.03, "calf_tenderness": 0.08}
    relief = Ease(0.45, 0.25, 600, 0.8)
    return Ailment(
        cause="achilles",
        onset=Hazard(
            per_walk=between(rng, 0.55, 0.98),
            at_first_steps=between(rng, 0.55, 0.95) if warms_up else between(rng, 0.1, 0.4),
            uniform=chance(rng, 0.3),
            scale_share=between(rng, 0.4, 1.2),
            returns=0.3,
            heals_in_days=lognormal(rng, 250, 0.4) if chance(rng, 0.4) else None,
        ),
        sites={"achilles": 0.55, "heel": 0.35, "ankle": 0.1}
        if insertion
        else {"achilles": 0.86, "ankle": 0.06, "heel": 0.04, "calf": 0.04},
        side=pick(rng, {"left": 0.42, "right": 0.42, "both": 0.16}),
        qualities={
            "stiffness": 0.6,
            "aching": 0.45,
            "stabbing": 0.15,
            "burning": 0.15,
            "tightness": 0.25,
        },
        intensity=near(rng, 4.0, 1.1, 1.5, 6.3),
        responses={"stopped": 0.1, "slowed": 0.3, "kept_going": 0.6},
        courses={"eased": 0.72, "same": 0.2, "worsened": 0.08}
        if warms_up
        else {"eased": 0.2, "same": 0.4, "worsened": 0.4},
        postures={"standing": 0.5, "sitting": 0.5},
        eases={"standing": relief, "sitting": relief},
        signs={s: between(rng, 0.2, 0.7) for s, share in shares.items() if chance(rng, share)},
        rest_pain=0.15,
        stiffness_s=lognormal(rng, 900, 0.6) if chance(rng, 0.85) else 0.0,
    )


def hamstring(rng: Rng, span_days: float) -> Ailment:
    """One sudden event, before the diary or early in it, then weeks of getting better."""
    began_day = between(rng, -12, min(0.35 * span_days, 25))
    shares = {"bruising": 0.4, "thigh_tenderness": 0.6, "worse_on_sitting": 0.25, "pop_felt": 0.12}
    relief = Ease(0.4, 0.25, 500, 0.9)
    return Ailment(
        cause="hamstring",
        onset=Hazard(
            per_walk=between(rng, 0.75, 1.0),
            at_first_steps=between(rng, 0.2, 0.6),
            uniform=chance(rng, 0.4),
            scale_share=between(rng, 0.3, 0.9),
            began_day=began_day,
            heals_in_days=lognormal(rng, 28, 0.55),
        ),
        sites={"back_of_thigh": 0.88, "buttock": 0.06, "back_of_knee": 0.06},
        side=pick(rng, ONE_SIDE),
        qualities={"tightness": 0.5, "stabbing": 0.3, "aching": 0.5, "stiffness": 0.25},
        intensity=near(rng, 5.0, 1.0, 2.5, 6.5),
        responses={"stopped": 0.3, "slowed": 0.45, "kept_going": 0.25},
        courses={"worsened": 0.35, "same": 0.45, "eased": 0.2},
        postures={"standing": 0.5, "sitting": 0.4, "lying": 0.1},
        eases=dict.fromkeys(("standing", "sitting", "lying"), relief),
        signs={s: between(rng, 0.3, 0.8) for s, share in shares.items() if chance(rng, share)},
        sudden=0.08,
        rest_pain=0.2,
    )


# Knee and hip lead, as joint pain does on walks; the rest is scattered: a judgement.
SORE_PLACES = {
    "knee": 0.23,
    "hip": 0.16,
    "calf": 0.13,
    "front_of_thigh": 0.07,
    "outer_thigh": 0.09,
    "back_of_thigh": 0.08,
    "buttock": 0.08,
    "lower_back": 0.04,
    "shin": 0.04,
    "heel": 0.04,
    "achilles": 0.02,
    "foot": 0.02,
}


def background(rng: Rng) -> Ailment:
    """A joint that aches now and then besides, whatever else is the matter."""
    onset = Hazard(between(rng, 0.05, 0.2), 0.3, True, 1.0, returns=0.1)
    site = pick(rng, {"knee": 0.5, "hip": 0.3, "foot": 0.2})
    return replace(nonspecific(rng), cause="background", onset=onset, sites={site: 1.0})


def nonspecific(rng: Rng) -> Ailment:
    """Pain of a joint, a muscle or a gait: no fixed distance, no posture that settles it."""
    main = pick(rng, SORE_PLACES)
    wander = between(rng, 0, 0.5)
    sites = {site: wander * weight for site, weight in SORE_PLACES.items()}
    sites[main] += 1 - wander
    median_s = lognormal(rng, 500, 1.0)
    relief = Ease(between(rng, 0.2, 0.7), between(rng, 0.05, 0.28), median_s, 0.8)
    return Ailment(
        cause="nonspecific",
        onset=Hazard(
            per_walk=between(rng, 0.25, 0.95),
            at_first_steps=between(rng, 0.05, 0.4),
            uniform=chance(rng, 0.5),
            scale_share=between(rng, 0.3, 1.5),
            returns=0.25,
            tires_at_m=lognormal(rng, 1600, 0.5) if chance(rng, 0.2) else None,
            shape=between(rng, 1.2, 2.2),
        ),
        sites=sites,
        side=pick(rng, {"left": 0.38, "right": 0.38, "both": 0.24}),
        qualities={
            "aching": 0.6,
            "tightness": 0.35,
            "stiffness": 0.3,
            "stabbing": 0.15,
            "cramping": 0.12,
        },
        intensity=near(rng, 3.8, 1.2, 1, 6.3),
        responses={"stopped": 0.2, "slowed": 0.3, "kept_going": 0.5},
        courses={"worsened": 0.35, "same": 0.4, "eased": 0.25},
        postures={"standing": 0.4, "sitting": 0.5, "lying": 0.05, "bending_forward": 0.05},
        eases=dict.fromkeys(("standing", "sitting", "lying", "bending_forward"), relief),
        hurts_standing=between(rng, 0, 0.25),
        signs={"back_pain": 0.15, "worse_on_standing": 0.08, "better_on_sitting": 0.08},
        rest_pain=0.2,
        night=0.06,
        stiffness_s=lognormal(rng, 600, 0.6) if chance(rng, 0.3) else 0.0,
    )
