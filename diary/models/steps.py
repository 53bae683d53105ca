"""Which steps can a share take, and what is kept of each?"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from django.db import models, transaction

from diary import rules
from diary.models.person import Person
from diary.models.records import AppendOnly

if TYPE_CHECKING:
    from diary.models.sharing import Share


class State(StrEnum):
    """Where a share stands; time ends an invitation or an agreement besides."""

    INVITED = "invited"
    ACCEPTED = "accepted"  # by the invited person; the owner has not agreed to them yet
    ACTIVE = "active"
    STOPPED = "stopped"  # by the owner
    LEFT = "left"  # by the person it was shared with


# Each step: from which states, and to which.
STEPS: dict[str, tuple[tuple[State, ...], State]] = {
    "accepted": ((State.INVITED,), State.ACCEPTED),
    "agreed": ((State.ACCEPTED,), State.ACTIVE),
    "code_used": ((State.INVITED,), State.ACTIVE),
    "changed": ((State.ACTIVE,), State.ACTIVE),
    "stopped": ((State.INVITED, State.ACCEPTED, State.ACTIVE), State.STOPPED),
    "replaced": ((State.ACTIVE,), State.STOPPED),
    "renewed": ((State.INVITED,), State.STOPPED),  # by a newer invitation or code
    "left": ((State.ACCEPTED, State.ACTIVE), State.LEFT),
    # Nobody chose these: the operator took the role away, or the grantee's account is deleted.
    "role_removed": ((State.ACCEPTED, State.ACTIVE), State.STOPPED),
    "account_deleted": ((State.ACCEPTED, State.ACTIVE), State.LEFT),
}


class NotPossible(Exception):
    """A step that this share, or this person, cannot take now; `code` says why."""

    def __init__(self, code: str):
        self.code = code
        super().__init__(code)


@contextmanager
def held(share: Share) -> Iterator[int]:
    """Hold the diary, then the share as it stands by now; gives the diary's newest revision.

    In this order, as a write to the diary does: neither waits for the other for ever, and two
    shares of a diary take their steps one after the other.
    """
    with transaction.atomic():
        newest = share.diary.newest_revision()
        as_it_stands = type(share).objects.select_for_update(no_key=True)
        share.refresh_from_db(from_queryset=as_it_stands)
        yield newest


class ShareEvent(AppendOnly):
    """One step of a share, as its owner can read it years later."""

    share = models.ForeignKey("diary.Share", models.CASCADE, related_name="events")
    diary = models.ForeignKey("diary.Diary", models.CASCADE, related_name="share_events")
    at = models.DateTimeField()
    event = models.CharField(max_length=20)
    actor = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    by_owner = models.BooleanField()
    # Terms and names as they were then.
    what = models.CharField(max_length=20)
    since = models.DateField(null=True)
    ends_at = models.DateTimeField()
    email = models.EmailField(blank=True)
    name = models.CharField(max_length=rules.LONGEST_NAME, blank=True)
    role = models.CharField(max_length=rules.LONGEST_NAME, blank=True)

    class Meta:
        indexes = [models.Index(fields=["diary", "-at"], name="share_event_newest_first")]

    def __str__(self) -> str:
        return f"{self.event} of share {self.share_id}"

    @classmethod
    def note(cls, share: Share, event: str, actor: Person | None, now: datetime) -> None:
        copied = ("what", "since", "ends_at", "email", "name", "role")
        cls.objects.create(
            share=share,
            diary_id=share.diary_id,
            at=now,
            event=event,
            actor=actor,
            by_owner=actor is not None and actor.pk == share.diary.owner_id,
            **{name: getattr(share, name) for name in copied},
        )
