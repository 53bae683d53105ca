"""The moment of the app tests, and what must never be seen of the victim."""

from datetime import UTC, datetime

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
CANARY = "canary-7f3a"
TRACK = "_riyH~lVuFpTtFqT"  # the victim's line: from a place in London to another and back
OF_TRACK = ("iyH~lVuFpTtFqT", "51.50123", "-0.12345")  # what only that line says
