"""What does somebody get to see of a diary that is shared with them?

`access.reading` hands these out, once it has written down who looked; nothing else makes them.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import models, transaction

from diary import rules
from diary.answers import SCOPES
from diary.models import NEW, ClinicNote, Diary, Outcome, Person, Review, Share


class NotShared(Exception):
    """There is no such diary, or it is not shared with this person: the answer is the same."""


@dataclass(frozen=True)
class SharedRows:
    """Rows to be read, part by part as a page asks for them; their notes only where shared.

    What is their owner's alone is None in each.
    """

    found: models.QuerySet[Any]
    with_notes: bool

    def __len__(self) -> int:
        return self.found.count()

    def __getitem__(self, part: slice) -> list[Any]:
        rows = list(self.found[part])
        for row in rows:
            for name in rules.OWN_FIELDS.get(row.shape, ()):
                setattr(row, name, None)
            if not self.with_notes:
                row.notes = ""
        return rows


@dataclass(frozen=True)
class Shared:
    """A diary as far as it is shared, for the one request that asked."""

    share: Share

    @property
    def diary(self) -> Diary:
        return self.share.diary

    def told(self, assessment: dict[str, Any]) -> dict[str, Any]:
        """An assessment as plain values; rows have names in it only where rows are shared."""
        whole = {name: value for name, value in assessment.items() if name != "source"}
        return whole if self.allows("entries") else _unnamed(whole)

    def allows(self, scope: str) -> bool:
        return SCOPES.index(self.share.what) >= SCOPES.index(scope)

    def document(self) -> rules.Row:
        """The rows that are shared, as a diary document; without notes where they are not."""
        if not self.allows("entries"):
            raise NotShared
        return self.diary.document_shared(self.share.since, notes=self.allows("notes"))

    def rows(self, shape: str, until: date | None = None) -> SharedRows:
        """The kept rows of one shape that are shared, newest first, up to a day where one is named.

        Without notes where they are not shared, and without what is the owner's alone.
        """
        if not self.allows("entries") or shape in rules.OWN_KINDS:
            raise NotShared
        there = self.diary.rows(shape).kept().of_days(self.share.since, until)
        there = there.defer(*rules.OWN_FIELDS.get(shape, ()))
        return SharedRows(there.newest_first().whole(), self.allows("notes"))

    def enter_measurement(self, row: rules.Row, now: datetime) -> Any:
        """Keep a measurement in the diary, marked with who entered it; raises rules.Refused."""
        if not self.allows("entries"):
            raise NotShared
        with self._held("measurement", now):
            stored, outcome = self.diary.put("measurement", row, now, NEW)
            if outcome is Outcome.CREATED:
                stored.entered_through = self.share
                stored.save(update_fields=["entered_through"])
        return stored

    def entered_by_clinicians(self) -> dict[str, Share | None]:
        """The measurements that somebody else than the diary's owner entered, by their ids.

        Each with the share of whoever did, which names them, where rows are shared; None elsewhere.
        """
        there = self.diary.rows("measurement").kept().of_days(self.share.since, None)
        named = self.allows("entries")
        return {
            str(row.uid): row.entered_through if named else None
            for row in there.exclude(entered_through=None).whole()
        }

    def notes(self) -> models.QuerySet[ClinicNote]:
        """The reader's own notes on this diary, newest first."""
        own = self.diary.clinic_notes.filter(author_id=self.share.grantee_id)
        return own.order_by("-made_at", "-pk")

    def add_note(self, note: rules.Row, now: datetime) -> ClinicNote:
        """Keep a checked note of the reader's own; raises NotShared."""
        with self._held("note", now):
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

    def reviews(self) -> models.QuerySet[Review]:
        """What the reader ticked off and did not take back, newest first."""
        return self.share.reviews.filter(undone_at=None).order_by("-at", "-pk")

    def review(self, note: str, reason: str, now: datetime) -> None:
        """Tick off what the work list says of the diary; a repeat only adds its note.

        `reason` is the mark of what was shown. Raises NotPossible where there is a new one.
        """
        with self._held("review", now):
            self.share.review(note, reason, now)

    def undo_review(self, now: datetime) -> bool:
        """Take the last tick back; False where there is none."""
        with self._held("review", now):
            return self.share.undo_review(now)

    @contextmanager
    def _held(self, what: str, now: datetime) -> Iterator[None]:
        """Nothing is written once the share is stopped: the stop waits, or this does not begin."""
        with transaction.atomic():
            self.diary.newest_revision()  # the lock that every step of a share takes first
            still_shared(self, what, now)
            yield

    def show_note(self, pk: int, shown: bool) -> bool:
        """Show a note of the reader's own to the diary's owner, or no more; False for any other."""
        return bool(self.notes().filter(pk=pk).update(shown=shown))


def _unnamed(told: Any) -> Any:
    """Plain values without the ids and days of single entries."""
    if isinstance(told, list):
        return [_unnamed(each) for each in told]
    if not isinstance(told, dict):
        return told
    return {
        name: _unnamed(value) for name, value in told.items() if name not in ("entries", "change")
    }


def still_shared(shared: Shared, what: str, now: datetime) -> None:
    """Ask again before something that took long goes out; raises NotShared.

    So it does where the terms are other ones by now: what was read may tell more than they allow.
    """
    share = shared.share
    person = Person.objects.filter(pk=share.grantee_id).first()
    now_open = person and Share.objects.open_to(person, now).filter(pk=share.pk).first()
    if not now_open or not now_open.allows(what, now):
        raise NotShared
    if (now_open.what, now_open.since) != (share.what, share.since):
        raise NotShared
