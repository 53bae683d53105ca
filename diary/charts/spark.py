"""How do a diary's last distances look at the size of a word?

Written by hand, not with Matplotlib: a clinic's list holds thousands, and each is twenty points.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

WIDTH, HEIGHT, EDGE, RADIUS = 120, 32, 4, 2.5
MOST_POINTS, DAYS = 30, 90


def spark(rows: Sequence[Mapping[str, Any]], as_of: date) -> str:
    """Distances of the ninety days up to one, as a small <svg>; empty where there are none.

    `rows` as `table.onset_rows` gives them. Filled: pain came there. Open: no pain, at the walk's
    full length. The height begins at zero and ends at the longest; colours are the page's.
    """
    first = as_of.toordinal() - DAYS
    shown = [row for row in rows if date.fromisoformat(row["day"]).toordinal() > first]
    points = [row for row in shown if row["kind"] in ("pain", "pain_free")][-MOST_POINTS:]
    if not points:
        return ""
    top = max(row["distance_m"] for row in points) or 1.0
    circles = "".join(_circle(row, first, top) for row in points)
    return (
        f'<svg class="spark" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}" '
        f'aria-hidden="true" focusable="false">'
        f'<line x1="0" y1="{HEIGHT - 1}" x2="{WIDTH}" y2="{HEIGHT - 1}"/>{circles}</svg>'
    )


def _circle(row: Mapping[str, Any], first: int, top: float) -> str:
    along = (date.fromisoformat(row["day"]).toordinal() - first) / DAYS
    x = EDGE + along * (WIDTH - 2 * EDGE)
    y = HEIGHT - EDGE - row["distance_m"] / top * (HEIGHT - 2 * EDGE)
    kind = "hurt" if row["kind"] == "pain" else "free"
    return f'<circle class="{kind}" cx="{x:.1f}" cy="{y:.1f}" r="{RADIUS}"/>'
