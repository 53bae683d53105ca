"""After how far did the pain come before each recorded change, and after it?

A comparison in time and nothing more: other things changed as well, and people begin a treatment
when they are at their worst.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, replace
from datetime import date, timedelta
from typing import Any

import numpy as np
import pandas as pd

from diary.analytics.columns import DiaryFrames
from diary.analytics.onset import day_numbers, first_onsets, model_walks
from diary.analytics.onset_model import Estimates, in_metres
from diary.analytics.onset_walks import Walks
from diary.evidence.thresholds import AROUND_DAYS, AROUND_LEAST

# The latest changes; a long diary has others that nobody asks about any more.
MOST = 12


def around_changes(frames: DiaryFrames, as_of: date) -> list[dict[str, Any]]:
    """The median onset in the AROUND_DAYS before each of the latest changes, and in those after it.

    Each with `before` and `after`, as `onsets_of_days` tells them. The day of a change counts as
    after it. No changes give an empty list. Takes frames cut at `as_of`.
    """
    changes = frames.changes.tail(MOST)
    days, one = timedelta(days=AROUND_DAYS), timedelta(days=1)
    before = [(made - days, made - one) for made in changes["date"]]
    after = [(made, made + days - one) for made in changes["date"]]
    sides = onsets_of_days(frames, [*before, *after])
    return [
        {
            "change": row_id or made.isoformat(),
            "kind": kind,
            "date": made,
            "before": sides[number],
            "after": sides[number + len(changes)],
        }
        for number, (row_id, made, kind) in enumerate(
            zip(changes["id"], changes["date"], changes["kind"], strict=True)
        )
    ]


def onsets_of_days(frames: DiaryFrames, spans: Sequence[tuple[date, date]]) -> list[dict[str, Any]]:
    """The median onset of each span of days, from its first to its last.

    Each with `walks` that tell, `onsets`, and `median_m`, `low_m`, `high_m` on level ground at the
    usual pace, None below AROUND_LEAST onsets.
    """
    if not spans:
        return []
    found = first_onsets(frames)
    day = day_numbers(found["day"])
    ends = zip(*spans, strict=True)
    first, last = (day_numbers(pd.Series(days, dtype=object))[:, None] for days in ends)
    within = (day >= first) & (day <= last)
    estimates = in_metres(_taken(model_walks(frames, found), within))
    told = (within & (found["painful"] | found["censored"]).to_numpy(bool)).sum(axis=1)
    return [_side(estimates, told, number) for number in range(len(spans))]


def _taken(walks: Walks, sides: np.ndarray) -> Walks:
    """The one diary once for each side, without the walks of other days, and without a course."""
    copies = Walks(
        *(np.broadcast_to(getattr(walks, each.name), sides.shape) for each in fields(Walks))
    )
    level = np.where(sides, 0.0, np.nan)
    return replace(copies, day=level, treated=np.zeros(sides.shape))


def _side(estimates: Estimates, told: np.ndarray, number: int) -> dict[str, Any]:
    onsets = int(estimates.recorded[number])
    medians = {
        name: getattr(estimates, column)[number]
        for name, column in (("median_m", "median"), ("low_m", "low"), ("high_m", "high"))
    }
    return {
        "walks": int(told[number]),
        "onsets": onsets,
        **{
            name: None if onsets < AROUND_LEAST or np.isnan(metres) else round(float(metres), 1)
            for name, metres in medians.items()
        },
    }
