"""Who does the work that was handed on?"""

from __future__ import annotations

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = "Do what was handed to the workers: work lists and purging. Ctrl-C stops it."

    def handle(self, *args: Any, **options: Any) -> None:
        # What takes seconds to load is loaded once, before the processes part.
        from diary import tasks  # noqa: F401
        from diary.analytics import assess  # noqa: F401
        from diary.charts import spark  # noqa: F401

        call_command("qcluster")
