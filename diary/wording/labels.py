"""What is each answer called?"""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from diary.wording.red_flags import red_flag_lazy

SITES = {
    "lower_back": _("Lower back"),
    "buttock": _("Buttock"),
    "hip": _("Hip"),
    "front_of_thigh": _("Front of thigh"),
    "outer_thigh": _("Outer thigh"),
    "back_of_thigh": _("Back of thigh"),
    "knee": _("Knee"),
    "back_of_knee": _("Back of knee"),
    "calf": _("Calf"),
    "shin": _("Shin"),
    "ankle": _("Ankle"),
    "achilles": _("Achilles tendon, above the heel"),
    "heel": _("Heel"),
    "foot": _("Foot"),
}
SIDES = {"left": _("Left"), "right": _("Right"), "both": _("Both")}
SEXES = {"female": _("Female"), "male": _("Male")}
SMOKING = {
    "current": _("I smoke"),
    "former": _("I used to smoke"),
    "never": _("I never smoked"),
}
CONDITIONS = {
    "peripheral_artery_disease": _("Peripheral artery disease (narrowed leg arteries)"),
    "diabetes": _("Diabetes"),
    "hypertension": _("High blood pressure"),
    "high_cholesterol": _("High cholesterol"),
    "heart_disease": _("Heart disease"),
    "stroke": _("A stroke or mini-stroke"),
    "atrial_fibrillation": _("Atrial fibrillation (irregular heartbeat)"),
    "aneurysm": _("An aneurysm"),
    "kidney_disease": _("Kidney disease"),
    "previous_dvt": _("A blood clot in the leg before"),
    "active_cancer": _("Cancer, treated now or in the last six months"),
    "recent_surgery_or_immobility": _("Surgery or bed rest in the last three months"),
    "pregnancy": _("Pregnancy"),
    "recent_childbirth": _("Childbirth in the last three months"),
    "oestrogen_use": _("Oestrogen (pill or hormone therapy)"),
    "anticoagulant_use": _("Blood thinners"),
    "steroid_use": _("Steroid tablets or injections"),
    "fluoroquinolone_use": _(
        "A fluoroquinolone antibiotic lately (such as ciprofloxacin or levofloxacin)"
    ),
    "spinal_stenosis": _("Spinal stenosis (narrowed spine)"),
    "disc_herniation": _("A slipped disc"),
    "back_problem": _("Another back problem"),
    "previous_hamstring_injury": _("A hamstring injury before"),
    "leg_fracture_or_cast": _("A broken leg or a plaster cast lately"),
}
ACTIVITIES = {
    "walk": _("Walk"),
    "hike": _("Hike"),
    "run": _("Run"),
    "other": _("Something else"),
}
DISTANCE_SOURCES = {
    "gps": _("GPS recording"),
    "pedometer": _("Step counter"),
    "known_route": _("A route I know the length of"),
    "treadmill": _("Treadmill"),
    "estimated": _("My estimate"),
}
TERRAINS = {
    "flat": _("Flat"),
    "hilly": _("Hilly"),
    "stairs": _("Stairs"),
    "treadmill": _("Treadmill"),
}
PACES = {"slow": _("Slow"), "ordinary": _("Ordinary"), "brisk": _("Brisk")}
WALKING_AIDS = {
    "none": pgettext_lazy("walking aid", "None"),
    "stick": _("Stick"),
    "poles": _("Walking poles"),
    "rollator": _("Rollator or frame"),
    "trolley": _("Shopping trolley"),
}
ONSETS = {"gradual": _("Bit by bit"), "sudden": _("All at once")}
QUALITIES = {
    "cramping": _("Cramping"),
    "aching": _("Aching"),
    "tightness": _("Tightness"),
    "heaviness": _("Heaviness"),
    "burning": _("Burning"),
    "shooting": _("Shooting"),
    "stabbing": _("Stabbing"),
    "stiffness": _("Stiffness"),
    "numbness": _("Numbness"),
    "tingling": _("Pins and needles"),
    "weakness": _("Weakness"),
    "throbbing": _("Throbbing"),
    "fatigue": _("Tiredness in the leg"),
}
RESPONSES = {
    "stopped": _("I had to stop"),
    "slowed": _("I slowed down"),
    "kept_going": _("I kept going"),
}
COURSES = {
    "worsened": _("It got worse"),
    "same": _("It stayed the same"),
    "eased": _("It eased off"),
}
POSTURES = {
    "standing": _("Standing still"),
    "sitting": _("Sitting"),
    "bending_forward": _("Bending forward"),
    "lying": _("Lying down"),
}
RELIEFS = {
    "complete": _("It went away"),
    "partial": _("It eased a bit"),
    "none": _("It stayed"),
}
# What raises a flag is said in the words of the flags.
SIGNS = {
    "swelling": red_flag_lazy("Swelling of a leg"),
    "warmth": red_flag_lazy("Part of the leg is warm"),
    "redness": red_flag_lazy("Part of the leg is red or darker"),
    "calf_tenderness": red_flag_lazy("Calf sore to the touch"),
    "thigh_tenderness": red_flag_lazy("Thigh sore to the touch"),
    "bruising": red_flag_lazy("Bruising"),
    "pop_felt": red_flag_lazy("I felt a pop or a snap"),
    "tendon_swelling": red_flag_lazy("Swelling above the heel"),
    "cannot_rise_on_toes": red_flag_lazy("I cannot rise on my toes"),
    "cannot_put_weight_on_leg": red_flag_lazy("I cannot put weight on the leg"),
    "pale_or_blue": red_flag_lazy("Leg or foot pale or blue"),
    "cold_foot": red_flag_lazy("One foot colder than before or than the other"),
    "sudden_severe_pain": red_flag_lazy("Sudden, severe leg pain"),
    "wound_not_healing": red_flag_lazy("A sore on the foot or leg that does not heal"),
    "black_or_blue_toe": red_flag_lazy("A black or blue toe"),
    "relieved_by_hanging_leg_down": red_flag_lazy("Hanging the leg out of bed eases the pain"),
    "numbness": red_flag_lazy("Numbness in the leg or foot"),
    "tingling": red_flag_lazy("Pins and needles"),
    "weakness": red_flag_lazy("Weakness of the leg"),
    "foot_drop": red_flag_lazy("The foot drops or drags"),
    "saddle_numbness": red_flag_lazy("Numbness between the legs, where a saddle would touch"),
    "bladder_or_bowel_change": red_flag_lazy("New trouble with bladder or bowel"),
    "both_legs_affected": red_flag_lazy("Both legs are affected"),
    "back_pain": red_flag_lazy("Back pain"),
    "worse_on_cough_or_sneeze": red_flag_lazy("Worse when I cough or sneeze"),
    "worse_on_standing": red_flag_lazy("Worse when I stand still"),
    "worse_on_sitting": red_flag_lazy("Worse when I sit"),
    "worse_on_bending_forward": red_flag_lazy("Worse when I bend forward"),
    "better_on_sitting": red_flag_lazy("Better when I sit"),
    "better_on_bending_forward": red_flag_lazy("Better when I bend forward"),
    "chest_pain": red_flag_lazy("Chest pain"),
    "breathlessness": red_flag_lazy("Short of breath"),
    "coughing_blood": red_flag_lazy("Coughing up blood"),
    "fainting": red_flag_lazy("Fainting"),
    "palpitations": red_flag_lazy("Racing or uneven heartbeat"),
    "fever": red_flag_lazy("Fever"),
    "unexplained_weight_loss": red_flag_lazy("Losing weight without trying"),
}
# The groups in which the check-in asks for signs, worst first.
SIGN_GROUPS = {
    "colour": (
        _("Skin, colour and warmth"),
        (
            "pale_or_blue",
            "cold_foot",
            "black_or_blue_toe",
            "wound_not_healing",
            "redness",
            "warmth",
        ),
    ),
    "nerves": (
        _("Feeling and strength"),
        (
            "saddle_numbness",
            "bladder_or_bowel_change",
            "foot_drop",
            "weakness",
            "numbness",
            "tingling",
            "both_legs_affected",
        ),
    ),
    "chest": (
        _("Chest, breath and whole body"),
        (
            "chest_pain",
            "breathlessness",
            "coughing_blood",
            "fainting",
            "palpitations",
            "fever",
            "unexplained_weight_loss",
        ),
    ),
    "leg": (
        _("The leg"),
        (
            "sudden_severe_pain",
            "swelling",
            "calf_tenderness",
            "thigh_tenderness",
            "bruising",
            "pop_felt",
            "cannot_put_weight_on_leg",
            "cannot_rise_on_toes",
            "tendon_swelling",
        ),
    ),
    "posture": (
        _("What changes the pain"),
        (
            "relieved_by_hanging_leg_down",
            "back_pain",
            "worse_on_standing",
            "worse_on_sitting",
            "worse_on_bending_forward",
            "worse_on_cough_or_sneeze",
            "better_on_sitting",
            "better_on_bending_forward",
        ),
    ),
}
CHANGE_KINDS = {
    "footwear": _("New shoes"),
    "orthotics": _("Insoles"),
    "physiotherapy": _("Physiotherapy"),
    "stretching": _("Stretching"),
    "strengthening": _("Strengthening exercises"),
    "supervised_exercise": _("Supervised walking programme"),
    "medication": _("A medicine started, stopped or changed"),
    "stopped_smoking": _("Stopped smoking"),
    "started_smoking": _("Started smoking"),
    "injury": _("Injury"),
    "surgery": _("Surgery"),
    "long_journey_or_bed_rest": _("Long journey or bed rest"),
    "new_activity": _("A new activity, or much more of one"),
    "other": _("Something else"),
}
MEASUREMENT_KINDS = {
    "ankle_brachial_index_left": _("Ankle-brachial index, left"),
    "ankle_brachial_index_right": _("Ankle-brachial index, right"),
    "six_minute_walk_m": _("Six-minute walk, metres"),
    "treadmill_onset_m": _("Treadmill: first pain, metres"),
    "treadmill_maximum_m": _("Treadmill: furthest, metres"),
    "weight_kg": _("Weight, kg"),
    "calf_circumference_left_cm": _("Left calf around, cm"),
    "calf_circumference_right_cm": _("Right calf around, cm"),
}
SCOPES = {
    "summary": _("Summary"),
    "entries": _("Entries"),
    "notes": _("Entries with notes"),
}
UNIT_SYSTEMS = {"metric": _("Metres and kilometres"), "imperial": _("Yards and miles")}
UNITS = {"m": _("metres"), "km": _("kilometres"), "yd": _("yards"), "mi": _("miles")}
YES_NO = {"yes": _("Yes"), "no": _("No")}
HURT = {
    "yes": _("Yes, it hurt"),
    "no": _("No leg pain"),
    "unknown": _("I do not remember"),
}


def choices(
    labels: dict[str, object], only: Iterable[str] | None = None
) -> list[tuple[str, object]]:
    """Labels as the pairs that form fields take."""
    return [(value, labels[value]) for value in (only or labels)]
