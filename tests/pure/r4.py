"""What would FHIR R4 (4.0.1) not have? What fhirclient's models of it know, and what they do not.

The tables of codes are those of R4's own value sets and of LOINC and SNOMED CT, looked up by hand.
"""

from __future__ import annotations

import re
from collections import Counter
from datetime import datetime

from fhirclient.models import bundle as r4
from fhirclient.models.fhirabstractbase import FHIRAbstractBase, FHIRValidationError
from fhirclient.models.fhirdate import FHIRDate

REQUIRED_CODES = {
    ("Bundle", "type"): {"collection"},
    ("Observation", "status"): {
        "registered", "preliminary", "final", "amended", "corrected", "cancelled",
        "entered-in-error", "unknown",
    },
    ("DiagnosticReport", "status"): {
        "registered", "partial", "preliminary", "final", "amended", "corrected", "appended",
        "cancelled", "entered-in-error", "unknown",
    },
    ("QuestionnaireResponse", "status"): {
        "in-progress", "completed", "amended", "entered-in-error", "stopped",
    },
    ("Consent", "status"): {
        "draft", "proposed", "active", "rejected", "inactive", "entered-in-error",
    },
    ("ConsentProvision", "type"): {"deny", "permit"},
}  # fmt: skip
HL7 = "http://terminology.hl7.org/CodeSystem"
# Codes of extensible value sets, and every clinical code, each looked up by hand.
KNOWN_CODINGS = {
    f"{HL7}/v3-ObservationValue": {"PATRPT": "patient reported", "CLINRPT": "clinician reported"},
    f"{HL7}/consentscope": {"patient-privacy": "Privacy Consent"},
    f"{HL7}/v3-ActCode": {"INFA": "information access", "OPTIN": "opt-in"},
    f"{HL7}/v3-ParticipationType": {"IRCP": "information recipient"},
    f"{HL7}/data-absent-reason": {"unknown": "Unknown"},
    f"{HL7}/observation-category": {
        "activity": "Activity", "survey": "Survey", "exam": "Exam", "vital-signs": "Vital Signs",
    },
    "http://loinc.org": {
        "73985-4": "Exercise activity",
        "LA11834-1": "Walking",
        "LA11836-6": "Running",
        "55430-3": "Walking distance unspecified time Pedometer",
        "55411-3": "Exercise duration",
        "72514-3": "Pain severity - 0-10 verbal numeric rating [Score] - Reported",
        "77194-9": "Ankle-brachial index",
        "64098-7": "Six minute walk test",
        "29463-7": "Body weight",
    },
    "http://snomed.info/sct": {
        "165263003": "Walking distance",
        "446841001": "Ankle brachial pressure index",
        "272741003": "Laterality",
        "7771000": "Left",
        "24028007": "Right",
        "51440002": "Right and left",
        "46862004": "Buttock structure",
        "29836001": "Hip region structure",
        "72696002": "Knee region structure",
        "32361000": "Popliteal fossa structure",
        "53840002": "Structure of calf of leg",
        "344001": "Ankle region structure",
        "61352006": "Structure of Achilles tendon",
        "76853006": "Heel structure",
        "56459004": "Foot structure",
    },
}  # fmt: skip
UCUM = "http://unitsofmeasure.org"
UNITS = {"m", "s", "kg", "cm", "1", "{score}"}
FORMATS = {
    "id": r"[A-Za-z0-9\-.]{1,64}",
    "code": r"[^\s]+(\s[^\s]+)*",
    "status": r"[^\s]+(\s[^\s]+)*",
    "fullUrl": r"urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}",
    "system": r"[a-z]+:\S+",
    "reference": r"urn:uuid:\S+",
    "data": r"(\s*([0-9a-zA-Z+/=]){4}\s*)+",
    "linkId": r"\S+",
}
OFFSET = r"(Z|[+-]((0[0-9]|1[0-3]):[0-5][0-9]|14:00))"
DAY = r"(?!0000)\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])"
TIME = r"T([01]\d|2[0-3]):[0-5]\d:([0-5]\d|60)(\.\d+)?"
DATE_FORMATS = {
    "FHIRDate": DAY,
    "FHIRDateTime": rf"{DAY}({TIME}{OFFSET})?",
    "FHIRInstant": rf"{DAY}{TIME}{OFFSET}",
}
# R4's dates may be a year alone; a diary knows no more of this one.
YEARS = {("Patient", "birthDate"): r"(?!0000)\d{4}"}


def faults(whole):
    """Everything that R4 would not have, as sentences."""
    try:
        model = r4.Bundle(whole, strict=True)
        again = model.as_json()
    except FHIRValidationError as error:
        return [str(error)]
    found = [] if again == whole else ["what was read is not what was written"]
    found += _typed(model, whole)
    found += _plain(whole, "Bundle")
    for entry in whole["entry"]:
        found += _invariants(entry["resource"])
    urls = [entry["fullUrl"] for entry in whole["entry"]]
    found += [f"twice: {url}" for url, times in Counter(urls).items() if times > 1]
    found += [
        f"{entry['fullUrl']} is not {entry['resource']['id']}"
        for entry in whole["entry"]
        if entry["fullUrl"] != f"urn:uuid:{entry['resource']['id']}"
    ]
    found += [f"dangling: {url}" for url in _references(whole) if url not in urls]
    return found


def _typed(model, plain):
    """Every value by its type in R4; fhirclient looks at the first of a list alone."""
    for name, json_name, kind, is_list, _, _ in model.elementProperties():
        if getattr(model, name) is None:
            continue
        values, written = getattr(model, name), plain[json_name]
        pairs = zip(values, written, strict=True) if is_list else [(values, written)]
        for value, raw in pairs:
            where = f"{type(model).__name__}.{json_name}"
            if isinstance(value, FHIRDate):
                known = YEARS.get((type(model).__name__, json_name), DATE_FORMATS[kind.__name__])
                if not re.fullmatch(known, raw, re.ASCII):
                    yield f"{where}: {raw} is no {kind.__name__}"
            elif isinstance(value, FHIRAbstractBase):
                yield from _typed(value, raw)
            elif isinstance(raw, bool) is not (kind is bool):
                yield f"{where}: {raw!r} is no {kind.__name__}"
            elif kind is int and not isinstance(raw, int):
                yield f"{where}: {raw!r} is no integer"
            elif kind is str and not isinstance(raw, str):
                yield f"{where}: {raw!r} is no string"
            elif raw not in REQUIRED_CODES.get((type(model).__name__, json_name), {raw}):
                yield f"{where}: {raw} is not in the value set"


def _plain(value, where):
    """No empty element, no character that R4 forbids, codes and units that are known."""
    if value in (None, "", [], {}):
        yield f"{where} is empty"
    elif isinstance(value, list):
        for number, each in enumerate(value):
            yield from _plain(each, f"{where}[{number}]")
    elif isinstance(value, str):
        name = re.sub(r"\[\d+\]$", "", where).rpartition(".")[2]
        if value != value.strip() or re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]", value):
            yield f"{where}: {value!r} is not text"
        elif name in FORMATS and not re.fullmatch(FORMATS[name], value):
            yield f"{where}: {value!r} is no {name}"
    elif isinstance(value, dict):
        for name, each in value.items():
            yield from _plain(each, f"{where}.{name}")
        chosen = [name for name in value if re.match("(value|effective)[A-Z]", name)]
        if len({name[:5] for name in chosen}) < len(chosen):
            yield f"{where}: more than one of {chosen}"
        if "unit" in value and (value.get("system"), value.get("code") in UNITS) != (UCUM, True):
            yield f"{where}: {value} is no UCUM quantity"
        if "display" in value and "system" in value:
            known = KNOWN_CODINGS.get(value["system"], {})
            if known.get(value["code"]) != value["display"]:
                yield f"{where}: {value} is no known code"


def _invariants(resource):
    """The constraints of R4 on the resources that are used, by their keys."""
    kind = resource["resourceType"]
    has_value = any(name.startswith("value") for name in resource)
    if kind == "Observation":
        own = {(each["system"], each["code"]) for each in resource["code"].get("coding", ())}
        inner = {
            (each["system"], each["code"])
            for part in resource.get("component", ())
            for each in part["code"].get("coding", ())
        }
        if has_value and "dataAbsentReason" in resource:
            yield "obs-6"
        if has_value and own & inner:
            yield "obs-7"
        if not (has_value or resource.keys() & {"dataAbsentReason", "component", "hasMember"}):
            yield f"an Observation that says nothing: {resource['code']}"
        yield from _body_weight(resource, own)
    if kind == "Consent" and not resource.keys() & {"policy", "policyRule"}:
        yield "ppc-1"
    if kind == "Consent" and "patient" not in resource:
        yield "ppc-2"
    if kind == "QuestionnaireResponse":
        links = Counter(each["linkId"] for each in items(resource))
        yield from (f"linkId twice: {link}" for link, times in links.items() if times > 1)
        yield from ("qrs-1" for each in items(resource) if "answer" in each and "item" in each)
    for each in dicts(resource):
        if {"start", "end"} <= each.keys() and not _begins_first(each):
            yield f"per-1: {each}"
        if {"low", "high"} <= each.keys() and each["low"]["value"] > each["high"]["value"]:
            yield f"rng-2: {each}"


def _body_weight(resource, codes):
    """R4's profile of vital signs, for the one that there is."""
    if ("http://loinc.org", "29463-7") not in codes:
        return
    category = resource["category"][0]["coding"][0]["code"]
    if category != "vital-signs" or "effectiveDateTime" not in resource:
        yield "no body weight by its profile"
    if resource["valueQuantity"]["code"] not in ("kg", "g", "[lb_av]"):
        yield "a weight in another unit"


def _begins_first(period):
    start, end = (datetime.fromisoformat(period[name]) for name in ("start", "end"))
    return start <= end


def dicts(value):
    if isinstance(value, dict):
        yield value
        for each in value.values():
            yield from dicts(each)
    elif isinstance(value, list):
        for each in value:
            yield from dicts(each)


def items(resource):
    return [each for each in dicts(resource) if "linkId" in each]


def _references(whole):
    return [each["reference"] for each in dicts(whole) if isinstance(each.get("reference"), str)]


def luhn(code):
    """LOINC's check digit."""
    digits, check = code.split("-")
    odd = str(int(digits[::-1][::2][::-1]) * 2)
    total = sum(map(int, odd)) + sum(map(int, digits[::-1][1::2]))
    return (10 - total % 10) % 10 == int(check)


def verhoeff(code):
    """SNOMED CT's check digit: permutations in the dihedral group of order ten."""
    check, turn = 0, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]
    turns = [turn]
    step = [1, 5, 7, 6, 2, 8, 3, 0, 9, 4]
    for _ in range(7):
        turns.append([turns[-1][step[digit]] for digit in range(10)])
    for place, digit in enumerate(map(int, reversed(code))):
        other = turns[place % 8][digit]
        if check < 5:
            check = (check + other) % 5 if other < 5 else (check + other - 5) % 5 + 5
        else:
            check = (check - 5 - other) % 5 + 5 if other < 5 else (check - other) % 5
    return check == 0
