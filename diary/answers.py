"""Which answers may a row give? The words of every list, as the diary document has them."""

SITES = (
    "lower_back", "buttock", "hip", "front_of_thigh", "outer_thigh", "back_of_thigh", "knee",
    "back_of_knee", "calf", "shin", "ankle", "achilles", "heel", "foot",
)  # fmt: skip
SIDES = ("left", "right", "both")
SEXES = ("female", "male")
SMOKING = ("current", "former", "never")
CONDITIONS = (
    "peripheral_artery_disease", "diabetes", "hypertension", "high_cholesterol", "heart_disease",
    "stroke", "atrial_fibrillation", "aneurysm", "kidney_disease", "previous_dvt", "active_cancer",
    "recent_surgery_or_immobility", "pregnancy", "recent_childbirth", "oestrogen_use",
    "anticoagulant_use", "steroid_use", "fluoroquinolone_use", "spinal_stenosis",
    "disc_herniation", "back_problem", "previous_hamstring_injury", "leg_fracture_or_cast",
)  # fmt: skip
ACTIVITIES = ("walk", "hike", "run", "other")
DISTANCE_SOURCES = ("gps", "pedometer", "known_route", "treadmill", "estimated")
TERRAINS = ("flat", "hilly", "stairs", "treadmill")
PACES = ("slow", "ordinary", "brisk")
WALKING_AIDS = ("none", "stick", "poles", "rollator", "trolley")
ONSETS = ("gradual", "sudden")
QUALITIES = (
    "cramping", "aching", "tightness", "heaviness", "burning", "shooting", "stabbing", "stiffness",
    "numbness", "tingling", "weakness", "throbbing", "fatigue",
)  # fmt: skip
RESPONSES = ("stopped", "slowed", "kept_going")
COURSES = ("worsened", "same", "eased")
POSTURES = ("standing", "sitting", "bending_forward", "lying")
RELIEFS = ("complete", "partial", "none")
SIGNS = (
    "swelling", "warmth", "redness", "calf_tenderness", "bruising", "pop_felt", "pale_or_blue",
    "cold_foot", "wound_not_healing", "sudden_severe_pain", "numbness", "tingling", "weakness",
    "foot_drop", "saddle_numbness", "bladder_or_bowel_change", "back_pain",
    "worse_on_cough_or_sneeze", "worse_on_standing", "better_on_sitting",
    "better_on_bending_forward", "worse_on_sitting", "tendon_swelling", "fever", "chest_pain",
    "breathlessness", "black_or_blue_toe", "relieved_by_hanging_leg_down",
    "worse_on_bending_forward", "cannot_put_weight_on_leg", "cannot_rise_on_toes",
    "both_legs_affected", "coughing_blood", "fainting", "palpitations", "unexplained_weight_loss",
    "thigh_tenderness",
)  # fmt: skip
CHANGE_KINDS = (
    "footwear", "orthotics", "physiotherapy", "stretching", "strengthening", "supervised_exercise",
    "medication", "stopped_smoking", "started_smoking", "injury", "surgery",
    "long_journey_or_bed_rest", "new_activity", "other",
)  # fmt: skip
# Generous bounds: they stop slips of the hand, not unusual people.
MEASUREMENT_RANGES = {
    "ankle_brachial_index_left": (0, 5),
    "ankle_brachial_index_right": (0, 5),
    "six_minute_walk_m": (0, 2_000),
    "treadmill_onset_m": (0, 20_000),
    "treadmill_maximum_m": (0, 20_000),
    "weight_kg": (2, 650),
    "calf_circumference_left_cm": (5, 150),
    "calf_circumference_right_cm": (5, 150),
}
# What somebody may see of a diary that is shared with them, each more than the one before.
SCOPES = ("summary", "entries", "notes")
# What somebody does with such a diary, and the least that they must be allowed for it.
READINGS = {
    "work_list": "summary",
    "summary": "summary",
    "review": "summary",
    "comparison": "summary",
    "note": "summary",
    "text": "summary",
    "pdf": "summary",
    "fhir": "summary",
    "entries": "entries",
    "csv": "entries",
    "measurement": "entries",
}
