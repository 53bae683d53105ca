"""Where does the twin keep a walk? In the same columns and indices as `diary.models`."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from diary import answers, rules
from diary.models.person import known_zone
from diary.values import Fail


def word(words: tuple[str, ...]) -> models.CharField:
    choices = [(each, each) for each in words]
    return models.CharField(max_length=40, null=True, blank=True, choices=choices)


def number(most: float) -> models.FloatField:
    bounds = [MinValueValidator(0), MaxValueValidator(most)]
    return models.FloatField(null=True, blank=True, validators=bounds)


def metres() -> models.FloatField:
    return number(rules.LONGEST_DISTANCE_M)


def seconds() -> models.FloatField:
    return number(rules.LONGEST_DURATION_S)


def truth() -> models.BooleanField:
    return models.BooleanField(null=True, blank=True)


def local_day(started_at: datetime, time_zone: str | None) -> date:
    return started_at.astimezone(ZoneInfo(time_zone) if time_zone else UTC).date()


def known_line(text: str) -> None:
    """Refuse what is no line, as the diary's own rules do."""
    try:
        rules.FIELDS["walk"]["track"].read(text)
    except Fail as fail:
        raise ValidationError(fail.code) from None


class Walk(models.Model):
    """One walk of one person."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="twin_walks")
    revision = models.BigIntegerField(default=0, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    deleted_at = models.DateTimeField(null=True, blank=True, editable=False)
    uid = models.UUIDField()
    started_at = models.DateTimeField()
    time_zone = models.CharField(max_length=64, null=True, blank=True, validators=[known_zone])  # noqa: DJ001
    day = models.DateField(editable=False)
    activity = word(answers.ACTIVITIES)
    distance_m = metres()
    distance_source = word(answers.DISTANCE_SOURCES)
    duration_s = seconds()
    ascent_m = metres()
    terrain = word(answers.TERRAINS)
    pace = word(answers.PACES)
    footwear = models.CharField(max_length=100, null=True, blank=True)  # noqa: DJ001
    stretched_before = truth()
    stretched_after = truth()
    walking_aid = word(answers.WALKING_AIDS)
    pain_on_standing = truth()
    notes = models.TextField(blank=True, max_length=rules.LONGEST_NOTE)
    pain_recorded = models.BooleanField(default=False)
    clock_suspect = truth()
    track = models.TextField(null=True, blank=True, validators=[known_line])  # noqa: DJ001

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["owner", "uid"], name="twin_walk_once"),
        ]
        indexes = [
            models.Index(fields=["owner", "-started_at"], name="twin_walk_newest_first"),
            models.Index(fields=["owner", "revision"], name="twin_walk_by_revision"),
        ]

    def __str__(self) -> str:
        return f"walk {self.uid}"

    @classmethod
    def made(cls, owner: Any, values: dict[str, Any]) -> Walk:
        """A walk of checked values, not saved; its pain is left in them for `pains`."""
        day = local_day(values["started_at"], values.get("time_zone"))
        told = {name: value for name, value in values.items() if name != "episodes"}
        recorded = values.get("episodes") is not None
        return cls(owner=owner, day=day, pain_recorded=recorded, **told)

    def pains(self, values: dict[str, Any]) -> list[PainEpisode]:
        """The pain of checked values as rows of this walk, not saved."""
        return [
            PainEpisode(owner_id=self.owner_id, walk=self, position=position, **episode)
            for position, episode in enumerate(values.get("episodes") or ())
        ]


class PainEpisode(models.Model):
    """One pain of a walk."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="twin_pains")
    walk = models.ForeignKey(Walk, models.CASCADE, related_name="episodes")
    position = models.PositiveSmallIntegerField()
    onset_distance_m = metres()
    onset_s = seconds()
    onset = word(answers.ONSETS)
    site = word(answers.SITES)
    side = word(answers.SIDES)
    spread_to = models.JSONField(null=True, blank=True)
    intensity = models.SmallIntegerField(
        null=True, blank=True, validators=[MinValueValidator(0), MaxValueValidator(10)]
    )
    qualities = models.JSONField(null=True, blank=True)
    response = word(answers.RESPONSES)
    stopped_distance_m = metres()
    course_while_walking = word(answers.COURSES)
    rest_posture = word(answers.POSTURES)
    relief = word(answers.RELIEFS)
    relief_s = seconds()
    rest_s = seconds()
    resumed = truth()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["walk", "position"], name="twin_pains_in_one_order"),
        ]

    def __str__(self) -> str:
        return f"pain {self.position} of walk {self.walk_id}"
