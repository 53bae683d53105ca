"""Who else may see a diary, how much of it, and until when?

A share begins as an invitation and gives no right before the diary's owner has agreed to the
person. Every step is kept as an event. Only `ShareQuerySet.open_to` decides who may see something.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Self
from zoneinfo import ZoneInfo

from django.db import models, transaction

from diary import rules
from diary.analytics import reasons
from diary.answers import READINGS, SCOPES
from diary.clock import local_date
from diary.models.person import Person
from diary.models.records import AppendOnly, Review
from diary.models.report import StoredReport

if TYPE_CHECKING:
    from diary.models.diary import Diary

INVITATION_LASTS = timedelta(days=7)
CODE_LASTS = timedelta(minutes=10)
CODE_TRIES = 5
CODE_SCOPE = "summary"
# Letters and digits that are not mistaken for each other when they are read out.
CLEAR = "ABCDEFGHJKMNPQRSTVWXYZ23456789"
HANDLE_LENGTH, SECRET_LENGTH = 4, 6


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
    "left": ((State.ACCEPTED, State.ACTIVE), State.LEFT),
    # Nobody chose these: the operator took the role away, or the grantee's account is deleted.
    "role_removed": ((State.ACCEPTED, State.ACTIVE), State.STOPPED),
    "account_deleted": ((State.ACCEPTED, State.ACTIVE), State.LEFT),
}


# The orders of a work list; the first follows an index.
SORTS = {
    "reason": ("rank", "-last_entry_on"),
    "last": (models.F("last_entry_on").desc(nulls_last=True),),
    "name": ("diary__owner__name",),
}
# What a line of the work list is made of, and the record of it.
LISTED = (
    "uid", "diary", "grantee", "name", "role", "standing", "spark", "rank", "reason", "reviewed",
    "last_entry_on", "email", "diary__owner__name", "diary__owner__email",
    "diary__owner__time_zone",
)  # fmt: skip
# What a share shows in the work list.
SHOWN = (
    "standing",
    "spark",
    "rank",
    "reason",
    "last_entry_on",
    "reviewed",
    "seen",
    "behind_since",
    "edition",
)


@dataclass(frozen=True)
class Standing:
    """What the work list shows of a diary, and what it was made of."""

    facts: reasons.Facts
    spark: str
    revision: int
    edition: str


class NotPossible(Exception):
    """A step that this share, or this person, cannot take now; `code` says why."""

    def __init__(self, code: str):
        self.code = code
        super().__init__(code)


@dataclass(frozen=True)
class Invitation:
    """A new share and the secret that opens it, which is told once and kept nowhere."""

    share: Share
    secret: str


class ShareQuerySet(models.QuerySet["Share"]):
    """Shares by who may see what now."""

    def open_to(self, person: Person, now: datetime) -> Self:
        """The one decision: the shares that give this person a right at this moment."""
        if not (person.is_clinician and person.is_active):
            return self.none()
        return self.filter(grantee=person, state=State.ACTIVE, ends_at__gt=now)

    def open(self, now: datetime) -> Self:
        """Every share that gives somebody a right at this moment."""
        return self.filter(state=State.ACTIVE, ends_at__gt=now)

    def waiting(self, now: datetime) -> Self:
        """Shares that need a step of somebody: an answer to an invitation, or the owner's word."""
        asked = models.Q(state=State.INVITED, invitation_ends_at__gt=now)
        return self.filter(asked | models.Q(state=State.ACCEPTED, ends_at__gt=now))

    def current(self, now: datetime) -> Self:
        """Every share that gives a right, or waits for a step that would; oldest first.

        Each with `notes_kept`, how many notes the other person keeps.
        """
        there = self.open(now) | self.waiting(now)
        return there.annotate(notes_kept=models.Count("notes")).order_by("created_at", "pk")

    def for_owners_word(self, now: datetime) -> Self:
        """Shares that somebody accepted and the diary's owner has not agreed to."""
        return self.waiting(now).filter(state=State.ACCEPTED).order_by("created_at", "pk")

    def newest_first(self) -> Self:
        return self.order_by("-created_at", "-pk")

    def counted(self) -> dict[str, int]:
        """How many there are for each reason to look, and of those that were ticked off."""
        found = self.order_by().values_list("reviewed", "rank").annotate(n=models.Count("*"))
        counts: dict[str, int] = {}
        for reviewed, rank, number in found:
            code = "reviewed" if reviewed else reasons.REASONS[rank]
            counts[code] = counts.get(code, 0) + number
        return counts

    def longest_behind(self) -> models.QuerySet[Share, datetime]:
        """Since when the one that has waited longest for a worker is behind; nothing for none."""
        behind = self.filter(behind_since__isnull=False).order_by("behind_since")
        return behind.values_list("behind_since", flat=True)[:1]

    def because_of(self, code: str) -> Self:
        """Those of one group of the work list."""
        if code == "reviewed":
            return self.filter(reviewed=True)
        return self.filter(reviewed=False, rank=reasons.REASONS.index(code))

    def named(self, text: str) -> Self:
        """Those whose owner's name has a text in it."""
        return self.filter(diary__owner__name__icontains=text)

    def in_order(self, sort: str) -> Self:
        """As a work list shows them: what was ticked off last, whatever the order besides."""
        rows = self.select_related("diary__owner").only(*LISTED)
        return rows.order_by("reviewed", *SORTS[sort], "-pk")

    def fall_behind(self, now: datetime) -> int:
        """Note that what is shown of these is older than the diary; returns how many were not."""
        return self.filter(state=State.ACTIVE, behind_since=None).update(behind_since=now)


class Share(models.Model):
    """What one person may see of one diary.

    `standing` and the columns after it are what the work list shows, made by a worker; they follow
    from the diary and can be made anew at any time.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    diary = models.ForeignKey("diary.Diary", models.CASCADE, related_name="shares")
    grantee = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="shares_held"
    )
    name = models.CharField(max_length=rules.LONGEST_NAME, blank=True)  # as the grantee says
    role = models.CharField(max_length=rules.LONGEST_NAME, blank=True)
    what = models.CharField(max_length=20)
    since = models.DateField(null=True, blank=True)  # the first day that is shared; None for all
    ends_at = models.DateTimeField()
    state = models.CharField(max_length=10, default=State.INVITED)
    email = models.EmailField(blank=True)  # who is invited; empty for a code
    handle = models.CharField(max_length=HANDLE_LENGTH, blank=True)  # what a code begins with
    secret_hash = models.CharField(max_length=64, blank=True)
    tries_left = models.SmallIntegerField(default=CODE_TRIES)
    invitation_ends_at = models.DateTimeField()
    created_at = models.DateTimeField()
    agreed_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    behind_since = models.DateTimeField(null=True, blank=True)
    standing = models.JSONField(null=True, blank=True)
    spark = models.TextField(blank=True)
    rank = models.SmallIntegerField(default=0)
    reason = models.CharField(max_length=64, blank=True)
    last_entry_on = models.DateField(null=True, blank=True)
    edition = models.CharField(max_length=64, blank=True)  # of the analyses that made it
    reviewed = models.BooleanField(default=False)
    # What `standing` was when the grantee last ticked it off.
    seen = models.JSONField(null=True, blank=True)

    objects = ShareQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["diary", "grantee"],
                condition=models.Q(state="active"),
                name="share_active_once_for_a_person",
            ),
            models.UniqueConstraint(
                fields=["handle"], condition=~models.Q(handle=""), name="share_handle_once"
            ),
            models.CheckConstraint(condition=models.Q(what__in=SCOPES), name="share_what_is_known"),
            models.CheckConstraint(
                condition=~models.Q(state="active") | models.Q(agreed_at__isnull=False),
                name="share_active_was_agreed",
            ),
        ]
        indexes = [
            models.Index(
                fields=["grantee", "state", "reviewed", "rank", "-last_entry_on", "-id"],
                name="share_work_list",
            ),
            # Counting the groups reads nothing but this.
            models.Index(
                fields=["grantee", "state", "reviewed", "rank", "ends_at"], name="share_groups"
            ),
            models.Index(
                fields=["grantee", "state", "behind_since"],
                condition=models.Q(behind_since__isnull=False),
                name="share_behind",
            ),
            models.Index(fields=["secret_hash"], name="share_by_secret"),
        ]

    def __str__(self) -> str:
        return f"share {self.uid}"

    def allows(self, reading: str, now: datetime) -> bool:
        """Whether this share, to whomever, gives the right to one kind of reading now."""
        if self.state != State.ACTIVE or self.ends_at <= now:
            return False
        return SCOPES.index(self.what) >= SCOPES.index(READINGS[reading])

    def ended(self, now: datetime) -> bool:
        """Whether it gives no right any more, and will give none."""
        if self.state in (State.STOPPED, State.LEFT) or self.ends_at <= now:
            return True
        return self.state == State.INVITED and self.invitation_ends_at <= now

    def accept(self, person: Person, grantee: rules.Row, secret: str, now: datetime) -> None:
        """Accept an e-mailed invitation; it gives no right before the owner agrees."""
        with self._locked():
            self._for(person, secret, now)
            if not self.email or self.email.lower() != person.email.lower():
                raise NotPossible("not_for_you")
            self._take(person, grantee)
            self._step("accepted", person, now)
            Person.objects.filter(pk=person.pk, is_clinician=False).update(is_clinician=True)

    def agree(self, now: datetime) -> None:
        """The owner agrees to the person who accepted: from now on the share gives its right."""
        with self._locked():
            if self.ends_at <= now or self.grantee is None:
                raise NotPossible("over")
            self._replace_earlier(now)
            self.agreed_at = now
            self._step("agreed", self.diary.owner, now)
            self._begin(now)

    def use_code(self, person: Person, grantee: rules.Row, secret: str, now: datetime) -> bool:
        """Open the share with a code that its owner reads out; a wrong one counts as a try."""
        with self._locked():
            if self.tries_left < 1 or self.email:
                return False
            self.tries_left -= 1
            try:
                self._for(person, secret, now)
            except NotPossible as not_possible:
                if not_possible.code == "own_diary":
                    raise
                self.save(update_fields=["tries_left"])
                return False
            self._take(person, grantee)
            self._replace_earlier(now)
            self.agreed_at = now
            self._step("code_used", person, now)
            self._begin(now)
        return True

    def change(self, terms: rules.Row, now: datetime) -> None:
        """The owner gives more or less, for longer or shorter; takes checked terms."""
        with self._locked():
            if self.ends_at <= now:
                raise NotPossible("over")
            self._set_terms(terms)
            self._step("changed", self.diary.owner, now)
            self._begin(now)

    def stop(self, now: datetime) -> None:
        """The owner ends it; the next request of anybody else finds nothing."""
        with self._locked():
            self._end("stopped", self.diary.owner, now)

    def leave(self, person: Person, now: datetime) -> None:
        """The grantee gives it up; only the owner can begin again."""
        with self._locked():
            if self.grantee_id != person.pk:
                raise NotPossible("not_for_you")
            self._end("left", person, now)

    def fall_away(self, event: str, now: datetime) -> None:
        """It ends because of its grantee: `role_removed` or `account_deleted`."""
        with self._locked():
            self._end(event, None, now)

    def show(self, made: Standing, today: date) -> bool:
        """Keep what the work list shows; whether it is of the diary's newest revision.

        Writes that have begun are waited for, so that none is taken for shown that is not.
        """
        since = self.since
        with self._locked() as newest:
            if self.since != since:
                return False  # it was worked out of days that are not shared any more
            self.standing, self.spark, self.edition = made.facts, made.spark, made.edition
            last = made.facts["last_day"]
            self.last_entry_on = date.fromisoformat(last) if last else None
            self._place(today)
            if newest == made.revision:
                self.behind_since = None
            self.save(update_fields=SHOWN)
        return newest == made.revision

    def review(self, note: str, reason: str, now: datetime) -> Review:
        """The grantee has looked at what the work list says, and ticks it off.

        `reason` is the mark of what they were shown; raises NotPossible where it is another by now.
        """
        with self._locked():
            if reason != self.reason:
                raise NotPossible("new_reason")
            review = Review.objects.create(
                share=self, at=now, note=note, reason=self.reason, seen_before=self.seen
            )
            self.seen = self.standing
            self._place(self._today(now))
            self.reviewed = True
            self.save(update_fields=SHOWN)
        return review

    def undo_review(self, now: datetime) -> bool:
        """Take the last tick back; False where there is none to take back."""
        with self._locked():
            last = self.reviews.filter(undone_at=None).order_by("-at", "-pk").first()
            if last is None or not self.reviewed:
                return False
            Review.objects.filter(pk=last.pk).update(undone_at=now)
            self.seen, self.reviewed = last.seen_before, False
            self._place(self._today(now))
            self.save(update_fields=SHOWN)
        return True

    def _today(self, now: datetime) -> date:
        return local_date(now, self.diary.owner.time_zone)

    def _place(self, today: date) -> None:
        """Where the work list has it: what was ticked off stays so until there is a new reason."""
        if self.standing is None:
            return
        found = reasons.reason(self.standing, self.seen, today)
        mark = hashed(f"{found.code} {found.mark}")
        self.reviewed = self.reviewed and mark == self.reason
        self.rank, self.reason = found.rank, mark

    def _set_terms(self, terms: rules.Row) -> None:
        self.what, self.since = terms["what"], terms["since"]
        zone = ZoneInfo(self.diary.owner.time_zone)
        self.ends_at = datetime.combine(terms["until"] + timedelta(days=1), time(), zone)

    def _for(self, person: Person, secret: str, now: datetime) -> None:
        if self.state != State.INVITED or self.invitation_ends_at <= now or self.ends_at <= now:
            raise NotPossible("over")
        if not hmac.compare_digest(self.secret_hash, hashed(secret)):
            raise NotPossible("wrong_secret")
        if person.pk == self.diary.owner_id:
            raise NotPossible("own_diary")

    def _take(self, person: Person, grantee: rules.Row) -> None:
        self.grantee, self.name, self.role = person, grantee["name"], grantee["role"]
        self.secret_hash = self.handle = ""

    def _replace_earlier(self, now: datetime) -> None:
        earlier = self.diary.shares.filter(grantee=self.grantee, state=State.ACTIVE)
        for share in earlier.exclude(pk=self.pk).select_for_update(no_key=True):
            share._end("replaced", self.diary.owner, now)

    def _end(self, event: str, actor: Person | None, now: datetime) -> None:
        """What opened it and what was shown through it go; who had it, and when, stays."""
        self.ended_at, self.secret_hash, self.handle = now, "", ""
        self.standing, self.seen, self.spark, self.behind_since = None, None, "", None
        self._step(event, actor, now)
        if self.since is not None:  # the owner's own report is that of all days
            StoredReport.objects.filter(diary_id=self.diary_id, since=self.since).delete()

    def _begin(self, now: datetime) -> None:
        """What was made for the work list under other terms goes; a worker makes it anew."""
        self.standing, self.seen, self.spark, self.reason = None, None, "", ""
        self.reviewed = False
        self.rank, self.behind_since, self.last_entry_on = 0, now, None
        self.save()
        self.diary.refresh_later()

    def _step(self, event: str, actor: Person | None, now: datetime) -> None:
        before, after = STEPS[event]
        if self.state not in before:
            raise NotPossible("over")
        self.state = after
        self.save()
        ShareEvent.note(self, event, actor, now)

    @contextmanager
    def _locked(self) -> Iterator[int]:
        """Hold the diary, then the share as it stands by now; gives the diary's newest revision.

        In this order, as a write to the diary does: neither waits for the other for ever, and two
        shares of a diary take their steps one after the other.
        """
        with transaction.atomic():
            newest = self.diary.newest_revision()
            self.refresh_from_db(from_queryset=Share.objects.select_for_update(no_key=True))
            yield newest


class ShareEvent(AppendOnly):
    """One step of a share, as its owner can read it years later."""

    share = models.ForeignKey(Share, models.CASCADE, related_name="events")
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


def hashed(secret: str) -> str:
    """A secret as it is kept: one that is 256 bits long, or lives ten minutes, needs no salt."""
    return hashlib.sha256(secret.encode()).hexdigest()


def invited(diary: Diary, terms: rules.Row, now: datetime, with_code: bool = False) -> Invitation:
    """A new share of a diary on checked terms, and the token or the code that opens it."""
    share = Share(diary=diary, created_at=now)
    if with_code:
        secret = _letters(SECRET_LENGTH)
        share.invitation_ends_at = now + CODE_LASTS
        terms = {**terms, "what": CODE_SCOPE}
    else:
        secret = secrets.token_urlsafe(32)
        share.email = terms["email"]
        share.invitation_ends_at = now + INVITATION_LASTS
    share.secret_hash = hashed(secret)
    share._set_terms(terms)
    with transaction.atomic():
        if with_code:
            for old in diary.shares.filter(state=State.INVITED, email=""):
                old.stop(now)  # one code at a time
            share.handle = _free_handle()
        share.save()
        ShareEvent.note(share, "invited", diary.owner, now)
    return Invitation(share, f"{share.handle}{secret}" if with_code else secret)


def _letters(count: int) -> str:
    return "".join(secrets.choice(CLEAR) for _ in range(count))


def _free_handle() -> str:
    while Share.objects.filter(handle=(handle := _letters(HANDLE_LENGTH))).exists():
        pass
    return handle


def code_parts(code: str) -> tuple[str, str] | None:
    """The handle and the secret of a code as somebody types it; None where it cannot be one."""
    clear = "".join(letter for letter in code.upper() if letter.isalnum())
    if len(clear) != HANDLE_LENGTH + SECRET_LENGTH or set(clear) - set(CLEAR):
        return None
    return clear[:HANDLE_LENGTH], clear[HANDLE_LENGTH:]


def share_end(share: Share | ShareEvent) -> date:
    """The last day on which a share counts, or counted at one step, by the owner's calendar."""
    last = share.ends_at - timedelta(microseconds=1)
    return last.astimezone(ZoneInfo(share.diary.owner.time_zone)).date()
