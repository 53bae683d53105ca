"""The pure tests run as if Django were not installed."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from types import ModuleType

import pytest

BARRED = ("django", "rest_framework", "allauth", "csp")


class WithoutDjango:
    """Refuses to find Django and what builds on it."""

    def find_spec(
        self, name: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> None:
        if name.split(".")[0] in BARRED:
            raise ModuleNotFoundError(f"{name} is barred from the pure tests", name=name)


def pytest_configure(config: pytest.Config) -> None:
    """Bar Django before any test module is imported, in a run of the pure tests alone."""
    if config.pluginmanager.hasplugin("django"):
        raise pytest.UsageError("Run the pure tests apart: pytest tests/pure -p no:django")
    sys.meta_path.insert(0, WithoutDjango())  # type: ignore[arg-type]
