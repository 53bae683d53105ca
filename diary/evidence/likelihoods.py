"""How much does each finding say for or against each of the five causes?

A likelihood ratio says how many times more often people with the cause show the finding than
people whose leg pain has another cause. `comparator` names who those others were in the study.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum
from functools import partial

# No factor counts for more than a ratio of 8, no cause for more than 20: the studies are small and
# their patients chosen (judgement; Nadeau 2013 had 53 people).
FACTOR_CAP = math.log10(8)
ROW_CAP = math.log10(20)
# What a person is, rather than what the leg does, may not carry a cause; and smoking, diabetes,
# age and vessel disease come together, so that their product would count one thing several times.
RISK_CAP = math.log10(3)
# Support by weight, as the assessment defines it.
STRONG, MODERATE, WEAK, AGAINST = 1.0, 0.5, 0.1, -0.5

PAD = "peripheral_artery_disease"
SCIATICA = "sciatica"
ACHILLES = "achilles_tendinopathy"
HAMSTRING = "hamstring_strain"
IMBALANCE = "muscle_imbalance"
CAUSES = (PAD, SCIATICA, ACHILLES, HAMSTRING, IMBALANCE)

STENOSIS = "spinal_stenosis"
DISC = "disc_herniation"
PREGNANCY = "pregnancy"


class Kind(StrEnum):
    """What sort of fact a finding is."""

    BEHAVIOUR = "behaviour"  # what brings the pain, and what eases it
    SITE = "site"
    SIGN = "sign"
    EVENT = "event"
    RISK = "risk"  # who the person is: never more than weak support alone


@dataclass(frozen=True)
class FindingKind:
    """A finding's sort, and the factor that it shares with findings of the same fact."""

    kind: Kind
    factor: str


# Of the findings that share a factor only the strongest counts.
FINDINGS: dict[str, FindingKind] = {
    "relieved_by_standing": FindingKind(Kind.BEHAVIOUR, "posture"),
    "relieved_within_10_min": FindingKind(Kind.BEHAVIOUR, "posture"),
    "relief_needs_sitting_or_bending": FindingKind(Kind.BEHAVIOUR, "posture"),
    "eased_by_bending_forward": FindingKind(Kind.BEHAVIOUR, "posture"),
    "eased_by_sitting": FindingKind(Kind.BEHAVIOUR, "posture"),
    "easier_with_support": FindingKind(Kind.BEHAVIOUR, "posture"),
    "worse_on_sitting": FindingKind(Kind.BEHAVIOUR, "posture"),
    "worse_on_bending_forward": FindingKind(Kind.BEHAVIOUR, "posture"),
    "worse_on_standing": FindingKind(Kind.BEHAVIOUR, "standing"),
    "consistent_onset": FindingKind(Kind.BEHAVIOUR, "exertion"),
    "suggestive_onset": FindingKind(Kind.BEHAVIOUR, "exertion"),
    "returns_on_walking": FindingKind(Kind.BEHAVIOUR, "exertion"),
    "sooner_uphill_or_fast": FindingKind(Kind.BEHAVIOUR, "effort"),
    "eases_while_walking": FindingKind(Kind.BEHAVIOUR, "start"),
    "pain_from_first_step": FindingKind(Kind.BEHAVIOUR, "start"),
    "morning_stiffness": FindingKind(Kind.BEHAVIOUR, "morning"),
    "pain_at_rest": FindingKind(Kind.BEHAVIOUR, "rest"),
    "worse_on_cough_or_sneeze": FindingKind(Kind.BEHAVIOUR, "strain"),
    "calf_site": FindingKind(Kind.SITE, "site"),
    "buttock_or_thigh_site": FindingKind(Kind.SITE, "site"),
    "back_of_thigh_site": FindingKind(Kind.SITE, "site"),
    "achilles_site": FindingKind(Kind.SITE, "site"),
    "below_knee_radiation": FindingKind(Kind.SITE, "site"),
    "both_buttocks_or_thighs": FindingKind(Kind.SITE, "site"),
    "both_legs": FindingKind(Kind.SITE, "sides"),
    "numbness_or_tingling": FindingKind(Kind.SIGN, "nerve"),
    "leg_weakness": FindingKind(Kind.SIGN, "nerve"),
    "shooting_pain": FindingKind(Kind.SIGN, "quality"),
    "cramping_pain": FindingKind(Kind.SIGN, "quality"),
    "back_pain": FindingKind(Kind.SIGN, "back"),
    "cold_foot": FindingKind(Kind.SIGN, "skin"),
    "wound_not_healing": FindingKind(Kind.SIGN, "skin"),
    "discoloured_foot": FindingKind(Kind.SIGN, "skin"),
    "relieved_by_hanging_leg_down": FindingKind(Kind.SIGN, "skin"),
    "low_ankle_pressure": FindingKind(Kind.SIGN, "ankle_pressure"),
    "tendon_swelling": FindingKind(Kind.SIGN, "tendon"),
    "bruising": FindingKind(Kind.SIGN, "muscle"),
    "thigh_tenderness": FindingKind(Kind.SIGN, "muscle"),
    "sudden_onset_event": FindingKind(Kind.EVENT, "event"),
    "pop_felt": FindingKind(Kind.EVENT, "event"),
    "age_under_50": FindingKind(Kind.RISK, "age"),
    "age_under_60": FindingKind(Kind.RISK, "age"),
    "age_65_or_more": FindingKind(Kind.RISK, "age"),
    "age_over_70": FindingKind(Kind.RISK, "age"),
    "smokes_now": FindingKind(Kind.RISK, "smoking"),
    "smoked_before": FindingKind(Kind.RISK, "smoking"),
    "never_smoked": FindingKind(Kind.RISK, "smoking"),
    "diabetes": FindingKind(Kind.RISK, "diabetes"),
    "vessel_disease_or_its_risks": FindingKind(Kind.RISK, "vessels"),
    "known_peripheral_artery_disease": FindingKind(Kind.RISK, "known"),
    "known_spinal_stenosis": FindingKind(Kind.RISK, "known"),
    "known_disc_herniation": FindingKind(Kind.RISK, "known"),
    "known_back_problem": FindingKind(Kind.RISK, "known"),
    "pregnant": FindingKind(Kind.RISK, "pregnancy"),
    "previous_hamstring_injury": FindingKind(Kind.RISK, "injury_before"),
    "fluoroquinolone": FindingKind(Kind.RISK, "medicine"),
    "load_spike": FindingKind(Kind.RISK, "load"),
}


@dataclass(frozen=True)
class Likelihood:
    """What one finding says of one cause: the ratio when present, and when asked and absent.

    None says nothing. `subtype` limits the row to one kind of sciatica.
    """

    cause: str
    finding: str
    present: float | None
    absent: float | None
    source: str = "judgement"
    comparator: str = "judged against other leg pain"
    subtype: str | None = None


_pad = partial(Likelihood, PAD)
_stenosis = partial(Likelihood, SCIATICA, subtype=STENOSIS)
_disc = partial(Likelihood, SCIATICA, subtype=DISC)
_achilles = partial(Likelihood, ACHILLES)
_hamstring = partial(Likelihood, HAMSTRING)

_NADEAU = ("nadeau_2013", "arterial disease against stenosis")
_SURI = ("suri_2010", "other leg pain")
_KHAN = ("khan_2006", "symptomatic patients without arterial disease")

LIKELIHOODS: tuple[Likelihood, ...] = (
    # Arteries. Calf pain relieved by standing has a ratio of 20 as a pair (Nadeau 2013); its two
    # parts together give 15, so the pair is not counted on top of them.
    _pad("relieved_by_standing", 4.85, 0.36, *_NADEAU),
    _pad("relieved_within_10_min", 2.51, 0.147,
         source="edinburgh_1992", comparator="patients whose leg pain was not claudication"),
    _pad("relief_needs_sitting_or_bending", 1 / 3.1, None, *_NADEAU),
    _pad("worse_on_standing", 1 / 2.1, None, *_NADEAU),
    _pad("calf_site", 3.08, 0.31, *_NADEAU),
    _pad("consistent_onset", 3.0, None,
         source="mcdermott_1999", comparator="people without arterial disease"),
    _pad("consistent_onset", None, 0.4),
    _pad("suggestive_onset", 1.7, None),
    _pad("returns_on_walking", 1.5, None),
    _pad("sooner_uphill_or_fast", 1.5, None),
    # Pain that goes while walking on does occur in arterial disease (Rose 1962): never excluding.
    _pad("eases_while_walking", 0.4, None),
    _pad("pain_from_first_step", 0.3, None),
    _pad("pain_at_rest", 0.6, None),
    _pad("shooting_pain", 0.5, None),
    _pad("cramping_pain", 1.3, None),
    _pad("cold_foot", 5.9, None, *_KHAN),
    _pad("wound_not_healing", 5.9, None, *_KHAN),
    _pad("discoloured_foot", 2.8, None, *_KHAN),
    _pad("relieved_by_hanging_leg_down", 2.5, None),
    _pad("low_ankle_pressure", 6.5, None,
         source="guo_2008", comparator="high-risk patients without a stenosis of half or more"),
    _pad("low_ankle_pressure", None, 0.48, source="ankle_pressure_2018",
         comparator="referred patients without a stenosis above half"),
    _pad("sudden_onset_event", 0.5, None),
    _pad("age_under_50", 0.3, None),
    _pad("age_65_or_more", 1.5, None),
    _pad("smokes_now", 2.02, None, source="lu_2014", comparator="people without the disease"),
    _pad("smoked_before", 1.39, None, source="lu_2014", comparator="people without the disease"),
    _pad("never_smoked", 0.75, None, source="lu_2014", comparator="people without the disease"),
    _pad("diabetes", 1.6, None, source="fowkes_2013", comparator="people without the disease"),
    _pad("vessel_disease_or_its_risks", 1.3, None,
         source="fowkes_2013", comparator="people without the disease"),
    _pad("known_peripheral_artery_disease", 3.0, None),
    # Sciatica, spinal stenosis.
    _stenosis("relieved_by_standing", 1 / 4.85, 1 / 0.36, *_NADEAU),
    _stenosis("relief_needs_sitting_or_bending", 6.4, None, *_SURI),
    _stenosis("eased_by_bending_forward", 6.4, None, *_SURI),
    _stenosis("eased_by_sitting", 3.1, None, *_NADEAU),
    _stenosis("easier_with_support", 2.0, None),
    _stenosis("worse_on_sitting", 0.3, None),
    _stenosis("worse_on_bending_forward", 0.3, None),
    _stenosis("worse_on_standing", 2.1, 0.05, *_NADEAU),
    _stenosis("buttock_or_thigh_site", 2.1, None, *_NADEAU),
    _stenosis("calf_site", 1 / 3.08, None, *_NADEAU),
    _stenosis("achilles_site", 0.2, None),
    # Suri's 'bilateral buttock or leg pain', kept to buttocks and thighs: pain of both calves is
    # common in arterial disease, and an ache of both legs without a place in anything.
    _stenosis("both_buttocks_or_thighs", 6.3, None, *_SURI),
    _stenosis("numbness_or_tingling", 2.1, None, *_NADEAU),
    _stenosis("leg_weakness", 1.5, None),
    _stenosis("consistent_onset", 2.0, None),
    _stenosis("suggestive_onset", 1.4, None),
    _stenosis("returns_on_walking", 1.5, None),
    _stenosis("eases_while_walking", 0.5, None),
    _stenosis("pain_from_first_step", 0.5, None),
    _stenosis("sudden_onset_event", 0.5, None),
    _stenosis("back_pain", 1.5, None),
    _stenosis("age_over_70", 2.0, None, *_SURI),
    _stenosis("age_under_60", 0.4, None, *_SURI),
    _stenosis("known_spinal_stenosis", 3.0, None),
    _stenosis("known_back_problem", 1.5, None),
    # Sciatica, disc: the reverse of stenosis in posture, and less tied to distance.
    _disc("below_knee_radiation", 2.0, 0.5, source="konstantinou_2012",
          comparator="back and leg pain without a nerve root sign"),
    _disc("calf_site", 0.5, None),
    _disc("achilles_site", 0.2, None),
    _disc("buttock_or_thigh_site", 1.3, None),
    _disc("both_legs", 0.6, None),
    _disc("numbness_or_tingling", 1.6, None),
    _disc("leg_weakness", 1.5, None),
    _disc("shooting_pain", 2.0, None),
    _disc("worse_on_cough_or_sneeze", 1.4, None),
    _disc("worse_on_sitting", 2.0, None),
    _disc("worse_on_bending_forward", 2.0, None),
    _disc("eased_by_sitting", 0.5, None),
    _disc("eased_by_bending_forward", 0.4, None),
    _disc("relief_needs_sitting_or_bending", 0.4, None),
    _disc("relieved_within_10_min", 0.6, 1.5),
    _disc("consistent_onset", 0.6, None),
    _disc("suggestive_onset", 0.8, None),
    _disc("eases_while_walking", 0.6, None),
    _disc("pain_at_rest", 1.5, None),
    _disc("back_pain", 1.5, None),
    _disc("pregnant", 1.5, None),
    _disc("known_disc_herniation", 3.0, None),
    _disc("known_back_problem", 1.5, None),
    # Achilles tendon.
    _achilles("achilles_site", 3.4, 0.29,
              source="hutchison_2013", comparator="pain elsewhere about the ankle"),
    _achilles("below_knee_radiation", 0.4, None),
    _achilles("morning_stiffness", 2.1, 0.19,
              source="hutchison_2013", comparator="pain elsewhere about the ankle"),
    _achilles("eases_while_walking", 3.0, 0.6),
    _achilles("pain_from_first_step", 2.0, None),
    _achilles("tendon_swelling", 2.0, None),
    _achilles("consistent_onset", 0.5, None),
    _achilles("suggestive_onset", 0.7, None),
    _achilles("numbness_or_tingling", 0.5, None),
    _achilles("worse_on_standing", 0.7, None),
    _achilles("fluoroquinolone", 2.0, None, source="mhra_2024"),
    _achilles("load_spike", 1.5, None),
    # Hamstring. No history item has a published accuracy worth weighting.
    _hamstring("back_of_thigh_site", 3.0, 0.2),
    _hamstring("below_knee_radiation", 0.4, None),
    _hamstring("sudden_onset_event", 3.0, 0.4),
    _hamstring("pop_felt", 3.0, None),
    _hamstring("bruising", 3.0, None),
    _hamstring("thigh_tenderness", 2.0, None),
    _hamstring("both_legs", 0.4, None),
    _hamstring("numbness_or_tingling", 0.4, None),
    _hamstring("back_pain", 0.6, None),
    _hamstring("worse_on_cough_or_sneeze", 0.6, None),
    _hamstring("worse_on_standing", 0.6, None),
    _hamstring("consistent_onset", 0.5, None),
    _hamstring("suggestive_onset", 0.7, None),
    _hamstring("previous_hamstring_injury", 2.0, None),
    _hamstring("load_spike", 1.3, None),
)  # fmt: skip
# Muscle imbalance has no row: no likelihood ratio exists (Christopher 2019, Guan 2022 found the
# evidence very low in quality). It stays a description of what no pattern explains.
