"""How do clogged arteries, and a young athlete's calf, behave on a walk?

Shares are of people: calf pain in about three quarters, relief by standing alone in 69 % (Nadeau
2013), the classic picture a minority among arterial leg pain (McDermott 1999), onset varying by
15 % (treadmill) to 30 % (paced walks) within one person; the 40 % seen outdoors holds pace, hills
and the measuring too, which are drawn on their own.
"""

from __future__ import annotations

import math

from .ailments import Ailment, Drift, Ease, Threshold
from .draws import Rng, between, chance, lognormal, near, pick


def drifted(rng: Rng, span_days: float) -> Drift:
    """Most are steady; some shorten, some train, some are operated on: the longer, the likelier."""
    operated = min(span_days / 1000, 0.10)  # a tenth in a hundred days: a judgement
    plan = pick(
        rng,
        {"shortening": 0.18, "exercise": 0.17, "surgery": operated, "steady": 0.65 - operated},
    )
    if plan == "shortening":
        return Drift(math.log(between(rng, 0.78, 0.95)), plan=plan)
    if plan == "exercise":
        return Drift(math.log(between(rng, 1.06, 1.28)), plan=plan)
    if plan == "surgery":
        day = span_days * between(rng, 0.3, 0.7)
        return Drift(0.0, day, math.log(between(rng, 1.6, 3.5)), plan)
    return Drift(float(rng.normal(0, 0.015)), plan=plan)


def within_person_sigma(rng: Rng, low: float, mode: float, high: float) -> float:
    return math.sqrt(math.log1p(float(rng.triangular(low, mode, high)) ** 2))


def arterial_sites(rng: Rng) -> tuple[dict[str, float], str]:
    """Where this person's arterial pain is, as weights by episode, and on which side."""
    kind = pick(
        rng, {"calf": 0.66, "calf_and_thigh": 0.12, "iliac": 0.15, "foot": 0.03, "odd": 0.04}
    )
    sites = {
        "calf": {"calf": 0.93, "shin": 0.02, "back_of_knee": 0.03, "foot": 0.02},
        "calf_and_thigh": {
            "calf": 0.6,
            "back_of_thigh": 0.15,
            "front_of_thigh": 0.15,
            "buttock": 0.1,
        },
        "iliac": {
            "buttock": 0.5,
            "hip": 0.15,
            "front_of_thigh": 0.2,
            "outer_thigh": 0.1,
            "calf": 0.05,
        },
        "foot": {"foot": 0.8, "ankle": 0.1, "calf": 0.1},
        "odd": {"shin": 0.4, "knee": 0.3, "calf": 0.3},
    }[kind]
    return sites, pick(rng, {"left": 0.36, "right": 0.36, "both": 0.28})


def arterial_eases(rng: Rng, slow: bool) -> tuple[dict[str, float], dict[str, Ease]]:
    """Which postures this person takes, and what each does."""
    median_s = lognormal(rng, 800, 0.3) if slow else lognormal(rng, 210, 0.45)
    sitting = Ease(0.88, 0.02, median_s * between(rng, 0.8, 1.1))
    if chance(rng, 0.69 / 0.9):
        standing = Ease(0.9, 0.02, median_s)
        postures = {"standing": 0.72, "sitting": 0.24, "bending_forward": 0.03, "lying": 0.01}
    else:
        standing = Ease(0.35, 0.15, median_s * 1.6)
        postures = {"standing": 0.3, "sitting": 0.62, "bending_forward": 0.05, "lying": 0.03}
    eases = {
        "standing": standing,
        "sitting": sitting,
        "bending_forward": standing,
        "lying": sitting,
    }
    return postures, eases


def arterial_signs(rng: Rng) -> dict[str, float]:
    """What a check-in of someone with stable arterial disease may show, none of it new."""
    shares = {"cold_foot": 0.1, "numbness": 0.15, "tingling": 0.15, "back_pain": 0.25}
    signs = {sign: between(rng, 0.1, 0.5) for sign, share in shares.items() if chance(rng, share)}
    if chance(rng, 0.3):
        signs["better_on_sitting"] = between(rng, 0.15, 0.5)
    return signs


def arterial(rng: Rng, span_days: float) -> Ailment:
    atypical = chance(rng, 0.65)
    walks_through = atypical and chance(rng, 0.3)
    sites, side = arterial_sites(rng)
    postures, eases = arterial_eases(rng, slow=atypical and chance(rng, 0.33))
    rest_pain = atypical and chance(rng, 0.38)
    numb = between(rng, 0.15, 0.45) if chance(rng, 0.22) else 0.02
    onset = Threshold(
        median_m=min(max(lognormal(rng, 230, 0.6), 50), 900),
        sigma=within_person_sigma(rng, 0.15, 0.21, 0.38),
        time_driven=chance(rng, 0.2),
        hill=near(rng, 0.75, 0.1, 0.5, 1.0),
        brisk=near(rng, 0.85, 0.06, 0.65, 1.0),
        slow=near(rng, 1.12, 0.07, 1.0, 1.4),
        drift=drifted(rng, span_days),
    )
    return Ailment(
        cause="pad",
        onset=onset,
        sites=sites,
        side=side,
        qualities={
            "cramping": 0.55,
            "aching": 0.45,
            "tightness": 0.35,
            "heaviness": 0.25,
            "fatigue": 0.25,
            "burning": 0.1,
            "numbness": numb,
            "tingling": numb * 0.8,
            "weakness": 0.08,
        },
        intensity=near(rng, 4.8, 1.2, 2, 6.5),
        responses={"stopped": 0.1, "slowed": 0.3, "kept_going": 0.6}
        if walks_through
        else {"stopped": 0.68, "slowed": 0.2, "kept_going": 0.12},
        courses={"eased": 0.5, "same": 0.35, "worsened": 0.15}
        if walks_through
        else {"eased": 0.04, "same": 0.21, "worsened": 0.75},
        postures=postures,
        eases=eases,
        hurts_standing=between(rng, 0.1, 0.45) if chance(rng, 0.35) else 0.01,
        signs=arterial_signs(rng),
        rest_pain=between(rng, 0.2, 0.5) if rest_pain else 0.03,
        night=0.05 if rest_pain else 0.02,
    )


def exertional(rng: Rng) -> Ailment:
    """Compartment syndrome or an entrapped popliteal artery in a young, active person."""
    compartment = chance(rng, 0.65)
    median_m = lognormal(rng, 1700, 0.25) if compartment else lognormal(rng, 550, 0.4)
    relief = Ease(0.85, 0.02, lognormal(rng, 600, 0.3) if compartment else lognormal(rng, 200, 0.4))
    postures = {"standing": 0.6, "sitting": 0.35, "lying": 0.05}
    return Ailment(
        cause="exertional",
        onset=Threshold(
            median_m=median_m,
            sigma=within_person_sigma(rng, 0.12, 0.2, 0.32),
            time_driven=chance(rng, 0.35),
            hill=near(rng, 0.85, 0.06, 0.6, 1.0),
            brisk=near(rng, 0.88, 0.06, 0.7, 1.0),
            slow=near(rng, 1.15, 0.06, 1.0, 1.4),
            drift=Drift(float(rng.normal(0, 0.02))),
        ),
        sites={"calf": 0.45, "shin": 0.5, "foot": 0.05}
        if compartment
        else {"calf": 0.95, "foot": 0.05},
        side="both" if compartment and chance(rng, 0.9) else pick(rng, {"left": 1, "right": 1}),
        qualities={"tightness": 0.7, "aching": 0.4, "cramping": 0.4, "tingling": 0.2},
        intensity=near(rng, 5.0, 1.0, 3, 6.5),
        responses={"stopped": 0.6, "slowed": 0.25, "kept_going": 0.15},
        courses={"worsened": 0.85, "same": 0.13, "eased": 0.02},
        postures=postures,
        eases=dict.fromkeys(postures, relief),
        signs={"tingling": 0.1},
        rest_pain=0.01,
    )
