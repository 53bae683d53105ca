"""How much was walked, and how much did it hurt, week by week?

Both always come together: less pain with less walking is no recovery. A week without entries has
none, which is neither no walking nor no pain.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import numpy as np
import pandas as pd

from diary.analytics.columns import DiaryFrames
from diary.analytics.onset import on_foot
from diary.analytics.periods import compared
from diary.analytics.recorded import is_measured, worst

WEEK, MONTH = 7, 28
# Past this many weeks four of them are told together, or their bars would be too thin to see.
MOST_WEEKS = 60
# The last days of a diary against as many before them, for less pain beside less walking.
LATELY = timedelta(days=28)


def weeks(frames: DiaryFrames, first: date, last: date) -> list[dict[str, Any]]:
    """Every week from the Monday before `first` to `last`, those without an entry too.

    Of each: `first` and `last` day, `entries` of any kind; `walks` on foot, of these `with_pain`,
    `pain_free` and `not_recorded`; `measured_m` and `estimated_m`, the distances walked, and
    `unmeasured`, walks without one; `worst`, None where no pain has a score.
    """
    walks = walks_of_weeks(frames)
    begins = first - timedelta(days=first.weekday())
    days = WEEK if (last - begins).days < MOST_WEEKS * WEEK else MONTH
    entered = pd.Series([*frames.walks["day"], *frames.check_ins["date"]], dtype=object)
    told = []
    while begins <= last:
        ends = begins + timedelta(days=days - 1)
        of_week = walks[((walks["day"] >= begins) & (walks["day"] <= ends)).to_numpy(bool)]
        entries = int(((entered >= begins) & (entered <= ends)).sum())
        told.append(_week(of_week, begins, ends, entries))
        begins = ends + timedelta(days=1)
    return told


def span_days(week: dict[str, Any]) -> int:
    """How many days a week has: seven, or four weeks' where that many are told together."""
    first, last = (date.fromisoformat(week[name]) for name in ("first", "last"))
    return (last - first).days + 1


def _week(walks: pd.DataFrame, first: date, last: date, entries: int) -> dict[str, Any]:
    measured = walks["measured"].to_numpy(bool)
    length, scores = walks["distance_m"].to_numpy(float), walks["worst"].to_numpy(float)
    said = walks["said"]
    return {
        "first": first.isoformat(),
        "last": last.isoformat(),
        "entries": entries,
        "walks": len(walks),
        **{name: int((said == name).sum()) for name in ("with_pain", "pain_free", "not_recorded")},
        "measured_m": float(np.nansum(length[measured])),
        "estimated_m": float(np.nansum(length[~measured])),
        "unmeasured": int(np.isnan(length).sum()),
        "worst": worst(scores),
    }


def walks_of_weeks(frames: DiaryFrames) -> pd.DataFrame:
    """Each walk on foot: `walk_id`, `day`, `distance_m`, `measured`, what was `said` of pain, and
    the `worst` of its scores, NaN where it has none."""
    walks, chosen = frames.walks, on_foot(frames)
    scores = frames.episodes.groupby("walk")["intensity"].max()
    hurt, told = walks["episodes"].to_numpy() > 0, walks["pain_recorded"].to_numpy(bool)
    columns = {
        "walk_id": walks["id"],
        "day": walks["day"],
        "distance_m": walks["distance_m"],
        "measured": is_measured(walks["distance_source"]),
        "said": np.where(hurt, "with_pain", np.where(told, "pain_free", "not_recorded")),
        "worst": scores.reindex(range(len(walks))).to_numpy(float),
    }
    return pd.DataFrame(columns)[chosen]


def lately(last: date) -> tuple[date, date]:
    """The four weeks that end with a day."""
    return last - LATELY + timedelta(days=1), last


def less_of_both(frames: DiaryFrames, last: date) -> bool:
    """Whether less pain on walks was recorded lately than in the four weeks before, and less
    walking too."""
    walked = frames.of_walks(on_foot(frames))
    return bool(compared(walked, lately(last - LATELY), lately(last))["less_of_both"])
