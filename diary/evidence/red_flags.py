"""Which recorded signs raise which flag, and how soon does it want help?

The rules are those written in the assessment's own description; reasons and published guidance are
in the methods page. Every rule is data, so that a phone can apply it without a connection.
"""

from __future__ import annotations

from dataclasses import dataclass

URGENCIES = ("emergency", "same_day", "soon", "routine")
# In the order in which flags of one urgency are shown.
FLAGS = (
    "acute_limb_ischaemia",
    "cauda_equina",
    "pulmonary_embolism",
    "cardiac_symptoms",
    "deep_vein_thrombosis",
    "chronic_limb_threatening_ischaemia",
    "progressive_weakness",
    "tendon_or_muscle_rupture",
    "infection_or_fracture",
    "severe_pain",
    "exertional_pain_in_a_younger_person",
    "claudication_pattern",
    "swelling_or_numbness",
    "persistent_pain",
)


@dataclass(frozen=True)
class SignRule:
    """A flag raised by signs of a check-in: at least so many of them within the days that count."""

    flag: str
    urgency: str
    signs: tuple[str, ...]
    at_least: int = 1
    # A sign marked on both sides does not raise the flag.
    one_sided: bool = False


# What an acutely starved leg shows; beside a collapse of the walking distance one is enough.
LIMB_SIGNS = ("pale_or_blue", "cold_foot", "numbness", "weakness", "sudden_severe_pain")

SIGN_RULES: tuple[SignRule, ...] = (
    SignRule("acute_limb_ischaemia", "emergency", ("pale_or_blue",)),
    SignRule(
        "acute_limb_ischaemia",
        "emergency",
        LIMB_SIGNS[1:],
        at_least=2,
    ),
    SignRule("cauda_equina", "emergency", ("saddle_numbness", "bladder_or_bowel_change")),
    SignRule("pulmonary_embolism", "emergency", ("breathlessness", "coughing_blood")),
    SignRule("cardiac_symptoms", "emergency", ("chest_pain", "fainting")),
    SignRule("deep_vein_thrombosis", "same_day", ("swelling",), one_sided=True),
    SignRule(
        "deep_vein_thrombosis", "same_day", ("warmth", "redness", "calf_tenderness"), at_least=2
    ),
    SignRule(
        "chronic_limb_threatening_ischaemia",
        "same_day",
        ("relieved_by_hanging_leg_down", "wound_not_healing", "black_or_blue_toe"),
    ),
    SignRule("progressive_weakness", "same_day", ("foot_drop",)),
    SignRule("tendon_or_muscle_rupture", "same_day", ("pop_felt", "cannot_rise_on_toes")),
    SignRule("infection_or_fracture", "same_day", ("fever", "cannot_put_weight_on_leg")),
    # A single one of the limb signs is no emergency, and still wants to be looked at.
    SignRule("chronic_limb_threatening_ischaemia", "soon", ("cold_foot",)),
    SignRule("progressive_weakness", "soon", ("weakness",)),
    SignRule("severe_pain", "soon", ("sudden_severe_pain",)),
    SignRule("cardiac_symptoms", "soon", ("palpitations",)),
    SignRule("infection_or_fracture", "soon", ("unexplained_weight_loss",)),
)
# Either, however mild, where no rule above covers it.
MILD_SIGNS = ("swelling", "numbness")
MILD_FLAG, MILD_URGENCY = "swelling_or_numbness", "soon"

# Signs count from check-ins of so many days up to and including the day of the assessment.
SIGN_DAYS = 14
# A collapse of the walking distance: so many comparable walks of the last SIGN_DAYS at or below
# this share of the person's own earlier median, which takes so many earlier onsets to exist.
COLLAPSE_WALKS = 2
COLLAPSE_RATIO = 0.5
COLLAPSE_EARLIER_ONSETS = 3
# Judgement: walks so far down are no collapse where the distance has come back since and this
# person's own earlier scatter gives as many with at least this probability; and pain within the
# first 50 m leaves no distance to halve.
COLLAPSE_CHANCE = 0.10
COLLAPSE_LEAST_M = 50
# What makes a collapse an emergency. Surgery is recent for twelve weeks (as in Wells 2003).
COLLAPSE_CONDITIONS = ("atrial_fibrillation", "aneurysm", "recent_surgery_or_immobility")
RECENT_SURGERY_DAYS = 84
# The upper band of the 0-10 scale in most studies (Serlin 1995; Boonstra 2016).
SEVERE_PAIN = 7
# Pain that stays: the article's "more than a few days".
PERSISTENT_DAYS = 3
PERSISTENT_SPAN_DAYS = 5
LATEST_DAYS = 3
# Exertional pain below this age has other causes than hardened arteries (clinical rule, judged).
YOUNGER_THAN = 50
YOUNGER_WALKS = 5
