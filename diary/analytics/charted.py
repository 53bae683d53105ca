"""Which numbers does a sentence beside a chart need?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from datetime import date
from typing import Any

import pandas as pd

from diary.analytics.columns import DiaryFrames
from diary.analytics.onset import on_foot
from diary.analytics.places import SIDES, places
from diary.analytics.recorded import days_recorded, worst
from diary.analytics.sorts import legs, paces
from diary.analytics.survival import GROUPS, free_of_pain
from diary.analytics.weeks import lately, less_of_both, span_days, walks_of_weeks, weeks


def beside(frames: DiaryFrames, first: str | None, last: date) -> dict[str, Any]:
    """Counts of some days of a diary, for each chart; none gives zeros and None.

    The days are those from `first`, an ISO day or None for all, to `last`. Weeks are counted from
    `first`, or else from the first walk.
    """
    shown = frames.between(date.fromisoformat(first) if first else date.min, last)
    return {
        "walks": int(on_foot(shown).sum()),
        "pain_free": _pain_free(shown),
        "weeks": _weeks(shown, first, last, {*days_recorded(frames)} - {*days_recorded(shown)}),
        "body": _body(shown),
        "legs": _legs(shown),
        "pace": _pace(shown),
    }


def _pain_free(frames: DiaryFrames) -> dict[str, Any]:
    found = free_of_pain(frames)
    counted = {
        group: {
            "pains": found[group]["pains"],
            "pain_free": found[group]["pain_free"],
            "line": bool(found[group]["steps"]),
        }
        for group in GROUPS
    }
    return {**counted, "left_out": found["left_out"]}


def _weeks(
    frames: DiaryFrames, first: str | None, last: date, hidden: Collection[date]
) -> dict[str, Any]:
    """`cut`: in a week that is shown there are entries that are not. `lately`: see `weeks`."""
    walks = walks_of_weeks(frames)
    if not len(walks):
        return {"weeks": 0}
    begins = date.fromisoformat(first) if first else min(walks["day"])
    told = weeks(frames, begins, last)
    return {
        "weeks": len(told),
        "days": span_days(told[0]),
        "cut": any(told[0]["first"] <= day.isoformat() <= told[-1]["last"] for day in hidden),
        "walked": sum(week["walks"] > 0 for week in told),
        "empty": sum(not week["entries"] for week in told),
        "unmeasured": sum(week["unmeasured"] for week in told),
        "less_of_both": less_of_both(frames, last),
        "lately": [day.isoformat() for day in lately(last)],
    }


def _body(frames: DiaryFrames) -> dict[str, Any]:
    """The place and side that hurt most often; None where two come first, or none is named."""
    found = places(frames)
    counts = Counter(
        {
            (place["site"], side): n
            for place in found["places"]
            for side, n in place["n"].items()
            if n
        }
    )
    first = counts.most_common(2)
    alone = len(first) == 1 or (len(first) == 2 and first[0][1] > first[1][1])
    most = {"site": first[0][0][0], "side": first[0][0][1], "n": first[0][1]} if alone else None
    return {"of": found["of"], "told": found["told"], "places": len(counts), "most": most}


def _legs(frames: DiaryFrames) -> dict[str, Any]:
    """Of each side: on how many walks it hurt, and its worst score, None where it has none."""
    found = legs(frames)
    return {side: _side(found[(found["side"] == side).to_numpy(bool)]) for side in SIDES}


def _side(rows: pd.DataFrame) -> dict[str, Any]:
    return {"walks": len(rows), "worst": worst(rows["worst"].to_numpy(float))}


def _pace(frames: DiaryFrames) -> dict[str, int]:
    found = paces(frames)
    return {
        "walks": len(found),
        "pace": int((found["pace"] != "not_recorded").sum()),
        "ground": int((found["ground"] != "not_recorded").sum()),
    }
