"""The moment of the app tests, and what must never be seen of the victim."""

from datetime import UTC, datetime

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
CANARY = "canary-7f3a"
