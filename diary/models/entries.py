"""What is recorded apart from the walks?"""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Count, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from diary import rules
from diary.models.rows import DiaryRow, RowQuerySet, bounds, number, several, truth, word
from diary.models.walk import Walk


class CheckIn(DiaryRow):
    """How one day was apart from the walks."""

    shape = "check_in"
    key = "date"

    diary = models.ForeignKey("diary.Diary", models.CASCADE, related_name="check_ins")
    date = models.DateField()
    pain_at_rest = models.SmallIntegerField(null=True, blank=True)
    night_pain = truth()
    morning_stiffness_s = number()
    side = word()
    signs = several()
    notes = models.TextField(blank=True)
    sites = several()
    signs_began = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["diary", "date"], name="check_in_once_a_day"),
            *bounds("check_in"),
        ]
        indexes = [models.Index(fields=["diary", "revision"], name="check_in_by_revision")]

    def __str__(self) -> str:
        return f"check-in of {self.date}"


class Change(DiaryRow):
    """Something that may change the pain: a treatment, a habit, an event."""

    shape = "change"

    uid = models.UUIDField(editable=False)
    date = models.DateField()
    until = models.DateField(null=True, blank=True)
    kind = models.CharField(max_length=40)
    notes = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["diary", "uid"], name="change_once_in_a_diary"),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("date")),
                name="change_ends_after_it_begins",
            ),
            *bounds("change"),
        ]
        indexes = [
            models.Index(fields=["diary", "-date"], name="change_newest_first"),
            models.Index(fields=["diary", "revision"], name="change_by_revision"),
        ]

    def __str__(self) -> str:
        return f"change {self.uid}"


class Measurement(DiaryRow):
    """A value measured in clinic or at home."""

    shape = "measurement"
    beside = ("entered_through",)

    uid = models.UUIDField(editable=False)
    date = models.DateField()
    kind = models.CharField(max_length=40)
    value = models.FloatField()
    notes = models.TextField(blank=True)
    # By whom, where somebody else entered it: not part of the diary document.
    entered_through = models.ForeignKey(
        "diary.Share", models.SET_NULL, null=True, blank=True, editable=False, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["diary", "uid"], name="measurement_once_in_a_diary"),
            *bounds("measurement"),
        ]
        indexes = [
            models.Index(fields=["diary", "-date"], name="measurement_newest_first"),
            models.Index(fields=["diary", "revision"], name="measurement_by_revision"),
        ]

    def __str__(self) -> str:
        return f"measurement {self.uid}"

    def fill(self, row: rules.Row) -> None:
        """What is written over is no longer what somebody else entered."""
        super().fill(row)
        self.entered_through = None


class RouteQuerySet(RowQuerySet):
    """Routes, and which of them are walked most."""

    def most_used_first(self) -> Self:
        """By how many walks were of that length on a route that is known, then the last added."""
        walked = Walk.objects.kept().filter(
            diary=OuterRef("diary"),
            distance_source="known_route",
            distance_m=OuterRef("distance_m"),
        )
        times = walked.order_by().values("diary").annotate(times=Count("pk")).values("times")
        return self.annotate(times=Coalesce(Subquery(times), 0)).order_by("-times", "-created_at")


class Route(DiaryRow):
    """A way that the walker knows the length of. It has no day; the last added is the newest."""

    shape = "route"
    when = "created_at"
    of_day = None
    renamed = {"id": "uid", "name": "title"}

    uid = models.UUIDField(editable=False)
    title = models.CharField(max_length=rules.LONGEST_NAME)
    distance_m = models.FloatField()
    notes = models.TextField(blank=True)

    objects = RouteQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["diary", "uid"], name="route_once_in_a_diary"),
            models.CheckConstraint(condition=~Q(title=""), name="route_has_a_name"),
            *bounds("route"),
        ]
        indexes = [
            models.Index(fields=["diary", "-created_at"], name="route_newest_first"),
            models.Index(fields=["diary", "revision"], name="route_by_revision"),
        ]

    def __str__(self) -> str:
        return f"route {self.uid}"

    @classmethod
    def columns(cls) -> list[str]:
        return [cls.when, *super().columns()]
