"""Who has looked at a diary, what did they note, and what did they tick off?

What was looked at is written once and never changed: the models refuse, and so does the database.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, NoReturn, Self

from django.db import models

from diary import rules
from diary.models.person import Person


class Unchangeable(TypeError):
    """A row that may only be added."""


class AppendOnlyQuerySet(models.QuerySet[Any]):
    """Rows that are added, and go only with their diary."""

    def update(self, **_values: Any) -> NoReturn:
        raise Unchangeable

    def delete(self) -> NoReturn:
        raise Unchangeable

    def bulk_update(self, *_rows: Any, **_options: Any) -> NoReturn:
        raise Unchangeable


class AppendOnly(models.Model):
    """A row that is written once."""

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **options: Any) -> None:
        if not self._state.adding:
            raise Unchangeable
        super().save(*args, **{**options, "force_insert": True})

    def delete(self, *_args: Any, **_options: Any) -> NoReturn:
        raise Unchangeable


class AccessQuerySet(AppendOnlyQuerySet):
    """Records of one diary."""

    def refused_just_now(self, share: Any, reading: str, now: datetime) -> bool:
        """Whether a refused try of this kind is written down in this minute already.

        Whoever tries on after a stop can so add no more than one record a minute and kind.
        """
        there = self.filter(diary_id=share.diary_id, share=share, reading=reading, refused=True)
        return there.filter(at__gte=now.replace(second=0, microsecond=0)).exists()

    def newest_first(self) -> Self:
        """With their shares, which tell why a try was refused."""
        return self.order_by("-at", "-pk").select_related("share")


class AccessRecord(AppendOnly):
    """Somebody else looked at a diary, or tried to; names are those of that moment."""

    diary = models.ForeignKey("diary.Diary", models.CASCADE, related_name="access_records")
    share = models.ForeignKey("diary.Share", models.CASCADE, related_name="access_records")
    person = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    name = models.CharField(max_length=rules.LONGEST_NAME, blank=True)
    role = models.CharField(max_length=rules.LONGEST_NAME, blank=True)
    reading = models.CharField(max_length=20)
    refused = models.BooleanField(default=False)
    at = models.DateTimeField()

    objects = AccessQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["diary", "-at"], name="access_newest_first")]

    def __str__(self) -> str:
        return f"{self.reading} of diary {self.diary_id} at {self.at:%Y-%m-%d %H:%M}"

    @classmethod
    def of(cls, share: Any, reading: str, now: datetime, refused: bool = False) -> AccessRecord:
        """A record that is not written yet."""
        return cls(
            diary_id=share.diary_id,
            share=share,
            person_id=share.grantee_id,
            name=share.name,
            role=share.role,
            reading=reading,
            refused=refused,
            at=now,
        )


class ClinicNote(models.Model):
    """What a clinician notes for themselves of a diary; its owner is told that there is one."""

    share = models.ForeignKey("diary.Share", models.CASCADE, related_name="notes")
    diary = models.ForeignKey("diary.Diary", models.CASCADE, related_name="clinic_notes")
    author = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="clinic_notes")
    name = models.CharField(max_length=rules.LONGEST_NAME, blank=True)
    role = models.CharField(max_length=rules.LONGEST_NAME, blank=True)
    text = models.TextField()
    shown = models.BooleanField(default=False)  # to the diary's owner
    made_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["diary", "-made_at"], name="clinic_note_newest_first")]

    def __str__(self) -> str:
        return f"note on diary {self.diary_id}"


class Review(models.Model):
    """A clinician has looked at what the work list showed of a diary, and ticked it off."""

    share = models.ForeignKey("diary.Share", models.CASCADE, related_name="reviews")
    at = models.DateTimeField()
    note = models.TextField(blank=True)
    reason = models.CharField(max_length=64)
    seen_before = models.JSONField(null=True)  # what undoing goes back to
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["share", "-at"], name="review_newest_first")]

    def __str__(self) -> str:
        return f"review of share {self.share_id}"
