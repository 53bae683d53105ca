"""What was last worked out of a diary?"""

from __future__ import annotations

from django.db import models


class StoredReport(models.Model):
    """The newest assessment of a diary and its charts; stale once the diary's revision moves on.

    It holds nothing that the diary does not: it can be thrown away at any time.
    """

    diary = models.OneToOneField("diary.Diary", models.CASCADE, related_name="stored_report")
    revision = models.BigIntegerField()
    edition = models.CharField(max_length=64)  # of the analyses that made it
    assessment = models.JSONField()
    charts = models.JSONField(default=dict)  # by the words and units that they are drawn with

    def __str__(self) -> str:
        return f"report of diary {self.diary_id} at revision {self.revision}"
