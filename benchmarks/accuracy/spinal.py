"""How do a narrowed spinal canal, a slipped disc and a pregnancy behave on a walk?

Stenosis: standing triggers in most (its absence has LR 0.05), relief on sitting or bending, calf
in a quarter only, reproducible walking distance, if less so than of arteries (a judgement).
Disc: the other way round, sitting is worse.
"""

from __future__ import annotations

import math

from .ailments import Ailment, Drift, Ease, Hazard, Threshold
from .draws import Rng, between, chance, lognormal, near, pick
from .vascular import within_person_sigma


def stenosis_sites(rng: Rng) -> tuple[dict[str, float], dict[str, float]]:
    """Weights of the site by episode, and the chances of where it runs to."""
    if chance(rng, 0.25):
        return {"calf": 0.75, "back_of_thigh": 0.15, "buttock": 0.1}, {"foot": 0.2}
    sites = {"buttock": 0.4, "back_of_thigh": 0.25, "outer_thigh": 0.1, "lower_back": 0.15}
    return {**sites, "front_of_thigh": 0.05, "calf": 0.05}, {"back_of_thigh": 0.35, "calf": 0.3}


def stenosis_eases(rng: Rng) -> tuple[dict[str, float], dict[str, Ease]]:
    median_s = lognormal(rng, 300, 0.55)
    bent = Ease(0.85, 0.03, median_s, 0.45) if chance(rng, 0.85) else Ease(0.45, 0.15, median_s * 2)
    standing = Ease(0.75, 0.08, median_s * 1.2)
    if not chance(rng, 0.14):
        standing = Ease(0.08, 0.62, median_s * 2)
    postures = {"sitting": 0.56, "bending_forward": 0.2, "standing": 0.2, "lying": 0.04}
    eases = {"sitting": bent, "bending_forward": bent, "standing": standing, "lying": bent}
    return postures, eases


def stenosis_signs(rng: Rng) -> dict[str, float]:
    shares = {
        "back_pain": 0.7,
        "numbness": 0.45,
        "tingling": 0.4,
        "weakness": 0.12,
        "worse_on_standing": 0.75,
        "better_on_sitting": 0.75,
        "better_on_bending_forward": 0.6,
        "both_legs_affected": 0.5,
    }
    return {sign: between(rng, 0.2, 0.7) for sign, share in shares.items() if chance(rng, share)}


def stenosis_drift(rng: Rng) -> Drift:
    """The narrow spine changes slowly; a few worsen or train."""
    plan = pick(rng, {"steady": 0.72, "shortening": 0.14, "exercise": 0.14})
    bounds = {"shortening": (0.82, 0.96), "exercise": (1.05, 1.2)}.get(plan)
    if bounds is None:
        return Drift(float(rng.normal(0, 0.02)), plan=plan)
    return Drift(math.log(between(rng, *bounds)), plan=plan)


def stenosis(rng: Rng) -> Ailment:
    sites, spread = stenosis_sites(rng)
    postures, eases = stenosis_eases(rng)
    return Ailment(
        cause="stenosis",
        onset=Threshold(
            median_m=min(max(lognormal(rng, 280, 0.65), 50), 1500),
            sigma=within_person_sigma(rng, 0.16, 0.25, 0.42),
            time_driven=chance(rng, 0.4),
            hill=near(rng, 1.0, 0.05, 0.85, 1.15),
            brisk=near(rng, 0.98, 0.04, 0.85, 1.05),
            slow=near(rng, 1.0, 0.05, 0.85, 1.1),
            drift=stenosis_drift(rng),
        ),
        sites=sites,
        side=pick(rng, {"both": 0.6, "left": 0.2, "right": 0.2}),
        qualities={
            "aching": 0.5,
            "numbness": 0.4,
            "tingling": 0.35,
            "heaviness": 0.35,
            "weakness": 0.25,
            "burning": 0.25,
            "cramping": 0.2,
            "shooting": 0.15,
        },
        intensity=near(rng, 5.0, 1.2, 2, 6.8),
        responses={"stopped": 0.62, "slowed": 0.2, "kept_going": 0.18},
        courses={"worsened": 0.72, "same": 0.22, "eased": 0.06},
        postures=postures,
        eases=eases,
        spread=spread,
        hurts_standing=between(rng, 0.4, 0.95) if chance(rng, 0.92) else 0.05,
        signs=stenosis_signs(rng),
        rest_pain=0.15,
        night=0.06,
    )


def disc(rng: Rng) -> Ailment:
    """A root under pressure: sharp, below the knee, worse seated, with or without a walk."""
    shares = {
        "back_pain": 0.75,
        "numbness": 0.4,
        "tingling": 0.45,
        "weakness": 0.12,
        "worse_on_sitting": 0.6,
        "worse_on_bending_forward": 0.5,
        "worse_on_cough_or_sneeze": 0.45,
    }
    eases = {"standing": Ease(0.3, 0.35, 500, 0.7), "sitting": Ease(0.15, 0.55, 700, 0.7)}
    eases |= {"lying": Ease(0.6, 0.1, 700, 0.7), "bending_forward": Ease(0.1, 0.7, 700, 0.7)}
    below = {"calf": 0.75, "foot": 0.45} if chance(rng, 0.68) else {"back_of_thigh": 0.4}
    return Ailment(
        cause="disc",
        onset=Hazard(
            per_walk=between(rng, 0.45, 0.95),
            at_first_steps=between(rng, 0.1, 0.5),
            uniform=chance(rng, 0.4),
            scale_share=between(rng, 0.3, 1.2),
            heals_in_days=lognormal(rng, 90, 0.5) if chance(rng, 0.6) else None,
        ),
        sites={
            "buttock": 0.3,
            "back_of_thigh": 0.28,
            "lower_back": 0.17,
            "calf": 0.2,
            "foot": 0.05,
        },
        side=pick(rng, {"left": 0.47, "right": 0.47, "both": 0.06}),
        qualities={
            "shooting": 0.55,
            "burning": 0.3,
            "tingling": 0.4,
            "numbness": 0.35,
            "stabbing": 0.3,
        },
        intensity=near(rng, 5.2, 1.2, 2, 6.8),
        responses={"stopped": 0.3, "slowed": 0.3, "kept_going": 0.4},
        courses={"worsened": 0.35, "same": 0.4, "eased": 0.25},
        postures={"standing": 0.5, "sitting": 0.3, "lying": 0.15, "bending_forward": 0.05},
        eases=eases,
        spread=below,
        sudden=0.15,
        hurts_standing=0.1,
        signs={s: between(rng, 0.2, 0.7) for s, share in shares.items() if chance(rng, share)},
        rest_pain=0.5,
        rest_intensity=3.5,
        night=0.2,
    )


def pregnancy(rng: Rng) -> Ailment:
    """Buttock and thigh pain of pregnancy, seldom below the knee, on no fixed distance."""
    shares = {
        "back_pain": 0.75,
        "tingling": 0.25,
        "worse_on_sitting": 0.4,
        "worse_on_standing": 0.35,
    }
    eases = {"standing": Ease(0.25, 0.35, 600, 0.7), "sitting": Ease(0.45, 0.25, 600, 0.7)}
    eases |= {"lying": Ease(0.6, 0.1, 900, 0.6), "bending_forward": Ease(0.35, 0.3, 500, 0.6)}
    return Ailment(
        cause="pregnancy",
        onset=Hazard(between(rng, 0.45, 0.9), 0.2, chance(rng, 0.5), between(rng, 0.4, 1.2)),
        sites={"buttock": 0.45, "lower_back": 0.25, "back_of_thigh": 0.2, "hip": 0.1},
        side=pick(rng, {"left": 0.38, "right": 0.38, "both": 0.24}),
        qualities={"shooting": 0.45, "aching": 0.4, "stabbing": 0.25, "tingling": 0.2},
        intensity=near(rng, 4.6, 1.0, 2, 6.5),
        responses={"stopped": 0.3, "slowed": 0.45, "kept_going": 0.25},
        courses={"worsened": 0.45, "same": 0.4, "eased": 0.15},
        postures={"standing": 0.25, "sitting": 0.6, "lying": 0.1, "bending_forward": 0.05},
        eases=eases,
        spread={"back_of_thigh": 0.4, "calf": 0.25},
        sudden=0.12,
        hurts_standing=0.15,
        signs={s: between(rng, 0.2, 0.6) for s, share in shares.items() if chance(rng, share)},
        rest_pain=0.4,
        rest_intensity=3.0,
        night=0.25,
    )
