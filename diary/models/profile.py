"""What about the walker bears on leg pain?"""

from __future__ import annotations

from django.db import models

from diary.models.rows import DiaryRow, bounds, number, several, word


class Profile(DiaryRow):
    """The one profile of a diary."""

    shape = "profile"

    diary = models.OneToOneField("diary.Diary", models.CASCADE, related_name="profile")
    birth_year = models.SmallIntegerField(null=True, blank=True)
    sex = word()
    height_cm = number()
    weight_kg = number()
    smoking = word()
    conditions = several()
    pack_years = number()
    symptoms_began = models.DateField(null=True, blank=True)

    class Meta:
        constraints = bounds("profile")

    def __str__(self) -> str:
        return f"profile of diary {self.diary_id}"

    @property
    def says_something(self) -> bool:
        return any(value is not None for value in self.row().values())
