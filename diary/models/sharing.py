"""Who else may see a diary, how much of it, and until when?

A share begins as an invitation and gives no right before the diary's owner has agreed to the
person. Every step is kept as an event. Only `ShareQuerySet.open_to` decides who may see something.
"""

from __future__ import annotations

import hmac
import uuid
from datetime import date, datetime, time, timedelta
from typing import Self
from zoneinfo import ZoneInfo

from django.db import models

from diary import rules
from diary.answers import READINGS, SCOPES
from diary.models.codes import CODE_TRIES, HANDLE_LENGTH, hashed
from diary.models.person import Person
from diary.models.report import StoredReport
from diary.models.steps import STEPS, NotPossible, ShareEvent, State, held
from diary.models.work_list import Listed, ListedQuerySet


class ShareQuerySet(ListedQuerySet):
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


class Share(Listed):
    """What one person may see of one diary, and its line in their work list."""

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
        with held(self):
            self._for(person, secret, now)
            if not self.email or self.email.lower() != person.email.lower():
                raise NotPossible("not_for_you")
            self._take(person, grantee)
            self._step("accepted", person, now)
            Person.objects.filter(pk=person.pk, is_clinician=False).update(is_clinician=True)

    def agree(self, now: datetime) -> None:
        """The owner agrees to the person who accepted: from now on the share gives its right."""
        with held(self):
            if self.ends_at <= now or self.grantee is None:
                raise NotPossible("over")
            self._replace_earlier(now)
            self.agreed_at = now
            self._step("agreed", self.diary.owner, now)
            self._begin(now)

    def use_code(self, person: Person, grantee: rules.Row, secret: str, now: datetime) -> bool:
        """Open the share with a code that its owner reads out; a wrong one counts as a try."""
        with held(self):
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
        with held(self):
            if self.ends_at <= now:
                raise NotPossible("over")
            self.set_terms(terms)
            self._step("changed", self.diary.owner, now)
            self._begin(now)

    def stop(self, now: datetime) -> None:
        """The owner ends it; the next request of anybody else finds nothing."""
        with held(self):
            self._end("stopped", self.diary.owner, now)

    def renew(self, now: datetime) -> None:
        """The owner invites again, or makes another code: what was sent first opens nothing."""
        with held(self):
            self._end("renewed", self.diary.owner, now)

    def leave(self, person: Person, now: datetime) -> None:
        """The grantee gives it up; only the owner can begin again."""
        with held(self):
            if self.grantee_id != person.pk:
                raise NotPossible("not_for_you")
            self._end("left", person, now)

    def fall_away(self, event: str, now: datetime) -> None:
        """It ends because of its grantee: `role_removed` or `account_deleted`."""
        with held(self):
            self._end(event, None, now)

    def set_terms(self, terms: rules.Row) -> None:
        """Take checked terms; nothing is saved."""
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
        self.tries, self.try_at = 0, None
        self.save()
        self.diary.refresh_later()

    def _step(self, event: str, actor: Person | None, now: datetime) -> None:
        before, after = STEPS[event]
        if self.state not in before:
            raise NotPossible("over")
        self.state = after
        self.save()
        ShareEvent.note(self, event, actor, now)


def share_end(share: Share | ShareEvent) -> date:
    """The last day on which a share counts, or counted at one step, by the owner's calendar."""
    last = share.ends_at - timedelta(microseconds=1)
    return last.astimezone(ZoneInfo(share.diary.owner.time_zone)).date()
