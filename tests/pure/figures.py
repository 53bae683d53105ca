"""Charts for the tests, drawn as the site draws them, and what stands in them."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from lxml import etree
from matplotlib.figure import Figure

from diary import charts
from diary.analytics.columns import DiaryFrames
from diary.answers import CHANGE_KINDS, POSTURES, SITES
from diary.charts.drawings import CHARTS
from diary.charts.look import Look
from diary.charts.sheet import Points, Shapes
from diary.charts.svg import svg
from tests.pure.diaries import FIRST

# The words that the module says it needs, and short names for the rest.
WORDS = {
    **dict(re.findall(r"^    (\w+): (.+)$", charts.__doc__ or "", re.MULTILINE)),
    **{f"month_{month}": date(2024, month, 1).strftime("%b") for month in range(1, 13)},
    **{f"posture_{posture}": posture for posture in POSTURES},
    **{f"change_{kind}": kind for kind in CHANGE_KINDS},
    **{f"site_{site}": site for site in SITES},
}


def assessed(
    frames: DiaryFrames, median_m: float | None = None, trend: str = "unknown", **medians_s: float
) -> dict[str, Any]:
    """As much of an assessment as the charts read."""
    bounds = (None, None) if median_m is None else (median_m * 0.8, median_m * 1.2)
    return {
        "as_of": (frames.last_day or FIRST).isoformat(),
        "onset": {
            "median_m": median_m,
            "low_m": bounds[0],
            "high_m": bounds[1],
            "trend": {"direction": trend},
        },
        "relief": {
            "by_posture": {posture: {"median_s": time} for posture, time in medians_s.items()}
        },
    }


def drawing(
    name: str, frames: DiaryFrames, assessment: dict[str, Any] | None = None, **look: Any
) -> Figure:
    return CHARTS[name](assessment or assessed(frames), frames, Look(**look), WORDS)


def picture(name: str, frames: DiaryFrames, **look: Any) -> etree._Element:
    return etree.fromstring(svg(drawing(name, frames, **look), "A title", "A description"))


def said(figure: Figure) -> dict[str, list[str]]:
    """What the points and the shapes of each kind say."""
    marks = [*figure.findobj(Points), *figure.findobj(Shapes)]
    return {str(each.get_gid()): each.says for each in marks}


def texts(figure: Figure) -> str:
    return " | ".join(text.get_text() for text in figure.texts)


def written(figure: Figure, text: str) -> list[tuple[float, float]]:
    """Where a text stands, from the left edge and from the top."""
    return [each.get_position() for each in figure.texts if each.get_text() == text]
