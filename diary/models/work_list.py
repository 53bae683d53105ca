"""What does the work list show of a share, and in which order?

All of it follows from the diary and from what was ticked off: a worker can make it anew.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Self

from django.db import models
from django.db.models.functions import Coalesce

from diary.analytics import reasons
from diary.clock import local_date
from diary.models.codes import hashed
from diary.models.records import Review
from diary.models.steps import NotPossible, State, held

# The orders of a work list; the first follows an index.
SORTS = {
    "reason": ("rank", "-last_entry_on"),
    "last": (models.F("last_entry_on").desc(nulls_last=True),),
    "name": ("diary__owner__name",),
}
# What a line of the work list is made of, and the record of it.
LISTED = (
    "uid", "diary", "grantee", "name", "role", "standing", "spark", "rank", "reason", "reviewed",
    "last_entry_on", "behind_since", "email", "diary__owner__name", "diary__owner__email",
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
    "tries",
    "try_at",
    "edition",
)
# How long a worker leaves alone what came to nothing twice: twice as long each time, up to an hour.
FIRST_WAIT, LONGEST_WAIT, MOST_TRIES = timedelta(minutes=2), timedelta(hours=1), 20


@dataclass(frozen=True)
class Standing:
    """What the work list shows of a diary, and what it was made of."""

    facts: reasons.Facts
    spark: str
    revision: int
    edition: str


class ListedQuerySet(models.QuerySet[Any]):
    """Shares as a work list counts, chooses and orders them."""

    def counted(self) -> dict[str, int]:
        """How many there are for each reason to look, and of those that were ticked off."""
        found = self.order_by().values_list("reviewed", "rank").annotate(n=models.Count("*"))
        counts: dict[str, int] = {}
        for reviewed, rank, number in found:
            code = "reviewed" if reviewed else reasons.REASONS[rank]
            counts[code] = counts.get(code, 0) + number
        return counts

    def longest_behind(self) -> models.QuerySet[Any, datetime]:
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

    def due(self, now: datetime) -> Self:
        """Those that are behind, and that were not put off until later."""
        return self.filter(behind_since__isnull=False).exclude(try_at__gt=now)

    def fall_behind(self, now: datetime) -> int:
        """Note that what is shown of these is older than the diary; how many need a worker for it.

        What came to nothing before may work out with what was written now: nothing is put off.
        """
        needing = models.Q(behind_since=None) | models.Q(tries__gt=1)
        return self.filter(needing, state=State.ACTIVE).update(
            behind_since=Coalesce("behind_since", models.Value(now)), tries=0, try_at=None
        )


class Listed(models.Model):
    """A share's line in the work list of whoever holds it."""

    behind_since = models.DateTimeField(null=True, blank=True)
    tries = models.SmallIntegerField(default=0)  # since it is behind, by workers that came to none
    try_at = models.DateTimeField(null=True, blank=True)  # not before
    standing = models.JSONField(null=True, blank=True)
    spark = models.TextField(blank=True)
    rank = models.SmallIntegerField(default=0)
    reason = models.CharField(max_length=64, blank=True)
    last_entry_on = models.DateField(null=True, blank=True)
    # Of the analyses that made it, or tried to last.
    edition = models.CharField(max_length=64, blank=True)
    reviewed = models.BooleanField(default=False)
    # What `standing` was when the grantee last ticked it off.
    seen = models.JSONField(null=True, blank=True)

    class Meta:
        abstract = True

    def take_up(self, edition: str, now: datetime) -> None:
        """Note that a worker tries, before it does: what kills the worker counts as a try too."""
        self.tries, self.edition = min(self.tries + 1, MOST_TRIES), edition
        if self.tries > 1:
            self.try_at = now + min(FIRST_WAIT * 2 ** (self.tries - 2), LONGEST_WAIT)
        noted = {"tries": self.tries, "try_at": self.try_at, "edition": edition}
        type(self).objects.filter(pk=self.pk).update(**noted)

    def show(self, made: Standing, today: date) -> bool:
        """Keep what the work list shows; whether it is of the diary's newest revision.

        Writes that have begun are waited for, so that none is taken for shown that is not.
        """
        since = self.since
        with held(self) as newest:
            if self.since != since:
                return False  # it was worked out of days that are not shared any more
            self.standing, self.spark, self.edition = made.facts, made.spark, made.edition
            last = made.facts["last_day"]
            self.last_entry_on = date.fromisoformat(last) if last else None
            self._place(today)
            self.tries, self.try_at = 0, None
            if newest == made.revision:
                self.behind_since = None
            self.save(update_fields=SHOWN)
        return newest == made.revision

    def review(self, note: str, reason: str, now: datetime) -> None:
        """The grantee has looked at what the work list says, and ticks it off.

        A repeat only adds its note. `reason` is the mark of what they were shown; raises
        NotPossible where it is another by now.
        """
        with held(self):
            last = self.reviews.filter(undone_at=None).order_by("-at", "-pk").first()
            if self.reviewed and last is not None:
                Review.objects.filter(pk=last.pk).update(note=note or last.note)
                return
            if reason != self.reason:
                raise NotPossible("new_reason")
            Review.objects.create(
                share=self, at=now, note=note, reason=self.reason, seen_before=self.seen
            )
            self.seen = self.standing
            self._place(self._today(now))
            self.reviewed = True
            self.save(update_fields=SHOWN)

    def undo_review(self, now: datetime) -> bool:
        """Take the last tick back; False where there is none to take back."""
        with held(self):
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
