"""How accurate is the assessment on simulated diaries? Run `python -m benchmarks.accuracy`."""

from __future__ import annotations

import argparse
import json
import multiprocessing
import time
from pathlib import Path

from benchmarks.run import replaced
from diary.analytics.assess import assess
from diary.analytics.columns import frames_of_document
from diary.rules import document_checked

from .diaries import diary
from .naive import naive
from .outcome import Outcome, in_a_line
from .scoring import METRICS, SIZES, Metric
from .table import aligned, figures, markdown, weights

METHODS = Path(__file__).resolve().parents[2] / "docs" / "methods.md"
PEOPLE_PER_SEED = 100_000
KEPT = ("onset", "pattern", "causes", "flags")


def slim(assessment: dict) -> dict:
    """What is scored of an assessment; the evidence lists are left behind."""
    said = {part: assessment[part] for part in KEPT}
    said["causes"] = [{k: row[k] for k in ("cause", "support", "weight")} for row in said["causes"]]
    said["flags"] = [{k: row[k] for k in ("flag", "urgency")} for row in said["flags"]]
    return said


def judged(task: tuple[int, int]) -> tuple[Outcome, Outcome]:
    """One diary, as the product and as the naive assessor see it."""
    document, truth = diary(*task)
    ours = assess(frames_of_document(document_checked(document)))
    return Outcome(truth, slim(ours)), Outcome(truth, naive(document))


def asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="benchmarks.accuracy", description=__doc__)
    parser.add_argument("--people", type=int, default=400)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--sizes", type=int, nargs="+", default=list(SIZES))
    parser.add_argument("--show", choices=METRICS, metavar="METRIC", help=", ".join(METRICS))
    parser.add_argument("--document", metavar="SEED:SIZE", help="print that diary as JSON")
    parser.add_argument("--write", action="store_true", help="put the table into docs/methods.md")
    return parser.parse_args()


def run(people: int, seed: int, sizes: list[int]) -> tuple[dict, dict]:
    """The outcomes of both assessors by size."""
    tasks = [(seed * PEOPLE_PER_SEED + n, size) for size in sizes for n in range(people)]
    with multiprocessing.Pool(2) as pool:
        pairs = pool.map(judged, tasks, chunksize=8)
    ours: dict[int, list[Outcome]] = {size: [] for size in sizes}
    plain: dict[int, list[Outcome]] = {size: [] for size in sizes}
    for (_, size), (one, other) in zip(tasks, pairs, strict=True):
        ours[size].append(one)
        plain[size].append(other)
    return ours, plain


def by_part(metric: Metric, outcomes: list[Outcome], part: str) -> str:
    """The figure and its n for each group of people."""
    groups: dict[str, list[Outcome]] = {}
    for outcome in outcomes:
        groups.setdefault(getattr(outcome.truth, part), []).append(outcome)
    found = {word: metric.figure(group) for word, group in sorted(groups.items())}
    return ", ".join(f"{word} {value:.2f} ({n})" for word, (value, n) in found.items() if n)


def shown(name: str, ours: dict[int, list[Outcome]]) -> str:
    lines = []
    for size, outcomes in ours.items():
        failures = METRICS[name].failures(outcomes)
        lines += [f"{name} at {size} walks: {len(failures)}"]
        for part in ("label", "kind", "source"):
            lines.append("by " + part + ": " + by_part(METRICS[name], outcomes, part))
        lines += map(in_a_line, failures)
    return "\n".join(lines)


def said_of(options: argparse.Namespace) -> str:
    each = f"{options.people} simulated people at each size, seed {options.seed}."
    return f"{each} Simulated people are not patients: the figures judge the method, on our model."


def main() -> None:
    options = asked()
    if options.document:
        seed, size = map(int, options.document.split(":"))
        print(json.dumps(diary(seed, size)[0], indent=2))  # noqa: T201
        return
    began = time.perf_counter()
    ours, plain = run(options.people, options.seed, options.sizes)
    print(aligned(figures(ours, plain)), aligned(weights(ours)), sep="\n\n")  # noqa: T201
    print(f"\n{said_of(options)} * misses its target. {time.perf_counter() - began:.0f} s")  # noqa: T201
    if options.show:
        print("\n" + shown(options.show, ours))  # noqa: T201
    if options.write:
        tables = f"{markdown(figures(ours, plain))}\n\n{markdown(weights(ours))}"
        replaced(METHODS, "accuracy", f"{said_of(options)} Each figure with its n.\n\n{tables}")


if __name__ == "__main__":
    main()
