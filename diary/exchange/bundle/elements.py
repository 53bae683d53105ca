"""How are a FHIR resource's elements written, and how is a row's resource named?

Data types and formats are those of FHIR R4 (4.0.1): what is not known is left out, an element is
never empty.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from diary.clock import local_time
from diary.exchange.bundle.codes import (
    CATEGORIES,
    PATIENT_REPORTED,
    SELF_REPORTED,
    UCUM,
    UNITS,
    Concept,
    concept,
    words,
)

Resource = dict[str, Any]

# R4: no control characters but tab and line ends. Halves of characters cannot be written as UTF-8.
UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
FURTHEST_OFFSET = timedelta(hours=14)


def said(**elements: Any) -> Resource:
    """The elements that say something; 0 and False do."""
    return {
        name: value
        for name, value in elements.items()
        if value is not None and not (isinstance(value, str | list | dict) and not value)
    }


def text(value: str) -> str:
    """Free text as R4 allows it; empty where nothing can be read in it."""
    return UNWRITABLE.sub("", value).strip()


def instant(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


def date_time(moment: datetime, zone: str | None = None) -> str:
    """A moment by the walker's own clock, in UTC where R4 cannot write that clock's offset."""
    local = local_time(moment, zone)
    offset = local.utcoffset() or timedelta()
    if offset % timedelta(minutes=1) or abs(offset) > FURTHEST_OFFSET:
        return instant(moment)
    return instant(moment) if not offset else local.isoformat()


def url(uid: str) -> str:
    """The address of a resource within the file."""
    return f"urn:uuid:{uid}"


def quantity(value: float, unit: str) -> Resource:
    shown, code = UNITS[unit]
    number = int(value) if float(value).is_integer() else value
    return {"value": number, "unit": shown, "system": UCUM, "code": code}


def component(name: str | Concept, value: Any, unit: str | None = None) -> Resource:
    """One part of an Observation: a number with its unit, yes or no, or a word of the diary."""
    code = concept(name) if isinstance(name, str) else name
    if isinstance(value, bool):
        return {"code": code, "valueBoolean": value}
    if unit is not None:
        return {"code": code, "valueQuantity": quantity(value, unit)}
    if isinstance(value, int):
        return {"code": code, "valueInteger": value}
    if isinstance(value, Mapping):
        return {"code": code, "valueCodeableConcept": dict(value)}
    return {"code": code, "valueCodeableConcept": concept(words(value))}


def components(row: Mapping[str, Any], fields: Iterable[tuple[str, str, str | None]]) -> list[Any]:
    """The components of a row's recorded fields: (field, what it is, unit).

    A list gives one component for each of its words, and 'None' where it was asked and none.
    """
    found = []
    for field, name, unit in fields:
        value = row[field]
        if isinstance(value, list):
            found += [component(name, each) for each in value or ["none"]]
        elif value is not None:
            found.append(component(name, value, unit))
    return found


def item(link: str, question: str, **answers: Any) -> Resource:
    """One question of a QuestionnaireResponse, with its answers by the type that they have."""
    given = [
        {name: each}
        for name, values in answers.items()
        for each in (values if isinstance(values, list) else [values])
    ]
    return said(linkId=link, text=question, answer=given)


@dataclass(frozen=True)
class Subject:
    """Whose file this is: what its resources are named after and refer to."""

    uid: str
    notes: bool = False  # whether the walker's own words may be told
    by_clinician: Collection[str] = ()  # the ids of measurements that the patient did not enter

    def named(self, name: str) -> str:
        """The id of a resource: the same for the same row of the same share."""
        return str(uuid.uuid5(uuid.UUID(self.uid), name))

    def reference(self, name: str) -> Resource:
        return {"reference": url(self.named(name))}

    def note(self, row: Mapping[str, Any]) -> str:
        """The row's note where it may be told, else nothing."""
        return text(row["notes"]) if self.notes else ""

    def resource(
        self,
        kind: str,
        name: str,
        /,
        reported: Resource | None = PATIENT_REPORTED,
        profile: str | None = None,
        **elements: Any,
    ) -> Resource:
        """A resource, marked with who reported what it says."""
        meta = said(profile=profile and [profile], security=reported and [reported])
        return said(resourceType=kind, id=self.named(name), meta=meta, **elements)

    def observation(
        self, name: str, category: str, code: Concept, note: str = "", **elements: Any
    ) -> Resource:
        """An Observation of the patient, complete and by them unless its elements say otherwise."""
        return self.resource(
            "Observation",
            name,
            **{
                "status": "final",
                "category": [CATEGORIES[category]],
                "code": code,
                "subject": self.reference("patient"),
                "performer": [self.reference("patient")],
                "method": SELF_REPORTED,
                "note": [{"text": note}] if note else None,
                **elements,
            },
        )

    def answers(self, name: str, day: date, title: str, items: list[Resource]) -> Resource:
        """A QuestionnaireResponse of and by the patient."""
        return self.resource(
            "QuestionnaireResponse",
            name,
            status="completed",
            subject=self.reference("patient"),
            authored=day.isoformat(),
            source=self.reference("patient"),
            item=[{"linkId": "about", "text": title, "item": items}],
        )
