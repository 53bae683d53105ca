"""What was last worked out of a diary?"""

from __future__ import annotations

from django.db import models

from diary.values import FIRST_DAY


class StoredReport(models.Model):
    """The newest assessment of a diary and its charts; stale once the diary's revision moves on.

    It holds nothing that the diary does not: it can be thrown away at any time.
    """

    diary = models.ForeignKey("diary.Diary", models.CASCADE, related_name="stored_reports")
    since = models.DateField(default=FIRST_DAY)  # the first day that counts
    revision = models.BigIntegerField()
    edition = models.CharField(max_length=64)  # of the analyses that made it
    assessment = models.JSONField()
    charts = models.JSONField(default=dict)  # by the words and units that they are drawn with

    class Meta:
        constraints = [models.UniqueConstraint(fields=["diary", "since"], name="report_once")]

    def __str__(self) -> str:
        return f"report of diary {self.diary_id} at revision {self.revision}"
