"""Does the work list cost more with ten thousand patients? Run `python -m benchmarks.clinic`."""

from __future__ import annotations

import statistics
from io import StringIO
from typing import Any

from benchmarks.run import PAGE, cpu_ms, options, replaced, site

FEW, MANY = 10, 10_000
FLAT, BESIDE_TWIN, MOST_QUERIES = 1.2, 2.0, 5
SLICES = ("few", "many", "twin")


def clinicians() -> dict[str, Any]:
    """A browser for each of two demo clinicians: one with few patients, one with many."""
    from django.core.management import call_command
    from django.test import Client

    from diary.models import Person, Share

    call_command("demo", stdout=StringIO())
    call_command("patients", MANY, stdout=StringIO())
    busy = Person.objects.get(email="ingrid@demo.example")
    calm = Person.objects.create_user("calm@demo.example", is_demo=True, is_clinician=True)
    kept = Share.objects.open_to(busy, _now()).order_by("pk")[:FEW]
    for share in kept:  # the same diaries, shared with the other too
        share.pk, share.uid, share.grantee, share._state.adding = None, _uid(), calm, True
        share.save()
    browsers = {}
    for name, person in (("few", calm), ("many", busy)):
        browsers[name] = Client(headers={"host": "localhost"})
        browsers[name].force_login(person)
    return {**browsers, "twin": browsers["many"]}


def _now() -> Any:
    from django.utils import timezone

    return timezone.now()


def _uid() -> Any:
    import uuid

    return uuid.uuid4()


def queries(browser: Any) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as asked:
        assert browser.get("/clinic/").status_code == 200
    return sum(not each["sql"].startswith(("BEGIN", "COMMIT")) for each in asked)


def measured(rounds: int, requests: int) -> list[str]:
    from django.conf import settings

    from benchmarks.api.accounts import scratch_database

    settings.ROOT_URLCONF = "benchmarks.clinic.urls"
    with scratch_database():
        browsers = clinicians()
        paths = {"few": "/clinic/", "many": "/clinic/", "twin": "/rows/"}
        costs: dict[str, list[float]] = {name: [] for name in SLICES}
        for number in range(rounds + 1):
            for name in SLICES if number % 2 else SLICES[::-1]:
                browser, path = browsers[name], paths[name]
                cost = cpu_ms(lambda browser=browser, path=path: browser.get(path), requests)
                if number:  # the first round warms up
                    costs[name].append(cost)
        counted = {name: queries(browsers[name]) for name in ("few", "many")}
    flat = _ratio(costs["many"], costs["few"])
    beside = _ratio(costs["many"], costs["twin"])
    medians = {name: statistics.median(each) for name, each in costs.items()}
    return [
        f"| work list of {FEW} patients | {medians['few']:.1f} ms | | |",
        f"| work list of {MANY:,} patients | {medians['many']:.1f} ms | | |",
        f"| a minimal page of 50 rows | {medians['twin']:.1f} ms | | |",
        _judged(f"{MANY:,} patients / {FEW} patients", flat, FLAT),
        _judged(f"{MANY:,} patients / minimal page", beside, BESIDE_TWIN),
        _judged("queries of a page, the longer list", counted["many"], MOST_QUERIES),
    ]


def _ratio(over: list[float], under: list[float]) -> float:
    return statistics.median(one / other for one, other in zip(over, under, strict=True))


def _judged(name: str, value: float, limit: float) -> str:
    kept = "yes" if round(value, 2) <= limit else "**no**"
    return f"| {name} | {value:.2f} | {limit:g} | {kept} |"


def main() -> None:
    parser = options("benchmarks.clinic", __doc__, rounds=10)
    parser.add_argument("--requests", type=int, default=20, help="requests a slice")
    asked = parser.parse_args()
    with site(asked.database):
        rows = measured(asked.rounds, asked.requests)
    print("\n".join(rows))  # noqa: T201
    if asked.write:
        head = ["| what | figure | limit | kept |", "|---|---|---|---|"]
        replaced(PAGE, "clinic", "\n".join([*head, *rows]))


if __name__ == "__main__":
    main()
