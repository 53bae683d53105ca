"""Which app is the twin to Django, and who makes its tables?"""

from typing import Any

from django.apps import AppConfig


class TwinConfig(AppConfig):
    """Named apart from `diary`."""

    name = "benchmarks.api.twin"
    label = "twin"


class TablesByHand:
    """A database router: `migrate` leaves the twin's tables to the benchmark.

    They point to people, whose table `migrate` makes after those of apps without migrations.
    """

    def allow_migrate(self, _alias: str, app_label: str, **_hints: Any) -> bool | None:
        return False if app_label == "twin" else None
