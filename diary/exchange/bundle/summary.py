"""What do the diary's numbers say, each with its n, as FHIR resources?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from diary.exchange.bundle.codes import concept, words
from diary.exchange.bundle.elements import Resource, Subject, component, item, quantity, said

WALKS = concept("Walks recorded")
ONSET = concept("Pain-free walking distance: walked before the first leg pain of a walk, median")
RELIEF = concept("Time from the start of a rest to the relief of leg pain, median")
COUNTS = (
    ("with_pain", "Walks with leg pain"),
    ("pain_free", "Walks without leg pain"),
    ("not_recorded", "Walks of which it was not recorded whether they hurt"),
)
# Why a diary with walks has no median: in what the analysis calls its estimate.
NOT_REACHED = concept("Not reached: no walk hurt, or none was long enough")
NOT_ENOUGH = concept("Not enough recorded")
EDINBURGH = (
    "Edinburgh Claudication Questionnaire, its rule answered from the diary's entries; the "
    "questionnaire itself was not put to the patient"
)


def summary(subject: Subject, assessment: Mapping[str, Any]) -> Iterator[Resource]:
    """The assessment's main numbers; an empty diary has none."""
    when = effective(assessment)
    if assessment["walks"]["total"]:
        yield _walks(subject, assessment["walks"], when)
        yield _onset(subject, assessment["onset"], when)
    if assessment["relief"]["episodes"]:
        yield _relief(subject, assessment["relief"], when)
    if assessment["pattern"]["edinburgh"]["result"] != "insufficient_data":
        yield _edinburgh(subject, assessment)


def effective(assessment: Mapping[str, Any]) -> Resource:
    """The days that the assessment is of; nothing for a diary without walks and check-ins."""
    first, last = assessment["data"]["first_day"], assessment["as_of"]
    return {"effectivePeriod": {"start": first, "end": last}} if first else {}


def _walks(subject: Subject, walks: Mapping[str, Any], when: Resource) -> Resource:
    return subject.observation(
        "summary/walks",
        "activity",
        WALKS,
        valueInteger=walks["total"],
        component=[component(name, walks[field]) for field, name in COUNTS],
        **when,
    )


def _onset(subject: Subject, onset: Mapping[str, Any], when: Resource) -> Resource:
    """The median with its interval, and of how many walks it is; without one, why."""
    parts = []
    if onset["median_m"] is not None:
        parts += _interval(onset)
        value: Resource = {"valueQuantity": quantity(onset["median_m"], "m")}
    else:
        reached = onset.get("estimate") == "not_reached"
        value = {"dataAbsentReason": NOT_REACHED if reached else NOT_ENOUGH}
    parts += [
        component("Walks whose first pain was recorded (n)", onset["onsets"]),
        component("Pain-free walks counted as at least their length (n)", onset["censored"]),
        component("Whether the pain keeps to a distance", onset["status"]),
        component("Change over time", onset["trend"]["direction"]),
    ]
    return subject.observation("summary/onset", "survey", ONSET, component=parts, **value, **when)


def _interval(onset: Mapping[str, Any]) -> list[Resource]:
    ends = said(
        low=None if onset["low_m"] is None else quantity(onset["low_m"], "m"),
        high=None if onset["high_m"] is None else quantity(onset["high_m"], "m"),
    )
    return [{"code": concept("95 % interval of the median"), "valueRange": ends}] if ends else []


def _relief(subject: Subject, relief: Mapping[str, Any], when: Resource) -> Resource:
    value: Resource = {"dataAbsentReason": NOT_ENOUGH}
    if relief["median_s"] is not None:
        value = {"valueQuantity": quantity(relief["median_s"], "s")}
    parts = [component("Rests timed (n)", relief["timed"])]
    if relief["share_within_10_min"] is not None:
        parts += [
            component("Share relieved within ten minutes", relief["share_within_10_min"], "ratio"),
            component("Rests of which that can be told (n)", relief["judged"]),
        ]
    return subject.observation("summary/relief", "survey", RELIEF, component=parts, **value, **when)


def _edinburgh(subject: Subject, assessment: Mapping[str, Any]) -> Resource:
    read = assessment["pattern"]["edinburgh"]
    items = [item("result", "Result of the rule", valueString=words(read["result"]))]
    if read["grade"] is not None:
        items.append(item("grade", "Grade", valueInteger=read["grade"]))
    as_of = date.fromisoformat(assessment["as_of"])
    return subject.answers("summary/edinburgh", as_of, EDINBURGH, items)
