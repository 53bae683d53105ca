"""Which pain imitates claudication: it comes on after some way and goes when the person rests?

No source gives shares for diaries, so every rate here is a judgement, unless a reason is named.
Together they turn a fifth of the people without claudication into imitators.
"""

from __future__ import annotations

from dataclasses import replace

from .ailments import Ailment, Ease, Hazard
from .draws import Rng, between, chance, lognormal, pick

# Of the people with that cause. "load": a root, joint or muscle that hurts after a fairly
# repeatable distance (hip arthrosis: variable distance, section 3.8; a tendon or a strain: late in
# recovery, when only a long load hurts). "late": in the second half of whatever route is walked.
SHARES = {
    "disc": {"load": 0.22},
    "pregnancy": {"late": 0.15},
    "achilles": {"load": 0.16},
    "hamstring": {"load": 0.20},
    "nonspecific": {"load": 0.14, "late": 0.16},
}
# Half of the discs with a load pain need a seat, as stenosis does; any rest helps the other half:
# a judgement, so that relief on sitting alone does not tell the two apart.
SEAT_NEEDED = {"disc": 0.5}
# A strain late in recovery: torn weeks before the diary, the last of it slow to go (median of an
# amateur's strain 28 days, some 76: section 3.4).
TORN_DAYS_AGO, LATE_HEALING_DAYS = (20, 50), (60, 140)


def onset_of(rng: Rng, plan: str, onset: Hazard) -> Hazard:
    """The same trouble, with pain on most walks and rarely at the first steps."""
    usual = replace(
        onset,
        per_walk=between(rng, 0.6, 0.95),
        at_first_steps=between(rng, 0.0, 0.06),
        returns=between(rng, 0.2, 0.6),
    )
    if plan == "late":
        return replace(usual, late_at=between(rng, 0.55, 0.85))
    # A Weibull's shape of 2.3 is a variation of 0.46, of 5.0 one of 0.23: from barely repeatable
    # to as steady as claudication. The distance is longer than that of most claudicants.
    return replace(usual, tires_at_m=lognormal(rng, 700, 0.5), shape=between(rng, 2.3, 5.0))


def late_in_recovery(rng: Rng, onset: Hazard) -> Hazard:
    if onset.began_day is None:
        return onset
    return replace(
        onset,
        began_day=-between(rng, *TORN_DAYS_AGO),
        heals_in_days=between(rng, *LATE_HEALING_DAYS),
    )


def eases_of(rng: Rng, ailment: Ailment) -> dict[str, Ease]:
    """A rest settles it within minutes, on the feet too, unless a seat is needed."""
    rest = Ease(between(rng, 0.7, 0.92), 0.03, lognormal(rng, 240, 0.5), 0.5)
    eases = dict.fromkeys(ailment.eases, rest)
    if chance(rng, SEAT_NEEDED.get(ailment.cause, 0.0)):
        eases["standing"] = Ease(0.2, 0.4, rest.median_s * 2, 0.5)
    return eases


def imitating(rng: Rng, ailment: Ailment) -> Ailment:
    """Most stay as they are; some become an imitation, of the same cause and the same site."""
    shares = SHARES.get(ailment.cause, {})
    plan = pick(rng, {**shares, "none": 1 - sum(shares.values())})
    if plan == "none" or not isinstance(ailment.onset, Hazard):
        return ailment
    return replace(
        ailment,
        onset=late_in_recovery(rng, onset_of(rng, plan, ailment.onset)),
        responses={"stopped": 0.55, "slowed": 0.25, "kept_going": 0.2},
        courses={"worsened": 0.65, "same": 0.25, "eased": 0.1},
        eases=eases_of(rng, ailment),
        rest_pain=ailment.rest_pain * 0.5,
    )


# Whatever the cause, some people stop and rest at every pain: a judgement.
ALWAYS_STOPS = 0.12
# Outdoors there is often no seat, so everybody also rests on their feet: at the least this share
# of the rests, a judgement.
STANDING_RESTS = (0.25, 0.5)


def resting_habits(rng: Rng, ailments: tuple[Ailment, ...]) -> tuple[Ailment, ...]:
    """The person's own way with any pain, laid over what the pain itself suggests."""
    stops, standing = chance(rng, ALWAYS_STOPS), between(rng, *STANDING_RESTS)
    kept = []
    for ailment in ailments:
        whole = sum(ailment.postures.values())
        postures = {k: v / whole for k, v in ailment.postures.items()}
        if postures["standing"] < standing:
            left = (1 - standing) / (1 - postures["standing"])
            postures = {k: v * left for k, v in postures.items()} | {"standing": standing}
        responses = {"stopped": 1.0} if stops else ailment.responses
        kept.append(replace(ailment, postures=postures, responses=responses))
    return tuple(kept)
