"""How are the figures laid out, and which keep their limit?"""

from __future__ import annotations

from collections.abc import Mapping

from benchmarks.api.operations import FLAT, OPERATIONS, Operation
from benchmarks.api.timing import LONG, OURS, SHORT, TWIN, Costs

Rows = list[list[str]]


def judged(ratio: float, limit: float | None) -> list[str]:
    """The ratio, its limit, and whether it is kept as it is printed."""
    if limit is None:
        return [f"{ratio:.2f}", "", ""]
    return [f"{ratio:.2f}", f"{limit:.1f}", "yes" if round(ratio, 2) <= limit else "**no**"]


def beside(measured: Mapping[str, Costs]) -> Rows:
    rows = [["request", "walks", "ours, ms", "twin, ms", "ratio", "limit", "kept"]]
    for operation in OPERATIONS:
        rows += [_beside(operation, measured[operation.name], walks) for walks in (SHORT, LONG)]
    return rows


def _beside(operation: Operation, costs: Costs, walks: int) -> list[str]:
    medians = [f"{costs.median(whose, walks):.2f}" for whose in (OURS, TWIN)]
    verdict = judged(costs.beside_twin(walks), operation.limit)
    return [operation.name, f"{walks:,}", *medians, *verdict]


def flatness(measured: Mapping[str, Costs]) -> Rows:
    rows = [["request", "ours, long / short", "limit", "kept", "twin, long / short"]]
    for operation in OPERATIONS:
        costs = measured[operation.name]
        verdict = judged(costs.flatness(OURS), operation.limit and FLAT)
        rows.append([operation.name, *verdict, f"{costs.flatness(TWIN):.2f}"])
    return rows
