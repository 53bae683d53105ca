"""Is what a clinician takes away valid FHIR R4, whole, and no more than was shared?"""

from __future__ import annotations

import base64
import copy
import json
import re
import uuid
from collections import Counter
from datetime import UTC, date, datetime, timedelta, timezone
from functools import cache
from random import Random

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from diary import answers
from diary.analytics.assess import assess
from diary.analytics.columns import frames_of_document
from diary.demo import documents as demo_documents
from diary.exchange.bundle import Shared, bundle
from diary.exchange.bundle.elements import date_time, text
from diary.rules import FIELDS, LISTS, OWN_FIELDS, OWN_KINDS, document_checked
from tests.pure.builders import check_in, on, walk
from tests.pure.documents import MOST_WALKS, document
from tests.pure.r4 import KNOWN_CODINGS, UCUM, dicts, faults, items, luhn, verhoeff

LAST_DAY = date(2026, 4, 20)
DEMO = demo_documents(LAST_DAY)
EMPTY = {"format": "walking-diary", "version": 1}
SCOPES = ("summary", "entries", "notes")
SHARE = "7d444840-9dc0-11d1-b245-5ffdce74fad2"
CANARY = "canary-4f1c"
PDF = b"%PDF-1.7 \x00\xff one page"
SENTENCE = "You recorded 38 walks with leg pain."
SEEDED = st.builds(
    lambda seed, walks: document(Random(seed), walks),
    st.integers(0, 2**32),
    st.integers(0, MOST_WALKS),
)
some = settings(
    max_examples=15, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck)
)


def shared(scope="notes", **other):
    known = {
        "uid": SHARE,
        "patient": "Vera Ždanova",
        "born": 1959,
        "clinician": "Ingrid Holm",
        "role": "Vascular nurse",
        "scope": scope,
        "since": date(2026, 1, 1),
        "until": datetime(2026, 7, 1, tzinfo=UTC),
        "agreed_at": datetime(2026, 4, 1, 9, 30, tzinfo=UTC),
        "made_at": datetime(2026, 4, 20, 18, 5, 0, 250_000, tzinfo=UTC),
    }
    return Shared(**known | other)


@cache
def _assessed(content):
    return assess(frames_of_document(document_checked(json.loads(content))), LAST_DAY)


def assessed(whole):
    """The assessment of a document, whose notes say nothing in it."""
    return _assessed(json.dumps(with_notes(whole, "")))


def exported(whole, scope="notes", conclusion=SENTENCE, pdf=PDF, by_clinician=(), **other):
    """The bytes for a document as anybody may write it."""
    clean = document_checked(whole)
    assessment = assessed(whole)
    told = None if scope == "summary" else clean
    return bundle(
        shared(scope, **other),
        assessment,
        told,
        conclusion=conclusion,
        pdf=pdf,
        by_clinician=by_clinician,
    )


def made(whole, scope="notes", **other):
    return json.loads(exported(whole, scope, **other))


def resources(whole, kind):
    found = [each["resource"] for each in whole["entry"]]
    return [each for each in found if each["resourceType"] == kind]


def one(whole, kind):
    (only,) = resources(whole, kind)
    return only


def coded(whole, code):
    """The Observations with a code."""
    return [
        each
        for each in resources(whole, "Observation")
        if code in [coding["code"] for coding in each["code"].get("coding", ())]
    ]


def worded(whole, words):
    """The Observations whose code's text begins so."""
    return [
        each
        for each in resources(whole, "Observation")
        if each["code"]["text"].startswith(words)
    ]  # fmt: skip


def parts(observation):
    """The components by what they are; of several the last."""
    return {
        part["code"]["text"]: next(
            value if name != "valueQuantity" else (value["value"], value["code"])
            for name, value in part.items()
            if name.startswith("value")
        )
        for part in observation.get("component", ())
    }


def diary(walks=(), **other):
    numbered = [{"id": str(uuid.UUID(int=n + 1))} | row for n, row in enumerate(walks)]
    return EMPTY | {"walks": numbered} | other


def with_notes(whole, note):
    """The same diary with a note in every row that may have one."""
    whole = copy.deepcopy(whole)
    for rows in (whole.get(name, ()) for name in ("walks", "check_ins", "changes", "measurements")):
        for row in rows:
            row["notes"] = note
    return whole


# Valid, whatever is in it


@pytest.mark.parametrize("scope", SCOPES)
@pytest.mark.parametrize("name", [*DEMO, "nobody"])
def test_every_demo_diary_and_an_empty_one_is_valid_r4(name, scope):
    assert faults(made(DEMO.get(name, EMPTY), scope)) == []


@some
@given(whole=SEEDED, scope=st.sampled_from(SCOPES))
def test_any_diary_that_the_rules_allow_is_valid_r4(whole, scope):
    assert faults(made(whole, scope)) == []


@some
@given(
    note=st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=40),
    name=st.text(max_size=20),
)
@example(note="\x01\x0b", name="\ud800")
@example(note=" \n ", name="\x00 ")
def test_any_words_are_valid_r4(note, name):
    whole = with_notes(
        diary([walk(footwear=note[:100])], check_ins=[check_in(signs=[])]), note
    )  # fmt: skip

    assert faults(made(whole, patient=name, clinician=name, role=name, conclusion=name)) == []


@pytest.mark.parametrize(
    ("started_at", "zone"),
    [
        ("1970-01-01T00:00:00Z", "Africa/Monrovia"),  # 44 minutes and 30 seconds behind
        ("2026-03-02T12:00:00+23:59", None),
        ("2026-03-02T12:00:00.123456-12:00", None),
        ("2026-03-29T00:59:59Z", "Europe/London"),
        ("2199-12-31T23:59:59Z", "Pacific/Kiritimati"),
    ],
)
def test_times_that_r4_cannot_write_are_told_in_utc(started_at, zone):
    whole = made(diary([walk(started_at=started_at, time_zone=zone, duration_s=600)]))

    assert faults(whole) == []
    start = coded(whole, "73985-4")[0]["effectivePeriod"]["start"]
    assert datetime.fromisoformat(start) == datetime.fromisoformat(started_at)


def test_a_time_is_told_by_the_walkers_own_clock():
    noon = datetime(2026, 7, 1, 12, tzinfo=UTC)

    assert date_time(noon, "Europe/Ljubljana") == "2026-07-01T14:00:00+02:00"
    assert date_time(noon) == "2026-07-01T12:00:00Z"
    assert date_time(noon.astimezone(timezone(timedelta(hours=-3)))) == "2026-07-01T09:00:00-03:00"


def test_no_clinical_code_has_a_slip_in_it():
    # Answers (LA...) reckon their letters in, in a way that LOINC does not tell.
    loinc = [code for code in KNOWN_CODINGS["http://loinc.org"] if not code.startswith("LA")]

    assert [code for code in loinc if not luhn(code)] == []
    assert [code for code in KNOWN_CODINGS["http://snomed.info/sct"] if not verhoeff(code)] == []
    assert not luhn("55430-4")
    assert not verhoeff("53840020")


# The checks see what is wrong


def _first(whole, kind):
    return resources(whole, kind)[0]


DEFECTS = {
    "a status that there is not": lambda w: _first(w, "Observation").update(status="done"),
    "no status": lambda w: _first(w, "Observation").pop("status"),
    "a report of no known status": lambda w: one(w, "DiagnosticReport").update(status="active"),
    "a consent without its scope": lambda w: one(w, "Consent").pop("scope"),
    "a consent without a policy": lambda w: one(w, "Consent").pop("policyRule"),
    "a provision of another type": lambda w: one(w, "Consent")["provision"].update(type="allow"),
    "an actor without a role": lambda w: one(w, "Consent")["provision"]["actor"][0].pop("role"),
    "an unknown element": lambda w: one(w, "Patient").update(nickname="V"),
    "an empty list": lambda w: one(w, "Patient").update(name=[]),
    "an empty name": lambda w: one(w, "Patient")["name"][0].update(text=""),
    "a dangling reference": lambda w: _first(w, "Observation").update(
        subject={"reference": f"urn:uuid:{uuid.UUID(int=9)}"}
    ),
    "one resource twice": lambda w: w["entry"].append(w["entry"][0]),
    "an address of another": lambda w: w["entry"][0].update(fullUrl=f"urn:uuid:{SHARE}"),
    "a local time for an instant": lambda w: w.update(timestamp="2026-04-20T18:05:00"),
    "a day that there is not": lambda w: _first(w, "QuestionnaireResponse").update(
        authored="2026-13-01"
    ),
    "a time without its zone": lambda w: coded(w, "73985-4")[0].update(
        effectivePeriod={"start": "2026-04-20T18:05:00"}
    ),
    "a unit that is none": lambda w: coded(w, "55411-3")[0]["valueQuantity"].update(code="sec"),
    "a unit without its system": lambda w: coded(w, "55411-3")[0]["valueQuantity"].pop("system"),
    "a code with a slip": lambda w: coded(w, "72514-3")[0]["code"]["coding"][0].update(
        code="72514-4"
    ),
    "a number as text": lambda w: coded(w, "55411-3")[0]["valueQuantity"].update(value="600"),
    "yes as a number": lambda w: coded(w, "73985-4")[0]["component"][-1].update(valueBoolean=1),
    "a value and why there is none": lambda w: coded(w, "72514-3")[0].update(
        dataAbsentReason={"text": "none"}
    ),
    "two values": lambda w: coded(w, "72514-3")[0].update(valueInteger=3, valueString="3"),
    "an interval upside down": lambda w: next(
        each for each in dicts(w) if {"low", "high"} <= each.keys()
    )["low"].update(value=1e6),
    "an answer without its question": lambda w: items(w)[-1].pop("linkId"),
    "a year that is no year": lambda w: one(w, "Patient").update(birthDate="195"),
    "a null": lambda w: one(w, "Patient").update(gender=None),
    "a control character": lambda w: one(w, "DiagnosticReport").update(conclusion="a\x07b"),
    "a PDF that is not base64": lambda w: one(w, "DiagnosticReport")["presentedForm"][0].update(
        data="%PDF"
    ),
}


@pytest.mark.parametrize("defect", DEFECTS)
def test_the_checks_see_a_planted_defect(defect):
    # The numbers of a long diary over the rows of a short one, for a quick look.
    few, numbers = document_checked(DEMO["nina"]), assessed(DEMO["vera"])
    whole = json.loads(bundle(shared(), numbers, few, conclusion=SENTENCE, pdf=PDF))
    assert faults(whole) == []
    DEFECTS[defect](whole)

    assert faults(whole)


# No more than was shared


@pytest.mark.parametrize("name", DEMO)
@pytest.mark.parametrize("scope", SCOPES)
def test_notes_are_told_only_where_they_are_shared(name, scope):
    data = exported(with_notes(DEMO[name], f"a {CANARY} b"), scope).decode()
    shown = [plural for plural, kind in LISTS.items() if kind not in OWN_KINDS]
    rows = sum(len(DEMO[name].get(plural, ())) for plural in shown)

    assert data.count(CANARY) == (rows if scope == "notes" else 0)


@pytest.mark.parametrize("name", DEMO)
def test_a_summary_holds_no_entry_even_where_the_rows_are_handed_in(name):
    clean, numbers = document_checked(with_notes(DEMO[name], CANARY)), assessed(DEMO[name])
    handed = bundle(shared("summary"), numbers, clean, conclusion=SENTENCE, pdf=PDF)
    kept = bundle(shared("summary"), numbers, None, conclusion=SENTENCE, pdf=PDF)
    whole = json.loads(handed)

    assert handed == kept
    assert len(whole["entry"]) <= 9
    assert not [each for each in resources(whole, "Observation") if "coding" in each["code"]]
    assert CANARY not in handed.decode()


@some
@given(whole=SEEDED)
def test_a_summary_of_any_diary_holds_no_entry(whole):
    names = [each["code"]["text"] for each in resources(made(whole, "summary"), "Observation")]

    assert len(names) == len(set(names)) <= 3


def test_the_patient_is_known_by_the_share_alone():
    data = exported(DEMO["vera"]).decode()
    patient = one(json.loads(data), "Patient")

    assert patient["identifier"] == [
        {"system": "urn:ietf:rfc:3986", "value": f"urn:uuid:{SHARE}"}
    ]  # fmt: skip
    assert set(patient) == {"resourceType", "id", "meta", "identifier", "name", "birthDate"}
    assert "@" not in data
    assert DEMO["vera"]["walks"][0]["id"] not in data


def test_a_patient_without_a_name_has_none():
    assert "name" not in one(made(EMPTY, patient=" "), "Patient")


def test_a_patient_is_born_in_the_year_they_wrote_and_in_none_where_they_wrote_none():
    assert one(made(EMPTY), "Patient")["birthDate"] == "1959"
    assert "birthDate" not in one(made(EMPTY, born=None), "Patient")


def test_two_shares_of_one_diary_cannot_be_joined():
    first, second = (
        {entry["fullUrl"] for entry in made(DEMO["nina"], uid=str(uuid.UUID(int=n)))["entry"]}
        for n in (1, 2)
    )

    assert not first & second


# All that was shared


@pytest.mark.parametrize("name", DEMO)
def test_every_row_is_there(name):
    whole, clean = made(DEMO[name]), document_checked(DEMO[name])
    episodes = [each for row in clean["walks"] for each in row["pain"] or ()]

    assert len(coded(whole, "73985-4")) == len(clean["walks"])
    assert len(worded(whole, "Leg pain on a walk")) == len(episodes)
    scores = [row for row in clean["check_ins"] if row["pain_at_rest"] is not None]
    assert len(worded(whole, "Leg pain at rest")) == len(scores)
    assert len(worded(whole, "Change that may")) == len(clean["changes"])
    measured = [each for each in resources(whole, "Observation") if "-brachial" in str(each)]
    abi = [row for row in clean["measurements"] if "brachial" in row["kind"]]
    assert len(measured) == len(abi)


# Of every field something that a row without it does not say.
SAID = {
    "walk": {
        "time_zone": "Asia/Tokyo", "activity": "hike", "distance_m": 0, "distance_source": "gps",
        "duration_s": 0, "ascent_m": 0, "terrain": "flat", "pace": "slow", "footwear": "boots",
        "stretched_before": False, "stretched_after": False, "walking_aid": "none",
        "pain_on_standing": False, "notes": "so", "pain": [], "clock_suspect": True,
    },
    "pain": {
        "onset_distance_m": 0, "onset_s": 0, "onset": "sudden", "site": "shin", "side": "left",
        "spread_to": [], "intensity": 0, "qualities": [], "response": "slowed",
        "stopped_distance_m": 0, "course_while_walking": "same", "rest_posture": "lying",
        "relief": "none", "relief_s": 0, "rest_s": 0, "resumed": False,
    },
    "check_in": {
        "pain_at_rest": 0, "night_pain": False, "morning_stiffness_s": 0, "side": "both",
        "signs": [], "notes": "so", "sites": [], "signs_began": "2026-03-01",
    },
    "change": {"until": "2026-03-09", "notes": "so"},
    "measurement": {"notes": "so"},
}  # fmt: skip
NAMED = {"id", "started_at", "date", "kind", "value"}


def _row_of(shape, **said):
    """A diary of one row."""
    if shape == "walk":
        return diary([walk(pain=None, time_zone=None) | said])
    if shape == "pain":
        return diary([walk(pain=[said])])
    if shape == "check_in":
        return diary(check_ins=[check_in(**said)])
    if shape == "change":
        return diary(changes=[{"date": "2026-03-03", "kind": "other"} | said])
    return diary(measurements=[{"date": "2026-03-03", "kind": "weight_kg", "value": 70} | said])


@pytest.mark.parametrize("shape", SAID)
def test_every_field_of_a_row_reaches_the_file(shape):
    without = _told(_row_of(shape))

    assert set(SAID[shape]) == set(FIELDS[shape]) - NAMED - set(OWN_FIELDS.get(shape, ()))
    for field, value in SAID[shape].items():
        assert _told(_row_of(shape, **{field: value})) != without, field


def _told(whole):
    """What the file says of the rows: without their names, and without the numbers above them."""
    found = resources(made(whole), "Observation") + resources(made(whole), "QuestionnaireResponse")
    plain = [re.sub(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "", str(each)) for each in found]
    return [each for each in plain if "median" not in each and "Walks recorded" not in each]


def test_a_walk_groups_its_distance_its_duration_and_its_pains():
    pain = {"onset_distance_m": 300, "onset_s": 240, "site": "calf", "side": "left", "intensity": 6}
    whole = made(
        diary([walk(pain=[pain, {}], duration_s=900, activity="walk", distance_source="pedometer")])
    )
    outing = coded(whole, "73985-4")[0]
    by_url = {entry["fullUrl"]: entry["resource"] for entry in whole["entry"]}
    distance, duration, first, second = (by_url[ref["reference"]] for ref in outing["hasMember"])

    assert outing["valueCodeableConcept"]["coding"][0]["code"] == "LA11834-1"
    assert outing["effectivePeriod"] == {
        "start": "2026-03-02T12:00:00Z", "end": "2026-03-02T12:15:00Z",
    }  # fmt: skip
    assert parts(outing)["Leg pain on this walk"] is True
    assert distance["valueQuantity"] == {"value": 600, "unit": "m", "system": UCUM, "code": "m"}
    assert [each["code"] for each in distance["code"]["coding"]] == ["55430-3", "165263003"]
    assert duration["valueQuantity"]["value"] == 900
    assert first["valueQuantity"]["value"] == 6
    assert first["effectiveDateTime"] == "2026-03-02T12:04:00Z"
    assert first["bodySite"]["text"] == "Calf, left"
    assert first["bodySite"]["coding"][0]["code"] == "53840002"
    assert parts(first)["Side"]["coding"][0]["code"] == "7771000"
    assert parts(first)["Distance walked when the pain came"] == (300, "m")
    assert "valueQuantity" not in second
    assert second["dataAbsentReason"]["coding"][0]["code"] == "unknown"
    reported = [ref["reference"] for ref in one(whole, "DiagnosticReport")["result"]]
    assert f"urn:uuid:{outing['id']}" in reported
    assert not {ref["reference"] for ref in outing["hasMember"]} & set(reported)


# What SNOMED CT calls each; None where it has nothing that says just that.
SITES = {
    "lower_back": None, "buttock": "46862004", "hip": "29836001", "front_of_thigh": None,
    "outer_thigh": None, "back_of_thigh": None, "knee": "72696002", "back_of_knee": "32361000",
    "calf": "53840002", "shin": None, "ankle": "344001", "achilles": "61352006",
    "heel": "76853006", "foot": "56459004",
}  # fmt: skip
SIDES = {"left": "7771000", "right": "24028007", "both": "51440002"}


@pytest.mark.parametrize("side", SIDES)
def test_every_part_of_the_body_and_every_side_has_its_own_code(side):
    pains = [{"site": site, "side": side} for site in SITES]
    days = [check_in(0, pain_at_rest=3, side=side, sites=["knee"])]
    whole = made(diary([walk(pain=pains)], check_ins=days))
    told = worded(whole, "Leg pain on a walk")
    codes = [[each["code"] for each in pain["bodySite"].get("coding", ())] for pain in told]

    assert set(SITES) == set(answers.SITES)
    assert set(SIDES) == set(answers.SIDES)
    assert codes == [[code] if code else [] for code in SITES.values()]
    (at_rest,) = worded(whole, "Leg pain at rest")
    assert at_rest["bodySite"]["coding"][0]["code"] == SITES["knee"]
    for pain in [*told, at_rest]:
        assert parts(pain)["Side"]["coding"][0]["code"] == SIDES[side]
        assert pain["bodySite"]["text"].endswith(f", {side} sides" if side == "both" else side)


def test_only_a_pedometers_distance_has_the_code_of_one():
    whole = made(
        diary([walk(distance_source=source) for source in (None, *answers.DISTANCE_SOURCES)])
    )

    assert len(coded(whole, "165263003")) == 6
    assert len(coded(whole, "55430-3")) == 1


def test_missing_none_and_zero_are_three_things():
    rows = [
        walk(0, pain=None),
        walk(1, pain=[]),
        walk(2, pain=[{"intensity": 0, "relief_s": 0, "qualities": []}]),
        walk(3, pain=[{}]),
    ]
    whole = made(diary(rows, check_ins=[check_in(0), check_in(1, pain_at_rest=0, signs=[])]))
    missing, none, zero, unsaid = coded(whole, "73985-4")
    felt = worded(whole, "Leg pain on a walk")

    assert "Leg pain on this walk" not in parts(missing)
    assert parts(none)["Leg pain on this walk"] is False
    assert parts(zero)["Leg pain on this walk"] is parts(unsaid)["Leg pain on this walk"] is True
    assert felt[0]["valueQuantity"]["value"] == 0
    assert parts(felt[0])["Time from the start of the rest to the relief"] == (0, "s")
    assert parts(felt[0])["Quality of the pain"] == {"text": "None"}
    assert parts(felt[1]) == {}
    (rest,) = worded(whole, "Leg pain at rest")
    assert (rest["valueQuantity"]["value"], rest["effectiveDateTime"]) == (0, "2026-03-03")
    (answered,) = resources(whole, "QuestionnaireResponse")
    assert [each["linkId"] for each in items(answered)] == ["about", "signs"]
    assert items(answered)[1]["answer"] == [{"valueString": "None"}]


def test_a_walk_by_a_clock_in_doubt_is_not_final():
    whole = made(diary([walk(clock_suspect=True, pain=[{}]), walk(1, clock_suspect=False)]))
    statuses = Counter(each["status"] for each in resources(whole, "Observation"))

    assert [each["status"] for each in coded(whole, "73985-4")] == ["preliminary", "final"]
    assert statuses["preliminary"] == 3


def test_measurements_keep_their_side_and_unit():
    values = dict.fromkeys(answers.MEASUREMENT_RANGES, 40) | {
        "ankle_brachial_index_left": 0.62, "ankle_brachial_index_right": 0,
    }  # fmt: skip
    rows = [
        {"date": on(n).isoformat(), "kind": kind, "value": value}
        for n, (kind, value) in enumerate(values.items())
    ]
    whole = made(diary(measurements=rows))
    left, right = coded(whole, "77194-9")

    assert faults(whole) == []
    assert (left["valueQuantity"]["value"], left["valueQuantity"]["code"]) == (0.62, "1")
    assert right["valueQuantity"]["value"] == 0
    assert [parts(leg)["Side"]["coding"][0]["code"] for leg in (left, right)] == [
        SIDES["left"], SIDES["right"],
    ]  # fmt: skip
    calves = worded(whole, "Calf circumference")
    assert [parts(calf)["Side"]["text"] for calf in calves] == ["Left", "Right"]
    assert [calf["code"]["text"][20:] for calf in calves] == ["left", "right"]
    assert {each["valueQuantity"]["code"] for each in calves} == {"cm"}
    assert coded(whole, "64098-7")[0]["valueQuantity"]["code"] == "m"
    (weight,) = coded(whole, "29463-7")
    assert weight["meta"]["profile"] == ["http://hl7.org/fhir/StructureDefinition/bodyweight"]
    assert len(resources(whole, "Observation")) == len(rows)


def test_the_median_comes_with_its_interval_and_its_n():
    onset = assessed(DEMO["vera"])["onset"]
    (told,) = worded(made(DEMO["vera"], "summary"), "Pain-free walking distance")
    said = parts(told)
    interval = said["95 % interval of the median"]

    assert told["valueQuantity"]["value"] == onset["median_m"]
    assert interval["low"]["value"] == onset["low_m"] < onset["median_m"]
    assert interval["high"]["value"] == onset["high_m"] > onset["median_m"]
    assert said["Walks whose first pain was recorded (n)"] == onset["onsets"] > 0
    assert said["Pain-free walks counted as at least their length (n)"] == onset["censored"] > 0


def test_a_median_that_there_is_not_is_absent_with_its_reason_and_its_n():
    (told,) = worded(made(diary([walk(n) for n in range(6)])), "Pain-free walking distance")

    assert "valueQuantity" not in told
    assert told["dataAbsentReason"] == {
        "text": "Not reached: no walk hurt, or none was long enough"
    }
    assert parts(told)["Pain-free walks counted as at least their length (n)"] == 6


@pytest.mark.parametrize("name", DEMO)
def test_the_edinburgh_result_is_the_assessments_or_absent(name):
    read = assessed(DEMO[name])["pattern"]["edinburgh"]
    found = [
        {each["linkId"]: each["answer"][0] for each in items(answered) if "answer" in each}
        for answered in resources(made(DEMO[name], "summary"), "QuestionnaireResponse")
    ]

    if read["result"] == "insufficient_data":
        assert found == []
    else:
        grade = {"grade": {"valueInteger": read["grade"]}} if read["grade"] else {}
        assert found == [{"result": {"valueString": read["result"].capitalize()}} | grade]


def test_an_empty_diary_says_nothing_and_keeps_the_report():
    whole = made(EMPTY)
    report = one(whole, "DiagnosticReport")

    assert [each["resource"]["resourceType"] for each in whole["entry"]] == [
        "Patient", "Practitioner", "PractitionerRole", "Consent", "DiagnosticReport",
    ]  # fmt: skip
    assert "result" not in report
    assert base64.b64decode(report["presentedForm"][0]["data"]) == PDF
    assert report["conclusion"] == SENTENCE
    assert "effectivePeriod" not in report


def test_without_a_pdf_or_a_sentence_both_are_left_out():
    report = one(made(EMPTY, pdf=b"", conclusion=""), "DiagnosticReport")

    assert not report.keys() & {"presentedForm", "conclusion"}


def test_the_consent_says_who_may_read_what_from_when_until_when():
    whole = made(EMPTY, "entries")
    consent = one(whole, "Consent")
    (actor,) = consent["provision"]["actor"]

    assert consent["status"] == "active"
    assert consent["dateTime"] == "2026-04-01T09:30:00Z"
    assert consent["provision"]["period"] == {
        "start": "2026-04-01T09:30:00Z", "end": "2026-07-01T00:00:00Z",
    }  # fmt: skip
    assert consent["provision"]["dataPeriod"] == {"start": "2026-01-01"}
    assert "without notes" in consent["provision"]["code"][0]["text"]
    role, person = one(whole, "PractitionerRole"), one(whole, "Practitioner")
    assert actor["reference"]["reference"] == f"urn:uuid:{role['id']}"
    assert role["practitioner"]["reference"] == f"urn:uuid:{person['id']}"
    assert (person["name"][0]["text"], role["code"][0]["text"]) == ("Ingrid Holm", "Vascular nurse")
    assert "dataPeriod" not in one(made(EMPTY, since=None), "Consent")["provision"]


@pytest.mark.parametrize("name", DEMO)
def test_everything_told_of_the_diary_is_marked_self_reported(name):
    whole = made(DEMO[name])
    patient = {"reference": f"urn:uuid:{one(whole, 'Patient')['id']}"}

    for kind in ("Observation", "QuestionnaireResponse", "DiagnosticReport"):
        for each in resources(whole, kind):
            assert [label["code"] for label in each["meta"]["security"]] == ["PATRPT"]
            assert each["subject"] == patient
    for each in resources(whole, "Observation"):
        assert each["performer"] == [patient]
        assert each["method"]["text"] == "Self-reported in a diary"
        assert len(each["category"]) == 1
    assert all(each["source"] == patient for each in resources(whole, "QuestionnaireResponse"))
    # R4: 'final' and 'preliminary' reports are verified by somebody, a 'partial' one need not be.
    assert one(whole, "DiagnosticReport")["status"] == "partial"


def test_a_clinicians_measurement_is_not_called_the_patients():
    ids = [str(uuid.UUID(int=n)) for n in (1, 2)]
    rows = [
        {"id": row_id, "date": "2026-03-03", "kind": "weight_kg", "value": 70} for row_id in ids
    ]
    whole = made(diary(measurements=rows), by_clinician=ids[1:])
    own, theirs = coded(whole, "29463-7")

    assert faults(whole) == []
    assert own["meta"]["security"][0]["code"] == "PATRPT"
    assert theirs["meta"]["security"][0]["code"] == "CLINRPT"
    assert theirs["method"]["text"] == "Entered in the patient's diary by a clinician"
    assert "performer" not in theirs


# The same every time


@some
@given(whole=SEEDED, seed=st.integers(0, 99))
def test_the_same_diary_gives_the_same_bytes_in_whatever_order_its_rows_come(whole, seed):
    shuffled = copy.deepcopy(whole)
    for name in ("walks", "check_ins", "changes", "measurements"):
        Random(seed).shuffle(shuffled.get(name, []))

    assert exported(whole) == exported(shuffled)


def test_a_rows_address_stays_when_the_file_is_made_again_later():
    early, late = (made(DEMO["nina"], made_at=datetime(2026, 5, day, tzinfo=UTC)) for day in (1, 9))

    assert early["id"] != late["id"]
    assert [each["fullUrl"] for each in early["entry"]] == [
        each["fullUrl"] for each in late["entry"]
    ]


def test_text_keeps_what_can_be_read():
    assert text(" café\r\n3 × <b> \u2028 x\x00\x07\ud83d ") == "café\r\n3 × <b> \u2028 x"
