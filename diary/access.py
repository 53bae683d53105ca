"""Whose rows may this person see? The only door to a diary that is not one's own.

Whoever reads another's diary comes through `reading`: it asks the one predicate, and writes down
who looked before it hands anything out. What it hands out can tell no more than was shared.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import models, transaction

from diary import rules
from diary.answers import SCOPES
from diary.models import (
    NEW,
    AccessRecord,
    ClinicNote,
    Conflict,
    Diary,
    NotPossible,
    Outcome,
    Person,
    Review,
    Share,
    StartAgain,
    State,
)
from diary.models.sharing import Invitation, code_parts, hashed, invited, share_end

__all__ = [
    "NEW",
    "Conflict",
    "Diary",
    "Invitation",
    "NotPossible",
    "NotShared",
    "Outcome",
    "Share",
    "Shared",
    "StartAgain",
    "State",
    "invited",
    "share_end",
]


class NotShared(Exception):
    """There is no such diary, or it is not shared with this person: the answer is the same."""


def own_diary(person: Person) -> Diary:
    """The diary of the person who is signed in, made at its first use."""
    try:
        return person.diary
    except Diary.DoesNotExist:
        return Diary.objects.get_or_create(owner=person)[0]


@dataclass(frozen=True)
class Shared:
    """A diary as far as it is shared, for the one request that asked."""

    share: Share

    @property
    def diary(self) -> Diary:
        return self.share.diary

    def allows(self, scope: str) -> bool:
        return SCOPES.index(self.share.what) >= SCOPES.index(scope)

    def document(self) -> rules.Row:
        """The rows that are shared, as a diary document; without notes where they are not."""
        if not self.allows("entries"):
            raise NotShared
        return self.diary.document(self.share.since, notes=self.allows("notes"))

    def rows(self, shape: str) -> Any:
        """The kept rows of one shape that are shared, newest first; notes may not be shown."""
        if not self.allows("entries"):
            raise NotShared
        return self.diary.rows(shape).kept().of_days(self.share.since, None).newest_first()

    def enter_measurement(self, row: rules.Row, now: datetime) -> Any:
        """Keep a measurement in the diary, marked with who entered it; raises rules.Refused."""
        if not self.allows("entries"):
            raise NotShared
        with transaction.atomic():
            stored, outcome = self.diary.put("measurement", row, now, NEW)
            if outcome is Outcome.CREATED:
                stored.entered_through = self.share
                stored.save(update_fields=["entered_through"])
        return stored

    def notes(self) -> models.QuerySet[ClinicNote]:
        """The reader's own notes on this diary, newest first."""
        own = self.diary.clinic_notes.filter(author_id=self.share.grantee_id)
        return own.order_by("-made_at", "-pk")

    def add_note(self, note: rules.Row, now: datetime) -> ClinicNote:
        """Keep a checked note of the reader's own."""
        return ClinicNote.objects.create(
            share=self.share,
            diary=self.diary,
            author_id=self.share.grantee_id,
            name=self.share.name,
            role=self.share.role,
            text=note["text"],
            shown=bool(note["shown"]),
            made_at=now,
        )


def open_shares(person: Person, now: datetime) -> models.QuerySet[Share]:
    """The shares that let this person see something now; to read one, ask `reading`."""
    return Share.objects.open_to(person, now)


def reading(person: Person, uid: Any, what: str, now: datetime) -> Shared:
    """A diary that is shared with this person, for one kind of reading of `answers.READINGS`.

    The record of it is written before anything is handed out. Raises NotShared; where something was
    shared with this person once, that attempt is recorded too.
    """
    with transaction.atomic():
        held = Share.objects.select_for_update(of=("self",)).filter(grantee=person, uid=uid)
        share = held.select_related("diary__owner").first()
        if share is None or share.agreed_at is None:
            raise NotShared
        there = Share.objects.open_to(person, now).filter(pk=share.pk).exists()
        allowed = there and share.allows(what, now)
        AccessRecord.of(share, what, now, refused=not allowed).save()
    if not allowed:
        raise NotShared
    return Shared(share)


def still_shared(shared: Shared, what: str, now: datetime) -> None:
    """Ask again before something that took long goes out; raises NotShared."""
    share = shared.share
    now_open = Share.objects.open_to(share.grantee, now).filter(pk=share.pk).first()
    if now_open is None or not now_open.allows(what, now):
        raise NotShared


def note_list(shares: Iterable[Share], now: datetime) -> None:
    """Write down that these were shown in a list, before the list goes out."""
    AccessRecord.objects.bulk_create([AccessRecord.of(each, "work_list", now) for each in shares])


def invitation(token: str) -> Share | None:
    """The share that an e-mailed token opens; None for any other token."""
    return Share.objects.filter(secret_hash=hashed(token)).exclude(email="").first()


def share_of_code(code: str) -> tuple[Share, str] | None:
    """The share that a code read out loud names, and the code's secret part, not yet compared."""
    parts = code_parts(code)
    share = Share.objects.filter(handle=parts[0]).first() if parts else None
    return (share, parts[1]) if share and parts else None


def own_share(person: Person, uid: Any) -> Share | None:
    """A share of the person's own diary; None for anybody else's."""
    return Share.objects.filter(diary__owner=person, uid=uid).select_related("diary__owner").first()


def held_share(person: Person, uid: Any, now: datetime) -> Share | None:
    """A share that the person holds and can give up; None for any other."""
    held = Share.objects.filter(grantee=person, uid=uid, ends_at__gt=now)
    return held.filter(state__in=(State.ACCEPTED, State.ACTIVE)).first()


def own_review(shared: Shared) -> Review | None:
    """The last review that the reader ticked off and has not undone."""
    return shared.share.reviews.filter(undone_at=None).order_by("-at", "-pk").first()


def demo_person(email: str) -> Person | None:
    """A demo person by e-mail; None for anybody else."""
    return Person.objects.filter(is_demo=True, email=email).first()


def demo_people_are_here() -> bool:
    """Whether a visitor can sign in as a demo person."""
    return Person.objects.filter(is_demo=True).exists()
