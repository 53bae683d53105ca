"""Does a page cost more in a long diary than in a short one?

Run it with `.venv/bin/python -m benchmarks.pages`. It prints, for each page, the CPU time of one
request in a diary of 2,000 walks as a ratio to the same in a diary of 100, slices taken in turn.
The first reading after a write works the assessment and the charts out anew: it stands apart.
"""

from __future__ import annotations

import os
import statistics
import tempfile
from datetime import UTC, datetime, timedelta
from uuid import UUID

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
os.environ["WAYMARK_DATA"] = tempfile.mkdtemp(prefix="waymark-benchmark-")

import django

django.setup()

from django.core.management import call_command
from django.test import Client

from benchmarks.run import cpu_ms
from diary import rules
from diary.models import Diary, Person

SHORT, LONG = 100, 2000
PAIRS, REQUESTS = 5, 10
PAGES = ("/", "/walks/", "/walks/add/", "/check-ins/", "/pattern/")
NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)


def walker(walks: int) -> Client:
    """A browser signed in to a diary of so many walks, half of them painful."""
    person = Person.objects.create_user(f"walker-{walks}@example.org")
    diary = Diary.objects.create(owner=person)
    rows = [
        {
            "id": str(UUID(int=number + 1)),
            "started_at": (NOW - timedelta(hours=8 * number)).isoformat(),
            "distance_m": 600,
            "duration_s": 540,
            "pain": [{"onset_distance_m": 250 + number % 100}] if number % 2 else [],
        }
        for number in range(walks)
    ]
    whole = {"format": "walking-diary", "version": 1, "walks": rows}
    diary.take_in(rules.document_checked(whole), NOW)
    client = Client(headers={"host": "localhost"})
    client.force_login(person)
    return client


def main() -> None:
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    short, long = walker(SHORT), walker(LONG)
    for client, walks in ((short, SHORT), (long, LONG)):
        client.get("/help/")
        first = cpu_ms(lambda client=client: client.get("/pattern/"), times=1)
        print(f"/pattern/ first reading, {walks} walks: {first:.0f} ms")  # noqa: T201
    for path in PAGES:
        ratios, costs = [], []
        for _ in range(PAIRS):
            cheap = cpu_ms(lambda path=path: short.get(path), REQUESTS)
            costs.append(cpu_ms(lambda path=path: long.get(path), REQUESTS))
            ratios.append(costs[-1] / cheap)
        print(  # noqa: T201
            f"{path:<12} {statistics.median(costs):6.1f} ms, "
            f"{statistics.median(ratios):.2f} times the page of {SHORT} walks"
        )


if __name__ == "__main__":
    main()
