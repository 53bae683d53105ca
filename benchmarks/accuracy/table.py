"""How are the figures laid out, on the terminal and in the methods page?"""

from __future__ import annotations

import math
from collections.abc import Sequence

from .calibration import calibration
from .outcome import Outcome
from .scoring import METRICS, Metric

Outcomes = dict[int, Sequence[Outcome]]
Rows = list[list[str]]


def cell(metric: Metric, size: int, outcomes: Sequence[Outcome], plain: bool = False) -> str:
    """The figure and its n, with a star where the target is missed."""
    value, n = metric.figure(outcomes)
    if math.isnan(value):
        return "-"
    missed = not plain and metric.target.met(size, round(value, 4)) is False
    return f"{value:.2f}{'*' if missed else ''} ({n})"


def figures(ours: Outcomes, plain: Outcomes) -> Rows:
    sizes = list(ours)
    head = ["figure", *(f"{s} walks" for s in sizes), "target at 8 / 20 / 60"]
    rows = [head + [f"naive, {s}" for s in sizes]]
    for metric in METRICS.values():
        row = [metric.title, *(cell(metric, s, ours[s]) for s in sizes), metric.target.text]
        rows.append(row + [cell(metric, s, plain[s], True) for s in sizes])
    return rows


def weights(ours: Outcomes) -> Rows:
    """Mean weight, and the odds it was worth, by bin and size."""
    rows = [["weight"] + [f"{size} walks: said, observed (n)" for size in ours]]
    by_size = {s: {b: rest for b, *rest in calibration(x)} for s, x in ours.items()}
    for bounds in dict.fromkeys(b for found in by_size.values() for b in found):
        row = [bounds]
        for found in by_size.values():
            said, seen, n = found.get(bounds, (math.nan, math.nan, 0))
            row.append(f"{said:+.2f}, {seen:+.2f} ({n})" if n else "-")
        rows.append(row)
    return rows


def aligned(rows: Rows) -> str:
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    return "\n".join(
        "  ".join(text.ljust(width) for text, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    )


def markdown(rows: Rows) -> str:
    lines = ["| " + " | ".join(row) + " |" for row in rows]
    return "\n".join([lines[0], "|" + " --- |" * len(rows[0]), *lines[1:]])
