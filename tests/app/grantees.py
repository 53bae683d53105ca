"""Everybody with whom the victim shares, did, or is about to: what each may read, and no more."""

from __future__ import annotations

import base64
import io
import json
import re
import zipfile
from collections.abc import Iterable
from contextlib import suppress
from datetime import date, timedelta
from typing import Any

import pypdf

from diary.models import AccessRecord, ClinicNote, Diary, Person, Share, ShareEvent
from diary.pictures import charts_of
from diary.reports import bring_up_to_date, report_for
from diary.wording import drawn
from tests.app.conftest import CANARY, NOW
from tests.app.sharing import clinician, shared_with

ACTIVE = ("summary", "entries", "notes")
# With a share of the victim's diary, one each; the others of the clinic have none of it.
HELD = ("invited", "unconfirmed", *ACTIVE, "expired", "stopped", "left")
OTHERS = ("colleague", "operator")
# Who once could read, and whose tries are written down.
ENDED = ("expired", "stopped", "left")
SINCE = date(2026, 4, 15)
LATER, EARLIER = NOW + timedelta(days=3650), NOW - timedelta(days=1)
STATES = {
    "invited": "invited", "unconfirmed": "accepted", "stopped": "stopped", "left": "left",
}  # fmt: skip
# What the victim wrote before the first day that is shared: nobody else's to read.
EARLY = f"{CANARY}-early"
EARLY_M = 888.75

_NAME = f"{CANARY}-name"
_NOTES = tuple(f"{CANARY}-{text}" for text in ("walk", "day", "change", "measured"))


def may_read(role: str) -> tuple[str, ...]:
    """The texts of the victim that a role may read; nothing else with a canary in it."""
    own = (named(role),)
    return {
        "unconfirmed": (_NAME, *own),
        "summary": (_NAME, *own),
        "entries": (_NAME, *own, f"{CANARY}-shoes"),
        "notes": (_NAME, *own, f"{CANARY}-shoes", *_NOTES),
    }.get(role, ())


def uid_of(role: str) -> str:
    return f"eeeeeeee-0000-4000-8000-{HELD.index(role):012}"


def note_of(role: str) -> int:
    return 7_300_000 + HELD.index(role)


def named(role: str) -> str:
    """By which name the victim knows somebody: none of the others' business."""
    return f"{CANARY}-of-{role}."


def shared_by(victim: Diary, worked_out: bool = False) -> dict[str, Person]:
    """Share a diary with everybody of `HELD`, each in their own state; returns all the people."""
    people = {role: _person(role) for role in (*HELD, *OTHERS)}
    early = {"notes": EARLY, "footwear": f"{EARLY}-shoes", "distance_m": EARLY_M}
    begun = {"started_at": "2026-04-01T09:00:00Z", "pain": [{"onset_distance_m": 99.5}]}
    victim.put("walk", {"id": "aaaaaaaa-0000-4000-8000-000000000008", **begun, **early}, NOW)
    for role in HELD:
        _share(victim, role, people[role])
    if worked_out:
        for share in victim.shares.filter(state="active"):
            bring_up_to_date(share)
        victim.shares.filter(state="active").update(behind_since=NOW)
    return people


def draw(victim: Diary) -> None:
    """Work out and draw what is shown of the victim, which is kept: no test has to do it anew."""
    for since in (None, SINCE):
        charts_of(report_for(victim, since), "m", drawn.words())


def _person(role: str) -> Person:
    more = {"is_staff": True, "is_superuser": True} if role == "operator" else {}
    return clinician(role, **more)


def _share(victim: Diary, role: str, person: Person) -> None:
    agreed = role in (*ACTIVE, *ENDED)
    taken = {} if role == "invited" else {"grantee": person, "name": named(role), "role": "nurse"}
    share = Share.objects.create(
        uid=uid_of(role), diary=victim, what=role if role in ACTIVE else "notes", since=SINCE,
        state=STATES.get(role, "active"), ends_at=EARLIER if role == "expired" else LATER,
        email=person.email if role == "invited" else f"{CANARY}-{role}@clinic.example",
        invitation_ends_at=LATER, created_at=NOW, agreed_at=NOW if agreed else None,
        ended_at=EARLIER if role in ("stopped", "left") else None, behind_since=NOW, **taken,
    )  # fmt: skip
    ShareEvent.note(share, "invited", victim.owner, NOW)
    AccessRecord.of(share, "summary", NOW).save()
    ClinicNote.objects.create(
        pk=note_of(role), share=share, diary=victim, author=share.grantee, made_at=NOW,
        text=f"thoughts of {role}" if role in ACTIVE else f"{CANARY}-note-of-{role}",
    )  # fmt: skip


def colleague_has_a_patient(diary: Diary, people: dict[str, Person]) -> Share:
    """A colleague in the same clinic has patients of their own."""
    return shared_with(diary, people["colleague"])


def readable(content: bytes, kind: str) -> str:
    """All that somebody can read in an answer: in a PDF, a zip, and a PDF within JSON too."""
    if not content:
        return ""
    if kind.startswith("application/pdf"):
        return _of_pdf(content)
    if kind.startswith("application/zip"):
        with zipfile.ZipFile(io.BytesIO(content)) as files:
            return "\n".join(f"{name} {files.read(name).decode()}" for name in files.namelist())
    text = content.decode("utf-8", "replace")
    if "json" in kind:
        with suppress(ValueError):
            text += "\n".join(_within(json.loads(text)))
    return text


def _within(told: Any) -> Iterable[str]:
    """What plain values hold in base64: a PDF, or any text."""
    if isinstance(told, dict):
        for name, value in told.items():
            if name == "data" and isinstance(value, str) and len(value) > 40:
                with suppress(ValueError):
                    data = base64.b64decode(value, validate=True)
                    is_pdf = data.startswith(b"%PDF")
                    yield _of_pdf(data) if is_pdf else data.decode("utf-8", "replace")
            yield from _within(value)
    elif isinstance(told, list):
        for each in told:
            yield from _within(each)


def _of_pdf(content: bytes) -> str:
    """The text of a PDF, and again without the gaps that lines and hyphens make."""
    reader = pypdf.PdfReader(io.BytesIO(content))
    text = "\n".join(page.extract_text() for page in reader.pages) + str(reader.metadata)
    return text + re.sub(r"[\s\u00ad]+", "", text)
