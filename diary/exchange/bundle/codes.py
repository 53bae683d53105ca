"""Which clinical code, which unit and which English word stands for what the diary says?

A code is given where its meaning is the diary's; anything else is text alone. LOINC's walking
distance is one measured by a pedometer, SNOMED CT's is any. Parts of the thigh, the shin, the lower
back, the treadmill and the girth of the calf have no code here: none was found that says just that.
"""

from __future__ import annotations

from typing import Any

Concept = dict[str, Any]

LOINC, SNOMED = "http://loinc.org", "http://snomed.info/sct"
UCUM, URI = "http://unitsofmeasure.org", "urn:ietf:rfc:3986"
HL7 = "http://terminology.hl7.org/CodeSystem"


def coding(system: str, code: str, display: str) -> dict[str, str]:
    return {"system": system, "code": code, "display": display}


def concept(text: str, *codings: dict[str, str]) -> Concept:
    """What is meant, in words, and the codes that mean the same."""
    return {"coding": list(codings), "text": text} if codings else {"text": text}


def words(code: str) -> str:
    """A word of the diary as a reader has it: 'back_of_knee' becomes 'Back of knee'."""
    return code.replace("_", " ").capitalize()


# HL7's own marks of who reported something, and the same in words for whoever reads along.
PATIENT_REPORTED = coding(f"{HL7}/v3-ObservationValue", "PATRPT", "patient reported")
CLINICIAN_REPORTED = coding(f"{HL7}/v3-ObservationValue", "CLINRPT", "clinician reported")
SELF_REPORTED = concept("Self-reported in a diary")
ENTERED_BY_CLINICIAN = concept("Entered in the patient's diary by a clinician")

UNITS = {
    "m": ("m", "m"), "s": ("s", "s"), "kg": ("kg", "kg"), "cm": ("cm", "cm"),
    "ratio": ("ratio", "1"), "score": ("score", "{score}"),
}  # fmt: skip
CATEGORIES = {
    name: concept(display, coding(f"{HL7}/observation-category", name, display))
    for name, display in (
        ("activity", "Activity"), ("survey", "Survey"), ("exam", "Exam"),
        ("vital-signs", "Vital Signs"),
    )
}  # fmt: skip

WALK = concept("Walk", coding(LOINC, "73985-4", "Exercise activity"))
ACTIVITIES = {
    "walk": concept("Walk", coding(LOINC, "LA11834-1", "Walking")),
    "hike": concept("Hike"),
    "run": concept("Run", coding(LOINC, "LA11836-6", "Running")),
    "other": concept("Other"),
}
WALKING_DISTANCE = coding(SNOMED, "165263003", "Walking distance")
DISTANCE = concept("Distance walked", WALKING_DISTANCE)
DISTANCE_BY_PEDOMETER = concept(
    "Distance walked",
    coding(LOINC, "55430-3", "Walking distance unspecified time Pedometer"),
    WALKING_DISTANCE,
)
DURATION = concept("Time on foot, rests included", coding(LOINC, "55411-3", "Exercise duration"))
PAIN_SCALE = coding(
    LOINC, "72514-3", "Pain severity - 0-10 verbal numeric rating [Score] - Reported"
)
PAIN_ON_WALK = concept("Leg pain on a walk, worst of the episode, 0 to 10", PAIN_SCALE)
PAIN_AT_REST = concept("Leg pain at rest, 0 to 10", PAIN_SCALE)
CHANGE = concept("Change that may bear on the pain")

LATERALITY = concept("Side", coding(SNOMED, "272741003", "Laterality"))
SIDES = {
    "left": concept("Left", coding(SNOMED, "7771000", "Left")),
    "right": concept("Right", coding(SNOMED, "24028007", "Right")),
    "both": concept("Both", coding(SNOMED, "51440002", "Right and left")),
}
SITES = {
    "buttock": coding(SNOMED, "46862004", "Buttock structure"),
    "hip": coding(SNOMED, "29836001", "Hip region structure"),
    "knee": coding(SNOMED, "72696002", "Knee region structure"),
    "back_of_knee": coding(SNOMED, "32361000", "Popliteal fossa structure"),
    "calf": coding(SNOMED, "53840002", "Structure of calf of leg"),
    "ankle": coding(SNOMED, "344001", "Ankle region structure"),
    "achilles": coding(SNOMED, "61352006", "Structure of Achilles tendon"),
    "heel": coding(SNOMED, "76853006", "Heel structure"),
    "foot": coding(SNOMED, "56459004", "Foot structure"),
}
SITE_WORDS = {"achilles": "Achilles tendon"}

_ABI = (
    coding(LOINC, "77194-9", "Ankle-brachial index"),
    coding(SNOMED, "446841001", "Ankle brachial pressure index"),
)
# By kind: what it is, its unit, its category, its side.
MEASUREMENTS = {
    "ankle_brachial_index_left": (
        concept("Ankle-brachial index, left", *_ABI), "ratio", "exam", "left",
    ),
    "ankle_brachial_index_right": (
        concept("Ankle-brachial index, right", *_ABI), "ratio", "exam", "right",
    ),
    "six_minute_walk_m": (
        concept("Six-minute walk", coding(LOINC, "64098-7", "Six minute walk test")),
        "m", "exam", None,
    ),
    "treadmill_onset_m": (
        concept("Treadmill, distance to the first leg pain"), "m", "exam", None,
    ),
    "treadmill_maximum_m": (
        concept("Treadmill, longest distance"), "m", "exam", None,
    ),
    "weight_kg": (
        concept("Body weight", coding(LOINC, "29463-7", "Body weight")),
        "kg", "vital-signs", None,
    ),
    "calf_circumference_left_cm": (concept("Calf circumference, left"), "cm", "exam", "left"),
    "calf_circumference_right_cm": (concept("Calf circumference, right"), "cm", "exam", "right"),
}  # fmt: skip
# R4 asks that vital signs keep to its own profiles.
PROFILES = {"weight_kg": "http://hl7.org/fhir/StructureDefinition/bodyweight"}

UNKNOWN = concept("Not recorded", coding(f"{HL7}/data-absent-reason", "unknown", "Unknown"))


def body_site(site: str | None, side: str | None) -> Concept | None:
    """Where it hurts, as one concept; None where no part of the body was named."""
    if site is None:
        return None
    word = SITE_WORDS.get(site, words(site))
    if side == "both":
        word = f"{word}, both sides"
    elif side:
        word = f"{word}, {side}"
    return concept(word, *[SITES[site]] if site in SITES else [])
