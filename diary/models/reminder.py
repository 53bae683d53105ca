"""When does somebody want to be reminded of their diary?"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Self

from django.core import signing
from django.db import models

from diary.clock import local_date, next_at
from diary.models.person import Person

# Later than this a reminder helps nobody any more: it is left out.
TOO_LATE = timedelta(hours=3)
SALT = "reminder"


class ReminderQuerySet(models.QuerySet["Reminder"]):
    """Reminders that are on, by what is to be done."""

    def moved(self) -> Self:
        """Those whose next instant was worked out for a zone that the person has left."""
        there = self.exclude(next_at=None).select_related("person")
        return there.exclude(time_zone=models.F("person__time_zone"))

    def due(self, now: datetime) -> Self:
        """Those whose time has come, to addresses that were confirmed."""
        there = self.filter(next_at__lte=now, person__is_active=True).select_related("person")
        confirmed = {
            "person__emailaddress__email": models.F("person__email"),
            "person__emailaddress__verified": True,
        }
        return there.filter(**confirmed)

    def named(self, token: str) -> Reminder | None:
        """The reminder that a link of an e-mail stops; None for any other text.

        Raises signing.BadSignature where the link is not one of ours.
        """
        return self.filter(pk=signing.loads(token, salt=SALT)).first()


class Reminder(models.Model):
    """One e-mail at a time of day, on some days of the week; off while there is no next one."""

    person = models.OneToOneField(Person, models.CASCADE, related_name="reminder")
    at = models.TimeField()
    weekdays = models.JSONField(default=list)  # 0 is Monday
    # Of the next one, worked out by the clock of this zone.
    next_at = models.DateTimeField(null=True, blank=True, db_index=True)
    time_zone = models.CharField(max_length=64, blank=True)
    sent_on = models.DateField(null=True, blank=True)  # the last one's day, by that clock

    objects = ReminderQuerySet.as_manager()

    def __str__(self) -> str:
        return f"reminder {self.pk}"

    @property
    def token(self) -> str:
        """What the link that stops it carries; it is good for nothing else."""
        return signing.dumps(self.pk, salt=SALT)

    def switch_on(self, now: datetime) -> None:
        """From the next of its days on."""
        self._plan(now)
        self.save(update_fields=["at", "weekdays", "next_at", "time_zone"])

    def switch_off(self) -> None:
        Reminder.objects.filter(pk=self.pk).update(next_at=None)

    def move(self, now: datetime) -> None:
        """Follow the person into another time zone."""
        self._pass_on(now)

    def take(self, now: datetime) -> bool:
        """Whether it is this worker's to send, once: from now on the next one is awaited.

        It is taken before it is sent. A worker that dies in between has sent none, never two.
        """
        zone = self.person.time_zone
        chosen = next_at(self.at, self.weekdays, zone, now - TOO_LATE, self.sent_on)
        if chosen <= now:
            self.sent_on = local_date(chosen, zone)
        return self._pass_on(now) and chosen <= now

    def _pass_on(self, now: datetime) -> bool:
        seen = self.next_at
        self._plan(now)
        planned: dict[str, Any] = {
            name: getattr(self, name) for name in ("next_at", "time_zone", "sent_on")
        }
        return Reminder.objects.filter(pk=self.pk, next_at=seen).update(**planned) == 1

    def _plan(self, now: datetime) -> None:
        self.time_zone = self.person.time_zone
        self.next_at = next_at(self.at, self.weekdays, self.time_zone, now, self.sent_on)
