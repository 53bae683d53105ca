"""In which words does a diary's finding speak for or against a cause?"""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

# What the diary shows, where the finding is there.
PRESENT = {
    "relieved_by_standing": _("Standing still was enough for the pain to ease"),
    "relieved_within_10_min": _("The pain eased within ten minutes of rest"),
    "relief_needs_sitting_or_bending": _(
        "The pain eased when you sat down or bent forward, and not when you stood still"
    ),
    "eased_by_bending_forward": _("Bending forward eased the pain"),
    "eased_by_sitting": _("Sitting down eased the pain"),
    "easier_with_support": _("You got further leaning on a trolley or a frame"),
    "worse_on_sitting": _("Sitting made it worse"),
    "worse_on_bending_forward": _("Bending forward made it worse"),
    "worse_on_standing": _("Standing still brought the pain on, or made it worse"),
    "consistent_onset": _("The pain came at about the same distance or time each walk"),
    "suggestive_onset": _("The pain came at a similar distance or time on the walks so far"),
    "returns_on_walking": _("The pain came back when you walked on"),
    "sooner_uphill_or_fast": _("The pain came sooner uphill or at a brisk pace"),
    "eases_while_walking": _("The pain eased while you went on walking"),
    "pain_from_first_step": _("It hurt from the first steps"),
    "morning_stiffness": _("You were stiff in the morning"),
    "pain_at_rest": _("It hurt at rest too"),
    "worse_on_cough_or_sneeze": _("Coughing or sneezing made it worse"),
    "calf_site": _("The pain was mostly in the calf"),
    "buttock_or_thigh_site": _("The pain was mostly in the buttock, hip or thigh"),
    "both_buttocks_or_thighs": _("The pain was in both buttocks or both thighs"),
    "back_of_thigh_site": _("The pain was mostly at the back of the thigh"),
    "achilles_site": _("The pain was mostly at the Achilles tendon or the heel"),
    "below_knee_radiation": _("The pain ran from higher up to below the knee"),
    "both_legs": _("Both legs were affected"),
    "numbness_or_tingling": _("You noted numbness or pins and needles"),
    "leg_weakness": _("You noted weakness in the leg"),
    "shooting_pain": _("The pain was shooting"),
    "cramping_pain": _("The pain was cramping"),
    "back_pain": _("You noted back pain"),
    "cold_foot": _("One foot was colder"),
    "wound_not_healing": _("You noted a sore that does not heal"),
    "discoloured_foot": _("The foot or a toe changed colour"),
    "relieved_by_hanging_leg_down": _("Hanging the leg down eased the pain"),
    "low_ankle_pressure": _("The recorded ankle-brachial index was below 0.90"),
    "tendon_swelling": _("You noted swelling above the heel"),
    "bruising": _("You noted bruising"),
    "thigh_tenderness": _("The thigh was sore to the touch"),
    "sudden_onset_event": _("The pain came all at once, or began with an injury"),
    "pop_felt": _("You felt a pop or a snap"),
    "age_under_50": _("You are under 50"),
    "age_under_60": _("You are under 60"),
    "age_65_or_more": _("You are 65 or older"),
    "age_over_70": _("You are over 70"),
    "smokes_now": _("You smoke"),
    "smoked_before": _("You used to smoke"),
    "never_smoked": _("You never smoked"),
    "diabetes": _("You recorded diabetes"),
    "vessel_disease_or_its_risks": _(
        "You recorded heart or vessel trouble, high blood pressure or high cholesterol"
    ),
    "known_peripheral_artery_disease": _("You recorded peripheral artery disease"),
    "known_spinal_stenosis": _("You recorded spinal stenosis"),
    "known_disc_herniation": _("You recorded a slipped disc"),
    "known_back_problem": _("You recorded a back problem"),
    "pregnant": _("You recorded a pregnancy"),
    "previous_hamstring_injury": _("You recorded an earlier hamstring injury"),
    "fluoroquinolone": _("You recorded a fluoroquinolone antibiotic"),
    "load_spike": _(
        "A walk was longer by a tenth than any of the 30 days before it, or you began something new"
    ),
    "no_recognised_pattern": _("None of the other four stands out in your diary"),
    "inconsistent_onset": _("The pain did not keep to one distance or time"),
}
# What the diary shows, where it was recorded and is not so.
ABSENT = {
    "relieved_by_standing": _("Standing still was not enough for the pain to ease"),
    "relieved_within_10_min": _("The pain did not ease within ten minutes of rest"),
    "worse_on_standing": _("Standing still did not bring the pain on"),
    "consistent_onset": _("The pain did not keep to one distance or time"),
    "eases_while_walking": _("The pain did not ease while you went on walking"),
    "morning_stiffness": _("You were not stiff in the morning"),
    "calf_site": _("The pain was mostly not in the calf"),
    "back_of_thigh_site": _("The pain was mostly not at the back of the thigh"),
    "achilles_site": _("The pain was mostly not at the Achilles tendon or the heel"),
    "below_knee_radiation": _("The pain did not run to below the knee"),
    "low_ankle_pressure": _("The recorded ankle-brachial index was 0.90 or more"),
    "sudden_onset_event": _("The pain came bit by bit, not all at once"),
}
# What was never recorded, as the thing to record.
MISSING = {
    "relieved_by_standing": _("Whether standing still is enough for the pain to ease"),
    "relieved_within_10_min": _("How long a rest takes to ease the pain"),
    "relief_needs_sitting_or_bending": _("How you rest, and whether that helps"),
    "eased_by_bending_forward": _("Whether bending forward eases the pain"),
    "eased_by_sitting": _("Whether sitting down eases the pain"),
    "easier_with_support": _("Walks with and without something to lean on"),
    "worse_on_sitting": _("Whether sitting makes it worse"),
    "worse_on_bending_forward": _("Whether bending forward makes it worse"),
    "worse_on_standing": _("Whether standing still brings the pain on"),
    "consistent_onset": _("After how far the pain comes, on enough walks"),
    "suggestive_onset": _("After how far the pain comes, on enough walks"),
    "returns_on_walking": _("Whether the pain comes back when you walk on"),
    "sooner_uphill_or_fast": _("Some walks uphill or at a brisk pace"),
    "eases_while_walking": _("What the pain does when you go on walking"),
    "pain_from_first_step": _("Whether it hurts from the first steps"),
    "morning_stiffness": _("Whether you are stiff in the morning"),
    "pain_at_rest": _("Whether it hurts at rest"),
    "worse_on_cough_or_sneeze": _("Whether coughing or sneezing makes it worse"),
    "calf_site": _("Where it hurts"),
    "buttock_or_thigh_site": _("Where it hurts"),
    "both_buttocks_or_thighs": _("Where it hurts, and on which side"),
    "back_of_thigh_site": _("Where it hurts"),
    "achilles_site": _("Where it hurts"),
    "below_knee_radiation": _("Whether the pain runs further down the leg"),
    "both_legs": _("Which leg hurts"),
    "numbness_or_tingling": _("Whether there is numbness or pins and needles"),
    "leg_weakness": _("Whether the leg is weak"),
    "shooting_pain": _("What the pain feels like"),
    "cramping_pain": _("What the pain feels like"),
    "back_pain": _("Whether your back hurts"),
    "cold_foot": _("Whether one foot is colder"),
    "wound_not_healing": _("Whether there is a sore that does not heal"),
    "discoloured_foot": _("Whether the foot changes colour"),
    "relieved_by_hanging_leg_down": _("Whether hanging the leg down eases the pain"),
    "low_ankle_pressure": _("An ankle-brachial index, which a nurse or doctor measures"),
    "tendon_swelling": _("Whether there is swelling above the heel"),
    "bruising": _("Whether there is bruising"),
    "thigh_tenderness": _("Whether the thigh is sore to the touch"),
    "sudden_onset_event": _("Whether the pain came all at once or bit by bit"),
    "pop_felt": _("Whether you felt a pop or a snap"),
    "age_under_50": _("Your year of birth"),
    "age_under_60": _("Your year of birth"),
    "age_65_or_more": _("Your year of birth"),
    "age_over_70": _("Your year of birth"),
    "smokes_now": _("Whether you smoke"),
    "smoked_before": _("Whether you smoke"),
    "never_smoked": _("Whether you smoke"),
    "diabetes": _("Known conditions"),
    "vessel_disease_or_its_risks": _("Known conditions"),
    "known_peripheral_artery_disease": _("Known conditions"),
    "known_spinal_stenosis": _("Known conditions"),
    "known_disc_herniation": _("Known conditions"),
    "known_back_problem": _("Known conditions"),
    "pregnant": _("Known conditions"),
    "previous_hamstring_injury": _("Known conditions"),
    "fluoroquinolone": _("Medicines and known conditions"),
    "load_spike": _("Enough walks to compare with the month before"),
    "no_recognised_pattern": _("Enough to see whether one of the other four stands out"),
    "inconsistent_onset": _("After how far the pain comes, on enough walks"),
}


def said(evidence: dict[str, Any]) -> str:
    """One row of evidence in words."""
    words = ABSENT if evidence.get("state") == "absent" else PRESENT
    return str(words[evidence["finding"]])


def wanted(missing: list[str]) -> list[str]:
    """What was never recorded, each thing to record once."""
    return list(dict.fromkeys(str(MISSING[finding]) for finding in missing))
