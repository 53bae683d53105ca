"""Does a page cost more in a long diary than in a short one?

Run it with `.venv/bin/python -m benchmarks.pages`. It prints, for each page, the CPU time of one
request in a diary of 2,000 walks as a ratio to the same in a diary of 100, slices taken in turn.
The first reading after a write works the assessment out anew: it stands apart, and so does the
first drawing of the pictures, which no page waits for. `--write` puts the figures into
docs/performance.md.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
from datetime import UTC, datetime, timedelta
from uuid import UUID

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
os.environ["WAYMARK_DATA"] = tempfile.mkdtemp(prefix="waymark-benchmark-")

import django

django.setup()

from django.core.management import call_command
from django.test import Client

from benchmarks.run import PAGE, cpu_ms, replaced
from diary import rules
from diary.models import Diary, Person
from diary.pictures import PICTURES

MOST_RATIO = 1.2
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


def first_readings(short: Client, long: Client) -> list[str]:
    """What the first reading after a write costs, the page and all pictures by themselves."""
    rows = []
    for client, walks in ((short, SHORT), (long, LONG)):
        client.get("/help/")
        page = cpu_ms(lambda client=client: client.get("/pattern/"), times=1)
        drawn = cpu_ms(lambda client=client: pictures(client), times=1)
        kept = cpu_ms(lambda client=client: pictures(client), times=1)
        rows.append(f"| {walks:,} | {page:.0f} ms | {drawn:.0f} ms | {kept:.0f} ms |")
    return rows


def pictures(client: Client) -> None:
    """Every picture of the Pattern page for one screen."""
    for name in PICTURES:
        answer = client.get(f"/pattern/charts/{name}.svg?size=page")
        assert answer.content.startswith(b"<svg"), name


def later_readings(short: Client, long: Client) -> list[str]:
    """What each page costs in the long diary, and that as a ratio to the short one."""
    rows = []
    for path in PAGES:
        ratios, costs = [], []
        for _ in range(PAIRS):
            cheap = cpu_ms(lambda path=path: short.get(path), REQUESTS)
            costs.append(cpu_ms(lambda path=path: long.get(path), REQUESTS))
            ratios.append(costs[-1] / cheap)
        ratio = statistics.median(ratios)
        within = "yes" if ratio <= MOST_RATIO else "no"
        cost = statistics.median(costs)
        rows.append(f"| `{path}` | {cost:.1f} ms | {ratio:.2f} | {MOST_RATIO} | {within} |")
    return rows


def main() -> None:
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    short, long = walker(SHORT), walker(LONG)
    tables = "\n".join([
        "| walks | Pattern page, first reading | its pictures, drawn | its pictures, kept |",
        "| --- | --- | --- | --- |",
        *first_readings(short, long),
        "",
        f"| page | {LONG:,} walks | {LONG:,} / {SHORT} walks | limit | kept |",
        "| --- | --- | --- | --- | --- |",
        *later_readings(short, long),
    ])  # fmt: skip
    print(tables)  # noqa: T201
    if "--write" in sys.argv:
        replaced(PAGE, "pages", tables)


if __name__ == "__main__":
    main()
