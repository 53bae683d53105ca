"""What was deleted so long ago that it goes for good?"""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from diary.models import Diary


class Command(BaseCommand):
    help = "Remove for good what was deleted more than 30 days ago."

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        gone = sum(diary.purge(now) for diary in Diary.objects.with_rows_past_undoing(now))
        self.stdout.write(f"{gone} deleted entries removed for good.")
