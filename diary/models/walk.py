"""What was one walk like, and when did it hurt?"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any, Self

from django.db import models

from diary import rules
from diary.clock import local_date
from diary.models.rows import (
    DiaryRow,
    RowQuerySet,
    Stored,
    bounds,
    number,
    several,
    some_at_once,
    truth,
    word,
)


class WalkQuerySet(RowQuerySet):
    """Walks of one diary."""

    def of_days_up_to(self, last: date, days: int) -> Self:
        """The walks of the `days` days that end with `last`, newest first, with their pain."""
        first = last - timedelta(days=days - 1)
        return self.kept().filter(day__range=(first, last)).whole()

    def begun_with(self, walk: Walk) -> Self:
        """Other walks that count and began at the same moment: perhaps the same walk twice."""
        same = self.kept().filter(diary_id=walk.diary_id, started_at=walk.started_at)
        return same.exclude(pk=walk.pk)


class Walk(DiaryRow):
    """One walk. Its pain is episodes, or none of them, or was not recorded."""

    shape = "walk"
    beside = ("episodes",)
    when = "started_at"
    of_day = "day"
    pain_filled: list[rules.Row] | None = None  # what `fill` took, perhaps not written yet

    uid = models.UUIDField(editable=False)
    started_at = models.DateTimeField()
    time_zone = word(64)
    day = models.DateField(editable=False)  # the local date, for lists and filters
    activity = word()
    distance_m = number()
    distance_source = word()
    duration_s = number()
    ascent_m = number()
    terrain = word()
    pace = word()
    footwear = word(100)
    stretched_before = truth()
    stretched_after = truth()
    walking_aid = word()
    pain_on_standing = truth()
    notes = models.TextField(blank=True)
    pain_recorded = models.BooleanField(default=False)
    clock_suspect = truth()
    track = models.TextField(null=True, blank=True)  # noqa: DJ001 (NULL: not kept)

    objects = WalkQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["diary", "uid"], name="walk_once_in_a_diary"),
            models.CheckConstraint(
                condition=models.Q(distance_m__isnull=False) | models.Q(duration_s__isnull=False),
                name="walk_has_distance_or_duration",
            ),
            models.CheckConstraint(
                condition=models.Q(track__isnull=True) | ~models.Q(track=""),
                name="walk_track_is_a_line",
            ),
            *bounds("walk"),
        ]
        indexes = [
            models.Index(fields=["diary", "-started_at"], name="walk_newest_first"),
            models.Index(fields=["diary", "revision"], name="walk_by_revision"),
        ]

    def __str__(self) -> str:
        return f"walk {self.uid}"

    @classmethod
    def columns(cls) -> list[str]:
        return ["pain_recorded", *(name for name in super().columns() if name != "pain")]

    @classmethod
    def stored(cls, plain: Iterable[dict[str, Any]]) -> list[Stored]:
        rows = [*plain]
        pain = PainEpisode.of_walks([row["pk"] for row in rows if row["pain_recorded"]])
        for row in rows:
            row["pain"] = pain.get(row["pk"], []) if row["pain_recorded"] else None
        return super().stored(rows)

    def told(self, name: str) -> Any:
        if name == "pain":
            return self._episode_rows() if self.pain_recorded else None
        return super().told(name)

    def _episode_rows(self) -> list[rules.Row]:
        if self.pain_filled is not None:
            return self.pain_filled
        return [episode.row() for episode in self.episodes.all()] if self.pk else []

    def fill(self, row: rules.Row) -> None:
        pain = row["pain"]
        super().fill({name: value for name, value in row.items() if name != "pain"})
        self.pain_recorded = pain is not None
        self.pain_filled = pain or []
        self.day = local_date(self.started_at, self.time_zone)

    def new_episodes(self) -> list[PainEpisode]:
        """The filled-in episodes as rows not yet saved."""
        return [
            PainEpisode(diary_id=self.diary_id, walk=self, position=position, **episode)
            for position, episode in enumerate(self.pain_filled or ())
        ]


class PainEpisode(models.Model):
    """One pain of a walk, in the order in which they came."""

    diary = models.ForeignKey("diary.Diary", models.CASCADE, related_name="episodes")
    walk = models.ForeignKey(Walk, models.CASCADE, related_name="episodes")
    position = models.PositiveSmallIntegerField()
    onset_distance_m = number()
    onset_s = number()
    onset = word()
    site = word()
    side = word()
    spread_to = several()
    intensity = models.SmallIntegerField(null=True, blank=True)
    qualities = several()
    response = word()
    stopped_distance_m = number()
    course_while_walking = word()
    rest_posture = word()
    relief = word()
    relief_s = number()
    rest_s = number()
    resumed = truth()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["walk", "position"], name="episodes_in_one_order"),
            *bounds("pain"),
        ]

    def __str__(self) -> str:
        return f"pain {self.position} of walk {self.walk_id}"

    @classmethod
    def of_walks(cls, walks: list[int]) -> dict[int, list[rules.Row]]:
        """The episodes of walks as the document has them, by walk, in order."""
        fields = [*rules.FIELDS["pain"]]
        pain: dict[int, list[rules.Row]] = {}
        for some in some_at_once(walks):
            found = cls.objects.filter(walk__in=some).order_by("walk_id", "position")
            for walk, *values in found.values_list("walk_id", *fields):
                pain.setdefault(walk, []).append(dict(zip(fields, values, strict=True)))
        return pain

    def row(self) -> rules.Row:
        """The episode as the document has it, every field present."""
        return {name: getattr(self, name) for name in rules.FIELDS["pain"]}
