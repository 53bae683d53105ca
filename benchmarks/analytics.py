"""Are the analyses quick beside what they cannot do without, and beside their peer?

Run it with `.venv/bin/python -m benchmarks.analytics`. Every figure is a ratio in one run, slices
taken in turn: one diary's assessment to the reading of its rows, the two-parameter censored fit to
lifelines' (see benchmarks/requirements.txt), the onset model of a cohort to one pass of erfcx.
"""

from __future__ import annotations

import resource
import statistics
import time
from collections.abc import Callable
from datetime import UTC, datetime
from itertools import cycle
from typing import Any

import numpy as np
from scipy.special import erfcx

from benchmarks.pages import Diary, Person, call_command, rules  # sets Django up
from diary.analytics.assess import assess
from diary.analytics.censored import Rows, lognormal_fits, no_prior
from diary.analytics.onset_model import onsets
from diary.analytics.onset_walks import Walks
from diary.demo import documents
from diary.frames import frames

WALKS, DIARIES, PAIRS, SAMPLES = 365, 10_000, 5, 25
NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)


def cpu_s(work: Callable[[], object], times: int = 1) -> float:
    began = time.process_time()
    for _ in range(times):
        work()
    return (time.process_time() - began) / times


def median_ratio(work: Callable[[], object], beside: Callable[[], object], times: int) -> float:
    """How many times as long the one takes as the other; both warmed up, in turn."""
    work(), beside()
    return statistics.median(cpu_s(work, times) / cpu_s(beside, times) for _ in range(PAIRS))


def full_diary(*names: str) -> Diary:
    """A diary of 365 walks with all that the demo's people record, one after another."""
    Diary.objects.all().delete()
    person = Person.objects.get_or_create(email="walker@example.org")[0]
    diary = Diary.objects.create(owner=person)
    stories = documents(NOW.date())
    whole: dict[str, list[Any]] = {name: [] for name in rules.LISTS}
    for name in names:
        for plural, rows in whole.items():
            rows += stories[name].get(plural, [])
    walks = [walk for _, walk in zip(range(WALKS), cycle(whole["walks"]), strict=False)]
    whole["walks"] = [
        walk | {"id": f"0b4a0a34-0000-4000-8000-{number:012d}"} for number, walk in enumerate(walks)
    ]
    whole["check_ins"] = list({row["date"]: row for row in whole["check_ins"]}.values())
    profile = stories[names[0]]["profile"]
    document = {"format": "walking-diary", "version": 1, "profile": profile, **whole}
    diary.take_in(rules.document_checked(document), NOW)
    return diary


def of_one_diary() -> None:
    call_command("migrate", verbosity=0)
    for told, names in (("one trouble", ("vera",)), ("four", ("vera", "edith", "tom", "luka"))):
        diary = full_diary(*names)
        rows = frames(diary)
        ratio = median_ratio(
            lambda rows=rows: assess(rows), lambda diary=diary: frames(diary), times=3
        )
        print(  # noqa: T201
            f"assessment of {len(rows.walks)} walks, {len(rows.episodes)} pains, {told} in one "
            f"leg: {ratio:.2f} times their reading (limit 3)"
        )


def of_the_peer() -> None:
    try:
        from lifelines import LogNormalFitter
    except ImportError:
        print("lifelines is not here: benchmarks/requirements.txt says how")  # noqa: T201
        return
    draw = np.random.default_rng(1)
    ratios, ahead = [], []
    for _ in range(SAMPLES):
        onset, length = draw.lognormal(5.7, 0.35, WALKS), draw.uniform(100, 700, WALKS)
        known, came = np.minimum(onset, length), onset < length
        high = np.where(came, known, np.inf)
        rows = Rows(known[None], high[None], np.ones((1, WALKS, 1)))
        theirs = cpu_s(lambda known=known, came=came: LogNormalFitter().fit(known, came))
        ours = cpu_s(lambda rows=rows: lognormal_fits(rows, no_prior(1)), 20)
        ratios.append(theirs / ours)
        peer = LogNormalFitter().fit(known, came).log_likelihood_
        ahead.append(float(lognormal_fits(rows, no_prior(1)).log_likelihood[0] - peer))
    print(  # noqa: T201
        f"two-parameter fit: {statistics.median(ratios):.0f} times as fast as lifelines "
        f"(limit 200), log-likelihood ahead by {min(ahead):.1e} or more (limit 0)"
    )


def cohort() -> Walks:
    """Diaries with hills, paces, typed and measured distances, treatments and gaps."""
    draw, shape = np.random.default_rng(2), (DIARIES, WALKS)
    day = np.cumsum(draw.integers(1, 3, shape), axis=1).astype(float)
    hilly, typed = (draw.random(shape) < share for share in (0.2, 0.4))
    pace = draw.choice([-1.0, 0.0, 1.0], shape, p=[0.1, 0.8, 0.1])
    logs = draw.normal(0, 0.3, shape) + draw.normal(5.5, 0.5, (DIARIES, 1)) - 0.16 * hilly
    logs += 0.05 * (day - day[:, -1:]) / 30
    onset_m, walked_m = np.exp(logs), np.exp(draw.normal(5.8, 0.5, shape))
    painful = onset_m < walked_m
    onset_m[~painful | (draw.random(shape) < 0.1)] = np.nan
    before = np.where(painful, walked_m, np.nan)
    treated = np.where((np.arange(WALKS) < 180) & (draw.random((DIARIES, 1)) < 0.5), -1.0, 0.0)
    speed = np.exp(draw.normal(0, 0.15, shape))
    return Walks(
        onset_m, onset_m / speed, before, walked_m, walked_m / speed, day, painful,
        np.where(typed, 0.2, 0.05), np.full(shape, 0.03), np.where(typed, 0.12, 0.02),
        np.full(shape, 10.0), hilly.astype(float), pace, np.zeros(shape), typed.astype(float),
        treated,
    )  # fmt: skip


def of_a_cohort() -> None:
    walks = cohort()
    logs = np.log(walks.walked_m)
    as_fitted = (logs - logs.mean()) / logs.std()
    ratios = []
    for _ in range(PAIRS):
        once = min(cpu_s(lambda: erfcx(as_fitted)) for _ in range(3))
        ratios.append(cpu_s(lambda: onsets(walks)) / once)
    most_gb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    print(  # noqa: T201
        f"onset model of {DIARIES:,} diaries of {WALKS} walks: {statistics.median(ratios):.1f} "
        f"passes of erfcx over as many numbers (limit 40), {most_gb:.1f} GB at most"
    )


if __name__ == "__main__":
    of_one_diary()
    of_the_peer()
    of_a_cohort()
